"""What is to be done with the owner's folder after a commit: durable rows, carried out one after another."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select, update

from flows.content_work import Work
from storage.codec import pack, to_ms, unpack
from storage.dialect import insert
from storage.statements import Hot
from storage.tables import content_work

_PUT: Final = Hot(insert(content_work), sets=("key", "tg_id", "dialog_id", "work", "created_at"))
_NEXT: Final = Hot(
    select(content_work)
    .where(content_work.c.state == "due", content_work.c.not_before <= bindparam("now"))
    .order_by(content_work.c.id)
    .limit(1)
)
_CLAIM: Final = Hot(
    update(content_work)
    .where(content_work.c.id == bindparam("number"), content_work.c.state == "due")
    .values(state="done"),
    sets=("done_at",),
)
_PUT_OFF: Final = Hot(
    update(content_work)
    .where(content_work.c.id == bindparam("number"))
    .values(attempts=content_work.c.attempts + 1),
    sets=("not_before",),
)
_FORGET: Final = Hot(
    delete(content_work).where(
        content_work.c.state == "done", content_work.c.done_at < bindparam("before")
    )
)


@dataclass(frozen=True, slots=True)
class DueWork:
    """One order: `key` names it for good, also on disk; `tg_id` and `dialog_id` are whose answer it is."""

    id: int
    key: str
    tg_id: int
    dialog_id: int
    work: Work
    attempts: int


@dataclass(frozen=True, slots=True)
class _Order:
    """The column `work`; a record of its own, so that the kind of work is kept beside it."""

    work: Work


def put(conn: Connection, key: str, tg_id: int, dialog_id: int, work: Work, now: datetime) -> None:
    """Add an order."""
    _PUT.run(
        conn,
        key=key,
        tg_id=tg_id,
        dialog_id=dialog_id,
        work=pack(_Order(work)),
        created_at=to_ms(now),
    )


def next_due(conn: Connection, now: datetime) -> DueWork | None:
    """The oldest order that may be carried out now."""
    row: Any = _NEXT.row(conn, now=to_ms(now))
    if row is None:
        return None
    work = unpack(_Order, row.work).work
    return DueWork(row.id, row.key, row.tg_id, row.dialog_id, work, row.attempts)


def claim(conn: Connection, work_id: int, now: datetime) -> bool:
    """It is done; False when it was done before."""
    return _CLAIM.run(conn, number=work_id, done_at=to_ms(now)) == 1


def put_off(conn: Connection, work_id: int, until: datetime) -> None:
    """Try again then (UTC)."""
    _PUT_OFF.run(conn, number=work_id, not_before=to_ms(until))


def forget(conn: Connection, before: datetime) -> int:
    """Delete what was done before that (UTC); how many."""
    return _FORGET.run(conn, before=to_ms(before))
