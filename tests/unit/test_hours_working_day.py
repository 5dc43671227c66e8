"""Which day a moment's work belongs to: a night shift's is the day it began on. Clock changes move none of it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows.hours import Hours, parse_hours

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
BAR = "18:00-02:00"


def day(hours: Hours, moment: str) -> str:
    return hours.working_day(datetime.fromisoformat(moment).replace(tzinfo=hours.zone)).isoformat()


@pytest.mark.parametrize(
    ("moment", "belongs_to"),
    [
        ("2026-11-20 19:00", "2026-11-20"),
        ("2026-11-20 23:59", "2026-11-20"),
        ("2026-11-21 00:00", "2026-11-20"),
        ("2026-11-21 01:30", "2026-11-20"),
        ("2026-11-21 02:10", "2026-11-20"),  # the till is counted
        ("2026-11-21 17:59", "2026-11-20"),
        ("2026-11-21 18:00", "2026-11-21"),
    ],
)
def test_a_bar_s_night_belongs_to_the_evening(moment: str, belongs_to: str) -> None:
    assert day(parse_hours(BAR, MOSCOW), moment) == belongs_to


@pytest.mark.parametrize("hours", ["10:00-21:00", "00:00-24:00", "closed", "10:00-24:00"])
def test_whoever_closes_by_midnight_counts_by_the_calendar(hours: str) -> None:
    assert day(parse_hours(hours, MOSCOW), "2026-11-21 00:30") == "2026-11-21"


def test_the_night_before_a_day_off_ends_with_its_shift() -> None:
    bar = parse_hours({"fri": BAR}, MOSCOW)

    assert day(bar, "2026-11-21 01:30") == "2026-11-20"
    assert day(bar, "2026-11-21 02:00") == "2026-11-21"


@pytest.mark.parametrize(
    ("zone", "before", "night"),
    [
        (BERLIN, date(2026, 3, 28), "2026-03-29 03:30"),
        (BERLIN, date(2026, 10, 24), "2026-10-25 02:30"),
        (NEW_YORK, date(2026, 3, 7), "2026-03-08 03:30"),
        (NEW_YORK, date(2026, 10, 31), "2026-11-01 01:30"),
    ],
)
def test_a_night_with_a_clock_change_is_one_night(zone: ZoneInfo, before: date, night: str) -> None:
    bar = parse_hours("20:00-05:00", zone)

    assert day(bar, night) == before.isoformat()


@pytest.mark.parametrize(
    ("zone", "asked", "due"),
    [
        (BERLIN, "2026-03-28 20:50", "2026-03-29 10:20"),
        (BERLIN, "2026-10-24 20:50", "2026-10-25 10:20"),
        (NEW_YORK, "2026-03-07 20:50", "2026-03-08 10:20"),
        (NEW_YORK, "2026-10-31 20:50", "2026-11-01 10:20"),
    ],
)
def test_half_an_hour_of_work_over_a_clock_change_ends_by_the_clock_on_the_wall(
    zone: ZoneInfo, asked: str, due: str
) -> None:
    hours = parse_hours("10:00-21:00", zone)

    reached = hours.add_working(
        datetime.fromisoformat(asked).replace(tzinfo=zone), timedelta(minutes=30)
    )

    assert reached == datetime.fromisoformat(due).replace(tzinfo=zone).astimezone(UTC)
