"""What must be done: frozen orders in the imperative. The rules return them; the turn writes them as rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flows.events import LetterKind, Message, TimerKind
from flows.forum_effects import DropTopic, KeepTopic
from flows.people import ConsentAnswer, ConsentKind, Gift, Person, StaffChat, Visit
from flows.presses import Rows
from flows.prevention import Prevention
from flows.staff_effects import (
    CloseDialog,
    DropTrial,
    Reword,
    SaveDialog,
    SendFile,
    SendPosters,
    WorkOnContent,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be done when a message is delivered or refused: the event names this."""

    kind: LetterKind
    case_id: int | None = None
    ref: int = 0


@dataclass(frozen=True, slots=True)
class Say:
    """Send a text to a private chat. `hold` keeps it recallable for so long; `key` names it for that."""

    tg_id: int
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    book: str = ""  # sha256 of the revision whose texts are meant; "" is today's
    language: str = ""  # "" is the business's own
    rows: Rows = ()
    keyboard: bool = False  # the rows are a reply keyboard
    drop_keyboard: bool = False
    hold: timedelta = timedelta(0)
    key: str = ""
    letter: Letter | None = None
    silent: bool = False
    wants_reply: bool = False  # the person's input field opens as a reply to it
    farewell: bool = False  # the last words to somebody of whom nothing is kept
    trial: bool = False  # the first line says that an owner plays


@dataclass(frozen=True, slots=True)
class Post:
    """Send a text to a staff chat; `qr` makes it a picture of that address with the text as caption."""

    chat_id: int
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    rows: Rows = ()
    reply_to: int | None = None
    qr: str = ""
    silent: bool = True
    key: str = ""  # names the post, so that its words can be changed
    language: str = ""  # "" is the business's own


@dataclass(frozen=True, slots=True)
class Toast:
    """Answer a tap; `text` "" only stops the button's clock. `start` opens the bot with that payload instead."""

    tap_id: str
    text: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    alert: bool = False
    start: str = ""
    language: str = ""  # "" is the business's own


@dataclass(frozen=True, slots=True)
class React:
    """Show that a message has arrived."""

    chat_id: int
    message_id: int
    emoji: str = "👀"


@dataclass(frozen=True, slots=True)
class ChangeButtons:
    """Replace the buttons under a message of ours; no rows takes them away."""

    chat_id: int
    message_id: int
    rows: Rows = ()
    language: str = ""  # "" is the business's own


@dataclass(frozen=True, slots=True)
class DeleteMessage:
    """Take away a message of ours (a stray copy of a card)."""

    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class MarkCard:
    """The card of a case has to show the newest state; `anew` posts it again as a new message with sound."""

    case_id: int
    anew: bool = False
    keep_old: bool = False  # with `anew`: the old message stays, without buttons


@dataclass(frozen=True, slots=True)
class RelayToStaff:
    """Show a customer's file, or words that the card has no room for, under the card of the case."""

    case_id: int
    message: Message


@dataclass(frozen=True, slots=True)
class RelayToCustomer:
    """Send a person's reply to the customer, signed, after `hold`; parts of an album join by `key`."""

    tg_id: int
    case_id: int
    message: Message
    signature: Mapping[str, object]
    hold: timedelta
    key: str
    letter: Letter
    waits: bool = (
        False  # for the author's word: in a lane of its own, so that nothing waits behind it
    )
    answers: int | None = None  # id of the customer's own message that it answers
    quote: str = ""  # what of it is quoted, word for word


@dataclass(frozen=True, slots=True)
class CorrectReply:
    """Put other words into a reply: into the letter while it waits, else into the customer's copy.

    `reply` is the letter as it would be sent now; its `hold` begins anew. `copy` is the id of the message that
    the customer has, None while the letter has not left.
    """

    reply: RelayToCustomer
    copy: int | None = None


@dataclass(frozen=True, slots=True)
class KeepMessage:
    """Keep one message of the talk word for word: the customer's (`author` ""), or a person's reply."""

    case_id: int
    message: Message
    author: str = ""
    waits: str = ""  # what of it staff have not been shown yet: "file", "words" or "both"


@dataclass(frozen=True, slots=True)
class MarkShown:
    """These kept messages stand under the card now."""

    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Recall:
    """Withdraw a held letter by its key; the facts have said that it has not left."""

    key: str


@dataclass(frozen=True, slots=True)
class Release:
    """Let a held letter go at once; the facts have said that it waits."""

    key: str


@dataclass(frozen=True, slots=True)
class Resend:
    """Try a refused letter once more."""

    key: str


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Let a timer fire at `due` (UTC). One per key: setting it again moves it."""

    key: str
    kind: TimerKind
    due: datetime
    wait: int = 0
    customer_id: int | None = None
    case_id: int | None = None
    conversation_id: int | None = None
    visit_id: int | None = None
    branch_id: str = ""


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """Let a timer mean nothing."""

    key: str


@dataclass(frozen=True, slots=True)
class SaveGift:
    """Write a given offer, or its new state, with the counters it touches."""

    gift: Gift


@dataclass(frozen=True, slots=True)
class Spend:
    """Add to a counter, or refuse the whole turn when it would exceed `limit`. Negative gives back."""

    counter: str
    amount: int
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class SavePrevention:
    """Write what is to change, or how far it has come."""

    prevention: Prevention


@dataclass(frozen=True, slots=True)
class SaveVisit:
    """Write a visit (new when its id is not known yet)."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class SavePerson:
    """Write a person of the roster."""

    person: Person


@dataclass(frozen=True, slots=True)
class SaveStaffChat:
    """Write the bound group; `replaces` is the id it had before it migrated, or the group that was bound before.

    `left_behind`: that group is still there, and its cards lose their buttons.
    """

    chat: StaffChat
    replaces: int | None = None
    left_behind: bool = False


@dataclass(frozen=True, slots=True)
class LookAtGroup:
    """Ask Telegram what the bot may do in a group; the answer comes as GroupLookedAt."""

    chat_id: int
    new: bool = False


@dataclass(frozen=True, slots=True)
class Praise:
    """Keep kind words for the evening post of a branch."""

    branch_id: str
    customer_id: int
    words: str
    master: str
    guest: str


@dataclass(frozen=True, slots=True)
class PraisePosted:
    """The kept words of a branch have gone out; `posts` are the keys, with how many of them each holds, in order."""

    branch_id: str
    posts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Write into the journal: what happened, who did it, the figures."""

    kind: str
    case_id: int | None = None
    customer_id: int | None = None
    actor: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeepConsent:
    """Record a consent; `wording` is the key of the text, `book` (the beginning of) its revision's sha256."""

    customer_id: int
    kind: ConsentKind
    answer: ConsentAnswer
    wording: str
    book: str


@dataclass(frozen=True, slots=True)
class ForgetPhone:
    """The number goes from the visits, too, those that only bear it and those of the customer."""

    customer_id: int
    phone: str


@dataclass(frozen=True, slots=True)
class ExportData:
    """Send the customer everything that is kept about them, as files."""

    customer_id: int
    tg_id: int


@dataclass(frozen=True, slots=True)
class EraseCustomer:
    """Forget the customer everywhere; what follows in the same decision is said afterwards."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class BreakSeal:
    """What this chat wrote before its consent is heard now, in its order."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class LetGoOfSealed:
    """What this chat wrote is blanked, unread; of a stranger nothing is kept."""

    chat_id: int
    stranger: bool


@dataclass(frozen=True, slots=True)
class ReadContentAgain:
    """Judge the owner's folder once more, and tell the owners what came of it."""


DataEffect = (
    MarkShown | KeepConsent | ForgetPhone | ExportData | EraseCustomer | BreakSeal | LetGoOfSealed
)
Effect = (
    DataEffect
    | Say
    | Post
    | Toast
    | React
    | ChangeButtons
    | Reword
    | SendFile
    | SendPosters
    | SaveDialog
    | CloseDialog
    | DropTrial
    | WorkOnContent
    | DeleteMessage
    | MarkCard
    | RelayToStaff
    | RelayToCustomer
    | CorrectReply
    | KeepMessage
    | Recall
    | Release
    | Resend
    | SetTimer
    | CancelTimer
    | SaveGift
    | SavePrevention
    | Spend
    | SaveVisit
    | SavePerson
    | SaveStaffChat
    | LookAtGroup
    | KeepTopic
    | DropTopic
    | Praise
    | PraisePosted
    | ReadContentAgain
    | Record
)
