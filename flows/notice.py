"""When the manager alone is told that something comes back. Only the owner's figures."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Notice:
    """So many cases within so long are worth a word to the manager."""

    customer_cases: int = 3  # of one customer
    customer_within: timedelta = timedelta(days=90)
    again_within: timedelta = timedelta(days=30)  # a second case of one customer
    situation_cases: int = 3  # of one topic in one branch
    situation_within: timedelta = timedelta(days=30)
    prevention_severity: int = 2  # from this one on it is asked what changes
