"""What an owner's content folder compiles to: flows, catalogue, business facts. Only data; reading it is elsewhere.

`Book` is what an open conversation or case keeps from its beginning (flow steps and texts). `Catalogue` and
`Business` are never pinned: topics, offers, limits, hours and roles are always today's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from unicodedata import category
from zoneinfo import ZoneInfo

from flows.flow import Flow, Trigger
from flows.hours import Hours, QuietHours
from flows.notice import Notice
from flows.ready import Ready
from flows.texts import Texts
from flows.tone import Lint, Tone


@dataclass(frozen=True, slots=True)
class Book:
    """Flows and texts of one revision; `sha256` and `source` (file name to text) are what is stored."""

    sha256: str
    source: Mapping[str, str]
    flows: Mapping[str, Flow]
    texts: Texts  # in the language of the business
    language: str = "ru"  # of `texts`
    translated: Mapping[str, Texts] = field(default_factory=dict)  # in the other languages
    asks: frozenset[str] = frozenset()  # everything that conditions of the flows ask for

    def texts_in(self, language: str) -> Texts:
        """The texts in that language; those of the business when there are none."""
        return self.translated.get(language, self.texts)

    def labels(self, key: str) -> frozenset[str]:
        """A label without values in every language: it may come back as a message."""
        return frozenset(texts.label(key) for texts in (self.texts, *self.translated.values()))

    def flows_for(self, trigger: Trigger) -> tuple[Flow, ...]:
        """The flows begun by `trigger`, those that ask for most first; of two alike the one written first."""
        found = [flow for flow in self.flows.values() if flow.trigger is trigger]
        return tuple(sorted(found, key=lambda f: -len(f.audience.asks) if f.audience else 0))


class Path(StrEnum):
    """The way a case of a topic goes."""

    ORDINARY = "ordinary"
    HEALTH = "health"
    DANGER = "danger"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Topic:
    """What a complaint is about; `sorry_for` and `about` are ready phrases with their preposition."""

    id: str
    title: str
    severity: int  # 1 trifle, 2 service spoilt, 3 health or safety
    sorry_for: str
    about: str
    path: Path = Path.ORDINARY


class OfferKind(StrEnum):
    """A fix is the customer's right, a gift is given within limits, a refund is the law's."""

    FIX = "fix"
    GIFT = "gift"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be given. `value`, `cost` and `retail` are minor units of the catalogue's currency."""

    id: str
    title: str
    button: str
    kind: OfferKind
    value: int
    cost: int
    role: str  # the lowest role that gives it by one tap
    severities: frozenset[int]
    topics: frozenset[str] | None  # None: fits any
    retail: int | None = None
    price_word: str | None = None
    terms: str | None = None
    valid_days: int | None = None
    on_site: bool = False
    last: bool = False
    off: bool = False  # kept, and not offered for now


@dataclass(frozen=True, slots=True)
class RoleLimits:
    """What a role may give: minor units; None is without limit."""

    case_cost: int | None
    case_value: int | None
    day_cost: int | None


@dataclass(frozen=True, slots=True)
class Role:
    """A step of authority; the catalogue orders roles from the lowest to the highest."""

    id: str
    title: str
    limits: RoleLimits


@dataclass(frozen=True, slots=True)
class WindowLimit:
    """At most so much within a run of days; None is without limit.

    Runs are fixed, counted from the epoch (limits.py): each is one counter, changed in the turn that gives.
    """

    window_days: int
    gifts: int | None
    cost: int | None = None
    same_customer: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The catalogue's `rules`, as numbers."""

    undo: timedelta
    on_card: int
    choice: tuple[int, int]  # fewest and most gifts that a customer is asked to choose from
    gift_needs_visit: bool
    per_customer: WindowLimit
    per_staff: WindowLimit
    default_valid_days: int
    redeem_undo: timedelta  # whoever redeemed a voucher may take that back for so long
    extend_by: str  # the lowest role that lets a voucher live longer
    revoke_by: str  # the lowest role that revokes one
    refund_days: tuple[int, ...]  # in how many days money may be promised back; 0 is today
    refund_legal_days: int  # a demand for money is decided within so many days
    refund_remind_days: int  # the manager is reminded so many days before those are over
    refund_again_days: int  # a broken promise of money is made anew for so many days
    bank_days: int  # how long a bank takes
    reopenings: (
        int  # after so many "no" of a customer only the manager's final answer closes the case
    )
    remind_before: timedelta  # a customer who agreed is reminded so long before it lapses; 0 never


@dataclass(frozen=True, slots=True)
class WordList:
    """Words that set something off: beginnings of words and whole phrases, lower case, with ё as е."""

    stems: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    signs: frozenset[str] = frozenset()  # single characters, e.g. "👍"

    def found_in(self, text: str) -> bool:
        """True when a word of `text` begins with a stem, or a phrase stands in it."""
        words = _words(text)
        if any(word.startswith(self.stems) for word in words):
            return True
        spaced = f" {' '.join(words)} "
        return any(f" {phrase} " in spaced for phrase in self.phrases)

    def is_phrase(self, text: str) -> bool:
        """True when the whole text is one of the phrases, marks and case aside."""
        return " ".join(_words(text)) in self.phrases

    def __or__(self, other: "WordList") -> "WordList":
        """Both lists as one."""
        return WordList(
            self.stems + other.stems, self.phrases + other.phrases, self.signs | other.signs
        )

    def says_all(self, text: str) -> bool:
        """True when the text has nothing else in it: one phrase or several, or signs alone."""
        words = _words(text)
        if words:
            return " ".join(words) in self.phrases or all(word in self.phrases for word in words)
        signs = {c for c in text if not c.isspace() and category(c) not in _ADORNMENTS}
        return bool(signs) and signs <= self.signs


_ADORNMENTS = ("Mn", "Sk", "Cf", "Po")  # variation selectors, colours of skin, joiners, "!"


def _words(text: str) -> list[str]:
    plain = text.casefold().replace("ё", "е")
    return "".join(c if c.isalnum() else " " for c in plain).split()


@dataclass(frozen=True, slots=True)
class Cause:
    """Why it happened, as staff name it when closing."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Topics, offers, roles with limits, and the words of the trade."""

    currency: str
    words: Mapping[str, str]  # place, guest, to_guest, to_team, visit_ask, how, wish_fix ...
    topics: tuple[Topic, ...]
    offers: tuple[Offer, ...]
    causes: tuple[Cause, ...]
    handing: tuple[Cause, ...]  # why a case is handed to somebody else
    roles: tuple[Role, ...]
    rules: Rules
    health_words: WordList
    danger_words: WordList
    unhappy_words: WordList
    greeting_words: WordList
    kind_words: WordList
    yes_words: WordList
    no_words: WordList
    fine_words: WordList
    rude_words: WordList  # somebody of the staff was rude: the manager answers
    angry_words: WordList  # sharp words: the manager hears of it
    threat_words: WordList  # threats to people of the staff
    lawyer_words: WordList  # a court, an authority
    review_words: WordList  # asks where a review can be left

    def topic(self, topic_id: str | None) -> Topic:
        """The topic, or `other` (always there) when none is known."""
        found = {topic.id: topic for topic in self.topics}
        return found.get(topic_id or "other") or found["other"]

    def offer(self, offer_id: str) -> Offer | None:
        """The offer, or None when the owner has taken it out."""
        return next((offer for offer in self.offers if offer.id == offer_id), None)

    def role(self, role_id: str) -> Role | None:
        """The role, or None when the owner has taken it out."""
        return next((role for role in self.roles if role.id == role_id), None)

    def rank(self, role_id: str) -> int:
        """The role's place from the lowest (0) upwards; -1 for a role that is not in the catalogue."""
        return next((place for place, role in enumerate(self.roles) if role.id == role_id), -1)


@dataclass(frozen=True, slots=True)
class Branch:
    """A place of the business."""

    id: str
    name: str
    hours: Hours
    phone: str
    quiet: QuietHours  # in the branch's zone
    closed: bool = False  # its links and posters still work, nothing new is printed for it

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the branch counts its days."""
        return self.hours.zone


@dataclass(frozen=True, slots=True)
class Timing:
    """Every span of time that a business may want different."""

    ask_delay: timedelta  # from the end of the visit to the question
    reply_within: timedelta  # working time in which somebody answers
    manager_reply_within: timedelta  # the same for the manager after a missed promise or a "no"
    taken_notice: timedelta  # taken and silent for so long: the customer learns who answers
    waiting_notice: timedelta  # before the deadline: line on the card, private reminder
    late_notice: timedelta  # before the deadline: the honest message to the customer
    health_reply: timedelta  # nobody has seen a health case for so long: the telephone is given
    health_alerts: tuple[timedelta, ...]  # from the first words to each repeated alert
    health_alert_again: timedelta  # after those: whoever owns the bot is alerted so often
    health_alerts_most: int  # so many repeated alerts; from then on one a day
    reply_hold: timedelta  # a reply waits so long with "do not send"
    album_quiet: timedelta  # parts of an album are gathered until so long after the last
    check_after: timedelta  # from resolved to "is it all right now?"
    check_after_fix: timedelta
    prevention_after: timedelta  # from resolved to "what do we change?"
    check_silence: timedelta  # a check unanswered for so long counts as "no answer"
    request_wait: timedelta  # a senior who was asked says nothing: the next role is asked
    still_open_after: timedelta  # answered, not resolved: the owner of the case is reminded
    praise_post: time  # branch time of the evening post
    one_question_in: timedelta  # at most one question after a visit in so long
    visit_is_recent: timedelta  # an older visit is neither asked about nor found by a telephone
    nps_every: timedelta  # "would you recommend us" at most once in so long
    review_every: timedelta  # an invitation to write a review at most once in so long
    ask_window: tuple[time, time]  # branch time in which the bot asks of its own accord
    ask_morning: time | None  # for what does not fit into it; None: when it begins


class ManagerLetter(StrEnum):
    """After which closed cases the manager is put a letter of their own."""

    SEVERE = "severe"  # the gravest, and those that were opened again
    ALL = "all"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Business:
    """Facts of the business; never pinned."""

    brand: str
    phone: str
    phone_duty: str
    branches: tuple[Branch, ...]
    timing: Timing
    locale: str
    retention_days: int
    privacy_url: str
    consent_url: str
    legal_contact: str
    review_pages: Mapping[str, str]  # title to address
    booking_url: str
    permanent_link_counts: bool  # a visit told by the branch's permanent link counts as found
    lint: Lint = Lint.AFTER  # when authors of replies are shown hints
    consent_first: bool = False  # nothing is heard before the person has agreed
    shown_per_minute: int = 6  # files and long words of one case that are shown to staff at once
    nothing_new_most: int = 2  # so often in a row a customer is told that nothing is known yet
    options: frozenset[str] = frozenset()  # switches that are on
    manager_letter: ManagerLetter = ManagerLetter.SEVERE
    examples: tuple[str, ...] = ()  # settings with an address of the preset, taken for none
    topics: bool = False  # every case has a topic of its own where the group is a forum
    topics_per_hour: int = 20  # more are not made: Telegram takes them for spam
    notice: Notice = field(default_factory=Notice)

    def branch(self, branch_id: str | None) -> Branch:
        """The branch, or the first open one when none is known (or it was taken out)."""
        known = next((b for b in self.branches if b.id == branch_id), None)
        open_ones = (b for b in self.branches if not b.closed)
        return known or next(open_ones, self.branches[0])


@dataclass(frozen=True, slots=True)
class Content:
    """The whole folder, compiled without a mistake."""

    book: Book
    catalogue: Catalogue
    business: Business
    translated: Mapping[str, "Content"] = field(default_factory=dict)  # the same in other languages
    tones: Mapping[str, Tone] = field(default_factory=dict)  # of replies, by their language
    ready: Mapping[str, Ready] = field(default_factory=dict)  # phrases for staff, by language

    @property
    def languages(self) -> tuple[str, ...]:
        """What the bot can speak, the language of the business first."""
        return (self.business.locale, *self.translated)

    def language_for(self, code: str) -> str:
        """The language for a code as Telegram gives it: exactly that one, its base, or else the business's."""
        code = code.lower().replace("_", "-")
        spoken = (known for known in (code, code.partition("-")[0]) if known in self.languages)
        return next(spoken, self.business.locale)

    def in_language(self, language: str) -> "Content":
        """All that people read, in that language; as the business has it when there is no such."""
        return self.translated.get(language, self)
