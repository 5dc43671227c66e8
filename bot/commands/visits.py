"""`zabota visits import`: a file of visits into the running bot, or into the database itself."""

from __future__ import annotations

import asyncio
import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from bot.commands.bot_name import require_name
from bot.links import Links
from bot.office import PORTION, ImportedVisit
from bot.office_door import AnyOffice, any_office, content_in_force
from bot.settings import LocalSettings, load_local_settings
from flows.book import Content
from handlers.visits_csv import VisitRow, VisitsFile, read_visits


@click.group()
def visits() -> None:
    """Bring visits in."""


@visits.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--links",
    "links_file",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write visit_id;link of every visit into this file.",
)
@click.pass_context
def import_(ctx: click.Context, file: Path, links_file: Path | None) -> None:
    """Import the visits of FILE (CSV). A visit that is known by its id stays as it is.

    Exits with 1 when rows were left out; they are listed with what to write instead.
    """
    settings = load_local_settings()
    read, done, links = asyncio.run(
        _import(settings, file.read_bytes(), with_links=links_file is not None)
    )
    failed = [visit.ext_id for visit in done if visit.state == "refused"]
    for ext_id in failed:
        click.echo(f"visit {ext_id}: it cannot be taken in; the log says why", err=True)
    if links_file is not None and links is not None:
        _write_links(links_file, done, links)
    refused = len({problem.line for problem in read.problems}) + len(failed)
    counted = Counter(visit.state for visit in done)
    click.echo(f"new: {counted['new']}, known already: {counted['known']}, left out: {refused}")
    ctx.exit(1 if refused else 0)


async def _import(
    settings: LocalSettings, source: bytes, *, with_links: bool
) -> tuple[VisitsFile, list[ImportedVisit], Links | None]:
    async with any_office(settings) as office:
        read = _read(await content_in_force(office), source)
        links = await require_name(await office.links()) if with_links else None
        return read, await _in_portions(office, read.rows), links


def _read(content: Content, source: bytes) -> VisitsFile:
    read = read_visits(
        source,
        branches={branch.id: branch for branch in content.business.branches},
        default_currency=content.catalogue.currency,
    )
    for problem in (*read.problems, *read.warnings):
        click.echo(problem, err=True)
    return read


async def _in_portions(office: AnyOffice, rows: Sequence[VisitRow]) -> list[ImportedVisit]:
    done: list[ImportedVisit] = []
    for start in range(0, len(rows), PORTION):
        done += await office.import_visits(rows[start : start + PORTION])
    return done


def _write_links(path: Path, done: Sequence[ImportedVisit], links: Links) -> None:
    """With a mark at the start and semicolons, as spreadsheets of the region open it at once."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        rows = csv.writer(out, delimiter=";")
        rows.writerow(("visit_id", "link"))
        rows.writerows((visit.ext_id, links.visit(visit.token)) for visit in done if visit.token)
