"""/gifts: the owner changes what may be given, from a telephone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.owned import last, owned_world, written
from tests.someone import Someone
from tests.world import World

FILE = "gifts.yaml"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with owned_world(tmp_path) as world:
        yield world


@pytest.fixture
async def owner(world: World) -> Someone:
    return await world.person("Лев")


def line_of(world: World, offer: str) -> str:
    """The line of the file about one offer."""
    return next(line for line in written(world, FILE).split("\n") if f"id: {offer}," in line)


async def test_a_gift_is_shown_with_all_that_matters(owner: Someone) -> None:
    await owner.writes("/gifts")
    await owner.taps("Уход-комплимент")

    assert (await last(owner)).text.split("\n") == [
        "уход-комплимент, маска или парафин",
        "Кнопка: Уход-комплимент",
        "По прайсу: 1 200 ₽".replace(" ", "\u00a0").replace("По\u00a0прайсу:\u00a0", "По прайсу: "),
        "Нам: ≈ 150\u00a0₽",
        "Срок: 60 дней",
        "Даёт: администратор",
        "Для тем: Для любой темы",
        "За месяц дали: 0",
    ]


async def test_a_price_is_changed_and_stands_on_the_cards(world: World, owner: Someone) -> None:
    await owner.writes("/gifts")
    await owner.taps("Уход-комплимент")
    await owner.taps("Цена")
    await owner.writes("1 400 ₽")
    await world.complaint("Ждала сорок минут")

    assert "value: 1400, cost: 150, retail: 1400" in line_of(world, "bs01")
    assert any("1\u00a0400" in label for label in (await world.card()).labels)


async def test_what_was_saved_can_be_undone(world: World, owner: Someone) -> None:
    before = written(world, FILE)
    await owner.writes("/gifts")
    await owner.taps("Экспресс-укладка")
    await owner.taps("Сколько нам")
    await owner.writes("450")
    assert before != written(world, FILE)
    await owner.taps("Отменить")

    assert written(world, FILE) == before


async def test_a_button_that_is_too_long_is_asked_for_again(world: World, owner: Someone) -> None:
    await owner.writes("/gifts")
    await owner.taps("Набор ухода")
    await owner.taps("Кнопка")
    await owner.writes("Большой подарочный набор для ухода")
    assert (await owner.was_told())[-1] == "owner.gifts.long"
    await owner.writes("Набор домой")

    assert 'button: "Набор домой"' in line_of(world, "bs06")


async def test_a_gift_switched_off_is_on_no_card_and_comes_back(
    world: World, owner: Someone
) -> None:
    before = written(world, FILE)
    await owner.writes("/gifts")
    await owner.taps("Экспресс-укладка")
    await owner.taps("Выключить")
    assert line_of(world, "bs11").endswith("off: true}")
    await world.complaint("Ждала сорок минут")
    assert not any("Экспресс" in label for label in (await world.card()).labels)
    await owner.taps("Включить")

    assert written(world, FILE) == before


async def test_a_gift_is_added_by_one_line(world: World, owner: Someone) -> None:
    await owner.writes("/gifts")
    await owner.taps("Добавить")
    await owner.writes("маска, с маслом, 1200, 150")

    assert line_of(world, "own1") == (
        '  - {id: own1, title: "маска, с маслом", button: "Маска, с маслом", value: 1200, cost: 150, '
        "retail: 1200, by: administrator, sev: [1, 2], fits: any, valid_days: 60}"
    )
    assert (await owner.was_told())[-2:] == ["owner.gifts.saved", "owner.gifts.show"]


async def test_topics_and_the_role_are_tapped(world: World, owner: Someone) -> None:
    await owner.writes("/gifts")
    await owner.taps("Сертификат")
    await owner.taps("Для каких тем")
    await owner.taps("✓ Общение")
    await owner.taps("Цена, счёт")
    await owner.taps("Сохранить")
    await owner.taps("Кто даёт")
    await owner.taps("владелец")

    assert "by: owner" in line_of(world, "bs07")
    assert "fits: [hurt, price, result]" in line_of(world, "bs07")


async def test_a_wrong_number_is_asked_for_again(world: World, owner: Someone) -> None:
    before = written(world, FILE)
    await owner.writes("/gifts")
    await owner.taps("Сертификат")
    await owner.taps("Срок")
    await owner.writes("полгода")
    assert (await owner.was_told())[-1] == "owner.gifts.ask_number"
    await owner.writes("без срока")

    assert "valid_days: null" in line_of(world, "bs07")
    assert before != written(world, FILE)
