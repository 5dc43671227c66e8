"""Rows put aside that speak of one person: known by ids, numbers and whole messages, never by a likeness of words.

Blanking a row loses what somebody else has written: a word found inside another sentence is no reason for it.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from storage.statements import Hot
from storage.tables import inbox, outbox

_ASIDE: Final = Hot(
    select(inbox.c.id, inbox.c.chat_id, inbox.c.payload).where(inbox.c.state == "parked")
)
_LET_GO: Final = Hot(
    update(inbox)
    .where(inbox.c.id == bindparam("row_id"))
    .values(state="done", payload="", error="")
)
_REFUSED: Final = Hot(
    select(outbox.c.id, outbox.c.chat_id, outbox.c.payload).where(outbox.c.state == "parked")
)
_LET_GO_UNSENT: Final = Hot(
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(state="recalled", payload="", error="")
)
_IDS: Final = ("id", "user_id", "chat_id", "from_chat_id")
_NOT_DIGITS: Final = re.compile(r"\D")


class Traces(NamedTuple):
    """By what a row is known to speak of a person; a mere name is not enough.

    `words` are whole messages of theirs, `shown` is where their cases stand: (chat, message).
    """

    tg_id: int
    phone: str
    username: str
    words: frozenset[str]
    shown: frozenset[tuple[int, int]]


def let_go(conn: Connection, traces: Traces) -> None:
    """Blank what was put aside and speaks of them."""
    for listing, blank in ((_ASIDE, _LET_GO), (_REFUSED, _LET_GO_UNSENT)):
        for row in listing.rows(conn):
            if _speaks_of(row.payload, row.chat_id, traces):
                blank.run(conn, row_id=row.id)


def _speaks_of(payload: str, chat_id: int, traces: Traces) -> bool:
    try:
        found = list(_objects(json.loads(payload)))
    except ValueError:
        return False
    if any(_is_shown(each, traces) for each in found):
        return True
    # What another person writes to the bot, or is written by it, is theirs, whomever they quote.
    is_anothers = chat_id > 0 and chat_id != traces.tg_id
    return not is_anothers and any(_names(each, traces) for each in found)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in _inside(value):
        yield from _objects(inner)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _is_shown(found: dict[str, Any], traces: Traces) -> bool:
    chat = found.get("chat")
    where = chat.get("id") if isinstance(chat, dict) else None
    return any(pair == (where, found.get("message_id")) for pair in traces.shown)


def _names(found: dict[str, Any], traces: Traces) -> bool:
    return (
        any(found.get(key) == traces.tg_id for key in _IDS)
        or _is_same(_digits(found.get("phone_number")), _digits(traces.phone))
        or _is_same(found.get("username"), traces.username)
        or any(_is_said(found.get(key), traces) for key in ("text", "caption"))
    )


def _is_said(text: Any, traces: Traces) -> bool:
    return isinstance(text, str) and (text in traces.words or _is_same(text, traces.phone))


def _is_same(value: Any, known: str) -> bool:
    return bool(known) and value == known


def _digits(value: Any) -> str:
    return _NOT_DIGITS.sub("", value) if isinstance(value, str) else ""
