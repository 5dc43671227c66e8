"""What was of late with a customer, with whoever may be the same person, and with a topic. Bounded, by index."""

from datetime import datetime, timedelta
from typing import Any

from flows.draft import Draft
from flows.found import Account, Before
from flows.limits import customer_counters
from storage.tx import Tx

_CASES_MOST = 50  # of one customer
_ALIKE_MOST = 200
_GIFTS_MOST = 50
_ACCOUNTS_MOST = 5


def accounts(tx: Tx, draft: Draft) -> tuple[Account, ...]:
    """Others who share a telephone or a visit with the customer, and have complained within a window of gifts."""
    since = _since(draft)
    found = []
    for number, same in tx.accounts_like(draft.care.customer, _ACCOUNTS_MOST).items():
        cases = tx.cases_of_late(number, since, _CASES_MOST)
        if cases:
            gifts = tx.gifts_of_late(number, since, _GIFTS_MOST)
            found.append(Account(number, same, tuple(case for case, _ in cases), gifts))
    return tuple(found)


def _since(draft: Draft) -> datetime:
    """So long ago a window of gifts that ends now would have begun."""
    return draft.moment - timedelta(
        days=draft.facts.content.catalogue.rules.per_customer.window_days
    )


def looked_back(tx: Tx, draft: Draft) -> dict[str, Any]:
    """Fields of Facts for a look at what was before."""
    case, notice = draft.case, draft.facts.content.business.notice
    opened_since = draft.moment - max(notice.customer_within, notice.again_within)
    alike_since = draft.moment - notice.situation_within
    own = tx.cases_of_late(case.customer_id, opened_since, _CASES_MOST)
    topic = case.topic or ""
    return {
        "spent": tx.spent(customer_counters(draft)),
        "earlier": tx.earlier(case),
        "accounts": accounts(tx, draft),
        "prevention": tx.prevention_of(case),
        "before": Before(
            opened=tuple(at for _, at in own),
            gifts=tx.gifts_of_late(case.customer_id, _since(draft), _GIFTS_MOST),
            alike=tx.cases_alike(case.branch_id, topic, alike_since, _ALIKE_MOST) if topic else (),
            situation_told=tx.situation_told(case.branch_id, topic, alike_since),
        ),
    }
