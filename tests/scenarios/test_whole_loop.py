"""A complaint travels the whole loop."""

from tests.world import World


async def test_a_low_rating_is_settled_by_one_tap_and_checked_on_later(world: World) -> None:
    anna, guzel = await world.person("Анна"), world.people["Гузель"]
    await anna.starts("b_bauman")
    await anna.taps("2 ·")
    await anna.writes("Ждала сорок минут, никто не подошёл")
    await world.passes(seconds=61)

    await guzel.taps("🎁", chat=world.group)
    await world.passes(seconds=11)
    await guzel.taps("Решено", chat=world.group)
    await guzel.taps("Накладка", chat=world.group)
    await world.passes(days=2)
    await anna.taps("Да")

    assert [text.split(".")[0] for text in await anna.heard()][-2:] == [
        "Анна, это «Лана»",
        "Спасибо, что ответили",
    ]
