"""The night's backup of a running bot: when it is due, made by a process of its own, and told when it fails.

Due is what the folder lacks: a bot that was off at the hour makes it when it is back.
"""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final, Literal

import structlog

from bot.clock import Clock
from bot.desk import Desk
from bot.settings import Settings
from bot.turn import Turns
from flows.events import TroubleNoticed
from storage.backup import Backup, listing

_log = structlog.get_logger(__name__)

State = Literal["off", "ok", "failed"]

_CODE: Final = Path(__file__).parents[1]
_AGAIN_AFTER: Final = timedelta(hours=1)
_TOLD_EVERY: Final = timedelta(days=1)
_PATIENCE_S: Final = 2.0


class Nightly:
    """Looks whether a backup is due and has it made; one at a time. Time that is pushed makes none."""

    def __init__(self, settings: Settings, turns: Turns, desk: Desk, clock: Clock) -> None:
        self._settings = settings
        wanted = settings.backup_dir is not None and not settings.sandbox_clock_url
        self._folder = settings.backup_folder if wanted else None
        self._turns = turns
        self._desk = desk
        self._clock = clock
        self._child: asyncio.subprocess.Process | None = None
        self._stopping = False
        self._not_before: datetime | None = None  # after a failure
        self._told_at: datetime | None = None
        self.state: State = "ok" if self._folder else "off"
        # The newest there is, whoever made it.
        self.last_at = _newest(listing(self._folder)) if self._folder else None

    async def look(self) -> None:
        """Make the backup if it is due."""
        folder, now = self._folder, self._clock.now()
        if folder is None or self._stopping or (self._not_before and now < self._not_before):
            return
        backups = await asyncio.to_thread(listing, folder)
        self.last_at = _newest(backups)
        nightly = _newest([backup for backup in backups if backup.why == "nightly"])
        if nightly is None or nightly < self._planned(now):
            await self._make(folder, now)

    async def stop(self) -> None:
        """Break off a backup under way; what it has written is cleared away."""
        self._stopping = True
        child = self._child
        if child is None:
            return
        with suppress(ProcessLookupError):
            child.send_signal(signal.SIGINT)
            try:
                async with asyncio.timeout(_PATIENCE_S):
                    await child.wait()
            except TimeoutError:
                child.kill()

    def _planned(self, now: datetime) -> datetime:
        """The latest moment up to now at which a backup was to be made."""
        zone = self._desk.content.business.branches[0].zone
        hour, today = time(self._settings.backup_hour), now.astimezone(zone).date()
        planned = datetime.combine(today, hour, zone).astimezone(UTC)
        if planned > now:
            planned = datetime.combine(today - timedelta(days=1), hour, zone).astimezone(UTC)
        return planned

    async def _make(self, folder: Path, now: datetime) -> None:
        why = await self._run(folder, now)
        if self._stopping:
            return
        if why is None:
            self.state, self.last_at, self._not_before, self._told_at = "ok", now, None, None
            _log.info("backed_up")
            return
        self.state, self._not_before = "failed", now + _AGAIN_AFTER
        _log.error("backup_failed", why=why)
        if self._told_at is None or now - self._told_at >= _TOLD_EVERY:
            self._told_at = now
            await self._turns.happened(TroubleNoticed("owner.backup_failed"))

    async def _run(self, folder: Path, now: datetime) -> str | None:
        """`zabota backup` with these very settings; None when it went well, else what it said."""
        settings = self._settings
        environment = {
            **os.environ,
            "PYTHONPATH": str(_CODE),
            "DATABASE_URL": f"sqlite:///{settings.database_path}",
            "CONTENT_DIR": str(settings.content_dir.resolve()) if settings.content_dir else "",
        }
        command = ("backup", "--to", str(folder), "--why", "nightly", "--at", now.isoformat())
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot.cli", *command, "--keep", str(settings.backup_keep)),
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl+C is for the bot, which then stops it in order
        )
        try:
            _, said = await self._child.communicate()
        finally:
            code, self._child = self._child.returncode, None
        return None if code == 0 else said.decode(errors="replace").strip()[-500:] or f"exit {code}"


def _newest(backups: list[Backup]) -> datetime | None:
    return max((backup.made_at for backup in backups), default=None)
