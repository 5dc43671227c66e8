"""What happened by itself: visits that ended, time, deliveries, trouble."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flows.events.basics import Tap


@dataclass(frozen=True, slots=True)
class VisitEnded:
    """A visit became known, or its times have changed; `ended_at` is UTC and may be ahead, money in minor units."""

    ext_id: str
    source: str
    ended_at: datetime
    branch_id: str
    service: str = ""
    master: str = ""
    customer_name: str = ""
    phone: str = ""
    amount: int | None = None
    currency: str = "RUB"
    language: str = ""
    token: str = ""  # of the one-time link
    arrived_at: datetime | None = None  # UTC; of a visit that lasts, such as a stay at a hotel


class TimerKind(StrEnum):
    """What falls due."""

    ASK = "ask"  # the question after a visit
    ARRIVAL = "arrival"  # the question during a visit
    DELAY = "delay"  # a step that waits may begin
    SILENCE = "silence"  # the reminder of a step
    QUIET = "quiet"  # nothing more was written for a while
    NO_WORDS = "no_words"  # nothing at all was written
    WAITING = "waiting"  # the deadline of a promise is near
    LATE = "late"  # the promise is about to break
    TAKEN = "taken"  # taken, and still no answer
    STILL_OPEN = "still_open"  # answered, and not resolved
    ALERT = "alert"  # a health case nobody has seen
    HEALTH_LATE = "health_late"
    CHECK = "check"
    CHECK_7D = "check_7d"
    CHECK_SILENT = "check_silent"  # a check was not answered for so long that nobody waits any more
    NPS = "nps"
    REVIEW = "review"
    CAUSE = "cause"  # the cause was postponed to the evening
    PRAISE = "praise"  # the evening post
    PROMISE = "promise"  # something promised in a reply falls due; the wait is its number
    REQUEST = "request"  # a senior was asked, and has said nothing
    LOOK_BACK = "look_back"  # what was before with the customer, and with the topic
    TOPIC = "topic"  # a topic of the bot's that no case has claimed
    PREVENT = "prevent"  # the manager is asked what changes; the wait is the opening
    PREVENT_DUE = "prevent_due"  # the day of what was to change; the wait is its number
    REFUND = "refund"  # the day on which money was promised; the wait is the id of the gift, so for the next two
    REFUND_LATE = "refund_late"
    REFUND_ARRIVED = "refund_arrived"  # the bank has had its days
    LEGAL = "legal"  # the law's day for a demand of money is near
    VOUCHER = "voucher"  # a gift that was not used will lapse soon


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer fell due. `wait` names the wait it belongs to: a wait that is over makes it mean nothing."""

    key: str
    kind: TimerKind
    wait: int
    customer_id: int | None = None
    case_id: int | None = None
    conversation_id: int | None = None
    visit_id: int | None = None
    branch_id: str = ""


class LetterKind(StrEnum):
    """Letters whose delivery changes something."""

    REPLY = "reply"  # a person's reply to the customer
    GIFT = "gift"
    PLAIN = "plain"  # any other message to a customer of a case
    STAFF = "staff"  # a private message to a person of the staff
    BELOW = "below"  # a customer's file, or words, under the card of the case
    ALERT = "alert"  # one that calls for an answer at once: a reply to it may be the answer
    PREVENTION = "prevention"  # asks what changes: a reply to it is the answer
    REWRITE = "rewrite"  # asks for a new text of a reply: a reply to it is one to the customer
    NOTE = "note"  # asks for a note to colleagues: a reply to it is that note
    GUEST_NOTE = "guest"  # asks what to remember about the customer
    VOW = "vow"  # asks what was promised, and by when
    ERASE = "erase"  # takes a copy in a staff chat away; ref 1: somebody has asked for it
    PRAISE = "praise"  # the evening post of a branch

    @property
    def to_staff(self) -> bool:
        """It goes to people of the staff."""
        return self in (
            LetterKind.STAFF,
            LetterKind.ALERT,
            LetterKind.BELOW,
            LetterKind.REWRITE,
            *ASKS_FOR_WORDS,
            LetterKind.PREVENTION,
        )


# A person of the staff is asked for words that are no reply to the customer.
ASKS_FOR_WORDS = (LetterKind.NOTE, LetterKind.GUEST_NOTE, LetterKind.VOW)


class Failure(StrEnum):
    """Why a letter did not arrive."""

    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"  # the account is gone
    TOO_BIG = "too_big"
    REFUSED = "refused"
    AWAY = "away"  # Telegram does not answer; still being tried

    @property
    def unreachable(self) -> bool:
        """Nothing reaches the person until they do something about it."""
        return self in (Failure.BLOCKED, Failure.DEACTIVATED)


@dataclass(frozen=True, slots=True)
class LetterSent:
    """Telegram has accepted a letter."""

    letter: LetterKind
    tg_id: int
    case_id: int | None
    ref: int  # number of the reply, id of the gift, else 0
    key: str = ""  # of the letter, so that it can be told from others that failed


@dataclass(frozen=True, slots=True)
class LetterFailed:
    """Telegram has refused a letter for good (or is being asked in vain: `AWAY`)."""

    letter: LetterKind
    tg_id: int
    case_id: int | None
    ref: int
    failure: Failure
    key: str = ""  # of the letter, so that it may be sent again


@dataclass(frozen=True, slots=True)
class TroubleNoticed:
    """Something the owner has to know; `key` is a text, `values` fill it."""

    key: str
    values: tuple[tuple[str, str], ...] = ()
    once: str = ""  # a name under which it is told once, however often it happens


@dataclass(frozen=True, slots=True)
class NothingHappened:
    """An update that asks for nothing (talk of the group, a pin); `tap` is answered so that the button stops."""

    why: str
    tap: Tap | None = None
