"""What was put aside for a person to look at, from all three queues, and trying it again."""

from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import Connection, bindparam, select

from storage import letters, timers
from storage.codec import from_ms
from storage.statements import Hot
from storage.tables import inbox, outbox
from storage.tables import timers as timer_rows

Queue = Literal["inbox", "timers", "outbox"]


class Parked(NamedTuple):
    """One row put aside: `ref` names it in its queue, `at` is when it came, fell due or was put
    aside (UTC), `what` is its update number, kind or method."""

    queue: Queue
    ref: str
    what: str
    at: datetime
    error: str


class ParkedUpdate(NamedTuple):
    """A parked row of the inbox, to be routed once more."""

    id: int
    chat_id: int
    payload: str


_INBOX: Final = Hot(
    select(inbox.c.id, inbox.c.update_id, inbox.c.received_at, inbox.c.error)
    .where(inbox.c.state == "parked")
    .order_by(inbox.c.id)
)
_TIMERS: Final = Hot(
    select(timer_rows.c.key, timer_rows.c.kind, timer_rows.c.due_at, timer_rows.c.error)
    .where(timer_rows.c.state == "parked")
    .order_by(timer_rows.c.key)
)
_OUTBOX: Final = Hot(
    select(outbox.c.id, outbox.c.method, outbox.c.done_at, outbox.c.error)
    .where(outbox.c.state == "parked")
    .order_by(outbox.c.id)
)
_UPDATE: Final = Hot(
    select(inbox.c.id, inbox.c.chat_id, inbox.c.payload).where(
        inbox.c.id == bindparam("number"), inbox.c.state == "parked"
    ),
    into=ParkedUpdate,
)


def listing(conn: Connection) -> list[Parked]:
    """Everything that is parked, queue by queue."""
    updates = [
        Parked("inbox", str(row.id), str(row.update_id), from_ms(row.received_at), row.error)
        for row in _INBOX.rows(conn)
    ]
    late = [
        Parked("timers", row.key, row.kind, from_ms(row.due_at), row.error)
        for row in _TIMERS.rows(conn)
    ]
    refused = [
        Parked("outbox", str(row.id), row.method, from_ms(row.done_at), row.error)
        for row in _OUTBOX.rows(conn)
    ]
    return updates + late + refused


def update_of(conn: Connection, inbox_id: int) -> ParkedUpdate | None:
    """The parked update, for a turn that claims it (`Tx.claim_parked`); None when it is not."""
    found: Any = _UPDATE.row(conn, number=inbox_id)
    return None if found is None else ParkedUpdate(*found)


def replay(conn: Connection, queue: Literal["timers", "outbox"], ref: str, now: datetime) -> bool:
    """Let a parked timer fire, or a parked call be made, once more; False when it is not parked."""
    if queue == "timers":
        return timers.replay(conn, ref)
    return letters.replay(conn, int(ref), now)
