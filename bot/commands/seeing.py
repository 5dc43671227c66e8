"""`zabota demo` and `zabota sandbox`: to see the product without Telegram."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from bot.content import DEFAULT_PRESET, preset_names


@click.command()
@click.option("--script", is_flag=True, help="The whole story as a transcript in the terminal.")
@click.option(
    "--preset",
    type=click.Choice(preset_names()),
    default=DEFAULT_PRESET,
    show_default=True,
    help="Whose business it is.",
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Keep content, database and log in this folder; else nothing stays.",
)
@click.option("--port", type=int, default=0, help="Of the page; a free one unless said.")
@click.option(
    "--browser/--no-browser", default=True, help="Open the page where there is a browser."
)
@click.pass_context
def demo(
    ctx: click.Context, *, script: bool, preset: str, keep: Path | None, port: int, browser: bool
) -> None:
    """Try the product in a browser, both sides and the clock, on this machine and without a token."""
    if script:
        from bot.demo import main as play  # noqa: PLC0415  (nothing of it is needed to print the help)

        ctx.exit(play(script=script, preset=preset))
    from bot.page import main as open_page  # noqa: PLC0415  (see above)

    ctx.exit(open_page(preset=preset, keep=keep, port=port, browser=browser))


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
def sandbox(args: tuple[str, ...]) -> None:
    """Telegram on this machine; options are those of `python -m bot.sandbox`."""
    # The sandbox takes the place of this process, so that signals reach it and nothing is wrapped.
    os.execv(sys.executable, [sys.executable, "-m", "bot.sandbox", *args])  # noqa: S606  (no shell is meant)
