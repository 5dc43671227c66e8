"""A card is shown until it shows what is wanted, one call at a time."""

from sqlalchemy import Connection

from flows.events import Sender
from storage import cards
from storage.cards import ClaimedCard
from storage.journal import Copy, ShownCase
from storage.tx import Tx
from tests.databases import plan
from tests.unit.storage.rows.matter import (
    DANA,
    GROUP,
    NOBODY,
    NOW,
    SOON,
    claimed_cards,
    complaint,
    post_card,
)

ANNA = Sender(tg_id=502, name="Анна")


def test_a_marked_card_is_claimed_once(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    tx.mark_card(1, "group", GROUP, loud=True)

    first, second = claimed_cards(conn), claimed_cards(conn)

    assert first == [ClaimedCard(1, "group", GROUP, None, 1, 0, True, 0)]
    assert second == []


def test_a_shown_card_is_not_due(conn: Connection, tx: Tx) -> None:
    complaint(tx)

    post_card(conn, tx, case_id=1, message_id=40)

    assert claimed_cards(conn) == []
    assert tx.cards_of(1) == ((GROUP, 40),)
    assert (tx.case_by_card(GROUP, 40), tx.case_by_card(GROUP, 41)) == (1, None)
    assert cards.place_of(conn, GROUP, 40) == (1, "group")
    assert (tx.card_at(1), tx.card_at(1, "manager")) == ((GROUP, 40), None)


def test_a_card_that_is_not_granted_waits(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    tx.mark_card(1, "group", GROUP)
    tx.mark_card(1, "manager", 77)

    def only_the_group(chat: int, posts: bool) -> bool:
        return posts and chat == GROUP

    now = cards.claim_due(conn, NOW, 10, NOBODY, SOON, grants=only_the_group)

    assert [card.place for card in now] == ["group"]
    assert [card.place for card in claimed_cards(conn)] == ["manager"]


def test_many_changes_are_shown_by_one_edit(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    post_card(conn, tx, case_id=1, message_id=40)

    for _ in range(3):
        tx.mark_card(1, "group", GROUP)

    (card,) = claimed_cards(conn)
    assert (card.message_id, card.revision, card.anew, card.loud) == (40, 4, 0, False)


def test_a_change_while_a_call_is_in_flight_is_shown_after_it(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    tx.mark_card(1, "group", GROUP)
    (card,) = claimed_cards(conn)
    tx.mark_card(1, "group", GROUP)

    meanwhile = claimed_cards(conn)
    cards.shown(conn, card, 40, NOW)

    assert meanwhile == []
    assert [(c.message_id, c.revision) for c in claimed_cards(conn)] == [(40, 2)]


def test_posting_anew_is_asked_for_once(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    post_card(conn, tx, case_id=1, message_id=40)
    tx.mark_card(1, "group", GROUP, anew=2, loud=True)
    tx.mark_card(1, "group", GROUP)

    (card,) = claimed_cards(conn)
    cards.shown(conn, card, 50, NOW)
    tx.mark_card(1, "group", GROUP)

    assert (card.anew, card.loud) == (2, True)
    assert [(c.message_id, c.anew, c.loud) for c in claimed_cards(conn)] == [(50, 0, False)]


def test_a_wish_to_post_anew_outlives_the_call_in_flight(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    post_card(conn, tx, case_id=1, message_id=40)
    tx.mark_card(1, "group", GROUP, anew=1)
    (card,) = claimed_cards(conn)
    tx.mark_card(1, "group", GROUP, anew=2)

    cards.shown(conn, card, 50, NOW)

    assert [(c.message_id, c.anew) for c in claimed_cards(conn)] == [(50, 2)]


def test_an_edit_wanted_meanwhile_does_not_undo_the_posting_in_flight(
    conn: Connection, tx: Tx
) -> None:
    complaint(tx)
    post_card(conn, tx, case_id=1, message_id=40)
    tx.mark_card(1, "group", GROUP, anew=1, loud=True)
    claimed_cards(conn)
    tx.mark_card(1, "group", GROUP)

    cards.clear_leases(conn)

    (again,) = claimed_cards(conn)
    assert (again.anew, again.loud, again.message_id) == (1, True, 40)


def test_a_reply_to_the_card_before_still_finds_the_case(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    post_card(conn, tx, case_id=1, message_id=40)
    tx.mark_card(1, "group", GROUP, anew=2)
    (card,) = claimed_cards(conn)

    cards.shown(conn, card, 50, NOW)

    assert tx.case_by_card(GROUP, 40) is None
    assert tx.case_by_message(GROUP, 40) == ShownCase(1, Copy.CARD)


def test_a_released_card_comes_again_later_as_it_was(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    post_card(conn, tx, case_id=1, message_id=40)
    tx.mark_card(1, "group", GROUP, anew=1, loud=True)
    (card,) = claimed_cards(conn)

    cards.release(conn, card, SOON, "429")

    assert claimed_cards(conn) == []
    assert cards.next_due(conn, NOW) == int(SOON.timestamp() * 1000)
    assert claimed_cards(conn, SOON) == [ClaimedCard(1, "group", GROUP, 40, 2, 1, True, 1)]


def test_after_a_crash_a_card_in_flight_is_due_again_as_it_was(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    tx.mark_card(1, "group", GROUP, anew=1, loud=True)
    before = claimed_cards(conn)

    freed = cards.clear_leases(conn)

    assert freed == 1
    assert claimed_cards(conn) == before


def test_a_lost_card_is_posted_anew(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    post_card(conn, tx, case_id=1, message_id=40)
    tx.mark_card(1, "group", GROUP)
    (card,) = claimed_cards(conn)

    cards.lost(conn, card)

    assert tx.cards_of(1) == ()
    assert [card.message_id for card in claimed_cards(conn)] == [None]


def test_an_answer_about_the_chat_before_changes_nothing(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    tx.mark_card(1, "group", GROUP)
    (card,) = claimed_cards(conn)
    tx.mark_card(1, "group", GROUP - 1)

    cards.release(conn, card, SOON, "kicked")
    cards.lost(conn, card)

    assert [(again.chat_id, again.attempts) for again in claimed_cards(conn)] == [(GROUP - 1, 0)]


def test_a_card_of_another_chat_is_posted_there(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    post_card(conn, tx, case_id=1, message_id=40)

    tx.mark_card(1, "group", GROUP - 1)

    assert [(c.chat_id, c.message_id) for c in claimed_cards(conn)] == [(GROUP - 1, None)]


def test_what_was_shown_in_the_chat_before_does_not_count(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    tx.mark_card(1, "group", GROUP)
    (card,) = claimed_cards(conn)
    tx.mark_card(1, "group", GROUP - 1)

    counted = cards.shown(conn, card, 40, NOW)

    assert not counted
    assert tx.cards_of(1) == ()
    assert [c.chat_id for c in claimed_cards(conn)] == [GROUP - 1]


def test_cards_to_be_posted_go_before_edits(conn: Connection, tx: Tx) -> None:
    complaint(tx, DANA, 1)
    complaint(tx, ANNA, 2)
    post_card(conn, tx, case_id=1, message_id=40)
    tx.mark_card(1, "group", GROUP)
    tx.mark_card(2, "group", GROUP)

    assert [card.case_id for card in claimed_cards(conn)] == [2, 1]


def test_a_closed_chat_gets_no_cards(conn: Connection, tx: Tx) -> None:
    complaint(tx)
    tx.mark_card(1, "group", GROUP)
    tx.mark_card(1, "manager", 601)

    assert [c.place for c in claimed_cards(conn, closed=frozenset({GROUP}))] == ["manager"]


def test_when_a_group_gets_a_new_id_cards_of_open_cases_are_posted_anew(
    conn: Connection, tx: Tx
) -> None:
    complaint(tx, DANA, 1)
    complaint(tx, ANNA, 2, closed_at=NOW)
    post_card(conn, tx, case_id=1, message_id=40)
    post_card(conn, tx, case_id=2, message_id=41)

    cards.moved(conn, GROUP, GROUP - 1)

    moved = [(c.case_id, c.chat_id, c.message_id) for c in claimed_cards(conn)]
    assert moved == [(1, GROUP - 1, None)]
    assert tx.case_by_card(GROUP - 1, 40) is None


def test_finding_cards_to_show_reads_those_that_are_behind_alone(conn: Connection) -> None:
    assert plan(conn, cards._MAY_GO)[0] == "SEARCH cards USING INDEX ix_cards_due (not_before<?)"
