"""The process: signals, the links printed at start, the socket for commands, /health. The bot itself is app.py."""

import asyncio
import gc
import os
import signal
import sys
from contextlib import AsyncExitStack, suppress

import aiohttp
import structlog

from bot.app import App, age
from bot.clock import Clock, PushedClock, SystemClock, follow
from bot.health_http import serve_health
from bot.links import Links
from bot.office import OfficeProblem
from bot.office_wire import commands
from bot.settings import Settings
from bot.socket import Server, socket_path
from bot.watchdog import Watchdog
from storage.errors import StorageProblem

_CLOCK_WITHIN_S = 5.0

_log = structlog.get_logger(__name__)

_KEPT = "The content folder has mistakes: the bot works with what ran well before."


async def _serve(settings: Settings) -> None:
    """Until SIGTERM or SIGINT; one that comes while Telegram is still being asked ends it at once."""
    clock: Clock = PushedClock() if settings.sandbox_clock_url else SystemClock()
    working = asyncio.current_task()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, lambda: working.cancel() if working else None)
    async with AsyncExitStack() as stack:
        caught_up = await _follow_clock(settings, clock, stack)
        app = await App.open(settings, clock=clock)
        stack.push_async_callback(app.close)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, app.stop)
        await stack.enter_async_context(
            Server(
                socket_path(settings.database_path),
                commands(app.office),
                (OfficeProblem, StorageProblem),
            )
        )
        if settings.health_port is not None:
            await stack.enter_async_context(
                serve_health(settings.health_host, settings.health_port, app.health)
            )
        _print_links(app)
        if report := app.reloader.report():
            print(f"{report}\n{_KEPT}", file=sys.stderr)  # noqa: T201 - like the list of a refused start
        await _tell_systemd(app, clock, stack)
        # What was imported stays for good: looking through it again and again would cost a tenth of a second.
        gc.freeze()
        gc.enable()
        # Telegram has answered, so the sandbox is there: nothing is to fall due by the hour of a clock that lags.
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOCK_WITHIN_S):
                await caught_up.wait()
        await app.run()


async def _tell_systemd(app: App, clock: Clock, stack: AsyncExitStack) -> None:
    """From now on it works; as long as it ticks it says so."""
    watchdog = Watchdog(os.environ)
    group = await stack.enter_async_context(asyncio.TaskGroup())
    watching = group.create_task(
        watchdog.watch(lambda: age(app.scheduler.last_tick_at, clock.now())), name="watchdog"
    )
    stack.callback(watching.cancel)
    stack.callback(watchdog.stopping)
    watchdog.ready()


async def _follow_clock(settings: Settings, clock: Clock, stack: AsyncExitStack) -> asyncio.Event:
    """In the sandbox time can be pushed; outside it there is nothing to follow. Set once the clock is right."""
    caught_up = asyncio.Event()
    if not isinstance(clock, PushedClock) or not settings.sandbox_clock_url:
        caught_up.set()
        return caught_up
    session = await stack.enter_async_context(aiohttp.ClientSession())
    group = await stack.enter_async_context(asyncio.TaskGroup())
    following = group.create_task(
        follow(clock, settings.sandbox_clock_url, session, on_caught_up=caught_up.set)
    )
    stack.callback(following.cancel)
    return caught_up


def _print_links(app: App) -> None:
    """What an owner needs on the first day; secrets, so on the terminal and never in the logs."""
    links = Links(app.desk.bot_username, app.desk.tokens)
    if sys.stdout.isatty():
        branches = [(b.id, b.name) for b in app.desk.content.business.branches]
        for link in links.standing(branches):
            print(f"{link.purpose}: {link.address}")  # noqa: T201 - the terminal is asked for


def run(settings: Settings) -> int:
    """Run the bot until SIGTERM or SIGINT; the exit code."""
    with suppress(asyncio.CancelledError):
        asyncio.run(_serve(settings))
    return 0
