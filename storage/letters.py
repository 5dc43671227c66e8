"""Rows of the outbox as a turn writes them: put, recalled, tried again, settled."""

from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import Connection, bindparam, case, select, update

from storage import journal, lanes
from storage.codec import dumps, loads, pack, to_ms
from storage.dialect import insert
from storage.outbox import OutboxRow
from storage.statements import Hot
from storage.tables import outbox

ALBUM_PARTS: Final = 10  # Telegram's limit


_PUT: Final = Hot(
    insert(outbox)
    .values(leads=lanes.leads_at_entry("lane"))
    .on_conflict_do_nothing(index_elements=["dedup_key"]),
    sets=(
        "dedup_key",
        "lane",
        "chat_id",
        "priority",
        "method",
        "payload",
        "letter",
        "case_id",
        "under_card",
        "created_at",
        "not_before",
        "expires_at",
    ),
)
_DUE: Final = (outbox.c.dedup_key == bindparam("name"), outbox.c.state == "due")
_WAITS: Final = Hot(select(outbox.c.id).where(*_DUE))
_IS_PARKED: Final = Hot(
    select(outbox.c.id).where(outbox.c.dedup_key == bindparam("name"), outbox.c.state == "parked")
)
_KNOWN: Final = Hot(select(outbox.c.id).where(outbox.c.dedup_key == bindparam("name")))
_PAYLOAD: Final = Hot(select(outbox.c.id, outbox.c.payload).where(*_DUE))
_EXTEND: Final = Hot(
    update(outbox).where(outbox.c.id == bindparam("number")), sets=("payload", "not_before")
)
_RECALL: Final = Hot(
    update(outbox).where(*_DUE).values(state="recalled").returning(outbox.c.lane),
    sets=("done_at",),
)
_RELEASE: Final = Hot(update(outbox).where(*_DUE), sets=("not_before",))
_PARK: Final = Hot(
    update(outbox).where(*_DUE).values(state="parked").returning(outbox.c.lane),
    sets=("done_at", "error"),
)
_AGAIN = update(outbox).values(
    state="due",
    leads=case((outbox.c.lane == "", 1), else_=0),
    attempts=0,
    error="",
    done_at=None,
    lease_until=None,
)
_RESEND: Final = Hot(
    _AGAIN.where(outbox.c.dedup_key == bindparam("name"), outbox.c.state == "parked").returning(
        outbox.c.lane
    ),
    sets=("not_before",),
)
_REPLAY: Final = Hot(
    _AGAIN.where(outbox.c.id == bindparam("number"), outbox.c.state == "parked").returning(
        outbox.c.lane
    ),
    sets=("not_before",),
)
_RESULT: Final = Hot(
    update(outbox)
    .where(outbox.c.id == bindparam("number"), outbox.c.state == "sending")
    .values(lease_until=None)
    .returning(outbox.c.lane, outbox.c.chat_id, outbox.c.case_id, outbox.c.under_card),
    sets=("state", "tg_message_id", "done_at", "error"),
)


def put(conn: Connection, row: OutboxRow, now: datetime) -> None:
    """Add a row at the end of its lane; one whose `dedup_key` is known is ignored."""
    _PUT.run(
        conn,
        dedup_key=row.dedup_key or None,
        lane=row.lane,
        chat_id=row.chat_id,
        priority=row.priority,
        method=row.method,
        payload=dumps(row.params),
        letter=None if row.letter is None else pack(row.letter),
        case_id=row.case_id,
        under_card=int(row.under_card),
        created_at=to_ms(now),
        not_before=0 if row.not_before is None else to_ms(row.not_before),
        expires_at=to_ms(row.expires_at),
    )


def waits(conn: Connection, key: str) -> bool:
    """The row has not been claimed by the sender, nor recalled."""
    return _WAITS.row(conn, name=key) is not None


def known(conn: Connection, key: str) -> bool:
    """A row of this key is there, in whatever state."""
    return _KNOWN.row(conn, name=key) is not None


def extend_album(conn: Connection, key: str, part: dict[str, Any], not_before: datetime) -> bool:
    """Add a part to "media" of a waiting row; False when it has left, or holds ten already."""
    row = _PAYLOAD.row(conn, name=key)
    if row is None:
        return False
    params = loads(row.payload)
    if len(params["media"]) >= ALBUM_PARTS:
        return False
    params["media"].append(part)
    _EXTEND.run(conn, number=row.id, payload=dumps(params), not_before=to_ms(not_before))
    return True


def recall(conn: Connection, key: str, now: datetime) -> bool:
    """Withdraw a row; False when the sender has claimed it already."""
    row = _RECALL.row(conn, name=key, done_at=to_ms(now))
    if row is None:
        return False
    lanes.left(conn, [row.lane])
    return True


def release(conn: Connection, key: str, now: datetime) -> None:
    """Let a waiting row go at once."""
    _RELEASE.run(conn, name=key, not_before=to_ms(now))


def park(conn: Connection, key: str, error: str, now: datetime) -> bool:
    """Put a waiting row aside, because a part before it was refused; False when it does not wait."""
    row = _PARK.row(conn, name=key, done_at=to_ms(now), error=error)
    if row is None:
        return False
    lanes.left(conn, [row.lane])
    return True


def is_parked(conn: Connection, key: str) -> bool:
    """The row was refused, and nobody has let it go again."""
    return _IS_PARKED.row(conn, name=key) is not None


def resend(conn: Connection, key: str, now: datetime) -> bool:
    """Let a refused row go once more; False unless it is parked."""
    return _came_back(conn, _RESEND.row(conn, name=key, not_before=to_ms(now)))


def replay(conn: Connection, outbox_id: int, now: datetime) -> bool:
    """The same, by the number of the row."""
    return _came_back(conn, _REPLAY.row(conn, number=outbox_id, not_before=to_ms(now)))


def claim_result(
    conn: Connection,
    outbox_id: int,
    now: datetime,
    *,
    state: Literal["sent", "parked"],
    message_id: int | None,
    error: str = "",
) -> bool:
    """Mark what became of a row that is being sent, once only; its lane goes on."""
    row = _RESULT.row(
        conn,
        number=outbox_id,
        state=state,
        tg_message_id=message_id,
        done_at=to_ms(now),
        error=error,
    )
    if row is None:
        return False
    lanes.left(conn, [row.lane])
    if row.under_card and message_id is not None:
        journal.keep_copy(conn, row.case_id, row.chat_id, message_id, now)
    return True


def _came_back(conn: Connection, row: Any) -> bool:
    if row is None:
        return False
    lanes.came_back(conn, row.lane)
    return True
