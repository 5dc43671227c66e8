"""Entities of a text: UTF-16 offsets, explicit ones checked, evident ones found. No markup."""

from __future__ import annotations

import re

from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import JsonObject

_COMMAND = re.compile(r"(?<![\w/@<>])/([A-Za-z0-9_]{1,64})(@[A-Za-z]\w{2,31})?(?![\w/])", re.ASCII)
_FOUND: list[tuple[str, str, re.Pattern[str]]] = [
    ("/", "bot_command", _COMMAND),
    (
        "@",
        "email",
        re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?!\w)", re.ASCII),
    ),
    ("@", "mention", re.compile(r"(?<![\w/@])@[A-Za-z]\w{2,31}(?!\w)", re.ASCII)),
    ("#", "hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}(?![\w#])")),
    (
        ".",
        "url",
        re.compile(
            r"(?<![\w.@/-])(?:https?://[^\s<>\"]+[^\s<>\".,;:!?)'»]"
            r"|(?:[\w-]+\.)+(?:com|org|net|ru|me|io|dev|app|рф)(?:/[^\s<>\"]*[^\s<>\".,;:!?)'»])?)"
            r"(?!\w)",
        ),
    ),
]
# Telegram finds nothing inside these.
_CLOSED = {"code", "pre", "text_link", "text_mention"}
# What a bot may name itself; the rest of the types Telegram finds and ignores when they are named.
_NAMEABLE = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "blockquote",
    "expandable_blockquote",
    "date_time",
}
_IGNORED = {
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bank_card_number",
}
# Of entities over the same words: which one Telegram names first.
_PRIORITIES = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
_FOUND_PRIORITY = 50
_WHITE = " \n\t\r"


def length16(text: str) -> int:
    """The length in UTF-16 code units, as Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def slice16(text: str, offset: int, length: int) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    return units[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def checked(text: str, entities: list[JsonObject]) -> list[JsonObject]:
    """Explicit entities that fit the text, in order; raises Refused for unknown types."""
    whole = length16(text)
    kept = []
    for entity in entities:
        if entity["type"] in _IGNORED:
            continue
        if entity["type"] not in _NAMEABLE:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        if entity["offset"] < 0 or entity["length"] < 0 or entity["offset"] > whole:
            raise bad_request("ENTITY_BOUNDS_INVALID")
        length = min(entity["length"], whole - entity["offset"])
        if length > 0:
            kept.append({**entity, "length": length})
    return in_order(kept)


def in_order(entities: list[JsonObject]) -> list[JsonObject]:
    return sorted(
        entities,
        key=lambda entity: (
            entity["offset"],
            -entity["length"],
            _PRIORITIES.get(entity["type"], _FOUND_PRIORITY),
        ),
    )


def trimmed(text: str, entities: list[JsonObject]) -> tuple[str, list[JsonObject]]:
    """Without white space around; entities are moved and cut to fit."""
    cut = text.rstrip(_WHITE)
    first = min((entity["offset"] for entity in entities), default=len(cut))
    lead = min(len(cut) - len(cut.lstrip(_WHITE)), first)
    if lead == 0 and len(cut) == len(text):
        return text, entities
    cut = cut[lead:]
    whole = length16(cut)
    moved = []
    for entity in entities:
        offset = entity["offset"] - lead
        length = min(entity["length"], whole - offset)
        if length > 0:
            moved.append({**entity, "offset": offset, "length": length})
    return cut, moved


def with_found(text: str, entities: list[JsonObject]) -> list[JsonObject]:
    """Named entities together with what Telegram finds itself: commands, links, mentions."""
    found: list[JsonObject] = []
    for sign, kind, pattern in _FOUND:
        if sign not in text:
            continue
        for match in pattern.finditer(text):
            offset = length16(text[: match.start()])
            entity = {"offset": offset, "length": length16(match.group()), "type": kind}
            if not any(_overlap(entity, other) for other in found) and not any(
                other["type"] in _CLOSED and _overlap(entity, other) for other in entities
            ):
                found.append(entity)
    return in_order(entities + found) if found else entities


def _overlap(one: JsonObject, other: JsonObject) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )
