"""Ready phrases of time and number, in the branch's zone; the words come from content and Babel.

Names of months and days and the rules of plurals are Babel's; every other word is a phrase of the
owner's texts, handed in by key. `phrase_slots` says which keys there must be.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import reduce
from zoneinfo import ZoneInfo

from flows.clocks import clock, hour, midnight
from flows.hours import Hours, Spans
from flows.hours_spelling import ALL_DAY, DAYS, EVERY_DAY, MIDNIGHT
from flows.languages import locale_of
from flows.money import format_money

UNITS = ("days", "hours", "minutes", "seconds", "times")
UNAMBIGUOUS_DAYS = 330  # a coming date needs no year while its name cannot mean a later one

_SLOT = re.compile(r"\{(\w+)\}")
_SLOTS = {
    "today": "",
    "yesterday": "",
    "until_today": "time",
    "until_tomorrow": "time",
    "until_date": "date time",
    "moment": "date time",
    "date": "day month",
    "date_with_year": "day month year",
    "on_date": "date",
    **{f"on_{day}": "" for day in DAYS},
    "daily": "hours",
    "weekdays": "hours",
    "weekends": "hours",
    "always": "",
    "on_days": "days hours",
    "day_range": "first last",
    "from_to": "start end",
    "both": "one other",
    "list": "one other",
    "two_units": "larger smaller",
}


def phrase_slots(locale: str) -> dict[str, frozenset[str]]:
    """Every key that content must give for `locale`, with the slots that its phrase may use."""
    forms = sorted({locale_of(locale).plural_form(n) for n in range(200)})
    counted = {f"{unit}.{form}": "n" for unit in UNITS for form in forms}
    return {f"phrase.{key}": frozenset(slots.split()) for key, slots in (_SLOTS | counted).items()}


def capitalised(text: str) -> str:
    """The same text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


class Phrases:
    """Phrases of one branch; moments are aware, `now` says what is today; KeyError: no such key."""

    def __init__(self, texts: Mapping[str, str], zone: ZoneInfo, locale: str) -> None:
        """Take the phrases by full key (`phrase.today`) and the zone in which days are counted."""
        self._texts = texts
        self._zone = zone
        self._locale = locale

    def reply_by(self, due: datetime, now: datetime) -> str:
        """`до 20:10`, `завтра до 10:30`, `24 ноября до 10:30`; midnight is 24:00 of its eve."""
        day, at = self._local(due).date(), self.clock(due)
        if self._local(due).time() == MIDNIGHT and due > now:
            day, at = day - timedelta(days=1), midnight(self._locale)
        today = self.today(now)
        if day == today:
            return self._fill("until_today", time=at)
        if day == today + timedelta(days=1):
            return self._fill("until_tomorrow", time=at)
        return self._fill("until_date", date=self.day(day, now), time=at)

    def visit_when(self, at: datetime, now: datetime) -> str:
        """`сегодня`, `вчера`, `12 мая`."""
        match (self.today(now) - self.today(at)).days:
            case 0:
                return self._fill("today")
            case 1:
                return self._fill("yesterday")
        return self._fill("on_date", date=self.day(self.today(at), now))

    def visit_when_cap(self, at: datetime, now: datetime) -> str:
        """`Сегодня`, `Вчера`, `12 мая`."""
        return capitalised(self.visit_when(at, now))

    def wrote_when_cap(self, at: datetime, now: datetime) -> str:
        """`Сегодня`, `Вчера`, `В пятницу` within six days, then `12 мая`."""
        day = self.today(at)
        if 2 <= (self.today(now) - day).days <= 6:
            return capitalised(self._fill(f"on_{DAYS[day.weekday()]}"))
        return self.visit_when_cap(at, now)

    def today(self, at: datetime) -> date:
        """The calendar day of a moment in the branch's zone."""
        return self._local(at).date()

    def day(self, of: date, now: datetime) -> str:
        """`20 января`; with the year when the day is of a past year, or nearly a year ahead."""
        today = self.today(now)
        near = today <= of < today + timedelta(days=UNAMBIGUOUS_DAYS)
        key = "date" if near or of.year == today.year else "date_with_year"
        month = locale_of(self._locale).months["format"]["wide"][of.month]
        return self._fill(key, day=of.day, month=month, year=of.year)

    def weekday(self, at: datetime) -> str:
        """`пятница`."""
        return str(locale_of(self._locale).days["stand-alone"]["wide"][self.today(at).weekday()])

    def moment(self, at: datetime, now: datetime) -> str:
        """`22 ноября, 12:10`."""
        return self._fill("moment", date=self.day(self.today(at), now), time=self.clock(at))

    def clock(self, at: datetime) -> str:
        """`20:05`, `9:00`."""
        return clock(self._local(at).time(), self._locale)

    def hours(self, hours: Hours) -> str:
        """`ежедневно с 10 до 21`, `по будням с 9 до 19, в субботу с 10 до 18`; never: empty."""
        if set(hours.week) == {(ALL_DAY,)}:
            return self._fill("always")
        days_of: dict[Spans, list[int]] = {}
        for day, spans in enumerate(hours.week):
            if spans:
                days_of.setdefault(spans, []).append(day)
        return self._join("list", (self._days(days, spans) for spans, days in days_of.items()))

    def money(self, minor: int, currency: str) -> str:
        """`1 200 ₽`, `1 200,50 ₽`; from minor units, with non-breaking spaces."""
        return format_money(minor, currency, self._locale)

    def counted(self, unit: str, n: int) -> str:
        """`1 день`, `3 дня`, `60 дней`; `unit` is one of UNITS."""
        return self._fill(f"{unit}.{locale_of(self._locale).plural_form(n)}", n=n)

    def duration(self, delta: timedelta) -> str:
        """`30 секунд`, `15 минут`, `1 час 30 минут`, `24 часа`, `2 дня`: at most two units."""
        seconds = round(delta.total_seconds())
        if seconds < 60:
            return self.counted("seconds", seconds)
        minutes = round(seconds / 60)
        if minutes < 60:
            return self.counted("minutes", minutes)
        if minutes < 48 * 60:
            return self._two_units("hours", minutes // 60, "minutes", minutes % 60)
        hours = round(minutes / 60)
        return self._two_units("days", hours // 24, "hours", hours % 24)

    def _two_units(self, larger: str, many: int, smaller: str, rest: int) -> str:
        whole = self.counted(larger, many)
        if not rest:
            return whole
        return self._fill("two_units", larger=whole, smaller=self.counted(smaller, rest))

    def _days(self, days: list[int], spans: Spans) -> str:
        hours = self._spans(spans)
        groups = {EVERY_DAY: "daily", EVERY_DAY[:5]: "weekdays", EVERY_DAY[5:]: "weekends"}
        if group := groups.get(tuple(days)):
            return self._fill(group, hours=hours)
        if len(days) == 1:
            named = self._fill(f"on_{DAYS[days[0]]}")
        else:
            named = self._join("list", (self._run(run) for run in _runs(days)))
        return self._fill("on_days", days=named, hours=hours)

    def _run(self, run: list[int]) -> str:
        short = locale_of(self._locale).days["format"]["abbreviated"]
        if len(run) > 2:
            return self._fill("day_range", first=short[run[0]], last=short[run[-1]])
        return self._join("list", (short[day] for day in run))

    def _spans(self, spans: Spans) -> str:
        if spans == (ALL_DAY,):
            return self._fill("always")
        written = [
            self._fill(
                "from_to",
                start=hour(span.start, self._locale),
                end=hour(span.end, self._locale, closing=True),
            )
            for span in spans
        ]
        *first, last = written
        return self._join("both", [self._join("list", first), last] if first else [last])

    def _join(self, key: str, parts: Iterable[str]) -> str:
        together = list(parts)
        if not together:
            return ""
        return reduce(lambda one, other: self._fill(key, one=one, other=other), together)

    def _fill(self, key: str, **values: object) -> str:
        return _SLOT.sub(lambda slot: str(values[slot[1]]), self._texts[f"phrase.{key}"])

    def _local(self, at: datetime) -> datetime:
        if at.tzinfo is None:
            raise ValueError("a moment without a time zone has no day in the branch's zone")
        return at.astimezone(self._zone)


def _runs(days: list[int]) -> list[list[int]]:
    """Neighbouring days together; two neighbours are still written one by one."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs
