"""Faults on demand: which call is hit by what. How a fault looks on the wire: server."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass

from bot.sandbox.shapes import JsonObject

KINDS = {
    "429",
    "5xx",
    # The connection is closed; nothing happened.
    "drop_before",
    # It happened; then the connection is closed without an answer.
    "drop_after",
    # Waits, then it happens and is answered.
    "slow",
    # It happens at once; the answer waits.
    "slow_answer",
    # It happened; the answer (200) cannot be parsed.
    "garbage",
    "unauthorized",
}


@dataclass(slots=True)
class Fault:
    """One rule. `times` counts down; None goes on until it is removed."""

    kind: str
    method: str = "*"
    chat: int | None = None
    times: int | None = 1
    probability: float = 1.0
    # Whole seconds, for "429".
    retry_after: int = 1
    # HTTP status of "5xx", with an HTML page or Telegram's JSON.
    code: int = 502
    html: bool = True
    # Seconds of real time, for the slow ones.
    seconds: float = 1.0
    id: int = 0
    hits: int = 0

    def shown(self) -> JsonObject:
        return asdict(self)


class Faults:
    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._next = 1
        self.rules: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Raises ValueError for an unknown kind."""
        if fault.kind not in KINDS:
            raise ValueError(f"unknown fault {fault.kind!r}, known are {sorted(KINDS)}")
        fault.id, self._next = self._next, self._next + 1
        self.rules.append(fault)
        return fault

    def remove(self, fault_id: int | None) -> None:
        """Take one rule away, or all of them."""
        self.rules = [rule for rule in self.rules if fault_id is not None and rule.id != fault_id]

    def pick(self, method: str, chat: object) -> Fault | None:
        """The first rule that hits this call; it counts the hit."""
        for rule in self.rules:
            if rule.method not in ("*", method) or rule.times == 0:
                continue
            if rule.chat is not None and str(rule.chat) != str(chat):
                continue
            if rule.probability < 1 and self._rng.random() >= rule.probability:
                continue
            rule.hits += 1
            if rule.times is not None:
                rule.times -= 1
            return rule
        return None
