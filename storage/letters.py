"""Rows of the outbox as a turn writes them: put, recalled, tried again, settled."""

from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import Connection, bindparam, case, select, update

from storage import journal, lanes, vanishing
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
_HELD: Final = (*_DUE, outbox.c.maybe_sent == 0)  # nobody can have read it yet
_WAITS: Final = Hot(select(outbox.c.id).where(*_HELD))
_LEAVING: Final = Hot(
    select(outbox.c.id).where(
        outbox.c.dedup_key == bindparam("name"), outbox.c.state.in_(["due", "sending"])
    )
)
_IS_PARKED: Final = Hot(
    select(outbox.c.id).where(outbox.c.dedup_key == bindparam("name"), outbox.c.state == "parked")
)
_KNOWN: Final = Hot(select(outbox.c.id).where(outbox.c.dedup_key == bindparam("name")))
_PAYLOAD: Final = Hot(select(outbox.c.id, outbox.c.payload).where(*_HELD))
_EXTEND: Final = Hot(
    update(outbox).where(outbox.c.id == bindparam("number")), sets=("payload", "not_before")
)
_REWORD: Final = Hot(update(outbox).where(outbox.c.id == bindparam("number")), sets=("payload",))
_CORRECT: Final = Hot(
    update(outbox).where(
        outbox.c.dedup_key == bindparam("name"), outbox.c.state.in_(["due", "parked"])
    ),
    sets=("method", "payload", "not_before"),
)
_CONTENTS: Final = Hot(
    select(outbox.c.payload).where(
        outbox.c.dedup_key == bindparam("name"), outbox.c.state.in_(["due", "parked"])
    )
)
_COPY: Final = Hot(
    select(outbox.c.tg_message_id).where(
        outbox.c.dedup_key == bindparam("name"), outbox.c.state == "sent"
    )
)
_RECALL: Final = Hot(
    update(outbox).where(*_HELD).values(state="recalled", payload="").returning(outbox.c.lane),
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
_RESULT = (
    update(outbox)
    .where(outbox.c.id == bindparam("number"), outbox.c.state == "sending")
    .values(lease_until=None)
    .returning(outbox.c.lane, outbox.c.chat_id, outbox.c.case_id, outbox.c.under_card)
)
_RESULT_SETS: Final = ("tg_message_id", "done_at", "error")
# What has left is kept to know its key and its message, and for nothing else: no words.
_SENT: Final = Hot(_RESULT.values(state="sent", payload=""), sets=_RESULT_SETS)
_REFUSED: Final = Hot(_RESULT.values(state="parked"), sets=_RESULT_SETS)


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


def is_leaving(conn: Connection, key: str) -> bool:
    """The row waits, or is being sent just now."""
    return _LEAVING.row(conn, name=key) is not None


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


def reword(conn: Connection, key: str, text: str) -> None:
    """Change the text of a waiting row; nothing happens to one that has left."""
    row = _PAYLOAD.row(conn, name=key)
    if row is not None:
        payload = dumps({**loads(row.payload), "text": text})
        _REWORD.run(conn, number=row.id, payload=payload)


def correct(
    conn: Connection, key: str, method: str, params: dict[str, Any], not_before: datetime
) -> bool:
    """Put another call into a row that waits or was refused; False when there is none of this key."""
    return (
        _CORRECT.run(
            conn, name=key, method=method, payload=dumps(params), not_before=to_ms(not_before)
        )
        == 1
    )


def contents(conn: Connection, key: str) -> dict[str, Any] | None:
    """Parameters of a row that waits or was refused; None when there is none of this key."""
    row = _CONTENTS.row(conn, name=key)
    return None if row is None else loads(row.payload)


def copy_of(conn: Connection, key: str) -> int | None:
    """Id of the message that a sent row has become; None when it was not sent, or nobody knows."""
    found: int | None = _COPY.scalar(conn, name=key)
    return found


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
    """Mark what became of a row that is being sent, once only; its lane goes on.

    False also for a row of somebody whose data were erased meanwhile: nothing follows from it.
    """
    row = (_SENT if state == "sent" else _REFUSED).row(
        conn,
        number=outbox_id,
        tg_message_id=message_id,
        done_at=to_ms(now),
        error=error,
    )
    if row is None:
        return False
    if row.lane in vanishing.LANES:
        vanishing.settled(conn, outbox_id, row, message_id, now)
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
