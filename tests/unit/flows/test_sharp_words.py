"""Words that change who answers and how: sharp ones, threats, a court, the same again, where to write publicly."""

import pytest

from flows.book import Path
from flows.events import TimerKind
from tests.unit.flows.desk import Desk, salon_desk


def told(*texts: str) -> Desk:
    """Дина has scanned the code and written these messages."""
    desk = salon_desk()
    desk.opens_branch("Дина")
    for text in texts:
        desk.writes("Дина", text)
    return desk


# ---- sharp words ------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Вы охренели там все", "You are all crooks and idiots"])
def test_sharp_words_stand_on_the_card_and_the_manager_hears_of_them_once(words: str) -> None:
    desk = told(words)

    desk.writes("Дина", "Сволочи вы, а не салон")

    assert desk.said("Рамиля") == ["staff.angry"]
    assert "Пишет резко. Отвечайте спокойно" in desk.card()
    assert desk.case.path is Path.ORDINARY


def test_sharp_words_get_the_usual_answer() -> None:
    desk = told("Вы охренели там все, ждала час")

    desk.quiet(61)

    assert desk.said("Дина")[1:] == ["ack.unassigned"]


def test_the_manager_may_answer_personally() -> None:
    desk = told("Вы охренели там все, ждала час")

    desk.presses("Рамиля", "answer_myself")

    assert desk.case.owner_id == 2


def test_a_calm_complaint_is_not_marked() -> None:
    desk = told("Ждала сорок минут, очень расстроена")

    assert desk.said("Рамиля") == []
    assert desk.case.angry_at is None


# ---- threats ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["Приеду и разберусь с вами", "я вас найду, ждите", "I will find you, all of you"]
)
def test_threats_are_answered_once_with_a_promise_kept_by_a_timer(words: str) -> None:
    desk = told("Ждала сорок минут", words, "Встречу у входа, так и знайте")

    desk.quiet(120)

    assert desk.said("Дина")[1:] == ["case.threat"]
    assert desk.case.promised
    assert desk.memory.pending(TimerKind.LATE, desk.case.id) is not None
    assert desk.said("Рамиля") == ["staff.angry"]


# ---- a court ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Пойду в Роспотребнадзор",
        "Подам на вас в суд",
        "Мой адвокат вам напишет",
        "See you in court",
    ],
)
def test_a_court_brings_the_manager_at_once(words: str) -> None:
    desk = told("Испортили волосы", words)

    assert desk.said("Дина")[1:] == ["case.lawyer"]
    assert "Рамиля, управляющая: здесь" in desk.heard("Дина")[-1].text
    assert "lana@lana.ru" in desk.heard("Дина")[-1].text
    assert (desk.case.owner_id, desk.case.path) == (2, Path.MANAGER)


def test_after_a_court_nothing_is_said_by_itself_but_the_honest_word_about_a_broken_promise() -> (
    None
):
    desk = told("Испортили волосы, подам в суд")
    desk.forget()
    desk.taps("Рамиля", "take")
    desk.passes(minutes=20)
    assert desk.said("Дина") == []

    desk.passes(minutes=40)

    assert desk.said("Дина") == ["progress.late"]


def test_after_a_court_there_is_no_check_and_no_invitation() -> None:
    desk = told("Испортили волосы, подам в суд")
    desk.agrees("Дина")
    desk.replies("Рамиля", "Дина, простите. Переделаем завтра, позвоню в 12.")
    desk.passes(seconds=11)
    desk.forget()
    desk.taps("Рамиля", "resolve")

    desk.passes(days=40)

    assert desk.said("Дина") == []


def test_the_court_is_answered_once() -> None:
    desk = told("Подам в суд", "И в Роспотребнадзор тоже")

    assert desk.said("Дина")[1:] == ["case.lawyer"]


def test_health_comes_before_a_court() -> None:
    desk = told("У меня ожог, подам в суд")

    assert desk.said("Дина")[1:] == ["health.ack"]


# ---- the same again ---------------------------------------------------------------------------


def test_the_same_words_again_are_not_told_twice_and_it_is_said_once() -> None:
    desk = told("Ждала сорок минут!")
    desk.quiet(61)
    desk.forget()

    desk.writes("Дина", "ждала сорок минут")
    desk.writes("Дина", "Ждала  сорок минут.")

    assert desk.said("Дина") == ["case.minor_duplicate"]
    assert desk.case.story == ("Ждала сорок минут!",)


def test_while_the_customer_is_telling_the_same_words_are_only_seen() -> None:
    desk = told("Ждала сорок минут", "Ждала сорок минут")

    assert desk.said("Дина") == ["ask.qr"]
    assert desk.case.story == ("Ждала сорок минут",)


def test_short_words_may_be_repeated() -> None:
    desk = told("Ждала сорок минут", "Ну?", "Ну?")

    assert desk.case.story == ("Ждала сорок минут", "Ну?", "Ну?")


def test_after_an_answer_the_same_words_are_heard_again() -> None:
    desk = told("Ждала сорок минут")
    desk.replies("Гузель", "Дина, простите, что ждали. Всё исправим.")
    desk.passes(seconds=11)

    desk.writes("Дина", "Ждала сорок минут")

    assert desk.case.story == ("Ждала сорок минут", "Ждала сорок минут")
    assert desk.case.reply_by is not None


# ---- where to write publicly ------------------------------------------------------------------


def test_where_to_leave_a_review_is_answered_without_a_case() -> None:
    desk = told("Где оставить отзыв?")

    assert desk.said("Дина")[1:] == ["review.public_anytime"]
    assert "https://lana.ru/maps" in desk.heard("Дина")[-1].text
    assert "Здесь мы тоже" not in desk.heard("Дина")[-1].text
    assert desk.memory.cases == {}


def test_an_unhappy_customer_gets_the_pages_too_and_is_answered_here_as_well() -> None:
    desk = told("Испортили волосы", "Куда написать отзыв?")

    assert desk.said("Дина")[1:] == ["review.public_anytime"]
    assert "Здесь мы тоже ответим, до 12:30." in desk.heard("Дина")[-1].text
    assert desk.case.story == ("Испортили волосы", "Куда написать отзыв?")


def test_a_complaint_that_asks_for_the_pages_is_a_complaint() -> None:
    desk = told("Всё ужасно, где оставить отзыв?")

    assert desk.said("Дина")[1:] == ["review.public_anytime"]
    assert desk.case.story == ("Всё ужасно, где оставить отзыв?",)


def test_in_an_emergency_nobody_is_sent_to_reviews() -> None:
    desk = told("У меня ожог", "Где оставить отзыв?")

    assert desk.said("Дина")[1:] == ["health.ack"]
