"""What the doctor has found, one thing at a time; the sentences stand in words/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """How it is with one thing."""

    GOOD = "good"
    NOTICE = "notice"  # worth knowing; the bot works all the same
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `key` names its sentence, `values` fill it."""

    state: State
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def good(key: str, **values: object) -> Finding:
    """As it should be."""
    return Finding(State.GOOD, key, values)


def notice(key: str, **values: object) -> Finding:
    """Nothing that stops the bot."""
    return Finding(State.NOTICE, key, values)


def bad(key: str, **values: object) -> Finding:
    """Somebody has to do something."""
    return Finding(State.BAD, key, values)
