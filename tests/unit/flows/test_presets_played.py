"""Every preset in every language is played: nothing is said with a gap in it, whatever the industry.

The desk proofreads whatever is said: every placeholder filled, within Telegram's limits.
"""

from datetime import UTC, datetime, timedelta

import pytest

from flows.book import Path
from flows.events import Command, VisitEnded
from tests.content.presets import LANGUAGES, PRESETS, preset
from tests.unit.flows.desk import FRIDAY_NOON, Desk, salon_desk

everywhere = pytest.mark.parametrize(
    ("name", "language"), [(name, language) for name in PRESETS for language in LANGUAGES]
)


def desk_of(name: str, language: str = "ru", at: datetime = FRIDAY_NOON) -> Desk:
    desk = salon_desk(at)
    desk.memory.content = preset(name)
    desk.languages["Kate"] = language
    return desk


@everywhere
def test_a_low_mark_with_a_gift_a_check_and_a_no(name: str, language: str) -> None:
    desk = desk_of(name, language)
    desk.rates("Kate", 1)
    desk.presses("Kate", "topic")
    desk.writes("Kate", "It was not right at all")
    desk.passes(seconds=61)
    desk.presses("Kate", "wish.fix")

    desk.taps("Гузель", "🎁")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")
    desk.passes(days=3)
    desk.presses("Kate", "no")

    said = desk.said("Kate")
    assert said[:3] == ["ask.qr", "rate.low", "ack.unassigned"]
    assert {"offer.single", "offer.now"} & set(said)
    assert said[-2:] == ["check.2d", "check.reopen"]


@everywhere
def test_every_other_mark_and_every_command(name: str, language: str) -> None:
    for mark in (3, 4, 5):
        desk = desk_of(name, language)

        desk.rates("Kate", mark)
        desk.writes("Kate", "So so")
        desk.passes(seconds=61)

        assert desk.said("Kate")[1] == f"rate.{mark}"
    desk = desk_of(name, language)
    for command in Command:
        desk.commands("Kate", command)
    assert len(desk.said("Kate")) == len(Command)


@everywhere
def test_every_topic_can_be_pressed_and_its_letter_reads_well(name: str, language: str) -> None:
    for number, topic in enumerate(preset(name).catalogue.topics):
        desk = desk_of(name, language)
        desk.rates("Kate", 2)

        buttons = [b for row in desk.heard("Kate")[-1].rows for b in row if b.label == "topic"]
        desk.press_button("Kate", buttons[number])

        assert desk.case.topic == topic.id
        assert desk.case.path is topic.path
        if topic.path is not Path.ORDINARY:
            assert desk.said("Kate")[-1] in ("health.ack", "health.danger", "ack.severe")


@pytest.mark.parametrize("words", ["Не тормозит машина!", "My brakes failed on the highway"])
def test_words_of_danger_stop_the_car(words: str) -> None:
    desk = desk_of("car_service", "en")

    desk.writes("Kate", words)

    assert desk.said("Kate") == ["health.danger"]


@pytest.mark.parametrize(
    ("name", "ended", "asked"),
    [
        ("restaurant", "2026-11-20 14:00", "2026-11-20 16:00"),
        ("restaurant", "2026-11-20 20:40", "2026-11-21 11:30"),  # a late dinner
        ("restaurant", "2026-11-20 23:30", "2026-11-21 11:30"),
        ("salon", "2026-11-20 14:00", "2026-11-20 16:00"),
        ("salon", "2026-11-20 20:30", "2026-11-21 10:00"),
        ("delivery", "2026-11-20 14:00", "2026-11-20 14:50"),
        ("delivery", "2026-11-20 21:30", "2026-11-21 10:00"),
        ("car_service", "2026-11-20 18:00", "2026-11-21 18:00"),
        ("hotel", "2026-11-20 12:00", "2026-11-21 12:00"),
        ("hotel", "2026-11-20 09:00", "2026-11-21 11:00"),
    ],
)
def test_a_visit_is_asked_about_when_the_industry_is_asked(
    name: str, ended: str, asked: str
) -> None:
    at = moscow(ended)
    desk = desk_of(name, at=at - timedelta(hours=1))
    desk.shares_phone("Kate", "+79990000001")
    desk.passes(hours=1)
    kate = next(iter(desk.memory.customers.values()))

    event = VisitEnded("crm:1", "csv", at, "bauman", phone="+79990000001")
    desk.happens(event, known_customer=kate)

    due = [timer.due for timer in desk.memory.timers.values() if timer.kind == "ask"]
    assert due == [moscow(asked)]


def moscow(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=3)
