"""Whatever the hours, the zone and the moment: a promise is ahead, and what stands behind it comes in time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.case import Case
from flows.draft import Draft
from flows.effects import SetTimer
from flows.events import TimerKind
from flows.hours import Hours
from flows.promises import make_promise
from flows.working_time import hours_of_answering, next_morning
from tests.unit.flows.desk import salon_desk
from tests.unit.test_hours_properties import HOURS

ZONES = ("Europe/Berlin", "America/New_York", "Europe/Moscow", "Australia/Lord_Howe")
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
)
WITHIN = st.integers(1, 300).map(lambda n: timedelta(minutes=n))
IN_ZONES = st.builds(
    lambda hours, zone: replace(hours, zone=ZoneInfo(zone)), HOURS, st.sampled_from(ZONES)
)


def promised(
    hours: Hours, at: datetime, within: timedelta
) -> tuple[Draft, dict[TimerKind, datetime]]:
    """A case of a branch with these hours, promised an answer; when its timers fall due."""
    memory = salon_desk(at).memory
    business = memory.content.business
    branch = replace(business.branches[0], hours=hours)
    memory.content = replace(memory.content, business=replace(business, branches=(branch,)))
    customer = memory.customer(1, "Анна")
    care = replace(memory.care_of(customer), case=Case(1, customer.id, "", branch.id, at))
    draft = Draft(care, memory.facts(care), at)
    make_promise(draft, within)
    return draft, {e.kind: e.due for e in draft.effects if isinstance(e, SetTimer)}


@settings(max_examples=200)
@given(IN_ZONES, MOMENTS, WITHIN)
def test_a_promise_is_ahead_and_everything_behind_it_comes_before_it_breaks(
    hours: Hours, at: datetime, within: timedelta
) -> None:
    draft, due = promised(hours, at, within)

    reply_by = draft.case.reply_by
    assert reply_by is not None
    assert reply_by >= at + within
    assert at <= due[TimerKind.LATE] < reply_by
    assert at < due.get(TimerKind.WAITING, reply_by)
    assert due.get(TimerKind.WAITING, due[TimerKind.LATE]) <= due[TimerKind.LATE]


@settings(max_examples=200)
@given(IN_ZONES, MOMENTS, WITHIN)
def test_staff_are_told_while_somebody_is_there_unless_nobody_is_before_it_breaks(
    hours: Hours, at: datetime, within: timedelta
) -> None:
    draft, due = promised(hours, at, within)

    reply_by, told = draft.case.reply_by, due[TimerKind.LATE]
    assert reply_by is not None
    opens = hours_of_answering(draft).next_opening(told)
    assert opens == told or opens is None or opens >= reply_by


@settings(max_examples=200)
@given(IN_ZONES, MOMENTS)
def test_the_next_morning_is_another_day_and_not_at_night(hours: Hours, at: datetime) -> None:
    draft, _ = promised(hours, at, timedelta(minutes=30))

    morning = next_morning(draft)

    assert morning.astimezone(hours.zone).date() > at.astimezone(hours.zone).date()
    assert draft.branch.quiet.next_allowed(morning) == morning


@settings(max_examples=300)
@given(IN_ZONES, MOMENTS, st.integers(0, 3000).map(lambda n: timedelta(minutes=n)))
def test_a_working_day_is_today_or_last_night_s_and_never_goes_back(
    hours: Hours, at: datetime, later: timedelta
) -> None:
    day, today = hours.working_day(at), at.astimezone(hours.zone).date()

    assert today - timedelta(days=1) <= day <= today
    assert hours.working_day(at + later) >= day
