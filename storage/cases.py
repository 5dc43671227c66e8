"""Cases: one row each; what is looked up stands in columns, everything else in one JSON text."""

from collections.abc import Callable
from dataclasses import MISSING, fields, make_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, get_type_hints

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from flows.case import Case
from flows.people import TRIAL
from storage.codec import dumps, from_ms, loads, pack, to_ms, unpack
from storage.statements import Hot
from storage.tables import cases, visits

_COLUMNS: Final = tuple(column.name for column in cases.c if column.name != "state")
_SETS: Final = tuple(name for name in (*_COLUMNS, "state") if name not in {"id", "version"})

_BY_ID: Final = Hot(select(cases).where(cases.c.id == bindparam("id")))
_OPEN: Final = Hot(
    select(cases).where(
        cases.c.customer_id == bindparam("customer_id"), cases.c.closed_at.is_(None)
    )
)
_NUMBERS: Final = Hot(
    select(cases.c.id, cases.c.branch_id)
    .where(cases.c.customer_id == bindparam("customer_id"))
    .order_by(cases.c.id)
)
_BEFORE: Final = Hot(
    select(cases)
    .where(cases.c.customer_id == bindparam("customer_id"), cases.c.id < bindparam("before"))
    .order_by(cases.c.id.desc())
    .limit(bindparam("limit"))
)
_LATER_THAN_ALL = 2**62
_IS_TRIED: Final = exists().where(visits.c.id == cases.c.visit_id, visits.c.source == TRIAL)
_OF_LATE: Final = Hot(
    select(cases.c.id, cases.c.opened_at)
    .where(
        cases.c.customer_id == bindparam("customer_id"),
        cases.c.opened_at >= bindparam("since"),
        ~_IS_TRIED,
    )
    .order_by(cases.c.id.desc())
    .limit(bindparam("limit"))
)
_ALIKE: Final = Hot(
    select(cases.c.opened_at)
    .where(
        cases.c.branch_id == bindparam("branch_id"),
        cases.c.topic == bindparam("topic"),
        cases.c.opened_at >= bindparam("since"),
        ~_IS_TRIED,
    )
    .order_by(cases.c.opened_at.desc())
    .limit(bindparam("limit"))
)
_OF_VISIT: Final = Hot(
    select(cases).where(
        cases.c.customer_id == bindparam("customer_id"), cases.c.visit_id == bindparam("visit_id")
    )
)
_ADD: Final = Hot(insert(cases).values(version=1), sets=("id", *_SETS))
_SAVE: Final = Hot(
    update(cases)
    .where(cases.c.id == bindparam("number"), cases.c.version == bindparam("expected"))
    .values(version=cases.c.version + 1),
    sets=_SETS,
)


def by_id(conn: Connection, case_id: int) -> Case | None:
    """The case with this number, open or closed."""
    return _one(_BY_ID.row(conn, id=case_id))


def open_of(conn: Connection, customer_id: int) -> Case | None:
    """The open case of a customer; the database allows one."""
    return _one(_OPEN.row(conn, customer_id=customer_id))


def numbers_of(conn: Connection, customer_id: int) -> tuple[tuple[int, str], ...]:
    """The customer's cases, number and branch id, the oldest first."""
    return tuple((row.id, row.branch_id) for row in _NUMBERS.rows(conn, customer_id=customer_id))


def before(conn: Connection, case: Case, limit: int) -> tuple[Case, ...]:
    """Earlier cases of the same customer, the newest first."""
    rows = _BEFORE.rows(conn, customer_id=case.customer_id, before=case.id, limit=limit)
    return tuple(filter(None, map(_one, rows)))


def last_of(conn: Connection, customer_id: int) -> Case | None:
    """The customer's newest case, open or closed."""
    return _one(_BEFORE.row(conn, customer_id=customer_id, before=_LATER_THAN_ALL, limit=1))


def of_late(
    conn: Connection, customer_id: int, since: datetime, limit: int
) -> tuple[tuple[int, datetime], ...]:
    """Number and opening (UTC) of the customer's cases since then, the newest first; no trial among them."""
    rows = _OF_LATE.rows(conn, customer_id=customer_id, since=to_ms(since), limit=limit)
    return tuple((row.id, from_ms(row.opened_at)) for row in rows)


def alike(
    conn: Connection, branch_id: str, topic: str, since: datetime, limit: int
) -> tuple[datetime, ...]:
    """When (UTC) cases of this topic were opened in this branch since then, the newest first."""
    rows = _ALIKE.rows(conn, branch_id=branch_id, topic=topic, since=to_ms(since), limit=limit)
    return tuple(from_ms(row.opened_at) for row in rows)


def of_visit(conn: Connection, customer_id: int, visit_id: int) -> tuple[Case, ...]:
    """What the customer has complained of about one visit."""
    rows = _OF_VISIT.rows(conn, customer_id=customer_id, visit_id=visit_id)
    return tuple(filter(None, map(_one, rows)))


def add(conn: Connection, case: Case) -> None:
    """Write a new case; refused when the customer has an open one (`IntegrityError`)."""
    _ADD.run(conn, id=case.id, **_values(case))


def save(conn: Connection, case: Case) -> bool:
    """Write what changed; False when somebody else has written since `case` was read."""
    return _SAVE.run(conn, number=case.id, expected=case.version, **_values(case)) == 1


def _values(case: Case) -> dict[str, object]:
    return {
        "customer_id": case.customer_id,
        "visit_id": case.visit_id,
        "book": case.book,
        "branch_id": case.branch_id,
        "opened_at": to_ms(case.opened_at),
        "opening": case.opening,
        "closed_at": to_ms(case.closed_at),
        "reply_by": to_ms(case.reply_by),
        "owner_id": case.owner_id,
        "topic": case.topic,
        "state": _state(case),
    }


def _one(row: Any) -> Case | None:
    if row is None:
        return None
    return Case(
        id=row.id,
        customer_id=row.customer_id,
        visit_id=row.visit_id,
        book=row.book,
        branch_id=row.branch_id,
        opened_at=from_ms(row.opened_at),
        opening=row.opening,
        closed_at=from_ms(row.closed_at),
        reply_by=from_ms(row.reply_by),
        owner_id=row.owner_id,
        topic=row.topic,
        version=row.version,
        **_rest(row.state),
    )


# ---- the JSON ------------------------------------------------------------------------------------
# Most fields of most cases stand as they began, so only the others are written: a third of the
# time and of the room, and a field added by a newer version needs no migration.


def _state(case: Case) -> str:
    kept: dict[str, object] = {}
    for name, default, out in _OUT:
        value = getattr(case, name)
        if value != default:
            kept[name] = value if out is None else out(value)
    return dumps(kept)


def _rest(state: str) -> dict[str, Any]:
    kept: dict[str, Any] = loads(state)
    for name, into in _INTO.items():
        if name in kept:
            kept[name] = into(kept[name])
    return kept


def _coders(hint: Any) -> tuple[Callable[[Any], Any], Callable[[Any], Any]] | None:
    """How a field of this type goes out and comes in; None when JSON has it as it is."""
    if hint == datetime | None:
        return to_ms, from_ms
    if hint == tuple[str, ...]:
        return list, tuple
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return str, hint
    if hint in (int, str, bool, int | None, str | None):
        return None
    # The general way, several times slower: a record of one field, as the codec knows them.
    box = make_dataclass("Box", [("value", hint)], frozen=True)
    return (
        lambda value: loads(pack(box(value)))["value"],
        lambda raw: unpack(box, dumps({"value": raw})).value,
    )


def _described() -> tuple[list[tuple[str, Any, Any]], dict[str, Callable[[Any], Any]]]:
    hints = get_type_hints(Case)
    outward: list[tuple[str, Any, Any]] = []
    inward: dict[str, Callable[[Any], Any]] = {}
    for field in fields(Case):
        if field.name in _COLUMNS:
            continue
        if field.default is MISSING:
            raise TypeError(f"Case.{field.name} needs a default or a column of its own")
        coders = _coders(hints[field.name])
        outward.append((field.name, field.default, coders and coders[0]))
        if coders:
            inward[field.name] = coders[1]
    return outward, inward


_OUT, _INTO = _described()
