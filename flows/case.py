"""A case and a conversation as they stand between two events. Only data; what changes them is elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from flows.book import Path
from flows.people import TRIAL, Customer, Visit

SEVERE = 3  # health, safety, and what an owner holds to be as grave


class Menu(StrEnum):
    """Which buttons the card shows."""

    MAIN = "main"
    MORE = "more"
    SENIOR = "senior"  # the same, opened by somebody above the lowest role
    CAUSE = "cause"
    PEOPLE = "people"  # to whom the case may be handed
    WHY = "why"  # why it is handed on
    TOPICS = "topics"  # what else it may be about
    NONE = "none"


class Heard(IntEnum):
    """What came in the step in hand."""

    NOTHING = 0
    OTHER = 1  # only what was not asked for
    ASKED = 2


@dataclass(frozen=True, slots=True)
class HeldReply:
    """A reply that still may be stopped: its number, the key of its letter, when it leaves."""

    number: int
    key: str
    until: datetime
    by: str = ""  # who wrote it
    waits: bool = False  # until its author says so
    by_id: int = 0  # Person.id
    next_by: datetime | None = None  # it promises to write again by then
    answers: bool = True  # False: it says only that nothing is known yet


class Outcome(StrEnum):
    """How a case ended, as reports count it."""

    NONE = ""  # it is open
    RESOLVED = "resolved"
    NOT_CONFIRMED = "not_confirmed"  # what was told could not be found; said courteously
    FINAL = "final"  # nothing more can be offered

    @property
    def is_last_word(self) -> bool:
        """The manager has said that nothing more will come."""
        return self in (Outcome.FINAL, Outcome.NOT_CONFIRMED)


class LetterName(StrEnum):
    """Letters of several parts; the value stands in callback data."""

    RESULT = "result"  # how it ended, by whoever worked on it
    MANAGER = "manager"  # the manager's own, after closing
    FINAL = "final"
    NOT_CONFIRMED = "unproven"
    CANNOT = "cannot"  # what was promised cannot be; what can is put before the customer


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter being written: its number, its author's id, slots of its text to words ("" leaves one out).

    Once sent, `reply` is the number of the held reply that carries it, `shown` the message with the button that
    still stops it.
    """

    number: int
    name: LetterName
    by: int
    said: tuple[tuple[str, str], ...] = ()
    reply: int = 0
    shown: int = 0


@dataclass(frozen=True, slots=True)
class StaffPromise:
    """Something that a reply promised by a time (UTC). Unless `reminded`, its author has not asked for a timer."""

    number: int
    words: str
    due: datetime
    by: int  # id of the person
    reply: int  # number of the reply
    answer: bool = False  # an answer was promised: a later reply keeps it
    reminded: bool = False
    asked: int = 0  # how often the author was asked whether it is done


@dataclass(frozen=True, slots=True)
class FailedLetter:
    """A letter that was refused and may be sent again: its key, the key of the phrase why, when (UTC)."""

    key: str
    why: str
    at: datetime
    by_id: int = 0  # of the person who wrote it


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry of a story comes from: the id of the customer's message, 0 for a choice by button.

    `answers` are words of staff that the customer replied to, cut short.
    """

    message_id: int = 0
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint that staff work on. Times are UTC; `story` is what the customer wrote, one entry a message."""

    id: int
    customer_id: int
    book: str
    branch_id: str
    opened_at: datetime
    opening: int = 1
    visit_id: int | None = None
    closed_at: datetime | None = None
    score: int | None = None
    topic: str | None = None
    severity: int = 1
    path: Path = Path.ORDINARY
    wish: str = ""
    refund_asked_at: datetime | None = None
    money_missing: int = 0  # minor units that were sent and have not come, as the customer says
    urgent: bool = False
    call_asked_at: datetime | None = None
    visit_asked_at: datetime | None = None  # the customer was asked when the visit was
    story: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()  # of the entries of the story; the last ones may lack theirs
    edited_at: datetime | None = None  # the customer has changed words that stand in the story
    files: int = 0
    shown_since: datetime | None = (
        None  # when the minute began in which so many were `shown` below the card
    )
    shown: int = 0
    unshown: int = 0  # files and long words that wait for a tap
    not_shown: int = 0  # of the files, and words below the card: how many Telegram has refused
    waits_since: datetime | None = None  # the first words after an answer
    notes: tuple[tuple[str, str], ...] = ()  # for colleagues: the words and who wrote them

    owner_id: int | None = None
    taken_at: datetime | None = None
    handing: int | None = None  # id of the person it is about to be handed to
    handed_to: int | None = None  # the last one it was handed to, and when
    handed_at: datetime | None = None
    handed_by: str = ""
    handed_why: str = ""  # title of the reason, "" without one
    promise: int = 0  # number of the promise in force; timers name it
    reply_by: datetime | None = None  # None: nothing is awaited
    promised: bool = False  # the customer was told `reply_by`
    broken: int = 0  # promises that had to be excused
    answered_at: datetime | None = None
    answered_by: str = ""
    spoken_at: datetime | None = None  # a manager, or somebody above, has answered

    about: tuple[int, ...] = ()  # ids of people whom the customer's words complain about
    angry_at: datetime | None = None  # the first sharp words
    threatened: bool = False  # the customer was asked to leave threats out
    lawyer: bool = False  # a court or an authority was named
    told_repeated: bool = False  # that the same words are here already

    replies: int = 0  # number of the last reply; names its letter
    no_news: int = 0  # so often in a row the customer was told that nothing is known yet
    held: tuple[HeldReply, ...] = ()
    promises: tuple[StaffPromise, ...] = ()  # found in replies, not done yet
    promises_found: int = 0  # number of the last one
    seen_by: int | None = None  # health: who pressed "I see it"
    alerts: int = 0
    asked_offer: str = ""  # an offer that waits for the manager's word
    asked_of: int | None = None  # whose word it waits for
    asked_by: int | None = None
    asked_why: str = ""  # key of the phrase why it had to be asked
    choice: tuple[str, ...] = ()  # ids of the offers that the customer chooses from
    approval: str = ""  # the manager's word, for the card

    failure: str = ""  # key of the phrase why the last letter did not arrive
    failed_at: datetime | None = None
    failed: tuple[FailedLetter, ...] = ()  # letters to send again, in their order
    resent: tuple[FailedLetter, ...] = ()  # those that were, and have not arrived yet
    close_warned: bool = False
    closed_by: str = ""
    closed_by_id: int | None = None
    cause: str = ""
    menu: Menu = Menu.MAIN
    outcome: Outcome = Outcome.NONE
    letters: tuple[LetterDraft, ...] = ()  # being written, or on their way
    letters_begun: int = 0  # number of the last one
    noes: int = 0  # how often the customer has said that it is not all right yet
    final_wanted: bool = False  # the manager was told that only the final answer closes it
    answers_to: int | None = None  # id of the person who has asked for words to come back to them
    after_final: bool = False  # goes on after a final answer: nothing is given any more
    check_at: datetime | None = None
    check_result: str = ""  # "yes" | "no" | "silent"
    check_comment: str = ""
    voice_hinted: bool = False  # was asked to write a voice message down
    reopened_at: datetime | None = None
    repeated: bool = False  # the customer, or the matter, comes back: the manager was told
    noticed: tuple[str, ...] = ()  # what the manager was told of it, as flows/repeats.py names it
    erased: bool = (
        False  # the customer had their data erased: nothing can be done about it any more
    )
    version: int = 0

    def without_words(self, now: datetime) -> "Case":
        """How it ended and what it was about, with nothing of the customer's; an open one ends here."""
        return Case(
            id=self.id,
            customer_id=self.customer_id,
            book=self.book,
            branch_id=self.branch_id,
            opened_at=self.opened_at,
            opening=self.opening,
            visit_id=self.visit_id,
            closed_at=self.closed_at or now,
            score=self.score,
            topic=self.topic,
            severity=self.severity,
            path=self.path,
            wish=self.wish,
            refund_asked_at=self.refund_asked_at,
            owner_id=self.owner_id,
            taken_at=self.taken_at,
            broken=self.broken,
            answered_at=self.answered_at,
            answered_by=self.answered_by,
            spoken_at=self.spoken_at,
            lawyer=self.lawyer,
            closed_by=self.closed_by,
            closed_by_id=self.closed_by_id,
            cause=self.cause,
            outcome=self.outcome,
            noes=self.noes,
            menu=Menu.NONE,
            check_at=self.check_at,
            check_result=self.check_result,
            reopened_at=self.reopened_at,
            repeated=self.repeated,
            noticed=self.noticed,
            erased=True,
            version=self.version,
        )

    @property
    def is_open(self) -> bool:
        """Staff still have to do something."""
        return self.closed_at is None

    @property
    def for_manager(self) -> bool:
        """The card goes to the manager; the group sees the number only."""
        return self.path is not Path.ORDINARY

    @property
    def emergency(self) -> bool:
        """Health or safety: alerts instead of promises, no automatic texts, no gifts until the manager has spoken."""
        return self.path in (Path.HEALTH, Path.DANGER)

    @property
    def severe(self) -> bool:
        """People are alerted one by one until somebody has seen it."""
        return self.severity >= SEVERE

    @property
    def gifts_wait(self) -> bool:
        """Nothing may be given before the manager has spoken."""
        return self.severe and self.spoken_at is None

    @property
    def silent(self) -> bool:
        """The bot asks and says nothing by itself: after health for good, else until the manager has spoken."""
        return self.emergency or self.lawyer or self.gifts_wait

    @property
    def awaits_answer(self) -> bool:
        """The customer has said something that nobody has answered yet."""
        return self.unanswered if self.emergency else self.reply_by is not None

    @property
    def unanswered(self) -> bool:
        """The customer's words came after the last answer, or there was none."""
        since = self.waits_since or self.opened_at
        return self.answered_at is None or since > self.answered_at


@dataclass(frozen=True, slots=True)
class Conversation:
    """One customer's way through one flow. `wait` counts the waits: a timer of an earlier wait means nothing."""

    id: int
    customer_id: int
    book: str
    flow: str
    step: str
    turned_at: datetime  # when it began, or the customer pressed a button of it later (UTC)
    wait: int = 0
    reminded: int = 0
    heard: Heard = Heard.NOTHING
    delayed: bool = False  # the step in hand has not begun yet
    mark_before: int | None = None  # the mark of an earlier visit, when the conversation began
    answers: Mapping[str, str] = field(default_factory=dict)  # step to answer
    visit_id: int | None = None
    case_id: int | None = None
    closed_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Care:
    """What is decided on together: one customer with the conversation and the case in hand.

    `case` is the open case, or the one an event is about; `visit` is the visit of the case or conversation.
    """

    customer: Customer
    conversation: Conversation | None = None
    case: Case | None = None
    visit: Visit | None = None

    @property
    def is_trial(self) -> bool:
        """An owner plays the customer."""
        return self.visit is not None and self.visit.source == TRIAL
