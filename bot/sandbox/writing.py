"""Putting a message into a chat, whoever wrote it. Who hears of it: announcing."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.chats import GENERAL_TOPIC, Chat, Group
from bot.sandbox.messages import StoredMessage, kind_of
from bot.sandbox.people import GROUP_ANONYMOUS_BOT
from bot.sandbox.shapes import JsonObject
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Place:
    """Where and how a message stands."""

    chat: Chat
    # A topic of a forum, None for the general one.
    topic: int | None = None
    reply: StoredMessage | None = None
    quote: JsonObject | None = None
    markup: JsonObject | None = None
    silent: bool = False
    protected: bool = False


def write(world: World, place: Place, author: int, content: JsonObject) -> StoredMessage:
    """Store a message with the next id and the present moment."""
    chat = place.chat
    data: JsonObject = {
        "message_id": chat.next_message_id(),
        **_sender(world, chat, author),
        "chat": chat.shown(),
        "date": world.moment(),
        **_thread(place),
        **content,
    }
    if place.quote is not None:
        data["quote"] = place.quote
    keyboard = place.markup
    if keyboard is not None and "inline_keyboard" in keyboard:
        data["reply_markup"], keyboard = keyboard, None
    if place.protected:
        data["has_protected_content"] = True
    message = StoredMessage(data, author, kind_of(content), keyboard, place.silent)
    chat.keep(message)
    return message


def service(world: World, chat: Chat, author: int, content: JsonObject) -> StoredMessage:
    """A message about something that happened in the chat."""
    return write(world, Place(chat), author, content)


def _sender(world: World, chat: Chat, author: int) -> JsonObject:
    if isinstance(chat, Group):
        member = chat.member(author)
        if member.anonymous and member.administers:
            sender: JsonObject = {"from": GROUP_ANONYMOUS_BOT}
            if member.custom_title:
                sender["author_signature"] = member.custom_title
            return {**sender, "sender_chat": chat.shown()}
    return {"from": world.user_of(author)}


def _thread(place: Place) -> JsonObject:
    """The fields about topic and reply, as Telegram fills them."""
    fields: JsonObject = {}
    chat, reply = place.chat, place.reply
    if place.topic is not None and place.topic != GENERAL_TOPIC:
        fields |= {"message_thread_id": place.topic, "is_topic_message": True}
        # In a topic everything that replies to nothing replies to the topic's first message.
        reply = reply or chat.find(place.topic)
    elif reply is not None and isinstance(chat, Group) and chat.supergroup and not chat.forum:
        # Replies in a supergroup form a thread, which is no topic.
        fields["message_thread_id"] = reply.data.get("message_thread_id", reply.id)
    if reply is not None:
        fields["reply_to_message"] = reply.without_reply()
    return fields
