"""Which files are opened, which are refused and in what words, and how a new one comes to be."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from storage.db import Database
from storage.errors import (
    DatabaseExists,
    DatabaseInUse,
    DatabaseMissing,
    ForeignDatabase,
    SchemaNewer,
    SchemaOutdated,
    StorageProblem,
    StorageUnavailable,
    UnsupportedDatabase,
)
from storage.lock import DatabaseLock
from storage.sqlite import path_of
from tests.databases import new_database, write_migrations
from tests.unit.storage.notes import SCHEMA, write, written


async def refusal(path: str | Path, migrations: Path) -> StorageProblem:
    with pytest.raises(StorageProblem) as refused:
        await Database.open(path, busy_ms=50, migrations=migrations)
    return refused.value


async def test_a_created_database_opens_and_writes_durably(
    tmp_path: Path, migrations: Path
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/new folder/50% ä?.db".replace("?", "%3F")
    Database.create(url, migrations=migrations)

    db = await Database.open(url, migrations=migrations)
    pragmas = [
        await db.transact(lambda c, p=p: c.exec_driver_sql(f"PRAGMA {p}").scalar_one())  # type: ignore[misc]
        for p in ("journal_mode", "synchronous", "foreign_keys")
    ]
    await db.transact(write("one"))

    assert pragmas == ["wal", 2, 1]
    assert await written(db) == ["one"]
    await db.close()


def test_a_created_file_is_for_its_owners_eyes_and_nothing_lies_beside_it(
    tmp_path: Path, migrations: Path
) -> None:
    Database.create(tmp_path / "a.db", migrations=migrations)

    assert (tmp_path / "a.db").stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.db", "a.db.lock"]


async def test_a_missing_file_is_refused_and_not_created(tmp_path: Path, migrations: Path) -> None:
    path = tmp_path / "no.db"

    refused = await refusal(f"sqlite+aiosqlite:///{path}", migrations)

    assert isinstance(refused, DatabaseMissing)
    assert str(refused) == f"There is no database at {path}: create it with `zabota migrate`."
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("content", [b"", b"hello\n" * 100])
async def test_what_is_not_sqlite_is_refused_and_left_alone(
    tmp_path: Path, migrations: Path, content: bytes
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)

    refused = await refusal(path, migrations)

    assert isinstance(refused, ForeignDatabase)
    assert path.read_bytes() == content


async def test_somebody_elses_database_is_refused(tmp_path: Path, migrations: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (id)")

    refused = await refusal(path, migrations)

    assert isinstance(refused, ForeignDatabase)
    assert str(refused) == (
        f"The file {path} is not a database of Zabota: check DATABASE_URL, it is left as it was."
    )


async def test_a_folder_is_refused(tmp_path: Path, migrations: Path) -> None:
    assert isinstance(await refusal(tmp_path, migrations), ForeignDatabase)


async def test_an_older_schema_names_the_command_to_run(
    tmp_path: Path, path: Path, migrations: Path
) -> None:
    newer_code = write_migrations(tmp_path / "newer", SCHEMA, "pass")

    refused = await refusal(path, newer_code)

    assert isinstance(refused, SchemaOutdated)
    assert str(refused) == (
        f"The database {path} was made by an older version: run `zabota migrate` first."
    )


async def test_a_newer_schema_is_refused(tmp_path: Path, migrations: Path) -> None:
    newer_code = write_migrations(tmp_path / "newer", SCHEMA, "pass")
    path = new_database(tmp_path, newer_code)

    refused = await refusal(path, migrations)

    assert isinstance(refused, SchemaNewer)
    assert str(refused) == (
        f"The database {path} was made by a newer version (schema 0002): "
        "install that version of Zabota, or restore a backup made by this one."
    )


HOLD = """
import sys
from pathlib import Path
from storage.lock import DatabaseLock
lock = DatabaseLock.take(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process_holding(path: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


async def test_a_second_bot_on_the_same_database_is_told_the_pid_of_the_first(
    path: Path, migrations: Path
) -> None:
    with another_process_holding(path) as first:
        refused = await refusal(path, migrations)

    assert isinstance(refused, DatabaseInUse)
    assert str(refused) == (
        f"The database {path} is in use by process {first.pid} (a second bot?): "
        "stop that one first."
    )


async def test_a_killed_bot_leaves_no_lock_behind(path: Path, migrations: Path) -> None:
    with another_process_holding(path):
        pass

    db = await Database.open(path, migrations=migrations)

    await db.close()


async def test_a_symlink_does_not_get_around_the_lock(path: Path, migrations: Path) -> None:
    link = path.with_name("link.db")
    link.symlink_to(path)

    with DatabaseLock.take(path):
        assert isinstance(await refusal(link, migrations), DatabaseInUse)


async def test_a_refused_opening_lets_go_of_the_lock(
    tmp_path: Path, path: Path, migrations: Path
) -> None:
    await refusal(path, write_migrations(tmp_path / "newer", SCHEMA, "pass"))

    db = await Database.open(path, migrations=migrations)

    await db.close()


async def test_a_database_locked_by_another_program_is_told_at_opening(
    path: Path, migrations: Path
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        refused = await refusal(path, migrations)

    assert isinstance(refused, StorageUnavailable)
    assert refused.reason == "locked"


async def test_a_cancelled_opening_lets_go_of_the_lock(path: Path, migrations: Path) -> None:
    opening = asyncio.ensure_future(  # noqa: TID251  (to cancel it)
        Database.open(path, migrations=migrations)
    )
    await asyncio.sleep(0)
    opening.cancel()
    await asyncio.wait([opening])

    db = await Database.open(path, migrations=migrations)

    assert opening.cancelled()
    await db.close()


def test_a_lock_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    lock = tmp_path / "no folder" / "a.db.lock"

    with pytest.raises(StorageProblem) as refused:
        DatabaseLock.take(tmp_path / "no folder" / "a.db")

    assert str(refused.value) == (
        f"The lock file {lock} cannot be written (No such file or directory): "
        "check the folder and the rights to it."
    )


def test_creating_over_an_existing_file_is_refused(path: Path, migrations: Path) -> None:
    before = path.read_bytes()

    with pytest.raises(DatabaseExists, match="it is left as it was"):
        Database.create(path, migrations=migrations)

    assert path.read_bytes() == before


def test_creating_beside_the_wal_of_a_lost_database_is_refused(
    tmp_path: Path, migrations: Path
) -> None:
    (tmp_path / "a.db-wal").write_bytes(b"somebody's last words")

    with pytest.raises(DatabaseExists):
        Database.create(tmp_path / "a.db", migrations=migrations)


def test_a_creation_that_fails_leaves_no_database(tmp_path: Path) -> None:
    broken = write_migrations(tmp_path / "broken", SCHEMA, "raise ZeroDivisionError")

    with pytest.raises(ZeroDivisionError):
        Database.create(tmp_path / "a.db", migrations=broken)

    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.db.lock", "broken"]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://localhost/zabota",
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
        "sqlite+aiosqlite:///a.db?mode=rwc",
        "://",
    ],
)
def test_an_address_that_is_no_sqlite_file_is_refused(url: str) -> None:
    with pytest.raises(UnsupportedDatabase, match=r"sqlite\+aiosqlite:///data/zabota\.db"):
        path_of(url)


def test_relative_and_bare_addresses_name_the_same_file() -> None:
    here = Path.cwd() / "data" / "zabota.db"

    assert path_of("sqlite+aiosqlite:///data/zabota.db") == here
    assert path_of("data/zabota.db") == here
