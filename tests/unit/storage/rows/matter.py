"""Customers, cases and the like for tests of the repositories; nothing is asserted here."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from flows.book import OfferKind
from flows.case import Care, Case, Conversation
from flows.events import Sender
from flows.people import Customer, Gift, Person, PersonState, Visit
from storage import cards, outbox
from storage.cards import ClaimedCard
from storage.outbox import ClaimedRow, OutboxRow
from storage.tx import Tx

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)
NOBODY: frozenset[int] = frozenset()
GROUP = -1001
BOOK = "b" * 64
DANA = Sender(tg_id=501, name="Дана", username="dana", language="ru")
LEO = Person(id=1, tg_id=601, name="Лев", role="admin", state=PersonState.APPROVED)


def visit(number: int = 1, **changes: Any) -> Visit:
    return replace(Visit(number, f"crm-{number}", "csv", "center", NOW), **changes)


def complaint(tx: Tx, sender: Sender = DANA, number: int = 1, **changes: Any) -> Care:
    """A customer with an open case, as it reads after it was written."""
    tx.keep_book(BOOK, "{}")
    before = tx.care_of(sender)
    case = Case(number, before.customer.id, BOOK, "center", NOW)
    tx.save(before, replace(before, case=replace(case, **changes)))
    return tx.care_of(sender)


def talk(customer: Customer, number: int = 1, **changes: Any) -> Conversation:
    return replace(Conversation(number, customer.id, BOOK, "after_visit", "ask", NOW), **changes)


def gift(care: Care, number: int = 1, **changes: Any) -> Gift:
    assert care.case is not None
    made = Gift(
        id=number,
        case_id=care.case.id,
        opening=1,
        kind=OfferKind.GIFT,
        offer_id="care",
        title="Уход",
        value=150_000,
        cost=40_000,
        currency="RUB",
        code=f"CODE-{number}",
        given_by=LEO.id,
        given_by_name=LEO.name,
        given_at=NOW,
        customer_id=care.customer.id,
    )
    return replace(made, **changes)


def letter(lane: str = "chat:501", **changes: Any) -> OutboxRow:
    return replace(OutboxRow(lane, 501, 5, "sendMessage", {"text": "Здравствуйте"}), **changes)


def claimed(
    conn: Connection, now: datetime = NOW, closed: frozenset[int] = NOBODY
) -> list[ClaimedRow]:
    return outbox.claim_due(conn, now, 100, closed, SOON)


def claimed_cards(
    conn: Connection, now: datetime = NOW, closed: frozenset[int] = NOBODY
) -> list[ClaimedCard]:
    return cards.claim_due(conn, now, 100, closed, SOON)


def post_card(conn: Connection, tx: Tx, case_id: int, message_id: int) -> None:
    """Let the card of a case stand in the group."""
    tx.mark_card(case_id, "group", GROUP)
    (card,) = claimed_cards(conn)
    cards.shown(conn, card, message_id, NOW)
