"""A guest with an English Telegram, in a salon whose staff speaks Russian."""

from tests.world import World


async def test_kate_reads_english_and_the_staff_russian(world: World) -> None:
    kate = await world.person("Kate", language_code="en")
    guzel = world.people["Гузель"]
    await kate.starts("b_bauman")
    await kate.taps("2 ·")

    popup = await kate.taps("Long wait")
    await kate.writes("I waited for forty minutes")
    await world.passes(seconds=61)
    await guzel.on_card("🎁 Уход-комплимент")
    await world.passes(seconds=11)

    heard = await kate.heard()
    assert heard[0].startswith("Hello Kate! This is “Лана”")
    assert popup == "Noted: “Long wait”. You can add a few words or a photo."
    assert "a complimentary treatment, a mask or paraffin" in heard[-1]
    assert heard[-1].endswith("Гузель, administrator")
    lines = await world.card_lines()
    assert "Язык: английский" in lines
    assert next(line for line in lines if line.startswith("Дали: ")).startswith(
        "Дали: уход-комплимент, маска или парафин"
    )


async def test_a_reply_is_signed_in_the_language_of_who_reads_it(world: World) -> None:
    kate = await world.person("Kate", language_code="en-GB")
    await kate.starts("b_bauman")
    await kate.taps("2 ·")
    await kate.writes("Too long")
    await world.passes(seconds=61)

    await world.people["Рамиля"].replies("So sorry, Kate!", to=await world.card())
    await world.passes(seconds=11)

    assert (await kate.heard())[-1] == "So sorry, Kate!\n\nРамиля, manager"


async def test_the_language_chosen_in_the_settings_stays_whatever_telegram_says(
    world: World,
) -> None:
    kate = await world.person("Kate", language_code="en")
    await kate.starts()
    await kate.writes("/settings")

    await kate.taps("Русский")
    await kate.writes("/status")

    assert (await kate.heard())[-1] == (
        "Открытых вопросов нет. Хотите написать — пишите прямо сюда."
    )


async def test_a_pressed_topic_stays_in_the_language_of_the_question(world: World) -> None:
    kate = await world.person("Kate", language_code="en")
    await kate.starts("b_bauman")
    await kate.taps("2 ·")

    await kate.taps("Long wait")

    labels = [b.text for row in (await world.newest_with("✓", kate.id)).buttons for b in row]
    assert labels[:2] == ["✓ Long wait", "Not the result I wanted"]
