"""Reads what may be given. Who may give how much of it: compile_limits.py."""

from dataclasses import dataclass

from flows.book import Offer, OfferKind, Role
from flows.compile_limits import LONGEST_DAYS, amount_written, read_amount
from flows.reading import Fields, Place

BUTTON_WITH_PRICE_MOST = 30
ON_SITE = "on_site"
ANY_TOPIC = "any"

REQUIRED = ["id", "title", "button", "value", "cost", "by", "sev", "fits"]
OPTIONAL = ["retail", "price_word", "terms", "valid_days", "fix", "refund", "only", "last", "off"]


@dataclass(frozen=True, slots=True)
class Trade:
    """What an offer is judged against."""

    currency: str
    roles: tuple[Role, ...]  # from the lowest to the highest
    topics: tuple[str, ...]
    least_value_to_cost: float


def compile_offers(place: Place, trade: Trade) -> tuple[Offer, ...]:
    """The offers in the owner's order; problems are noted."""
    offers: list[Offer] = []
    for at in place.items():
        offer = _offer(at, trade)
        if any(offer.id == other.id for other in offers):
            at.problem("id.twice", id=offer.id)
        offers.append(offer)
    return tuple(offers)


def _offer(place: Place, trade: Trade) -> Offer:
    fields = place.fields(REQUIRED, OPTIONAL)
    kind = _kind(fields)
    offer = Offer(
        id=fields["id"].id(),
        title=fields["title"].text(),
        button=fields["button"].text(BUTTON_WITH_PRICE_MOST),
        kind=kind,
        value=read_amount(fields["value"], trade.currency),
        cost=read_amount(fields["cost"], trade.currency),
        role=_role(fields["by"], trade),
        severities=frozenset(item.whole(1, 3) for item in fields["sev"].items()),
        topics=_topics(fields["fits"], trade),
        retail=fields.read("retail", lambda at: read_amount(at, trade.currency), None),
        price_word=fields.read("price_word", Place.text, None),
        terms=fields.read("terms", Place.text, None),
        valid_days=fields.read("valid_days", _valid_days, None),
        on_site=fields.read("only", _on_site, default=False),
        last=fields.read("last", Place.flag, default=False),
        off=fields.read("off", Place.flag, default=False),
    )
    if kind is OfferKind.GIFT:
        _judge_worth(fields, offer, trade)
        _judge_limits(fields, offer, trade)
    return offer


def _kind(fields: Fields) -> OfferKind:
    fix = fields.read("fix", Place.flag, default=False)
    refund = fields.read("refund", Place.flag, default=False)
    if fix and refund:
        fields.at.problem("offers.fix_and_refund")
    return OfferKind.FIX if fix else OfferKind.REFUND if refund else OfferKind.GIFT


def _judge_worth(fields: Fields, offer: Offer, trade: Trade) -> None:
    if not offer.value or offer.value >= offer.cost * trade.least_value_to_cost:
        return
    worth = f"{trade.least_value_to_cost:g}"
    fields["cost"].problem("offers.worth", gift=offer.button, times=worth, warning=True)


def _judge_limits(fields: Fields, offer: Offer, trade: Trade) -> None:
    """Whoever gives it by one tap must be able to give it at least once."""
    role = next((role for role in trade.roles if role.id == offer.role), None)
    if role is None:
        return
    limits = role.limits
    for field, amount, limit, most in (
        ("cost", offer.cost, "case_cost", limits.case_cost),
        ("cost", offer.cost, "day_cost", limits.day_cost),
        ("value", offer.value, "case_value", limits.case_value),
    ):
        if most is not None and amount > most:
            fields[field].problem(
                "offers.never",
                gift=offer.button,
                role=role.title,
                limit=f"roles.{role.id}.limits.{limit}",
                most=amount_written(most, trade.currency),
            )


def _role(place: Place, trade: Trade) -> str:
    known = [role.id for role in trade.roles]
    if place.value not in known:
        place.unknown(str(place.value), known, "unknown.role")
    return str(place.value)


def _topics(place: Place, trade: Trade) -> frozenset[str] | None:
    if place.value == ANY_TOPIC:
        return None
    topics = place.items()
    for topic in topics:
        if topic.value not in trade.topics:
            topic.unknown(str(topic.value), trade.topics, "unknown.topic")
    return frozenset(str(topic.value) for topic in topics)


def _valid_days(place: Place) -> int | None:
    return None if place.value is None else place.whole(1, LONGEST_DAYS)


def _on_site(place: Place) -> bool:
    return place.one_of((ON_SITE,), "unknown.place_limit") == ON_SITE
