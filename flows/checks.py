"""Closing a case and checking on it days later: resolved, the cause, "is it all right now?", opened again."""

from dataclasses import replace
from datetime import timedelta

from flows import letters, manager_letters, preventing, repeats
from flows.book import OfferKind
from flows.case import Case, LetterName, Menu, Outcome
from flows.compensation import given_now
from flows.conditions import flow_for
from flows.draft import Draft, is_trial, open_card
from flows.effects import Record
from flows.events import StaffTapped, TimerKind
from flows.flow import Trigger
from flows.health import await_answer
from flows.people import Person
from flows.promises import (
    end_promises,
    letter_leaving,
    make_promise,
    next_responsible,
    remind_to_resolve,
    who_answers,
)
from flows.refund_times import count_again
from flows.trial_words import offer_to_skip

_A_WEEK = timedelta(days=7)
YES, NO = "yes", "no"  # results of a check
_CHECKS = (TimerKind.CHECK, TimerKind.CHECK_7D, TimerKind.CHECK_SILENT)


def resolve(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Close the case by one tap; when the customer still waits for an answer, only by a second one."""
    case = draft.case
    if letter_leaving(draft):
        draft.toast(event.tap, "staff.toast.wait_for_hold", alert=True)
        return
    if case.held:
        draft.toast(event.tap, "staff.toast.reply_waits", alert=True)
        return
    if case.awaits_answer and not case.close_warned:
        draft.change_case(close_warned=True)
        draft.toast(event.tap, "staff.close_no_reply", alert=True)
        return
    close(draft, person)


def close(draft: Draft, person: Person, outcome: Outcome = Outcome.RESOLVED) -> None:
    """The case is over. A check follows unless all is known to be well, or the last word was said."""
    end_promises(draft)
    draft.cancel_case_timers(TimerKind.REQUEST)
    draft.change_case(
        closed_at=draft.moment,
        closed_by=person.name,
        closed_by_id=person.id,
        outcome=outcome,
        menu=Menu.NONE if outcome is Outcome.NOT_CONFIRMED else Menu.CAUSE,
        asked_offer="",
    )
    _end_conversation(draft)
    if is_trial(draft.care):
        offer_to_skip(draft)
    elif outcome is Outcome.RESOLVED:
        if not (draft.case.silent or draft.case.check_result == YES):
            _plan_check(draft)
        manager_letters.put(draft)
    if outcome is not Outcome.NOT_CONFIRMED:
        preventing.plan(draft)
    draft.record("closed", actor=person.name, outcome=str(outcome))
    draft.mark()


def _end_conversation(draft: Draft) -> None:
    """What the customer writes from now on is about something new."""
    talk = draft.care.conversation
    if talk is not None and talk.closed_at is None and talk.case_id == draft.case.id:
        draft.cancel_conversation_timers()
        draft.change_conversation(closed_at=draft.moment)


def _plan_check(draft: Draft) -> None:
    after = draft.timing.check_after
    if given_now(draft, OfferKind.FIX) is not None:
        after = draft.timing.check_after_fix
    due = draft.polite(draft.moment + after)
    draft.change_case(check_at=due, check_result="", check_comment="")
    draft.set_case_timer(TimerKind.CHECK, due, draft.case.opening)
    later = flow_for(draft, Trigger.CHECK_7D)
    if later is not None:
        due = draft.polite(draft.moment + (later.after or _A_WEEK))
        draft.set_case_timer(TimerKind.CHECK_7D, due, draft.case.opening)


# ---- opened again -----------------------------------------------------------------------------


def reopen_by_staff(draft: Draft, event: StaffTapped, person: Person) -> None:
    """It was closed by mistake: the same opening goes on, nothing may be given anew for it."""
    case = draft.case
    if case.is_open or case.check_result in (YES, NO):
        draft.toast(event.tap, "staff.toast.outdated")
        return
    if case.outcome.is_last_word and draft.facts.content.catalogue.rank(person.role) < 1:
        draft.toast(event.tap, "staff.toast.manager_only", alert=True)
        return
    if draft.facts.open_case is not None:
        draft.toast(event.tap, "staff.toast.other_open", alert=True)
        return
    draft.cancel_case_timers(*_CHECKS, TimerKind.CAUSE, TimerKind.PREVENT)
    draft.change_case(
        closed_at=None,
        closed_by="",
        closed_by_id=None,
        outcome=Outcome.NONE,
        check_at=None,
        menu=Menu.MAIN,
    )
    letters.drop_all_of(draft, LetterName.MANAGER)
    if case.unanswered:
        await_answer(draft)
    else:
        remind_to_resolve(draft)
    count_again(draft)
    draft.record("reopened_by_staff", actor=person.name)
    draft.mark()


def confirm_fixed(draft: Draft) -> None:
    """The customer says that all is well: nothing more is asked about it."""
    if draft.care.case is None:
        return
    draft.change_case(check_result=YES, check_at=draft.case.check_at or draft.moment)
    draft.record("check", result=YES)
    draft.mark()


def reopen_after_no(draft: Draft) -> None:
    """The customer says that it is not: the same case opens again with the manager; or joins the one that is open."""
    case = draft.care.case
    if case is None:
        return
    other, anew = draft.facts.open_case, False
    if other is not None and other.id != case.id:
        _join(draft, case, other)
    elif case.is_open:
        draft.change_case(check_result=NO, noes=case.noes + 1, waits_since=draft.moment)
        draft.record("check", result=NO)
    else:
        _open_again(draft, case)
        anew = True
    manager = draft.impartial.senior_to(0) or next_responsible(draft)
    if manager is not None and manager.id != draft.case.owner_id:
        draft.change_case(owner_id=manager.id, taken_at=None)
    make_promise(draft, draft.timing.manager_reply_within)
    draft.change_case(promised=draft.case.reply_by is not None)
    for person in who_answers(draft):
        draft.tell(person, "staff.remind", open_card(draft))
    draft.mark(anew=anew, keep_old=anew)


def _join(draft: Draft, case: Case, other: Case) -> None:
    """A customer has one open case: the "no" is heard there."""
    draft.cancel_case_timers(*_CHECKS)
    draft.do(Record("check", case.id, case.customer_id, data={"result": NO, "joins": other.id}))
    draft.care = replace(draft.care, case=other)
    draft.change_conversation(case_id=other.id)


def _open_again(draft: Draft, case: Case) -> None:
    open_again(draft, case)
    draft.change_case(noes=case.noes + 1, check_result=NO)
    draft.record("check", result=NO)


def open_again(draft: Draft, case: Case) -> None:
    """A closed case begins anew: what was given for it before is no hindrance."""
    draft.cancel_case_timers(*_CHECKS, TimerKind.CAUSE, TimerKind.PREVENT)
    draft.change_case(
        closed_at=None,
        opening=case.opening + 1,
        outcome=Outcome.NONE,
        final_wanted=False,
        reopened_at=draft.moment,
        waits_since=draft.moment,
        taken_at=None,
        answered_at=None,
        answered_by="",
        spoken_at=None,
        asked_offer="",
        approval="",
        cause="",
        menu=Menu.MAIN,
    )
    letters.drop_all_of(draft, LetterName.MANAGER)
    repeats.plan(draft)
    count_again(draft)
