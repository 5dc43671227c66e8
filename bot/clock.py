"""What time it is: the only place that reads the machine's clock. No durations, no timers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

import aiohttp

_FIRST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 1.0


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class PushedClock:
    """A clock that can be pushed forward: for tests and for the demo.

    With `start` it stands still until pushed; without, it is real time plus what was pushed.
    """

    def __init__(self, start: datetime | None = None) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("a clock starts at an aware moment")
        self._start = start.astimezone(UTC) if start is not None else None
        self._pushed = timedelta()
        self._listeners: list[Callable[[], None]] = []

    @property
    def frozen(self) -> bool:
        return self._start is not None

    @property
    def pushed(self) -> timedelta:
        """How far the clock was pushed altogether."""
        return self._pushed

    def now(self) -> datetime:
        return (self._start or datetime.now(UTC)) + self._pushed

    def push(self, delta: timedelta) -> None:
        """Move the clock and tell everybody who listens; a clock only goes forward."""
        if delta < timedelta():
            raise ValueError("a clock only goes forward")
        self._pushed += delta
        for listener in tuple(self._listeners):
            listener()

    def on_push(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after every push, in the pusher's thread; returns how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)


async def follow(
    clock: PushedClock,
    url: str,
    session: aiohttp.ClientSession,
    *,
    on_caught_up: Callable[[], None] = lambda: None,
) -> None:
    """Keep `clock` pushed exactly as far as the sandbox at `url` is, until cancelled; says each time that it is."""
    seq, pause = -1, _FIRST_PAUSE_S
    while True:
        try:
            async with session.get(f"{url}/control/clock", params={"after": seq}) as answer:
                answer.raise_for_status()
                told = await answer.json()
        except (aiohttp.ClientError, TimeoutError, OSError):
            await asyncio.sleep(pause)
            # A sandbox that started anew counts from the beginning: ask without a position.
            seq, pause = -1, min(pause * 2, _LONGEST_PAUSE_S)
            continue
        seq, pause = int(told["seq"]), _FIRST_PAUSE_S
        behind = timedelta(microseconds=int(told["pushed_us"])) - clock.pushed
        if behind > timedelta():
            clock.push(behind)
        on_caught_up()
