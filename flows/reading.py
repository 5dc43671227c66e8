"""Walks an owner's file: each place knows its keys and line, and notes what is wrong with it.

A place always answers with a value of the asked type, so one pass finds every mistake; what the
keys mean stands in the compile_* modules.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import TypeVar

from flows.problems import Mistake, Path, Problem, Term, nearest, one_line, shown
from flows.yaml_source import Plain, Source

LONGEST = timedelta(days=3660)

_ID = re.compile(r"[a-z][a-z0-9_]{0,15}")
_SPAN = re.compile(r"(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+")
_SPAN_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """One value of a file, with where it stands and the list that gathers problems."""

    source: Source
    path: Path
    value: Plain
    found: list[Problem]

    def problem(
        self,
        code: str,
        *,
        allowed: str = "",
        near: str = "",
        warning: bool = False,
        **values: object,
    ) -> None:
        """Note a mistake at this place: the code of its sentence and what fills it."""
        self.mistaken(Mistake(code, allowed=allowed, near=near, **values), warning=warning)

    def unknown(self, word: str, known: Iterable[object], code: str) -> None:
        """Note that `word` is none of `known`; the sentence says what it should have been."""
        names = [str(name) for name in known]
        near = nearest(word, names)
        self.problem(code, word=one_line(word), allowed="" if near else ", ".join(names), near=near)

    def mistaken(self, mistake: Mistake, *, warning: bool = False) -> None:
        """Note here what somebody else has found."""
        self.found.append(
            Problem(
                self.source.file,
                self.source.line(self.path),
                ".".join(map(str, self.path)),
                mistake.code,
                mistake.values,
                mistake.allowed,
                mistake.near,
                warning,
            )
        )

    def fields(self, required: Iterable[str], optional: Iterable[str] = ()) -> "Fields":
        """The values under known keys; notes unknown and missing ones."""
        required = tuple(required)
        known = (*required, *optional)
        entries = self.entries()
        for key, place in entries.items():
            if key not in known:
                place.unknown(key, known, "unknown.key")
        for key in required:
            if key not in entries and isinstance(self.value, dict):
                self.problem("key.missing", key=key)
        return Fields(self, entries)

    def is_mapping(self) -> bool:
        """Keys with values stand here; anything else is noted."""
        if not isinstance(self.value, dict):
            self.problem("type.mapping", value=self.shown())
        return isinstance(self.value, dict)

    def entries(self) -> "dict[str, Place]":
        """The values under keys of the owner's choice."""
        if not self.is_mapping() or not isinstance(self.value, dict):
            return {}
        return {key: self._below(key, value) for key, value in self.value.items()}

    def items(self) -> "list[Place]":
        """The values of a list."""
        if not isinstance(self.value, list):
            self.problem("type.list", value=self.shown(), allowed="[a, b]")
            return []
        return [self._below(at, value) for at, value in enumerate(self.value)]

    def text(self, most: int | None = None, *, empty: bool = False) -> str:
        """A text of at most so many characters."""
        if not isinstance(self.value, str):
            self.problem("type.text", value=self.shown())
            return ""
        if not self.value.strip() and not empty:
            self.problem("text.empty")
        elif most is not None and len(self.value) > most:
            self.problem("text.long", length=len(self.value), most=most)
        return self.value

    def id(self) -> str:
        """A short name in Latin letters: it travels in buttons and links."""
        if isinstance(self.value, str) and _ID.fullmatch(self.value):
            return self.value
        self.problem("type.id", value=self.shown(), allowed=Term("allowed.id"))
        return str(self.value)

    def whole(self, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int):
            self.problem("type.whole", value=self.shown(), allowed=f"{least}–{most}")
            return least
        if not least <= value <= most:
            self.problem("number.bounds", value=value, allowed=f"{least}–{most}")
        return value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.problem("type.flag", value=self.shown(), allowed="true, false")
            return False
        return self.value

    def one_of(self, known: Iterable[str], code: str) -> str:
        """One word of several; a misspelt one is taken for what was meant, so that it is told once."""
        names = tuple(known)
        if self.value in names:
            return str(self.value)
        self.unknown(str(self.value), names, code)
        return nearest(str(self.value), names) or names[0]

    def span(self) -> timedelta:
        """A length of time: 90s, 10m, 2h, 2d, 1h30m."""
        if isinstance(self.value, str) and _SPAN.fullmatch(self.value):
            parts = _SPAN_PART.findall(self.value)
            seconds = sum(float(number) * _SECONDS[unit] for number, unit in parts)
            if 0 < seconds <= LONGEST.total_seconds():
                return timedelta(seconds=seconds)
        self.problem("type.span", value=self.shown(), allowed="90s, 10m, 2h, 2d")
        return timedelta(hours=1)

    def clock(self) -> time:
        """A time of day: 20:30."""
        found = _CLOCK.fullmatch(self.value) if isinstance(self.value, str) else None
        if found is None:
            self.problem("type.clock", value=self.shown(), allowed="0:00–23:59")
            return time(0)
        return time(int(found[1]), int(found[2]))

    def parsed(self, parse: Callable[[object], T], fallback: T) -> T:
        """Whatever `parse` makes of the value; its Mistake is noted here."""
        try:
            return parse(self.value)
        except Mistake as mistake:
            self.mistaken(mistake)
            return fallback

    def shown(self) -> str:
        """The value as a message shows it."""
        return shown(self.value)

    def under(self, key: str) -> "Place":
        """The place under a key; this place itself when the key is not there."""
        if isinstance(self.value, dict) and key in self.value:
            return self._below(key, self.value[key])
        return self

    def _below(self, key: str | int, value: Plain) -> "Place":
        return Place(self.source, (*self.path, key), value, self.found)


@dataclass(frozen=True, slots=True)
class Fields:
    """Values under known keys; a missing one answers with a fallback, being noted already."""

    at: Place
    entries: Mapping[str, Place]

    def __getitem__(self, key: str) -> Place:
        """A required value."""
        return self.entries.get(key) or Place(self.at.source, (*self.at.path, key), None, [])

    def get(self, key: str) -> Place | None:
        """A value that may be left out."""
        return self.entries.get(key)

    def read(self, key: str, how: Callable[[Place], T], default: T) -> T:
        """An optional value read by `how`, or the default."""
        place = self.entries.get(key)
        return default if place is None else how(place)
