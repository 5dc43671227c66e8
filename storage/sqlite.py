"""SQLite itself: where the file is, how it is opened, what its errors mean; no queue, no tables."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self, cast

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.errors import (
    DatabaseMissing,
    ForeignDatabase,
    Reason,
    StorageProblem,
    StorageUnavailable,
    Unlinked,
    UnsupportedDatabase,
)

APPLICATION_ID: Final = 0x5A41424F  # "ZABO"
JOURNAL_SIZE_LIMIT: Final = 64 * 1024 * 1024
BUSY_MS: Final = 5_000
READERS: Final = 4
_STEPS_BETWEEN: Final = 5_000_000  # some tenths of a second

_MAGIC: Final = b"SQLite format 3\x00"
_REASONS: Final[dict[int, Reason]] = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_PROTOCOL: "locked",
    sqlite3.SQLITE_CANTOPEN: "missing",
    sqlite3.SQLITE_READONLY: "readonly",
    sqlite3.SQLITE_IOERR: "io",
    # A damaged file is the disk's doing; taking it for a mistake of ours would park every row.
    sqlite3.SQLITE_CORRUPT: "io",
    sqlite3.SQLITE_NOTADB: "io",
}


def path_of(url_or_path: str | Path) -> Path:
    """The absolute path of `sqlite+aiosqlite:///file`, `sqlite:///file` or of a bare path."""
    if isinstance(url_or_path, Path) or "://" not in url_or_path:
        return Path(url_or_path).resolve()
    try:
        url = make_url(url_or_path)
    except ArgumentError:
        raise UnsupportedDatabase(
            "DATABASE_URL cannot be read: write it as sqlite+aiosqlite:///data/zabota.db."
        ) from None
    if url.get_backend_name() != "sqlite" or url.host or url.query:
        raise UnsupportedDatabase(
            "DATABASE_URL names something else than an SQLite file: "
            "write it as sqlite+aiosqlite:///data/zabota.db."
        )
    if url.database in {None, "", ":memory:"}:
        raise UnsupportedDatabase(
            "DATABASE_URL names no file, and a database in memory would forget everything: "
            "write it as sqlite+aiosqlite:///data/zabota.db."
        )
    return Path(url.database or "").resolve()


def require_ours(path: Path) -> None:
    """Read the file's header and refuse a missing or foreign file, without SQLite touching it."""
    if not path.exists():
        raise DatabaseMissing(path)
    if not path.is_file():
        raise ForeignDatabase(path)
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except PermissionError:
        raise StorageProblem(f"The database {path} may not be read: check its rights.") from None
    except OSError:
        raise StorageUnavailable("io") from None
    application_id = int.from_bytes(header[68:72], "big")
    if not header.startswith(_MAGIC) or application_id != APPLICATION_ID:
        raise ForeignDatabase(path)


def connect(path: Path, busy_ms: int = BUSY_MS) -> sqlite3.Connection:
    """A plain connection to a file that exists, for one question or one pragma."""
    return sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=busy_ms / 1000)


def writer_engine(path: Path, busy_ms: int = BUSY_MS, *, foreign_keys: bool = True) -> Engine:
    """An engine of one connection whose transactions begin with BEGIN IMMEDIATE.

    A deferred transaction that reads before it writes may fail at once, whatever the timeout.
    """
    engine = create_engine(
        _url("sqlite", path, "rw"),
        pool_size=1,
        max_overflow=0,
        connect_args=_connect_args(busy_ms),
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
            f"journal_size_limit = {JOURNAL_SIZE_LIMIT}",
            "secure_delete = ON",  # what a person had erased is gone from the file, too
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    event.listen(engine, "begin", _begins_with("BEGIN IMMEDIATE"))
    return engine


def reader_engine(path: Path, busy_ms: int) -> AsyncEngine:
    """A small pool that cannot write; each transaction sees one moment of the database."""
    engine = create_async_engine(
        _url("sqlite+aiosqlite", path, "ro"),
        pool_size=READERS,
        max_overflow=0,
        connect_args=_connect_args(busy_ms),
        hide_parameters=True,
    )
    event.listen(engine.sync_engine, "begin", _begins_with("BEGIN"))
    return engine


def onlooker_engine(path: Path, busy_ms: int) -> Engine:
    """For a look from another process: one connection that cannot write, kept by nobody."""
    return create_engine(
        _url("sqlite", path, "ro"),
        poolclass=NullPool,
        connect_args=_connect_args(busy_ms),
        hide_parameters=True,
    )


def unavailability(error: BaseException) -> StorageUnavailable | None:
    """What this error says about the world, or None when it is about our own code."""
    if isinstance(error, StorageUnavailable):
        return error
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, sqlite3.Error):
        return None
    code = getattr(cause, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return Unlinked()
    reason = _REASONS.get(code & 0xFF)
    return None if reason is None else StorageUnavailable(reason)


@contextmanager
def translated() -> Iterator[None]:
    """Raise what the world did to us as `StorageUnavailable`; let mistakes of ours pass."""
    try:
        yield
    except Exception as error:
        trouble = unavailability(error)
        if trouble is None or trouble is error:
            raise
        raise trouble from error


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    device: int
    inode: int

    @classmethod
    def at(cls, path: Path) -> Self:
        try:
            found = os.stat(path)
        except FileNotFoundError:
            raise Unlinked from None
        except OSError:
            raise StorageUnavailable("io") from None
        return cls(path, found.st_dev, found.st_ino)


@dataclass(frozen=True, slots=True)
class Identity:
    """Which files were opened, so that a deleted or exchanged one can be noticed."""

    database: _File
    wal: _File

    @classmethod
    def of(cls, path: Path) -> Self:
        """Remember what stands at the path now; call it inside the first transaction."""
        return cls(_File.at(path), _File.at(path.with_name(path.name + "-wal")))

    def require_same(self) -> None:
        """Raise `Unlinked` when another file, or none, stands where ours was opened."""
        for file in (self.database, self.wal):
            if _File.at(file.path) != file:
                raise Unlinked


def truncate_wal(path: Path, busy_ms: int = BUSY_MS) -> bool:
    """Move the WAL into the database and empty it; False when readers were in the way."""
    with translated(), closing(connect(path, busy_ms)) as connection:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


def watch(connection: Connection, on_progress: Callable[[], None]) -> None:
    """Call `on_progress` every few million steps of whatever this connection does."""

    def go_on() -> int:
        on_progress()
        return 0

    raw = cast(sqlite3.Connection, connection.connection.driver_connection)
    raw.set_progress_handler(go_on, _STEPS_BETWEEN)


def _url(driver: str, path: Path, mode: str) -> URL:
    return URL.create(driver, database=path.as_uri(), query={"mode": mode, "uri": "true"})


def _connect_args(busy_ms: int) -> dict[str, Any]:
    # The driver must not open transactions by itself: DDL would slip out of them.
    return {"timeout": busy_ms / 1000, "isolation_level": None, "cached_statements": 512}


def _begins_with(statement: str) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin
