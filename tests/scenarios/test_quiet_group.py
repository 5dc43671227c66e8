"""How many messages the group sees for each row of the default path: two at most, kind words once in the evening."""

import re
from collections.abc import Sequence

import pytest

from tests.someone import Someone
from tests.world import World

_SET_UP = 2  # messages: how the group stands, and how one joins
CARD = re.compile(r"№ 1 · .*")


async def messages(world: World) -> list[str]:
    """What the bot has posted in the group and still stands there, the newest last; the set-up left out."""
    return [m.text.split("\n")[0] for m in await world.in_group()][_SET_UP:]


async def comes(world: World, *taps: str, words: Sequence[str] = ()) -> Someone:
    """A guest opens the permanent link, taps and writes; a minute of quiet is over."""
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    for label in taps:
        await anna.taps(label)
    for each in words:
        await anna.writes(each)
    await world.passes(seconds=61)
    return anna


@pytest.mark.parametrize(
    ("taps", "words", "posted"),
    [
        (["5 ·"], [], 0),
        (["4 ·"], [], 0),
        (["4 ·"], ["Музыка громковата"], 0),
        (["3 ·"], [], 0),
        (["3 ·", "Долго ждали"], [], 1),
        (["3 ·"], ["Ждала сорок минут"], 1),
        (["2 ·"], [], 1),
        (["2 ·"], ["Ждала сорок минут", "И не извинились"], 1),
        (["1 ·", "Долго ждали"], ["Ждала сорок минут"], 1),
    ],
)
async def test_one_message_for_a_case_and_none_for_a_good_rating(
    world: World, taps: list[str], words: list[str], posted: int
) -> None:
    await comes(world, *taps, words=words)
    await world.passes(minutes=1)

    found = await messages(world)

    assert len(found) == posted, found
    assert all(CARD.fullmatch(line) for line in found)


async def test_plain_words_are_one_message(world: World) -> None:
    anna = await world.person("Анна")
    await anna.writes("Ждала сорок минут, никто не подошёл")
    await world.passes(seconds=61)

    assert len(await messages(world)) == 1


async def test_a_whole_ordinary_case_is_one_message_and_reopened_two(world: World) -> None:
    anna, guzel = await comes(world, "2 ·", words=["Ждала сорок минут"]), world.people["Гузель"]
    await world.passes(minutes=16)
    await guzel.on_card("Беру")
    await guzel.replies("Анна, простите, мастер опоздал.", to=await world.card())
    await world.passes(seconds=11)
    await guzel.on_card("🎁 Уход")
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await guzel.on_card("Опоздание")
    whole = await messages(world)

    await world.passes(days=2)
    await anna.taps("Не совсем")
    await anna.writes("Снова ждала")
    await world.passes(seconds=61)
    reopened = await messages(world)
    await world.passes(hours=4)

    assert (len(whole), len(reopened), len(await messages(world))) == (1, 2, 2)


async def test_a_promise_that_is_not_kept_adds_nothing_to_the_group(world: World) -> None:
    await comes(world, "2 ·", words=["Ждала сорок минут"])
    await world.passes(hours=6)

    assert len(await messages(world)) == 1


async def test_kind_words_of_the_day_are_one_post_with_the_names_of_who_is_praised(
    world: World,
) -> None:
    guzel = world.people["Гузель"]
    for name, master, words in (("Анна", "Лилия", "Лучшая стрижка"), ("Дана", "Марат", "Спасибо")):
        await guzel.says(f"/visit стрижка, {master}")
        guest = await world.person(name)
        await guest.follows(await world.visit_link())
        await guest.taps("5 ·")
        await guest.writes(words)
        await world.passes(seconds=61)
    before = await messages(world)

    await world.passes_until(20, 31)

    (post,) = (await world.in_group())[_SET_UP + len(before) :]
    assert post.text == (
        "Сегодня вам написали\n\nЛилия, это вам: «Лучшая стрижка» — Анна\n"
        "Марат, это вам: «Спасибо» — Дана"
    )


async def test_the_card_says_by_when_and_counts_nothing_down(world: World) -> None:
    await comes(world, "2 ·", words=["Ждала сорок минут"])
    first = (await world.card()).text
    await world.passes(minutes=5)

    assert "Ответить: до 12:30" in first.split("\n")
    assert (await world.card()).text == first
