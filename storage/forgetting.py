"""Forgetting people: whoever has not been heard of for the retention time is blanked, in small portions.

Kind words that wait for the evening post are kept until they are posted. What was given and how cases ended stays,
without words and names: it is the business's own record.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Connection,
    bindparam,
    delete,
    exists,
    select,
    update,
)

from storage import cases as case_rows
from storage.codec import to_ms
from storage.statements import Hot
from storage.tables import cases, customers, journal, messages, praises, visits

_BEFORE: BindParameter[int] = bindparam("before", type_=BigInteger)
_NAMED = (customers.c.name != "") | (customers.c.phone != "") | (customers.c.username != "")
_HAS_WORDS = exists().where(messages.c.customer_id == customers.c.id)
_HAS_OPEN_CASE = exists().where(cases.c.customer_id == customers.c.id, cases.c.closed_at.is_(None))
_IS_POSTED = praises.c.posted_at.is_not(None)
_HAS_PRAISED = exists().where(praises.c.customer_id == customers.c.id, _IS_POSTED)
_LONG_SILENT: Final = Hot(
    select(customers.c.id)
    .where(_NAMED | _HAS_WORDS | _HAS_PRAISED, customers.c.seen_at < _BEFORE, ~_HAS_OPEN_CASE)
    .order_by(customers.c.id)
    .limit(bindparam("limit"))
)
_CUSTOMER: Final = Hot(
    update(customers)
    .where(customers.c.id == bindparam("number"))
    .values(name="", username="", phone="", phone_own=0, version=customers.c.version + 1)
)
_CASES: Final = Hot(select(cases.c.id).where(cases.c.customer_id == bindparam("number")))
_VISITS: Final = Hot(
    update(visits)
    .where(visits.c.customer_id == bindparam("number"))
    .values(customer_name="", phone="")
)
_STRANGERS: Final = Hot(  # visits whose customer never came
    update(visits)
    .where(
        visits.c.customer_id.is_(None),
        visits.c.ended_at < _BEFORE,
        (visits.c.phone != "") | (visits.c.customer_name != ""),
    )
    .values(customer_name="", phone="")
)
_OF_CUSTOMER: BindParameter[int] = bindparam("number", type_=BigInteger)
_WORDS: Final = (
    Hot(delete(messages).where(messages.c.customer_id == _OF_CUSTOMER)),
    Hot(delete(praises).where(praises.c.customer_id == _OF_CUSTOMER, _IS_POSTED)),
)
_JOURNAL: Final = Hot(
    update(journal)
    .where(journal.c.customer_id == bindparam("number"), journal.c.kind == "note")
    .values(data="{}")
)


def forget_silent(conn: Connection, before: datetime, limit: int) -> int:
    """Blank at most `limit` customers last heard of before that moment (UTC); how many.

    Nobody with an open case is forgotten. A customer who comes back begins anew.
    """
    moment = to_ms(before)
    _STRANGERS.run(conn, before=moment)
    silent = [row.id for row in _LONG_SILENT.rows(conn, before=moment, limit=limit)]
    for number in silent:
        _CUSTOMER.run(conn, number=number)
        for row in _CASES.rows(conn, number=number):
            _blank_case(conn, row.id)
        for hot in (_VISITS, *_WORDS, _JOURNAL):
            hot.run(conn, number=number)
    return len(silent)


def _blank_case(conn: Connection, case_id: int) -> None:
    case = case_rows.by_id(conn, case_id)
    if case is not None:
        case_rows.save(conn, replace(case, story=(), notes=(), check_comment="", files=0))
