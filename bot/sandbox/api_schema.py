"""The Bot API's schema as it is stored. What is made of it: checks."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from bot.sandbox.shapes import JsonObject


@cache
def schema() -> JsonObject:
    text = resources.files("bot.sandbox").joinpath("bot_api.json").read_text(encoding="utf-8")
    loaded: JsonObject = json.loads(text)
    return loaded


@cache
def _names_in_lower_case() -> dict[str, str]:
    return {name.lower(): name for name in schema()["methods"]}


def method_named(name: str) -> str | None:
    """The method's own spelling; Telegram does not mind the case of letters."""
    return name if name in schema()["methods"] else _names_in_lower_case().get(name.lower())
