"""What every event is made of: who sent it, what it carries, which button was pressed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Sender:
    """A Telegram user as seen in an update; `language` is Telegram's language code or ""."""

    tg_id: int
    name: str
    username: str = ""
    language: str = ""


class Kind(StrEnum):
    """What a message carries; the value is the Bot API's field name."""

    TEXT = "text"
    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    DOCUMENT = "document"
    ANIMATION = "animation"
    VIDEO_NOTE = "video_note"
    STICKER = "sticker"
    CONTACT = "contact"
    LOCATION = "location"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Message:
    """A message as far as it can be told on: enough to send it again without the original.

    `text` is the text or caption; `entities` are the Bot API's own, as plain JSON; `album` joins the parts of
    one album; `size` is in bytes (0 when Telegram does not say); `extra` holds contact or location fields.
    `answers` are the words of the message replied to, `quote` what of them was quoted.
    """

    chat_id: int
    message_id: int
    kind: Kind
    text: str = ""
    html: str = ""  # the text in Telegram's HTML when it has marks
    entities: tuple[dict[str, Any], ...] = ()
    file_id: str = ""
    file_name: str = ""
    album: str = ""
    size: int = 0
    reply_to: int | None = None
    answers: str = ""
    quote: str = ""
    extra: dict[str, Any] | None = None
    thread: int | None = None  # the topic of a forum it stands in; None in the general one


@dataclass(frozen=True, slots=True)
class Tap:
    """A pressed button: the callback query to answer and the message it stood on."""

    id: str
    chat_id: int
    message_id: int
