"""A customer changes what was written: the card says the new words in their place, and that they were changed."""

from tests.world import World


async def test_changed_words_stand_in_the_place_of_the_earlier_ones(world: World) -> None:
    anna = await world.complaint()
    first = await anna.writes("Ждала сорок минут")
    await anna.writes("и ушла")

    await anna.edits(first, "Ждала час")
    await world.settle()

    lines = (await world.card()).text.split("\n")
    assert [line for line in lines if line in ("Ждала сорок минут", "Ждала час", "и ушла")] == [
        "Ждала час",
        "и ушла",
    ]
    assert [line for line in lines if line.startswith("Слова изменены")] == [
        "Слова изменены в 12:01"
    ]


async def test_a_burn_that_an_edit_tells_of_alerts_the_manager(world: World) -> None:
    anna, ramilya = await world.complaint(), world.people["Рамиля"]
    first = await anna.writes("Ждала сорок минут")

    await anna.edits(first, "После маски ожог")
    await world.settle()

    alerts = [told for told in await ramilya.heard() if told.startswith("ЗДОРОВЬЕ")]
    assert len(alerts) == 1
