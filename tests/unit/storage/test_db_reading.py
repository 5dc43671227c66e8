"""Reading beside the writer: one moment, no writing, nothing left behind by the cancelled."""

import asyncio
import threading

import pytest

from storage.db import Database
from storage.errors import StorageUnavailable
from storage.sqlite import READERS
from tests.unit.storage.notes import bodies, write, written


async def test_a_read_sees_one_moment(db: Database) -> None:
    async with db.read() as connection:
        before = await connection.run_sync(bodies)
        await db.transact(write("meanwhile"))
        after = await connection.run_sync(bodies)

    assert (before, after) == ([], [])
    assert await written(db) == ["meanwhile"]


async def test_a_reader_cannot_write(db: Database) -> None:
    with pytest.raises(StorageUnavailable) as trouble:
        async with db.read() as connection:
            await connection.run_sync(write("sneaked in"))

    assert trouble.value.reason == "readonly"


async def test_cancelled_reads_leave_no_connections_and_no_locks(db: Database) -> None:
    started = threading.active_count()

    async def read(delays: int) -> None:
        async with db.read() as connection:
            for _ in range(delays):
                await asyncio.sleep(0)
            await connection.run_sync(bodies)

    for delays in range(60):
        task = asyncio.ensure_future(read(delays))  # noqa: TID251  (to cancel it)
        for _ in range(delays):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])

    assert threading.active_count() - started <= READERS
    assert await db.transact(write("not locked")) == "not locked"
    assert await written(db) == ["not locked"]


async def test_more_readers_than_connections_take_turns(db: Database) -> None:
    await db.transact(write("one"))

    answers = await asyncio.gather(*(written(db) for _ in range(READERS * 5)))

    assert answers == [["one"]] * (READERS * 5)


async def test_the_wal_is_emptied_when_nobody_reads(db: Database) -> None:
    await db.transact(write("x" * 100_000))
    wal = db.path.with_name(db.path.name + "-wal")
    grown = wal.stat().st_size

    emptied = await db.truncate_wal()

    assert (emptied, wal.stat().st_size) == (True, 0)
    assert grown > 100_000
    assert await db.transact(write("goes on")) == "goes on"


async def test_a_reader_in_the_way_of_emptying_the_wal_is_said(db: Database) -> None:
    async with db.read() as connection:
        await connection.run_sync(bodies)
        await db.transact(write("one"))

        assert await db.truncate_wal() is False
