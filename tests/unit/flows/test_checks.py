"""The check days after the fix: yes, no, silence."""

from tests.unit.flows.desk import salon_desk
from tests.unit.flows.test_closing import answered, checked, resolved


def test_after_a_fix_the_check_comes_the_next_day() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.presses("Анна", "Не тот результат")
    desk.taps("Гузель", "fix")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")
    desk.forget()

    desk.passes(days=1)

    assert desk.said("Анна") == ["check.2d.rated"]


def test_the_check_waits_for_the_morning() -> None:
    desk = answered()
    desk.passes(hours=11)
    desk.taps("Гузель", "resolve")
    desk.forget()

    desk.passes(days=2)
    assert desk.said("Анна") == []
    desk.passes(hours=10)

    assert desk.said("Анна") == ["check.2d"]


def test_yes_is_thanked_and_stands_on_the_card() -> None:
    desk = checked()

    desk.presses("Анна", "yes")

    assert desk.said("Анна") == ["check.2d", "check.ok"]
    assert "Проверка 22 ноября: всё в порядке" in desk.card()
    assert desk.card_buttons()[-1] == ["Потом", "Открыть снова"]


def test_no_opens_the_same_case_with_the_manager_and_says_who_answers_and_by_when() -> None:
    desk = checked()

    desk.presses("Анна", "no")

    assert desk.said("Анна") == ["check.2d", "check.reopen"]
    assert desk.heard("Анна")[-1].text == (
        "Жаль, что исправили не всё. Что осталось не так? "
        "Отвечать будет Рамиля, управляющая: здесь, до 13:01."
    )
    assert desk.said("Рамиля") == ["staff.remind"]
    assert (desk.case.opening, desk.case.owner_id) == (2, 2)
    assert desk.memory.cards[-1].anew
    assert "Открыто снова 22 ноября, 12:01. Отвечает: Рамиля, до 13:01" in desk.card()


def test_words_after_no_stand_on_the_same_card() -> None:
    desk = checked()
    desk.presses("Анна", "no")

    desk.writes("Анна", "Снова ждала.")
    desk.quiet(61)

    assert desk.said("Анна") == ["check.2d", "check.reopen"]
    assert "Открыто снова 22 ноября, 12:01: «Снова ждала»" in desk.card()
    assert sorted(desk.memory.cases) == [14]


def test_a_broken_promise_to_an_unhappy_customer_is_excused_too() -> None:
    desk = checked()
    desk.presses("Анна", "no")
    desk.forget()

    desk.passes(minutes=58)

    assert desk.said("Анна") == ["progress.late"]
    assert desk.said("Лев") == ["staff.escalate"]


def test_the_whole_loop_can_be_walked_twice() -> None:
    desk = checked()
    desk.presses("Анна", "no")
    desk.writes("Анна", "Снова ждала")
    desk.quiet(61)
    desk.replies("Рамиля", "Простите ещё раз")
    desk.passes(seconds=11)
    desk.taps("Рамиля", "resolve")
    desk.passes(days=2)
    desk.presses("Анна", "yes")

    assert desk.said("Анна") == ["check.2d", "check.reopen", "reply", "check.2d", "check.ok"]


def test_words_after_the_second_answer_are_promised_again() -> None:
    desk = checked()
    desk.presses("Анна", "no")
    desk.replies("Рамиля", "Простите ещё раз")
    desk.passes(seconds=11)
    desk.forget()

    desk.writes("Анна", "А что с деньгами?")
    desk.quiet(61)

    assert desk.said("Анна") == ["ack.open"]


def test_silence_after_the_check_is_left_in_peace() -> None:
    desk = checked()

    desk.passes(days=14)

    assert desk.said("Анна") == ["check.2d"]
    assert not desk.case.is_open


def test_yes_and_then_no_on_the_same_question_is_too_late() -> None:
    desk = checked()
    question = desk.heard("Анна")[0]
    desk.presses("Анна", "yes")
    chat = desk.chats[desk.sender("Анна").tg_id]
    chat[chat.index(desk.heard("Анна")[0])] = question

    assert desk.presses("Анна", "no") == "ask.old_button"

    assert not desk.case.is_open


def test_no_while_another_case_is_open_joins_that_one() -> None:
    desk = checked()
    desk.writes("Анна", "В зале было грязно")
    desk.quiet(61)
    desk.forget()

    desk.presses("Анна", "no")

    assert desk.said("Анна") == ["check.reopen"]
    assert not desk.memory.cases[14].is_open
    assert (desk.case.id, desk.case.owner_id, desk.case.promised) == (15, 2, True)
    desk.writes("Анна", "и никто не позвонил")
    assert desk.case.story[-1] == "и никто не позвонил"


def test_beside_an_open_case_no_check_comes() -> None:
    desk = resolved()
    desk.writes("Анна", "В зале было грязно")
    desk.forget()

    desk.passes(days=2)

    assert "check.2d" not in desk.said("Анна")
