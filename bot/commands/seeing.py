"""`zabota demo` and `zabota sandbox`: to see the product without Telegram."""

from __future__ import annotations

import os
import sys

import click


@click.command()
@click.option("--script", is_flag=True, help="Without colours.")
@click.option("--preset", default="salon", show_default=True, help="Whose business it is.")
@click.pass_context
def demo(ctx: click.Context, *, script: bool, preset: str) -> None:
    """Play the whole story of a complaint, on this machine and without a token."""
    from bot.demo import main  # noqa: PLC0415  (nothing of it is needed to print the help)

    ctx.exit(main(script=script, preset=preset))


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
def sandbox(args: tuple[str, ...]) -> None:
    """Telegram on this machine; options are those of `python -m bot.sandbox`."""
    # The sandbox takes the place of this process, so that signals reach it and nothing is wrapped.
    os.execv(sys.executable, [sys.executable, "-m", "bot.sandbox", *args])  # noqa: S606  (no shell is meant)
