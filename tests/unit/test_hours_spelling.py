"""The owner's spelling of hours: what is read, what is written back, what is refused and how."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from bot.problem_words import problem_words
from flows.hours import Span, parse_hours, parse_quiet
from flows.problems import Mistake

KAZAN = ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    "written",
    [
        {"mon-fri": "9:00-13:00, 14:00-19:00", "sat": "10-18", "sun": "closed"},
        {"пн-пт": "9-13, 14-19", "сб": "10:00–18:00"},
        {"ежедневно": "9-13 и 14-19", "СБ": "с 10 до 18", "вс": "выходной"},
        {"weekdays": "14-19, 9-13", "saturday": "10.00-18.00"},
        "пн–пт 9–13, 14–19, сб 10–18",
        "пн, вт, ср-пт 9-13, 14-19; сб 10 - 18; вс выходной",
    ],
)
def test_one_week_may_be_written_in_many_ways(written: object) -> None:
    hours = parse_hours(written, KAZAN)

    weekday = (Span(time(9), time(13)), Span(time(14), time(19)))
    assert hours.week == (*[weekday] * 5, (Span(time(10), time(18)),), ())


@pytest.mark.parametrize("written", ["10:00-21:00", "10-21", "с 10 до 21", "ежедневно с 10 до 21"])
def test_every_day_alike_is_one_text(written: str) -> None:
    assert parse_hours(written, KAZAN).week == ((Span(time(10), time(21)),),) * 7


@pytest.mark.parametrize("written", ["00:00-24:00", "24h", "круглосуточно", {"mon-sun": "24/7"}])
def test_day_and_night_has_several_spellings(written: object) -> None:
    assert parse_hours(written, KAZAN).week == ((Span(time(0), time(0)),),) * 7


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (10, '10 is not hours; write "10:00-21:00" or days with hours'),
        ("", '"" is not hours; write them like "10:00-21:00" or "closed"'),
        ({}, 'no day has hours; write them like "10:00-21:00" or "closed"'),
        ({"sat": None}, 'nothing is not hours; write them like "10:00-21:00" or "closed"'),
        ("10:00", '"10:00" is not a span of hours; write it like "10:00-21:00"'),
        ("10:00-25:00", '"25:00" is not a time of day; it goes from 0:00 to 24:00'),
        ("10:00-20:75", '"20:75" is not a time of day; it goes from 0:00 to 24:00'),
        ("24:00-6:00", '"24:00-6:00" opens at 24:00; write the start as 0:00'),
        ("9-9", '"9-9" opens and closes at once; for day and night write "00:00-24:00"'),
        ("9-14, 13-19", '"09:00-14:00" and "13:00-19:00" overlap'),
        ("20-3, 22-23", '"20:00-03:00" and "22:00-23:00" overlap'),
        ({"mondey": "9-18"}, '"mondey" is not a day; did you mean "monday"?'),
        ({"xyz": "9-18"}, '"xyz" is not a day; allowed: mon, tue, wed, thu, fri, sat, sun, daily'),
        ({"пн-ср-пт": "9-18"}, '"пн-ср-пт" is not a span of days; write it like "mon-fri"'),
        ({"mon-fri": "9-18", "ср": "9-17"}, '"wed" is named twice: "mon-fri" and "ср"'),
        ({"daily": "9-18", "mon-sun": "9-17"}, '"mon" is named twice: "daily" and "mon-sun"'),
    ],
)
def test_a_wrong_spelling_is_one_sentence_with_the_words(written: object, sentence: str) -> None:
    with pytest.raises(Mistake) as refused:
        parse_hours(written, KAZAN)

    assert problem_words("en").what(refused.value) == sentence


def test_holidays_are_days_or_spans_of_days() -> None:
    holidays = {
        date(2026, 12, 31): "10-18",
        "01.01.2027": "closed",
        "2027-01-02..2027-01-03": "24h",
    }

    hours = parse_hours("10-21", KAZAN, holidays)

    assert hours.written_holidays() == {
        date(2026, 12, 31): "10:00-18:00",
        date(2027, 1, 1): "closed",
        date(2027, 1, 2): "00:00-24:00",
        date(2027, 1, 3): "00:00-24:00",
    }


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("2027-01-01", '"2027-01-01" is not a list of dates; write "2026-12-31: closed"'),
        (
            {"1 января": "closed"},
            '"1 января" is not a date; write 2026-12-31 or "2027-01-01..2027-01-08"',
        ),
        ({"31.02.2027": "closed"}, '"31.02.2027" is not a day of the calendar'),
        ({"0000-01-01": "closed"}, '"0000-01-01" is not a day of the calendar'),
        (
            {"2027-01-08..2027-01-01": "closed"},
            '"2027-01-08..2027-01-01" must run forward and no longer than a year',
        ),
        (
            {"2027-01-01": "closed", "01.01.2027": "closed"},
            '"2027-01-01" is named twice, the second time in "01.01.2027"',
        ),
    ],
)
def test_a_wrong_holiday_is_one_sentence_with_the_words(written: object, sentence: str) -> None:
    with pytest.raises(Mistake) as refused:
        parse_hours("10-21", KAZAN, written)

    assert problem_words("en").what(refused.value) == sentence


@pytest.mark.parametrize(
    ("written", "again"),
    [
        ("10-21", "10:00-21:00"),
        ("18-02", "18:00-02:00"),
        ("24h", "00:00-24:00"),
        ("closed", {"mon-sun": "closed"}),
        ("пн-пт 9-20, сб 10-18", {"mon-fri": "09:00-20:00", "sat": "10:00-18:00", "sun": "closed"}),
    ],
)
def test_hours_are_written_back_as_the_owner_writes(written: str, again: object) -> None:
    hours = parse_hours(written, KAZAN)

    assert hours.written() == again
    assert parse_hours(again, KAZAN) == hours


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("24h", '"24h" leaves no time to write at all; write "none" for no quiet hours'),
        ("closed", '"closed" is not one span of hours; write it like "22:00-9:00"'),
        ("22-24, 0-9", '"22-24, 0-9" is not one span of hours; write it like "22:00-9:00"'),
        ("late", '"late" is not a span of hours; write it like "10:00-21:00"'),
    ],
)
def test_wrong_quiet_hours_are_one_sentence_with_the_words(written: str, sentence: str) -> None:
    with pytest.raises(Mistake) as refused:
        parse_quiet(written, KAZAN)

    assert problem_words("en").what(refused.value) == sentence
