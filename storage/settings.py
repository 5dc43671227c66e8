"""What the bot must remember about itself: named texts, such as the secrets of standing links."""

from typing import Final

from sqlalchemy import Connection, bindparam, select

from storage.dialect import insert
from storage.statements import Hot
from storage.tables import settings

_ONE: Final = Hot(select(settings.c.value).where(settings.c.key == bindparam("key")))
_INSERT = insert(settings)
_PUT: Final = Hot(
    _INSERT.on_conflict_do_update(index_elements=["key"], set_={"value": _INSERT.excluded.value}),
    sets=("key", "value"),
)


def get(conn: Connection, key: str) -> str | None:
    """The value, or None when it was never written."""
    found: str | None = _ONE.scalar(conn, key=key)
    return found


def put(conn: Connection, key: str, value: str) -> None:
    """Write a value over whatever stood there."""
    _PUT.run(conn, key=key, value=value)
