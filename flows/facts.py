"""What the rules may know besides the subject: read in the same transaction, passed in as one value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flows.book import Book, Content
from flows.case import Case, Conversation
from flows.dialog import Dialog
from flows.events import LetterKind, Message
from flows.found import Account, Before, Earlier, Found
from flows.people import Customer, Gift, Person, PersonState, Visit
from flows.prevention import Prevention
from flows.staff_chats import StaffChats


@dataclass(frozen=True, slots=True)
class Ids:
    """Where new numbers, codes and tokens come from; given, so that the rules stay pure."""

    case: Callable[[], int]
    conversation: Callable[[], int]
    gift: Callable[[], int]
    visit: Callable[[], int]
    person: Callable[[], int]
    dialog: Callable[[], int]
    prevention: Callable[[], int]
    code: Callable[[], str]  # of a voucher, e.g. "K7M2-QX"
    token: Callable[[], str]  # of a one-time link


@dataclass(frozen=True, slots=True)
class Tokens:
    """Secrets of the standing links."""

    owner: str
    join: str
    group: str
    manager: str = ""  # the one who is forwarded this link by the owner is let in by it


@dataclass(frozen=True, slots=True)
class Spent:
    """Counters as they stand, by key (see `flows.compensation`)."""

    counters: dict[str, int]

    def of(self, counter: str) -> int:
        """What was spent so far; minor units, or a number of gifts."""
        return self.counters.get(counter, 0)


@dataclass(frozen=True, slots=True)
class Unshown:
    """A kept message of which something waits to be shown under the card: "file", "words" or "both"."""

    row_id: int
    waits: str
    message: Message


@dataclass(frozen=True, slots=True)
class Facts:
    """Today's content, the book in force for the subject, and what the transaction has read."""

    content: Content
    books: Mapping[str, Book]  # by sha256: today's, and those that subjects are pinned to
    ids: Ids
    tokens: Tokens
    bot_username: str
    presets: tuple[str, ...] = ()  # content that ships, by its names
    preset: str = ""  # which of them the content was made from
    roster: tuple[Person, ...] = ()
    at_branch: str = ""  # id of the one whose people are meant first; "" for no matter where
    staff_chats: StaffChats = field(default_factory=StaffChats)
    same_phone: frozenset[int] = frozenset()  # Telegram ids of those with the customer's telephone
    gifts: tuple[Gift, ...] = ()  # of the case, and of its visit
    voucher: Gift | None = None  # the event is about
    spent: Spent = Spent({})
    dialog: Dialog | None = None  # of whoever of the staff has caused the event
    open_case: Case | None = None  # of this customer, whatever case the event is about
    latest: Conversation | None = None  # the open one that the customer turned to last
    talk_case: Case | None = None  # of the conversation in hand, open or closed
    last_case: Case | None = None  # the customer's newest one, when none is open
    linked_visit: Visit | None = None  # behind the token, or the external id, of the event
    known_customer: Customer | None = None  # with the telephone of the visit that became known
    hushed: bool = False  # about this visit there was something after which the bot asks nothing
    letter_waits: bool = True  # the held letter an event is about has not been claimed yet
    letters_gone: frozenset[str] = (
        frozenset()
    )  # held, and under way no more: nothing will be heard of them
    letter_known: bool = True  # the message an event is about has become a letter
    letter_copy: int | None = None  # id of the customer's copy of the letter, once it has arrived
    parked: frozenset[str] = frozenset()  # letters of the case that were refused and not sent again
    stray: bool = False  # the tapped message is no longer the card
    on_card: bool = True  # the tapped message is a card, not a reminder or a request
    reply_leads: bool = True  # what was replied to is a card, or an alert beside its card
    answers: int | None = None  # id of the customer's own message that a reply of staff answers
    answers_quote: str = ""  # what of it is quoted, word for word
    reply_is: LetterKind | None = (
        None  # what was replied to asks for these words: no reply to the customer
    )
    past_visits: tuple[Visit, ...] = ()  # by phone, the newest first
    visits_count: int = 0
    earlier: tuple[Earlier, ...] = ()  # cases of the customer before the one in hand, newest first
    prevention: Prevention | None = None  # the event is about, or of this opening of the case
    before: Before = field(default_factory=Before)
    accounts: tuple[Account, ...] = ()  # others who complained of late and may be the customer
    found: Found | None = None  # the page of a list that was asked for
    earlier_visits: int = 0  # beside the visit in hand; read when a condition asks
    card_at: tuple[int, int] | None = None  # (chat id, message id) of the card in the group
    unshown: tuple[Unshown, ...] = ()  # the next of the case, as many as are shown at once
    own_cases: tuple[tuple[int, str], ...] = ()  # number and branch id, of cases not erased
    own_gifts: tuple[Gift, ...] = ()  # given to the customer and not used up
    asked_visits: int = 0  # visits of the customer after which a question was put
    sealed: int = 0  # updates of the chat that wait for its consent
    given_lately: Mapping[str, int] = field(default_factory=dict)  # by offer, in the last 30 days
    put_off: tuple[Case, ...] = ()  # others of the same person whose cause waits for the evening
    praise_lines: tuple[tuple[str, str, str], ...] = ()  # master, words, guest

    def person(self, tg_id: int) -> Person | None:
        """The active person of the roster with this Telegram id."""
        return next((p for p in self.roster if p.tg_id == tg_id and p.active), None)

    def person_by_id(self, person_id: int | None) -> Person | None:
        """A person of the roster, active or not."""
        return next((p for p in self.roster if p.id == person_id), None)

    def with_role(self, role_id: str) -> tuple[Person, ...]:
        """Active people of exactly this role, those on shift first."""
        found = [p for p in self.roster if p.active and p.role == role_id]
        return tuple(sorted(found, key=lambda p: not p.on_shift))

    def senior_to(self, rank: int) -> Person | None:
        """The reachable person of the lowest role above `rank`; of the branch and on shift before others."""
        place = self.content.catalogue.rank
        seniors = [p for p in self.reachable() if place(p.role) > rank]
        return min(
            seniors,
            key=lambda p: (place(p.role), not self._is_there(p), not p.on_shift),
            default=None,
        )

    def on_shift(self) -> tuple[Person, ...]:
        """Active, reachable people who are on shift: those of the branch that is meant, or else everybody."""
        there = tuple(p for p in self.reachable() if p.on_shift)
        return tuple(p for p in there if self._is_there(p)) or there

    def _is_there(self, person: Person) -> bool:
        return not self.at_branch or person.works_at(self.at_branch)

    def reachable(self) -> tuple[Person, ...]:
        """Active people who can be written to."""
        return tuple(p for p in self.roster if p.active and p.reachable)

    def most_senior(self) -> Person | None:
        """The reachable person of the highest role."""
        rank = self.content.catalogue.rank
        return max(self.reachable(), key=lambda p: rank(p.role), default=None)

    def waiting_for_approval(self) -> tuple[Person, ...]:
        """People who have asked to join."""
        return tuple(p for p in self.roster if p.state is PersonState.ASKED)
