"""Letting time pass on the page: in steps, stopping at everything that falls due on the way."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

from bot.page.stage import Stage

_MOST_STOPS: Final = 200  # moments at which something falls due within one push
_SETTLES_WITHIN_S: Final = 1.5  # real seconds for one stop; with Telegram away nothing settles
_PUSHES_WITHIN_S: Final = 12.0  # real seconds of a whole push; what is left passes at one stroke
_TOGETHER_MS: Final = 500  # what falls due so close together is one stop
_HURRIED_S: Final = 0.2
_LOOK_S: Final = 0.02
_MS: Final = timedelta(milliseconds=1)


async def push(stage: Stage, seconds: float) -> None:
    """Let so many seconds pass; while the bot is off they pass at one stroke."""
    await _push_to(stage, stage.now_ms() + int(seconds * 1000))


async def push_to_next(stage: Stage) -> bool:
    """Let time pass until the next thing falls due, and it happens; False when nothing does."""
    now = stage.now_ms()
    due = await asyncio.to_thread(stage.window.next_due, now)
    if due is None:
        return False
    await _push_to(stage, max(due, now) + 1)
    return True


async def _push_to(stage: Stage, target_ms: int) -> None:
    if stage.pushing:
        return
    stage.pushing = True
    stage.changed()
    try:
        loop = asyncio.get_running_loop()
        deadline, patience_s = loop.time() + _PUSHES_WITHIN_S, _SETTLES_WITHIN_S
        for _ in range(_MOST_STOPS):
            # What did not get done at one stop will hardly be at the next: it waits for no clock.
            patience_s = _SETTLES_WITHIN_S if await _settled(stage, patience_s) else _HURRIED_S
            now = stage.now_ms()
            due = await asyncio.to_thread(stage.window.next_due, now)
            # What is overdue and still there waits for something else than time.
            if stage.child.state != "running" or due is None or not now < due < target_ms:
                break
            if loop.time() > deadline:
                break
            stage.clock.push(min(due + _TOGETHER_MS, target_ms) * _MS - now * _MS)
        stage.clock.push(max((target_ms - stage.now_ms()) * _MS, timedelta()))
        await _settled(stage, patience_s)
    finally:
        stage.pushing = False
        stage.changed()


async def _settled(stage: Stage, patience_s: float) -> bool:
    """Whether the bot has done what it can do now, within so many real seconds."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience_s
    quiet = 0
    while stage.child.state == "running" and quiet < 2 and loop.time() < deadline:
        await asyncio.sleep(_LOOK_S)
        unread = stage.bot.queue.pending > 0
        busy = unread or await asyncio.to_thread(stage.window.busy, stage.now_ms())
        quiet = 0 if busy else quiet + 1
    return quiet >= 2
