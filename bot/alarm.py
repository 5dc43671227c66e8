"""Tells the owner of trouble with the database itself: directly, because nothing can be stored then."""

import structlog

from bot.desk import Desk
from bot.telegram import Call, Telegram
from storage import people
from storage.db import Database
from storage.errors import StorageProblem

_log = structlog.get_logger(__name__)

_TEXTS = {"full": "owner.disk_full"}
_OTHERWISE = "owner.database_lost"


class Alarm:
    """One word to each owner per episode; `clear` ends the episode."""

    def __init__(self, telegram: Telegram, desk: Desk) -> None:
        self._telegram = telegram
        self._desk = desk
        self._owners: tuple[int, ...] = ()
        self.reason: str | None = None

    async def learn_owners(self, database: Database) -> None:
        """Remember whom to tell, as long as the database can be read."""
        top = self._desk.content.catalogue.roles[-1].id
        roster = await database.transact(people.roster)
        self._owners = tuple(p.tg_id for p in roster if p.active and p.reachable and p.role == top)

    async def ring(self, problem: StorageProblem) -> None:
        """Something is wrong with the storage."""
        reason = getattr(problem, "reason", type(problem).__name__)
        if self.reason == reason:
            return
        self.reason = reason
        _log.error("storage_trouble", reason=reason)
        text = self._desk.content.book.texts.plain(_TEXTS.get(reason, _OTHERWISE), {})
        for tg_id in self._owners:
            await self._telegram.call(Call("sendMessage", {"chat_id": tg_id, "text": text}))

    def clear(self) -> None:
        """It works again."""
        if self.reason is not None:
            _log.info("storage_recovered", reason=self.reason)
        self.reason = None
