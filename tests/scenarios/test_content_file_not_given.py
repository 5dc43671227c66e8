"""A file that the owner has sent and Telegram does not hand out: now, or ever; and a stop while it is on its way."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.control import medium
from tests.scenarios.owned import owned_world, sends_file, written
from tests.someone import Someone
from tests.world import World

FILE = "texts/ru.yaml"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with owned_world(tmp_path) as world:
        yield world


@pytest.fixture
async def owner(world: World) -> Someone:
    return await world.person("Лев")


def changed(world: World) -> bytes:
    """The texts with one word another."""
    return written(world, FILE).replace("Спасибо! Хотите", "Благодарим! Хотите").encode()


@pytest.mark.parametrize("fault", ["drop_before", "429"])
async def test_a_file_that_cannot_be_had_now_is_had_later(
    world: World, owner: Someone, fault: str
) -> None:
    await world.control.add_fault(fault, "getFile", times=2)
    await sends_file(owner, "ru.yaml", changed(world))
    await world.passes(seconds=3)
    await world.passes(seconds=5)

    assert (await owner.was_told())[-1] == "owner.file.diff"


async def test_a_file_that_never_comes_is_given_up_and_the_owner_hears_so(
    world: World, owner: Someone
) -> None:
    await world.control.add_fault("drop_before", "getFile", times=99)
    await sends_file(owner, "ru.yaml", changed(world))
    for _ in range(31):
        await world.passes(minutes=2)
    await world.control.clear_faults()

    assert (await owner.was_told())[-1] == "owner.content.lost"


async def test_a_file_that_telegram_refuses_is_answered_and_the_next_one_taken(
    world: World, owner: Someone
) -> None:
    await world.control.add_fault("5xx", "getFile", code=400, html=False)
    await sends_file(owner, "ru.yaml", changed(world))
    refused = (await owner.was_told())[-1]
    await sends_file(owner, "ru.yaml", changed(world))

    assert refused == "owner.content.lost"
    assert (await owner.was_told())[-1] == "owner.file.diff"


async def test_a_stop_during_a_download_leaves_the_file_to_the_next_start(
    world: World, owner: Someone
) -> None:
    slow = await world.control.add_fault("slow", "getFile", seconds=30)
    document = medium("document", changed(world), file_name="ru.yaml")
    await world.control.send(owner.id, None, medium=document)
    async with asyncio.timeout(5):
        under_way = False
        while not under_way:
            await asyncio.sleep(0.001)
            under_way = any(each["hits"] for each in await world.control.faults())
    await world.control.clear_faults(slow)
    await world.restart()
    await world.settle()

    assert (await owner.was_told())[-1] == "owner.file.diff"
