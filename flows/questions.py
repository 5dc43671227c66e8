"""The questions the bot asks by itself: after a visit (by link or when the delay has passed), and the check."""

from dataclasses import replace
from datetime import timedelta

from flows import steps
from flows.book import Trigger
from flows.complaints import open_case
from flows.draft import Draft
from flows.effects import SaveVisit, SetTimer
from flows.events import CustomerOpenedBranchLink, TimerFired, TimerKind
from flows.facts import Facts
from flows.people import Visit
from flows.promises import say_promise, stand_behind_promise

VISIT_IS_RECENT = timedelta(days=14)  # an older visit is neither asked about nor taken as known


# ---- links ------------------------------------------------------------------------------------


def opened_visit_link(draft: Draft) -> None:
    """The one-time link of a visit: whoever opens it first is its customer."""
    visit = draft.facts.linked_visit
    if visit is None:
        draft.say("ask.link_unknown")
    elif visit.customer_id not in (None, draft.care.customer.id):
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
        ext_id=branch_visit_id(draft.facts, draft, branch.id),
        source="link",
        branch_id=branch.id,
        ended_at=draft.moment,
        customer_id=draft.care.customer.id,
    )
    _tell_of_visit(draft, visit)


def branch_visit_id(facts: Facts, draft: Draft, branch_id: str) -> str:
    """The external id of today's visit by the permanent link of a branch."""
    zone = facts.content.business.branch(branch_id).hours.zone
    day = draft.moment.astimezone(zone).date()
    return f"link:{branch_id}:{draft.care.customer.id}:{day.isoformat()}"


def _tell_of_visit(draft: Draft, visit: Visit) -> None:
    """The customer has come by a link: ask now, or when the visit is over; never beside an open case."""
    if draft.open_case is not None:
        draft.do(SaveVisit(visit))
        if draft.case.visit_id is None:
            draft.change_case(visit_id=visit.id, branch_id=visit.branch_id)
            draft.mark()
        say_status(draft)
    elif visit.ended_at > draft.moment:
        draft.do(SaveVisit(visit), ask_timer(draft.facts, visit))
        draft.say("start.early")
    elif visit.asked_at is not None and not _question_stands(draft, visit):
        draft.say("start.plain")
    else:
        ask(draft, visit)


def _question_stands(draft: Draft, visit: Visit) -> bool:
    """The question of this visit was put and not answered: it may be put again."""
    talk = draft.care.conversation
    return talk is not None and talk.visit_id == visit.id and not talk.answers


# ---- after a visit ----------------------------------------------------------------------------


def ask_timer(facts: Facts, visit: Visit) -> SetTimer:
    """The question after a visit: the flow's delay after its end, outside quiet hours."""
    business = facts.content.business
    due = business.quiet.next_allowed(visit.ended_at + business.timing.ask_delay)
    return SetTimer(
        f"{TimerKind.ASK}:{visit.id}",
        TimerKind.ASK,
        due,
        customer_id=visit.customer_id,
        visit_id=visit.id,
    )


def ask(draft: Draft, visit: Visit) -> None:
    """Put the question of a visit."""
    visit = replace(visit, asked_at=draft.moment)
    draft.do(SaveVisit(visit))
    draft.care = replace(draft.care, visit=visit, case=None)
    draft.change_customer(asked_at=draft.moment)
    steps.begin(draft, Trigger.VISIT)
    draft.record("asked", visit_id=visit.id)


def ask_falls_due(draft: Draft) -> None:
    """The delay after a visit has passed: ask, unless the customer should be left in peace."""
    visit, customer = draft.facts.linked_visit, draft.care.customer
    if visit is None or visit.asked_at is not None or draft.facts.open_case is not None:
        return
    if not customer.questions or customer.blocked_at is not None:
        return
    pause = draft.timing.one_question_in
    if customer.asked_at is not None and draft.moment - customer.asked_at < pause:
        return
    if draft.moment - visit.ended_at > VISIT_IS_RECENT:
        return
    ask(draft, visit)


# ---- the check --------------------------------------------------------------------------------


def check_falls_due(draft: Draft, timer: TimerFired) -> None:
    """Days after "resolved": ask whether it is all right now, unless something newer is going on."""
    case = draft.case
    if case.is_open or timer.wait != case.opening or draft.facts.open_case is not None:
        return
    if draft.care.customer.blocked_at is not None:
        return
    steps.begin(draft, Trigger.CHECK)
    draft.record("check_asked")


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
        draft.say("status.answered" if case.answered_at is not None else "status.alerted")


def open_after_lost(draft: Draft, answer: str) -> None:
    """The flow of a tapped button cannot be read any more: what the tap meant goes to a person."""
    if answer.isdigit() and int(answer) > 3:  # a good mark needs nobody
        return
    open_case(draft, int(answer) if answer.isdigit() else None)
    say_promise(draft, ())
