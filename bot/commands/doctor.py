"""`zabota doctor`: everything the bot needs, looked at and told in words."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping

import click

from bot.doctor.finding import Finding, State
from bot.settings import ENV_FILE, LocalSettings, SettingsProblem, load_local_settings
from bot.terminal.words import LANGUAGES, Words, language_of, words_of

_MARKS: Mapping[State, str] = {State.GOOD: "+", State.NOTICE: "!", State.BAD: "x"}


@click.command()
@click.option("--lang", type=click.Choice(LANGUAGES), help="In which language to report.")
@click.option("--unit", default="zabota", show_default=True, help="What the service is called.")
@click.option("--quiet", is_flag=True, help="Only what somebody has to do something about.")
@click.pass_context
def doctor(ctx: click.Context, lang: str | None, unit: str, *, quiet: bool) -> None:
    """Look at everything the bot needs; exits with 1 when something has to be mended."""
    language = language_of(lang, _locale(), os.environ)
    words = words_of("bot.doctor", language)
    ctx.exit(asyncio.run(_tell(words, unit, quiet=quiet)))


async def _tell(words: Words, unit: str, *, quiet: bool) -> int:
    # Imported here: aiogram costs seconds, which `--help` should not.
    from bot.doctor.examination import examine  # noqa: PLC0415  (see above)

    found = []
    async for finding in examine(ENV_FILE, unit, words.language):
        found.append(finding)
        if not (quiet and finding.state is State.GOOD):
            click.echo(f"{_MARKS[finding.state]} {_said(words, finding)}")
    wrong = sum(1 for finding in found if finding.state is State.BAD)
    if not quiet or wrong:
        click.echo(words("all_well") if not wrong else words("to_do", count=wrong))
    return 1 if wrong else 0


def _said(words: Words, finding: Finding) -> str:
    """The sentence; rights that are missing are named in words."""
    values = dict(finding.values)
    if isinstance(rights := values.get("missing"), tuple):
        values["missing"] = ", ".join(words(f"right.{right}") for right in rights)
    return words(finding.key, **values)


def _locale() -> str:
    """The language of the owner's content, "" when it cannot be told."""
    from bot.content import judge_folder  # noqa: PLC0415  (only this command asks for it so)

    try:
        settings: LocalSettings = load_local_settings()
    except SettingsProblem:
        return ""
    return judge_folder(settings.content_dir).locale if settings.content_dir else ""
