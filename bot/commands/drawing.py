"""`zabota flow`: the flows of a folder, as an outline or as pictures."""

from __future__ import annotations

import os
from pathlib import Path

import click

from bot.content import DEFAULT_PRESET, preset_folder, read_folder
from bot.drawing.graph import FlowGraph, graph_of
from bot.drawing.svg import svg_of
from bot.problem_words import LANGUAGES, problem_words, report_language
from bot.settings import load_local_settings
from flows.compiler import as_read
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
    files = read_folder(folder or preset_folder(DEFAULT_PRESET)).files
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
