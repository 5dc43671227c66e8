"""After a grave case, or one that came back, the manager is asked what changes, who does it and by when."""

from dataclasses import replace
from datetime import date

from flows.events import PreventionNamed, StaffAction, TimerKind
from flows.prevention import Prevention, Stage
from tests.unit.flows.desk import Desk
from tests.unit.flows.test_closing import answered, checked


def closed(severity: int = 2) -> Desk:
    """Анна's case, as grave as that, was answered and resolved."""
    desk = answered()
    desk.memory.cases[desk.case.id] = replace(desk.case, severity=severity)
    desk.taps("Гузель", "resolve")
    desk.forget()
    return desk


def asked() -> Desk:
    """A quarter of an hour later Рамиля was asked."""
    desk = closed()
    desk.passes(minutes=15)
    return desk


def names(desk: Desk, text: str, name: str = "Рамиля") -> None:
    """Writes the line."""
    message = desk._message(desk.sender(name).tg_id, text)
    event = PreventionNamed(desk.sender(name), message, the(desk).id)
    desk.happens(event, case=desk.case)


def the(desk: Desk) -> Prevention:
    """The only one."""
    (found,) = desk.memory.preventions.values()
    return found


def told(desk: Desk, name: str = "Рамиля") -> str:
    """The newest words to this person."""
    return desk.heard(name)[-1].text


# ---- asked ------------------------------------------------------------------------------------


def test_after_a_grave_case_the_manager_is_asked_once_the_cause_may_be_known() -> None:
    desk = closed()
    desk.taps("Гузель", "Тон разговора")

    desk.passes(minutes=14)
    before = desk.said("Рамиля")
    desk.passes(minutes=1)

    assert before == []
    assert told(desk) == (
        "№ 14 закрыто, причина: Тон разговора. Что меняем, чтобы не повторилось, кто и к какому числу? "
        "Можно одной строкой."
    )
    assert (desk.said("Гузель"), desk.said("Лев"), desk.posted()) == ([], [], [])


def test_after_an_ordinary_case_nobody_is_asked() -> None:
    desk = closed(severity=1)

    desk.passes(days=3)

    assert (desk.said("Рамиля"), desk.memory.preventions) == ([], {})


def test_after_a_case_that_was_opened_again_the_manager_is_asked_whatever_its_severity() -> None:
    desk = checked()
    desk.presses("Анна", "Не совсем")
    desk.replies("Рамиля", "Простите, что снова ждали")
    desk.passes(seconds=11)
    desk.taps("Рамиля", "resolve")

    desk.passes(minutes=15)

    assert (the(desk).opening, desk.said("Рамиля")[-1]) == (2, "staff.prevention_ask")


def test_opened_again_by_mistake_nothing_is_asked_until_it_is_closed_again() -> None:
    desk = closed()
    desk.taps("Гузель", "reopen")

    desk.passes(minutes=16)
    before = desk.memory.preventions.copy()
    desk.taps("Гузель", "resolve")
    desk.passes(minutes=15)

    assert (before, the(desk).stage) == ({}, Stage.ASKED)


def test_the_hours_that_a_customer_chose_are_not_the_managers() -> None:
    desk = answered()
    for tg_id, customer in desk.memory.customers.items():
        chosen = replace(customer, quiet="daytime", zone="Asia/Vladivostok")
        desk.memory.customers[tg_id] = chosen
    desk.memory.cases[desk.case.id] = replace(desk.case, severity=2)
    desk.taps("Гузель", "resolve")
    desk.forget()

    desk.passes(minutes=15)

    assert desk.said("Рамиля") == ["staff.prevention_ask"]


def test_at_night_nobody_is_asked_before_morning() -> None:
    desk = answered()
    desk.memory.cases[desk.case.id] = replace(desk.case, severity=2)
    desk.passes(hours=9, minutes=50)  # 21:50
    desk.taps("Гузель", "resolve")
    desk.forget()

    desk.passes(hours=10)
    at_night = desk.said("Рамиля")
    desk.passes(hours=2)

    assert (at_night, desk.said("Рамиля")) == ([], ["staff.prevention_ask"])


def test_later_asks_on_the_next_working_morning() -> None:
    desk = asked()

    assert desk.presses("Рамиля", "later") == "staff.toast.prevention_later"
    desk.forget()
    desk.passes(hours=20)
    before = desk.said("Рамиля")
    desk.passes(hours=3)

    assert (before, desk.said("Рамиля")) == ([], ["staff.prevention_ask"])


def test_without_a_word_it_is_asked_three_mornings_and_no_more() -> None:
    desk = asked()

    desk.passes(days=10)

    assert desk.said("Рамиля") == ["staff.prevention_ask"] * 3
    assert the(desk).stage is Stage.ASKED


def test_nothing_to_change_is_an_answer() -> None:
    desk = asked()

    assert desk.presses("Рамиля", "nothing_to_change") == "staff.toast.prevention_saved"
    desk.passes(days=10)

    assert the(desk).stage is Stage.NOTHING
    assert desk.said("Рамиля") == ["staff.prevention_ask"]


def test_who_may_not_decide_changes_nothing() -> None:
    desk = asked()
    number = the(desk).id

    assert desk.forges("Гузель", StaffAction.PREVENTION, f"{number}:none") == "staff.toast.no_right"
    assert desk.forges("Рамиля", StaffAction.PREVENTION, "999:none") == "staff.toast.outdated"
    assert desk.forges("Рамиля", StaffAction.PREVENTION, f"{number}:1000") == "staff.toast.outdated"
    assert desk.forges("Рамиля", StaffAction.PREVENTION, "²:none") == "staff.toast.outdated"
    assert the(desk).stage is Stage.ASKED


# ---- answered ---------------------------------------------------------------------------------


def test_one_line_is_kept_and_read_back() -> None:
    desk = asked()

    names(desk, "Пятнадцать минут между записями, Гузель, к 1 декабря")

    kept = the(desk)
    assert (kept.what, kept.who, kept.due) == (
        "Пятнадцать минут между записями",
        "Гузель",
        date(2026, 12, 1),
    )
    assert told(desk) == (
        "№ 14, записали: Пятнадцать минут между записями. Кто: Гузель. Спросим 1 декабря, сделано ли. "
        "Гости этого не увидят."
    )


def test_without_a_day_the_day_is_asked_for_by_buttons() -> None:
    desk = asked()

    names(desk, "Второй мастер по пятницам")
    asks = desk.heard("Рамиля")[-1]
    desk.presses("Рамиля", "К 4 декабря")

    assert asks.key == "staff.prevention_when"
    assert [b.values.get("prevention_by") for b in asks.rows[0]] == [
        "27 ноября",
        "4 декабря",
        "20 декабря",
    ]
    assert (the(desk).stage, the(desk).due) == (Stage.PLANNED, date(2026, 12, 4))


def test_the_day_may_be_written_afterwards() -> None:
    desk = asked()
    names(desk, "Второй мастер по пятницам")

    names(desk, "к 10 декабря")

    assert (the(desk).what, the(desk).due) == ("Второй мастер по пятницам", date(2026, 12, 10))


def test_a_day_without_a_deed_asks_for_the_deed() -> None:
    desk = asked()

    names(desk, "к 1 декабря")

    assert (the(desk).stage, desk.said("Рамиля")[-1]) == (Stage.ASKED, "staff.prevention_ask")


def test_what_was_misread_is_corrected() -> None:
    desk = asked()
    names(desk, "Второй мастер, Гузель, к 1 декабря")

    desk.presses("Рамиля", "edit")
    names(desk, "Третий мастер, Лев, к 5 декабря")

    kept = the(desk)
    assert (kept.what, kept.who, kept.due) == ("Третий мастер", "Лев", date(2026, 12, 5))


def test_done_already_needs_no_day() -> None:
    desk = asked()
    names(desk, "Поговорили с мастером")

    desk.presses("Рамиля", "done_already")
    desk.passes(days=40)

    assert the(desk).stage is Stage.DONE
    assert desk.said("Рамиля") == ["staff.prevention_ask", "staff.prevention_when"]


# ---- its day ----------------------------------------------------------------------------------


def planned() -> Desk:
    """Something is to change by the 1st of December."""
    desk = asked()
    names(desk, "Второй мастер, Гузель, к 1 декабря")
    desk.forget()
    return desk


def test_on_its_day_whoever_planned_it_is_asked_in_the_morning() -> None:
    desk = planned()

    desk.passes(days=10, hours=21)  # 1 December, 9:26
    before = desk.said("Рамиля")
    desk.passes(hours=1)

    assert before == []
    assert told(desk) == "№ 14: к 1 декабря хотели так: Второй мастер. Сделано?"


def test_done_and_changed_minds_end_it() -> None:
    for label, stage in (("done", Stage.DONE), ("changed_mind", Stage.DROPPED)):
        desk = planned()
        desk.passes(days=11)

        assert desk.presses("Рамиля", label) == "staff.toast.prevention_saved"
        desk.passes(days=30)

        assert (the(desk).stage, desk.said("Рамиля")) == (stage, ["staff.prevention_due"])


def test_not_yet_asks_for_another_day() -> None:
    desk = planned()
    desk.passes(days=11)

    desk.presses("Рамиля", "not_yet")
    desk.presses("Рамиля", "К 8 декабря")
    desk.passes(days=7)

    assert desk.said("Рамиля") == [
        "staff.prevention_due",
        "staff.prevention_when",
        "staff.prevention_saved",
        "staff.prevention_due",
    ]


def test_without_a_word_its_day_is_asked_about_three_times() -> None:
    desk = planned()

    desk.passes(days=60)

    assert desk.said("Рамиля") == ["staff.prevention_due"] * 3
    assert the(desk).stage is Stage.PLANNED


def test_when_its_planner_has_left_the_next_senior_is_asked() -> None:
    desk = planned()
    ramilya = next(p for p in desk.memory.roster.values() if p.name == "Рамиля")
    desk.memory.roster[ramilya.id] = replace(ramilya, reachable=False)

    desk.passes(days=11)

    assert (desk.said("Рамиля"), desk.said("Лев")) == ([], ["staff.prevention_due"])


def test_two_openings_of_one_case_have_each_their_own() -> None:
    desk = planned()
    desk.passes(days=2)
    desk.presses("Анна", "Не совсем")
    desk.replies("Рамиля", "Простите, что снова ждали")
    desk.passes(seconds=11)
    desk.taps("Рамиля", "resolve")
    desk.passes(minutes=15)

    found = desk.memory.preventions.values()
    assert [(each.opening, each.stage) for each in found] == [(1, Stage.PLANNED), (2, Stage.ASKED)]
    assert f"{TimerKind.PREVENT_DUE}:{min(p.id for p in found)}" in desk.memory.timers


def test_customers_never_read_of_it() -> None:
    desk = planned()

    desk.passes(days=11)

    assert all("Второй мастер" not in said.text for said in desk.heard("Анна"))


def test_whoever_is_no_manager_any_more_decides_nothing() -> None:
    desk = asked()
    manager = desk.memory.roster[the(desk).person_id]
    desk.memory.roster[manager.id] = replace(manager, role="administrator")

    names(desk, "второй мастер в пятницу, Лилия, 1 декабря")

    assert the(desk).stage is Stage.ASKED
