"""What is to change so that a matter does not happen again: one row for each time a case was open."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from flows.prevention import Prevention, Stage
from storage.codec import from_ms, to_ms
from storage.dialect import insert
from storage.statements import Hot
from storage.tables import preventions

_FIELDS: Final = tuple(column.name for column in preventions.c)
_ONCE: Final = ("id", "case_id", "opening", "branch_id", "begun_at")
_BY_ID: Final = Hot(select(preventions).where(preventions.c.id == bindparam("number")))
_OF_CASE: Final = Hot(
    select(preventions).where(
        preventions.c.case_id == bindparam("case_id"), preventions.c.opening == bindparam("opening")
    )
)
_WANTED: Final = Hot(
    select(preventions)
    .where(
        preventions.c.person_id == bindparam("person_id"),
        preventions.c.stage.in_([Stage.ASKED.value, Stage.UNDATED.value]),
        preventions.c.asked_at >= bindparam("since"),
    )
    .order_by(preventions.c.asked_at.desc(), preventions.c.id.desc())
    .limit(1)
)
_TOLD: Final = Hot(
    select(preventions.c.id)
    .where(
        preventions.c.branch_id == bindparam("branch_id"),
        preventions.c.topic == bindparam("topic"),
        preventions.c.begun_at >= bindparam("since"),
        preventions.c.situation == 1,
    )
    .limit(1)
)
_INSERT = insert(preventions)
_SAVE: Final = Hot(
    _INSERT.on_conflict_do_update(
        index_elements=["id"],
        set_={name: _INSERT.excluded[name] for name in _FIELDS if name not in _ONCE},
    ),
    sets=_FIELDS,
)


def by_id(conn: Connection, number: int) -> Prevention | None:
    """The one with our number."""
    return _one(_BY_ID.row(conn, number=number))


def of_case(conn: Connection, case_id: int, opening: int) -> Prevention | None:
    """The one of this opening of a case."""
    return _one(_OF_CASE.row(conn, case_id=case_id, opening=opening))


def wanted_of(conn: Connection, person_id: int, since: datetime) -> Prevention | None:
    """The newest of which words are wanted of this person, asked for at `since` (UTC) or after it."""
    return _one(_WANTED.row(conn, person_id=person_id, since=to_ms(since)))


def situation_told(conn: Connection, branch_id: str, topic: str, since: datetime) -> bool:
    """The manager was told, at `since` (UTC) or after it, that the topic repeats in this branch."""
    found = _TOLD.row(conn, branch_id=branch_id, topic=topic, since=to_ms(since))
    return found is not None


def save(conn: Connection, prevention: Prevention) -> None:
    """Write it; a second one of the same opening of a case is refused (`IntegrityError`)."""
    _SAVE.run(
        conn,
        id=prevention.id,
        case_id=prevention.case_id,
        opening=prevention.opening,
        branch_id=prevention.branch_id,
        topic=prevention.topic,
        stage=prevention.stage.value,
        begun_at=to_ms(prevention.begun_at),
        person_id=prevention.person_id,
        what=prevention.what,
        who=prevention.who,
        due=prevention.due.isoformat() if prevention.due else "",
        situation=int(prevention.situation),
        asked=prevention.asked,
        asked_at=to_ms(prevention.asked_at),
    )


def _one(row: Any) -> Prevention | None:
    if row is None:
        return None
    return Prevention(
        id=row.id,
        case_id=row.case_id,
        opening=row.opening,
        branch_id=row.branch_id,
        topic=row.topic,
        stage=Stage(row.stage),
        begun_at=from_ms(row.begun_at),
        person_id=row.person_id,
        what=row.what,
        who=row.who,
        due=date.fromisoformat(row.due) if row.due else None,
        situation=bool(row.situation),
        asked=row.asked,
        asked_at=from_ms(row.asked_at),
    )
