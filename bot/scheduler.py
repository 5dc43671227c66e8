"""Time passes: APScheduler only ticks; what is due stands in the database and fires in the turn it causes."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.desk import Desk
from bot.polling import Poller
from bot.turn import Turns
from flows.dialog import FORGOTTEN_AFTER
from flows.events import TimerFired
from storage import content_work, dialogs, retention, timers, trials
from storage.db import Connection, Database
from storage.errors import StorageProblem, StorageUnavailable
from storage.forgetting import forget_silent
from storage.sealed import let_go_old
from storage.tx import Tx

_log = structlog.get_logger(__name__)

_AT_ONCE = 100  # timers fired in one look
_WATCHDOG = timedelta(seconds=30)  # a tick that is so late is logged
_TRIED_FOR = timedelta(days=3)  # a try that nobody ends is taken out after so long
_KEPT = timedelta(days=3)  # done rows of the queues; for de-duplication a day would do
_PRUNED_AT_ONCE = 500
_SEALED_FOR = timedelta(hours=24)
_FORGOTTEN_AT_ONCE = 20


class Portion(Protocol):
    """Does at most `limit` of some work on what is older than `before`; returns how much it did."""

    def __call__(self, conn: Connection, before: datetime, limit: int) -> int: ...


class Scheduler:
    """Looks at the timers on every tick, fires what may fire, and tidies up at night.

    A timer fires when the bot has heard everything that was said up to its time: a poll begun after it was due
    found no backlog, and the inbox of its chat is empty. Otherwise it waits for the next tick.
    """

    def __init__(
        self,
        database: Database,
        poller: Poller,
        turns: Turns,
        desk: Desk,
        clock: Clock,
        *,
        on_tick: Callable[[], None],
        on_look: Callable[[], Awaitable[None]],
        on_sound_database: Callable[[], Awaitable[None]],
        on_lost_database: Callable[[StorageProblem], Awaitable[None]],
        on_minute: Callable[[], Awaitable[None]],
        tick: timedelta = timedelta(seconds=1),
    ) -> None:
        self._database = database
        self._poller = poller
        self._turns = turns
        self._desk = desk
        self._clock = clock
        self._on_tick = on_tick
        self._on_look = on_look
        self._on_sound_database = on_sound_database
        self._on_lost_database = on_lost_database
        self._on_minute = on_minute
        self._jobs = AsyncIOScheduler(timezone="UTC")
        self._tick_every = tick
        self._busy = asyncio.Lock()
        self._at_work: list[asyncio.Lock] = []  # one for each job
        self._stopping = False
        self.last_tick_at: datetime | None = None
        self.waiting = False  # something is due, and the bot has yet to hear what was said before
        self._add_jobs()

    def _add_jobs(self) -> None:
        seconds = self._tick_every.total_seconds()
        self._add(self.tick, "interval", seconds=seconds)
        self._add(self.verify, "interval", seconds=max(seconds, 5))
        self._add(self._on_look, "interval", seconds=max(seconds, 1))
        self._add(self._on_minute, "interval", seconds=max(seconds, 60))
        self._add(self.let_go_of_sealed, "interval", minutes=10)
        # Half past the hour in UTC: no daylight saving can skip or repeat it.
        self._add(self.prune, "cron", hour=0, minute=30)

    def _add(self, work: Callable[[], Awaitable[None]], trigger: str, **when: float) -> None:
        """One at a time: what comes while the one before is at work is left out without a word.

        APScheduler would warn of each; so it may begin a second one, which finds that it need not.
        """
        alone = asyncio.Lock()
        self._at_work.append(alone)

        async def job() -> None:
            if not alone.locked() and not self._stopping:
                async with alone:
                    await work()

        self._jobs.add_job(
            job, trigger, coalesce=True, max_instances=2, misfire_grace_time=None, **when
        )

    def start(self) -> None:
        """Begin to tick."""
        self._jobs.start()

    async def stop(self) -> None:
        """Begin nothing more; what is in hand is finished first, for APScheduler would break it off."""
        self._stopping = True
        if self._jobs.running:
            self._jobs.pause()
            await asyncio.sleep(0)  # a job that was just begun takes its lock first
            for alone in self._at_work:
                async with alone:
                    pass
            self._jobs.shutdown(wait=False)

    async def tick(self) -> None:
        """Fire what is due; called by the clock, and by whoever has pushed it."""
        now = self._clock.now()
        if self.last_tick_at is not None and now - self.last_tick_at > _WATCHDOG + self._tick_every:
            _log.warning("tick_was_late", seconds=(now - self.last_tick_at).total_seconds())
        self.last_tick_at = now
        self._on_tick()
        async with self._busy:
            try:
                await self._fire_due()
            except StorageUnavailable as error:
                _log.error("timers_cannot_be_read", reason=error.reason)

    async def _fire_due(self) -> None:
        now = self._clock.now()
        due = await self._database.transact(partial(timers.next_due))
        self.waiting = False
        if due is None or due > round(now.timestamp() * 1000):
            return
        heard = self._poller.caught_up_to
        if heard is not None and heard.timestamp() * 1000 >= due:
            rows = await self._database.transact(partial(timers.due, now=heard, limit=_AT_ONCE))
            await self._fire(rows)
        still = await self._database.transact(partial(timers.next_due))
        if still is not None and still <= round(now.timestamp() * 1000):
            self.waiting = True
            self._poller.hurry()

    async def _fire(self, rows: list[TimerFired]) -> None:
        """Each in a turn of its own; one that fails is parked and told, the others go on."""
        futures = [(row, self._turns.soon(partial(_claim, row=row), row)) for row in rows]
        for row, future in futures:
            try:
                await asyncio.shield(future)
            except StorageUnavailable as error:
                _log.error("timer_cannot_fire", key=row.key, reason=error.reason)
            except Exception as error:  # our own bug: this timer alone is put aside
                _log.error("timer_failed", key=row.key, error=type(error).__name__, exc_info=error)
                await self._put_aside(row, error)

    async def _put_aside(self, row: TimerFired, error: Exception) -> None:
        """Parked in one transaction, told in another: that nobody can be told must not bring it back."""
        why = f"{type(error).__name__}: {error}"[:500]
        try:
            await self._database.transact(partial(timers.park, key=row.key, error=why))
        except StorageUnavailable as trouble:
            _log.error("timer_cannot_be_parked", key=row.key, reason=trouble.reason)
        else:
            self._turns.tell_parked(row.key)

    async def verify(self) -> None:
        """The open database is still the one at its path; an unlinked one takes writes into the void."""
        try:
            await self._empty_wal_of_erased()
            await self._database.verify()
            await self._on_sound_database()
        except StorageProblem as problem:
            await self._on_lost_database(problem)

    async def _empty_wal_of_erased(self) -> None:
        """Somebody was forgotten: their words must not stand in the write-ahead log for the rest of the day."""
        if self._desk.traces_left:
            self._desk.traces_left = not await self._database.truncate_wal()

    async def let_go_of_sealed(self) -> None:
        """Whoever has not agreed within a day to be heard: what they wrote is blanked, unread."""
        try:
            await self._in_portions(let_go_old, self._clock.now() - _SEALED_FOR, _PRUNED_AT_ONCE)
        except StorageUnavailable as error:
            _log.error("sealed_cannot_be_blanked", reason=error.reason)

    async def prune(self) -> None:
        """At night, in small portions: done rows of the queues go, long silent customers are forgotten."""
        now, days = self._clock.now(), self._desk.content.business.retention_days
        try:
            pruned = await self._in_portions(retention.prune, now - _KEPT, _PRUNED_AT_ONCE)
            silent = now - timedelta(days=days)
            pruned += await self._in_portions(retention.drop_parked, silent, _PRUNED_AT_ONCE)
            forgotten = await self._in_portions(forget_silent, silent, _FORGOTTEN_AT_ONCE)
            await self._database.transact(partial(dialogs.forget, before=now - FORGOTTEN_AFTER))
            await self._database.transact(
                partial(trials.drop_stale, before=now - _TRIED_FOR, now=now)
            )
            await self._database.transact(partial(content_work.forget, before=now - _KEPT))
            await self._database.truncate_wal()
        except StorageUnavailable as error:
            _log.error("pruning_broken_off", reason=error.reason)
        else:
            _log.info("pruned", rows=pruned, customers=forgotten)

    async def _in_portions(self, work: Portion, before: datetime, limit: int) -> int:
        """Until nothing is left, or the bot is to stop: the next night goes on."""
        done = 0
        while not self._stopping and (
            gone := await self._database.transact(partial(work, before=before, limit=limit))
        ):
            done += gone
        return done


def _claim(tx: Tx, row: TimerFired) -> bool:
    return tx.claim_timer(row.key, row.wait)
