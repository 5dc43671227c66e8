"""One crash run from the first visit to the verdict."""

import time
from collections.abc import Sequence
from typing import Final

from flows.events import StaffAction
from tests.crash import verdict
from tests.crash.ledger import Ledger
from tests.crash.peek import Card
from tests.crash.people import Crowd, gathered, unless_gone
from tests.crash.scenes import Scene
from tests.crash.stage import Stage
from tests.crash.windows import Moment, ended, open_at
from tests.crash.workbench import ALL

# Of every call, polling among them; what remains goes well.
FAULTS: Final = {
    "429": 0.003,
    "5xx": 0.01,
    "drop_before": 0.01,
    "drop_after": 0.01,
    "slow": 0.01,
    "garbage": 0.005,
}


async def crash_run(
    stage: Stage,
    title: str,
    moments: Sequence[Moment],
    *,
    customers: int,
    scenes: Sequence[Scene] = ALL,
) -> Ledger:
    """End the bot at each of the moments in turn, under load and with faults on; then let all settle and judge."""
    ledger, began = Ledger(title), time.monotonic()
    await stage.up()
    crowd = await gathered(stage, customers)
    await stage.leave()
    await _faults(stage)
    for number, moment in enumerate(moments):
        scene = scenes[number % len(scenes)]
        ledger.ends.append(await ended(crowd, moment, scene))
    played = sum(int(rule["hits"]) for rule in await stage.control.faults())
    await stage.control.clear_faults()
    await _finish(crowd)
    await _judge(ledger, crowd)
    ledger.load = crowd.load() | {"faults played": played}
    ledger.took_s = time.monotonic() - began
    return ledger


async def _judge(ledger: Ledger, crowd: Crowd) -> None:
    there = await verdict.seen(crowd)
    ledger.open = [open_at(end, there.calls) for end in ledger.ends]
    ledger.wrong = verdict.wrong(crowd, there)
    ledger.repeats = verdict.repeats(crowd, there)
    ledger.answers_lost = verdict.answers_lost(there)


async def _faults(stage: Stage) -> None:
    for kind, probability in FAULTS.items():
        await stage.control.add_fault(
            kind, times=-1, probability=probability, seconds=0.2, retry_after=1
        )


async def _finish(crowd: Crowd) -> None:
    """Everybody is answered, every second case is closed, and days later its customer is asked."""
    stage = crowd.stage
    await stage.up()
    await _pass(stage, seconds=61)
    for card in _open(stage):
        await crowd.replies_to(crowd.shift[0], card)
    await stage.heard()
    await _pass(stage, seconds=11)
    closing = _open(stage)[::2]
    for card in closing:
        for _ in range(2):
            await unless_gone(crowd.taps_card(crowd.shift[0], card, StaffAction.RESOLVE))
    await stage.settled()
    crowd.closed_last = [card.case_id for card in closing]
    await stage.push_to_noon(days=3)
    await stage.settled()
    await stage.leave()


async def _pass(stage: Stage, *, seconds: float) -> None:
    await stage.settled()
    await stage.push(seconds=seconds)
    await stage.settled()


def _open(stage: Stage) -> list[Card]:
    return [card for card in stage.peek.cards() if card.is_open]
