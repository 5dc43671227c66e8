"""One call as methods see it: who calls, with which checked parameters, in which world."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.sandbox.bots import BotAccount
from bot.sandbox.files import Upload
from bot.sandbox.shapes import Json, JsonObject
from bot.sandbox.world import World


@dataclass(slots=True)
class Request:
    world: World
    bot: BotAccount
    params: JsonObject
    # Files of a multipart body by the names of their parts, for `attach://NAME`.
    uploads: dict[str, Upload] = field(default_factory=dict)

    def get(self, name: str) -> Json:
        return self.params.get(name)


@dataclass(frozen=True, slots=True)
class Raw:
    """A result that is JSON text already."""

    text: str


Method: TypeAlias = Callable[[Request], "Json | Awaitable[Json]"]
