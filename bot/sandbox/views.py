"""What the control interface tells, as typed values for tests, the demo and crash runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.sandbox.shapes import JsonObject


@dataclass(frozen=True, slots=True)
class PersonView:
    id: int
    first_name: str
    last_name: str
    username: str
    phone_number: str

    @classmethod
    def read(cls, data: JsonObject) -> PersonView:
        return cls(
            id=data["id"],
            first_name=data["first_name"],
            last_name=data.get("last_name", ""),
            username=data.get("username", ""),
            phone_number=data["phone_number"],
        )


@dataclass(frozen=True, slots=True)
class ButtonView:
    """A button under a message; what it does is in one of `data`, `url`, `copy_text`."""

    text: str
    data: str | None
    url: str | None
    copy_text: str | None
    style: str | None

    @classmethod
    def read(cls, data: JsonObject) -> ButtonView:
        return cls(
            data["text"],
            data.get("data"),
            data.get("url"),
            data.get("copy_text"),
            data.get("style"),
        )


@dataclass(frozen=True, slots=True)
class EditView:
    """What a message was until `until` (aware, UTC)."""

    until: datetime
    text: str
    html: str
    buttons: tuple[tuple[ButtonView, ...], ...]


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as people see it. `author` is the account that wrote it, `sender` its name."""

    id: int
    author: int
    sender: str
    from_bot: bool
    anonymous: bool
    date: datetime
    kind: str
    text: str
    html: str
    entities: tuple[JsonObject, ...]
    buttons: tuple[tuple[ButtonView, ...], ...]
    reply_keyboard: JsonObject | None
    file_id: str | None
    file_name: str | None
    reply_to: int | None
    quote: str | None
    thread: int | None
    media_group_id: str | None
    forward_origin: JsonObject | None
    contact: JsonObject | None
    location: JsonObject | None
    service: str | None
    silent: bool
    protected: bool
    # Account -> emoji.
    reactions: dict[int, tuple[str, ...]]
    edits: tuple[EditView, ...]
    deleted: bool

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands on the buttons, row after row."""
        return tuple(button.text for row in self.buttons for button in row)

    @classmethod
    def read(cls, data: JsonObject) -> MessageView:
        same = ("id", "author", "from_bot", "anonymous", "kind", "text", "html")
        more = ("reply_keyboard", "file_id", "file_name", "reply_to", "quote", "thread")
        rest = ("media_group_id", "forward_origin", "contact", "location", "service")
        flags = ("silent", "protected", "deleted")
        return cls(
            **{name: data[name] for name in (*same, *more, *rest, *flags)},
            sender=data["from"],
            date=moment(data["date"]),
            entities=tuple(data["entities"]),
            buttons=_rows(data["buttons"]),
            reactions={int(actor): tuple(each) for actor, each in data["reactions"].items()},
            edits=tuple(
                EditView(moment(each["until"]), each["text"], each["html"], _rows(each["buttons"]))
                for each in data["edits"]
            ),
        )


@dataclass(frozen=True, slots=True)
class ChatView:
    """A chat. `change` grows with everything that can be seen to happen in it."""

    id: int
    title: str
    change: int
    # The reply keyboard under the input field.
    keyboard: tuple[tuple[str, ...], ...]
    pinned: tuple[int, ...]
    # All that ever were, deleted ones too, in order.
    everything: tuple[MessageView, ...]
    members: dict[int, str]
    migrated_to: int | None
    # Topic's id -> its title and whether it is closed.
    topics: dict[int, tuple[str, bool]]

    @property
    def messages(self) -> tuple[MessageView, ...]:
        """What is there to see now."""
        return tuple(message for message in self.everything if not message.deleted)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    @property
    def last(self) -> MessageView:
        """Raises IndexError in an empty chat."""
        return self.messages[-1]

    def message(self, message_id: int) -> MessageView:
        """Raises StopIteration when it never was."""
        return next(message for message in self.everything if message.id == message_id)

    @classmethod
    def read(cls, data: JsonObject) -> ChatView:
        chat = data["chat"]
        return cls(
            id=chat["id"],
            title=chat.get("title") or chat.get("first_name", ""),
            change=data["change"],
            keyboard=tuple(map(tuple, data["keyboard"])),
            pinned=tuple(data["pinned"]),
            everything=tuple(map(MessageView.read, data["messages"])),
            members={int(account): status for account, status in data.get("members", {}).items()},
            migrated_to=data.get("migrated_to"),
            topics={
                int(topic): (about["name"], about["closed"])
                for topic, about in data.get("topics", {}).items()
            },
        )


@dataclass(frozen=True, slots=True)
class TapView:
    """A tap and what the person saw in answer; `text` is empty when only the spinner went."""

    id: str
    person: int
    chat: int
    message_id: int
    data: str
    answered: bool
    text: str
    alert: bool
    url: str

    @classmethod
    def read(cls, data: JsonObject) -> TapView:
        return cls(**{name: data[name] for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class QueueView:
    """A bot's queue. `last_poll_at` is aware UTC by the sandbox's clock."""

    pending: int
    confirmed: int
    confirmed_offset: int
    polling: bool
    last_poll_at: datetime | None
    allowed_updates: tuple[str, ...]

    @classmethod
    def read(cls, data: JsonObject) -> QueueView:
        polled = data["last_poll_at"]
        return cls(
            data["pending"],
            data["confirmed"],
            data["confirmed_offset"],
            data["polling"],
            None if polled is None else moment(polled),
            tuple(data["allowed_updates"]),
        )


@dataclass(frozen=True, slots=True)
class CallView:
    """One Bot API call; times in ms, `at_ms` of the machine's monotonic clock."""

    number: int
    bot: int
    method: str
    params: JsonObject
    at_ms: float
    outcome: str
    duration_ms: float
    applied: bool
    message_id: int | None

    @classmethod
    def read(cls, data: JsonObject) -> CallView:
        return cls(**{name: data[name] for name in cls.__slots__})


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _rows(rows: list[list[JsonObject]]) -> tuple[tuple[ButtonView, ...], ...]:
    return tuple(tuple(map(ButtonView.read, row)) for row in rows)
