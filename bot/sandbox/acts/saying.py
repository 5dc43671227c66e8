"""A person writes: one message, an album, a burst, a contact."""

from __future__ import annotations

from bot.sandbox.acts.act import Act, Deed, Impossible
from bot.sandbox.acts.contents import content
from bot.sandbox.announcing import announce
from bot.sandbox.chats import GENERAL_TOPIC, Chat, Group, Topic
from bot.sandbox.entities import length16
from bot.sandbox.messages import StoredMessage
from bot.sandbox.shapes import JsonObject
from bot.sandbox.topics import may_manage
from bot.sandbox.writing import Place, write


def send(act: Act) -> JsonObject:
    return {"messages": [_said(act, act.chat_to_write(), act.body)]}


def album(act: Act) -> JsonObject:
    """Several media at once: each is an update of its own with the same `media_group_id`."""
    chat = act.chat_to_write()
    group_id = str(act.world.rng.randrange(10**16, 10**17))
    parts: list[JsonObject] = act.body["parts"]
    shared: JsonObject = {
        name: act.body[name] for name in ("reply_to", "topic") if name in act.body
    }
    return {
        "messages": [
            _said(act, chat, {**shared, **part}, {"media_group_id": group_id}) for part in parts
        ]
    }


def burst(act: Act) -> JsonObject:
    """Several messages one right after another."""
    chat = act.chat_to_write()
    return {"messages": [_said(act, chat, part) for part in act.body["parts"]]}


def share_contact(act: Act) -> JsonObject:
    """The person's own contact, as a button that requests it sends it."""
    return {"messages": [_said(act, act.chat_to_write(), {"contact": own_contact(act)})]}


def press(act: Act) -> JsonObject:
    """Press a button of the reply keyboard under the input field."""
    chat = act.chat_to_write()
    keyboard = chat.keyboard or {}
    labels: list[str] = []
    for row in keyboard.get("keyboard", []):
        for button in row:
            labels.append(button["text"])
            if button["text"] != act.body["label"]:
                continue
            if keyboard.get("one_time_keyboard"):
                chat.keyboard = None
            if button.get("request_contact"):
                return share_contact(act)
            return {"messages": [_said(act, chat, {"text": button["text"]})]}
    raise Impossible(f"no button {act.body['label']!r} under the input field; there are {labels}")


def own_contact(act: Act) -> JsonObject:
    person = act.person
    contact: JsonObject = {
        "phone_number": person.phone_number,
        "first_name": person.first_name,
        "user_id": person.id,
    }
    if person.last_name:
        contact["last_name"] = person.last_name
    return contact


def _said(act: Act, chat: Chat, body: JsonObject, more: JsonObject | None = None) -> JsonObject:
    place = _place(act, chat, body)
    message = write(act.world, place, act.person.id, {**(more or {}), **content(act, body)})
    announce(act.world, chat, message)
    return message.data


def _place(act: Act, chat: Chat, body: JsonObject) -> Place:
    topic: int | None = body.get("topic")
    if topic == GENERAL_TOPIC:
        topic = None
    reply = _replied(chat, body.get("reply_to"))
    if topic is None and reply is not None:
        topic = reply.thread
    if topic is not None and (not isinstance(chat, Group) or topic not in chat.topics):
        raise Impossible(f"there is no topic {topic}")
    if topic is not None and isinstance(chat, Group):
        _check_open(chat, chat.topics[topic], act.person.id)
    return Place(chat, topic=topic, reply=reply, quote=_quote(body.get("quote"), reply))


def _check_open(group: Group, topic: Topic, person: int) -> None:
    if topic.closed and not may_manage(group, topic, person):
        raise Impossible(f"the topic {topic.id} is closed")


def _replied(chat: Chat, message_id: int | None) -> StoredMessage | None:
    if message_id is None:
        return None
    message = chat.find(message_id)
    if message is None:
        raise Impossible(f"there is no message {message_id} to reply to")
    return message


def _quote(quoted: str | None, reply: StoredMessage | None) -> JsonObject | None:
    if quoted is None:
        return None
    whole = (reply.data.get("text") or reply.data.get("caption") or "") if reply else ""
    at = whole.find(quoted)
    if at < 0:
        raise Impossible("the quoted words do not stand in the message replied to")
    return {"text": quoted, "position": length16(whole[:at]), "is_manual": True}


DEEDS: dict[str, Deed] = {
    "send": send,
    "album": album,
    "burst": burst,
    "share_contact": share_contact,
    "press": press,
}
