"""What a person of the staff does with a case: the tap is checked first, then one rule each."""

from typing import assert_never

from flows import (
    checks,
    choice,
    compensation,
    finding,
    health,
    lint,
    replies,
    requests,
    showing,
    staff_promises,
)
from flows.book import OfferKind
from flows.case import Menu
from flows.draft import Draft, open_card
from flows.effects import ChangeButtons, DeleteMessage, Resend, Toast
from flows.events import StaffAction, StaffTapped, TimerKind
from flows.limits import visit_is_known
from flows.people import GiftState, Person
from flows.promises import make_promise, owner_of, stand_behind_promise

_SETTLING = (StaffAction.KEPT, StaffAction.MORE_TIME, StaffAction.CANNOT)
_IN_PRIVATE = (
    StaffAction.SEEN,
    StaffAction.APPROVE,
    StaffAction.REFUSE,
    *_SETTLING,
)  # never on a card
_FOR_ALL = (  # on a case of the manager's, too: it is handed up, or seen by whoever is on duty
    StaffAction.SEEN,
    StaffAction.TO_MANAGER,
    StaffAction.MORE,
    StaffAction.BACK,
)
_ANYBODY = (StaffAction.MORE, StaffAction.BACK, StaffAction.TO_MANAGER)


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
    if event.action not in _ANYBODY and draft.is_about(person):
        draft.toast(event.tap, "staff.toast.own_case", alert=True)
        return
    in_private = event.tap.chat_id > 0 and event.action is StaffAction.GIVE
    if event.action not in _FOR_ALL and not finding.may_read(draft, person):
        draft.toast(event.tap, "find.not_yours", alert=True)
        return
    if event.action in _IN_PRIVATE or in_private:
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    _act(draft, event, person)


def _act(draft: Draft, event: StaffTapped, person: Person) -> None:  # noqa: PLR0912, PLR0915 - one branch for each kind
    match event.action:
        case StaffAction.TAKE:
            _take(draft, event, person)
        case StaffAction.GIVE:
            compensation.give(draft, event, person)
        case StaffAction.UNDO:
            _take_back(draft, event, person)
        case StaffAction.ASK_MANAGER:
            _ask_manager(draft, event, person)
        case StaffAction.APPROVE | StaffAction.REFUSE | StaffAction.OTHER:
            _answer_request(draft, event, person)
        case StaffAction.CHOICE:
            choice.offer_choice(draft, event, person)
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
            _resend(draft, event, person)
        case StaffAction.TO_MANAGER:
            _hand_up(draft, event, person)
        case StaffAction.CALL:
            _call(draft, event)
        case StaffAction.ASK_VISIT:
            _ask_visit(draft, event, person)
        case StaffAction.SEEN:
            _seen(draft, event, person)
        case (
            StaffAction.CORRECT
            | StaffAction.UNDERSTOOD
            | StaffAction.NO_HINTS
            | StaffAction.HINTS
            | StaffAction.SEND_AS_IS
            | StaffAction.REMIND
            | StaffAction.KEPT
            | StaffAction.MORE_TIME
            | StaffAction.CANNOT
        ):
            _about_words(draft, event, person)
        case StaffAction.SHOW:
            showing.show_more(draft, event)
        case StaffAction.HISTORY:
            finding.tell_history(draft, person)
        case StaffAction.POST_AGAIN:
            finding.post_again(draft, event.tap, person)
        case _:
            assert_never(event.action)


def _about_words(draft: Draft, event: StaffTapped, person: Person) -> None:
    """What was read in a reply: its tone, and what it promised."""
    if event.action in _SETTLING:
        staff_promises.settle(draft, event, person)
    elif event.action is StaffAction.CORRECT:
        replies.correct(draft, event, person)
    elif event.action is StaffAction.REMIND:
        staff_promises.remind(draft, event, person)
    else:
        lint.tapped(draft, event, person)


def _take_back(draft: Draft, event: StaffTapped, person: Person) -> None:
    offered = next((g for g in draft.facts.gifts if str(g.id) == event.arg), None)
    if offered is not None and offered.state is GiftState.OFFERED:
        choice.withdraw(draft, offered)
        draft.toast(event.tap, "staff.toast.cancelled")
        draft.record("taken_back", actor=person.name, gift=offered.id)
    else:
        compensation.take_back(draft, event, person)


def _answer_request(draft: Draft, event: StaffTapped, person: Person) -> None:
    if event.action is StaffAction.APPROVE:
        compensation.approve(draft, event, person)
    elif event.action is StaffAction.REFUSE:
        requests.refuse(draft, event, person)
    else:
        requests.show_others(draft, event, person, compensation.offers_left(draft))


def _take(draft: Draft, event: StaffTapped, person: Person) -> None:
    case = draft.case
    owner = owner_of(draft) if case.taken_at is not None else None
    if not case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
    elif owner is not None and owner.id != person.id:
        draft.toast(event.tap, "staff.toast.taken_by_other", alert=True, agent=owner)
    elif owner is not None:
        draft.toast(event.tap)
    else:
        _becomes_owner(draft, person)
        draft.toast(event.tap, "staff.reply_hint", alert=True)


def _becomes_owner(draft: Draft, person: Person) -> None:
    case = draft.case
    if case.emergency and case.seen_by is None:
        health.seen(draft, person)
    draft.change_case(owner_id=person.id, taken_at=draft.moment)
    if case.promised:
        due = draft.moment + draft.timing.taken_notice
        draft.set_case_timer(TimerKind.TAKEN, due, case.promise)
    draft.record("taken", actor=person.name)
    draft.mark()


def _ask_manager(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The card has no gift buttons because no visit was found: the manager decides on the best one."""
    gifts = [o for o in compensation.offers_left(draft) if o.kind is OfferKind.GIFT]
    if not draft.case.is_open or not compensation.gifts_allowed(draft) or not gifts:
        draft.toast(event.tap, "staff.toast.outdated")
        return
    requests.ask_senior(draft, event, person, gifts[0], "phrase.reason.no_visit")


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


def _resend(draft: Draft, event: StaffTapped, person: Person) -> None:
    case = draft.case
    if not case.failed:
        draft.toast(event.tap, "staff.toast.outdated")
        return
    again = [letter.key for letter in case.failed if letter.key in draft.facts.parked]
    draft.do(*map(Resend, again))
    draft.change_case(failure="", failed_at=None, failed=())
    draft.toast(event.tap, "staff.toast.resent" if again else "staff.toast.outdated")
    draft.record("resent", actor=person.name, letters=len(again))
    draft.mark()


def _hand_up(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The case goes to the next role, or to the senior who presses; the customer learns who answers now."""
    case, rank = draft.case, draft.facts.content.catalogue.rank(person.role)
    senior = person if rank > 0 and not draft.is_about(person) else draft.facts.senior_to(rank)
    if not case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
    elif senior is None:
        draft.toast(event.tap, "staff.toast.nobody_to_ask", alert=True)
    else:
        draft.toast(event.tap)
        _goes_to(draft, senior, person)


def _goes_to(draft: Draft, senior: Person, person: Person) -> None:
    case, by_self = draft.case, senior.id == person.id
    taken_at = draft.moment if by_self else None
    if case.owner_id == senior.id and (case.taken_at is not None or not by_self):
        return
    draft.change_case(owner_id=senior.id, taken_at=taken_at, menu=Menu.MAIN, asked_offer="")
    if case.emergency:
        draft.tell(senior, "staff.health_alert.again", health.seen_button(draft))
    else:
        _promise_anew(draft, senior, told_before=case.promised or case.answered_at is not None)
        if not by_self:
            draft.tell(senior, "staff.remind", open_card(draft))
    draft.record("handed_over", actor=person.name, to=senior.name)
    draft.mark()


def _promise_anew(draft: Draft, senior: Person, *, told_before: bool) -> None:
    make_promise(draft, draft.timing.manager_reply_within)
    if told_before:
        draft.change_case(promised=True)
        draft.say("progress.handover", agent=senior)


def _call(draft: Draft, event: StaffTapped) -> None:
    """The number is shown to nobody but the person who pressed."""
    text = "staff.call" if draft.care.customer.phone else "staff.toast.no_call"
    draft.toast(event.tap, text, alert=True)


def _ask_visit(draft: Draft, event: StaffTapped, person: Person) -> None:
    case = draft.case
    if not case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
        return
    if case.emergency or visit_is_known(draft):
        draft.toast(event.tap, "staff.toast.outdated")
        draft.mark()
        return
    if case.visit_asked_at is not None:
        draft.toast(event.tap, "staff.toast.visit_asked")
        return
    draft.change_case(visit_asked_at=draft.moment)
    if owner_of(draft) is None:
        draft.change_case(owner_id=person.id, taken_at=draft.moment)
    stand_behind_promise(draft)
    draft.say("offer.need_visit", agent=person)
    draft.toast(event.tap, "staff.toast.asked_visit")
    draft.record("asked_visit", actor=person.name)
    draft.mark()


def _seen(draft: Draft, event: StaffTapped, person: Person) -> None:
    if draft.case.emergency or draft.case.urgent:
        health.seen(draft, person)
    draft.toast(event.tap)
