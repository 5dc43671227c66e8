"""The moments at which the bot is ended: what is prepared, what is watched for, and what was open afterwards."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final

from bot.sandbox.views import CallView
from tests.crash.ledger import SIGKILL, SIGTERM, End
from tests.crash.peek import Backlog
from tests.crash.people import Crowd
from tests.crash.scenes import Scene, work
from tests.crash.stage import Stage

STORED: Final = "stored -> stepped"
STEPPED: Final = "stepped -> sent"
SENT: Final = "sent -> marked"
ANY: Final = "under load"
LOOP: Final = "first second"
WINDOWS: Final = (STORED, STEPPED, SENT)

_RIPE: Final = 8  # rows that must wait before the bot is killed
_RIPE_WITHIN_S: Final = 60.0
_ON_ITS_WAY_S: Final = 0.1  # for calls to reach the sandbox; whether they had, its log tells
_ANSWER_WAITS_S: Final = 0.6
_LOOP_LIVES_S: Final = 0.7
_SIGNALS: Final = {SIGKILL: signal.SIGKILL, SIGTERM: signal.SIGTERM}


@dataclass(frozen=True, slots=True)
class Moment:
    """One end to come: by which signal, in which window, started by `zabota run` itself or forked."""

    how: str
    window: str
    by_command: bool = False


async def ended(crowd: Crowd, moment: Moment, scene: Scene) -> End:
    """Play the scene under load and end the bot in the window; the bot is down before and afterwards."""
    aim: Callable[[Crowd, Moment, Scene], Awaitable[End]] = {
        STORED: _stored,
        STEPPED: _stepped,
        SENT: _sent,
        ANY: _any,
        LOOP: _loop,
    }[moment.window]
    return await aim(crowd, moment, scene)


async def _stored(crowd: Crowd, moment: Moment, scene: Scene) -> End:
    """Everything is written while the bot is away; it is ended when it has stored a part of that."""
    await scene(crowd)
    await crowd.all_write(crowd.customers, 4)
    await crowd.stage.start(by_command=moment.by_command)
    return await _end(crowd.stage, moment, lambda waits: waits.new >= _RIPE)


async def _stepped(crowd: Crowd, moment: Moment, scene: Scene) -> End:
    """No message gets through: what was decided piles up, and what was tried is tried again."""
    await crowd.stage.up(by_command=moment.by_command)
    async with _every_message(crowd.stage, "drop_before"):
        await _much_to_send(crowd, scene)
        return await _end(crowd.stage, moment, lambda waits: waits.due + waits.posting >= _RIPE)


async def _sent(crowd: Crowd, moment: Moment, scene: Scene) -> End:
    """Calls arrive at once, and their answers take long."""
    await crowd.stage.up(by_command=moment.by_command)
    async with _every_message(crowd.stage, "slow_answer"):
        await _much_to_send(crowd, scene)
        return await _end(
            crowd.stage, moment, lambda waits: waits.posting >= _RIPE, wait_s=_ON_ITS_WAY_S
        )


async def _any(crowd: Crowd, moment: Moment, scene: Scene) -> End:
    """In the middle of everything."""
    await crowd.stage.up(by_command=moment.by_command)
    await scene(crowd)
    await crowd.all_write(crowd.customers, 2)
    return await _end(crowd.stage, moment, lambda waits: waits.new > 0 and waits.sending > 0)


async def _loop(crowd: Crowd, moment: Moment, scene: Scene) -> End:
    """The bot dies again and again before it has lived a second with what it found."""
    stage, lives_s = crowd.stage, crowd.stage.chance.uniform(0, _LOOP_LIVES_S)
    await scene(crowd)
    await crowd.all_write(crowd.customers, 1)
    known = stage.peek.updates()
    await stage.start(by_command=moment.by_command)
    await stage.until(lambda: stage.peek.updates() > known, "the first update is stored")
    first = time.monotonic()
    end = await _end(stage, moment, lambda _: time.monotonic() >= first + lives_s)
    return replace(end, lived_s=end.before_ms / 1000 - first)


async def _much_to_send(crowd: Crowd, scene: Scene) -> None:
    """The scene, and replies to many that all leave at one moment."""
    await scene(crowd)
    await crowd.all_write(crowd.customers, 1)
    await work(crowd)
    await crowd.stage.heard()
    await crowd.stage.push(seconds=11)


@asynccontextmanager
async def _every_message(stage: Stage, fault: str) -> AsyncIterator[None]:
    """New messages and changed cards are all hit by a fault, as long as the block lasts."""
    rules = [
        await stage.control.add_fault(fault, method, times=-1, seconds=_ANSWER_WAITS_S)
        for method in ("sendMessage", "editMessageText")
    ]
    yield
    for rule in rules:
        await stage.control.clear_faults(rule)


async def _end(
    stage: Stage, moment: Moment, ripe: Callable[[Backlog], bool], wait_s: float = 0
) -> End:
    """End the bot as soon as it is `ripe`. A moment that never comes is no failure: the end is a miss."""
    if stage.bot is None:
        raise RuntimeError("nothing to end")
    await stage.watch(ripe, _RIPE_WITHIN_S)
    if wait_s:
        await asyncio.sleep(wait_s)
    waited, before = stage.backlog(), time.monotonic()
    code = await stage.bot.end(_SIGNALS[moment.how])
    after = time.monotonic()
    stage.sent |= stage.peek.sent()
    left = stage.backlog()
    return End(moment.how, moment.window, waited, left, code, before * 1000, after * 1000)


def open_at(end: End, calls: Sequence[CallView]) -> int:
    """How much of its window was open when the bot ended; 0: missed. `calls` is the sandbox's whole log."""
    left = end.left if end.how == SIGKILL else end.waited
    unmarked = sum(1 for call in calls if _taken_and_unanswered(call, end))
    if end.window == STORED:
        return left.new
    if end.window == STEPPED:
        return left.due + max(left.sending - unmarked, 0)
    if end.window == SENT:
        return unmarked
    in_time = end.lived_s < 1
    return in_time * (left.new + left.due + left.sending)


def _taken_and_unanswered(call: CallView, end: End) -> bool:
    """Telegram had it, and the bot had not been told; a call that was slow to arrive came after the end."""
    straddles = call.at_ms < end.before_ms and call.at_ms + call.duration_ms > end.after_ms
    return (
        straddles
        and call.applied
        and call.method in {"sendMessage", "editMessageText"}
        and not call.outcome.startswith("slow ")
    )
