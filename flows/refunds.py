"""Money back once it is promised: sent on the day or excused before it breaks, asked about when it should be there.

Deciding on it is refund_form.py's. Nothing here closes a case.
"""

from dataclasses import replace

from flows.book import OfferKind
from flows.case import Case
from flows.checks import open_again
from flows.draft import Draft, open_card
from flows.effects import ChangeButtons, Record, SaveGift
from flows.events import CustomerChose, StaffAction, StaffTapped, TimerFired
from flows.people import Gift, GiftState, Person
from flows.presses import Button, CasePress, ChoicePress, Rows
from flows.promises import make_promise, owner_of, who_answers
from flows.refund_sums import returned_before
from flows.refund_times import (
    ARRIVED,
    LAST_DAY,
    NOT_YET,
    arrival_timer,
    is_owed,
    legal_until,
    no_timers,
    promised_day,
    refund_of,
    remind_on_the_last_day,
    timers_of,
)


def _gift(draft: Draft, number: str | int) -> Gift | None:
    gift = refund_of(draft)
    return gift if gift is not None and str(gift.id) == str(number) else None


# ---- the promised day -------------------------------------------------------------------------


def ask_whether_sent(draft: Draft, timer: TimerFired) -> None:
    """On the promised day whoever answers is asked, privately."""
    gift = _gift(draft, timer.wait)
    if gift is None or not is_owed(gift):
        return
    for person in who_answers(draft):
        draft.tell(person, "staff.refund_due", _sent_rows(draft, gift), gift=gift)


def _sent_rows(draft: Draft, gift: Gift) -> Rows:
    sent = Button("refund_sent", CasePress(draft.case.id, StaffAction.REFUND_SENT, str(gift.id)))
    wait = Button("not_yet", CasePress(draft.case.id, StaffAction.REFUND_WAIT, str(gift.id)))
    return ((sent, wait), *open_card(draft))


def not_yet(draft: Draft, event: StaffTapped, _person: Person) -> None:
    """Not sent so far: the honest word goes to the customer by itself, in time."""
    gift = _gift(draft, event.arg)
    text = "staff.toast.refund_wait" if is_owed(gift) else "staff.toast.outdated"
    draft.toast(event.tap, text, alert=True)


def mark_sent(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The money was sent: the customer is told, and asked when the bank has had its days."""
    gift = _gift(draft, event.arg)
    if gift is None or not is_owed(gift):
        draft.toast(event.tap, "staff.toast.outdated", alert=True)
        draft.mark()
        return
    gift = replace(
        gift,
        state=GiftState.REDEEMED,
        ended_at=draft.moment,
        ended_by=person.id,
        ended_by_name=person.name,
    )
    draft.do(SaveGift(gift), *no_timers(gift))
    if draft.case.erased:
        draft.toast(event.tap, "staff.toast.letter_erased", alert=True)
    else:
        draft.do(arrival_timer(draft, gift))
        draft.say("offer.refund_sent", gift=gift)
        draft.toast(event.tap, "staff.toast.guest_told")
    draft.record("refund_sent", actor=person.name, gift=gift.id, value=gift.value)
    draft.mark()


def promise_breaks(draft: Draft, timer: TimerFired) -> None:
    """The day is nearly over: the customer hears it from us, with a new day; so do the manager and who answers."""
    gift = _gift(draft, timer.wait)
    if gift is None or not is_owed(gift):
        return
    again = draft.facts.content.catalogue.rules.refund_again_days
    later = replace(gift, valid_until=promised_day(draft, again))
    draft.do(SaveGift(later), *timers_of(draft, later))
    if not draft.case.erased:
        draft.say("offer.refund_late", gift=later)
    text = "staff.erased_owed" if draft.case.erased else "staff.refund_late"
    manager = draft.impartial.senior_to(0)
    told = dict.fromkeys((*who_answers(draft), *((manager,) if manager else ())))
    for person in told:
        draft.tell(person, text, _sent_rows(draft, later), gift=later)
    draft.record("refund_late", gift=gift.id)
    draft.mark()


# ---- has it come? -----------------------------------------------------------------------------


def ask_whether_arrived(draft: Draft, timer: TimerFired) -> None:
    """The bank has had its days; after health, or a word about a court, the bot asks nothing."""
    gift = _gift(draft, timer.wait)
    sent = gift is not None and gift.state is GiftState.REDEEMED
    if gift is None or not sent or draft.case.silent or draft.case.erased:
        return
    if draft.care.customer.blocked_at is not None:
        draft.record("refund_check_skipped", gift=gift.id)
        return
    yes = Button("yes", ChoicePress(gift.id, ARRIVED))
    no = Button("not_yet", ChoicePress(gift.id, NOT_YET))
    draft.say("offer.refund_check", ((yes, no),), gift=gift)
    draft.record("refund_check", gift=gift.id)


def is_meant(draft: Draft) -> bool:
    """The tap answers about money, not about gifts to choose from."""
    gift = draft.facts.voucher
    return gift is not None and gift.kind is OfferKind.REFUND


def answered(draft: Draft, event: CustomerChose) -> None:
    """Once: it has come, or it has not and a person looks for it."""
    gift, by = draft.facts.voucher, event.sender.tg_id
    asked = gift is not None and gift.state is GiftState.REDEEMED
    if gift is None or not asked or by != draft.care.customer.tg_id or gift.ended_why:
        draft.toast(event.tap, "ask.old_button")
        return
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    if event.offer_id == ARRIVED:
        draft.do(SaveGift(replace(gift, ended_why=ARRIVED)))
        draft.say("offer.refund_arrived")
        draft.record("refund_arrived", gift=gift.id)
        draft.mark()
    elif event.offer_id == NOT_YET:
        _is_missing(draft, gift)
    else:
        draft.toast(event.tap, "ask.old_button")


def _is_missing(draft: Draft, gift: Gift) -> None:
    """The case is open again, or the one that is open meanwhile has it; somebody answers by a time."""
    case, other, anew = draft.case, draft.facts.open_case, False
    draft.do(SaveGift(replace(gift, ended_why=NOT_YET)))
    draft.record("refund_missing", gift=gift.id)
    if other is not None and other.id != case.id:
        _join(draft, other)
    elif not case.is_open:
        open_again(draft, case)
        draft.change_case(check_result="", check_comment="")
        anew = True
    draft.change_case(money_missing=gift.value)
    _hand_to_whoever_answers(draft)
    make_promise(draft, draft.timing.manager_reply_within)
    draft.change_case(promised=draft.case.reply_by is not None, waits_since=draft.moment)
    draft.say("offer.refund_missing", gift=gift)
    for person in who_answers(draft):
        draft.tell(person, "staff.refund_missing", open_card(draft), gift=gift)
    draft.mark(anew=anew, keep_old=anew)


def _join(draft: Draft, other: Case) -> None:
    """A customer has one open case: what is missing is looked for there."""
    ended = draft.case
    draft.do(Record("refund_joined", ended.id, ended.customer_id, data={"joins": other.id}))
    draft.care = replace(draft.care, case=other)


def _hand_to_whoever_answers(draft: Draft) -> None:
    if owner_of(draft) is None:
        manager = draft.impartial.senior_to(0)
        draft.change_case(owner_id=manager.id if manager else None, taken_at=None)


# ---- the law's day ----------------------------------------------------------------------------


def law_reminds(draft: Draft, timer: TimerFired) -> None:
    """A demand that nobody has decided on: the manager is told in time, on the last day whoever is above as well."""
    gift, until = returned_before(draft), legal_until(draft)
    if until is None or not draft.case.is_open or gift is not None:
        return
    for person in _who_decides(draft, last=timer.wait == LAST_DAY):
        text = "staff.refund_last_day" if timer.wait == LAST_DAY else "staff.refund_legal"
        refund = Button("refund", CasePress(draft.case.id, StaffAction.REFUND))
        draft.tell(
            person,
            text,
            ((refund,), *open_card(draft)),
            refund_asked_on=draft.case.refund_asked_at,
            legal_until=until,
        )
    draft.record("refund_legal", last=timer.wait == LAST_DAY)
    if timer.wait != LAST_DAY:
        remind_on_the_last_day(draft)


def _who_decides(draft: Draft, *, last: bool) -> tuple[Person, ...]:
    manager = draft.impartial.senior_to(0)
    if manager is None:
        return who_answers(draft)
    rank = draft.facts.content.catalogue.rank(manager.role)
    above = draft.impartial.senior_to(rank) if last else None
    return (manager, above) if above is not None else (manager,)
