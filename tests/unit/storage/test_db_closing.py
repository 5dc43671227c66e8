"""Ending: nothing queued is dropped, and nothing keeps the process from ending."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import cast

import aiosqlite
import pytest
from sqlalchemy import text

from storage.db import Database
from storage.errors import DatabaseClosed, DatabaseInUse
from tests.unit.storage.notes import bodies, the_writer_held_up, write, written

ENDLESS = text(
    "WITH RECURSIVE n(i) AS (SELECT say_inside() UNION ALL SELECT i + 1 FROM n) "
    "SELECT max(i) FROM n"
)


async def test_what_is_queued_is_finished_and_nothing_more_is_taken(
    path: Path, migrations: Path
) -> None:
    db = await Database.open(path, migrations=migrations)
    queued = [db.transact_soon(write(str(number))) for number in range(500)]

    await db.close()

    assert [future.result() for future in queued] == [str(number) for number in range(500)]
    with pytest.raises(DatabaseClosed):
        await db.transact(write("too late"))
    with pytest.raises(DatabaseClosed):
        await written(db)


async def test_a_closed_database_is_one_file_and_can_be_opened_again(
    path: Path, migrations: Path
) -> None:
    db = await Database.open(path, migrations=migrations)
    await db.transact(write("one"))
    assert await written(db) == ["one"]
    await db.close()
    await db.close()

    assert sorted(f.name for f in path.parent.iterdir()) == ["zabota.db", "zabota.db.lock"]
    again = await Database.open(path, migrations=migrations)
    assert await written(again) == ["one"]
    await again.close()


async def test_a_turn_that_never_ends_does_not_hang_the_close(path: Path, migrations: Path) -> None:
    db = await Database.open(path, migrations=migrations)
    async with the_writer_held_up(db):
        behind = db.transact_soon(write("behind"))

        await db.close(grace_s=0.05)

        with pytest.raises(DatabaseClosed):
            await behind
        with pytest.raises(DatabaseInUse):
            await Database.open(path, migrations=migrations)


async def test_a_reader_between_statements_is_cut_off(path: Path, migrations: Path) -> None:
    db = await Database.open(path, migrations=migrations)

    async def read_across_the_close() -> None:
        async with db.read() as connection:
            await connection.run_sync(bodies)
            await db.close()
            await connection.run_sync(bodies)

    with pytest.raises(DatabaseClosed):
        await read_across_the_close()

    assert sorted(f.name for f in path.parent.iterdir()) == ["zabota.db", "zabota.db.lock"]


async def test_a_reader_inside_a_long_statement_is_cut_off(path: Path, migrations: Path) -> None:
    db = await Database.open(path, migrations=migrations)
    loop, inside = asyncio.get_running_loop(), asyncio.Event()

    def say_inside() -> int:
        loop.call_soon_threadsafe(inside.set)
        return 1

    async def read_for_ever() -> None:
        async with db.read() as connection:
            raw = await connection.get_raw_connection()
            driver = cast(aiosqlite.Connection, raw.driver_connection)
            await driver.create_function("say_inside", 0, say_inside)
            await connection.execute(ENDLESS)

    reader = asyncio.ensure_future(read_for_ever())  # noqa: TID251  (it ends with the close)
    await inside.wait()
    await db.close(grace_s=5)

    with pytest.raises(DatabaseClosed):
        await reader


UNCLOSED = """
import asyncio, sys
from pathlib import Path
from storage.db import Database
from tests.unit.storage.notes import bodies, write

async def main():
    db = await Database.open(sys.argv[1], migrations=Path(sys.argv[2]))
    await db.transact(write("kept"))
    reading = db.read()
    connection = await reading.__aenter__()
    await connection.run_sync(bodies)
    sys.stdout.write("done")

asyncio.run(main())
"""


def test_a_process_that_forgets_to_close_still_ends(path: Path, migrations: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", UNCLOSED, str(path), str(migrations)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (0, "done")


UNTIL_KILLED = """
import asyncio, sys
from pathlib import Path
from storage.db import Database
from tests.unit.storage.notes import write

async def worker(db, name):
    number = 0
    while True:
        body = await db.transact(write(f"{name}-{number}"))
        sys.stdout.write(body + "\\n")
        sys.stdout.flush()
        number += 1

async def main():
    db = await Database.open(sys.argv[1], migrations=Path(sys.argv[2]))
    await asyncio.gather(*(worker(db, name) for name in range(20)))

asyncio.run(main())
"""


def killed_after(heard_of: int, path: Path, migrations: Path) -> list[str]:
    """Every line the process has printed before SIGKILL ended it."""
    with subprocess.Popen(
        [sys.executable, "-c", UNTIL_KILLED, str(path), str(migrations)],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        heard = [process.stdout.readline().strip() for _ in range(heard_of)]
        os.kill(process.pid, signal.SIGKILL)
        return heard + process.stdout.read().split("\n")[:-1]


async def test_what_transact_returned_survives_a_kill(path: Path, migrations: Path) -> None:
    heard = killed_after(500, path, migrations)

    db = await Database.open(path, migrations=migrations)

    assert set(heard) - set(await written(db)) == set()
    await db.close()
