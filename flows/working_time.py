"""When people of a branch are at work: for what is promised, and for what staff are told. What, others decide."""

from datetime import datetime, time, timedelta

from flows.draft import Draft
from flows.hours import Hours

_CLOSED_FOR_LONG = timedelta(
    days=14
)  # more than the longest run of holidays: a season, or for good


def hours_of_answering(draft: Draft) -> Hours:
    """The hours of the branch; of one that stays closed for long, those of the first branch that does not.

    With no such branch its own: a business that opens in spring answers in spring, one that never opens at once.
    """
    own = draft.branch.hours
    others = (b.hours for b in draft.facts.content.business.branches if not b.closed)
    return next((hours for hours in (own, *others) if _opens_soon(hours, draft.moment)), own)


def _opens_soon(hours: Hours, moment: datetime) -> bool:
    opens = hours.next_opening(moment)
    return opens is not None and opens - moment <= _CLOSED_FOR_LONG


def answer_by(draft: Draft, within: timedelta) -> datetime:
    """So much working time from now (UTC)."""
    return hours_of_answering(draft).add_working(draft.moment, within)


def notice_at(draft: Draft, at: datetime, due: datetime) -> datetime:
    """When to tell staff what is meant for `at`: as the branch opens, if that is still before what falls due."""
    opens = hours_of_answering(draft).next_opening(at)
    return opens if opens is not None and opens < due else at


def next_morning(draft: Draft) -> datetime:
    """When the branch opens on the next day it works; around the clock, when its quiet hours end."""
    hours = draft.branch.hours
    tomorrow = draft.moment.astimezone(hours.zone).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), hours.zone)
    return draft.polite_to_staff(hours.next_opening(midnight) or midnight)
