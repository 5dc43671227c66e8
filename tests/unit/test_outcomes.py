"""What each answer of Telegram's does to the row, or the card, it is the answer to."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Connection, text

from bot.cards import CardCall
from bot.content import Books
from bot.desk import Desk
from bot.limits import Limits
from bot.outcomes import Outcome, settle_call, settle_card
from bot.refusals import (
    Answer,
    Blocked,
    Conflicted,
    Delivered,
    Expelled,
    Gone,
    Migrated,
    NotModified,
    Refused,
    Stale,
    Unauthorized,
    Unreachable,
    Wait,
)
from bot.telegram import Call
from bot.turn import happen
from flows.events import CustomerWrote, Kind, Message, Sender
from flows.facts import Tokens
from flows.people import StaffChat
from storage import cards, outbox
from storage.db import Database
from storage.outbox import OutboxRow
from storage.tx import Tx
from tests.content.salon import salon
from tests.databases import new_database

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LEASE = NOW + timedelta(minutes=5)
ANNA, GROUP, SUPERGROUP = 100, -55, -1001234567890


class Row(NamedTuple):
    """What became of a row: its state, and in how many seconds it is tried again."""

    state: str
    again_in: int | None


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(new_database(tmp_path))
    yield database
    await database.close()


def outcome(conn: Connection) -> Outcome:
    """A result that has just come."""
    content = salon()
    desk = Desk(content, Books(content.book), Tokens("o", "j", "g"), "lana_bot")
    return Outcome(conn, Tx(conn, NOW), NOW, desk, Limits(enabled=False))


def of_row(conn: Connection, chat_id: int, answers: list[Answer]) -> Row:
    """A message is sent, and answered one way after another."""
    made = outcome(conn)
    made.tx.put_outbox(OutboxRow(f"chat:{chat_id}", chat_id, 1, "sendMessage", {"text": "да"}))
    moment = NOW
    for answer in answers:
        (claimed,) = outbox.claim_due(conn, moment, 1, (), LEASE)
        settle_call(made, claimed, answer)
        moment += timedelta(hours=1)
    state, due = conn.execute(text("SELECT state, not_before FROM outbox")).one()
    ahead = (due - NOW.timestamp() * 1000) / 1000
    return Row(state, round(ahead) if state == "due" else None)


@pytest.mark.parametrize(
    ("answer", "row"),
    [
        (Delivered({"message_id": 7}), Row("sent", None)),
        (Delivered(None), Row("sent", None)),
        (NotModified(), Row("sent", None)),
        (Gone("message"), Row("sent", None)),
        (Stale(), Row("sent", None)),
        (Blocked("blocked"), Row("parked", None)),
        (Blocked("deactivated"), Row("parked", None)),
        (Refused(400, "Bad Request: can't parse entities"), Row("parked", None)),
        (Wait(17), Row("due", 17)),
        (Unreachable("timeout", may_have_arrived=True), Row("due", 1)),
        (Unauthorized(), Row("due", 60)),
        (Conflicted("poller"), Row("due", 60)),
    ],
)
async def test_a_message_to_a_person_is_sent_parked_or_tried_again(
    database: Database, answer: Answer, row: Row
) -> None:
    assert await database.transact(lambda conn: of_row(conn, ANNA, [answer])) == row


@pytest.mark.parametrize(
    ("answer", "row"),
    [
        (Expelled("kicked"), Row("due", 60)),
        (Expelled("no_rights"), Row("due", 60)),
        (Gone("topic"), Row("due", 60)),
        (Migrated(SUPERGROUP), Row("due", 0)),
    ],
)
async def test_nothing_for_the_group_is_given_up(
    database: Database, answer: Answer, row: Row
) -> None:
    assert await database.transact(lambda conn: of_row(conn, GROUP, [answer])) == row


async def test_pauses_double_up_to_a_minute(database: Database) -> None:
    away = Unreachable("no route", may_have_arrived=False)

    def pauses(conn: Connection) -> list[int | None]:
        found = []
        for tries in range(1, 9):
            conn.execute(text("DELETE FROM outbox"))
            found.append(of_row(conn, ANNA, [away] * tries).again_in)
        return found

    assert await database.transact(pauses) == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_a_migrated_group_is_bound_by_its_new_id_and_its_rows_go_there(
    database: Database,
) -> None:
    def migrated(conn: Connection) -> tuple[Any, Any]:
        made = outcome(conn)
        made.tx.save_staff_chat(StaffChat(GROUP, "Лана: смена"))
        of_row(conn, GROUP, [Migrated(SUPERGROUP)])
        chat = made.tx.staff_chats().common
        row = conn.execute(text("SELECT chat_id FROM outbox")).scalar_one()
        return chat and chat.chat_id, row

    assert await database.transact(migrated) == (SUPERGROUP, SUPERGROUP)


# ---- cards --------------------------------------------------------------------------------------


class Shown(NamedTuple):
    """How a card stands: its message, whether it is due, in how many seconds, what else is done."""

    message_id: int | None
    due: bool
    again_in: int
    tidying: list[str]


def of_card(conn: Connection, answer: Answer, *, stands_at: int | None, anew: int = 0) -> Shown:
    """A card of the group is shown, and Telegram answers so."""
    made = outcome(conn)
    made.tx.save_staff_chat(StaffChat(GROUP, "Лана: смена"))
    words = Message(ANNA, 1, Kind.TEXT, "Ждала у вас сорок минут")
    happen(made.tx, CustomerWrote(Sender(ANNA, "Анна"), words), NOW, made.desk)
    conn.execute(
        text("UPDATE cards SET message_id = :at, anew = :anew"), {"at": stands_at, "anew": anew}
    )
    conn.execute(text("DELETE FROM outbox"))
    (card,) = cards.claim_due(conn, NOW, 5, (), LEASE)
    posts = stands_at is None or anew > 0
    settle_card(made, CardCall(card, Call("sendMessage", {}), posts), answer)
    row = conn.execute(text("SELECT message_id, wanted > shown, not_before FROM cards")).one()
    ahead = max(0, round((row[2] - NOW.timestamp() * 1000) / 1000))
    tidying = [method for (method,) in conn.execute(text("SELECT method FROM outbox"))]
    return Shown(row[0], bool(row[1]), ahead, tidying)


@pytest.mark.parametrize(
    ("stands_at", "anew", "answer", "shown"),
    [
        (None, 0, Delivered({"message_id": 9}), Shown(9, False, 0, [])),
        (7, 0, Delivered({"message_id": 7}), Shown(7, False, 0, [])),
        (7, 0, Delivered(True), Shown(7, False, 0, [])),
        (7, 0, NotModified(), Shown(7, False, 0, [])),
        (7, 0, Gone("message"), Shown(None, True, 0, [])),
        (7, 1, Delivered({"message_id": 9}), Shown(9, False, 0, ["deleteMessage"])),
        (7, 2, Delivered({"message_id": 9}), Shown(9, False, 0, ["editMessageReplyMarkup"])),
        (None, 0, Delivered(None), Shown(None, True, 1, [])),
        (None, 0, Wait(17), Shown(None, True, 17, [])),
        (7, 0, Unreachable("timeout", may_have_arrived=True), Shown(7, True, 1, [])),
        (
            7,
            0,
            Refused(400, "Bad Request: BUTTON_DATA_INVALID"),
            Shown(7, True, 0, ["sendMessage"]),
        ),
        (7, 0, Expelled("kicked"), Shown(7, True, 60, [])),
        (7, 0, Gone("topic"), Shown(7, True, 60, [])),
    ],
)
async def test_a_card_is_shown_posted_anew_or_tried_again(
    database: Database, stands_at: int | None, anew: int, answer: Answer, shown: Shown
) -> None:
    found = await database.transact(
        lambda conn: of_card(conn, answer, stands_at=stands_at, anew=anew)
    )

    assert found == shown


async def test_a_migrated_group_has_its_card_posted_anew(database: Database) -> None:
    found = await database.transact(lambda conn: of_card(conn, Migrated(SUPERGROUP), stands_at=7))

    assert found == Shown(None, True, 0, [])
