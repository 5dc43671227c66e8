"""What a turn may know: the subject and the facts, read in the turn's own transaction."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from flows.case import Care, Case, Conversation
from flows.dialog import FORGOTTEN_AFTER, Dialog
from flows.events import Sender
from flows.facts import Ids, Spent, Unshown
from flows.found import EARLIER, Earlier
from flows.people import Customer, Gift, Person, Visit
from flows.prevention import Prevention
from flows.staff_chats import StaffChats
from storage import (
    books,
    cards,
    cases,
    conversations,
    customers,
    dialogs,
    finding,
    gifts,
    journal,
    letters,
    people,
    preventions,
    put_off,
    sealed,
    sequences,
    settings,
    unshown,
    visits,
)
from storage.cards import OpenCard
from storage.finding import Wanted
from storage.forum import Forum
from storage.journal import ShownCase

_LATELY = timedelta(days=30)


class Reading:
    """The reading half of `storage.tx.Tx`. Two things are written here all the same: a customer
    seen for the first time (or under a new name), and the numbers that are given out."""

    def __init__(self, conn: Connection, now: datetime) -> None:
        """`conn` is inside a transaction already; `now` (UTC) is the moment of the whole turn."""
        self._conn = conn
        self._now = now

    # ---- loading ---------------------------------------------------------------------------------

    def care_of(self, sender: Sender) -> Care:
        """The customer behind a Telegram user (created at first sight) with all that is open."""
        return self._care(customers.met(self._conn, sender, self._now))

    def care_of_customer(self, customer_id: int) -> Care | None:
        """The same by our number; None when there is no such customer."""
        customer = customers.by_id(self._conn, customer_id)
        return None if customer is None else self._care(customer)

    def care_of_case(self, case_id: int) -> Care | None:
        """This case, open or not, with its customer and the customer's newest conversation."""
        case = cases.by_id(self._conn, case_id)
        if case is None:
            return None
        customer = customers.by_id(self._conn, case.customer_id)
        if customer is None:
            return None
        conversation = conversations.latest_of(self._conn, customer.id)
        return Care(customer, conversation, case, self._visit_of(case))

    def _care(self, customer: Customer) -> Care:
        conversation = conversations.latest_of(self._conn, customer.id)
        case = cases.open_of(self._conn, customer.id)
        return Care(customer, conversation, case, self._visit_of(case, conversation))

    def _visit_of(self, *subjects: Case | Conversation | None) -> Visit | None:
        for subject in subjects:
            if subject is not None and subject.visit_id is not None:
                return visits.by_id(self._conn, subject.visit_id)
        return None

    def case(self, case_id: int) -> Case | None:
        """The case with this number, open or closed."""
        return cases.by_id(self._conn, case_id)

    def open_case(self, customer_id: int) -> Case | None:
        """The open case of a customer."""
        return cases.open_of(self._conn, customer_id)

    def conversation(self, conversation_id: int) -> Conversation | None:
        """The conversation with this number, open or closed."""
        return conversations.by_id(self._conn, conversation_id)

    def latest_conversation(self, customer_id: int) -> Conversation | None:
        """The open conversation that a customer turned to last."""
        return conversations.latest_of(self._conn, customer_id)

    def tg_ids_of(self, phones: Iterable[str]) -> frozenset[int]:
        """Telegram ids of everybody who gave one of these telephones (E.164)."""
        return frozenset[int]().union(*(customers.tg_ids_of(self._conn, phone) for phone in phones))

    def hushed(self, customer_id: int, visit_id: int) -> bool:
        """About this visit there was something after which the bot asks nothing by itself."""
        return any(case.silent for case in cases.of_visit(self._conn, customer_id, visit_id))

    def customer_by_phone(self, phone: str) -> Customer | None:
        """The newest customer whose own telephone this is."""
        return customers.by_phone(self._conn, phone)

    def visit(self, visit_id: int) -> Visit | None:
        """The visit with our number."""
        return visits.by_id(self._conn, visit_id)

    def visit_by_token(self, token: str) -> Visit | None:
        """The visit behind a one-time link."""
        return visits.by_token(self._conn, token)

    def visit_by_ext_id(self, ext_id: str) -> Visit | None:
        """The visit as its source numbers it."""
        return visits.by_ext_id(self._conn, ext_id)

    # ---- facts -----------------------------------------------------------------------------------

    def roster(self) -> tuple[Person, ...]:
        """Everybody who ever asked to join."""
        return people.roster(self._conn)

    def last_case(self, customer_id: int) -> Case | None:
        """The customer's newest case, open or closed."""
        return cases.last_of(self._conn, customer_id)

    def causes_put_off(self, closer: int, but: int) -> tuple[Case, ...]:
        """Closed cases whose cause this person will be asked for in the evening, without the case `but`."""
        return put_off.of(self._conn, closer, but)

    def dialog_of(self, tg_id: int) -> Dialog | None:
        """The talk of a person of the staff that is not forgotten yet."""
        return dialogs.of(self._conn, tg_id, self._now - FORGOTTEN_AFTER)

    def staff_chats(self) -> StaffChats:
        """The groups of the staff."""
        return people.all_chats(self._conn)

    def open_cards(self) -> tuple[OpenCard, ...]:
        """Every open case, with where its card stands or is to stand."""
        return cards.of_open_cases(self._conn)

    def gifts_of(self, case_id: int | None, visit_id: int | None) -> tuple[Gift, ...]:
        """Everything given in a case or for a visit, taken back or not."""
        return gifts.of(self._conn, case_id, visit_id)

    def earlier(self, case: Case) -> tuple[Earlier, ...]:
        """What was before with the customer of a case, the newest first."""
        return tuple(
            Earlier(
                each.opened_at,
                each.topic,
                tuple(g.title for g in gifts.of(self._conn, each.id, None) if g.stands),
                tuple(note for note, _ in each.notes),
            )
            for each in cases.before(self._conn, case, EARLIER)
        )

    def prevention(self, number: int) -> Prevention | None:
        """What is to change, by its number."""
        return preventions.by_id(self._conn, number)

    def prevention_of(self, case: Case) -> Prevention | None:
        """What is to change, of this opening of a case."""
        return preventions.of_case(self._conn, case.id, case.opening)

    def prevention_wanted(self, person_id: int, since: datetime) -> Prevention | None:
        """The newest of which words are wanted of this person, asked for after `since`."""
        return preventions.wanted_of(self._conn, person_id, since)

    def situation_told(self, branch_id: str, topic: str, since: datetime) -> bool:
        """The manager was told, at `since` or after it, that this topic repeats there."""
        return preventions.situation_told(self._conn, branch_id, topic, since)

    def cases_of_late(
        self, customer_id: int, since: datetime, limit: int
    ) -> tuple[tuple[int, datetime], ...]:
        """Number and opening of the customer's cases since then, the newest first."""
        return cases.of_late(self._conn, customer_id, since, limit)

    def cases_alike(
        self, branch_id: str, topic: str, since: datetime, limit: int
    ) -> tuple[datetime, ...]:
        """When cases of this topic were opened in this branch since then, the newest first."""
        return cases.alike(self._conn, branch_id, topic, since, limit)

    def gifts_of_late(self, customer_id: int, since: datetime, limit: int) -> tuple[Gift, ...]:
        """What was given to the customer since then, the newest first."""
        return gifts.of_late(self._conn, customer_id, since, limit)

    def accounts_like(self, customer: Customer, limit: int) -> dict[int, str]:
        """Other customers by what they share with this one."""
        return customers.accounts_like(self._conn, customer, limit)

    def find_cases(self, wanted: Wanted, page: int, size: int) -> tuple[tuple[Care, ...], bool]:
        """One page of a list of cases, and whether there are more."""
        ids = finding.find(self._conn, wanted, self._now, skip=page * size, limit=size + 1)
        cares = (self.care_of_case(case_id) for case_id in ids[:size])
        return tuple(care for care in cares if care is not None), len(ids) > size

    def gift_by_code(self, code: str) -> Gift | None:
        """The gift with this code, whatever became of it."""
        return gifts.by_code(self._conn, code)

    def gift(self, gift_id: int) -> Gift | None:
        """A given offer by its number."""
        return gifts.by_id(self._conn, gift_id)

    def given_lately(self) -> dict[str, int]:
        """How often each offer was given in the last 30 days."""
        return gifts.given_since(self._conn, self._now - _LATELY)

    def spent(self, keys: Sequence[str]) -> Spent:
        """The counters of these keys."""
        return gifts.spent(self._conn, keys)

    def cards_of(self, case_id: int) -> tuple[tuple[int, int], ...]:
        """(chat id, message id) of the standing cards of a case."""
        return cards.of_case(self._conn, case_id)

    def card_at(self, case_id: int, place: str = "group") -> tuple[int, int] | None:
        """(chat id, message id) of the card of this place; None while it does not stand."""
        return cards.standing(self._conn, case_id, place)

    def case_by_card(self, chat_id: int, message_id: int) -> int | None:
        """The case whose card this message is."""
        found = cards.place_of(self._conn, chat_id, message_id)
        return None if found is None else found[0]

    @property
    def forum(self) -> Forum:
        """Topics of the staff's forums."""
        return Forum(self._conn, self._now)

    def case_by_message(self, chat_id: int, message_id: int) -> ShownCase | None:
        """The case that a message of ours shows beside the card: a file, a reminder, an earlier card."""
        return journal.case_of(self._conn, chat_id, message_id)

    def letter_waits(self, key: str) -> bool:
        """The held letter has neither left nor been recalled."""
        return letters.waits(self._conn, key)

    def letter_leaving(self, key: str) -> bool:
        """The letter waits, or is being sent just now."""
        return letters.is_leaving(self._conn, key)

    def letter_contents(self, key: str) -> dict[str, Any] | None:
        """Parameters of a letter that waits or was refused."""
        return letters.contents(self._conn, key)

    def letter_copy(self, key: str) -> int | None:
        """Id of the message that a letter has become."""
        return letters.copy_of(self._conn, key)

    def letter_parked(self, key: str) -> bool:
        """The letter was refused, and nobody has sent it again or let it go."""
        return letters.is_parked(self._conn, key)

    def letter_known(self, key: str) -> bool:
        """A letter of this key was written, whatever became of it."""
        return letters.known(self._conn, key)

    def is_stray_card(self, case_id: int, chat_id: int, message_id: int) -> bool:
        """A message of a chat where the card of the case stands as another one."""
        return cards.is_stray(self._conn, case_id, chat_id, message_id)

    def recent_visits(self, customer_id: int, phone: str, since: datetime) -> tuple[Visit, ...]:
        """Visits of a customer, or of a telephone ("" for none), the newest first."""
        found = {v.id: v for v in visits.by_customer(self._conn, customer_id, since)}
        if phone:
            found |= {v.id: v for v in visits.by_phone(self._conn, phone, since)}
        return tuple(sorted(found.values(), key=lambda v: (v.ended_at, v.id), reverse=True))

    def visits_count(self, customer_id: int) -> int:
        """How many visits of this customer are known."""
        return visits.count(self._conn, customer_id)

    def asked_visits(self, customer_id: int) -> int:
        """After how many visits of this customer a question was put."""
        return visits.asked_of(self._conn, customer_id)

    def known_customer(self, tg_id: int) -> Customer | None:
        """The customer behind a Telegram user; one who is not known is not written down."""
        return customers.by_tg(self._conn, tg_id)

    def sealed_updates(self, chat_id: int) -> int:
        """How many updates of a chat wait for its consent."""
        return sealed.count(self._conn, chat_id)

    def unshown(self, case_id: int, limit: int) -> tuple[Unshown, ...]:
        """Messages of the case of which staff have not seen everything, the next ones first."""
        return unshown.next_ones(self._conn, case_id, limit)

    def own_cases(self, customer_id: int) -> tuple[tuple[int, str], ...]:
        """The customer's cases: number and branch id."""
        return cases.numbers_of(self._conn, customer_id)

    def own_gifts(self, customer_id: int) -> tuple[Gift, ...]:
        """What was given to the customer and not used, taken back or revoked."""
        return gifts.of_customer(self._conn, customer_id)

    def visits_count_but(self, customer_id: int, visit_id: int) -> int:
        """How many visits of this customer are known beside one."""
        return visits.count_but(self._conn, customer_id, visit_id)

    def praise_lines(self, branch_id: str) -> tuple[tuple[str, str, str], ...]:
        """(master, words, guest) not posted yet."""
        return journal.praise_lines(self._conn, branch_id)

    def ids(self, code: Callable[[], str], token: Callable[[], str]) -> Ids:
        """New numbers from the sequences; codes are drawn until one is unused."""

        def numbers(name: str) -> Callable[[], int]:
            return lambda: sequences.take(self._conn, name)

        return Ids(
            case=numbers("case"),
            conversation=numbers("conversation"),
            gift=numbers("gift"),
            visit=numbers("visit"),
            person=numbers("person"),
            dialog=numbers("dialog"),
            prevention=numbers("prevention"),
            code=lambda: gifts.unused_code(self._conn, code),
            token=token,
        )

    def setting(self, key: str) -> str | None:
        """What was remembered under this key."""
        return settings.get(self._conn, key)

    def book_known(self, sha: str) -> bool:
        """Is the source of this revision kept?"""
        return books.known(self._conn, sha)

    def book_source(self, sha: str) -> str | None:
        """The source of a revision that was used before."""
        return books.source(self._conn, sha)
