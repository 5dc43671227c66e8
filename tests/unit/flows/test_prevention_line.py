"""What a manager's one line says: what changes, who does it, by which day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.hours import parse_hours
from flows.prevention_line import Line, read_line

FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # 12:00 in Moscow
HOURS = parse_hours("10:00-21:00", ZoneInfo("Europe/Moscow"))
NAMES = ("Гузель", "Рамиля Ахметова")


def read(text: str, at: datetime = FRIDAY) -> Line:
    return read_line(text, NAMES, at, HOURS, {})


@pytest.mark.parametrize(
    ("text", "what", "who", "due"),
    [
        (
            "Пятнадцать минут между записями, Гузель, к 1 декабря",
            "Пятнадцать минут между записями",
            "Гузель",
            date(2026, 12, 1),
        ),
        ("Вывеска с ценами; гузель; до 5 декабря", "Вывеска с ценами", "гузель", date(2026, 12, 5)),
        ("к понедельнику, новый график, Рамиля", "новый график", "Рамиля", date(2026, 11, 23)),
        ("Новый график к понедельнику", "Новый график к понедельнику", "", date(2026, 11, 23)),
        ("Второй мастер по пятницам", "Второй мастер по пятницам", "", None),
        ("Проверка краски, через неделю", "Проверка краски", "", date(2026, 11, 27)),
        ("Проверка краски, до 01.12", "Проверка краски", "", date(2026, 12, 1)),
        (
            "Проверка краски, Лев Толстой, 1.12.2026",
            "Проверка краски",
            "Лев Толстой",
            date(2026, 12, 1),
        ),
        ("Завтра поговорю с мастером", "Завтра поговорю с мастером", "", date(2026, 11, 21)),
        (
            "Buffer of 15 minutes, Lev, by December 1",
            "Buffer of 15 minutes",
            "Lev",
            date(2026, 12, 1),
        ),
        ("запись, краска, полотенца", "запись, краска, полотенца", "", None),
        ("к 1 декабря", "", "", date(2026, 12, 1)),
        ("Гузель", "Гузель", "", None),
        ("Обед с 13 до 14 закрываем на ключ", "Обед с 13 до 14 закрываем на ключ", "", None),
        ("Работаем до 21:00", "Работаем до 21:00", "", None),
        ("Скидка 1.13 больше не действует", "Скидка 1.13 больше не действует", "", None),
        ("Новый график, к 32 декабря", "Новый график, к 32 декабря", "", None),
    ],
)
def test_a_line_says(text: str, what: str, who: str, due: date | None) -> None:
    assert read(text) == Line(what, who, due)


def test_a_day_that_is_over_this_year_is_next_year_s_and_one_over_a_year_away_is_none() -> None:
    assert read("Маска, 20 октября").due == date(2027, 10, 20)
    assert read("Маска, вчера").due is None


def test_a_branch_open_over_midnight_counts_the_day_that_was_named() -> None:
    bar = parse_hours("18:00-02:00", ZoneInfo("Europe/Moscow"))

    line = read_line("Вышибала, 1 декабря", NAMES, FRIDAY, bar, {})

    assert line.due == date(2026, 12, 1)


def test_a_very_long_line_is_cut() -> None:
    assert len(read("а" * 5000).what) == 300
