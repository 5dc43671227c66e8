"""Which flow a customer gets, and which steps of it take place."""

from dataclasses import replace

import pytest

from flows.events import CustomerOpenedBranchLink, Kind, Sender, VisitEnded
from tests.unit.flows.desk import Desk
from tests.unit.flows.written import VISIT, desk_with, option

SPECIAL = """
    flow: special
    trigger: visit
    for: {%s}
    start: ask
    steps:
      ask: {say: nps.ask, rating: 1..5, go: {1-5: end}}
"""


def imported(desk: Desk, number: int = 1, **about: object) -> None:
    """A visit of Анна, whose telephone is known, comes from the booking program."""
    known = desk.memory.customers[1]
    at = about.pop("at", desk.memory.now)
    about.setdefault("branch_id", "bauman")
    event = VisitEnded(f"crm:{number}", "csv", at, phone=known.phone, **about)  # type: ignore[arg-type]
    desk.happens(event, known_customer=known)


def knows_anna(desk: Desk) -> None:
    desk.gives_phone("Анна", "+79990000001")
    desk.forget()


@pytest.mark.parametrize(
    ("condition", "about", "special"),
    [
        ('service: "окраш"', {"service": "Окрашивание"}, True),
        ('service: "окраш"', {"service": "Стрижка"}, False),
        ('master: ["Лилия"]', {"master": "лилия"}, True),
        ('master: ["Лилия"]', {"master": ""}, False),
        ("branch: bauman", {}, True),
        ("first_visit: true", {}, True),
        ("first_visit: false", {}, False),
        ("rating_before: 1..3", {}, False),
    ],
)
def test_a_flow_is_for_those_its_condition_holds_for(
    condition: str, about: dict[str, object], special: bool
) -> None:
    desk = desk_with(special=SPECIAL % condition)
    knows_anna(desk)

    imported(desk, 1, **about)
    desk.passes(hours=2)

    assert desk.said("Анна") == ["nps.ask" if special else "ask.salon"]


def test_the_language_of_telegram_chooses_too() -> None:
    desk = desk_with(special=SPECIAL % "language: [en]")
    desk.starts("Анна")
    anna = replace(desk.memory.customers[1], language="en-US")
    desk.memory.customers[1] = anna

    desk.happens(CustomerOpenedBranchLink(Sender(anna.tg_id, "Анна", language="en-US"), "bauman"))

    assert desk.said("Анна")[-1] == "nps.ask"


def test_the_flow_that_asks_for_more_goes_first() -> None:
    desk = desk_with(
        aaa=SPECIAL.replace("flow: special", "flow: aaa") % "branch: bauman",
        special=SPECIAL.replace("nps.ask", "check.7d") % 'branch: bauman, service: "стриж"',
    )
    knows_anna(desk)

    imported(desk, service="Стрижка")
    desk.passes(hours=2)

    assert desk.said("Анна") == ["check.7d"]


def test_each_flow_has_a_delay_of_its_own() -> None:
    desk = desk_with(
        special=(SPECIAL % "branch: bauman").replace("    start", "    after: 1h\n    start")
    )
    knows_anna(desk)

    imported(desk)
    desk.passes(minutes=61)

    assert desk.said("Анна") == ["nps.ask"]


def test_a_customer_who_was_unhappy_before_may_be_asked_otherwise() -> None:
    desk = desk_with(
        (VISIT, "  better:", "  sad: {say: check.ok}\n  better:"),
        (
            VISIT,
            "    say: rate.5\n    case: praise",
            "    when: {rating_before: 1..3}\n    say: rate.5\n    case: praise",
        ),
        (VISIT, "    go: praise_heard\n", "    go: praise_heard\n    else: sad\n"),
    )
    desk.agrees("Анна")
    knows_anna(desk)
    imported(desk)
    desk.passes(hours=2)
    desk.presses("Анна", "rate.3")
    first = desk.said("Анна")[:]
    desk.forget()
    desk.passes(days=15)
    imported(desk, 2)
    desk.passes(hours=2)

    desk.presses("Анна", "rate.5")

    assert first == ["ask.salon", "rate.3"]
    assert desk.said("Анна")[-1] == "rate.5"


# ---- switches ---------------------------------------------------------------------------------


def complains(desk: Desk, *words: str) -> None:
    desk.rates("Анна", 2)
    for each in words:
        desk.writes("Анна", each)
    desk.quiet(61)


def test_switched_off_the_way_to_the_promise_is_short() -> None:
    desk = desk_with()

    complains(desk, "Ждала сорок минут")

    assert desk.said("Анна") == ["ask.qr", "rate.low", "ack.unassigned"]


def test_a_photo_is_asked_for_when_none_came() -> None:
    desk = desk_with(option("photo_step"))
    complains(desk, "Ждала сорок минут")

    desk.presses("Анна", "no_photo")

    assert desk.said("Анна") == ["ask.qr", "rate.low", "tell.photo", "ack.unassigned"]


def test_a_photo_that_came_is_not_asked_for() -> None:
    desk = desk_with(option("photo_step"))
    desk.rates("Анна", 2)
    desk.writes("Анна", kind=Kind.PHOTO, file_id="f")

    desk.quiet(61)

    assert desk.said("Анна") == ["ask.qr", "rate.low", "ack.unassigned"]


def test_without_a_photo_the_promise_comes_all_the_same() -> None:
    desk = desk_with(option("photo_step"))
    complains(desk, "Ждала сорок минут")

    desk.passes(minutes=5)

    assert desk.said("Анна")[-1] == "ack.unassigned"


def test_the_wish_is_asked_for_in_a_step_of_its_own_and_not_again() -> None:
    desk = desk_with(option("wish_step"))
    complains(desk, "Ждала сорок минут")

    desk.presses("Анна", "wish.refund")

    assert desk.said("Анна") == ["ask.qr", "rate.low", "tell.wish", "ack.unassigned"]
    assert desk.case.wish == "refund"
    assert [b.label for row in desk.heard("Анна")[-1].rows for b in row] == []


def test_the_story_is_read_back_and_may_be_added_to() -> None:
    desk = desk_with(option("restate"))
    complains(desk, "Ждала сорок минут")
    summary = desk.heard("Анна")[-1].text
    desk.presses("Анна", "summary_add")
    desk.writes("Анна", "И кофе остыл")

    desk.quiet(61)

    assert "Ждала сорок минут" in summary
    assert desk.said("Анна")[2:] == ["tell.summary", "tell.more", "ack.unassigned"]
    assert desk.case.story == ("Ждала сорок минут", "И кофе остыл")


def test_who_does_not_answer_the_summary_is_promised_an_answer_by_itself() -> None:
    desk = desk_with(option("restate"))
    complains(desk, "Ждала сорок минут")

    desk.passes(minutes=5)

    assert desk.said("Анна")[2:] == ["tell.summary", "ack.unassigned"]


def test_a_voice_is_asked_to_be_written_down_once_a_case() -> None:
    desk = desk_with(option("voice_hint"))

    desk.writes("Анна", kind=Kind.VOICE, file_id="v1")
    desk.writes("Анна", kind=Kind.VOICE, file_id="v2")
    desk.quiet(61)

    assert desk.said("Анна") == ["case.voice", "ack.unassigned"]


# ---- occasions --------------------------------------------------------------------------------


def rated(desk: Desk, mark: int = 5) -> None:
    knows_anna(desk)
    imported(desk)
    desk.passes(hours=2)
    desk.presses("Анна", f"rate.{mark}")
    desk.forget()


def test_nobody_is_asked_for_nps_while_it_is_switched_off() -> None:
    desk = desk_with()
    rated(desk)

    desk.passes(days=40)

    assert "nps.ask" not in desk.said("Анна")


def test_nps_is_asked_once_in_ninety_days() -> None:
    desk = desk_with(option("nps"))
    desk.agrees("Анна")
    rated(desk)
    desk.passes(days=15)
    first = desk.said("Анна")
    desk.forget()

    for number in range(2, 8):
        imported(desk, number, at=desk.memory.now)
        desk.passes(days=14)
        if "ask.salon" in desk.said("Анна"):
            desk.presses("Анна", "rate.5")
    again = desk.said("Анна").count("nps.ask")

    assert first.count("nps.ask") == 1
    assert again <= 1


def test_a_low_nps_with_words_opens_a_case_without_a_mark_of_the_visit() -> None:
    desk = desk_with(option("nps"))
    desk.agrees("Анна")
    rated(desk)
    desk.passes(days=15)

    desk.presses("Анна", "3")
    desk.writes("Анна", "Долго ждать и дорого")
    desk.quiet(61)

    assert desk.said("Анна")[-2:] == ["nps.why", "ack.unassigned"]
    assert desk.case.score is None


def test_nps_is_not_asked_of_who_wants_no_questions() -> None:
    desk = desk_with(option("nps"))
    desk.agrees("Анна")
    rated(desk)
    desk.memory.customers[1] = replace(desk.memory.customers[1], questions=False)

    desk.passes(days=30)

    assert desk.said("Анна") == []


def resolved(desk: Desk) -> None:
    complains(desk, "Ждала сорок минут")
    desk.replies("Гузель", "Простите нас")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")
    desk.forget()


def test_a_week_later_the_fix_is_rated_when_switched_on() -> None:
    desk = desk_with(option("check_7d"))
    resolved(desk)

    desk.passes(days=7)
    desk.presses("Анна", "5")

    assert desk.said("Анна") == ["check.2d", "check.7d", "check.ok"]
    assert desk.case.score == 2


def test_a_low_mark_a_week_later_opens_the_same_case_again() -> None:
    desk = desk_with(option("check_7d"))
    resolved(desk)
    desk.passes(days=7)

    desk.presses("Анна", "2")

    assert desk.said("Анна")[-1] == "check.reopen"
    assert (desk.case.opening, desk.case.is_open, desk.case.score) == (2, True, 2)


def test_a_week_later_nothing_is_asked_while_it_is_switched_off() -> None:
    desk = desk_with()
    resolved(desk)

    desk.passes(days=8)

    assert desk.said("Анна") == ["check.2d"]
