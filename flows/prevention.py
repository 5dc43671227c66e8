"""What is to change so that a matter does not happen again: as it stands between two events. Only data."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Stage(StrEnum):
    """How far it has come; the last four are ends."""

    NOTICED = "noticed"  # the manager was shown that something happens again and again
    ASKED = "asked"  # the manager was asked what changes, who does it and by when
    UNDATED = "undated"  # what changes is known, and the day is not
    PLANNED = "planned"
    KNOWN = "known"  # it is worked on already
    NOTHING = "nothing"  # nothing has to change
    DONE = "done"
    DROPPED = "dropped"

    @property
    def waits(self) -> bool:
        """Words are wanted: what the person writes next is meant for it."""
        return self in (Stage.ASKED, Stage.UNDATED)


@dataclass(frozen=True, slots=True)
class Prevention:
    """One for each time a case was open. `what` and `who` are words of the business, which no customer reads."""

    id: int
    case_id: int
    opening: int
    branch_id: str
    topic: str  # "" without one
    stage: Stage
    begun_at: datetime  # UTC
    person_id: int  # who was asked, or has answered
    what: str = ""
    who: str = ""  # "" is the person asked
    due: date | None = None  # in the branch's zone
    situation: bool = False  # it began as a word about something that happens again and again
    asked: int = 0  # how often without an answer
    asked_at: datetime | None = None  # the last time
