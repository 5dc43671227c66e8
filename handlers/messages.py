"""Telegram's messages and users as those of flows.events. What a message is for is elsewhere."""

from typing import Any

from aiogram import types
from aiogram.enums import ContentType

from flows.events import Kind, Message, Sender
from handlers.phone import to_e164

# An account's number comes in full, with or without "+"; address books hold what people dial.
_REGION = "RU"
_LONGEST_NUMBER = 24  # characters, spaces and brackets among them

_KINDS: dict[str, Kind] = {
    **{kind.value: kind for kind in Kind},
    ContentType.LIVE_PHOTO.value: Kind.PHOTO,  # `photo` is always set beside it
    ContentType.VENUE.value: Kind.LOCATION,  # and `location` beside this
}


def read_message(message: types.Message) -> Message:
    """What `message` carries; what cannot be sent again is UNSUPPORTED, with the text it has."""
    file = _file(message)
    return Message(
        chat_id=message.chat.id,
        message_id=message.message_id,
        kind=_KINDS.get(message.content_type, Kind.UNSUPPORTED),
        text=_text(message),
        html=message.html_text if message.entities or message.caption_entities else "",
        entities=_entities(message),
        file_id=file.file_id if file else "",
        file_name=(message.document.file_name or "") if message.document else "",
        album=message.media_group_id or "",
        size=(file.file_size or 0) if file else 0,
        reply_to=_reply_to(message),
        answers=_answered(message),
        quote=message.quote.text if message.quote else "",
        extra=_extra(message),
        thread=message.message_thread_id if message.is_topic_message else None,
    )


def read_sender(user: types.User) -> Sender:
    """The first name alone: it is what people are addressed by."""
    return Sender(
        tg_id=user.id,
        name=user.first_name,
        username=user.username or "",
        language=user.language_code or "",
    )


def read_phone(contact: types.Contact) -> str:
    """The number in E.164, or "" when it is not one."""
    number = contact.phone_number
    in_full = f"+{number.removeprefix('+')}"
    return to_e164(in_full, _REGION) or to_e164(number, _REGION) or ""


def read_typed_phone(text: str) -> str:
    """The same for a message that is hardly more than a number."""
    if len(text) > _LONGEST_NUMBER or not any(map(str.isdigit, text)):
        return ""
    return to_e164(text, _REGION) or ""


def _file(
    message: types.Message,
) -> (
    types.Animation
    | types.Audio
    | types.Document
    | types.PhotoSize
    | types.Sticker
    | types.Video
    | types.VideoNote
    | types.Voice
    | None
):
    # An animation comes with a document of the same file beside it, so it is looked for first.
    return (
        message.animation
        or message.audio
        or message.document
        or max(message.photo or (), key=lambda size: size.width * size.height, default=None)
        or message.sticker
        or message.video
        or message.video_note
        or message.voice
    )


def _text(message: types.Message) -> str:
    if message.venue:
        return f"{message.venue.title}, {message.venue.address}"
    if message.sticker:
        return message.sticker.emoji or ""
    return message.text or message.caption or ""


def _entities(message: types.Message) -> tuple[dict[str, Any], ...]:
    entities = message.entities or message.caption_entities or ()
    return tuple(entity.model_dump(exclude_none=True) for entity in entities)


def _reply_to(message: types.Message) -> int | None:
    replied = message.reply_to_message
    # In a topic a message that answers nothing "replies" to the notice that opened the topic.
    return replied.message_id if replied and not replied.forum_topic_created else None


def _answered(message: types.Message) -> str:
    """In a private chat; in a group staff answer cards, whose words are ours."""
    replied = message.reply_to_message
    return _text(replied) if replied and message.chat.type == "private" else ""


def _extra(message: types.Message) -> dict[str, Any] | None:
    """The fields by which Telegram sends a contact or a place anew."""
    if message.contact:
        return message.contact.model_dump(
            include={"phone_number", "first_name", "last_name", "vcard"}, exclude_none=True
        )
    if message.location:
        return message.location.model_dump(
            include={"latitude", "longitude", "horizontal_accuracy"}, exclude_none=True
        )
    return None
