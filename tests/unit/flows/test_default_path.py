"""The default path, row by row, with everything that is said to the customer."""

from dataclasses import replace

from tests.unit.flows.desk import Desk, salon_desk


def test_a_five_is_thanked_and_asks_for_nothing_more() -> None:
    desk = salon_desk()

    desk.rates("Анна", 5)
    desk.passes(days=3)

    assert desk.said("Анна") == ["ask.qr", "rate.5"]
    assert desk.memory.cases == {}


def test_kind_words_after_a_five_stand_in_the_evening_post() -> None:
    desk = salon_desk()
    token = desk.asks_visit_link("Гузель", "Стрижка", "Лилия")
    desk.opens_visit("Анна", token)
    desk.forget()

    desk.presses("Анна", "rate.5")
    desk.writes("Анна", "Лучшая стрижка за год.")
    desk.passes(hours=9)

    assert desk.said("Анна") == ["rate.5", "rate.5.thanks_sent"]
    assert [post.text for post in desk.posted()] == [
        "Сегодня вам написали\n\nЛилия, это вам: «Лучшая стрижка за год» — Анна"
    ]


def test_a_four_is_asked_what_was_missing() -> None:
    desk = salon_desk()

    desk.rates("Анна", 4)
    desk.writes("Анна", "Парковки")
    desk.quiet(61)

    assert desk.said("Анна") == ["ask.qr", "rate.4", "rate.4.answered"]
    assert desk.memory.cases == {}


def test_a_three_opens_a_case_with_the_topic_and_goes_the_whole_way() -> None:
    desk = salon_desk()

    desk.rates("Анна", 3)
    assert desk.memory.cases == {}
    desk.presses("Анна", "Долго ждали")
    desk.quiet(61)
    desk.replies("Гузель", "Простите, что ждали сорок минут")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")
    desk.taps("Гузель", "Накладка в записи")
    desk.passes(days=2)
    desk.presses("Анна", "yes")

    assert desk.said("Анна") == [
        "ask.qr",
        "rate.3",
        "ack.unassigned",
        "reply",
        "check.2d.rated",
        "check.ok",
    ]
    assert desk.case.cause == "Накладка в записи"


def test_a_three_and_words_is_asked_about_the_words_later() -> None:
    desk = salon_desk()

    desk.rates("Анна", 3)
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)
    desk.replies("Гузель", "Простите, что ждали")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")
    desk.passes(days=2)

    assert desk.said("Анна")[2:] == ["ack.unassigned", "reply", "check.2d"]


def test_a_three_without_a_word_is_only_a_figure() -> None:
    desk = salon_desk()

    desk.rates("Анна", 3)
    desk.passes(days=3)

    assert desk.said("Анна") == ["ask.qr", "rate.3"]
    assert desk.memory.cases == {}


def test_a_low_mark_opens_the_case_at_once_and_goes_the_whole_way() -> None:
    desk = salon_desk()

    desk.rates("Анна", 2)
    assert desk.case.score == 2
    desk.writes("Анна", "Ждала сорок минут, никто не подошёл")
    desk.quiet(61)
    desk.taps("Гузель", "gift")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")
    desk.taps("Гузель", "Накладка в записи")
    desk.passes(days=2)
    desk.presses("Анна", "yes")

    assert desk.said("Анна") == [
        "ask.qr",
        "rate.low",
        "ack.unassigned",
        "offer.single",
        "check.2d",
        "check.ok",
    ]


def test_a_low_mark_and_no_words_is_promised_an_answer_all_the_same() -> None:
    desk = salon_desk()

    desk.rates("Анна", 1)
    desk.passes(minutes=11)

    assert desk.said("Анна") == ["ask.qr", "rate.low", "ack.no_words"]
    assert desk.case.promised


def test_words_about_health_are_answered_at_once() -> None:
    desk = salon_desk()

    desk.writes("Анна", "У меня ожог после окрашивания")
    desk.presses("Рамиля", "seen")
    desk.replies("Рамиля", "Анна, здравствуйте! Как вы сейчас?")
    desk.passes(days=5)

    assert desk.said("Анна") == ["health.ack", "health.seen", "reply"]


def test_somebody_who_just_writes_is_heard_the_same_way() -> None:
    desk = salon_desk()

    desk.writes("Анна", "Ждала сорок минут")
    desk.writes("Анна", "и никто не подошёл")
    desk.quiet(61)
    desk.replies("Гузель", "Простите, что ждали")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")
    desk.passes(days=2)
    desk.presses("Анна", "yes")

    assert desk.said("Анна") == ["ack.unassigned", "reply", "check.2d", "check.ok"]
    assert desk.case.story == ("Ждала сорок минут", "и никто не подошёл")


def test_when_taken_already_the_promise_names_who_answers() -> None:
    desk = salon_desk()

    desk.rates("Анна", 2)
    desk.writes("Анна", "Ждала сорок минут")
    desk.taps("Гузель", "take")
    desk.quiet(61)

    assert desk.said("Анна")[-1] == "ack.open"
    assert "Гузель, администратор" in desk.heard("Анна")[-1].text


def test_when_closed_the_promise_is_for_the_morning() -> None:
    desk = salon_desk()
    desk.passes(hours=10)

    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)

    assert desk.said("Анна") == ["ack.closed_hours"]
    assert "завтра до 10:30" in desk.heard("Анна")[0].text
    assert desk.presses("Анна", "urgent") == ""
    assert desk.said("Анна")[-1] == "ack.urgent"
    assert desk.said("Гузель") == ["staff.urgent"]


def urgent_at_night() -> Desk:
    """Анна cannot wait until the morning."""
    desk = salon_desk()
    desk.passes(hours=10)
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)
    desk.presses("Анна", "urgent")
    desk.forget()
    return desk


def test_what_is_urgent_is_called_again_and_not_for_ever() -> None:
    desk = urgent_at_night()

    desk.passes(hours=2)

    assert desk.said("Гузель") == ["staff.urgent"] * 3


def test_of_what_is_urgent_whoever_has_seen_it_alone_is_reminded_and_not_for_ever() -> None:
    desk = urgent_at_night()
    desk.presses("Гузель", "seen")

    desk.passes(hours=2)

    assert desk.said("Гузель") == ["staff.urgent"] * 3
    assert desk.said("Рамиля") == ["staff.health_seen"]


def test_of_what_is_urgent_and_answered_nobody_is_reminded() -> None:
    desk = urgent_at_night()
    desk.presses("Гузель", "seen")
    desk.replies("Гузель", "Анна, пишу вам")
    desk.passes(seconds=11)

    desk.passes(hours=2)

    assert desk.said("Гузель") == []


def test_off_shift_the_manager_is_on_duty_and_without_one_whoever_can_be_reached() -> None:
    desk = salon_desk()
    for number, person in desk.memory.roster.items():
        there = person.name != "Рамиля"
        desk.memory.roster[number] = replace(person, on_shift=False, reachable=there)
    desk.passes(hours=10)
    desk.writes("Анна", "Ждала сорок минут")
    desk.quiet(61)

    desk.presses("Анна", "urgent")

    assert desk.said("Лев") == ["staff.urgent"]
    assert desk.said("Анна")[-1] == "ack.urgent"
