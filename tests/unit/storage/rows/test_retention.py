"""What is done with is forgotten in portions; what is not, and the last number, stays."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from flows.effects import SetTimer
from flows.events import TimerKind
from storage import inbox, timers
from storage.retention import prune
from storage.tx import Tx
from tests.unit.storage.rows.matter import NOW, claimed, letter

LATER = NOW + timedelta(days=2)
PRAISE = SetTimer("praise", TimerKind.PRAISE, NOW)


def test_done_updates_go_and_the_others_stay(conn: Connection, tx: Tx) -> None:
    inbox.store(conn, 1, [(number, number, "{}") for number in range(1, 6)], NOW)
    for number in (1, 2, 5):
        tx.claim_update(number, number)
    inbox.park(conn, 3, "bad")

    gone = prune(conn, LATER, limit=9)

    left = conn.exec_driver_sql("SELECT id FROM inbox ORDER BY id").scalars().all()
    assert (gone, left) == (2, [3, 4, 5])


def test_numbers_are_never_given_again(conn: Connection, tx: Tx) -> None:
    inbox.store(conn, 1, [(1, 1, "{}")], NOW)
    tx.claim_update(1, 1)
    tx.put_outbox(letter())
    tx.claim_result(claimed(conn)[0].id, state="sent", message_id=1)

    gone = prune(conn, LATER, limit=9)

    assert gone == 0
    assert inbox.store(conn, 1, [(2, 1, "{}")], NOW) == [2]


def test_what_is_too_young_stays(conn: Connection, tx: Tx) -> None:
    inbox.store(conn, 1, [(1, 1, "{}"), (2, 1, "{}")], NOW)
    tx.claim_update(1, 1)

    assert prune(conn, NOW, limit=9) == 0


def test_settled_letters_go_and_refused_ones_stay(conn: Connection, tx: Tx) -> None:
    for key in ("sent", "refused", "recalled", "waiting"):
        tx.put_outbox(letter(key, dedup_key=key))
    tx.recall("recalled")
    for row in claimed(conn):
        if row.dedup_key != "waiting":
            state = "sent" if row.dedup_key == "sent" else "parked"
            tx.claim_result(row.id, state=state, message_id=None)  # type: ignore[arg-type]  # one of two

    gone = prune(conn, LATER, limit=9)

    left = conn.exec_driver_sql("SELECT dedup_key FROM outbox ORDER BY id").scalars().all()
    assert (gone, left) == (2, ["refused", "waiting"])


def test_spent_timers_go_and_pending_ones_stay(conn: Connection, tx: Tx) -> None:
    for key in ("fired", "cancelled", "pending"):
        tx.set_timer(replace(PRAISE, key=key))
    tx.claim_timer("fired", 0)
    tx.cancel_timers("cancelled")

    gone = prune(conn, LATER, limit=9)

    assert (gone, [timer.key for timer in timers.due(conn, NOW, 9)]) == (2, ["pending"])


def test_a_portion_is_no_larger_than_asked(conn: Connection, tx: Tx) -> None:
    inbox.store(conn, 1, [(number, number, "{}") for number in range(1, 6)], NOW)
    for number in range(1, 6):
        tx.claim_update(number, number)

    assert [prune(conn, LATER, limit=3) for _ in range(3)] == [3, 1, 0]
