"""Times that staff name in replies: the moment each means, said at several moments; and what is no promise."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.hours import Hours, parse_hours
from flows.spoken_time import moment_of
from tests.content.salon import salon
from tests.unit.tone.reading import read

MOSCOW, BERLIN = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin")
SALON = parse_hours("10:00-21:00", MOSCOW)

# Friday, 20 November 2026
FRIDAY = {
    "14:00": (
        ("Перезвоню через час", "20 15:00"),
        ("Перезвоню через 20 минут", "20 14:20"),
        ("Отвечу через полчаса", "20 14:30"),
        ("Отвечу минут через двадцать", "20 14:20"),
        ("Отвечу через двадцать пять минут", "20 14:25"),
        ("Сделаем через полтора часа", "20 15:30"),
        ("Отвечу часа через два", "20 16:00"),
        ("Отвечу через час-два", "20 16:00"),
        ("Отвечу в течение часа", "20 15:00"),
        ("Отвечу в течение двух часов", "20 16:00"),
        ("Отвечу до 18:00", "20 18:00"),
        ("Отвечу до 18.30", "20 18:30"),
        ("Отвечу к шести вечера", "20 18:00"),
        ("Отвечу до шести", "20 18:00"),
        ("Отвечу не позднее 17:00", "20 17:00"),
        ("Отвечу сегодня вечером", "20 19:00"),
        ("Отвечу до вечера", "20 19:00"),
        ("Отвечу до конца дня", "20 21:00"),
        ("Отвечу сегодня", "20 21:00"),
        ("Отвечу до обеда", "21 13:00"),  # lunch is over: tomorrow's
        ("Отвечу утром", "21 11:00"),
        ("Отвечу до 11", "21 11:00"),
        ("Отвечу завтра", "21 21:00"),
        ("Отвечу завтра до обеда", "21 13:00"),
        ("Отвечу завтра утром", "21 11:00"),
        ("Отвечу до 12 завтра", "21 12:00"),
        ("Отвечу до завтра", "21 10:00"),
        ("Сделаем послезавтра после обеда", "22 17:00"),
        ("Сделаем в субботу к двум", "21 14:00"),
        ("Сделаем в понедельник", "23 21:00"),
        ("Отвечу в понедельник до 12", "23 12:00"),
        ("Отвечу к понедельнику", "23 10:00"),
        ("Отвечу в пятницу", "27 21:00"),  # said on a Friday: the next one
        ("Отвечу в следующий вторник", "24 21:00"),
        ("Сделаем через 2-3 дня", "23 21:00"),
        ("Вернём деньги через неделю", "27 21:00"),
        ("Сделаем 25 ноября", "25 21:00"),
        ("Сделаем до 25 ноября", "25 10:00"),
        ("Сделаем 25-го до обеда", "25 13:00"),
        ("Сделаем до конца недели", "22 21:00"),
        ("I'll write in an hour", "20 15:00"),
        ("I'll write within 20 minutes", "20 14:20"),
        ("I'll write in half an hour", "20 14:30"),
        ("I'll write tonight", "20 19:00"),
        ("I'll write by 6 pm", "20 18:00"),
        ("I'll write by the end of the day", "20 21:00"),
        ("We will know by tomorrow noon", "21 12:00"),
        ("We will know tomorrow morning", "21 11:00"),
        ("We will redo it on Monday at 10", "23 10:00"),
        ("We will redo it by Friday", "27 10:00"),
        ("We will redo it on 25 November", "25 21:00"),
    ),
    "20:30": (
        ("Отвечу сегодня вечером", "20 21:00"),  # it is evening already: until the salon closes
        ("Отвечу через час", "20 21:30"),
        ("Отвечу до обеда", "21 13:00"),
        ("Отвечу до 18:00", "21 18:00"),
        ("Отвечу к десяти", "21 10:00"),
        ("Отвечу завтра до обеда", "21 13:00"),
        ("I'll write tonight", "20 21:00"),
    ),
    "09:00": (
        ("Отвечу до обеда", "20 13:00"),
        ("Отвечу к десяти", "20 10:00"),
        ("Отвечу днём", "20 17:00"),
    ),
}
SAID = [(at, text, due) for at, rows in FRIDAY.items() for text, due in rows]

NO_PROMISES = (
    "Вы ждали до шести, простите.",
    "Мы работаем с 10 до 21.",
    "Приходите завтра до 12.",
    "Когда вам удобно, завтра до обеда?",
    "Вчера вечером мастер ушёл раньше.",
    "Ваша запись на завтра остаётся.",
    "Цена выросла в 2 раза.",
    "Позвоните мне через час.",
    "Мастер был занят до 18:00.",
    "Сегодня до обеда было много гостей.",
    "Отвечу сегодня до обеда.",  # said at 14:00: over
    "Отвечу до 25:00.",
    "Сделаем 31 ноября.",
    "You waited until 6 pm, sorry.",
    "We are open from 10 to 9.",
    "Please come tomorrow before noon.",
)


@pytest.mark.parametrize(("at", "text", "due"), SAID, ids=[f"{at} {text}" for at, text, _ in SAID])
def test_a_time_that_was_named_means_a_moment(at: str, text: str, due: str) -> None:
    assert meant(text, f"2026-11-20 {at}") == [f"2026-11-{due}"]


@pytest.mark.parametrize("text", NO_PROMISES)
def test_what_is_no_promise_of_ours_is_left_alone(text: str) -> None:
    assert meant(text, "2026-11-20 14:00") == []


def test_promises_over_new_year() -> None:
    said = ("Отвечу завтра до обеда", "Отвечу 2 января", "Отвечу через час", "Отвечу утром")

    assert [meant(text, "2026-12-31 23:30") for text in said] == [
        ["2027-01-01 13:00"],
        ["2027-01-02 21:00"],
        ["2027-01-01 00:30"],
        ["2027-01-01 11:00"],
    ]


def test_over_a_change_of_clocks_hours_pass_and_the_wall_clock_counts() -> None:
    """In Berlin clocks go from 3:00 to 2:00 on 25 October 2026, and from 2:00 to 3:00 on 28 March 2027."""
    berlin = parse_hours("10:00-20:00", BERLIN)

    assert meant("Отвечу через 3 часа", "2026-10-25 01:00", berlin) == ["2026-10-25 03:00"]
    assert meant("Отвечу завтра до обеда", "2026-10-24 22:00", berlin) == ["2026-10-25 13:00"]
    assert meant("Отвечу через 3 часа", "2027-03-28 01:00", berlin) == ["2027-03-28 05:00"]
    assert meant("Отвечу до 2:30", "2027-03-28 01:00", berlin) == ["2027-03-28 03:30"]


def test_on_a_day_off_the_day_ends_at_midnight_and_begins_at_noon() -> None:
    weekdays = parse_hours({"mon-fri": "10:00-18:00"}, MOSCOW)

    assert meant("Отвечу завтра", "2026-11-20 14:00", weekdays) == ["2026-11-21 23:59"]
    assert meant("Отвечу к воскресенью", "2026-11-20 14:00", weekdays) == ["2026-11-22 12:00"]
    assert meant("Отвечу сегодня", "2026-11-20 14:00", weekdays) == ["2026-11-20 18:00"]


def test_two_promises_of_one_reply_are_both_found() -> None:
    text = "Сегодня до 18:00 спрошу мастера, завтра до обеда напишу вам."

    assert [p.words for p in read(text).promises] == [
        "сегодня до 18:00 спрошу мастера",
        "завтра до обеда напишу вам",
    ]


def test_the_words_of_a_promise_are_the_authors_clause() -> None:
    said = (
        "Анна, простите. Лилия переделает укладку завтра в 12, это бесплатно.",
        "Разберусь и отвечу через час",
        "Мы всё проверим, а в понедельник утром Рамиля вам напишет",
        "Завтра до обеда.",
        "Мастер перезвонит вам через час",
    )

    assert [p.words for text in said for p in read(text).promises] == [
        "Лилия переделает укладку завтра в 12",
        "разберусь и отвечу через час",
        "в понедельник утром Рамиля вам напишет",
        "завтра до обеда",
        "мастер перезвонит вам через час",
    ]


def test_a_promised_answer_is_told_from_other_things() -> None:
    said = ("Напишу через час", "Перезвоню через час", "Переделаем через час", "I'll write tonight")
    both = "Через час спрошу мастера, завтра напишу вам"

    assert [p.answer for text in said for p in read(text).promises] == [True, False, False, True]
    assert [p.answer for p in read(both).promises] == [False, True]


def meant(text: str, now: str, hours: Hours = SALON) -> list[str]:
    """The moments of the promises in `text`, said at `now` of the branch's clock."""
    findings, zone = read(text), hours.zone
    at = datetime.fromisoformat(now).replace(tzinfo=zone).astimezone(UTC)
    clocks = salon().tones[findings.language].clocks
    due = [moment_of(promise.time, at, hours, clocks) for promise in findings.promises]
    return [f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" for moment in due if moment is not None]
