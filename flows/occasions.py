"""What the bot asks by itself beside visits and checks: during a stay, would they recommend us, a public review."""

from dataclasses import replace
from datetime import datetime, timedelta

from flows import steps
from flows.case import Care
from flows.conditions import flow_for
from flows.consent import wants_to_hear
from flows.draft import Draft
from flows.effects import SaveVisit, SetTimer
from flows.events import TimerFired, TimerKind
from flows.flow import Trigger
from flows.invitation import is_bad_time, may_be_invited
from flows.people import Visit
from flows.question_hours import question_time

USUAL_AFTER = {  # of flows that do not say `after`: from arriving, answering, the end of the visit
    Trigger.ARRIVAL: timedelta(hours=4),
    Trigger.NPS: timedelta(days=14),
    Trigger.REVIEW: timedelta(days=3),
}
_POSTPONED = timedelta(days=1)
_POSTPONED_MOST = timedelta(
    days=30
)  # after the visit; an invitation that comes later is about nothing


def delay(
    draft: Draft, trigger: Trigger, visit: Visit | None, usual: timedelta
) -> timedelta | None:
    """How long to wait before a flow of that trigger; None when the customer gets none."""
    customer = draft.facts.known_customer or draft.care.customer
    flow = flow_for(Draft(Care(customer, visit=visit), draft.facts, draft.moment), trigger)
    return None if flow is None else flow.after or usual


# ---- during a visit that lasts ----------------------------------------------------------------


def plan_arrival(draft: Draft, visit: Visit) -> None:
    """Ask while it can still be put right, unless the visit is over by then."""
    after = delay(draft, Trigger.ARRIVAL, visit, USUAL_AFTER[Trigger.ARRIVAL])
    if visit.arrived_at is None or visit.stay_asked_at is not None or after is None:
        return
    due = question_time(draft, max(visit.arrived_at + after, draft.moment), visit)
    if due < visit.ended_at:
        draft.do(_timer(TimerKind.ARRIVAL, due, visit))


def arrival_falls_due(draft: Draft, timer: TimerFired) -> None:
    """The customer has been here for a while: ask, unless something is being dealt with already."""
    visit, customer = draft.facts.linked_visit, draft.care.customer
    if visit is None or visit.stay_asked_at is not None or draft.moment >= visit.ended_at:
        return
    if draft.facts.open_case is not None or customer.blocked_at or not customer.questions:
        return
    due = question_time(draft, draft.moment, visit)
    if due == draft.moment:
        ask_during_stay(draft, visit)
    elif due < visit.ended_at:
        draft.do(_timer(TimerKind.ARRIVAL, due, visit))


def ask_during_stay(draft: Draft, visit: Visit) -> bool:
    """Put the question of a visit that goes on; False when this customer gets none."""
    before = draft.care
    draft.care = replace(before, visit=replace(visit, stay_asked_at=draft.moment), case=None)
    if not steps.begin_for(draft, Trigger.ARRIVAL):
        draft.care = before
        return False
    draft.do(SaveVisit(replace(visit, stay_asked_at=draft.moment)))
    draft.record("stay_asked", visit_id=visit.id)
    return True


# ---- after an answer --------------------------------------------------------------------------


def visit_answered(draft: Draft) -> None:
    """A visit was rated, well or badly: everybody who answered is invited alike, and asked alike.

    Whether they agree to it is asked when the time comes: they may say so in between.
    """
    visit = draft.care.visit
    if visit is None:
        return
    review = delay(draft, Trigger.REVIEW, visit, USUAL_AFTER[Trigger.REVIEW])
    if review is not None:
        due = question_time(draft, max(visit.ended_at + review, draft.moment), visit)
        draft.do(_timer(TimerKind.REVIEW, due, visit))
    nps = delay(draft, Trigger.NPS, visit, USUAL_AFTER[Trigger.NPS])
    if nps is not None:
        draft.do(_timer(TimerKind.NPS, question_time(draft, draft.moment + nps), visit))


def review_falls_due(draft: Draft, timer: TimerFired) -> None:
    """Invite; beside an open case or a gift the invitation waits a day, and another."""
    visit = draft.facts.linked_visit
    if visit is None or draft.facts.hushed or not may_be_invited(draft):
        return
    due = draft.moment + _POSTPONED if is_bad_time(draft) else draft.moment
    due = question_time(draft, due)
    if due == draft.moment:
        draft.care = replace(draft.care, visit=visit, case=None)
        steps.begin_for(draft, Trigger.REVIEW)
    elif due - visit.ended_at < _POSTPONED_MOST:
        draft.do(_timer(TimerKind.REVIEW, due, visit))


def nps_falls_due(draft: Draft, timer: TimerFired) -> None:
    """Ask whether they recommend us; not right after another question, and not while something is open."""
    visit, customer = draft.facts.linked_visit, draft.care.customer
    if visit is None or not _may_be_asked_nps(draft) or draft.facts.open_case is not None:
        return
    if draft.facts.hushed:
        return
    asked, pause = customer.asked_at, draft.timing.one_question_in
    due = question_time(draft, max(draft.moment, asked + pause if asked else draft.moment))
    if due != draft.moment:
        draft.do(_timer(TimerKind.NPS, due, visit))
        return
    draft.care = replace(draft.care, visit=visit, case=None)
    if steps.begin_for(draft, Trigger.NPS):
        draft.change_customer(nps_at=draft.moment, asked_at=draft.moment)
        draft.record("nps_asked")


def _may_be_asked_nps(draft: Draft) -> bool:
    customer, every = draft.care.customer, draft.timing.nps_every
    lately = customer.nps_at is not None and draft.moment - customer.nps_at < every
    return wants_to_hear(draft) and customer.blocked_at is None and not lately


def _timer(kind: TimerKind, due: datetime, visit: Visit) -> SetTimer:
    return SetTimer(
        f"{kind}:{visit.id}", kind, due, customer_id=visit.customer_id, visit_id=visit.id
    )
