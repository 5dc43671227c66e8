"""Money back when something else happens meanwhile: another case, an erasure, a night shift, a case opened again."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.events import CustomerChoseData, DataChoice, StaffAction, Tap, TimerKind
from flows.hours import parse_hours
from flows.people import GiftState
from tests.content.salon import salon
from tests.unit.flows.desk import Desk
from tests.unit.flows.test_refunds import (
    buttons,
    complaint,
    front_line_may,
    promised,
    the_refund,
)


def another_case_of_the_visit(desk: Desk) -> Desk:
    """The first is over; Дина complains about the same visit once more."""
    first = desk.case
    desk.taps("Рамиля", "resolve")
    desk.writes("Дина", "И ещё испортили брови, верните деньги")
    desk.quiet(61)
    if desk.case.visit_id != first.visit_id:
        again = replace(desk.case, visit_id=first.visit_id)
        desk.memory.cases[again.id] = again
    desk.forget()
    return desk


# ---- the same visit ---------------------------------------------------------------------------


def test_a_visit_that_was_returned_whole_is_not_returned_in_another_case() -> None:
    desk = another_case_of_the_visit(promised(complaint()))

    answer = desk.forges("Рамиля", StaffAction.REFUND)

    assert desk.case.id != the_refund(desk).case_id
    assert answer == "staff.toast.already_given"
    assert desk.said("Рамиля") == []


def test_a_visit_that_was_returned_whole_is_not_returned_to_a_second_account() -> None:
    desk = promised(complaint())
    visit = desk.case.visit_id
    desk.opens_branch("Лена")
    desk.writes("Лена", "Испортили волосы, верните деньги")
    desk.quiet(61)
    desk.memory.cases[desk.case.id] = replace(desk.case, visit_id=visit)

    assert desk.forges("Рамиля", StaffAction.REFUND) == "staff.toast.already_given"


def partly_returned() -> Desk:
    """1 500 of 4 000 roubles went back in the first case; the front line may decide."""
    desk = front_line_may(complaint())
    desk.forges("Рамиля", StaffAction.REFUND)
    desk.names_sum("Рамиля", "1500")
    for label in ("refund_checked", "сегодня", "refund_give"):
        desk.presses("Рамиля", label)
    desk.passes(seconds=11)
    return another_case_of_the_visit(desk)


def test_of_a_visit_that_was_returned_in_part_the_rest_is_offered() -> None:
    desk = partly_returned()

    desk.forges("Рамиля", StaffAction.REFUND)

    assert buttons(desk, "Рамиля")[0] == [
        "Остаток за визит · 2\N{NO-BREAK SPACE}500\N{NO-BREAK SPACE}₽"
    ]


@pytest.mark.parametrize(("named", "given"), [("2500", 2), ("2501", 1)])
def test_the_front_line_returns_no_more_than_is_left_of_the_visit(named: str, given: int) -> None:
    desk = partly_returned()
    desk.forges("Гузель", StaffAction.REFUND)
    desk.names_sum("Гузель", named)
    desk.presses("Гузель", "refund_checked")
    desk.presses("Гузель", "сегодня")

    desk.presses("Гузель", "refund_give")

    assert len(desk.memory.gifts) == given


# ---- staff are left to their night ------------------------------------------------------------


def always_open(desk: Desk) -> Desk:
    """The branch works around the clock."""
    content = desk.memory.content
    branches = tuple(
        replace(branch, hours=parse_hours("24h", branch.zone))
        for branch in content.business.branches
    )
    business = replace(content.business, branches=branches)
    desk.memory.content = replace(content, business=business)
    return desk


@pytest.mark.parametrize("kind", [TimerKind.REFUND, TimerKind.LEGAL])
def test_a_branch_that_never_closes_is_not_written_to_at_midnight(kind: TimerKind) -> None:
    desk = always_open(complaint())
    desk.presses("Дина", "wish.refund")
    promised(desk)

    (due,) = [timer.due for timer in desk.memory.timers.values() if timer.kind is kind]

    assert due.astimezone(ZoneInfo("Europe/Moscow")).hour == 9


def test_on_the_last_day_a_branch_that_never_closes_is_reminded_in_the_morning() -> None:
    desk = always_open(complaint())
    desk.presses("Дина", "wish.refund")
    desk.passes(days=8)

    (due,) = [t.due for t in desk.memory.timers.values() if t.kind is TimerKind.LEGAL]

    assert due == datetime(2026, 11, 30, 6, tzinfo=UTC)


# ---- opened again -----------------------------------------------------------------------------


def closed_over_the_reminder(days: int) -> Desk:
    """Дина wants her money; the case is closed when the manager would have been reminded."""
    desk = complaint()
    desk.presses("Дина", "wish.refund")
    desk.forges("Рамиля", StaffAction.RESOLVE)
    desk.forges("Рамиля", StaffAction.RESOLVE)
    assert not desk.case.is_open
    desk.passes(days=days)
    desk.forget()
    return desk


def test_a_case_that_staff_open_again_is_reminded_of_on_the_laws_last_day() -> None:
    desk = closed_over_the_reminder(days=8)

    desk.memory.cases[desk.case.id] = replace(desk.case, check_result="")
    desk.forges("Рамиля", StaffAction.REOPEN)
    desk.passes(days=2)

    assert desk.case.is_open
    assert desk.said("Рамиля").count("staff.refund_last_day") == 1


def test_opened_again_after_the_laws_day_the_manager_hears_of_it_and_not_that_it_is_today() -> None:
    desk = closed_over_the_reminder(days=12)

    desk.memory.cases[desk.case.id] = replace(desk.case, check_result="")
    desk.forges("Рамиля", StaffAction.REOPEN)
    desk.passes(days=1)

    assert desk.said("Рамиля").count("staff.refund_legal") == 1
    assert "staff.refund_last_day" not in desk.said("Рамиля")


def test_a_case_that_the_customer_opens_again_is_reminded_of_on_the_laws_last_day() -> None:
    desk = complaint()
    desk.presses("Дина", "wish.refund")
    desk.replies("Рамиля", "Дина, простите нас, всё исправим.")
    desk.passes(seconds=11)
    desk.forges("Рамиля", StaffAction.RESOLVE)
    desk.forges("Рамиля", StaffAction.RESOLVE)
    desk.passes(days=8)

    desk.presses("Дина", "no")
    desk.forget()
    desk.passes(days=2)

    assert desk.case.is_open
    assert desk.said("Рамиля").count("staff.refund_last_day") == 1


# ---- who has no chat with the bot -------------------------------------------------------------


def test_whoever_has_not_opened_the_chat_is_asked_to_and_no_form_is_begun() -> None:
    desk = complaint()
    (person,) = [p for p in desk.memory.roster.values() if p.name == "Рамиля"]
    desk.memory.roster[person.id] = replace(person, reachable=False)

    assert desk.forges("Рамиля", StaffAction.REFUND) == "staff.toast.open_chat"
    assert desk.memory.dialogs == {}
    assert desk.said("Рамиля") == []


# ---- erased -----------------------------------------------------------------------------------


def test_erasing_tells_the_manager_of_the_money_that_is_still_owed() -> None:
    desk = promised(complaint())
    sender = desk.sender("Дина")

    desk.happens(CustomerChoseData(sender, Tap("tap", sender.tg_id, 1), DataChoice.ERASE_YES))

    (said,) = [said for said in desk.heard("Рамиля") if said.key == "staff.erased_owed"]
    assert f"№ {desk.case.id}:" in said.text
    assert "4 000 ₽, до 23 ноября" in said.text.replace("\N{NO-BREAK SPACE}", " ")


def test_erasing_after_the_money_was_sent_tells_nobody_of_it() -> None:
    desk = promised(complaint())
    desk.taps("Рамиля", "refund_sent")
    sender = desk.sender("Дина")

    desk.happens(CustomerChoseData(sender, Tap("tap", sender.tg_id, 1), DataChoice.ERASE_YES))

    assert "staff.erased_owed" not in desk.said("Рамиля")


def erased(desk: Desk) -> Desk:
    """Nothing is left of whom the case was about."""
    desk.memory.cases[desk.case.id] = desk.case.without_words(desk.memory.now)
    return desk


def test_money_that_is_sent_for_an_erased_case_is_kept_and_written_to_nobody() -> None:
    desk = erased(promised(complaint()))

    answer = desk.forges("Рамиля", StaffAction.REFUND_SENT, str(the_refund(desk).id))
    desk.passes(days=9)

    assert answer == "staff.toast.letter_erased"
    assert the_refund(desk).state is GiftState.REDEEMED
    assert desk.said("Дина") == []


def test_a_promise_of_an_erased_case_that_breaks_is_told_to_staff_only() -> None:
    desk = erased(promised(complaint()))

    desk.passes(days=3, hours=10)

    assert desk.said("Дина") == []
    assert "staff.erased_owed" in desk.said("Рамиля")
    assert the_refund(desk).valid_until is not None


# ---- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [("ru", "Отвечать будет Рамиля: здесь, завтра."), ("en", "Рамиля will reply here, завтра.")],
)
def test_a_manager_without_a_title_answers_a_word_about_a_court_without_a_comma(
    language: str, said: str
) -> None:
    texts = salon().in_language(language).book.texts
    values = {"manager_name": "Рамиля", "manager_role": "", "reply_by": "завтра"}

    text = texts.render("case.lawyer", {"name_c": "", "legal_contact": "", **values})

    assert said in text
