"""Promises: who answers and by when, and the timers that stand behind each. What staff do is in staff.py."""

from datetime import datetime, timedelta

from flows.draft import Draft, card_link
from flows.events import StaffAction, TimerFired, TimerKind
from flows.people import Person
from flows.presses import Button, CasePress, Rows, WishPress

_OF_A_PROMISE = (TimerKind.WAITING, TimerKind.LATE)


def working_deadline(draft: Draft, within: timedelta) -> datetime:
    """The moment (UTC) by which `within` of the branch's working time has passed."""
    branch = draft.facts.content.business.branch(draft.case.branch_id)
    return branch.hours.add_working(draft.moment, within)


def make_promise(draft: Draft, within: timedelta) -> None:
    """Somebody answers within that much working time; both notices before the deadline are set."""
    due = working_deadline(draft, within)
    draft.change_case(promise=draft.case.promise + 1, reply_by=due, promised=False)
    _set_notices(draft)


def _set_notices(draft: Draft) -> None:
    case, timing = draft.case, draft.timing
    if case.reply_by is None:
        return
    late = max(case.reply_by - timing.late_notice, draft.moment)
    waiting = case.reply_by - timing.waiting_notice
    draft.set_case_timer(TimerKind.LATE, late, case.promise)
    if waiting > draft.moment:
        draft.set_case_timer(TimerKind.WAITING, waiting, case.promise)


def stand_behind_promise(draft: Draft) -> None:
    """Before a text names a time: there is a promise in force, and time enough to keep it."""
    case = draft.case
    within = draft.timing.reply_within
    if case.reply_by is None or case.reply_by - draft.moment < within / 2:
        make_promise(draft, within)
    draft.change_case(promised=True)


def keep_promise(draft: Draft) -> None:
    """The customer was answered: nothing is awaited; somebody still has to say that it is resolved."""
    draft.cancel_case_timers(
        *_OF_A_PROMISE, TimerKind.TAKEN, TimerKind.ALERT, TimerKind.HEALTH_LATE
    )
    draft.change_case(reply_by=None, promised=False)
    draft.set_case_timer(TimerKind.STILL_OPEN, draft.moment + draft.timing.still_open_after)


def end_promises(draft: Draft) -> None:
    """The case is closed: no timer of it has to say anything any more."""
    draft.cancel_case_timers(
        *_OF_A_PROMISE,
        TimerKind.TAKEN,
        TimerKind.STILL_OPEN,
        TimerKind.ALERT,
        TimerKind.HEALTH_LATE,
    )
    draft.change_case(reply_by=None, promised=False)


def say_promise(draft: Draft, wishes: tuple[str, ...]) -> None:
    """Tell the customer who answers and by when; optionally ask what would help."""
    case = draft.case
    stand_behind_promise(draft)
    open_now = draft.facts.content.business.branch(case.branch_id).hours.is_open(draft.moment)
    rows = wish_rows(draft, wishes) if wishes and not case.wish else ()
    wish_line = draft.book.texts.render("ack.wish_line", draft.words()) if rows else ""
    if not open_now:
        urgent = Button("urgent", WishPress(case.id, "urgent"))
        draft.say("ack.closed_hours", ((urgent,), *rows), wish_line=wish_line)
    else:
        text = "ack.open" if case.owner_id else "ack.unassigned"
        draft.say(text, rows, wish_line=wish_line)
    draft.mark()


def wish_rows(draft: Draft, wishes: tuple[str, ...]) -> Rows:
    """Wish buttons, some in the words of the trade: the first two side by side, the others below."""
    words = draft.facts.content.catalogue.words
    buttons = [
        Button(wish, WishPress(draft.case.id, wish.removeprefix("wish.")), words) for wish in wishes
    ]
    return tuple(row for row in (tuple(buttons[:2]), tuple(buttons[2:])) if row)


# ---- deadlines --------------------------------------------------------------------------------


def promise_near(draft: Draft, timer: TimerFired) -> None:
    """A quarter of an hour before the deadline: a line on the card, a private word to who answers."""
    case = draft.case
    if not case.is_open or timer.wait != case.promise or case.reply_by is None:
        return
    draft.mark()
    for person in who_answers(draft):
        draft.tell(person, "staff.remind", ((Button("open_card", card_link(draft)),),))


def promise_breaking(draft: Draft, timer: TimerFired) -> None:
    """Just before the deadline: the manager takes over, and a customer who was told a time is told the truth."""
    case = draft.case
    if not case.is_open or timer.wait != case.promise or case.reply_by is None:
        return
    if answer_is_leaving(draft):
        draft.set_case_timer(TimerKind.LATE, draft.moment + timedelta(minutes=1), case.promise)
        return
    was_told, late_since = case.promised, case.reply_by
    senior = next_responsible(draft)
    draft.change_case(broken=case.broken + 1, owner_id=senior.id if senior else case.owner_id)
    make_promise(draft, draft.timing.manager_reply_within * draft.case.broken)
    if was_told:
        draft.say("progress.late", reply_by=late_since)
        draft.change_case(promised=True)
    draft.tell(
        senior,
        "staff.escalate",
        ((Button("open_card", card_link(draft)),),),
        late_since=late_since,
    )
    draft.record("promise_broken", told=was_told, promise=case.promise)
    draft.mark()


def taken_and_silent(draft: Draft) -> None:
    """Two minutes after "I take it" without an answer: the customer learns who answers."""
    case = draft.case
    if case.is_open and case.owner_id and case.promised and not answer_is_leaving(draft):
        draft.say("ack.taken")


def still_open(draft: Draft) -> None:
    """Answered and never resolved: remind who answered, and again as long as it stays so."""
    case = draft.case
    if not case.is_open:
        return
    if case.reply_by is None:
        text = "staff.health_morning" if case.for_manager else "staff.still_open"
        resolve = Button("resolve", CasePress(case.id, StaffAction.RESOLVE))
        for person in who_answers(draft):
            draft.tell(person, text, ((resolve,), (Button("open_card", card_link(draft)),)))
    draft.set_case_timer(TimerKind.STILL_OPEN, draft.moment + draft.timing.still_open_after)


def who_answers(draft: Draft) -> tuple[Person, ...]:
    """The owner of the case; without one whoever is on shift; else the next responsible person."""
    owner = draft.facts.person_by_id(draft.case.owner_id)
    if owner and owner.active and owner.reachable:
        return (owner,)
    senior = next_responsible(draft)
    return draft.facts.on_shift() or ((senior,) if senior else ())


def next_responsible(draft: Draft) -> Person | None:
    """Who answers when a promise breaks: above the owner of the case; from the manager upwards."""
    owner = draft.facts.person_by_id(draft.case.owner_id)
    rank = draft.facts.content.catalogue.rank(owner.role) if owner else 0
    return draft.facts.senior_to(max(rank, 0)) or owner or draft.facts.senior_to(0)


def answer_is_leaving(draft: Draft) -> bool:
    """A reply or a gift is held and leaves within seconds."""
    held_gift = any(g.state == "held" and g.case_id == draft.case.id for g in draft.facts.gifts)
    return bool(draft.case.held) or held_gift
