"""What people do at the workbench in a round of a crash run: requests, choices, vouchers, stopped replies, promises.

A scene takes what stands in the database; while the bot is away it finds what was there before.
"""

import asyncio
from collections.abc import Callable, Sized
from typing import Final

from flows.events import StaffAction, VoucherAction
from tests.crash.people import BRANCH, Crowd, unless_gone
from tests.crash.scenes import GIFTS, LOOP, Scene, some_cards, some_customers, somebody, talk

PROMISE: Final = "Напишу через час."
_ARRIVES_WITHIN_S: Final = 8.0
_SOME: Final = 2


async def come_again(crowd: Crowd) -> None:
    """Guests come by the link of another day, and are not content again."""
    some = some_customers(crowd, 8)
    await asyncio.gather(*(crowd.stage.control.start(who.id, f"b_{BRANCH}") for who in some))
    await _heard(crowd)
    for customer in some:
        await unless_gone(crowd.rates_if_asked(customer))
    await talk(crowd)


async def requests(crowd: Crowd) -> None:
    """What is not theirs to give is asked of the manager, who says yes, no or nothing; then it goes one up."""
    front, manager = crowd.shift
    for card in some_cards(crowd):
        await unless_gone(crowd.taps_card(front, card, StaffAction.ASK_MANAGER))
    await _heard(crowd)
    for case, offer in crowd.stage.peek.asked():
        action = crowd.stage.chance.choice((StaffAction.APPROVE, StaffAction.REFUSE, None))
        if action is not None:
            await crowd.taps_privately(manager, case, action, offer)
    await crowd.stage.push(minutes=11)
    await talk(crowd)


async def choices(crowd: Crowd) -> None:
    """Gifts to choose from: the guest takes one while somebody of the shift takes the choice back."""
    for card in some_cards(crowd):
        await unless_gone(crowd.taps_card(somebody(crowd), card, StaffAction.CHOICE))
    await _letters_leave(crowd, crowd.stage.peek.choices)
    for gift, case, customer, offers in crowd.stage.peek.choices():
        crowd.chosen += 1
        offer = crowd.stage.chance.choice((*offers, "none"))
        back = crowd.taps_privately(somebody(crowd), case, StaffAction.UNDO, str(gift))
        await asyncio.gather(crowd.chooses_gift(customer, gift, offer), back)
    await talk(crowd)


async def vouchers(crowd: Crowd) -> None:
    """Both of the shift redeem one code at the same moment; others are extended or revoked."""
    front, manager = crowd.shift
    for card in some_cards(crowd):
        await unless_gone(crowd.taps_card(manager, card, StaffAction.GIVE, GIFTS[0]))
    await _letters_leave(crowd, crowd.stage.peek.vouchers)
    for gift, code in crowd.stage.peek.vouchers():
        match crowd.stage.chance.randrange(4):
            case 0:
                await crowd.taps_voucher(manager, gift, VoucherAction.EXTEND)
            case 1:
                await crowd.taps_voucher(manager, gift, VoucherAction.REVOKE, "mistake")
            case _:
                crowd.redeemed.append(gift)
                await asyncio.gather(
                    crowd.taps_voucher(front, gift, VoucherAction.REDEEM, BRANCH),
                    crowd.taps_voucher(manager, gift, VoucherAction.REDEEM, BRANCH),
                    crowd.stage.control.send(front, f"/redeem {code}"),
                )
    await talk(crowd)


async def stopped(crowd: Crowd) -> None:
    """Replies, some of which are stopped before they leave."""
    for card in some_cards(crowd):
        await crowd.replies_to(somebody(crowd), card)
    await _heard(crowd)
    for case, number in crowd.stage.peek.held():
        if crowd.stage.chance.random() < 0.5:
            who = somebody(crowd)
            await crowd.taps_privately(who, case, StaffAction.STOP_REPLY, str(number))
    await talk(crowd)


async def promised(crowd: Crowd) -> None:
    """Replies that promise another within the hour; somebody wants to be reminded, and the hour passes."""
    for card in some_cards(crowd):
        await crowd.replies_to(somebody(crowd), card, PROMISE)
    await _heard(crowd)
    for case, promise in crowd.stage.peek.promises():
        number = str(promise["number"])
        await crowd.taps_privately(somebody(crowd), case, StaffAction.REMIND, number)
    await crowd.stage.push(minutes=46)
    await talk(crowd)


WORKBENCH: Final[tuple[Scene, ...]] = (
    choices,
    vouchers,
    requests,
    stopped,
    promised,
    come_again,
)
ALL: Final = tuple(
    scene for pair in zip(LOOP, (*WORKBENCH, talk, vouchers), strict=True) for scene in pair
)


async def _heard(crowd: Crowd) -> None:
    """The bot has decided on all of that, if it is there."""
    if crowd.stage.bot is not None and crowd.stage.bot.runs:
        await crowd.stage.heard()


async def _letters_leave(crowd: Crowd, found: Callable[[], Sized]) -> None:
    """Gifts are held back no more, and some of this is in force, if anything gets through."""
    await _heard(crowd)
    await crowd.stage.push(seconds=11)
    await crowd.stage.watch(lambda _: len(found()) >= _SOME, _ARRIVES_WITHIN_S)
