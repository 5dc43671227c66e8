"""How an owner writes hours, and how we write them back; the rules are in `flows.hours`.

Every error is a Mistake with the offending words; file and line are added by whoever read the file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from itertools import groupby, pairwise

from flows.problems import Mistake, shown

MIDNIGHT = time(0)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = tuple(range(7))
LONGEST_HOLIDAY_DAYS = 366

_DAY_NAMES = (
    ("mon", "monday", "пн", "понедельник"),
    ("tue", "tuesday", "вт", "вторник"),
    ("wed", "wednesday", "ср", "среда"),
    ("thu", "thursday", "чт", "четверг"),
    ("fri", "friday", "пт", "пятница"),
    ("sat", "saturday", "сб", "суббота"),
    ("sun", "sunday", "вс", "воскресенье"),
)
_DAY = {name: index for index, names in enumerate(_DAY_NAMES) for name in names}
_GROUP = {
    **dict.fromkeys(("daily", "every day", "ежедневно", "каждый день"), EVERY_DAY),
    **dict.fromkeys(("weekdays", "будни", "по будням"), EVERY_DAY[:5]),
    **dict.fromkeys(("weekends", "выходные", "по выходным"), EVERY_DAY[5:]),
}
_CLOSED = ("closed", "выходной", "закрыто")
_ALWAYS = ("24h", "24/7", "круглосуточно")
_DASH = r"\s*[-–—]\s*"
_CLOCK = r"(\d{1,2}(?:[:.]\d{2})?)"
_SPAN = re.compile(rf"{_CLOCK}{_DASH}{_CLOCK}|с\s+{_CLOCK}\s+до\s+{_CLOCK}")
_DATE = r"(\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4})"
_DATES = re.compile(rf"{_DATE}(?:(?:\s*\.\.\s*|{_DASH}){_DATE})?")


@dataclass(frozen=True, slots=True)
class Span:
    """Open from `start` to `end`, branch time; `end <= start` is a time of the next day."""

    start: time
    end: time


Spans = tuple[Span, ...]
Week = tuple[Spans, ...]  # Monday..Sunday; () is a day off
ALL_DAY = Span(MIDNIGHT, MIDNIGHT)


def read_spans(value: object) -> Spans:
    """Read one day: `9:00-13:00, 14:00-19:00`, `24h` or `closed`; sorted, never overlapping."""
    if not isinstance(value, str) or not value.strip():
        raise Mistake("hours.unreadable", value=shown(value))
    text = _plain(value)
    if text in _CLOSED:
        return ()
    if text in _ALWAYS:
        return (ALL_DAY,)
    spans = tuple(sorted(map(_read_span, _parts(text)), key=lambda span: span.start))
    for earlier, later in pairwise(spans):
        if earlier.end > later.start or earlier.end <= earlier.start:
            one, other = write_spans((earlier,)), write_spans((later,))
            raise Mistake("hours.overlap", one=one, other=other)
    return spans


def read_week(value: object) -> Week:
    """Read a week: one text (`10-21`, `mon-fri 9-20, sat 10-18`) or a mapping of days to hours.

    Days that nobody names are closed; days named one by one go before `daily`.
    """
    clauses = list(value.items()) if isinstance(value, Mapping) else list(_clauses(value))
    if not clauses:
        raise Mistake("hours.none")
    base: dict[int, tuple[str, Spans]] = {}
    named: dict[int, tuple[str, Spans]] = {}
    for key, hours in clauses:
        days, spans = read_days(key), read_spans(hours)
        into = base if days == EVERY_DAY else named
        for day in days:
            if day in into:
                raise Mistake("hours.day_twice", day=DAYS[day], one=into[day][0], other=key)
            into[day] = (str(key), spans)
    return tuple((base | named).get(day, ("", ()))[1] for day in EVERY_DAY)


def read_days(value: object) -> tuple[int, ...]:
    """Read `mon-fri`, `пн, ср`, `weekends`, `ежедневно`: indices of days, Monday is 0."""
    text = _plain(str(value))
    if text in _GROUP:
        return _GROUP[text]
    days: list[int] = []
    for part in _parts(text) or [text]:
        first, *rest = re.split(_DASH, part)
        if len(rest) > 1:
            raise Mistake("hours.days", words=part)
        start, end = _read_day(first), _read_day(rest[0] if rest else first)
        days += [(start + step) % 7 for step in range((end - start) % 7 + 1)]
    return tuple(dict.fromkeys(days))


def read_holidays(value: object) -> dict[date, Spans]:
    """Read `{2026-12-31: "10-18", "2027-01-01..2027-01-08": closed}`; `31.12.2026` will do too."""
    if not isinstance(value, Mapping):
        raise Mistake("holidays.unreadable", value=shown(value))
    holidays: dict[date, Spans] = {}
    for key, hours in value.items():
        spans = read_spans(hours)
        for day in _read_dates(key):
            if day in holidays:
                raise Mistake("holidays.twice", day=day, words=key)
            holidays[day] = spans
    return holidays


def read_span(value: object) -> Span:
    """Read exactly one span, such as quiet hours: `22:00-9:00`."""
    spans = read_spans(value)
    if len(spans) != 1:
        raise Mistake("hours.not_one", value=shown(value))
    return spans[0]


def write_spans(spans: Spans) -> str:
    """Write what `read_spans` reads."""
    if not spans:
        return _CLOSED[0]
    return ", ".join(f"{span.start:%H:%M}-{_closing(span)}" for span in spans)


def write_week(week: Week) -> str | dict[str, str]:
    """Write what `read_week` reads: one text when all days are alike, else a mapping of days."""
    if len(set(week)) == 1 and week[0]:
        return write_spans(week[0])
    written: dict[str, str] = {}
    for spans, run in groupby(EVERY_DAY, key=lambda day: week[day]):
        days = list(run)
        key = DAYS[days[0]] if len(days) == 1 else f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
        written[key] = write_spans(spans)
    return written


def _clauses(value: object) -> Iterator[tuple[str, str]]:
    """Split `пн-пт 9-13, 14-19, сб 10-18` into days and their hours."""
    if not isinstance(value, str):
        raise Mistake("hours.no_text", value=shown(value))
    days: list[str] = []
    hours: list[str] = []
    for part in _parts(_plain(value)):
        words = part.split()
        cut = next((i for i, word in enumerate(words) if _begins_hours(word)), len(words))
        if cut and hours:
            yield ", ".join(days) or "daily", ", ".join(hours)
            days, hours = [], []
        days += [" ".join(words[:cut])] if cut else []
        hours += [" ".join(words[cut:])] if cut < len(words) else []
    yield ", ".join(days) or "daily", ", ".join(hours) or value


def _begins_hours(word: str) -> bool:
    return word[0].isdigit() or word == "с" or word in _CLOSED or word in _ALWAYS


def _read_span(part: str) -> Span:
    found = _SPAN.fullmatch(part)
    if found is None:
        raise Mistake("hours.span", words=part)
    opens, closes = (clock for clock in found.groups() if clock)
    if _minutes(opens) == 24 * 60:
        raise Mistake("hours.opens_at_midnight", words=part)
    if _minutes(opens) == _minutes(closes):
        raise Mistake("hours.no_length", words=part)
    return Span(_time(opens), _time(closes))


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.replace(".", ":").partition(":")
    total = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or total > 24 * 60:
        raise Mistake("hours.clock", words=clock)
    return total


def _time(clock: str) -> time:
    hours, minutes = divmod(_minutes(clock) % (24 * 60), 60)
    return time(hours, minutes)


def _closing(span: Span) -> str:
    return "24:00" if span.end == MIDNIGHT else f"{span.end:%H:%M}"


def _read_day(word: str) -> int:
    if word in _DAY:
        return _DAY[word]
    near = get_close_matches(word, [*_DAY, *_GROUP], n=1)
    known = ", ".join((*DAYS, "daily"))
    raise Mistake(
        "hours.day", words=word, allowed="" if near else known, near=near[0] if near else ""
    )


def _read_dates(key: object) -> Iterable[date]:
    if isinstance(key, date) and not isinstance(key, datetime):
        return (key,)
    found = _DATES.fullmatch(str(key).strip())
    if found is None:
        raise Mistake("holidays.date", words=key)
    first = _read_date(found[1])
    last = _read_date(found[2]) if found[2] else first
    length = (last - first).days + 1
    if not 1 <= length <= LONGEST_HOLIDAY_DAYS:
        raise Mistake("holidays.length", words=key)
    return [first + timedelta(days=step) for step in range(length)]


def _read_date(text: str) -> date:
    try:
        day, month, year = map(int, text.split(".")) if "." in text else (0, 0, 0)
        return date(year, month, day) if year else date.fromisoformat(text)
    except ValueError:
        raise Mistake("holidays.calendar", words=text) from None


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split())


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"\s*[,;]\s*|\s+(?:и|and)\s+", text) if part]
