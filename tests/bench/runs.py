"""One run of one bot, from its start to its end, and what was measured on the way."""

import asyncio
import re
import time
from dataclasses import dataclass

from bot.sandbox.control import Control
from bot.sandbox.views import CallView
from tests.bench.processes import Process
from tests.bench.stage import ECHO_ID, PRODUCT_ID, Stage

_WARMING = 40  # people who write before anything is measured
_SETTLES_S = 1.0
_MARK = re.compile(r"\bm\d+x\d+\b")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is asked of each run."""

    rounds: int = 3
    crowd: int = 1500  # people who write at once
    rate: int = 50  # messages a second
    spoken: int = 500  # messages at that rate


@dataclass(frozen=True, slots=True)
class Throughput:
    """A crowd's messages, all waiting at the beginning, until the last has come out."""

    per_s: float
    cpu_ms: float  # of the bot, for each message
    sandbox_cpu_ms: float
    calls: float  # of the Bot API, for each message


@dataclass(frozen=True, slots=True)
class Run:
    """What one run has shown. Memory in MB, latencies in ms in rising order."""

    start_s: float
    idle_mb: float
    peak_mb: float
    latencies_ms: list[float]
    relay: Throughput
    added: Throughput | None  # further words for cases that are open


@dataclass(slots=True)
class Measuring:
    """A bot that runs, and where its answers are to be found in the log of calls."""

    stage: Stage
    process: Process
    bot: int
    name: str

    def answers(self, calls: list[CallView], method: str) -> list[CallView]:
        """Cards of the group; of the echo bot everything it sends."""
        return [
            call
            for call in calls
            if call.bot == self.bot
            and call.method == method
            and call.applied
            and (self.bot == ECHO_ID or call.params["chat_id"] == self.stage.group)
        ]

    async def until(self, after: int, method: str, marks: set[str]) -> dict[str, float]:
        """Mark -> the moment (monotonic, s) at which an answer that carries it had been made."""
        seen: dict[str, float] = {}

        def complete(calls: list[CallView]) -> bool:
            for call in self.answers(calls[looked[0] :], method):
                for mark in _MARK.findall(call.params["text"]):
                    if mark in marks:
                        seen.setdefault(mark, (call.at_ms + call.duration_ms) / 1000)
            looked[0] = len(calls)
            return len(seen) == len(marks)

        looked = [0]
        await self.stage.calls_until(self.process, after, method, complete)
        return seen

    async def throughput(self, people: list[int], texts: list[str], method: str) -> Throughput:
        """Hold the bot until Telegram has everything, let it go, and wait for the last answer."""
        stage, marks = self.stage, {_MARK.findall(text)[0] for text in texts}
        after = await stage.last_call()
        self.process.pause()
        try:
            await stage.all_write(people, texts, self.bot)
        finally:
            cpu, sandbox_cpu = self.process.cpu_s(), stage.sandbox.cpu_s()
            began = time.monotonic()
            self.process.resume()
        seen = await self.until(after, method, marks)
        # What belongs to the answers may still be going out: it is part of the work.
        await self.quiet()
        count = len(texts)
        return Throughput(
            per_s=count / (max(seen.values()) - began),
            cpu_ms=(self.process.cpu_s() - cpu) * 1000 / count,
            sandbox_cpu_ms=(stage.sandbox.cpu_s() - sandbox_cpu) * 1000 / count,
            calls=(await stage.last_call() - after) / count,
        )

    async def quiet(self) -> None:
        """Until the bot makes no more calls."""
        before = -1
        while (now := await self.stage.last_call()) != before:
            before = now
            await asyncio.sleep(_SETTLES_S / 2)

    async def latencies(self, people: list[int], texts: list[str], rate: int) -> list[float]:
        """Everybody writes once, so many a second whatever the bot does; ms, in rising order."""
        sent: dict[str, float] = {}
        after = await self.stage.last_call()
        hands = Control(self.stage.control.url, self.bot)

        async def write(place: int) -> None:
            await asyncio.sleep(began + place / rate - time.monotonic())
            sent[_MARK.findall(texts[place])[0]] = time.monotonic()
            await hands.send(people[place], texts[place])

        began = time.monotonic() + 0.1
        try:
            async with asyncio.TaskGroup() as group:
                for place in range(len(people)):
                    group.create_task(write(place))
        finally:
            await hands.close()
        seen = await self.until(after, "sendMessage", set(sent))
        return sorted((seen[mark] - moment) * 1000 for mark, moment in sent.items())


async def run_once(stage: Stage, bot: int, number: int, plan: Plan) -> Run:
    """Start a bot, let it speak at a rate, then under a crowd, and stop it."""
    began = time.monotonic()
    process = await (stage.start_product() if bot == PRODUCT_ID else stage.start_echo())
    try:
        start_s = await stage.first_poll(process, bot) - began
        await asyncio.sleep(_SETTLES_S)
        idle_mb = process.rss_mb()
        measuring = Measuring(stage, process, bot, process.name)
        await measuring.latencies(*await _crowd(stage, _WARMING, number, 0), plan.rate)
        latencies = await measuring.latencies(
            *await _crowd(stage, plan.spoken, number, 1), plan.rate
        )
        people, texts = await _crowd(stage, plan.crowd, number, 2)
        relay = await measuring.throughput(people, texts, "sendMessage")
        added = None
        if bot == PRODUCT_ID:
            added = await measuring.throughput(
                people, _texts(number, 3, plan.crowd), "editMessageText"
            )
        return Run(start_s, idle_mb, process.peak_mb(), latencies, relay, added)
    finally:
        await stage.stop(process)


async def _crowd(stage: Stage, count: int, number: int, part: int) -> tuple[list[int], list[str]]:
    return await stage.people(count), _texts(number, part, count)


def _texts(number: int, part: int, count: int) -> list[str]:
    """Each can be told from the others wherever it turns up."""
    return [
        f"Ждала сорок минут, никто не подошёл, m{number}{part}x{place}" for place in range(count)
    ]
