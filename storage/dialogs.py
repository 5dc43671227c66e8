"""Talks of several steps between people of the staff and the bot; one a person."""

import json
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, select

from flows.dialog import Dialog
from storage.codec import from_ms, loads, to_ms
from storage.dialect import insert
from storage.statements import Hot
from storage.tables import dialogs

_FIELDS = tuple(column.name for column in dialogs.c)
_OF: Final = Hot(
    select(dialogs).where(
        dialogs.c.tg_id == bindparam("person"), dialogs.c.changed_at > bindparam("since")
    )
)
_INSERT = insert(dialogs)
_SAVE: Final = Hot(
    _INSERT.on_conflict_do_update(
        index_elements=["tg_id"],
        set_={name: _INSERT.excluded[name] for name in _FIELDS if name != "tg_id"},
    ),
    sets=_FIELDS,
)
_CLOSE: Final = Hot(delete(dialogs).where(dialogs.c.tg_id == bindparam("person")))
_FORGET: Final = Hot(delete(dialogs).where(dialogs.c.changed_at <= bindparam("before")))


def of(conn: Connection, tg_id: int, since: datetime) -> Dialog | None:
    """The talk of this person, if its last step was after `since` (UTC)."""
    row = _OF.row(conn, person=tg_id, since=to_ms(since))
    if row is None:
        return None
    return Dialog(
        id=row.id,
        tg_id=row.tg_id,
        name=row.name,
        step=row.step,
        changed_at=from_ms(row.changed_at),
        data=loads(row.data),
        version=row.version,
    )


def save(conn: Connection, dialog: Dialog) -> None:
    """Write the talk over whichever talk this person had."""
    _SAVE.run(
        conn,
        tg_id=dialog.tg_id,
        id=dialog.id,
        name=dialog.name,
        step=dialog.step,
        data=json.dumps(dict(dialog.data), ensure_ascii=False),
        version=dialog.version,
        changed_at=to_ms(dialog.changed_at),
    )


def close(conn: Connection, tg_id: int) -> None:
    """The talk is over."""
    _CLOSE.run(conn, person=tg_id)


def forget(conn: Connection, before: datetime) -> int:
    """Delete talks whose last step was before that (UTC); how many."""
    return _FORGET.run(conn, before=to_ms(before))
