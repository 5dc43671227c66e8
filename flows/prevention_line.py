"""Reads one line of a manager: what changes, who does it, by which day. No question is asked here."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flows.hours import Hours
from flows.promise_phrases import times_in
from flows.room import cut
from flows.spoken_time import SpokenTime, moment_of
from flows.word_forms import plain

_LANGUAGES = ("ru", "en")
_WHAT_MOST = 300  # UTF-16 units
_NAME_MOST = 2  # words
_ONE_DAY = timedelta(days=1)
_ENDS_AT_MIDNIGHT = timedelta(minutes=1)
_PARTS = re.compile(r"[,;\n]+")
_NUMBERS = re.compile(
    r"(?:(?:к|до|by)\s+)?(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})(?:\.(?:20)?\d\d)?(?![\d.])"
)
_EMPTY = " .!—–-"


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says; "" and None for what it does not."""

    what: str = ""
    who: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class _Day:
    start: int
    end: int
    day: date


def read_line(
    text: str, names: Iterable[str], now: datetime, hours: Hours, clocks: Mapping[str, time]
) -> Line:
    """The last day that is named is the day; a part of the line that is a name says who; the rest is what."""
    found = max(_days(text, now, hours, clocks), key=lambda each: each.start, default=None)
    parts = [part for part in _parts_without(text, found) if part.strip(_EMPTY)]
    who = parts.pop().strip(_EMPTY) if len(parts) > 1 and _is_name(parts[-1], names) else ""
    what = ", ".join(part.strip().rstrip(".") for part in parts)
    return Line(cut(what, _WHAT_MOST), who, found.day if found else None)


def _days(text: str, now: datetime, hours: Hours, clocks: Mapping[str, time]) -> Iterator[_Day]:
    """Days to come, as far as the grammars know them; an hour alone ("open from 10 to 18") is no day."""
    line = plain(text)
    for match in _NUMBERS.finditer(line):
        said = SpokenTime(on=(int(match["day"]), int(match["month"])))
        if int(match["month"]) <= 12 and (day := _day_of(said, now, hours, clocks)):
            yield _Day(match.start(), match.end(), day)
    for language in _LANGUAGES:
        for found in times_in(line, language):
            if day := _day_of(found.time, now, hours, clocks):
                yield _Day(found.start, found.end, day)


def _day_of(
    said: SpokenTime, now: datetime, hours: Hours, clocks: Mapping[str, time]
) -> date | None:
    names_a_day = (said.days, said.weekday, said.on) != (None, None, None)
    if not names_a_day and (said.span is None or said.span < _ONE_DAY):
        return None
    moment = moment_of(said, now, hours, clocks)
    return (moment - _ENDS_AT_MIDNIGHT).astimezone(hours.zone).date() if moment else None


def _parts_without(text: str, found: _Day | None) -> Iterator[str]:
    """The parts of the line but for one that is the day alone; amid other words it stays where it was said."""
    start = 0
    for end in (*(match.start() for match in _PARTS.finditer(text)), len(text)):
        part = text[start:end]
        inside = found is not None and start <= found.start and found.end <= end
        if (
            found is None
            or not inside
            or (text[start : found.start] + text[found.end : end]).strip(f"{_EMPTY},;\n")
        ):
            yield part.strip(",;\n ")
        start = end


def _is_name(part: str, names: Iterable[str]) -> bool:
    """Somebody of the staff, or a word or two that begin with a capital letter."""
    words = part.strip(_EMPTY).split()
    if not 0 < len(words) <= _NAME_MOST:
        return False
    known = {name.casefold() for name in names} | {name.split()[0].casefold() for name in names}
    return " ".join(words).casefold() in known or all(word[0].isupper() for word in words)
