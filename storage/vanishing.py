"""Messages that must leave no trace: rows of the outbox about somebody whose data are erased, copies in staff chats.

What waits is dropped. What is being sent cannot be called back: it is moved to a lane of its own, so that whoever
settles it blanks it, and takes away again what it has shown to staff. The last words to the person go the same way.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, case, update

from flows.effects import Letter
from flows.events import LetterKind
from storage.codec import dumps, pack, to_ms
from storage.dialect import insert
from storage.statements import Hot
from storage.tables import outbox

ERASED: Final = "erased"  # in flight when everything else was erased; not tried again
FAREWELL: Final = "farewell"  # the last words; tried again as any other
NO_CASE: Final = -1
LANES: Final = (ERASED, FAREWELL)

_IS_ERASED = outbox.c.lane == ERASED
# What a row that could not be sent becomes.
DUE_AGAIN: Final[dict[str, Any]] = {
    "state": case((_IS_ERASED, "recalled"), else_="due"),
    "done_at": case((_IS_ERASED, outbox.c.created_at), else_=None),
    "chat_id": case((_IS_ERASED, 0), else_=outbox.c.chat_id),
}

_BLANK: Final = Hot(
    update(outbox)
    .where(outbox.c.id == bindparam("number"))
    .values(chat_id=0, lane="", payload="", letter=None, case_id=None, error="")
)
_TIDYING: Final = 6
_TAKE_AWAY: Final = Hot(
    insert(outbox).values(lane="", priority=_TIDYING, leads=1, method="deleteMessage"),
    sets=("chat_id", "payload", "letter", "created_at"),
)
_DROP: Final = Hot(
    update(outbox)
    .where(
        outbox.c.state.in_(["due", "parked"]),
        (outbox.c.chat_id == bindparam("chat")) | (outbox.c.case_id == bindparam("about")),
    )
    .values(state="recalled", payload="", chat_id=0, lane="", letter=None, case_id=None, error=""),
    sets=("done_at",),
)
_IN_FLIGHT: Final = Hot(
    update(outbox)
    .where(
        outbox.c.state == "sending",
        (outbox.c.chat_id == bindparam("chat")) | (outbox.c.case_id == bindparam("about")),
    )
    .values(
        lane=ERASED,
        payload="",
        letter=None,
        # The person's own chat is theirs: nothing is taken away from there.
        chat_id=case((outbox.c.chat_id == bindparam("chat"), 0), else_=outbox.c.chat_id),
    )
)
_DONE: Final = Hot(
    update(outbox)
    .where(
        outbox.c.state.in_(["sent", "recalled", "expired"]),
        (outbox.c.chat_id == bindparam("chat")) | (outbox.c.case_id == bindparam("about")),
    )
    .values(chat_id=0, lane="", payload="", letter=None, case_id=None, error="")
)


def drop(conn: Connection, chat_id: int, case_id: int, now: datetime) -> None:
    """Nothing goes out any more to this private chat, nor about this case (`NO_CASE`: about none)."""
    about = {"chat": chat_id, "about": case_id}
    _IN_FLIGHT.run(conn, **about)
    _DROP.run(conn, **about, done_at=to_ms(now))
    _DONE.run(conn, **about)


def settled(
    conn: Connection, outbox_id: int, row: Any, message_id: int | None, now: datetime
) -> None:
    """A row of one of `LANES` was sent or refused: blank it, and take away what staff were shown."""
    if row.lane == ERASED and row.chat_id and message_id is not None:
        take_away(conn, row.chat_id, message_id, now)
    _BLANK.run(conn, number=outbox_id)


def take_away(
    conn: Connection,
    chat_id: int,
    message_id: int,
    now: datetime,
    *,
    case_id: int | None = None,
    asked: bool = True,
) -> None:
    """Have a copy in a staff chat deleted; `asked`: somebody is told when Telegram does not allow it."""
    _TAKE_AWAY.run(
        conn,
        chat_id=chat_id,
        payload=dumps({"message_id": message_id}),
        letter=pack(Letter(LetterKind.ERASE, case_id, ref=int(asked))),
        created_at=to_ms(now),
    )
