"""/try: an owner plays the customer against the real group; everybody sees the mark, and nothing is counted."""

from sqlalchemy import Connection

from tests.someone import Someone
from tests.world import World

TABLES = ("cases", "gifts", "counters", "praises", "conversations", "visits", "messages")


async def counted(world: World) -> dict[str, int]:
    """How many rows there are of all that could be counted."""

    def look(conn: Connection) -> dict[str, int]:
        return {
            table: conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608
            for table in TABLES
        }

    return await world.app.database.transact(look)


async def complains(world: World) -> Someone:
    """The owner begins to try, rates low and tells."""
    owner = await world.person("Лев")
    await owner.writes("/try")
    await owner.taps("Начать")
    await owner.taps("2 ·")
    await owner.writes("Ждала сорок минут")
    await world.passes(seconds=61)
    return owner


async def test_the_card_and_every_letter_bear_the_mark(world: World) -> None:
    owner = await complains(world)

    assert (await world.card_lines())[0] == "Проба"
    await world.people["Гузель"].replies("Разбираемся", to=await world.card())
    await world.passes(seconds=11)
    assert (await owner.heard())[-1].split("\n")[-1] == "Проба"
    letters = (await owner.heard())[-4:-1]
    assert [letter.split("\n")[0] for letter in letters] == ["Проба"] * 3


async def test_a_gift_has_no_code_and_touches_no_limit(world: World) -> None:
    owner = await complains(world)
    await world.people["Гузель"].on_card("🎁 Уход-комплимент")
    await world.passes(seconds=11)

    assert "Код пробный, по нему ничего не выдают." in (await owner.heard())[-1]
    assert (await counted(world))["counters"] == 0


async def test_the_owner_may_work_on_it_alone(world: World) -> None:
    owner = await complains(world)

    assert (await owner.on_card("Беру")).startswith("Ответьте на карточку")
    assert any("Лев" in line for line in await world.card_lines())


async def test_the_check_is_shown_without_waiting_and_the_end_takes_everything_away(
    world: World,
) -> None:
    before = await counted(world)
    owner = await complains(world)
    card = await world.card()
    await world.people["Гузель"].replies("Простите, уже разбираемся", to=card)
    await world.passes(seconds=11)
    await world.people["Гузель"].on_card("Решено")
    await owner.taps("Показать")
    await owner.taps("Да")
    await owner.taps("Убрать карточку")

    assert (await owner.was_told())[-1] == "try.end"
    assert await world.cards() == []
    assert await counted(world) == before


async def test_it_survives_a_restart_and_can_be_ended_at_any_step(world: World) -> None:
    owner = await complains(world)
    await world.restart()
    await owner.writes("/try")

    assert (await owner.was_told())[-1] == "try.end"
    await owner.taps("Ещё раз")
    assert await world.cards() == []
    assert (await owner.heard())[-1].startswith("Проба\n\nЛев, здравствуйте!")


async def test_kind_words_of_a_try_are_not_posted(world: World) -> None:
    owner = await world.person("Лев")
    await owner.writes("/try")
    await owner.taps("Начать")
    await owner.taps("5 ·")
    await owner.writes("Лилия — чудо")
    await world.passes(seconds=61)
    posts = len(await world.in_group())
    await world.passes_until(hour=21)

    assert (await counted(world))["praises"] == 0
    assert len(await world.in_group()) == posts


async def test_real_customers_are_not_touched(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")
    before = await counted(world)
    owner = await complains(world)
    await owner.writes("/try")
    await owner.taps("Убрать карточку")

    assert await counted(world) == before
    assert len(await world.cards()) == 1
    assert "Проба" not in (await anna.heard())[-1]


async def test_a_manager_cannot_try(world: World) -> None:
    manager = world.people["Рамиля"]
    await manager.writes("/try")

    assert (await manager.was_told())[-1] == "owner.only"


async def test_a_try_that_nobody_ends_is_taken_out_by_itself(world: World) -> None:
    before = await counted(world)
    await complains(world)
    await world.passes(days=3, minutes=5)
    await world.app.scheduler.prune()
    await world.settle()

    assert await counted(world) == before
    assert await world.cards() == []
