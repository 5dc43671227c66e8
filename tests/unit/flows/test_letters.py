"""Letters that a person writes part by part, sees whole, and sends by a tap."""

from dataclasses import replace

import pytest

from flows.book import Content, ManagerLetter
from flows.case import Case, Outcome, StaffPromise
from flows.events import Failure, StaffAction, TimerKind
from flows.people import GiftState
from tests.unit.flows.desk import Desk, salon_desk
from tests.unit.flows.test_closing import answered, checked, resolved
from tests.unit.flows.test_promises import waiting

DONE, CAUSE, PREVENTION = "мастер переделал окрашивание", "запись сдвинулась", "держим окно"


def _result_begun(desk: Desk) -> Desk:
    desk.taps("Гузель", "more")
    desk.forget()
    desk.taps("Гузель", "result_letter")
    return desk


def _result_written(desk: Desk) -> Desk:
    _result_begun(desk)
    desk.writes("Гузель", DONE)
    desk.presses("Гузель", "skip")
    desk.writes("Гузель", PREVENTION)
    return desk


def _result_sent() -> Desk:
    desk = _result_written(answered())
    desk.presses("Гузель", "send")
    desk.passes(seconds=11)
    return desk


# ---- the letter with the result ---------------------------------------------------------------


def test_the_parts_are_asked_for_privately_and_the_whole_is_shown() -> None:
    desk = _result_begun(answered())

    desk.writes("Гузель", f"{DONE}.")
    desk.writes("Гузель", CAUSE)
    desk.presses("Гузель", "skip")

    assert desk.said("Гузель") == [
        "staff.letter.done_public",
        "staff.letter.cause_public",
        "staff.letter.prevention_public",
        "staff.letter_preview",
    ]
    assert desk.heard("Гузель")[-1].text == (
        "Так увидит Анна:\n\n<blockquote>Анна, вот чем закончилось.\n\n"
        "Что сделали: мастер переделал окрашивание.\nПочему так вышло: запись сдвинулась.\n\n"
        "Спасибо, что сказали. Если что-то останется не так, просто напишите сюда.\n\n"
        "Гузель, администратор</blockquote>"
    )
    assert desk.said("Анна") == []


def test_it_leaves_after_the_hold_signed_and_asks_whether_all_is_well() -> None:
    desk = _result_written(answered())

    desk.presses("Гузель", "send")
    before = desk.said("Анна")
    desk.passes(seconds=11)

    assert before == []
    assert desk.said("Анна") == ["close.letter_employee"]
    assert desk.heard("Анна")[0].text.endswith("Гузель, администратор")
    assert [[b.label for b in row] for row in desk.heard("Анна")[0].rows] == [["all_well", "no"]]
    assert desk.heard("Гузель")[-1].rows == ()
    assert desk.case.letters == ()


def test_all_well_is_the_result_of_the_check_and_no_check_comes() -> None:
    desk = _result_sent()

    desk.presses("Анна", "all_well")
    desk.taps("Гузель", "resolve")
    desk.passes(days=14)

    assert desk.said("Анна") == ["close.letter_employee", "check.ok"]
    assert desk.case.check_result == "yes"
    assert "Проверка 20 ноября: всё в порядке" in desk.card()


def test_all_well_after_closing_calls_the_check_off() -> None:
    desk = _result_sent()
    desk.taps("Гузель", "resolve")

    desk.presses("Анна", "all_well")
    desk.passes(days=14)

    assert desk.said("Анна") == ["close.letter_employee", "check.ok"]


def test_not_quite_gives_the_open_case_to_the_manager() -> None:
    desk = _result_sent()

    desk.presses("Анна", "no")

    assert desk.said("Анна")[-1] == "check.reopen"
    assert (desk.case.owner_id, desk.case.noes, desk.case.promised) == (2, 1, True)
    assert desk.memory.pending(TimerKind.LATE, 14) is not None


def test_not_quite_after_closing_opens_it_again_with_the_manager() -> None:
    desk = _result_sent()
    desk.taps("Гузель", "resolve")

    desk.presses("Анна", "no")

    assert (desk.case.is_open, desk.case.opening, desk.case.owner_id) == (True, 2, 2)
    assert desk.said("Анна")[-1] == "check.reopen"


def test_the_buttons_work_once_and_for_nobody_else() -> None:
    desk = _result_sent()
    letter = desk.heard("Анна")[0]

    assert desk.press_as_stranger("Ольга", letter.rows[0][0]) == "ask.old_button"
    desk.press_button("Анна", letter.rows[0][0])
    assert desk.press_as_stranger("Анна", letter.rows[0][1]) == "ask.old_button"

    assert (desk.case.check_result, desk.case.noes) == ("yes", 0)


def test_it_may_be_stopped_while_it_is_held_and_is_there_to_be_corrected() -> None:
    desk = _result_written(answered())
    desk.presses("Гузель", "send")

    assert desk.presses("Гузель", "do_not_send") == "staff.toast.reply_stopped"
    desk.passes(seconds=11)

    assert desk.said("Анна") == []
    assert desk.said("Гузель")[-1] == "staff.letter_preview"
    desk.presses("Гузель", "edit")
    desk.presses("Гузель", "part.done_public")
    desk.writes("Гузель", "вернули деньги")
    desk.presses("Гузель", "send")
    desk.passes(seconds=11)
    assert "Что сделали: вернули деньги." in desk.heard("Анна")[0].text


def test_a_preview_that_was_changed_since_sends_nothing() -> None:
    desk = _result_written(answered())
    send = desk.heard("Гузель")[-1].rows[0][0]
    desk.presses("Гузель", "edit")
    desk.presses("Гузель", "part.done_public")
    desk.writes("Гузель", "вернули деньги")

    assert desk.press_as_stranger("Гузель", send) == "staff.toast.outdated"
    desk.passes(seconds=11)

    assert desk.said("Анна") == []


def test_do_not_send_ends_it() -> None:
    desk = _result_written(answered())

    assert desk.presses("Гузель", "do_not_send") == "staff.toast.letter_dropped"

    assert desk.case.letters == ()


def test_leaving_in_the_middle_loses_nothing() -> None:
    desk = _result_begun(answered())
    desk.writes("Гузель", DONE)
    desk.memory.dialogs.clear()

    desk.taps("Гузель", "more")
    desk.taps("Гузель", "result_letter")
    desk.presses("Гузель", "skip")
    desk.presses("Гузель", "skip")

    assert desk.said("Гузель")[-2:] == ["staff.letter.prevention_public", "staff.letter_preview"]
    assert f"Что сделали: {DONE}." in desk.heard("Гузель")[-1].text


def test_closed_meanwhile_says_so_and_goes_on_when_it_is_opened_again() -> None:
    desk = _result_begun(answered())
    desk.writes("Гузель", DONE)
    desk.taps("Рамиля", "resolve")

    desk.writes("Гузель", CAUSE)
    said = desk.said("Гузель")[-1]
    desk.taps("Рамиля", "reopen")
    desk.taps("Гузель", "more")
    desk.taps("Гузель", "result_letter")

    assert said == "staff.toast.letter_closed"
    assert desk.said("Гузель")[-1] == "staff.letter.cause_public"


def test_erased_meanwhile_there_is_nobody_to_write_to() -> None:
    desk = _result_written(answered())
    case = desk.memory.cases[14]
    desk.memory.cases[14] = case.without_words(desk.memory.now)

    assert desk.presses("Гузель", "send") == "staff.toast.outdated"

    desk.passes(seconds=11)
    assert desk.said("Анна") == []


def test_a_letter_that_did_not_arrive_is_sent_again_from_the_card() -> None:
    desk = _result_written(answered())
    desk.presses("Гузель", "send")
    desk.refuses(desk.case.held[-1].key, Failure.REFUSED)

    desk.taps("Гузель", "resend")
    desk.passes(seconds=1)

    assert desk.said("Анна") == ["close.letter_employee"]
    assert desk.case.letters == ()


def test_files_and_long_words_are_refused_and_the_part_is_still_wanted() -> None:
    desk = _result_begun(answered())

    desk.writes("Гузель", "я" * 701)
    desk.writes("Гузель", " ")
    desk.writes("Гузель", DONE)

    assert desk.said("Гузель")[1:] == [
        "staff.letter.too_long",
        "staff.letter.words_only",
        "staff.letter.cause_public",
    ]


def test_who_is_not_reachable_is_told_where_to_go() -> None:
    desk = answered()
    desk.memory.roster[3] = replace(desk.memory.roster[3], reachable=False)

    assert desk.forges("Гузель", StaffAction.LETTER, "result") == "staff.toast.open_chat"


@pytest.mark.parametrize("arg", ["", "nothing", "manager"])
def test_a_forged_letter_is_none(arg: str) -> None:
    desk = answered()

    desk.forges("Гузель", StaffAction.LETTER, arg)

    assert desk.case.letters == ()


# ---- the manager's letter ---------------------------------------------------------------------


def _with(desk: Desk, setting: ManagerLetter) -> Desk:
    content: Content = desk.memory.content
    business = replace(content.business, manager_letter=setting)
    desk.memory.content = replace(content, business=business)
    return desk


def _closed_again(desk: Desk) -> Desk:
    """The customer said no, the manager answered and closed."""
    desk.presses("Анна", "no")
    desk.replies("Рамиля", "Простите ещё раз")
    desk.passes(seconds=11)
    desk.forget()
    desk.taps("Рамиля", "resolve")
    return desk


def test_after_a_case_that_was_opened_again_the_manager_sees_a_letter_of_their_own() -> None:
    desk = _closed_again(checked())

    assert desk.said("Рамиля") == ["staff.letter_manager"]
    assert "Меня зовут Рамиля, управляющая. Спасибо, что не промолчали." in (
        desk.heard("Рамиля")[0].text
    )
    desk.passes(hours=1)
    assert desk.said("Анна") == []


def test_it_is_sent_by_the_managers_tap_alone_with_what_they_have_added() -> None:
    desk = _closed_again(checked())

    desk.presses("Рамиля", "edit")
    desk.writes("Рамиля", "держим окно между записями")
    desk.presses("Рамиля", "send")
    desk.passes(seconds=11)

    assert desk.said("Анна") == ["close.letter_manager"]
    assert "Что мы поменяли: держим окно между записями." in desk.heard("Анна")[0].text
    assert not desk.case.is_open


def test_after_an_ordinary_case_there_is_none() -> None:
    desk = resolved()

    assert desk.said("Рамиля") == []


@pytest.mark.parametrize(
    ("setting", "reopened", "put"),
    [
        (ManagerLetter.SEVERE, False, []),
        (ManagerLetter.SEVERE, True, ["staff.letter_manager"]),
        (ManagerLetter.ALL, False, ["staff.letter_manager"]),
        (ManagerLetter.OFF, True, []),
    ],
)
def test_the_owner_says_after_which_cases(
    setting: ManagerLetter, reopened: bool, put: list[str]
) -> None:
    desk = _with(salon_desk(), setting)
    answered(desk)
    desk.forget()
    desk.taps("Гузель", "resolve")
    if reopened:
        desk.passes(days=2)
        _closed_again(desk)

    assert [key for key in desk.said("Рамиля") if key == "staff.letter_manager"] == put


def test_after_health_too_it_goes_by_a_tap_only() -> None:
    desk = salon_desk()
    desk.writes("Анна", "У меня ожог на шее")
    desk.replies("Рамиля", "Анна, еду к вам")
    desk.passes(seconds=11)
    desk.taps("Рамиля", "resolve")
    desk.forget()

    desk.passes(days=10)
    before = desk.said("Анна")
    desk.presses("Рамиля", "send")
    desk.passes(seconds=11)

    assert before == []
    assert desk.said("Анна") == ["close.letter_manager"]


def test_who_has_stopped_the_bot_gets_no_letter() -> None:
    desk = _closed_again(checked())
    desk.blocks_bot("Анна")

    assert desk.presses("Рамиля", "send") == "staff.toast.letter_blocked"

    assert desk.case.held == ()


def test_what_the_customer_answers_to_it_is_the_managers() -> None:
    desk = _closed_again(checked())
    desk.presses("Рамиля", "send")
    desk.passes(seconds=11)
    desk.forget()

    desk.writes("Анна", "А почему опять ждала?")
    desk.quiet(61)

    assert (desk.case.id, desk.case.owner_id) == (15, 2)
    assert desk.said("Рамиля") == ["staff.wrote_back"]
    assert desk.said("Анна") == ["ack.open"]


def test_opened_again_the_letter_has_lost_its_sense() -> None:
    desk = _closed_again(checked())

    desk.taps("Гузель", "reopen")

    assert desk.presses("Рамиля", "send") == "staff.toast.outdated"


# ---- the last word ----------------------------------------------------------------------------

CHECKED = "посмотрели запись и поговорили с мастером"


def _final(desk: Desk, button: str = "final_answer") -> Desk:
    desk.taps("Рамиля", "more")
    desk.taps("Рамиля", button)
    desk.writes("Рамиля", CHECKED)
    desk.forget()
    desk.presses("Рамиля", "send")
    desk.passes(seconds=11)
    return desk


def test_the_row_is_there_for_whoever_may() -> None:
    desk = answered()

    desk.taps("Гузель", "more")
    of_guzel = desk.card_buttons()
    desk.taps("Гузель", "back")
    desk.taps("Рамиля", "more")

    row = ["Окончательный ответ", "Не подтвердилось"]
    assert (row in of_guzel, row in desk.card_buttons()) == (False, True)
    assert desk.forges("Гузель", StaffAction.LETTER, "final") == "staff.toast.manager_only"


def test_the_final_answer_is_shown_whole_sent_by_a_tap_and_closes_the_case() -> None:
    desk = answered()
    desk.taps("Рамиля", "more")
    desk.forget()
    desk.taps("Рамиля", "final_answer")
    desk.writes("Рамиля", CHECKED)
    shown = desk.heard("Рамиля")[-1].text
    desk.presses("Рамиля", "send")
    still_open = desk.case.is_open
    desk.passes(seconds=11)

    assert desk.said("Рамиля") == ["staff.final_ask", "staff.letter_preview"]
    assert f"Анна, мы всё проверили: {CHECKED}." in shown
    assert still_open
    assert desk.said("Анна") == ["close.final"]
    assert (desk.case.is_open, desk.case.outcome) == (False, Outcome.FINAL)
    assert "Окончательный ответ: Рамиля, 12:01" not in desk.card()  # the cause is asked for
    desk.taps("Рамиля", "Тон разговора")
    assert "Окончательный ответ: Рамиля, 12:01. Причина: Тон разговора" in desk.card()


def test_not_confirmed_is_an_outcome_of_its_own_and_no_cause_is_asked() -> None:
    desk = _final(answered(), "not_confirmed")

    assert desk.said("Анна") == ["close.final"]
    assert desk.case.outcome is Outcome.NOT_CONFIRMED
    assert "Не подтвердилось: Рамиля, 12:01" in desk.card()
    assert desk.card_buttons() == [["Открыть снова"]]


def test_after_the_last_word_nothing_is_asked_any_more() -> None:
    desk = _final(answered())

    desk.passes(days=14)

    assert desk.said("Анна") == ["close.final"]
    assert desk.said("Рамиля") == []


def test_new_words_open_the_talk_with_the_manager_and_no_gift_is_offered() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)
    desk.replies("Гузель", "Простите")
    desk.passes(seconds=11)
    _final(desk, "not_confirmed")
    desk.forget()

    desk.writes("Анна", "Это неправда, всё было")
    desk.quiet(61)

    assert (desk.case.id, desk.case.owner_id, desk.case.after_final) == (15, 2, True)
    assert desk.said("Рамиля") == ["staff.wrote_back"]
    assert [label for row in desk.card_buttons() for label in row if "🎁" in label] == []


def test_an_old_button_does_not_open_it_again() -> None:
    desk = _result_sent()
    not_quite = desk.heard("Анна")[-1].rows[0][1]
    _final(desk)

    assert desk.press_as_stranger("Анна", not_quite) == "ask.old_button"

    assert desk.case.outcome is Outcome.FINAL


def test_only_a_manager_takes_the_last_word_back() -> None:
    desk = _final(answered())

    assert desk.taps("Гузель", "reopen") == "staff.toast.manager_only"
    desk.taps("Рамиля", "reopen")

    assert (desk.case.is_open, desk.case.outcome) == (True, Outcome.NONE)


def test_stopped_in_the_hold_nothing_is_closed() -> None:
    desk = answered()
    desk.taps("Рамиля", "more")
    desk.taps("Рамиля", "final_answer")
    desk.writes("Рамиля", CHECKED)
    desk.presses("Рамиля", "send")

    desk.taps("Рамиля", "do_not_send")
    desk.passes(days=1)

    assert (desk.case.is_open, desk.case.outcome) == (True, Outcome.NONE)


# ---- after two reopenings ---------------------------------------------------------------------


def twice_reopened() -> Desk:
    """Анна has said "no" twice, and was answered again."""
    desk = _closed_again(checked())
    desk.passes(days=2)
    desk.presses("Анна", "no")
    desk.replies("Рамиля", "Смотрим ещё раз")
    desk.passes(seconds=11)
    desk.forget()
    return desk


def test_after_two_noes_an_administrator_cannot_close_and_the_manager_hears_of_it_once() -> None:
    desk = twice_reopened()

    assert desk.taps("Гузель", "resolve") == "staff.toast.only_manager_closes"
    desk.taps("Гузель", "resolve")

    assert desk.case.is_open
    assert desk.said("Рамиля") == ["staff.final_wanted"]


def test_the_manager_closes_it_by_the_final_answer() -> None:
    desk = twice_reopened()

    assert desk.taps("Рамиля", "resolve") == "staff.toast.only_final"
    desk.writes("Рамиля", CHECKED)
    desk.presses("Рамиля", "send")
    desk.passes(days=14)

    assert desk.said("Анна") == ["close.final"]
    assert desk.case.outcome is Outcome.FINAL


def test_the_word_to_the_manager_leads_to_the_letter() -> None:
    desk = twice_reopened()
    desk.taps("Гузель", "resolve")

    desk.presses("Рамиля", "final_answer")

    assert desk.said("Рамиля") == ["staff.final_wanted", "staff.final_ask"]


def test_when_the_customer_says_that_all_is_well_anybody_closes() -> None:
    desk = twice_reopened()
    _result_written(desk)
    desk.presses("Гузель", "send")
    desk.passes(seconds=11)
    desk.presses("Анна", "all_well")

    desk.taps("Гузель", "resolve")

    assert desk.case.outcome is Outcome.RESOLVED


def test_whom_nothing_reaches_needs_no_letter() -> None:
    desk = twice_reopened()
    desk.blocks_bot("Анна")

    desk.taps("Гузель", "resolve")

    assert desk.case.outcome is Outcome.RESOLVED


def test_an_old_row_without_these_fields_reads() -> None:
    case = Case(14, 1, "sha", "bauman", salon_desk().memory.now)

    assert (case.letters, case.outcome, case.noes) == ((), Outcome.NONE, 0)
    assert waiting().case.outcome is Outcome.NONE


# ---- what cannot be, and what can -------------------------------------------------------------


def _cannot() -> Desk:
    """Гузель has promised something by two o'clock, and says that it will not be."""
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)
    desk.replies("Гузель", "Мастер перезвонит вам до 14:00")
    desk.passes(seconds=11)
    promise = StaffPromise(1, "мастер перезвонит", desk.memory.now, 3, 1, reminded=True)
    desk.memory.cases[14] = replace(desk.case, promises=(promise,))
    desk.forget()
    desk.forges("Гузель", StaffAction.CANNOT, "1")
    return desk


def test_after_an_honest_word_the_author_says_what_can_be_and_the_customer_chooses() -> None:
    desk = _cannot()
    told = desk.said("Анна")

    desk.presses("Гузель", "what_can_be")
    desk.writes("Гузель", "мастер сегодня не выйдет")
    shown = desk.heard("Гузель")[-1]
    desk.presses("Гузель", "send")
    desk.passes(seconds=11)
    letter = desk.heard("Анна")[-1]

    assert told == ["progress.promise_cannot"]
    assert desk.said("Гузель") == [
        "staff.promise_cannot",
        "staff.letter.cannot_text",
        "staff.letter_preview",
    ]
    assert letter.key == "progress.cannot"
    assert "скажу прямо: мастер сегодня не выйдет. Вот что можно:" in letter.text
    assert f"<blockquote>{letter.text}</blockquote>" in shown.text
    assert [[b.label for b in row] for row in letter.rows] == [
        ["option"],
        ["option"],
        ["nothing_needed"],
    ]
    assert [gift.state for gift in desk.memory.live_gifts()] == [GiftState.OFFERED]


def test_where_nothing_can_be_chosen_from_the_letter_is_not_offered() -> None:
    desk = answered()
    promise = StaffPromise(1, "мастер перезвонит", desk.memory.now, 3, 1, reminded=True)
    desk.memory.cases[14] = replace(desk.case, visit_id=None, promises=(promise,))
    desk.forget()

    desk.forges("Гузель", StaffAction.CANNOT, "1")

    labels = [button.label for row in desk.heard("Гузель")[-1].rows for button in row]
    assert labels == ["open_card"]
    assert desk.forges("Гузель", StaffAction.LETTER, "cannot") == "staff.toast.no_choice"


def test_a_letter_of_the_manager_is_the_managers_word() -> None:
    desk = answered()
    desk.memory.cases[desk.case.id] = replace(desk.case, severity=3, spoken_at=None)

    desk.taps("Рамиля", "more")
    desk.taps("Рамиля", "result_letter")
    desk.writes("Рамиля", DONE)
    desk.presses("Рамиля", "skip")
    desk.presses("Рамиля", "skip")
    desk.presses("Рамиля", "send")
    desk.passes(seconds=11)

    assert (desk.case.spoken_at, desk.case.gifts_wait) == (desk.case.answered_at, False)
