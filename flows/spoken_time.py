"""A time as people say it ("tomorrow before noon"), and the moment it means. Finding it in words is elsewhere."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flows.hours import Hours

_ONE_DAY = timedelta(days=1)
_HALF_DAY = 12
_EARLIEST, _LATEST = time(7), time(23)  # an hour of the clock said to a customer lies between
_LAST_MINUTE = time(23, 59)
_NOON = time(12)
_FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class SpokenTime:
    """What was said: a span from now, or a day and a time of it; nothing of both is the day's end.

    `weekday` counts from Monday 0. `clock` is (hour, minute) as said; `halves` when it may mean either half
    of the day. `word` names a time of the day ("noon"), whose clock the owner's rules know.
    """

    span: timedelta | None = None
    days: int | None = None  # from today; with `span` None
    weekday: int | None = None
    weeks: int | None = (
        None  # of the week so many further: 0 is this one; None is the next such day
    )
    on: tuple[int, int] | None = None  # day and month; month 0 is whichever comes next
    clock: tuple[int, int] | None = None
    halves: bool = False
    word: str = ""
    lasting: bool = False  # the word holds until the day's end ("in the evening", said at eight)
    before: bool = False  # before that day begins ("by Monday")


def moment_of(
    said: SpokenTime, now: datetime, hours: Hours, clocks: Mapping[str, time]
) -> datetime | None:
    """The latest moment (UTC) that keeps what was said at `now`; None when that is over, or too far away."""
    found = _moment(said, now.astimezone(UTC), hours, clocks)
    if found is None or not now < found <= now + _FURTHEST:
        return None
    return found


def _moment(
    said: SpokenTime, now: datetime, hours: Hours, clocks: Mapping[str, time]
) -> datetime | None:
    if said.span is not None:
        return now + said.span
    here = now.astimezone(hours.zone)
    day = _day(said, here.date())
    if day is None:
        return _nearest(said, here, hours, clocks)
    if said.before:
        return _before(day, hours)
    return _on(said, day, here, hours, clocks)


def _day(said: SpokenTime, today: date) -> date | None:
    """The day that was named; None when none was. "On Friday", said on a Friday, is the next one."""
    if said.days is not None:
        return today + said.days * _ONE_DAY
    if said.weekday is not None:
        if said.weeks is not None:
            monday = today - today.weekday() * _ONE_DAY
            return monday + (7 * said.weeks + said.weekday) * _ONE_DAY
        return today + ((said.weekday - today.weekday()) % 7 or 7) * _ONE_DAY
    if said.on is not None:
        return _date(said.on, today)
    return None


def _date(on: tuple[int, int], today: date) -> date:
    number, month = on
    first = today.replace(day=1)
    for ahead in range(13):
        begins = date(
            first.year + (first.month + ahead - 1) // 12, (first.month + ahead - 1) % 12 + 1, 1
        )
        if month in (0, begins.month) and number <= monthrange(begins.year, begins.month)[1]:
            found = begins.replace(day=number)
            if found >= today:
                return found
    return today - _ONE_DAY  # in no calendar: over


def _nearest(
    said: SpokenTime, here: datetime, hours: Hours, clocks: Mapping[str, time]
) -> datetime | None:
    """Without a day: today, or tomorrow when that is over; at work rather than out of hours."""
    days = (here.date(), here.date() + _ONE_DAY)
    found = [at for day in days if (at := _on(said, day, here, hours, clocks)) and at > here]
    at_work = [at for at in found if _is_work(at, hours)] if said.halves else []
    return next(iter(at_work or found), None)


def _on(
    said: SpokenTime, day: date, here: datetime, hours: Hours, clocks: Mapping[str, time]
) -> datetime | None:
    if said.clock is not None:
        return _by_clock(said, day, here, hours)
    if said.word:
        at = clocks.get(said.word)
        found = None if at is None else _at(day, at, hours)
        over = found is not None and found <= here
        return _day_ends(day, hours) if over and said.lasting else found
    return _day_ends(day, hours)


def _by_clock(said: SpokenTime, day: date, here: datetime, hours: Hours) -> datetime | None:
    """An hour that may mean either half of the day is the one ahead at which the branch is open."""
    hour, minute = said.clock or (0, 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    both = said.halves and 1 <= hour <= _HALF_DAY
    said_hours = (hour % _HALF_DAY + _HALF_DAY, hour) if both and hour == _HALF_DAY else (hour,)
    if both and hour < _HALF_DAY:
        said_hours = (hour, hour + _HALF_DAY)
    ahead = [at for at in (_hour(day, h, minute, hours) for h in said_hours) if at > here]
    if not both:
        return ahead[0] if ahead else None
    likely = [at for at in ahead if _is_work(at, hours)] or [
        at for at in ahead if _EARLIEST <= at.astimezone(hours.zone).time() <= _LATEST
    ]
    return likely[0] if likely else None


def _is_work(at: datetime, hours: Hours) -> bool:
    """Open then, or until then."""
    return hours.is_open(at) or hours.is_open(at - timedelta(minutes=1))


def _hour(day: date, hour: int, minute: int, hours: Hours) -> datetime:
    if hour == 24:
        return _at(day + _ONE_DAY, time(0), hours)
    return _at(day, time(hour, minute), hours)


def _at(day: date, at: time, hours: Hours) -> datetime:
    return datetime.combine(day, at, hours.zone).astimezone(UTC)


def _day_ends(day: date, hours: Hours) -> datetime:
    """When the branch closes that day, at midnight at the latest; on a day off a minute before it."""
    closes = hours.closes_on(day)
    if closes is None:
        return _at(day, _LAST_MINUTE, hours)
    return min(closes, _at(day + _ONE_DAY, time(0), hours))


def _before(day: date, hours: Hours) -> datetime:
    """Before the day's work begins: when the branch opens on it, or its noon on a day off."""
    return hours.opens_on(day) or _at(day, _NOON, hours)
