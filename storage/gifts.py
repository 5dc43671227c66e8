"""Given offers, and the counters that limit them: what is refused here is never given twice."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, or_, select, update

from flows.book import OfferKind
from flows.facts import Spent
from flows.people import TRIAL, Gift, GiftState
from storage.codec import from_ms, to_ms
from storage.dialect import insert
from storage.statements import Hot
from storage.tables import cases, counters, gifts, visits

_FIELDS = tuple(column.name for column in gifts.c)
_OF: Final = Hot(
    select(gifts)
    .where(or_(gifts.c.case_id == bindparam("case_id"), gifts.c.visit_id == bindparam("visit_id")))
    .order_by(gifts.c.id)
)
_CODE: Final = Hot(select(gifts).where(gifts.c.code == bindparam("code"), gifts.c.code != ""))
_BY_ID: Final = Hot(select(gifts).where(gifts.c.id == bindparam("gift_id")))
_OF_LATE: Final = Hot(
    select(gifts)
    .where(gifts.c.customer_id == bindparam("customer_id"), gifts.c.given_at >= bindparam("since"))
    .order_by(gifts.c.given_at.desc())
    .limit(bindparam("limit"))
)
_GIVEN: Final = Hot(
    select(gifts.c.offer_id, func.count().label("given"))
    .where(
        gifts.c.given_at >= bindparam("since"),
        gifts.c.state != "taken_back",
        gifts.c.case_id.not_in(
            select(cases.c.id)
            .join(visits, visits.c.id == cases.c.visit_id)
            .where(visits.c.source == TRIAL)
        ),
    )
    .group_by(gifts.c.offer_id)
)
# What is written again when it changes; the rest was copied at giving.
_CHANGES: Final = (
    "valid_until",
    "state",
    "ended_at",
    "ended_by",
    "ended_by_name",
    "ended_where",
    "ended_why",
)
_HAS: Final = Hot(
    select(gifts)
    .where(gifts.c.customer_id == bindparam("customer_id"), gifts.c.state == "given")
    .order_by(gifts.c.given_at, gifts.c.id)
)
_INSERT = insert(gifts)
_SAVE: Final = Hot(
    _INSERT.on_conflict_do_update(
        index_elements=["id"], set_={name: _INSERT.excluded[name] for name in _CHANGES}
    ),
    sets=_FIELDS,
)

_SPENT: Final = Hot(select(counters.c.spent).where(counters.c.key == bindparam("key")))
_INSERT_COUNTER = insert(counters)
_SUM = counters.c.spent + _INSERT_COUNTER.excluded.spent
_SPEND: Final = Hot(
    _INSERT_COUNTER.on_conflict_do_update(index_elements=["key"], set_={"spent": _SUM}),
    sets=("key", "spent"),
)
_SPEND_WITHIN: Final = Hot(
    _INSERT_COUNTER.on_conflict_do_update(
        index_elements=["key"], set_={"spent": _SUM}, where=bindparam("limit") >= _SUM
    ),
    sets=("key", "spent"),
)
_GIVE_BACK: Final = Hot(
    update(counters)
    .where(counters.c.key == bindparam("key_"), counters.c.spent >= bindparam("amount"))
    .values(spent=counters.c.spent - bindparam("amount"))
)


class OverLimit(Exception):
    """The counter would exceed its limit: the turn gives nothing and changes nothing."""

    def __init__(self, counter: str) -> None:
        super().__init__(counter)
        self.counter = counter


def of(conn: Connection, case_id: int | None, visit_id: int | None) -> tuple[Gift, ...]:
    """Everything given (or taken back) in a case or for a visit, oldest first."""
    return tuple(_read(row) for row in _OF.rows(conn, case_id=case_id, visit_id=visit_id))


def by_code(conn: Connection, code: str) -> Gift | None:
    """The gift with this code, whatever became of it."""
    row = _CODE.row(conn, code=code)
    return _read(row) if row is not None else None


def by_id(conn: Connection, gift_id: int) -> Gift | None:
    """A given offer by its number."""
    row = _BY_ID.row(conn, gift_id=gift_id)
    return _read(row) if row is not None else None


def of_customer(conn: Connection, customer_id: int) -> tuple[Gift, ...]:
    """What the customer may still use, the oldest first."""
    return tuple(_read(row) for row in _HAS.rows(conn, customer_id=customer_id))


def of_late(conn: Connection, customer_id: int, since: datetime, limit: int) -> tuple[Gift, ...]:
    """What was given to the customer at `since` (UTC) or after it, taken back or not, the newest first."""
    rows = _OF_LATE.rows(conn, customer_id=customer_id, since=to_ms(since), limit=limit)
    return tuple(map(_read, rows))


def given_since(conn: Connection, since: datetime) -> dict[str, int]:
    """How often each offer was given after that (UTC) and not taken back."""
    return {row.offer_id: row.given for row in _GIVEN.rows(conn, since=to_ms(since))}


def unused_code(conn: Connection, draw: Callable[[], str]) -> str:
    """Draw codes until one is not on any gift."""
    code = draw()
    while _CODE.row(conn, code=code) is not None:
        code = draw()
    return code


def save(conn: Connection, gift: Gift) -> None:
    """Write a given offer; of a known one only its state, its end and its validity.

    The database refuses a second of one kind in one opening of a case, and a second gift for one
    visit (`IntegrityError`), unless the first was taken back.
    """
    _SAVE.run(
        conn,
        id=gift.id,
        case_id=gift.case_id,
        opening=gift.opening,
        kind=gift.kind.value,
        offer_id=gift.offer_id,
        title=gift.title,
        value=gift.value,
        cost=gift.cost,
        currency=gift.currency,
        code=gift.code,
        given_by=gift.given_by,
        given_by_name=gift.given_by_name,
        given_at=to_ms(gift.given_at),
        customer_id=gift.customer_id,
        visit_id=gift.visit_id,
        valid_until=to_ms(gift.valid_until),
        state=gift.state.value,
        ended_at=to_ms(gift.ended_at),
        ended_by=gift.ended_by,
        ended_by_name=gift.ended_by_name,
        ended_where=gift.ended_where,
        ended_why=gift.ended_why,
    )


def spent(conn: Connection, keys: Sequence[str]) -> Spent:
    """The counters of these keys; one that was never touched is absent."""
    read = {key: _SPENT.scalar(conn, key=key) for key in keys}
    return Spent({key: value for key, value in read.items() if value is not None})


def spend(conn: Connection, key: str, amount: int, limit: int | None) -> None:
    """Add to a counter; below zero gives back, whatever the limit is by now.

    What was never spent is not given back: the hours that say which day it belongs to may have changed since.

    Raises `OverLimit` when the sum would exceed `limit` (None is no limit).
    """
    if amount < 0:
        _GIVE_BACK.run(conn, key_=key, amount=-amount)
    elif limit is None:
        _SPEND.run(conn, key=key, spent=amount)
    elif amount > limit or not _SPEND_WITHIN.run(conn, key=key, spent=amount, limit=limit):
        raise OverLimit(key)


def _read(row: Any) -> Gift:
    return Gift(
        id=row.id,
        case_id=row.case_id,
        opening=row.opening,
        kind=OfferKind(row.kind),
        offer_id=row.offer_id,
        title=row.title,
        value=row.value,
        cost=row.cost,
        currency=row.currency,
        code=row.code,
        given_by=row.given_by,
        given_by_name=row.given_by_name,
        given_at=from_ms(row.given_at),
        customer_id=row.customer_id,
        visit_id=row.visit_id,
        valid_until=from_ms(row.valid_until),
        state=GiftState(row.state),
        ended_at=from_ms(row.ended_at),
        ended_by=row.ended_by,
        ended_by_name=row.ended_by_name,
        ended_where=row.ended_where,
        ended_why=row.ended_why,
    )
