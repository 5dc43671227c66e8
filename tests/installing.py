"""`zabota` as a process in a folder of its own, for tests that install it; answers come by a pipe or a terminal."""

from __future__ import annotations

import asyncio
import os
import pty
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.settings import variables

ROOT = Path(__file__).parents[1]
_PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Done:
    """What a command has said, and with which code it ended."""

    code: int
    said: str

    @property
    def lines(self) -> list[str]:
        """What it said, line by line, without empty ones."""
        return [line for line in self.said.splitlines() if line.strip()]


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """Of a machine on which nothing is set yet."""
    ours = (*variables(), "NOTIFY_SOCKET", "WATCHDOG_USEC")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **more}


def command(*args: str) -> list[str]:
    """`zabota ...` with the interpreter of the tests."""
    return [sys.executable, "-c", "from bot.cli import main; main()", *args]


async def zabota(folder: Path, *args: str, answers: Sequence[str] = (), **more: str) -> Done:
    """Run a command in `folder`, its answers piped in; `more` are variables of the environment."""
    process = await asyncio.create_subprocess_exec(
        *command(*args),
        cwd=folder,
        env=environment(more),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(_PATIENCE_S):
        said, _ = await process.communicate("".join(f"{each}\n" for each in answers).encode())
    return Done(process.returncode or 0, said.decode())


class AtTerminal:
    """A command that is talked to through a terminal, as a person does."""

    def __init__(self, process: asyncio.subprocess.Process, terminal: int) -> None:
        self._process = process
        self._terminal = terminal
        self.said = ""

    @classmethod
    async def start(cls, folder: Path, *args: str, **more: str) -> AtTerminal:
        """Begin `zabota ...` in `folder`."""
        ours, theirs = pty.openpty()
        process = await asyncio.create_subprocess_exec(
            *command(*args),
            cwd=folder,
            env=environment(more),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        os.set_blocking(ours, False)
        return cls(process, ours)

    async def sees(self, words: str) -> None:
        """Wait until the words stand on the screen."""
        async with asyncio.timeout(_PATIENCE_S):
            while words not in self.said:
                await asyncio.sleep(0.02)
                self._read()

    async def types(self, text: str) -> None:
        """Type and press Enter."""
        os.write(self._terminal, f"{text}\n".encode())

    async def presses_ctrl_c(self) -> None:
        """Break it off, as the terminal would tell every process of it."""
        self._process.send_signal(2)

    async def ends(self) -> Done:
        """Wait for the end."""
        async with asyncio.timeout(_PATIENCE_S):
            await self._process.wait()
        self._read()
        os.close(self._terminal)
        return Done(self._process.returncode or 0, self.said)

    def _read(self) -> None:
        try:
            while more := os.read(self._terminal, 65536):
                self.said += more.decode(errors="replace").replace("\r\n", "\n")
        except (BlockingIOError, OSError):
            pass  # nothing more for now, or the other side has hung up
