"""A case goes to somebody else: who may, whom, why, and who hears what of it."""

from dataclasses import replace

from flows.events import StaffAction
from flows.people import PersonState
from tests.unit.flows.desk import Desk
from tests.unit.flows.test_promises import waiting


def with_colleagues() -> Desk:
    """Anna was promised an answer by 12:30; Айгуль is on shift, Олег is not."""
    desk = waiting()
    desk.works_here("Айгуль", "administrator")
    desk.works_here("Олег", "administrator", on_shift=False)
    desk.forget()
    return desk


def hands(desk: Desk, name: str, to: str, reason: str = "Не моя смена") -> str:
    """Three taps on the card: "more" is open already."""
    desk.taps(name, "more")
    desk.taps(name, "to_other")
    chosen = desk.taps(name, to)
    return desk.taps(name, reason) if chosen == "staff.toast.hand_why" else chosen


def test_whoever_could_take_it_stands_on_the_card_those_on_shift_first() -> None:
    desk = with_colleagues()
    desk.taps("Гузель", "take")

    desk.taps("Гузель", "more")
    desk.taps("Гузель", "to_other")

    assert desk.card_buttons() == [
        ["Айгуль · на смене", "Олег"],
        ["Рамиля", "Лев"],
        ["Назад"],
    ]


def test_the_reason_is_for_colleagues_and_the_customer_learns_who_answers() -> None:
    desk = with_colleagues()
    desk.taps("Гузель", "take")
    by = desk.case.reply_by

    assert hands(desk, "Гузель", "Айгуль") == "staff.toast.handed_told"

    assert [said.text for said in desk.heard("Анна")] == [
        "Анна, теперь вам отвечает Айгуль, администратор. "
        "Ответ будет здесь до 12:30; рассказывать заново не нужно."
    ]
    assert [said.text for said in desk.heard("Айгуль")] == [
        "Теперь отвечаете вы, до 12:30: № 14, Анна, «Ждала сорок минут». "
        "Передаёт: Гузель, «Не моя смена»."
    ]
    assert "Теперь отвечает: Айгуль, с 12:01. Передаёт: Гузель, «Не моя смена»" in desk.card()
    assert (desk.case.owner_id, desk.case.reply_by) == (4, by)
    assert desk.memory.journal[-1].data == {"to": "Айгуль", "reason": "shift"}


def test_no_reason_need_be_given() -> None:
    desk = with_colleagues()

    hands(desk, "Гузель", "Айгуль", "Без причины")

    assert "Передаёт: Гузель\n" in f"{desk.card()}\n"


def test_a_customer_who_was_told_of_nobody_hears_nothing() -> None:
    desk = with_colleagues()
    desk.writes("Борис", "Где моя запись?")
    desk.forget()

    assert hands(desk, "Гузель", "Айгуль") == "staff.toast.handed"
    assert desk.said("Борис") == []


def test_a_promise_that_is_over_is_made_anew_for_the_next_one() -> None:
    desk = with_colleagues()
    desk.replies("Гузель", "Уточню у мастера")
    desk.passes(seconds=11)
    desk.forget()

    hands(desk, "Гузель", "Айгуль")

    assert desk.heard("Анна")[-1].key == "progress.handover"
    assert desk.case.reply_by is not None
    assert desk.case.promised


def test_a_colleagues_case_can_be_taken_over_and_the_colleague_hears_of_it() -> None:
    desk = with_colleagues()
    desk.taps("Гузель", "take")

    assert hands(desk, "Айгуль", "Айгуль") == "staff.toast.handed_told"

    assert desk.said("Гузель") == ["staff.handed_away"]
    assert "Отвечает: Айгуль, с 12:01" in desk.card()
    assert desk.said("Анна") == ["progress.handover"]


def test_a_colleagues_case_is_not_handed_to_a_third() -> None:
    desk = with_colleagues()
    desk.taps("Гузель", "take")

    assert hands(desk, "Айгуль", "Олег") == "staff.toast.hand_only_self"
    assert desk.case.owner_id == 3


def test_the_manager_hands_anybodys_case_to_anybody() -> None:
    desk = with_colleagues()
    desk.taps("Гузель", "take")

    hands(desk, "Рамиля", "Айгуль")

    assert desk.case.owner_id == 4
    assert desk.said("Гузель") == ["staff.handed_away"]


def test_a_second_tap_on_the_same_person_changes_nothing() -> None:
    desk = with_colleagues()
    hands(desk, "Гузель", "Айгуль")
    told = desk.said("Анна")

    again = desk.forges("Гузель", StaffAction.HAND_OVER, "4:shift")

    assert again == "staff.toast.handed"
    assert desk.said("Анна") == told


def test_somebody_who_has_left_meanwhile_cannot_be_chosen() -> None:
    desk = with_colleagues()
    desk.taps("Гузель", "more")
    desk.taps("Гузель", "to_other")
    desk.memory.roster[4] = replace(desk.memory.roster[4], state=PersonState.LEFT)

    assert desk.forges("Гузель", StaffAction.HAND_TO, "4") == "staff.toast.hand_gone"
    assert desk.card_buttons()[0] == ["Гузель · на смене", "Олег"]


def test_somebody_who_cannot_be_written_to_is_not_offered() -> None:
    desk = with_colleagues()
    desk.blocks_bot("Айгуль")

    desk.taps("Гузель", "more")
    desk.taps("Гузель", "to_other")

    assert desk.card_buttons()[0] == ["Гузель · на смене", "Олег"]


def test_a_closed_case_is_handed_to_nobody() -> None:
    desk = with_colleagues()
    desk.replies("Гузель", "Простите")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")

    assert desk.forges("Гузель", StaffAction.TO_OTHER) == "staff.toast.closed"
    assert desk.forges("Гузель", StaffAction.HAND_OVER, "4:shift") == "staff.toast.closed"


def test_what_is_the_managers_goes_to_managers_alone() -> None:
    desk = with_colleagues()
    desk.writes("Анна", "У меня ожог после маски")

    assert desk.forges("Рамиля", StaffAction.HAND_OVER, "4:shift") == "staff.toast.hand_gone"
    assert desk.forges("Рамиля", StaffAction.HAND_OVER, "1:-") == "staff.toast.handed"
    assert desk.case.owner_id == 1
    assert desk.said("Лев") == ["staff.health_alert.again"]


def test_wrong_arguments_change_nothing() -> None:
    desk = with_colleagues()

    answers = [
        desk.forges("Гузель", StaffAction.HAND_OVER, arg) for arg in ("", "4", "4:nope", "99:-")
    ]

    assert answers == ["staff.toast.outdated"] * 4
    assert desk.case.owner_id is None


def test_from_a_reminder_the_same_buttons_stand_under_it() -> None:
    desk = with_colleagues()
    desk.memory.roster[4] = replace(desk.memory.roster[4], on_shift=False)
    desk.passes(minutes=15)

    desk.presses("Гузель", "to_other")
    desk.presses("Гузель", "Айгуль")
    desk.presses("Гузель", "Не успеваю")

    assert desk.case.owner_id == 4
    assert [[b.label for b in row] for row in desk.heard("Гузель")[-1].rows] == [["open_card"]]
    assert desk.card_buttons()[0] == ["Беру", "Решено"]
