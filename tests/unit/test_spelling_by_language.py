"""Hours, dates, money and plurals as each language spells them; which codes are languages."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from flows.clocks import clock, hour, midnight
from flows.hours import parse_hours
from flows.languages import is_language, language_name, own_name
from flows.money import format_money
from flows.phrases import Phrases
from tests.content.salon import salon

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 21, 19, 40, tzinfo=MOSCOW)
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "spelt"),
    [
        ("ru", ["0:05", "9:00", "12:30", "20:05", "24:00"]),
        ("en", [f"12:05{NBSP}AM", f"9:00{NBSP}AM", f"12:30{NBSP}PM", f"8:05{NBSP}PM", "midnight"]),
        ("en-gb", ["0:05", "9:00", "12:30", "20:05", "24:00"]),
        ("de", ["0:05", "9:00", "12:30", "20:05", "24:00"]),
    ],
)
def test_a_time_of_day_is_spelt_as_people_say_it(language: str, spelt: list[str]) -> None:
    times = (time(0, 5), time(9), time(12, 30), time(20, 5))

    assert [*(clock(at, language) for at in times), midnight(language)] == spelt


def test_opening_hours_leave_out_minutes_when_whole() -> None:
    assert [hour(time(10), "ru"), hour(time(0), "ru"), hour(time(0), "ru", closing=True)] == [
        "10",
        "0",
        "24",
    ]
    assert [hour(time(10), "en"), hour(time(21, 30), "en"), hour(time(0), "en", closing=True)] == [
        f"10{NBSP}AM",
        f"9:30{NBSP}PM",
        "midnight",
    ]


@pytest.mark.parametrize(
    ("hours", "phrase"),
    [
        ("10:00-21:00", f"daily from 10{NBSP}AM to 9{NBSP}PM"),
        (
            {"mon-fri": "9-19", "sat": "10-18"},
            f"on weekdays from 9{NBSP}AM to 7{NBSP}PM, on Saturday from 10{NBSP}AM to 6{NBSP}PM",
        ),
        ("24h", "around the clock"),
    ],
)
def test_hours_of_a_branch_in_english(hours: object, phrase: str) -> None:
    assert english().hours(parse_hours(hours, MOSCOW)) == phrase


@pytest.mark.parametrize(
    ("due", "phrase"),
    [
        ("2026-11-21 20:10", f"by 8:10{NBSP}PM"),
        ("2026-11-22 00:00", "by midnight"),
        ("2026-11-22 10:30", f"by 10:30{NBSP}AM tomorrow"),
        ("2026-11-24 09:05", f"by 9:05{NBSP}AM on November 24"),
    ],
)
def test_a_deadline_in_english(due: str, phrase: str) -> None:
    at = datetime.fromisoformat(due).replace(tzinfo=MOSCOW)

    assert english().reply_by(at, NOW) == phrase


def test_days_and_spans_in_english() -> None:
    at = datetime(2026, 5, 12, 12, tzinfo=MOSCOW)

    assert english().visit_when_cap(at, NOW) == "On May 12"
    assert [english().counted("days", n) for n in (1, 2, 5, 21)] == [
        "1 day",
        "2 days",
        "5 days",
        "21 days",
    ]


def test_money_keeps_a_space_between_letters_and_digits() -> None:
    assert [format_money(120_000, "RUB", language) for language in ("ru", "en", "de")] == [
        f"1{NBSP}200{NBSP}₽",
        f"RUB{NBSP}1,200",
        f"1.200{NBSP}RUB",
    ]
    assert format_money(120_050, "USD", "en") == "$1,200.50"


def test_languages_are_called_by_their_readers_and_by_themselves() -> None:
    assert [language_name("en-US", "ru"), language_name("tt", "en"), language_name("", "ru")] == [
        "английский",
        "Tatar",
        "",
    ]
    assert [own_name("ru"), own_name("en"), own_name("de")] == ["Русский", "English", "Deutsch"]


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("ru", True),
        ("pt-br", True),
        ("zh-hans", True),
        ("xx", False),
        ("../ru", False),
        ("", False),
    ],
)
def test_a_language_is_one_that_babel_knows(code: str, known: bool) -> None:
    assert is_language(code) is known


def english() -> Phrases:
    return Phrases(salon().book.texts_in("en").phrases, MOSCOW, "en")
