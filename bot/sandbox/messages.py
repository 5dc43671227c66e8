"""One message as the sandbox keeps it: what the Bot API shows of it, and what people see."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.shapes import JsonObject

MEDIA = (
    "photo",
    "voice",
    "video",
    "document",
    "audio",
    "animation",
    "video_note",
    "sticker",
)


@dataclass(slots=True)
class Edit:
    """What a message was before it was edited at `until` (seconds since the epoch, UTC)."""

    until: int
    data: JsonObject


@dataclass(slots=True)
class StoredMessage:
    """`data` is replaced, never changed: updates that were sent hold on to what it was."""

    data: JsonObject
    # The account that really wrote it, whatever `from` says.
    author: int
    kind: str
    # A reply keyboard, its removal or a forced reply: seen by people, not shown to bots.
    keyboard: JsonObject | None = None
    silent: bool = False
    edits: list[Edit] = field(default_factory=list)
    # Actor's id -> reactions.
    reactions: dict[int, list[JsonObject]] = field(default_factory=dict)
    deleted: bool = False
    # People still see it, bots get an InaccessibleMessage.
    inaccessible: bool = False

    @property
    def id(self) -> int:
        return int(self.data["message_id"])

    @property
    def thread(self) -> int | None:
        return self.data.get("message_thread_id") if self.data.get("is_topic_message") else None

    def without_reply(self) -> JsonObject:
        """As it stands inside a message that replies to it: one level only."""
        if "reply_to_message" not in self.data:
            return self.data
        return {name: value for name, value in self.data.items() if name != "reply_to_message"}

    def replace(self, data: JsonObject, at: int) -> None:
        self.edits.append(Edit(at, self.data))
        self.data = data


def kind_of(content: JsonObject) -> str:
    """`text`, the name of the medium, or `service`."""
    if "text" in content:
        return "text"
    # An animation carries a document for old clients too, so it is looked at first.
    for kind in ("animation", *MEDIA, "contact", "venue", "location", "poll", "dice"):
        if kind in content:
            return kind
    return "service"
