"""Which questions come after which answers, and what silence is called."""

import pytest

from tests.unit.flows.desk import Desk
from tests.unit.flows.test_closing import answered, checked
from tests.unit.flows.written import desk_with, option

YES, NO, SILENCE = "yes", "no", ""


def _closed(*, week: bool, reopened: bool) -> Desk:
    """Анна was answered and her case resolved, the second time perhaps."""
    desk = answered(desk_with(option("check_7d")) if week else None)
    desk.taps("Гузель", "resolve")
    if reopened:
        desk.passes(days=2)
        desk.presses("Анна", "no")
        desk.replies("Рамиля", "Простите ещё раз")
        desk.passes(seconds=11)
        desk.taps("Рамиля", "resolve")
    desk.forget()
    return desk


@pytest.mark.parametrize(
    ("answer", "reopened", "week", "asked"),
    [
        (YES, False, False, ["check.2d", "check.ok"]),
        (YES, False, True, ["check.2d", "check.ok"]),
        (YES, True, False, ["check.2d", "check.ok"]),
        (YES, True, True, ["check.2d", "check.ok", "check.7d"]),
        (SILENCE, False, False, ["check.2d"]),
        (SILENCE, False, True, ["check.2d", "check.7d"]),
        (SILENCE, True, False, ["check.2d"]),
        (SILENCE, True, True, ["check.2d", "check.7d"]),
        (NO, False, False, ["check.2d", "check.reopen"]),
        (NO, False, True, ["check.2d", "check.reopen"]),
        (NO, True, False, ["check.2d", "check.reopen"]),
        (NO, True, True, ["check.2d", "check.reopen"]),
    ],
)
def test_after_a_week_is_asked_what_was_unanswered_or_reopened_where_the_owner_wants_it(
    answer: str, reopened: bool, week: bool, asked: list[str]
) -> None:
    desk = _closed(week=week, reopened=reopened)

    desk.passes(days=2)
    if answer:
        desk.presses("Анна", answer)
    if answer == NO:
        desk.replies("Рамиля", "Исправим")
        desk.passes(seconds=11)
    desk.passes(days=10)

    assert [key for key in desk.said("Анна") if key != "reply"] == asked


def test_silence_is_counted_as_no_answer() -> None:
    desk = checked()

    desk.passes(days=4)

    assert "Проверка 22 ноября: без ответа" in desk.card()
    assert desk.card_buttons()[-1] == ["Потом", "Открыть снова"]
    assert [e.data for e in desk.memory.journal if e.kind == "check"] == [{"result": "silent"}]


def test_a_late_answer_still_counts() -> None:
    desk = checked()
    desk.passes(days=4)

    desk.presses("Анна", "yes")

    assert "Проверка 22 ноября: всё в порядке" in desk.card()


def test_a_late_no_still_opens_it_again() -> None:
    desk = checked()
    desk.passes(days=4)

    desk.presses("Анна", "no")

    assert (desk.case.is_open, desk.case.opening) == (True, 2)


def test_a_no_that_joined_another_case_is_no_silence() -> None:
    desk = checked()
    desk.writes("Анна", "В зале было грязно")
    desk.quiet(61)

    desk.presses("Анна", "no")
    desk.passes(days=4)

    assert [e.data for e in desk.memory.journal if e.kind == "check"] == [
        {"result": "no", "joins": 15}
    ]
