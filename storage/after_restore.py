"""What a restored database must not simply do again: the world went on after the backup was made.

Letters to customers that were waiting may have gone out since, and so may questions that fell due: both are put
aside (parked), where they are listed, tried again or dropped by a person. What goes to staff goes again: a card
twice does no harm, an alert that nobody sees does. Numbers given out since the backup are not given again.
"""

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from flows.events import TimerKind
from storage import lanes, settings
from storage.codec import to_ms
from storage.statements import Hot
from storage.tables import outbox, people, sequences, timers

RESTORED: Final = "restored"  # the setting that has the owner told at the next start
WHY: Final = "a backup was restored: this may have gone out already"
NUMBERS_SKIPPED: Final = 1000

# What falls due writes to a customer, and nothing but that is lost while it waits for a person. The end of a story
# (quiet, no words) is not among them: it opens the case that staff have to see.
TO_CUSTOMERS: Final = (
    TimerKind.ASK,
    TimerKind.ARRIVAL,
    TimerKind.DELAY,
    TimerKind.SILENCE,
    TimerKind.CHECK,
    TimerKind.CHECK_7D,
    TimerKind.NPS,
    TimerKind.REVIEW,
    TimerKind.VOUCHER,
    TimerKind.REFUND_ARRIVED,
)
_STAFF: Final = select(people.c.tg_id)

_LETTERS: Final = Hot(
    update(outbox)
    .where(
        outbox.c.state.in_(["due", "sending"]),
        outbox.c.method.like("send%"),
        outbox.c.chat_id > 0,
        outbox.c.chat_id.not_in(_STAFF),
        outbox.c.not_before <= bindparam("now"),
    )
    .values(state="parked", lease_until=None, error=WHY)
    .returning(outbox.c.lane),
    sets=("done_at",),
)
_QUESTIONS: Final = Hot(
    update(timers)
    .where(
        timers.c.state == "pending",
        timers.c.kind.in_([kind.value for kind in TO_CUSTOMERS]),
        timers.c.due_at >= bindparam("made_at"),
        timers.c.due_at <= bindparam("now"),
    )
    .values(state="parked", error=WHY)
    .returning(timers.c.key)
)
_NUMBERS: Final = Hot(update(sequences).values(value=sequences.c.value + NUMBERS_SKIPPED))


class SetAside(NamedTuple):
    """How many letters and questions wait for a person."""

    letters: int
    questions: int


def settle(conn: Connection, made_at: datetime, now: datetime) -> SetAside:
    """Prepare a database of `made_at` for going on at `now` (both UTC)."""
    moment = to_ms(now)
    letters = _LETTERS.rows(conn, now=moment, done_at=moment)
    lanes.left(conn, [row.lane for row in letters])
    questions = _QUESTIONS.rows(conn, made_at=to_ms(made_at), now=moment)
    _NUMBERS.run(conn)
    settings.put(conn, RESTORED, made_at.isoformat())
    return SetAside(len(letters), len(questions))
