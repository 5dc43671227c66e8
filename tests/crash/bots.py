"""The bot as a process: started, killed, asked to stop; what it does meanwhile is seen elsewhere."""

import asyncio
import json
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
_ENDS_WITHIN_S: Final = 60.0
_COMES_WITHIN_S: Final = 120.0


@dataclass(slots=True)
class Bot:
    """One process of the bot, from its start to its end."""

    pid: int
    ended: "asyncio.Future[int]"  # the exit code; below zero the signal that ended it
    begun: float = field(default_factory=time.monotonic)

    @property
    def runs(self) -> bool:
        return not self.ended.done()

    def send(self, number: signal.Signals) -> None:
        """To this process alone."""
        if self.runs:
            os.kill(self.pid, number)

    async def end(self, number: signal.Signals) -> int:
        """Send the signal and wait for the end; the exit code."""
        self.send(number)
        async with asyncio.timeout(_ENDS_WITHIN_S):
            return await asyncio.shield(self.ended)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bot is started, what it is told, where its log goes."""

    env: Mapping[str, str]
    folder: Path
    log: Path


async def by_command(place: Place) -> Bot:
    """`zabota run`, as an owner starts it."""
    with place.log.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(str(Path(sys.executable).with_name("zabota")), "run"),
            env=place.env,
            cwd=place.folder,
            stdout=log,
            stderr=log,
        )
    return Bot(process.pid, _future(process.wait()))


class Nursery:
    """The same, forked from a process that has done the imports: there in a fraction of a second."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def bear(self, place: Place) -> Bot:
        """One bot at a time: the next only when this one has ended."""
        told = {"env": dict(place.env), "folder": str(place.folder), "log": str(place.log)}
        if self._process.stdin is None:
            raise RuntimeError("the nursery has no standard input")
        self._process.stdin.write(json.dumps(told).encode() + b"\n")
        return Bot(int(await self.heard()), _future(self._code()))

    async def _code(self) -> int:
        return int(await self.heard())

    async def heard(self) -> str:
        """The next line it says."""
        if self._process.stdout is None or not (line := await self._process.stdout.readline()):
            raise RuntimeError("the nursery has ended")
        return line.decode().strip()


@asynccontextmanager
async def nursery() -> AsyncIterator[Nursery]:
    """A nursery with its imports done; its last bot must have ended when the block is left."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.crash.nursery"),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=PIPE,
        stdout=PIPE,
    )
    nursery = Nursery(process)
    try:
        async with asyncio.timeout(_COMES_WITHIN_S):
            await nursery.heard()
        yield nursery
    finally:
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()


def _future(end: Coroutine[Any, Any, int]) -> "asyncio.Future[int]":
    return asyncio.ensure_future(end)  # noqa: TID251 - owned by the Bot that awaits it
