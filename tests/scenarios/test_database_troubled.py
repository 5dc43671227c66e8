"""The disk is full, somebody else holds the database or takes it away: nothing is confirmed that is not kept."""

import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.app import App
from storage.errors import DatabaseInUse, DatabaseMissing, ForeignDatabase, StorageUnavailable
from tests.world import World, opened_world

FULL = (
    "На сервере кончилось место. Новые сообщения ждут в Telegram, не дольше суток. "
    "Освободите место, бот продолжит сам."
)
LOST = "Файл базы пропал или подменён, бот остановился. Верните файл и запустите бота снова."


@pytest.fixture
async def shaky(tmp_path: Path) -> AsyncIterator[World]:
    """A world whose database is about to fail; the log will say so."""
    async with opened_world(tmp_path) as world:
        await world.staffed()
        await world.app.scheduler.verify()
        yield world


@asynccontextmanager
async def full_disk(world: World) -> AsyncIterator[None]:
    """No page more can be added to the database."""

    def limit(conn: Connection) -> None:
        used = conn.execute(text("PRAGMA page_count")).scalar_one()
        conn.execute(text(f"PRAGMA max_page_count = {used}"))

    await world.app.database.transact(limit)
    yield
    freed = False
    while not freed:  # it may share the commit of somebody whose write still fails
        with suppress(StorageUnavailable):
            freed = await world.app.database.transact(_free)


def _free(conn: Connection) -> bool:
    conn.execute(text("PRAGMA max_page_count = 1000000"))
    return True


@contextmanager
def held_by_somebody_else(world: World) -> Iterator[None]:
    """A database browser has begun to write and does not end."""
    other = sqlite3.connect(world.app.database.path)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.rollback()
    other.close()


async def test_on_a_full_disk_nothing_is_confirmed_and_nothing_lost(shaky: World) -> None:
    anna, boris = await shaky.person("Анна"), await shaky.person("Борис")
    lev = shaky.people["Лев"]
    told = len(await lev.heard())

    async with full_disk(shaky):
        for number in range(1, 4):
            await shaky.control.send(boris.id, "Ждала " + "очень " * 600 + "долго")
            await shaky.control.send(anna.id, f"Ждала {number}")
        await shaky.control.wait_for_text(lev.id, "кончилось место")
        waiting = (await shaky.control.queue()).pending
    await shaky.settle()
    await shaky.passes(seconds=61)

    assert waiting > 0
    assert (await lev.heard())[told:] == [FULL, "Снова всё работает."]
    assert await anna.was_told() == await boris.was_told() == ["ack.unassigned"]
    (card,) = [c for c in await shaky.cards() if "\nАнна" in c.text]
    assert card.text.split("\n")[3:6] == ["Ждала 1", "Ждала 2", "Ждала 3"]
    assert await shaky.parked() == []


async def test_a_database_held_for_a_while_delays_and_loses_nothing(shaky: World) -> None:
    anna = await shaky.complaint("Ждала сорок минут")

    with held_by_somebody_else(shaky):
        await shaky.control.send(anna.id, "Вы ещё здесь?")
        await shaky.control.send(anna.id, "Отвечайте")
    await shaky.settle()

    assert (await shaky.card_lines())[4:7] == ["Ждала сорок минут", "Вы ещё здесь?", "Отвечайте"]
    assert await shaky.parked() == []


async def test_an_unlinked_database_confirms_nothing_and_the_owner_is_told(shaky: World) -> None:
    anna, lev = await shaky.complaint("Ждала сорок минут"), shaky.people["Лев"]
    path = shaky.app.database.path
    told = len(await lev.heard())
    before = await shaky.control.queue()

    os.rename(path, path.with_suffix(".away"))
    await shaky.control.send(anna.id, "Вы ещё здесь?")
    await shaky.control.wait_for_text(lev.id, "Файл базы пропал")
    after = await shaky.control.queue()
    await shaky.stop()
    os.rename(path.with_suffix(".away"), path)
    await shaky.reopen()

    assert (after.confirmed, after.pending) == (before.confirmed, 1)
    assert (await lev.heard())[told:] == [LOST]
    assert (await shaky.card_lines())[4:6] == ["Ждала сорок минут", "Вы ещё здесь?"]


async def test_a_tick_notices_an_unlinked_database_when_nobody_writes(shaky: World) -> None:
    lev, path = shaky.people["Лев"], shaky.app.database.path
    told = len(await lev.heard())

    os.rename(path, path.with_suffix(".away"))
    await shaky.app.scheduler.verify()
    await shaky.app.scheduler.verify()
    await shaky.control.wait_for_text(lev.id, "Файл базы пропал")
    os.rename(path.with_suffix(".away"), path)

    assert (await lev.heard())[told:] == [LOST]


async def test_a_second_bot_on_the_same_database_is_refused(world: World) -> None:
    with pytest.raises(DatabaseInUse):
        await App.open(world.settings)


async def test_a_missing_database_is_not_made_by_the_way(world: World, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.db"
    settings = world.settings.model_copy(update={"database_url": f"sqlite:///{path}"})

    with pytest.raises(DatabaseMissing):
        await App.open(settings)

    assert not path.exists()


async def test_a_foreign_database_is_left_as_it_is(world: World, tmp_path: Path) -> None:
    path = tmp_path / "foreign.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    settings = world.settings.model_copy(update={"database_url": f"sqlite:///{path}"})

    with pytest.raises(ForeignDatabase):
        await App.open(settings)
