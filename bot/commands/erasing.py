"""`zabota erase`: forget one person, with and without a running bot."""

from __future__ import annotations

import asyncio

import click

from bot.office import ErasedPerson
from bot.office_door import any_office
from bot.settings import load_local_settings


@click.command()
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(who: str, *, yes: bool) -> None:
    """Erase everything about WHO: a Telegram id, or a telephone with its country code (+79990000001).

    Words, names, numbers, files and cards go; figures stay. It cannot be taken back.
    """
    if not yes:
        click.confirm(f"Everything about {who} will be erased for good. Go on?", abort=True)
    click.echo(_told(who, asyncio.run(_erase(who))))


async def _erase(who: str) -> ErasedPerson:
    async with any_office(load_local_settings()) as office:
        return await office.erase(who)


def _told(who: str, done: ErasedPerson) -> str:
    return f"{who} is erased (cases: {done.cases}, visits: {done.visits}). The group is tidied up as Telegram allows."
