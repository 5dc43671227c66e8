"""Opening hours, working time and quiet hours: closings, holidays, nights, clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows.hours import parse_hours, parse_quiet

KAZAN = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
DAILY = parse_hours("10:00-21:00", KAZAN)
ALWAYS = parse_hours("00:00-24:00", BERLIN)
NEVER = parse_hours("closed", KAZAN)


def at(text: str, zone: ZoneInfo = KAZAN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def hour(n: float) -> timedelta:
    return timedelta(hours=n)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [("09:59", False), ("10:00", True), ("20:59", True), ("21:00", False)],
)
def test_open_from_the_minute_of_opening_to_the_minute_of_closing(
    moment: str, is_open: bool
) -> None:
    assert DAILY.is_open(at(f"2026-11-21 {moment}")) == is_open


def test_the_next_opening_is_now_today_or_tomorrow() -> None:
    assert DAILY.next_opening(at("2026-11-21 12:00")) == at("2026-11-21 12:00")
    assert DAILY.next_opening(at("2026-11-21 03:00")) == at("2026-11-21 10:00")
    assert DAILY.next_opening(at("2026-11-21 21:00")) == at("2026-11-22 10:00")


def test_a_place_that_never_opens_has_no_next_opening() -> None:
    assert NEVER.is_open(at("2026-11-21 12:00")) is False
    assert NEVER.next_opening(at("2026-11-21 12:00")) is None


def test_answers_are_in_utc() -> None:
    opening = DAILY.next_opening(at("2026-11-21 03:00"))

    assert opening is not None
    assert opening.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        DAILY.is_open(at("2026-11-21 12:00").replace(tzinfo=None))


def test_a_night_shift_goes_on_past_midnight() -> None:
    bar = parse_hours({"fri-sat": "18-02"}, KAZAN)

    assert bar.is_open(at("2026-11-21 01:59")) is True  # Friday's shift
    assert bar.is_open(at("2026-11-21 02:00")) is False
    assert bar.is_open(at("2026-11-22 01:00")) is True  # Saturday's
    assert bar.is_open(at("2026-11-23 01:00")) is False


def test_at_new_year_the_night_shift_ends_as_usual_and_the_holiday_is_closed() -> None:
    bar = parse_hours("18-02", KAZAN, {"2027-01-01..2027-01-08": "closed"})

    assert bar.is_open(at("2027-01-01 01:00")) is True
    assert bar.next_opening(at("2027-01-01 02:00")) == at("2027-01-09 18:00")


def test_a_holiday_may_open_a_day_off() -> None:
    hours = parse_hours({"mon-fri": "9-18"}, KAZAN, {"2026-11-21": "11-15"})

    assert hours.is_open(at("2026-11-21 12:00")) is True
    assert hours.next_opening(at("2026-11-21 15:00")) == at("2026-11-23 09:00")


# Working time


def test_working_time_skips_closings_breaks_and_days_off() -> None:
    hours = parse_hours({"mon-fri": "9-13, 14-19"}, KAZAN)

    assert hours.add_working(at("2026-11-20 12:30"), hour(1)) == at("2026-11-20 14:30")
    assert hours.add_working(at("2026-11-20 18:30"), hour(1)) == at("2026-11-23 09:30")
    assert hours.add_working(at("2026-11-21 23:00"), hour(0)) == at("2026-11-23 09:00")


def test_working_time_that_fits_to_the_minute_ends_with_the_opening() -> None:
    assert DAILY.add_working(at("2026-11-21 20:00"), hour(1)) == at("2026-11-21 21:00")


def test_around_the_clock_working_time_is_plain_time() -> None:
    assert ALWAYS.add_working(at("2026-12-31 23:00", BERLIN), hour(30)) == at(
        "2027-01-02 05:00", BERLIN
    )


def test_working_time_of_a_place_that_never_opens_is_plain_time() -> None:
    assert NEVER.add_working(at("2026-11-21 12:00"), hour(5)) == at("2026-11-21 17:00")


def test_working_time_that_outlasts_the_only_opening_runs_on_after_it() -> None:
    hours = parse_hours("closed", KAZAN, {"2026-12-05": "10-12"})

    assert hours.add_working(at("2026-11-21 12:00"), hour(2)) == at("2026-12-05 12:00")
    assert hours.add_working(at("2026-11-21 12:00"), hour(3)) == at("2026-12-05 13:00")


def test_working_time_is_never_taken_away() -> None:
    with pytest.raises(ValueError, match="never taken away"):
        DAILY.add_working(at("2026-11-21 12:00"), hour(-1))


# Clock changes: in Berlin 29 March 2026 lacks 02:00-03:00, 25 October 2026 has it twice


def test_a_day_and_night_place_is_open_through_both_clock_changes() -> None:
    assert ALWAYS.add_working(at("2026-03-28 12:00", BERLIN), hour(24)) == at(
        "2026-03-29 13:00", BERLIN
    )
    assert ALWAYS.add_working(at("2026-10-24 12:00", BERLIN), hour(24)) == at(
        "2026-10-25 11:00", BERLIN
    )


def test_the_spring_night_shift_is_an_hour_shorter() -> None:
    bar = parse_hours("22-06", BERLIN)

    assert bar.add_working(at("2026-03-28 22:00", BERLIN), hour(7)) == at(
        "2026-03-29 06:00", BERLIN
    )


def test_the_autumn_night_shift_is_an_hour_longer() -> None:
    bar = parse_hours("22-06", BERLIN)

    assert bar.add_working(at("2026-10-24 22:00", BERLIN), hour(9)) == at(
        "2026-10-25 06:00", BERLIN
    )


def test_the_morning_after_a_clock_change_opens_by_the_new_wall_clock() -> None:
    hours = parse_hours("9-18", BERLIN)

    assert hours.next_opening(at("2026-03-28 18:00", BERLIN)) == datetime(
        2026, 3, 29, 7, tzinfo=UTC
    )
    assert hours.next_opening(at("2026-10-24 18:00", BERLIN)) == datetime(
        2026, 10, 25, 8, tzinfo=UTC
    )


def test_a_shift_that_the_clock_change_swallows_is_skipped() -> None:
    hours = parse_hours("2:30-3:10", BERLIN)

    assert hours.next_opening(at("2026-03-28 12:00", BERLIN)) == at("2026-03-30 02:30", BERLIN)


# Quiet hours


def test_quiet_hours_hold_through_midnight() -> None:
    quiet = parse_quiet("22:00-9:00", KAZAN)

    assert quiet.next_allowed(at("2026-11-21 21:59")) == at("2026-11-21 21:59")
    assert quiet.next_allowed(at("2026-11-21 22:00")) == at("2026-11-22 09:00")
    assert quiet.next_allowed(at("2026-11-22 00:00")) == at("2026-11-22 09:00")
    assert quiet.next_allowed(at("2026-11-22 09:00")) == at("2026-11-22 09:00")


def test_quiet_hours_may_stand_within_a_day() -> None:
    quiet = parse_quiet("13:00-15:00", KAZAN)

    assert quiet.next_allowed(at("2026-11-21 14:00")) != at("2026-11-21 14:00")
    assert quiet.next_allowed(at("2026-11-21 15:00")) == at("2026-11-21 15:00")


@pytest.mark.parametrize("written", ["none", "нет", " Off "])
def test_there_may_be_no_quiet_hours(written: str) -> None:
    quiet = parse_quiet(written, KAZAN)

    assert quiet.next_allowed(at("2026-11-22 03:00")) == at("2026-11-22 03:00")


def test_quiet_hours_end_by_the_wall_clock_on_both_clock_changes() -> None:
    quiet = parse_quiet("22:00-9:00", BERLIN)

    assert quiet.next_allowed(at("2026-03-28 23:00", BERLIN)) == datetime(
        2026, 3, 29, 7, tzinfo=UTC
    )
    assert quiet.next_allowed(at("2026-10-24 23:00", BERLIN)) == datetime(
        2026, 10, 25, 8, tzinfo=UTC
    )
