"""What may be sent at this moment under Telegram's limits. Nothing is sent, queued or awaited here.

A limit is a window: at most so many calls in any stretch of so many seconds. A leaky bucket would
let a full burst be followed by a full trickle: 39 calls in one minute of a group that takes 20.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

_TIDY_EVERY_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `calls` in any `seconds`."""

    calls: int
    seconds: float


@dataclass(frozen=True, slots=True)
class LimitFigures:
    """Telegram's limits, in stretches a little longer than its own.

    Calls that were started a second apart may arrive closer together.

    `group_edits` of a group's calls may be edits; the rest is kept for new messages.
    """

    overall: Rate = Rate(30, 1.05)
    private: Rate = Rate(3, 3.2)
    group: Rate = Rate(20, 61.0)
    group_edits: int = 12


class Kind(Enum):
    """What a call costs."""

    MESSAGE = "message"
    EDIT = "edit"
    READ = "read"  # costs the overall rate only
    TOAST = "toast"  # costs nothing


def kind_of(method: str) -> Kind:
    """The kind of a Bot API method; one that is not known counts as a message."""
    if method == "answerCallbackQuery":
        return Kind.TOAST
    if method.startswith("get"):
        return Kind.READ
    if method.startswith(("edit", "delete", "set", "pin", "unpin", "stop", "close", "reopen")):
        return Kind.EDIT
    return Kind.MESSAGE


class _Window:
    """The moments of the latest calls under one rate."""

    __slots__ = ("_moments", "_rate")

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._moments: deque[float] = deque()

    def room(self, now: float) -> int:
        """How many calls may be started now; below zero when more were started than allowed."""
        while self._moments and self._moments[0] + self._rate.seconds <= now:
            self._moments.popleft()
        return self._rate.calls - len(self._moments)

    def opens_at(self, now: float) -> float:
        """The moment from which one call may be started; `now` when it may already."""
        room = self.room(now)
        return now if room > 0 else self._moments[-room] + self._rate.seconds

    def take(self, now: float) -> None:
        self._moments.append(now)

    def idle(self, now: float) -> bool:
        return self.room(now) == self._rate.calls


@dataclass(slots=True)
class _Chat:
    calls: _Window
    edits: _Window | None
    told_until: float = 0.0

    def opens_at(self, kind: Kind, now: float) -> float:
        opening = max(self.told_until, self.calls.opens_at(now))
        if kind is Kind.EDIT and self.edits is not None:
            return max(opening, self.edits.opens_at(now))
        return opening

    def take(self, kind: Kind, now: float) -> None:
        self.calls.take(now)
        if kind is Kind.EDIT and self.edits is not None:
            self.edits.take(now)

    def room(self, now: float) -> tuple[int, int]:
        """How many calls may be started now, and how many of them may be edits."""
        calls = 0 if self.told_until > now else self.calls.room(now)
        return calls, calls if self.edits is None else self.edits.room(now)


class Budget:
    """What may be started at one moment; every call that is granted leaves less for the next.

    A chat that is open may have room for one call, while ten wait for it.
    """

    def __init__(self, room_in: Callable[[int], tuple[int, int]] | None) -> None:
        self._room_in = room_in
        self._left: dict[int, tuple[int, int]] = {}

    def grants(self, chat_id: int, kind: Kind) -> bool:
        """May one more call go to this chat (0: none)? What is granted counts at once."""
        if self._room_in is None or not chat_id or kind in {Kind.TOAST, Kind.READ}:
            return True
        if chat_id not in self._left:
            self._left[chat_id] = self._room_in(chat_id)
        calls, edits = self._left[chat_id]
        edit = kind is Kind.EDIT
        if calls <= 0 or (edit and edits <= 0):
            return False
        self._left[chat_id] = calls - 1, edits - edit
        return True


@dataclass(slots=True)
class Limits:
    """The limits of one bot. `now` is a clock for durations, in seconds.

    Not `enabled`: the rates are not kept, yet what Telegram tells to wait is.
    """

    figures: LimitFigures = LimitFigures()
    enabled: bool = True
    now: Callable[[], float] = time.monotonic
    _overall: _Window = field(init=False)
    _told_until: float = field(default=0.0, init=False)
    _chats: dict[int, _Chat] = field(default_factory=dict, init=False)
    _narrow: set[int] = field(default_factory=set, init=False)  # chats that may be closed
    _tidy_at: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self._overall = _Window(self.figures.overall)

    @property
    def known_chats(self) -> int:
        """How many chats are remembered; idle ones are forgotten within a minute of traffic."""
        return len(self._chats)

    def open(self, chat_id: int | None, kind: Kind) -> bool:
        """May a call of this kind be started now?"""
        if kind is Kind.TOAST:
            return True
        now = self.now()
        if self._opens_at(now) > now:
            return False
        chat = self._chats.get(chat_id) if chat_id is not None and kind is not Kind.READ else None
        return chat is None or chat.opens_at(kind, now) <= now

    def room(self, most: int) -> int:
        """How many calls, up to `most`, may be started now in all chats together."""
        now = self.now()
        if self._told_until > now:
            return 0
        return max(0, min(most, self._overall.room(now))) if self.enabled else most

    def budget(self) -> Budget:
        """What may be started now, chat by chat; what Telegram told to wait is in `closed_chats`."""
        if not self.enabled:
            return Budget(None)
        now = self.now()

        def room_in(chat_id: int) -> tuple[int, int]:
            chat = self._chats.get(chat_id)
            return (chat if chat is not None else self._new_chat(chat_id)).room(now)

        return Budget(room_in)

    def closed_chats(self, kind: Kind = Kind.MESSAGE) -> frozenset[int]:
        """Chats that are closed for this kind now; a chat closed for messages is so for edits."""
        now = self.now()
        closed = set()
        for chat_id in tuple(self._narrow):
            chat = self._chats[chat_id]
            if chat.opens_at(kind, now) > now:
                closed.add(chat_id)
            elif chat.opens_at(Kind.EDIT, now) <= now:
                self._narrow.discard(chat_id)
        return frozenset(closed)

    def take(self, chat_id: int | None, kind: Kind) -> None:
        """A call is started. It counts even where `open` said no."""
        if kind is Kind.TOAST or not self.enabled:
            return
        now = self.now()
        self._overall.take(now)
        if chat_id is not None and kind is not Kind.READ:
            chat = self._chat(chat_id, now)
            chat.take(kind, now)
            if chat.opens_at(Kind.EDIT, now) > now:
                self._narrow.add(chat_id)

    def told_to_wait(self, chat_id: int | None, seconds: float) -> None:
        """Telegram asked to leave this chat (None: everybody) alone for so long."""
        now = self.now()
        if chat_id is None:
            self._told_until = max(self._told_until, now + seconds)
            return
        chat = self._chat(chat_id, now)
        chat.told_until = max(chat.told_until, now + seconds)
        self._narrow.add(chat_id)

    def next_opening(self) -> float | None:
        """Seconds until something that is closed opens; None when nothing is closed."""
        now = self.now()
        if (everything := self._opens_at(now)) > now:
            return everything - now
        openings = (
            self._chats[chat_id].opens_at(kind, now)
            for chat_id in self._narrow
            for kind in (Kind.MESSAGE, Kind.EDIT)
        )
        return min((opening - now for opening in openings if opening > now), default=None)

    def _opens_at(self, now: float) -> float:
        return max(self._told_until, self._overall.opens_at(now))

    def _chat(self, chat_id: int, now: float) -> _Chat:
        if now >= self._tidy_at:
            self._forget_idle(now)
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = self._new_chat(chat_id)
        return chat

    def _new_chat(self, chat_id: int) -> _Chat:
        """Groups have negative ids."""
        if chat_id > 0:
            return _Chat(_Window(self.figures.private), None)
        edits = Rate(self.figures.group_edits, self.figures.group.seconds)
        return _Chat(_Window(self.figures.group), _Window(edits))

    def _forget_idle(self, now: float) -> None:
        """A chat without calls in its window is as good as one never seen."""
        self._tidy_at = now + _TIDY_EVERY_S
        for chat_id, chat in tuple(self._chats.items()):
            if chat.told_until <= now and chat.calls.idle(now):
                del self._chats[chat_id]
                self._narrow.discard(chat_id)
