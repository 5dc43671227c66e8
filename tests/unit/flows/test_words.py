"""Ratings corrected, words in every situation, greetings, praise, edits, files."""

from dataclasses import replace

from flows.book import Path
from flows.effects import React, RelayToStaff
from flows.events import Kind, Tap
from tests.unit.flows.desk import salon_desk


def test_a_mark_takes_the_buttons_away_and_the_link_asks_no_more() -> None:
    desk = salon_desk()
    desk.rates("Анна", 5)
    ask = desk.heard("Анна")[0]
    assert ask.rows == ()

    desk.opens_branch("Анна")

    assert desk.said("Анна") == ["ask.qr", "rate.5", "ask.already_answered"]


def test_a_mark_is_corrected_by_an_old_message() -> None:
    desk = salon_desk()
    desk.opens_branch("Анна")
    question = desk.heard("Анна")[0]
    desk.rates("Анна", 5)
    desk.chats[desk.sender("Анна").tg_id][0] = question

    desk.presses("Анна", "rate.2")
    desk.quiet(601)

    assert desk.said("Анна") == ["ask.qr", "rate.5", "rate.low", "ack.no_words"]
    assert desk.case.score == 2


def test_a_mark_of_which_a_case_came_stays() -> None:
    desk = salon_desk()
    desk.opens_branch("Анна")
    question = desk.heard("Анна")[0]
    desk.rates("Анна", 2)
    desk.chats[desk.sender("Анна").tg_id][0] = question

    assert desk.presses("Анна", "rate.5") == "ask.old_button"

    assert desk.case.score == 2


def test_a_mark_after_words_already_opened_a_case_stands_on_its_card() -> None:
    desk = salon_desk()
    desk.opens_branch("Анна")
    desk.writes("Анна", "Ждала сорок минут")

    desk.presses("Анна", "rate.2")
    desk.quiet(61)

    assert desk.said("Анна") == ["ask.qr", "ack.unassigned"]
    assert desk.case.score == 2


def test_a_topic_after_the_promise_stands_on_the_card() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)
    desk.forget()

    assert desk.presses("Анна", "Долго ждали") == "tell.topic"
    desk.quiet(61)

    assert desk.said("Анна") == []
    assert desk.case.topic == "wait"


def test_the_chosen_topic_is_ticked() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)

    desk.presses("Анна", "Долго ждали")

    ticked = [b.press for row in desk.heard("Анна")[-1].rows for b in row if b.ticked]
    assert len(ticked) == 1


def test_a_wish_is_saved_with_the_time_of_the_answer() -> None:
    desk = salon_desk()
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)

    assert desk.presses("Анна", "Вернуть деньги") == "ack.wish_saved"

    assert "Просит вернуть деньги с 20 ноября; по закону решить до 30 ноября" in desk.card()
    assert "Просит: Вернуть деньги" in desk.card()


def test_every_message_shows_that_it_has_arrived() -> None:
    desk = salon_desk()

    message = desk.writes("Анна", "Ждала сорок минут")

    assert React(desk.sender("Анна").tg_id, message) in desk.effects


def test_voice_photo_and_video_fill_one_case() -> None:
    desk = salon_desk()
    desk.writes("Анна", "Вот что вышло")
    for kind in (Kind.VOICE, Kind.PHOTO, Kind.VIDEO, Kind.DOCUMENT):
        desk.writes("Анна", kind=kind, file_id="f")
        assert any(isinstance(effect, RelayToStaff) for effect in desk.effects)
    desk.quiet(61)

    assert desk.said("Анна") == ["ack.unassigned"]
    assert desk.case.files == 4
    assert "Файлов: 4" in desk.card()


def test_what_cannot_be_relayed_is_said_so() -> None:
    desk = salon_desk()

    desk.writes("Анна", kind=Kind.UNSUPPORTED)

    assert desk.said("Анна") == ["case.unsupported"]
    assert desk.memory.cases == {}


def test_a_mere_greeting_is_asked_back() -> None:
    desk = salon_desk()

    for text in ("Привет", "?", "Добрый день!"):
        desk.writes("Анна", text)

    assert desk.said("Анна") == ["case.unknown"] * 3
    assert desk.memory.cases == {}


def test_a_greeting_after_a_visit_of_late_is_heard() -> None:
    desk = salon_desk()
    desk.opens_branch("Анна")

    desk.writes("Анна", "Здравствуйте")
    desk.quiet(61)

    assert desk.said("Анна") == ["ask.qr", "ack.unassigned"]


def test_a_sticker_alone_is_no_complaint() -> None:
    desk = salon_desk()
    desk.writes("Анна", kind=Kind.STICKER, file_id="s")
    desk.rates("Анна", 5)
    desk.writes("Анна", kind=Kind.STICKER, file_id="s")
    desk.quiet(61)

    assert desk.said("Анна") == ["case.unknown", "ask.qr", "rate.5"]
    assert desk.memory.cases == {}


def test_kind_words_out_of_the_blue_are_passed_on() -> None:
    desk = salon_desk()

    desk.writes("Анна", "Спасибо, Лилия просто супер!")

    assert desk.said("Анна") == ["case.praise"]
    assert desk.memory.praise == [("bauman", "", "Спасибо, Лилия просто супер!", "Анна")]


def test_unhappy_words_after_a_five_open_a_case_and_are_not_thanked_for() -> None:
    desk = salon_desk()
    desk.rates("Анна", 5)
    desk.writes("Анна", "Лилия супер")
    desk.quiet(20)
    desk.writes("Анна", "но ждала сорок минут, ужас")
    desk.quiet(61)
    desk.writes("Анна", "и чай холодный")
    desk.quiet(61)

    assert desk.said("Анна") == ["ask.qr", "rate.5", "ack.unassigned"]
    assert desk.case.score == 5


def test_a_question_after_a_five_is_answered_by_a_person() -> None:
    desk = salon_desk()
    desk.rates("Анна", 5)

    desk.writes("Анна", "А можно записаться на среду?")
    desk.quiet(61)

    assert desk.said("Анна") == ["ask.qr", "rate.5", "ack.unassigned"]


def test_words_long_after_a_five_are_about_something_else() -> None:
    desk = salon_desk()
    desk.rates("Анна", 5)
    desk.passes(days=2)

    desk.writes("Анна", "Хочу перенести запись")
    desk.quiet(61)

    assert desk.said("Анна") == ["ask.qr", "rate.5", "ack.unassigned"]


def test_a_photo_after_a_five_is_looked_at_by_a_person() -> None:
    desk = salon_desk()
    desk.rates("Анна", 5)

    desk.writes("Анна", kind=Kind.PHOTO, file_id="p")

    assert desk.case.files == 1


def test_an_edited_message_says_its_new_words_in_its_place() -> None:
    desk = salon_desk()
    message = desk.writes("Анна", "Ждала час")
    desk.writes("Анна", "и ушла")

    desk.edits("Анна", message, "Ждала два часа")
    desk.edits("Анна", message, "Ждала два часа")

    assert desk.case.story == ("Ждала два часа", "и ушла")
    assert "Слова изменены в 12:00" in desk.card().split("\n")
    kept = [entry.data for entry in desk.memory.journal if entry.kind == "words_changed"]
    assert kept == [{"message_id": message, "before": "Ждала час"}]


def test_health_words_that_come_by_an_edit_start_the_health_path() -> None:
    desk = salon_desk()
    message = desk.writes("Анна", "Ждала час")

    desk.edits("Анна", message, "После маски ожог")

    assert desk.case.path is Path.HEALTH
    assert desk.case.story == ("После маски ожог",)


def test_a_case_of_before_takes_an_edit_as_one_more() -> None:
    desk = salon_desk()
    message = desk.writes("Анна", "Ждала час")
    desk.memory.cases[desk.case.id] = replace(desk.case, origins=())
    desk.writes("Анна", "и ушла")

    desk.edits("Анна", message, "Ждала два часа")

    assert desk.case.story == ("Ждала час", "и ушла", "Ждала два часа")


def test_a_greeting_edited_into_a_complaint_is_heard() -> None:
    desk = salon_desk()
    message = desk.writes("Анна", "Привет")

    desk.edits("Анна", message, "Привет, всё было ужасно")
    desk.quiet(61)

    assert desk.said("Анна") == ["case.unknown", "ack.unassigned"]


def test_with_the_first_words_the_card_comes_again_with_sound() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    assert not any(mark.anew for mark in desk.memory.cards)

    desk.writes("Анна", "Ждала")
    desk.writes("Анна", "и ещё")

    assert sum(mark.anew for mark in desk.memory.cards) == 1


def test_staff_who_write_to_the_bot_learn_that_nobody_reads_it() -> None:
    desk = salon_desk()

    desk.writes("Гузель", "Анна, здравствуйте! Уже разбираемся")

    assert desk.said("Гузель") == ["staff.not_a_reply"]
    assert desk.memory.cases == {}


def test_staff_may_be_customers() -> None:
    desk = salon_desk()
    desk.rates("Гузель", 2)
    desk.writes("Гузель", "Ждала сорок минут")
    desk.quiet(61)

    assert desk.said("Гузель")[:3] == ["ask.qr", "rate.low", "ack.unassigned"]


def test_a_wish_of_another_case_changes_nothing() -> None:
    desk = salon_desk()
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)

    assert desk.presses("Анна", "wish.refund", who="Дана") == "ask.old_button"

    assert desk.case.wish == ""


def test_an_old_question_that_is_answered_is_the_talk_in_hand() -> None:
    desk = salon_desk()
    desk.opens_branch("Анна")
    old = desk.heard("Анна")[0]
    desk.passes(days=1, hours=1)
    desk.opens_branch("Анна")
    desk.passes(minutes=1)
    desk.forget()
    (rate_2,) = (b for row in old.rows for b in row if b.label == "rate.2")

    desk.press(rate_2, desk.sender("Анна"), Tap("t", desk.sender("Анна").tg_id, old.message_id))
    desk.writes("Анна", "Ждала сорок минут")
    desk.passes(minutes=15)

    assert desk.said("Анна") == ["rate.low", "ack.unassigned"]
    assert desk.case.story == ("Ждала сорок минут",)


def test_words_long_after_a_visit_are_not_about_that_visit() -> None:
    desk = salon_desk()
    desk.opens_branch("Анна")
    desk.passes(days=20)

    desk.writes("Анна", "Криво покрасили")

    assert desk.case.visit_id is None
