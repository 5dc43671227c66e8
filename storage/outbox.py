"""The outbox as the sender sees it: what may go now, what comes back, what waits how long."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    update,
)

from flows.effects import Letter
from storage import lanes, vanishing
from storage.codec import loads, to_ms, unpack
from storage.dialect import listed
from storage.statements import Hot
from storage.tables import cards, forum_topics, outbox


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A call of the Bot API to be made; `params` is its arguments as JSON, without the chat.

    Rows of one `lane` go one after another, "" has no order; a smaller `priority` goes first among
    lanes. `dedup_key` "" may repeat. `under_card`: it replies to the card of `case_id` and waits
    until that stands. `not_before` and `expires_at` are UTC; a row that has expired is dropped.
    """

    lane: str
    chat_id: int
    priority: int
    method: str
    params: dict[str, Any] = field(default_factory=dict)
    dedup_key: str = ""
    letter: Letter | None = None
    case_id: int | None = None
    under_card: bool = False
    not_before: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClaimedRow:
    """A row the sender has taken; nobody else will until it is settled, released or freed.

    `card` is (chat id, message id) of the card to reply to; then `chat_id` is the card's chat.
    """

    id: int
    lane: str
    chat_id: int
    priority: int
    method: str
    params: dict[str, Any]
    dedup_key: str
    letter: Letter | None
    case_id: int | None
    card: tuple[int, int] | None
    attempts: int
    created_at: int  # ms, UTC
    thread: int | None = None  # the topic in which the card stands


class OutboxHealth(NamedTuple):
    """How much waits or is being sent, since when (ms, UTC; None: nothing), how much is parked."""

    waiting: int
    oldest: int | None
    parked: int


ANY_PRIORITY: Final = range(100)
_card = cards.alias("card")
_place = cards.alias("place")

# The card of the row's own chat; when the manager's place went to somebody else, the manager's
# card: what is shown to the manager alone must not end up in the group.
_OF_CASE = select(func.max(_place.c.place)).where(_place.c.case_id == outbox.c.case_id)
_WHERE_TO: Final = func.coalesce(
    _OF_CASE.where(_place.c.chat_id == outbox.c.chat_id).correlate(outbox).scalar_subquery(),
    _OF_CASE.correlate(outbox).scalar_subquery(),
)
_WITH_CARD: Final = outbox.outerjoin(
    _card,
    and_(
        outbox.c.under_card == 1,
        _card.c.case_id == outbox.c.case_id,
        _card.c.place == _WHERE_TO,
    ),
)
_CHAT: Final = func.coalesce(_card.c.chat_id, outbox.c.chat_id)
_THREAD: Final = (
    select(forum_topics.c.thread_id)
    .where(forum_topics.c.case_id == _card.c.case_id, forum_topics.c.chat_id == _card.c.chat_id)
    .correlate(_card)
    .scalar_subquery()
)
# A card that is about to be posted anew takes the old message with it: what replies to it comes after.
_STANDS: Final = or_(
    outbox.c.under_card == 0, and_(_card.c.message_id.is_not(None), _card.c.anew == 0)
)
_READY: Final = (outbox.c.state == "due", outbox.c.leads == 1, _STANDS)

_NAMES: Final = ("id", "lane", "priority", "method", "payload", "dedup_key", "letter", "case_id")
_MAY_GO: Final = Hot(
    select(
        *(outbox.c[name] for name in (*_NAMES, "attempts", "created_at")),
        _CHAT.label("chat_id"),
        _card.c.message_id.label("card_message_id"),
        _THREAD.label("thread"),
    )
    .select_from(_WITH_CARD)
    .where(
        *_READY,
        outbox.c.not_before <= bindparam("now"),
        or_(outbox.c.expires_at.is_(None), outbox.c.expires_at > bindparam("now")),
        _CHAT.not_in(listed("closed")),
        outbox.c.priority >= bindparam("from_priority"),
        outbox.c.priority < bindparam("below_priority"),
    )
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(bindparam("limit"))
)
_TOASTS: Final = Hot(
    select(
        *(outbox.c[name] for name in (*_NAMES, "attempts", "created_at", "chat_id")),
        literal(None, BigInteger).label("card_message_id"),
        literal(None, BigInteger).label("thread"),
    )
    .where(
        outbox.c.state == "due",
        outbox.c.priority == 0,
        outbox.c.not_before <= bindparam("now"),
        or_(outbox.c.expires_at.is_(None), outbox.c.expires_at > bindparam("now")),
    )
    .order_by(outbox.c.id)
    .limit(bindparam("limit"))
)
_CLAIM: Final = Hot(
    update(outbox).where(outbox.c.id == bindparam("number")).values(state="sending"),
    sets=("lease_until", "chat_id"),
)
_RELEASE: Final = Hot(
    update(outbox)
    .where(outbox.c.id == bindparam("number"), outbox.c.state == "sending")
    .values(
        **vanishing.DUE_AGAIN,
        lease_until=None,
        attempts=outbox.c.attempts + 1,
        maybe_sent=case((outbox.c.maybe_sent == 1, 1), else_=bindparam("unheard")),
    ),
    sets=("not_before", "error"),
)
_CLEAR: Final = Hot(
    update(outbox)
    .where(outbox.c.state.in_(["due", "sending"]), outbox.c.state == "sending")
    .values(**vanishing.DUE_AGAIN, lease_until=None, maybe_sent=1)
)
_EXPIRE: Final = Hot(
    update(outbox)
    .where(
        outbox.c.state == "due",
        outbox.c.expires_at.is_not(None),
        outbox.c.expires_at <= bindparam("now"),
    )
    .values(state="expired", payload="")
    .returning(outbox.c.lane),
    sets=("done_at",),
)
_NEXT: Final = Hot(
    select(func.min(outbox.c.not_before))
    .select_from(_WITH_CARD)
    .where(*_READY, outbox.c.not_before > bindparam("now"))
)
_WAITING: Final[list[ColumnElement[Any]]] = [
    func.count().label("waiting"),
    func.min(outbox.c.created_at).label("oldest"),
]
_LOAD: Final = Hot(select(*_WAITING).where(outbox.c.state.in_(["due", "sending"])))
_PARKED: Final = Hot(select(func.count()).where(outbox.c.state == "parked"))
_MOVED: Final = Hot(
    update(outbox).where(
        outbox.c.chat_id == bindparam("old"), outbox.c.state.in_(["due", "sending"])
    ),
    sets=("chat_id",),
)


def claim_due(
    conn: Connection,
    now: datetime,
    limit: int,
    closed_chats: Iterable[int],
    lease_until: datetime,
    grants: Callable[[int, str], bool] = lambda _chat, _method: True,
    priorities: range = ANY_PRIORITY,
) -> list[ClaimedRow]:
    """Take what may go now, the most urgent first: one of each lane, none to a closed chat.

    A row that is held (`not_before` ahead), or waits for its card, keeps its lane waiting.
    `grants` is asked about chat and method of each row; a chat it refuses is closed from there on.
    """
    closed, taken = set(closed_chats), list[ClaimedRow]()
    while len(taken) < limit:
        rows = _MAY_GO.rows(
            conn,
            now=to_ms(now),
            limit=limit - len(taken),
            closed=json.dumps([*closed]),
            from_priority=priorities.start,
            below_priority=priorities.stop,
        )
        granted = [row for row in rows if grants(row.chat_id, row.method)]
        taken += _take(conn, granted, lease_until)
        if len(granted) == len(rows):
            break
        kept = {row.id for row in granted}
        closed |= {row.chat_id for row in rows if row.id not in kept}
    return taken


def claim_toasts(
    conn: Connection, now: datetime, limit: int, lease_until: datetime
) -> list[ClaimedRow]:
    """Take answers to taps alone: no limit of Telegram's holds them."""
    return _take(conn, _TOASTS.rows(conn, now=to_ms(now), limit=limit), lease_until)


def release(
    conn: Connection, outbox_id: int, not_before: datetime, error: str, *, maybe_sent: bool = False
) -> None:
    """Put a row back that could not be sent yet; it keeps its place in the lane.

    `maybe_sent`: nobody heard the answer, so Telegram may have it; it cannot be called back any more.
    """
    _RELEASE.run(
        conn,
        number=outbox_id,
        not_before=to_ms(not_before),
        error=error,
        unheard=int(maybe_sent),
    )


def clear_leases(conn: Connection) -> int:
    """At start: what was being sent when the process died is due again, and may have arrived; how many."""
    return _CLEAR.run(conn)


def expire(conn: Connection, now: datetime) -> int:
    """Drop what is too late to be of use (answers to taps); how many."""
    moment = to_ms(now)
    dropped = _EXPIRE.rows(conn, now=moment, done_at=moment)
    lanes.left(conn, [row.lane for row in dropped])
    return len(dropped)


def next_due(conn: Connection, now: datetime) -> int | None:
    """When the next held row may go (ms, UTC, after `now`); None when no row is held."""
    found: int | None = _NEXT.scalar(conn, now=to_ms(now))
    return found


def health(conn: Connection) -> OutboxHealth:
    """What waits now."""
    (row,) = _LOAD.rows(conn)
    return OutboxHealth(row.waiting, row.oldest, _PARKED.scalar(conn))


def moved(conn: Connection, old_chat: int, new_chat: int) -> None:
    """A chat has a new id: what still has to go there goes to the new one."""
    _MOVED.run(conn, old=old_chat, chat_id=new_chat)


def _take(conn: Connection, rows: list[Any], lease_until: datetime) -> list[ClaimedRow]:
    lease = to_ms(lease_until)
    _CLAIM.many(conn, [{"number": r.id, "lease_until": lease, "chat_id": r.chat_id} for r in rows])
    return [_claimed(row) for row in rows]


def _claimed(row: Any) -> ClaimedRow:
    card = None if row.card_message_id is None else (row.chat_id, row.card_message_id)
    return ClaimedRow(
        id=row.id,
        lane=row.lane,
        chat_id=row.chat_id,
        priority=row.priority,
        method=row.method,
        params=loads(row.payload),
        dedup_key=row.dedup_key or "",
        letter=None if row.letter is None else unpack(Letter, row.letter),
        case_id=row.case_id,
        card=card,
        attempts=row.attempts,
        created_at=row.created_at,
        thread=row.thread,
    )
