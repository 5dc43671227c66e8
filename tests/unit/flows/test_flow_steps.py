"""Every kind of step that an owner may write, played."""

from datetime import timedelta

from flows.events import Kind, TimerKind
from flows.presses import AnswerPress, Button, SharePhone, TypeLabel
from tests.unit.flows.turns import Said
from tests.unit.flows.written import desk_with


def offered(said: Said) -> list[list[str]]:
    """What each button of a message answers."""
    return [[answer_of(button) for button in row] for row in said.rows]


def answer_of(button: Button) -> str:
    assert isinstance(button.press, AnswerPress)
    return button.press.answer


def test_marks_may_be_signs_and_each_counts_as_its_number() -> None:
    desk = desk_with(
        after_visit="""
        flow: after_visit
        trigger: visit
        start: ask
        steps:
          ask: {say: ask.qr, rating: {1: "😡", 3: "😐", 5: "😍"}, go: {5: fine, 1-3: sorry}}
          fine: {say: rate.5}
          sorry: {case: open, say: rate.low, collect: {text: true}}
        """
    )

    desk.opens_branch("Анна")
    asked = desk.heard("Анна")[-1]
    desk.presses("Анна", "😐")

    assert offered(asked) == [["5", "3", "1"]]
    assert desk.case.score == 3


def test_a_sign_may_be_typed_instead_of_tapped() -> None:
    desk = desk_with(
        after_visit="""
        flow: after_visit
        trigger: visit
        start: ask
        steps:
          ask: {say: ask.qr, rating: {1: "😡", 5: "😍"}, go: {5: fine, 1: sorry}}
          fine: {say: rate.5}
          sorry: {case: open, say: rate.low, collect: {text: true}}
        """
    )
    desk.opens_branch("Анна")

    desk.writes("Анна", "😡")

    assert desk.said("Анна") == ["ask.qr", "rate.low"]
    assert desk.case.score == 1


def test_ten_marks_are_counted_upwards_in_rows() -> None:
    desk = desk_with(
        after_visit="""
        flow: after_visit
        trigger: visit
        start: ask
        steps:
          ask: {say: nps.ask, rating: 0..10, buttons: [skip], go: {0-10: end, skip: end}}
        """
    )

    desk.opens_branch("Анна")

    assert offered(desk.heard("Анна")[-1]) == [
        ["0", "1", "2", "3", "4", "5"],
        ["6", "7", "8", "9", "10"],
        ["skip"],
    ]


CHOICE = """
    flow: after_visit
    trigger: visit
    start: ask
    steps:
      ask:
        case: open
        say: rate.low
        choose: {from: ["Мастер", "Цена", "Ждала"], several: true, optional: true}
        go: {ready: fine, skip: end}
      fine: {say: check.ok}
"""


def test_several_options_are_ticked_and_told_to_staff_at_once() -> None:
    desk = desk_with(after_visit=CHOICE)
    desk.opens_branch("Анна")

    for label in ("Мастер", "Ждала", "Цена", "Мастер"):
        desk.presses("Анна", label if desk.heard("Анна")[-1].rows else "")
    ticked = [b.ticked for row in desk.heard("Анна")[-1].rows for b in row]
    desk.presses("Анна", "ready")

    assert ticked == [False, True, True, False, False]
    assert desk.case.story == ("Цена, Ждала",)
    assert desk.said("Анна") == ["rate.low", "check.ok"]


def test_what_was_ticked_counts_even_when_ready_is_never_pressed() -> None:
    desk = desk_with(after_visit=CHOICE)
    desk.opens_branch("Анна")
    desk.presses("Анна", "Цена")

    desk.passes(minutes=11)

    assert desk.case.story == ("Цена",)


def test_one_option_leads_on_by_its_own_words() -> None:
    desk = desk_with(
        after_visit="""
        flow: after_visit
        trigger: visit
        start: ask
        steps:
          ask:
            say: rate.3
            case: open_on_answer
            choose: {from: ["Мастер", wish.refund]}
            go: {"Мастер": one, wish.refund: two}
          one: {say: check.ok}
          two: {say: rate.5}
        """
    )
    desk.opens_branch("Анна")

    desk.presses("Анна", "wish.refund")

    assert desk.said("Анна") == ["rate.3", "rate.5"]
    assert (desk.case.wish, desk.case.story) == ("refund", ())


def test_what_was_not_asked_for_is_on_the_card_and_said_so_once() -> None:
    desk = desk_with(
        words="""
        flow: words
        trigger: words
        start: heard
        steps:
          heard: {case: open, collect: {text: true, until_quiet: 60s}, go: promise}
          promise: {promise: true}
        """
    )

    desk.writes("Анна", kind=Kind.PHOTO, file_id="f1", album="a")
    desk.writes("Анна", kind=Kind.PHOTO, file_id="f2", album="a")
    desk.quiet(61)

    assert desk.said("Анна") == ["tell.other_media", "ack.unassigned"]
    assert "пару слов" in desk.heard("Анна")[0].text
    assert desk.case.files == 2


def test_only_what_was_not_asked_for_has_a_branch_of_its_own() -> None:
    desk = desk_with(
        words="""
        flow: words
        trigger: words
        start: heard
        steps:
          heard: {case: open, collect: {photo: true, until_quiet: 60s}, go: {words: promise, other: again}}
          again: {say: tell.photo, collect: {photo: true, text: true}, go: promise}
          promise: {promise: true}
        """
    )

    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)

    assert desk.said("Анна") == ["tell.other_media", "tell.photo"]
    assert desk.case.story == ("Ждала сорок минут",)


def test_words_are_gathered_until_a_button() -> None:
    desk = desk_with(
        after_visit="""
        flow: after_visit
        trigger: visit
        start: ask
        steps:
          ask:
            case: open
            say: rate.low
            collect: {text: true, until_button: ready}
            go: promise
          promise: {promise: true}
        """
    )
    desk.opens_branch("Анна")
    desk.writes("Анна", "Ждала")
    desk.quiet(61)
    quiet = desk.said("Анна")

    desk.presses("Анна", "ready")

    assert quiet == ["rate.low"]
    assert desk.said("Анна") == ["rate.low", "ack.unassigned"]


def test_nobody_waits_for_a_button_that_is_never_pressed() -> None:
    desk = desk_with(
        after_visit="""
        flow: after_visit
        trigger: visit
        start: ask
        steps:
          ask: {case: open, say: rate.low, collect: {text: true, until_button: "Это всё"}, go: promise}
          promise: {promise: true}
        """
    )
    desk.opens_branch("Анна")
    desk.writes("Анна", "Ждала")

    desk.passes(minutes=10)

    assert desk.said("Анна") == ["rate.low", "ack.unassigned"]


PHONE = """
    flow: after_visit
    trigger: visit
    start: ask
    steps:
      ask: {case: open, contact: true, go: {phone: got, no_phone: no}}
      got: {say: check.ok}
      no: {say: rate.5}
"""


def test_the_telephone_is_asked_for_by_the_contact_button() -> None:
    desk = desk_with(after_visit=PHONE)
    desk.opens_branch("Анна")
    rows = desk.heard("Анна")[-1].rows

    desk.shares_phone("Анна", "+79990000001")

    assert [type(b.press) for row in rows for b in row] == [SharePhone, TypeLabel]
    assert desk.said("Анна") == ["phone.ask", "phone.thanks", "check.ok"]


def test_a_telephone_may_be_refused() -> None:
    desk = desk_with(after_visit=PHONE)
    desk.opens_branch("Анна")

    desk.writes("Анна", "Лучше ответьте здесь")

    assert desk.said("Анна") == ["phone.ask", "phone.answer_here", "rate.5"]


def test_a_telephone_that_is_known_is_not_asked_for() -> None:
    desk = desk_with(after_visit=PHONE)
    desk.gives_phone("Анна", "+79990000001")

    desk.opens_branch("Анна")

    assert desk.said("Анна")[-1] == "check.ok"


LATER = """
    flow: after_visit
    trigger: visit
    start: ask
    steps:
      ask: {say: ask.qr, rating: 1..5, go: {1-5: later}}
      later: {wait: 2d, say: check.7d, rating: {1: "1", 5: "5"}, go: {1-5: end}}
"""


def test_a_step_that_waits_says_nothing_until_then() -> None:
    desk = desk_with(after_visit=LATER)
    desk.opens_branch("Анна")
    desk.presses("Анна", "rate.5")

    desk.passes(hours=47)
    before = desk.said("Анна")
    desk.passes(hours=1)

    assert before == ["ask.qr"]
    assert desk.said("Анна") == ["ask.qr", "check.7d"]


def test_a_delay_that_ends_at_night_lasts_until_the_morning() -> None:
    desk = desk_with((_VISIT, "wait: 2d", "wait: 12h"), after_visit=LATER)
    desk.opens_branch("Анна")

    desk.presses("Анна", "rate.5")

    due = desk.memory.timers["delay:talk:2"].due
    assert (due - desk.memory.now) == timedelta(hours=21)  # from noon to nine in the morning


def test_a_delayed_question_is_dropped_while_something_is_open() -> None:
    desk = desk_with(after_visit=LATER)
    desk.opens_branch("Анна")
    desk.presses("Анна", "rate.5")
    desk.writes("Анна", "Нет, всё-таки плохо: волосы испорчены")

    desk.passes(days=2)

    assert "check.7d" not in desk.said("Анна")


def test_words_during_a_delay_are_no_answer_to_what_was_not_asked() -> None:
    desk = desk_with(after_visit=LATER)
    desk.opens_branch("Анна")
    desk.presses("Анна", "rate.5")

    desk.writes("Анна", "1")

    assert desk.memory.conversations[2].answers == {"ask": "5"}


def test_reminders_have_words_of_their_own_and_then_silence_leads_on() -> None:
    desk = desk_with(
        after_visit="""
        flow: after_visit
        trigger: visit
        start: ask
        steps:
          ask:
            say: ask.qr
            rating: 1..5
            go: {1-5: end, silence: bye}
            silence: [{after: 24h, say: ask.reminder}, {after: 2d, say: rate.3}]
          bye: {say: check.ok}
        """
    )

    desk.opens_branch("Анна")
    desk.passes(days=6)

    assert desk.said("Анна") == ["ask.qr", "ask.reminder", "rate.3", "check.ok"]
    assert TimerKind.SILENCE not in {timer.kind for timer in desk.memory.timers.values()}


_VISIT = "flows/after_visit.yaml"
