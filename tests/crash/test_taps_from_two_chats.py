"""The manager gives from the private chat, the owner from the card in the group, at the same moment: one gift."""

import asyncio
from collections import Counter
from typing import Final

import pytest

from bot.sandbox.views import ChatView
from flows.events import StaffAction
from flows.presses import CasePress
from handlers.buttons import pack
from tests.crash.peek import Card
from tests.crash.people import Crowd, gathered
from tests.crash.stage import Stage

pytestmark = [pytest.mark.long, pytest.mark.asyncio(loop_scope="session")]

PAIRS: Final = 50
_A_DAY: Final = 25  # what the manager may give in a day is limited
_ASKED_FOR: Final = "bs07"  # the manager's to give: an administrator's tap becomes a request
_TAPPED: Final = "bs01"


async def test_one_of_two_taps_gives(stage: Stage) -> None:
    await stage.up()
    crowd = await gathered(stage, PAIRS)
    await asyncio.gather(*(crowd.chooses(c, "Не тот результат") for c in crowd.customers))
    await stage.settled()
    cards = stage.peek.cards()

    for day in range(0, PAIRS, _A_DAY):
        await _race(crowd, cards[day : day + _A_DAY])
        await stage.push_to_noon(days=1)
        await stage.settled()

    given = stage.peek.rows("SELECT case_id, offer_id, code FROM gifts WHERE state = 'given'")
    assert Counter(case for case, *_ in given) == Counter(card.case_id for card in cards)
    assert {offer for _, offer, _ in given} == {_ASKED_FOR, _TAPPED}
    for customer in crowd.customers:
        chat = await stage.control.chat(customer.id)
        assert len([code for *_, code in given if _tells(chat, code)]) == 1
        assert len([m for m in chat.messages if "Код: " in m.text]) == 1


async def _race(crowd: Crowd, cards: list[Card]) -> None:
    """An administrator asks the manager; then the manager says yes while the owner taps another gift."""
    control, (administrator, manager) = crowd.stage.control, crowd.shift
    for card in cards:
        await crowd.taps_card(administrator, card, StaffAction.GIVE, _ASKED_FOR)
    await crowd.stage.settled()
    requests = await _requests(crowd, manager)
    both = [
        (
            crowd.taps_card(crowd.owner, card, StaffAction.GIVE, _TAPPED),
            control.tap(manager, requests[yes], data=yes),
        )
        for card in cards
        for yes in [pack(CasePress(card.case_id, StaffAction.APPROVE, _ASKED_FOR))]
    ]
    taps = [
        tap for pair in both for tap in (pair if crowd.stage.chance.random() < 0.5 else pair[::-1])
    ]
    await asyncio.gather(*taps)
    await crowd.stage.settled()


async def _requests(crowd: Crowd, manager: int) -> dict[str, int]:
    """Data of each button in the manager's chat: the message it stands under."""
    chat = await crowd.stage.control.chat(manager)
    return {b.data: m.id for m in chat.messages for row in m.buttons for b in row if b.data}


def _tells(chat: ChatView, code: str) -> bool:
    return any(code in message.text for message in chat.messages)
