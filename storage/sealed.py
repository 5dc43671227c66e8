"""Updates that lie sealed until their sender agrees to be heard: kept in order, read by nobody, blanked in time."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, exists, func, select, update

from storage import vanishing
from storage.codec import to_ms
from storage.statements import Hot
from storage.tables import inbox

_earlier = inbox.alias("earlier")
_SEAL: Final = Hot(
    update(inbox)
    .where(
        inbox.c.id == bindparam("number"),
        inbox.c.state.in_(["new", "parked"]),
        ~exists().where(
            _earlier.c.chat_id == bindparam("chat"),
            _earlier.c.id < bindparam("number"),
            _earlier.c.state == "new",
        ),
    )
    .values(state="sealed", error="")
)
_COUNT: Final = Hot(
    select(func.count()).where(inbox.c.chat_id == bindparam("chat"), inbox.c.state == "sealed")
)
_BREAK: Final = Hot(
    update(inbox)
    .where(inbox.c.chat_id == bindparam("chat"), inbox.c.state == "sealed")
    .values(state="new")
)
_BLANK = update(inbox).values(state="done", payload="", chat_id=0)
_LET_GO: Final = Hot(_BLANK.where(inbox.c.chat_id == bindparam("chat"), inbox.c.state == "sealed"))
_FORGET_CHAT: Final = Hot(
    update(inbox)
    .where(inbox.c.chat_id == bindparam("chat"), inbox.c.state == "done")
    .values(chat_id=0)
)
_TOO_OLD: Final = Hot(
    _BLANK.where(
        inbox.c.id.in_(
            select(inbox.c.id)
            .where(inbox.c.state == "sealed", inbox.c.received_at < bindparam("before"))
            .limit(bindparam("limit"))
        )
    )
)


def seal(conn: Connection, inbox_id: int, chat_id: int) -> bool:
    """Put an update under the seal, once only; not while an earlier one of its chat is to be worked on."""
    return _SEAL.run(conn, number=inbox_id, chat=chat_id) == 1


def count(conn: Connection, chat_id: int) -> int:
    """How many updates of a chat lie sealed."""
    found: int = _COUNT.scalar(conn, chat=chat_id)
    return found


def break_seal(conn: Connection, chat_id: int) -> int:
    """They are to be worked on now, in the order in which they came; how many."""
    return _BREAK.run(conn, chat=chat_id)


def let_go(conn: Connection, chat_id: int, now: datetime, *, stranger: bool) -> None:
    """Blank what a chat wrote; of a stranger not even the number of the chat is kept."""
    _LET_GO.run(conn, chat=chat_id)
    if stranger:
        _FORGET_CHAT.run(conn, chat=chat_id)
        vanishing.drop(conn, chat_id, vanishing.NO_CASE, now)


def let_go_old(conn: Connection, before: datetime, limit: int) -> int:
    """Blank what has lain sealed since before that moment (UTC), at most `limit`; how many."""
    return _TOO_OLD.run(conn, before=to_ms(before), limit=limit)
