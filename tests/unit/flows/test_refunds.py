"""Money back: decided in a form, promised for a day, sent or excused, asked about; and the law's days."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.book import OfferKind
from flows.events import Failure, StaffAction, Tap, TimerKind
from flows.people import Gift, GiftState
from flows.presses import Button
from tests.unit.flows.desk import FRIDAY_NOON, Desk, salon_desk
from tests.unit.flows.proofread import labels_of


def complaint(*, paid: int | None = 400_000) -> Desk:
    """Дина complains about a visit that has cost so much (kopecks)."""
    desk = salon_desk()
    desk.opens_branch("Дина")
    desk.writes("Дина", "Испортили волосы")
    visit = desk.memory.visits[desk.case.visit_id or 0]
    desk.memory.visits[visit.id] = replace(visit, amount=paid, currency="RUB")
    desk.quiet(61)
    desk.forget()
    return desk


def decided(desk: Desk, who: str = "Рамиля", day: str = "до 23 ноября") -> None:
    """The whole visit goes back, checked, by that day; the letter still may be stopped."""
    desk.forges(who, StaffAction.REFUND)
    desk.presses(who, "refund_whole")
    desk.presses(who, "refund_checked")
    desk.presses(who, day)
    desk.presses(who, "refund_give")


def promised(desk: Desk, day: str = "до 23 ноября") -> Desk:
    """The letter has left."""
    decided(desk, day=day)
    desk.passes(seconds=11)
    desk.forget()
    return desk


def the_refund(desk: Desk) -> Gift:
    """The only one that was decided on."""
    (gift,) = [g for g in desk.memory.gifts.values() if g.kind is OfferKind.REFUND]
    return gift


def buttons(desk: Desk, name: str) -> list[list[str]]:
    """The buttons of the newest message to this person."""
    return labels_of(desk.memory.content, desk.heard(name)[-1].rows)


# ---- the form ---------------------------------------------------------------------------------


def test_the_form_asks_for_the_sum_the_tick_and_the_day() -> None:
    desk = complaint()

    assert desk.taps("Рамиля", "more") == ""
    assert desk.taps("Рамиля", "refund") == "staff.toast.refund_form"

    assert buttons(desk, "Рамиля") == [
        ["Весь визит · 4\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}₽"],
        ["Чек или оплата проверены"],
        ["сегодня", "до 23 ноября", "до 30 ноября"],
        ["Отмена"],
    ]


def test_nothing_goes_back_before_everything_is_there() -> None:
    desk = complaint()
    desk.forges("Рамиля", StaffAction.REFUND)
    desk.names_sum("Рамиля", "1 500,50 руб")
    desk.presses("Рамиля", "сегодня")

    assert "Вернуть" not in [label for row in buttons(desk, "Рамиля") for label in row]
    assert "Сколько: 1 500,50 ₽" in desk.heard("Рамиля")[-1].text.replace("\N{NO-BREAK SPACE}", " ")
    assert desk.memory.gifts == {}


@pytest.mark.parametrize("words", ["много", "0", "-5", "4000 и ещё 500"])
def test_a_sum_that_is_none_is_asked_again(words: str) -> None:
    desk = complaint()
    desk.forges("Рамиля", StaffAction.REFUND)

    desk.names_sum("Рамиля", words)

    assert desk.said("Рамиля")[-1] == "staff.refund.bad_sum"


def test_one_letter_says_how_much_and_by_when_and_is_kept_outside_the_limits() -> None:
    desk = complaint()

    decided(desk)
    desk.passes(seconds=11)

    (letter,) = desk.heard("Дина")
    assert letter.key == "offer.refund"
    assert "Возвращаем 4 000 ₽" in letter.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "до 23 ноября. Как отправим, напишем сюда." in letter.text
    assert the_refund(desk).value == 400_000
    assert desk.memory.counters == {}
    assert "Возвращаем" in desk.card()


@pytest.mark.parametrize("where", ["card", "private"])
def test_within_the_hold_all_of_it_is_taken_back_in_one_turn(where: str) -> None:
    desk = complaint()
    decided(desk)

    if where == "card":
        desk.taps("Рамиля", "undo")
    else:
        desk.presses("Рамиля", "undo")
    desk.passes(days=12)

    assert the_refund(desk).state is GiftState.TAKEN_BACK
    assert "offer.refund" not in desk.said("Дина")
    assert desk.memory.pending(TimerKind.REFUND, the_refund(desk).id) is None


def test_money_is_decided_on_once() -> None:
    desk = promised(complaint())

    assert desk.forges("Лев", StaffAction.REFUND) == "staff.toast.already_given"


def test_two_forms_at_once_give_one_refund() -> None:
    desk = complaint()
    for who in ("Рамиля", "Лев"):
        desk.forges(who, StaffAction.REFUND)
        desk.presses(who, "refund_whole")
        desk.presses(who, "refund_checked")
        desk.presses(who, "сегодня")

    desk.presses("Рамиля", "refund_give")
    answer = desk.presses("Лев", "refund_give")

    assert answer == "dialog.outdated"
    assert the_refund(desk).given_by_name == "Рамиля"


def test_a_gift_may_come_on_top() -> None:
    desk = promised(complaint())

    desk.forges("Рамиля", StaffAction.GIVE, "bs01")
    desk.passes(seconds=11)

    assert desk.said("Дина") == ["offer.single"]


def about_to_give(desk: Desk, day: str, who: str = "Рамиля") -> Desk:
    """Everything is chosen; «Вернуть» stands there."""
    desk.forges(who, StaffAction.REFUND)
    desk.presses(who, "refund_whole")
    desk.presses(who, "refund_checked")
    desk.presses(who, day)
    return desk


def test_a_day_that_cannot_be_promised_any_more_is_chosen_anew() -> None:
    desk = about_to_give(complaint(), "сегодня")
    desk.passes(hours=9)

    desk.presses("Рамиля", "refund_give")

    assert desk.memory.gifts == {}
    form = [said for said in desk.heard("Рамиля") if said.key == "staff.refund"][-1]
    assert labels_of(desk.memory.content, form.rows) == [
        ["✓ Чек или оплата проверены"],
        ["до 23 ноября", "до 30 ноября"],
        ["Отмена"],
    ]


def test_the_next_morning_no_other_day_is_promised_than_the_button_has_shown() -> None:
    desk = about_to_give(complaint(), "до 23 ноября")
    desk.passes(hours=21)

    desk.presses("Рамиля", "refund_give")
    assert desk.memory.gifts == {}
    desk.presses("Рамиля", "до 24 ноября")
    desk.presses("Рамиля", "refund_give")

    promise = the_refund(desk).valid_until
    assert promise is not None
    assert promise.date().isoformat() == "2026-11-24"


def test_a_form_that_lay_until_the_next_day_does_not_pass_the_laws_day() -> None:
    desk = front_line_may(complaint())
    desk.presses("Дина", "wish.refund")
    about_to_give(desk, "до 30 ноября", "Гузель")
    desk.passes(hours=21)

    desk.presses("Гузель", "refund_give")

    assert desk.memory.gifts == {}


# ---- who may ----------------------------------------------------------------------------------


def test_whoever_may_not_asks_the_next_role_which_decides_on_the_sum() -> None:
    desk = complaint()

    assert desk.forges("Гузель", StaffAction.REFUND) == "staff.toast.no_right"
    assert desk.said("Рамиля") == ["staff.refund_request"]
    assert buttons(desk, "Рамиля") == [["Вернуть деньги"], ["Нет", "Отвечу лично"]]

    desk.presses("Рамиля", "refund")
    desk.presses("Рамиля", "refund_whole")
    desk.presses("Рамиля", "refund_checked")
    desk.presses("Рамиля", "сегодня")
    desk.presses("Рамиля", "refund_give")

    assert the_refund(desk).given_by_name == "Рамиля"
    assert desk.case.asked_offer == ""


def test_the_manager_may_say_no() -> None:
    desk = complaint()
    desk.forges("Гузель", StaffAction.REFUND)

    desk.presses("Рамиля", "refuse")

    assert desk.memory.gifts == {}
    assert "Рамиля: нет" in desk.card()


@pytest.mark.parametrize("action", [StaffAction.GIVE, StaffAction.APPROVE])
def test_no_other_button_gives_money(action: StaffAction) -> None:
    desk = complaint()
    desk.forges("Гузель", StaffAction.REFUND)

    for who in ("Гузель", "Рамиля", "Лев"):
        desk.forges(who, action, "bs09")

    assert desk.memory.gifts == {}


def front_line_may(desk: Desk) -> Desk:
    """The owner lets administrators return money."""
    catalogue = desk.memory.content.catalogue
    offers = tuple(
        replace(offer, role="administrator") if offer.id == "bs09" else offer
        for offer in catalogue.offers
    )
    content = replace(desk.memory.content, catalogue=replace(catalogue, offers=offers))
    desk.memory.content = content
    return desk


@pytest.mark.parametrize(
    ("paid", "sum_named", "asked"),
    [
        (400_000, "4000", False),
        (400_000, "4001", True),
        (None, "8000", False),
        (None, "8001", True),
    ],
)
def test_the_front_line_returns_what_was_paid_or_what_it_decides_on_itself(
    paid: int | None, sum_named: str, *, asked: bool
) -> None:
    desk = front_line_may(complaint(paid=paid))
    desk.forges("Гузель", StaffAction.REFUND)
    desk.names_sum("Гузель", sum_named)
    desk.presses("Гузель", "refund_checked")
    desk.presses("Гузель", "сегодня")

    desk.presses("Гузель", "refund_give")

    assert (desk.memory.gifts == {}) is asked
    assert ("staff.refund_request" in desk.said("Рамиля")) is asked


def test_past_the_laws_day_only_the_manager_promises() -> None:
    desk = front_line_may(complaint())
    desk.presses("Дина", "wish.refund")
    desk.passes(days=2)
    desk.forget()

    desk.forges("Гузель", StaffAction.REFUND)
    desk.forges("Рамиля", StaffAction.REFUND)

    assert buttons(desk, "Гузель")[2] == ["сегодня", "до 25 ноября"]
    assert buttons(desk, "Рамиля")[2] == ["сегодня", "до 25 ноября", "до 2 декабря"]


def test_after_the_laws_day_the_front_line_asks() -> None:
    desk = front_line_may(complaint())
    desk.presses("Дина", "wish.refund")
    desk.passes(days=12)
    desk.forget()

    assert desk.forges("Гузель", StaffAction.REFUND) == "staff.toast.no_right"
    assert "срок по закону прошёл" in desk.heard("Рамиля")[-1].text


# ---- the promised day -------------------------------------------------------------------------


def test_on_the_promised_day_whoever_answers_is_asked_and_the_customer_hears_that_it_was_sent() -> (
    None
):
    desk = promised(complaint())

    desk.passes(days=3)
    assert "staff.refund_due" in desk.said("Рамиля")
    desk.presses("Рамиля", "refund_sent")

    (said,) = desk.heard("Дина")
    assert said.key == "offer.refund_sent"
    assert "Деньги отправили 23 ноября" in said.text
    assert "до трёх дней" in said.text
    assert the_refund(desk).ended_by_name == "Рамиля"


def test_a_broken_promise_is_excused_the_same_evening_with_a_new_day_and_the_manager_knows() -> (
    None
):
    desk = promised(complaint())

    desk.passes(days=3, hours=10)

    (said,) = desk.heard("Дина")
    assert said.key == "offer.refund_late"
    assert "Отправим до 25 ноября" in said.text
    assert "staff.refund_late" in desk.said("Рамиля")


def test_every_promise_of_money_that_breaks_is_excused_once() -> None:
    desk = promised(complaint())

    desk.passes(days=8)

    assert desk.said("Дина") == ["offer.refund_late"] * 3


def test_sent_earlier_nobody_is_asked_or_excused() -> None:
    desk = promised(complaint())

    desk.taps("Рамиля", "refund_sent")
    desk.passes(days=2)

    assert desk.said("Дина") == ["offer.refund_sent"]
    assert "staff.refund_due" not in desk.said("Рамиля")


def test_not_yet_changes_nothing() -> None:
    desk = promised(complaint())
    desk.passes(days=3)

    assert desk.presses("Рамиля", "not_yet") == "staff.toast.refund_wait"
    assert the_refund(desk).state is GiftState.GIVEN


def test_sent_twice_is_said_once() -> None:
    desk = promised(complaint())
    number = str(the_refund(desk).id)
    desk.forges("Рамиля", StaffAction.REFUND_SENT, number)

    assert desk.forges("Лев", StaffAction.REFUND_SENT, number) == "staff.toast.outdated"
    assert desk.said("Дина") == ["offer.refund_sent"]


def test_a_case_that_was_closed_still_keeps_the_promise() -> None:
    desk = promised(complaint())
    desk.taps("Рамиля", "resolve")
    desk.forget()

    desk.passes(days=3, hours=10)

    assert desk.case.is_open is False
    assert "offer.refund_late" in desk.said("Дина")


def test_a_letter_that_telegram_refused_is_a_promise_all_the_same() -> None:
    desk = complaint()
    decided(desk)
    desk.refuses(f"gift:{the_refund(desk).id}", Failure.REFUSED)

    desk.passes(days=3)

    assert "staff.refund_due" in desk.said("Лев")  # who has the case by then


# ---- has it come? -----------------------------------------------------------------------------


def sent(desk: Desk) -> Desk:
    """The money was sent at once, and the bank has had its days."""
    promised(desk)
    desk.taps("Рамиля", "refund_sent")
    desk.taps("Рамиля", "resolve")
    desk.forget()
    desk.passes(days=3, hours=1)
    return desk


def test_when_the_bank_has_had_its_days_the_customer_is_asked_and_thanked() -> None:
    desk = sent(complaint())
    assert "offer.refund_check" in desk.said("Дина")

    desk.press_button("Дина", money_button(desk, "yes"))

    assert desk.said("Дина")[-1] == "offer.refund_arrived"
    assert "Деньги пришли" in desk.card()
    assert desk.case.is_open is False


def money_button(desk: Desk, label: str) -> Button:
    """A button under the question about the money, whatever was said after it."""
    (asked,) = [said for said in desk.heard("Дина") if said.key == "offer.refund_check"]
    return next(button for row in asked.rows for button in row if button.label == label)


def test_not_yet_opens_the_case_again_with_a_promise_and_a_person() -> None:
    desk = sent(complaint())
    desk.press_button("Дина", money_button(desk, "not_yet"))

    assert desk.said("Дина")[-1] == "offer.refund_missing"
    assert "staff.refund_missing" in desk.said("Рамиля")
    assert desk.case.is_open
    assert desk.case.promised
    assert "Деньги не пришли: 4 000 ₽" in desk.card().replace("\N{NO-BREAK SPACE}", " ")


def test_not_yet_joins_the_case_that_is_open_meanwhile() -> None:
    desk = sent(complaint())
    question = money_button(desk, "not_yet")
    desk.writes("Дина", "И ещё вопрос про другое, почему так долго?")
    newer = desk.case

    desk.press_button("Дина", question)

    assert desk.case.id == newer.id
    assert desk.case.money_missing == 400_000
    assert [c.is_open for c in desk.memory.cases.values()] == [False, True]


def test_a_forged_tap_of_somebody_else_says_nothing_of_the_money() -> None:
    desk = sent(complaint())
    button, stranger = money_button(desk, "yes"), desk.sender("Чужой")

    answer = desk.press(button, stranger, Tap("tap", stranger.tg_id, 1))

    assert answer == "ask.old_button"
    assert the_refund(desk).ended_why == ""


def test_the_question_is_answered_once() -> None:
    desk = sent(complaint())
    button, dina = money_button(desk, "yes"), desk.sender("Дина")
    desk.press_button("Дина", button)

    assert desk.press(button, dina, Tap("tap", dina.tg_id, 1)) == "ask.old_button"


def test_after_health_the_bot_does_not_ask() -> None:
    desk = salon_desk()
    desk.opens_branch("Дина")
    desk.writes("Дина", "У меня ожог, верните деньги")
    desk.replies("Рамиля", "Дина, простите. Как вы себя чувствуете?")
    desk.passes(seconds=11)
    visit = desk.memory.visits[desk.case.visit_id or 0]
    desk.memory.visits[visit.id] = replace(visit, amount=400_000, currency="RUB")
    promised(desk)
    desk.taps("Рамиля", "refund_sent")

    desk.passes(days=8)

    assert desk.said("Дина") == ["offer.refund_sent"]


# ---- the law's days ---------------------------------------------------------------------------


def test_who_asked_for_money_finds_it_first_on_the_card() -> None:
    desk = complaint()

    desk.presses("Дина", "wish.refund")

    assert desk.card_buttons()[:2] == [["Беру", "Решено"], ["Вернуть деньги"]]
    assert "по закону решить до 30 ноября" in desk.card()


def test_before_the_laws_day_the_manager_is_reminded_and_on_it_the_owner_too() -> None:
    desk = complaint()
    desk.presses("Дина", "wish.refund")
    days: dict[str, list[int]] = {"staff.refund_legal": [], "staff.refund_last_day": []}
    owner: list[int] = []

    for day in range(1, 12):
        desk.forget()
        desk.passes(days=1)
        for text in days:
            days[text] += [day] if text in desk.said("Рамиля") else []
        owner += [day] if "staff.refund_last_day" in desk.said("Лев") else []

    assert days == {"staff.refund_legal": [8], "staff.refund_last_day": [10]}
    assert owner == [10]


def test_a_demand_that_was_decided_on_needs_no_reminder() -> None:
    desk = complaint()
    desk.presses("Дина", "wish.refund")
    promised(desk)
    desk.taps("Рамиля", "refund_sent")
    desk.forget()

    desk.passes(days=11)

    assert "staff.refund_legal" not in desk.said("Рамиля")


def test_the_laws_days_count_from_the_first_demand() -> None:
    desk = complaint()
    desk.presses("Дина", "wish.refund")
    first = desk.case.refund_asked_at

    desk.passes(hours=1)
    desk.forges("Рамиля", StaffAction.TAKE)

    assert first is not None
    assert first - FRIDAY_NOON < timedelta(minutes=2)
    assert desk.case.refund_asked_at == first
