"""`zabota posters`: a sheet for each branch as a PDF, to be printed and hung up."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.commands.bot_name import require_name
from bot.content import load_content
from bot.office_door import any_office
from bot.settings import LocalSettings, load_local_settings


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="posters")
@click.option(
    "--branch", "only", multiple=True, metavar="ID", help="This one alone; may be repeated."
)
def posters(folder: Path, only: tuple[str, ...]) -> None:
    """Draw an A5 page for every branch into FOLDER (posters), a PDF each.

    The codes are permanent: what is printed once stays true until a branch gets another id.
    """
    written = _write(load_local_settings(), folder, only)
    for path in written:
        click.echo(path)


def _write(settings: LocalSettings, folder: Path, only: tuple[str, ...]) -> list[Path]:
    # Imported here: fonts and pictures cost half a second, which `--help` should not.
    from bot.posters.poster import posters as sheets  # noqa: PLC0415  (see above)
    from bot.posters.sheet import draw  # noqa: PLC0415  (see above)

    content = load_content(settings.content_dir)
    known = {branch.id for branch in content.business.branches}
    for missing in (branch for branch in only if branch not in known):
        raise click.BadParameter(f"{missing} is none of {', '.join(sorted(known))}.")
    name = asyncio.run(_bot_name(settings))
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for sheet in sheets(content, name, only):
        path = folder / f"{sheet.name}.pdf"
        path.write_bytes(draw([sheet]))
        written.append(path)
    return written


async def _bot_name(settings: LocalSettings) -> str:
    async with any_office(settings) as office:
        return (await require_name(await office.links())).bot_username
