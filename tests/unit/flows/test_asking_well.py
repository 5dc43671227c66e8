"""Asking well: in whose zone it is night, who is not asked at all, and the same rules for every branch."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.events import VisitEnded
from flows.people import TRIAL, Visit
from tests.unit.flows.desk import FRIDAY_NOON, Desk
from tests.unit.flows.written import BUSINESS, desk_with

PHONE = "+79990000001"
IN_SAMARA = (
    BUSINESS,
    "quiet_hours:",
    """  volga:
    name: "На Волге"
    hours: "10:00-21:00"
    time_zone: Asia/Yekaterinburg

quiet_hours:""",
)
OWN_QUIET = (
    BUSINESS,
    "    time_zone: Asia/Yek",
    '    quiet_hours: "20:00-12:00"\n    time_zone: Asia/Yek',
)


def knows_anna(*changes: tuple[str, str, str]) -> Desk:
    """Анна's telephone is known."""
    desk = desk_with(*changes)
    desk.gives_phone("Анна", PHONE)
    desk.forget()
    return desk


def comes(desk: Desk, at: datetime, branch: str = "bauman", number: int = 1) -> None:
    """A booking program tells of a visit of Анна."""
    event = VisitEnded(f"crm:{number}", "csv", at, branch, phone=PHONE)
    known = next(c for c in desk.memory.customers.values() if c.phone == PHONE)
    desk.happens(event, known_customer=known)


def asked_at(desk: Desk) -> datetime | None:
    """When the question came, to ten minutes; within three days."""
    for _ in range(3 * 24 * 6):
        if "ask.salon" in desk.said("Анна"):
            return desk.memory.now
        desk.passes(minutes=10)
    return None


@pytest.mark.parametrize(
    ("branch", "morning"),
    [
        ("bauman", datetime(2026, 11, 21, 7, 0, tzinfo=UTC)),  # 10:00 in Moscow
        ("volga", datetime(2026, 11, 21, 5, 0, tzinfo=UTC)),  # 10:00 in Yekaterinburg
    ],
)
def test_night_is_where_the_customer_came_to(branch: str, morning: datetime) -> None:
    desk = knows_anna(IN_SAMARA)

    comes(desk, FRIDAY_NOON + timedelta(hours=8), branch)

    assert asked_at(desk) == morning


def test_a_branch_may_have_quiet_hours_of_its_own() -> None:
    desk = knows_anna(IN_SAMARA, OWN_QUIET)

    comes(desk, FRIDAY_NOON + timedelta(hours=8), "volga")

    assert asked_at(desk) == datetime(2026, 11, 21, 7, 0, tzinfo=UTC)  # 12:00 in Yekaterinburg


@pytest.mark.parametrize("branch", ["bauman", "volga"])
def test_one_question_in_fourteen_days_whatever_the_branch(branch: str) -> None:
    desk = knows_anna(IN_SAMARA)
    comes(desk, FRIDAY_NOON, branch)
    first = asked_at(desk)
    desk.forget()
    desk.passes(days=7)

    comes(desk, desk.memory.now, "volga" if branch == "bauman" else "bauman", number=2)

    assert first is not None
    assert asked_at(desk) is None


def test_nobody_of_the_staff_is_asked_about_a_visit() -> None:
    desk = knows_anna()
    desk.works_here("Анна", "administrator")

    comes(desk, FRIDAY_NOON)

    assert asked_at(desk) is None


def test_who_joined_the_staff_meanwhile_is_not_asked_either() -> None:
    desk = knows_anna()
    comes(desk, FRIDAY_NOON)

    desk.works_here("Анна", "administrator")

    assert asked_at(desk) is None


def test_a_try_of_the_owner_is_not_asked_about() -> None:
    desk = knows_anna()

    anna = desk.memory.customers[1]
    event = VisitEnded("try:1", TRIAL, FRIDAY_NOON, "bauman", phone=PHONE)
    desk.happens(event, known_customer=anna)

    assert asked_at(desk) is None


@pytest.mark.parametrize(("days_ago", "found"), [(1, True), (13, True), (15, False)])
def test_ones_own_number_finds_the_visits_of_the_last_fourteen_days(
    days_ago: int, found: bool
) -> None:
    desk = desk_with()
    at = FRIDAY_NOON - timedelta(days=days_ago)
    desk.memory.visits[900] = Visit(900, "crm:1", "csv", "bauman", at, phone=PHONE)

    desk.gives_phone("Анна", PHONE)

    assert (desk.memory.visits[900].customer_id == 1) == found
    assert (asked_at(desk) is not None) == found


def test_for_how_long_is_a_setting() -> None:
    desk = desk_with((BUSINESS, "visit_is_recent: 14d", "visit_is_recent: 3d"))
    at = FRIDAY_NOON - timedelta(days=5)
    desk.memory.visits[900] = Visit(900, "crm:1", "csv", "bauman", at, phone=PHONE)

    desk.gives_phone("Анна", PHONE)

    assert desk.memory.visits[900].customer_id is None


def test_a_visit_somebody_else_has_claimed_stays_theirs() -> None:
    desk = desk_with()
    theirs = Visit(900, "crm:1", "csv", "bauman", FRIDAY_NOON, customer_id=7, phone=PHONE)
    desk.memory.visits[900] = theirs

    desk.gives_phone("Анна", PHONE)

    assert desk.memory.visits[900] == theirs
    assert asked_at(desk) is None


def test_a_typed_number_finds_no_visit() -> None:
    desk = desk_with()
    free = Visit(900, "crm:1", "csv", "bauman", FRIDAY_NOON, phone=PHONE)
    desk.memory.visits[900] = free
    desk.shares_phone("Анна", PHONE)

    desk.types_phone("Анна", PHONE)

    assert desk.memory.visits[900] == free


def test_beside_an_open_case_no_question_comes() -> None:
    desk = knows_anna()
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)
    desk.forget()

    comes(desk, FRIDAY_NOON)

    assert asked_at(desk) is None


def test_stop_takes_the_reminder_back_too() -> None:
    desk = knows_anna()
    comes(desk, FRIDAY_NOON)
    asked_at(desk)
    customer = desk.memory.customers[1]
    desk.memory.customers[1] = replace(customer, questions=False)
    desk.forget()

    desk.passes(days=3)

    assert desk.said("Анна") == []
