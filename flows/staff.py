"""What a person of the staff does with a case: the tap is checked first, then one rule each."""

from typing import assert_never

from flows import checks, compensation, health, replies
from flows.case import Menu
from flows.draft import Draft
from flows.effects import DeleteMessage, Resend, Toast
from flows.events import StaffAction, StaffTapped, TimerKind
from flows.people import Person
from flows.promises import make_promise, stand_behind_promise


def tapped(draft: Draft, event: StaffTapped) -> None:
    """Check who is at the button, then act. Callback data is input: a wrong argument changes nothing."""
    person = draft.facts.person(event.by.tg_id)
    if person is None:
        draft.do(Toast(event.tap.id, start=f"join_{draft.facts.tokens.join}"))
        return
    if draft.facts.stray:
        draft.do(DeleteMessage(event.tap.chat_id, event.tap.message_id))
        draft.toast(event.tap, "staff.toast.outdated")
        return
    _act(draft, event, person)


def _act(draft: Draft, event: StaffTapped, person: Person) -> None:  # noqa: PLR0912 - one branch for each kind
    match event.action:
        case StaffAction.TAKE:
            _take(draft, event, person)
        case StaffAction.GIVE:
            compensation.give(draft, event, person)
        case StaffAction.UNDO:
            compensation.take_back(draft, event, person)
        case StaffAction.ASK_MANAGER:
            _ask_manager(draft, event, person)
        case StaffAction.APPROVE | StaffAction.REFUSE:
            compensation.decide_request(draft, event, person)
        case StaffAction.MORE | StaffAction.BACK:
            _turn_menu(draft, event)
        case StaffAction.RESOLVE:
            _resolve(draft, event, person)
        case StaffAction.CAUSE:
            checks.name_cause(draft, event, person)
        case StaffAction.REOPEN:
            checks.reopen_by_staff(draft, event, person)
        case StaffAction.STOP_REPLY:
            replies.stop(draft, event, person)
        case StaffAction.RESEND:
            _resend(draft, person)
        case StaffAction.TO_MANAGER:
            _hand_up(draft, event, person)
        case StaffAction.CALL:
            _call(draft, event)
        case StaffAction.ASK_VISIT:
            _ask_visit(draft, event, person)
        case StaffAction.SEEN:
            _seen(draft, event, person)
        case _:
            assert_never(event.action)


def _take(draft: Draft, event: StaffTapped, person: Person) -> None:
    case = draft.case
    owner = draft.facts.person_by_id(case.owner_id)
    if not case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
    elif owner is not None and owner.id != person.id and case.taken_at is not None:
        draft.toast(event.tap, "staff.toast.taken_by_other", alert=True, agent=owner)
    elif owner is not None and owner.id == person.id and case.taken_at is not None:
        draft.toast(event.tap)
    else:
        _becomes_owner(draft, person)
        draft.toast(event.tap, "staff.reply_hint", alert=True)


def _becomes_owner(draft: Draft, person: Person) -> None:
    case = draft.case
    draft.change_case(owner_id=person.id, taken_at=draft.moment)
    if case.for_manager and case.seen_by is None and case.reply_by is None:
        health.seen(draft, person)
    elif case.promised and case.answered_at is None:
        due = draft.moment + draft.timing.taken_notice
        draft.set_case_timer(TimerKind.TAKEN, due, case.promise)
    draft.record("taken", actor=person.name)
    draft.mark()


def _ask_manager(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The card has no gift buttons because no visit was found: the manager decides on the best one."""
    offers = compensation.offers_for(draft)
    if not draft.case.is_open or not offers:
        draft.toast(event.tap, "staff.toast.outdated")
        return
    before = compensation.given_now(draft)
    if before is not None:
        draft.toast(event.tap, "staff.toast.already_given", alert=True, gift=before)
        return
    gifts = [offer for offer in offers if offer.kind == "gift"] or offers
    compensation.ask_senior(draft, event, person, gifts[0], "phrase.reason.no_visit")


def _turn_menu(draft: Draft, event: StaffTapped) -> None:
    if draft.case.is_open:
        more = event.action is StaffAction.MORE
        draft.change_case(menu=Menu.MORE if more else Menu.MAIN)
        draft.mark()
    draft.toast(event.tap)


def _resolve(draft: Draft, event: StaffTapped, person: Person) -> None:
    if not draft.case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
    else:
        checks.resolve(draft, event, person)


def _resend(draft: Draft, person: Person) -> None:
    case = draft.case
    if not case.failed_ref:
        return
    draft.do(Resend(case.failed_ref))
    draft.change_case(failure="", failed_at=None, failed_ref="")
    draft.record("resent", actor=person.name)
    draft.mark()


def _hand_up(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The case goes to the next role; the customer learns who answers now."""
    case = draft.case
    catalogue = draft.facts.content.catalogue
    rank = max(catalogue.rank(person.role), 0)
    senior = person if rank > 0 else draft.facts.senior_to(rank)
    if not case.is_open or senior is None:
        draft.toast(event.tap, "staff.toast.nobody_to_ask", alert=True)
        return
    if case.owner_id == senior.id and case.taken_at is not None:
        draft.toast(event.tap)
        return
    told_before = case.promised or case.answered_at is not None
    draft.change_case(owner_id=senior.id, taken_at=draft.moment, menu=Menu.MAIN, asked_offer="")
    make_promise(draft, draft.timing.manager_reply_within)
    if told_before:
        stand_behind_promise(draft)
        draft.say("progress.handover", agent=senior)
    if senior.id != person.id:
        draft.tell(senior, "staff.remind")
    draft.toast(event.tap)
    draft.record("handed_over", actor=person.name, to=senior.name)
    draft.mark()


def _call(draft: Draft, event: StaffTapped) -> None:
    """The number is shown to nobody but the person who pressed."""
    text = "staff.call" if draft.care.customer.phone else "staff.toast.no_call"
    draft.toast(event.tap, text, alert=True)


def _ask_visit(draft: Draft, event: StaffTapped, person: Person) -> None:
    if not draft.case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
        return
    if draft.case.owner_id is None:
        draft.change_case(owner_id=person.id, taken_at=draft.moment)
    stand_behind_promise(draft)
    draft.say("offer.need_visit", agent=person)
    draft.toast(event.tap, "staff.toast.asked_visit")
    draft.record("asked_visit", actor=person.name)
    draft.mark()


def _seen(draft: Draft, event: StaffTapped, person: Person) -> None:
    case = draft.case
    if case.seen_by is None and case.is_open:
        health.seen(draft, person)
    draft.toast(event.tap)
