"""The telephone: asked for when a call is wanted, by button or typed; or answered here after all."""

from dataclasses import replace

from flows.effects import KeepConsent
from flows.people import ConsentAnswer, ConsentKind, Visit
from flows.presses import SharePhone, TypeLabel
from tests.unit.flows.desk import FRIDAY_NOON, Desk, salon_desk


def wanting_a_call() -> Desk:
    """Анна has complained and wants to be called."""
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)
    desk.presses("Анна", "call_me")
    desk.forget()
    return desk


def wanting_a_call_without_a_visit() -> Desk:
    """Анна has written by herself, of no visit, and wants to be called."""
    desk = salon_desk()
    desk.writes("Анна", "Ждала сорок минут")
    wanting = replace(desk.memory.customers[1], phone_wanted_by=desk.case.id)
    desk.memory.customers[1] = wanting
    return desk


def test_without_a_number_it_is_asked_for_with_two_buttons() -> None:
    desk = wanting_a_call()

    asked = desk.chats[desk.sender("Анна").tg_id][-1]

    assert asked.key == "phone.ask"
    assert [b.press for row in asked.rows for b in row] == [SharePhone(), TypeLabel()]
    assert "Просит позвонить: до 12:30" in desk.card()


def test_by_button_the_call_is_accepted() -> None:
    desk = wanting_a_call()

    desk.shares_phone("Анна", "+79990000001")

    assert desk.said("Анна") == ["call.accepted"]
    assert desk.memory.customers[1].phone == "+79990000001"


def test_typed_it_is_the_same() -> None:
    desk = wanting_a_call()

    desk.types_phone("Анна", "+79990000001")

    assert desk.said("Анна") == ["call.accepted"]


def test_a_typed_number_may_be_anybodys_and_finds_no_visit() -> None:
    desk = wanting_a_call_without_a_visit()
    desk.memory.visits[900] = replace(visit_of_another(), customer_id=None)

    desk.types_phone("Анна", "+79990000001")

    assert desk.case.visit_id is None
    assert not desk.memory.customers[1].phone_own


def test_ones_own_number_finds_the_visit() -> None:
    desk = wanting_a_call_without_a_visit()
    desk.memory.visits[900] = replace(visit_of_another(), customer_id=None)

    desk.shares_phone("Анна", "+79990000001")

    assert desk.case.visit_id == 900


def test_a_number_within_the_story_finds_no_visit_either() -> None:
    desk = salon_desk()
    desk.memory.visits[900] = replace(visit_of_another(), customer_id=None)

    desk.types_phone("Анна", "+79990000001")

    assert desk.case.visit_id is None


def test_somebody_elses_contact_stands_under_the_card_and_is_no_telephone_of_the_customer() -> None:
    desk = wanting_a_call()
    files = desk.case.files

    desk.shares_phone("Анна", "+79990000002", own=False)

    assert desk.memory.customers[1].phone == ""
    assert desk.case.files == files + 1


def test_an_unreadable_contact_is_asked_for_again() -> None:
    desk = wanting_a_call()

    desk.shares_phone("Анна", "")

    assert desk.said("Анна") == ["phone.bad"]


def test_answer_here_takes_the_wish_back() -> None:
    desk = wanting_a_call()

    desk.writes("Анна", "Лучше ответьте здесь")

    assert desk.said("Анна") == ["phone.answer_here"]
    assert "Просит позвонить" not in desk.card()
    assert desk.case.story == ("Ждала сорок минут",)


def test_words_instead_of_a_number_are_heard() -> None:
    desk = wanting_a_call()

    desk.writes("Анна", "Позвоните вечером")

    assert desk.case.story[-1] == "Позвоните вечером"


def test_a_known_number_is_not_asked_for_again() -> None:
    desk = wanting_a_call()
    desk.shares_phone("Анна", "+79990000001")
    desk.forget()

    desk.presses("Анна", "call_me")

    assert desk.said("Анна") == ["call.accepted"]


def test_a_number_nobody_asked_for_is_not_stored_before_the_consent_was_read() -> None:
    desk = salon_desk()

    desk.shares_phone("Анна", "+79990000001")
    kept = desk.memory.customers[1].phone
    desk.shares_phone("Анна", "+79990000001")

    assert kept == ""
    assert desk.memory.customers[1].phone == "+79990000001"
    assert desk.said("Анна") == ["phone.ask", "phone.thanks"]


def test_the_consent_is_recorded_with_the_words_that_were_read() -> None:
    desk = wanting_a_call()

    desk.shares_phone("Анна", "+79990000001")

    book = desk.memory.content.book.sha256
    assert desk.memory.consents == [
        KeepConsent(1, ConsentKind.PHONE, ConsentAnswer.GIVEN, "phone.ask", book)
    ]


def test_a_visit_of_somebody_else_is_not_taken() -> None:
    desk = salon_desk()
    desk.memory.visits[900] = visit_of_another()
    desk.writes("Анна", "Ждала сорок минут")

    desk.shares_phone("Анна", "+79990000001")

    assert desk.case.visit_id is None


def visit_of_another() -> Visit:
    """A visit with a known customer."""
    return Visit(900, "crm:1", "csv", "bauman", FRIDAY_NOON, customer_id=7, phone="+79990000001")
