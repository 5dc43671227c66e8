"""Where a bot's message goes: chat, topic, message replied to, keyboard. Not what it says."""

from __future__ import annotations

from bot.sandbox.chats import GENERAL_TOPIC, Chat, Group
from bot.sandbox.entities import length16
from bot.sandbox.keyboards import checked_markup
from bot.sandbox.markup import formatted
from bot.sandbox.messages import StoredMessage
from bot.sandbox.methods.access import chat_to_read, chat_to_write, check_may_send
from bot.sandbox.methods.request import Request
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import JsonObject
from bot.sandbox.topics import may_manage
from bot.sandbox.writing import Place


def place_for(request: Request, kind: str) -> Place:
    """The place that the parameters name; raises Refused."""
    chat = chat_to_write(request.world, request.bot, request.params["chat_id"])
    reply, quote = _reply(request, chat)
    topic = _topic(request, chat)
    if topic is None and reply is not None:
        topic = _still_a_topic(chat, reply)  # an answer stands where its question does
    check_may_send(chat, request.bot, kind)
    return Place(
        chat,
        topic=topic,
        reply=reply,
        quote=quote,
        markup=checked_markup(request.get("reply_markup"), private=chat.private),
        silent=bool(request.get("disable_notification")),
        protected=bool(request.get("protect_content")),
    )


def _topic(request: Request, chat: Chat) -> int | None:
    asked: int | None = request.get("message_thread_id")
    if not asked or asked == GENERAL_TOPIC:
        return None
    if not isinstance(chat, Group) or not chat.forum or asked not in chat.topics:
        raise bad_request("message thread not found")
    if chat.topics[asked].closed and not may_manage(chat, chat.topics[asked], request.bot.id):
        raise bad_request("TOPIC_CLOSED")
    return asked


def _still_a_topic(chat: Chat, reply: StoredMessage) -> int | None:
    """With topics switched off their messages stand among all others."""
    known = isinstance(chat, Group) and chat.forum and reply.thread in chat.topics
    return reply.thread if known else None


def _reply(request: Request, chat: Chat) -> tuple[StoredMessage | None, JsonObject | None]:
    wanted: JsonObject = request.get("reply_parameters") or {}
    message_id = wanted.get("message_id") or request.get("reply_to_message_id")
    if not message_id:
        return None, None
    source = chat
    if (other := wanted.get("chat_id")) is not None:
        source = chat_to_read(request.world, request.bot, other)
    target = source.find(message_id)
    if target is None or source is not chat:
        lenient = wanted.get("allow_sending_without_reply") or request.get(
            "allow_sending_without_reply"
        )
        if target is None and not lenient:
            raise bad_request("message to be replied not found")
        # A reply into another chat is shown as a quotation of it, which nothing here reads.
        return None, None
    return target, _quote(wanted, target)


def _quote(wanted: JsonObject, target: StoredMessage) -> JsonObject | None:
    if not wanted.get("quote"):
        return None
    text, entities = formatted(
        wanted["quote"], wanted.get("quote_parse_mode"), wanted.get("quote_entities")
    )
    whole = target.data.get("text") or target.data.get("caption") or ""
    at = whole.find(text)
    if at < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    quote: JsonObject = {"text": text, "position": length16(whole[:at]), "is_manual": True}
    if entities:
        quote["entities"] = entities
    return quote
