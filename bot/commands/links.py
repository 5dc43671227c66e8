"""`zabota links`: what to open, to forward and to print."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click

from bot.commands.bot_name import require_name
from bot.links import Links, write_qr
from bot.office_door import any_office, content_in_force
from bot.settings import LocalSettings, load_local_settings
from flows.book import Branch


@click.command()
@click.option(
    "--qr",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write a PNG and an SVG of every link into this folder.",
)
def links(folder: Path | None) -> None:
    """Print the links for owner, group, staff, and the customers of every branch."""
    settings = load_local_settings()
    standing, branches = asyncio.run(_links(settings))
    listed = standing.standing((each.id, each.name) for each in branches)
    for link in listed:
        click.echo(f"{link.address}  {link.purpose}")
    if folder is not None:
        written = write_qr(folder, listed)
        click.echo(f"{len(written)} pictures were written to {folder}.")


async def _links(settings: LocalSettings) -> tuple[Links, Sequence[Branch]]:
    async with any_office(settings) as office:
        branches = (await content_in_force(office)).business.branches
        return await require_name(await office.links()), branches
