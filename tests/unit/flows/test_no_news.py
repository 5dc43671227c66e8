"""«Пока без новостей»: an honest word by one tap, held like a reply, with a new promise behind it."""

from datetime import UTC, datetime

from flows.events import Failure, StaffAction
from tests.unit.flows.desk import Desk
from tests.unit.flows.test_promises import waiting


def reminded() -> Desk:
    """An answer was promised by 12:30; it is 12:16, and Гузель has her reminder."""
    desk = waiting()
    desk.passes(minutes=15)
    desk.forget()
    return desk


def test_the_customer_is_told_when_they_hear_again_and_that_is_a_promise() -> None:
    desk = reminded()

    assert desk.presses("Гузель", "nothing_new") == "staff.toast.news_held"
    waiting_for = desk.case.reply_by
    desk.passes(seconds=11)

    assert [said.text for said in desk.heard("Анна")] == [
        "Анна, пока без новостей, разбираемся. Напишу снова до 12:46.\n\nГузель, администратор"
    ]
    assert waiting_for == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    assert "Ответить: <b>до 12:46</b>" in desk.card()
    assert "Ответили" not in desk.card()


def test_while_it_is_held_it_can_be_stopped_where_it_was_pressed() -> None:
    desk = reminded()
    desk.presses("Гузель", "nothing_new")

    assert desk.presses("Гузель", "do_not_send") == "staff.toast.reply_stopped"
    desk.passes(seconds=30)

    assert desk.said("Анна") == []
    assert desk.case.reply_by == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    assert desk.presses("Гузель", "nothing_new") == "staff.toast.news_held"


def test_it_can_be_stopped_on_the_card_too() -> None:
    desk = reminded()
    desk.presses("Гузель", "nothing_new")

    assert desk.taps("Гузель", "do_not_send") == "staff.toast.reply_stopped"
    desk.passes(seconds=30)

    assert desk.said("Анна") == []


def test_the_earlier_promise_is_over_and_breaks_no_more() -> None:
    desk = reminded()
    desk.presses("Гузель", "nothing_new")

    desk.passes(minutes=20)

    assert desk.said("Анна") == ["progress.nothing_new"]
    assert desk.case.broken == 0


def test_the_new_promise_is_kept_by_the_same_honest_message() -> None:
    desk = reminded()
    desk.presses("Гузель", "nothing_new")

    desk.passes(minutes=28)

    assert desk.said("Анна") == ["progress.nothing_new", "progress.late"]


def test_not_more_than_twice_in_a_row_without_an_answer() -> None:
    desk = reminded()
    for _ in range(2):
        desk.presses("Гузель", "nothing_new")
        desk.passes(minutes=16)

    assert desk.forges("Гузель", StaffAction.NOTHING_NEW) == "staff.toast.news_wanted"
    assert [b.label for row in desk.heard("Гузель")[-1].rows for b in row] == [
        "open_card",
        "to_other",
    ]


def test_an_answer_begins_the_count_anew() -> None:
    desk = reminded()
    desk.presses("Гузель", "nothing_new")
    desk.passes(seconds=11)
    desk.replies("Гузель", "Мастер посмотрел фото")
    desk.passes(seconds=11)

    assert desk.case.no_news == 0


def test_a_reply_that_leaves_just_now_is_news_enough() -> None:
    desk = reminded()
    desk.replies("Гузель", "Мастер посмотрел фото")

    assert desk.presses("Гузель", "nothing_new") == "staff.toast.wait_for_hold"


def test_nobody_who_does_not_wait_is_told_anything() -> None:
    desk = reminded()
    desk.replies("Гузель", "Мастер посмотрел фото")
    desk.passes(seconds=11)
    desk.forget()

    assert desk.forges("Гузель", StaffAction.NOTHING_NEW) == "staff.toast.outdated"
    assert desk.said("Анна") == []


def test_refused_by_telegram_it_is_not_sent_again_with_a_time_that_is_over() -> None:
    desk = reminded()
    desk.presses("Гузель", "nothing_new")
    (key,) = desk.memory.held

    desk.refuses(key, Failure.BLOCKED)

    assert desk.case.failed == ()
    assert "Не дошло" in desk.card()
    assert desk.case.reply_by == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
