"""Hours by properties: zones with and without clock changes, split shifts, nights, holidays."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from flows.hours import Hours, QuietHours, Span, parse_hours

KAZAN = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
SANTIAGO = ZoneInfo("America/Santiago")  # its clocks change at midnight


MINUTES = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
)
DELTAS = st.integers(0, 60 * 60).map(lambda n: timedelta(minutes=n))
ZONES = st.sampled_from([KAZAN, BERLIN, SANTIAGO])


def shifts_between(edges: list[time], by_night: bool) -> tuple[Span, ...]:
    """Up to three shifts that do not overlap; by night the last one runs to the next morning."""
    ordered = sorted(edges)
    shifts = [Span(*ordered[i : i + 2]) for i in range(0, len(ordered) - 1, 2)]
    if shifts and by_night:
        shifts[-1] = Span(shifts[-1].start, shifts[0].start if len(shifts) > 1 else time(0))
    return tuple(shifts)


SHIFTS = st.builds(
    shifts_between, st.lists(MINUTES, max_size=6, unique=True), by_night=st.booleans()
)
HOURS = st.builds(
    Hours,
    ZONES,
    st.tuples(*[SHIFTS] * 7),
    st.dictionaries(st.dates(date(2026, 1, 1), date(2027, 12, 31)), SHIFTS, max_size=4),
)


@given(HOURS, MOMENTS, DELTAS)
def test_working_time_ends_inside_an_opening_or_at_its_end(
    hours: Hours, moment: datetime, delta: timedelta
) -> None:
    reached = hours.add_working(moment, delta)

    just_before = reached - timedelta(microseconds=1)
    assert reached >= moment + delta
    assert hours.is_open(reached) or hours.is_open(just_before) or not any(hours.week)


@given(HOURS, MOMENTS, DELTAS, DELTAS)
def test_more_working_time_never_ends_earlier(
    hours: Hours, moment: datetime, one: timedelta, other: timedelta
) -> None:
    shorter, longer = sorted((one, other))

    assert hours.add_working(moment, shorter) <= hours.add_working(moment, longer)


@given(HOURS, MOMENTS, DELTAS, DELTAS)
def test_a_later_start_never_ends_earlier(
    hours: Hours, moment: datetime, later: timedelta, delta: timedelta
) -> None:
    assert hours.add_working(moment, delta) <= hours.add_working(moment + later, delta)


@given(HOURS, MOMENTS, DELTAS, DELTAS)
def test_working_time_adds_up(
    hours: Hours, moment: datetime, one: timedelta, other: timedelta
) -> None:
    in_two_steps = hours.add_working(hours.add_working(moment, one), other)

    at_once = hours.add_working(moment, one + other)
    assert in_two_steps == (at_once if other else hours.add_working(at_once, timedelta(0)))


@given(HOURS, MOMENTS)
def test_the_next_opening_is_open_and_not_in_the_past(hours: Hours, moment: datetime) -> None:
    opening = hours.next_opening(moment)

    if opening is not None:
        assert opening >= moment
        assert hours.is_open(opening) is True
        assert hours.is_open(moment) == (opening == moment)


@given(HOURS)
def test_any_hours_survive_being_written_and_read(hours: Hours) -> None:
    again = parse_hours(hours.written(), hours.zone, hours.written_holidays())

    assert again == hours


@given(MINUTES, MINUTES, ZONES, MOMENTS)
def test_after_quiet_hours_it_is_not_quiet(
    start: time, end: time, zone: ZoneInfo, moment: datetime
) -> None:
    quiet = QuietHours(start, end, zone)

    allowed = quiet.next_allowed(moment)

    assert moment <= allowed <= moment + timedelta(hours=25)
    assert quiet.next_allowed(allowed) == allowed
