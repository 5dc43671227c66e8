"""The database as the rest sees it: create, open, write, read, verify, close; no SQL of ours."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final, Self, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import migrate
from storage.errors import DatabaseClosed, DatabaseMissing, Unlinked
from storage.lock import DatabaseLock
from storage.migrate import MIGRATIONS
from storage.sqlite import (
    BUSY_MS,
    Identity,
    path_of,
    reader_engine,
    require_ours,
    translated,
    truncate_wal,
    writer_engine,
)
from storage.writer import Writer

__all__ = ["Connection", "Database"]

T = TypeVar("T")

CLOSE_GRACE_S: Final = 30.0


class Database:
    """One SQLite file, held by one process: one thread writes, a small pool reads beside it."""

    def __init__(self, path: Path, lock: DatabaseLock, busy_ms: int) -> None:
        """Use `open`; this only puts the parts together."""
        self.path = path
        self._lock = lock
        self._busy_ms = busy_ms
        self._identity: Identity | None = None
        self._engine = writer_engine(path, busy_ms)
        self._writer = Writer(self._engine, self._opened)
        self._readers = reader_engine(path, busy_ms)
        self._reading: set[AsyncConnection] = set()
        self._closed = False

    @staticmethod
    def create(url_or_path: str | Path, *, migrations: Path = MIGRATIONS) -> None:
        """Make a new database at head; the only way a file ever comes to be.

        Raises `DatabaseExists` when anything stands at the path. Blocks; not for a running loop.
        """
        migrate.create(path_of(url_or_path), migrations)

    @classmethod
    async def open(
        cls, url: str | Path, *, busy_ms: int = BUSY_MS, migrations: Path = MIGRATIONS
    ) -> Self:
        """Open what exists, check that it is ours and at head, and keep others out.

        `busy_ms`: how long to wait for a foreign process that holds SQLite's own lock.
        Raises a `StorageProblem` that says what to do.
        """
        path = path_of(url)
        if not path.exists():
            raise DatabaseMissing(path)
        lock = DatabaseLock.take(path)
        try:
            require_ours(path)
            migrate.require_head(path, migrations)
            database = cls(path, lock, busy_ms)
        except BaseException:
            lock.release()
            raise
        try:
            await database._writer.start()
        except BaseException:
            await database.close()
            raise
        return database

    async def transact(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` in a transaction on the writer thread; returns when it is on disk.

        `fn` does everything through the connection it is given, and neither commits nor rolls
        back. Cancelling the caller stops nothing. Raises what `fn` raised (then nothing of it
        was kept), or `StorageUnavailable`, `DatabaseClosed`.
        """
        return await asyncio.shield(self._writer.submit(fn))

    def transact_soon(self, fn: Callable[[Connection], T]) -> asyncio.Future[T]:
        """Queue as `transact` does and return at once; what is queued first runs first."""
        return self._writer.submit(fn)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one moment of the database and cannot write.

        Keep it short: while it is open the WAL cannot be emptied.
        """
        if self._closed:
            raise DatabaseClosed
        try:
            with translated():
                async with self._readers.connect() as connection:
                    self._reading.add(connection)
                    try:
                        yield connection
                    finally:
                        self._reading.discard(connection)
        except Exception as error:
            if self._closed:
                raise DatabaseClosed from error
            raise

    async def verify(self) -> None:
        """Raise `Unlinked` when the open file is not the one at the path any more.

        Every commit checks it as well; this is for the ticks between.
        """
        if self._identity is not None:
            self._identity.require_same()

    async def truncate_wal(self) -> bool:
        """Give the WAL's room back, at a quiet hour; False when readers were in the way."""
        return await asyncio.to_thread(truncate_wal, self.path, self._busy_ms)

    async def close(self, *, grace_s: float = CLOSE_GRACE_S) -> None:
        """Finish what is queued, cut off who still reads, let the file go.

        Takes `grace_s` at most: a `fn` that never returns is left behind together with the lock,
        which then goes when the process does.
        """
        if self._closed:
            return
        self._closed = True
        # Readers go first: only a writer that is the last to leave folds the WAL into the file.
        with suppress(TimeoutError):
            async with asyncio.timeout(grace_s):
                await self._cut_off_readers()
        if await self._writer.close(grace_s):
            self._lock.release()

    async def _cut_off_readers(self) -> None:
        for connection in tuple(self._reading):
            raw = await connection.get_raw_connection()
            await cast(aiosqlite.Connection, raw.driver_connection).interrupt()
            await connection.invalidate()
        await self._readers.dispose()

    def _opened(self) -> Callable[[], None]:
        found = Identity.of(self.path)
        if self._identity is not None and found.database != self._identity.database:
            raise Unlinked
        self._identity = found
        return found.require_same
