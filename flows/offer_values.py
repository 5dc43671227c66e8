"""Values about offers and gifts: what is given is as it was given, whatever the catalogue says today."""

from flows.book import Offer, OfferKind
from flows.moments import clock_of, date_of
from flows.people import Gift
from flows.situation import Situation


def offer_of(w: Situation) -> Offer | None:
    """The offer that the text is about: named, given, or waiting for the manager's word."""
    offer = w.more.get("offer")
    if isinstance(offer, Offer):
        return w.content.catalogue.offer(offer.id) or offer
    gift = gift_of(w)
    if gift is not None:
        return w.content.catalogue.offer(gift.offer_id)
    case = w.care.case
    return w.content.catalogue.offer(case.asked_offer) if case and case.asked_offer else None


def gift_of(w: Situation) -> Gift | None:
    """The gift that the text is about."""
    gift = w.more.get("gift")
    return gift if isinstance(gift, Gift) else None


def given_at(w: Situation) -> str:
    """When the gift was given; without one, when the customer was answered."""
    gift, case = gift_of(w), w.care.case
    return clock_of(w, gift.given_at if gift else case.answered_at if case else None)


def offer_title(w: Situation) -> str:
    """For a letter, after a colon."""
    gift, offer = gift_of(w), offer_of(w)
    if gift is None:
        return offer.title if offer else ""
    known = w.facts.content.catalogue.offer(gift.offer_id)
    same = offer is not None and known is not None and known.title == gift.title
    return offer.title if offer is not None and same else gift.title


def offer_price(w: Situation) -> str:
    """`по прайсу 1 200 ₽`; "" without a price."""
    offer = offer_of(w)
    if offer is None or offer.retail is None:
        return ""
    word = offer.price_word or w.phrase("phrase.price_word")
    return w.phrase("phrase.price", word=word, price=money(w, offer.retail))


def offer_terms(w: Situation) -> str:
    """`без условий`, or the terms of the offer; a fix has none."""
    offer = offer_of(w)
    if offer is None or offer.kind is not OfferKind.GIFT:
        return ""
    return offer.terms or w.phrase("phrase.no_terms")


def offer_until(w: Situation) -> str:
    """The last day of the gift; "" without one."""
    gift = gift_of(w)
    return date_of(w, gift.valid_until) if gift and gift.valid_until else ""


def money(w: Situation, minor: int) -> str:
    """An amount in minor units of the catalogue's currency."""
    return w.phrases.money(minor, w.content.catalogue.currency)


def offer_label(w: Situation, offer: Offer) -> tuple[str, dict[str, object]]:
    """Key and values of an offer's button: a gift with its price, a fix without."""
    if offer.kind is not OfferKind.GIFT:
        return "fix", {"button": offer.button}
    price = money(w, offer.retail) if offer.retail is not None else ""
    return "gift", {"button": offer.button, "price": price}
