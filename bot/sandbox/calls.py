"""The log of Bot API calls, for those who count repeats and measure. No behaviour."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from itertools import islice

from bot.sandbox.files import Upload
from bot.sandbox.shapes import Json, JsonObject

_REMEMBERED = 50_000
_REMEMBERED_TROUBLES = 200


@dataclass(slots=True)
class Call:
    number: int
    bot: int
    method: str
    params: JsonObject
    # Milliseconds of the machine's monotonic clock.
    at_ms: float
    # "ok", the refusal's code and sentence, or the fault that was played; "crashed" is a mistake of
    # the sandbox itself.
    outcome: str = "crashed"
    duration_ms: float = 0.0
    # Whether the world was changed, whatever the caller was told.
    applied: bool = False
    # What a message-making call made.
    message_id: int | None = None
    # Seconds since the epoch, UTC, by the sandbox's clock.
    at: int = 0

    def shown(self) -> JsonObject:
        return {
            "number": self.number,
            "bot": self.bot,
            "method": self.method,
            "params": {name: _plain(value) for name, value in self.params.items()},
            "at_ms": round(self.at_ms, 3),
            "outcome": self.outcome,
            "duration_ms": round(self.duration_ms, 3),
            "applied": self.applied,
            "message_id": self.message_id,
            "at": self.at,
        }


def _plain(value: Json) -> Json:
    if isinstance(value, Upload):
        return {"file_name": value.file_name, "size": len(value.content)}
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


class Calls:
    def __init__(self) -> None:
        self._log: deque[Call] = deque(maxlen=_REMEMBERED)
        # Those that did not end well, the last of them.
        self.troubles: deque[Call] = deque(maxlen=_REMEMBERED_TROUBLES)
        self.count = 0
        # By method, and by method and outcome ("ok", "429", "drop_after").
        self.methods: Counter[str] = Counter()
        self.outcomes: Counter[tuple[str, str]] = Counter()

    def add(self, call: Call) -> None:
        self._log.append(call)
        if call.outcome != "ok":
            self.troubles.append(call)
        self.methods[call.method] += 1
        self.outcomes[call.method, call.outcome.partition(" ")[0]] += 1

    def next_number(self) -> int:
        self.count += 1
        return self.count

    def since(self, number: int, method: str | None, most: int) -> list[Call]:
        """Calls after the given number, oldest first."""
        found = (
            call
            for call in self._log
            if call.number > number and (method is None or call.method == method)
        )
        return list(islice(found, most))
