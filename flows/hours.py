"""When a branch is open, when messages must wait, and working time; no clock of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from flows.hours_spelling import (
    Span,
    Spans,
    Week,
    read_holidays,
    read_span,
    read_week,
    write_spans,
    write_week,
)
from flows.problems import Mistake

__all__ = ["Hours", "QuietHours", "Span", "Spans", "Week", "parse_hours", "parse_quiet"]

ONE_DAY = timedelta(days=1)
NEVER_QUIET = ("none", "off", "нет")


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of a branch in its own zone; a shift belongs to the day on which it starts.

    So a holiday replaces the shifts that start on it and leaves the tail of last night's alone.
    All methods take aware datetimes and answer in UTC; a naive one is a ValueError.
    """

    zone: ZoneInfo
    week: Week  # Monday..Sunday, split shifts allowed, () is a day off
    holidays: Mapping[date, Spans] = field(
        default_factory=dict
    )  # instead of the week, () is closed

    def is_open(self, at: datetime) -> bool:
        """True from the minute of opening up to, not including, the minute of closing."""
        return self.next_opening(at) == at

    def next_opening(self, at: datetime) -> datetime | None:
        """Answer `at` itself when open, None when there is nothing to wait for."""
        return next((opens for opens, _ in self._open_from(_in_utc(at))), None)

    def add_working(self, at: datetime, delta: timedelta) -> datetime:
        """Add `delta` of open time; what no opening can hold (always closed) runs on plainly.

        The answer lies inside an opening or at its end. ValueError when `delta` is negative.
        """
        if delta < timedelta(0):
            raise ValueError("working time is only added, never taken away")
        left, reached = delta, _in_utc(at)
        for opens, closes in self._open_from(reached):
            if opens + left <= closes:
                return opens + left
            left -= closes - opens
            reached = closes
        return reached + left

    def opens_on(self, day: date) -> datetime | None:
        """When the first shift of a day begins; None on a day off."""
        spans = self._spans_on(day)
        return _instants(day, spans[0], self.zone)[0] if spans else None

    def closes_on(self, day: date) -> datetime | None:
        """When the last shift of a day ends, which may be on the next; None on a day off."""
        spans = self._spans_on(day)
        return _instants(day, spans[-1], self.zone)[1] if spans else None

    def working_day(self, at: datetime) -> date:
        """The day whose work a moment belongs to: a night shift's is the day it began on, until the next opening."""
        today = _in_utc(at).astimezone(self.zone).date()
        closes = self.closes_on(today - ONE_DAY)
        ran_on = closes is not None and closes.astimezone(self.zone).time() > time(0)
        if closes is None or not ran_on or closes.astimezone(self.zone).date() < today:
            return today
        return today - ONE_DAY if at < (self.opens_on(today) or closes) else today

    def written(self) -> str | dict[str, str]:
        """Write the week as the owner does, for YAML; `parse_hours` reads it back."""
        return write_week(self.week)

    def written_holidays(self) -> dict[date, str]:
        """Write the holidays as the owner does, for YAML."""
        return {day: write_spans(self.holidays[day]) for day in sorted(self.holidays)}

    def _open_from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Openings after `at` (the one in progress begins at `at`), in order, never overlapping."""
        reached = at
        for day in self._days_from(at.astimezone(self.zone).date() - ONE_DAY):
            for span in self._spans_on(day):
                opens, closes = _instants(day, span, self.zone)
                opens = max(opens, reached)
                if opens < closes:
                    yield opens, closes
                    reached = closes

    def _days_from(self, first: date) -> Iterator[date]:
        """Days that may be open: endless with a weekly shift, else only the holidays."""
        if any(self.week):
            return (first + step * ONE_DAY for step in count())
        return iter(sorted(day for day in self.holidays if day >= first))

    def _spans_on(self, day: date) -> Spans:
        return self.holidays.get(day, self.week[day.weekday()])


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When nothing may ring, every night, in the branch's zone; equal times mean never."""

    start: time
    end: time
    zone: ZoneInfo

    def next_allowed(self, at: datetime) -> datetime:
        """Answer `at` itself when allowed, else the end of this night's quiet hours; UTC."""
        moment = _in_utc(at)
        if self.start == self.end:
            return moment
        today = moment.astimezone(self.zone).date()
        for day in (today - ONE_DAY, today):
            begins, ends = _instants(day, Span(self.start, self.end), self.zone)
            if begins <= moment < ends:
                return ends
        return moment


def parse_hours(value: object, zone: ZoneInfo, holidays: object = None) -> Hours:
    """Read the owner's spelling from YAML; a Mistake says what is wrong."""
    return Hours(zone, read_week(value), {} if holidays is None else read_holidays(holidays))


def parse_quiet(value: object, zone: ZoneInfo) -> QuietHours:
    """Read `22:00-9:00`, or `none`; a Mistake says what is wrong."""
    if isinstance(value, str) and value.strip().lower() in NEVER_QUIET:
        return QuietHours(time(0), time(0), zone)
    span = read_span(value)
    if span.start == span.end:
        raise Mistake("quiet.always", words=value)
    return QuietHours(span.start, span.end, zone)


def _instants(day: date, span: Span, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Beginning and end in UTC; a wall time that a clock change skips or repeats is its old side.

    One rule for both ends keeps neighbouring shifts without a gap or an overlap in any zone.
    """
    last = day if span.end > span.start else day + ONE_DAY
    opens = datetime.combine(day, span.start, zone)
    return opens.astimezone(UTC), datetime.combine(last, span.end, zone).astimezone(UTC)


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be compared with opening hours")
    return at.astimezone(UTC)
