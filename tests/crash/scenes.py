"""What people do in one round of a crash run, by the run's own chance; when the bot is ended is elsewhere."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from flows.events import StaffAction
from tests.crash.peek import Card
from tests.crash.people import Crowd, Customer, unless_gone

GIFTS: Final = ("bs01", "bs11")
BUSY: Final = 8  # people or cases that a scene takes up

Scene = Callable[[Crowd], Awaitable[None]]


async def talk(crowd: Crowd) -> None:
    """Bursts of numbered messages."""
    some = some_customers(crowd, 3 * BUSY)
    await crowd.all_write(some, crowd.stage.chance.randint(2, 5))


async def work(crowd: Crowd) -> None:
    """Cases are taken, and answered by several people at once."""
    for card in some_cards(crowd, BUSY):
        await unless_gone(crowd.taps_card(somebody(crowd), card, StaffAction.TAKE))
        for _ in range(crowd.stage.chance.randint(1, 3)):
            await crowd.replies_to(somebody(crowd), card)
    await talk(crowd)


async def gifts(crowd: Crowd) -> None:
    """Two people tap different gifts of one case at the same moment."""
    for card in some_cards(crowd, BUSY):
        chosen = crowd.stage.chance.sample(GIFTS, len(GIFTS))
        both = zip(crowd.shift, chosen, strict=True)
        await asyncio.gather(
            *(unless_gone(crowd.taps_card(who, card, StaffAction.GIVE, gift)) for who, gift in both)
        )
    await talk(crowd)


async def letters_leave(crowd: Crowd) -> None:
    """The seconds in which a reply or a gift can be held back are over."""
    await work(crowd)
    await crowd.stage.push(seconds=11)


async def promises(crowd: Crowd) -> None:
    """Time passes until promises break, and new ones are made."""
    await talk(crowd)
    await crowd.stage.push(minutes=31)


async def closing(crowd: Crowd) -> None:
    """Cases are resolved: the second tap is for those whose customer still waits."""
    for card in some_cards(crowd, 2 * BUSY):
        for _ in range(2):
            await unless_gone(crowd.taps_card(somebody(crowd), card, StaffAction.RESOLVE))
    await talk(crowd)


async def checks(crowd: Crowd) -> None:
    """Days pass: the checks fall due, all at once."""
    await crowd.stage.push_to_noon(days=3)
    await talk(crowd)


async def answers(crowd: Crowd) -> None:
    """Customers who were asked say yes or no."""
    for customer in crowd.customers:
        label = crowd.stage.chance.choice(("Да", "Не совсем"))
        await unless_gone(crowd.answers_check(customer, label))
    await talk(crowd)


LOOP: Final[tuple[Scene, ...]] = (
    talk,
    work,
    gifts,
    letters_leave,
    promises,
    closing,
    checks,
    answers,
)


def some_customers(crowd: Crowd, most: int) -> list[Customer]:
    """By the run's chance."""
    return crowd.stage.chance.sample(crowd.customers, min(most, len(crowd.customers)))


def some_cards(crowd: Crowd, most: int = BUSY) -> list[Card]:
    """Cards of open cases, by the run's chance."""
    there = [card for card in crowd.stage.peek.cards() if card.is_open]
    return crowd.stage.chance.sample(there, min(most, len(there)))


def somebody(crowd: Crowd) -> int:
    """One of the shift."""
    return crowd.stage.chance.choice(crowd.shift)
