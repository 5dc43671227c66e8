"""The people of a crash run: a shift of staff and a crowd of customers, and everything they have said."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from bot.sandbox.control import ControlError
from bot.sandbox.views import ChatView, MessageView
from flows.events import StaffAction
from flows.presses import CasePress
from handlers.buttons import pack
from tests.crash.peek import Card
from tests.crash.stage import USERNAME, Stage

T = TypeVar("T")

BRANCH: Final = "bauman"


@dataclass(slots=True)
class Customer:
    """An account, and what it wrote: message number to text, in order."""

    id: int
    name: str
    said: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person of the staff wrote in reply to a card."""

    message_id: int  # in the group: the order in which replies were written
    customer: int
    text: str


@dataclass(slots=True)
class Crowd:
    """Everybody; each deed is remembered as soon as Telegram has taken it."""

    stage: Stage
    owner: int = 0
    group: int = 0
    shift: list[int] = field(default_factory=list)  # who may take cases and give
    customers: list[Customer] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    taps: int = 0
    closed_last: list[int] = field(default_factory=list)  # cases whose check must have come

    def load(self) -> dict[str, int]:
        """How much was done."""
        return {
            "messages": sum(len(customer.said) for customer in self.customers),
            "replies": len(self.replies),
            "taps of staff": self.taps,
        }

    # ---- customers

    async def writes(self, customer: Customer, count: int) -> None:
        """A burst of numbered messages."""
        first = len(customer.said) + 1
        texts = [f"{customer.name} №{n}: долго ждала" for n in range(first, first + count)]
        ids = await self.stage.control.send_burst(customer.id, texts)
        customer.said |= dict(zip(ids, texts, strict=True))

    async def all_write(self, customers: list[Customer], count: int) -> None:
        await asyncio.gather(*(self.writes(customer, count) for customer in customers))

    async def chooses(self, customer: Customer, label: str) -> None:
        """Tap a button that begins so, as soon as it is there."""
        button = await _tappable(self, customer.id, label)
        await self.stage.control.tap(customer.id, *button)

    async def answers_check(self, customer: Customer, label: str) -> bool:
        """Tap yes or no under the newest question; False when none stands."""
        asked = await self._newest_with(customer.id, label)
        if asked is None:
            return False
        await self.stage.control.tap(customer.id, asked.id, label)
        return True

    # ---- staff

    async def taps_card(self, person: int, card: Card, action: StaffAction, arg: str = "") -> None:
        """Tap a button of the card as it was shown once: by now it may show others."""
        data = pack(CasePress(card.case_id, action, arg))
        await self.stage.control.tap(
            person, card.message_id, data=data, chat=self.group, stale=True
        )
        self.taps += 1

    async def replies_to(self, person: int, card: Card) -> None:
        """One numbered reply to the card."""
        text = f"Ответ №{len(self.replies) + 1}."
        message = await unless_gone(
            self.stage.control.send(person, text, chat=self.group, reply_to=card.message_id)
        )
        if message is not None:
            self.replies.append(Reply(message, card.customer, text))

    async def _newest_with(self, chat: int, label: str) -> MessageView | None:
        view = await self.stage.control.chat(chat)
        return next((m for m in reversed(view.messages) if label in m.labels), None)


async def unless_gone(deed: Awaitable[T]) -> T | None:
    """A card that was posted anew meanwhile is gone from the chat: then nothing has happened."""
    try:
        return await deed
    except ControlError:
        return None


async def gathered(stage: Stage, customers: int) -> Crowd:
    """Staff on shift and customers who have each given two stars; the bot runs, and no fault is played."""
    crowd = Crowd(stage)
    await _staff_comes(crowd)
    for number in range(1, customers + 1):
        person = await stage.control.add_person(f"Гость-{number:02}")
        crowd.customers.append(Customer(person.id, person.first_name))
    await asyncio.gather(*(stage.control.start(c.id, f"b_{BRANCH}") for c in crowd.customers))
    await stage.settled()
    await asyncio.gather(*(crowd.chooses(customer, "2 ·") for customer in crowd.customers))
    await stage.settled()
    return crowd


async def _staff_comes(crowd: Crowd) -> None:
    """The owner and the group come by their links; the owner lets two people in."""
    stage, control = crowd.stage, crowd.stage.control
    owner = await control.add_person("Лев")
    crowd.owner = owner.id
    await control.start(owner.id, f"own_{stage.peek.setting('owner_token')}")
    crowd.group = await control.add_group("Лана: смена", owner.id)
    link = f"https://t.me/{USERNAME}?startgroup=g_{stage.peek.setting('group_token')}&admin=delete_messages+manage_topics"
    await control.open_link(owner.id, link, group=crowd.group)
    for name, role in (("Гузель", "Администратор"), ("Рамиля", "Управляющий")):
        await _joins(crowd, name, role)


async def _joins(crowd: Crowd, name: str, role: str) -> None:
    stage, control = crowd.stage, crowd.stage.control
    person = await control.add_person(name)
    await control.join(person.id, crowd.group)
    await control.start(person.id, f"join_{stage.peek.setting('join_token')}")
    asked = await _tappable(crowd, crowd.owner, role)
    await control.tap(crowd.owner, *asked)
    await stage.settled()
    await control.send(person.id, role.lower())
    await stage.settled()
    crowd.shift.append(person.id)


async def _tappable(crowd: Crowd, chat: int, label: str) -> tuple[int, str]:
    """Message and whole label of the newest button that begins so, as soon as it is there."""

    def found(view: ChatView) -> list[tuple[int, str]]:
        return [(m.id, each) for m in view.messages for each in m.labels if each.startswith(label)]

    return found(await crowd.stage.control.wait(chat, lambda view: bool(found(view)), 60))[-1]
