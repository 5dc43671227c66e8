"""The roster and the group bound to the business."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select

from flows.people import Person, PersonState, StaffChat, Use
from flows.staff_chats import StaffChats
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

_CHAT_FIELDS: Final = ("chat_id", "title", "inside", "missing", "use", "branches", "no_topics")
_CHATS: Final = Hot(
    select(*(staff_chats.c[name] for name in _CHAT_FIELDS)).order_by(
        staff_chats.c.bound_at, staff_chats.c.chat_id
    )
)
_UNBIND: Final = Hot(delete(staff_chats).where(staff_chats.c.chat_id == bindparam("chat")))
_INSERT_CHAT = insert(staff_chats)
_BIND: Final = Hot(
    _INSERT_CHAT.on_conflict_do_update(
        index_elements=["chat_id"],
        set_={name: _INSERT_CHAT.excluded[name] for name in _CHAT_FIELDS[1:]},
    ),
    sets=(*_CHAT_FIELDS, "bound_at"),
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
        branches=",".join(person.branches),
    )


def all_chats(conn: Connection) -> StaffChats:
    """The groups of the staff, in the order in which they were bound."""
    return StaffChats(
        tuple(
            StaffChat(
                row.chat_id,
                row.title,
                bool(row.inside),
                _listed(row.missing),
                Use(row.use),
                _listed(row.branches),
                row.no_topics,
            )
            for row in _CHATS.rows(conn)
        )
    )


def _listed(written: str) -> tuple[str, ...]:
    return tuple(written.split(",")) if written else ()


def unbind(conn: Connection, chat_id: int) -> None:
    """The group is none of the staff's any more."""
    _UNBIND.run(conn, chat=chat_id)


def bind(conn: Connection, chat: StaffChat, now: datetime) -> None:
    """Write a group, new or known by its id."""
    _BIND.run(
        conn,
        chat_id=chat.chat_id,
        title=chat.title,
        inside=int(chat.inside),
        missing=",".join(chat.missing),
        use=chat.use.value,
        branches=",".join(chat.branches),
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
        branches=_listed(row.branches),
    )
