"""What a person of the staff did with a case, in the group or in private."""

from dataclasses import dataclass
from enum import StrEnum

from flows.events.basics import Message, Sender, Tap
from flows.tone import Findings


class StaffAction(StrEnum):
    """What a button of the staff does; the value stands in callback data."""

    TAKE = "take"
    GIVE = "give"  # arg: offer id
    UNDO = "undo"  # arg: gift id
    CHOICE = "pick"  # several gifts, for the customer to choose from
    OTHER = "else"  # a senior wants to give something else than what was asked for
    MORE = "more"
    BACK = "back"
    RESOLVE = "done"
    CAUSE = "cause"  # arg: cause id, or "later"
    REOPEN = "again"
    STOP_REPLY = "stop"  # arg: number of the held reply
    RESEND = "resend"
    TO_MANAGER = "up"
    TO_OTHER = "to"  # shows who else could take it
    HAND_TO = "hand"  # arg: id of the person
    HAND_OVER = "over"  # arg: id of the person, ":", id of the reason or "-"
    NOTE = "note"  # asks privately for words; so for the next two
    GUEST_NOTE = "guest"
    VOW = "vow"
    GUEST_FORGET = "forget"  # arg: number of what was noted of the customer
    TOPICS = "topics"
    SET_TOPIC = "topic"  # arg: topic id
    NOTHING_NEW = "news"
    READY = "ready"  # shows ready phrases in private
    SEND_READY = "say"  # arg: id of the phrase
    CALL = "call"
    ASK_VISIT = "visit"
    ASK_MANAGER = "ask"  # arg: offer id
    APPROVE = "yes"  # arg: offer id
    REFUSE = "no"  # arg: offer id
    SEEN = "seen"
    CORRECT = "fix"  # arg: the reply, as flows/lint.py writes it; so for the next four
    UNDERSTOOD = "ok"
    NO_HINTS = "nohint"
    HINTS = "hint"
    SEND_AS_IS = "asis"
    REMIND = "remind"  # arg: number of the promise; so for the next three
    KEPT = "kept"
    MORE_TIME = "moretime"
    CANNOT = "cannot"
    LETTER = "letter"  # arg: which letter is to be written
    LETTER_SEND = "lsend"  # arg: its number; so for the next two
    LETTER_EDIT = "ledit"
    LETTER_DROP = "ldrop"
    SHOW = "show"  # what waits to stand under the card
    HISTORY = "past"  # what was before with this customer, privately
    REFUND = "money"  # arg: offer id, "" for the one that suits
    REFUND_SENT = "paid"  # arg: gift id; so for the next
    REFUND_WAIT = "unpaid"
    POST_AGAIN = "anew"  # the card comes to the group again
    PREVENTION = "prev"  # arg: number of the prevention and what is said of it, as flows/preventing.py writes it


@dataclass(frozen=True, slots=True)
class StaffTapped:
    """Pressed a button of a case: on the card, or in the private chat with the bot. Who it is is checked here."""

    by: Sender
    tap: Tap
    case_id: int
    action: StaffAction
    arg: str = ""


@dataclass(frozen=True, slots=True)
class StaffWrote:
    """Wrote in a group. Only a reply to a card means anything; `anonymous` is an admin writing as the group.

    `card_of` is the case whose buttons stand under the message replied to, which the bot itself wrote: a
    card posted by a process that died before it could remember where.
    """

    by: Sender
    message: Message
    anonymous: bool = False
    card_of: int | None = None
    findings: Findings | None = None  # what stands in the words; None: nobody has read them


@dataclass(frozen=True, slots=True)
class StaffEdited:
    """Changed a message of a group; only a reply to a card means anything, as in `StaffWrote`."""

    by: Sender
    message: Message
    card_of: int | None = None


@dataclass(frozen=True, slots=True)
class VisitLinkAsked:
    """/visit in the group: `service` and `master` as typed, may be empty."""

    by: Sender
    chat_id: int
    message_id: int
    service: str
    master: str
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class PreventionNamed:
    """A manager wrote, in private, what changes so that a matter does not happen again."""

    by: Sender
    message: Message
    prevention_id: int


@dataclass(frozen=True, slots=True)
class SumNamed:
    """Wrote, in private, how much money goes back: words in answer to the form that is open."""

    sender: Sender
    message: Message
    case_id: int
