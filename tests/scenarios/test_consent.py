"""Consents: regular questions only with a yes, and (by a setting) nothing heard before one."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from flows.events import VisitEnded
from tests.content.salon import salon
from tests.someone import Someone
from tests.world import World, opened_world

PHONE = "+79990000001"


async def known(world: World) -> Someone:
    """Анна, whose telephone is known."""
    anna = await world.person("Анна", phone_number="79990000001")
    await anna.gives_phone()
    return anna


async def visits(world: World, number: int) -> None:
    """A booking program tells of a visit; three hours later."""
    ended = world.clock.now()
    await world.app.turns.happened(VisitEnded(f"csv:{number}", "csv", ended, "bauman", phone=PHONE))
    await world.passes(hours=3)


async def rows(world: World, sql: str) -> list[tuple[object, ...]]:
    """What stands in the database."""
    return await world.app.database.transact(
        lambda conn: [tuple(row) for row in conn.exec_driver_sql(sql).fetchall()]
    )


async def after_two_visits(world: World) -> Someone:
    """Анна has answered about two visits."""
    anna = await known(world)
    await visits(world, 1)
    await anna.taps("5 ·")
    await world.passes(days=20)
    await visits(world, 2)
    await anna.taps("5 ·")
    return anna


# ---- regular questions --------------------------------------------------------------------------


async def test_after_the_second_answer_consent_is_asked_for_once(world: World) -> None:
    anna = await after_two_visits(world)

    assert (await anna.was_told())[2:] == [
        "ask.salon",
        "rate.5",
        "ask.salon",
        "rate.5",
        "consent.regular",
    ]
    assert (await anna.labels())[-1] == ("Да, спрашивайте", "Не надо")


async def test_with_a_yes_the_third_visit_is_asked_about(world: World) -> None:
    anna = await after_two_visits(world)

    await anna.taps("Да, спрашивайте")
    await world.passes(days=20)
    await visits(world, 3)

    assert (await anna.was_told())[-3:] == ["consent.agreed", "review.invite", "ask.salon"]


@pytest.mark.parametrize("answer", ["no", "nothing"])
async def test_without_a_yes_the_third_visit_is_not_asked_about(world: World, answer: str) -> None:
    anna = await after_two_visits(world)
    if answer == "no":
        await anna.taps("Не надо")
    told = len(await anna.heard())

    await world.passes(days=20)
    await visits(world, 3)

    assert (await anna.heard())[told:] == []


async def test_the_consent_is_kept_with_the_words_and_their_revision(world: World) -> None:
    anna = await after_two_visits(world)

    await anna.taps("Да, спрашивайте")
    await anna.writes("/stop")
    await anna.taps("Вернуть вопросы")

    kept = await rows(
        world, "SELECT kind, answer, wording, book IS NOT NULL, at > 0 FROM consents ORDER BY id"
    )
    assert kept == [
        ("phone", "given", "phone.ask", 1, 1),
        ("regular", "given", "consent.regular", 1, 1),
        ("regular", "withdrawn", "stop.confirm", 1, 1),
        ("regular", "given", "stop.confirm", 1, 1),
    ]


async def test_a_complaint_is_no_moment_to_ask_for_consent(world: World) -> None:
    anna = await known(world)
    await visits(world, 1)
    await anna.taps("5 ·")
    await world.passes(days=20)
    await visits(world, 2)

    await anna.taps("2 ·")
    await anna.writes("Ждала сорок минут")
    await world.passes(seconds=61)

    assert "consent.regular" not in await anna.was_told()


async def test_who_scans_the_code_is_asked_whatever_was_agreed(world: World) -> None:
    anna = await world.person("Анна")

    for _ in range(4):
        await anna.starts("b_bauman")
        await anna.taps("5 ·")
        await world.passes(days=20)

    assert await anna.was_told() == ["ask.qr", "rate.5"] * 4


# ---- consent before the first word --------------------------------------------------------------


@pytest.fixture
async def strict(tmp_path: Path) -> AsyncIterator[World]:
    """A salon that hears nobody before they have agreed."""
    business = replace(salon().business, consent_first=True)
    content = replace(salon(), business=business)
    async with opened_world(tmp_path, content=content) as world:
        await world.staffed()
        yield world
        await world.nothing_is_wrong()


async def test_before_a_yes_nobody_is_shown_anything(strict: World) -> None:
    anna = await strict.person("Анна")

    await anna.writes("Ждала сорок минут")
    await anna.writes("И чай холодный")
    await strict.passes(minutes=5)

    assert await anna.was_told() == ["consent.ask"]
    assert await strict.cards() == []
    assert await rows(strict, "SELECT count(*) FROM customers WHERE name = 'Анна'") == [(0,)]


async def test_with_a_yes_everything_is_heard_in_its_order(strict: World) -> None:
    anna = await strict.person("Анна")
    await anna.starts("b_bauman")
    await anna.writes("Ждала сорок минут")
    await anna.writes("И чай холодный")

    await anna.taps("Даю согласие")
    await strict.passes(seconds=61)

    assert await anna.was_told() == ["consent.ask", "ask.qr", "ack.unassigned"]
    lines = await strict.card_lines()
    assert lines.index("Ждала сорок минут") < lines.index("И чай холодный")
    assert await rows(strict, "SELECT kind, answer FROM consents") == [("first", "given")]


async def test_with_a_no_what_was_written_is_gone_and_nobody_is_kept(strict: World) -> None:
    anna = await strict.person("Анна-Отказница")
    await anna.writes("Ждала сорок минут, покрасили криво")

    await anna.taps("Не хочу")
    await strict.app.scheduler.verify()

    held = (strict.folder / "zabota.db").read_bytes()
    assert (await anna.was_told())[-1] == "consent.first_declined"
    assert [t for t in ("покрасили криво", "Отказница") if t.encode() in held] == []
    left = "SELECT count(*) FROM {} WHERE chat_id = {}"
    found = [await rows(strict, left.format(table, anna.id)) for table in ("inbox", "outbox")]
    assert found == [[(0,)], [(0,)]]


async def test_after_a_day_without_an_answer_what_was_written_is_blanked(strict: World) -> None:
    anna = await strict.person("Анна")
    await anna.writes("Ждала сорок минут")
    await strict.passes(hours=23)
    await strict.app.scheduler.let_go_of_sealed()
    kept = await rows(strict, "SELECT count(*) FROM inbox WHERE state = 'sealed'")

    await strict.passes(hours=2)
    await strict.app.scheduler.let_go_of_sealed()

    assert kept == [(1,)]
    assert await rows(strict, "SELECT count(*) FROM inbox WHERE payload LIKE '%сорок%'") == [(0,)]
    await anna.taps("Даю согласие")
    assert (await anna.was_told())[-1] == "start.plain"


async def test_health_does_not_wait_for_consent(strict: World) -> None:
    anna = await strict.person("Анна")
    await anna.writes("Здравствуйте")

    await anna.writes("После окрашивания ожог и волдыри")
    await anna.writes("Что делать?")

    assert await anna.was_told() == ["consent.ask", "health.ack"]
    assert "ожог" in (await strict.people["Рамиля"].heard())[-1]


async def test_what_lies_sealed_outlives_a_restart(strict: World) -> None:
    anna = await strict.person("Анна")
    await anna.writes("Ждала сорок минут")
    await strict.restart()

    await anna.taps("Даю согласие")
    await strict.passes(seconds=61)

    assert "Ждала сорок минут" in await strict.card_lines()


async def test_who_takes_the_consent_back_is_asked_again(strict: World) -> None:
    anna = await strict.person("Анна")
    await anna.writes("Спасибо большое")
    await anna.taps("Даю согласие")
    await anna.writes("/privacy")
    await anna.taps("Отозвать согласие")

    await anna.writes("А вот ещё что")

    assert (await anna.was_told())[-1] == "consent.ask"


async def test_people_of_the_staff_need_no_consent(strict: World) -> None:
    told = len(await strict.people["Гузель"].heard())

    await strict.people["Гузель"].writes("Как это работает?")

    assert "consent.ask" not in (await strict.people["Гузель"].was_told())[told:]


async def test_whoever_had_an_open_case_before_goes_on_being_heard(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")
    business = replace(salon().business, consent_first=True)
    await world.restart(replace(salon(), business=business))

    await anna.writes("И чай холодный")
    await world.passes(seconds=61)

    assert "И чай холодный" in await world.card_lines()
    assert "consent.ask" not in await anna.was_told()


async def test_a_visit_before_the_phone_was_known_is_asked_about(world: World) -> None:
    ended = world.clock.now() - timedelta(days=1)
    await world.app.turns.happened(VisitEnded("csv:1", "csv", ended, "bauman", phone=PHONE))

    anna = await known(world)
    await world.passes(minutes=5)

    assert (await anna.was_told())[-1] == "ask.salon"
