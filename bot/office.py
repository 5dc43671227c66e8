"""What people ask of the bot at a terminal: imports, parked rows, links. How they ask is elsewhere.

It works inside the running bot, or alone in a process that holds the database's lock.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

import structlog

from bot.clock import Clock
from bot.desk import Desk
from bot.health import HealthReport
from bot.links import Links
from bot.problem_words import problem_words
from bot.staff_state import StaffState, staff_state
from flows.events import ErasureAsked, Event, VisitEnded
from handlers.visits_csv import VisitRow
from storage import cases, customers, erasing, inbox, parked, parked_rows, visits
from storage.db import Connection, Database
from storage.errors import StorageProblem
from storage.parked import Parked
from storage.tx import Tx

if TYPE_CHECKING:
    from bot.reloading import Reloaded
    from bot.turn import Turns  # aiogram behind it costs a command seconds

_log = structlog.get_logger(__name__)

PORTION: Final = 200  # rows of an import in one transaction: customers wait no longer than for one
_SOURCE: Final = "csv"
_TOO_LARGE: Final = 2**63


class OfficeProblem(Exception):
    """What was asked cannot be done; `str()` is one sentence for the person."""


@dataclass(frozen=True, slots=True)
class ImportedVisit:
    """What became of one row; `token` is of its one-time link, "" when refused."""

    ext_id: str
    state: Literal["new", "known", "refused"]
    token: str


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A parked row with what is in it: JSON as it came or was to go, "" when it holds nothing."""

    row: Parked
    contents: str


@dataclass(frozen=True, slots=True)
class ErasedPerson:
    """Who was erased: a customer by Telegram id, a telephone, or both; how many cases and visits."""

    tg_id: int | None
    phone: str
    cases: int
    visits: int


@dataclass(frozen=True, slots=True)
class ReloadReport:
    """What came of reading the content again: its state, names of changed files, the report line by line."""

    outcome: Literal["taken", "same", "bad"]
    changed: tuple[str, ...]
    lines: tuple[str, ...]


class Office:
    """`event_of` routes an update (`bot.route.Route.event_of`); `health` is of the running bot."""

    def __init__(
        self,
        database: Database,
        turns: Turns,
        desk: Desk,
        clock: Clock,
        *,
        event_of: Callable[[dict[str, Any]], Awaitable[Event]],
        health: Callable[[], Awaitable[HealthReport]] | None = None,
        reload: Callable[[], Awaitable[Reloaded]] | None = None,
    ) -> None:
        self._database = database
        self._turns = turns
        self._desk = desk
        self._clock = clock
        self._event_of = event_of
        self._health = health
        self._reload = reload

    async def import_visits(self, rows: Sequence[VisitRow]) -> list[ImportedVisit]:
        """Take in at most `PORTION` visits; those known by their id stay as they are."""
        if len(rows) > PORTION:
            raise OfficeProblem(f"At most {PORTION} visits are taken at once.")
        events = [_visit_ended(row, self._desk.token()) for row in rows]
        try:
            await self._turns.happened_all(events)
        except StorageProblem:
            raise
        except Exception:  # a row our own code cannot bear must not keep the others out
            _log.exception("portion_failed", rows=len(rows))
            await self._one_by_one(events)
        return await self._database.transact(lambda conn: [_imported(conn, e) for e in events])

    async def _one_by_one(self, events: Sequence[VisitEnded]) -> None:
        for event in events:
            try:
                await self._turns.happened(event)
            except StorageProblem:
                raise
            except Exception:  # it is told as refused
                _log.exception("visit_failed")

    async def links(self) -> Links:
        """The standing links; without a name of the bot when it has never been started."""
        return Links(self._desk.bot_username, self._desk.tokens)

    async def staff(self) -> StaffState:
        """Who owns the bot and works, and how its groups stand."""
        content, now = self._desk.content, self._clock.now()
        return await self._database.transact(lambda conn: staff_state(Tx(conn, now), content))

    async def status(self) -> HealthReport:
        """How the running bot is."""
        if self._health is None:
            raise OfficeProblem("The bot is not running.")
        return await self._health()

    async def files(self) -> dict[str, str]:
        """The content that is in force, file by file: the folder on disk may be half edited."""
        return dict(self._desk.files)

    async def reload(self, language: str = "") -> ReloadReport:
        """Read the content again now; the report is in `language`, or in the content's own."""
        if self._reload is None:
            raise OfficeProblem("The bot is not running: it reads its content when it starts.")
        done = await self._reload()
        judgement = done.read.judgement
        words = problem_words(language or judgement.locale or self._desk.content.business.locale)
        problems = judgement.problems
        lines = tuple(map(words.line, problems.errors or problems.warnings))
        return ReloadReport(done.outcome.value, done.changed, lines)

    # ---- parked rows -----------------------------------------------------------------------------

    async def parked(self) -> list[Parked]:
        """Everything that was put aside."""
        return await self._database.transact(parked.listing)

    async def show(self, which: str) -> ParkedRow:
        """One row with its contents; `which` is `inbox:12`, or `12` where that is clear."""

        def read(conn: Connection) -> ParkedRow:
            row = _find(conn, which)
            return ParkedRow(row, parked_rows.contents(conn, row.queue, row.ref) or "")

        return await self._database.transact(read)

    async def replay(self, which: str) -> Parked:
        """Try a row once more; raises OfficeProblem when it fails again: then it stays parked."""
        row = await self._database.transact(lambda conn: _find(conn, which))
        if row.queue == "inbox":
            await self._replay_update(row)
            return row
        queue, now = row.queue, self._clock.now()
        if not await self._database.transact(lambda c: parked.replay(c, queue, row.ref, now)):
            raise _not_parked(which)
        self._turns.on_calls()
        return row

    async def _replay_update(self, row: Parked) -> None:
        number = int(row.ref)
        update = await self._database.transact(lambda conn: parked.update_of(conn, number))
        if update is None:
            raise _not_parked(row.ref)
        try:
            event = await self._event_of(json.loads(update.payload))
            wake = await self._turns.soon(
                lambda tx: tx.claim_parked(number),
                event,
                lambda tx: tx.seal_update(number, update.chat_id),
            )
        except StorageProblem:
            raise
        except Exception as error:  # whatever failed the first time may fail again
            _log.exception("replay_failed", inbox_id=number)
            why = f"{type(error).__name__}: {error}"[:500]
            await self._database.transact(lambda conn: inbox.park(conn, number, why))
            raise OfficeProblem(
                f"Update {number} failed again ({type(error).__name__}): it stays parked."
            ) from error
        if not wake.done:
            raise _not_parked(row.ref)

    async def erase(self, who: str) -> ErasedPerson:
        """Forget a customer by the Telegram id, or whoever has this telephone (E.164) and never came."""
        found = await self._database.transact(lambda conn: _of_whom(conn, who))
        if found.tg_id is not None:
            await self._turns.happened(ErasureAsked(found.tg_id))
        if found.phone:
            now = self._clock.now()
            visits_ = await self._database.transact(
                lambda conn: erasing.erase_phone(conn, found.phone, now)
            )
            found = replace(found, visits=found.visits + visits_)
        if found.tg_id is None and not found.visits:
            raise OfficeProblem(f"Nothing is kept of {who}.")
        await self._database.truncate_wal()
        return found

    async def drop(self, which: str) -> Parked:
        """Let a row go undone, for good."""
        now = self._clock.now()

        def drop(conn: Connection) -> Parked:
            row = _find(conn, which)
            parked_rows.drop(conn, row.queue, row.ref, now)
            return row

        return await self._database.transact(drop)


def name_of(row: Parked) -> str:
    """How a parked row is named at the terminal."""
    return f"{row.queue}:{row.ref}"


def _find(conn: Connection, which: str) -> Parked:
    rows = parked.listing(conn)
    found = [row for row in rows if name_of(row) == which] or [r for r in rows if r.ref == which]
    if not found:
        raise _not_parked(which)
    if len(found) > 1:
        raise OfficeProblem(f"Write which one: {', '.join(map(name_of, found))}.")
    return found[0]


def _of_whom(conn: Connection, who: str) -> ErasedPerson:
    """A number with a plus is a telephone, one without it a Telegram id."""
    if who.startswith("+"):
        customer, phone = customers.by_phone(conn, who), who
    elif who.isdigit() and int(who) < _TOO_LARGE:
        customer, phone = customers.by_tg(conn, int(who)), ""
    else:
        raise OfficeProblem(
            f"{who} is neither a Telegram id (123456789) nor a telephone (+79990000001)."
        )
    if customer is None:
        return ErasedPerson(None, phone, 0, 0)
    numbers = cases.numbers_of(conn, customer.id)
    return ErasedPerson(customer.tg_id, phone, len(numbers), visits.count(conn, customer.id))


def _not_parked(which: str) -> OfficeProblem:
    return OfficeProblem(f"Nothing is parked as {which}: `zabota parked` lists what is.")


def _visit_ended(row: VisitRow, token: str) -> VisitEnded:
    return VisitEnded(
        ext_id=f"{_SOURCE}:{row.ext_id}",  # numbers of other sources are no concern of a file's
        source=_SOURCE,
        ended_at=row.ended_at,
        branch_id=row.branch_id,
        service=row.service or "",
        master=row.master or "",
        customer_name=row.customer_name or "",
        phone=row.phone or "",
        amount=row.amount_minor,
        currency=row.currency,
        language=row.lang or "",
        token=token,
        arrived_at=row.arrived_at,
    )


def _imported(conn: Connection, event: VisitEnded) -> ImportedVisit:
    """The stored token decides: whoever was first has given the visit its link."""
    visit, number = visits.by_ext_id(conn, event.ext_id), event.ext_id.removeprefix(f"{_SOURCE}:")
    if visit is None:
        return ImportedVisit(number, "refused", "")
    state: Literal["new", "known"] = "new" if visit.token == event.token else "known"
    return ImportedVisit(number, state, visit.token)
