"""A card is posted anew, and Telegram's answer to that cannot be read."""

from tests.world import World


async def test_the_old_card_is_replaced_by_one_that_is_known(world: World) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("2 ·")
    first = await world.card()
    await world.control.add_fault("garbage", "sendMessage", chat=world.group)

    await anna.writes("Ждала сорок минут")
    await world.passes(seconds=5)

    stray, known = await world.cards()
    assert first.id not in (stray.id, known.id)
    assert "Ждала сорок минут" in known.text
    assert await world.people["Гузель"].taps_on(known, "Беру", chat=world.group) != ""
    assert [card.id for card in await world.cards()] == [stray.id, known.id]


async def test_a_reply_to_the_old_card_is_not_lost_meanwhile(world: World) -> None:
    anna, guzel = await world.person("Анна"), world.people["Гузель"]
    await anna.starts("b_bauman")
    await anna.taps("2 ·")
    first = await world.card()
    await world.control.add_fault("garbage", "sendMessage", chat=world.group)
    await anna.writes("Ждала сорок минут")

    await guzel.replies("Простите нас", to=first)
    await world.passes(seconds=11)

    assert (await anna.heard())[-1] == "Простите нас\n\nГузель, администратор"


async def test_a_reply_to_a_card_that_nobody_remembers_reaches_the_customer(world: World) -> None:
    anna, guzel = await world.person("Анна"), world.people["Гузель"]
    await anna.starts("b_bauman")
    await anna.taps("2 ·")
    await world.control.add_fault("garbage", "sendMessage", chat=world.group)
    await anna.writes("Ждала сорок минут")
    await world.passes(seconds=5)
    stray, _ = await world.cards()

    await guzel.replies("Простите нас", to=stray)
    await world.passes(seconds=11)

    assert (await anna.heard())[-1] == "Простите нас\n\nГузель, администратор"
