"""One tap gives, once; the seconds to take it back; limits; and asking who may."""

from dataclasses import replace

from flows.events import Failure, StaffAction
from flows.people import GiftState, Visit
from tests.unit.flows.desk import FRIDAY_NOON, Desk, salon_desk


def complaint(name: str = "Анна") -> Desk:
    """A guest with a known visit has complained about waiting."""
    desk = salon_desk()
    complains(desk, name)
    return desk


def complains(desk: Desk, name: str) -> None:
    """A guest rates 2 and names the topic."""
    desk.rates(name, 2)
    desk.presses(name, "Долго ждали")
    desk.quiet(61)
    desk.forget()


def spent(desk: Desk) -> dict[str, int]:
    """Counters that are not at nought."""
    return {key: value for key, value in desk.memory.counters.items() if value}


def test_one_tap_gives_and_the_letter_says_why_what_and_who() -> None:
    desk = complaint()

    assert desk.taps("Гузель", "gift") == ""
    desk.passes(seconds=11)

    assert desk.said("Анна") == ["offer.single"]
    letter = desk.heard("Анна")[0].text.replace("\u00a0", " ")
    assert letter == (
        "Анна, простите нас за долгое ожидание. Возьмите, пожалуйста, подарок от нас: "
        "уход-комплимент, маска или парафин (по прайсу 1 200 ₽), до 19 января, без условий.\n\n"
        "Код: <code>CODE-4</code>. Назовите его администратору.\n\n"
        "Гузель, администратор"
    )


def test_while_the_letter_waits_the_card_has_one_button() -> None:
    desk = complaint()

    desk.taps("Гузель", "gift")

    assert desk.card_buttons() == [["Отменить"]]
    assert "Уйдёт через 10 с: уход-комплимент, маска или парафин" in desk.card()
    assert desk.said("Анна") == []


def test_what_was_given_stands_on_the_card_and_in_the_journal() -> None:
    desk = complaint()

    desk.taps("Гузель", "gift")
    desk.passes(seconds=11)

    assert "Дали: уход-комплимент, маска или парафин, код <code>CODE-4</code>" in desk.card()
    given = next(each for each in desk.memory.journal if each.kind == "given")
    assert (given.actor, given.data["cost"], given.data["value"]) == ("Гузель", 15000, 120000)


def test_a_second_tap_by_anybody_says_who_was_first() -> None:
    desk = complaint()
    desk.taps("Гузель", "gift")

    assert desk.forges("Рамиля", StaffAction.GIVE, "bs11") == "staff.toast.already_given"
    assert desk.forges("Гузель", StaffAction.GIVE, "bs01") == "staff.toast.already_given"

    assert [gift.offer_id for gift in desk.memory.live_gifts()] == ["bs01"]


def test_taken_back_in_time_nothing_was_given_and_nothing_is_spent() -> None:
    desk = complaint()
    desk.taps("Гузель", "gift")

    assert desk.taps("Гузель", "undo") == "staff.toast.cancelled"
    desk.passes(minutes=1)

    assert desk.said("Анна") == []
    assert desk.memory.live_gifts() == []
    assert spent(desk) == {}
    assert desk.case.reply_by is not None


def test_taken_back_in_time_another_can_be_given() -> None:
    desk = complaint()
    desk.taps("Гузель", "gift")
    desk.taps("Гузель", "undo")

    desk.taps("Гузель", "🎁 Экспресс")
    desk.passes(seconds=11)

    assert desk.said("Анна") == ["offer.single"]


def test_too_late_to_take_back_the_tap_says_so() -> None:
    desk = complaint()
    desk.taps("Гузель", "gift")
    gift = desk.memory.live_gifts()[0]
    desk.passes(seconds=11)

    assert desk.forges("Гузель", StaffAction.UNDO, str(gift.id)) == "staff.toast.too_late"

    assert desk.memory.gifts[gift.id].state is GiftState.GIVEN


def test_a_letter_on_its_way_cannot_be_taken_back() -> None:
    desk = complaint()
    desk.taps("Гузель", "gift")
    gift = desk.memory.live_gifts()[0]
    desk.memory.held.clear()

    assert desk.forges("Гузель", StaffAction.UNDO, str(gift.id)) == "staff.toast.too_late"

    assert desk.memory.live_gifts() == [gift]


def test_the_letter_keeps_the_promise() -> None:
    desk = complaint()

    desk.taps("Гузель", "gift")
    desk.passes(hours=1)

    assert desk.said("Анна") == ["offer.single"]
    assert desk.case.reply_by is None
    assert "Ответили: Гузель, 12:01" in desk.card()


def test_a_fix_is_given_without_a_code_and_within_no_limit() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.presses("Анна", "Не тот результат")
    desk.forget()

    desk.taps("Гузель", "Повтор у топ-мастера")
    desk.passes(seconds=11)

    assert desk.said("Анна") == ["offer.fix"]
    assert "Дали: повтор услуги за наш счёт у топ-мастера. Гузель" in desk.card()
    assert spent(desk) == {}
    assert desk.memory.live_gifts()[0].code == ""


def test_after_a_fix_a_gift_may_be_added_under_more() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.presses("Анна", "Не тот результат")
    desk.taps("Гузель", "fix")
    desk.passes(seconds=11)

    assert desk.card_buttons() == [["Решено"], ["Ещё…"]]
    desk.taps("Гузель", "more")
    desk.taps("Гузель", "gift")
    desk.passes(seconds=11)

    assert sorted(gift.kind for gift in desk.memory.live_gifts()) == ["fix", "gift"]


def test_an_offer_that_does_not_suit_the_case_is_refused() -> None:
    desk = complaint()

    assert desk.forges("Рамиля", StaffAction.GIVE, "bs10") == "staff.toast.outdated"
    assert desk.forges("Рамиля", StaffAction.GIVE, "bs09") == "staff.toast.outdated"
    assert desk.forges("Рамиля", StaffAction.GIVE, "nothing") == "staff.toast.outdated"

    assert desk.memory.gifts == {}


def test_one_visit_one_gift_whatever_account_asks() -> None:
    desk = complaint()
    desk.taps("Гузель", "gift")
    desk.passes(seconds=11)
    first = desk.case
    complains(desk, "Дана")
    desk.memory.cases[desk.case.id] = replace(desk.case, visit_id=first.visit_id)

    pressed = desk.forges("Рамиля", StaffAction.GIVE, "bs01")

    assert pressed == "staff.toast.visit_gift"
    assert len(desk.memory.live_gifts()) == 1


def test_a_second_gift_to_the_same_customer_in_a_week_is_the_managers_word() -> None:
    desk = complaint()
    desk.taps("Гузель", "gift")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")
    desk.passes(days=1)
    complains_again(desk)

    assert desk.taps("Гузель", "gift") == "staff.toast.no_right"

    assert "Почему вы: дороже лимита" in desk.heard("Рамиля")[-1].text
    desk.presses("Рамиля", "give")
    assert len(desk.memory.live_gifts()) == 2


def complains_again(desk: Desk) -> None:
    """Анна scans the QR of another day."""
    desk.opens_branch("Анна")
    desk.presses("Анна", "rate.1")
    desk.presses("Анна", "Долго ждали")


def test_a_days_cost_binds_every_role() -> None:
    desk = complaint()
    day = "day:3:2026-11-20"
    desk.memory.counters[day] = 800000 - 14999

    assert desk.taps("Гузель", "gift") == "staff.toast.no_right"

    assert desk.memory.counters[day] == 800000 - 14999


def test_whose_own_complaint_it_is_cannot_settle_it() -> None:
    desk = complaint("Гузель")

    assert desk.forges("Гузель", StaffAction.GIVE, "bs01") == "staff.toast.own_case"
    assert desk.forges("Гузель", StaffAction.RESOLVE) == "staff.toast.own_case"
    assert desk.forges("Гузель", StaffAction.TO_MANAGER) == ""

    assert desk.case.owner_id == 2


def test_whose_work_it_is_about_cannot_settle_it() -> None:
    desk = salon_desk()
    desk.works_here("Лилия", "administrator")
    token = desk.asks_visit_link("Гузель", "Стрижка", "Лилия")
    desk.opens_visit("Анна", token)
    desk.presses("Анна", "rate.2")

    assert desk.taps("Лилия", "take") == "staff.toast.own_case"
    assert desk.taps("Гузель", "take") == "staff.reply_hint"


def test_a_refused_letter_shows_on_the_card_and_can_be_sent_again() -> None:
    desk = complaint()
    desk.taps("Гузель", "gift")
    gift = desk.memory.live_gifts()[0]

    desk.refuses(f"gift:{gift.id}", Failure.REFUSED)

    assert "Не дошло в 12:01: Telegram не принял сообщение" in desk.card()
    assert desk.case.reply_by is not None
    assert desk.taps("Гузель", "resend") == "staff.toast.resent"
    desk.passes(seconds=1)
    assert desk.said("Анна") == ["offer.single"]
    assert desk.case.answered_by == "Гузель"
    assert desk.case.reply_by is None


def test_what_is_given_on_the_spot_is_offered_while_the_guest_is_here() -> None:
    desk = complaint()
    visit = desk.memory.visits[desk.case.visit_id or 0]
    assert desk.forges("Гузель", StaffAction.GIVE, "bs02") == "staff.toast.outdated"
    desk.memory.visits[visit.id] = replace(visit, ended_at=desk.memory.now.replace(hour=23))

    desk.forges("Гузель", StaffAction.GIVE, "bs02")
    desk.passes(seconds=11)

    assert desk.said("Анна") == ["offer.now"]


def test_a_visit_found_later_brings_the_gifts_back() -> None:
    desk = salon_desk()
    visit = Visit(900, "crm:1", "csv", "bauman", FRIDAY_NOON, phone="+79990000001")
    desk.memory.visits[visit.id] = visit
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)
    desk.gives_phone("Анна", "+79990000001")

    assert desk.case.visit_id == 900
    assert desk.memory.visits[900].customer_id == desk.case.customer_id
    assert desk.card_buttons()[1][0].startswith("🎁 Уход-комплимент")


def test_when_the_visit_was_is_asked_once() -> None:
    desk = salon_desk()
    desk.writes("Анна", "Плохо покрасили")
    desk.quiet(61)
    desk.taps("Гузель", "ask_visit_when")
    desk.forget()

    assert desk.taps("Гузель", "ask_visit_when") == "staff.toast.visit_asked"

    assert desk.said("Анна") == []
    assert "Визит не найден, спросили, когда был" in desk.card()
