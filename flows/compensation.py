"""One tap on an offer gives it: who may, within which limits, once; and the seconds in which it can be taken back.

Counters are named here: `day:<person>:<date>` (cost a role gives in a shift day), `customer:<id>:<window>` (gifts
and cost within the customer's window) and `staff:<person>:<window>` (gifts a person gives). A window is a fixed
run of days counted from the epoch, so that each limit is one row.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.book import Offer, OfferKind, RoleLimits
from flows.case import Case, Menu
from flows.draft import Draft
from flows.effects import Recall, SaveGift, Spend
from flows.events import LetterKind, StaffAction, StaffTapped
from flows.people import Gift, GiftState, Person
from flows.presses import Button, CasePress, CopyText, OpenUrl, Rows


@dataclass(frozen=True, slots=True)
class Limit:
    """One counter that a gift touches: what it adds, and what may not be exceeded (None: nothing)."""

    counter: str
    amount: int
    limit: int | None


def limits_of(
    draft_case: Case, offer: Offer, person: Person, moment: datetime, draft: Draft
) -> list[Limit]:
    """The counters a gift touches; a fix or a refund touches none."""
    if offer.kind is not OfferKind.GIFT:
        return []
    rules = draft.facts.content.catalogue.rules
    branch = draft.facts.content.business.branch(draft_case.branch_id)
    day = moment.astimezone(branch.hours.zone).date().isoformat()
    customer = (
        f"customer:{draft_case.customer_id}:{_window(moment, rules.per_customer.window_days)}"
    )
    staff = f"staff:{person.id}:{_window(moment, rules.per_staff.window_days)}"
    role = _role_limits(draft, person)
    return [
        Limit(f"day:{person.id}:{day}", offer.cost, role.day_cost),
        Limit(f"{customer}:gifts", 1, rules.per_customer.gifts),
        Limit(f"{customer}:cost", offer.cost, rules.per_customer.cost),
        Limit(f"{staff}:gifts", 1, rules.per_staff.gifts),
        Limit(f"{staff}:{draft_case.customer_id}", 1, rules.per_staff.same_customer),
    ]


def _window(moment: datetime, days: int) -> int:
    return int(moment.timestamp() // timedelta(days=days).total_seconds())


def _role_limits(draft: Draft, person: Person) -> RoleLimits:
    role = draft.facts.content.catalogue.role(person.role)
    return role.limits if role else RoleLimits(0, 0, 0)


def counters_to_read(case: Case, roster: tuple[Person, ...], draft: Draft) -> list[str]:
    """Keys of every counter that a gift of this case could touch."""
    dummy = next(iter(draft.facts.content.catalogue.offers), None)
    if dummy is None:
        return []
    gift = replace(dummy, kind=OfferKind.GIFT)
    keys = [
        limit.counter
        for person in roster
        for limit in limits_of(case, gift, person, draft.moment, draft)
    ]
    return list(dict.fromkeys(keys))


# ---- what is offered --------------------------------------------------------------------------


def offers_for(draft: Draft) -> list[Offer]:
    """What suits the case, in the order of the card: the fix of the topic, then gifts by value for their cost.

    Refunds are a path of their own and do not stand among them.
    """
    case, catalogue = draft.case, draft.facts.content.catalogue
    topic = catalogue.topic(case.topic).id
    suitable = [
        offer
        for offer in catalogue.offers
        if offer.kind is not OfferKind.REFUND
        and case.severity in offer.severities
        and (offer.topics is None or topic in offer.topics)
        and not offer.on_site
    ]
    return sorted(
        suitable,
        key=lambda o: (
            o.kind is not OfferKind.FIX,
            o.last,
            _rank(draft, o),
            -o.value / max(o.cost, 1),
        ),
    )


def _rank(draft: Draft, offer: Offer) -> int:
    return draft.facts.content.catalogue.rank(offer.role)


def given_now(draft: Draft, kind: OfferKind | None = None) -> Gift | None:
    """What was given in this opening (of `kind`), or for this visit when it is a gift; None when nothing."""
    case = draft.case
    for gift in draft.facts.gifts:
        if gift.state is GiftState.TAKEN_BACK or (kind is not None and gift.kind is not kind):
            continue
        if gift.case_id == case.id and gift.opening == case.opening:
            return gift
        if gift.kind is OfferKind.GIFT and case.visit_id and gift.visit_id == case.visit_id:
            return gift
    return None


def visit_is_known(draft: Draft) -> bool:
    """A visit stands behind the case, as far as gifts are concerned."""
    visit, content = draft.care.visit, draft.facts.content
    if not content.catalogue.rules.gift_needs_visit:
        return True
    if visit is None or visit.id != draft.case.visit_id:
        return False
    return visit.source != "link" or content.business.permanent_link_counts


# ---- giving -----------------------------------------------------------------------------------


def give(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Settle the case with the tapped offer; a second tap changes nothing and says who was first."""
    case = draft.case
    offer = draft.facts.content.catalogue.offer(event.arg)
    if offer is None or not case.is_open or (case.for_manager and case.answered_at is None):
        draft.toast(event.tap, "staff.toast.outdated", alert=True)
        draft.mark()
        return
    before = given_now(draft, offer.kind)
    if before is not None:
        draft.toast(event.tap, "staff.toast.already_given", alert=True, gift=before)
        return
    if person.tg_id == draft.care.customer.tg_id:
        draft.toast(event.tap, "staff.toast.own_case", alert=True)
        return
    reason = why_not(draft, offer, person)
    if reason:
        ask_senior(draft, event, person, offer, reason)
        return
    _give(draft, offer, person)
    draft.toast(event.tap)


def why_not(draft: Draft, offer: Offer, person: Person) -> str:
    """Key of the phrase why this person may not give this offer here; "" when nothing stands against it."""
    catalogue = draft.facts.content.catalogue
    if (
        offer.kind is OfferKind.GIFT
        and not visit_is_known(draft)
        and catalogue.rank(person.role) < 1
    ):
        return "phrase.reason.no_visit"
    if catalogue.rank(person.role) < catalogue.rank(offer.role):
        return "phrase.reason.role"
    limits = _role_limits(draft, person)
    if offer.kind is OfferKind.GIFT:
        if limits.case_cost is not None and offer.cost > limits.case_cost:
            return "phrase.reason.limit"
        if limits.case_value is not None and offer.value > limits.case_value:
            return "phrase.reason.limit"
    for limit in limits_of(draft.case, offer, person, draft.moment, draft):
        if limit.limit is None or (
            limit.counter.startswith("day:") is False and catalogue.rank(person.role) > 0
        ):
            continue  # windows bind the front line; above it the manager decides
        if draft.facts.spent.of(limit.counter) + limit.amount > limit.limit:
            return "phrase.reason.limit"
    return ""


def _give(draft: Draft, offer: Offer, person: Person) -> None:
    case, catalogue = draft.case, draft.facts.content.catalogue
    valid = offer.valid_days
    gift = Gift(
        id=draft.facts.ids.gift(),
        case_id=case.id,
        opening=case.opening,
        kind=offer.kind,
        offer_id=offer.id,
        title=offer.title,
        value=offer.value,
        cost=offer.cost,
        currency=catalogue.currency,
        code=draft.facts.ids.code() if offer.kind is OfferKind.GIFT else "",
        given_by=person.id,
        given_by_name=person.name,
        given_at=draft.moment,
        customer_id=case.customer_id,
        visit_id=case.visit_id if offer.kind is OfferKind.GIFT else None,
        valid_until=draft.moment + timedelta(days=valid) if valid else None,
    )
    rank = catalogue.rank(person.role)
    for limit in limits_of(case, offer, person, draft.moment, draft):
        binding = limit.limit if rank == 0 or limit.counter.startswith("day:") else None
        draft.do(Spend(limit.counter, limit.amount, binding))
    draft.do(SaveGift(gift))
    draft.change_case(
        menu=Menu.MAIN,
        owner_id=case.owner_id or person.id,
        taken_at=case.taken_at or draft.moment,
        asked_offer="",
    )
    _say_letter(draft, offer, gift, person)
    draft.record(
        "given", actor=person.name, offer=offer.id, gift=gift.id, cost=offer.cost, value=offer.value
    )
    draft.mark()


def _say_letter(draft: Draft, offer: Offer, gift: Gift, person: Person) -> None:
    text = "offer.single"
    if offer.kind is OfferKind.FIX:
        text = "offer.fix"
    elif offer.on_site:
        text = "offer.now"
    draft.say(
        text,
        _letter_rows(draft, gift),
        hold=draft.facts.content.catalogue.rules.undo,
        key=gift_key(gift.id),
        letter=LetterKind.GIFT,
        ref=gift.id,
        gift=gift,
        offer=offer,
        agent=person,
    )


def _letter_rows(draft: Draft, gift: Gift) -> Rows:
    copy = [Button("copy_code", CopyText(gift.code))] if gift.code else []
    address = draft.facts.content.business.booking_url
    book = [Button("book_visit", OpenUrl(address))] if address else []
    return (tuple(copy + book),) if copy or book else ()


def gift_key(gift_id: int) -> str:
    """The key of a gift's letter in the outbox."""
    return f"gift:{gift_id}"


# ---- taking back ------------------------------------------------------------------------------


def take_back(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Within the seconds of the hold: gift, counters and letter are withdrawn together."""
    gift = next((g for g in draft.facts.gifts if str(g.id) == event.arg), None)
    if gift is None or gift.state is GiftState.TAKEN_BACK:
        draft.toast(event.tap, "staff.toast.cancelled")
        return
    if gift.state is not GiftState.HELD or not draft.facts.letter_waits:
        draft.toast(event.tap, "staff.toast.too_late", alert=True)
        return
    draft.do(Recall(gift_key(gift.id)), SaveGift(replace(gift, state=GiftState.TAKEN_BACK)))
    giver = draft.facts.person_by_id(gift.given_by)
    offer = draft.facts.content.catalogue.offer(gift.offer_id)
    if giver is not None and gift.kind is OfferKind.GIFT:
        spent = _as_given(gift, offer)
        for limit in limits_of(draft.case, spent, giver, gift.given_at, draft):
            draft.do(Spend(limit.counter, -limit.amount))
    draft.toast(event.tap, "staff.toast.cancelled")
    draft.record("taken_back", actor=person.name, gift=gift.id)
    draft.mark()


def _as_given(gift: Gift, offer: Offer | None) -> Offer:
    if offer is not None:
        return replace(offer, cost=gift.cost, value=gift.value, kind=gift.kind)
    return Offer(
        id=gift.offer_id,
        title=gift.title,
        button=gift.title,
        kind=gift.kind,
        value=gift.value,
        cost=gift.cost,
        role="",
        severities=frozenset(),
        topics=None,
    )


# ---- asking the next role ---------------------------------------------------------------------


def ask_senior(draft: Draft, event: StaffTapped, person: Person, offer: Offer, reason: str) -> None:
    """The tap of somebody who may not give becomes a request to the next role, privately."""
    rank = max(draft.facts.content.catalogue.rank(person.role), 0)
    senior = draft.facts.senior_to(rank)
    if senior is None or senior.id == person.id:
        draft.toast(event.tap, "staff.toast.nobody_to_ask", alert=True)
        return
    draft.change_case(asked_offer=offer.id, approval="", menu=Menu.MAIN)
    yes = Button("give", CasePress(draft.case.id, StaffAction.APPROVE, offer.id), style="success")
    no = Button("refuse", CasePress(draft.case.id, StaffAction.REFUSE, offer.id))
    myself = Button("answer_myself", CasePress(draft.case.id, StaffAction.TO_MANAGER))
    draft.tell(
        senior,
        "staff.approval_request",
        ((yes,), (no, myself)),
        agent=person,
        offer=offer,
        reason=draft.facts.content.book.texts.phrases.get(reason, ""),
    )
    draft.toast(event.tap, "staff.toast.no_right")
    draft.record("asked_senior", actor=person.name, offer=offer.id, reason=reason)
    draft.mark()


def decide_request(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The senior says yes or no to a request; yes gives it in the senior's name."""
    case = draft.case
    offer = draft.facts.content.catalogue.offer(event.arg)
    if offer is None or case.asked_offer != event.arg or not case.is_open:
        draft.toast(event.tap, "staff.toast.outdated", alert=True)
        return
    if event.action is StaffAction.APPROVE:
        draft.change_case(approval="phrase.approval.yes")
        give(draft, event, person)
        return
    if draft.facts.content.catalogue.rank(person.role) < 1:
        draft.toast(event.tap, "staff.toast.no_right")
        return
    draft.change_case(asked_offer="", approval="phrase.approval.no")
    draft.toast(event.tap)
    draft.record("refused", actor=person.name, offer=offer.id)
    draft.mark()
