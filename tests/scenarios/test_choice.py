"""Gifts to choose from, and what is asked of the next role: yes, something else, no, or silence."""

from tests.someone import Someone
from tests.world import World


async def _offered(world: World) -> Someone:
    anna = await world.complaint("Ждала сорок минут")
    guzel = world.people["Гузель"]
    await guzel.on_card("Ещё…")
    await guzel.on_card("На выбор")
    await world.passes(seconds=11)
    return anna


async def test_two_or_three_gifts_are_put_before_the_customer(world: World) -> None:
    anna = await _offered(world)

    assert [line.replace("\xa0", " ") for line in (await anna.heard())[-1].split("\n")[2:5]] == [
        "— уход-комплимент, маска или парафин (по прайсу 1 200 ₽)",
        "— экспресс-укладка (по прайсу 1 500 ₽)",
        "",
    ]
    assert [label.replace("\xa0", " ") for label in (await anna.labels())[-1]] == [
        "Уход-комплимент · 1 200 ₽",
        "Экспресс-укладка · 1 500 ₽",
        "Ничего не нужно",
    ]
    assert (await world.card_lines())[-1] == ("Предложили на выбор: Гузель, 12:01. Гость выбирает")


async def test_the_choice_settles_it_once(world: World) -> None:
    anna = await _offered(world)
    offered = (await anna.sees())[-1]

    await anna.taps("Экспресс")
    again = await anna.taps_on(offered, "Уход")

    assert (await anna.was_told())[-1] == "offer.taken"
    assert (await anna.labels())[-1] == ("Скопировать код", "Записаться", "Показать QR")
    assert again == "Эта кнопка уже своё отработала. Хотите что-то сказать — напишите сюда."
    assert (await world.card_lines())[-1] == "Дали: экспресс-укладка, код LANA-1. Гузель, 12:01"


async def test_nothing_needed_gives_nothing_and_leaves_the_limits_as_they_were(
    world: World,
) -> None:
    anna = await _offered(world)

    await anna.taps("Ничего")

    assert (await anna.was_told())[-1] == "offer.declined"
    assert await world.spent() == {}
    assert "🎁 Уход-комплимент · 1\xa0200\xa0₽" in (await world.card()).labels


async def test_what_is_offered_counts_as_given_until_it_is_chosen(world: World) -> None:
    await _offered(world)

    assert [label for label in (await world.card()).labels if label.startswith("🎁")] == []
    assert sorted((await world.spent()).values()) == [1, 1, 1, 30000, 30000]


async def test_taken_back_within_ten_seconds_nothing_is_offered(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await guzel.on_card("Ещё…")
    await guzel.on_card("На выбор")
    await guzel.on_card("Отменить")
    await world.passes(seconds=60)

    assert (await anna.was_told())[-1] == "ack.unassigned"
    assert await world.spent() == {}


async def test_the_choice_of_another_customer_cannot_be_made(world: World) -> None:
    anna = await _offered(world)
    stranger = await world.person("Ильдар")
    await stranger.starts()
    offered = (await anna.sees())[-1]
    data = offered.buttons[0][0].data
    assert data is not None

    popup = await stranger.forges(data, (await stranger.sees())[-1].id)
    await anna.taps("Уход")

    assert popup == "Эта кнопка уже своё отработала. Хотите что-то сказать — напишите сюда."
    assert (await anna.was_told())[-1] == "offer.taken"


async def test_the_choice_is_kept_after_the_case_was_resolved(world: World) -> None:
    anna, guzel = await _offered(world), world.people["Гузель"]
    await guzel.on_card("Решено")

    await anna.taps("Уход")

    assert (await anna.was_told())[-1] == "offer.taken"


async def test_a_choice_made_on_another_day_moves_the_counters_of_the_day_it_was_offered(
    world: World,
) -> None:
    anna, ramilya = await _offered(world), world.people["Рамиля"]
    await world.passes(days=2)

    await anna.taps("Уход")
    chosen = sorted((await world.spent()).values())
    await ramilya.starts("c_LANA-1")
    await ramilya.taps("Ещё…")
    await ramilya.taps("Отозвать…")
    await ramilya.taps("Дали по ошибке")

    assert (await anna.was_told())[-2:] == ["offer.taken", "voucher.revoked"]
    assert chosen == [1, 1, 1, 15000, 15000]
    assert await world.spent() == {}


async def test_a_choice_that_nobody_makes_can_be_withdrawn(world: World) -> None:
    anna, guzel = await _offered(world), world.people["Гузель"]

    await guzel.on_card("Ещё…")
    await guzel.on_card("Снять выбор")
    popup = await anna.taps("Уход")

    assert await world.spent() == {}
    assert popup == "Эта кнопка уже своё отработала. Хотите что-то сказать — напишите сюда."
