"""Orders about topics of the staff's forum that hang on no card: found ones, and those that nobody claims."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KeepTopic:
    """Remember a topic of the bot's; until `due` (UTC) a case may claim it, then it is deleted."""

    chat_id: int
    thread_id: int
    title: str
    due: datetime


@dataclass(frozen=True, slots=True)
class DropTopic:
    """Have a topic deleted, if no case has claimed it."""

    chat_id: int
    thread_id: int
