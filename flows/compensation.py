"""One tap on an offer gives it, once; and the seconds in which it can be taken back. Limits are in limits.py."""

from dataclasses import replace
from datetime import datetime, timedelta

from flows import requests
from flows.book import Offer, OfferKind
from flows.case import Menu
from flows.draft import Draft, is_trial
from flows.effects import Recall, SaveGift, Spend
from flows.events import LetterKind, StaffTapped, TimerKind, VoucherAction
from flows.limits import limits_of, why_not
from flows.people import Gift, GiftState, Person
from flows.presses import Button, CopyText, OpenUrl, Rows, VoucherPress
from flows.promises import owner_of

# ---- what is offered --------------------------------------------------------------------------


def offers_for(draft: Draft) -> list[Offer]:
    """What suits the case, in the order of the card: the fix of the topic, then gifts by value for their cost.

    Refunds are a path of their own and do not stand among them.
    """
    case, catalogue = draft.case, draft.facts.content.catalogue
    topic = catalogue.topic(case.topic).id
    suitable = [
        offer
        for offer in catalogue.offers
        if offer.kind is not OfferKind.REFUND
        and not offer.off
        and not (case.after_final and offer.kind is OfferKind.GIFT)
        and case.severity in offer.severities
        and (offer.topics is None or topic in offer.topics)
        and (not offer.on_site or _still_here(draft))
    ]
    return sorted(suitable, key=lambda offer: _place_on_card(draft, offer))


def _still_here(draft: Draft) -> bool:
    visit = draft.care.visit
    return visit is not None and visit.id == draft.case.visit_id and visit.ended_at > draft.moment


def _place_on_card(draft: Draft, offer: Offer) -> tuple[bool, bool, int, float]:
    rank = draft.facts.content.catalogue.rank(offer.role)
    worth = offer.value / max(offer.cost, 1)
    return (offer.kind is not OfferKind.FIX, offer.last, rank, -worth)


def offers_left(draft: Draft) -> list[Offer]:
    """What suits the case and is of a kind that was not given yet."""
    given = {kind for kind in OfferKind if given_now(draft, kind) is not None}
    return [offer for offer in offers_for(draft) if offer.kind not in given]


def given_now(draft: Draft, kind: OfferKind | None = None) -> Gift | None:
    """What was given in this opening (of `kind`), or for this visit when it is a gift; None when nothing."""
    case = draft.case
    for gift in draft.facts.gifts:
        if not gift.stands or (kind is not None and gift.kind is not kind):
            continue
        if _of_this_opening(draft, gift):
            return gift
        if gift.kind is OfferKind.GIFT and case.visit_id and gift.visit_id == case.visit_id:
            return gift
    return None


def _of_this_opening(draft: Draft, gift: Gift) -> bool:
    return gift.case_id == draft.case.id and gift.opening == draft.case.opening


def gifts_allowed(draft: Draft) -> bool:
    """What is severe has no gifts until the manager has spoken."""
    return not draft.case.gifts_wait


# ---- giving -----------------------------------------------------------------------------------


def give(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Settle the case with the tapped offer; a second tap changes nothing and says who was first."""
    offer = draft.facts.content.catalogue.offer(event.arg)
    if offer is None or not draft.case.is_open or not gifts_allowed(draft):
        outdated(draft, event)
        return
    before = given_now(draft, offer.kind)
    if before is not None:
        _already_given(draft, event, before)
    elif offer not in offers_for(draft):
        outdated(draft, event)
    elif reason := why_not(draft, offer, person):
        requests.ask_senior(draft, event, person, offer, reason)
    else:
        _give(draft, offer, person)
        draft.toast(event.tap)


def outdated(draft: Draft, event: StaffTapped) -> None:
    """The button stood for something that is over."""
    draft.toast(event.tap, "staff.toast.outdated", alert=True)
    draft.mark()


def _already_given(draft: Draft, event: StaffTapped, gift: Gift) -> None:
    here = _of_this_opening(draft, gift)
    text = "staff.toast.already_given" if here else "staff.toast.visit_gift"
    draft.toast(event.tap, text, alert=True, gift=gift, given_at=gift.given_at)


def _give(draft: Draft, offer: Offer, person: Person) -> None:
    case = draft.case
    gift = _made(draft, offer, person)
    spend_on(draft, person, gift)
    draft.do(SaveGift(gift))
    giving(draft, person, approved=case.asked_offer == offer.id)
    _say_letter(draft, offer, gift, person)
    draft.record(
        "given", actor=person.name, offer=offer.id, gift=gift.id, cost=offer.cost, value=offer.value
    )
    draft.mark()


def spend_on(draft: Draft, person: Person, gift: Gift) -> None:
    """The counters that a gift touches, each within its limit, or the whole turn is refused."""
    if gift.kind is OfferKind.GIFT and not is_trial(draft.care):
        for limit in limits_of(draft, person, gift.cost, draft.moment):
            draft.do(Spend(limit.counter, limit.amount, limit.most))


def give_back(draft: Draft, giver: Person | None, gift: Gift) -> None:
    """The counters that a gift has touched are as they were."""
    if is_trial(draft.care):
        return
    if giver is not None and gift.kind is OfferKind.GIFT:
        for limit in limits_of(draft, giver, gift.cost, gift.given_at):
            draft.do(Spend(limit.counter, -limit.amount))


def giving(draft: Draft, person: Person, *, approved: bool = False) -> None:
    """Whoever gives has the case from now on, and nothing is asked of anybody any more."""
    case = draft.case
    draft.change_case(
        menu=Menu.MAIN,
        owner_id=(owner_of(draft) or person).id,
        taken_at=case.taken_at or draft.moment,
        approval="phrase.approval.yes" if approved else case.approval,
        asked_offer="",
    )
    draft.cancel_case_timers(TimerKind.REQUEST)


def _made(draft: Draft, offer: Offer, person: Person) -> Gift:
    """The gift as it is kept: title, value and cost are copied, whatever the catalogue says tomorrow."""
    case, is_gift = draft.case, offer.kind is OfferKind.GIFT
    return Gift(
        id=draft.facts.ids.gift(),
        case_id=case.id,
        opening=case.opening,
        kind=offer.kind,
        offer_id=offer.id,
        title=offer.title,
        value=offer.value,
        cost=offer.cost,
        currency=draft.facts.content.catalogue.currency,
        code=draft.facts.ids.code() if is_gift and not is_trial(draft.care) else "",
        given_by=person.id,
        given_by_name=person.name,
        given_at=draft.moment,
        customer_id=case.customer_id,
        visit_id=case.visit_id if is_gift else None,
        valid_until=lives_until(draft, offer),
    )


def lives_until(draft: Draft, offer: Offer) -> datetime | None:
    """Until when it can be used, given now; None is for ever."""
    return draft.moment + timedelta(days=offer.valid_days) if offer.valid_days else None


def _say_letter(draft: Draft, offer: Offer, gift: Gift, person: Person) -> None:
    text = "offer.now" if offer.on_site else "offer.single"
    if offer.kind is OfferKind.FIX:
        text = "offer.fix"
    elif is_trial(draft.care):
        text = "try.gift"
    draft.say(
        text,
        letter_rows(draft, gift),
        hold=draft.facts.content.catalogue.rules.undo,
        key=gift_key(gift.id),
        letter=LetterKind.GIFT,
        ref=gift.id,
        gift=gift,
        offer=offer,
        agent=person,
    )


def letter_rows(draft: Draft, gift: Gift) -> Rows:
    """The buttons under a letter with a gift."""
    copy = [Button("copy_code", CopyText(gift.code))] if gift.code else []
    address = draft.facts.content.business.booking_url
    book = [Button("book_visit", OpenUrl(address))] if address else []
    rows: Rows = (tuple(copy + book),) if copy or book else ()
    if gift.code:
        rows += ((Button("voucher_picture", VoucherPress(gift.id, VoucherAction.PICTURE)),),)
    return rows


def gift_key(gift_id: int) -> str:
    """The key of a gift's letter in the outbox."""
    return f"gift:{gift_id}"


# ---- taking back ------------------------------------------------------------------------------


def take_back(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Within the seconds of the hold: gift, counters and letter are withdrawn together."""
    gift = next((g for g in draft.facts.gifts if str(g.id) == event.arg), None)
    if gift is None or gift.state is GiftState.TAKEN_BACK:
        draft.toast(event.tap, "staff.toast.cancelled")
        return
    if gift.state is not GiftState.HELD or not draft.facts.letter_waits:
        draft.toast(event.tap, "staff.toast.too_late", alert=True)
        return
    draft.do(Recall(gift_key(gift.id)), SaveGift(replace(gift, state=GiftState.TAKEN_BACK)))
    give_back(draft, draft.facts.person_by_id(gift.given_by), gift)
    draft.toast(event.tap, "staff.toast.cancelled")
    draft.record("taken_back", actor=person.name, gift=gift.id)
    draft.mark()


def approve(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The senior says yes: it is given in the senior's name."""
    case = draft.case
    if not case.asked_offer or case.asked_offer != event.arg or not case.is_open:
        draft.toast(event.tap, "staff.toast.outdated", alert=True)
    else:
        give(draft, event, person)
