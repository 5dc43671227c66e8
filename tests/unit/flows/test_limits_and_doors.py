"""Every limit at every door through which a gift may leave: the card, the choice, the request, the manager's word."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from flows.book import Rules, WindowLimit
from flows.events import StaffAction
from flows.people import Person, PersonState
from tests.unit.flows.desk import Desk, salon_desk

# Of the salon: cost 150 (value 1,200) and cost 200 (value 1,500); on the choice they stand together.
CHEAP, DEARER = "bs01", "bs02"


def complaint() -> Desk:
    """Дина is unhappy about a visit that is known; two administrators, a manager and an owner are there."""
    desk = salon_desk()
    desk.works_here("Айгуль", "administrator")
    desk.opens_branch("Дина")
    desk.writes("Дина", "Ждала сорок минут")
    return desk


def with_rules(desk: Desk, **rules: object) -> None:
    """The owner has other rules."""
    catalogue = desk.memory.content.catalogue
    changed: Rules = replace(catalogue.rules, **rules)  # type: ignore[arg-type]  # by name
    desk.memory.content = replace(desk.memory.content, catalogue=replace(catalogue, rules=changed))


def with_limits(desk: Desk, role: str, **limits: int) -> None:
    """The owner gives a role other limits (kopecks)."""
    catalogue = desk.memory.content.catalogue
    roles = tuple(
        replace(each, limits=replace(each.limits, **limits)) if each.id == role else each
        for each in catalogue.roles
    )
    desk.memory.content = replace(desk.memory.content, catalogue=replace(catalogue, roles=roles))


def _per_case_cost(desk: Desk) -> None:
    with_limits(desk, "administrator", case_cost=100)


def _per_case_value(desk: Desk) -> None:
    with_limits(desk, "administrator", case_value=100)


def _per_day(desk: Desk) -> None:
    with_limits(desk, "administrator", day_cost=100)


def _per_customer_gifts(desk: Desk) -> None:
    with_rules(desk, per_customer=WindowLimit(window_days=90, gifts=0))


def _per_customer_cost(desk: Desk) -> None:
    with_rules(desk, per_customer=WindowLimit(window_days=90, gifts=9, cost=100))


def _per_staff_gifts(desk: Desk) -> None:
    with_rules(desk, per_staff=WindowLimit(window_days=7, gifts=0))


def _per_staff_same_customer(desk: Desk) -> None:
    with_rules(desk, per_staff=WindowLimit(window_days=7, gifts=9, same_customer=0))


def _no_visit(desk: Desk) -> None:
    desk.memory.cases[desk.case.id] = replace(desk.case, visit_id=None)


LIMITS: dict[str, Callable[[Desk], None]] = {
    "per case, what it costs": _per_case_cost,
    "per case, what it is worth": _per_case_value,
    "per shift day": _per_day,
    "per customer window, how many": _per_customer_gifts,
    "per customer window, what they cost": _per_customer_cost,
    "per staff week, how many": _per_staff_gifts,
    "per staff week, to the same customer": _per_staff_same_customer,
    "no visit was found": _no_visit,
}


def _from_the_card(desk: Desk) -> str:
    return desk.forges("Гузель", StaffAction.GIVE, CHEAP)


def _as_a_choice(desk: Desk) -> str:
    return desk.forges("Гузель", StaffAction.CHOICE)


def _by_forging_the_managers_yes(desk: Desk) -> str:
    desk.forges("Гузель", StaffAction.GIVE, CHEAP)
    return desk.forges("Гузель", StaffAction.APPROVE, CHEAP)


def _by_a_colleagues_yes(desk: Desk) -> str:
    desk.forges("Гузель", StaffAction.GIVE, CHEAP)
    return desk.forges("Айгуль", StaffAction.APPROVE, CHEAP)


DOORS: dict[str, Callable[[Desk], str]] = {
    "from the card": _from_the_card,
    "as a choice": _as_a_choice,
    "by forging the manager's yes": _by_forging_the_managers_yes,
    "by a colleague's yes": _by_a_colleagues_yes,
}


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("door", DOORS)
def test_no_limit_is_passed_through_any_door(limit: str, door: str) -> None:
    desk = complaint()
    LIMITS[limit](desk)

    answer = DOORS[door](desk)

    assert desk.memory.gifts == {}
    assert desk.memory.counters == {}
    assert answer in ("staff.toast.no_right", "staff.toast.no_choice")


@pytest.mark.parametrize("door", ["from the card", "as a choice"])
def test_without_a_limit_in_the_way_the_same_doors_give(door: str) -> None:
    desk = complaint()

    DOORS[door](desk)

    assert len(desk.memory.gifts) == 1


WINDOWS = [each for each in LIMITS if "window" in each or "week" in each]


@pytest.mark.parametrize("limit", WINDOWS)
def test_above_the_front_line_a_person_decides(limit: str) -> None:
    desk = complaint()
    LIMITS[limit](desk)
    desk.forges("Гузель", StaffAction.GIVE, CHEAP)

    desk.presses("Рамиля", "give")

    (gift,) = desk.memory.gifts.values()
    assert gift.given_by_name == "Рамиля"


@pytest.mark.parametrize("role", ["manager", "owner"])
@pytest.mark.parametrize("limit", ["case_cost", "case_value", "day_cost"])
def test_limits_of_a_role_bind_whoever_has_it(role: str, limit: str) -> None:
    desk = complaint()
    with_limits(desk, role, **{limit: 100})
    who = {"manager": "Рамиля", "owner": "Лев"}[role]

    desk.forges(who, StaffAction.GIVE, CHEAP)

    assert desk.memory.gifts == {}


@pytest.mark.parametrize("role", ["cleaner", ""])
def test_a_role_that_is_not_in_the_content_gives_nothing(role: str) -> None:
    desk = complaint()
    guest = desk.works_here("Кто-то", role)
    assert isinstance(guest, Person)

    for door in (StaffAction.GIVE, StaffAction.CHOICE, StaffAction.REFUND, StaffAction.ASK_MANAGER):
        desk.forges("Кто-то", door, CHEAP)
        desk.forges("Кто-то", StaffAction.APPROVE, CHEAP)

    assert desk.memory.gifts == {}


@pytest.mark.parametrize("door", [StaffAction.GIVE, StaffAction.CHOICE, StaffAction.REFUND])
@pytest.mark.parametrize("who", ["asked to join", "declined", "left", "nobody"])
def test_who_is_not_on_the_roster_is_led_to_the_link_and_gives_nothing(
    door: StaffAction, who: str
) -> None:

    desk = complaint()
    states = {
        "asked to join": PersonState.ASKED,
        "declined": PersonState.DECLINED,
        "left": PersonState.LEFT,
    }
    if who in states:
        desk.works_here("Чужой", "owner", state=states[who])

    answer = desk.forges("Чужой", door, CHEAP)

    assert answer.startswith("join_")
    assert desk.memory.gifts == {}


def test_the_role_is_read_at_the_tap_and_not_when_the_card_was_made() -> None:
    desk = complaint()
    desk.card_buttons()
    desk.memory.roster[3] = replace(desk.memory.roster[3], role="")

    desk.forges("Гузель", StaffAction.GIVE, CHEAP)

    assert desk.memory.gifts == {}


def test_two_cases_on_one_day_share_the_days_limit() -> None:
    desk = complaint()
    one = desk.memory.content.catalogue.offer(CHEAP)
    assert one is not None
    with_limits(desk, "administrator", day_cost=one.cost)
    desk.forges("Гузель", StaffAction.GIVE, CHEAP)
    desk.opens_branch("Ира")
    desk.writes("Ира", "Ждала час")

    assert desk.forges("Гузель", StaffAction.GIVE, CHEAP) == "staff.toast.no_right"
    assert desk.forges("Айгуль", StaffAction.GIVE, CHEAP) == ""


def test_taking_back_gives_the_days_limit_back() -> None:
    desk = complaint()
    one = desk.memory.content.catalogue.offer(CHEAP)
    assert one is not None
    with_limits(desk, "administrator", day_cost=one.cost)
    desk.forges("Гузель", StaffAction.GIVE, CHEAP)

    desk.taps("Гузель", "undo")
    desk.forges("Гузель", StaffAction.GIVE, CHEAP)

    assert len(desk.memory.live_gifts()) == 1
    assert set(desk.memory.counters.values()) == {one.cost, 1}


def test_one_visit_one_gift_at_every_door() -> None:
    desk = complaint()
    desk.forges("Гузель", StaffAction.GIVE, CHEAP)
    desk.passes(seconds=11)

    for who in ("Айгуль", "Рамиля", "Лев"):
        desk.forges(who, StaffAction.GIVE, DEARER)
        desk.forges(who, StaffAction.CHOICE)
        desk.forges(who, StaffAction.ASK_MANAGER)
        desk.forges(who, StaffAction.APPROVE, DEARER)

    assert [gift.offer_id for gift in desk.memory.live_gifts()] == [CHEAP]
