"""What may go out at this moment: rows and cards claimed under the limits, cards rendered as they are now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.cards import CardCall, Shown, card_call
from bot.desk import Desk
from bot.limits import Kind, Limits, kind_of
from bot.messages import BELOW_CARD
from storage import cards, outbox
from storage.cards import ClaimedCard
from storage.db import Connection
from storage.outbox import ANY_PRIORITY, ClaimedRow
from storage.tx import Tx

_log = structlog.get_logger(__name__)

_LEASE: Final = timedelta(minutes=5)
_PUT_ASIDE: Final = timedelta(minutes=10)  # a card that our own code cannot render
# What rendering may raise by a mistake of ours; troubles of the storage are for the writer.
_MISTAKES: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    TypeError,
    ValueError,
)

Ready = ClaimedRow | CardCall


@dataclass(frozen=True, slots=True)
class Look:
    """What was found due; `more`: not everything that may go fitted in."""

    ready: list[Ready]
    more: bool = False


@dataclass(slots=True)
class Claiming:
    """Takes what is due in one transaction on the writer's thread; nothing is sent here."""

    limits: Limits
    desk: Desk
    shown: Shown = field(default_factory=Shown)

    def claim(self, conn: Connection, room: int, now: datetime) -> Look:
        """At most `room`: answers to taps whatever the limits, messages, cards, what stands below them, tidying."""
        lease = now + _LEASE
        outbox.expire(conn, now)
        allowed = self.limits.room(room)
        if allowed <= 0:
            return Look([*outbox.claim_toasts(conn, now, room, lease)])
        closed, grants = self.limits.closed_chats(), self.limits.budget().grants

        def calls(most: int, priorities: range) -> list[ClaimedRow]:
            return outbox.claim_due(
                conn,
                now,
                most,
                closed,
                lease,
                lambda chat, method: grants(chat, kind_of(method)),
                priorities,
            )

        urgent = calls(allowed, range(BELOW_CARD))
        left = allowed - len(urgent)
        if left <= 0:
            return Look([*urgent], more=allowed == room)
        claimed = cards.claim_due(
            conn,
            now,
            left,
            closed,
            lease,
            closed_to_edits=self.limits.closed_chats(Kind.EDIT),
            grants=lambda chat, posts: grants(chat, Kind.MESSAGE if posts else Kind.EDIT),
        )
        made = self._rendered(conn, claimed, now)
        # Cards before files: one customer's hundred photos hold up nobody's card.
        left -= len(claimed)
        later = calls(left, range(BELOW_CARD, ANY_PRIORITY.stop)) if left > 0 else []
        # Where the overall rate is the bound it says itself when there is room again.
        full = len(claimed) + len(later) == allowed - len(urgent)
        cut_off = full and (allowed == room or len(made) < len(claimed))
        return Look([*urgent, *made, *later], more=cut_off)

    def _rendered(self, conn: Connection, claimed: list[ClaimedCard], now: datetime) -> list[Ready]:
        tx = Tx(conn, now)
        ready: list[Ready] = []
        for card in claimed:
            try:
                made = card_call(tx, card, self.desk, now)
            except _MISTAKES as error:  # one card must not stop all messages
                _log.error("card_cannot_be_rendered", case_id=card.case_id, exc_info=error)
                reason = type(error).__name__
                cards.release(conn, card, now + _PUT_ASIDE, reason)
                continue
            if made is None:
                cards.release(conn, card, now + _PUT_ASIDE, "its case is gone")
                continue
            if card.message_id is not None and self.shown.already(made):
                cards.shown(conn, card, card.message_id, now)
            else:
                ready.append(made)
        return ready
