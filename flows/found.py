"""What was looked up for a person of the staff: a page of a list of cases, and what was before with a customer."""

from dataclasses import dataclass
from datetime import datetime

from flows.case import Care
from flows.events import Scope
from flows.people import Gift

PAGE = 8  # cases on a page: a screen of a telephone
EARLIER = 3  # cases before the one in hand that are told of


@dataclass(frozen=True, slots=True)
class Found:
    """One page (from 0) of a list: at most PAGE cases, and whether there are more."""

    scope: Scope
    of: str
    page: int
    cares: tuple[Care, ...]
    more: bool
    own: frozenset[int] = frozenset()  # cases of whoever asks, under whatever account


@dataclass(frozen=True, slots=True)
class Earlier:
    """A case before the one in hand; `gifts` are titles, `notes` what colleagues wrote for each other."""

    opened_at: datetime
    topic: str | None
    gifts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """Another customer who may be the same person: `same` is "phone" or "visit", `cases` are numbers of late."""

    customer_id: int
    same: str
    cases: tuple[int, ...] = ()
    gifts: tuple[Gift, ...] = ()  # of late


@dataclass(frozen=True, slots=True)
class Before:
    """What was of late: with the customer of a case (the case in hand included), and with its topic in its branch."""

    opened: tuple[datetime, ...] = ()  # cases of the customer, the newest first
    gifts: tuple[Gift, ...] = ()
    alike: tuple[datetime, ...] = ()  # cases of the topic in the branch, by when they were opened
    situation_told: bool = False
