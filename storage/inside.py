"""A look from outside into a bot's database, for people who want to see what waits; nothing is ever written.

The bot may be running, killed, or just being started: whoever looks holds no lock and sees one moment.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Select, func, select

from flows.people import Person
from storage import cards as card_rows
from storage import outbox as outbox_rows
from storage import people, sqlite
from storage import timers as timer_rows
from storage.codec import from_ms
from storage.errors import StorageProblem
from storage.tables import cards, inbox, journal, outbox, timers

Row = dict[str, Any]
T = TypeVar("T")

_NEWEST: Final = 14  # rows of each kind: what fits on a screen
_BUSY_MS: Final = 250


@dataclass(frozen=True, slots=True)
class Inside:
    """Rows as they stand, the newest first (timers: the earliest due first); times are ms, UTC."""

    counts: dict[str, int]
    inbox: list[Row]
    journal: list[Row]
    outbox: list[Row]
    cards: list[Row]
    timers: list[Row]
    roster: tuple[Person, ...]


class Window:
    """Looks into the database at `path`, opening it anew each time: it may be another file by now."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # Kept for the statements it has compiled; it holds no connection between two looks.
        self._engine = sqlite.onlooker_engine(path, _BUSY_MS)

    def look(self) -> Inside | None:
        """What is inside; None while there is no database that could be read."""
        return self._read(_inside)

    def next_due(self, now_ms: int) -> int | None:
        """When something falls due next (ms, UTC), perhaps in the past; None when nothing does."""
        now = from_ms(now_ms)
        found = self._read(
            lambda conn: [
                timer_rows.next_due(conn),
                outbox_rows.next_due(conn, now),
                card_rows.next_due(conn, now),
            ]
        )
        moments = [moment for moment in found or () if moment is not None]
        return min(moments) if moments else None

    def busy(self, now_ms: int) -> bool:
        """Something could be worked on at this very moment and has not been yet."""
        return bool(self._read(lambda conn: _busy(conn, now_ms)))

    def _read(self, work: Callable[[Connection], T]) -> T | None:
        try:
            sqlite.require_ours(self._path)
            with sqlite.translated(), self._engine.connect() as conn:
                return work(conn)
        except StorageProblem:
            return None


def _inside(conn: Connection) -> Inside:
    return Inside(
        counts=_counts(conn),
        inbox=[_update(row) for row in _rows(conn, _newest(inbox))],
        journal=_rows(conn, _newest(journal)),
        outbox=[_call(row) for row in _rows(conn, _waiting_first())],
        cards=_rows(conn, select(cards).order_by(cards.c.case_id.desc()).limit(_NEWEST)),
        timers=_rows(conn, _pending_timers()),
        roster=people.roster(conn),
    )


def _newest(table: Any) -> Select[Any]:
    return select(table).order_by(table.c.id.desc()).limit(_NEWEST)


def _waiting_first() -> Select[Any]:
    done = outbox.c.state.not_in(["due", "sending"])
    return select(outbox).order_by(done, outbox.c.id.desc()).limit(_NEWEST)


def _pending_timers() -> Select[Any]:
    pending = timers.c.state.in_(["pending", "parked"])
    return select(timers).where(pending).order_by(timers.c.due_at).limit(_NEWEST)


def _counts(conn: Connection) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, table in (("inbox", inbox), ("outbox", outbox), ("timers", timers)):
        rows = conn.execute(select(table.c.state, func.count()).group_by(table.c.state))
        found |= {f"{name}.{state}": count for state, count in rows.tuples()}
    found["turns"] = conn.execute(select(func.count()).select_from(journal)).scalar_one()
    return found


def _rows(conn: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row._mapping) for row in conn.execute(query)]


def _update(row: Row) -> Row:
    """What came, in a word; the words of people stay where they are."""
    try:
        kinds = [name for name in json.loads(row["payload"]) if name != "update_id"]
    except (ValueError, TypeError):
        kinds = []
    del row["payload"]
    return {**row, "kind": kinds[0] if kinds else ""}


def _call(row: Row) -> Row:
    for name in ("payload", "letter"):
        del row[name]
    return row


def _busy(conn: Connection, now_ms: int) -> bool:
    late = (
        select(func.count()).select_from(inbox).where(inbox.c.state == "new"),
        select(func.count())
        .select_from(timers)
        .where(timers.c.state == "pending", timers.c.due_at <= now_ms),
        select(func.count()).select_from(outbox).where(outbox.c.state == "sending"),
        select(func.count())
        .select_from(outbox)
        .where(outbox.c.state == "due", outbox.c.leads == 1, outbox.c.not_before <= now_ms),
        select(func.count())
        .select_from(cards)
        .where(cards.c.wanted > cards.c.shown, cards.c.not_before <= now_ms),
    )
    return any(conn.execute(query).scalar_one() for query in late)
