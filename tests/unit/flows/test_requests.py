"""Who may not give asks: for the visit, or for the manager's word."""

from flows.events import StaffAction
from tests.unit.flows.desk import salon_desk
from tests.unit.flows.proofread import labels_of


def test_without_a_visit_gifts_are_not_on_the_card() -> None:
    desk = salon_desk()
    desk.writes("Анна", "Ждала сорок минут")

    assert desk.card_buttons() == [
        ["Беру", "Решено"],
        ["Спросить, когда был визит"],
        ["Спросить управляющего"],
        ["Ещё…"],
    ]
    assert "Визит не найден" in desk.card()


def test_the_visit_is_asked_for_in_one_tap() -> None:
    desk = salon_desk()
    desk.writes("Анна", "Ждала сорок минут")

    assert desk.taps("Гузель", "ask_visit_when") == "staff.toast.asked_visit"

    assert desk.said("Анна") == ["offer.need_visit"]
    assert desk.case.promised
    assert desk.case.owner_id == 3


def test_without_a_visit_the_manager_is_asked_and_gives_in_her_own_name() -> None:
    desk = salon_desk()
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)
    desk.forget()

    assert desk.taps("Гузель", "ask_manager") == "staff.toast.no_right"
    assert "Почему вы: визит не найден" in desk.heard("Рамиля")[0].text
    desk.presses("Рамиля", "give")
    desk.passes(seconds=11)

    assert desk.said("Анна") == ["offer.single"]
    assert "Рамиля, управляющая" in desk.heard("Анна")[0].text
    assert "Рамиля: можно" in desk.card()


def test_the_manager_may_say_no() -> None:
    desk = salon_desk()
    desk.writes("Анна", "Ждала сорок минут")
    desk.taps("Гузель", "ask_manager")

    desk.presses("Рамиля", "refuse")

    assert desk.memory.gifts == {}
    assert "Рамиля: нет" in desk.card()


def test_the_manager_may_answer_personally() -> None:
    desk = salon_desk()
    desk.writes("Анна", "Ждала сорок минут")
    desk.taps("Гузель", "ask_manager")

    desk.presses("Рамиля", "answer_myself")

    assert desk.case.owner_id == 2
    assert desk.case.asked_offer == ""


def test_a_gift_above_the_role_becomes_a_request() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.presses("Анна", "Общение")
    desk.forget()

    desk.taps("Гузель", "more")
    assert desk.taps("Гузель", "🎁 Сертификат") == "staff.toast.no_right"

    assert desk.said("Рамиля") == ["staff.approval_request"]
    assert "Почему вы: такое решаете вы" in desk.heard("Рамиля")[0].text
    assert "Спросили управляющего: сертификат на любую услугу" in desk.card()
    assert desk.memory.gifts == {}


def test_tapping_again_does_not_ask_again() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.presses("Анна", "Общение")
    desk.forget()
    desk.forges("Гузель", StaffAction.GIVE, "bs07")

    assert desk.forges("Гузель", StaffAction.GIVE, "bs07") == "staff.toast.no_right"

    assert desk.said("Рамиля") == ["staff.approval_request"]


def test_an_administrator_cannot_say_yes_to_a_request() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.presses("Анна", "Общение")
    desk.forges("Гузель", StaffAction.GIVE, "bs07")

    desk.forges("Гузель", StaffAction.APPROVE, "bs07")
    desk.forges("Гузель", StaffAction.REFUSE, "bs07")

    assert desk.memory.gifts == {}
    assert desk.case.asked_offer == "bs07"


def test_a_request_that_was_decided_is_outdated() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.presses("Анна", "Общение")
    desk.forges("Гузель", StaffAction.GIVE, "bs07")
    desk.presses("Рамиля", "refuse")

    assert desk.forges("Рамиля", StaffAction.APPROVE, "bs07") == "staff.toast.outdated"


def test_the_manager_may_give_something_else() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.presses("Анна", "Общение")
    desk.forges("Гузель", StaffAction.GIVE, "bs07")

    desk.presses("Рамиля", "give_other")
    offered = labels_of(desk.memory.content, desk.heard("Рамиля")[-1].rows)
    desk.presses("Рамиля", "🎁 Набор")
    desk.passes(seconds=11)

    assert [label.split(" · ")[0] for row in offered for label in row] == [
        "🎁 Уход-комплимент",
        "🎁 Экспресс-укладка",
        "🎁 Укладка к событию",
        "🎁 Набор ухода",
        "Нет",
    ]
    assert [gift.offer_id for gift in desk.memory.live_gifts()] == ["bs06"]
    assert "Рамиля, управляющая" in desk.heard("Анна")[-1].text


def test_a_request_without_an_answer_goes_one_up_and_no_further_than_there_is_somebody() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.presses("Анна", "Общение")
    desk.forges("Гузель", StaffAction.GIVE, "bs07")
    desk.forget()

    desk.passes(minutes=11)
    asked = desk.said("Лев")
    told = desk.said("Гузель")
    desk.passes(minutes=11)

    assert (asked, told) == (["staff.approval_request"], [])
    assert desk.said("Лев") == ["staff.approval_request"]
    assert desk.said("Гузель") == ["staff.remind", "staff.request_unanswered"]
    assert desk.heard("Гузель")[1].text.startswith("На просьбу никто не ответил: сертификат")
    assert desk.case.asked_offer == ""
    assert "Спросили управляющего" not in desk.card()


def test_a_request_that_nobody_answered_may_be_put_again() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.presses("Анна", "Общение")
    desk.forges("Гузель", StaffAction.GIVE, "bs07")
    desk.passes(minutes=23)
    desk.forget()

    outdated = desk.forges("Лев", StaffAction.APPROVE, "bs07")
    again = desk.forges("Гузель", StaffAction.GIVE, "bs07")

    assert (outdated, again) == ("staff.toast.outdated", "staff.toast.no_right")
    assert desk.said("Рамиля") == ["staff.approval_request"]


def test_an_answered_request_goes_nowhere() -> None:
    desk = salon_desk()
    desk.rates("Анна", 2)
    desk.presses("Анна", "Общение")
    desk.forges("Гузель", StaffAction.GIVE, "bs07")
    desk.presses("Рамиля", "refuse")
    desk.forget()

    desk.passes(minutes=30)

    assert "staff.approval_request" not in desk.said("Лев")
