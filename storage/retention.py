"""Forgetting what the queues have done with, in portions that hold nobody up."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, select, update

from storage.codec import to_ms
from storage.statements import Hot
from storage.tables import inbox, outbox, timers

# The newest row stays whatever its age: SQLite gives the number of a deleted last row again.
_LAST_UPDATE = select(func.max(inbox.c.id)).scalar_subquery()
_LAST_LETTER = select(func.max(outbox.c.id)).scalar_subquery()

_UPDATES: Final = Hot(
    delete(inbox).where(
        inbox.c.id.in_(
            select(inbox.c.id)
            .where(
                inbox.c.state == "done",
                inbox.c.received_at < bindparam("before"),
                inbox.c.id < _LAST_UPDATE,
            )
            .order_by(inbox.c.received_at)
            .limit(bindparam("limit"))
        )
    )
)
_LETTERS: Final = Hot(
    delete(outbox).where(
        outbox.c.id.in_(
            select(outbox.c.id)
            .where(
                outbox.c.done_at.is_not(None),
                outbox.c.done_at < bindparam("before"),
                outbox.c.state.in_(["sent", "recalled", "expired"]),
                outbox.c.id < _LAST_LETTER,
            )
            .order_by(outbox.c.done_at)
            .limit(bindparam("limit"))
        )
    )
)
_TIMERS: Final = Hot(
    delete(timers).where(
        timers.c.key.in_(
            select(timers.c.key)
            .where(
                timers.c.state.in_(["fired", "cancelled"]), timers.c.due_at < bindparam("before")
            )
            .order_by(timers.c.due_at)
            .limit(bindparam("limit"))
        )
    )
)
_PARKED_UPDATES: Final = Hot(
    update(inbox)
    .where(
        inbox.c.id.in_(
            select(inbox.c.id)
            .where(inbox.c.state == "parked", inbox.c.received_at < bindparam("before"))
            .limit(bindparam("limit"))
        )
    )
    .values(state="done", payload="", error="")
)
_PARKED_LETTERS: Final = Hot(
    update(outbox)
    .where(
        outbox.c.id.in_(
            select(outbox.c.id)
            .where(outbox.c.state == "parked", outbox.c.created_at < bindparam("before"))
            .limit(bindparam("limit"))
        )
    )
    .values(state="recalled", payload="", error="")
)


def prune(conn: Connection, before: datetime, limit: int) -> int:
    """Delete done updates, settled letters and spent timers older than `before` (UTC).

    `limit` rows of each at most; how many went, 0 when nothing is left to delete. `before` must
    be at least 24 h back: for so long Telegram may deliver an update again.
    """
    moment = to_ms(before)
    return sum(hot.run(conn, before=moment, limit=limit) for hot in (_UPDATES, _LETTERS, _TIMERS))


def drop_parked(conn: Connection, before: datetime, limit: int) -> int:
    """Let go of what was put aside before that moment (UTC) and that nobody tried again; how many rows.

    The words in it are kept no longer than other words: `before` is the retention time ago.
    """
    moment = to_ms(before)
    return sum(
        hot.run(conn, before=moment, limit=limit) for hot in (_PARKED_UPDATES, _PARKED_LETTERS)
    )
