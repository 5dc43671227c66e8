"""A question answered in a word: as good as the button, and no case comes of it."""

import pytest

from flows.events import StaffAction
from tests.unit.flows.desk import Desk, salon_desk
from tests.unit.flows.test_promises import waiting


def asked() -> Desk:
    """Анна was asked whether she liked everything."""
    desk = salon_desk()
    desk.opens_branch("Анна")
    desk.forget()
    return desk


def checked() -> Desk:
    """Анна's case was resolved, and days later she is asked whether all is well."""
    desk = waiting()
    desk.replies("Гузель", "Простите")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")
    desk.forges("Гузель", StaffAction.CAUSE, "late")
    desk.passes(days=2, hours=1)
    desk.forget()
    return desk


@pytest.mark.parametrize("words", ["5", "5!", " 5 "])
def test_a_mark_may_be_typed(words: str) -> None:
    desk = asked()

    desk.writes("Анна", words)
    desk.quiet(61)

    assert desk.said("Анна") == ["rate.5"]
    assert desk.memory.cases == {}


def test_a_low_mark_that_is_typed_opens_a_case_with_that_mark() -> None:
    desk = asked()

    desk.writes("Анна", "2")

    assert desk.said("Анна") == ["rate.low"]
    assert desk.case.score == 2


@pytest.mark.parametrize(
    "words", ["Да", "Да, всё", "👍", "👍🏻", "❤️", "норм", "Ок!", "хорошо", "Да, хорошо"]
)
def test_fine_in_a_word_is_thanked_and_needs_nobody(words: str) -> None:
    desk = asked()

    desk.writes("Анна", words)
    desk.quiet(61)

    assert desk.said("Анна") == ["rate.5"]
    assert desk.memory.cases == {}


@pytest.mark.parametrize("words", ["Да, но долго", "6", "Хорошо, но дорого", "Нет"])
def test_more_than_such_a_word_is_heard_by_a_person(words: str) -> None:
    desk = asked()

    desk.writes("Анна", words)
    desk.quiet(61)

    assert desk.said("Анна") == ["ack.unassigned"]
    assert desk.case.story == (words,)


@pytest.mark.parametrize("words", ["Да", "Всё хорошо", "👍"])
def test_yes_to_the_check_stands_on_the_card(words: str) -> None:
    desk = checked()

    desk.writes("Анна", words)
    desk.quiet(61)

    assert desk.said("Анна") == ["check.ok"]
    assert len(desk.memory.cases) == 1
    assert desk.case.check_result == "yes"


def test_no_to_the_check_opens_the_same_case_again() -> None:
    desk = checked()

    desk.writes("Анна", "Нет.")

    assert desk.said("Анна") == ["check.reopen"]
    assert len(desk.memory.cases) == 1
    assert (desk.case.is_open, desk.case.opening, desk.case.check_result) == (True, 2, "no")
