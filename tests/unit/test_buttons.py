"""Callback data: what a press becomes, and what is not let through."""

import pytest
from aiogram.filters.callback_data import CallbackData
from hypothesis import given
from hypothesis import strategies as st

from flows.events import StaffAction
from flows.presses import (
    AnswerPress,
    CasePress,
    JoinPress,
    QuestionsPress,
    ShiftPress,
    WishPress,
)
from handlers.buttons import (
    AnswerButton,
    CaseButton,
    JoinButton,
    QuestionsButton,
    ShiftButton,
    TapPress,
    WishButton,
    pack,
)

BUTTONS = (AnswerButton, WishButton, QuestionsButton, CaseButton, JoinButton, ShiftButton)


@pytest.mark.parametrize(
    ("press", "data"),
    [
        (AnswerPress(7, "topic", "topic:wait"), "a|7|topic|topic:wait"),
        (WishPress(14, "refund"), "w|14|refund"),
        (QuestionsPress(False), "q|0"),
        (QuestionsPress(True), "q|1"),
        (CasePress(14, StaffAction.TAKE), "c|14|take|"),
        (CasePress(14, StaffAction.GIVE, "redo"), "c|14|give|redo"),
        (JoinPress(3, "manager"), "j|3|manager"),
        (JoinPress(3, ""), "j|3|"),
        (ShiftPress(True), "s|1"),
    ],
)
def test_a_press_becomes_short_data(press: TapPress, data: str) -> None:
    assert pack(press) == data


def test_data_of_sixty_four_bytes_fits_and_one_more_does_not() -> None:
    fits = WishPress(1, "я" * 30)

    assert len(pack(fits).encode()) == 64
    with pytest.raises(
        ValueError, match=r"^WishPress\(.*\) does not fit into a button: .*too long"
    ):
        pack(WishPress(1, "я" * 30 + "x"))


def test_a_separator_inside_a_field_is_refused() -> None:
    with pytest.raises(ValueError, match=r"does not fit into a button: .*Separator symbol '\|'"):
        pack(AnswerPress(1, "a|b", "yes"))


def test_a_number_that_no_database_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit into a button"):
        pack(WishPress(2**63, "fix"))


@given(
    case_id=st.integers(1, 2**63 - 1),
    action=st.sampled_from(StaffAction),
    arg=st.text(st.characters(exclude_characters="|", exclude_categories=["C"]), max_size=8),
)
def test_a_button_of_a_case_says_what_it_was_told(
    case_id: int, action: StaffAction, arg: str
) -> None:
    data = pack(CasePress(case_id, action, arg))

    assert CaseButton.unpack(data) == CaseButton(case_id=case_id, action=action, arg=arg)


@given(data=st.text(max_size=64))
def test_garbage_is_refused_by_nothing_but_what_the_filter_expects(data: str) -> None:
    refused = 0
    for button in BUTTONS:
        try:
            button.unpack(data)
        except (TypeError, ValueError):
            refused += 1

    assert refused >= len(BUTTONS) - 1


def test_no_two_kinds_of_button_begin_alike() -> None:
    prefixes = [kind.__prefix__ for kind in CallbackData.__subclasses__()]

    assert sorted(set(prefixes)) == sorted(prefixes)
