"""The sender: takes what is due under Telegram's limits, sends it, and settles what became of it.

Claiming is a commit before the call; settling is one transaction with whatever follows from the result. A process
killed between the two sends the row once more: the only repeat there is, besides an answer that never arrived.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.calls import call_of
from bot.cards import CardCall, card_call
from bot.clock import Clock
from bot.desk import Desk
from bot.limits import Kind, Limits, kind_of
from bot.outcomes import Outcome, settle_call, settle_card
from bot.refusals import Answer
from bot.telegram import Call, Telegram
from bot.turn import Wake
from storage import cards as card_rows
from storage import outbox as rows
from storage.db import Connection, Database
from storage.errors import StorageUnavailable
from storage.outbox import ClaimedRow
from storage.tx import Tx

_log = structlog.get_logger(__name__)

_AT_ONCE = 48  # calls in flight
_LEASE = timedelta(minutes=5)
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
        self._in_flight: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._looked = False  # nothing was due at the last look
        self._stopping = False
        self._scope: asyncio.Timeout | None = None
        self.on_timers: Callable[[], None] = lambda: None

    def wake(self) -> None:
        """Something may be due."""
        self._looked = False
        self._woken.set()

    def stop(self, within_s: float) -> None:
        """Send what is due by now, wait for what is in flight, and return from `run` within so many seconds."""
        self._stopping = True
        if self._scope is not None:
            self._scope.reschedule(asyncio.get_running_loop().time() + within_s)
        self._woken.set()

    @property
    def idle(self) -> bool:
        """Nothing is in flight, and nothing was due when last looked."""
        return not self._in_flight and self._looked

    async def run(self) -> None:
        """Send until `stop`. A call that hangs at the end is broken off: it is made again at the next start."""
        try:
            async with asyncio.timeout(None) as self._scope, asyncio.TaskGroup() as group:
                while True:
                    self._woken.clear()
                    if await self._send_what_is_due(group):
                        continue
                    if self._stopping and not self._in_flight:
                        return
                    await self._wait()
        except TimeoutError:
            _log.warning("stopped_with_messages_waiting")

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._limits.next_opening()):
                await self._woken.wait()
        except TimeoutError:
            pass

    async def _send_what_is_due(self, group: asyncio.TaskGroup) -> int:
        room = _AT_ONCE - len(self._in_flight)
        if room <= 0:
            await asyncio.wait(self._in_flight, return_when=asyncio.FIRST_COMPLETED)
            return 1
        self._looked = True
        try:
            calls, cards = await self._database.transact(lambda conn: self._claim(conn, room))
        except StorageUnavailable as error:
            _log.error("outbox_cannot_be_read", reason=error.reason)
            await asyncio.sleep(_STORAGE_PAUSE_S)
            return 1
        for row in calls:
            call = call_of(row)
            self._start(group, call, row.chat_id, row)
        for card in cards:
            self._start(group, card.call, card.card.chat_id, card)
        return len(calls) + len(cards)

    def _start(
        self, group: asyncio.TaskGroup, call: Call, chat_id: int, what: ClaimedRow | CardCall
    ) -> None:
        self._limits.take(chat_id or None, kind_of(call.method))
        task = group.create_task(self._send(call, what))
        self._in_flight.add(task)
        task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._in_flight.discard(task)
        self.wake()

    # ---- claiming

    def _claim(self, conn: Connection, room: int) -> tuple[list[ClaimedRow], list[CardCall]]:
        """Toasts first, whatever the limits; then messages; then cards; then what only tidies up."""
        now = self._clock.now()
        lease = now + _LEASE
        rows.expire(conn, now)
        allowed = self._limits.room(room)
        closed = self._limits.closed_chats()
        if allowed <= 0:
            return rows.claim_toasts(conn, now, room, lease), []
        calls = rows.claim_due(conn, now, allowed, closed, lease)
        left = allowed - len(calls)
        if left <= 0:
            return calls, []
        claimed = card_rows.claim_due(
            conn, now, left, closed, lease, closed_to_edits=self._limits.closed_chats(Kind.EDIT)
        )
        tx = Tx(conn, now)
        made = [card_call(tx, card, self._desk, now) for card in claimed]
        return calls, [card for card in made if card is not None]

    # ---- sending

    async def _send(self, call: Call, what: ClaimedRow | CardCall) -> None:
        answer = await self._telegram.call(call)
        while True:
            try:
                wake = await self._database.transact(lambda conn: self._settle(conn, what, answer))
            except StorageUnavailable as error:
                if self._stopping:
                    return
                _log.error("result_cannot_be_stored", reason=error.reason)
                await asyncio.sleep(_STORAGE_PAUSE_S)
            except Exception as error:  # our own code failed on a result: keep what is certain
                _log.error("result_failed", error=type(error).__name__, exc_info=error)
                await self._database.transact(lambda conn: self._settle_bare(conn, what, answer))
                return
            else:
                if wake.timers:
                    self.on_timers()
                return

    def _settle(self, conn: Connection, what: ClaimedRow | CardCall, answer: Answer) -> Wake:
        outcome = self._outcome(conn)
        if isinstance(what, CardCall):
            return settle_card(outcome, what, answer)
        return settle_call(outcome, what, answer)

    def _settle_bare(self, conn: Connection, what: ClaimedRow | CardCall, answer: Answer) -> None:
        outcome = self._outcome(conn, events=False)
        if isinstance(what, CardCall):
            settle_card(outcome, what, answer)
        else:
            settle_call(outcome, what, answer)

    def _outcome(self, conn: Connection, *, events: bool = True) -> Outcome:
        moment = self._clock.now()
        return Outcome(conn, Tx(conn, moment), moment, self._desk, self._limits, events)
