"""What falls due, by key.

Nothing fires while its chat, or a group, has something unread in the inbox: the customer may just
have answered, and so may the staff.
"""

from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, or_, select, update

from flows.effects import SetTimer
from flows.events import TimerFired, TimerKind
from storage.codec import to_ms
from storage.dialect import insert
from storage.statements import Hot
from storage.tables import inbox, timers

_ABOUT: Final = ("customer_id", "case_id", "conversation_id", "visit_id", "branch_id")
_KINDS: Final = frozenset(kind.value for kind in TimerKind)
_SETS: Final = ("key", "kind", "due_at", "wait", "chat_id", *_ABOUT)


class TimersHealth(NamedTuple):
    """How many are overdue and since when (ms, UTC; None when none is), how many are parked."""

    overdue: int
    oldest: int | None
    parked: int


_PENDING = (timers.c.key == bindparam("name"), timers.c.state == "pending")
_INSERT = insert(timers).values(state="pending", error="")
_SET: Final = Hot(
    _INSERT.on_conflict_do_update(
        index_elements=["key"],
        set_={name: _INSERT.excluded[name] for name in (*_SETS, "state", "error") if name != "key"},
    ),
    sets=_SETS,
)
_CANCEL: Final = Hot(update(timers).where(*_PENDING).values(state="cancelled"))
_CLAIM: Final = Hot(
    update(timers)
    .where(*_PENDING, timers.c.wait == bindparam("its_wait"), timers.c.due_at <= bindparam("now"))
    .values(state="fired")
)
_DUE: Final = Hot(
    select(*(timers.c[name] for name in ("key", "kind", "wait", *_ABOUT)))
    .where(
        timers.c.state == "pending",
        timers.c.due_at <= bindparam("now"),
        or_(
            timers.c.chat_id == 0,
            ~exists().where(
                or_(inbox.c.chat_id == timers.c.chat_id, inbox.c.chat_id < 0),
                inbox.c.state == "new",
            ),
        ),
    )
    .order_by(timers.c.due_at, timers.c.key)
    .limit(bindparam("limit"))
)
_NEXT: Final = Hot(select(func.min(timers.c.due_at)).where(timers.c.state == "pending"))
_PARK: Final = Hot(
    update(timers)
    .where(timers.c.key == bindparam("name"), timers.c.state.in_(["pending", "parked"]))
    .values(state="parked"),
    sets=("error",),
)
_REPLAY: Final = Hot(
    update(timers)
    .where(timers.c.key == bindparam("name"), timers.c.state == "parked")
    .values(state="pending", error="")
)
_OVERDUE: Final[list[ColumnElement[Any]]] = [
    func.count().label("overdue"),
    func.min(timers.c.due_at).label("oldest"),
]
_LATE: Final = Hot(
    select(*_OVERDUE).where(timers.c.state == "pending", timers.c.due_at <= bindparam("now"))
)
_PARKED: Final = Hot(select(func.count()).where(timers.c.state == "parked"))


def put(conn: Connection, timer: SetTimer, chat_id: int) -> None:
    """Set a timer, or move the one of this key; `chat_id` 0 fires whatever the inbox holds."""
    _SET.run(
        conn,
        key=timer.key,
        kind=timer.kind.value,
        due_at=to_ms(timer.due),
        wait=timer.wait,
        chat_id=chat_id,
        customer_id=timer.customer_id,
        case_id=timer.case_id,
        conversation_id=timer.conversation_id,
        visit_id=timer.visit_id,
        branch_id=timer.branch_id,
    )


def cancel(conn: Connection, *keys: str) -> None:
    """Let timers mean nothing; keys that name none are ignored."""
    _CANCEL.many(conn, [{"name": key} for key in keys])


def claim(conn: Connection, key: str, wait: int, now: datetime) -> bool:
    """Mark a timer fired, once only; not when it was moved, or belongs to another wait by now."""
    return _CLAIM.run(conn, name=key, its_wait=wait, now=to_ms(now)) == 1


def due(conn: Connection, now: datetime, limit: int) -> list[TimerFired]:
    """What may fire, the longest overdue first; the turn claims. One of a kind that this version does not know
    is put aside: a newer version that was taken back has set it."""
    found = []
    for row in _DUE.rows(conn, now=to_ms(now), limit=limit):
        if row.kind not in _KINDS:
            park(conn, row.key, f"unknown kind: {row.kind}")
            continue
        found.append(
            TimerFired(
                key=row.key,
                kind=TimerKind(row.kind),
                wait=row.wait,
                customer_id=row.customer_id,
                case_id=row.case_id,
                conversation_id=row.conversation_id,
                visit_id=row.visit_id,
                branch_id=row.branch_id,
            )
        )
    return found


def next_due(conn: Connection) -> int | None:
    """When the earliest pending timer falls due (ms, UTC); it may be in the past."""
    found: int | None = _NEXT.scalar(conn)
    return found


def park(conn: Connection, key: str, error: str) -> None:
    """Put a timer aside for a person to look at."""
    _PARK.run(conn, name=key, error=error)


def replay(conn: Connection, key: str) -> bool:
    """Let a parked timer fire again; it is a late one, which the rules accept."""
    return _REPLAY.run(conn, name=key) == 1


def health(conn: Connection, now: datetime) -> TimersHealth:
    """What is overdue now."""
    (row,) = _LATE.rows(conn, now=to_ms(now))
    return TimersHealth(row.overdue, row.oldest, _PARKED.scalar(conn))
