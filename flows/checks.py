"""Closing a case and checking on it days later: resolved, the cause, "is it all right now?", opened again."""

from datetime import datetime, timedelta

from flows.book import OfferKind, Path
from flows.case import Menu
from flows.draft import Draft, card_link
from flows.effects import CancelTimer
from flows.events import StaffAction, StaffTapped, TimerKind
from flows.people import GiftState, Person
from flows.presses import Button, CasePress
from flows.promises import answer_is_leaving, end_promises, make_promise, next_responsible


def resolve(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Close the case by one tap; when nobody has answered the customer, only by a second one."""
    case = draft.case
    unanswered = case.answered_at is None and not _given(draft)
    if unanswered and not case.close_warned:
        draft.change_case(close_warned=True)
        draft.toast(event.tap, "staff.close_no_reply", alert=True)
        return
    if answer_is_leaving(draft):
        draft.toast(event.tap, "staff.toast.wait_for_hold", alert=True)
        return
    end_promises(draft)
    draft.change_case(
        closed_at=draft.moment,
        closed_by=person.name,
        closed_by_id=person.id,
        menu=Menu.CAUSE,
        asked_offer="",
    )
    if case.path in (Path.ORDINARY, Path.MANAGER):
        _plan_check(draft)
    draft.record("closed", actor=person.name)
    draft.mark()


def _given(draft: Draft) -> bool:
    return any(_of_this_opening(draft, OfferKind.GIFT)) or any(
        _of_this_opening(draft, OfferKind.FIX)
    )


def _of_this_opening(draft: Draft, kind: OfferKind) -> list[bool]:
    case = draft.case
    return [
        True
        for gift in draft.facts.gifts
        if gift.case_id == case.id
        and gift.opening == case.opening
        and gift.kind is kind
        and gift.state is not GiftState.TAKEN_BACK
    ]


def _plan_check(draft: Draft) -> None:
    after = draft.timing.check_after
    if any(_of_this_opening(draft, OfferKind.FIX)):
        after = draft.timing.check_after_fix
    due = draft.facts.content.business.quiet.next_allowed(draft.moment + after)
    draft.change_case(check_at=due, check_result="", check_comment="")
    draft.set_case_timer(TimerKind.CHECK, due, draft.case.opening)


def name_cause(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Why it happened; "later" asks again in the evening, privately."""
    case = draft.case
    if case.is_open:
        return
    draft.change_case(menu=Menu.NONE)
    if event.arg == "later":
        draft.set_case_timer(TimerKind.CAUSE, _this_evening(draft))
    else:
        known = {cause.id: cause.title for cause in draft.facts.content.catalogue.causes}
        if event.arg not in known:
            return
        draft.change_case(cause=known[event.arg])
        draft.do(CancelTimer(f"{TimerKind.CAUSE}:{case.id}"))
        draft.toast(event.tap, "staff.toast.cause_saved", cause=known[event.arg])
        draft.record("cause", actor=person.name, cause=event.arg)
    draft.mark()


def _this_evening(draft: Draft) -> datetime:
    branch = draft.facts.content.business.branch(draft.case.branch_id)
    local = draft.moment.astimezone(branch.hours.zone)
    evening = datetime.combine(local.date(), draft.timing.praise_post, branch.hours.zone)
    if evening <= local:
        evening = datetime.combine(
            local.date() + timedelta(days=1), draft.timing.praise_post, branch.hours.zone
        )
    return evening.astimezone(draft.moment.tzinfo)


def ask_cause_again(draft: Draft) -> None:
    """In the evening: the person who closed the case is asked privately for the cause."""
    case = draft.case
    if case.is_open or case.cause:
        return
    causes = [
        Button("cause", CasePress(case.id, StaffAction.CAUSE, cause.id), {"cause": cause.title})
        for cause in draft.facts.content.catalogue.causes
    ]
    rows = tuple(tuple(causes[i : i + 2]) for i in range(0, len(causes), 2))
    draft.tell(draft.facts.person_by_id(case.closed_by_id), "staff.cause_later", rows)


def reopen_by_staff(draft: Draft, event: StaffTapped, person: Person) -> None:
    """It was closed by mistake: the same opening goes on, nothing may be given anew for it."""
    case = draft.case
    if case.is_open:
        return
    if draft.facts.open_case is not None:
        draft.toast(event.tap, "staff.toast.other_open", alert=True)
        return
    draft.do(*(CancelTimer(f"{kind}:{case.id}") for kind in (TimerKind.CHECK, TimerKind.CAUSE)))
    draft.change_case(
        closed_at=None, closed_by="", closed_by_id=None, check_at=None, menu=Menu.MAIN
    )
    if case.answered_at is None:
        make_promise(draft, draft.timing.reply_within)
    else:
        draft.set_case_timer(TimerKind.STILL_OPEN, draft.moment + draft.timing.still_open_after)
    draft.record("reopened_by_staff", actor=person.name)
    draft.mark()


def confirm_fixed(draft: Draft) -> None:
    """The customer says that all is well."""
    if draft.care.case is None or draft.case.is_open:
        return
    draft.change_case(check_result="yes")
    draft.record("check", result="yes")
    draft.mark()


def reopen_after_no(draft: Draft) -> None:
    """The customer says that it is not: the same case opens again with the manager; or joins the one that is open."""
    case = draft.care.case
    if case is None:
        return
    if case.is_open or draft.facts.open_case is not None:
        draft.change_case(check_result="no")
        draft.record("check", result="no", joined=True)
        draft.mark()
        return
    manager = draft.facts.senior_to(0) or next_responsible(draft)
    draft.change_case(
        closed_at=None,
        opening=case.opening + 1,
        check_result="no",
        reopened_at=draft.moment,
        owner_id=manager.id if manager else None,
        taken_at=None,
        answered_at=None,
        answered_by="",
        close_warned=False,
        cause="",
        menu=Menu.MAIN,
    )
    draft.do(CancelTimer(f"{TimerKind.CAUSE}:{case.id}"))
    make_promise(draft, draft.timing.manager_reply_within)
    draft.change_case(promised=True)
    draft.tell(manager, "staff.remind", ((Button("open_card", card_link(draft)),),))
    draft.record("check", result="no")
    draft.mark(anew=True, keep_old=True)
