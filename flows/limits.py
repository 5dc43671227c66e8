"""What may be given, by whom: roles, limits, and the counters behind them. Giving itself is in compensation.py.

Counters are named here: `day:<person>:<date>` (cost a person gives in a working day), `customer:<id>:<window>:...`
(gifts and cost within the customer's window) and `staff:<person>:<window>:...` (gifts a person gives, also to one
customer). A window is a fixed run of days counted from the epoch, so that each limit is one row.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flows.book import Offer, OfferKind, RoleLimits, Rules
from flows.draft import Draft
from flows.people import Gift, GiftState, Person

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOTHING = RoleLimits(case_cost=0, case_value=0, day_cost=0)


@dataclass(frozen=True, slots=True)
class Limit:
    """One counter that a gift touches: what it adds, and what may not be exceeded (None: nothing)."""

    counter: str
    amount: int
    most: int | None


def limits_of(draft: Draft, person: Person, cost: int, at: datetime) -> tuple[Limit, ...]:
    """The counters that a gift of this cost (minor units), given by this person at that moment, touches.

    Windows bind the front line only: above it a person decides.
    """
    rules, customer = draft.facts.content.catalogue.rules, draft.case.customer_id
    day = draft.branch.hours.working_day(at).isoformat()
    to = _to_customer(rules, customer, at)
    by = f"staff:{person.id}:{_window(at, rules.per_staff.window_days)}"
    front = _rank(draft, person) <= 0
    return (
        Limit(f"day:{person.id}:{day}", cost, _role_limits(draft, person).day_cost),
        Limit(f"{to}:gifts", 1, rules.per_customer.gifts if front else None),
        Limit(f"{to}:cost", cost, rules.per_customer.cost if front else None),
        Limit(f"{by}:gifts", 1, rules.per_staff.gifts if front else None),
        Limit(f"{by}:{customer}", 1, rules.per_staff.same_customer if front else None),
    )


def _to_customer(rules: Rules, customer_id: int, at: datetime) -> str:
    return f"customer:{customer_id}:{_window(at, rules.per_customer.window_days)}"


def _window(at: datetime, days: int) -> int:
    return int(at.timestamp() // timedelta(days=days).total_seconds())


def _rank(draft: Draft, person: Person) -> int:
    return draft.facts.content.catalogue.rank(person.role)


def _role_limits(draft: Draft, person: Person) -> RoleLimits:
    role = draft.facts.content.catalogue.role(person.role)
    return role.limits if role else _NOTHING


def counters_to_read(draft: Draft, person: Person) -> tuple[str, ...]:
    """Keys of every counter that a gift by this person, given now in the case in hand, would touch."""
    return tuple(limit.counter for limit in limits_of(draft, person, 0, draft.moment))


def visit_is_known(draft: Draft) -> bool:
    """A visit stands behind the case, as far as gifts are concerned."""
    visit, content = draft.care.visit, draft.facts.content
    if not content.catalogue.rules.gift_needs_visit:
        return True
    if visit is None or visit.id != draft.case.visit_id:
        return False
    return visit.source != "link" or content.business.permanent_link_counts


def _customer_window_began(rules: Rules, at: datetime) -> datetime:
    """When (UTC) the window began in which gifts to one customer are counted at that moment."""
    days = rules.per_customer.window_days
    return _EPOCH + _window(at, days) * timedelta(days=days)


def customer_counters(draft: Draft) -> tuple[str, str]:
    """Keys of what the customer was given in this window: how many gifts, and their cost."""
    rules, customer = draft.facts.content.catalogue.rules, draft.case.customer_id
    to = _to_customer(rules, customer, draft.moment)
    return f"{to}:gifts", f"{to}:cost"


def at_customer_limit(draft: Draft) -> bool:
    """The front line may give this customer, by whatever account, nothing more in this window."""
    most = draft.facts.content.catalogue.rules.per_customer
    gifts, cost = _given_together(draft)
    too_many = most.gifts is not None and gifts >= most.gifts
    return gifts > 0 and (too_many or (most.cost is not None and cost >= most.cost))


def _over_limit_together(draft: Draft, offer: Offer) -> bool:
    """Accounts that may be one person have one limit. Turns come one by one, so that looking is enough."""
    if not draft.facts.accounts:
        return False
    most = draft.facts.content.catalogue.rules.per_customer
    gifts, cost = _given_together(draft)
    too_many = most.gifts is not None and gifts + 1 > most.gifts
    return too_many or (most.cost is not None and cost + offer.cost > most.cost)


def _given_together(draft: Draft) -> tuple[int, int]:
    """Gifts of this window to the customer and to the other accounts: how many, and their cost."""
    own_gifts, own_cost = map(draft.facts.spent.of, customer_counters(draft))
    began = _customer_window_began(draft.facts.content.catalogue.rules, draft.moment)
    others = [
        gift
        for account in draft.facts.accounts
        for gift in account.gifts
        if gift.given_at >= began
        and gift.kind is OfferKind.GIFT
        and gift.state is not GiftState.TAKEN_BACK
    ]
    return own_gifts + len(others), own_cost + sum(gift.cost for gift in others)


def why_not(draft: Draft, offer: Offer, person: Person) -> str:
    """Key of the phrase why this person may not give this offer here; "" when nothing stands against it."""
    rank = _rank(draft, person)
    if offer.kind is OfferKind.GIFT and not visit_is_known(draft) and rank < 1:
        return "phrase.reason.no_visit"
    if rank < draft.facts.content.catalogue.rank(offer.role):
        return "phrase.reason.role"
    if offer.kind is OfferKind.GIFT and not _within_limits(draft, offer, person):
        return "phrase.reason.limit"
    if offer.kind is OfferKind.GIFT and rank < 1 and _over_limit_together(draft, offer):
        return "phrase.reason.account"
    return ""


def _within_limits(draft: Draft, offer: Offer, person: Person) -> bool:
    given = _gifts_of_case(draft)
    role = _role_limits(draft, person)
    of_case = (
        (offer.cost + sum(gift.cost for gift in given), role.case_cost),
        (offer.value + sum(gift.value for gift in given), role.case_value),
    )
    spent = draft.facts.spent
    counted = (
        (spent.of(limit.counter) + limit.amount, limit.most)
        for limit in limits_of(draft, person, offer.cost, draft.moment)
    )
    return all(most is None or total <= most for total, most in (*of_case, *counted))


def _gifts_of_case(draft: Draft) -> list[Gift]:
    return [
        gift
        for gift in draft.facts.gifts
        if gift.case_id == draft.case.id and gift.kind is OfferKind.GIFT and gift.stands
    ]
