"""One row that was put aside: what is in it, and letting it go for good."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select, update

from storage import inbox, timers
from storage.codec import to_ms
from storage.parked import Queue
from storage.statements import Hot
from storage.tables import inbox as updates
from storage.tables import outbox

_UPDATE: Final = Hot(
    select(updates.c.payload).where(
        updates.c.id == bindparam("number"), updates.c.state == "parked"
    )
)
_CALL: Final = Hot(
    select(outbox.c.payload).where(outbox.c.id == bindparam("number"), outbox.c.state == "parked")
)
_LET_GO: Final = Hot(
    update(outbox)
    .where(outbox.c.id == bindparam("number"), outbox.c.state == "parked")
    .values(state="recalled", payload=""),
    sets=("done_at",),
)


def contents(conn: Connection, queue: Queue, ref: str) -> str | None:
    """The update, or the arguments of the call, as JSON; None for a timer, which holds nothing."""
    if queue == "timers":
        return None
    statement = _UPDATE if queue == "inbox" else _CALL
    found: str | None = statement.scalar(conn, number=int(ref))
    return found


def drop(conn: Connection, queue: Queue, ref: str, now: datetime) -> bool:
    """Let a parked row go undone; False when it is not parked."""
    match queue:
        case "inbox":
            return inbox.claim_parked(conn, int(ref))
        case "timers":
            dropped = timers.replay(conn, ref)
            if dropped:
                timers.cancel(conn, ref)
            return dropped
        case "outbox":
            # Its lane went on when it was parked; nothing waits for it.
            return _LET_GO.run(conn, number=int(ref), done_at=to_ms(now)) == 1
