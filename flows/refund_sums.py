"""How much may go back for a visit: what it has cost, less what was returned for it in whatever case and account."""

from flows.book import OfferKind
from flows.draft import Draft
from flows.people import Gift, Person
from flows.refund_times import refund_of


def left(draft: Draft) -> int | None:
    """What has not gone back of the price of the visit, in minor units; None without a known price."""
    paid = _paid(draft)
    return None if paid is None else max(paid - _returned(draft), 0)


def is_begun(draft: Draft) -> bool:
    """A part of the price has gone back, or will."""
    return bool(_of_visit(draft))


def returned_before(draft: Draft) -> Gift | None:
    """What leaves nothing to decide on: the money of this case, or whatever has made the visit whole."""
    of_visit = _of_visit(draft)
    return refund_of(draft) or (of_visit[-1] if of_visit and left(draft) == 0 else None)


def is_too_much(draft: Draft, person: Person, amount: int) -> bool:
    """Below the manager: more than is left of the price; without a known one, than the role decides on at once."""
    catalogue = draft.facts.content.catalogue
    if catalogue.rank(person.role) > 0:
        return False
    role, paid = catalogue.role(person.role), _paid(draft)
    most = paid if paid is not None else role.limits.case_value if role else 0
    return most is not None and amount + _returned(draft) > most


def _paid(draft: Draft) -> int | None:
    """What the visit has cost, in minor units of the catalogue's currency."""
    visit, currency = draft.care.visit, draft.facts.content.catalogue.currency
    if visit is None or visit.id != draft.case.visit_id or visit.currency not in ("", currency):
        return None
    return visit.amount or None


def _returned(draft: Draft) -> int:
    return sum(gift.value for gift in _of_visit(draft))


def _of_visit(draft: Draft) -> list[Gift]:
    visit = draft.case.visit_id
    refunds = (g for g in draft.facts.gifts if g.kind is OfferKind.REFUND and g.stands)
    return [gift for gift in refunds if visit is not None and gift.visit_id == visit]
