"""Resolved, the cause, opened again by mistake; and the check days later."""

from flows.case import Menu
from flows.events import Command, PersonLeftGroup, StaffAction, TimerKind
from tests.unit.flows.desk import GROUP, Desk, salon_desk
from tests.unit.flows.test_promises import waiting


def answered(desk: Desk | None = None) -> Desk:
    """Анна has complained and was answered by Гузель."""
    desk = waiting(desk)
    desk.replies("Гузель", "Простите, что ждали")
    desk.passes(seconds=11)
    return desk


def resolved() -> Desk:
    """And it was resolved."""
    desk = answered()
    desk.taps("Гузель", "resolve")
    desk.forget()
    return desk


def checked() -> Desk:
    """And two days later the question came."""
    desk = resolved()
    desk.passes(days=2)
    return desk


# ---- resolved ---------------------------------------------------------------------------------


def test_unanswered_the_first_tap_warns_and_the_second_closes() -> None:
    desk = waiting()

    assert desk.taps("Гузель", "resolve") == "staff.close_no_reply"
    assert desk.case.is_open
    assert desk.taps("Гузель", "resolve") == ""
    assert not desk.case.is_open


def test_words_that_nobody_has_answered_warn_again() -> None:
    desk = waiting()
    desk.taps("Гузель", "resolve")
    desk.replies("Гузель", "Простите")
    desk.passes(seconds=11)
    desk.writes("Анна", "А деньги?")

    assert desk.taps("Гузель", "resolve") == "staff.close_no_reply"


def test_while_a_reply_is_held_it_cannot_be_resolved() -> None:
    desk = waiting()
    desk.replies("Гузель", "Простите")

    assert desk.taps("Гузель", "resolve") == "staff.toast.wait_for_hold"

    assert desk.case.is_open


def test_a_second_resolve_says_who_was_first() -> None:
    desk = resolved()

    assert desk.forges("Рамиля", StaffAction.RESOLVE) == "staff.toast.closed"


def test_closing_says_nothing_to_the_customer() -> None:
    desk = resolved()

    desk.passes(days=1)

    assert desk.said("Анна") == []


def test_the_cause_is_named_in_one_tap() -> None:
    desk = resolved()

    assert desk.taps("Гузель", "Тон разговора") == "staff.toast.cause_saved"

    assert "Решено: Гузель, 12:01. Причина: Тон разговора" in desk.card()
    assert desk.card_buttons() == [["Открыть снова"]]


def test_the_cause_may_wait_until_the_evening() -> None:
    desk = resolved()

    desk.taps("Гузель", "later")
    desk.passes(hours=9)

    assert desk.said("Гузель") == ["staff.cause_later"]
    assert desk.presses("Гузель", "Тон разговора") == "staff.toast.cause_saved"
    assert desk.case.cause == "Тон разговора"
    assert desk.heard("Гузель")[0].rows == ()


def test_all_causes_put_off_are_asked_for_in_one_message() -> None:
    desk = salon_desk()
    for name in ("Анна", "Ольга", "Ирина"):
        desk.writes(name, "Ждала сорок минут")
        desk.quiet(61)
        desk.taps("Гузель", "resolve")
        desk.taps("Гузель", "resolve")
        desk.taps("Гузель", "later")
    desk.forget()

    desk.passes(hours=9)
    asked = [said.text for said in desk.heard("Гузель")]
    desk.presses("Гузель", "Тон разговора")
    then = desk.heard("Гузель")[0].text
    desk.presses("Гузель", "dont_know")
    at_last = desk.heard("Гузель")[0].text
    desk.presses("Гузель", "Тон разговора")

    assert asked == ["№ 14, «без темы»: почему так вышло? Потом спросим ещё: № 15, 16."]
    assert then == "№ 15, «без темы»: почему так вышло? Потом спросим ещё: № 16."
    assert at_last == "№ 16, «без темы»: почему так вышло?"
    assert desk.heard("Гузель")[0].rows == ()
    assert [desk.memory.cases[n].cause for n in (14, 15, 16)] == [
        "Тон разговора",
        "",
        "Тон разговора",
    ]


def test_a_cause_nobody_names_is_asked_for_on_three_evenings_and_no_more() -> None:
    desk = resolved()
    desk.taps("Гузель", "later")

    desk.passes(days=10)

    assert desk.said("Гузель") == ["staff.cause_later"] * 3


def test_who_has_left_meanwhile_is_asked_nothing() -> None:
    desk = resolved()
    desk.taps("Гузель", "later")
    desk.happens(PersonLeftGroup(GROUP, desk.sender("Гузель").tg_id))

    desk.passes(hours=9)

    assert desk.said("Гузель") == []


def test_a_cause_that_is_none_changes_nothing() -> None:
    desk = resolved()

    assert desk.forges("Гузель", StaffAction.CAUSE, "nothing") == "staff.toast.outdated"

    assert desk.case.menu is Menu.CAUSE


def test_closed_by_mistake_it_opens_again_and_goes_on() -> None:
    desk = resolved()

    desk.taps("Гузель", "reopen")
    desk.passes(days=3)

    assert desk.case.is_open
    assert desk.case.opening == 1
    assert desk.said("Анна") == []
    assert desk.said("Гузель") == ["staff.still_open"] * 3


def test_closed_unanswered_and_opened_again_a_promise_begins() -> None:
    desk = waiting()
    desk.taps("Гузель", "resolve")
    desk.taps("Гузель", "resolve")

    desk.taps("Гузель", "reopen")

    assert desk.memory.pending(TimerKind.LATE, 14) is not None


def test_closed_over_words_that_nobody_has_answered_it_opens_with_a_promise() -> None:
    desk = waiting()
    desk.replies("Гузель", "Простите")
    desk.passes(seconds=11)
    desk.writes("Анна", "Этого мало, верните деньги")
    desk.taps("Гузель", "resolve")
    desk.taps("Гузель", "resolve")

    desk.taps("Гузель", "reopen")

    assert desk.memory.pending(TimerKind.LATE, 14) is not None


def test_beside_another_open_case_it_stays_closed() -> None:
    desk = resolved()
    first = desk.case
    desk.writes("Анна", "И ещё: в зале было грязно")

    assert desk.taps("Гузель", "reopen", case=first) == "staff.toast.other_open"

    assert not desk.memory.cases[first.id].is_open


def test_words_after_a_resolved_case_are_a_new_one() -> None:
    desk = resolved()

    desk.writes("Анна", "В зале было грязно")
    desk.quiet(61)

    assert desk.said("Анна") == ["ack.unassigned"]
    assert sorted(desk.memory.cases) == [14, 15]


def test_a_new_case_knows_the_visit_of_late() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.quiet(601)
    desk.taps("Гузель", "resolve")
    desk.taps("Гузель", "resolve")

    desk.writes("Анна", "В зале было грязно")

    assert desk.case.id == 15
    assert desk.case.visit_id == desk.memory.cases[14].visit_id


def test_old_buttons_of_a_resolved_case_do_nothing() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.writes("Анна", "Ждала")
    desk.quiet(61)
    desk.taps("Гузель", "resolve")
    desk.taps("Гузель", "resolve")

    assert desk.presses("Анна", "wish.refund") == "ask.old_button"
    assert desk.presses("Анна", "call_me") == "ask.old_button"

    assert sorted(desk.memory.cases) == [14]


def test_an_old_topic_of_a_resolved_case_does_nothing() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.writes("Анна", "Ждала")
    desk.taps("Гузель", "resolve")
    desk.taps("Гузель", "resolve")

    assert desk.presses("Анна", "Долго ждали") == "ask.old_button"

    assert desk.case.topic is None


def test_the_status_says_what_is_true() -> None:
    desk = salon_desk()
    desk.commands("Анна", Command.STATUS)
    desk.writes("Анна", "Ждала сорок минут")
    desk.commands("Анна", Command.STATUS)
    desk.replies("Гузель", "Простите")
    desk.passes(seconds=11)
    desk.commands("Анна", Command.STATUS)

    assert desk.said("Анна") == ["status.none", "status.open", "reply", "status.answered"]
