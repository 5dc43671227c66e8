"""One bot's queue of updates with Telegram's rules of confirmation. What is in them: elsewhere."""

from __future__ import annotations

import asyncio
import json
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from bot.sandbox.bell import Bell
from bot.sandbox.refusals import OTHER_POLLER, Refused
from bot.sandbox.shapes import JsonObject

# Seconds: what Telegram keeps for a bot that does not come.
KEPT_S = 24 * 60 * 60
KEPT_QUERY_S = 150
_REMEMBERED = 20_000
# An offset further ahead of the newest update than this is no position of this queue.
_FUTURE = 10
# Longest wait of one getUpdates, seconds.
_LONGEST_POLL_S = 50


@dataclass(frozen=True, slots=True)
class Queued:
    update_id: int
    body: str
    # Seconds since the epoch by the sandbox's clock.
    until: int


class UpdateQueue:
    """Updates wait until an offset above them is asked for."""

    def __init__(self, rng: random.Random, moment: Callable[[], int]) -> None:
        self._rng = rng
        self._moment = moment
        self._pending: deque[Queued] = deque()
        self.confirmed: deque[Queued] = deque(maxlen=_REMEMBERED)
        # Confirmed once and put back: they stay until they have been handed out again.
        self._again: set[int] = set()
        self._next_id = rng.randrange(100_000_000, 900_000_000)
        self._poll: asyncio.Future[Refused | None] | None = None
        # Rings when a getUpdates begins to wait.
        self.bell = Bell()
        # Whether updates grow old. Off, so that a pushed clock does not eat what nobody could fetch.
        self.forgets = False
        self.confirmed_offset = 0
        # The sandbox's moment at which the last getUpdates came, None before the first.
        self.last_poll_at: int | None = None

    @property
    def pending(self) -> int:
        return len(self._pending)

    @property
    def confirmed_count(self) -> int:
        return len(self.confirmed)

    @property
    def polling(self) -> bool:
        return self._poll is not None

    def waiting(self) -> list[Queued]:
        return list(self._pending)

    def put(self, kind: str, payload: JsonObject) -> int:
        kept = KEPT_QUERY_S if kind == "callback_query" else KEPT_S
        update_id = self._take_id()
        body = json.dumps({"update_id": update_id, kind: payload}, ensure_ascii=False)
        self._append(Queued(update_id, body, self._moment() + kept))
        return update_id

    def put_raw(self, fields: str) -> int:
        """Queue `{"update_id": N, <fields>}` whatever the fields are; N is a fresh id."""
        update_id = self._take_id()
        inner = f", {fields}" if fields.strip() else ""
        body = f'{{"update_id": {update_id}{inner}}}'
        self._append(Queued(update_id, body, self._moment() + KEPT_S))
        return update_id

    def redeliver(self, count: int) -> int:
        """Put the last confirmed updates back, oldest first; returns how many there were."""
        again = [self.confirmed.pop() for _ in range(min(count, len(self.confirmed)))]
        self._pending.extendleft(again)
        self._again.update(queued.update_id for queued in again)
        self.wake()
        return len(again)

    def restart_ids(self, next_id: int | None = None) -> int:
        """Number from a random start, as after a week without updates; returns the next id.

        Raises ValueError while updates wait: then Telegram never does this.
        """
        if self._pending:
            raise ValueError("update ids restart only when no update waits")
        self._next_id = next_id or self._rng.randrange(100_000_000, 900_000_000)
        return self._next_id

    @property
    def next_id(self) -> int:
        """The number of the update that comes next."""
        return self._next_id

    def take_over(self, next_id: int, waiting: list[Queued]) -> None:
        """Go on where another queue was left."""
        self._next_id = next_id
        self._pending.extend(waiting)
        self.wake()

    def clear(self) -> None:
        self._pending.clear()
        self._again.clear()

    def wake(self, refusal: Refused | None = None) -> None:
        """Let the waiting getUpdates answer with what there is, or with a refusal."""
        poll, self._poll = self._poll, None
        if poll is not None and not poll.done():
            poll.set_result(refusal)

    async def get(self, offset: int, limit: int, timeout_s: float) -> list[str]:
        """The next updates as JSON texts; raises Refused when another getUpdates comes."""
        self.wake(Refused(409, OTHER_POLLER))
        self.last_poll_at = self._moment()
        self._confirm(offset)
        limit = limit if 1 <= limit <= 100 else 100
        if not self._pending and timeout_s > 0:
            await self._wait(min(timeout_s, _LONGEST_POLL_S))
        self._forget()
        batch = list(islice(self._pending, limit))
        self._again.difference_update(queued.update_id for queued in batch)
        return [queued.body for queued in batch]

    async def _wait(self, timeout_s: float) -> None:
        poll: asyncio.Future[Refused | None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        self.bell.ring()
        try:
            async with asyncio.timeout(timeout_s):
                refusal = await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None
        if refusal is not None:
            raise refusal

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._pending) > -offset:
                self.confirmed.append(self._pending.popleft())
        elif 0 < offset <= self._next_id + _FUTURE:
            self.confirmed_offset = offset
            kept: list[Queued] = []
            while self._pending and self._pending[0].update_id < offset:
                queued = self._pending.popleft()
                (kept if queued.update_id in self._again else self.confirmed).append(queued)
            self._pending.extendleft(reversed(kept))

    def _forget(self) -> None:
        if not self.forgets:
            return
        now = self._moment()
        self._pending = deque(queued for queued in self._pending if queued.until > now)

    def _take_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1

    def _append(self, queued: Queued) -> None:
        self._pending.append(queued)
        self.wake()
