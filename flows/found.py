"""What was looked up for a person of the staff: a page of a list of cases, and what was before with a customer."""

from dataclasses import dataclass
from datetime import datetime

from flows.case import Care
from flows.events import Scope

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
