"""One request to the control interface, read. No answers here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.sandbox.bots import BotAccount
from bot.sandbox.shapes import Json, JsonObject
from bot.sandbox.world import World

# Longest wait of a long poll, seconds of real time.
LONGEST_WAIT_S = 60.0


@dataclass(slots=True)
class Asked:
    world: World
    # Parts of the path after `/control/`.
    path: list[str]
    query: dict[str, str]
    body: JsonObject

    def bot(self) -> BotAccount:
        """The bot named by `bot`, else the only one; raises KeyError."""
        wanted = self.body.get("bot") or self.query.get("bot")
        return self.world.some_bot(int(wanted) if wanted is not None else None)

    def number(self, name: str, default: int) -> int:
        return int(self.query.get(name, default))

    def timeout_s(self) -> float:
        return min(float(self.query.get("timeout", LONGEST_WAIT_S)), LONGEST_WAIT_S)


Route: TypeAlias = Callable[[Asked], "Json | Awaitable[Json]"]
