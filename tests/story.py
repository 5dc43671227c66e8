"""What a story of a shift has cost its people: taps and messages, counted and as the guide for the staff says.

START and links are not counted: Telegram asks for them, not we.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple, Self

from tests.docs.documents import ROOT
from tests.someone import Someone
from tests.world import World

GUIDE: Final = ROOT / "docs" / "ru" / "smena.md"


class Title(StrEnum):
    """The stories, as the guide calls them."""

    HAPPY = "Всё понравилось"
    FRIDAY = "Двойка в пятницу вечером"
    BURN = "Ожог в субботу в 22:30"
    TWO_ACCOUNTS = "Два аккаунта, одно недовольство"
    MISTAKE = "Ответ не туда"


class Cost(NamedTuple):
    """What one story takes."""

    customer_taps: int
    to_customer: int  # messages, the staff's own among them
    staff_taps: int
    in_group: (
        int  # messages of the bot that stand there; a card that comes anew replaces the old one
    )


_NOTHING: Final = Cost(0, 0, 0, 0)


@dataclass(slots=True)
class Story:
    """Counts from the moment it begins."""

    world: World
    guests: tuple[Someone, ...]
    before: Cost = _NOTHING

    @classmethod
    async def of(cls, world: World, *names: str) -> Self:
        """It begins now; the named are its customers, all others are the staff."""
        story = cls(world, tuple([await world.person(name) for name in names]))
        story.before = await story._until_now()
        return story

    async def cost(self) -> Cost:
        """What it has taken so far."""
        pairs = zip(await self._until_now(), self.before, strict=True)
        return Cost(*(now - before for now, before in pairs))

    async def _until_now(self) -> Cost:
        everybody = self.world.people.values()
        staff = [person for person in everybody if person not in self.guests]
        return Cost(
            customer_taps=sum(guest.tapped for guest in self.guests),
            to_customer=sum([len(await guest.heard()) for guest in self.guests]),
            staff_taps=sum(person.tapped for person in staff),
            in_group=len(await self.world.in_group()),
        )


def promised() -> dict[str, Cost]:
    """The table of the guide: story and what it takes."""
    lines = GUIDE.read_text("utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|")
    ]
    return {row[0]: Cost(*map(int, row[1:])) for row in cells if row[-1].isdigit()}
