"""What the turn keeps in a database, kept in memory: subjects, facts, timers, letters, counters. Decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from flows.book import Book, Content, OfferKind
from flows.case import Care, Case, Conversation
from flows.dialog import Dialog
from flows.draft import Draft
from flows.effects import (
    CancelTimer,
    Effect,
    KeepConsent,
    Letter,
    MarkCard,
    Praise,
    PraisePosted,
    Recall,
    Record,
    RelayToCustomer,
    Resend,
    SaveGift,
    SavePerson,
    SavePrevention,
    SaveStaffChat,
    SaveVisit,
    Say,
    SetTimer,
    Spend,
)
from flows.events import LetterKind, TimerKind
from flows.facts import Facts, Ids, Spent, Tokens
from flows.found import Account, Before, Earlier
from flows.people import Customer, Gift, GiftState, Person, Visit
from flows.praise import praise_timer
from flows.prevention import Prevention
from flows.staff_chats import StaffChats
from flows.staff_effects import CloseDialog, SaveDialog

_HELD = (LetterKind.GIFT, LetterKind.REPLY)  # letters to customers that may be stopped
TOKENS = Tokens(owner="owner-secret", join="join-secret", group="group-secret")


class OverLimit(Exception):
    """A counter would exceed its limit: the whole turn is refused."""


@dataclass(slots=True)
class Held:
    """A letter that still may be recalled, or one that Telegram has refused."""

    letter: Letter
    tg_id: int
    leaves_at: datetime
    refused: bool = False


@dataclass(slots=True)
class Memory:
    """Everything durable; `now` is UTC."""

    content: Content
    now: datetime
    books: dict[str, Book] = field(default_factory=dict)
    customers: dict[int, Customer] = field(default_factory=dict)
    conversations: dict[int, Conversation] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    visits: dict[int, Visit] = field(default_factory=dict)
    gifts: dict[int, Gift] = field(default_factory=dict)
    dialogs: dict[int, Dialog] = field(default_factory=dict)  # by the person's Telegram id
    roster: dict[int, Person] = field(default_factory=dict)
    staff_chats: StaffChats = field(default_factory=StaffChats)
    preventions: dict[int, Prevention] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    timers: dict[str, SetTimer] = field(default_factory=dict)
    held: dict[str, Held] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)  # keys of letters that are on their way
    praise: list[tuple[str, str, str, str]] = field(default_factory=list)
    cards: list[MarkCard] = field(default_factory=list)
    journal: list[Record] = field(default_factory=list)
    consents: list[KeepConsent] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _case_numbers: "count[int]" = field(default_factory=lambda: count(14))

    # ---- reading

    def facts(self, care: Care, **more: object) -> Facts:
        """Facts as the turn gathers them; `more` are the fields that hang on the event."""
        today = self.content.book
        care_case = care.case
        found = {
            "open_case": self.open_case(care.customer.id),
            "latest": self.latest(care.customer.id),
            "talk_case": self.cases.get(care.conversation.case_id or 0)
            if care.conversation
            else None,
            "last_case": self.last_case(care.customer.id),
            "gifts": self.gifts_of(care_case) if care_case else (),
            "spent": Spent(dict(self.counters)),
            "accounts": self.accounts(care.customer),
            "past_visits": self.visits_of(care.customer),
            "asked_visits": len([v for v in self.visits_of(care.customer) if v.asked_at]),
            "same_phone": self._same_phone(care),
            "hushed": bool(care.visit) and self._hushed(care),
            "visits_count": len(self.visits_of(care.customer)),
            "earlier_visits": len(
                [v for v in self.visits_of(care.customer) if v != care.visit and v.asked_at]
            ),
        } | more
        return Facts(
            content=self.content,
            books=self.books or {today.sha256: today},
            ids=self._ids(),
            tokens=TOKENS,
            bot_username="lana_bot",
            roster=tuple(self.roster.values()),
            staff_chats=self.staff_chats,
            **found,  # type: ignore[arg-type]  # fields by name, checked by the dataclass itself
        )

    def _same_phone(self, care: Care) -> frozenset[int]:
        own = care.customer.phone if care.customer.phone_own else ""
        phones = {own, care.visit.phone if care.visit else ""} - {""}
        return frozenset(c.tg_id for c in self.customers.values() if c.phone in phones)

    def _hushed(self, care: Care) -> bool:
        mine = [c for c in self.cases.values() if c.customer_id == care.customer.id]
        return any(c.silent for c in mine if care.visit and c.visit_id == care.visit.id)

    def _ids(self) -> Ids:
        def number() -> int:
            return next(self._numbers)

        return Ids(
            case=lambda: next(self._case_numbers),
            conversation=number,
            gift=number,
            visit=number,
            person=lambda: max(self.roster, default=0) + 1,
            dialog=number,
            prevention=number,
            code=lambda: f"CODE-{next(self._numbers)}",
            token=lambda: f"token-{next(self._numbers)}",
        )

    def customer(self, tg_id: int, name: str, language: str = "") -> Customer:
        """The customer behind a Telegram user, created at first sight."""
        known = next((c for c in self.customers.values() if c.tg_id == tg_id), None)
        if known is None:
            known = Customer(len(self.customers) + 1, tg_id, name, language=language)
            self.customers[known.id] = known
        return known

    def open_case(self, customer_id: int) -> Case | None:
        """The open case of a customer."""
        mine = (c for c in self.cases.values() if c.customer_id == customer_id)
        return next((case for case in mine if case.is_open), None)

    def last_case(self, customer_id: int) -> Case | None:
        """The customer's newest case."""
        mine = (case for case in self.cases.values() if case.customer_id == customer_id)
        return max(mine, key=lambda case: case.id, default=None)

    def latest(self, customer_id: int) -> Conversation | None:
        """The open conversation that a customer turned to last."""
        mine = (t for t in self.conversations.values() if t.customer_id == customer_id)
        open_ones = (t for t in mine if t.closed_at is None)
        return max(open_ones, key=lambda t: (t.turned_at, t.id), default=None)

    def care_of(self, customer: Customer) -> Care:
        """The customer with what is open."""
        talk, case = self.latest(customer.id), self.open_case(customer.id)
        return Care(customer, talk, case, self._visit_of(case, talk))

    def care_of_case(self, case_id: int) -> Care:
        """The case, open or not, with its customer and their newest conversation."""
        case = self.cases[case_id]
        talk = self.latest(case.customer_id)
        return Care(self.customers[case.customer_id], talk, case, self._visit_of(case))

    def care_with(self, customer: Customer, talk: Conversation) -> Care:
        """The conversation of a button or a timer, and its case, or else the open one."""
        case = self.cases[talk.case_id] if talk.case_id else self.open_case(customer.id)
        return Care(customer, talk, case, self._visit_of(case, talk))

    def _visit_of(self, *subjects: Case | Conversation | None) -> Visit | None:
        known = (s.visit_id for s in subjects if s is not None and s.visit_id is not None)
        return next((self.visits[visit_id] for visit_id in known), None)

    def visits_of(self, customer: Customer) -> tuple[Visit, ...]:
        """Visits of the customer, or of their telephone, the newest first."""
        mine = [
            visit
            for visit in self.visits.values()
            if visit.customer_id == customer.id
            or (customer.phone and visit.phone == customer.phone)
        ]
        return tuple(sorted(mine, key=lambda visit: visit.ended_at, reverse=True))

    def gifts_of(self, case: Case) -> tuple[Gift, ...]:
        """Everything given in a case or for its visit."""
        return tuple(
            gift
            for gift in self.gifts.values()
            if gift.case_id == case.id or (case.visit_id and gift.visit_id == case.visit_id)
        )

    def prevention_of(self, case: Case) -> Prevention | None:
        """What is to change, of this opening of a case."""
        found = self.preventions.values()
        return next((p for p in found if (p.case_id, p.opening) == (case.id, case.opening)), None)

    def opened_by(self, customer_id: int) -> list[Case]:
        """The customer's cases, the newest first."""
        mine = (case for case in self.cases.values() if case.customer_id == customer_id)
        return sorted(mine, key=lambda case: case.id, reverse=True)

    def gifts_to(self, customer_id: int) -> tuple[Gift, ...]:
        """Everything given to the customer."""
        return tuple(gift for gift in self.gifts.values() if gift.customer_id == customer_id)

    def accounts(self, customer: Customer) -> tuple[Account, ...]:
        """Others who share a telephone or a visit, and have complained."""
        found = []
        for other in self.customers.values():
            phone = bool(customer.phone) and other.phone == customer.phone
            visit = other.claimed_of == customer.id or customer.claimed_of == other.id
            opened = tuple(case.id for case in self.opened_by(other.id))
            if other.id != customer.id and (phone or visit) and opened:
                same = "phone" if phone else "visit"
                found.append(Account(other.id, same, opened, self.gifts_to(other.id)))
        return tuple(found)

    def looked_back(self, case: Case) -> dict[str, object]:
        """What was before with the customer of a case, and with its topic."""
        noticed = [p for p in self.preventions.values() if p.situation]
        alike = [c for c in self.cases.values() if case.topic and c.topic == case.topic]
        since = self.now - self.content.business.notice.situation_within
        return {
            "earlier": tuple(
                Earlier(c.opened_at, c.topic) for c in self.opened_by(case.customer_id)[1:]
            ),
            "prevention": self.prevention_of(case),
            "before": Before(
                opened=tuple(each.opened_at for each in self.opened_by(case.customer_id)),
                gifts=self.gifts_to(case.customer_id),
                alike=tuple(c.opened_at for c in alike if c.opened_at >= since),
                situation_told=any(
                    (p.branch_id, p.topic) == (case.branch_id, case.topic) and p.begun_at >= since
                    for p in noticed
                ),
            ),
        }

    def live_gifts(self) -> list[Gift]:
        """Given and not taken back."""
        return [g for g in self.gifts.values() if g.state is not GiftState.TAKEN_BACK]

    def put_off(self, case_id: int) -> tuple[Case, ...]:
        """Other cases of whoever closed this one whose cause waits for the evening."""
        waiting = (t.case_id for t in self.timers.values() if t.kind is TimerKind.CAUSE)
        found = [self.cases[number] for number in waiting if number and number != case_id]
        closer = self.cases[case_id].closed_by_id
        return tuple(sorted((c for c in found if c.closed_by_id == closer), key=lambda c: c.id))

    # ---- writing

    def save(self, care: Care, effects: Iterable[Effect]) -> None:
        """Write what a decision has led to; `OverLimit` changes nothing."""
        self._refuse_over_limit([e for e in effects if isinstance(e, Spend)])
        self._save_subject(care)
        for effect in effects:
            self._apply(effect, care)

    def _refuse_over_limit(self, orders: list[Spend]) -> None:
        for order in orders:
            total = self.counters.get(order.counter, 0) + order.amount
            if order.limit is not None and order.amount > 0 and total > order.limit:
                raise OverLimit(order.counter)

    def _save_subject(self, care: Care) -> None:
        if care.customer.id:
            self.customers[care.customer.id] = care.customer
        if care.visit is not None:
            self.visits[care.visit.id] = care.visit
        if care.case is not None:
            case = replace(care.case, version=care.case.version + 1)
            self.cases[case.id] = case
            mine = [c for c in self.cases.values() if c.customer_id == case.customer_id]
            assert sum(c.is_open for c in mine) <= 1, "two open cases of one customer"
        if care.conversation is not None:
            self.conversations[care.conversation.id] = care.conversation

    def _apply(self, effect: Effect, care: Care) -> None:  # noqa: PLR0912 - one branch for each kind
        match effect:
            case SetTimer():
                self.timers[effect.key] = effect
            case CancelTimer():
                self.timers.pop(effect.key, None)
            case SaveGift():
                self._save_gift(effect.gift)
            case SavePrevention():
                self.preventions[effect.prevention.id] = effect.prevention
            case Spend():
                total = self.counters.get(effect.counter, 0) + effect.amount
                self.counters[effect.counter] = total
            case SaveDialog():
                self.dialogs[effect.dialog.tg_id] = effect.dialog
            case CloseDialog():
                self.dialogs.pop(effect.tg_id, None)
            case SaveVisit():
                self.visits[effect.visit.id] = effect.visit
            case SavePerson():
                self.roster[effect.person.id] = effect.person
            case SaveStaffChat():
                self._save_chat(effect)
            case MarkCard():
                assert care.case is not None
                assert care.case.id == effect.case_id
                self.cards.append(effect)
            case Record():
                self.journal.append(effect)
            case Praise():
                self.praise.append((effect.branch_id, effect.master, effect.words, effect.guest))
                self._plan_praise(effect, care)
            case PraisePosted():
                self.praise = [each for each in self.praise if each[0] != effect.branch_id]
            case _:
                self._apply_to_letters(effect)

    def _save_chat(self, order: SaveStaffChat) -> None:
        gone = (order.chat.chat_id, order.replaces)
        kept = [chat for chat in self.staff_chats.chats if chat.chat_id not in gone]
        self.staff_chats = StaffChats((*kept, order.chat))

    def _apply_to_letters(self, effect: Effect) -> None:
        match effect:
            case Say(letter=letter) if letter is not None and letter.kind in _HELD:
                self.hold(effect.key, letter, effect.tg_id, effect.hold)
            case RelayToCustomer():
                self.hold(effect.key, effect.letter, effect.tg_id, effect.hold)
            case KeepConsent():
                self.consents.append(effect)
            case Recall():
                assert effect.key in self.held, f"{effect.key} has left"
                del self.held[effect.key]
            case Resend():
                self.held[effect.key].refused = False
                self.held[effect.key].leaves_at = self.now
            case _:
                pass

    def hold(self, key: str, letter: Letter, tg_id: int, span: timedelta) -> None:
        """A letter waits for its time; one whose key has been used before would be lost."""
        assert key not in self.left, f"{key} is sent already"
        self.held[key] = Held(letter, tg_id, self.now + span)

    def _plan_praise(self, praise: Praise, care: Care) -> None:
        timer = praise_timer(Draft(care, self.facts(care), self.now), praise.branch_id)
        self.timers[timer.key] = timer

    def _save_gift(self, gift: Gift) -> None:
        self.gifts[gift.id] = gift
        live = self.live_gifts()
        assert len({(g.case_id, g.opening, g.kind) for g in live}) == len(live), "given twice"
        visits = [g.visit_id for g in live if g.kind is OfferKind.GIFT and g.visit_id]
        assert len(set(visits)) == len(visits), "two gifts for one visit"

    def pending(self, kind: TimerKind, case_id: int) -> SetTimer | None:
        """The timer of that kind of a case."""
        return self.timers.get(f"{kind}:{case_id}")
