"""Visits and the question after them: links, imports, the delay, and when nobody is asked."""

from datetime import timedelta

from flows.events import Command, VisitEnded
from flows.people import Visit
from tests.unit.flows.desk import FRIDAY_NOON, GROUP, Desk, salon_desk

PHONE = "+79990000001"


def ended(number: int = 1, *, hours_ago: float = 0, phone: str = PHONE) -> VisitEnded:
    """A visit that a program of records has told."""
    at = FRIDAY_NOON - timedelta(hours=hours_ago)
    return VisitEnded(f"crm:{number}", "csv", at, "bauman", "Стрижка", "Лилия", phone=phone)


def known_customer() -> Desk:
    """Анна has talked to the bot before and left her number."""
    desk = salon_desk()
    desk.shares_phone("Анна", PHONE)
    desk.forget()
    return desk


def comes(desk: Desk, event: VisitEnded) -> None:
    """The visit is imported."""
    known = next((c for c in desk.memory.customers.values() if c.phone == event.phone), None)
    visits = (v for v in desk.memory.visits.values() if v.ext_id == event.ext_id)
    desk.happens(event, known_customer=known, linked_visit=next(visits, None))


# ---- links ------------------------------------------------------------------------------------


def test_a_link_for_one_visit_asks_about_that_visit() -> None:
    desk = salon_desk()

    token = desk.asks_visit_link("Гузель", "Стрижка", "Лилия")
    desk.opens_visit("Анна", token)

    assert desk.heard("Анна")[0].text.startswith(
        "Анна, здравствуйте! Это «Лана». Сегодня вы были у нас: стрижка, мастер — Лилия."
    )


def test_the_link_comes_with_a_picture_of_itself() -> None:
    desk = salon_desk()

    token = desk.asks_visit_link("Гузель")

    assert [said.key for said in desk.posted()] == ["staff.visit_link"]
    assert f"https://t.me/lana_bot?start=v_{token}" in desk.posted()[0].text


def test_a_stranger_makes_no_links() -> None:
    desk = salon_desk()
    desk.memory.visits[1] = desk.memory.visits.get(1) or visit(desk)

    desk.asks_visit_link("Кто-то")

    assert [said.key for said in desk.posted()] == ["staff.toast.not_staff"]
    assert len(desk.memory.visits) == 1


def visit(desk: Desk) -> Visit:
    """Some visit."""
    return Visit(1, "x", "csv", "bauman", desk.memory.now)


def test_the_second_person_at_a_link_is_told_that_it_is_used() -> None:
    desk = salon_desk()
    token = desk.asks_visit_link("Гузель")
    desk.opens_visit("Анна", token)

    desk.opens_visit("Дана", token)

    assert desk.said("Дана") == ["ask.link_used"]


def test_an_unanswered_link_asks_again_and_an_answered_one_does_not() -> None:
    desk = salon_desk()
    token = desk.asks_visit_link("Гузель")
    desk.opens_visit("Анна", token)

    desk.opens_visit("Анна", token)
    desk.presses("Анна", "rate.5")
    desk.opens_visit("Анна", token)

    assert desk.said("Анна") == ["ask.salon", "ask.salon", "rate.5", "ask.already_answered"]
    assert len(desk.memory.conversations) == 1


def test_an_unknown_link_says_so_and_invites_to_write() -> None:
    desk = salon_desk()

    desk.opens_visit("Анна", "nothing")

    assert desk.said("Анна") == ["ask.link_unknown"]


def test_opened_before_the_end_the_question_comes_later() -> None:
    desk = salon_desk()
    desk.memory.visits[1] = Visit(
        1, "crm:1", "csv", "bauman", FRIDAY_NOON + timedelta(hours=1), token="early"
    )

    desk.opens_visit("Анна", "early")
    desk.passes(hours=3, minutes=1)

    assert desk.said("Анна") == ["start.early", "ask.salon"]


def test_the_permanent_link_counts_one_visit_a_day() -> None:
    desk = salon_desk()

    desk.opens_branch("Анна")
    desk.opens_branch("Анна")
    desk.presses("Анна", "rate.5")
    desk.opens_branch("Анна")
    desk.passes(days=1)
    desk.opens_branch("Анна")

    assert desk.said("Анна") == ["ask.qr", "ask.qr", "rate.5", "ask.already_answered", "ask.qr"]
    assert len(desk.memory.visits) == 2


def test_an_unknown_branch_is_a_plain_start() -> None:
    desk = salon_desk()

    desk.opens_branch("Анна", "nowhere")

    assert desk.said("Анна") == ["start.plain"]


def test_a_link_opened_beside_an_open_case_says_how_it_stands() -> None:
    desk = salon_desk()
    desk.writes("Анна", "Ждала сорок минут")

    desk.opens_branch("Анна")

    assert desk.said("Анна") == ["status.open"]
    assert desk.case.visit_id is not None
    assert "Визит не найден" not in desk.card()


def test_the_line_about_data_stands_in_the_first_message_only() -> None:
    desk = salon_desk()

    desk.starts("Анна")
    desk.opens_branch("Анна")

    first, second = (said.text for said in desk.heard("Анна"))
    assert "/privacy" in first
    assert "/privacy" not in second


# ---- imports ----------------------------------------------------------------------------------


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
    assert "/settings" not in desk.heard("Анна")[0].text
    assert desk.chats.get(GROUP) is None
