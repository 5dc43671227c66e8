"""Whose a case is: somebody takes it, or it goes up to the next role, and the customer learns who answers."""

from flows import health
from flows.case import Menu
from flows.draft import Draft, open_card
from flows.events import StaffTapped, TimerKind
from flows.people import Person
from flows.promises import make_promise, owner_of


def take(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The case is this person's from now on, unless somebody else has it."""
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
    if case.severe and case.seen_by is None:
        health.seen(draft, person)
    draft.change_case(owner_id=person.id, taken_at=draft.moment)
    if case.promised:
        due = draft.moment + draft.timing.taken_notice
        draft.set_case_timer(TimerKind.TAKEN, due, case.promise)
    draft.record("taken", actor=person.name)
    draft.mark()


def hand_up(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The case goes to the next role, or to the senior who presses; the customer learns who answers now."""
    case, rank = draft.case, draft.facts.content.catalogue.rank(person.role)
    above = draft.impartial.senior_to(rank) or draft.impartial.senior_to(0)
    senior = person if rank > 0 and not draft.is_about(person) else above
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
    if told_before and not draft.case.silent:
        draft.change_case(promised=True)
        draft.say("progress.handover", agent=senior)
