"""What a customer did, in the private chat with the bot."""

from dataclasses import dataclass
from enum import StrEnum

from flows.events.basics import Message, Sender, Tap
from flows.tone import Findings


@dataclass(frozen=True, slots=True)
class CustomerStarted:
    """Opened the chat without a link, or by one that means nothing."""

    sender: Sender
    message_id: int


@dataclass(frozen=True, slots=True)
class CustomerOpenedVisitLink:
    """Came by the one-time link of a visit."""

    sender: Sender
    token: str


@dataclass(frozen=True, slots=True)
class CustomerOpenedBranchLink:
    """Came by the permanent link of a branch."""

    sender: Sender
    branch_id: str


@dataclass(frozen=True, slots=True)
class CustomerWrote:
    """Sent words or a file in the private chat. A person of the roster may write here, too.

    `phone` is the message read as a telephone (E.164), "" when it is none: whether one was asked for, the
    rules know.
    """

    sender: Sender
    message: Message
    phone: str = ""
    findings: Findings | None = None  # of a reply: it may be one of the staff's


@dataclass(frozen=True, slots=True)
class CustomerEdited:
    """Changed a message sent before."""

    sender: Sender
    message: Message


@dataclass(frozen=True, slots=True)
class CustomerAnswered:
    """Pressed a button of a flow's step: a rating, a topic ("topic:wait"), a button of the step ("yes")."""

    sender: Sender
    tap: Tap
    conversation_id: int
    step: str
    answer: str


@dataclass(frozen=True, slots=True)
class CustomerWished:
    """Pressed a wish under the promise ("fix", "refund", "decide"), or "urgent"."""

    sender: Sender
    tap: Tap
    case_id: int
    wish: str


@dataclass(frozen=True, slots=True)
class CustomerChose:
    """Pressed one of several gifts ("none": needs none of them)."""

    sender: Sender
    tap: Tap
    gift_id: int
    offer_id: str


@dataclass(frozen=True, slots=True)
class CustomerSharedPhone:
    """Sent a contact; `phone` is E.164, or "" when it cannot be read; `own` is False for somebody else's.

    `zone` is the IANA name of the one time zone its number belongs to, "" when there are several or none.
    """

    sender: Sender
    message_id: int
    phone: str
    own: bool
    message: Message | None = None  # as it came
    zone: str = ""


class Command(StrEnum):
    """What a customer may ask by a command."""

    HELP = "help"
    STATUS = "status"
    SETTINGS = "settings"
    PRIVACY = "privacy"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class CustomerCommanded:
    """Sent one of the commands."""

    sender: Sender
    command: Command


@dataclass(frozen=True, slots=True)
class CustomerSetQuestions:
    """Pressed "do not ask" or "ask again" under a message."""

    sender: Sender
    tap: Tap
    wanted: bool


class DataChoice(StrEnum):
    """What a button about data and consents does; the value stands in callback data."""

    EXPORT = "export"
    ERASE = "erase"  # asks once more
    ERASE_YES = "erase_yes"
    ERASE_NO = "erase_no"
    WITHDRAW = "withdraw"  # every consent
    FORGET_PHONE = "no_phone"
    REGULAR_YES = "regular_yes"
    REGULAR_NO = "regular_no"
    FIRST_YES = "first_yes"
    FIRST_NO = "first_no"


@dataclass(frozen=True, slots=True)
class CustomerChoseData:
    """Pressed a button about data or a consent; `book` is the revision (sha256) whose words stood above it."""

    sender: Sender
    tap: Tap
    choice: DataChoice
    book: str = ""


@dataclass(frozen=True, slots=True)
class ConsentMissing:
    """Somebody who has not agreed yet did something; it lies sealed, `first` of all."""

    sender: Sender
    first: bool
    tap: Tap | None = None


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """Whoever runs the bot has a customer erased, on a request that came another way."""

    tg_id: int


@dataclass(frozen=True, slots=True)
class CustomerChoseQuiet:
    """Wants to see (`hours` "") or to change when the bot writes by itself; `hours` is a name of flows.quiet."""

    sender: Sender
    tap: Tap
    hours: str


@dataclass(frozen=True, slots=True)
class CustomerChoseLanguage:
    """Pressed a language in the settings."""

    sender: Sender
    tap: Tap
    language: str


@dataclass(frozen=True, slots=True)
class CustomerSetInvitations:
    """Pressed "do not invite me any more" under an invitation to write a review."""

    sender: Sender
    tap: Tap
    wanted: bool


@dataclass(frozen=True, slots=True)
class CustomerBlockedBot:
    """Stopped the bot, or (`blocked` False) let it in again."""

    sender: Sender
    blocked: bool
