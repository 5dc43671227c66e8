"""Promises: who answers and by when, and the timers that stand behind each. What staff do is in staff.py."""

from datetime import datetime, timedelta

from flows.draft import Draft, open_card
from flows.events import StaffAction, TimerFired, TimerKind
from flows.people import Gift, GiftState, Person
from flows.presses import Button, CasePress, Rows, WishPress
from flows.working_time import answer_by, hours_of_answering, next_morning, notice_at

_LEAVES_WITHIN = timedelta(minutes=1)  # a held letter is looked at again so much later


def make_promise(draft: Draft, within: timedelta) -> None:
    """Somebody answers within that much working time; both notices before the deadline are set.

    An emergency is promised nothing: it has alerts instead.
    """
    if not draft.case.emergency:
        promise_until(draft, answer_by(draft, within))


def promise_until(draft: Draft, due: datetime) -> None:
    """The same by a moment (UTC) that has been named."""
    case, timing = draft.case, draft.timing
    draft.change_case(promise=case.promise + 1, reply_by=due, promised=False, close_warned=False)
    late = notice_at(draft, max(due - timing.late_notice, draft.moment), due)
    draft.set_case_timer(TimerKind.LATE, late, draft.case.promise)
    if due - timing.waiting_notice > draft.moment:
        near = notice_at(draft, due - timing.waiting_notice, late)
        draft.set_case_timer(TimerKind.WAITING, near, draft.case.promise)


def promise_next(draft: Draft, due: datetime | None) -> None:
    """The customer has just read that somebody writes again by then, if a time was named; an emergency has alerts."""
    if due is not None and not draft.case.emergency:
        promise_until(draft, due)
        draft.change_case(promised=True)


def stand_behind_promise(draft: Draft) -> None:
    """Before a text names a time: there is a promise, and what was told before stays as it was told."""
    case, within = draft.case, draft.timing.reply_within
    if case.emergency:
        return
    too_near = case.reply_by is not None and case.reply_by - draft.moment < within / 2
    if case.reply_by is None or (too_near and not case.promised):
        make_promise(draft, within)
    draft.change_case(promised=True)


def keep_promise(draft: Draft) -> None:
    """The customer was answered: nothing is awaited; somebody still has to say that it is resolved."""
    _no_answer_awaited(draft)
    remind_to_resolve(draft)


def end_promises(draft: Draft) -> None:
    """The case is closed: no timer of it has to say anything any more."""
    _no_answer_awaited(draft)
    draft.cancel_case_timers(TimerKind.STILL_OPEN)


def _no_answer_awaited(draft: Draft) -> None:
    draft.cancel_case_timers(
        TimerKind.WAITING,
        TimerKind.LATE,
        TimerKind.TAKEN,
        TimerKind.ALERT,
        TimerKind.HEALTH_LATE,
    )
    draft.change_case(reply_by=None, promised=False)


def remind_to_resolve(draft: Draft) -> None:
    """Whoever answers is reminded of an open case: after a while, of an emergency every morning."""
    due = draft.moment + draft.timing.still_open_after
    if draft.case.emergency:
        due = next_morning(draft)
    draft.set_case_timer(TimerKind.STILL_OPEN, due)


def say_promise(draft: Draft, wishes: tuple[str, ...]) -> None:
    """Tell the customer who answers and by when; optionally ask what would help."""
    case = draft.case
    stand_behind_promise(draft)
    rows = _wish_rows(draft, wishes) if wishes and not case.wish else ()
    wish_line = draft.texts_with("ack.wish_line").render("ack.wish_line") if rows else ""
    if not hours_of_answering(draft).is_open(draft.moment):
        urgent = Button("urgent", WishPress(case.id, "urgent"))
        draft.say("ack.closed_hours", ((urgent,), *rows), wish_line=wish_line)
    else:
        text = "ack.open" if owner_of(draft) is not None else "ack.unassigned"
        draft.say(text, rows, wish_line=wish_line)
    draft.mark()


def _wish_rows(draft: Draft, wishes: tuple[str, ...]) -> Rows:
    """Wish buttons, some in the words of the trade: the first two side by side, the others below."""
    words = draft.spoken.catalogue.words
    buttons = [
        Button(wish, WishPress(draft.case.id, wish.removeprefix("wish.")), words) for wish in wishes
    ]
    return tuple(row for row in (tuple(buttons[:2]), tuple(buttons[2:])) if row)


# ---- deadlines --------------------------------------------------------------------------------


def promise_near(draft: Draft, timer: TimerFired) -> None:
    """A quarter of an hour before the deadline: a line on the card, a private word to who answers."""
    if not _in_force(draft, timer):
        return
    draft.mark()
    for person in who_answers(draft):
        draft.tell(person, "staff.remind", reminder_rows(draft))


def reminder_rows(draft: Draft) -> Rows:
    """Under a reminder: to the card, an honest word that nothing is known yet, or to somebody else."""
    case = draft.case
    other = Button("to_other", CasePress(case.id, StaffAction.TO_OTHER))
    nothing_new = Button("nothing_new", CasePress(case.id, StaffAction.NOTHING_NEW))
    may_wait = case.no_news < draft.facts.content.business.nothing_new_most
    return (*open_card(draft), (nothing_new, other) if may_wait else (other,))


def promise_breaking(draft: Draft, timer: TimerFired) -> None:
    """Just before the deadline: the manager takes over, and a customer who was told a time is told the truth."""
    case = draft.case
    if not _in_force(draft, timer):
        return
    if letter_leaving(draft):
        draft.set_case_timer(TimerKind.LATE, draft.moment + _LEAVES_WITHIN, case.promise)
        return
    senior = next_responsible(draft)
    if senior is not None and senior.id != case.owner_id:
        draft.change_case(owner_id=senior.id, taken_at=None)
    draft.change_case(broken=case.broken + 1)
    draft.cancel_case_timers(TimerKind.TAKEN)
    make_promise(draft, draft.timing.manager_reply_within * draft.case.broken)
    if case.promised:
        draft.say("progress.late", reply_by=case.reply_by)
        draft.change_case(promised=True)
    text = "staff.escalate" if case.promised else "staff.escalate.untold"
    for person in who_answers(draft):
        draft.tell(person, text, open_card(draft), late_since=case.reply_by)
    draft.record("promise_broken", told=case.promised, promise=case.promise)
    draft.mark()


def _in_force(draft: Draft, timer: TimerFired) -> bool:
    case = draft.case
    return case.is_open and timer.wait == case.promise and case.reply_by is not None


def taken_and_silent(draft: Draft, timer: TimerFired) -> None:
    """Two minutes after "I take it" without an answer: the customer learns who answers."""
    told = _in_force(draft, timer) and draft.case.promised and not draft.case.silent
    if told and owner_of(draft) is not None and not letter_leaving(draft):
        draft.say("ack.taken")


def still_open(draft: Draft) -> None:
    """Answered and never resolved: remind who answered, and again as long as it stays so."""
    case = draft.case
    if not case.is_open:
        return
    if not case.awaits_answer:
        text = "staff.health_morning" if case.emergency else "staff.still_open"
        resolve = Button("resolve", CasePress(case.id, StaffAction.RESOLVE))
        for person in who_answers(draft):
            draft.tell(person, text, ((resolve,), *open_card(draft)))
    remind_to_resolve(draft)


# ---- who --------------------------------------------------------------------------------------


def owner_of(draft: Draft) -> Person | None:
    """Who has the case, as long as they are there."""
    owner = draft.facts.person_by_id(draft.case.owner_id)
    return owner if owner is not None and owner.active else None


def who_answers(draft: Draft) -> tuple[Person, ...]:
    """The owner of the case; without one whoever is on shift, or is responsible next, or can be reached at all."""
    owner = owner_of(draft)
    if owner is not None and owner.reachable and not draft.is_about(owner):
        return (owner,)
    senior = draft.impartial.senior_to(0)
    return draft.impartial.on_shift() or ((senior,) if senior else draft.impartial.reachable())


def manager_of(draft: Draft) -> Person | None:
    """Whoever above the lowest role has the case and can be reached, or else is there for it."""
    owner, rank = owner_of(draft), draft.facts.content.catalogue.rank
    there = owner is not None and owner.reachable and not draft.is_about(owner)
    if owner is not None and there and rank(owner.role) > 0:
        return owner
    return draft.impartial.senior_to(0)


def next_responsible(draft: Draft) -> Person | None:
    """Who answers when a promise breaks: above the owner of the case; from the manager upwards."""
    owner = owner_of(draft)
    rank = draft.facts.content.catalogue.rank(owner.role) if owner else 0
    return draft.impartial.senior_to(max(rank, 0)) or owner or draft.impartial.senior_to(0)


def letter_leaving(draft: Draft) -> bool:
    """A reply or a gift is held and leaves within seconds; a reply that waits for its author's word may not."""
    return any(not held.waits for held in draft.case.held) or held_gift(draft) is not None


def held_gift(draft: Draft) -> Gift | None:
    """The gift of this case whose letter still may be taken back."""
    mine = (gift for gift in draft.facts.gifts if gift.case_id == draft.case.id)
    return next((gift for gift in mine if gift.state is GiftState.HELD), None)
