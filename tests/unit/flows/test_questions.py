"""The question after a visit: the delay, the reminder, and when nobody is asked."""

from datetime import timedelta

from flows.events import Command, VisitEnded
from tests.unit.flows.desk import FRIDAY_NOON, GROUP, Desk, salon_desk

PHONE = "+79990000001"


def ended(number: int = 1, *, hours_ago: float = 0, phone: str = PHONE) -> VisitEnded:
    """A visit that a program of records has told."""
    at = FRIDAY_NOON - timedelta(hours=hours_ago)
    return VisitEnded(f"crm:{number}", "csv", at, "bauman", "Стрижка", "Лилия", phone=phone)


def known_customer() -> Desk:
    """Анна has talked to the bot before and left her number."""
    desk = salon_desk()
    desk.gives_phone("Анна", PHONE)
    desk.forget()
    return desk


def comes(desk: Desk, event: VisitEnded) -> None:
    """The visit is imported."""
    own = (c for c in desk.memory.customers.values() if c.phone_own)
    known = next((c for c in own if c.phone == event.phone), None)
    visits = (v for v in desk.memory.visits.values() if v.ext_id == event.ext_id)
    desk.happens(event, known_customer=known, linked_visit=next(visits, None))


def test_two_hours_after_the_visit_the_question_comes() -> None:
    desk = known_customer()

    comes(desk, ended())
    desk.passes(hours=1, minutes=59)
    assert desk.said("Анна") == []
    desk.passes(minutes=2)

    assert desk.said("Анна") == ["ask.salon"]


def test_the_same_visit_comes_once() -> None:
    desk = known_customer()

    comes(desk, ended())
    comes(desk, ended())

    assert len(desk.memory.visits) == 1


def test_a_visit_of_nobody_we_know_is_kept_and_asked_about_nowhere() -> None:
    desk = salon_desk()

    comes(desk, ended())
    desk.passes(days=1)

    assert len(desk.memory.visits) == 1
    assert desk.chats == {}


def test_in_quiet_hours_the_question_waits_for_the_morning() -> None:
    desk = known_customer()
    desk.passes(hours=12)

    comes(desk, ended(hours_ago=0))
    desk.passes(hours=8)
    assert desk.said("Анна") == []
    desk.passes(hours=2)

    assert desk.said("Анна") == ["ask.salon"]


def test_a_question_that_comes_late_does_not_wake_anybody() -> None:
    desk = known_customer()
    comes(desk, ended())
    desk.memory.now += timedelta(hours=13)  # the bot was down

    desk.passes(minutes=1)
    assert desk.said("Анна") == []
    desk.passes(hours=9)

    assert desk.said("Анна") == ["ask.salon"]


def test_one_question_in_fourteen_days() -> None:
    desk = known_customer()
    comes(desk, ended(1))
    desk.passes(hours=3)
    desk.presses("Анна", "rate.5")

    for day in range(1, 17):
        desk.passes(days=1)
        comes(desk, ended(day + 1, hours_ago=-24 * day))

    desk.passes(days=1)
    assert desk.said("Анна").count("ask.salon") == 2


def test_an_old_visit_is_not_asked_about() -> None:
    desk = known_customer()

    comes(desk, ended(hours_ago=24 * 15))
    desk.passes(days=1)

    assert desk.said("Анна") == []


def test_silence_is_asked_once_more_and_then_left_in_peace() -> None:
    desk = known_customer()
    comes(desk, ended())

    desk.passes(days=10)

    assert desk.said("Анна") == ["ask.salon", "ask.reminder"]


def test_the_reminder_can_be_answered() -> None:
    desk = known_customer()
    comes(desk, ended())
    desk.passes(days=2)

    desk.presses("Анна", "rate.4")

    assert desk.said("Анна") == ["ask.salon", "ask.reminder", "rate.4"]


def test_who_has_complained_in_words_is_not_reminded() -> None:
    desk = known_customer()
    comes(desk, ended())
    desk.passes(hours=3)
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)
    desk.replies("Гузель", "Простите")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")

    desk.passes(days=1, hours=12)

    assert desk.said("Анна") == ["ask.salon", "ack.unassigned", "reply"]


# ---- stop -------------------------------------------------------------------------------------


def test_after_stop_no_question_comes_and_back_it_does() -> None:
    desk = known_customer()
    desk.commands("Анна", Command.STOP)
    comes(desk, ended(1))
    desk.passes(days=1)
    assert desk.said("Анна") == ["stop.confirm"]

    desk.presses("Анна", "resume_asking")
    comes(desk, ended(2, hours_ago=-24))
    desk.passes(hours=3)

    assert desk.said("Анна") == ["stop.confirm", "stop.resumed", "ask.salon"]


def test_from_the_second_question_on_one_tap_stops_them() -> None:
    desk = salon_desk()
    desk.opens_branch("Анна")
    assert "stop_asking" not in [b.label for row in desk.heard("Анна")[0].rows for b in row]
    desk.presses("Анна", "rate.5")
    desk.passes(days=1)
    desk.opens_branch("Анна")

    desk.presses("Анна", "stop_asking")

    assert desk.said("Анна")[-1] == "stop.confirm"
    assert not desk.memory.customers[1].questions


def test_after_stop_a_complaint_is_heard_and_checked_all_the_same() -> None:
    desk = salon_desk()
    desk.commands("Анна", Command.STOP)
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)
    desk.taps("Гузель", "resolve")
    desk.taps("Гузель", "resolve")

    desk.passes(days=2)

    assert desk.said("Анна") == ["stop.confirm", "ack.unassigned", "check.2d"]


def test_who_has_blocked_the_bot_is_not_asked() -> None:
    desk = known_customer()
    comes(desk, ended())
    desk.blocks_bot("Анна")

    desk.passes(days=1)

    assert desk.said("Анна") == []


def test_help_and_privacy_say_what_there_is() -> None:
    desk = salon_desk()

    desk.commands("Анна", Command.HELP)
    desk.commands("Анна", Command.PRIVACY)

    assert desk.said("Анна") == ["help", "privacy.main"]
    assert "/settings" in desk.heard("Анна")[0].text
    assert desk.chats.get(GROUP) is None
