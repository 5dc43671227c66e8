"""Cases whose cause was put off to the evening: those that a timer of that kind still stands behind."""

from typing import Final

from sqlalchemy import Connection, bindparam, select

from flows.case import Case
from flows.events import TimerKind
from storage import cases
from storage.statements import Hot
from storage.tables import timers

_MOST = 20  # for one person and one evening

_WAITING: Final = Hot(
    select(timers.c.case_id)
    .where(timers.c.state == "pending", timers.c.kind == TimerKind.CAUSE.value)
    .order_by(timers.c.due_at, timers.c.case_id)
    .limit(bindparam("limit"))
)
_OF_EVERYBODY = 500


def of(conn: Connection, closer: int, but: int) -> tuple[Case, ...]:
    """Those that this person has closed, the longest waiting first, without the case `but`."""
    numbers = [row.case_id for row in _WAITING.rows(conn, limit=_OF_EVERYBODY)]
    found = (cases.by_id(conn, number) for number in numbers if number != but)
    theirs = [case for case in found if case is not None and case.closed_by_id == closer]
    return tuple(theirs[:_MOST])
