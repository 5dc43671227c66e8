"""Links to a visit: for one, for a branch; used, unknown, early, opened twice."""

from datetime import timedelta

from flows.events import Command
from flows.people import Visit
from tests.unit.flows.desk import FRIDAY_NOON, Desk, salon_desk


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


def test_who_was_told_of_a_question_is_asked_although_asked_of_late_or_never_more() -> None:
    desk = salon_desk()
    desk.rates("Анна", 5)
    desk.commands("Анна", Command.STOP)
    desk.passes(days=3)
    desk.memory.visits[7] = Visit(
        7, "crm:1", "csv", "bauman", desk.memory.now + timedelta(hours=1), token="early"
    )
    desk.forget()

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
