"""The customer's telephone: asked for only when a call is wanted, kept only when it was given."""

from flows import consent, health
from flows.complaints import recent_visit, visit_found
from flows.draft import Draft, open_card
from flows.events import CustomerSharedPhone, Kind, Message
from flows.flow import CONTACT
from flows.people import ConsentAnswer, ConsentKind
from flows.presses import Button, Rows, SharePhone, TypeLabel
from flows.promises import stand_behind_promise

UNASKED = 0  # in the place of a case: a number is awaited, and no call is wanted


def call_wanted(draft: Draft) -> None:
    """ "Call me": with a number it stands on the card; without one it is asked for."""
    case = draft.case
    if draft.care.customer.phone:
        _call_accepted(draft)
        return
    draft.change_customer(phone_wanted_by=case.id)
    draft.change_case(call_asked_at=case.call_asked_at or draft.moment)
    rows: Rows = ((Button("send_phone", SharePhone()),),)
    if case.emergency:
        draft.say("health.phone", rows, keyboard=True)
    else:
        draft.say(CONTACT, (*rows, (Button("answer_here", TypeLabel()),)), keyboard=True)
    draft.mark()


def ask_phone(draft: Draft, text: str | None) -> None:
    """A step of a flow asks for the number, in its own words or the usual ones."""
    draft.change_customer(phone_wanted_by=UNASKED)
    rows: Rows = ((Button("send_phone", SharePhone()),), (Button("answer_here", TypeLabel()),))
    draft.say(text or CONTACT, rows, keyboard=True)


def _call_accepted(draft: Draft) -> None:
    draft.change_case(call_asked_at=draft.moment)
    if draft.case.emergency:
        draft.say("health.call_accepted", drop_keyboard=True)
        text = "staff.health_alert.again" if draft.case.awaits_answer else "staff.wrote_again"
        for person in health.recipients(draft):
            draft.tell(person, text, open_card(draft))
    else:
        stand_behind_promise(draft)
        draft.say("call.accepted", drop_keyboard=True)
    draft.record("call_asked")
    draft.mark()


def phone_shared(draft: Draft, event: CustomerSharedPhone) -> Message | None:
    """A contact came; somebody else's is no telephone of the customer's, and is returned to be heard."""
    if event.phone and event.own:
        if _was_asked_for(draft):
            keep_phone(draft, event.phone, own=True, zone=event.zone)
        else:
            _ask_consent(draft)
        return None
    if event.message is not None and not event.own:
        return event.message
    draft.say("phone.bad")
    return None


def _was_asked_for(draft: Draft) -> bool:
    """The words of consent stood above the button; in an emergency nobody is made to press it twice."""
    case = draft.open_case
    wanted = draft.care.customer.phone_wanted_by is not None
    return wanted or bool(draft.care.customer.phone) or (case is not None and case.emergency)


def _ask_consent(draft: Draft) -> None:
    """A number nobody asked for is not stored before the person has read what for."""
    draft.change_customer(phone_wanted_by=UNASKED)
    draft.say(CONTACT, ((Button("send_phone", SharePhone()),),), keyboard=True)


def keep_phone(draft: Draft, phone: str, *, own: bool, zone: str = "") -> None:
    """Store the number and put the wanted call on the card; by the customer's own one the visit is found.

    A typed number may be anybody's: it serves the call alone.
    """
    wanted, case = draft.care.customer.phone_wanted_by, draft.open_case
    if phone != draft.care.customer.phone:
        consent.keep(draft, ConsentKind.PHONE, ConsentAnswer.GIVEN, _wording(draft))
    draft.change_customer(phone=phone, phone_own=own, phone_wanted_by=None, zone=zone)
    draft.record("phone_given")
    visit = recent_visit(draft)
    if case is not None and case.visit_id is None and visit is not None:
        visit_found(draft, visit)
    if case is not None and (wanted or case.call_asked_at is not None):
        _call_accepted(draft)
        return
    draft.say("phone.thanks", drop_keyboard=True)
    if case is not None:
        draft.mark()


def _wording(draft: Draft) -> str:
    """The text under which the number was given."""
    case, talk = draft.open_case, draft.care.conversation
    if case is not None and case.emergency:
        return "health.phone"
    step = draft.flow.steps[talk.step] if talk is not None and talk.closed_at is None else None
    return step.say if step is not None and step.contact and step.say else CONTACT


def taken_as_phone(draft: Draft, message: Message, typed: str) -> bool:
    """Where a number was asked for: a typed one (`typed`, E.164) is kept; the other button says "answer here"."""
    if draft.care.customer.phone_wanted_by is None or message.kind is not Kind.TEXT:
        return False
    if message.text in draft.book.labels("answer_here"):
        draft.change_customer(phone_wanted_by=None)
        if draft.open_case is not None:
            draft.change_case(call_asked_at=None)
            stand_behind_promise(draft)
            draft.mark()
        draft.say("phone.answer_here", drop_keyboard=True)
        return True
    if typed:
        keep_phone(draft, typed, own=False)
    return bool(typed)
