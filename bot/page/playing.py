"""The play from curtain to curtain: the stage is set, the page is served, and all of it ends together."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

from bot.page.child import Child
from bot.page.keeping import keep, kept_in, next_message, recall
from bot.page.opening import open_browser, say_where
from bot.page.setting_up import make_people, set_up
from bot.page.stage import opened_stage
from bot.page.watching import watch_child, watch_folder, watch_inside, watch_keeping, watch_polls
from bot.page.web import serve


async def play(
    folder: Path,
    preset: str,
    child: Child,
    telegram: int,
    port: int,
    stop: asyncio.Event,
    *,
    browser: bool,
) -> None:
    """Until `stop`: the sandbox on the port `telegram`, the page on `port` (0 takes a free one)."""
    async with AsyncExitStack() as leaving:
        told = kept_in(folder)
        stage = await leaving.enter_async_context(
            opened_stage(folder, preset, child, telegram, next_message(told) if told else None)
        )
        known = told is not None and recall(stage, told)
        if told is None:
            make_people(stage)
        leaving.callback(keep, stage)
        address = await leaving.enter_async_context(serve(stage, port))
        group = await leaving.enter_async_context(asyncio.TaskGroup())
        watches = [watch_inside, watch_polls, watch_folder, watch_child, watch_keeping]
        if not known:
            watches.append(set_up)
        tasks = [group.create_task(watch(stage)) for watch in watches]
        say_where(address, stage.content_folder)
        if browser:
            await open_browser(address)
        await stop.wait()
        # The bot still has to say goodbye to a Telegram that is there.
        await child.stop()
        for task in tasks:
            task.cancel()
