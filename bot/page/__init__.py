"""`zabota demo`: the product on one page in a browser, both sides and the clock, without a token.

The sandbox lives in this process, the bot is a process of its own and talks to it as it talks to Telegram.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from bot.page.opening import open_browser
from bot.page.setting_up import make_people, set_up
from bot.page.stage import ContentWrong, Stage, opened_stage
from bot.page.watching import watch_folder, watch_inside, watch_polls
from bot.page.web import serve

_WRONG = 2  # exit code, as click says it


def main(*, preset: str, keep: Path | None, port: int, browser: bool) -> int:
    """Serve the page until Ctrl+C or SIGTERM; the exit code. With `keep` everything stays in that folder."""
    try:
        asyncio.run(_play(preset, keep, port, browser=browser))
    except ContentWrong as wrong:
        print(wrong, file=sys.stderr)
        return _WRONG
    except KeyboardInterrupt:
        return 0
    return 0


async def _play(preset: str, keep: Path | None, port: int, *, browser: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with AsyncExitStack() as leaving:
        folder = keep
        if folder is None:
            made = tempfile.TemporaryDirectory(prefix="zabota-demo-")
            folder = Path(leaving.enter_context(made))
        folder.mkdir(parents=True, exist_ok=True)
        stage = await leaving.enter_async_context(opened_stage(folder.resolve(), preset))
        make_people(stage)
        group = await leaving.enter_async_context(asyncio.TaskGroup())
        address = await leaving.enter_async_context(serve(stage, port))
        tasks = [
            group.create_task(watch(stage))
            for watch in (watch_inside, watch_polls, watch_folder, stage_watch, set_up)
        ]
        print(address, flush=True)
        print(f"{stage.content_folder}\nCtrl+C", flush=True)
        if browser:
            await open_browser(address)
        await stop.wait()
        for task in tasks:
            task.cancel()


async def stage_watch(stage: Stage) -> None:
    """Notice when the bot's process ends by itself."""
    await stage.child.watch()
