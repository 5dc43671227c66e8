"""Forgetting people: whoever has not been heard of for the retention time is blanked, in small portions.

Kind words that wait for the evening post are kept until they are posted. How one person is forgotten: erasing.py.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, BindParameter, Connection, bindparam, exists, select, update

from storage.codec import from_ms, to_ms
from storage.erasing import forget
from storage.statements import Hot
from storage.tables import cases, customers, praises, visits

_BEFORE: BindParameter[int] = bindparam("before", type_=BigInteger)
_HAS_OPEN_CASE = exists().where(cases.c.customer_id == customers.c.id, cases.c.closed_at.is_(None))
_WAITS_FOR_POST = exists().where(
    praises.c.customer_id == customers.c.id, praises.c.posted_at.is_(None)
)
_LONG_SILENT: Final = Hot(
    select(customers.c.id)
    .where(
        customers.c.tg_id > 0,  # whoever is forgotten has none
        customers.c.seen_at < _BEFORE,
        ~_HAS_OPEN_CASE,
        ~_WAITS_FOR_POST,
    )
    .order_by(customers.c.id)
    .limit(bindparam("limit"))
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


def forget_silent(conn: Connection, before: datetime, limit: int) -> int:
    """Blank at most `limit` customers last heard of before that moment (UTC); how many.

    Nobody with an open case is forgotten. A customer who comes back begins anew.
    """
    moment = to_ms(before)
    _STRANGERS.run(conn, before=moment)
    silent = [row.id for row in _LONG_SILENT.rows(conn, before=moment, limit=limit)]
    for number in silent:
        forget(conn, number, from_ms(moment), asked=False)
    return len(silent)
