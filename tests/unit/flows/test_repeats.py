"""What comes back is told to the manager alone, once, and changes nothing that the customer reads."""

from dataclasses import replace
from datetime import timedelta

from flows.case import Case
from flows.prevention import Stage
from tests.unit.flows.desk import FRIDAY_NOON, Desk, salon_desk


def complains(desk: Desk, name: str, *, topic: str = "", days: float = 0) -> Case:
    """So many days later complains, is answered and the case is closed; the case as it stood when it was answered."""
    desk.passes(days=days)
    desk.writes(name, "Ждала сорок минут")
    desk.passes(seconds=61)
    if topic:
        desk.memory.cases[desk.case.id] = replace(desk.case, topic=topic)
    desk.passes(minutes=2)
    case = desk.case
    desk.replies("Гузель", "Простите, что ждали")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")
    return case


def told(desk: Desk, name: str = "Рамиля") -> list[str]:
    """What was said to this person about things that come back."""
    about = ("staff.repeat_", "staff.second_", "staff.abuse_")
    return [said.key for said in desk.heard(name) if said.key.startswith(about)]


def words(desk: Desk, key: str) -> str:
    """The newest words of that text to the manager."""
    return next(said.text for said in reversed(desk.heard("Рамиля")) if said.key == key)


# ---- one customer -----------------------------------------------------------------------------


def test_a_first_complaint_is_nothing_to_speak_of() -> None:
    desk = salon_desk()

    complains(desk, "Анна")

    assert told(desk) == []


def test_a_second_one_within_a_month_is_told_to_the_manager_alone() -> None:
    desk = salon_desk()
    complains(desk, "Анна")

    complains(desk, "Анна", days=10)

    assert told(desk) == ["staff.second_failure"]
    assert words(desk, "staff.second_failure") == (
        "№ 15, Анна: второй раз за 30 дней что-то не так. Раньше: 20 ноября. "
        "Ответьте сами или подскажите, что предложить."
    )
    assert (told(desk, "Гузель"), told(desk, "Лев"), desk.posted()) == ([], [], [])


def test_a_second_one_much_later_is_a_new_story() -> None:
    desk = salon_desk()
    complains(desk, "Анна")

    complains(desk, "Анна", days=31)

    assert told(desk) == []


def test_a_third_one_within_the_window_says_which_it_is() -> None:
    desk = salon_desk()
    complains(desk, "Анна")
    complains(desk, "Анна", days=40)

    complains(desk, "Анна", days=40)

    assert told(desk) == ["staff.repeat_customer"]
    assert words(desk, "staff.repeat_customer") == (
        "Анна пишет третий раз за 90 дней. Раньше: 30 декабря 2026; 20 ноября 2026. "
        "Ответьте сами или подскажите, что предложить."
    )


def test_the_seventh_is_counted_in_figures() -> None:
    desk = salon_desk()

    for _ in range(7):
        complains(desk, "Анна", days=5)

    assert "Анна пишет 7-й раз за 90 дней" in words(desk, "staff.repeat_customer")


def test_a_case_opened_again_is_a_second_failure() -> None:
    desk = salon_desk()
    complains(desk, "Анна")
    desk.passes(days=2)

    desk.presses("Анна", "Не совсем")
    desk.passes(minutes=3)

    assert words(desk, "staff.second_failure") == (
        "№ 14, Анна: второй раз за 30 дней что-то не так (открыто снова). "
        "Ответьте сами или подскажите, что предложить."
    )


def test_after_one_that_came_back_it_is_asked_what_changes() -> None:
    desk = salon_desk()
    complains(desk, "Анна")
    complains(desk, "Анна", days=10)

    desk.passes(minutes=15)

    (found,) = desk.memory.preventions.values()
    assert (found.case_id, found.stage) == (15, Stage.ASKED)


def test_at_night_the_manager_is_left_in_peace() -> None:
    desk = salon_desk()
    complains(desk, "Анна")
    desk.passes(hours=11)  # 23:03
    desk.writes("Анна", "Опять ждала")

    desk.passes(hours=9)
    at_night = told(desk)
    desk.passes(hours=3)

    assert (at_night, told(desk)) == ([], ["staff.second_failure"])


def test_closed_before_anybody_was_told_there_is_nothing_to_answer() -> None:
    desk = salon_desk()
    complains(desk, "Анна")
    desk.passes(days=5)
    desk.writes("Анна", "Ждала сорок минут")
    desk.taps("Гузель", "resolve")
    desk.taps("Гузель", "resolve")

    desk.passes(hours=1)

    assert told(desk) == []


# ---- gifts and accounts -----------------------------------------------------------------------


def given_twice(desk: Desk, name: str) -> None:
    """Two complaints, a gift for each: the limit of one customer."""
    for _ in range(2):
        desk.passes(days=8)
        desk.opens_branch(name)
        desk.presses(name, "rate.2")
        desk.writes(name, "Ждала сорок минут")
        desk.passes(seconds=61)
        desk.taps("Гузель", "🎁")
        desk.passes(seconds=11)
        desk.taps("Гузель", "resolve")


def test_at_the_limit_of_gifts_the_manager_knows_before_being_asked() -> None:
    desk = salon_desk(FRIDAY_NOON + timedelta(days=20))  # within one window of gifts
    given_twice(desk, "Анна")
    before = told(desk)

    complains(desk, "Анна", days=3)

    spent = sum(gift.value for gift in desk.memory.gifts.values())
    assert "staff.abuse_flag" not in before
    assert told(desk).count("staff.abuse_flag") == 1
    assert words(desk, "staff.abuse_flag") == (
        f"Анна: за 90 дней подарков 2, на {desk.draft_of(desk.case).words().phrases.money(spent, 'RUB')}. "
        "Следующий решаете вы; отвечаем так же тепло."
    )


def same_telephone(desk: Desk) -> None:
    """Анна and Яна give one number."""
    for name in ("Анна", "Яна"):
        known = desk.memory.customer(desk.sender(name).tg_id, name)
        desk.memory.customers[known.id] = replace(known, phone="+79990000001")


def test_two_accounts_of_one_telephone_are_told_to_the_manager() -> None:
    desk = salon_desk()
    same_telephone(desk)
    complains(desk, "Анна")

    complains(desk, "Яна")

    assert words(desk, "staff.second_account") == (
        "№ 15, Яна: тот же телефон, что у другого гостя (№ 14 за 90 дней). "
        "Лимит подарков у них общий; отвечаем так же тепло."
    )
    assert told(desk, "Гузель") == []


def both_given() -> Desk:
    """One gift to each account: together the limit of one customer. Анна complains for the second time."""
    desk = salon_desk(FRIDAY_NOON + timedelta(days=20))
    same_telephone(desk)
    for name in ("Анна", "Яна", "Анна"):
        desk.passes(days=8)
        desk.opens_branch(name)
        desk.presses(name, "rate.2")
        desk.passes(minutes=3, seconds=1)
        if len(desk.memory.gifts) < 2:
            desk.taps("Гузель", "🎁")
            desk.passes(seconds=11)
            desk.taps("Гузель", "resolve")
    return desk


def test_two_accounts_share_one_limit_of_gifts() -> None:
    desk = both_given()

    assert desk.taps("Гузель", "🎁") == "staff.toast.no_right"

    assert len(desk.memory.gifts) == 2
    assert "Почему вы: похоже, второй аккаунт" in words(desk, "staff.approval_request")


def test_the_manager_gives_to_a_second_account_with_one_tap() -> None:
    desk = both_given()

    assert desk.taps("Рамиля", "🎁") == ""

    assert len(desk.memory.gifts) == 3


def test_who_opens_a_visit_of_somebody_else_is_known_as_a_second_account() -> None:
    desk = salon_desk()
    token = desk.asks_visit_link("Гузель")
    desk.opens_visit("Анна", token)
    complains(desk, "Анна")

    desk.opens_visit("Яна", token)
    complains(desk, "Яна")

    assert "тот же визит, что у другого гостя (№ 14 за 90 дней)" in words(
        desk, "staff.second_account"
    )


def test_staff_who_try_a_customer_s_link_are_no_second_account() -> None:
    desk = salon_desk()
    token = desk.asks_visit_link("Гузель")
    desk.opens_visit("Анна", token)

    desk.opens_visit("Гузель", token)

    assert [c.claimed_of for c in desk.memory.customers.values()] == [None, None]


# ---- one situation ----------------------------------------------------------------------------


def three_alike() -> Desk:
    """Three guests were left waiting, on Friday evenings."""
    desk = salon_desk()
    desk.passes(hours=7)  # 19:00
    complains(desk, "Анна", topic="wait")
    complains(desk, "Яна", topic="wait", days=7)
    complains(desk, "Дана", topic="wait", days=7)
    return desk


def test_the_same_topic_in_one_branch_is_told_with_its_pattern() -> None:
    desk = three_alike()

    assert told(desk) == ["staff.repeat_situation"]
    assert words(desk, "staff.repeat_situation") == (
        "Повторяется: «Долго ждали», 3 раза за 30 дней, чаще всего пятница вечер. "
        "Разберите причину: кто и к какому числу."
    )


def test_it_is_told_once_in_a_period() -> None:
    desk = three_alike()

    for name in ("Вера", "Зоя"):
        complains(desk, name, topic="wait", days=1)
    once = told(desk)
    for name in ("Ольга", "Нина", "Рита"):
        complains(desk, name, topic="wait", days=12)

    assert once == ["staff.repeat_situation"]
    assert told(desk) == ["staff.repeat_situation"] * 2


def test_writing_it_down_asks_what_changes_and_it_is_not_asked_again_for_the_case() -> None:
    desk = three_alike()

    desk.presses("Рамиля", "write_down")

    (found,) = desk.memory.preventions.values()
    assert (found.stage, found.topic, found.situation) == (Stage.ASKED, "wait", True)
    assert desk.said("Рамиля")[-1] == "staff.prevention_ask"


def test_already_on_it_is_an_answer() -> None:
    desk = three_alike()

    desk.presses("Рамиля", "already_on_it")
    desk.passes(days=5)

    (found,) = desk.memory.preventions.values()
    assert (found.stage, desk.said("Рамиля")[-1]) == (Stage.KNOWN, "staff.repeat_situation")


def test_without_a_topic_nothing_is_alike() -> None:
    desk = salon_desk()

    for name in ("Анна", "Яна", "Дана", "Вера"):
        complains(desk, name)

    assert told(desk) == []


# ---- the tone ---------------------------------------------------------------------------------


def test_the_customer_reads_the_same_with_and_without_all_of_it() -> None:
    usual, flagged = salon_desk(), salon_desk()
    for desk in (usual, flagged):
        complains(desk, "Анна")
        desk.passes(days=5)
        desk.forget()
    quiet = replace(usual.memory.content.business.notice, customer_cases=99, situation_cases=99)
    business = replace(usual.memory.content.business, notice=quiet)
    usual.memory.content = replace(usual.memory.content, business=business)
    same_telephone(flagged)

    for desk in (usual, flagged):
        for days in (3, 9, 2):
            complains(desk, "Анна", topic="wait", days=days)
            desk.passes(days=3)

    assert (len(told(flagged)) > len(told(usual)), desk.said("Анна") != []) == (True, True)
    assert [said.text for said in flagged.heard("Анна")] == [
        said.text for said in usual.heard("Анна")
    ]
