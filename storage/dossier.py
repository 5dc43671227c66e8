"""Everything that is kept about one customer, as it stands in the tables, to be handed to that customer."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Connection, bindparam, select

from flows.people import Customer
from storage import consents, customers
from storage.codec import from_ms
from storage.consents import Consent
from storage.statements import Hot
from storage.tables import cases, gifts, messages, praises, visits

_NUMBER = bindparam("number", type_=BigInteger)
_VISITS: Final = Hot(
    select(visits).where(visits.c.customer_id == _NUMBER).order_by(visits.c.ended_at, visits.c.id)
)
_CASES: Final = Hot(
    select(cases.c.id, cases.c.opened_at, cases.c.closed_at, cases.c.branch_id)
    .where(cases.c.customer_id == _NUMBER)
    .order_by(cases.c.id)
)
_TALK: Final = Hot(
    select(
        messages.c.at,
        messages.c.incoming,
        messages.c.author,
        messages.c.kind,
        messages.c.text,
        messages.c.case_id,
    )
    .where(messages.c.customer_id == _NUMBER)
    .order_by(messages.c.at, messages.c.id)
)
_GIFTS: Final = Hot(
    select(gifts.c.title, gifts.c.code, gifts.c.given_at, gifts.c.valid_until, gifts.c.state)
    .where(gifts.c.customer_id == _NUMBER)
    .order_by(gifts.c.id)
)
_PRAISES: Final = Hot(
    select(praises.c.at, praises.c.words)
    .where(praises.c.customer_id == _NUMBER)
    .order_by(praises.c.id)
)


class KeptVisit(NamedTuple):
    """A visit; `customer_name` and `phone` are as the booking program wrote them."""

    ended_at: datetime
    branch_id: str
    service: str
    master: str
    customer_name: str
    phone: str


class KeptMessage(NamedTuple):
    """One message of the talk; `author` is the person of the staff, "" for the customer's own."""

    at: datetime
    author: str
    kind: str
    text: str
    case_id: int | None


class KeptCase(NamedTuple):
    """A case; what colleagues noted among themselves is not part of it."""

    number: int
    opened_at: datetime
    closed_at: datetime | None
    branch_id: str


class KeptGift(NamedTuple):
    """What was given."""

    title: str
    code: str
    given_at: datetime
    valid_until: datetime | None
    state: str


class KeptPraise(NamedTuple):
    """Kind words."""

    at: datetime
    words: str


class Dossier(NamedTuple):
    """All of it."""

    customer: Customer
    consents: list[Consent]
    visits: list[KeptVisit]
    cases: list[KeptCase]
    talk: list[KeptMessage]
    gifts: list[KeptGift]
    praises: list[KeptPraise]


def gather(conn: Connection, customer_id: int) -> Dossier | None:
    """Everything about the customer with our number; None when there is none."""
    customer = customers.by_id(conn, customer_id)
    if customer is None:
        return None
    return Dossier(
        customer,
        consents.of_customer(conn, customer_id),
        [_visit(row) for row in _VISITS.rows(conn, number=customer_id)],
        [
            KeptCase(row.id, from_ms(row.opened_at), from_ms(row.closed_at), row.branch_id)
            for row in _CASES.rows(conn, number=customer_id)
        ],
        [
            KeptMessage(from_ms(row.at), row.author, row.kind, row.text, row.case_id)
            for row in _TALK.rows(conn, number=customer_id)
        ],
        [_gift(row) for row in _GIFTS.rows(conn, number=customer_id)],
        [KeptPraise(from_ms(row.at), row.words) for row in _PRAISES.rows(conn, number=customer_id)],
    )


def _visit(row: Any) -> KeptVisit:
    return KeptVisit(
        from_ms(row.ended_at),
        row.branch_id,
        row.service,
        row.master,
        row.customer_name,
        row.phone,
    )


def _gift(row: Any) -> KeptGift:
    given, until = from_ms(row.given_at), from_ms(row.valid_until)
    return KeptGift(row.title, row.code, given, until, row.state)
