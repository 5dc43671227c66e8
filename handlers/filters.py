"""Which updates a handler is for, and what it is handed. Filters see the update alone: no calls."""

import re
from typing import Any, Literal

from aiogram import Bot, types
from aiogram.enums import ChatType, ContentType
from aiogram.filters import Command, Filter

from flows.events import Sender, Tap
from handlers.messages import read_sender

# All classes here, no magic filters: aiogram runs a filter that is not a coroutine in a thread.
Found = Literal[False] | dict[str, Any]

_GROUPS = frozenset({ChatType.GROUP.value, ChatType.SUPERGROUP.value})

# What people send; every other content type is Telegram's own notice (a pin, a title, a payment).
# UNKNOWN is here because a medium younger than the framework is still somebody's message.
_SPOKEN = frozenset(
    kind.value
    for kind in (
        ContentType.TEXT,
        ContentType.PHOTO,
        ContentType.VOICE,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.AUDIO,
        ContentType.DOCUMENT,
        ContentType.ANIMATION,
        ContentType.STICKER,
        ContentType.CONTACT,
        ContentType.LOCATION,
        ContentType.VENUE,
        ContentType.LIVE_PHOTO,
        ContentType.PAID_MEDIA,
        ContentType.STORY,
        ContentType.CHECKLIST,
        ContentType.DICE,
        ContentType.GAME,
        ContentType.POLL,
        ContentType.GIVEAWAY,
        ContentType.INVOICE,
        ContentType.RICH_MESSAGE,
        ContentType.UNKNOWN,
    )
)


class InPrivate(Filter):
    """A private chat."""

    async def __call__(self, event: types.Message | types.ChatMemberUpdated) -> bool:
        return event.chat.type == ChatType.PRIVATE.value


class InGroup(Filter):
    """A group or a supergroup."""

    async def __call__(self, event: types.Message | types.ChatMemberUpdated) -> bool:
        return event.chat.type in _GROUPS


class FromPerson(Filter):
    """A person in a private chat; hands over `sender`."""

    async def __call__(self, message: types.Message) -> Found:
        user = message.from_user
        if user is None or user.is_bot or message.chat.type != ChatType.PRIVATE.value:
            return False
        return {"sender": read_sender(user)}


class FromMember(Filter):
    """Somebody in a group; hands over `by`, and `anonymous`: writes as the group or a channel."""

    async def __call__(self, message: types.Message) -> Found:
        if message.chat.type not in _GROUPS or message.is_automatic_forward:
            return False
        user = message.from_user
        if message.sender_chat is not None:
            return {"by": _speaker(user, message.sender_chat), "anonymous": True}
        if user is None or user.is_bot:
            return False
        return {"by": read_sender(user), "anonymous": False}


class Spoken(Filter):
    """Something a person sent, not a notice of Telegram's."""

    async def __call__(self, message: types.Message) -> bool:
        return message.content_type in _SPOKEN


class Reworded(Filter):
    """A message changed by its author; not a live location, which changes while somebody walks."""

    async def __call__(self, message: types.Message) -> bool:
        return message.content_type in _SPOKEN and message.location is None


class Has(Filter):
    """A message with one of its optional fields; hands over the field."""

    def __init__(self, field: str) -> None:
        self._field = field

    async def __call__(self, message: types.Message) -> Found:
        value = getattr(message, self._field)
        return {self._field: value} if value is not None else False


class BotRemoved(Filter):
    """The notice that the bot itself was removed from a group; hands over `by`."""

    async def __call__(self, message: types.Message, bot: Bot) -> Found:
        gone, by = message.left_chat_member, message.from_user
        if gone is None or by is None or gone.id != bot.id:
            return False
        return {"by": read_sender(by)}


class Typed(Command):
    """A command typed by its sender: no caption, which belongs to a file, and nothing forwarded."""

    async def __call__(self, message: types.Message, bot: Bot) -> bool | dict[str, Any]:
        if not (message.text or "").startswith("/") or message.forward_origin is not None:
            return False
        return await super().__call__(message, bot)


class StartLink(Typed):
    """/start by a deep link PREFIX_TOKEN; hands over `token`."""

    def __init__(self, prefix: str) -> None:
        super().__init__("start", ignore_case=True)
        self._payload = re.compile(rf"{prefix}_([A-Za-z0-9_-]{{1,64}})")

    async def __call__(self, message: types.Message, bot: Bot) -> Found:
        found = await super().__call__(message, bot)
        if not isinstance(found, dict):
            return False
        payload = self._payload.fullmatch(found["command"].args or "")
        return {"token": payload[1]} if payload else False


class OnMessage(Filter):
    """A button under a message of a private chat or a group; hands over `tap` and `by`."""

    async def __call__(self, query: types.CallbackQuery) -> Found:
        message = query.message
        if message is None or message.chat.type == ChatType.CHANNEL.value:
            return False
        return {"tap": read_tap(query), "by": read_sender(query.from_user)}


class OnOwnMessage(OnMessage):
    """A button under a message of one's own private chat: forged under a group's card it means nothing."""

    async def __call__(self, query: types.CallbackQuery) -> Found:
        message = query.message
        if message is None or message.chat.type != ChatType.PRIVATE.value:
            return False
        return await super().__call__(query)


def read_tap(query: types.CallbackQuery) -> Tap:
    """The tap to answer; chat and message are 0 when the button stood on no message of a chat."""
    message = query.message
    return Tap(
        id=query.id,
        chat_id=message.chat.id if message else 0,
        message_id=message.message_id if message else 0,
    )


def _speaker(user: types.User | None, chat: types.Chat) -> Sender:
    return read_sender(user) if user else Sender(tg_id=chat.id, name=chat.title or "")
