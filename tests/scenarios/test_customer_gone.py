"""A customer who stops the bot or deletes the account: nothing is lost, the card says so, the bot keeps silent."""

from tests.world import World


async def test_who_blocks_the_bot_is_not_asked_and_the_card_says_so(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await anna.blocks()
    lines = await world.card_lines()
    await guzel.replies("Простите нас", to=await world.card())
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await guzel.on_card("Решено")
    await world.passes(days=3)

    assert lines[-1] == "Не дошло в 12:01: бот остановлен"
    assert await anna.was_told() == ["ask.qr", "rate.low", "ack.unassigned"]
    assert len(await world.cards()) == 1
    world.expected_parked = len(await world.parked())


async def test_who_comes_back_is_heard_in_the_same_case(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")

    await anna.blocks()
    await anna.unblocks()
    await anna.writes("Ладно, я вернулась")

    assert (await world.card_lines())[4:6] == ["Ждала сорок минут", "Ладно, я вернулась"]


async def test_a_deleted_account_parks_the_letter_and_the_card_says_so(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await world.control.deactivate(anna.id)

    await guzel.on_card("🎁 Уход")
    await world.passes(seconds=11)

    assert [line for line in await world.card_lines() if line.startswith("Не дошло")] == [
        "Не дошло в 12:01: аккаунт удалён"
    ]
    world.expected_parked = 1


async def test_one_who_blocked_the_bot_holds_up_nobody_else(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    card = await world.card()
    await world.control.block(anna.id)
    dana = await world.complaint("И я ждала", name="Дана")

    await guzel.replies("Анна, простите", to=card)
    await guzel.replies("Дана, простите", to=await world.card())
    await world.passes(seconds=11)

    assert (await dana.heard())[-1] == "Дана, простите\n\nГузель, администратор"
    world.expected_parked = 1


async def test_staff_who_block_the_bot_are_not_counted_on(world: World) -> None:
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    await world.control.block(guzel.id)
    anna = await world.complaint("Ждала сорок минут")
    told = len(await ramilya.heard())

    await world.passes(minutes=16)

    assert (await ramilya.was_told())[told:] == ["staff.remind"]
    assert (await anna.was_told())[-1] == "ack.unassigned"
    world.expected_parked = len(await world.parked())
