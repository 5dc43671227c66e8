"""What a person's message holds: text, medium, contact, poll, forward. Not where it goes."""

from __future__ import annotations

import base64

from bot.sandbox import html
from bot.sandbox.acts.act import Act, Impossible
from bot.sandbox.entities import trimmed, with_found
from bot.sandbox.media import content_of
from bot.sandbox.messages import MEDIA
from bot.sandbox.methods.copying import content_to_repeat, origin_of
from bot.sandbox.shapes import JsonObject

_SAMPLES = {
    "photo": b"\xff\xd8\xff\xe0 sandbox photo \xff\xd9",
    "voice": b"OggS sandbox voice",
}


def content(act: Act, body: JsonObject) -> JsonObject:
    """The message's fields; raises Impossible for an empty one."""
    forward = _forwarded(act, body.get("forward"))
    if body.get("medium") is not None:
        return forward | _medium(act, body["medium"]) | texts(body, "caption")
    for kind in ("contact", "location", "poll", "venue"):
        if body.get(kind) is not None:
            shown = _poll(act, body[kind]) if kind == "poll" else body[kind]
            return forward | {kind: shown}
    said = forward | texts(body, "text")
    if not said:
        raise Impossible("an empty message cannot be sent")
    return said


def texts(body: JsonObject, field: str) -> JsonObject:
    """`text` with `entities`, or `caption` with `caption_entities`, from plain text or HTML."""
    if body.get("html"):
        text, entities = html.parse(body["html"])
    else:
        text, entities = body.get("text") or "", body.get("entities") or []
    text, entities = trimmed(text, entities)
    if not text:
        return {}
    entities = with_found(text, entities)
    name = "entities" if field == "text" else "caption_entities"
    return {field: text, **({name: entities} if entities else {})}


def _medium(act: Act, medium: JsonObject) -> JsonObject:
    kind = medium.get("kind")
    if kind not in MEDIA:
        raise Impossible(f"there is no medium {kind!r}, there are {', '.join(MEDIA)}")
    encoded = medium.get("content_b64")
    content = (
        base64.b64decode(encoded) if encoded else _SAMPLES.get(kind, b"sandbox " + kind.encode())
    )
    stored = act.world.files.add(
        kind,
        content,
        size=medium.get("size"),
        file_name=medium.get("file_name") or "",
        mime_type=medium.get("mime_type") or "",
        about=dict(medium.get("about") or {}),
    )
    fields = content_of(act.world.files, stored)
    if medium.get("spoiler"):
        fields["has_media_spoiler"] = True
    return fields


def _poll(act: Act, poll: JsonObject) -> JsonObject:
    options = [
        {"persistent_id": str(number), "text": text, "voter_count": 0}
        for number, text in enumerate(poll["options"])
    ]
    return {
        "id": str(act.world.rng.randrange(10**17, 10**18)),
        "question": poll["question"],
        "options": options,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }


def _forwarded(act: Act, forward: JsonObject | None) -> JsonObject:
    """A forward of a message that is here, or of one from outside with a given origin."""
    if forward is None:
        return {}
    if "message_id" in forward:
        chat_id = forward.get("chat") or act.person.id
        source = act.world.chat(chat_id, act.bot).find(forward["message_id"])
        if source is None:
            raise Impossible(f"there is no message {forward['message_id']} to forward")
        return _with_old_fields(origin_of(source)) | content_to_repeat(source)
    origin = {"date": act.world.moment() - 3600, **forward}
    origin.setdefault("type", "hidden_user")
    if origin["type"] == "hidden_user":
        origin.setdefault("sender_user_name", "Somebody")
    return _with_old_fields(origin)


def _with_old_fields(origin: JsonObject) -> JsonObject:
    """Telegram still sends the fields that `forward_origin` replaced."""
    fields: JsonObject = {"forward_origin": origin, "forward_date": origin["date"]}
    match origin["type"]:
        case "user":
            fields["forward_from"] = origin["sender_user"]
        case "hidden_user":
            fields["forward_sender_name"] = origin["sender_user_name"]
        case "chat":
            fields["forward_from_chat"] = origin["sender_chat"]
        case "channel":
            fields["forward_from_chat"] = origin["chat"]
            fields["forward_from_message_id"] = origin["message_id"]
    return fields
