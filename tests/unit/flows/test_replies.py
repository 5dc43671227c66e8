"""A reply to the card: held, stopped, sent, refused, or not relayed at all."""

from flows.events import Failure, Kind, StaffAction
from tests.unit.flows.desk import Desk, salon_desk
from tests.unit.flows.test_promises import waiting


def test_a_reply_is_signed_and_goes_after_the_hold() -> None:
    desk = waiting()
    desk.forget()

    desk.replies("Гузель", "Простите, что ждали")
    assert desk.said("Анна") == []
    assert "Уйдёт через 10 с" in desk.card()
    desk.passes(seconds=11)

    assert [said.text for said in desk.heard("Анна")] == [
        "Простите, что ждали\n\nГузель, администратор"
    ]
    assert "Ответили: Гузель, 12:01" in desk.card()


def test_who_replies_has_taken_the_case() -> None:
    desk = waiting()

    desk.replies("Гузель", "Простите")

    assert desk.case.owner_id == 3


def test_another_may_help_out_and_signs_alone() -> None:
    desk = waiting()
    desk.taps("Гузель", "take")

    desk.replies("Рамиля", "Простите")
    desk.passes(seconds=11)

    assert desk.heard("Анна")[-1].text == "Простите\n\nРамиля, управляющая"
    assert desk.case.owner_id == 3
    assert desk.case.answered_by == "Рамиля"


def test_a_held_reply_can_be_stopped() -> None:
    desk = waiting()
    desk.replies("Гузель", "Сами виноваты")
    desk.forget()

    assert desk.taps("Гузель", "do_not_send") == "staff.toast.reply_stopped"
    desk.passes(minutes=1)

    assert desk.said("Анна") == []
    assert desk.case.reply_by is not None


def test_too_late_to_stop_the_tap_says_so() -> None:
    desk = waiting()
    desk.replies("Гузель", "Простите")
    desk.passes(seconds=11)

    assert desk.forges("Гузель", StaffAction.STOP_REPLY, "1") == "staff.toast.too_late"


def test_two_replies_are_held_and_stopped_one_by_one() -> None:
    desk = waiting()
    desk.replies("Гузель", "Простите")
    desk.passes(seconds=5)
    desk.replies("Гузель", "Приходите завтра")

    desk.taps("Гузель", "do_not_send")
    desk.passes(seconds=11)

    assert [said.text.split("\n")[0] for said in desk.heard("Анна")[1:]] == ["Простите"]


def test_an_album_is_one_reply() -> None:
    desk = waiting()

    desk.replies("Гузель", "Смотрите", kind=Kind.PHOTO, file_id="1", album="a")
    desk.replies("Гузель", kind=Kind.PHOTO, file_id="2", album="a")

    assert len(desk.memory.held) == 1
    assert desk.case.replies == 1
    desk.taps("Гузель", "do_not_send")
    assert desk.memory.held == {}


def test_a_part_that_comes_after_the_album_has_left_goes_alone() -> None:
    desk = waiting()
    desk.replies("Гузель", kind=Kind.PHOTO, file_id="1", album="a")
    desk.passes(seconds=11)

    desk.replies("Гузель", kind=Kind.PHOTO, file_id="2", album="a")
    desk.passes(seconds=11)

    assert desk.said("Анна") == ["ack.unassigned", "reply", "reply"]


def test_a_part_that_comes_while_the_album_is_being_sent_goes_alone() -> None:
    desk = waiting()
    desk.replies("Гузель", kind=Kind.PHOTO, file_id="1", album="a")
    (key,) = desk.memory.held
    desk.memory.left.add(key)
    del desk.memory.held[key]

    desk.replies("Гузель", kind=Kind.PHOTO, file_id="2", album="a")

    assert key not in desk.memory.held
    assert len(desk.memory.held) == 1


def test_a_note_stays_here() -> None:
    desk = waiting()
    desk.forget()

    desk.replies("Гузель", "// мастер был новый")
    desk.passes(minutes=1)

    assert desk.said("Анна") == []
    assert "Заметка: мастер был новый — Гузель" in desk.card()


def test_an_anonymous_admin_is_told_how_to_fix_that() -> None:
    desk = waiting()
    desk.forget()

    desk.replies("Гузель", "Простите", anonymous=True)
    desk.passes(minutes=1)

    assert desk.said("Анна") == []
    assert [said.key for said in desk.posted()] == ["staff.anonymous"]


def test_a_stranger_is_asked_to_join() -> None:
    desk = waiting()
    desk.forget()

    desk.replies("Кто-то", "Простите")
    desk.passes(minutes=1)

    assert desk.said("Анна") == []
    assert [said.key for said in desk.posted()] == ["staff.reply_not_staff"]


def test_what_cannot_be_relayed_is_said_so() -> None:
    desk = waiting()

    desk.replies("Гузель", kind=Kind.UNSUPPORTED)

    assert [said.key for said in desk.posted()] == ["staff.reply_unsupported"]


def test_a_reply_to_a_closed_case_goes_nowhere_and_says_so() -> None:
    desk = waiting()
    desk.replies("Гузель", "Простите")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")
    desk.forget()

    desk.replies("Гузель", "И ещё")
    desk.passes(minutes=1)

    assert desk.said("Анна") == []
    assert [said.key for said in desk.posted()] == ["staff.reply_closed"]


def test_who_complains_cannot_answer_themselves() -> None:
    desk = salon_desk()
    desk.rates("Гузель", 2)
    desk.forget()

    desk.replies("Гузель", "Простите меня")

    assert [said.key for said in desk.posted()] == ["staff.toast.own_case"]
    assert desk.memory.held == {}


def test_a_reply_that_did_not_arrive_shows_on_the_card_and_keeps_no_promise() -> None:
    desk = waiting()
    desk.replies("Гузель", "Простите")
    (key,) = desk.memory.held

    desk.refuses(key, Failure.BLOCKED)

    assert "Не дошло в 12:01: бот остановлен" in desk.card()
    assert desk.case.reply_by is not None
    assert desk.memory.customers[1].blocked_at is not None


def test_while_telegram_is_away_the_card_says_so_and_the_reply_may_still_be_stopped() -> None:
    desk = waiting()
    desk.replies("Гузель", "Простите")
    (key,) = desk.memory.held

    desk.refuses(key, Failure.AWAY)

    assert "Не дошло в 12:01: Telegram не отвечает, пробуем ещё" in desk.card()
    assert desk.taps("Гузель", "do_not_send") == "staff.toast.reply_stopped"
    assert "Не дошло" not in desk.card()


def test_a_gift_refused_does_not_stop_a_held_reply_of_the_same_number() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.presses("Анна", "Долго ждали")
    desk.taps("Гузель", "gift")
    gift = desk.memory.live_gifts()[0]
    for _ in range(gift.id):
        desk.replies("Гузель", "Простите")

    desk.refuses(f"gift:{gift.id}", Failure.REFUSED)

    assert len(desk.case.held) == gift.id


def two_refused() -> Desk:
    """Two replies of Гузель's did not arrive."""
    desk = waiting()
    desk.replies("Гузель", "Первое")
    desk.replies("Гузель", "Второе")
    for key in list(desk.memory.held):
        desk.refuses(key, Failure.BLOCKED)
    desk.forget()
    return desk


def test_all_replies_that_did_not_arrive_are_sent_again_in_their_order() -> None:
    desk = two_refused()

    assert desk.taps("Гузель", "resend") == "staff.toast.resent"
    desk.passes(seconds=1)

    assert [said.text.split("\n")[0] for said in desk.heard("Анна")] == ["Первое", "Второе"]
    assert "Не дошло" not in desk.card()


def test_a_reply_that_arrives_does_not_hide_one_that_did_not() -> None:
    desk = two_refused()

    desk.replies("Гузель", "Третье")
    desk.passes(seconds=11)

    assert "Не дошло в 12:01: бот остановлен" in desk.card()
    assert desk.card_buttons()[0] == ["Отправить ещё раз"]


def test_a_reply_refused_again_may_be_sent_once_more() -> None:
    desk = two_refused()
    desk.taps("Гузель", "resend")
    first, second = desk.memory.held

    desk.refuses(first, Failure.BLOCKED)
    desk.delivers(second)

    assert desk.card_buttons()[0] == ["Отправить ещё раз"]
    desk.taps("Гузель", "resend")
    desk.passes(seconds=1)
    assert [said.text.split("\n")[0] for said in desk.heard("Анна")] == ["Второе", "Первое"]


def test_a_reply_that_was_let_go_meanwhile_is_not_said_to_be_on_its_way() -> None:
    desk = two_refused()
    desk.memory.held.clear()

    assert desk.taps("Гузель", "resend") == "staff.toast.outdated"
    assert "Не дошло" not in desk.card()


def test_a_customer_who_comes_back_takes_the_note_away() -> None:
    desk = waiting()
    desk.blocks_bot("Анна")
    assert "бот остановлен" in desk.card()

    desk.blocks_bot("Анна", blocked=False)

    assert "Не дошло" not in desk.card()
    assert desk.memory.customers[1].blocked_at is None


def test_staff_who_block_the_bot_are_not_counted_on() -> None:
    desk = waiting()
    desk.blocks_bot("Гузель")
    desk.forget()

    desk.passes(minutes=14, seconds=1)

    assert desk.said("Гузель") == []
    assert desk.said("Рамиля") == ["staff.remind"]
    desk.starts("Гузель")
    assert desk.memory.roster[3].reachable
