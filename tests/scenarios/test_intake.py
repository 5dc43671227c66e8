"""Updates that nobody can read, that come twice, that break our own code; and the end of the process."""

from dataclasses import replace
from time import monotonic

import pytest

from bot.office import OfficeProblem
from flows.texts import Texts
from tests.world import World

PARKED = (
    "Одно событие обработать не получилось, № {number}. Оно сохранено, остальное работает. "
    "Посмотреть и повторить: zabota parked"
)


async def test_an_unreadable_update_is_parked_and_told_and_the_chat_goes_on(world: World) -> None:
    anna, lev = await world.person("Анна"), world.people["Лев"]
    world.expected_parked = 1
    await anna.starts("b_bauman")

    await world.control.inject(
        f'"message": {{"message_id": 7, "chat": {{"id": {anna.id}, "type": "private"}}}}'
    )
    await anna.taps("2 ·")
    await anna.writes("Ждала сорок минут")
    await world.passes(seconds=61)

    (row,) = await world.parked()
    assert await anna.was_told() == ["ask.qr", "rate.low", "ack.unassigned"]
    assert (await lev.heard())[-1] == PARKED.format(number=row.ref)


@pytest.mark.parametrize(
    "raw",
    ['"message": 5', '"surprise": {"id": 1}', "", '"message": {"message_id": "x"}'],
)
async def test_whatever_telegram_sends_polling_goes_on(world: World, raw: str) -> None:
    anna = await world.person("Анна")

    await world.control.inject(raw)
    await anna.starts("b_bauman")

    assert await anna.was_told() == ["ask.qr"]
    world.expected_parked = len(await world.parked())


async def test_a_mistake_of_our_own_parks_the_row_once_and_the_chat_goes_on(world: World) -> None:
    anna, lev = await world.complaint("Ждала сорок минут"), world.people["Лев"]
    guzel = world.people["Гузель"]
    world.expected_errors.add("turn_failed")

    def no_code() -> str:
        raise ZeroDivisionError("no codes today")

    codes, world.app.desk.code = world.app.desk.code, no_code
    card = await world.card()
    await world.control.tap(guzel.id, card.id, card.labels[2], chat=world.group)
    await world.settle()
    (row,) = await world.parked()
    told = (await lev.heard())[-1]
    await guzel.replies("Простите нас", to=card)
    with pytest.raises(OfficeProblem):
        await world.app.office.replay(row.ref)
    world.app.desk.code = codes
    await world.app.office.replay(row.ref)
    await world.passes(seconds=11)

    assert (row.error, told) == ("ZeroDivisionError: no codes today", PARKED.format(number=row.ref))
    assert (await anna.was_told())[3:] == [
        "Простите нас\n\nГузель, администратор",
        "offer.single",
    ]
    world.expected_errors.add("replay_failed")


async def test_a_row_is_parked_once_also_when_nobody_can_be_told_of_it(world: World) -> None:
    anna = await world.person("Анна")
    world.expected_parked, world.expected_errors = 1, {"turn_failed", "parked_row_not_told"}
    whole = world.app.desk.content
    speechless = replace(whole.book, texts=Texts({}, {}, {}))  # the notice cannot be said either

    world.app.desk.content = replace(whole, book=speechless)
    await anna.starts("b_bauman")
    world.app.desk.content = whole
    await anna.starts("b_bauman")

    failed = [entry["event"] for entry in world.logs if entry["log_level"] == "error"]
    assert failed == ["turn_failed", "parked_row_not_told"]
    assert await anna.was_told() == ["ask.qr"]


async def test_redelivered_updates_are_ignored(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")
    before = (await anna.heard(), (await world.card()).text)

    await world.control.redeliver(5)
    await world.settle()
    await world.passes(seconds=61)

    assert (await anna.heard(), (await world.card()).text) == before


async def test_redelivered_after_a_restart_they_are_ignored_too(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")
    before = (await anna.heard(), (await world.card()).text)
    await world.stop()

    await world.control.redeliver(5)
    await world.reopen()

    assert (await anna.heard(), (await world.card()).text) == before


@pytest.mark.parametrize("next_id", [1_000, 950_000_000], ids=["lower", "higher"])
async def test_update_ids_may_begin_anew_after_a_week_of_silence(
    world: World, next_id: int
) -> None:
    anna = await world.complaint("Ждала сорок минут")
    await world.passes(days=8)

    await world.control.restart_update_ids(next_id)
    await anna.writes("Вы ещё здесь?")
    await anna.writes("Отвечайте")

    assert (await world.card_lines())[4:7] == ["Ждала сорок минут", "Вы ещё здесь?", "Отвечайте"]


async def test_told_to_stop_the_bot_finishes_and_sends_what_is_due(world: World) -> None:
    people = [await world.person(f"Гость {n}") for n in range(20)]
    for person in people:
        await world.control.start(person.id, "b_bauman")

    await world.stop()
    pending = (await world.control.queue()).pending
    asked = [await person.was_told() for person in people]
    await world.reopen()

    assert asked.count(["ask.qr"]) + pending >= 20
    assert [await person.was_told() for person in people] == [["ask.qr"]] * 20


async def test_told_to_stop_while_telegram_is_slow_the_bot_ends_within_its_grace(
    world: World,
) -> None:
    anna, dana = await world.person("Анна"), await world.person("Дана")
    await world.control.add_fault("slow", "sendMessage", chat=anna.id, seconds=30)
    await world.control.start(anna.id, "b_bauman")
    await world.control.start(dana.id, "b_bauman")
    await world.control.wait_for_text(dana.id, "Всё ли вам у нас понравилось?")

    begun = monotonic()
    await world.stop()
    took = monotonic() - begun
    await world.control.clear_faults()
    await world.reopen()

    assert took < 5  # the grace is a second
    assert await anna.was_told() == ["ask.qr"]
