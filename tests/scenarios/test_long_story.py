"""A story longer than the card: staff read every word of it, on the card and in messages under it."""

from tests.world import World


async def test_a_long_story_is_read_whole(world: World) -> None:
    long = " ".join(f"слово{n}" for n in range(300))

    await world.complaint("Ждала сорок минут", long, "Вот так")

    card = await world.card()
    posts = await world.in_group()
    below = [m.text.removeprefix("№ 1, Анна:\n") for m in posts if m.reply_to == card.id]
    assert below == [long, "Вот так"]
    assert card.text.split("\n")[4] == "Ждала сорок минут"
    assert "Рассказ длиннее, целиком он под карточкой" in card.text


async def test_one_message_of_the_greatest_length_is_read_whole(world: World) -> None:
    long = "😡" * 2048

    await world.complaint(long)

    card = await world.card()
    below = [m.text for m in await world.in_group() if m.reply_to == card.id]
    assert "".join(text.removeprefix("№ 1, Анна:\n") for text in below) == long
