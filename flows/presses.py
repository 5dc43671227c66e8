"""Buttons as the rules see them: what a press means. How it is packed into callback data is the handlers' affair."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.events import DataChoice, Scope, StaffAction, StaffCommand, TrialAction, VoucherAction
from flows.people import Use


@dataclass(frozen=True, slots=True)
class AnswerPress:
    """Answers a step of a conversation."""

    conversation_id: int
    step: str
    answer: str


@dataclass(frozen=True, slots=True)
class WishPress:
    """What the customer of a case would like; or "urgent"."""

    case_id: int
    wish: str


@dataclass(frozen=True, slots=True)
class QuestionsPress:
    """Ask me after visits, or do not."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class DataPress:
    """About one's data or a consent; `book` begins the sha256 of the revision that was read."""

    choice: DataChoice
    book: str = ""


@dataclass(frozen=True, slots=True)
class QuietPress:
    """Shows ("") or changes when the bot writes by itself."""

    hours: str = ""


@dataclass(frozen=True, slots=True)
class LanguagePress:
    """Speak this language with me."""

    language: str


@dataclass(frozen=True, slots=True)
class InvitationsPress:
    """Invite me to write reviews, or do not any more."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class CasePress:
    """A person of the staff acts on a case."""

    case_id: int
    action: StaffAction
    arg: str = ""


@dataclass(frozen=True, slots=True)
class ListPress:
    """Shows another list of cases, or another page of one."""

    scope: Scope
    of: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowCasePress:
    """Shows one case of a list."""

    case_id: int


@dataclass(frozen=True, slots=True)
class ChoicePress:
    """The customer takes one of several gifts, or says whether money has arrived."""

    gift_id: int
    offer_id: str


@dataclass(frozen=True, slots=True)
class VoucherPress:
    """Something is done with a voucher."""

    gift_id: int
    action: VoucherAction
    arg: str = ""


@dataclass(frozen=True, slots=True)
class JoinPress:
    """The owner decides on a request to join; "" declines."""

    person_id: int
    role: str


@dataclass(frozen=True, slots=True)
class GroupPress:
    """What a group of the staff is for; Use.UNSAID asks to be asked."""

    chat_id: int
    use: Use
    branch_id: str = ""


@dataclass(frozen=True, slots=True)
class ShiftPress:
    """A person goes on shift, or off."""

    on: bool


@dataclass(frozen=True, slots=True)
class DialogPress:
    """Answers a step of a dialog with the bot."""

    dialog_id: int
    version: int
    answer: str


@dataclass(frozen=True, slots=True)
class UndoPress:
    """Undoes a saved change of the content."""

    key: str


@dataclass(frozen=True, slots=True)
class CommandPress:
    """Stands for a command of the staff."""

    command: StaffCommand


@dataclass(frozen=True, slots=True)
class TrialPress:
    """Moves a try on; `case_id` 0 is none."""

    action: TrialAction
    case_id: int = 0


@dataclass(frozen=True, slots=True)
class OpenUrl:
    """Opens an address. `start:PAYLOAD` is a deep link to this bot, `card:CASE` the case's card."""

    url: str


@dataclass(frozen=True, slots=True)
class CopyText:
    """Copies a text to the clipboard."""

    text: str


@dataclass(frozen=True, slots=True)
class SharePhone:
    """Sends the person's own contact (a button of the reply keyboard)."""


@dataclass(frozen=True, slots=True)
class TypeLabel:
    """Sends its own label as a message (a button of the reply keyboard)."""


Press = (
    AnswerPress
    | WishPress
    | QuestionsPress
    | DataPress
    | LanguagePress
    | QuietPress
    | InvitationsPress
    | CasePress
    | ListPress
    | ShowCasePress
    | ChoicePress
    | VoucherPress
    | JoinPress
    | GroupPress
    | ShiftPress
    | DialogPress
    | UndoPress
    | CommandPress
    | TrialPress
    | OpenUrl
    | CopyText
    | SharePhone
    | TypeLabel
)


@dataclass(frozen=True, slots=True)
class Button:
    """A label (key of the content, with its values) and what a press means; `style` as in the Bot API, or ""."""

    label: str
    press: Press
    values: Mapping[str, object] = field(default_factory=dict)
    style: str = ""
    ticked: bool = False


Rows = tuple[tuple[Button, ...], ...]
