"""`zabota parked`: what was put aside, with and without a running bot."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from bot.office import OfficeProblem, ParkedRow, name_of
from bot.office_door import AnyOffice, any_office
from bot.settings import load_local_settings
from bot.socket import SocketProblem
from storage.parked import Parked

T = TypeVar("T")


@click.group(invoke_without_command=True)
@click.pass_context
def parked(ctx: click.Context) -> None:
    """What was put aside because it could not be worked on; everything else goes on without it."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(listing)


@parked.command("list")
def listing() -> None:
    """Every parked row, with the name to call it by."""
    rows = _with_office(lambda office: office.parked())
    if not rows:
        click.echo("Nothing is parked.")
    for row in rows:
        click.echo(_line(row))


@parked.command()
@click.argument("which")
def show(which: str) -> None:
    """One row with what is in it: also words of customers."""
    shown = _with_office(lambda office: office.show(which))
    click.echo(_line(shown.row))
    if shown.contents:
        click.echo(_readable(shown))


@parked.command()
@click.argument("which", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every row that is parked.")
@click.pass_context
def replay(ctx: click.Context, which: tuple[str, ...], *, everything: bool) -> None:
    """Try rows once more, WHICH as `zabota parked` names them."""
    if bool(which) == everything:
        raise click.UsageError("Write which rows, or --all.")
    ctx.exit(0 if _with_office(lambda office: _replay(office, which)) else 1)


@parked.command()
@click.argument("which")
def drop(which: str) -> None:
    """Let a row go undone, for good."""
    row = _with_office(lambda office: office.drop(which))
    click.echo(f"{name_of(row)} is dropped.")


async def _replay(office: AnyOffice, which: tuple[str, ...]) -> bool:
    """All are tried, whatever becomes of one."""
    names = which or tuple(name_of(row) for row in await office.parked())
    good = True
    for name in names:
        try:
            row = await office.replay(name)
        except (OfficeProblem, SocketProblem) as problem:
            good = False
            click.echo(str(problem), err=True)
        else:
            click.echo(f"{name_of(row)} goes once more.")
    return good


def _with_office(work: Callable[[AnyOffice], Awaitable[T]]) -> T:
    async def run() -> T:
        async with any_office(load_local_settings()) as office:
            return await work(office)

    return asyncio.run(run())


def _line(row: Parked) -> str:
    return f"{name_of(row):<16} {row.at:%Y-%m-%d %H:%M:%SZ}  {row.what}: {row.error}"


def _readable(shown: ParkedRow) -> str:
    try:
        return json.dumps(json.loads(shown.contents), ensure_ascii=False, indent=2)
    except ValueError:
        return shown.contents
