"""Promises, reminders and days of limits where a branch's hours are not nine to five."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows.book import Path
from flows.events import TimerKind
from flows.hours import Hours, parse_hours, parse_quiet
from tests.unit.flows.desk import FRIDAY_NOON, Desk, salon_desk

MOSCOW = ZoneInfo("Europe/Moscow")
NEVER = parse_hours("closed", MOSCOW)


def open_at(desk: Desk, *hours: Hours, **more: object) -> Desk:
    """The branches of the business are open so; `more` changes every one of them."""
    business = desk.memory.content.business
    branches = tuple(
        replace(business.branches[0], id=f"b{n}" if n else "bauman", hours=each, **more)  # type: ignore[arg-type]
        for n, each in enumerate(hours)
    )
    changed = replace(business, branches=branches)
    desk.memory.content = replace(desk.memory.content, business=changed)
    return desk


def here(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MOSCOW).astimezone(UTC)


def timer(desk: Desk, kind: TimerKind) -> datetime:
    found = desk.memory.pending(kind, desk.case.id)
    assert found is not None
    return found.due


# ---- promises ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "at", "due"),
    [
        ("10:00-14:00, 15:00-21:00", "2026-11-20 13:50", "2026-11-20 15:20"),  # lunch
        ("18:00-02:00", "2026-11-21 01:45", "2026-11-21 18:15"),
        ("18:00-02:00", "2026-11-20 23:50", "2026-11-21 00:20"),
        ("00:00-24:00", "2026-11-21 03:00", "2026-11-21 03:30"),
        ("10:00-21:00", "2026-11-20 21:00", "2026-11-21 10:30"),
    ],
)
def test_an_answer_is_promised_within_working_time(hours: str, at: str, due: str) -> None:
    desk = open_at(salon_desk(here(at)), parse_hours(hours, MOSCOW))

    desk.writes("Анна", "Ждала сорок минут")

    assert desk.case.reply_by == here(due)


def test_over_the_holidays_the_promise_is_for_the_first_working_day() -> None:
    holidays = {"2026-12-31": "10:00-16:00", "2027-01-01..2027-01-08": "closed"}
    desk = open_at(
        salon_desk(here("2026-12-31 15:50")), parse_hours("10:00-21:00", MOSCOW, holidays)
    )

    desk.writes("Анна", "Ждала сорок минут")

    assert desk.case.reply_by == here("2027-01-09 10:20")


def test_a_branch_that_never_opens_is_answered_for_by_one_that_does() -> None:
    desk = open_at(salon_desk(here("2026-11-20 20:50")), NEVER, parse_hours("9:00-20:00", MOSCOW))

    desk.writes("Анна", "Ждала сорок минут")

    assert desk.case.reply_by == here("2026-11-21 09:30")


def test_a_branch_closed_for_the_season_is_answered_for_by_one_that_is_not() -> None:
    season = parse_hours("closed", MOSCOW, {"2027-05-01": "10:00-21:00"})
    desk = open_at(salon_desk(), season, parse_hours("10:00-21:00", MOSCOW))

    desk.writes("Анна", "Ждала сорок минут")

    assert desk.case.reply_by == FRIDAY_NOON + timedelta(minutes=30)


def test_a_business_that_opens_in_spring_answers_in_spring_and_one_that_never_does_at_once() -> (
    None
):
    season = parse_hours("closed", MOSCOW, {"2027-05-01": "10:00-21:00"})
    spring, never = open_at(salon_desk(), season), open_at(salon_desk(), NEVER)

    for desk in (spring, never):
        desk.writes("Анна", "Ждала сорок минут")
        desk.quiet(61)

    assert spring.case.reply_by == here("2027-05-01 10:30")
    assert never.case.reply_by == FRIDAY_NOON + timedelta(minutes=30)
    assert never.said("Анна")[-1] == "ack.closed_hours"


@pytest.mark.parametrize("zone", ["Asia/Kamchatka", "America/New_York", "Pacific/Chatham"])
def test_a_branch_s_day_is_its_own_wherever_the_server_stands(zone: str) -> None:
    there = ZoneInfo(zone)
    at = datetime(2026, 11, 20, 20, 50, tzinfo=there).astimezone(UTC)
    desk = open_at(salon_desk(at), parse_hours("10:00-21:00", there))

    desk.writes("Анна", "Ждала сорок минут")

    assert desk.case.reply_by == datetime(2026, 11, 21, 10, 20, tzinfo=there)


# ---- what staff are told, and when -------------------------------------------------------------


def test_for_a_promise_just_after_opening_the_reminder_comes_as_the_branch_opens() -> None:
    desk = salon_desk(here("2026-11-20 20:40"))
    desk.writes("Анна", "Ждала сорок минут")

    assert desk.case.reply_by == here("2026-11-21 10:10")
    assert timer(desk, TimerKind.WAITING) == here("2026-11-21 10:00")
    assert timer(desk, TimerKind.LATE) == here("2026-11-21 10:07")


def test_the_honest_word_comes_before_the_promise_breaks_even_a_minute_after_opening() -> None:
    desk = salon_desk(here("2026-11-20 20:31"))
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)
    desk.forget()

    desk.passes(hours=13, minutes=27)  # 9:59
    before = desk.said("Анна")
    desk.passes(minutes=1)

    assert (before, desk.said("Анна")) == ([], ["progress.late"])
    assert desk.memory.now < here("2026-11-21 10:01")


def test_after_lunch_the_reminder_waits_until_somebody_is_back() -> None:
    desk = open_at(
        salon_desk(here("2026-11-20 13:40")), parse_hours("10:00-14:00, 15:00-21:00", MOSCOW)
    )

    desk.writes("Анна", "Ждала сорок минут")

    assert timer(desk, TimerKind.WAITING) == here("2026-11-20 15:00")


def test_with_nobody_on_shift_the_manager_is_reminded() -> None:
    desk = salon_desk()
    guzel = next(p for p in desk.memory.roster.values() if p.name == "Гузель")
    desk.memory.roster[guzel.id] = replace(guzel, on_shift=False)
    desk.writes("Анна", "Ждала сорок минут")

    desk.passes(minutes=15)

    assert (desk.said("Гузель"), desk.said("Рамиля")) == ([], ["staff.remind"])


def test_around_the_clock_the_morning_after_an_emergency_begins_when_quiet_hours_end() -> None:
    desk = open_at(
        salon_desk(here("2026-11-20 15:00")),
        parse_hours("00:00-24:00", MOSCOW),
        quiet=parse_quiet("22:00-9:00", MOSCOW),
    )
    desk.writes("Анна", "У меня ожог от краски, волдыри")
    desk.presses("Рамиля", "seen")
    desk.replies("Рамиля", "Анна, еду к вам")
    desk.passes(seconds=11)

    assert desk.case.path is Path.HEALTH
    assert timer(desk, TimerKind.STILL_OPEN) == here("2026-11-21 09:00")


def test_kind_words_of_a_holiday_are_read_on_the_next_working_evening() -> None:
    holidays = {"2026-11-20..2026-11-22": "closed"}
    desk = open_at(salon_desk(), parse_hours("10:00-21:00", MOSCOW, holidays))
    desk.rates("Анна", 5)
    desk.writes("Анна", "Лучшая стрижка за год")

    desk.passes(days=3)
    meanwhile = [said.key for said in desk.posted()]
    desk.passes(hours=9)

    assert (meanwhile, [said.key for said in desk.posted()]) == ([], ["staff.praise"])


def test_hours_changed_meanwhile_leave_a_promise_as_it_was_told() -> None:
    desk = salon_desk()
    desk.writes("Анна", "Ждала сорок минут")
    told, late = desk.case.reply_by, timer(desk, TimerKind.LATE)

    open_at(desk, parse_hours("15:00-21:00", MOSCOW))
    desk.quiet(61)

    assert (desk.case.reply_by, timer(desk, TimerKind.LATE)) == (told, late)


# ---- limits -----------------------------------------------------------------------------------


def test_what_a_bar_gives_at_half_past_one_counts_to_the_evening() -> None:
    desk = open_at(salon_desk(here("2026-11-21 01:30")), parse_hours("18:00-02:00", MOSCOW))
    desk.rates("Анна", 2)

    desk.taps("Гузель", "🎁")

    days = [key for key in desk.memory.counters if key.startswith("day:")]
    assert [key.split(":")[2] for key in days] == ["2026-11-20"]
