"""What came in from Telegram: stored before it is confirmed, done once, in order in its chat."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, select, update

from storage.codec import to_ms
from storage.dialect import insert
from storage.statements import Hot
from storage.tables import inbox


class WaitingUpdate(NamedTuple):
    """A stored update nobody has worked on; `payload` is Telegram's JSON, as it came."""

    id: int
    chat_id: int
    payload: str


class InboxHealth(NamedTuple):
    """How much waits and since when (ms, UTC; None when nothing does), and how much is parked."""

    waiting: int
    oldest: int | None
    parked: int


_earlier = inbox.alias("earlier")
# What was worked on is kept to know an update delivered twice, and for nothing else: no words.
_DONE: Final = {"state": "done", "payload": ""}

_STORE: Final = Hot(
    insert(inbox)
    .on_conflict_do_nothing(index_elements=["bot_id", "update_id"])
    .returning(inbox.c.id),
    sets=("bot_id", "update_id", "chat_id", "payload", "received_at"),
)
_WAITING: Final = Hot(
    select(inbox.c.id, inbox.c.chat_id, inbox.c.payload)
    .where(inbox.c.state == "new", inbox.c.id > bindparam("after_id"))
    .order_by(inbox.c.id)
    .limit(bindparam("limit")),
    into=WaitingUpdate,
)
_CLAIM: Final = Hot(
    update(inbox)
    .where(
        inbox.c.id == bindparam("number"),
        inbox.c.state == "new",
        ~exists().where(
            _earlier.c.chat_id == bindparam("chat"),
            _earlier.c.id < bindparam("number"),
            _earlier.c.state == "new",
        ),
    )
    .values(**_DONE)
)
_CLAIM_PARKED: Final = Hot(
    update(inbox)
    .where(inbox.c.id == bindparam("number"), inbox.c.state == "parked")
    .values(**_DONE, error="")
)
_PARK: Final = Hot(
    update(inbox)
    .where(inbox.c.id == bindparam("number"), inbox.c.state.in_(["new", "parked"]))
    .values(state="parked"),
    sets=("error",),
)
_NEW: Final[list[ColumnElement[Any]]] = [
    func.count().label("waiting"),
    func.min(inbox.c.received_at).label("oldest"),
]
_LOAD: Final = Hot(select(*_NEW).where(inbox.c.state == "new"))
_PARKED: Final = Hot(select(func.count()).where(inbox.c.state == "parked"))


def store(
    conn: Connection, bot_id: int, updates: Iterable[tuple[int, int, str]], now: datetime
) -> list[int]:
    """Keep (update id, chat id, payload) rows; the ids of those that were not there before."""
    received_at = to_ms(now)
    stored: list[int] = []
    for update_id, chat_id, payload in updates:
        number = _STORE.scalar(
            conn,
            bot_id=bot_id,
            update_id=update_id,
            chat_id=chat_id,
            payload=payload,
            received_at=received_at,
        )
        if number is not None:
            stored.append(number)
    return stored


def waiting(conn: Connection, limit: int, after_id: int = 0) -> list[WaitingUpdate]:
    """New rows with a greater id than `after_id`, in the order they came."""
    return _WAITING.rows(conn, limit=limit, after_id=after_id)


def claim(conn: Connection, inbox_id: int, chat_id: int) -> bool:
    """Mark a row done, once only; not while an earlier one of its chat is new."""
    return _CLAIM.run(conn, number=inbox_id, chat=chat_id) == 1


def claim_parked(conn: Connection, inbox_id: int) -> bool:
    """Mark a parked row done, once only: a person has asked to try it again."""
    return _CLAIM_PARKED.run(conn, number=inbox_id) == 1


def park(conn: Connection, inbox_id: int, error: str) -> None:
    """Put a row aside for a person to look at; its chat goes on."""
    _PARK.run(conn, number=inbox_id, error=error)


def health(conn: Connection) -> InboxHealth:
    """What waits now."""
    (row,) = _LOAD.rows(conn)
    return InboxHealth(row.waiting, row.oldest, _PARKED.scalar(conn))
