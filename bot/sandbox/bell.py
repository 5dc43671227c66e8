"""Waking those who wait: a change rings the bell. No state beside the waiters."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Bell:
    """Many may wait for the next ring; a ring that nobody waits for leaves no trace."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        waiting, self._waiting = self._waiting, set()
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def heard(self, timeout_s: float) -> bool:
        """Whether it rang within the time."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            async with asyncio.timeout(max(timeout_s, 0)):
                await waiter
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(waiter)
        return True

    async def until(self, true: Callable[[], bool], timeout_s: float) -> bool:
        """Whether `true()` became so within the time (seconds of real time)."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_s
        while not true():
            if not await self.heard(deadline - loop.time()):
                return true()
        return True
