"""Control: reading chats and the answers to taps, at once or when something happens."""

from __future__ import annotations

from bot.sandbox.chats import Chat
from bot.sandbox.reading import chat_shown, tap_shown
from bot.sandbox.routes.asked import Asked, Route
from bot.sandbox.shapes import Json, JsonObject


def _chat(asked: Asked) -> Chat:
    chat_id = int(asked.path[0])
    return asked.world.chat(chat_id, asked.bot()) if chat_id > 0 else asked.world.groups[chat_id]


async def read(asked: Asked) -> JsonObject:
    """`GET chats/{id}`; with `/wait?after_change=N` only when the chat changed since N."""
    chat = _chat(asked)
    if asked.path[1:] == ["wait"]:
        after = asked.number("after_change", 0)
        await chat.bell.until(lambda: chat.change > after, asked.timeout_s())
    return chat_shown(asked.world, chat, asked.number("after_id", 0))


def hide(asked: Asked) -> JsonObject:
    """`POST chats/{id}/inaccessible {message_id}`: taps there come as InaccessibleMessage."""
    message = _chat(asked).messages[asked.body["message_id"]]
    message.inaccessible = True
    return {}


async def taps(asked: Asked) -> JsonObject:
    """`GET taps?person=`; `GET taps/{id}?timeout=S` waits until that tap is answered."""
    world = asked.world
    if not asked.path:
        person = asked.number("person", 0)
        found = [tap for tap in world.taps.all.values() if person in (0, tap.person)]
        return {"taps": [tap_shown(tap) for tap in found]}
    tap = world.taps.all[asked.path[0]]
    if "timeout" in asked.query:
        await world.taps.bell.until(lambda: tap.answered_at is not None, asked.timeout_s())
    return tap_shown(tap)


def file(asked: Asked) -> Json:
    """`GET files/{file_id}`: the content, as a person would save it."""
    stored = asked.world.files.get(asked.path[0])
    if stored is None:
        raise KeyError(f"file {asked.path[0]}")
    return stored.content


ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "chats"): read,
    ("POST", "chats"): hide,
    ("GET", "taps"): taps,
    ("GET", "files"): file,
}
