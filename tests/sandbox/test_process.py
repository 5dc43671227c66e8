"""The sandbox as a process of its own."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from bot.sandbox import Control


async def test_it_says_where_it_listens_and_ends_by_sigterm(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.sandbox", "--port", "0", "--ready-file", str(ready)),
        "--limits",
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None

    url = (await process.stdout.readline()).decode().strip()
    async with Control(url) as control:
        await control.add_bot("700003:CCH-sandbox_token_for_tests_0003")
        person = await control.add_person("Дана")
        await control.start(person.id)
        queue = await control.queue()
    process.send_signal(signal.SIGTERM)

    assert ready.read_text().strip() == url
    assert queue.pending == 1
    assert await process.wait() == 0
