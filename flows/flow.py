"""A flow as data: steps, what they ask, where answers lead, who they are for. Not the reading or playing of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from enum import StrEnum

END = "end"  # a step name that ends the conversation; no step is called so

# Words of `go` beside marks, buttons and options.
NEXT = "next"  # a step that asks nothing is over
WORDS, OTHER, NO_WORDS = (
    "words",
    "other",
    "no_words",
)  # what was asked for came, only something else, nothing
PHONE, NO_PHONE = "phone", "no_phone"
SILENCE = "silence"  # all reminders were in vain
READY, SKIP = "ready", "skip"  # labels, and answers, of a choice

CONTACT, INVITATION = "phone.ask", "review.invite"  # texts of steps that need no `say` of their own


class Trigger(StrEnum):
    """What begins a conversation by a flow."""

    VISIT = "visit"  # a visit has ended
    ARRIVAL = "arrival"  # a visit has begun, and goes on
    WORDS = "words"  # the customer just wrote
    CHECK = "check"  # days after a case was resolved
    CHECK_7D = "check_7d"  # a week after it was resolved
    NPS = "nps"  # would they recommend us, now and then
    REVIEW = "review"  # an invitation to write publicly, days after a visit


ALWAYS = (Trigger.VISIT, Trigger.WORDS, Trigger.CHECK)  # every folder has a flow for these


class Medium(StrEnum):
    """What a message may carry; the value stands in `collect:` of a step."""

    TEXT = "text"
    VOICE = "voice"
    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    ALBUM = "album"


class CaseAction(StrEnum):
    """What entering a step, or the first answer in it, does to the customer's case."""

    OPEN = "open"  # on entering
    OPEN_ON_ANSWER = "open_on_answer"  # with the first topic, choice or words
    REOPEN = "reopen"  # the fix was not one
    CONFIRM = "confirm"  # the customer says that all is well
    PRAISE = "praise"  # the words go to the evening post


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be known to hold; a field that is None (or empty) asks nothing. Marks are (lowest, highest)."""

    branch: frozenset[str] = frozenset()
    service: tuple[str, ...] = ()  # parts of its name, lower case
    master: frozenset[str] = frozenset()  # names, lower case
    language: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    first_visit: bool | None = None
    rating: tuple[int, int] | None = None  # given in this conversation
    rating_before: tuple[int, int] | None = None  # given after an earlier visit
    words: bool | None = None  # the open case has words of the customer
    files: bool | None = None  # it has photos, voices, documents
    wish: bool | None = None  # the customer has said what would help
    option: str = ""  # a switch of business.yaml is on

    @property
    def asks(self) -> tuple[str, ...]:
        """Names of what is asked for; the more, the more specific."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name) not in _NOTHING)


_NOTHING: tuple[object, ...] = (None, "", (), frozenset())


@dataclass(frozen=True, slots=True)
class Reminder:
    """Nothing was answered for `after`: say this (None says nothing, time only passes)."""

    after: timedelta
    say: str | None = None


@dataclass(frozen=True, slots=True)
class Collect:
    """Words and files are gathered here until `until_quiet` has passed without a new one, or a button is pressed."""

    media: frozenset[Medium]
    until_quiet: timedelta
    no_words: timedelta | None = None  # nothing at all for so long: go to the branch `no_words`
    until_button: str = ""  # the answer that says "that was all"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a flow.

    `go` maps an answer to the next step: a mark ("1".."10"), a button, "words" (collected, then quiet),
    "no_words", "other" (only what was not asked for), "phone", "no_phone", "silence". A step that asks
    nothing goes on by "next" at once; an answer that leads nowhere ends the conversation.
    """

    name: str
    wait: timedelta | None = None  # pass before anything of the step happens
    when: Condition | None = None  # does not hold: the step is passed over, to `otherwise`
    otherwise: str = END
    say: str | None = None
    say_rated: str | None = None  # instead of `say` when the case has a rating and no words
    say_unknown_visit: str | None = None  # instead of `say` when a branch's permanent link told it
    marks: tuple[int, ...] = ()  # offered for rating, the lowest first
    topics: bool = False  # the topics of the catalogue as buttons
    buttons: tuple[str, ...] = ()  # each is an answer; in order
    options: tuple[str, ...] = ()  # of `choose`: answers that tell staff something
    several: bool = False  # options are ticked until "ready"
    labels: Mapping[str, str] = field(
        default_factory=dict
    )  # answer to label key, where they differ
    wishes: tuple[str, ...] = ()  # keys of wish buttons; optional answers that move nothing
    promise: bool = False  # say who answers and by when (texts ack.*)
    contact: bool = False  # ask for the telephone by Telegram's contact button
    invite_review: bool = False  # links to all review pages
    collect: Collect | None = None
    silence: tuple[Reminder, ...] = ()
    case: CaseAction | None = None
    go: Mapping[str, str] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """True when the customer is expected to do something here."""
        asks = self.marks or self.topics or self.buttons or self.options
        return bool(asks or self.collect or self.contact)

    @property
    def onward(self) -> Iterator[str]:
        """Every step this one may lead to; END among them when it may end here."""
        yield from self.go.values()
        if self.when is not None:
            yield self.otherwise

    def label(self, answer: str) -> str:
        """The key of the label under which an answer is offered."""
        return self.labels.get(answer, answer)


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation written by the owner; `audience` says whose, None is everybody's."""

    name: str
    trigger: Trigger
    start: str
    steps: Mapping[str, Step]
    audience: Condition | None = None
    after: timedelta | None = None  # from what begins it; None is the setting's own span

    @property
    def asks(self) -> frozenset[str]:
        """Names of everything that its conditions ask for."""
        conditions = (self.audience, *(step.when for step in self.steps.values()))
        return frozenset(name for c in conditions if c is not None for name in c.asks)
