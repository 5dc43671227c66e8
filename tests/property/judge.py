"""Judges every decision while it is made, by the tables and by what the business allows; asks nothing of the rules.

What is broken raises AssertionError with one of the sentences below, at the event that broke it.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from bot.desk import Rules
from flows.book import OfferKind, RoleLimits
from flows.case import Care, Case
from flows.effects import Effect, RelayToCustomer, SaveGift, Say, Toast
from flows.engine import advance
from flows.events import (
    CustomerChose,
    Event,
    LetterFailed,
    LetterKind,
    LetterSent,
    StaffAction,
    StaffEdited,
    StaffTapped,
    StaffWrote,
    VoucherShown,
    VoucherTapped,
)
from flows.facts import Facts
from flows.people import Gift, GiftState, Person
from storage.tables import cases, counters, gifts
from tests.property.shop import GROUP, Shop

AUTOMATIC = (
    *("ask.salon", "ask.qr", "ask.reminder", "ack.", "progress.", "check.", "rate."),
    *("offer.", "nps.", "review."),
)
NEVER = datetime.max.replace(tzinfo=UTC)
AWAY = (GiftState.TAKEN_BACK, GiftState.REVOKED)


@dataclass(slots=True)
class Judge:
    """Stands where the rules do, asks `decides`, and judges what it says."""

    decides: Rules = advance
    shop: Shop | None = None
    over_limit: int = 0

    def __call__(
        self, before: Care, event: Event, facts: Facts, moment: datetime
    ) -> tuple[Care, list[Effect]]:
        after, effects = self.decides(before, event, facts, moment)
        self._one_answer_for_a_tap(event, effects)
        for effect in effects:
            if isinstance(effect, SaveGift):
                self._gift(event, after, effect.gift, effects)
            if isinstance(effect, RelayToCustomer):
                self._relayed(event)
            if isinstance(effect, Say):
                self._said(before, after, effect)
        self._promise(event, before, after, effects)
        self._closed(event, before, after)
        return after, effects

    # ---- who is who

    @property
    def _shop(self) -> Shop:
        assert self.shop is not None
        return self.shop

    def _staff(self, tg_id: int) -> Person | None:
        """As the table says at this moment."""
        return next((p for p in self._shop.tx.roster() if p.tg_id == tg_id and p.active), None)

    def _rank(self, role: str) -> int:
        return self._shop.desk.content.catalogue.rank(role)

    def _is_senior(self, person: Person | None) -> bool:
        return person is not None and self._rank(person.role) >= 1

    def _gifts(self) -> list[Gift]:
        ids = [row.id for row in self._shop.conn.execute(select(gifts.c.id))]
        return [gift for gift in map(self._shop.tx.gift, ids) if gift is not None]

    # ---- taps and words

    @staticmethod
    def _one_answer_for_a_tap(event: Event, effects: list[Effect]) -> None:
        tap = getattr(event, "tap", None)
        answers = [effect.tap_id for effect in effects if isinstance(effect, Toast)]
        assert answers == ([tap.id] if tap is not None else []), "a tap is answered once"

    def _relayed(self, event: Event) -> None:
        assert isinstance(event, StaffWrote | StaffEdited | StaffTapped), "nobody wrote this"
        assert self._staff(event.by.tg_id) is not None, "a stranger writes to the customer"
        assert not getattr(event, "anonymous", False), "nobody knows who wrote this"

    def _said(self, before: Care, after: Care, say: Say) -> None:
        if say.text.startswith("staff."):
            assert self._staff(say.tg_id) is not None, "internal words reach a stranger"
        case = before.case
        silent = case is not None and case.emergency and case.is_open and case.answered_at is None
        if silent and say.tg_id == after.customer.tg_id:
            assert not say.text.startswith(AUTOMATIC), (
                f"an automatic text in an emergency: {say.text}"
            )

    def _closed(self, event: Event, before: Care, after: Care) -> None:
        if before.case is None or after.case is None or before.case.id != after.case.id:
            return
        closed = before.case.is_open and not after.case.is_open
        if closed and isinstance(event, StaffTapped):
            assert self._staff(event.by.tg_id) is not None, "a stranger closes a case"

    # ---- promises

    def _promise(self, event: Event, before: Care, after: Care, effects: list[Effect]) -> None:
        """A time the customer was told is moved only with a word to the customer, or kept by an answer."""
        was, now = before.case, after.case
        if was is None or now is None or was.id != now.id or not now.is_open or not was.is_open:
            return
        if not was.promised or was.reply_by is None or now.reply_by == was.reply_by:
            return
        told = any(isinstance(e, Say) and e.tg_id == after.customer.tg_id for e in effects)
        answered = now.answered_at != was.answered_at or now.emergency
        arrived = isinstance(event, LetterSent) and event.letter is LetterKind.REPLY
        said_done = isinstance(event, StaffTapped) and event.action is StaffAction.KEPT
        reached = after.customer.blocked_at is None
        kept = told or arrived or answered or said_done or not reached
        assert kept, "a promise is moved without a word"

    # ---- gifts

    def _gift(self, event: Event, after: Care, gift: Gift, effects: list[Effect]) -> None:
        known = self._shop.tx.gift(gift.id)
        if known is not None:
            self._moved(event, after, known, gift)
        elif isinstance(event, CustomerChose):
            self._chosen(event, after, gift)
        else:
            self._given(event, after, gift)
        if known is None:
            self._one_of_a_kind(gift, effects)

    def _given(self, event: Event, after: Care, gift: Gift) -> None:
        assert isinstance(event, StaffTapped), "nobody gave this"
        person, case = self._staff(event.by.tg_id), after.case
        assert person is not None, "a stranger gives"
        assert case is not None
        assert gift.given_by == person.id, "given in somebody else's name"
        assert event.tap.chat_id in (GROUP, event.by.tg_id), "given from a foreign chat"
        assert person.tg_id != after.customer.tg_id, "a gift to oneself"
        stored = self._shop.tx.case(case.id)
        spoken = stored is not None and stored.spoken_at is not None
        assert spoken or not case.severe, "nobody has spoken yet"
        rank, offer = (
            self._rank(person.role),
            self._shop.desk.content.catalogue.offer(gift.offer_id),
        )
        visit = self._shop.tx.visit(case.visit_id) if case.visit_id else None
        if rank < 1 and visit is not None:
            assert visit.master != person.name, "judges a complaint about oneself"
        if offer is not None:
            assert rank >= self._rank(offer.role), "above one's role"
        if gift.kind is OfferKind.GIFT:
            assert rank > 0 or visit is not None, "no visit, and no manager"
            self._within_limits(person, rank, gift, case)

    def _chosen(self, event: CustomerChose, after: Care, gift: Gift) -> None:
        offered = self._shop.tx.gift(event.gift_id)
        assert offered is not None, "chosen from nothing"
        assert offered.state is GiftState.OFFERED, "chosen twice"
        assert event.sender.tg_id == after.customer.tg_id, "a stranger chooses"
        assert gift.cost <= offered.cost, "chosen above what was reserved"
        assert gift.given_by == offered.given_by, "chosen in another name"

    def _one_of_a_kind(self, gift: Gift, effects: list[Effect]) -> None:
        gone = {e.gift.id for e in effects if isinstance(e, SaveGift) and e.gift.state in AWAY}
        for other in self._gifts():
            if other.state in AWAY or other.id in gone or other.id == gift.id:
                continue
            same = (other.case_id, other.opening, other.kind)
            assert same != (gift.case_id, gift.opening, gift.kind), "given twice"
            if gift.kind is OfferKind.GIFT and gift.visit_id is not None:
                again = other.visit_id == gift.visit_id and other.kind is gift.kind
                assert not again, "two gifts for one visit"

    def _within_limits(self, person: Person, rank: int, gift: Gift, case: Case) -> None:
        catalogue = self._shop.desk.content.catalogue
        role = catalogue.role(person.role)
        limits = role.limits if role is not None else RoleLimits(0, 0, 0)
        standing = [g for g in self._gifts() if g.state not in AWAY and g.kind is OfferKind.GIFT]
        standing.append(gift)
        here = [g for g in standing if g.case_id == case.id]
        mine = [g for g in standing if g.given_by == person.id]
        today = [g for g in mine if self._day(g) == self._day(gift)]
        _at_most(sum(g.cost for g in here), limits.case_cost, "over the limit of a case")
        _at_most(sum(g.value for g in here), limits.case_value, "over the value of a case")
        _at_most(sum(g.cost for g in today), limits.day_cost, "over the limit of a day")
        if rank > 0:
            return
        to, by = catalogue.rules.per_customer, catalogue.rules.per_staff
        got = [g for g in standing if g.customer_id == gift.customer_id]
        got = [g for g in got if _window(g, to.window_days) == _window(gift, to.window_days)]
        gave = [g for g in mine if _window(g, by.window_days) == _window(gift, by.window_days)]
        same = [g for g in gave if g.customer_id == gift.customer_id]
        _at_most(len(got), to.gifts, "over the limit of a customer")
        _at_most(sum(g.cost for g in got), to.cost, "over the cost of a customer")
        _at_most(len(gave), by.gifts, "over the limit of a week")
        _at_most(len(same), by.same_customer, "again to the same customer")

    def _day(self, gift: Gift) -> str:
        zone = self._shop.desk.content.business.branches[0].zone
        return gift.given_at.astimezone(zone).date().isoformat()

    # ---- what becomes of them

    def _moved(self, event: Event, after: Care, was: Gift, now: Gift) -> None:
        person = (
            self._staff(event.by.tg_id)
            if isinstance(event, StaffTapped | VoucherTapped | VoucherShown)
            else None
        )
        match was.state, now.state:
            case GiftState.HELD, (GiftState.GIVEN | GiftState.OFFERED):
                went = isinstance(event, LetterSent | LetterFailed)
                assert went, "given before its letter left"
            case ((GiftState.HELD | GiftState.OFFERED), GiftState.TAKEN_BACK):
                own = (
                    isinstance(event, CustomerChose) and event.sender.tg_id == after.customer.tg_id
                )
                assert own or person is not None, "a stranger takes back"
            case GiftState.GIVEN, GiftState.REDEEMED:
                self._redeemed(person, after, was, now)
            case GiftState.REDEEMED, GiftState.GIVEN:
                assert person is not None, "a stranger undoes"
                self._undone(person, was)
            case GiftState.GIVEN, GiftState.REVOKED:
                assert self._is_senior(person), "revoked without authority"
            case GiftState.GIVEN, GiftState.GIVEN if now != was:
                assert self._is_senior(person), "extended without authority"
                assert (now.valid_until or NEVER) >= (was.valid_until or NEVER), "shortened"
            case before, later:
                assert now == was, f"a gift goes from {before} to {later}"

    def _redeemed(self, person: Person | None, after: Care, was: Gift, now: Gift) -> None:
        assert person is not None, "a stranger redeems"
        assert person.tg_id != after.customer.tg_id, "redeems what is one's own"
        assert now.ended_by == person.id, "redeemed in somebody else's name"
        zone, until = self._shop.desk.content.business.branches[0].zone, was.valid_until
        if until is not None:
            today = self._shop.now.astimezone(zone).date()
            assert today <= until.astimezone(zone).date(), "redeemed after it lapsed"

    def _undone(self, person: Person, was: Gift) -> None:
        rules = self._shop.desk.content.catalogue.rules
        assert was.ended_at is not None
        slip = was.ended_by == person.id and self._shop.now - was.ended_at <= rules.redeem_undo
        assert slip or self._rank(person.role) >= 1, "undone without authority"

    # ---- between two events

    def looks_around(self) -> None:
        """What must hold at any moment."""
        self._counters_are_what_was_given()
        for row in self._shop.conn.execute(select(cases.c.id).where(cases.c.closed_at.is_(None))):
            case = self._shop.tx.case(row.id)
            assert case is not None
            self._kept(case)

    def _kept(self, case: Case) -> None:
        """No time that a customer was told is over without an answer or an honest word."""
        if not case.promised or case.reply_by is None or case.reply_by > self._shop.now:
            return
        on_its_way = any(not held.waits for held in case.held) or any(
            g.case_id == case.id and g.state is GiftState.HELD for g in self._gifts()
        )
        assert on_its_way, "a promise is broken in silence"

    def _counters_are_what_was_given(self) -> None:
        rules, expected = self._shop.desk.content.catalogue.rules, Counter[str]()
        for gift in self._gifts():
            if gift.state in AWAY or gift.kind is not OfferKind.GIFT:
                continue
            to = f"customer:{gift.customer_id}:{_window(gift, rules.per_customer.window_days)}"
            by = f"staff:{gift.given_by}:{_window(gift, rules.per_staff.window_days)}"
            expected[f"day:{gift.given_by}:{self._day(gift)}"] += gift.cost
            expected[f"{to}:gifts"] += 1
            expected[f"{to}:cost"] += gift.cost
            expected[f"{by}:gifts"] += 1
            expected[f"{by}:{gift.customer_id}"] += 1
        rows = self._shop.conn.execute(select(counters.c.key, counters.c.spent))
        counted = {row.key: row.spent for row in rows if row.spent}
        assert counted == dict(expected), "counters are not what was given"


def _window(gift: Gift, days: int) -> int:
    return int(gift.given_at.timestamp()) // (days * 86_400)


def _at_most(total: int, most: int | None, why: str) -> None:
    assert most is None or total <= most, why
