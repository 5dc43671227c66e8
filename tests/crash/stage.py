"""Where a crash run plays: the sandbox and the bot as processes, a database, the people; no plan and no verdict."""

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.sandbox.control import Control
from tests.crash import bots
from tests.crash.bots import ROOT, Bot, Nursery, Place
from tests.crash.peek import Backlog, Peek
from tests.databases import new_database

TOKEN: Final = "424242:AAExampleTokenOfTheSandboxOnly-000000"  # accepted by the sandbox alone
GRACE_S: Final = 3.0  # what the bot has to finish after SIGTERM
USERNAME: Final = "lana_bot"
_PATIENCE_S: Final = 120.0
_NOON: Final = timedelta(hours=9)  # in UTC; in the salon it is 12:00
_LOOK_EVERY_S: Final = 0.002


@dataclass(slots=True)
class Stage:
    """One sandbox, one database, and the bot that is killed and started on them."""

    control: Control
    peek: Peek
    nursery: Nursery
    place: Place
    chance: random.Random
    bot: Bot | None = None
    sent: dict[int, int] = field(default_factory=dict)  # rows ever marked as sent: id to chat
    _ahead_ms: int = 0  # the sandbox's clock before the machine's monotonic one
    quiet_ms: int = 0  # the last moment (its clock) that nothing was overdue
    _calls_seen: int = 0

    # ---- the bot

    async def start(self, *, by_command: bool = False) -> Bot:
        """Start the bot; it is not waited for."""
        if self.bot is not None and self.bot.runs:
            raise RuntimeError("the bot runs already")
        by = bots.by_command if by_command else self.nursery.bear
        self.bot = await by(self.place)
        return self.bot

    async def up(self, *, by_command: bool = False) -> Bot:
        """Start the bot and wait until it polls."""
        bot = await self.start(by_command=by_command)

        async def polls() -> bool:
            calls = await self.control.calls("getUpdates", after=self._calls_seen)
            # What a dead bot has asked may be answered, and logged, after its end.
            mine = [call for call in calls if call.at_ms >= bot.begun * 1000]
            if mine:
                self._calls_seen = mine[-1].number
            return bool(mine)

        await self.until(polls, "the bot polls")
        return bot

    async def leave(self) -> None:
        """Stop the bot as an owner does."""
        if self.bot is not None and self.bot.runs:
            code = await self.bot.end(signal.SIGTERM)
            if code != 0:
                raise AssertionError(f"stopped with code {code}; {self.state()}")
        self.sent |= self.peek.sent()

    # ---- waiting

    async def until(self, true: Callable[[], object], what: str) -> None:
        """Look until `true()` (perhaps awaited) holds; fails with `what` when it never does."""
        try:
            async with asyncio.timeout(_PATIENCE_S):
                while True:
                    found = true()
                    if asyncio.iscoroutine(found):
                        found = await found
                    if found:
                        return
                    if self.bot is not None and not self.bot.runs:
                        raise AssertionError(f"the bot has ended by itself; {self.state()}")
                    await asyncio.sleep(_LOOK_EVERY_S * 10)
        except TimeoutError:
            raise AssertionError(f"never: {what}; {self.state()}") from None

    def state(self) -> str:
        """For whoever reads why a run failed."""
        lines = (
            self.place.log.read_text(errors="replace").splitlines()[-30:]
            if self.place.log.exists()
            else []
        )
        return "\n".join([str(self.backlog()), f"the end of {self.place.log}:", *lines])

    def backlog(self) -> Backlog:
        """What waits in the database now."""
        return self.peek.backlog(self.now_ms())

    async def watch(self, ripe: Callable[[Backlog], bool], within_s: float) -> bool:
        """Look at the database again and again until it is `ripe`; False when the time is over."""
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            if ripe(self.backlog()):
                return True
            await asyncio.sleep(_LOOK_EVERY_S)
        return False

    async def heard(self) -> None:
        """Everything that was said has been fetched and decided."""

        async def all_in() -> bool:
            queue = await self.control.queue()
            return queue.pending == 0 and self.backlog().new == 0

        await self.until(all_in, "all is heard and decided")

    async def settled(self) -> None:
        """Everything that was said has been heard, decided and sent; at `quiet_ms` nothing was overdue."""

        async def quiet() -> bool:
            late = "SELECT count(*) FROM timers WHERE state = 'pending' AND due_at <= :now"
            now = self.now_ms()
            if not self.backlog().nothing or self.peek.number(late, now=now):
                return False
            queue = await self.control.queue()
            self.quiet_ms = now
            return queue.pending == 0 and queue.polling and self.backlog().nothing

        await self.until(quiet, "all is heard, decided and sent")

    # ---- time

    def now_ms(self) -> int:
        """The sandbox's clock, without asking it."""
        return self._ahead_ms + round(time.monotonic() * 1000)

    async def push(self, **span: float) -> None:
        """Let time pass."""
        await self.control.push_clock(timedelta(**span))
        await self._set_clock()

    async def push_to_noon(self, *, days: int) -> None:
        """Noon of the salon, that many days ahead: nothing waits for the morning then."""
        now = await self.control.now()
        day = datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=days)
        await self.control.push_clock(day + _NOON - now)
        await self._set_clock()

    async def _set_clock(self) -> None:
        now = await self.control.now()
        self._ahead_ms = round(now.timestamp() * 1000) - round(time.monotonic() * 1000)


@asynccontextmanager
async def opened_stage(nursery: Nursery, folder: Path, seed: int) -> AsyncIterator[Stage]:
    """A sandbox that listens and an empty database, at noon; the bot has not been started."""
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(_sandbox(seed))
        control = await stack.enter_async_context(Control(url))
        await control.add_bot(TOKEN, name="Забота", username=USERNAME)
        database = new_database(folder)
        place = Place(_environment(url, database), folder, folder / "bot.log")
        stage = Stage(control, Peek(database), nursery, place, random.Random(seed))
        await stage.push_to_noon(days=1)
        try:
            yield stage
        finally:
            if stage.bot is not None:
                await stage.bot.end(signal.SIGKILL)


@asynccontextmanager
async def _sandbox(seed: int) -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.sandbox", "--port", "0", "--seed", str(seed)),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        if process.stdout is None:
            raise RuntimeError("the sandbox has no standard output")
        async with asyncio.timeout(_PATIENCE_S):
            url = (await process.stdout.readline()).decode().strip()
        yield url
    finally:
        process.terminate()
        await process.wait()


def _environment(url: str, database: Path) -> dict[str, str]:
    """What the bot is told; the shipped salon is its content."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": f"sqlite:///{database}",
        "TELEGRAM_API_URL": url,
        "SANDBOX_CLOCK_URL": url,
        "LIMITS_ENABLED": "false",
        "TICK_SECONDS": "0.1",
        "POLL_TIMEOUT": "2",
        "STOP_GRACE": str(GRACE_S),
        "LOG_FORMAT": "json",
        "LOG_LEVEL": "WARNING",
    }
