"""Letting time pass on the page: in steps, stopping at everything that falls due on the way."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

from bot.page.stage import Stage

_MOST_STOPS: Final = 200  # moments at which something falls due within one push
_SETTLES_WITHIN_S: Final = 1.5  # real seconds for one stop; with Telegram away nothing settles
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
        for _ in range(_MOST_STOPS):
            await _settled(stage)
            now = stage.now_ms()
            due = await asyncio.to_thread(stage.window.next_due, now)
            # What is overdue and still there waits for something else than time.
            if stage.child.state != "running" or due is None or not now < due < target_ms:
                break
            stage.clock.push((due - now) * _MS)
        stage.clock.push(max((target_ms - stage.now_ms()) * _MS, timedelta()))
        await _settled(stage)
    finally:
        stage.pushing = False
        stage.changed()


async def _settled(stage: Stage) -> None:
    """Until the bot has done what it can do now, or does not get on with it."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + _SETTLES_WITHIN_S
    quiet = 0
    while stage.child.state == "running" and quiet < 2 and loop.time() < deadline:
        await asyncio.sleep(_LOOK_S)
        unread = stage.bot.queue.pending > 0
        busy = unread or await asyncio.to_thread(stage.window.busy, stage.now_ms())
        quiet = 0 if busy else quiet + 1
