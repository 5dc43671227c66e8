"""How an owner is told of what may be given: prices, days, topics. The talk about it is gifts_talk.py."""

from flows.book import Offer
from flows.compile_offers import BUTTON_WITH_PRICE_MOST
from flows.draft import Draft
from flows.money import format_money, minor_digits


def button_of(draft: Draft, offer: Offer) -> str:
    """The label of its button on a card, with its price."""
    return labelled(draft, offer.button, offer.retail)


def labelled(draft: Draft, button: str, retail: int | None) -> str:
    """A label with its price (minor units)."""
    price = "" if retail is None else money(draft, retail)
    return draft.facts.content.book.texts.label("option", {"button": button, "price": price})


def fits(draft: Draft, button: str, retail: int | None) -> bool:
    """The label and its price have room on a button."""
    return bool(button) and len(labelled(draft, button, retail)) <= BUTTON_WITH_PRICE_MOST


def money(draft: Draft, minor: int) -> str:
    """An amount of the catalogue's currency, in minor units."""
    content = draft.facts.content
    return format_money(minor, content.catalogue.currency, content.business.locale)


def minor(draft: Draft, amount: float) -> int:
    """An amount as typed, in minor units."""
    return round(amount * 10.0 ** minor_digits(draft.facts.content.catalogue.currency))


def days(draft: Draft, offer: Offer) -> str:
    """How long it is valid; "" without an end."""
    if offer.valid_days is None:
        return ""
    return draft.words().phrases.counted("days", offer.valid_days)


def topic_titles(draft: Draft, offer: Offer) -> str:
    """The topics it is for; "" when for any."""
    topics = draft.facts.content.catalogue.topics
    return ", ".join(t.title for t in topics if offer.topics and t.id in offer.topics)
