"""`zabota links`: what to open, to forward and to print."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.commands.bot_name import require_name
from bot.content import load_content
from bot.links import Links, write_qr
from bot.office_door import any_office
from bot.settings import LocalSettings, load_local_settings


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
    branches = load_content(settings.content_dir).business.branches
    listed = asyncio.run(_links(settings)).standing((each.id, each.name) for each in branches)
    for link in listed:
        click.echo(f"{link.address}  {link.purpose}")
    if folder is not None:
        written = write_qr(folder, listed)
        click.echo(f"{len(written)} pictures were written to {folder}.")


async def _links(settings: LocalSettings) -> Links:
    async with any_office(settings) as office:
        return await require_name(await office.links())
