"""What is asked of the owner's folder: kept, taken in order, done once."""

from datetime import timedelta

from sqlalchemy import Connection

from flows.content_work import Edit, EditKind, SaveEdits, UndoSaved
from storage import content_work
from storage.tx import Tx
from tests.unit.storage.rows.matter import NOW

SAVE = SaveEdits((Edit("gifts.yaml", ("offers", "a"), '{"x": 1}', "", EditKind.APPEND),), "gift")


def test_orders_come_back_in_their_order(conn: Connection, tx: Tx) -> None:
    tx.put_content_work("k1", 501, 7, SAVE)
    tx.put_content_work("k2", 501, 0, UndoSaved("k1"))

    first = content_work.next_due(conn, NOW)

    assert first is not None
    assert (first.key, first.tg_id, first.dialog_id, first.work) == ("k1", 501, 7, SAVE)


def test_an_order_is_done_once(conn: Connection, tx: Tx) -> None:
    tx.put_content_work("k1", 501, 7, SAVE)
    due = content_work.next_due(conn, NOW)
    assert due is not None

    assert [tx.claim_content_work(due.id) for _ in range(2)] == [True, False]
    assert content_work.next_due(conn, NOW) is None
    assert content_work.forget(conn, NOW + timedelta(days=1)) == 1


def test_an_order_that_is_put_off_waits(conn: Connection, tx: Tx) -> None:
    tx.put_content_work("k1", 501, 7, SAVE)
    due = content_work.next_due(conn, NOW)
    assert due is not None

    content_work.put_off(conn, due.id, NOW + timedelta(minutes=1))

    assert content_work.next_due(conn, NOW) is None
    again = content_work.next_due(conn, NOW + timedelta(minutes=1))
    assert again is not None
    assert again.attempts == 1
