"""What a person of the staff looks for."""

from dataclasses import dataclass
from enum import StrEnum

from flows.events.basics import Sender, Tap


class Scope(StrEnum):
    """Which cases are listed; the value stands in callback data."""

    OPEN = "open"
    MINE = "mine"
    LATE = "late"
    BRANCH = "branch"  # of: branch id
    WORDS = "words"  # of: a name, a telephone, a code, a number or words


@dataclass(frozen=True, slots=True)
class CasesAsked:
    """/cases, perhaps with what to look for. The answer is for the person alone, wherever it was asked."""

    by: Sender
    chat_id: int
    message_id: int
    words: str = ""
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class CasesTurned:
    """Pressed another list or page under a list of cases."""

    by: Sender
    tap: Tap
    scope: Scope
    of: str
    page: int  # from 0


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """/case NUMBER (0 when it is no number), or a button of a list (`tap`)."""

    by: Sender
    chat_id: int
    message_id: int
    case_id: int
    anonymous: bool = False
    tap: Tap | None = None
