"""What is kept to be read: the journal, the talk of a case, kind words for the evening post."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.effects import Praise, Record
from flows.events import Message
from storage.codec import dumps, loads, to_ms
from storage.statements import Hot
from storage.tables import journal, messages, praises


class Copy(StrEnum):
    """A message of ours that shows a case to staff; the value stands as the kind of the message."""

    CARD = "card"  # it was the card until another message became it
    ALERT = "alert"  # calls for an answer at once
    PREVENTION = "prevention"  # asks what changes
    REWRITE = "rewrite"  # asks for a new text of a reply
    NOTE = "note"  # asks for a note; so for the next two
    GUEST_NOTE = "guest"
    VOW = "vow"
    OTHER = "copy"  # a file under the card, a reminder, a request


ANSWER: Final = "answer"  # kind of a letter of staff as it stands in the customer's chat
_OF = "of"  # in `extra` of a copy: the id of the customer's own message


class ShownCase(NamedTuple):
    """Which case a message of ours shows, as what, and the id of the customer's own message it is made from."""

    case_id: int
    copy: Copy
    of: int | None = None


_RECORD: Final = Hot(
    insert(journal), sets=("case_id", "customer_id", "kind", "actor", "data", "at")
)
_KEEP: Final = Hot(
    insert(messages),
    sets=(
        "case_id",
        "customer_id",
        "incoming",
        "chat_id",
        "message_id",
        "kind",
        "text",
        "file_id",
        "author",
        "extra",
        "waits",
        "at",
    ),
)
_CASE_OF: Final = Hot(
    select(messages.c.case_id, messages.c.kind, messages.c.extra)
    .where(
        messages.c.chat_id == bindparam("chat_id"),
        messages.c.message_id == bindparam("message_id"),
        messages.c.incoming == 0,
        messages.c.kind.in_(list(Copy)),  # a reply to a colleague's words is talk of the group
        messages.c.case_id.is_not(None),
    )
    .order_by(messages.c.id.desc())
    .limit(1)
)
_IS_ANSWER: Final = Hot(
    select(messages.c.id)
    .where(
        messages.c.chat_id == bindparam("chat_id"),
        messages.c.message_id == bindparam("message_id"),
        messages.c.incoming == 0,
        messages.c.kind == ANSWER,
    )
    .limit(1)
)
_WORDS_OF: Final = Hot(
    select(messages.c.text)
    .where(
        messages.c.case_id == bindparam("number"),
        messages.c.message_id == bindparam("message_id"),
        messages.c.incoming == 1,
    )
    .order_by(messages.c.id.desc())
    .limit(1)
)
_PRAISE: Final = Hot(
    insert(praises), sets=("branch_id", "customer_id", "words", "master", "guest", "at")
)
_UNPOSTED = (praises.c.branch_id == bindparam("branch"), praises.c.posted_at.is_(None))
_LINES: Final = Hot(
    select(praises.c.master, praises.c.words, praises.c.guest)
    .where(*_UNPOSTED)
    .order_by(praises.c.id)
)
_POSTED: Final = Hot(update(praises).where(*_UNPOSTED), sets=("posted_at",))
_UNPOSTED_IDS: Final = Hot(select(praises.c.id).where(*_UNPOSTED).order_by(praises.c.id))
_IN_POST: Final = Hot(update(praises).where(praises.c.id == bindparam("number")), sets=("post",))
_STANDS: Final = Hot(
    update(praises).where(praises.c.post == bindparam("key")), sets=("chat_id", "message_id")
)


def record(conn: Connection, entry: Record, now: datetime) -> None:
    """Write an entry of the journal."""
    _RECORD.run(
        conn,
        case_id=entry.case_id,
        customer_id=entry.customer_id,
        kind=entry.kind,
        actor=entry.actor,
        data=dumps(dict(entry.data)),
        at=to_ms(now),
    )


def keep_message(
    conn: Connection,
    case_id: int | None,
    customer_id: int | None,
    message: Message,
    author: str,
    now: datetime,
    *,
    incoming: bool,
    waits: str = "",
) -> None:
    """Keep one message of the talk; `incoming` is the customer's own, `waits` what of it is not shown yet."""
    _KEEP.run(
        conn,
        case_id=case_id,
        customer_id=customer_id,
        incoming=int(incoming),
        chat_id=message.chat_id,
        message_id=message.message_id,
        kind=message.kind.value,
        text=message.text,
        file_id=message.file_id,
        author=author,
        extra=dumps(message.extra) if message.extra else "",
        waits=waits,
        at=to_ms(now),
    )


def keep_copy(
    conn: Connection,
    case_id: int,
    chat_id: int,
    message_id: int,
    now: datetime,
    copy: Copy = Copy.OTHER,
    of: int | None = None,
) -> None:
    """Remember that a message of ours shows this case, so that a reply to it finds the case.

    `of` is the id of the customer's own message that it shows.
    """
    extra = dumps({_OF: of}) if of else ""
    _keep_ours(conn, case_id, chat_id, message_id, now, copy.value, extra)


def keep_answer(
    conn: Connection, case_id: int, chat_id: int, message_id: int, now: datetime
) -> None:
    """Remember that a message in the customer's chat is a letter of staff."""
    _keep_ours(conn, case_id, chat_id, message_id, now, ANSWER, "")


def _keep_ours(
    conn: Connection,
    case_id: int,
    chat_id: int,
    message_id: int,
    now: datetime,
    kind: str,
    extra: str,
) -> None:
    _KEEP.run(
        conn,
        case_id=case_id,
        customer_id=None,
        incoming=0,
        chat_id=chat_id,
        message_id=message_id,
        kind=kind,
        text="",
        file_id="",
        author="",
        extra=extra,
        waits="",
        at=to_ms(now),
    )


def case_of(conn: Connection, chat_id: int, message_id: int) -> ShownCase | None:
    """The case that a message of ours shows."""
    row = _CASE_OF.row(conn, chat_id=chat_id, message_id=message_id)
    if row is None:
        return None
    of = loads(row.extra)[_OF] if row.extra else None
    return ShownCase(row.case_id, Copy(row.kind), of)


def is_answer(conn: Connection, chat_id: int, message_id: int) -> bool:
    """This message in a customer's chat is a letter of staff."""
    return _IS_ANSWER.row(conn, chat_id=chat_id, message_id=message_id) is not None


def words_of(conn: Connection, case_id: int, message_id: int) -> str:
    """What the customer's message says now, "" when it is not known."""
    return _WORDS_OF.scalar(conn, number=case_id, message_id=message_id) or ""


def add_praise(conn: Connection, praise: Praise, now: datetime) -> None:
    """Keep kind words until the evening post of the branch."""
    _PRAISE.run(
        conn,
        branch_id=praise.branch_id,
        customer_id=praise.customer_id,
        words=praise.words,
        master=praise.master,
        guest=praise.guest,
        at=to_ms(now),
    )


def praise_lines(conn: Connection, branch_id: str) -> tuple[tuple[str, str, str], ...]:
    """(master, words, guest) of what has not been posted, oldest first."""
    return tuple((row.master, row.words, row.guest) for row in _LINES.rows(conn, branch=branch_id))


def praise_posted(
    conn: Connection, branch_id: str, posts: Sequence[tuple[str, int]], now: datetime
) -> None:
    """The kept words of a branch have gone out; `posts` are keys, with how many of the words each holds."""
    waiting = iter(_UNPOSTED_IDS.rows(conn, branch=branch_id))
    for key, many in posts:
        for row in islice(waiting, many):
            _IN_POST.run(conn, number=row.id, post=key)
    _POSTED.run(conn, branch=branch_id, posted_at=to_ms(now))


def praise_stands(conn: Connection, key: str, chat_id: int, message_id: int) -> None:
    """The post of this key was sent: here it stands."""
    _STANDS.run(conn, key=key, chat_id=chat_id, message_id=message_id)
