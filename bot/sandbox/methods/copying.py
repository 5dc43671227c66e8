"""copyMessage and forwardMessage."""

from __future__ import annotations

from bot.sandbox.markup import caption_fields
from bot.sandbox.messages import MEDIA, StoredMessage
from bot.sandbox.methods.access import chat_to_read, message_to
from bot.sandbox.methods.placing import place_for
from bot.sandbox.methods.request import Method, Request
from bot.sandbox.methods.sending import put
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import JsonObject

CONTENT_FIELDS = (
    "text",
    "entities",
    "link_preview_options",
    *MEDIA,
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
    "contact",
    "location",
    "venue",
    "poll",
    "dice",
)


def content_to_repeat(message: StoredMessage) -> JsonObject:
    return {name: message.data[name] for name in CONTENT_FIELDS if name in message.data}


def origin_of(message: StoredMessage) -> JsonObject:
    """`forward_origin` of a forwarded message: where it came from first."""
    data = message.data
    if "forward_origin" in data:
        origin: JsonObject = data["forward_origin"]
        return origin
    if "sender_chat" in data:
        return {"type": "chat", "date": data["date"], "sender_chat": data["sender_chat"]}
    return {"type": "user", "date": data["date"], "sender_user": data["from"]}


def copy_message(request: Request) -> JsonObject:
    chat = chat_to_read(request.world, request.bot, request.params["from_chat_id"])
    source = message_to(chat, request.params["message_id"], "message to copy")
    if source.kind == "service" or source.data.get("has_protected_content"):
        raise bad_request("the message can't be copied")
    content = content_to_repeat(source)
    if request.get("caption") is not None and source.kind in MEDIA:
        for name in ("caption", "caption_entities"):
            content.pop(name, None)
        content |= caption_fields(request.params)
    copied = put(request, place_for(request, source.kind), content)
    return {"message_id": copied.id}


def forward_message(request: Request) -> JsonObject:
    chat = chat_to_read(request.world, request.bot, request.params["from_chat_id"])
    source = message_to(chat, request.params["message_id"], "message to forward")
    if source.kind == "service" or source.data.get("has_protected_content"):
        raise bad_request("the message can't be forwarded")
    content = {"forward_origin": origin_of(source), **content_to_repeat(source)}
    return put(request, place_for(request, source.kind), content).data


METHODS: dict[str, Method] = {
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
