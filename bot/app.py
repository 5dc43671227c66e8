"""The composition root: everything is put together here, for the process and for the tests alike."""

import asyncio
import json
import random
import signal
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Self

import aiohttp
import structlog

from bot.alarm import Alarm
from bot.clock import Clock, PushedClock, SystemClock, follow
from bot.content import Books, load_content
from bot.desk import Desk, link_token
from bot.inbox import Intake
from bot.limits import LimitFigures, Limits, Rate
from bot.outbox import Sender
from bot.polling import Poller, PollingFigures
from bot.refusals import Unauthorized
from bot.route import Route
from bot.scheduler import Scheduler
from bot.settings import Settings, SettingsProblem
from bot.telegram import Telegram, TelegramRefusedError
from bot.turn import Turns
from flows.book import Content
from flows.events import TroubleNoticed
from flows.facts import Tokens
from storage import cards, outbox
from storage.db import Connection, Database
from storage.errors import StorageUnavailable
from storage.tx import Tx

_log = structlog.get_logger(__name__)

_FIRST_WORD_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 30.0


class App:
    """One bot on one database. `open` puts it together, `run` works until `stop`, `close` lets go."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        telegram: Telegram,
        me: dict[str, Any],
        desk: Desk,
        clock: Clock,
        chance: random.Random,
        polling: PollingFigures,
    ) -> None:
        self.settings, self.database, self.telegram = settings, database, telegram
        self.me, self.desk, self.clock = me, desk, clock
        self.alarm = Alarm(telegram, desk)
        self.turns = Turns(database, desk, clock)
        self.intake = Intake(database, Route(me), self.turns, desk, clock, int(me["id"]))
        limits = Limits(_limit_figures(settings), enabled=settings.limits_enabled)
        self.sender = Sender(database, telegram, limits, desk, clock)
        self.poller = Poller(
            telegram,
            self.intake,
            clock,
            on_conflict=self._conflict,
            storage_troubles=(StorageUnavailable,),
            chance=chance,
            figures=polling,
        )
        self.scheduler = Scheduler(
            database,
            self.poller,
            self.turns,
            desk,
            clock,
            on_tick=self.sender.wake,
            on_lost_database=self.alarm.ring,
            tick=timedelta(seconds=settings.tick_seconds),
        )
        self.turns.on_calls = self.sender.wake
        self.intake.on_storage_trouble = self.alarm.ring
        self.intake.on_stored = self.alarm.clear
        self._stop = asyncio.Event()

    @classmethod
    async def open(
        cls,
        settings: Settings,
        *,
        clock: Clock | None = None,
        content: Content | None = None,
        chance: random.Random | None = None,
        token: Callable[[], str] = link_token,
        polling: PollingFigures | None = None,
    ) -> Self:
        """Open the database, read the content, ask Telegram who the bot is. Raises problems for people."""
        content = content or load_content(settings.content_dir)
        database = await Database.open(settings.database_url)
        telegram = Telegram(
            settings.bot_token.get_secret_value(),
            api_url=settings.telegram_api_url,
            proxy=settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None,
        )
        try:
            me = await _who_am_i(telegram, database, clock or SystemClock())
            tokens = await database.transact(partial(_prepare, me=me, token=token))
        except BaseException:
            await telegram.close()
            await database.close()
            raise
        desk = Desk(content, Books(content.book), tokens, str(me.get("username", "")))
        return cls(
            settings,
            database,
            telegram,
            me,
            desk,
            clock or SystemClock(),
            chance or random.Random(),
            polling or PollingFigures(long_poll_s=settings.poll_timeout),
        )

    async def run(self) -> None:
        """Work until `stop`; then finish the turns in hand and send what is due within the grace time."""
        await self.alarm.learn_owners(self.database)
        _log.info("started", bot=self.desk.bot_username)
        self.scheduler.start()
        async with asyncio.TaskGroup() as group:
            polling = group.create_task(self.poller.run(), name="polling")
            intake = group.create_task(self.intake.run(), name="intake")
            sending = group.create_task(self.sender.run(), name="sending")
            await self._stop.wait()
            self.scheduler.stop()
            self.poller.stop()
            await polling
            self.intake.stop()
            await intake
            self.sender.stop()
            await sending
        await self.sender.drain(self.settings.stop_grace)
        _log.info("stopped")

    def stop(self) -> None:
        """Ask `run` to return."""
        self._stop.set()

    async def close(self) -> None:
        """Let database and network go."""
        await self.telegram.close()
        await self.database.close()

    async def _conflict(self, kind: str) -> None:
        await self.turns.happened(TroubleNoticed(f"owner.conflict.{kind}"))


def _limit_figures(settings: Settings) -> LimitFigures:
    usual = LimitFigures()
    return LimitFigures(
        overall=Rate(settings.limit_overall_per_second, usual.overall.seconds),
        private=Rate(
            usual.private.calls, usual.private.seconds / settings.limit_per_chat_per_second
        ),
        group=Rate(settings.limit_per_group_per_minute, usual.group.seconds),
        group_edits=max(
            1, settings.limit_per_group_per_minute * usual.group_edits // usual.group.calls
        ),
    )


async def _who_am_i(telegram: Telegram, database: Database, clock: Clock) -> dict[str, Any]:
    """getMe; while Telegram is away, what it said the last time; at the very first start wait for it."""
    pause = _FIRST_WORD_PAUSE_S
    while True:
        try:
            return await telegram.me()
        except TelegramRefusedError as error:
            if isinstance(error.answer, Unauthorized):
                raise SettingsProblem(
                    "BOT_TOKEN: Telegram does not accept this token; copy it from @BotFather whole"
                ) from None
            known = await database.transact(lambda conn: Tx(conn, clock.now()).setting("me"))
            if known:
                return dict(json.loads(known))
            _log.warning("telegram_does_not_answer", answer=str(error.answer), again_in_s=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_S)


def _prepare(conn: Connection, me: dict[str, Any], token: Callable[[], str]) -> Tokens:
    """At start: free what a dead process held, remember who the bot is, have the secrets of the links."""
    outbox.clear_leases(conn)
    cards.clear_leases(conn)
    tx = Tx(conn, SystemClock().now())
    tx.set_setting("me", json.dumps(me))
    tx.set_setting("bot_username", str(me.get("username", "")))
    return Tokens(*(_secret(tx, f"{name}_token", token) for name in ("owner", "join", "group")))


def _secret(tx: Tx, key: str, token: Callable[[], str]) -> str:
    known = tx.setting(key)
    if known is None:
        known = token()
        tx.set_setting(key, known)
    return known


async def _serve(settings: Settings) -> None:
    clock: Clock = PushedClock() if settings.sandbox_clock_url else SystemClock()
    app = await App.open(settings, clock=clock)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, app.stop)
    try:
        async with asyncio.TaskGroup() as group:
            following = group.create_task(_follow_clock(settings, clock))
            await app.run()
            following.cancel()
    finally:
        await app.close()


async def _follow_clock(settings: Settings, clock: Clock) -> None:
    """In the sandbox time can be pushed; outside it there is nothing to follow."""
    if isinstance(clock, PushedClock) and settings.sandbox_clock_url:
        async with aiohttp.ClientSession() as session:
            await follow(clock, settings.sandbox_clock_url, session)


def run(settings: Settings) -> int:
    """Run the bot until SIGTERM or SIGINT; the exit code."""
    asyncio.run(_serve(settings))
    return 0
