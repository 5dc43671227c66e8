"""A letter can be taken back until the sender has it, and an album grows until then."""

import pytest
from sqlalchemy import Connection

from storage import outbox
from storage.journal import Copy, ShownCase
from storage.tx import Tx
from tests.unit.storage.rows.matter import (
    GROUP,
    NOW,
    SOON,
    claimed,
    complaint,
    letter,
    post_card,
)

HELD = letter(dedup_key="held", not_before=SOON)


def test_the_same_letter_is_put_once(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter(dedup_key="gift:1", params={"text": "first"}))
    tx.put_outbox(letter(dedup_key="gift:1", params={"text": "second"}))

    assert [row.params for row in claimed(conn)] == [{"text": "first"}]


def test_letters_without_a_key_may_repeat(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter(""))
    tx.put_outbox(letter(""))

    assert len(claimed(conn)) == 2


def test_a_held_letter_is_recalled_once_and_never_leaves(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(HELD)
    waited = tx.letter_waits("held")

    recalls = [tx.recall("held"), tx.recall("held")]

    assert (waited, recalls) == (True, [True, False])
    assert not tx.letter_waits("held")
    assert claimed(conn, SOON) == []


def test_a_letter_that_is_being_sent_cannot_be_recalled(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(HELD)
    claimed(conn, SOON)

    assert not tx.letter_waits("held")
    assert not tx.recall("held")


@pytest.mark.parametrize(("unheard", "recalled"), [(False, True), (True, False)])
def test_a_letter_whose_answer_nobody_heard_cannot_be_recalled(
    conn: Connection, tx: Tx, *, unheard: bool, recalled: bool
) -> None:
    tx.put_outbox(HELD)
    (row,) = claimed(conn, SOON)
    outbox.release(conn, row.id, SOON, "timeout", maybe_sent=unheard)

    waits = tx.letter_waits("held")

    assert (waits, tx.recall("held")) == (recalled, recalled)


def test_a_letter_that_was_leaving_when_the_bot_died_cannot_be_recalled_and_leaves(
    conn: Connection, tx: Tx
) -> None:
    tx.put_outbox(HELD)
    claimed(conn, SOON)
    outbox.clear_leases(conn)

    waits = tx.letter_waits("held")

    assert (waits, tx.recall("held")) == (False, False)
    assert [row.dedup_key for row in claimed(conn, SOON)] == ["held"]


def test_recalling_lets_the_next_of_the_lane_go(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(HELD)
    tx.put_outbox(letter(dedup_key="after"))

    tx.recall("held")

    assert [row.dedup_key for row in claimed(conn)] == ["after"]


def test_parts_of_an_album_join_one_letter_and_move_it(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter(dedup_key="album", params={"media": [{"n": 1}]}, not_before=NOW))

    joined = tx.extend_album("album", {"n": 2}, SOON)

    assert joined
    assert claimed(conn) == []
    assert [row.params for row in claimed(conn, SOON)] == [{"media": [{"n": 1}, {"n": 2}]}]


def test_a_part_that_comes_late_goes_alone(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter(dedup_key="album", params={"media": [{"n": 1}]}))
    claimed(conn)

    assert not tx.extend_album("album", {"n": 2}, SOON)
    assert not tx.extend_album("another", {"n": 2}, SOON)


def test_an_album_holds_ten_parts(tx: Tx) -> None:
    tx.put_outbox(letter(dedup_key="album", params={"media": [{"n": 1}]}))

    joined = [tx.extend_album("album", {"n": number}, SOON) for number in range(2, 12)]

    assert joined == [True] * 9 + [False]


def test_a_refused_letter_can_be_sent_again(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter(dedup_key="reply"))
    (row,) = claimed(conn)
    tx.claim_result(row.id, state="parked", message_id=None, error="403")

    again = [tx.resend("reply"), tx.resend("reply")]

    assert again == [True, False]
    assert [row.dedup_key for row in claimed(conn)] == ["reply"]


@pytest.mark.parametrize("done", ["waiting", "sent"])
def test_only_a_refused_letter_is_sent_again(conn: Connection, tx: Tx, done: str) -> None:
    tx.put_outbox(letter(dedup_key="reply"))
    if done == "sent":
        tx.claim_result(claimed(conn)[0].id, state="sent", message_id=1)

    assert not tx.resend("reply")


def test_a_letter_sent_again_does_not_overtake_the_one_on_its_way(conn: Connection, tx: Tx) -> None:
    tx.put_outbox(letter(dedup_key="refused"))
    tx.put_outbox(letter(dedup_key="on its way"))
    tx.put_outbox(letter(dedup_key="last"))
    tx.claim_result(claimed(conn)[0].id, state="parked", message_id=None)
    (on_its_way,) = claimed(conn)
    tx.resend("refused")

    meanwhile = claimed(conn)
    tx.claim_result(on_its_way.id, state="sent", message_id=1)

    assert meanwhile == []
    assert [row.dedup_key for row in claimed(conn)] == ["refused"]


def test_a_reply_to_a_relayed_file_finds_the_case(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    post_card(conn, tx, case_id=1, message_id=40)
    tx.put_outbox(letter("case:1", chat_id=GROUP, case_id=1, under_card=True))
    (row,) = claimed(conn)

    tx.claim_result(row.id, state="sent", message_id=41)

    assert tx.case_by_message(GROUP, 41) == ShownCase(1, Copy.OTHER)
    assert tx.case_by_message(GROUP, 42) is None
