"""Cards: where each stands, which state it has to show, which it shows; what it says is elsewhere.

`wanted` counts the changes asked for, `shown` is the count the message in the chat stands at.
While a call is in flight the row is leased, and `anew` and `loud` are below zero: a wish that
comes meanwhile is positive again, and outlives the call.
"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from storage import journal
from storage.codec import to_ms
from storage.dialect import insert, listed
from storage.statements import Hot
from storage.tables import cards, cases


class ClaimedCard(NamedTuple):
    """A card to be rendered and posted (`message_id` None, or `anew`) or edited.

    `revision` is what `shown` must be told. `anew` 1: the old message is to be deleted; 2: it
    stays, without buttons. `loud`: with sound. `plain`: it waits for no topic.
    """

    case_id: int
    place: str
    chat_id: int
    message_id: int | None
    revision: int
    anew: int
    loud: bool
    attempts: int
    refused: int = 0
    plain: int = 0

    @property
    def in_short(self) -> bool:
        """Telegram has refused to show just this state."""
        return self.refused == self.revision

    @property
    def posts(self) -> bool:
        """It becomes a new message."""
        return self.message_id is None or self.anew > 0


class OpenCard(NamedTuple):
    """An open case with its cards: place to (chat id, message id or None while it does not stand)."""

    case_id: int
    branch_id: str
    places: dict[str, tuple[int, int | None]]


_ONE: Final = (cards.c.case_id == bindparam("number"), cards.c.place == bindparam("at"))
_CLAIMED: Final = (*_ONE, cards.c.chat_id == bindparam("chat"))  # and meant for the same chat still
_MARK_ROW = insert(cards).values(wanted=1)
_NEW = _MARK_ROW.excluded
_SAME_CHAT = cards.c.chat_id == _NEW.chat_id
_MARK: Final = Hot(
    _MARK_ROW.on_conflict_do_update(
        index_elements=["case_id", "place"],
        set_={
            "wanted": cards.c.wanted + 1,
            "chat_id": _NEW.chat_id,
            "message_id": case((_SAME_CHAT, cards.c.message_id), else_=None),
            "lease_until": case((_SAME_CHAT, cards.c.lease_until), else_=None),
            "not_before": case((_SAME_CHAT, cards.c.not_before), else_=0),
            # No wish is none: one in flight (below zero) must still be there if the call fails.
            "anew": case(
                (and_(_NEW.anew > 0, _NEW.anew > cards.c.anew), _NEW.anew), else_=cards.c.anew
            ),
            "loud": case(
                (and_(_NEW.loud > 0, _NEW.loud > cards.c.loud), _NEW.loud), else_=cards.c.loud
            ),
        },
    ),
    sets=("case_id", "place", "chat_id", "anew", "loud"),
)
_BEHIND: Final = (cards.c.wanted > cards.c.shown, cards.c.lease_until.is_(None))
_POSTS_FIRST = case((or_(cards.c.message_id.is_(None), cards.c.anew > 0), 0), else_=1)
_MAY_GO: Final = Hot(
    select(
        cards.c.case_id,
        cards.c.place,
        cards.c.chat_id,
        cards.c.message_id,
        cards.c.wanted.label("revision"),
        cards.c.anew,
        cards.c.loud,
        cards.c.attempts,
        cards.c.refused,
        cards.c.plain,
    )
    .where(
        *_BEHIND,
        cards.c.not_before <= bindparam("now"),
        cards.c.chat_id.not_in(listed("closed")),
        or_(_POSTS_FIRST == 0, cards.c.chat_id.not_in(listed("closed_to_edits"))),
    )
    .order_by(_POSTS_FIRST, cards.c.not_before, cards.c.case_id, cards.c.place)
    .limit(bindparam("limit"))
)
_CLAIM: Final = Hot(
    update(cards).where(*_ONE).values(anew=-cards.c.anew, loud=-cards.c.loud),
    sets=("lease_until",),
)
_SHOWN: Final = Hot(
    update(cards)
    .where(*_CLAIMED, cards.c.lease_until.is_not(None))
    .values(
        anew=case((cards.c.anew < 0, 0), else_=cards.c.anew),
        loud=case((cards.c.loud < 0, 0), else_=cards.c.loud),
        lease_until=None,
        attempts=0,
        not_before=0,
        error="",
        plain=0,
    ),
    sets=("shown", "message_id"),
)
_BACK: Final = {"lease_until": None, "anew": func.abs(cards.c.anew), "loud": func.abs(cards.c.loud)}
_RELEASE: Final = Hot(
    update(cards).where(*_CLAIMED).values(**_BACK, attempts=cards.c.attempts + 1),
    sets=("not_before", "error"),
)
_REFUSED: Final = Hot(
    update(cards).where(*_CLAIMED).values(**_BACK, not_before=0), sets=("refused", "error")
)
_AGAIN: Final = Hot(update(cards).where(*_CLAIMED).values(**_BACK, not_before=0), sets=("plain",))
_CLEAR: Final = Hot(update(cards).where(cards.c.lease_until.is_not(None)).values(**_BACK))
_LOST: Final = Hot(
    update(cards)
    .where(*_CLAIMED)
    .values(**_BACK, message_id=None, not_before=0, wanted=cards.c.wanted + 1)
)
_NEXT: Final = Hot(
    select(func.min(cards.c.not_before)).where(*_BEHIND, cards.c.not_before > bindparam("now"))
)
_OF: Final = Hot(
    select(cards.c.chat_id, cards.c.message_id)
    .where(cards.c.case_id == bindparam("number"), cards.c.message_id.is_not(None))
    .order_by(cards.c.place)
)
_STANDS: Final = Hot(
    select(cards.c.chat_id, cards.c.message_id).where(*_ONE, cards.c.message_id.is_not(None))
)
_AT: Final = Hot(
    select(cards.c.case_id, cards.c.place).where(
        cards.c.chat_id == bindparam("chat"), cards.c.message_id == bindparam("message")
    )
)
_IN_GROUPS: Final = Hot(
    select(cards.c.chat_id, cards.c.message_id, cards.c.lease_until).where(
        cards.c.case_id == bindparam("number"), cards.c.chat_id < 0
    )
)
_OF_OPEN: Final = Hot(
    select(cases.c.id, cases.c.branch_id, cards.c.place, cards.c.chat_id, cards.c.message_id)
    .select_from(cases.outerjoin(cards, cards.c.case_id == cases.c.id))
    .where(cases.c.closed_at.is_(None))
    .order_by(cases.c.id)
)
_IS_OPEN = (
    select(cases.c.id)
    .where(cases.c.id == cards.c.case_id, cases.c.closed_at.is_(None))
    .correlate(cards)
    .exists()
)
_STANDING_OPEN: Final = Hot(
    select(cards.c.message_id)
    .where(cards.c.chat_id == bindparam("chat"), cards.c.message_id.is_not(None), _IS_OPEN)
    .order_by(cards.c.case_id)
)
_MOVED: Final = Hot(
    update(cards)
    .where(cards.c.chat_id == bindparam("old"))
    .values(
        **_BACK,
        message_id=None,
        not_before=0,
        wanted=case((_IS_OPEN, cards.c.wanted + 1), else_=cards.c.wanted),
    ),
    sets=("chat_id",),
)


def mark(
    conn: Connection, case_id: int, place: str, chat_id: int, *, anew: int, loud: bool
) -> None:
    """The card has to show the newest state; in another chat than before it is posted anew."""
    _MARK.run(conn, case_id=case_id, place=place, chat_id=chat_id, anew=anew, loud=int(loud))


def claim_due(
    conn: Connection,
    now: datetime,
    limit: int,
    closed_chats: Iterable[int],
    lease_until: datetime,
    *,
    closed_to_edits: Iterable[int] = (),
    grants: Callable[[int, bool], bool] = lambda _chat, _posts: True,
) -> list[ClaimedCard]:
    """Take cards that show an old state: those to be posted first, none of a closed chat.

    A chat may be closed to edits alone: Telegram's limit on a group keeps room for new cards.
    `grants` is asked about each card, whether it may be posted (True) or edited in this chat; what
    it refuses once is closed from there on.
    """
    closed, to_edits, taken = set(closed_chats), set(closed_to_edits), list[ClaimedCard]()
    while len(taken) < limit:
        rows = _MAY_GO.rows(
            conn,
            now=to_ms(now),
            limit=limit - len(taken),
            closed=json.dumps([*closed]),
            closed_to_edits=json.dumps([*to_edits]),
        )
        found = list(map(_claimed, rows))
        granted = [card for card in found if grants(card.chat_id, card.posts)]
        _take(conn, granted, lease_until)
        taken += granted
        if len(granted) == len(found):
            break
        refused = [card for card in found if card not in granted]
        closed |= {card.chat_id for card in refused if card.posts}
        to_edits |= {card.chat_id for card in refused}
    return taken


def shown(conn: Connection, card: ClaimedCard, message_id: int, now: datetime) -> bool:
    """The message in the chat shows what was claimed; it is due again if more is wanted by now.

    A message that was replaced still leads to its case. False, and nothing changes, when the card
    was to stand in another chat meanwhile."""
    shown = _SHOWN.run(conn, **_of(card), shown=card.revision, message_id=message_id)
    if shown and card.message_id is not None and card.message_id != message_id:
        kept = journal.Copy.CARD
        journal.keep_copy(conn, card.case_id, card.chat_id, card.message_id, now, kept)
    return shown == 1


def release(conn: Connection, card: ClaimedCard, not_before: datetime, error: str) -> None:
    """Put a card back that could not be shown yet; not when it is to stand in another chat by now."""
    _RELEASE.run(conn, **_of(card), not_before=to_ms(not_before), error=error)


def refused(conn: Connection, card: ClaimedCard, error: str) -> None:
    """Telegram will not show this state: it is due again in short, until something changes."""
    _REFUSED.run(conn, **_of(card), refused=card.revision, error=error)


def lost(conn: Connection, card: ClaimedCard) -> None:
    """The message is gone from the chat: it is posted anew."""
    _LOST.run(conn, **_of(card))


def again(conn: Connection, card: ClaimedCard, *, plain: bool) -> None:
    """What had to come before the card is done, or (`plain`) is not waited for: it is due at once."""
    _AGAIN.run(conn, **_of(card), plain=int(plain))


def clear_leases(conn: Connection) -> int:
    """At start: what was in flight when the process died is due again; how many."""
    return _CLEAR.run(conn)


def next_due(conn: Connection, now: datetime) -> int | None:
    """When the next card that waits for its time may go (ms, UTC, after `now`)."""
    found: int | None = _NEXT.scalar(conn, now=to_ms(now))
    return found


def of_case(conn: Connection, case_id: int) -> tuple[tuple[int, int], ...]:
    """(chat id, message id) of the standing cards of a case."""
    return tuple((row.chat_id, row.message_id) for row in _OF.rows(conn, number=case_id))


def standing(conn: Connection, case_id: int, place: str) -> tuple[int, int] | None:
    """(chat id, message id) of the card of this place; None while it does not stand."""
    row = _STANDS.row(conn, number=case_id, at=place)
    return None if row is None else (row.chat_id, row.message_id)


def place_of(conn: Connection, chat_id: int, message_id: int) -> tuple[int, str] | None:
    """(case id, place) of the card that is this message."""
    row = _AT.row(conn, chat=chat_id, message=message_id)
    return None if row is None else (row.case_id, row.place)


def is_stray(conn: Connection, case_id: int, chat_id: int, message_id: int) -> bool:
    """The card stands in a group as another message; False while a call is in flight: it may be
    the one that posts this very message."""
    rows = _IN_GROUPS.rows(conn, number=case_id)
    if not rows or any(row.lease_until is not None or row.message_id is None for row in rows):
        return False
    return (chat_id, message_id) not in {(row.chat_id, row.message_id) for row in rows}


def of_open_cases(conn: Connection) -> tuple[OpenCard, ...]:
    """Every open case with its cards, the oldest first."""
    found: dict[int, OpenCard] = {}
    for row in _OF_OPEN.rows(conn):
        one = found.setdefault(row.id, OpenCard(row.id, row.branch_id, {}))
        if row.place is not None:
            one.places[row.place] = (row.chat_id, row.message_id)
    return tuple(found.values())


def standing_open(conn: Connection, chat_id: int) -> tuple[int, ...]:
    """Messages that are the cards of open cases in this chat."""
    return tuple(row.message_id for row in _STANDING_OPEN.rows(conn, chat=chat_id))


def moved(conn: Connection, old_chat: int, new_chat: int) -> None:
    """A group has a new id, and its messages other numbers: cards of open cases are posted anew."""
    _MOVED.run(conn, old=old_chat, chat_id=new_chat)


def _take(conn: Connection, found: list[ClaimedCard], lease_until: datetime) -> None:
    lease = to_ms(lease_until)
    _CLAIM.many(conn, [{"number": c.case_id, "at": c.place, "lease_until": lease} for c in found])


def _of(card: ClaimedCard) -> dict[str, Any]:
    return {"number": card.case_id, "at": card.place, "chat": card.chat_id}


def _claimed(row: Any) -> ClaimedCard:
    return ClaimedCard(**(row._asdict() | {"loud": bool(row.loud)}))
