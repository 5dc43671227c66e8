"""Tells the owner of trouble with the database itself: directly, because nothing can be stored then."""

import structlog

from bot.desk import Desk
from bot.refusals import Unreachable, Wait
from bot.telegram import Call, Telegram
from flows.people import Person
from storage import people
from storage.db import Database
from storage.errors import StorageProblem

_log = structlog.get_logger(__name__)

_TEXTS = {
    "full": "owner.disk_full",
    "locked": "owner.database_held",
    "io": "owner.disk_broken",
    "readonly": "owner.disk_broken",
}
_OTHERWISE = "owner.database_lost"
_OVER = "owner.recovered"


class Alarm:
    """One word to each owner when trouble begins and one when it is over."""

    def __init__(self, telegram: Telegram, desk: Desk) -> None:
        self._telegram = telegram
        self._desk = desk
        self._owners: tuple[int, ...] = ()
        self._untold: tuple[int, ...] = ()
        self.reason: str | None = None

    async def learn_owners(self, database: Database) -> None:
        """Remember whom to tell, as long as the database can be read; raises StorageUnavailable."""
        roster = await database.transact(people.roster)
        there = [person for person in roster if person.active and person.reachable]
        highest = max(map(self._rank, there), default=0)
        self._owners = tuple(p.tg_id for p in there if self._rank(p) == highest)

    def _rank(self, person: Person) -> int:
        return self._desk.content.catalogue.rank(person.role)

    async def ring(self, problem: StorageProblem) -> None:
        """Something is wrong with the storage; whoever could not be told is told at the next ring."""
        reason = getattr(problem, "reason", type(problem).__name__)
        if self.reason != reason:
            _log.error("storage_trouble", reason=reason)
            self.reason, self._untold = reason, self._owners
        await self._tell(_TEXTS.get(reason, _OTHERWISE))

    async def clear(self) -> None:
        """It works again."""
        if self.reason is None:
            return
        _log.info("storage_recovered", reason=self.reason)
        self.reason, self._untold = None, self._owners
        await self._tell(_OVER)

    async def _tell(self, key: str) -> None:
        telling, self._untold = self._untold, ()
        text = self._desk.content.book.texts.plain(key, {})
        for tg_id in telling:
            answer = await self._telegram.call(
                Call("sendMessage", {"chat_id": tg_id, "text": text})
            )
            if isinstance(answer, Unreachable | Wait):
                self._untold += (tg_id,)
