"""Ready phrases: deadlines, days, hours of a branch, money and plurals, as people read them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.hours import parse_hours
from flows.money import format_money, minor_digits
from flows.phrases import Phrases, capitalised, phrase_slots

KAZAN = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 21, 19, 40, tzinfo=KAZAN)  # a Saturday
TEXTS = {
    "phrase.today": "сегодня",
    "phrase.yesterday": "вчера",
    "phrase.until_today": "до {time}",
    "phrase.until_tomorrow": "завтра до {time}",
    "phrase.until_date": "{date} до {time}",
    "phrase.moment": "{date}, {time}",
    "phrase.date": "{day} {month}",
    "phrase.date_with_year": "{day} {month} {year}",
    "phrase.on_date": "{date}",
    "phrase.on_mon": "в понедельник",
    "phrase.on_tue": "во вторник",
    "phrase.on_wed": "в среду",
    "phrase.on_thu": "в четверг",
    "phrase.on_fri": "в пятницу",
    "phrase.on_sat": "в субботу",
    "phrase.on_sun": "в воскресенье",
    "phrase.daily": "ежедневно {hours}",
    "phrase.weekdays": "по будням {hours}",
    "phrase.weekends": "по выходным {hours}",
    "phrase.always": "круглосуточно",
    "phrase.on_days": "{days} {hours}",
    "phrase.day_range": "{first}–{last}",
    "phrase.from_to": "с {start} до {end}",
    "phrase.both": "{one} и {other}",
    "phrase.list": "{one}, {other}",
    "phrase.two_units": "{larger} {smaller}",
    "phrase.days.one": "{n} день",
    "phrase.days.few": "{n} дня",
    "phrase.days.many": "{n} дней",
    "phrase.hours.one": "{n} час",
    "phrase.hours.few": "{n} часа",
    "phrase.hours.many": "{n} часов",
    "phrase.minutes.one": "{n} минута",
    "phrase.minutes.few": "{n} минуты",
    "phrase.minutes.many": "{n} минут",
    "phrase.seconds.one": "{n} секунда",
    "phrase.seconds.few": "{n} секунды",
    "phrase.seconds.many": "{n} секунд",
    "phrase.times.one": "{n} раз",
    "phrase.times.few": "{n} раза",
    "phrase.times.many": "{n} раз",
}
PHRASES = Phrases(TEXTS, KAZAN, "ru")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KAZAN)


@pytest.mark.parametrize(
    ("due", "phrase"),
    [
        ("2026-11-21 20:10", "до 20:10"),
        ("2026-11-21 23:59", "до 23:59"),
        ("2026-11-22 00:00", "до 24:00"),
        ("2026-11-22 10:30", "завтра до 10:30"),
        ("2026-11-23 00:00", "завтра до 24:00"),
        ("2026-11-24 09:05", "24 ноября до 9:05"),
        ("2027-01-09 10:30", "9 января до 10:30"),
        ("2026-11-20 20:10", "20 ноября до 20:10"),
        ("2026-11-21 00:00", "до 0:00"),
    ],
)
def test_a_deadline_is_said_by_the_calendar_day(due: str, phrase: str) -> None:
    assert PHRASES.reply_by(at(due), NOW) == phrase


def test_today_is_the_day_of_the_branch_and_not_of_utc() -> None:
    now = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)  # half past midnight of the 22nd in Kazan

    assert PHRASES.reply_by(now + timedelta(minutes=30), now) == "до 1:00"
    assert PHRASES.visit_when(now - timedelta(hours=1), now) == "вчера"
    assert PHRASES.clock(now) == "0:30"


def test_tomorrow_is_the_next_day_even_when_the_clocks_change_in_between() -> None:
    berlin = Phrases(TEXTS, ZoneInfo("Europe/Berlin"), "ru")

    assert (
        berlin.reply_by(datetime(2026, 3, 29, 7, tzinfo=UTC), datetime(2026, 3, 28, 20, tzinfo=UTC))
        == "завтра до 9:00"
    )
    assert (
        berlin.reply_by(
            datetime(2026, 10, 25, 8, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)
        )
        == "завтра до 9:00"
    )


@pytest.mark.parametrize(
    ("visit", "when", "when_cap"),
    [
        ("2026-11-21 00:00", "сегодня", "Сегодня"),
        ("2026-11-20 23:59", "вчера", "Вчера"),
        ("2026-11-19 12:00", "19 ноября", "19 ноября"),
        ("2026-05-12 12:00", "12 мая", "12 мая"),
        ("2025-05-12 12:00", "12 мая 2025", "12 мая 2025"),
    ],
)
def test_a_visit_is_said_by_its_day(visit: str, when: str, when_cap: str) -> None:
    assert PHRASES.visit_when(at(visit), NOW) == when
    assert PHRASES.visit_when_cap(at(visit), NOW) == when_cap


@pytest.mark.parametrize(
    ("wrote", "phrase"),
    [
        ("2026-11-21 10:00", "Сегодня"),
        ("2026-11-20 10:00", "Вчера"),
        ("2026-11-19 10:00", "В четверг"),
        ("2026-11-15 10:00", "В воскресенье"),
        ("2026-11-14 10:00", "14 ноября"),
    ],
)
def test_words_of_this_week_are_said_by_the_weekday(wrote: str, phrase: str) -> None:
    assert PHRASES.wrote_when_cap(at(wrote), NOW) == phrase


@pytest.mark.parametrize(
    ("day", "phrase"),
    [
        (date(2027, 1, 20), "20 января"),
        (date(2027, 11, 20), "20 ноября 2027"),
        (date(2029, 11, 22), "22 ноября 2029"),
        (date(2025, 12, 28), "28 декабря 2025"),
    ],
)
def test_a_date_has_its_year_only_when_it_could_be_misread(day: date, phrase: str) -> None:
    assert PHRASES.day(day, NOW) == phrase


def test_moments_are_written_whole() -> None:
    assert PHRASES.moment(at("2026-11-22 12:10"), NOW) == "22 ноября, 12:10"
    assert PHRASES.clock(at("2026-11-22 09:00")) == "9:00"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        PHRASES.clock(NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("hours", "phrase"),
    [
        ("10-21", "ежедневно с 10 до 21"),
        ("пн-пт 9-19", "по будням с 9 до 19"),
        ("пн-пт 9-20, сб 10-18", "по будням с 9 до 20, в субботу с 10 до 18"),
        ("будни 9-20, выходные 10:30-18", "по будням с 9 до 20, по выходным с 10:30 до 18"),
        ("пн-сб 9-13, 14-19", "пн–сб с 9 до 13 и с 14 до 19"),
        ("9-11, 12-14, 15-18", "ежедневно с 9 до 11, с 12 до 14 и с 15 до 18"),
        ("пн, ср, пт 9-18", "пн, ср, пт с 9 до 18"),
        ("пн-ср, пт, сб 9-18", "пн–ср, пт, сб с 9 до 18"),
        ("18-02", "ежедневно с 18 до 2"),
        ("0-8, 10-24", "ежедневно с 0 до 8 и с 10 до 24"),
        ("24h", "круглосуточно"),
        ("будни 24h, сб 10-18", "по будням круглосуточно, в субботу с 10 до 18"),
        ("closed", ""),
    ],
)
def test_hours_are_said_as_people_say_them(hours: str, phrase: str) -> None:
    assert PHRASES.hours(parse_hours(hours, KAZAN)) == phrase


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [
        (120000, "RUB", "1\xa0200\xa0₽"),
        (120050, "RUB", "1\xa0200,50\xa0₽"),
        (0, "RUB", "0\xa0₽"),
        (-120000, "RUB", "-1\xa0200\xa0₽"),
        (123456789012, "RUB", "1\xa0234\xa0567\xa0890,12\xa0₽"),
        (1200, "JPY", "1\xa0200\xa0¥"),
        (1200500, "KWD", "1\xa0200,500\xa0KWD"),
    ],
)
def test_money_has_decimals_only_when_it_needs_them(minor: int, currency: str, shown: str) -> None:
    assert PHRASES.money(minor, currency) == shown


def test_money_follows_the_locale() -> None:
    assert format_money(120050, "USD", "en") == "$1,200.50"
    assert format_money(120000, "USD", "en") == "$1,200"


def test_minor_units_follow_the_currency() -> None:
    assert [minor_digits(code) for code in ("RUB", "KZT", "JPY", "KWD")] == [2, 2, 0, 3]


@pytest.mark.parametrize(
    ("n", "phrase"),
    [(1, "1 день"), (3, "3 дня"), (11, "11 дней"), (21, "21 день"), (60, "60 дней"), (0, "0 дней")],
)
def test_counted_things_agree_with_their_number(n: int, phrase: str) -> None:
    assert PHRASES.counted("days", n) == phrase


@pytest.mark.parametrize(
    ("delta", "phrase"),
    [
        (timedelta(seconds=30), "30 секунд"),
        (timedelta(minutes=15), "15 минут"),
        (timedelta(minutes=90), "1 час 30 минут"),
        (timedelta(days=1), "24 часа"),
        (timedelta(days=2), "2 дня"),
        (timedelta(days=2, hours=3), "2 дня 3 часа"),
        (timedelta(days=180), "180 дней"),
    ],
)
def test_a_duration_is_said_in_at_most_two_units(delta: timedelta, phrase: str) -> None:
    assert PHRASES.duration(delta) == phrase


def test_only_the_first_letter_becomes_a_capital() -> None:
    assert capitalised("в пятницу, у Анны") == "В пятницу, у Анны"
    assert capitalised("") == ""


def test_every_phrase_that_content_must_give_is_known_with_its_slots() -> None:
    slots = phrase_slots("ru")

    assert slots.keys() == TEXTS.keys()
    assert slots["phrase.until_date"] == {"date", "time"}
    assert {key for key in phrase_slots("en") if ".days." in key} == {
        "phrase.days.one",
        "phrase.days.other",
    }


def test_a_phrase_may_be_in_another_order_and_language() -> None:
    english = Phrases({"phrase.date": "{month} {day}"}, KAZAN, "en")

    assert english.day(date(2026, 12, 3), NOW) == "December 3"


_moments = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda n: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
)


@given(_moments, _moments)
def test_every_pair_of_moments_has_a_phrase(moment: datetime, now: datetime) -> None:
    phrases = [
        PHRASES.reply_by(moment, now),
        PHRASES.visit_when(moment, now),
        PHRASES.wrote_when_cap(moment, now),
        PHRASES.moment(moment, now),
    ]

    assert [phrase for phrase in phrases if not phrase or "{" in phrase] == []
