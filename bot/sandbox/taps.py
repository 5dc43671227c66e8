"""Taps on inline buttons waiting for their answer, and what the person saw."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.bell import Bell

# Seconds of the sandbox's clock. Telegram's own time is not documented: some tens of seconds at
# most; a bot that answers within fifteen is safe with the real one too.
ANSWERED_WITHIN_S = 15
# Characters.
LONGEST_ANSWER = 200


@dataclass(slots=True)
class Tap:
    id: str
    bot: int
    person: int
    chat: int
    message_id: int
    data: str
    # Seconds since the epoch, UTC, by the sandbox's clock.
    at: int
    answered_at: int | None = None
    text: str = ""
    alert: bool = False
    url: str = ""


class Taps:
    def __init__(self) -> None:
        self.all: dict[str, Tap] = {}
        self.bell = Bell()

    def add(self, tap: Tap) -> None:
        self.all[tap.id] = tap

    def answer(self, tap: Tap, at: int, text: str, url: str, *, alert: bool) -> None:
        tap.answered_at, tap.text, tap.url, tap.alert = at, text, url, alert
        self.bell.ring()
