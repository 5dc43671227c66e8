"""A talk of several steps between a person of the staff and the bot, as it stands between two events. Only data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

FORGOTTEN_AFTER = timedelta(days=1)  # since the last step


@dataclass(frozen=True, slots=True)
class Dialog:
    """Which talk, at which step, what was said so far. A person has one at most.

    `version` counts the steps: a button of an earlier step means nothing. `changed_at` is UTC.
    """

    id: int
    tg_id: int
    name: str
    step: str
    changed_at: datetime
    data: Mapping[str, str] = field(default_factory=dict)
    version: int = 1
