"""Whatever people write, the card fits into one message, and names keep their place."""

from datetime import timedelta

import pytest

from flows.card import card_text
from flows.draft import Draft
from flows.effects import RelayToStaff
from flows.events import Kind
from flows.people import Visit
from flows.room import cut, parts, shown_units, units
from tests.unit.flows.desk import FRIDAY_NOON, Desk, salon_desk

TELEGRAMS = 4096


def shown(desk: Desk) -> str:
    """The card as it is sent."""
    care = desk.memory.care_of(desk.memory.customers[1])
    return card_text(Draft(care, desk.memory.facts(care), desk.memory.now))


def complained(*words: str) -> Desk:
    """Анна has rated low and written this."""
    desk = salon_desk()
    desk.rates("Анна", 2)
    for each in words:
        desk.writes("Анна", each)
    return desk


@pytest.mark.parametrize("letter", ["ж", "😡", "&", "<"])
def test_a_story_of_any_length_and_letters_fits(letter: str) -> None:
    desk = complained(*(letter * 4000 for _ in range(3)))

    card = shown(desk)

    assert shown_units(card) <= TELEGRAMS
    assert card.count("№ ") == 1


def test_long_notes_leave_room_for_the_story() -> None:
    desk = complained("Ждала сорок минут")
    for _ in range(4):
        desk.replies("Гузель", "// " + "н" * 3900)

    card = shown(desk)

    assert shown_units(card) <= TELEGRAMS
    assert card.count("Ждала сорок минут") == 1
    assert card.count("Заметка: ") == 2


def test_what_was_typed_after_the_command_is_cut() -> None:
    desk = salon_desk()

    token = desk.asks_visit_link("Гузель", "о" * 3500, "м" * 3500)

    (visit,) = [v for v in desk.memory.visits.values() if v.token == token]
    assert (visit.service, visit.master) == ("о" * 63 + "…", "м" * 63 + "…")


def test_names_of_an_import_are_cut_on_the_card() -> None:
    desk = complained("Ждала сорок минут")
    at = FRIDAY_NOON - timedelta(hours=1)
    visit_id = desk.case.visit_id or 900
    desk.memory.visits[visit_id] = Visit(
        visit_id, "crm:1", "csv", "bauman", at, "у" * 3500, "м" * 3500, customer_id=1
    )

    assert shown_units(shown(desk)) < 500


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [("абв", 3, "абв"), ("абвг", 3, "аб…"), ("😡😡😡", 4, "😡…"), ("абв", 0, "")],
)
def test_cutting_halves_no_character(text: str, most: int, kept: str) -> None:
    assert cut(text, most) == kept
    assert units(cut(text, most)) <= most


def under_card(desk: Desk) -> list[str]:
    """The words that the last message put under the card."""
    below = [e.message for e in desk.effects if isinstance(e, RelayToStaff)]
    return [m.text for m in below if m.kind is Kind.TEXT]


def test_words_that_do_not_fit_stand_whole_under_the_card() -> None:
    desk = complained("Ждала сорок минут")
    short = under_card(desk)

    desk.writes("Анна", "длинно " * 400)

    assert (short, under_card(desk)) == ([], ["длинно " * 400])
    assert "Рассказ длиннее, целиком он под карточкой" in desk.card()
    assert "Ждала сорок минут" in shown(desk)


def test_after_a_long_story_each_message_stands_under_the_card() -> None:
    desk = complained("длинно " * 400)

    desk.writes("Анна", "И ещё")

    assert under_card(desk) == ["И ещё"]


def test_long_words_are_divided_between_words() -> None:
    assert list(parts("раз два три", 8)) == ["раз два", "три"]
    assert list(parts("😡" * 5, 5)) == ["😡😡", "😡😡", "😡"]
