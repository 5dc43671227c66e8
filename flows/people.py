"""Who there is: customers, people of the staff, staff chats, visits, given offers. Only data."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flows.book import OfferKind


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
    version: int = 0


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

    @property
    def active(self) -> bool:
        """May act on cases."""
        return self.state is PersonState.APPROVED


@dataclass(frozen=True, slots=True)
class StaffChat:
    """The group bound to the business; `missing` are the rights the bot lacks there."""

    chat_id: int
    title: str = ""
    inside: bool = True
    missing: tuple[str, ...] = ()


class GiftState(StrEnum):
    """A given offer: its letter waits, has left, or was taken back before it left."""

    HELD = "held"
    GIVEN = "given"
    TAKEN_BACK = "taken_back"


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
