"""Who answers and by when: what stands behind a time that a customer was told."""

from dataclasses import replace

from flows.book import Path
from flows.events import Command, TimerFired, TimerKind
from tests.unit.flows.desk import Desk, salon_desk


def waiting(desk: Desk | None = None) -> Desk:
    """Анна has complained at noon and was promised an answer by 12:30."""
    desk = desk or salon_desk()
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)
    return desk


def test_the_card_and_who_is_on_shift_are_reminded_a_quarter_of_an_hour_before() -> None:
    desk = waiting()

    desk.passes(minutes=14, seconds=1)

    assert desk.said("Гузель") == ["staff.remind"]
    assert desk.said("Рамиля") == []
    assert "Ждёт ответа: Анна, до 12:30" in desk.card()


def test_who_has_taken_it_is_the_only_one_reminded() -> None:
    desk = waiting()
    desk.works_here("Айгуль", "administrator")
    desk.taps("Айгуль", "take")

    desk.passes(minutes=14, seconds=1)

    assert desk.said("Айгуль") == ["staff.remind"]
    assert desk.said("Гузель") == []


def test_a_promise_that_was_told_is_excused_before_it_breaks_and_goes_to_the_manager() -> None:
    desk = waiting()
    desk.forget()

    desk.passes(minutes=26)

    assert desk.said("Анна") == ["progress.late"]
    assert desk.heard("Анна")[0].text == (
        "Анна, обещали ответить до 12:30 и не успеваем, виноваты мы. "
        "Отвечать будет Рамиля, управляющая: до 13:27."
    )
    assert desk.said("Рамиля") == ["staff.escalate"]
    assert desk.case.owner_id == 2
    assert ["Беру", "Решено"] in desk.card_buttons()


def test_a_promise_nobody_was_told_breaks_without_a_word_to_the_customer() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.presses("Анна", "Долго ждали")
    desk.memory.timers = {
        key: timer for key, timer in desk.memory.timers.items() if timer.kind is TimerKind.LATE
    }
    desk.forget()

    desk.passes(minutes=30)

    assert desk.said("Анна") == []
    assert desk.said("Рамиля") == ["staff.escalate.untold"]


def test_a_promise_broken_again_is_told_again_and_goes_higher() -> None:
    desk = waiting()
    desk.forget()

    desk.passes(hours=2)

    assert desk.said("Анна") == ["progress.late", "progress.late"]
    assert desk.said("Лев") == ["staff.escalate"]


def test_while_a_reply_is_held_no_promise_breaks() -> None:
    desk = waiting()
    desk.passes(minutes=25, seconds=55)

    desk.replies("Гузель", "Простите, что ждали")
    desk.passes(minutes=30)

    assert desk.said("Анна") == ["ack.unassigned", "reply"]


def test_asking_for_the_status_does_not_move_a_promise() -> None:
    desk = waiting()
    desk.passes(minutes=22)
    told = desk.case.reply_by

    desk.commands("Анна", Command.STATUS)

    assert "до 12:30" in desk.heard("Анна")[-1].text
    assert desk.case.reply_by == told
    desk.passes(minutes=4)
    assert desk.said("Анна")[-1] == "progress.late"


def test_who_writes_for_long_is_promised_time_enough_to_answer() -> None:
    desk = salon_desk()
    for _ in range(20):
        desk.writes("Анна", "и ещё")
        desk.passes(seconds=59)

    desk.quiet(10)

    assert desk.said("Анна") == ["ack.unassigned"]
    assert "до 12:49" in desk.heard("Анна")[0].text


def test_taken_and_silent_for_two_minutes_the_customer_learns_who_answers() -> None:
    desk = waiting()
    desk.taps("Гузель", "take")
    desk.forget()

    desk.passes(minutes=3)

    assert desk.said("Анна") == ["ack.taken"]


def test_taken_and_answered_at_once_nothing_more_is_said() -> None:
    desk = waiting()
    desk.taps("Гузель", "take")
    desk.replies("Гузель", "Простите, что ждали")
    desk.passes(minutes=3)

    assert desk.said("Анна") == ["ack.unassigned", "reply"]


def test_answered_and_not_resolved_who_answered_is_reminded_every_day() -> None:
    desk = waiting()
    desk.replies("Гузель", "Простите, что ждали")
    desk.passes(seconds=11)
    desk.forget()

    desk.passes(hours=49)

    assert desk.said("Гузель") == ["staff.still_open", "staff.still_open"]
    assert desk.presses("Гузель", "resolve") == ""
    assert not desk.case.is_open


def test_an_answer_within_the_minute_of_quiet_makes_the_promise_needless() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.writes("Анна", "Ждала сорок минут")
    desk.replies("Гузель", "Простите, что ждали")

    desk.passes(minutes=30)

    assert desk.said("Анна") == ["ask.qr", "rate.low", "reply"]


def test_words_after_an_answer_are_a_new_wait_and_who_answered_is_told() -> None:
    desk = waiting()
    desk.replies("Гузель", "Простите, что ждали")
    desk.passes(hours=1)
    desk.forget()

    desk.writes("Анна", "А деньги вернёте?")
    desk.writes("Анна", "Мне обещали")
    desk.quiet(61)

    assert desk.said("Анна") == ["ack.open"]
    assert desk.said("Гузель") == ["staff.wrote_again"]


def test_thanks_after_an_answer_are_no_new_wait() -> None:
    desk = waiting()
    desk.replies("Гузель", "Простите, что ждали")
    desk.passes(seconds=11)
    desk.forget()

    desk.writes("Анна", "Спасибо большое!")
    desk.passes(hours=2)

    assert desk.said("Анна") == []
    assert desk.said("Гузель") == ["staff.wrote_again"]
    assert desk.case.reply_by is None


def test_more_words_after_the_promise_are_only_shown_to_have_arrived() -> None:
    desk = waiting()

    desk.writes("Анна", "и никто не извинился")
    desk.quiet(61)

    assert desk.said("Анна") == ["ack.unassigned"]
    assert desk.case.story == ("Ждала сорок минут", "и никто не извинился")


def test_a_timer_of_an_earlier_promise_means_nothing() -> None:
    desk = waiting()
    late = desk.memory.timers["late:14"]
    stale = TimerFired(late.key, late.kind, late.wait - 1, late.customer_id, late.case_id)
    desk.forget()

    desk.happens(stale)

    assert desk.effects == []


def test_with_nobody_above_the_administrators_they_are_told_themselves() -> None:
    desk = waiting()
    desk.memory.roster = {3: desk.memory.roster[3]}
    desk.forget()

    desk.passes(minutes=27)

    assert desk.said("Гузель") == ["staff.remind", "staff.escalate"]
    assert "Отвечать будет управляющий: до 13:27." in desk.heard("Анна")[0].text


def test_a_topic_for_the_manager_is_answered_by_the_manager() -> None:
    desk = salon_desk()
    catalogue = desk.memory.content.catalogue
    topics = tuple(
        replace(topic, path=Path.MANAGER) if topic.id == "price" else topic
        for topic in catalogue.topics
    )
    desk.memory.content = replace(desk.memory.content, catalogue=replace(catalogue, topics=topics))
    desk.rates("Анна", 2)
    desk.forget()

    desk.presses("Анна", "Цена")
    desk.passes(minutes=14)

    assert desk.said("Анна") == ["ack.severe"]
    assert "до 13:00" in desk.heard("Анна")[0].text
    assert desk.case.owner_id == 2
    assert desk.card_buttons() == [["Беру", "Решено"], ["Позвонить", "Ещё…"]]
