"""Ready phrases: which are offered, and what one tap sends."""

from dataclasses import replace
from datetime import UTC, datetime

from flows.events import StaffAction
from flows.ready import ready_phrase
from tests.unit.flows.desk import Desk
from tests.unit.flows.test_promises import waiting


def with_phrases(**sections: tuple[str, ...]) -> Desk:
    """Anna waits for an answer until 12:30; the salon has just these phrases."""
    desk = waiting()
    ready = {name: tuple(map(ready_phrase, words)) for name, words in sections.items()}
    desk.memory.content = replace(desk.memory.content, ready={"ru": ready})
    desk.forget()
    return desk


def shown(desk: Desk) -> list[str]:
    """The phrases as they stand in the private message of Гузель."""
    desk.taps("Гузель", "more")
    desk.taps("Гузель", "choose_ready")
    told = [said.text for said in desk.heard("Гузель") if said.key == "staff.ready"]
    return told[-1].split("\n\n")[1:] if told else []


def test_those_of_the_topic_come_first() -> None:
    desk = with_phrases(all=("Общая",), wait=("Про ожидание",), price=("Про цену",))
    desk.forges("Гузель", StaffAction.SET_TOPIC, "wait")

    assert shown(desk) == ["1. Про ожидание", "2. Общая"]


def test_a_phrase_that_names_what_is_not_known_is_not_offered() -> None:
    desk = with_phrases(
        all=("Вас стригла {master}", "Простите {sorry_for}", "{name_c}здравствуйте[[, {master}]]")
    )

    assert shown(desk) == ["1. Анна, здравствуйте"]


def test_one_tap_sends_it_signed_after_the_hold() -> None:
    desk = with_phrases(all=("{name_c}как вам удобнее?",))
    shown(desk)

    assert desk.presses("Гузель", "1") == "staff.toast.ready_held"
    waiting_for = desk.said("Анна")
    desk.passes(seconds=11)

    assert waiting_for == []
    assert [said.text for said in desk.heard("Анна")] == [
        "Анна, как вам удобнее?\n\nГузель, администратор"
    ]
    assert "Ответили: Гузель" in desk.card()
    assert desk.case.owner_id == 3


def test_it_can_be_stopped_where_it_was_pressed_and_on_the_card() -> None:
    desk = with_phrases(all=("Раз",))
    shown(desk)
    desk.presses("Гузель", "1")
    desk.presses("Гузель", "do_not_send")
    shown(desk)
    desk.presses("Гузель", "1")
    desk.taps("Гузель", "do_not_send")

    desk.passes(minutes=1)

    assert desk.said("Анна") == []


def test_a_time_in_a_phrase_is_a_promise() -> None:
    desk = with_phrases(all=("Напишу {next_update_by}",))
    shown(desk)
    desk.presses("Гузель", "1")

    desk.passes(seconds=11)

    assert desk.heard("Анна")[-1].text.startswith("Напишу до 12:31")
    assert desk.case.reply_by == datetime(2026, 11, 20, 9, 31, 1, tzinfo=UTC)
    assert desk.case.promised
    assert "Ответили: Гузель" in desk.card()
    desk.passes(minutes=30)
    assert desk.said("Анна")[-1] == "progress.late"


def test_a_second_tap_waits_for_the_first() -> None:
    desk = with_phrases(all=("Раз",))
    shown(desk)
    phrase = ready_phrase("Раз").id
    desk.presses("Гузель", "1")

    assert desk.forges("Гузель", StaffAction.SEND_READY, phrase) == "staff.toast.wait_for_hold"


def test_a_phrase_that_was_changed_meanwhile_is_not_sent_by_the_old_button() -> None:
    desk = with_phrases(all=("Раз",))
    shown(desk)
    desk.memory.content = replace(
        desk.memory.content, ready={"ru": {"all": (ready_phrase("Два"),)}}
    )

    assert desk.presses("Гузель", "1") == "staff.toast.outdated"


def test_when_none_fits_it_is_said() -> None:
    desk = with_phrases(all=("Вас стригла {master}",))
    desk.taps("Гузель", "more")

    assert desk.taps("Гузель", "choose_ready") == "staff.toast.nothing_ready"


def test_an_emergency_is_answered_in_ones_own_words() -> None:
    desk = with_phrases(all=("Простите",))
    desk.writes("Анна", "У меня ожог после маски")

    assert desk.forges("Рамиля", StaffAction.READY) == "staff.toast.nothing_ready"


def test_a_customer_of_another_language_gets_that_one() -> None:
    desk = with_phrases(all=("Раз",))
    english = {"all": (ready_phrase("One"),)}
    desk.memory.content = replace(
        desk.memory.content, ready={**desk.memory.content.ready, "en": english}
    )
    customer = desk.memory.customers[1]
    desk.memory.customers[1] = replace(customer, language="en")

    assert shown(desk) == ["1. One"]


def test_long_phrases_are_as_many_as_a_message_holds() -> None:
    desk = with_phrases(all=tuple(f"{n} {'слово ' * 100}" for n in range(10)))

    assert len(shown(desk)) == 5
