"""Consents, each by itself: to keep a telephone, to regular questions, to be heard before the first word.

What was agreed to, refused or taken back is recorded with the words that were read. Nothing is asked twice.
"""

from flows.draft import Draft
from flows.effects import BreakSeal, ChangeButtons, ForgetPhone, KeepConsent, LetGoOfSealed, Say
from flows.events import ConsentMissing, CustomerChoseData, DataChoice
from flows.flow import CaseAction, Trigger
from flows.people import TRIAL, ConsentAnswer, ConsentKind, Regular, Visit
from flows.presses import Button, DataPress, Rows

OF_OWN_ACCORD = (
    2  # questions after visits that the bot may put before it must have asked for consent
)
_SHA_SHOWN = 16  # characters of the revision in a button
_OUR_OWN = ("link", "staff", TRIAL)  # every other source is a booking program


def keep(
    draft: Draft, kind: ConsentKind, answer: ConsentAnswer, wording: str, book: str = ""
) -> None:
    """Record what was answered to which words; `book` is the revision they were read in."""
    draft.do(KeepConsent(draft.care.customer.id, kind, answer, wording, book or draft.book.sha256))


def _is_imported(visit: Visit) -> bool:
    return visit.source not in _OUR_OWN


# ---- regular questions, invitations, reminders --------------------------------------------------


def may_ask_again(draft: Draft) -> bool:
    """The bot may put one more question of its own accord to this customer."""
    customer = draft.care.customer
    if draft.facts.content.business.consent_first and not customer.agreed:
        return False
    if customer.regular is Regular.GIVEN:
        return True
    return customer.regular is not Regular.REFUSED and customer.asked_unasked < OF_OWN_ACCORD


def wants_to_hear(draft: Draft) -> bool:
    """Invitations, reminders of gifts, NPS: only with consent, and not to somebody who wants no questions."""
    customer = draft.care.customer
    return customer.regular is Regular.GIVEN and customer.questions


def offer_regular(draft: Draft) -> None:
    """After an answer about a second visit that a booking program told: once, and never beside a complaint."""
    customer, visit, talk = draft.care.customer, draft.care.visit, draft.care.conversation
    if customer.regular is not Regular.UNKNOWN or not customer.questions or visit is None:
        return
    if not _is_imported(visit) or draft.facts.asked_visits < OF_OWN_ACCORD:
        return
    if draft.open_case is not None or talk is None or not _is_content(draft):
        return
    draft.change_customer(regular=Regular.OFFERED)
    draft.say("consent.regular", regular_rows(draft))


def _is_content(draft: Draft) -> bool:
    """The answer has led to thanks, and not to a question what was wrong."""
    talk, flow = draft.conversation, draft.flow
    step = flow.steps[talk.step]
    if flow.trigger is not Trigger.VISIT:
        return False
    return talk.closed_at is not None or step.case is CaseAction.PRAISE


def regular_rows(draft: Draft) -> Rows:
    """Yes and no under the words of `consent.regular`."""
    book = draft.book.sha256[:_SHA_SHOWN]
    yes = Button("consent_yes", DataPress(DataChoice.REGULAR_YES, book))
    no = Button("consent_no", DataPress(DataChoice.REGULAR_NO, book))
    return ((yes, no),)


def regular_answered(draft: Draft, event: CustomerChoseData) -> None:
    """Yes or no to regular questions; the last word counts."""
    given = event.choice is DataChoice.REGULAR_YES
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    set_regular(draft, given=given, wording="consent.regular", book=event.book)
    draft.say("consent.agreed" if given else "consent.declined")


def set_regular(draft: Draft, *, given: bool, wording: str, book: str = "") -> None:
    """Ask after visits, or do not; the consent changes with it. `wording`: the text that was read."""
    before = draft.care.customer.regular
    if given:
        answer, after = ConsentAnswer.GIVEN, Regular.GIVEN
    else:
        taken_back = before is Regular.GIVEN
        answer = ConsentAnswer.WITHDRAWN if taken_back else ConsentAnswer.REFUSED
        after = Regular.REFUSED
    draft.change_customer(regular=after, questions=given)
    if before is not after:
        keep(draft, ConsentKind.REGULAR, answer, wording, book)


# ---- everything taken back ----------------------------------------------------------------------


def has_given_any(draft: Draft) -> bool:
    """There is something to take back."""
    customer = draft.care.customer
    return bool(customer.phone) or customer.regular is Regular.GIVEN or customer.agreed


def withdraw_all(draft: Draft) -> None:
    """The number goes, and no question comes any more by itself; an open case is answered all the same."""
    forget_phone(draft, "privacy.main")
    customer = draft.care.customer
    if customer.regular is not Regular.UNKNOWN or customer.questions:
        set_regular(draft, given=False, wording="privacy.main")
    if customer.agreed:
        draft.change_customer(agreed=False)
        keep(draft, ConsentKind.FIRST, ConsentAnswer.WITHDRAWN, "privacy.main")


def forget_phone(draft: Draft, wording: str) -> None:
    """The number goes: from the customer, from the visits, from the card."""
    customer = draft.care.customer
    if not customer.phone:
        return
    draft.do(ForgetPhone(customer.id, customer.phone))
    draft.change_customer(phone="", phone_own=False, phone_wanted_by=None, zone="")
    keep(draft, ConsentKind.PHONE, ConsentAnswer.WITHDRAWN, wording)
    draft.record("phone_forgotten")
    if draft.open_case is not None:
        draft.mark()


# ---- before the first word ----------------------------------------------------------------------


def missing(draft: Draft, event: ConsentMissing) -> None:
    """What was written lies sealed; the question whether it may be read is put once."""
    if event.first:
        book = draft.facts.content.book.sha256
        give = Button("consent_give", DataPress(DataChoice.FIRST_YES, book[:_SHA_SHOWN]))
        refuse = Button("consent_refuse", DataPress(DataChoice.FIRST_NO, book[:_SHA_SHOWN]))
        _to_stranger(draft, event.sender.tg_id, "consent.ask", ((give, refuse),))


def first_answered(draft: Draft, event: CustomerChoseData) -> None:
    """Yes: what lies sealed is heard, in its order. No: it is blanked, unread."""
    chat, customer = event.sender.tg_id, draft.care.customer
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    if event.choice is DataChoice.FIRST_NO:
        if customer.id:
            draft.change_customer(agreed=False)
            keep(draft, ConsentKind.FIRST, ConsentAnswer.REFUSED, "consent.ask", event.book)
        draft.do(LetGoOfSealed(chat, stranger=not customer.id))
        _to_stranger(draft, chat, "consent.first_declined", last=not customer.id)
        return
    draft.change_customer(agreed=True)
    keep(draft, ConsentKind.FIRST, ConsentAnswer.GIVEN, "consent.ask", event.book)
    draft.do(BreakSeal(chat))
    if not draft.facts.sealed:
        draft.say("start.plain")


def _to_stranger(
    draft: Draft, tg_id: int, text: str, rows: Rows = (), *, last: bool = False
) -> None:
    """To somebody of whom nothing may be kept, not even that they were told."""
    draft.do(Say(tg_id, text, draft.words(), rows=rows, farewell=last))
