"""Chats as people see them, in plain JSON. Nothing is changed here."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Group
from bot.sandbox.media import file_of
from bot.sandbox.messages import Edit, StoredMessage
from bot.sandbox.rendering import to_html
from bot.sandbox.shapes import JsonObject
from bot.sandbox.taps import Tap
from bot.sandbox.world import World

_ACTIONS = ("callback_data", "url", "copy_text", "web_app")
_SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "pinned_message",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
    "new_chat_title",
)


def chat_shown(world: World, chat: Chat, after_id: int = 0) -> JsonObject:
    """The chat with its messages above an id."""
    shown: JsonObject = {
        "chat": chat.shown(),
        "change": chat.change,
        "keyboard": _reply_rows(chat.keyboard),
        "reply_markup": chat.keyboard,
        "pinned": chat.pinned,
        "messages": [
            message_shown(message) for message in chat.messages.values() if message.id > after_id
        ],
    }
    if isinstance(chat, Group):
        shown["members"] = {str(account): member.status for account, member in chat.members.items()}
        shown["topics"] = {
            str(topic.id): {"name": topic.name, "closed": topic.closed}
            for topic in chat.topics.values()
        }
        shown["migrated_to"] = chat.migrated_to
    return shown


def message_shown(message: StoredMessage) -> JsonObject:
    data = message.data
    text, entities = _text(data)
    file = file_of(data)
    return {
        "id": message.id,
        "author": message.author,
        "from": data["from"].get("first_name", ""),
        "from_bot": data["from"]["is_bot"],
        "anonymous": "sender_chat" in data,
        "date": data["date"],
        "edit_date": data.get("edit_date"),
        "kind": message.kind,
        "text": text,
        "html": to_html(text, entities),
        "entities": entities,
        "buttons": buttons_of(data),
        "reply_keyboard": message.keyboard,
        "file_id": file["file_id"] if file else None,
        "file_name": file.get("file_name") if file else None,
        "file": _file_shown(file) if file else None,
        "reply_to": data.get("reply_to_message", {}).get("message_id"),
        "quote": data.get("quote", {}).get("text"),
        "thread": message.thread,
        "media_group_id": data.get("media_group_id"),
        "forward_origin": data.get("forward_origin"),
        "contact": data.get("contact"),
        "location": data.get("location"),
        "service": next((name for name in _SERVICE if name in data), None),
        "about": _service_shown(data),
        "silent": message.silent,
        "protected": bool(data.get("has_protected_content")),
        "reactions": {
            str(actor): [each.get("emoji", "") for each in reactions]
            for actor, reactions in message.reactions.items()
        },
        "edits": [_edit_shown(edit) for edit in message.edits],
        "deleted": message.deleted,
    }


def _file_shown(file: JsonObject) -> JsonObject:
    """What a person sees of a file before opening it; bytes, seconds, pixels."""
    names = ("mime_type", "file_size", "duration", "width", "height")
    return {name: file[name] for name in names if name in file}


def _service_shown(data: JsonObject) -> JsonObject | None:
    """Whom or what a service message is about, in names."""
    for name in ("new_chat_members", "left_chat_member"):
        if name in data:
            users = data[name] if isinstance(data[name], list) else [data[name]]
            return {"names": [user.get("first_name", "") for user in users]}
    for name in ("forum_topic_created", "forum_topic_edited"):
        if name in data:
            return {"names": [data[name].get("name", "")]}
    return {"names": [data["new_chat_title"]]} if "new_chat_title" in data else None


def _edit_shown(edit: Edit) -> JsonObject:
    text, entities = _text(edit.data)
    return {
        "until": edit.until,
        "text": text,
        "html": to_html(text, entities),
        "buttons": buttons_of(edit.data),
    }


def buttons_of(data: JsonObject) -> list[list[JsonObject]]:
    """Rows of `{text, data | url | copy_text | web_app, style}`."""
    rows = data.get("reply_markup", {}).get("inline_keyboard", [])
    return [[_button(button) for button in row] for row in rows]


def _button(button: JsonObject) -> JsonObject:
    shown: JsonObject = {"text": button["text"], "style": button.get("style")}
    for action in _ACTIONS:
        if action in button:
            value = button[action]
            name = "data" if action == "callback_data" else action
            shown[name] = value if isinstance(value, str) else value.get("text", value.get("url"))
    return shown


def _reply_rows(keyboard: JsonObject | None) -> list[list[str]]:
    rows = (keyboard or {}).get("keyboard", [])
    return [[button["text"] for button in row] for row in rows]


def _text(data: JsonObject) -> tuple[str, list[JsonObject]]:
    if "text" in data:
        return data["text"], data.get("entities", [])
    return data.get("caption", ""), data.get("caption_entities", [])


def tap_shown(tap: Tap) -> JsonObject:
    return {
        "id": tap.id,
        "person": tap.person,
        "chat": tap.chat,
        "message_id": tap.message_id,
        "data": tap.data,
        "at": tap.at,
        "answered": tap.answered_at is not None,
        "answered_at": tap.answered_at,
        "text": tap.text,
        "alert": tap.alert,
        "url": tap.url,
    }
