"""The stage of the page: sandbox in this process, the bot in another, a folder for both. No HTTP of the page's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.clock import PushedClock
from bot.content import judge_folder, write_preset
from bot.page.cast import Cast, read_cast
from bot.page.child import Child
from bot.sandbox.bots import BotAccount
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.socket import socket_path
from flows.book import Content
from flows.problems import Problems
from storage.inside import Inside, Window

TOKEN: Final = "424242:AAExampleTokenOfTheSandboxOnly-000000"  # noqa: S105 - the sandbox alone takes it
_NOON: Final = 12
_FRIDAY: Final = 4


@dataclass(slots=True)
class ContentState:
    """What became of the owner's folder: `count` grows with every change that was noticed."""

    state: str = "same"  # same, reloaded, mistakes
    problems: tuple[str, ...] = ()
    count: int = 0


@dataclass(slots=True)
class Stage:
    """Everything the page shows and moves."""

    folder: Path
    preset: str
    cast: Cast
    content: Content
    clock: PushedClock
    sandbox: Sandbox
    child: Child
    window: Window
    customers: list[int] = field(default_factory=list)
    staff: list[int] = field(default_factory=list)
    group: int = 0
    ready: bool = False
    pushing: bool = False
    switches: set[str] = field(default_factory=set)
    reading: ContentState = field(default_factory=ContentState)
    seen: Inside | None = None

    @property
    def world(self) -> World:
        return self.sandbox.world

    @property
    def bot(self) -> BotAccount:
        return self.world.bot_with(TOKEN)

    @property
    def database(self) -> Path:
        return self.folder / "zabota.db"

    @property
    def content_folder(self) -> Path:
        return self.folder / "content"

    @property
    def socket(self) -> Path:
        return socket_path(self.database)

    def now_ms(self) -> int:
        return int(self.clock.now().timestamp() * 1000)

    def changed(self) -> None:
        """Something is there to see that the sandbox does not know of."""
        self.world.was_changed()


class ContentWrong(Exception):
    """The folder has mistakes; `problems` are all of them."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(str(problems))
        self.problems = problems


@asynccontextmanager
async def opened_stage(folder: Path, preset: str) -> AsyncIterator[Stage]:
    """Sandbox and bot at work in `folder`, which gets the preset's content unless it has some.

    Raises ContentWrong. The bot is still being started when the stage is handed over.
    """
    content = folder / "content"
    if not content.exists():
        write_preset(preset, content)
    judged = await asyncio.to_thread(judge_folder, content)
    if judged.content is None:
        raise ContentWrong(judged.problems)
    cast = read_cast(preset)
    clock = PushedClock()
    _begin_at_noon(clock, judged.content)
    sandbox = Sandbox(clock)
    await sandbox.start()
    child = Child(folder, _settings(folder, sandbox.url))
    stage = Stage(
        folder=folder,
        preset=preset,
        cast=cast,
        content=judged.content,
        clock=clock,
        sandbox=sandbox,
        child=child,
        window=Window(folder / "zabota.db"),
    )
    child.on_change = stage.changed
    stage.bot.name, stage.bot.username = cast.bot_name, cast.bot_username
    try:
        await child.start()
        yield stage
    finally:
        await child.stop()
        await sandbox.stop()


def _begin_at_noon(clock: PushedClock, content: Content) -> None:
    """A Friday noon of the branch: it is open, and its quiet hours are far."""
    zone = content.business.branches[0].zone
    now = clock.now().astimezone(zone)
    day = (now + timedelta(days=(_FRIDAY - now.weekday()) % 7)).date()
    noon = datetime(day.year, day.month, day.day, _NOON, tzinfo=zone)
    if noon < now:
        noon += timedelta(days=7)
    clock.push(noon - now)


def _settings(folder: Path, sandbox: str) -> dict[str, str]:
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
