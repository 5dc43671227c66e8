"""Messages of a case that staff have not been shown yet: which come next, and that they stand under the card now."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, bindparam, select, update

from flows.events import Kind, Message
from flows.facts import Unshown
from storage.codec import loads
from storage.statements import Hot
from storage.tables import messages

_NEXT: Final = Hot(
    select(
        messages.c.id,
        messages.c.chat_id,
        messages.c.message_id,
        messages.c.kind,
        messages.c.text,
        messages.c.file_id,
        messages.c.extra,
        messages.c.waits,
    )
    .where(messages.c.case_id == bindparam("number"), messages.c.waits != "")
    .order_by(messages.c.id)
    .limit(bindparam("limit"))
)
_SHOWN: Final = Hot(update(messages).where(messages.c.id == bindparam("number")).values(waits=""))


def next_ones(conn: Connection, case_id: int, limit: int) -> tuple[Unshown, ...]:
    """The next that wait, in the order in which they came."""
    return tuple(
        Unshown(
            row.id,
            row.waits,
            Message(
                row.chat_id,
                row.message_id,
                Kind(row.kind),
                row.text,
                file_id=row.file_id,
                extra=loads(row.extra) if row.extra else None,
            ),
        )
        for row in _NEXT.rows(conn, number=case_id, limit=limit)
    )


def shown(conn: Connection, rows: Iterable[int]) -> None:
    """They stand under the card."""
    for number in rows:
        _SHOWN.run(conn, number=number)
