"""What staff are asked for in private: notes, what to remember of a customer, promises; and another topic."""

from dataclasses import replace

from flows.events import LetterKind, StaffAction, StaffWrote
from flows.reading_replies import read_reply
from flows.spoken_time import SpokenTime
from flows.tone import Findings, FoundPromise
from tests.unit.flows.desk import Desk, salon_desk
from tests.unit.flows.test_promises import waiting

_TOMORROW = FoundPromise("мастер позвонит завтра до 12:00", SpokenTime(days=1, clock=(12, 0)))


def answers(
    desk: Desk, name: str, text: str, to: LetterKind, findings: Findings | None = None
) -> None:
    """Replies, in private, to what the bot has asked."""
    sender = desk.sender(name)
    message = desk._message(sender.tg_id, text)
    event = StaffWrote(sender, message, findings=findings)
    desk.happens(event, case=desk.case, reply_leads=False, reply_is=to)


def test_a_note_is_asked_for_in_private_and_stands_on_the_card() -> None:
    desk = waiting()
    desk.forget()

    desk.taps("Гузель", "more")
    assert desk.taps("Гузель", "note") == "staff.toast.asked_private"
    answers(desk, "Гузель", "мастер был новый", LetterKind.NOTE)

    assert desk.said("Гузель") == ["staff.note_ask"]
    assert "Заметка: мастер был новый — Гузель" in desk.card()
    assert desk.said("Анна") == []
    assert desk.posted() == []


def test_what_is_no_words_cannot_be_noted() -> None:
    desk = waiting()

    answers(desk, "Гузель", "", LetterKind.NOTE)

    assert desk.said("Гузель")[-1] == "staff.words_wanted"
    assert desk.case.notes == ()


def test_somebody_without_an_open_chat_is_told_where_to_open_it() -> None:
    desk = waiting()
    desk.memory.roster[3] = replace(desk.memory.roster[3], reachable=False)

    assert desk.forges("Гузель", StaffAction.NOTE) == "staff.toast.open_chat"


# ---- what to remember -------------------------------------------------------------------------


def test_what_is_noted_of_a_customer_stands_on_the_card_of_the_next_case() -> None:
    desk = waiting()
    desk.taps("Гузель", "more")
    desk.taps("Гузель", "guest_note")
    answers(desk, "Гузель", "Без сахара.", LetterKind.GUEST_NOTE)
    desk.replies("Гузель", "Простите")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")

    desk.writes("Анна", "Опять ждала сорок минут")

    assert "Важно помнить: Без сахара" in desk.card()


def test_any_of_the_staff_takes_it_away() -> None:
    desk = waiting()
    answers(desk, "Гузель", "Без сахара", LetterKind.GUEST_NOTE)
    answers(desk, "Гузель", "Место у окна", LetterKind.GUEST_NOTE)
    desk.taps("Рамиля", "more")
    desk.taps("Рамиля", "guest_note")

    assert desk.presses("Рамиля", "Убрать: Без сахара") == "staff.toast.note_removed"

    assert [note.words for note in desk.memory.customers[1].notes] == ["Место у окна"]
    assert "Важно помнить: Место у окна" in desk.card()
    assert [b.values["note"] for row in desk.heard("Рамиля")[-1].rows for b in row] == [
        "Место у окна"
    ]


def test_the_same_is_noted_once_and_taken_away_once() -> None:
    desk = waiting()
    answers(desk, "Гузель", "Без сахара", LetterKind.GUEST_NOTE)
    answers(desk, "Гузель", "Без сахара", LetterKind.GUEST_NOTE)

    desk.forges("Гузель", StaffAction.GUEST_FORGET, "1")

    assert desk.memory.customers[1].notes == ()
    assert desk.forges("Гузель", StaffAction.GUEST_FORGET, "1") == "staff.toast.outdated"


def test_notes_have_an_end() -> None:
    desk = waiting()
    for n in range(9):
        answers(desk, "Гузель", f"Примета {n}", LetterKind.GUEST_NOTE)

    assert len(desk.memory.customers[1].notes) == 8
    assert desk.said("Гузель")[-1] == "staff.guest_notes_full"


# ---- a promise --------------------------------------------------------------------------------


def test_a_promise_made_elsewhere_stands_on_the_card_with_a_timer() -> None:
    desk = waiting()
    desk.taps("Гузель", "more")
    desk.taps("Гузель", "promise")
    found = Findings("ru", 30, promises=(_TOMORROW,))

    answers(desk, "Гузель", _TOMORROW.words, LetterKind.VOW, found)

    assert "Обещано: мастер позвонит завтра до 12:00, завтра до 12:00" in desk.card()
    desk.passes(days=1)
    assert "staff.promise_due" in desk.said("Гузель")


def test_without_a_time_it_is_asked_again() -> None:
    desk = waiting()
    tone = desk.memory.content.tones["ru"]
    found = read_reply("мастер позвонит", tone, lambda word: ())

    answers(desk, "Гузель", "мастер позвонит", LetterKind.VOW, found)
    answers(desk, "Гузель", "мастер позвонит", LetterKind.VOW, None)

    assert desk.said("Гузель")[-2:] == ["staff.vow_no_time"] * 2
    assert desk.case.promises == ()


def test_a_closed_case_needs_no_reminder() -> None:
    desk = waiting()
    desk.replies("Гузель", "Простите")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")

    answers(
        desk, "Гузель", _TOMORROW.words, LetterKind.VOW, Findings("ru", 9, promises=(_TOMORROW,))
    )

    assert desk.said("Гузель")[-1] == "staff.vow_closed"


# ---- the topic --------------------------------------------------------------------------------


def test_another_topic_changes_the_severity_with_it() -> None:
    desk = waiting()

    desk.taps("Гузель", "more")
    desk.taps("Гузель", "change_topic")
    assert desk.taps("Гузель", "Не тот результат") == "staff.toast.topic_changed"

    assert (desk.case.topic, desk.case.severity) == ("result", 2)
    assert desk.card().startswith("❗ № 14 · Не тот результат")
    assert desk.card_buttons()[0] == ["Беру", "Решено"]


def test_a_topic_of_health_begins_its_way() -> None:
    desk = waiting()
    desk.forget()

    desk.taps("Гузель", "more")
    desk.taps("Гузель", "change_topic")
    desk.taps("Гузель", "Ожог")

    assert desk.case.emergency
    assert desk.said("Анна") == ["health.ack"]
    assert "staff.health_alert" in desk.said("Рамиля")


def test_an_emergency_stays_one_whatever_it_is_called() -> None:
    desk = salon_desk()
    desk.writes("Анна", "У меня ожог после маски")

    assert desk.forges("Рамиля", StaffAction.SET_TOPIC, "wait") == "staff.toast.topic_health"

    assert desk.case.emergency
    assert desk.case.severity == 3


def test_a_topic_there_is_not_changes_nothing() -> None:
    desk = waiting()

    assert desk.forges("Гузель", StaffAction.SET_TOPIC, "nope") == "staff.toast.outdated"
    assert desk.case.topic is None


def test_another_topic_does_not_show_the_group_a_complaint_about_a_colleague() -> None:
    desk = salon_desk()
    desk.writes("Анна", "Гузель мне нахамила")

    desk.forges("Рамиля", StaffAction.SET_TOPIC, "wait")

    assert (desk.case.topic, desk.case.for_manager) == ("wait", True)
