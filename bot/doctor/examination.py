"""The order in which everything is looked at; what cannot be looked at for an earlier trouble is left out."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

from bot.clock import SystemClock
from bot.doctor import machine, online, people, stored
from bot.doctor.finding import Finding, bad, good
from bot.health import HealthReport
from bot.office_door import running_office
from bot.settings import (
    LocalSettings,
    Settings,
    SettingsProblem,
    load_local_settings,
    load_settings,
)
from bot.socket import SocketProblem
from bot.staff_state import StaffState, staff_state
from flows.book import Content
from storage.db import Database
from storage.errors import StorageProblem
from storage.tx import Tx


async def examine(env_file: Path, unit: str, language: str) -> AsyncIterator[Finding]:
    """Every finding, in an order in which one would mend them."""
    yield machine.python(sys.version_info[:3])
    for finding in (*machine.env_file(env_file), *machine.packaged()):
        yield finding
    try:
        local = load_local_settings(env_file)
    except SettingsProblem as problem:
        yield bad("settings.bad", problems=problem)
        return
    yield machine.room(local.database_path.parent)
    content, of_content = stored.content(local, language)
    for finding in (*of_content, *stored.database(local.database_path)):
        yield finding
    report, staff, found = await _asked(local, content)
    for finding in (*found, *people.running(report), *machine.service(unit)):
        yield finding
    yield stored.backups(local.backup_dir, SystemClock().now())
    async for finding in _online(env_file, staff):
        yield finding
    for finding in people.staff(staff) if staff is not None else ():
        yield finding


async def _online(env_file: Path, staff: StaffState | None) -> AsyncIterator[Finding]:
    try:
        settings: Settings = load_settings(env_file)
    except SettingsProblem as problem:
        yield bad("settings.bad", problems=problem)
        return
    yield good("settings.ok")
    async for finding in online.telegram(settings, staff, SystemClock()):
        yield finding


async def _asked(
    local: LocalSettings, content: Content | None
) -> tuple[HealthReport | None, StaffState | None, list[Finding]]:
    """What the running bot says, or what its database says while none runs."""
    try:
        office = await running_office(local)
        if office is not None:
            return await office.status(), await office.staff(), []
    except SocketProblem as problem:
        return None, None, [bad("running.silent", why=problem)]
    held = list(stored.lock(local.database_path, answers=False))
    if held or content is None or not local.database_path.exists():
        return None, None, held
    return None, await _read(local, content), []


async def _read(local: LocalSettings, content: Content) -> StaffState | None:
    now = SystemClock().now()
    try:
        database = await Database.open(local.database_url)
    except StorageProblem:
        return None  # it has been said
    try:
        return await database.transact(lambda conn: staff_state(Tx(conn, now), content))
    finally:
        await database.close()
