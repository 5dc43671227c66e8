"""What an owner has played: all rows that hang on visits of a try, taken out so that nothing is left to count."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, BindParameter, Connection, bindparam, delete, or_, select, update

from flows.people import TRIAL
from storage import vanishing
from storage.codec import to_ms
from storage.forum import Forum
from storage.statements import Hot
from storage.tables import (
    cards,
    cases,
    conversations,
    gifts,
    journal,
    messages,
    outbox,
    preventions,
    timers,
    visits,
)

_CUSTOMER: BindParameter[int] = bindparam("customer", type_=BigInteger)
_KEEP: BindParameter[int] = bindparam("keep", type_=BigInteger)
_CASE: BindParameter[int] = bindparam("case", type_=BigInteger)
_VISITS: Final = select(visits.c.id).where(
    visits.c.source == TRIAL, visits.c.customer_id == _CUSTOMER, visits.c.id != _KEEP
)
_CASES: Final = Hot(select(cases.c.id).where(cases.c.visit_id.in_(_VISITS)))
_CARDS: Final = Hot(
    select(cards.c.chat_id, cards.c.message_id).where(
        cards.c.case_id == _CASE, cards.c.message_id.is_not(None)
    )
)
_COPIES: Final = Hot(
    select(messages.c.chat_id, messages.c.message_id).where(
        messages.c.case_id == _CASE, messages.c.chat_id < 0, messages.c.incoming == 0
    )
)
_WAITING: Final = Hot(
    update(outbox)
    .where(outbox.c.case_id == _CASE, outbox.c.state == "due", outbox.c.under_card == 1)
    .values(state="recalled"),
    sets=("done_at",),
)
_OF_CASE: Final = tuple(
    Hot(delete(table).where(table.c.case_id == _CASE))
    for table in (preventions, gifts, cards, conversations, journal, messages, timers)
)
_DELETE_CASE: Final = Hot(delete(cases).where(cases.c.id == _CASE))
_TIMERS: Final = Hot(
    delete(timers).where(
        or_(
            timers.c.visit_id.in_(_VISITS),
            timers.c.conversation_id.in_(
                select(conversations.c.id).where(conversations.c.visit_id.in_(_VISITS))
            ),
        )
    )
)
_TALKS: Final = Hot(delete(conversations).where(conversations.c.visit_id.in_(_VISITS)))
_DELETE_VISITS: Final = Hot(
    delete(visits).where(
        visits.c.source == TRIAL, visits.c.customer_id == _CUSTOMER, visits.c.id != _KEEP
    )
)

_STALE: Final = Hot(
    select(visits.c.customer_id)
    .where(
        visits.c.source == TRIAL,
        visits.c.customer_id.is_not(None),
        visits.c.ended_at < bindparam("before"),
    )
    .distinct()
)


def drop_stale(conn: Connection, before: datetime, now: datetime) -> None:
    """Take out what was begun before that (UTC) and never ended."""
    for row in _STALE.rows(conn, before=to_ms(before)):
        drop(conn, row.customer_id, 0, now)


def drop(conn: Connection, customer_id: int, keep: int, now: datetime) -> None:
    """Take out all that this customer has played but for the visit `keep`; its cards in the group go, too."""
    found: list[Any] = _CASES.rows(conn, customer=customer_id, keep=keep)
    for row in found:
        for shown in (*_CARDS.rows(conn, case=row.id), *_COPIES.rows(conn, case=row.id)):
            vanishing.take_away(conn, shown.chat_id, shown.message_id, now, asked=False)
        Forum(conn, now).erase(row.id, asked=False)
        _WAITING.run(conn, case=row.id, done_at=to_ms(now))
        for statement in _OF_CASE:
            statement.run(conn, case=row.id)
        _DELETE_CASE.run(conn, case=row.id)
    _TIMERS.run(conn, customer=customer_id, keep=keep)
    _TALKS.run(conn, customer=customer_id, keep=keep)
    _DELETE_VISITS.run(conn, customer=customer_id, keep=keep)
