"""Updates from Telegram into the inbox, raw, batch by batch. They are not read here.

The offset moves only when a batch is committed: what was not stored is never confirmed, and
Telegram keeps it for 24 hours. It follows the newest batch and not the highest id seen: after a
week's silence Telegram begins to count anew, perhaps lower.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import structlog

from bot.clock import Clock
from bot.refusals import Answer, Conflicted, Wait
from bot.telegram import TelegramRefusedError

_log = structlog.get_logger(__name__)

Updates = Sequence[dict[str, Any]]


class Source(Protocol):
    """Where updates come from: `bot.telegram.Telegram`."""

    async def fetch(
        self, offset: int | None, *, limit: int, timeout_s: int, allowed: Sequence[str]
    ) -> list[dict[str, Any]]:
        """Raw updates; raises TelegramRefusedError."""


class Inbox(Protocol):
    async def store(self, updates: Updates) -> None:
        """Commit the batch at once; updates that are there already are ignored."""


@dataclass(frozen=True, slots=True)
class PollingFigures:
    """`limit` updates a batch; seconds for the rest.

    A conflict is over when `conflict_over_s` have passed without another: two pollers take turns.
    """

    limit: int = 100
    long_poll_s: int = 30
    first_pause_s: float = 0.5
    longest_pause_s: float = 30.0
    hurry_every_s: float = 1.0
    conflict_over_s: float = 60.0
    allowed: tuple[str, ...] = (
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "chat_member",
    )


class Poller:
    """The one long poll of a bot. `on_conflict` is told "poller" or "webhook", once an episode.

    `storage_troubles` are the exceptions of `inbox` that pass by themselves (disk full, locked);
    any other leaves `run`.
    """

    def __init__(
        self,
        telegram: Source,
        inbox: Inbox,
        clock: Clock,
        *,
        on_conflict: Callable[[str], Awaitable[None]],
        storage_troubles: tuple[type[Exception], ...],
        chance: random.Random,
        figures: PollingFigures = PollingFigures(),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._telegram = telegram
        self._inbox = inbox
        self._clock = clock
        self._on_conflict = on_conflict
        self._storage_troubles = storage_troubles
        self._chance = chance
        self._figures = figures
        self._sleep = sleep
        self._offset: int | None = None
        self._stopping = False
        self._scope: asyncio.Timeout | None = None
        self._in_long_poll = False
        self._behind = True
        self._hurried = False
        self._next_hurry_at = 0.0
        self._failures = 0
        self._last_conflict_at = 0.0
        self.caught_up_to: datetime | None = None
        self.last_poll_at: datetime | None = None
        self.last_success_at: datetime | None = None
        self.conflict: str | None = None
        self.trouble: str | None = None  # the kind of answer that stands in the way

    def hurry(self) -> None:
        """Somebody waits for being caught up: break off the long poll and ask once without waiting.

        Pauses after a failure are not shortened.
        """
        self._hurried = True
        if self._in_long_poll:
            self._interrupt(max(asyncio.get_running_loop().time(), self._next_hurry_at))

    def stop(self) -> None:
        """End `run` at once, unless a batch is being stored: that is finished."""
        self._stopping = True
        if self._scope is not None:
            self._interrupt(asyncio.get_running_loop().time())

    async def run(self) -> None:
        """Poll until `stop`. Troubles of the network, Telegram and the storage are waited out."""
        while not self._stopping:
            begun = self.last_poll_at = self._clock.now()
            got = await self._poll()
            if isinstance(got, list):
                if await self._store(got):
                    self._advance(got, begun)
            elif got is not None:
                await self._refused(got)

    async def _poll(self) -> list[dict[str, Any]] | Answer | None:
        """A batch, or what was answered instead, or None if it was broken off."""
        now = asyncio.get_running_loop().time()
        at_once = self._behind or (self._hurried and now >= self._next_hurry_at)
        if at_once:
            self._hurried, self._next_hurry_at = False, now + self._figures.hurry_every_s
        got: list[dict[str, Any]] | Answer | None = None
        async with self._interruptible():
            self._in_long_poll = not at_once
            if self._hurried:
                self._interrupt(self._next_hurry_at)
            try:
                got = await self._telegram.fetch(
                    self._offset,
                    limit=self._figures.limit,
                    timeout_s=0 if at_once else self._figures.long_poll_s,
                    allowed=self._figures.allowed,
                )
            except TelegramRefusedError as error:
                got = error.answer
        return got

    async def _store(self, updates: Updates) -> bool:
        """Store the batch, however long it takes; False if the bot is stopped before."""
        failures = 0
        while updates:
            try:
                await self._inbox.store(updates)
            except self._storage_troubles as error:
                if failures == 0:
                    _log.error("updates_cannot_be_stored", error=type(error).__name__)
                await self._pause(failures)
                if self._stopping:
                    return False
                failures += 1
            else:
                break
        if failures:
            _log.info("updates_are_stored_again", tries=failures + 1)
        return True

    def _advance(self, updates: Updates, begun: datetime) -> None:
        ids = [update["update_id"] for update in updates if "update_id" in update]
        if ids:
            self._offset = ids[-1] + 1
        self._behind = len(updates) >= self._figures.limit
        if not self._behind:
            self.caught_up_to = begun
        self.last_success_at = self._clock.now()
        self._failures = 0
        if self.conflict is not None:
            now = asyncio.get_running_loop().time()
            if now < self._last_conflict_at + self._figures.conflict_over_s:
                return
            self.conflict = None
        if self.trouble is not None:
            _log.info("polling_recovered", trouble=self.trouble)
            self.trouble = None

    async def _refused(self, answer: Answer) -> None:
        self._behind = True
        trouble = type(answer).__name__
        if trouble != self.trouble:
            _log.warning("polling_troubled", answer=str(answer))
            self.trouble = trouble
        if isinstance(answer, Conflicted):
            await self._conflicted(answer.kind)
        await self._pause(self._failures, answer.seconds if isinstance(answer, Wait) else 0.0)
        self._failures += 1

    async def _conflicted(self, kind: str) -> None:
        self._last_conflict_at = asyncio.get_running_loop().time()
        known, self.conflict = self.conflict, kind
        if kind != known:
            try:
                await self._on_conflict(kind)
            except self._storage_troubles as error:
                _log.error("conflict_cannot_be_told", error=type(error).__name__)

    async def _pause(self, failures: int, least_s: float = 0.0) -> None:
        """Longer with every failure; by chance up to a half shorter, so that bots do not march."""
        longest = self._figures.longest_pause_s
        backed_off = min(longest, self._figures.first_pause_s * 2 ** min(failures, 16))
        async with self._interruptible():
            await self._sleep(least_s + backed_off * self._chance.uniform(0.5, 1.0))

    @asynccontextmanager
    async def _interruptible(self) -> AsyncIterator[None]:
        """The body is broken off, without a word, when `_interrupt` says so."""
        try:
            async with asyncio.timeout(None) as self._scope:
                if self._stopping:
                    self._interrupt(asyncio.get_running_loop().time())
                yield
        except TimeoutError:
            if self._scope is None or not self._scope.expired():
                raise
        finally:
            self._scope, self._in_long_poll = None, False

    def _interrupt(self, when: float) -> None:
        """Break off the body at this moment of the loop's clock, if it is not to end earlier."""
        scope = self._scope
        if scope is not None and ((already := scope.when()) is None or when < already):
            scope.reschedule(when)
