"""Taking a case, and handing it up."""

from dataclasses import replace

from flows.effects import DeleteMessage
from flows.events import StaffAction, StaffTapped, Tap
from flows.people import PersonState
from tests.unit.flows.desk import GROUP, salon_desk
from tests.unit.flows.test_promises import waiting


def test_take_makes_an_owner_and_explains_how_to_answer() -> None:
    desk = waiting()

    assert desk.taps("Гузель", "take") == "staff.reply_hint"

    assert "Отвечает: Гузель, с 12:01" in desk.card()
    assert desk.card_buttons()[0] == ["Решено"]


def test_a_second_take_says_who_was_first() -> None:
    desk = waiting()
    desk.taps("Гузель", "take")

    assert desk.forges("Рамиля", StaffAction.TAKE) == "staff.toast.taken_by_other"
    assert desk.forges("Гузель", StaffAction.TAKE) == ""

    assert desk.case.owner_id == 3


def test_a_case_of_somebody_who_has_left_can_be_taken() -> None:
    desk = waiting()
    desk.taps("Гузель", "take")
    guzel = desk.memory.roster[3]
    desk.memory.roster[3] = replace(guzel, state=PersonState.LEFT)

    assert desk.forges("Рамиля", StaffAction.TAKE) == "staff.reply_hint"

    assert desk.case.owner_id == 2


def test_a_stranger_at_the_button_is_asked_to_join() -> None:
    desk = waiting()

    assert desk.taps("Кто-то", "take") == f"join_join-secret_{-GROUP}"

    assert desk.case.owner_id is None


def test_one_tap_hands_the_case_to_the_manager_and_tells_the_customer() -> None:
    desk = waiting()
    desk.taps("Гузель", "take")
    desk.taps("Гузель", "more")
    desk.forget()

    desk.taps("Гузель", "to_manager")

    assert desk.said("Анна") == ["progress.handover"]
    assert "Рамиля, управляющая" in desk.heard("Анна")[0].text
    assert desk.said("Рамиля") == ["staff.remind"]


def test_handing_up_twice_says_it_once() -> None:
    desk = waiting()
    desk.forges("Гузель", StaffAction.TO_MANAGER)
    desk.forget()

    desk.forges("Гузель", StaffAction.TO_MANAGER)

    assert desk.said("Анна") == []


def test_a_manager_who_answers_personally_takes_the_case() -> None:
    desk = waiting()

    desk.forges("Рамиля", StaffAction.TO_MANAGER)

    assert (desk.case.owner_id, desk.case.taken_at) == (2, desk.memory.now)


def test_before_the_promise_was_told_handing_up_is_silent() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.forget()

    desk.forges("Гузель", StaffAction.TO_MANAGER)

    assert desk.said("Анна") == []


def test_with_nobody_above_the_tap_says_so() -> None:
    desk = waiting()
    desk.memory.roster = {3: desk.memory.roster[3]}

    assert desk.forges("Гузель", StaffAction.TO_MANAGER) == "staff.toast.nobody_to_ask"


def test_the_telephone_is_shown_to_whoever_presses() -> None:
    desk = waiting()

    assert desk.forges("Гузель", StaffAction.CALL) == "staff.toast.no_call"
    desk.gives_phone("Анна", "+79990000001")

    assert desk.forges("Гузель", StaffAction.CALL) == "staff.call"


def test_a_tap_on_a_stray_copy_takes_the_copy_away() -> None:
    desk = waiting()
    tap = Tap("tap", -100500, 77)
    event = StaffTapped(desk.sender("Гузель"), tap, 14, StaffAction.TAKE)

    desk.happens(event, stray=True)

    assert DeleteMessage(-100500, 77) in desk.effects
    assert desk.case.owner_id is None
