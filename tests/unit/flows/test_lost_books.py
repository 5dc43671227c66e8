"""A conversation whose revision cannot be honoured goes to staff, never to an exception."""

from dataclasses import replace

from tests.unit.flows.desk import Desk, salon_desk


def loses_the_flow(desk: Desk) -> None:
    """The revision of the open conversation is gone, and today's flows have no such step."""
    talk = desk.memory.latest(1)
    assert talk is not None
    gone = replace(talk, book="gone", step="a step of long ago")
    desk.memory.conversations[talk.id] = gone


def test_words_are_heard_by_todays_flow() -> None:
    desk = salon_desk()
    desk.rates("Анна", 3)
    loses_the_flow(desk)

    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)

    assert desk.said("Анна")[-1] == "ack.unassigned"
    assert any(each.kind == "conversation_lost" for each in desk.memory.journal)


def test_a_low_mark_opens_a_case_and_is_promised_an_answer() -> None:
    desk = salon_desk()
    desk.opens_branch("Анна")
    loses_the_flow(desk)

    desk.presses("Анна", "rate.1")

    assert desk.said("Анна")[-1] == "ack.unassigned"
    assert desk.case.score == 1


def test_a_good_mark_needs_nobody() -> None:
    desk = salon_desk()
    desk.opens_branch("Анна")
    loses_the_flow(desk)

    desk.presses("Анна", "rate.5")

    assert desk.memory.cases == {}


def test_quiet_after_words_still_ends_with_a_promise() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.writes("Анна", "Ждала сорок минут")
    loses_the_flow(desk)

    desk.quiet(61)

    assert desk.said("Анна") == ["ask.qr", "rate.low", "ack.unassigned"]


def test_a_book_that_can_be_had_no_more_is_replaced_by_todays() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    talk = desk.memory.latest(1)
    assert talk is not None
    desk.memory.conversations[talk.id] = replace(talk, book="gone")

    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)

    assert desk.said("Анна") == ["ask.qr", "rate.low", "ack.unassigned"]
