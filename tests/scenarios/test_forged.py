"""Callback data is input: every kind of button, made up by somebody it was never shown to, changes nothing."""

from collections.abc import Iterator
from contextlib import suppress
from enum import Enum
from itertools import product
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from pydantic import ValidationError
from sqlalchemy import select

from handlers import buttons
from storage.tables import cases, conversations, counters, gifts, people, staff_chats
from tests.someone import Someone
from tests.world import World

KINDS = [
    kind
    for kind in vars(buttons).values()
    if isinstance(kind, type) and issubclass(kind, CallbackData) and kind is not CallbackData
]
WORDS = ("1", "fix", "bs01", "owner")
NUMBERS = (1, 2, -1001)  # what there is: somebody else's
MATTERS = (cases, conversations, counters, gifts, people, staff_chats)


def made_up(kind: type[CallbackData]) -> Iterator[str]:
    """Well-formed data of one kind of button: every choice it knows, about things of others."""
    known: list[tuple[Any, ...]] = []
    for field in kind.model_fields.values():
        holds: Any = field.annotation
        if isinstance(holds, type) and issubclass(holds, Enum):
            known.append(tuple(holds))
        elif holds is bool:
            known.append((True, False))
        else:
            known.append(NUMBERS if holds is int else WORDS)
    for values in product(*known):
        with suppress(ValidationError):  # a number that such a button never carries
            yield kind(**dict(zip(kind.model_fields, values, strict=True))).pack()


def nonsense(kind: type[CallbackData]) -> list[str]:
    """What begins like such a button and is none."""
    start, many = kind.__prefix__, "9" * 30
    return [start, f"{start}|", f"{start}|{many}|{many}", f"{start}|-1|x|y|z", f"{start}|\x00|"]


async def matters(world: World) -> list[Any]:
    """Everything that a tap of a stranger could spoil, row by row."""
    return await world.app.database.transact(
        lambda conn: [conn.execute(select(table)).all() for table in MATTERS]
    )


async def told(world: World, stranger: Someone) -> list[Any]:
    """What everybody else has read."""
    others = [each for each in world.people.values() if each is not stranger]
    return [await world.in_group(), *[await each.heard() for each in others]]


async def presses_all(world: World, stranger: Someone, message: int, chat: int | None) -> None:
    """One tap after the other, none waiting for the answer of another one."""
    taps = [
        await world.control.tap(stranger.id, message, data=data, chat=chat, stale=True)
        for kind in KINDS
        for data in (*made_up(kind), *nonsense(kind))
    ]
    await world.settle()
    answered = [(await world.control.tap_answer(tap)).answered for tap in taps]
    assert answered == [True] * len(taps)


@pytest.mark.parametrize("where", ["in private", "in the group"])
async def test_no_made_up_button_does_anything_to_others(world: World, where: str) -> None:
    await world.complaint("Ждала сорок минут")
    await world.people["Гузель"].on_card("🎁 Уход-комплимент")
    await world.passes(seconds=61)
    stranger = await world.person("Чужой")
    await stranger.starts()
    await world.control.join(stranger.id, world.group)
    await world.settle()
    card, hello = await world.card(), (await stranger.sees())[-1]
    before, heard = await matters(world), await told(world, stranger)

    if where == "in private":
        await presses_all(world, stranger, hello.id, None)
    else:
        await presses_all(world, stranger, card.id, world.group)

    assert (await matters(world), await told(world, stranger)) == (before, heard)
    assert await world.control.complaints() == []
