"""Numbers that people see (of a case, of a gift): each is given out once, without reuse."""

from typing import Final

from sqlalchemy import Connection

from storage.dialect import insert
from storage.statements import Hot
from storage.tables import sequences

_INSERT = insert(sequences)
_NEXT: Final = Hot(
    _INSERT.values(value=1)
    .on_conflict_do_update(index_elements=["name"], set_={"value": sequences.c.value + 1})
    .returning(sequences.c.value),
    sets=("name",),
)


def take(conn: Connection, name: str) -> int:
    """The next number of a kind, from 1; a transaction that fails gives it back."""
    number: int = _NEXT.scalar(conn, name=name)
    return number
