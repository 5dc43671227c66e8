"""/try: an owner plays the customer against the real group. Marked wherever people see it, counted nowhere.

Everything of it hangs on one visit whose source is `TRIAL`; that is how it is told from what really happened.
"""

from flows import steps
from flows.case import Care
from flows.draft import Draft, is_trial
from flows.effects import ChangeButtons
from flows.events import TimerKind, TrialAction, TrialTapped
from flows.flow import Trigger
from flows.owners import is_owner, write_to
from flows.people import TRIAL, Person, Visit
from flows.staff_effects import CloseDialog, DropTrial
from flows.trial_words import say_end, trial_button


def asked(draft: Draft, person: Person) -> None:
    """The command: what will happen, or the end of a try that goes on."""
    if draft.facts.dialog is not None:
        draft.do(CloseDialog(draft.facts.dialog.tg_id))
    if is_trial(draft.care):
        _end(draft)
    elif draft.open_case is not None:
        write_to(draft, person.tg_id, "try.busy")
    else:
        begin = trial_button("begin", TrialAction.BEGIN)
        write_to(
            draft, person.tg_id, "try.start", ((begin, trial_button("not_now", TrialAction.LEAVE)),)
        )


def tapped(draft: Draft, event: TrialTapped) -> None:
    """A button of the try; they work for the owner who plays, as long as it is theirs."""
    person = draft.facts.person(event.by.tg_id)
    if person is None or not is_owner(draft, person) or event.tap.chat_id != person.tg_id:
        draft.toast(event.tap, "staff.toast.not_owner", alert=True)
        return
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    mine = draft.care.customer.tg_id == event.by.tg_id
    match event.action:
        case TrialAction.BEGIN | TrialAction.AGAIN:
            _begin(draft, person)
        case TrialAction.SHOW if mine and _waits_for_check(draft):
            steps.begin_for(draft, Trigger.CHECK)
        case TrialAction.ENOUGH if mine and is_trial(draft.care):
            _end(draft)
        case TrialAction.REMOVE if mine:
            draft.do(DropTrial(draft.care.customer.id))
            draft.care = Care(draft.care.customer)
            draft.toast(event.tap, "try.removed")
        case TrialAction.LEAVE:
            pass
        case _:
            draft.toast(event.tap, "dialog.outdated")


def _waits_for_check(draft: Draft) -> bool:
    """Resolved, and not asked yet."""
    care = draft.care
    resolved = care.case is not None and not care.case.is_open and not care.case.check_result
    return is_trial(care) and resolved and care.conversation is None


def _begin(draft: Draft, person: Person) -> None:
    """An earlier try goes, with its card; then the question is put as after a visit that has just ended."""
    if draft.open_case is not None and not is_trial(draft.care):
        write_to(draft, person.tg_id, "try.busy")
        return
    visit_id = draft.facts.ids.visit()
    draft.do(DropTrial(draft.care.customer.id, keep=visit_id))
    branches = draft.facts.content.business.branches
    branch = next((each for each in branches if not each.closed), branches[0])
    visit = Visit(
        id=visit_id,
        ext_id=f"{TRIAL}:{visit_id}",
        source=TRIAL,
        branch_id=branch.id,
        ended_at=draft.moment,
        customer_id=draft.care.customer.id,
        asked_at=draft.moment,
    )
    draft.care = Care(draft.care.customer, visit=visit)
    steps.begin_for(draft, Trigger.VISIT)


def _end(draft: Draft) -> None:
    case, talk = draft.care.case, draft.care.conversation
    if talk is not None and talk.closed_at is None:
        draft.cancel_conversation_timers()
        draft.change_conversation(closed_at=draft.moment)
    if case is not None and case.is_open:
        draft.cancel_case_timers(*TimerKind)
        draft.change_case(closed_at=draft.moment, reply_by=None)
        draft.mark()
    say_end(draft)
