"""What became of topics in the staff's forum: made, found, refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TopicSeen:
    """The bot itself has made a topic; whose it is may not be known, when the answer was lost."""

    chat_id: int
    thread_id: int
    title: str


@dataclass(frozen=True, slots=True)
class TopicMade:
    """Telegram has made a topic that was asked for: nothing stands in the way there."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class TopicsRefused:
    """Telegram makes no topics in a group; `why` is "forum" (it has none) or the right that is missing."""

    chat_id: int
    why: str
