"""What is severe, whatever way it goes: who is told, and what waits until the manager has spoken."""

import re
from dataclasses import replace

import pytest

from flows.book import Content, Path
from flows.card_buttons import card_rows
from flows.compiler import judge_content
from flows.events import Failure, StaffAction, TimerKind
from flows.presses import CasePress
from tests.content.salon import salon_files
from tests.unit.flows.desk import Desk, salon_desk

WAYS = ("health", "danger", "manager", "no path")


def severe(way: str) -> Desk:
    """Анна has a complaint of severity 3 that goes this way."""
    desk = salon_desk()
    if way == "health":
        desk.writes("Анна", "У меня ожог после окрашивания")
        return desk
    _mark_topic(desk, Path.DANGER if way == "danger" else Path.MANAGER)
    desk.rates("Анна", 2)
    desk.presses("Анна", "Цена")
    return desk


def _mark_topic(desk: Desk, path: Path) -> None:
    catalogue = desk.memory.content.catalogue
    topics = tuple(
        replace(topic, path=path) if topic.id == "price" else topic for topic in catalogue.topics
    )
    desk.memory.content = replace(desk.memory.content, catalogue=replace(catalogue, topics=topics))


def replied(desk: Desk, name: str) -> None:
    """This person answers the customer, and the answer leaves."""
    desk.replies(name, "Анна, простите. Мы уже разбираемся, завтра до обеда напишу.")
    desk.passes(seconds=11)


def test_a_topic_of_severity_3_without_a_path_is_the_managers() -> None:
    files = dict(salon_files())
    before = re.search(r'id: price, title: "[^"]+", sev: \d', files["gifts.yaml"])
    assert before is not None
    grave = f"{before[0][:-1]}3"
    files["gifts.yaml"] = files["gifts.yaml"].replace(before[0], grave)

    content = judge_content(files).content

    assert isinstance(content, Content)
    assert content.catalogue.topic("price").path is Path.MANAGER


@pytest.mark.parametrize("way", WAYS)
def test_nothing_may_be_given_before_the_manager_has_spoken(way: str) -> None:
    desk = severe(way)

    desk.taps("Рамиля", "take")

    assert buttons_that_give(desk) == []
    assert desk.forges("Рамиля", StaffAction.GIVE, "bs01") == "staff.toast.outdated"
    assert desk.forges("Лев", StaffAction.CHOICE) == "staff.toast.outdated"
    assert desk.memory.gifts == {}


def buttons_that_give(desk: Desk) -> list[str]:
    """Offers among the buttons of the card."""
    presses = [b.press for row in card_rows(desk.draft_of(desk.case)) for b in row]
    giving = (StaffAction.GIVE, StaffAction.CHOICE, StaffAction.ASK_MANAGER)
    return [p.arg for p in presses if isinstance(p, CasePress) and p.action in giving]


@pytest.mark.parametrize("way", ["health", "danger"])
def test_an_administrators_answer_is_not_the_managers(way: str) -> None:
    desk = severe(way)
    desk.presses("Гузель", "seen")

    replied(desk, "Гузель")

    assert desk.case.answered_at is not None
    assert desk.case.spoken_at is None
    assert buttons_that_give(desk) == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", ["Рамиля", "Лев"])
def test_after_the_managers_answer_gifts_are_there(way: str, who: str) -> None:
    desk = severe(way)

    replied(desk, who)

    assert desk.case.spoken_at == desk.case.answered_at
    assert desk.case.gifts_wait is False


def test_an_answer_that_was_refused_and_sent_again_counts_when_it_leaves() -> None:
    desk = severe("health")
    desk.replies("Рамиля", "Анна, простите. Как вы себя чувствуете сейчас?")
    key = next(key for key in desk.memory.held if key.startswith("reply:"))
    desk.refuses(key, Failure.REFUSED)
    assert desk.case.spoken_at is None

    desk.taps("Рамиля", "resend")
    desk.passes(seconds=1)

    assert desk.case.spoken_at is not None


def test_with_nobody_above_the_administrator_anybodys_answer_counts() -> None:
    desk = severe("health")
    del desk.memory.roster[1], desk.memory.roster[2]
    desk.presses("Гузель", "seen")

    replied(desk, "Гузель")

    assert desk.case.spoken_at is not None


@pytest.mark.parametrize("way", WAYS)
def test_no_text_of_its_own_accord_after_the_case_is_closed_unspoken(way: str) -> None:
    desk = severe(way)
    desk.taps("Рамиля", "take")
    desk.forget()
    desk.taps("Рамиля", "resolve")
    desk.taps("Рамиля", "resolve")

    desk.passes(days=20)

    assert desk.said("Анна") == []
    assert desk.memory.pending(TimerKind.CHECK, desk.case.id) is None


ALERTS: dict[str, tuple[str, list[str]]] = {
    "health": ("staff.health_alert", ["Гузель", "Рамиля"]),
    "danger": ("staff.health_alert", ["Гузель", "Рамиля"]),
    "manager": ("staff.severe", ["Рамиля"]),
    "no path": ("staff.severe", ["Рамиля"]),
}


@pytest.mark.parametrize("way", WAYS)
def test_people_are_alerted_at_once(way: str) -> None:
    desk = severe(way)
    text, people = ALERTS[way]

    alerted = [name for name in ("Гузель", "Рамиля", "Лев") if text in desk.said(name)]

    assert alerted == people


def minutes_of(desk: Desk, name: str, most: int) -> list[int]:
    """At which minutes this person is told something."""
    times = []
    for minute in range(1, most + 1):
        desk.forget()
        desk.passes(minutes=1)
        if desk.said(name):
            times.append(minute)
    return times


@pytest.mark.parametrize("way", WAYS)
def test_alerts_come_after_3_6_and_10_minutes_then_to_the_next(way: str) -> None:
    assert minutes_of(severe(way), "Рамиля", 14)[:4] == [3, 6, 10, 14]
    assert minutes_of(severe(way), "Лев", 14) == [14]


@pytest.mark.parametrize("way", WAYS)
def test_seen_ends_the_alerts_of_the_others_and_the_customer_learns_who_writes(way: str) -> None:
    desk = severe(way)
    desk.passes(minutes=4)
    desk.forget()

    desk.presses("Рамиля", "seen")
    desk.passes(minutes=10)

    assert desk.said("Анна") == ["health.seen"]
    assert desk.said("Лев") == []


LATE = {"health": "health.late", "danger": "health.late"}


@pytest.mark.parametrize("way", WAYS)
def test_after_a_quarter_of_an_hour_the_customer_gets_the_telephone_once(way: str) -> None:
    desk = severe(way)
    desk.forget()

    desk.passes(minutes=16)

    assert desk.said("Анна") == [LATE.get(way, "ack.severe.late")]
    assert "+7 900 000-00-00" in desk.heard("Анна")[0].text


@pytest.mark.parametrize("way", WAYS)
def test_taking_the_case_is_seeing_it(way: str) -> None:
    desk = severe(way)
    desk.forget()

    desk.taps("Рамиля", "take")
    desk.passes(minutes=10)

    assert desk.said("Анна") == ["health.seen"]
    assert desk.case.seen_by == 2


@pytest.mark.parametrize("way", WAYS)
def test_words_after_the_managers_answer_are_asked_nothing_automatic_in_an_emergency(
    way: str,
) -> None:
    desk = severe(way)
    replied(desk, "Рамиля")
    desk.forget()

    desk.writes("Анна", "Стало только сильнее болеть")
    desk.passes(minutes=2)

    expected: list[str] = [] if way in ("health", "danger") else ["ack.open"]
    assert desk.said("Анна") == expected


@pytest.mark.parametrize("way", ["health", "danger"])
def test_in_the_morning_the_manager_is_reminded_and_the_customer_is_not_written_to(
    way: str,
) -> None:
    desk = severe(way)
    replied(desk, "Рамиля")
    desk.forget()

    desk.passes(days=1)

    assert desk.said("Рамиля") == ["staff.health_morning"]
    assert desk.said("Анна") == []
