"""The order inside a lane of the outbox: which row leads. Rows of no lane ("") lead always.

A row that leads is the earliest of its lane that is due or being sent. It is marked so that the
sender finds what may go without looking at the thousands that wait behind it. Whoever lets a row
enter or leave those two states calls this module in the same transaction.
"""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Case, Connection, Select, bindparam, case, exists, select, update

from storage.statements import Hot
from storage.tables import outbox

_ACTIVE: Final = ["due", "sending"]
_other = outbox.alias("other")

_EARLIEST: Select[Any] = (
    select(_other.c.id)
    .where(_other.c.lane == bindparam("of_lane"), _other.c.state.in_(_ACTIVE))
    .order_by(_other.c.id)
    .limit(1)
)
_ADVANCE: Final = Hot(
    update(outbox).where(outbox.c.id == _EARLIEST.scalar_subquery()).values(leads=1)
)
_SENDING: Final = Hot(
    select(outbox.c.id)
    .where(
        outbox.c.lane == bindparam("of_lane"),
        outbox.c.state.in_(_ACTIVE),
        outbox.c.state == "sending",
    )
    .limit(1)
)
_STEP_BACK: Final = Hot(
    update(outbox)
    .where(
        outbox.c.lane == bindparam("of_lane"),
        outbox.c.state.in_(_ACTIVE),
        outbox.c.leads == 1,
    )
    .values(leads=0)
)


def leads_at_entry(lane: str) -> Case[int]:
    """The expression for a new row, which is later than all of its lane; `lane` names the value."""
    return case(
        (bindparam(lane) == "", 1),
        (
            exists().where(_other.c.lane == bindparam(lane), _other.c.state.in_(_ACTIVE)),
            0,
        ),
        else_=1,
    )


def left(conn: Connection, lanes: Iterable[str]) -> None:
    """Rows of these lanes are no longer due: the next ones lead."""
    for lane in set(lanes) - {""}:
        _ADVANCE.run(conn, of_lane=lane)


def came_back(conn: Connection, lane: str) -> None:
    """A row has entered its lane again, maybe before others; what is being sent goes first."""
    if lane and _SENDING.row(conn, of_lane=lane) is None:
        _STEP_BACK.run(conn, of_lane=lane)
        _ADVANCE.run(conn, of_lane=lane)
