"""`zabota run`, `migrate` and `status`."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import click

from bot.commands.backup import made_before
from bot.health import HealthReport, from_json, judge, stands
from bot.logs import set_up_logs
from bot.office import ReloadReport
from bot.office_wire import RemoteOffice
from bot.problem_words import LANGUAGES
from bot.settings import LocalSettings, load_local_settings, load_settings
from bot.socket import ask, socket_path
from bot.staff_state import group_lines
from storage.db import Database
from storage.errors import SchemaNewer
from storage.migrate import current, head, revisions, upgrade

_TOLD_EVERY_S = 5.0


@click.command()
@click.option("--create", is_flag=True, help="Create the database when there is none yet.")
@click.pass_context
def run(ctx: click.Context, *, create: bool) -> None:
    """Start the bot with the settings of the environment and .env."""
    settings = load_settings()
    set_up_logs(settings.log_format, settings.log_level, settings.time_zone)
    if create and not settings.database_path.exists():
        Database.create(settings.database_url)
    # Nothing of what is imported is ever freed: to look for garbage meanwhile costs a fifth of the start.
    gc.disable()  # bot/serve.py enables it
    from bot.serve import run as run_app  # noqa: PLC0415  (aiogram: seconds; settings are told first)

    ctx.exit(run_app(settings))


@click.command()
def migrate() -> None:
    """Create the database that DATABASE_URL names, or bring an older one up to date."""
    settings = load_local_settings()
    path = settings.database_path
    if path.exists():
        done = _upgraded(path)
        after = current(path)
    else:
        Database.create(path)
        after, done = current(path), "was created"
    click.echo(f"The database {path} {done} (schema {after}).")


def _upgraded(path: Path) -> str:
    """A backup comes first, and whoever waits for a big table sees that it goes on."""
    before = current(path)
    if before == head():
        return "is up to date"
    if before is not None and before not in revisions():
        raise SchemaNewer(path, before)
    made = made_before("migrate")
    click.echo(f"Backed up into {made.path}.")
    upgrade(path, on_progress=_progress())
    return f"was brought up to date from {before}"


def _progress() -> Callable[[], None]:
    """Says every few seconds how long it has taken so far."""
    started = told = monotonic()

    def progress() -> None:
        nonlocal told
        if monotonic() - told >= _TOLD_EVERY_S:
            told = monotonic()
            click.echo(f"still migrating, {told - started:.0f} s ...", err=True)

    return progress


@click.command()
@click.option("--process", is_flag=True, help="Judge the process alone, not what Telegram does.")
@click.pass_context
def status(ctx: click.Context, *, process: bool) -> None:
    """How the running bot is; exits with 1 when something is wrong."""
    told, healthy = asyncio.run(_status(load_local_settings(), process=process))
    click.echo(told)
    ctx.exit(0 if healthy else 1)


async def _status(settings: LocalSettings, *, process: bool) -> tuple[str, bool]:
    path = socket_path(settings.database_path)
    report = from_json(await ask(path, "status"))
    staff = await RemoteOffice(path).staff()
    verdict = judge(report)
    lines = [
        "The bot is well." if verdict.healthy else "The bot has trouble:",
        *(f"  {line}" for line in (*verdict.troubles, *verdict.notices)),
        f"  last poll: {_ago(report.poll_age_s)}, last tick: {_ago(report.tick_age_s)}",
        f"  waiting: {report.inbox_waiting} updates, {report.outbox_waiting} messages",
        f"  parked: {report.parked}",
        f"  nightly backups: {_backups(report)}",
        f"  content: {report.content or 'given'}",
        *(f"  group: {line}" for line in group_lines(staff)),
    ]
    return "\n".join(lines), stands(report) if process else verdict.healthy


def _backups(report: HealthReport) -> str:
    if report.backup == "off":
        return "off (BACKUP_DIR)"
    hours = None if report.backup_age_s is None else report.backup_age_s / 3600
    return "none yet" if hours is None else f"the last one {hours:.0f} h ago"


@click.command()
@click.option("--lang", type=click.Choice(LANGUAGES), help="Of the report; else the content's own.")
@click.pass_context
def reload(ctx: click.Context, lang: str | None) -> None:
    """Have the running bot read its content again; exits with 1 when it has mistakes."""
    done = asyncio.run(_reload(load_local_settings(), lang or ""))
    for line in done.lines:
        click.echo(line)
    told = {
        "taken": f"The bot works with what is new: {', '.join(done.changed)}.",
        "same": "Nothing has changed; the bot works with what the folder holds.",
        "bad": "The bot goes on with what it had before.",
    }
    click.echo(told[done.outcome])
    ctx.exit(1 if done.outcome == "bad" else 0)


async def _reload(settings: LocalSettings, language: str) -> ReloadReport:
    return await RemoteOffice(socket_path(settings.database_path)).reload(language)


def _ago(seconds: float | None) -> str:
    return "never" if seconds is None else f"{seconds:.0f} s ago"
