"""Joining, shifts, trouble: nobody types ids."""

from flows.events import (
    PersonLeftGroup,
    Tap,
    TroubleNoticed,
)
from flows.people import PersonState
from flows.presses import Button, JoinPress
from flows.staff_chats import StaffChats
from tests.unit.flows.desk import GROUP, Desk, salon_desk


def empty_desk() -> Desk:
    """A bot that nobody owns yet, without a group."""
    desk = salon_desk()
    desk.memory.roster.clear()
    desk.memory.staff_chats = StaffChats()
    return desk


# ---- people -----------------------------------------------------------------------------------


def test_who_opens_the_owners_link_owns_the_bot_and_is_asked_what_the_bot_has_to_know() -> None:
    desk = empty_desk()

    desk.opens_owner_link("Лев")

    assert [(p.name, p.role) for p in desk.memory.roster.values()] == [("Лев", "owner")]
    assert desk.said("Лев") == ["owner.hello"]


def test_a_second_owner_is_refused() -> None:
    desk = salon_desk()

    desk.opens_owner_link("Кто-то")

    assert desk.said("Кто-то") == ["owner.taken"]
    assert len(desk.memory.roster) == 3


def test_a_wrong_owners_link_is_a_plain_start() -> None:
    desk = empty_desk()

    desk.opens_owner_link("Кто-то", "guessed")

    assert desk.said("Кто-то") == ["start.plain"]
    assert desk.memory.roster == {}


def test_the_owner_approves_with_a_role_in_one_tap() -> None:
    desk = salon_desk()
    desk.asks_to_join("Айгуль")

    assert desk.presses("Лев", "join_as.administrator") == "join.owner_done"

    assert desk.said("Айгуль") == ["join.hello", "join.approved"]
    person = desk.memory.roster[max(desk.memory.roster)]
    assert (person.name, person.role, person.active) == ("Айгуль", "administrator", True)
    assert desk.heard("Лев")[-1].rows == ()


def test_the_first_short_words_are_the_signature() -> None:
    desk = salon_desk()
    desk.asks_to_join("Айгуль")
    desk.presses("Лев", "join_as.manager")

    desk.writes("Айгуль", "Айгуль Р., старшая смены")
    desk.writes("Айгуль", "и ещё")

    assert desk.said("Айгуль")[-2:] == ["join.signature_saved", "staff.not_a_reply"]
    person = desk.memory.roster[max(desk.memory.roster)]
    assert (person.name, person.title) == ("Айгуль Р.", "старшая смены")


def test_thanks_and_complaints_are_no_signature_and_it_can_be_changed_later() -> None:
    desk = salon_desk()
    desk.asks_to_join("Айгуль")
    desk.presses("Лев", "join_as.manager")

    for words in ("Спасибо большое!", "Добрый день", "А где график?", "Мне плохо", "старшая"):
        desk.writes("Айгуль", words)
    desk.writes("Айгуль", "Айгуль Р., старшая смены")

    person = desk.memory.roster[max(desk.memory.roster)]
    assert (person.name, person.title) == ("Айгуль Р.", "старшая смены")
    assert desk.said("Айгуль").count("join.signature_saved") == 2


def test_long_words_are_no_signature() -> None:
    desk = salon_desk()
    desk.asks_to_join("Айгуль")
    desk.presses("Лев", "join_as.manager")

    desk.writes(
        "Айгуль", "Здравствуйте! Вчера была у вас на стрижке, и вот что я хочу про неё рассказать"
    )

    assert desk.memory.roster[max(desk.memory.roster)].title == ""


def test_the_owner_declines() -> None:
    desk = salon_desk()
    desk.asks_to_join("Кто-то")

    assert desk.presses("Лев", "join_decline") == "join.owner_refused"

    assert desk.said("Кто-то") == ["join.hello", "join.declined"]
    assert desk.memory.roster[max(desk.memory.roster)].state is PersonState.DECLINED


def test_only_the_owner_decides() -> None:
    desk = salon_desk()
    desk.asks_to_join("Айгуль")

    assert desk.presses("Лев", "join_as.manager", who="Гузель") == "staff.toast.not_owner"

    assert desk.memory.roster[max(desk.memory.roster)].state is PersonState.ASKED


def test_nobody_becomes_owner_by_a_forged_tap() -> None:
    desk = salon_desk()
    desk.asks_to_join("Айгуль")
    number = max(desk.memory.roster)
    tap = Tap("t", desk.sender("Лев").tg_id, 1)

    answer = desk.press(Button("forged", JoinPress(number, "owner")), desk.sender("Лев"), tap)

    assert answer == "staff.toast.outdated"
    assert desk.memory.roster[number].state is PersonState.ASKED


def test_asking_twice_asks_the_owner_once() -> None:
    desk = salon_desk()

    desk.asks_to_join("Айгуль")
    desk.asks_to_join("Айгуль")

    assert desk.said("Айгуль") == ["join.hello", "join.waiting"]
    assert desk.said("Лев") == ["join.owner_ask"]


def test_who_is_in_already_is_told_so() -> None:
    desk = salon_desk()

    desk.asks_to_join("Гузель")

    assert desk.said("Гузель") == ["join.already"]


def test_who_asked_before_there_was_an_owner_is_not_forgotten() -> None:
    desk = empty_desk()
    desk.asks_to_join("Айгуль")

    desk.opens_owner_link("Лев")

    assert desk.said("Лев") == ["owner.hello", "join.owner_ask"]


def test_a_wrong_link_to_join_is_a_plain_start() -> None:
    desk = salon_desk()

    desk.asks_to_join("Кто-то", "guessed")

    assert desk.said("Кто-то") == ["start.plain"]
    assert desk.said("Лев") == []


def test_off_shift_nobody_is_reminded_but_the_manager_who_knows_it() -> None:
    desk = salon_desk()
    desk.asks_to_join("Гузель")

    desk.presses("Гузель", "shift_off")

    assert desk.said("Гузель")[-1] == "join.shift_off"
    assert desk.said("Рамиля") == ["join.nobody"]
    desk.presses("Гузель", "shift_on")
    assert desk.said("Гузель")[-1] == "join.shift_on"
    assert desk.memory.roster[3].on_shift


def test_off_shift_names_who_is_left() -> None:
    desk = salon_desk()
    desk.works_here("Айгуль", "administrator")
    desk.asks_to_join("Гузель")

    desk.presses("Гузель", "shift_off")

    assert "Сейчас на смене: Айгуль." in desk.heard("Гузель")[-1].text
    assert desk.said("Рамиля") == []


def test_who_leaves_the_group_loses_access_and_may_be_let_in_again() -> None:
    desk = salon_desk()

    desk.happens(PersonLeftGroup(GROUP, desk.sender("Гузель").tg_id))
    assert desk.memory.roster[3].state is PersonState.LEFT
    assert desk.said("Лев") == ["join.left"]
    desk.presses("Лев", "restore_access")

    assert [p.name for p in desk.memory.roster.values() if p.active] == ["Лев", "Рамиля", "Гузель"]
    assert desk.said("Гузель") == ["join.approved"]


def test_an_owner_need_not_be_in_the_group() -> None:
    desk = salon_desk()

    desk.happens(PersonLeftGroup(GROUP, desk.sender("Лев").tg_id))

    assert desk.memory.roster[1].active


# ---- trouble ----------------------------------------------------------------------------------


def test_trouble_is_told_to_the_owner() -> None:
    desk = salon_desk()

    desk.happens(TroubleNoticed("staff.parked", (("parked_no", "3"),)))

    assert desk.said("Лев") == ["staff.parked"]


def test_without_an_owner_the_most_senior_is_told() -> None:
    desk = salon_desk()
    desk.blocks_bot("Лев")

    desk.happens(TroubleNoticed("owner.disk_full"))

    assert desk.said("Рамиля") == ["owner.disk_full"]


def test_with_nobody_to_tell_it_stands_in_the_group() -> None:
    desk = salon_desk()
    desk.memory.roster.clear()

    desk.happens(TroubleNoticed("owner.disk_full"))

    assert [said.key for said in desk.posted()] == ["owner.disk_full"]
