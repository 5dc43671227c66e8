"""`zabota init` and `zabota check`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from bot.content import (
    DEFAULT_PRESET,
    judge_folder,
    preset_names,
    write_preset,
)
from bot.problem_words import LANGUAGES, problem_words, report_language
from bot.settings import load_local_settings


@click.command()
@click.argument("preset", type=click.Choice(preset_names()))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="content")
def init(preset: str, folder: Path) -> None:
    """Write PRESET into FOLDER (content), which must be new or empty."""
    written = write_preset(preset, folder)
    click.echo(f"{len(written)} files were written to {folder}.")
    click.echo(f"To use them, write CONTENT_DIR={folder} into .env.")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help="Of the report; else the content's own, or that of the terminal.",
)
@click.pass_context
def check(ctx: click.Context, folder: Path | None, lang: str | None) -> None:
    """Judge FOLDER, or the one that CONTENT_DIR names, and print every mistake with its place."""
    folder = folder or load_local_settings().content_dir
    judged = judge_folder(folder)
    words = problem_words(lang or report_language(judged.locale, os.environ))
    for problem in judged.problems:
        click.echo(words.line(problem))
    errors, warnings = len(judged.problems.errors), len(judged.problems.warnings)
    place = str(folder or words.say("form.shipped", preset=DEFAULT_PRESET))
    click.echo(f"{place}: {words.say('form.counted', errors=errors, warnings=warnings)}")
    ctx.exit(1 if errors else 0)
