"""The stage of the page: sandbox in this process, the bot in another, a folder for both. No pages here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.clock import PushedClock
from bot.content import ContentProblems, judge_folder
from bot.page.cast import Cast, read_cast
from bot.page.child import TOKEN, Child
from bot.sandbox.bots import BotAccount
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.socket import socket_path
from flows.book import Content
from storage.inside import Inside, Window

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
    def content_shown(self) -> str:
        """Where the content folder is, for a person: from the folder they are in when it is below it."""
        here = Path.cwd()
        folder = self.content_folder
        return str(folder.relative_to(here) if folder.is_relative_to(here) else folder)

    @property
    def socket(self) -> Path:
        return socket_path(self.database)

    def now_ms(self) -> int:
        return int(self.clock.now().timestamp() * 1000)

    async def changes_from(self, change: int, within_s: float) -> bool:
        """Whether there is something new since that `world.change`, as soon as there is."""
        return await self.world.changed.until(lambda: self.world.change != change, within_s)

    def changed(self) -> None:
        """Something is there to see that the sandbox does not know of."""
        self.world.was_changed()


@asynccontextmanager
async def opened_stage(
    folder: Path, preset: str, child: Child, port: int, first_message: int | None = None
) -> AsyncIterator[Stage]:
    """The sandbox listens on `port`, where `child` looks for it. Raises ContentProblems.

    `first_message` is above every number that the bot may remember from a play before.
    """
    judged = await asyncio.to_thread(judge_folder, folder / "content")
    if judged.content is None:
        raise ContentProblems(judged)
    clock = PushedClock()
    _begin_at_noon(clock, judged.content)
    sandbox = Sandbox(clock, first_message=first_message or 1)
    stage = Stage(
        folder=folder,
        preset=preset,
        cast=read_cast(preset),
        content=judged.content,
        clock=clock,
        sandbox=sandbox,
        child=child,
        window=Window(folder / "zabota.db"),
    )
    child.on_change = stage.changed
    stage.bot.name, stage.bot.username = stage.cast.bot_name, stage.cast.bot_username
    await sandbox.start(port=port)
    try:
        yield stage
    finally:
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
