"""Who there is: customers, people of the staff, staff chats, visits, given offers. Only data."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flows.book import OfferKind


class Regular(StrEnum):
    """The customer's consent to questions after every visit, to invitations and reminders of gifts."""

    UNKNOWN = ""  # not asked for yet
    OFFERED = "offered"  # asked for, and not answered
    GIVEN = "given"
    REFUSED = "refused"  # or taken back


class ConsentKind(StrEnum):
    """What somebody agrees to, each by itself."""

    PHONE = "phone"  # that the number is kept, to find the visit and to call
    REGULAR = "regular"  # questions after every visit, invitations, reminders
    FIRST = "first"  # to be heard at all, where the owner asks before the first word


class ConsentAnswer(StrEnum):
    """What was answered; WITHDRAWN takes back what was given."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class GuestNote:
    """What is worth remembering of a customer, as a person of the staff wrote it."""

    number: int
    words: str
    by: str  # name of the person
    at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Customer:
    """A person who talks to the bot in a private chat; `tg_id` is also the chat's id."""

    id: int
    tg_id: int
    name: str = ""
    username: str = ""
    language: str = ""
    phone: str = ""
    phone_own: bool = False  # Telegram vouches for it; a typed one serves calls only
    phone_wanted_by: int | None = (
        None  # id of the case for which the phone was asked; 0 without a case
    )
    questions: bool = True  # may be asked after visits
    told_privacy: bool = False
    blocked_at: datetime | None = None
    asked_at: datetime | None = None  # the last question after a visit
    last_mark: int | None = None  # given after a visit
    nps_at: datetime | None = None  # was last asked whether they recommend us
    invited_at: datetime | None = None  # was last invited to write a review
    invitations: bool = True  # may be invited
    asked_unasked: int = 0  # questions of the bot's own accord: not after the person opened a link
    regular: Regular = Regular.UNKNOWN
    zone: str = ""  # IANA name, where the own telephone's number tells of one alone
    quiet: str = (
        ""  # the quiet hours the person chose, a name of flows.quiet; "" are the business's
    )
    agreed: bool = False  # to be heard at all, where consent comes before the first word
    notes: tuple[GuestNote, ...] = ()
    claimed_of: int | None = None  # another customer, whose visit this one has claimed
    version: int = 0


TRIAL = "try"  # the source of a visit that an owner plays


@dataclass(frozen=True, slots=True)
class Visit:
    """One completed service. `source` is "csv", "staff" (a one-time link) or "link" (a permanent one)."""

    id: int
    ext_id: str
    source: str
    branch_id: str
    ended_at: datetime
    service: str = ""
    master: str = ""
    customer_id: int | None = None
    phone: str = ""
    token: str = ""
    asked_at: datetime | None = None
    customer_name: str = ""  # as the source has it; the person is called as in Telegram
    amount: int | None = None  # minor units of `currency`
    currency: str = ""
    language: str = ""
    arrived_at: datetime | None = None  # of a visit that lasts: when it began
    stay_asked_at: datetime | None = None  # was asked during it

    def is_on(self, at: datetime) -> bool:
        """The customer is here: known of visits that last alone."""
        return self.arrived_at is not None and self.arrived_at <= at < self.ended_at


class PersonState(StrEnum):
    """How far somebody has come into the roster."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the staff; `title` is how the role is signed, chosen by the person ("" is the role's own)."""

    id: int
    tg_id: int
    name: str
    username: str = ""
    role: str = ""
    title: str = ""
    state: PersonState = PersonState.ASKED
    on_shift: bool = True
    reachable: bool = True  # has opened the chat with the bot and not blocked it
    signature_wanted: bool = False
    hints: bool = True  # is shown hints on the tone of replies
    hinted: str = ""  # the day of the last ones and what they were: "2026-11-20 soon,name"
    branches: tuple[str, ...] = ()  # ids of those where the person works; none: all of them

    @property
    def active(self) -> bool:
        """May act on cases."""
        return self.state is PersonState.APPROVED

    def works_at(self, branch_id: str) -> bool:
        """The branch is one of the person's."""
        return not self.branches or branch_id in self.branches


CANNOT_WRITE = "write"  # among the missing rights: nothing the bot says would be seen


class Use(StrEnum):
    """What a group of the staff is for."""

    ALL = "all"  # every branch that has no group of its own
    BRANCHES = "branches"  # those that it names
    MANAGER = "manager"  # the cases that are the manager's
    UNSAID = "unsaid"  # the owner has not said it yet: nothing comes here


@dataclass(frozen=True, slots=True)
class StaffChat:
    """A group of the staff; `missing` are the rights the bot lacks there, `branches` the ids of those it serves.

    `no_topics` says why no topics can be made there, as far as is known: "forum", "can_manage_topics", or "".
    """

    chat_id: int
    title: str = ""
    inside: bool = True
    missing: tuple[str, ...] = ()
    use: Use = Use.ALL
    branches: tuple[str, ...] = ()
    no_topics: str = ""

    @property
    def writable(self) -> bool:
        """The bot is there and may write."""
        return self.inside and CANNOT_WRITE not in self.missing


class GiftState(StrEnum):
    """A given offer: its letter waits, has left, or was taken back before it left; its voucher's end."""

    HELD = "held"
    GIVEN = "given"
    TAKEN_BACK = "taken_back"
    OFFERED = "offered"  # one of several; the customer has the choice
    REDEEMED = "redeemed"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Gift:
    """A given offer. Title, value and cost (minor units) are copied at giving; nothing edited later changes them."""

    id: int
    case_id: int
    opening: int
    kind: OfferKind
    offer_id: str
    title: str
    value: int
    cost: int
    currency: str
    code: str
    given_by: int  # Person.id
    given_by_name: str
    given_at: datetime
    customer_id: int
    visit_id: int | None = None
    valid_until: datetime | None = None
    state: GiftState = GiftState.HELD
    ended_at: datetime | None = None  # redeemed or revoked
    ended_by: int | None = None  # Person.id
    ended_by_name: str = ""
    ended_where: str = ""  # id of the branch it was redeemed at
    ended_why: str = ""  # the reason it was revoked for

    @property
    def stands(self) -> bool:
        """It was given, and neither taken back nor revoked: a second one would be one too many."""
        return self.state not in (GiftState.TAKEN_BACK, GiftState.REVOKED)
