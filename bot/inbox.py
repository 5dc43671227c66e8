"""Intake: updates are stored raw, routed in order, and each becomes one turn. What cannot be read is parked."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import structlog

from bot.clock import Clock
from bot.route import Route
from bot.turn import Turns, Wake
from flows.events import Event
from storage import inbox as rows
from storage.db import Database
from storage.errors import StorageProblem, StorageUnavailable
from storage.tx import Tx

_log = structlog.get_logger(__name__)

_AT_ONCE = 200  # turns under way before intake waits for some of them
_STORAGE_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 10.0
_NO_CHAT = 0


class _Row(NamedTuple):
    id: int
    chat_id: int
    update: dict[str, Any] | None  # None: stored text that is no JSON object


class Intake:
    """The way in. `store` is called by the poller; `run` works on what was stored, also before a restart."""

    def __init__(
        self, database: Database, route: Route, turns: Turns, clock: Clock, bot_id: int
    ) -> None:
        self._database = database
        self._route = route
        self._turns = turns
        self._clock = clock
        self._bot_id = bot_id
        self._fresh: asyncio.Queue[list[_Row]] = asyncio.Queue()
        self._under_way: set[asyncio.Future[Any]] = set()
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._sweep = True  # rows of the database have to be looked through
        self._stopping = False
        self._reading = False  # the words of a row that was taken from the queue
        self._woken = asyncio.Event()
        self.read: Callable[[Event], Awaitable[Event]] = _as_it_is
        self.on_storage_trouble: Callable[[StorageProblem], Awaitable[None]] = _nobody_told
        self.on_stored: Callable[[], Awaitable[None]] = _nothing

    # ---- storing

    async def store(self, updates: Sequence[dict[str, Any]]) -> None:
        """Commit a batch to the inbox; raises StorageUnavailable, and then nothing of it is kept."""
        prepared = [
            (_update_id(update), Route.chat_of(update), _json(update)) for update in updates
        ]
        now = self._clock.now()
        try:
            stored = await self._database.transact(
                lambda conn: rows.store(conn, self._bot_id, prepared, now)
            )
        except StorageUnavailable as error:
            await self.on_storage_trouble(error)
            raise
        await self.on_stored()
        if len(stored) == len(updates):
            fresh = [
                _Row(number, chat, update)
                for number, (_, chat, _), update in zip(stored, prepared, updates, strict=True)
            ]
            self._fresh.put_nowait(fresh)
        elif stored:
            self._sweep = True
        self._woken.set()
        await asyncio.sleep(0)  # the turns of this batch are queued before the next poll is made

    # ---- working

    def stop(self) -> None:
        """Finish the turns in hand and return from `run`."""
        self._stopping = True
        self._woken.set()

    @property
    def idle(self) -> bool:
        """Nothing stored is waiting to be worked on."""
        waits = self._under_way or self._sweep or self._reading
        return self._fresh.empty() and not waits

    async def run(self) -> None:
        """Work until `stop`; everything that is not done by then stays in the inbox."""
        while not self._stopping:
            self._woken.clear()
            if self._sweep:
                await self._settle()
                await self._work_through_database()
            elif not self._fresh.empty():
                await self._work(self._fresh.get_nowait())
            else:
                await self._woken.wait()
        await self._settle()

    async def _settle(self) -> None:
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def _work_through_database(self) -> None:
        """Rows left by an earlier run, or behind a row that failed; oldest first."""
        self._sweep = False
        while not self._fresh.empty():
            self._fresh.get_nowait()  # they are in the database, too
        pause, after = _STORAGE_PAUSE_S, 0
        while not self._stopping:
            try:
                waiting = await self._database.transact(
                    partial(rows.waiting, limit=_AT_ONCE, after_id=after)
                )
            except StorageUnavailable as error:
                _log.error("inbox_cannot_be_read", reason=error.reason)
                await self._pause(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)
                continue
            if not waiting:
                return
            after = waiting[-1].id
            await self._work([_Row(r.id, r.chat_id, _update(r.payload)) for r in waiting])
            await self._settle()

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not self._stopping:
                    await self._woken.wait()
                    self._woken.clear()
        except TimeoutError:
            pass

    async def _work(self, batch: list[_Row]) -> None:
        for row in batch:
            if self._stopping:
                self._sweep = True
                return
            await self._room.acquire()
            try:
                event = await self._event_of(row)
            except Exception as error:  # whatever a handler raises, this row alone is put aside
                self._put_aside(row, error)
                continue
            turn = self._turns.soon(partial(_claim, row=row), event, partial(_seal, row=row))
            self._follow(turn, self._done, row)

    async def _event_of(self, row: _Row) -> Event:
        if row.update is None:
            raise ValueError("the stored update is no JSON object")
        event = await self._route.event_of(row.update)
        self._reading = True
        try:
            return await self.read(event)
        finally:
            self._reading = False

    def _follow(
        self,
        future: asyncio.Future[Any],
        then: Callable[[_Row, asyncio.Future[Any]], None],
        row: _Row,
    ) -> None:
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        future.add_done_callback(partial(then, row))

    def _done(self, row: _Row, future: asyncio.Future[Wake]) -> None:
        error = future.exception()
        if error is None:
            if not future.result().done:
                self._sweep = True  # an earlier row of the chat has to go first
        elif isinstance(error, StorageUnavailable):
            self._storage_refused(row, error)
        else:
            _log.error("turn_failed", inbox_id=row.id, error=type(error).__name__, exc_info=error)
            self._put_aside(row, error)
            return
        self._over()

    def _put_aside(self, row: _Row, error: BaseException) -> None:
        why = f"{type(error).__name__}: {error}"[:500]
        parked = self._database.transact_soon(lambda conn: rows.park(conn, row.id, why))
        self._follow(parked, self._aside, row)

    def _aside(self, row: _Row, future: asyncio.Future[None]) -> None:
        """The row is parked for good; that nobody can be told of it must not bring it back."""
        error = future.exception()
        if isinstance(error, StorageUnavailable):
            self._storage_refused(row, error)
        elif error is not None:
            _log.error("row_cannot_be_parked", inbox_id=row.id, exc_info=error)
        else:
            self._turns.tell_parked(str(row.id))
        self._over()

    def _storage_refused(self, row: _Row, error: StorageUnavailable) -> None:
        _log.error("turn_cannot_be_stored", inbox_id=row.id, reason=error.reason)
        asyncio.get_running_loop().call_later(_STORAGE_PAUSE_S, self.sweep_soon)

    def _over(self) -> None:
        """Nothing more is done about a row now; called once for each that `_work` began."""
        self._room.release()
        self._woken.set()

    def sweep_soon(self) -> None:
        """Rows of the database have to be looked through: some may be worked on by now."""
        self._sweep = True
        self._woken.set()


async def _as_it_is(event: Event) -> Event:
    """Nobody reads replies."""
    return event


async def _nobody_told(_: StorageProblem) -> None:
    """Nobody is to be told yet."""


async def _nothing() -> None:
    """Nothing to do yet."""


def _claim(tx: Tx, row: _Row) -> bool:
    return tx.claim_update(row.id, row.chat_id)


def _seal(tx: Tx, row: _Row) -> bool:
    return tx.seal_update(row.id, row.chat_id)


def _update_id(update: dict[str, Any]) -> int:
    return int(update.get("update_id", 0))


def _json(update: dict[str, Any]) -> str:
    return json.dumps(update, separators=(",", ":"))


def _update(payload: str) -> dict[str, Any] | None:
    try:
        found = json.loads(payload)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
