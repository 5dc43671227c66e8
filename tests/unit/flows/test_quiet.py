"""When the bot does not write by itself: where the customer lives, and as the customer has chosen."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.case import Care
from flows.draft import Draft
from flows.events import Command, CustomerChoseData, DataChoice, Tap
from flows.people import Visit
from flows.presses import Button, QuietPress
from tests.unit.flows.desk import Desk
from tests.unit.flows.proofread import labels_of
from tests.unit.flows.written import BUSINESS, desk_with

HER_OWN = "+73432000001"
URALS = "Asia/Yekaterinburg"  # two hours before the salon's Moscow
NEVER_QUIET = (BUSINESS, 'quiet_hours: "22:00-9:00"', "quiet_hours: none")


def at(hour: int, day: int = 20) -> datetime:
    """Hours of Moscow, as a moment."""
    return datetime(2026, 11, day, tzinfo=UTC) + timedelta(hours=hour - 3)


def anna(*changes: tuple[str, str, str], zone: str = "") -> Desk:
    """Анна has shared her own number; `zone` is where its people live."""
    desk = desk_with(*changes)
    desk.gives_phone("Анна", HER_OWN, zone)
    desk.forget()
    return desk


def chooses(desk: Desk, hours: str) -> str:
    """In /settings; returns the text of the question."""
    desk.commands("Анна", Command.SETTINGS)
    desk.presses("Анна", "quiet_hours")
    asked = desk.heard("Анна")[-1]
    chosen = next(b for row in asked.rows for b in row if b.press == QuietPress(hours))
    desk.press_button("Анна", chosen)
    return asked.text


def may_write(desk: Desk, wanted: datetime, visit: Visit | None = None) -> datetime:
    """When what is due at that moment may be written to Анна."""
    care = Care(desk.memory.customers[1])
    return Draft(care, desk.memory.facts(care), desk.memory.now).polite(wanted, visit)


def test_a_number_of_one_zone_says_where_it_is_night() -> None:
    desk = anna(zone=URALS)

    assert may_write(desk, at(19)) == at(19)
    assert may_write(desk, at(20)) == at(7, day=21)  # 22:00 there, until 9:00 there
    assert may_write(desk, at(7, day=21)) == at(7, day=21)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus"])
def test_without_one_it_is_night_where_they_came_to(zone: str) -> None:
    desk = anna(zone=zone)

    assert may_write(desk, at(21)) == at(21)
    assert may_write(desk, at(22)) == at(9, day=21)


def test_who_stays_here_sleeps_by_the_clock_here() -> None:
    desk = anna(zone=URALS)
    stay = Visit(1, "crm:1", "csv", "bauman", ended_at=at(12, day=21), arrived_at=at(14))

    assert may_write(desk, at(20), stay) == at(20)
    assert may_write(desk, at(22), stay) == at(9, day=21)


@pytest.mark.parametrize(
    ("hours", "evening", "morning"),
    [("22_9", 22, 9), ("21_10", 21, 10), ("daytime", 18, 10)],
)
def test_the_hours_a_customer_chooses_are_kept(hours: str, evening: int, morning: int) -> None:
    desk = anna(NEVER_QUIET)

    chooses(desk, hours)

    assert may_write(desk, at(evening) - timedelta(minutes=1)) == at(evening - 1) + timedelta(
        minutes=59
    )
    assert may_write(desk, at(evening)) == at(morning, day=21)


def test_the_settings_show_the_hours_and_let_them_be_changed() -> None:
    desk = anna()

    asked = chooses(desk, "21_10")
    desk.commands("Анна", Command.SETTINGS)

    assert asked == "Сами не пишем вам с 22:00 до 9:00. Поменять?"
    assert [toast.text for toast in desk.popped][-1:] == ["quiet.saved"]
    shown = labels_of(desk.memory.content, desk.heard("Анна")[-1].rows)
    assert ["Тихие часы: 21:00–10:00"] in shown


def test_without_quiet_hours_of_the_business_nothing_empty_is_shown() -> None:
    desk = anna(NEVER_QUIET)

    asked = chooses(desk, "keep")

    assert asked == "Пишем вам в любое время суток. Поменять?"
    assert desk.memory.customers[1].quiet == ""
    settings = labels_of(desk.memory.content, desk.heard("Анна")[0].rows)
    assert ["Тихие часы"] in settings


def test_a_forged_choice_changes_nothing() -> None:
    desk = anna()
    chooses(desk, "21_10")

    sender = desk.sender("Анна")
    desk.press(Button("quiet.keep", QuietPress("25_0")), sender, Tap("tap-1", sender.tg_id, 1))

    assert desk.memory.customers[1].quiet == "21_10"


def test_the_zone_goes_with_the_number_and_the_chosen_hours_stay() -> None:
    desk = anna(zone=URALS)
    chooses(desk, "21_10")
    sender = desk.sender("Анна")

    desk.happens(CustomerChoseData(sender, Tap("tap-1", sender.tg_id, 1), DataChoice.FORGET_PHONE))

    customer = desk.memory.customers[1]
    assert (customer.phone, customer.zone, customer.quiet) == ("", "", "21_10")
