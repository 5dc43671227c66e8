"""How a moment is shown, slot by slot."""

from collections.abc import Callable
from datetime import datetime

from flows.situation import Situation


def _clock(w: Situation, at: datetime) -> str:
    return w.phrases.clock(at)


def clock_of(w: Situation, at: datetime | None) -> str:
    """`20:05`; "" without a moment."""
    return "" if at is None else w.phrases.clock(at)


def until(w: Situation, at: datetime) -> str:
    """`до 20:10`."""
    return w.phrases.reply_by(at, w.moment)


def date_of(w: Situation, at: datetime) -> str:
    """`20 ноября`."""
    return w.phrases.day(w.phrases.today(at), w.moment)


SHOWN: dict[str, Callable[[Situation, datetime], str]] = {
    "reply_by": until,
    "next_update_by": until,
    "promise_when": until,
    "late_since": _clock,
    "seen_at": _clock,
    "taken_at": _clock,
    "given_at": _clock,
    "handed_at": _clock,
    "closed_at": _clock,
    "failed_at": _clock,
    "alerted_at": _clock,
    "wrote_at": _clock,
    "check_at": date_of,
    "refund_asked_on": date_of,
    "legal_until": date_of,
    "erased_code_until": date_of,
    "reopened_at": lambda w, at: w.phrases.moment(at, w.moment),
}
