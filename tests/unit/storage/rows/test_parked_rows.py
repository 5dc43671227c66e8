"""What was put aside can be looked into, and let go for good."""

from sqlalchemy import Connection

from storage import parked, parked_rows, timers
from storage.tx import Tx
from tests.unit.storage.rows.matter import NOW, SOON, claimed
from tests.unit.storage.rows.test_parked import park_everything


def test_an_update_and_a_call_show_what_is_in_them(conn: Connection, tx: Tx) -> None:
    park_everything(conn, tx)

    assert parked_rows.contents(conn, "inbox", "1") == "{}"
    assert parked_rows.contents(conn, "inbox", "2") is None
    assert parked_rows.contents(conn, "timers", "late:7") is None
    assert str(parked_rows.contents(conn, "outbox", "1")).startswith("{")


def test_what_is_dropped_is_listed_no_more_and_never_happens(conn: Connection, tx: Tx) -> None:
    park_everything(conn, tx)
    rows = parked.listing(conn)

    first = [parked_rows.drop(conn, row.queue, row.ref, NOW) for row in rows]
    second = [parked_rows.drop(conn, row.queue, row.ref, NOW) for row in rows]

    assert (first, second) == ([True, True, True], [False, False, False])
    assert parked.listing(conn) == []
    assert timers.due(conn, SOON, 9) == []
    assert claimed(conn) == []
