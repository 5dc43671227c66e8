"""`zabota flow` and `zabota try`: flows as an outline or as pictures, and played at a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.content import load_content, read_folder
from bot.drawing.graph import FlowGraph, graph_of
from bot.drawing.svg import svg_of
from bot.problem_words import LANGUAGES, problem_words, report_language
from bot.settings import load_local_settings
from bot.trying.terminal import Terminal
from flows.as_read import as_read
from flows.flow import END

_FOLDER = Path("flow-pictures")


@click.command()
@click.argument(
    "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False
)
@click.option(
    "--svg", is_flag=True, help="A picture of each flow; without it an outline is printed."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=_FOLDER,
    show_default=True,
    help="Where the pictures go.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Else the content's own.")
def flow(folder: Path | None, *, svg: bool, out: Path, lang: str | None) -> None:
    """Show the flows of FOLDER (or of the one that CONTENT_DIR names), mistakes and all."""
    folder = folder or load_local_settings().content_dir
    files = read_folder(folder).files
    read = as_read(files)
    language = lang or report_language(read.locale, os.environ)
    graphs = [graph_of(file, read, language, problem_words(language)) for file in read.flows]
    if not svg:
        click.echo("\n\n".join(map(_outline, graphs)))
        return
    out.mkdir(parents=True, exist_ok=True)
    for graph in graphs:
        path = out / f"{graph.name}.svg"
        path.write_text(svg_of(graph), "utf-8")
        click.echo(path)


def _outline(graph: FlowGraph) -> str:
    lines = [f"{graph.name} ({graph.about})", *(f"  ! {wrong}" for wrong in graph.mistakes)]
    for box in graph.boxes:
        lines.append(
            f"  {box.name}: {' · '.join(filter(None, (*box.above, box.said, *box.marks)))}"
        )
        lines += [f"    ! {wrong}" for wrong in box.mistakes]
        lines += [f"    {way.says or '—'} → {'■' if way.to == END else way.to}" for way in box.ways]
    return "\n".join(lines)


@click.command("try")
@click.argument(
    "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False
)
@click.option(
    "--flow", default="", help="Begin with this flow; else with the question after a visit."
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Else the content's own.")
@click.pass_context
def try_(ctx: click.Context, folder: Path | None, flow: str, lang: str | None) -> None:
    """Talk to the flows of FOLDER (or of the one that CONTENT_DIR names) as a customer would."""
    content = load_content(folder or load_local_settings().content_dir)
    language = lang or report_language(content.business.locale, os.environ)
    terminal = Terminal(content, SystemClock().now(), click.echo, language)
    if not terminal.begin(flow):
        ctx.exit(2)
    for line in _typed():
        if not terminal.heard(line):
            break


def _typed() -> Iterator[str]:
    """What is typed, line by line, with a prompt where a person sits."""
    typing = sys.stdin.isatty()
    while True:
        if typing:
            click.echo("> ", nl=False)
        line = sys.stdin.readline()
        if not line:
            return
        yield line
