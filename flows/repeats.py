"""What comes back: one customer, one topic in one branch, gifts at their limit, two accounts of one person.

Told to the manager alone, once; what the customer reads, and how soon, is the same with and without it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flows import preventing
from flows.book import OfferKind
from flows.draft import Draft, is_trial, open_card
from flows.effects import SavePrevention
from flows.events import TimerFired, TimerKind
from flows.history import history_line
from flows.limits import at_customer_limit
from flows.people import Gift, Person
from flows.prevention import Stage

_SETTLES_IN = timedelta(minutes=2)  # topic and first words have come by then
_NAMED_MOST = 5  # "the fifth time" has a word, more are counted
_PATTERN_LEAST = 2  # cases
_PARTS = (("night", 5), ("morning", 12), ("day", 17), ("evening", 24))  # each until that hour
_CUSTOMER, _GIFTS, _ACCOUNT = "customer", "gifts", "account"


def plan(draft: Draft) -> None:
    """The case was opened, or its topic named: what was before is looked at soon, not while the branch is closed."""
    if is_trial(draft.care):
        return
    soon = draft.moment + _SETTLES_IN
    opens = draft.branch.hours.next_opening(soon) or soon
    draft.set_case_timer(TimerKind.LOOK_BACK, draft.polite_to_staff(opens), draft.case.opening)


def look_back(draft: Draft, timer: TimerFired) -> None:
    """Tell the manager what comes back, each thing once."""
    case, manager = draft.case, draft.impartial.senior_to(0)
    if case.erased or manager is None or timer.wait != case.opening:
        return
    if case.is_open:
        _customer_again(draft, manager)
        _gifts_at_limit(draft, manager)
        _second_account(draft, manager)
    _situation_again(draft, manager)


def _notice(draft: Draft, what: str, *, repeated: bool = True) -> bool:
    """Remember that the manager was told; False when that was before."""
    case = draft.case
    if what in case.noticed:
        return False
    draft.change_case(noticed=(*case.noticed, what), repeated=case.repeated or repeated)
    draft.record("noticed", what=what)
    return True


# ---- one customer -----------------------------------------------------------------------------


def _customer_again(draft: Draft, manager: Person) -> None:
    notice, case = draft.facts.content.business.notice, draft.case
    times = _since(draft, notice.customer_within)
    again = case.opening > 1 or _since(draft, notice.again_within) > 1
    if times >= notice.customer_cases and _notice(draft, _CUSTOMER):
        draft.tell(
            manager,
            "staff.repeat_customer",
            open_card(draft),
            times=_nth(draft, times),
            period=_span(draft, notice.customer_within),
            history_line=history_line(draft),
        )
    elif again and _CUSTOMER not in case.noticed and _notice(draft, f"again:{case.opening}"):
        draft.tell(
            manager,
            "staff.second_failure",
            open_card(draft),
            period=_span(draft, notice.again_within),
            reopened=draft.words().phrase("phrase.reopened") if case.opening > 1 else "",
            history_line=history_line(draft),
        )


def _since(draft: Draft, within: timedelta) -> int:
    return sum(at > draft.moment - within for at in draft.facts.before.opened)


def _nth(draft: Draft, times: int) -> str:
    key = f"phrase.nth.{times}" if times <= _NAMED_MOST else "phrase.nth.more"
    return draft.words().phrase(key, n=times)


def _span(draft: Draft, span: timedelta) -> str:
    return draft.words().phrases.duration(span)


# ---- gifts, and whose -------------------------------------------------------------------------


def _gifts_at_limit(draft: Draft, manager: Person) -> None:
    """The front line may give this customer nothing more: the manager should know before being asked."""
    if at_customer_limit(draft) and _notice(draft, _GIFTS, repeated=False):
        days = draft.facts.content.catalogue.rules.per_customer.window_days
        draft.tell(
            manager,
            "staff.abuse_flag",
            period=_span(draft, timedelta(days=days)),
            gifts_line=_gifts_line(draft, draft.facts.before.gifts),
        )


def _second_account(draft: Draft, manager: Person) -> None:
    """Somebody with the same telephone, or who claimed the same visit, has complained as well."""
    others = draft.facts.accounts
    if not others or not _notice(draft, _ACCOUNT, repeated=False):
        return
    words, days = draft.words(), draft.facts.content.catalogue.rules.per_customer.window_days
    gifts = [*draft.facts.before.gifts, *(gift for each in others for gift in each.gifts)]
    draft.tell(
        manager,
        "staff.second_account",
        open_card(draft),
        account_same=words.phrase(f"phrase.same.{others[0].same}"),
        account_cases=", ".join(
            words.phrase("phrase.order_no", n=n) for each in others for n in each.cases
        ),
        period=_span(draft, timedelta(days=days)),
        gifts_line=_gifts_line(draft, gifts),
    )


def _gifts_line(draft: Draft, gifts: Sequence[Gift]) -> str:
    """`2, на 3 400 ₽`: what it is worth to customers; "" for none."""
    standing = [g for g in gifts if g.kind is OfferKind.GIFT and g.stands]
    words, currency = draft.words(), draft.facts.content.catalogue.currency
    worth = words.phrases.money(sum(g.value for g in standing), currency)
    return words.phrase("phrase.gifts_line", n=len(standing), sum=worth) if standing else ""


# ---- one situation ----------------------------------------------------------------------------


def _situation_again(draft: Draft, manager: Person) -> None:
    """The same topic in the same branch: what is to be done about the cause?"""
    notice, before = draft.facts.content.business.notice, draft.facts.before
    if len(before.alike) < notice.situation_cases or before.situation_told:
        return
    if draft.facts.prevention is not None:
        return
    found = replace(preventing.begun(draft, manager, Stage.NOTICED), situation=True)
    draft.do(SavePrevention(found))
    _notice(draft, "situation")
    draft.tell(
        manager,
        "staff.repeat_situation",
        (preventing.buttons(found, ("write_down", preventing.WRITE), ("already_on_it", "known")),),
        repeat_count=draft.words().phrases.counted("times", len(before.alike)),
        period=_span(draft, notice.situation_within),
        pattern=_pattern(draft, before.alike),
    )


def _pattern(draft: Draft, moments: Sequence[datetime]) -> str:
    """`пятница вечер`, `пятница` or `вечер`, when at least half of them fall there; else ""."""
    here = [at.astimezone(draft.branch.zone) for at in moments]
    words = draft.words()

    def part(hour: int) -> str:
        return words.phrase(f"phrase.part.{_part_of(hour)}")

    for names in (
        [(words.phrases.weekday(at), part(at.hour)) for at in here],
        [(words.phrases.weekday(at), "") for at in here],
        [("", part(at.hour)) for at in here],
    ):
        (weekday, time_of_day), many = Counter(names).most_common(1)[0]
        if many >= _PATTERN_LEAST and 2 * many >= len(here):
            return " ".join(filter(None, (weekday, time_of_day)))
    return ""


def _part_of(hour: int) -> str:
    return next(name for name, until in _PARTS if hour < until)
