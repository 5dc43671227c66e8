"""One event, one transaction: the only place where things change. Synchronous; the writer's thread runs it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from bot.about import gather
from bot.carry_out import CarryOut
from bot.clock import Clock
from bot.desk import Desk
from bot.sealing import missing_consent, names_a_wording
from flows.draft import Draft
from flows.events import Event, TroubleNoticed
from storage.db import Connection, Database
from storage.tx import Tx

_log = structlog.get_logger(__name__)

Claim = Callable[[Tx], bool]


@dataclass(frozen=True, slots=True)
class Wake:
    """What became of a turn."""

    done: bool  # False: the cause was claimed before, nothing happened
    freed: bool = False  # updates that lay sealed may be worked on
    content_work: bool = False  # something is asked of the owner's folder
    reload: bool = False  # the owner's folder is to be read again


_NOTHING = Wake(done=False)


def turn(
    tx: Tx, claim: Claim, event: Event, moment: datetime, desk: Desk, seal: Claim | None = None
) -> Wake:
    """Apply one event: claim its cause, read, decide, write; the caller's transaction holds it all together.

    `seal` claims the cause for somebody who has not agreed to be heard yet: it is kept, and not worked on.
    """
    if seal is not None and (missing := missing_consent(tx, event, desk)) is not None:
        claim, event = seal, missing
    if not claim(tx):
        return _NOTHING
    return happen(tx, event, moment, desk)


def happen(tx: Tx, event: Event, moment: datetime, desk: Desk) -> Wake:
    """The part of a turn behind the claim."""
    event, before, facts = gather(tx, event, moment, desk)
    after, effects = desk.rules(before, event, facts, moment)
    if after == before and not effects:
        return Wake(done=True)
    today = desk.content.book.sha256
    if names_a_wording(effects) or any(
        s is not None and s.version == 0 and s.book == today
        for s in (after.case, after.conversation)
    ):
        desk.keep_today(tx)
    tx.save(before, after)
    carry = CarryOut(tx, Draft(after, facts, moment))
    carry.all(effects)
    desk.traces_left = desk.traces_left or carry.erased
    return Wake(done=True, content_work=carry.content_work, reload=carry.reload, freed=carry.freed)


def no_cause(_: Tx) -> bool:
    """An event that nothing durable stands behind (an import, a report of trouble)."""
    return True


class Turns:
    """Runs turns through the writer and wakes who has to look; shared by intake, sender and scheduler.

    `on_calls` is called as soon as a turn is queued: what looks for calls behind it shares its commit.
    """

    def __init__(self, database: Database, desk: Desk, clock: Clock) -> None:
        self._database = database
        self._desk = desk
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self.on_calls: Callable[[], None] = _nobody
        self.on_freed: Callable[[], None] = _nobody
        self.on_content_work: Callable[[], None] = _nobody
        self.on_reload: Callable[[], None] = _nobody

    def soon(self, claim: Claim, event: Event, seal: Claim | None = None) -> asyncio.Future[Wake]:
        """Queue one turn; turns run in the order of queuing. The future says what became of it."""
        future = self._database.transact_soon(lambda conn: self._run(conn, claim, event, seal))
        future.add_done_callback(self._woken)
        self.on_calls()
        return future

    async def happened(self, event: Event) -> None:
        """Apply one event in a transaction of its own."""
        await asyncio.shield(self.soon(no_cause, event))

    async def happened_all(self, events: Sequence[Event]) -> None:
        """Apply events in order in one transaction: all of them, or none."""
        future = self._database.transact_soon(lambda conn: self._run_all(conn, events))
        future.add_done_callback(self._woken)
        self.on_calls()
        await asyncio.shield(future)

    def tell_parked(self, number: str) -> None:
        """Have whoever owns the bot told that a row was put aside; by itself, so that failing undoes nothing."""
        trouble = TroubleNoticed("staff.parked", (("parked_no", number),))
        self.soon(no_cause, trouble).add_done_callback(partial(_not_told, number))

    def _run(self, conn: Connection, claim: Claim, event: Event, seal: Claim | None) -> Wake:
        moment = self._clock.now()
        return turn(Tx(conn, moment), claim, event, moment, self._desk, seal)

    def _run_all(self, conn: Connection, events: Sequence[Event]) -> Wake:
        moment = self._clock.now()
        wakes = [happen(Tx(conn, moment), event, moment, self._desk) for event in events]
        return Wake(
            done=True,
            content_work=any(wake.content_work for wake in wakes),
            reload=any(wake.reload for wake in wakes),
        )

    def _woken(self, future: asyncio.Future[Wake]) -> None:
        if future.cancelled() or future.exception() is not None:
            return
        wake = future.result()
        if wake.freed:
            self.on_freed()
        if wake.content_work:
            self.on_content_work()
        if wake.reload:
            self.on_reload()


def _not_told(number: str, future: asyncio.Future[Wake]) -> None:
    if not future.cancelled() and (error := future.exception()) is not None:
        _log.error("parked_row_not_told", parked_no=number, exc_info=error)


def _nobody() -> None:
    """Nobody is to be woken yet."""
