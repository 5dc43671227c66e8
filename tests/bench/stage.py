"""The sandbox, its people, and the two bots that are compared in it."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.clock import SystemClock
from bot.desk import link_token
from bot.links import Links, standing_tokens
from bot.sandbox.control import Control
from bot.sandbox.views import CallView
from flows.facts import Tokens
from storage.db import Connection, Database
from storage.tx import Tx
from tests.bench.processes import Broken, Process
from tests.databases import new_database

T = TypeVar("T")

PRODUCT_TOKEN = "424242:AAExampleTokenOfTheSandboxOnly-000000"
ECHO_TOKEN = "434343:AAExampleTokenOfTheSandboxOnly-000000"
PRODUCT_ID, ECHO_ID = 424242, 434343
_USERNAME = "lana_bot"
_MIDDAY = 12 - 3  # hours UTC: noon in Moscow, where the salon is open
_SATURDAY = 5
_AT_ONCE = 8  # people who write at the same time
_PATIENCE_S = 60.0
_LOOK_S = 0.1


@dataclass(slots=True)
class Stage:
    """One sandbox process. `database` holds a salon with its staff in place, to be copied for each start."""

    folder: Path
    sandbox: Process
    control: Control
    database: Path
    group: int = 0
    staff: dict[str, int] = field(default_factory=dict)

    # ---- bots

    async def start_product(self, *, limits: bool = False) -> Process:
        """The product on a copy of the salon's database; returns before it polls."""
        path = self.folder / "running.db"
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        shutil.copyfile(self.database, path)
        return await self._start_product(path, limits=limits)

    async def _start_product(self, database: Path, *, limits: bool) -> Process:
        settings = {
            "BOT_TOKEN": PRODUCT_TOKEN,
            "DATABASE_URL": f"sqlite:///{database}",
            "TELEGRAM_API_URL": self.control.url,
            "SANDBOX_CLOCK_URL": self.control.url,
            "LIMITS_ENABLED": str(limits).lower(),
            "STOP_GRACE": "0",
            "LOG_LEVEL": "WARNING",
        }
        run = ["-c", "from bot.cli import main; main()", "run"]
        return await Process.start("zabota", run, self.folder / "zabota.log", settings)

    async def start_echo(self) -> Process:
        """The echo bot; returns before it polls."""
        settings = {"BOT_TOKEN": ECHO_TOKEN, "TELEGRAM_API_URL": self.control.url}
        return await Process.start(
            "echo", ["-m", "tests.bench.echo"], self.folder / "echo.log", settings
        )

    async def first_poll(self, process: Process, bot: int) -> float:
        """The moment (monotonic, s) by which a getUpdates of this bot waits."""
        eyes = Control(self.control.url, bot)
        try:
            for _ in range(int(_PATIENCE_S)):
                process.require_alive()
                seen = await eyes.ask("GET", "queue/idle?timeout=1")
                if seen["polling"]:
                    return time.monotonic()
        finally:
            await eyes.close()
        raise Broken(f"{process.name} does not poll")

    async def stop(self, process: Process) -> None:
        """Stop a bot, and let no poll of it linger in the sandbox."""
        await process.stop()
        await self.control.go_away()
        await self.control.come_back()

    # ---- people

    async def people(self, count: int, name: str = "Анна") -> list[int]:
        """New accounts."""
        return await in_parallel([partial(self._person, name) for _ in range(count)])

    async def _person(self, name: str) -> int:
        return (await self.control.add_person(name)).id

    async def all_write(self, people: list[int], texts: list[str], bot: int) -> None:
        """Everybody writes one text to the bot; returns when Telegram has them all."""
        hands = Control(self.control.url, bot)
        try:
            await in_parallel(
                [partial(hands.send, p, t) for p, t in zip(people, texts, strict=True)]
            )
        finally:
            await hands.close()

    # ---- seeing

    async def last_call(self) -> int:
        """The number of the newest call in the log."""
        told = await self.control.ask("GET", "counters")
        return sum(told["methods"].values())

    async def calls_until(
        self, process: Process, after: int, method: str, enough: Callable[[list[CallView]], bool]
    ) -> list[CallView]:
        """Calls of a method behind number `after`, as soon as they are enough."""
        deadline = time.monotonic() + _PATIENCE_S
        found: list[CallView] = []
        while time.monotonic() < deadline:
            process.require_alive()
            found += await self.control.calls(method, after=found[-1].number if found else after)
            if enough(found):
                return found
            await asyncio.sleep(_LOOK_S)
        raise Broken(f"{process.name}: only {len(found)} calls of {method} in {_PATIENCE_S:g} s")


async def in_parallel(deeds: Sequence[Callable[[], Awaitable[T]]]) -> list[T]:
    """A few at a time; results in the order given."""
    results: dict[int, T] = {}
    waiting = iter(list(enumerate(deeds)))

    async def work() -> None:
        for place, deed in waiting:
            results[place] = await deed()

    async with asyncio.TaskGroup() as group:
        for _ in range(_AT_ONCE):
            group.create_task(work())
    return [results[place] for place in range(len(deeds))]


@asynccontextmanager
async def opened_stage(folder: Path) -> AsyncIterator[Stage]:
    """A sandbox at noon of a working day, and a salon in it with an owner, two of the staff and a group."""
    ready = folder / "sandbox.ready"
    sandbox = await Process.start(
        "sandbox", ["-m", "bot.sandbox", "--ready-file", str(ready)], folder / "sandbox.log"
    )
    try:
        while not ready.exists():
            sandbox.require_alive()
            await asyncio.sleep(_LOOK_S)
        async with Control(ready.read_text().strip(), PRODUCT_ID) as control:
            await control.add_bot(PRODUCT_TOKEN, name="Забота", username=_USERNAME)
            await control.add_bot(ECHO_TOKEN, name="Эхо", username="echo_bot")
            await control.push_clock(_until_midday(await control.now()))
            stage = Stage(folder, sandbox, control, new_database(folder))
            await _hire(stage)
            yield stage
    finally:
        await sandbox.stop()


def _until_midday(now: datetime) -> timedelta:
    """To the next noon from Monday to Friday: everybody is at work, and nobody asleep."""
    noon = now.replace(hour=_MIDDAY, minute=0)
    while noon < now or noon.weekday() >= _SATURDAY:
        noon += timedelta(days=1)
    return noon - now


async def _hire(stage: Stage) -> None:
    """Owner, group, administrator and manager, each by the links the bot gives out."""
    links = await _links(stage.database)
    control = stage.control
    product = await stage._start_product(stage.database, limits=False)
    try:
        await stage.first_poll(product, PRODUCT_ID)
        owner = (await control.add_person("Лев")).id
        await control.open_link(owner, links.owner())
        stage.group = await control.add_group("Лана: смена", owner)
        await control.open_link(owner, links.group(), group=stage.group)
        for name, role in (("Гузель", "Администратор"), ("Рамиля", "Управляющий")):
            person = (await control.add_person(name)).id
            stage.staff[name] = person
            await control.join(person, stage.group)
            await control.open_link(person, links.join())
            asked = await control.wait_for_text(owner, name)
            await control.tap(owner, asked.id, next(b for b in asked.labels if b.startswith(role)))
            await control.wait(
                person, lambda chat: len([m for m in chat.messages if m.from_bot]) > 1
            )
            await control.send(person, role.lower())
            await control.wait_for_text(person, "Подпись теперь")
    finally:
        await stage.stop(product)


async def _links(database: Path) -> Links:
    def asked(conn: Connection) -> Tokens:
        return standing_tokens(Tx(conn, SystemClock().now()), link_token)

    opened = await Database.open(database)
    try:
        return Links(_USERNAME, await opened.transact(asked))
    finally:
        await opened.close()
