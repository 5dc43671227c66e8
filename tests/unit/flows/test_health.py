"""Health first: alerts until somebody has seen it, and nothing automatic after that."""

import pytest

from flows.book import Path
from flows.effects import Say
from flows.events import Command, LetterKind, StaffAction, TimerKind
from tests.unit.flows.desk import Desk, salon_desk


def burnt() -> Desk:
    """Анна has written about a burn."""
    desk = salon_desk()
    desk.writes("Анна", "У меня ожог после окрашивания")
    return desk


def test_the_alert_goes_to_whoever_is_on_shift_and_to_the_manager() -> None:
    desk = burnt()

    assert desk.said("Гузель") == ["staff.health_alert"]
    assert desk.said("Рамиля") == ["staff.health_alert"]
    assert desk.said("Лев") == []
    assert "лично дежурному и управляющему" in desk.heard("Анна")[0].text


def test_the_group_sees_a_line_without_the_story() -> None:
    desk = burnt()

    assert desk.group_line() == "№ 14 · здоровье · у управляющего"
    assert "ожог" in desk.card()


def test_the_topic_does_the_same_as_words() -> None:
    desk = salon_desk()

    desk.rates("Анна", 2)
    desk.presses("Анна", "Ожог")
    desk.passes(minutes=12)

    assert desk.said("Анна") == ["ask.qr", "rate.low", "health.ack"]
    assert desk.case.path is Path.HEALTH


def minutes_of_alerts(desk: Desk, name: str, most: int) -> list[int]:
    """At which minutes this person is told something."""
    times = []
    for minute in range(1, most + 1):
        desk.forget()
        desk.passes(minutes=1)
        if desk.said(name):
            times.append(minute)
    return times


def test_alerts_are_repeated_after_3_6_and_10_minutes_and_once_more() -> None:
    assert minutes_of_alerts(burnt(), "Рамиля", 60) == [3, 6, 10, 14]


def test_then_the_owner_is_called_and_every_half_hour_again() -> None:
    assert minutes_of_alerts(burnt(), "Лев", 120) == [14, 44, 74, 104]


def test_nobody_is_called_for_ever() -> None:
    desk = burnt()
    desk.passes(hours=12)
    desk.forget()

    desk.passes(days=3)

    assert desk.said("Лев") == ["staff.health_alert.again"] * 3
    assert desk.said("Рамиля") == []


def test_everybody_who_was_alerted_hears_that_it_was_seen() -> None:
    desk = burnt()
    desk.passes(minutes=50)
    desk.forget()

    desk.presses("Лев", "seen")

    assert desk.said("Рамиля") == ["staff.health_seen"]
    assert desk.said("Гузель") == ["staff.health_seen"]


def test_after_a_quarter_of_an_hour_the_customer_gets_the_telephone_once() -> None:
    desk = burnt()

    desk.passes(minutes=60)

    assert desk.said("Анна") == ["health.ack", "health.late"]


def test_whoever_has_seen_it_writes_and_the_others_need_not() -> None:
    desk = burnt()
    desk.forget()

    desk.presses("Рамиля", "seen")
    desk.passes(minutes=14)

    assert desk.said("Анна") == ["health.seen"]
    assert "управляющая" in desk.heard("Анна")[0].text
    assert desk.said("Гузель") == ["staff.health_seen"]
    assert desk.case.owner_id == 2


def test_a_second_look_changes_nothing() -> None:
    desk = burnt()
    desk.presses("Рамиля", "seen")
    desk.forget()

    desk.forges("Гузель", StaffAction.SEEN)

    assert desk.said("Анна") == []
    assert desk.case.owner_id == 2


def test_who_has_seen_it_and_does_not_answer_is_reminded() -> None:
    desk = burnt()
    desk.presses("Рамиля", "seen")
    desk.forget()

    desk.passes(minutes=31)

    assert desk.said("Рамиля") == ["staff.health_alert.again"] * 2
    assert desk.said("Гузель") == []


def test_when_who_has_seen_it_cannot_be_reached_the_others_are_alerted() -> None:
    desk = burnt()
    desk.presses("Рамиля", "seen")
    desk.blocks_bot("Рамиля")
    desk.forget()

    desk.passes(minutes=16)

    assert desk.said("Гузель") == ["staff.health_alert.again"]


def test_no_time_is_promised_and_nothing_breaks() -> None:
    desk = burnt()
    desk.commands("Анна", Command.STATUS)
    desk.presses("Рамиля", "seen")
    desk.passes(hours=30)

    assert desk.case.reply_by is None
    assert desk.said("Анна") == ["health.ack", "status.alerted", "health.seen"]


def test_an_ordinary_promise_made_before_is_over() -> None:
    desk = salon_desk()
    desk.writes("Анна", "Ждала час")
    desk.quiet(61)

    desk.writes("Анна", "и теперь аллергия")
    desk.passes(hours=3)

    assert desk.said("Анна") == ["ack.unassigned", "health.ack", "health.late"]
    assert desk.memory.pending(TimerKind.LATE, 14) is None


def test_gifts_are_off_until_a_person_has_answered() -> None:
    desk = burnt()

    assert desk.card_buttons() == [["Беру", "Решено"], ["Позвонить", "Ещё…"]]
    assert desk.forges("Рамиля", StaffAction.GIVE, "bs10") == "staff.toast.outdated"
    desk.replies("Рамиля", "Как вы себя чувствуете?")
    desk.passes(seconds=11)

    assert ["Врач за наш счёт"] in desk.card_buttons()
    assert desk.taps("Рамиля", "fix") == ""


def test_after_the_answer_no_check_and_no_question_comes() -> None:
    desk = burnt()
    desk.replies("Рамиля", "Как вы себя чувствуете?")
    desk.passes(seconds=11)
    desk.taps("Рамиля", "resolve")
    desk.passes(days=10)

    assert desk.said("Анна") == ["health.ack", "reply"]


def test_the_next_morning_the_manager_is_asked_to_ask() -> None:
    desk = burnt()
    desk.replies("Рамиля", "Как вы себя чувствуете?")
    desk.passes(seconds=11)
    desk.forget()

    desk.passes(hours=21)
    assert desk.said("Рамиля") == []
    desk.passes(hours=2)

    assert desk.said("Рамиля") == ["staff.health_morning"]


def test_new_words_after_the_answer_alert_again_until_answered() -> None:
    desk = burnt()
    desk.replies("Рамиля", "Как вы себя чувствуете?")
    desk.passes(seconds=11)
    desk.forget()

    desk.writes("Анна", "Стало хуже")
    desk.passes(minutes=4)

    assert desk.said("Анна") == []
    assert desk.said("Рамиля") == ["staff.wrote_again", "staff.health_alert.again"]


def test_thanks_after_the_answer_alert_nobody() -> None:
    desk = burnt()
    desk.replies("Рамиля", "Как вы себя чувствуете?")
    desk.passes(seconds=11)
    desk.forget()

    desk.writes("Анна", "Спасибо!")
    desk.passes(minutes=30)

    assert desk.said("Рамиля") == ["staff.wrote_again"]
    assert desk.taps("Рамиля", "resolve") == ""


def test_a_call_is_asked_for_with_a_warning_and_passed_on_at_once() -> None:
    desk = burnt()
    desk.forget()

    desk.presses("Анна", "call_me")
    desk.shares_phone("Анна", "+79990000001")

    assert desk.said("Анна") == ["health.phone", "health.call_accepted"]
    assert desk.said("Рамиля") == ["staff.health_alert.again"]
    assert "+79990000001" in desk.heard("Рамиля")[0].text


def test_handing_up_says_nothing_to_the_customer() -> None:
    desk = burnt()
    desk.forget()

    desk.forges("Гузель", StaffAction.TO_MANAGER)

    assert desk.said("Анна") == []
    assert desk.said("Рамиля") == ["staff.health_alert.again"]


def test_with_nobody_to_alert_the_telephone_is_given_at_once() -> None:
    desk = salon_desk()
    for name in ("Лев", "Рамиля", "Гузель"):
        desk.blocks_bot(name)

    desk.writes("Анна", "Отекло лицо")

    assert desk.said("Анна") == ["health.late"]
    assert desk.memory.pending(TimerKind.ALERT, 14) is not None


def test_health_words_put_into_an_old_message_are_heard() -> None:
    desk = salon_desk()
    message = desk.writes("Анна", "Ждала час")

    desk.edits("Анна", message, "Ждала час, и теперь ожог")

    assert desk.said("Анна") == ["health.ack"]


def test_a_health_case_is_not_made_smaller_by_another_topic() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.writes("Анна", "У меня ожог")

    assert desk.presses("Анна", "Долго ждали") == "ask.old_button"

    assert (desk.case.severity, desk.case.topic) == (3, "burn")


@pytest.mark.parametrize(
    ("kind", "silent"),
    [(LetterKind.STAFF, True), (LetterKind.PREVENTION, True), (LetterKind.ALERT, False)],
)
def test_at_night_nothing_but_an_alert_rings_for_staff(kind: LetterKind, *, silent: bool) -> None:
    desk = salon_desk()
    desk.writes("Анна", "Ждала сорок минут")
    desk.passes(hours=11)  # 23:00
    draft = desk.draft_of(desk.case)

    draft.tell(draft.facts.senior_to(0), "staff.remind", kind=kind)

    said = draft.effects[-1]
    assert isinstance(said, Say)
    assert said.silent is silent
