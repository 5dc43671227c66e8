"""A gift above somebody's right is asked of the next role, privately; no word within a setting goes one up."""

from flows.book import Offer, OfferKind
from flows.case import Menu
from flows.draft import Draft
from flows.effects import ChangeButtons
from flows.events import DialogTapped, StaffAction, StaffTapped, TimerKind
from flows.limits import why_not
from flows.offer_values import offer_label
from flows.people import Person
from flows.presses import Button, CasePress

_OTHERS_MOST = 6  # buttons of other offers under a request


def ask_senior(
    draft: Draft, event: StaffTapped | DialogTapped, person: Person, offer: Offer, reason: str
) -> None:
    """The tap of somebody who may not give becomes a request to the next role, once."""
    case = draft.case
    senior = draft.impartial.senior_to(max(draft.facts.content.catalogue.rank(person.role), 0))
    if senior is None:
        draft.toast(event.tap, "staff.toast.nobody_to_ask", alert=True)
        return
    draft.toast(event.tap, "staff.toast.no_right")
    if (case.asked_offer, case.asked_of) == (offer.id, senior.id):
        return
    draft.change_case(
        asked_offer=offer.id, asked_by=person.id, asked_why=reason, approval="", menu=Menu.MAIN
    )
    _ask(draft, senior, person, offer)
    draft.record("asked_senior", actor=person.name, offer=offer.id, reason=reason)
    draft.mark()


def _ask(draft: Draft, senior: Person, person: Person, offer: Offer) -> None:
    case = draft.case
    draft.change_case(asked_of=senior.id)
    yes = Button("give", CasePress(case.id, StaffAction.APPROVE, offer.id), style="success")
    other = Button("give_other", CasePress(case.id, StaffAction.OTHER))
    no = Button("refuse", CasePress(case.id, StaffAction.REFUSE, offer.id))
    myself = Button("answer_myself", CasePress(case.id, StaffAction.TO_MANAGER))
    text = "staff.approval_request"
    if offer.kind is OfferKind.REFUND:
        text = "staff.refund_request"
        yes = Button("refund", CasePress(case.id, StaffAction.REFUND, offer.id), style="success")
    draft.tell(
        senior,
        text,
        ((yes,) if offer.kind is OfferKind.REFUND else (yes, other), (no, myself)),
        agent=person,
        offer=offer,
        reason=draft.facts.content.book.texts.phrases.get(case.asked_why, ""),
    )
    draft.set_case_timer(TimerKind.REQUEST, draft.moment + draft.timing.request_wait)


def unanswered(draft: Draft) -> None:
    """Whoever was asked has said nothing: the next role is asked; above the last one the request ends."""
    case = draft.case
    if not case.is_open or not case.asked_offer:
        return
    offer = draft.facts.content.catalogue.offer(case.asked_offer)
    person = draft.facts.person_by_id(case.asked_by)
    asked = draft.facts.person_by_id(case.asked_of)
    senior = asked and draft.impartial.senior_to(draft.facts.content.catalogue.rank(asked.role))
    if offer is None or person is None or senior is None:
        _given_up(draft, person, offer)
    else:
        _ask(draft, senior, person, offer)
        draft.record("asked_senior", actor=person.name, offer=offer.id, reason=case.asked_why)
    draft.mark()


def _given_up(draft: Draft, person: Person | None, offer: Offer | None) -> None:
    """Nobody is left to ask: whoever asked hears it, and may ask anew or give what is within the right."""
    case = draft.case
    if offer is not None:
        draft.tell(person, "staff.request_unanswered", agent=person, offer=offer)
    draft.record("request_unanswered", offer=case.asked_offer)
    draft.change_case(asked_offer="")


def refuse(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The senior says no; whoever asked reads it on the card."""
    case = draft.case
    if case.asked_offer != event.arg or not case.asked_offer or not case.is_open:
        draft.toast(event.tap, "staff.toast.outdated", alert=True)
    elif draft.facts.content.catalogue.rank(person.role) < 1:
        draft.toast(event.tap, "staff.toast.no_right")
    else:
        draft.change_case(asked_offer="", approval="phrase.approval.no")
        draft.cancel_case_timers(TimerKind.REQUEST)
        draft.toast(event.tap)
        draft.record("refused", actor=person.name, offer=event.arg)
        draft.mark()


def show_others(draft: Draft, event: StaffTapped, person: Person, left: list[Offer]) -> None:
    """What the senior may give instead, under the request."""
    case = draft.case
    if not case.asked_offer or not case.is_open:
        draft.toast(event.tap, "staff.toast.outdated", alert=True)
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
        return
    may = [
        offer
        for offer in left
        if offer.kind is OfferKind.GIFT
        and offer.id != case.asked_offer
        and not why_not(draft, offer, person)
    ]
    rows = tuple((_button(draft, offer),) for offer in may[:_OTHERS_MOST])
    no = Button("refuse", CasePress(case.id, StaffAction.REFUSE, case.asked_offer))
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id, (*rows, (no,))))


def _button(draft: Draft, offer: Offer) -> Button:
    label, values = offer_label(draft.words(), offer)
    return Button(label, CasePress(draft.case.id, StaffAction.GIVE, offer.id), values)
