"""The composition root: everything is put together here, for the process and for the tests alike."""

import asyncio
import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self

import structlog

from bot.alarm import Alarm
from bot.clock import Clock, SystemClock
from bot.content import Books
from bot.content_disk import finish_change
from bot.desk import Desk, link_token
from bot.editing import Editor
from bot.forgetting import forget_again
from bot.health import HealthReport
from bot.inbox import Intake
from bot.kept_content import Standing, content_to_start_with, given, keep
from bot.limits import Limits
from bot.links import standing_tokens
from bot.menu import tell_menus
from bot.nightly import Nightly
from bot.office import Office
from bot.outbox import Sender
from bot.polling import Poller, PollingFigures
from bot.refusals import Unauthorized
from bot.reloading import Reloader
from bot.reply_reader import ReplyReader
from bot.restored import tell_restored
from bot.route import Route
from bot.scheduler import Scheduler
from bot.settings import Settings, SettingsProblem
from bot.telegram import Telegram, TelegramRefusedError
from bot.turn import Turns
from flows.book import Content
from flows.events import TroubleNoticed
from flows.facts import Tokens
from storage import cards, inbox, outbox, timers
from storage.codec import from_ms
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
        standing: Standing,
    ) -> None:
        self.settings, self.database, self.telegram = settings, database, telegram
        self.me, self.desk, self.clock = me, desk, clock
        self.alarm = Alarm(telegram, desk)
        self.turns = Turns(database, desk, clock)
        route = Route(me)
        self.intake = Intake(database, route, self.turns, clock, int(me["id"]))
        limits = Limits(settings.limit_figures, enabled=settings.limits_enabled)
        self.sender = Sender(database, telegram, limits, desk, clock)
        self.editor = Editor(
            database,
            telegram,
            self.turns,
            desk,
            clock,
            folder=settings.content_dir,
            keep=settings.content_versions,
        )
        self.poller = Poller(
            telegram,
            self.intake,
            clock,
            on_conflict=self._conflict,
            storage_troubles=(StorageUnavailable,),
            chance=chance,
            figures=polling,
        )
        self.nightly = Nightly(settings, self.turns, desk, clock)
        self.reloader = Reloader(
            settings.content_dir, database, self.turns, desk, clock, standing.found
        )
        self.scheduler = Scheduler(
            database,
            self.poller,
            self.turns,
            desk,
            clock,
            on_tick=self._tick,
            on_look=self.reloader.look,
            on_sound_database=partial(self.alarm.learn_owners, database),
            on_lost_database=self.alarm.ring,
            on_minute=self.nightly.look,
            tick=timedelta(seconds=settings.tick_seconds),
        )
        self.turns.on_calls = self.sender.wake
        self.intake.read = ReplyReader(desk).read
        self.turns.on_freed = self.intake.sweep_soon
        self.turns.on_content_work = self.editor.wake
        self.intake.on_storage_trouble = self.alarm.ring
        self.intake.on_stored = self.alarm.clear
        self.office = Office(
            database,
            self.turns,
            desk,
            clock,
            event_of=route.event_of,
            health=self.health,
            reload=self.reloader.read,
        )
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
        clock = clock or SystemClock()
        if settings.content_dir is not None:
            finish_change(settings.content_dir)
        database = await Database.open(settings.database_url)
        telegram = Telegram(
            settings.bot_token.get_secret_value(),
            api_url=settings.telegram_api_url,
            proxy=settings.proxy_url,
        )
        try:
            if content is None:
                standing = await content_to_start_with(settings.content_dir, database)
            else:
                standing = given(content)
            me = await _who_am_i(telegram, database, clock)
            await forget_again(database, clock)
            prepare = partial(_prepare, me=me, standing=standing, clock=clock, token=token)
            tokens = await database.transact(prepare)
        except BaseException:
            await telegram.close()
            await database.close()
            raise
        desk = Desk(
            standing.content,
            Books(standing.content.book),
            tokens,
            str(me.get("username", "")),
            files=standing.runs.files,
        )
        return cls(
            settings,
            database,
            telegram,
            me,
            desk,
            clock,
            chance or random.Random(),
            polling or PollingFigures(long_poll_s=settings.poll_timeout),
            standing,
        )

    async def run(self) -> None:
        """Work until `stop`; then finish the turns in hand and send what is due within the grace time."""
        await self.alarm.learn_owners(self.database)
        await tell_restored(self.turns, self.database, self.desk, self.clock)
        _log.info("started", bot=self.desk.bot_username)
        self.scheduler.start()
        async with asyncio.TaskGroup() as group:
            polling = group.create_task(self.poller.run(), name="polling")
            intake = group.create_task(self.intake.run(), name="intake")
            sending = group.create_task(self.sender.run(), name="sending")
            reloading = group.create_task(self.reloader.run(), name="reloading")
            editing = group.create_task(self.editor.run(), name="editing")
            await self._stop.wait()
            await self.nightly.stop()
            await self.scheduler.stop()
            self.poller.stop()
            await polling
            self.intake.stop()
            await intake
            self.editor.stop()
            await editing
            self.reloader.stop()
            await reloading
            self.sender.stop(self.settings.stop_grace)
            await sending
        _log.info("stopped")

    def stop(self) -> None:
        """Ask `run` to return."""
        self._stop.set()

    async def close(self) -> None:
        """Let database and network go."""
        await self.telegram.close()
        await self.database.close()

    async def health(self) -> HealthReport:
        """How the bot is, for /health and `zabota status`."""
        now = self.clock.now()
        try:
            return await self.database.transact(partial(measured, app=self, now=now))
        except StorageUnavailable as error:
            return HealthReport(
                poll_age_s=age(self.poller.last_success_at, now),
                tick_age_s=age(self.scheduler.last_tick_at, now),
                conflict=self.poller.conflict,
                database=error.reason,
            )

    def _tick(self) -> None:
        self.sender.wake()
        self.editor.wake()

    async def _conflict(self, kind: str) -> None:
        await self.turns.happened(TroubleNoticed(f"owner.conflict.{kind}"))


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


def _prepare(
    conn: Connection, me: dict[str, Any], standing: Standing, clock: Clock, token: Callable[[], str]
) -> Tokens:
    """At start: free what a dead process held, remember who the bot is and its content, tell Telegram the menu."""
    outbox.clear_leases(conn)
    cards.clear_leases(conn)
    tx = Tx(conn, clock.now())
    tx.set_setting("me", json.dumps(me))
    tx.set_setting("bot_username", str(me.get("username", "")))
    keep(tx, standing.runs.files)
    tell_menus(tx, standing.content)
    return standing_tokens(tx, token)


def measured(conn: Connection, app: App, now: datetime) -> HealthReport:
    """The figures of /health, read in one transaction."""
    came, goes, late = inbox.health(conn), outbox.health(conn), timers.health(conn, now)
    return HealthReport(
        poll_age_s=age(app.poller.last_success_at, now),
        tick_age_s=age(app.scheduler.last_tick_at, now),
        inbox_waiting=came.waiting,
        inbox_age_s=age(from_ms(came.oldest), now),
        outbox_waiting=goes.waiting,
        outbox_age_s=age(from_ms(goes.oldest), now),
        parked_inbox=came.parked,
        parked_outbox=goes.parked,
        parked_timers=late.parked,
        conflict=app.poller.conflict,
        database=app.alarm.reason or "ok",
        telegram=app.poller.trouble or "ok",
        backup=app.nightly.state,
        backup_age_s=age(app.nightly.last_at, now),
        content=app.reloader.revision,
        content_mistakes=app.reloader.mistakes,
    )


def age(since: datetime | None, now: datetime) -> float | None:
    """Seconds that have passed; None when it never was."""
    return None if since is None else (now - since).total_seconds()
