"""A complaint travels the whole loop: one customer, one case, from the question to "it is all right now"."""

import pytest

from tests.world import World

GIVEN = """\
Анна, простите нас за испорченное впечатление. Возьмите, пожалуйста, подарок от нас: \
экспресс-укладка (по прайсу 1\xa0500\xa0₽), до 19 января, без условий.

Код: LANA-1. Назовите его администратору.

Гузель, администратор"""

SETTLED = """\
№ 1 · без темы · 2/5
Анна · визитов: 1
20 ноября

Ждала сорок минут, никто не подошёл
Проверка 22 ноября: всё в порядке
Дали: экспресс-укладка, код LANA-1. Гузель, 12:01
Решено: Гузель, 12:01. Причина: Накладка в записи"""


@pytest.mark.parametrize("restless", [False, True], ids=["running", "restarted after every step"])
async def test_a_low_rating_is_settled_by_one_tap_and_checked_on_later(
    world: World, restless: bool
) -> None:
    anna, guzel = await world.person("Анна"), world.people["Гузель"]
    posted = len(await world.in_group())
    world.restless = restless

    await anna.starts("b_bauman")
    await anna.taps("2 ·")
    await anna.writes("Ждала сорок минут, никто не подошёл")
    await world.passes(seconds=61)
    await guzel.on_card("🎁 Экспресс")
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await guzel.on_card("Накладка")
    await world.passes(days=2)
    await anna.taps("Да")

    assert await anna.was_told() == [
        "ask.qr",
        "rate.low",
        "ack.unassigned",
        "offer.single",
        "check.2d",
        "check.ok",
    ]
    assert (await anna.heard())[3] == GIVEN
    assert (await world.card()).text == SETTLED
    assert len(await world.in_group()) == posted + 1
