"""Conversations: where each customer stands in a flow."""

from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.case import Conversation, Heard
from storage.codec import dumps, from_ms, loads, to_ms
from storage.statements import Hot
from storage.tables import conversations

_SETS: Final = tuple(c.name for c in conversations.c if c.name not in {"id", "version"})

_BY_ID: Final = Hot(select(conversations).where(conversations.c.id == bindparam("id")))
_LATEST: Final = Hot(
    select(conversations)
    .where(
        conversations.c.customer_id == bindparam("customer_id"),
        conversations.c.closed_at.is_(None),
    )
    .order_by(conversations.c.turned_at.desc(), conversations.c.id.desc())
    .limit(1)
)
_ADD: Final = Hot(insert(conversations).values(version=1), sets=("id", *_SETS))
_SAVE: Final = Hot(
    update(conversations)
    .where(
        conversations.c.id == bindparam("number"),
        conversations.c.version == bindparam("expected"),
    )
    .values(version=conversations.c.version + 1),
    sets=_SETS,
)


def by_id(conn: Connection, conversation_id: int) -> Conversation | None:
    """The conversation with this number, open or closed."""
    return _one(_BY_ID.row(conn, id=conversation_id))


def latest_of(conn: Connection, customer_id: int) -> Conversation | None:
    """The open conversation that a customer turned to last."""
    return _one(_LATEST.row(conn, customer_id=customer_id))


def add(conn: Connection, conversation: Conversation) -> None:
    """Write a new conversation."""
    _ADD.run(conn, id=conversation.id, **_values(conversation))


def save(conn: Connection, conversation: Conversation) -> bool:
    """Write what changed; False when somebody else has written since it was read."""
    touched = _SAVE.run(
        conn,
        number=conversation.id,
        expected=conversation.version,
        **_values(conversation),
    )
    return touched == 1


def _values(conversation: Conversation) -> dict[str, object]:
    return {
        "customer_id": conversation.customer_id,
        "book": conversation.book,
        "flow": conversation.flow,
        "step": conversation.step,
        "turned_at": to_ms(conversation.turned_at),
        "wait": conversation.wait,
        "reminded": conversation.reminded,
        "heard": int(conversation.heard),
        "delayed": int(conversation.delayed),
        "mark_before": conversation.mark_before,
        "answers": dumps(dict(conversation.answers)) if conversation.answers else "",
        "visit_id": conversation.visit_id,
        "case_id": conversation.case_id,
        "closed_at": to_ms(conversation.closed_at),
    }


def _one(row: Any) -> Conversation | None:
    if row is None:
        return None
    return Conversation(
        id=row.id,
        customer_id=row.customer_id,
        book=row.book,
        flow=row.flow,
        step=row.step,
        turned_at=from_ms(row.turned_at),
        wait=row.wait,
        reminded=row.reminded,
        heard=Heard(row.heard),
        delayed=bool(row.delayed),
        mark_before=row.mark_before,
        answers=loads(row.answers) if row.answers else {},
        visit_id=row.visit_id,
        case_id=row.case_id,
        closed_at=from_ms(row.closed_at),
        version=row.version,
    )
