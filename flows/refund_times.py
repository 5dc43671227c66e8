"""When money goes back: the promised day, the law's day, and the timers behind both. What they lead to: refunds.py.

Days are the branch's; moments are UTC. A promise for a day holds until the day is over.
"""

from datetime import UTC, datetime, time, timedelta

from flows.book import OfferKind
from flows.draft import Draft
from flows.effects import CancelTimer, SetTimer
from flows.events import TimerKind
from flows.people import Gift, GiftState, Person

_LAST = time(23, 59)  # of the promised day
_MORNING = time(10)  # of a day on which the branch is closed
_LATE = time(
    18
)  # the hour at which a promise for today is taken to be broken, so that it is said in time
_NO_LATER = time(16)  # afterwards nothing is promised for today
_SOON = timedelta(hours=1)
REMINDED, LAST_DAY = 1, 2  # what a timer of the law is set for
ARRIVED, NOT_YET = "arrived", "not_arrived"  # what the customer says of it


def promised_day(draft: Draft, days: int) -> datetime:
    """The end of the day that comes so many days from now."""
    return _at(draft, draft.moment + timedelta(days=days), _LAST)


def _at(draft: Draft, day: datetime, clock: time) -> datetime:
    zone = draft.branch.zone
    return datetime.combine(day.astimezone(zone).date(), clock, zone).astimezone(UTC)


def _opening(draft: Draft, day: datetime) -> datetime:
    """When work begins on that day, or in the morning of a day off; staff who work at night are left to it."""
    midnight = _at(draft, day, time())
    opening = draft.branch.hours.next_opening(midnight)
    same = opening is not None and opening < midnight + timedelta(days=1)
    return draft.polite_to_staff(opening if opening and same else _at(draft, day, _MORNING))


def days_to_choose(draft: Draft, person: Person) -> list[datetime]:
    """The ends of the days that this person may promise now: nothing past the law's day below the manager."""
    rules, senior = draft.facts.content.catalogue.rules, _is_senior(draft, person)
    early = draft.moment < _at(draft, draft.moment, _NO_LATER)
    last = _at(draft, legal_until(draft) or draft.moment + _legal(draft), _LAST)
    ends = (promised_day(draft, days) for days in rules.refund_days if days or early)
    return [end for end in ends if senior or end <= last]


def date_of(draft: Draft, at: datetime) -> str:
    """`2026-11-23`: the day at the branch, as a talk keeps it from one step to the next."""
    return at.astimezone(draft.branch.zone).date().isoformat()


def _is_senior(draft: Draft, person: Person) -> bool:
    return draft.facts.content.catalogue.rank(person.role) > 0


def _legal(draft: Draft) -> timedelta:
    return timedelta(days=draft.facts.content.catalogue.rules.refund_legal_days)


def legal_until(draft: Draft) -> datetime | None:
    """By when a demand for money is to be decided; None when there is none."""
    asked = draft.case.refund_asked_at
    return asked + _legal(draft) if asked is not None else None


def money_asked(draft: Draft) -> None:
    """The customer wants the money back: the law counts from the first time."""
    if draft.case.refund_asked_at is None:
        draft.change_case(refund_asked_at=draft.moment)
        draft.set_case_timer(TimerKind.LEGAL, _reminder(draft, draft.moment), REMINDED)


def _reminder(draft: Draft, asked: datetime) -> datetime:
    before = timedelta(days=draft.facts.content.catalogue.rules.refund_remind_days)
    return _opening(draft, max(asked + _legal(draft) - before, asked + timedelta(days=1)))


def count_again(draft: Draft) -> None:
    """The case is open again, and nobody has decided on the money: the law has counted on meanwhile."""
    asked, until = draft.case.refund_asked_at, legal_until(draft)
    if asked is None or until is None or refund_of(draft) is not None:
        return
    due = _reminder(draft, asked)
    if due <= draft.moment and not _is_over(draft, until):
        remind_on_the_last_day(draft)
    else:
        soon = draft.polite_to_staff(draft.moment + _SOON)
        draft.set_case_timer(TimerKind.LEGAL, max(due, soon), REMINDED)


def _is_over(draft: Draft, day: datetime) -> bool:
    return draft.moment > _at(draft, day, _LAST)


def remind_on_the_last_day(draft: Draft) -> None:
    """Once more, in the morning of the last day, unless it has gone by."""
    until = legal_until(draft)
    if until is not None and not _is_over(draft, until):
        morning = _opening(draft, until)
        due = draft.polite_to_staff(max(morning, draft.moment))
        draft.set_case_timer(TimerKind.LEGAL, due, LAST_DAY)


# ---- behind the promise -----------------------------------------------------------------------


def timers_of(draft: Draft, gift: Gift) -> tuple[SetTimer, ...]:
    """Whoever answers is asked on the promised day; later that day the promise counts as broken."""
    if gift.kind is not OfferKind.REFUND or gift.valid_until is None:
        return ()
    late = _at(draft, gift.valid_until, _LATE)
    asked = max(_opening(draft, gift.valid_until), draft.moment + _SOON)
    return (
        _timer(TimerKind.REFUND, min(asked, late - _SOON), gift),
        _timer(TimerKind.REFUND_LATE, late, gift),
    )


def no_timers(gift: Gift) -> tuple[CancelTimer, ...]:
    """The money is on its way: nobody has to be asked, or excused."""
    kinds = (TimerKind.REFUND, TimerKind.REFUND_LATE)
    return tuple(CancelTimer(f"{kind}:{gift.id}") for kind in kinds)


def arrival_timer(draft: Draft, gift: Gift) -> SetTimer:
    """The bank has had its days: has the money come?"""
    days = timedelta(days=draft.facts.content.catalogue.rules.bank_days)
    return _timer(TimerKind.REFUND_ARRIVED, draft.polite(draft.moment + days), gift)


def _timer(kind: TimerKind, due: datetime, gift: Gift) -> SetTimer:
    key = f"{kind}:{gift.id}"
    return SetTimer(key, kind, due, gift.id, customer_id=gift.customer_id, case_id=gift.case_id)


def refund_of(draft: Draft) -> Gift | None:
    """The money that goes back, or went, in the case in hand; whatever opening it was decided in."""
    mine = (g for g in draft.facts.gifts if g.case_id == draft.case.id)
    return next((g for g in mine if g.kind is OfferKind.REFUND and g.stands), None)


def is_owed(gift: Gift | None) -> bool:
    """It was promised, and nobody has said that it was sent."""
    return gift is not None and gift.state is GiftState.GIVEN
