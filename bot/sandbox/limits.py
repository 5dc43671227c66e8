"""Telegram's limits on sending, measured in real time; by the sandbox's clock where it moves by pushes alone."""

from __future__ import annotations

import math
from collections import defaultdict, deque

from bot.sandbox.refusals import too_many

# Messages a second to everybody together.
OVERALL_PER_S = 30
# Messages in a row that pass in a private chat before one a second begins.
PRIVATE_BURST = 5
# Messages and edits a minute in a group.
GROUP_PER_MINUTE = 20

_LIMITED = ("send", "copyMessage", "forwardMessage", "editMessage")
_FREE = {"sendChatAction", "sendMessageDraft"}


def is_limited(method: str) -> bool:
    return method.startswith(_LIMITED) and method not in _FREE


class _Bucket:
    """Lets `burst` through at once and then `per_s` a second."""

    def __init__(self, burst: int, per_s: float) -> None:
        self._burst = burst
        self._per_s = per_s
        self._level = float(burst)
        self._at = 0.0

    def wait_s(self, now: float, weight: int) -> float:
        self._level = min(self._burst, self._level + (now - self._at) * self._per_s)
        self._at = now
        short = min(weight, self._burst) - self._level
        return max(0.0, short / self._per_s)

    def take(self, weight: int) -> None:
        self._level -= weight


class _Window:
    """Lets `most` through in any `span_s` seconds."""

    def __init__(self, most: int, span_s: float) -> None:
        self._most = most
        self._span_s = span_s
        self._taken: deque[float] = deque()
        self._now = 0.0

    def wait_s(self, now: float, weight: int) -> float:
        self._now = now
        while self._taken and self._taken[0] <= now - self._span_s:
            self._taken.popleft()
        over = len(self._taken) + weight - self._most
        if over <= 0 or not self._taken:
            return 0.0
        return self._taken[min(over, len(self._taken)) - 1] + self._span_s - now

    def take(self, weight: int) -> None:
        self._taken.extend([self._now] * weight)


class Limits:
    """Off unless switched on. A refused call takes nothing from what is left."""

    def __init__(self, *, on: bool) -> None:
        self.on = on
        self._overall: defaultdict[int, _Bucket] = defaultdict(
            lambda: _Bucket(OVERALL_PER_S, OVERALL_PER_S)
        )
        self._private: defaultdict[tuple[int, object], _Bucket] = defaultdict(
            lambda: _Bucket(PRIVATE_BURST, 1)
        )
        self._groups: defaultdict[tuple[int, object], _Window] = defaultdict(
            lambda: _Window(GROUP_PER_MINUTE, 60)
        )

    def check(self, bot: int, chat: object, weight: int, now_s: float) -> None:
        """Count `weight` messages at a moment of durations; raises Refused with 429."""
        if not self.on:
            return
        private = not str(chat).startswith(("-", "@"))
        own: _Bucket | _Window = (
            self._private[bot, str(chat)] if private else self._groups[bot, str(chat)]
        )
        overall = self._overall[bot]
        wait_s = max(overall.wait_s(now_s, weight), own.wait_s(now_s, weight))
        if wait_s > 0:
            raise too_many(max(1, math.ceil(wait_s)))
        overall.take(weight)
        own.take(weight)
