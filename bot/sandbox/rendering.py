"""Text with entities back into HTML, for those who read chats through the control interface."""

from __future__ import annotations

from html import escape

from bot.sandbox.entities import in_order, slice16
from bot.sandbox.shapes import JsonObject

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


def to_html(text: str, entities: list[JsonObject]) -> str:
    """HTML that parses back into the same formatting; found entities (links, commands) are left."""
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for entity in in_order(entities):
        tags = _tags(entity)
        if tags is not None:
            opening.setdefault(entity["offset"], []).append(tags[0])
            closing.setdefault(entity["offset"] + entity["length"], []).insert(0, tags[1])
    if not opening:
        return escape(text, quote=False)
    edges = sorted({0, *opening, *closing})
    pieces: list[str] = []
    for at, following in zip(edges, [*edges[1:], 1 << 30], strict=True):
        pieces += closing.get(at, [])
        pieces += opening.get(at, [])
        pieces.append(escape(slice16(text, at, following - at), quote=False))
    return "".join(pieces)


def _tags(entity: JsonObject) -> tuple[str, str] | None:
    match entity["type"]:
        case "text_link":
            return f'<a href="{escape(entity["url"])}">', "</a>"
        case "text_mention":
            return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
        case kind if kind in _TAGS:
            return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"
        case _:
            return None
