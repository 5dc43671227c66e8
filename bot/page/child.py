"""The bot as a process of its own: started, stopped, killed at any moment. What it does is its own affair."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal

import bot

TOKEN: Final = "424242:AAExampleTokenOfTheSandboxOnly-000000"  # noqa: S105 - the sandbox alone takes it

State = Literal["off", "starting", "running", "stopping", "killed", "died"]

_CODE: Final = Path(bot.__file__).parents[1]
_COMMAND: Final = ("-c", "from bot.cli import main; main()", "run", "--create")
# Nobody's own settings: no real bot and no real database is ever meant.
_KEPT: Final = ("PATH", "HOME", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "SYSTEMROOT")
_STOPS_WITHIN_S: Final = 10.0
_LOG_LINES: Final = 8


class Child:
    """One bot process at a time; `on_change` is called whenever `state` changes."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self._folder, self._settings = folder, settings
        self._log = folder / "bot.log"
        self._process: asyncio.subprocess.Process | None = None
        self.state: State = "off"
        self.starts = 0
        self.on_change: Callable[[], None] = lambda: None

    @property
    def pid(self) -> int | None:
        """The process at work now."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> None:
        """Start it, if it is not there; it runs once `polls` was told."""
        if self.pid is not None:
            return
        self.starts += 1
        self._become("starting")
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        with self._log.open("ab") as log:
            # A session of its own: Ctrl+C is for the page, which then stops its child in order.
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *_COMMAND,
                cwd=self._folder,
                env={**kept, "PYTHONPATH": str(_CODE), "PYTHONUNBUFFERED": "1", **self._settings},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def polls(self) -> None:
        """It has asked for updates: it is at work."""
        if self.state == "starting":
            self._become("running")

    async def watch(self) -> None:
        """Notice for ever that a process has ended by itself."""
        while True:
            process = self._process
            if process is None or process.returncode is not None:
                await asyncio.sleep(0.05)
                continue
            await process.wait()
            if self.state in ("starting", "running"):
                self._become("died")

    async def kill(self) -> None:
        """SIGKILL: no goodbye, at whatever it was doing."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        self._become("killed")
        process.send_signal(signal.SIGKILL)
        await process.wait()

    async def stop(self) -> None:
        """SIGTERM, and SIGKILL for one that does not listen."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        self._become("stopping")
        process.terminate()
        try:
            async with asyncio.timeout(_STOPS_WITHIN_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
        self._become("off")

    def last_words(self) -> list[str]:
        """The end of its log."""
        if not self._log.exists():
            return []
        return self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]

    def _become(self, state: State) -> None:
        self.state = state
        self.on_change()


def settings_of(folder: Path, sandbox: str) -> dict[str, str]:
    """The bot's settings for a play in `folder`: its Telegram is the sandbox and can be nothing else."""
    return {
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": f"sqlite:///{folder / 'zabota.db'}",
        "CONTENT_DIR": str(folder / "content"),
        "TELEGRAM_API_URL": sandbox,
        "SANDBOX_CLOCK_URL": sandbox,
        "TICK_SECONDS": "0.05",
        "LIMITS_ENABLED": "false",
        "STOP_GRACE": "1",
    }
