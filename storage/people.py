"""The roster and the group bound to the business."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select

from flows.people import Person, PersonState, StaffChat
from storage.codec import to_ms
from storage.dialect import insert
from storage.statements import Hot
from storage.tables import people, staff_chats

_FIELDS = tuple(column.name for column in people.c)
_ROSTER: Final = Hot(select(people).order_by(people.c.id))
_INSERT = insert(people)
_SAVE: Final = Hot(
    _INSERT.on_conflict_do_update(
        index_elements=["id"],
        set_={name: _INSERT.excluded[name] for name in _FIELDS if name != "id"},
    ),
    sets=_FIELDS,
)

_CHAT: Final = Hot(
    select(
        *(staff_chats.c[name] for name in ("chat_id", "title", "inside", "missing", "no_topics"))
    )
)
_UNBIND: Final = Hot(delete(staff_chats).where(staff_chats.c.chat_id != bindparam("chat_id")))
_INSERT_CHAT = insert(staff_chats)
_BIND: Final = Hot(
    _INSERT_CHAT.on_conflict_do_update(
        index_elements=["chat_id"],
        set_={
            name: _INSERT_CHAT.excluded[name]
            for name in ("title", "inside", "missing", "no_topics")
        },
    ),
    sets=("chat_id", "title", "inside", "missing", "no_topics", "bound_at"),
)


def roster(conn: Connection) -> tuple[Person, ...]:
    """Everybody who ever asked to join, in that order, whatever came of it."""
    return tuple(_read(row) for row in _ROSTER.rows(conn))


def save(conn: Connection, person: Person) -> None:
    """Write a person, new or known by the number; two people cannot share a Telegram id."""
    _SAVE.run(
        conn,
        id=person.id,
        tg_id=person.tg_id,
        name=person.name,
        username=person.username,
        role=person.role,
        title=person.title,
        state=person.state.value,
        on_shift=int(person.on_shift),
        reachable=int(person.reachable),
        signature_wanted=int(person.signature_wanted),
        hints=int(person.hints),
        hinted=person.hinted,
    )


def staff_chat(conn: Connection) -> StaffChat | None:
    """The group bound to the business; None before one was."""
    row = _CHAT.row(conn)
    if row is None:
        return None
    missing = tuple(row.missing.split(",")) if row.missing else ()
    return StaffChat(row.chat_id, row.title, bool(row.inside), missing, row.no_topics)


def bind(conn: Connection, chat: StaffChat, now: datetime) -> None:
    """Write the bound group; there is one, so another that was bound before is let go."""
    _UNBIND.run(conn, chat_id=chat.chat_id)
    _BIND.run(
        conn,
        chat_id=chat.chat_id,
        title=chat.title,
        inside=int(chat.inside),
        missing=",".join(chat.missing),
        no_topics=chat.no_topics,
        bound_at=to_ms(now),
    )


def _read(row: Any) -> Person:
    return Person(
        id=row.id,
        tg_id=row.tg_id,
        name=row.name,
        username=row.username,
        role=row.role,
        title=row.title,
        state=PersonState(row.state),
        on_shift=bool(row.on_shift),
        reachable=bool(row.reachable),
        signature_wanted=bool(row.signature_wanted),
        hints=bool(row.hints),
        hinted=row.hinted,
    )
