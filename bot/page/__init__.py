"""`zabota demo`: the product on one page in a browser, both sides and the clock, without a token.

The sandbox lives in this process; the bot is a process of its own and talks to it as it talks to Telegram.
It is started before anything else is imported here: it takes the longest to come.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from bot.content import ContentProblems, write_preset
from bot.page.child import Child, settings_of


def main(*, preset: str, keep: Path | None, port: int, browser: bool) -> int:
    """Serve the page until Ctrl+C, SIGTERM or the end of its terminal; the exit code.

    With `keep` everything stays in that folder and goes on from there the next time.
    Raises ContentProblems when the content kept there has mistakes.
    """
    try:
        asyncio.run(_play(preset, keep, port, browser=browser))
    except* ContentProblems as group:
        raise group.exceptions[0] from None
    return 0


async def _play(preset: str, keep: Path | None, port: int, *, browser: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with AsyncExitStack() as leaving:
        folder = keep
        if folder is None:
            made = tempfile.TemporaryDirectory(prefix="zabota-demo-")
            folder = Path(leaving.enter_context(made))
        folder = folder.resolve()
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "content").exists():
            write_preset(preset, folder / "content")
        telegram = _free_port()
        child = Child(folder, settings_of(folder, f"http://127.0.0.1:{telegram}"))
        leaving.push_async_callback(child.stop)
        await child.start()
        from bot.page.playing import play  # noqa: PLC0415  (the bot imports at the same time)

        await play(folder, preset, child, telegram, port, stop, browser=browser)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
