"""The one thread that writes: its queue, shared commits, savepoints; no files, no pragmas."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Connection, Engine

from storage.errors import DatabaseClosed, StorageUnavailable
from storage.sqlite import unavailability

T = TypeVar("T")

SHARED_AT_MOST: Final = 128


@dataclass(slots=True, eq=False)
class _Job:
    fn: Callable[[Connection], Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class Writer:
    """Runs every `fn` in the order given, as many as wait under one commit.

    What a caller hears is true on disk: results and errors go out after COMMIT only. A failing
    `fn` is rolled back to its savepoint alone. When the storage itself fails, the whole group
    hears `StorageUnavailable` and nothing of it was kept. No constraint of the schema may be
    deferred: it would speak up at the COMMIT of the others.
    """

    def __init__(self, engine: Engine, opened: Callable[[], Callable[[], None]]) -> None:
        """`opened` is called on the thread inside the first transaction of each connection; what
        it returns is called before every commit. Both veto by raising."""
        self._engine = engine
        self._opened = opened
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._started: asyncio.Future[None] = self._loop.create_future()
        self._ended: asyncio.Future[None] = self._loop.create_future()
        self._closing = False
        self._raw: sqlite3.Connection | None = None
        self._intact: Callable[[], None] = _nothing_to_check
        # A daemon: a process that forgot to close must still be able to end.
        self._thread = threading.Thread(target=self._work, name="zabota-writer", daemon=True)

    async def start(self) -> None:
        """Open the connection; raises what keeps it from opening."""
        self._thread.start()
        await asyncio.shield(self._started)

    def submit(self, fn: Callable[[Connection], T]) -> asyncio.Future[T]:
        """Queue `fn`; cancelling the future stops nothing."""
        if self._closing:
            raise DatabaseClosed
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue.put(_Job(fn, future))
        return future

    async def close(self, grace_s: float) -> bool:
        """Finish what is queued; False when that took longer than `grace_s`.

        In that case those who still wait hear `DatabaseClosed`, and the thread is left behind.
        """
        if not self._closing:
            self._closing = True
            self._queue.put(None)
        done, _ = await asyncio.wait([self._ended], timeout=grace_s)
        if not done:
            self._refuse_waiting()
        return bool(done)

    def _refuse_waiting(self) -> None:
        while True:
            try:
                job = self._queue.get_nowait()
            except Empty:
                break
            if job is not None and not job.future.done():
                job.future.set_exception(DatabaseClosed())
        self._queue.put(None)

    def _work(self) -> None:
        error: BaseException | None = None
        try:
            self._commit_together([])
        except BaseException as caught:
            error = unavailability(caught) or caught
        self._tell(_settle, self._started, None, error)
        if error is None:
            self._drain()
        self._engine.dispose()
        self._tell(_settle, self._ended, None, None)

    def _drain(self) -> None:
        while (first := self._queue.get()) is not None:
            group = [first]
            last_seen = self._gather(group)
            try:
                self._commit_together(group)
            except BaseException as error:
                _fail(group, error)
            self._tell(_settle_all, group)
            if last_seen:
                break

    def _gather(self, group: list[_Job]) -> bool:
        """Add who waits already; True when the last one ever is among them."""
        while len(group) < SHARED_AT_MOST:
            try:
                job = self._queue.get_nowait()
            except Empty:
                return False
            if job is None:
                return True
            group.append(job)
        return False

    def _commit_together(self, group: list[_Job]) -> None:
        with self._engine.connect() as connection, connection.begin():
            # The pool is made of sqlite3's connections; SQLAlchemy promises only "a driver's".
            raw = cast(sqlite3.Connection, connection.connection.dbapi_connection)
            for job in group:
                if len(group) == 1:
                    _run(connection, raw, job)
                else:
                    _run_in_savepoint(connection, raw, job)
            self._require_intact(raw)

    def _require_intact(self, raw: sqlite3.Connection) -> None:
        if raw is not self._raw:
            self._intact = self._opened()
            self._raw = raw
        self._intact()

    def _tell(self, call: Callable[..., None], *args: object) -> None:
        try:
            self._loop.call_soon_threadsafe(call, *args)
        except RuntimeError:
            # The loop is gone, and with it everybody who could have listened.
            return


def _run(connection: Connection, raw: sqlite3.Connection, job: _Job) -> None:
    try:
        job.result = job.fn(connection)
        # SQLite ends a transaction by itself when it meets trouble that `fn` may have swallowed.
        if not raw.in_transaction:
            raise RuntimeError("fn ended the transaction it was given: that is not its to do")
    except BaseException as error:
        job.error = error
        raise


def _run_in_savepoint(connection: Connection, raw: sqlite3.Connection, job: _Job) -> None:
    raw.execute("SAVEPOINT job")
    try:
        _run(connection, raw, job)
    except BaseException as error:
        if unavailability(error) or not raw.in_transaction:
            raise
        raw.execute("ROLLBACK TO job")
    raw.execute("RELEASE job")


def _fail(group: list[_Job], error: BaseException) -> None:
    """Nothing of the group was kept: tell the one who spoilt it so, and the others to try again."""
    trouble = unavailability(error)
    spoilt = any(job.error is error for job in group)
    for job in group:
        if trouble is not None:
            job.error = StorageUnavailable(trouble.reason)
        elif spoilt and job.error is not error:
            job.error = StorageUnavailable("io")
        else:
            job.error = error


def _settle_all(group: list[_Job]) -> None:
    for job in group:
        _settle(job.future, job.result, job.error)


def _settle(future: asyncio.Future[Any], result: object, error: BaseException | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(result)
    elif isinstance(error, StopIteration):
        # A future refuses this one, for it would end the generator that waits.
        future.set_exception(RuntimeError(f"fn raised {error!r}"))
    else:
        future.set_exception(error)


def _nothing_to_check() -> None:
    return
