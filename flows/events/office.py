"""What a person of the staff did in the private chat: commands, dialogs, trials."""

from dataclasses import dataclass
from enum import StrEnum

from flows.content_work import WorkOutcome
from flows.events.basics import Message, Sender, Tap


class StaffCommand(StrEnum):
    """What a person of the staff may ask by a command; the value is the command."""

    SETUP = "setup"
    TEXTS = "texts"
    GIFTS = "gifts"
    HOURS = "hours"
    BRANCHES = "branches"
    PEOPLE = "people"
    OPTIONS = "options"
    CONTENT = "content"
    QR = "qr"
    LINKS = "links"
    TRY = "try"
    RELOAD = "reload"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class StaffCommanded:
    """Sent one of these commands; `message` is the whole of it, for whoever is no staff."""

    sender: Sender
    command: StaffCommand
    message: Message
    tap: Tap | None = None  # of the button that stands for the command


@dataclass(frozen=True, slots=True)
class DialogTapped:
    """Pressed a button of a dialog: of which, at which of its steps, and what the button says."""

    by: Sender
    tap: Tap
    dialog_id: int
    version: int
    answer: str


@dataclass(frozen=True, slots=True)
class UndoTapped:
    """Wants a saved change of the content undone."""

    by: Sender
    tap: Tap
    key: str


class TrialAction(StrEnum):
    """What a button of a try does; the value stands in callback data."""

    BEGIN = "go"
    AGAIN = "again"
    LEAVE = "leave"
    SHOW = "show"  # the check that would come in two days
    ENOUGH = "end"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class TrialTapped:
    """Pressed a button of a try; `case_id` 0 when it is about none."""

    by: Sender
    tap: Tap
    action: TrialAction
    case_id: int = 0


@dataclass(frozen=True, slots=True)
class ContentWorked:
    """What was asked of the owner's folder has been done, or could not be."""

    tg_id: int
    dialog_id: int
    outcome: WorkOutcome
