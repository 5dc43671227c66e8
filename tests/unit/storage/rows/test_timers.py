"""A timer fires once, for the wait it belongs to, and never before what its chat has written."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from flows.effects import SetTimer
from flows.events import TimerFired, TimerKind
from storage import inbox, timers
from storage.timers import TimersHealth
from storage.tx import Tx
from tests.databases import plan
from tests.unit.storage.rows.matter import NOW, SOON

LATE = SetTimer("late:7", TimerKind.LATE, NOW, wait=2, case_id=7, customer_id=3, branch_id="center")
LATER = NOW + timedelta(hours=1)


def test_what_is_due_comes_back_as_it_was_set(conn: Connection, tx: Tx) -> None:
    tx.set_timer(LATE)

    assert timers.due(conn, NOW, 9) == [
        TimerFired("late:7", TimerKind.LATE, 2, customer_id=3, case_id=7, branch_id="center")
    ]


def test_a_timer_is_claimed_once(conn: Connection, tx: Tx) -> None:
    tx.set_timer(LATE)

    assert [tx.claim_timer("late:7", 2), tx.claim_timer("late:7", 2)] == [True, False]
    assert timers.due(conn, NOW, 9) == []


def test_a_timer_of_another_wait_is_not_claimed(tx: Tx) -> None:
    tx.set_timer(LATE)
    tx.set_timer(replace(LATE, wait=3))

    assert [tx.claim_timer("late:7", 2), tx.claim_timer("late:7", 3)] == [False, True]


def test_a_timer_that_was_moved_meanwhile_is_not_claimed(conn: Connection, tx: Tx) -> None:
    tx.set_timer(LATE)
    (found,) = timers.due(conn, NOW, 9)
    tx.set_timer(replace(LATE, due=SOON))

    assert not tx.claim_timer(found.key, found.wait)
    assert timers.next_due(conn) == int(SOON.timestamp() * 1000)


def test_a_cancelled_timer_does_not_fire(conn: Connection, tx: Tx) -> None:
    tx.set_timer(LATE)

    tx.cancel_timers("late:7")

    assert timers.due(conn, NOW, 9) == []
    assert not tx.claim_timer("late:7", 2)


def test_a_timer_that_has_fired_can_be_set_again(conn: Connection, tx: Tx) -> None:
    tx.set_timer(LATE)
    tx.claim_timer("late:7", 2)

    tx.set_timer(LATE)

    assert [timer.key for timer in timers.due(conn, NOW, 9)] == ["late:7"]


def test_the_longest_overdue_fires_first(conn: Connection, tx: Tx) -> None:
    for hours in (1, 3, 2):
        tx.set_timer(replace(LATE, key=str(hours), due=NOW - timedelta(hours=hours)))
    tx.set_timer(replace(LATE, key="ahead", due=SOON))

    assert [timer.key for timer in timers.due(conn, NOW, 2)] == ["3", "2"]


def test_a_timer_waits_while_its_chat_has_something_unread(conn: Connection, tx: Tx) -> None:
    inbox.store(conn, 1, [(1, 501, "an answer")], NOW)
    tx.set_timer(LATE, chat_id=501)
    tx.set_timer(replace(LATE, key="other chat"), chat_id=502)
    tx.set_timer(replace(LATE, key="no chat"))

    before = {timer.key for timer in timers.due(conn, NOW, 9)}
    tx.claim_update(1, 501)

    assert before == {"other chat", "no chat"}
    assert {timer.key for timer in timers.due(conn, NOW, 9)} == {"other chat", "no chat", "late:7"}


def test_a_parked_timer_fires_again_when_replayed(conn: Connection, tx: Tx) -> None:
    tx.set_timer(LATE)
    timers.park(conn, "late:7", "boom")
    parked = timers.due(conn, NOW, 9)

    replays = [timers.replay(conn, "late:7"), timers.replay(conn, "late:7")]

    assert (parked, replays) == ([], [True, False])
    assert tx.claim_timer("late:7", 2)


def test_health_tells_what_is_overdue(conn: Connection, tx: Tx) -> None:
    tx.set_timer(LATE)
    tx.set_timer(replace(LATE, key="ahead", due=LATER))
    tx.set_timer(replace(LATE, key="bad"))
    timers.park(conn, "bad", "boom")

    assert timers.health(conn, NOW) == TimersHealth(1, int(NOW.timestamp() * 1000), 1)


def test_no_timer_means_nothing_to_wait_for(conn: Connection) -> None:
    assert timers.next_due(conn) is None
    assert timers.health(conn, NOW) == TimersHealth(0, None, 0)


def test_finding_what_is_due_reads_pending_timers_alone(conn: Connection) -> None:
    assert plan(conn, timers._DUE)[0] == "SEARCH timers USING INDEX ix_timers_due (due_at<?)"


def test_a_timer_of_a_kind_that_only_a_newer_version_knows_is_put_aside(
    conn: Connection, tx: Tx
) -> None:
    tx.set_timer(replace(LATE, key="moon:1"))
    conn.exec_driver_sql("UPDATE timers SET kind = 'moon' WHERE key = 'moon:1'")
    tx.set_timer(LATE)

    assert [fired.key for fired in timers.due(conn, NOW, 9)] == ["late:7"]
    assert timers.health(conn, NOW).parked == 1
