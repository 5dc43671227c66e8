"""The database seen from outside, read-only, while the bot works on it or lies dead; nothing is changed here."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple


class Backlog(NamedTuple):
    """What waits at one moment."""

    new: int  # updates that are stored and not stepped
    due: int  # messages and cards that may go now, or were tried in vain and will be again
    sending: int  # calls that were claimed and are not marked
    posting: int  # those of them that make a message

    @property
    def nothing(self) -> bool:
        return self.new + self.due + self.sending == 0


class Card(NamedTuple):
    """Where the card of a case stands in the group."""

    case_id: int
    customer: int  # the account
    message_id: int
    is_open: bool


_BACKLOG = """
SELECT (SELECT count(*) FROM inbox WHERE state = 'new'),
  (SELECT count(*) FROM outbox WHERE state = 'due' AND (not_before <= :now OR attempts > 0))
  + (SELECT count(*) FROM cards
     WHERE wanted > shown AND lease_until IS NULL AND (not_before <= :now OR attempts > 0)),
  (SELECT count(*) FROM outbox WHERE state = 'sending')
  + (SELECT count(*) FROM cards WHERE lease_until IS NOT NULL),
  (SELECT count(*) FROM outbox WHERE state = 'sending' AND method LIKE 'send%')
  + (SELECT count(*) FROM cards
     WHERE lease_until IS NOT NULL AND (message_id IS NULL OR anew <> 0))
"""
_CARDS = """
SELECT cases.id, customers.tg_id, cards.message_id, cases.closed_at IS NULL
FROM cards JOIN cases ON cases.id = cards.case_id JOIN customers ON customers.id = customer_id
WHERE cards.place = 'group' AND cards.message_id IS NOT NULL ORDER BY cases.id
"""


@dataclass(frozen=True, slots=True)
class Peek:
    """A way to look at the file at `path`; each look opens it anew, so that it holds nothing up."""

    path: Path

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """For many looks in a row."""
        # Without its WAL the file is whole, and SQLite would have to create one to read it.
        wal = self.path.with_name(f"{self.path.name}-wal")
        mode = "mode=ro" if wal.exists() else "immutable=1"
        with closing(sqlite3.connect(f"{self.path.as_uri()}?{mode}", uri=True, timeout=30)) as db:
            yield db

    def rows(self, sql: str, **values: Any) -> list[Any]:
        with self.reading() as db:
            return db.execute(sql, values).fetchall()

    def number(self, sql: str, **values: Any) -> int:
        return int(self.rows(sql, **values)[0][0])

    def backlog(self, now_ms: int) -> Backlog:
        return Backlog(*self.rows(_BACKLOG, now=now_ms)[0])

    def setting(self, key: str) -> str:
        found = self.rows("SELECT value FROM settings WHERE key = :key", key=key)
        return str(found[0][0]) if found else ""

    def updates(self) -> int:
        """The number of the last update that was stored."""
        return self.number("SELECT coalesce(max(id), 0) FROM inbox")

    def cards(self) -> list[Card]:
        return [Card(case, who, at, bool(open_)) for case, who, at, open_ in self.rows(_CARDS)]

    def sent(self) -> dict[int, int]:
        """Messages marked as sent: number of the row to chat."""
        return dict(
            self.rows("SELECT id, chat_id FROM outbox WHERE state = 'sent' AND method LIKE 'send%'")
        )

    def heard(self) -> list[tuple[int, int, int]]:
        """(account, case, message) of every message that is part of a case, as they were taken in."""
        sql = """
        SELECT customers.tg_id, journal.case_id, journal.data FROM journal
        JOIN cases ON cases.id = journal.case_id JOIN customers ON customers.id = cases.customer_id
        WHERE journal.kind = 'words' ORDER BY journal.id
        """
        return [(who, case, json.loads(data)["message_id"]) for who, case, data in self.rows(sql)]

    def relayed(self) -> set[int]:
        """Messages of the group that were taken as replies to a customer."""
        sql = "SELECT data FROM journal WHERE kind = 'replied'"
        return {json.loads(data)["message_id"] for (data,) in self.rows(sql)}

    def stories(self) -> dict[int, list[str]]:
        """What each case shows as the customer's words."""
        return {
            case: json.loads(state).get("story", [])
            for case, state in self.rows("SELECT id, state FROM cases")
        }

    # ---- the workbench

    def open_states(self) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """(case, account of its customer, state) of every open case."""
        sql = """
        SELECT cases.id, customers.tg_id, cases.state FROM cases
        JOIN customers ON customers.id = customer_id WHERE closed_at IS NULL ORDER BY cases.id
        """
        for case, who, state in self.rows(sql):
            yield case, who, json.loads(state)

    def asked(self) -> list[tuple[int, str]]:
        """(case, offer) of every request that waits for a senior's word."""
        states = self.open_states()
        return [
            (case, state["asked_offer"]) for case, _, state in states if state.get("asked_offer")
        ]

    def choices(self) -> list[tuple[int, int, int, list[str]]]:
        """(gift, case, account of the customer, offers) of every choice that is not made."""
        sql = """
        SELECT gifts.id, case_id, tg_id, cases.state FROM gifts JOIN cases ON cases.id = case_id
        JOIN customers ON customers.id = gifts.customer_id WHERE gifts.state = 'offered'
        """
        return [
            (gift, case, who, json.loads(state).get("choice", []))
            for gift, case, who, state in self.rows(sql)
        ]

    def vouchers(self) -> list[tuple[int, str]]:
        """(gift, code) of everything that is in force."""
        return list(self.rows("SELECT id, code FROM gifts WHERE state = 'given' AND code <> ''"))

    def held(self) -> list[tuple[int, int]]:
        """(case, number) of every reply that can still be stopped."""
        found = self.open_states()
        return [(case, h["number"]) for case, _, state in found for h in state.get("held", [])]

    def promises(self, *, reminded: bool = False) -> list[tuple[int, dict[str, Any]]]:
        """(case, promise) of everything promised in a reply, that somebody is reminded of or is not yet."""
        return [
            (case, promise)
            for case, _, state in self.open_states()
            for promise in state.get("promises", [])
            if promise.get("reminded", False) is reminded
        ]

    def stopped(self) -> set[int]:
        """Messages of the group whose relay was stopped."""
        sql = """
        SELECT replied.data FROM journal AS replied JOIN journal AS stopped USING (case_id)
        WHERE replied.kind = 'replied' AND stopped.kind = 'reply_stopped'
        AND replied.data ->> 'number' = stopped.data ->> 'number'
        """
        return {json.loads(data)["message_id"] for (data,) in self.rows(sql)}
