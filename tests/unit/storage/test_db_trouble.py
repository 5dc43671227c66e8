"""What the world does to a database, and that work goes on by itself once it stops."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from storage.db import Database
from storage.errors import StorageUnavailable, Unlinked
from tests.unit.storage.notes import (
    the_writer_held_up,
    use_more_pages,
    use_no_more_pages,
    write,
    written,
)


async def test_a_full_disk_fails_the_group_and_work_resumes_by_itself(db: Database) -> None:
    await db.transact(use_no_more_pages)

    async with the_writer_held_up(db):
        group = [db.transact_soon(write(name)) for name in ("a", "b" * 100_000, "c")]
    answers = await asyncio.gather(*group, return_exceptions=True)

    assert [getattr(answer, "reason", None) for answer in answers] == ["full"] * 3
    assert await written(db) == []
    await db.transact(use_more_pages)
    assert await db.transact(write("resumed")) == "resumed"


async def test_a_full_disk_met_by_a_turn_alone_is_told_as_such(db: Database) -> None:
    await db.transact(use_no_more_pages)

    with pytest.raises(StorageUnavailable) as trouble:
        await db.transact(write("b" * 100_000))

    assert trouble.value.reason == "full"


async def test_everybody_waiting_hears_at_once_that_another_program_holds_the_database(
    db: Database, path: Path
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        answers = await asyncio.gather(
            *(db.transact_soon(write(str(number))) for number in range(100)),
            return_exceptions=True,
        )
        other.execute("ROLLBACK")

    assert {getattr(answer, "reason", None) for answer in answers} == {"locked"}
    assert await db.transact(write("resumed")) == "resumed"


async def test_a_database_that_cannot_be_written_is_told_as_such(db: Database) -> None:
    def write_while_readonly(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        try:
            write("one")(connection)
        finally:
            connection.exec_driver_sql("PRAGMA query_only = OFF")

    with pytest.raises(StorageUnavailable) as trouble:
        await db.transact(write_while_readonly)

    assert trouble.value.reason == "readonly"
    assert await db.transact(write("resumed")) == "resumed"


@pytest.mark.parametrize("suffix", ["", "-wal"])
async def test_a_file_deleted_while_open_takes_no_more_writes(
    db: Database, path: Path, suffix: str
) -> None:
    await db.transact(write("before"))
    await db.verify()
    file = path.with_name(path.name + suffix)
    aside = file.rename(file.with_name("aside"))

    with pytest.raises(Unlinked):
        await db.verify()
    with pytest.raises(StorageUnavailable) as trouble:
        await db.transact(write("into the void"))

    assert trouble.value.reason == "unlinked"
    aside.rename(file)
    await db.verify()
    assert await db.transact(write("resumed")) == "resumed"


async def test_a_file_replaced_while_open_takes_no_more_writes(db: Database, path: Path) -> None:
    copy = path.with_name("copy")
    shutil.copy(path, copy)
    copy.rename(path)

    with pytest.raises(StorageUnavailable) as trouble:
        await db.transact(write("into the void"))

    assert trouble.value.reason == "unlinked"


FAILING_DISK = """
import asyncio, resource, sys
from pathlib import Path
from storage.db import Database
from storage.errors import StorageUnavailable
from tests.unit.storage.notes import write, written

async def main():
    db = await Database.open(sys.argv[1], migrations=Path(sys.argv[2]))
    await db.transact(write("before"))
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        await db.transact(write("lost"))
    except StorageUnavailable as trouble:
        reason = trouble.reason
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    await db.transact(write("resumed"))
    print(reason, *await written(db))
    await db.close()

asyncio.run(main())
"""


def test_a_disk_that_fails_to_write_is_told_as_such_and_work_resumes(
    path: Path, migrations: Path
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", FAILING_DISK, str(path), str(migrations)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (ended.stdout.split(), ended.stderr) == (["io", "before", "resumed"], "")
