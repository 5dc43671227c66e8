"""The sender: takes what is due under Telegram's limits, sends it, and settles what became of it.

Claiming is a commit before the call; settling is one transaction with whatever follows from the result. A process
killed between the two sends the row once more: the only repeat there is, besides an answer that never arrived.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import structlog

from bot.calls import call_of, draws
from bot.cards import CardCall
from bot.claiming import Claiming, Look, Ready
from bot.clock import Clock
from bot.desk import Desk
from bot.limits import Limits, kind_of
from bot.outcomes import Outcome, message_ids, settle_call, settle_card
from bot.refusals import Answer, Delivered, NotModified, Refused
from bot.telegram import Call, Telegram
from bot.turn import Wake
from storage.db import Connection, Database
from storage.errors import StorageUnavailable
from storage.tx import Tx

_log = structlog.get_logger(__name__)

T = TypeVar("T")

_AT_ONCE = 48  # calls in flight
_STORAGE_PAUSE_S = 1.0


class Sender:
    """Everything that goes to Telegram goes through here, but for polling."""

    def __init__(
        self, database: Database, telegram: Telegram, limits: Limits, desk: Desk, clock: Clock
    ) -> None:
        self._database = database
        self._telegram = telegram
        self._limits = limits
        self._desk = desk
        self._clock = clock
        self._claiming = Claiming(limits, desk)
        self._in_flight: set[asyncio.Task[None]] = set()
        self._calling = 0  # of those in flight, how many wait for Telegram's answer
        self._asked: asyncio.Future[Look] | None = None  # a look that is under way
        self._more = False  # the last look left something for want of room
        self._woken = asyncio.Event()
        # By the loop's clock: when what was closed at the last look opens.
        self._opens_at: float | None = None
        self._woken.set()
        self._running = False
        self._stopping = False
        self._scope: asyncio.Timeout | None = None

    def wake(self) -> None:
        """Something was queued for the writer, or time has passed: look behind it, in the same commit."""
        self._woken.set()
        if self._running and self._asked is None:
            self._ask()

    def stop(self, within_s: float) -> None:
        """Send what is due by now, wait for what is in flight, and return from `run` within so many seconds."""
        self._stopping = True
        if self._scope is not None:
            self._scope.reschedule(asyncio.get_running_loop().time() + within_s)
        self._woken.set()

    @property
    def idle(self) -> bool:
        """Nothing is in flight, and nothing was due when last looked."""
        return not (self._in_flight or self._asked or self._woken.is_set())

    async def run(self) -> None:
        """Send until `stop`. A call that hangs at the end is broken off: it is made again at the next start."""
        self._running = True
        try:
            async with asyncio.timeout(None) as self._scope, asyncio.TaskGroup() as group:
                while True:
                    self._woken.clear()
                    await self._send_what_is_due(group)
                    if self._more and self._calling < _AT_ONCE:
                        continue
                    if self._stopping and not self._in_flight and not self._woken.is_set():
                        return
                    await self._wait()
        except TimeoutError:
            _log.warning("stopped_with_messages_waiting")
        finally:
            self._running = False

    async def _wait(self) -> None:
        opens_at, self._opens_at = self._opens_at, None
        try:
            async with asyncio.timeout_at(opens_at):
                await self._woken.wait()
        except TimeoutError:
            pass

    def _ask(self) -> None:
        room = _AT_ONCE - self._calling
        if room > 0:
            # Asked before the look: a chat that opens during it would be waited for by nobody.
            opening = self._limits.next_opening()
            now = asyncio.get_running_loop().time()
            self._opens_at = None if opening is None else now + opening
            self._asked = self._database.transact_soon(
                lambda conn: self._claiming.claim(conn, room, self._clock.now())
            )

    async def _send_what_is_due(self, group: asyncio.TaskGroup) -> None:
        if self._asked is None:
            self._ask()
        if self._asked is None:
            self._more = True
            return
        try:
            look = await asyncio.shield(self._asked)
        except StorageUnavailable as error:
            self._asked = None
            self._woken.set()
            _log.error("outbox_cannot_be_read", reason=error.reason)
            await asyncio.sleep(_STORAGE_PAUSE_S)
            return
        self._asked, self._more = None, look.more
        for what in look.ready:
            self._start(group, what)

    def _start(self, group: asyncio.TaskGroup, what: Ready) -> None:
        if isinstance(what, CardCall):
            self._limits.take(what.card.chat_id, kind_of(what.call.method))
        else:
            self._limits.take(what.chat_id or None, kind_of(what.method))
        self._calling += 1
        task = group.create_task(self._send(what))
        self._in_flight.add(task)
        task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._in_flight.discard(task)
        if self._stopping:
            self._woken.set()

    # ---- sending

    async def _send(self, what: Ready) -> None:
        try:
            answer = await self._call(what)
        finally:
            self._calling -= 1
        events = True
        while True:
            try:
                settle = partial(self._settle, what=what, answer=answer, events=events)
                await self._written(settle, look=_leads_on(what, answer))
            except StorageUnavailable as error:
                if self._stopping:
                    return
                _log.error("result_cannot_be_stored", reason=error.reason)
                await asyncio.sleep(_STORAGE_PAUSE_S)
            except Exception as error:  # our own code failed on a result: keep what is certain
                _log.error("result_failed", error=type(error).__name__, exc_info=error)
                if not events:
                    return  # the row stays taken, and is sent again after the next start
                events = False
            else:
                self._remember(what, answer)
                return

    async def _call(self, what: Ready) -> Answer:
        try:
            call = await _made(what)
        except Exception as error:  # a row of ours that is no call: it alone is parked
            _log.error("call_cannot_be_made", outbox_id=getattr(what, "id", 0), exc_info=error)
            return Refused(0, type(error).__name__)
        return await self._telegram.call(call)

    async def _written(self, fn: Callable[[Connection], T], *, look: bool) -> T:
        """What comes of a result may be sent at once: the look for it shares the commit."""
        future = self._database.transact_soon(fn)
        if look or self._more:
            self.wake()
        return await asyncio.shield(future)

    def _remember(self, what: Ready, answer: Answer) -> None:
        if not isinstance(what, CardCall):
            return
        match answer:
            case Delivered(result) if ids := message_ids(result):
                self._claiming.shown.remember(what, ids[0])
            case NotModified() if what.card.message_id is not None:
                self._claiming.shown.remember(what, what.card.message_id)
            case _:
                pass

    def _settle(self, conn: Connection, what: Ready, answer: Answer, *, events: bool) -> Wake:
        """`events` False: without what follows; a case that waits for the news finds out (`letters_gone`)."""
        moment = self._clock.now()
        outcome = Outcome(conn, Tx(conn, moment), moment, self._desk, self._limits, events)
        if isinstance(what, CardCall):
            return settle_card(outcome, what, answer)
        return settle_call(outcome, what, answer)


async def _made(what: Ready) -> Call:
    """The call; what has to be drawn for it keeps nobody else waiting."""
    if isinstance(what, CardCall):
        return what.call
    return await asyncio.to_thread(call_of, what) if draws(what) else call_of(what)


def _leads_on(what: Ready, answer: Answer) -> bool:
    """May something else be due after this result? Not behind a row of no lane that simply went out."""
    return isinstance(what, CardCall) or bool(what.lane) or not isinstance(answer, Delivered)
