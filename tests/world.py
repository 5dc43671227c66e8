"""The product in a test: sandbox, bot and people in one place; a test says who does what and reads what is seen.

The composition is the real one (`bot.app.App`) over HTTP; only the clock stands still until it is pushed.
"""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from structlog.testing import capture_logs

from bot.app import App
from bot.clock import PushedClock
from bot.polling import PollingFigures
from bot.sandbox.control import Control
from bot.sandbox.server import Sandbox
from bot.sandbox.views import MessageView
from bot.settings import Settings
from flows.book import Content
from storage import cards, outbox, parked, timers
from storage.parked import Parked
from storage.tables import counters
from tests.content.salon import salon
from tests.databases import new_database
from tests.someone import Someone

SECOND = timedelta(seconds=1)
TOKEN = "424242:AAExampleTokenOfTheSandboxOnly-000000"  # accepted by the sandbox alone
FRIDAY_NOON = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # 12:00 in Moscow
_PATIENCE_S = 10.0
_MOST_STOPS = 500  # moments at which something falls due within one `passes`


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
    logs: list[Any] = field(default_factory=list)
    restless: bool = False  # the bot is restarted after everything anybody does
    expected_parked: int = 0  # rows put aside, as the scenario means it
    expected_errors: set[str] = field(default_factory=set)  # events of the log that it means
    codes: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _running: asyncio.Task[None] | None = None

    # ---- people

    async def person(self, name: str, **about: str) -> Someone:
        """Somebody with a Telegram account; the same one for the same name."""
        if name not in self.people:
            view = await self.control.add_person(name, **about)
            self.people[name] = Someone(self, view.id, name)
        return self.people[name]

    async def staffed(self, kind: str = "supergroup", *, forum: bool = False) -> None:
        """An owner, a group with the bot in it, Гузель the administrator and Рамиля the manager."""
        owner = await self.person("Лев")
        await owner.starts(f"own_{self.app.desk.tokens.owner}")
        self.group = await self.control.add_group("Лана: смена", owner.id, kind=kind, forum=forum)
        await self.control.open_link(owner.id, self.group_link, group=self.group)
        await self.settle()
        await self.joins("Гузель", "Администратор", signs="администратор")
        await self.joins("Рамиля", "Управляющий", signs="управляющая")

    async def joins(self, name: str, role: str, signs: str = "") -> Someone:
        """Presses "it's me", and the owner approves with a role."""
        person = await self.person(name)
        await self.control.join(person.id, self.group)
        await person.starts(f"join_{self.app.desk.tokens.join}")
        await self.people["Лев"].taps(role)
        await person.writes(signs or role.lower())
        return person

    @property
    def group_link(self) -> str:
        """The link that binds a group."""
        desk = self.app.desk
        return (
            f"https://t.me/{desk.bot_username}?startgroup=g_{desk.tokens.group}"
            "&admin=delete_messages+manage_topics"
        )

    async def complaint(self, *words: str, name: str = "Анна", rating: str = "2 ·") -> Someone:
        """A customer comes by the permanent link, rates low and tells; a minute of quiet is over."""
        customer = await self.person(name)
        await customer.starts("b_bauman")
        await customer.taps(rating)
        for each in words:
            await customer.writes(each)
        await self.passes(seconds=61)
        return customer

    async def visit_link(self) -> str:
        """The newest one-time link that was posted in the group."""
        posts = [m.text for m in await self.in_group() if "?start=v_" in m.text]
        return next(word for word in posts[-1].split() if "?start=v_" in word)

    # ---- seeing

    async def in_group(self) -> list[MessageView]:
        """What the bot has posted in the group and is there to see now."""
        chat = await self.control.chat(self.group)
        return [m for m in chat.messages if m.from_bot and m.service is None]

    async def cards(self) -> list[MessageView]:
        """All cards in the group, the oldest first; what stands under one and set-up are none."""
        posts = [m for m in await self.in_group() if m.kind == "text" and m.reply_to is None]
        return [m for m in posts if "№ " in m.text]

    async def card(self) -> MessageView:
        """The newest card in the group."""
        return (await self.cards())[-1]

    async def card_lines(self) -> list[str]:
        """The text of the newest card, line by line."""
        return (await self.card()).text.split("\n")

    async def newest_with(self, label: str, chat: int) -> MessageView:
        """The newest message of a chat that carries a button beginning so."""
        view = await self.control.chat(chat)
        for message in reversed(view.messages):
            if any(each.startswith(label) for each in message.labels):
                return message
        shown = [message.labels for message in view.messages if message.labels]
        raise AssertionError(f"no button «{label}» in {view.title}: {shown}")

    async def spent(self) -> dict[str, int]:
        """Counters of what was given, those that are not at nought."""
        wanted = select(counters.c.key, counters.c.spent).where(counters.c.spent != 0)
        rows = await self.app.database.transact(lambda conn: conn.execute(wanted).all())
        return {row.key: row.spent for row in rows}

    async def parked(self) -> list[Parked]:
        """Everything that was put aside."""
        return await self.app.database.transact(parked.listing)

    async def nothing_is_wrong(self) -> None:
        """Every call was one of the Bot API's, nothing was put aside or failed unless a scenario wanted it."""
        assert await self.control.complaints() == []
        assert len(await self.parked()) == self.expected_parked, await self.parked()
        errors = [entry for entry in self.logs if entry["log_level"] == "error"]
        assert {entry["event"] for entry in errors} == self.expected_errors, errors

    # ---- time

    async def settle(self) -> None:
        """Wait until everything that was said has been heard, decided and sent."""
        await self._settle()
        if self.restless:
            await self.restart()

    async def _settle(self) -> None:
        async with asyncio.timeout(_PATIENCE_S):
            quiet = 0
            while quiet < 2:
                await self.control.wait_until_idle()
                await self.app.scheduler.tick()
                await asyncio.sleep(0.001)
                at_work = (self.app.intake, self.app.sender, self.app.editor, self.app.reloader)
                resting = all(each.idle for each in at_work)
                quiet = quiet + 1 if resting and not self.app.scheduler.waiting else 0

    async def passes(self, **span: float) -> None:
        """Let time pass, stopping at everything that falls due on the way."""
        target = self.clock.now() + timedelta(**span)
        for _ in range(_MOST_STOPS):
            await self._settle()
            due = await self._next_due()
            if due is None or due > target:
                break
            self.clock.push(max(due - self.clock.now(), timedelta(milliseconds=1)))
        else:
            raise AssertionError("something falls due again and again")
        self.clock.push(target - self.clock.now())
        await self.settle()

    async def passes_until(self, hour: int, minute: int = 0) -> None:
        """Let time pass until that time of day in the salon."""
        now = self.clock.now().astimezone(self.app.desk.content.business.branches[0].zone)
        moment = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if moment <= now:
            moment += timedelta(days=1)
        await self.passes(seconds=(moment - now).total_seconds())

    @asynccontextmanager
    async def telegram_away(self, how: str = "drop") -> AsyncIterator[None]:
        """Telegram is out of reach within: people still write (through `control`), time goes by `drifts`."""
        await self.control.go_away(how)
        yield
        await self.control.come_back()
        await self.settle()

    async def drifts(self, *, steps: int = 12, **span: float) -> None:
        """Let time pass while Telegram is away: the bot tries, and nobody waits for it to succeed."""
        for _ in range(steps):
            self.clock.push(timedelta(**span) / steps)
            await self.app.scheduler.tick()
            await self.tried()

    async def tried(self) -> None:
        """Wait until the bot has asked Telegram and has tried to send whatever is due."""
        async with asyncio.timeout(_PATIENCE_S):
            asked = tried = False
            while not (asked and tried):
                await asyncio.sleep(0.001)
                asked = self.app.poller.last_poll_at == self.clock.now()
                tried = self.app.sender.idle

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

    async def start(self) -> None:
        """Begin to work; vouchers are numbered: LANA-1, LANA-2."""
        self.app.desk.code = lambda: f"LANA-{next(self.codes)}"
        self._running = asyncio.create_task(self.app.run())  # noqa: TID251 - owned by this world
        await self._settle()

    async def stop(self) -> None:
        """Stop as SIGTERM does."""
        self.app.stop()
        running, self._running = self._running, None
        if running is not None:
            await running
        await self.app.close()

    async def restart(self, content: Content | None = None) -> None:
        """Stop the bot as SIGTERM does, and start it again on the same database, perhaps with other content."""
        await self.stop()
        await self.reopen(content)

    async def reopen(self, content: Content | None = None) -> None:
        """Start the bot, which is not running, on the same database."""
        self.content = content or self.content
        self.app = await open_app(self.settings, self.clock, self.content)
        await self.start()


async def open_app(settings: Settings, clock: PushedClock, content: Content | None) -> App:
    """The real composition, with a seed for chance and no pause between hurried polls."""
    return await App.open(
        settings,
        clock=clock,
        content=content or (None if settings.content_dir else salon()),
        chance=random.Random(1),
        polling=PollingFigures(
            hurry_every_s=0, first_pause_s=0.01, longest_pause_s=0.05, conflict_over_s=0.2
        ),
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
            limits_enabled=False,
            tick_seconds=60,
            stop_grace=1,
            _env_file=None,
            **more,
        )
        with capture_logs() as logs:
            app = await open_app(settings, clock, content)
            world = World(folder, clock, sandbox, control, settings, app, content, logs=logs)
            await world.start()
            try:
                yield world
            finally:
                await world.stop()
    finally:
        await control.close()
        await sandbox.stop()
