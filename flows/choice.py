"""Two or three gifts for the customer to choose from: offered by one tap, settled by the customer's.

What is offered is reserved at its dearest in the giver's name, so that no choice exceeds a limit and nobody
gives a second time meanwhile; the choice, or "nothing needed", takes the reservation back.
"""

from dataclasses import replace
from typing import Any

from flows.book import Offer, OfferKind
from flows.compensation import (
    gift_key,
    gifts_allowed,
    give_back,
    given_now,
    giving,
    letter_rows,
    lives_until,
    offers_for,
    outdated,
    spend_on,
)
from flows.draft import Draft, is_trial
from flows.effects import ChangeButtons, SaveGift, Spend
from flows.events import CustomerChose, LetterKind, StaffTapped
from flows.limits import limits_of, why_not
from flows.offer_values import money, offer_label
from flows.people import Gift, GiftState, Person
from flows.presses import Button, ChoicePress, Rows

NOTHING = "none"
RESERVED = "choice"  # stands where the id of the offer will


def options(draft: Draft, person: Person) -> list[Offer]:
    """What this person may put before the customer; empty when that is no choice."""
    least, most = draft.facts.content.catalogue.rules.choice
    fitting = [
        offer
        for offer in offers_for(draft)
        if offer.kind is OfferKind.GIFT and not offer.on_site and not why_not(draft, offer, person)
    ]
    return fitting[:most] if len(fitting) >= least else []


def offer_choice(draft: Draft, event: StaffTapped, person: Person) -> None:
    """One tap puts two or three gifts before the customer."""
    if not draft.case.is_open or not gifts_allowed(draft) or given_now(draft, OfferKind.GIFT):
        outdated(draft, event)
        return
    offers = options(draft, person)
    if not offers:
        draft.toast(event.tap, "staff.toast.no_choice", alert=True)
        return
    put_before(draft, person, offers, "offer.choice")
    draft.toast(event.tap)


def options_list(draft: Draft, offers: list[Offer]) -> str:
    """The offers as the customer reads them in a letter, a line each."""
    return "\n".join(_line(draft, offer) for offer in offers)


def put_before(draft: Draft, person: Person, offers: list[Offer], text: str, **said: Any) -> None:
    """The letter of that text puts the offers before the customer; what it costs at most is reserved."""
    gift = _reserved(draft, offers, person)
    spend_on(draft, person, gift)
    draft.do(SaveGift(gift))
    giving(draft, person)
    draft.change_case(choice=tuple(offer.id for offer in offers))
    draft.say(
        text,
        _rows(draft, gift, offers),
        hold=draft.facts.content.catalogue.rules.undo,
        key=gift_key(gift.id),
        letter=LetterKind.GIFT,
        ref=gift.id,
        agent=person,
        options_list=options_list(draft, offers),
        **said,
    )
    draft.record("choice_offered", actor=person.name, offers=[offer.id for offer in offers])
    draft.mark()


def _reserved(draft: Draft, offers: list[Offer], person: Person) -> Gift:
    case = draft.case
    return Gift(
        id=draft.facts.ids.gift(),
        case_id=case.id,
        opening=case.opening,
        kind=OfferKind.GIFT,
        offer_id=RESERVED,
        title=draft.words().phrase("phrase.choice"),
        value=max(offer.value for offer in offers),
        cost=max(offer.cost for offer in offers),
        currency=draft.facts.content.catalogue.currency,
        code="",
        given_by=person.id,
        given_by_name=person.name,
        given_at=draft.moment,
        customer_id=case.customer_id,
        visit_id=case.visit_id,
    )


def _rows(draft: Draft, gift: Gift, offers: list[Offer]) -> Rows:
    def button(offer: Offer) -> Button:
        _, values = offer_label(draft.words_in(draft.language), _as_read(draft, offer))
        return Button("option", ChoicePress(gift.id, offer.id), values)

    nothing = Button("nothing_needed", ChoicePress(gift.id, NOTHING))
    return (*((button(offer),) for offer in offers), (nothing,))


def _as_read(draft: Draft, offer: Offer) -> Offer:
    """The offer in the customer's language."""
    return draft.spoken.catalogue.offer(offer.id) or offer


def _line(draft: Draft, offer: Offer) -> str:
    words, offer = draft.words_in(draft.language), _as_read(draft, offer)
    if offer.retail is None:
        return words.phrase("phrase.option", title=offer.title)
    return words.phrase("phrase.option_price", title=offer.title, price=money(words, offer.retail))


# ---- the customer's tap -----------------------------------------------------------------------


def chosen(draft: Draft, event: CustomerChose) -> None:
    """The choice settles it: the gift is given in the name of whoever offered it."""
    gift = draft.facts.voucher
    if gift is None or event.sender.tg_id != draft.care.customer.tg_id:
        draft.toast(event.tap, "ask.old_button")
        return
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    offer = draft.facts.content.catalogue.offer(event.offer_id)
    giver = draft.facts.person_by_id(gift.given_by)
    if gift.state is not GiftState.OFFERED or giver is None:
        draft.toast(event.tap, "ask.old_button")
    elif event.offer_id == NOTHING:
        _released(draft, gift, giver)
        draft.say("offer.declined")
        draft.record("choice_declined", gift=gift.id)
        draft.mark()
    elif offer is None or event.offer_id not in draft.case.choice:
        _taken_out(draft, event, gift, giver)
    else:
        _given(draft, offer, gift, giver)


def _released(draft: Draft, gift: Gift, giver: Person) -> None:
    """Nothing of it is given, and nothing is spent."""
    draft.do(SaveGift(replace(gift, state=GiftState.TAKEN_BACK)))
    give_back(draft, giver, gift)
    draft.change_case(choice=())


def withdraw(draft: Draft, gift: Gift) -> None:
    """Whoever works on the case takes the choice back; its buttons say that they are over."""
    giver = draft.facts.person_by_id(gift.given_by)
    if giver is not None:
        _released(draft, gift, giver)
    draft.mark()


def _given(draft: Draft, offer: Offer, reserved: Gift, giver: Person) -> None:
    gift = replace(
        reserved,
        id=draft.facts.ids.gift(),
        offer_id=offer.id,
        title=offer.title,
        value=offer.value,
        cost=offer.cost,
        code="" if is_trial(draft.care) else draft.facts.ids.code(),
        valid_until=lives_until(draft, offer),
        state=GiftState.HELD,
    )
    draft.do(SaveGift(replace(reserved, state=GiftState.TAKEN_BACK)), SaveGift(gift))
    _spend_the_difference(draft, giver, reserved, gift)
    draft.change_case(choice=())
    draft.say(
        "try.gift" if is_trial(draft.care) else "offer.taken",
        letter_rows(draft, gift),
        key=gift_key(gift.id),
        letter=LetterKind.GIFT,
        ref=gift.id,
        gift=gift,
        offer=offer,
        agent=giver,
    )
    draft.record("given", actor=giver.name, offer=offer.id, gift=gift.id, cost=offer.cost)
    draft.mark()


def _spend_the_difference(draft: Draft, giver: Person, reserved: Gift, gift: Gift) -> None:
    """The counters of the day of the offer hold what was reserved: only what it is dearer or cheaper by moves.

    What was offered is kept whatever the limits are by now, so nothing is refused here.
    """
    if is_trial(draft.care):
        return
    was = limits_of(draft, giver, reserved.cost, reserved.given_at)
    now = limits_of(draft, giver, gift.cost, reserved.given_at)
    for before, after in zip(was, now, strict=True):
        if after.amount != before.amount:
            draft.do(Spend(after.counter, after.amount - before.amount))


def _taken_out(draft: Draft, event: CustomerChose, gift: Gift, giver: Person) -> None:
    """The owner has taken this gift out of the catalogue meanwhile: a person answers."""
    _released(draft, gift, giver)
    draft.toast(event.tap, "offer.option_gone", alert=True)
    draft.tell(giver, "staff.option_gone")
    draft.mark()
