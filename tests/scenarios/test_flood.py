"""One customer's flood: so much a minute stands under the card, the rest by a button, and others' cards go first."""

from tests.world import World


async def below(world: World) -> list[str]:
    """What stands under cards in the group."""
    return [m.kind for m in await world.in_group() if m.reply_to is not None]


async def test_six_files_a_minute_stand_under_the_card_and_the_rest_by_a_button(
    world: World,
) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    for _ in range(16):
        await anna.sends("photo")
    shown_at_once = len(await below(world))
    lines = await world.card_lines()
    counts = []
    for _ in range(2):
        await guzel.on_card("Показать ещё")
        counts.append(len(await below(world)))

    assert shown_at_once == 6
    assert "Файлов: 16" in lines
    assert "Ещё файлов и длинных сообщений: 10. Покажем по кнопке." in lines
    assert counts == [12, 16]
    assert "Показать ещё" not in (await world.card()).labels


async def test_after_a_minute_files_are_shown_again(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")
    for _ in range(7):
        await anna.sends("photo")

    await world.passes(seconds=61)
    await anna.sends("photo")

    assert len(await below(world)) == 7


async def test_long_words_count_as_files_do_and_none_is_lost(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    for number in range(8):
        await anna.writes(f"{number} " + "слово " * 400)

    await guzel.on_card("Показать ещё")

    told = "".join(m.text for m in await world.in_group() if m.reply_to is not None)
    on_card = (await world.card()).text
    assert [n for n in range(8) if f"{n} слово" not in told + on_card] == []


async def test_a_place_on_the_map_that_waited_is_shown_as_it_was(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    for _ in range(6):
        await anna.sends("photo")
    await anna.writes(location={"latitude": 55.5, "longitude": 49.1})

    await guzel.on_card("Показать ещё")

    assert (await below(world))[-1] == "location"
