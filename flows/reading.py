"""Walks an owner's file: each place knows its keys and line, and notes what is wrong with it.

A place always answers with a value of the asked type, so one pass finds every mistake; what the
keys mean stands in the compile_* modules.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import TypeVar

from flows.problems import Path, Problem, nearest
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
        self, what: str, allowed: str = "", did_you_mean: str = "", *, warning: bool = False
    ) -> None:
        """Note a mistake at this place."""
        path = ".".join(map(str, self.path))
        line = self.source.line(self.path)
        self.found.append(
            Problem(self.source.file, line, path, what, allowed, did_you_mean, warning)
        )

    def unknown(self, word: str, known: Iterable[object], what: str) -> None:
        """Note that `word` is none of `known`; `what` names what it should have been."""
        names = [str(name) for name in known]
        near = nearest(word, names)
        self.problem(f'"{word}" is not {what}', "" if near else ", ".join(names), near)

    def fields(self, required: Iterable[str], optional: Iterable[str] = ()) -> "Fields":
        """The values under known keys; notes unknown and missing ones."""
        required = tuple(required)
        known = (*required, *optional)
        entries = self.entries()
        for key, place in entries.items():
            if key not in known:
                place.unknown(key, known, "known here")
        for key in required:
            if key not in entries and isinstance(self.value, dict):
                self.problem(f'"{key}" is missing')
        return Fields(self, entries)

    def entries(self) -> "dict[str, Place]":
        """The values under keys of the owner's choice."""
        if not isinstance(self.value, dict):
            self.problem(f"{self.quoted()} is not a list of keys with values")
            return {}
        return {key: self._below(key, value) for key, value in self.value.items()}

    def items(self) -> "list[Place]":
        """The values of a list."""
        if not isinstance(self.value, list):
            self.problem(f"{self.quoted()} is not a list", "[a, b]")
            return []
        return [self._below(at, value) for at, value in enumerate(self.value)]

    def text(self, most: int | None = None, *, empty: bool = False) -> str:
        """A text of at most so many characters."""
        if not isinstance(self.value, str):
            self.problem(f"{self.quoted()} is not text; write it in quotes")
            return ""
        if not self.value.strip() and not empty:
            self.problem("the text is empty")
        elif most is not None and len(self.value) > most:
            self.problem(f"{len(self.value)} characters, at most {most} fit")
        return self.value

    def id(self) -> str:
        """A short name in Latin letters: it travels in buttons and links."""
        if isinstance(self.value, str) and _ID.fullmatch(self.value):
            return self.value
        self.problem(f"{self.quoted()} is not a short name", "up to 16 of a-z, 0-9 and _")
        return str(self.value)

    def whole(self, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int):
            self.problem(f"{self.quoted()} is not a whole number", f"{least} to {most}")
            return least
        if not least <= value <= most:
            self.problem(f"{value} is out of bounds", f"{least} to {most}")
        return value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.problem(f"{self.quoted()} is neither yes nor no", "true, false")
            return False
        return self.value

    def one_of(self, known: Iterable[str], what: str) -> str:
        """One word of several."""
        names = tuple(known)
        if self.value in names:
            return str(self.value)
        self.unknown(str(self.value), names, what)
        return names[0]

    def span(self) -> timedelta:
        """A length of time: 90s, 10m, 2h, 2d, 1h30m."""
        if isinstance(self.value, str) and _SPAN.fullmatch(self.value):
            parts = _SPAN_PART.findall(self.value)
            seconds = sum(float(number) * _SECONDS[unit] for number, unit in parts)
            if 0 < seconds <= LONGEST.total_seconds():
                return timedelta(seconds=seconds)
        self.problem(f"{self.quoted()} is not a length of time", "90s, 10m, 2h, 2d")
        return timedelta(hours=1)

    def clock(self) -> time:
        """A time of day: 20:30."""
        found = _CLOCK.fullmatch(self.value) if isinstance(self.value, str) else None
        if found is None:
            self.problem(f"{self.quoted()} is not a time of day", "0:00 to 23:59")
            return time(0)
        return time(int(found[1]), int(found[2]))

    def parsed(self, parse: Callable[[object], T], fallback: T) -> T:
        """Whatever `parse` makes of the value; its ValueError is noted here."""
        try:
            return parse(self.value)
        except ValueError as error:
            self.problem(str(error))
            return fallback

    def quoted(self) -> str:
        """The value as a message shows it."""
        match self.value:
            case None:
                return "nothing"
            case bool():
                return str(self.value).lower()
            case dict() | list():
                return "a list"
            case str():
                return f'"{self.value[:40]}"'
            case _:
                return str(self.value)

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
