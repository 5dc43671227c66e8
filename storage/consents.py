"""What was agreed to, refused or taken back: who, what, to which words, when. Only added to."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select

from storage.codec import from_ms, to_ms
from storage.statements import Hot
from storage.tables import consents, flow_books

_ADD: Final = Hot(
    insert(consents), sets=("customer_id", "kind", "answer", "wording", "book", "source", "at")
)
_OF: Final = Hot(
    select(consents).where(consents.c.customer_id == bindparam("number")).order_by(consents.c.id)
)
_BOOK: Final = Hot(
    select(flow_books.c.sha256)
    .where(flow_books.c.sha256.like(bindparam("beginning")))
    .order_by(flow_books.c.sha256)
    .limit(2)
)


class Consent(NamedTuple):
    """One answer; `book` is the revision (sha256) whose text `wording` was read, None when it is not known."""

    kind: str
    answer: str
    wording: str
    book: str | None
    source: str
    at: datetime


def add(
    conn: Connection,
    customer_id: int,
    kind: str,
    answer: str,
    wording: str,
    book: str,
    now: datetime,
) -> None:
    """Keep an answer; `book` may be the beginning of the sha256 of a kept revision."""
    _ADD.run(
        conn,
        customer_id=customer_id,
        kind=kind,
        answer=answer,
        wording=wording,
        book=_book(conn, book),
        source="telegram",
        at=to_ms(now),
    )


def of_customer(conn: Connection, customer_id: int) -> list[Consent]:
    """Everything this customer has answered, the oldest first."""
    return [_read(row) for row in _OF.rows(conn, number=customer_id)]


def _book(conn: Connection, beginning: str) -> str | None:
    """The one revision that begins so. Callback data is input: no wildcards, nothing ambiguous."""
    if not beginning or not all(c in "0123456789abcdef" for c in beginning):
        return None
    found = _BOOK.rows(conn, beginning=f"{beginning}%")
    return found[0].sha256 if len(found) == 1 else None


def _read(row: Any) -> Consent:
    return Consent(row.kind, row.answer, row.wording, row.book, row.source, from_ms(row.at))
