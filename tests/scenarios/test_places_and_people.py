"""/hours, /branches, /people and /options: where, when, who, and what is switched on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.owned import last, owned_world, written
from tests.someone import Someone
from tests.world import World

FILE = "business.yaml"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with owned_world(tmp_path) as world:
        yield world


@pytest.fixture
async def owner(world: World) -> Someone:
    return await world.person("Лев")


# ---- hours and branches -----------------------------------------------------------------------


async def test_hours_are_written_as_people_say_them(world: World, owner: Someone) -> None:
    await owner.writes("/hours")
    await owner.writes("пн–пт 9–20, сб 10–18")

    assert 'hours: "пн–пт 9–20, сб 10–18"' in written(world, FILE)
    assert (await owner.heard())[-2] == (
        "Сохранили. На Баумана: по будням с 9 до 20, в субботу с 10 до 18."
    )


async def test_hours_that_cannot_be_read_are_refused_with_the_reason(
    world: World, owner: Someone
) -> None:
    before = written(world, FILE)
    await owner.writes("/hours")
    await owner.writes("как обычно")

    assert written(world, FILE) == before
    assert "owner.content.mistakes" in await owner.was_told()


async def test_days_off_are_added_and_taken_away(world: World, owner: Someone) -> None:
    before = written(world, FILE)
    await owner.writes("/hours")
    await owner.taps("Особые дни")
    await owner.writes("31.12.2026 10–16\n01.01.2027–02.01.2027 выходной")
    days = world.app.desk.content.business.branches[0].hours.holidays
    await owner.taps("Убрать особые дни")

    assert len(days) == 3
    assert written(world, FILE) == before


async def test_a_branch_is_added_renamed_and_closed_and_its_name_in_links_stays(
    world: World, owner: Someone
) -> None:
    await owner.writes("/branches")
    await owner.taps("Добавить")
    await owner.writes("На Пушкина")
    await owner.taps("Название")
    await owner.writes("Пушкина, 5")
    await owner.taps("Закрыть")

    branch = world.app.desk.content.business.branches[1]
    assert (branch.id, branch.name, branch.closed) == ("pushkina", "Пушкина, 5", True)
    anna = await world.person("Анна")
    await anna.starts("b_pushkina")
    assert (await anna.was_told()) == ["ask.qr"]


async def test_the_only_open_branch_cannot_be_closed(world: World, owner: Someone) -> None:
    before = written(world, FILE)
    await owner.writes("/branches")
    await owner.taps("На Баумана")

    assert (await owner.taps("Закрыть")).startswith("Это единственное открытое место")
    assert written(world, FILE) == before


# ---- people -----------------------------------------------------------------------------------


async def test_the_team_is_shown_with_roles_and_shifts(owner: Someone) -> None:
    await owner.writes("/people")

    assert (await last(owner)).text == (
        "Кто работает с гостями:\n"
        "Лев, владелец, не на смене\n"
        "Рамиля, управляющий, на смене\n"
        "Гузель, администратор, на смене"
    )


async def test_a_role_is_changed_and_the_person_hears_of_it(world: World, owner: Someone) -> None:
    await owner.writes("/people")
    await owner.taps("Сменить роль")
    await owner.taps("Гузель")
    await owner.taps("управляющий")

    assert "Гузель, управляющий, на смене" in (await last(owner)).text
    assert (await world.people["Гузель"].heard())[-1] == "Ваша роль теперь: управляющий."


async def test_somebody_is_removed_and_let_in_again(world: World, owner: Someone) -> None:
    await owner.writes("/people")
    await owner.taps("Убрать")
    await owner.taps("Гузель")
    await world.complaint("Ждала сорок минут")
    assert await world.people["Гузель"].on_card("Беру") != ""
    await owner.taps("Вернуть доступ")
    await world.people["Гузель"].on_card("Беру")

    assert any("Гузель" in line for line in await world.card_lines())


async def test_the_last_owner_stays(world: World, owner: Someone) -> None:
    await owner.writes("/people")
    await owner.taps("Убрать")
    assert (await owner.taps("Лев")).startswith("Это единственный владелец")
    await owner.taps("Назад")
    await owner.taps("Сменить роль")
    await owner.taps("Лев")

    assert (await owner.taps("администратор")).startswith("Это единственный владелец")


async def test_with_a_second_owner_the_first_may_go_and_can_do_nothing_then(
    world: World, owner: Someone
) -> None:
    await owner.writes("/people")
    await owner.taps("Сменить роль")
    await owner.taps("Рамиля")
    await owner.taps("владелец")
    second = world.people["Рамиля"]
    menu = await last(owner)
    await second.writes("/people")
    await second.taps("Сменить роль")
    await second.taps("Лев")
    await second.taps("администратор")

    assert "владелец" in await owner.taps_on(menu, "Убрать")


# ---- switches ---------------------------------------------------------------------------------


async def test_a_switch_is_turned_and_turned_back(world: World, owner: Someone) -> None:
    before = written(world, FILE)
    await owner.writes("/settings")
    await owner.taps("NPS")
    assert world.app.desk.content.business.options == {"nps"}
    assert (await last(owner)).text.startswith("Включено: NPS.")
    await owner.taps("✓ NPS")

    assert written(world, FILE) == before


async def test_topics_of_the_group_are_a_switch_among_the_others(
    world: World, owner: Someone
) -> None:
    await owner.writes("/settings")
    await owner.taps("Темы в группе")

    assert "topics: true" in written(world, "business.yaml")
    assert world.app.desk.content.business.topics
    assert "Темы в группе" in (await last(owner)).text
