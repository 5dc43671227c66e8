"""The text of a request made into text and entities, within Telegram's lengths."""

from __future__ import annotations

from bot.sandbox import html
from bot.sandbox.entities import checked, length16, trimmed, with_found
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import JsonObject

# Characters after parsing, in UTF-16 units.
LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
# Bytes before parsing.
_LONGEST_SOURCE = 1 << 15


def formatted(
    source: str, parse_mode: str | None, entities: list[JsonObject] | None
) -> tuple[str, list[JsonObject]]:
    """Plain text and entities; raises Refused for markup that does not parse."""
    if len(source) > _LONGEST_SOURCE // 4 and len(source.encode()) > _LONGEST_SOURCE:
        raise bad_request("text is too long")
    match (parse_mode or "none").lower():
        case "none":
            text, named = source, checked(source, entities or [])
        case "html":
            text, named = html.parse(source)
        case "markdown" | "markdownv2":
            raise bad_request(
                f"can't parse entities: the sandbox does not play parse_mode {parse_mode}"
            )
        case _:
            raise bad_request("unsupported parse_mode")
    text, named = trimmed(text, named)
    return text, with_found(text, named)


def message_text(params: JsonObject) -> tuple[str, list[JsonObject]]:
    text, entities = formatted(params["text"], params.get("parse_mode"), params.get("entities"))
    if not text:
        raise bad_request("message text is empty")
    if length16(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text, entities


def caption_fields(params: JsonObject) -> JsonObject:
    """`caption` and `caption_entities` of a message, empty when there is no caption."""
    source = params.get("caption")
    if not source:
        return {}
    text, entities = formatted(source, params.get("parse_mode"), params.get("caption_entities"))
    if length16(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    fields: JsonObject = {"caption": text} if text else {}
    if entities and text:
        fields["caption_entities"] = entities
    return fields
