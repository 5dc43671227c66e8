"""The stage: a folder of its own with sandbox and bot as real processes in it; cleared when it is left."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import aiohttp

import bot
from bot.content import write_preset
from bot.demo.failure import DemoFailed
from bot.demo.story import Story
from bot.sandbox.control import Control
from bot.socket import ask, socket_path

TOKEN: Final = "424242:AAExampleTokenOfTheSandboxOnly-000000"  # noqa: S105 - the sandbox alone takes it
_CODE: Final = Path(bot.__file__).parents[1]
_BOT: Final = ("-c", "from bot.cli import main; main()", "run", "--create")
# Nobody's own settings: no real bot, no real database is ever meant.
_KEPT: Final = ("PATH", "HOME", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "SYSTEMROOT")
_STARTS_WITHIN_S: Final = 45.0  # the imports of the bot on a busy machine
_STOPS_WITHIN_S: Final = 10.0
_LOOK_S: Final = 0.05
_CONTENT: Final = "content"
_LOG_LINES: Final = 25


@dataclass(slots=True)
class Stage:
    """Where the story plays: hands and eyes, and the link that makes the owner."""

    control: Control
    owner_link: str
    _actors: tuple[_Process, ...]

    def dead(self) -> DemoFailed | None:
        """Why nothing can happen any more, if a process has ended."""
        ended = [actor for actor in self._actors if actor.code is not None]
        return ended[0].failed("died", code=ended[0].code) if ended else None

    def logs(self) -> tuple[str, ...]:
        """The last lines of both logs."""
        return tuple(line for actor in self._actors for line in actor.log())


class _Process:
    """One child with its log."""

    def __init__(self, name: str, folder: Path, story: Story) -> None:
        self.name, self._log, self._story = name, folder / f"{name}.log", story
        self._child: asyncio.subprocess.Process | None = None

    async def start(self, *command: str, env: Mapping[str, str]) -> None:
        with self._log.open("wb") as log:
            # A session of its own: Ctrl+C is for the demo, which then stops its children in order.
            self._child = await asyncio.create_subprocess_exec(
                sys.executable,
                *command,
                cwd=self._log.parent,
                env=env,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def code(self) -> int | None:
        """The exit code once it has ended."""
        return self._child.returncode if self._child else None

    def require_alive(self) -> None:
        """Raises DemoFailed when it has ended."""
        if self.code is not None:
            raise self.failed("died", code=self.code)

    async def stop(self) -> None:
        """SIGTERM, and SIGKILL for one that does not listen."""
        if self._child is None or self._child.returncode is not None:
            return
        self._child.terminate()
        try:
            async with asyncio.timeout(_STOPS_WITHIN_S):
                await self._child.wait()
        except TimeoutError:
            self._child.kill()
            await self._child.wait()

    def failed(self, key: str, **values: object) -> DemoFailed:
        return DemoFailed(self._story.words(key, name=self.name, **values), self.log())

    def log(self) -> tuple[str, ...]:
        if not self._log.exists():
            return ()
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return (self._story.words("log", name=self.name), *lines[-_LOG_LINES:])


@asynccontextmanager
async def opened_stage(story: Story) -> AsyncIterator[Stage]:
    """Both processes at work on the content of the story's preset; raises DemoFailed when one does not start."""
    async with AsyncExitStack() as leaving:
        name = leaving.enter_context(tempfile.TemporaryDirectory(prefix="zabota-demo-"))
        folder, port = Path(name), _free_port()
        url = f"http://127.0.0.1:{port}"
        write_preset(story.preset, folder / _CONTENT)
        sandbox, product = _Process("sandbox", folder, story), _Process("bot", folder, story)
        leaving.push_async_callback(sandbox.stop)
        control = await leaving.enter_async_context(Control(url))
        # The bot goes first: it still has to say goodbye to a Telegram that is there.
        leaving.push_async_callback(product.stop)
        # Both at once: the bot imports for seconds, and waits for a Telegram that is not there yet.
        sandbox_command = ("-m", "bot.sandbox", "--port", str(port), "--seed", "1")
        await sandbox.start(*sandbox_command, env=_environment({}))
        await product.start(*_BOT, env=_environment(_settings(folder, url)))
        await _listening(sandbox, control, story)
        await _polling(product, control)
        token = (await ask(socket_path(_database(folder)), "links"))["tokens"]["owner"]
        link = f"https://t.me/{story.bot_username}?start=own_{token}"
        yield Stage(control, link, (sandbox, product))


def _settings(folder: Path, sandbox: str) -> dict[str, str]:
    return {
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": f"sqlite:///{_database(folder)}",
        "CONTENT_DIR": str(folder / _CONTENT),
        "TELEGRAM_API_URL": sandbox,
        "SANDBOX_CLOCK_URL": sandbox,
        "TICK_SECONDS": "0.05",
        "LIMITS_ENABLED": "false",
        "STOP_GRACE": "1",
    }


def _database(folder: Path) -> Path:
    return folder / "zabota.db"


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": str(_CODE), "PYTHONUNBUFFERED": "1", **settings}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


async def _listening(sandbox: _Process, control: Control, story: Story) -> None:
    """Until the sandbox answers; it then knows the bot by name before the bot asks."""
    try:
        async with asyncio.timeout(_STARTS_WITHIN_S):
            while True:
                sandbox.require_alive()
                try:
                    await control.add_bot(TOKEN, name=story.bot_name, username=story.bot_username)
                except aiohttp.ClientError:
                    await asyncio.sleep(_LOOK_S)
                else:
                    return
    except TimeoutError:
        raise sandbox.failed("not_started") from None


async def _polling(product: _Process, control: Control) -> None:
    """Until the bot asks for updates."""
    try:
        async with asyncio.timeout(_STARTS_WITHIN_S):
            while not (await control.queue()).polling:
                product.require_alive()
                await asyncio.sleep(_LOOK_S)
    except TimeoutError:
        raise product.failed("not_started") from None
