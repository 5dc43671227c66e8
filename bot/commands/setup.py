"""`zabota setup`: the wizard for a bare server."""

from __future__ import annotations

import os
from pathlib import Path

import click

from bot.terminal.console import Console, NoMoreAnswers
from bot.terminal.words import LANGUAGES, words_of

_INTERRUPTED = 130  # as a shell reports SIGINT


@click.command()
@click.option("--lang", type=click.Choice(LANGUAGES), help="In which language to ask.")
@click.option(
    "--content",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where texts and gifts are, or are to be; `content` unless said.",
)
@click.option("--unit", default="zabota", show_default=True, help="What the service is called.")
@click.option(
    "--systemd/--no-systemd", default=True, help="Install the service, or only show what would be."
)
@click.pass_context
def setup(
    ctx: click.Context, lang: str | None, content: Path | None, unit: str, *, systemd: bool
) -> None:
    """Set the bot up in this folder: token, content, database, service. What is there is kept."""
    # Imported here: aiogram costs seconds, which `--help` should not.
    from bot.setup.service import Machine  # noqa: PLC0415  (see above)
    from bot.setup.wizard import Wanted, Wizard  # noqa: PLC0415  (see above)

    console = Console(words_of("bot.setup", lang or "ru"))
    if lang is None:
        console.say("other_language")
    wanted = Wanted(content, unit, systemd)
    wizard = Wizard(console, Path.cwd(), os.environ, Machine.here(), wanted)
    try:
        ctx.exit(wizard.run())
    except KeyboardInterrupt:
        click.echo()
        console.say("stopped")
        ctx.exit(_INTERRUPTED)
    except NoMoreAnswers:
        console.say("no_more_answers")
        ctx.exit(2)
