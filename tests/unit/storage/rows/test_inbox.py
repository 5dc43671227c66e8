"""Updates are stored once, done once, and in order within their chat."""

from sqlalchemy import Connection

from storage import inbox
from storage.inbox import InboxHealth, WaitingUpdate
from storage.tx import Tx
from tests.databases import plan
from tests.unit.storage.rows.matter import NOW

BOT = 77


def test_only_what_was_not_there_is_stored(conn: Connection) -> None:
    first = inbox.store(conn, BOT, [(10, 1, "a"), (11, 2, "b")], NOW)

    second = inbox.store(conn, BOT, [(11, 2, "b"), (12, 1, "c")], NOW)

    assert (first, second) == ([1, 2], [3])


def test_another_bot_counts_its_updates_for_itself(conn: Connection) -> None:
    inbox.store(conn, BOT, [(10, 1, "a")], NOW)

    assert inbox.store(conn, BOT + 1, [(10, 1, "a")], NOW) == [2]


def test_new_updates_are_given_in_the_order_they_came(conn: Connection) -> None:
    inbox.store(conn, BOT, [(12, 1, "c"), (10, 2, "a"), (11, 1, "b")], NOW)

    assert inbox.waiting(conn, limit=2) == [WaitingUpdate(1, 1, "c"), WaitingUpdate(2, 2, "a")]
    assert inbox.waiting(conn, limit=2, after_id=2) == [WaitingUpdate(3, 1, "b")]


def test_an_update_is_claimed_once(conn: Connection, tx: Tx) -> None:
    inbox.store(conn, BOT, [(10, 1, "a")], NOW)

    assert [tx.claim_update(1, 1), tx.claim_update(1, 1)] == [True, False]
    assert inbox.waiting(conn, limit=9) == []


def test_an_update_waits_for_an_earlier_one_of_its_chat_alone(conn: Connection, tx: Tx) -> None:
    inbox.store(conn, BOT, [(10, 1, "a"), (11, 2, "b"), (12, 1, "c")], NOW)

    claims = [tx.claim_update(3, 1), tx.claim_update(2, 2), tx.claim_update(1, 1)]

    assert [*claims, tx.claim_update(3, 1)] == [False, True, True, True]


def test_a_parked_update_lets_its_chat_go_on_and_is_replayed_once(conn: Connection, tx: Tx) -> None:
    inbox.store(conn, BOT, [(10, 1, "a"), (11, 1, "b")], NOW)
    inbox.park(conn, 1, "cannot be read")

    went_on = tx.claim_update(2, 1)

    assert went_on
    assert not tx.claim_update(1, 1)
    assert [tx.claim_parked(1), tx.claim_parked(1)] == [True, False]


def test_what_is_done_cannot_be_parked(conn: Connection, tx: Tx) -> None:
    inbox.store(conn, BOT, [(10, 1, "a")], NOW)
    tx.claim_update(1, 1)

    inbox.park(conn, 1, "too late")

    assert not tx.claim_parked(1)


def test_health_tells_what_waits_and_since_when(conn: Connection) -> None:
    inbox.store(conn, BOT, [(10, 1, "a"), (11, 2, "b"), (12, 2, "c")], NOW)
    inbox.park(conn, 1, "x")

    assert inbox.health(conn) == InboxHealth(2, int(NOW.timestamp() * 1000), 1)


def test_the_claim_reads_no_updates_of_other_chats(conn: Connection) -> None:
    assert plan(conn, inbox._CLAIM) == [
        "SEARCH inbox USING INTEGER PRIMARY KEY (rowid=?)",
        "SCALAR SUBQUERY 1",
        "SEARCH earlier USING INDEX ix_inbox_new (chat_id=? AND id<?)",
    ]
