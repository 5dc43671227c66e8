"""The sender gets what may go now, each row once and each lane in order."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from flows.effects import Letter
from flows.events import LetterKind
from storage import outbox
from storage.outbox import OutboxHealth
from storage.tx import Tx
from tests.databases import plan
from tests.unit.storage.rows.matter import (
    GROUP,
    NOBODY,
    NOW,
    SOON,
    claimed,
    complaint,
    letter,
    post_card,
)


def test_a_row_is_claimed_with_all_that_was_put(conn: Connection, tx: Tx) -> None:
    about = Letter(LetterKind.REPLY, case_id=7, ref=2)
    tx.put_outbox(letter(dedup_key="reply:7:2", letter=about, case_id=7))

    (row,) = claimed(conn)

    assert (row.lane, row.chat_id, row.priority, row.method) == ("chat:501", 501, 5, "sendMessage")
    assert (row.params, row.letter, row.case_id) == ({"text": "Здравствуйте"}, about, 7)
    assert (row.dedup_key, row.card, row.attempts) == ("reply:7:2", None, 0)
    assert row.created_at == int(NOW.timestamp() * 1000)


def test_a_row_is_claimed_once(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter())

    assert [len(claimed(conn)), len(claimed(conn))] == [1, 0]


def test_one_row_of_a_lane_is_out_at_a_time(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter(dedup_key="first"))
    tx.put_outbox(letter(dedup_key="second"))
    (first,) = claimed(conn)

    meanwhile = claimed(conn)
    tx.claim_result(first.id, state="sent", message_id=9)

    assert (first.dedup_key, meanwhile) == ("first", [])
    assert [row.dedup_key for row in claimed(conn)] == ["second"]


@pytest.mark.parametrize("state", ["sent", "parked"])
def test_a_result_is_claimed_once(conn: Connection, tx: Tx, state: str) -> None:
    tx.put_outbox(letter())
    (row,) = claimed(conn)

    first = tx.claim_result(row.id, state=state, message_id=None, error="403")  # type: ignore[arg-type]  # of the parameter

    assert first
    assert not tx.claim_result(row.id, state="sent", message_id=9)


def test_what_was_not_claimed_has_no_result(tx: Tx) -> None:
    tx.put_outbox(letter())

    assert not tx.claim_result(1, state="sent", message_id=9)


def test_a_refused_row_lets_its_lane_go_on(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter(dedup_key="first"))
    tx.put_outbox(letter(dedup_key="second"))
    (first,) = claimed(conn)

    tx.claim_result(first.id, state="parked", message_id=None, error="400")

    assert [row.dedup_key for row in claimed(conn)] == ["second"]


def test_rows_of_no_lane_go_together(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter(lane=""))
    tx.put_outbox(letter(lane=""))

    assert [row.id for row in claimed(conn)] == [1, 2]


def test_priority_chooses_between_lanes_and_not_inside_one(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter("a", dedup_key="slow", priority=9))
    tx.put_outbox(letter("a", dedup_key="urgent behind slow", priority=0))
    tx.put_outbox(letter("b", dedup_key="middle", priority=5))
    tx.put_outbox(letter("", dedup_key="toast", priority=0))

    assert [row.dedup_key for row in claimed(conn)] == ["toast", "middle", "slow"]


def test_a_held_row_keeps_its_lane_waiting(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter(dedup_key="held", not_before=SOON))
    tx.put_outbox(letter(dedup_key="after"))

    now, then = claimed(conn), claimed(conn, SOON)

    assert now == []
    assert [row.dedup_key for row in then] == ["held"]


def test_a_closed_chat_gets_nothing_and_holds_nobody_else_up(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter("a", chat_id=1))
    tx.put_outbox(letter("b", chat_id=2))

    assert [row.chat_id for row in claimed(conn, closed=frozenset({1, 3}))] == [2]


def test_no_more_than_the_limit_is_claimed(conn: Connection, tx: Tx) -> None:
    for lane in "abc":
        tx.put_outbox(letter(lane))

    rows = outbox.claim_due(conn, NOW, 2, NOBODY, SOON)

    assert [row.lane for row in rows] == ["a", "b"]


def test_a_chat_that_is_granted_one_call_holds_nobody_else_up(conn: Connection, tx: Tx) -> None:
    for lane in "abc":
        tx.put_outbox(letter(lane, chat_id=1))
    tx.put_outbox(letter("d", chat_id=2))
    room = {1: [True, False, False], 2: [True]}

    rows = outbox.claim_due(conn, NOW, 3, NOBODY, SOON, lambda chat, _: room[chat].pop(0))

    assert [row.lane for row in rows] == ["a", "d"]
    assert [row.lane for row in claimed(conn)] == ["b", "c"]


def test_a_released_row_comes_again_later_at_its_place(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter(dedup_key="first"))
    tx.put_outbox(letter(dedup_key="second"))
    (first,) = claimed(conn)

    outbox.release(conn, first.id, SOON, "429")

    assert claimed(conn) == []
    assert outbox.next_due(conn, NOW) == int(SOON.timestamp() * 1000)
    assert [(row.dedup_key, row.attempts) for row in claimed(conn, SOON)] == [("first", 1)]


def test_after_a_crash_what_was_being_sent_is_due_again(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter(dedup_key="first"))
    tx.put_outbox(letter(dedup_key="second"))
    claimed(conn)

    freed = outbox.clear_leases(conn)

    assert freed == 1
    assert [row.dedup_key for row in claimed(conn)] == ["first"]


def test_a_stale_answer_to_a_tap_is_dropped(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter("", expires_at=SOON))
    tx.put_outbox(letter("a", dedup_key="stale", expires_at=SOON))
    tx.put_outbox(letter("a", dedup_key="fresh"))

    never_sent = claimed(conn, SOON)
    dropped = outbox.expire(conn, SOON)

    assert (never_sent, dropped) == ([], 2)
    assert [row.dedup_key for row in claimed(conn, SOON)] == ["fresh"]


def test_nothing_is_held_when_everything_may_go(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter())

    assert outbox.next_due(conn, NOW) is None


def test_a_row_under_a_card_waits_until_the_card_stands(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    tx.put_outbox(letter("case:1", chat_id=GROUP, case_id=1, under_card=True))

    before = claimed(conn)
    post_card(conn, tx, case_id=1, message_id=40)

    assert before == []
    assert [row.card for row in claimed(conn)] == [(GROUP, 40)]


def test_what_was_for_one_manager_goes_to_the_next_and_not_to_the_group(
    conn: Connection, tx: Tx
) -> None:
    complaint(tx)
    post_card(conn, tx, case_id=1, message_id=40)
    tx.mark_card(1, "manager", 602)
    tx.put_outbox(letter("case:1", chat_id=601, case_id=1, under_card=True))

    assert claimed(conn) == []


def test_a_row_under_a_card_obeys_the_limits_of_the_cards_chat(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    post_card(conn, tx, case_id=1, message_id=40)
    tx.put_outbox(letter("case:1", chat_id=5, case_id=1, under_card=True))

    assert claimed(conn, closed=frozenset({GROUP})) == []
    assert [row.chat_id for row in claimed(conn)] == [GROUP]


def test_what_waits_for_a_group_follows_it_to_its_new_id(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter("a", chat_id=GROUP))

    outbox.moved(conn, GROUP, GROUP - 1)

    assert [row.chat_id for row in claimed(conn)] == [GROUP - 1]


def test_health_tells_what_waits_and_since_when(conn: Connection, tx: Tx) -> None:
    for lane in "abc":
        tx.put_outbox(letter(lane))
    (row, *_) = claimed(conn)
    Tx(conn, NOW + timedelta(hours=1)).put_outbox(letter("d"))

    tx.claim_result(row.id, state="parked", message_id=None, error="403")

    assert outbox.health(conn) == OutboxHealth(3, int(NOW.timestamp() * 1000), 1)


def test_finding_what_may_go_looks_at_leading_rows_alone(conn: Connection) -> None:
    assert plan(conn, outbox._MAY_GO)[0] == (
        "SEARCH outbox USING INDEX ix_outbox_due (priority>? AND priority<?)"
    )
    assert plan(conn, outbox._EXPIRE) == [
        "SEARCH outbox USING INDEX ix_outbox_expiring (expires_at>? AND expires_at<?)"
    ]
