"""What must be done in a talk with a person of the staff: orders in the imperative, as in effects.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.content_work import Work
from flows.dialog import Dialog
from flows.presses import Rows


@dataclass(frozen=True, slots=True)
class Reword:
    """Let a message of ours in a private chat say something else, with other buttons."""

    chat_id: int
    message_id: int
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class SendFile:
    """Send a file (bytes in base64) to a private chat, with a text of ours below it."""

    tg_id: int
    name: str
    content: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class SendPosters:
    """Send the posters of all branches as they stand now, as one file to print."""

    tg_id: int


@dataclass(frozen=True, slots=True)
class SaveDialog:
    """Write the talk of a person of the staff; it takes the place of any other of theirs."""

    dialog: Dialog


@dataclass(frozen=True, slots=True)
class CloseDialog:
    """The talk of this person is over."""

    tg_id: int


@dataclass(frozen=True, slots=True)
class DropTrial:
    """Take out everything that this customer has played, cards and all; but for the visit `keep`."""

    customer_id: int
    keep: int = 0


@dataclass(frozen=True, slots=True)
class WorkOnContent:
    """Ask something of the owner's folder after the commit; the answer comes as an event."""

    tg_id: int
    work: Work
    dialog_id: int = 0
