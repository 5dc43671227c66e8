"""The product in a test: sandbox, bot and people in one place; a test says who does what and reads what is seen.

The composition is the real one (`bot.app.App`) over HTTP; only the clock stands still until it is pushed.
"""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import App
from bot.clock import PushedClock
from bot.polling import PollingFigures
from bot.sandbox.control import Control
from bot.sandbox.server import Sandbox
from bot.sandbox.views import MessageView
from bot.settings import Settings
from flows.book import Content
from storage import cards, outbox, timers
from tests.databases import new_database

TOKEN = "424242:AAExampleTokenOfTheSandboxOnly-000000"  # noqa: S105 - accepted by the sandbox alone
FRIDAY_NOON = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # 12:00 in Moscow
_PATIENCE_S = 10.0


@dataclass(slots=True)
class Someone:
    """A person at the other end of Telegram."""

    world: "World"
    id: int
    name: str

    async def writes(self, text: str = "", **more: Any) -> int:
        """Sends words (or a file) to the bot; returns the message's id."""
        message_id = await self.world.control.send(self.id, text, **more)
        await self.world.settle()
        return message_id

    async def starts(self, payload: str = "") -> None:
        """Opens the chat with the bot, by a deep link or without one."""
        await self.world.control.start(self.id, payload)
        await self.world.settle()

    async def taps(self, label: str, chat: int | None = None) -> str:
        """Taps the newest button that carries `label`; returns what popped up ("" for nothing)."""
        message = await self.world.newest_with(label, chat or self.id)
        tap = await self.world.control.tap(
            self.id, message.id, self.world.exact(message, label), chat=chat
        )
        await self.world.settle()
        answer = await self.world.control.tap_answer(tap)
        return answer.text or ""

    async def replies(self, text: str = "", *, to: MessageView | int, **more: Any) -> int:
        """Answers a message of the staff group."""
        target = to if isinstance(to, int) else to.id
        message_id = await self.world.control.send(
            self.id, text or None, chat=self.world.group, reply_to=target, **more
        )
        await self.world.settle()
        return message_id

    async def heard(self) -> list[str]:
        """What the bot has said to this person, in order."""
        chat = await self.world.control.chat(self.id)
        return [m.text for m in chat.messages if m.from_bot]


@dataclass(slots=True)
class World:
    """Everybody and everything of one test."""

    folder: Path
    clock: PushedClock
    sandbox: Sandbox
    control: Control
    settings: Settings
    app: App
    content: Content | None = None
    group: int = 0
    people: dict[str, Someone] = field(default_factory=dict)
    _running: asyncio.Task[None] | None = None

    # ---- people

    async def person(self, name: str, **about: str) -> Someone:
        """Somebody with a Telegram account; the same one for the same name."""
        if name not in self.people:
            view = await self.control.add_person(name, **about)
            self.people[name] = Someone(self, view.id, name)
        return self.people[name]

    async def staffed(self) -> None:
        """An owner, a group with the bot in it, Гузель the administrator and Рамиля the manager."""
        owner = await self.person("Лев")
        await owner.starts(f"own_{self.app.desk.tokens.owner}")
        self.group = await self.control.add_group("Лана: смена", owner.id)
        link = f"https://t.me/{self.app.desk.bot_username}?startgroup=g_{self.app.desk.tokens.group}&admin=delete_messages"
        await self.control.open_link(owner.id, link, group=self.group)
        await self.settle()
        await self.joins("Гузель", "Администратор")
        await self.joins("Рамиля", "Управляющий")

    async def joins(self, name: str, role: str) -> Someone:
        """Presses "it's me", and the owner approves with a role."""
        person = await self.person(name)
        await self.control.join(person.id, self.group)
        await person.starts(f"join_{self.app.desk.tokens.join}")
        await self.people["Лев"].taps(role)
        await person.writes("администратор" if role == "Администратор" else "управляющая")
        return person

    # ---- seeing

    async def in_group(self) -> list[MessageView]:
        """What the bot has posted in the group and is there to see now."""
        chat = await self.control.chat(self.group)
        return [m for m in chat.messages if m.from_bot and m.service is None]

    async def card(self) -> MessageView:
        """The newest card in the group."""
        return [m for m in await self.in_group() if "№" in m.text][-1]

    async def newest_with(self, label: str, chat: int) -> MessageView:
        """The newest message of a chat that carries a button of that label (or one beginning with it)."""
        view = await self.control.chat(chat)
        for message in reversed(view.messages):
            if any(each.startswith(label) for each in message.labels):
                return message
        shown = [message.labels for message in view.messages if message.labels]
        raise AssertionError(f"no button «{label}» in {view.title}: {shown}")

    @staticmethod
    def exact(message: MessageView, label: str) -> str:
        """The whole label of the button that begins so."""
        return next(each for each in message.labels if each.startswith(label))

    # ---- time

    async def settle(self) -> None:
        """Wait until everything that was said has been heard, decided and sent."""
        async with asyncio.timeout(_PATIENCE_S):
            quiet = 0
            while quiet < 2:
                await self.control.wait_until_idle()
                await self.app.scheduler.tick()
                await asyncio.sleep(0.001)
                resting = self.app.intake.idle and self.app.sender.idle
                quiet = quiet + 1 if resting and not self.app.scheduler.waiting else 0

    async def passes(self, **span: float) -> None:
        """Let time pass, stopping at everything that falls due on the way."""
        target = self.clock.now() + timedelta(**span)
        for _ in itertools.count():
            await self.settle()
            due = await self._next_due()
            if due is None or due > target:
                break
            self.clock.push(max(due - self.clock.now(), timedelta(milliseconds=1)))
        self.clock.push(target - self.clock.now())
        await self.settle()

    async def _next_due(self) -> datetime | None:
        now = self.clock.now()
        found = await self.app.database.transact(
            lambda conn: (
                timers.next_due(conn),
                outbox.next_due(conn, now),
                cards.next_due(conn, now),
            )
        )
        moments = [ms for ms in found if ms is not None]
        return datetime.fromtimestamp(min(moments) / 1000, UTC) if moments else None

    # ---- the process

    async def restart(self) -> None:
        """Stop the bot as SIGTERM does, and start it again on the same database."""
        await self.stop()
        self.app = await open_app(self.settings, self.clock, self.content)
        self._running = asyncio.create_task(self.app.run())  # noqa: TID251 - owned by this world
        await self.settle()

    async def start(self) -> None:
        """Begin to work."""
        self._running = asyncio.create_task(self.app.run())  # noqa: TID251 - owned by this world
        await self.settle()

    async def stop(self) -> None:
        """Stop as SIGTERM does."""
        self.app.stop()
        if self._running is not None:
            with suppress(asyncio.CancelledError):
                await self._running
        await self.app.close()


async def open_app(settings: Settings, clock: PushedClock, content: Content | None) -> App:
    """The real composition, with a seed for chance and no pause between hurried polls."""
    return await App.open(
        settings,
        clock=clock,
        content=content,
        chance=random.Random(1),
        polling=PollingFigures(hurry_every_s=0, first_pause_s=0.01, longest_pause_s=0.05),
    )


@asynccontextmanager
async def opened_world(
    folder: Path, *, at: datetime = FRIDAY_NOON, content: Content | None = None, **more: Any
) -> AsyncIterator[World]:
    """A world in a folder of its own; `more` are settings."""
    clock = PushedClock(at)
    sandbox = Sandbox(clock)
    await sandbox.start()
    control = Control(sandbox.url)
    try:
        await control.add_bot(TOKEN, name="Забота", username="lana_bot")
        settings = Settings(
            bot_token=TOKEN,
            database_url=f"sqlite:///{new_database(folder)}",
            telegram_api_url=sandbox.url,
            limits_enabled=more.pop("limits_enabled", False),
            tick_seconds=60,
            stop_grace=1,
            _env_file=None,
            **more,
        )
        app = await open_app(settings, clock, content)
        world = World(folder, clock, sandbox, control, settings, app, content)
        await world.start()
        try:
            yield world
        finally:
            await world.stop()
    finally:
        await control.close()
        await sandbox.stop()
