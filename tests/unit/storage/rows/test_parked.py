"""What was put aside is listed with what, when and why, and can be tried again."""

from sqlalchemy import Connection

from flows.effects import SetTimer
from flows.events import TimerKind
from storage import inbox, parked, timers
from storage.parked import Parked, ParkedUpdate
from storage.tx import Tx
from tests.unit.storage.rows.matter import NOW, SOON, claimed, letter


def park_everything(conn: Connection, tx: Tx) -> None:
    inbox.store(conn, 1, [(10, 501, "{}"), (11, 501, "{}")], NOW)
    inbox.park(conn, 1, "cannot be read")
    tx.set_timer(SetTimer("late:7", TimerKind.LATE, SOON))
    timers.park(conn, "late:7", "KeyError")
    tx.put_outbox(letter())
    tx.claim_result(claimed(conn)[0].id, state="parked", message_id=None, error="403")


def test_all_three_queues_are_listed(conn: Connection, tx: Tx) -> None:
    park_everything(conn, tx)

    assert parked.listing(conn) == [
        Parked("inbox", "1", "10", NOW, "cannot be read"),
        Parked("timers", "late:7", "late", SOON, "KeyError"),
        Parked("outbox", "1", "sendMessage", NOW, "403"),
    ]


def test_a_parked_update_is_handed_out_until_a_turn_claims_it(conn: Connection, tx: Tx) -> None:
    park_everything(conn, tx)
    found = parked.update_of(conn, 1)

    tx.claim_parked(1)

    assert found == ParkedUpdate(1, 501, "{}")
    assert (parked.update_of(conn, 1), parked.update_of(conn, 2)) == (None, None)


def test_a_timer_and_a_call_are_tried_again_once(conn: Connection, tx: Tx) -> None:
    park_everything(conn, tx)

    first = [parked.replay(conn, "timers", "late:7", NOW), parked.replay(conn, "outbox", "1", NOW)]
    second = [parked.replay(conn, "timers", "late:7", NOW), parked.replay(conn, "outbox", "1", NOW)]

    assert (first, second) == ([True, True], [False, False])
    assert [timer.key for timer in timers.due(conn, SOON, 9)] == ["late:7"]
    assert [row.id for row in claimed(conn)] == [1]
