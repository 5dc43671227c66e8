"""The question after a visit: by a link, or by itself when the delay has passed. Those after a case: follow_up.py."""

from dataclasses import replace

from flows import consent, steps
from flows.complaints import visit_found
from flows.draft import Draft
from flows.effects import SaveVisit, SetTimer
from flows.events import CustomerOpenedBranchLink, TimerFired, TimerKind
from flows.flow import Trigger
from flows.occasions import ask_during_stay, delay, plan_arrival
from flows.people import TRIAL, Customer, Visit
from flows.promises import stand_behind_promise
from flows.question_hours import question_time

_PROMISED = 1  # the wait of a question that the customer was told of

# ---- links ------------------------------------------------------------------------------------


def opened_visit_link(draft: Draft) -> None:
    """The one-time link of a visit: whoever opens it first is its customer."""
    visit = draft.facts.linked_visit
    if visit is None:
        draft.say("ask.link_unknown")
    elif visit.customer_id not in (None, draft.care.customer.id):
        if draft.facts.person(draft.care.customer.tg_id) is None:
            draft.change_customer(claimed_of=visit.customer_id)
        draft.say("ask.link_used")
    else:
        _tell_of_visit(draft, replace(visit, customer_id=draft.care.customer.id))


def opened_branch_link(draft: Draft, event: CustomerOpenedBranchLink) -> None:
    """The permanent link: one visit a day and customer, however often it is opened."""
    known = {branch.id: branch for branch in draft.facts.content.business.branches}
    branch = known.get(event.branch_id)
    if branch is None:
        draft.say("start.plain")
        return
    visit = draft.facts.linked_visit or Visit(
        id=draft.facts.ids.visit(),
        ext_id=branch_visit_id(draft, branch.id),
        source="link",
        branch_id=branch.id,
        ended_at=draft.moment,
        customer_id=draft.care.customer.id,
    )
    _tell_of_visit(draft, visit)


def branch_visit_id(draft: Draft, branch_id: str) -> str:
    """The external id of today's visit by the permanent link of a branch."""
    zone = draft.facts.content.business.branch(branch_id).zone
    day = draft.moment.astimezone(zone).date()
    return f"link:{branch_id}:{draft.care.customer.id}:{day.isoformat()}"


def _tell_of_visit(draft: Draft, visit: Visit) -> None:
    """The customer has come by a link: ask now, or when the visit is over; never beside an open case."""
    if draft.open_case is not None:
        if draft.case.visit_id is None:
            visit_found(draft, visit)
        else:
            draft.do(SaveVisit(visit))
        say_status(draft)
    elif visit.ended_at > draft.moment:
        _told_early(draft, visit)
    elif visit.asked_at is None:
        ask(draft, visit)
    else:
        _asked_before(draft, visit)


def _told_early(draft: Draft, visit: Visit) -> None:
    """The visit is not over: ask when it is; during one that lasts there is a question for right now."""
    draft.do(SaveVisit(visit), ask_timer(draft, visit, _PROMISED))
    here = visit.arrived_at is not None and visit.arrived_at <= draft.moment
    if here and visit.stay_asked_at is None and ask_during_stay(draft, visit):
        return
    plan_arrival(draft, visit)
    draft.say("start.early")


def _asked_before(draft: Draft, visit: Visit) -> None:
    """The question of this visit was put: an unanswered one is put again, an answer has been heard."""
    talk = draft.care.conversation
    if talk is not None and talk.visit_id != visit.id:
        draft.say("start.plain")
    elif talk is None or talk.answers:
        draft.say("ask.already_answered")
    else:
        steps.ask_again(draft)


# ---- after a visit ----------------------------------------------------------------------------


def ask_timer(draft: Draft, visit: Visit, wait: int = 0) -> SetTimer:
    """The question after a visit: the flow's delay after its end, when a question is welcome."""
    usual = draft.timing.ask_delay
    after = delay(draft, Trigger.VISIT, visit, usual) or usual
    return SetTimer(
        f"{TimerKind.ASK}:{visit.id}",
        TimerKind.ASK,
        question_time(draft, max(visit.ended_at + after, draft.moment), visit),
        wait,
        customer_id=visit.customer_id,
        visit_id=visit.id,
    )


def ask(draft: Draft, visit: Visit, *, of_own_accord: bool = False) -> None:
    """Put the question of a visit; `of_own_accord`: nobody opened a link to be asked."""
    visit = replace(visit, asked_at=draft.moment)
    draft.do(SaveVisit(visit))
    draft.care = replace(draft.care, visit=visit, case=None)
    steps.begin_for(draft, Trigger.VISIT)
    more = draft.care.customer.asked_unasked + of_own_accord
    draft.change_customer(asked_at=draft.moment, asked_unasked=more)
    draft.record("asked", visit_id=visit.id)


def ask_falls_due(draft: Draft, timer: TimerFired) -> None:
    """The delay after a visit has passed: ask, unless the customer should be left in peace.

    Who came by the link of the visit was told that they will be asked, and is.
    """
    visit, customer = draft.facts.linked_visit, draft.care.customer
    if visit is None or visit.asked_at is not None or draft.facts.open_case is not None:
        return
    if customer.blocked_at is not None:
        return
    promised = timer.wait == _PROMISED
    if not promised and not _may_be_asked(draft, visit):
        return
    if draft.moment - visit.ended_at > draft.timing.visit_is_recent:
        return
    if question_time(draft, draft.moment, visit) != draft.moment:
        draft.do(ask_timer(draft, visit, timer.wait))
    else:
        ask(draft, visit, of_own_accord=not promised)


def _may_be_asked(draft: Draft, visit: Visit) -> bool:
    """A customer who agrees to it, has not said "do not ask" and was not asked of late; nobody of the staff."""
    customer, pause = draft.care.customer, draft.timing.one_question_in
    lately = customer.asked_at is not None and draft.moment - customer.asked_at < pause
    if is_no_customer(draft, customer, visit):
        return False
    return customer.questions and not lately and consent.may_ask_again(draft)


def is_no_customer(draft: Draft, customer: Customer, visit: Visit) -> bool:
    """A visit of somebody of the staff, or one the owner plays."""
    return visit.source == TRIAL or draft.facts.person(customer.tg_id) is not None


def found_by_phone(draft: Draft) -> None:
    """The customer's own number is known now: recent visits that bear it are theirs, the newest is asked about."""
    customer = draft.care.customer
    newest = None
    for visit in draft.facts.past_visits:
        recent = draft.moment - visit.ended_at < draft.timing.visit_is_recent
        if recent and visit.customer_id is None and visit.phone == customer.phone:
            mine = replace(visit, customer_id=customer.id)
            draft.do(SaveVisit(mine))
            newest = newest or mine
    if newest is not None and newest.asked_at is None and draft.open_case is None:
        draft.do(ask_timer(draft, newest))


# ---- the state of things ----------------------------------------------------------------------


def say_status(draft: Draft) -> None:
    """What becomes of the customer's message: who answers and by when, or that nothing is open."""
    case = draft.open_case
    if case is None:
        draft.say("status.none")
    elif case.reply_by is not None:
        stand_behind_promise(draft)
        draft.say("status.open")
    else:
        draft.say("status.alerted" if case.awaits_answer else "status.answered")
