"""Two people tap different gifts of one case at once, a thousand times over: `turn` gives one. No network here."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import PushedClock
from bot.content import Books, load_content
from bot.desk import Desk
from bot.turn import Turns, no_cause
from flows.events import (
    CustomerAnswered,
    CustomerOpenedBranchLink,
    Event,
    Sender,
    StaffAction,
    StaffTapped,
    Tap,
)
from flows.facts import Tokens
from flows.people import Person, PersonState, StaffChat
from storage.codec import loads
from storage.db import Database
from storage.tx import Tx
from tests.crash.peek import Peek
from tests.databases import new_database

_A_DAY = 100  # pairs: what people may give in a day is limited
_GROUP = -100
_OWNER, _MANAGER = Sender(1, "Лев"), Sender(2, "Рамиля")
_NOON = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass(slots=True)
class Salon:
    """The rules over a real database; nothing is sent."""

    database: Database
    turns: Turns
    clock: PushedClock

    async def happens(self, *events: Event) -> None:
        """All at once: each in a turn of its own, queued in this order."""
        await asyncio.gather(*(self.turns.soon(no_cause, event) for event in events))


@pytest.fixture
async def salon(tmp_path: Path) -> AsyncIterator[Salon]:
    """An owner and a manager, both above the limits of the front line, and their group."""
    content, clock = load_content(None), PushedClock(_NOON)
    database = await Database.open(new_database(tmp_path))
    desk = Desk(content, Books(content.book), Tokens("own", "join", "group"), "lana_bot")

    def people(tx: Tx) -> None:
        for number, sender, role in ((1, _OWNER, "owner"), (2, _MANAGER, "manager")):
            tx.save_person(
                Person(number, sender.tg_id, sender.name, role=role, state=PersonState.APPROVED)
            )
        tx.save_staff_chat(StaffChat(_GROUP, "Лана: смена", inside=True))

    await database.transact(lambda conn: people(Tx(conn, clock.now())))
    yield Salon(database, Turns(database, desk, clock), clock)
    await database.close()


@pytest.mark.parametrize("pairs", [100, pytest.param(1_000, marks=pytest.mark.long)])
async def test_of_two_taps_on_different_gifts_one_gives(salon: Salon, pairs: int) -> None:
    chance, peek = random.Random(20), Peek(salon.database.path)
    guests = range(1_001, 1_001 + pairs)

    await salon.happens(*(CustomerOpenedBranchLink(_guest(g), "bauman") for g in guests))
    talks = peek.rows(
        "SELECT conversations.id, tg_id FROM conversations, customers ON customers.id = customer_id"
    )
    await salon.happens(
        *(CustomerAnswered(_guest(g), Tap("", g, 1), talk, "ask", "2") for talk, g in talks)
    )
    cases = [case for (case,) in peek.rows("SELECT id FROM cases")]
    for day in range(0, pairs, _A_DAY):
        taps = [tap for case in cases[day : day + _A_DAY] for tap in _pair(case)]
        chance.shuffle(taps)
        await salon.happens(*taps)
        salon.clock.push(timedelta(days=1))

    gifts = peek.rows("SELECT case_id, given_by, cost FROM gifts")
    assert sorted(case for case, *_ in gifts) == sorted(cases)
    assert set(Counter(by for _, by, _ in gifts)) == {1, 2}
    letters = peek.rows("SELECT case_id FROM outbox WHERE dedup_key LIKE 'gift:%'")
    assert sorted(case for (case,) in letters) == sorted(cases)
    assert peek.number("SELECT sum(spent) FROM counters WHERE key LIKE 'day:%'") == sum(
        c for *_, c in gifts
    )
    assert len(_told_who_was_first(peek)) == pairs


def _guest(number: int) -> Sender:
    return Sender(number, f"Гость {number}")


def _pair(case: int) -> list[StaffTapped]:
    """One on the card in the group, the other on the card in a private chat."""
    return [
        StaffTapped(_OWNER, Tap(f"{case}:1", _GROUP, case), case, StaffAction.GIVE, "bs01"),
        StaffTapped(
            _MANAGER, Tap(f"{case}:2", _MANAGER.tg_id, case), case, StaffAction.GIVE, "bs11"
        ),
    ]


def _told_who_was_first(peek: Peek) -> list[str]:
    toasts = peek.rows("SELECT payload FROM outbox WHERE method = 'answerCallbackQuery'")
    told = [loads(payload).get("text", "") for (payload,) in toasts]
    return [text for text in told if text]
