"""Visits: what was done, when, where and whose it was."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select, update

from flows.people import TRIAL, Visit
from storage.codec import from_ms, to_ms
from storage.dialect import insert
from storage.statements import Hot
from storage.tables import visits

_FIELDS = (
    "id",
    "ext_id",
    "source",
    "branch_id",
    "ended_at",
    "service",
    "master",
    "customer_id",
    "phone",
    "token",
    "asked_at",
    "customer_name",
    "amount",
    "currency",
    "language",
    "arrived_at",
    "stay_asked_at",
)
_VISIT = select(*(visits.c[name] for name in _FIELDS))
_BY_ID: Final = Hot(_VISIT.where(visits.c.id == bindparam("id")))
_BY_TOKEN: Final = Hot(_VISIT.where(visits.c.token == bindparam("token"), visits.c.token != ""))
_BY_EXT_ID: Final = Hot(_VISIT.where(visits.c.ext_id == bindparam("ext_id")))
_BY_PHONE: Final = Hot(
    _VISIT.where(
        visits.c.phone == bindparam("phone"),
        visits.c.phone != "",
        visits.c.ended_at >= bindparam("since"),
    ).order_by(visits.c.ended_at.desc(), visits.c.id.desc())
)
_BY_CUSTOMER: Final = Hot(
    _VISIT.where(
        visits.c.customer_id == bindparam("customer_id"),
        visits.c.ended_at >= bindparam("since"),
        visits.c.source != TRIAL,
    ).order_by(visits.c.ended_at.desc(), visits.c.id.desc())
)
_COUNT: Final = Hot(
    select(func.count())
    .select_from(visits)
    .where(visits.c.customer_id == bindparam("customer_id"), visits.c.source != TRIAL)
)
_ASKED: Final = Hot(
    select(func.count())
    .select_from(visits)
    .where(visits.c.customer_id == bindparam("customer_id"), visits.c.asked_at.is_not(None))
)
_FORGET_PHONE: Final = Hot(
    update(visits)
    .where(
        (visits.c.customer_id == bindparam("of_customer"))
        | ((visits.c.phone == bindparam("number_dialled")) & (visits.c.phone != ""))
    )
    .values(phone="")
)
_EARLIER: Final = Hot(
    select(func.count())
    .select_from(visits)
    .where(
        visits.c.customer_id == bindparam("customer_id"),
        visits.c.id != bindparam("but"),
        visits.c.source != TRIAL,
    )
)
_INSERT = insert(visits)
_SAVE: Final = Hot(
    _INSERT.on_conflict_do_update(
        index_elements=["id"],
        set_={name: _INSERT.excluded[name] for name in _FIELDS if name != "id"},
    ),
    sets=_FIELDS,
)


def by_id(conn: Connection, visit_id: int) -> Visit | None:
    """The visit with our number."""
    return _one(_BY_ID.row(conn, id=visit_id))


def by_token(conn: Connection, token: str) -> Visit | None:
    """The visit behind a one-time link."""
    return _one(_BY_TOKEN.row(conn, token=token))


def by_ext_id(conn: Connection, ext_id: str) -> Visit | None:
    """The visit as its source numbers it."""
    return _one(_BY_EXT_ID.row(conn, ext_id=ext_id))


def by_phone(conn: Connection, phone: str, since: datetime) -> tuple[Visit, ...]:
    """Visits of a telephone that ended at `since` or after it, the newest first."""
    return tuple(_read(row) for row in _BY_PHONE.rows(conn, phone=phone, since=to_ms(since)))


def by_customer(conn: Connection, customer_id: int, since: datetime) -> tuple[Visit, ...]:
    """Visits of a customer that ended at `since` or after it, the newest first."""
    found = _BY_CUSTOMER.rows(conn, customer_id=customer_id, since=to_ms(since))
    return tuple(map(_read, found))


def count(conn: Connection, customer_id: int) -> int:
    """How many visits of this customer are known."""
    found: int = _COUNT.scalar(conn, customer_id=customer_id)
    return found


def count_but(conn: Connection, customer_id: int, visit_id: int) -> int:
    """How many visits of this customer are known beside one; 0 is none of ours."""
    found: int = _EARLIER.scalar(conn, customer_id=customer_id, but=visit_id)
    return found


def save(conn: Connection, visit: Visit) -> None:
    """Write a visit, new or known by its number; a second one of the same `ext_id` is refused."""
    _SAVE.run(
        conn,
        id=visit.id,
        ext_id=visit.ext_id,
        source=visit.source,
        branch_id=visit.branch_id,
        ended_at=to_ms(visit.ended_at),
        service=visit.service,
        master=visit.master,
        customer_id=visit.customer_id,
        phone=visit.phone,
        token=visit.token,
        asked_at=to_ms(visit.asked_at),
        customer_name=visit.customer_name,
        amount=visit.amount,
        currency=visit.currency,
        language=visit.language,
        arrived_at=to_ms(visit.arrived_at),
        stay_asked_at=to_ms(visit.stay_asked_at),
    )


def forget_phone(conn: Connection, customer_id: int, phone: str) -> None:
    """Take a number out of the visits of a customer, and out of those that bear it alone."""
    _FORGET_PHONE.run(conn, of_customer=customer_id, number_dialled=phone)


def asked_of(conn: Connection, customer_id: int) -> int:
    """After how many visits of this customer a question was put."""
    found: int = _ASKED.scalar(conn, customer_id=customer_id)
    return found


def _one(row: Any) -> Visit | None:
    return None if row is None else _read(row)


def _read(row: Any) -> Visit:
    return Visit(
        id=row.id,
        ext_id=row.ext_id,
        source=row.source,
        branch_id=row.branch_id,
        ended_at=from_ms(row.ended_at),
        service=row.service,
        master=row.master,
        customer_id=row.customer_id,
        phone=row.phone,
        token=row.token,
        customer_name=row.customer_name,
        amount=row.amount,
        currency=row.currency,
        language=row.language,
        asked_at=from_ms(row.asked_at),
        arrived_at=from_ms(row.arrived_at),
        stay_asked_at=from_ms(row.stay_asked_at),
    )
