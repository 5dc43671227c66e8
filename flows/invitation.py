"""Inviting a customer to write publicly: the same words and links for everyone, at a fitting time, now and then."""

from datetime import timedelta

from flows.consent import wants_to_hear
from flows.draft import Draft
from flows.flow import INVITATION, Step
from flows.presses import Button, InvitationsPress, OpenUrl, Rows

_IN_A_ROW = 2
_AFTER_A_GIFT = timedelta(days=3)  # an invitation beside a gift would look like its price


def may_be_invited(draft: Draft) -> bool:
    """There are pages, the customer has agreed to be written to, and was not invited of late."""
    customer, business = draft.care.customer, draft.facts.content.business
    every = business.timing.review_every
    lately = customer.invited_at is not None and draft.moment - customer.invited_at < every
    wanted = wants_to_hear(draft) and customer.invitations and customer.blocked_at is None
    return bool(business.review_pages) and wanted and not lately


def is_bad_time(draft: Draft) -> bool:
    """Something is open, or was given just now: it waits and is not dropped, lest only the happy get one."""
    lately = any(draft.moment - gift.given_at < _AFTER_A_GIFT for gift in draft.facts.gifts)
    return lately or draft.facts.open_case is not None or draft.open_case is not None


def invite(draft: Draft, step: Step) -> None:
    """Say it, with a button for each page of the business."""
    if not may_be_invited(draft) or is_bad_time(draft):
        return
    draft.change_customer(invited_at=draft.moment)
    draft.say(step.say or INVITATION, _rows(draft))
    draft.record("invited")


def _rows(draft: Draft) -> Rows:
    pages = [
        Button("review_page", OpenUrl(address), {"platform": title})
        for title, address in draft.facts.content.business.review_pages.items()
    ]
    rows = [tuple(pages[at : at + _IN_A_ROW]) for at in range(0, len(pages), _IN_A_ROW)]
    return (*rows, (Button("no_reviews", InvitationsPress(wanted=False)),))
