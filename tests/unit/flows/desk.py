"""A salon in memory: people do things, time passes, and a test reads what was said."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from flows.card import card_text, group_line
from flows.card_buttons import card_rows
from flows.case import Case
from flows.draft import Draft
from flows.events import (
    Command,
    CustomerBlockedBot,
    CustomerCommanded,
    CustomerEdited,
    CustomerOpenedBranchLink,
    CustomerOpenedVisitLink,
    CustomerSharedPhone,
    CustomerStarted,
    CustomerWrote,
    Failure,
    JoinAsked,
    Kind,
    LetterFailed,
    LetterSent,
    Message,
    OwnerLinkOpened,
    Sender,
    StaffAction,
    StaffWrote,
    SumNamed,
    Tap,
    TimerFired,
    VisitLinkAsked,
)
from flows.people import Person, PersonState, Regular, StaffChat
from flows.presses import Button, CasePress
from flows.staff_chats import StaffChats
from tests.content.salon import salon
from tests.unit.flows.memory import TOKENS, Memory
from tests.unit.flows.proofread import label_of, labels_of, whole
from tests.unit.flows.turns import Said, Turns

FRIDAY_NOON = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # 12:00 in the salon
GROUP = -100500


@dataclass(slots=True)
class Desk(Turns):
    """The salon; `memory` is what the turn would find in the database."""

    languages: dict[str, str] = field(default_factory=dict)  # as Telegram gives them, by name
    _names: dict[str, int] = field(default_factory=dict)
    _read: dict[int, int] = field(default_factory=dict)

    # ---- the customer

    def opens_branch(self, name: str, branch: str = "bauman") -> None:
        """Scans the permanent QR."""
        self.happens(CustomerOpenedBranchLink(self.sender(name), branch))

    def opens_visit(self, name: str, token: str) -> None:
        """Opens the one-time link of a visit."""
        self.happens(CustomerOpenedVisitLink(self.sender(name), token))

    def starts(self, name: str) -> None:
        """Opens the chat without a link."""
        self.happens(CustomerStarted(self.sender(name), self._next_message()))

    def rates(self, name: str, mark: int) -> str:
        """Scans the QR unless asked already, and taps a mark."""
        if not any(said.key.startswith("ask.") for said in self.heard(name)):
            self.opens_branch(name)
        return self.presses(name, f"rate.{mark}")

    def writes(self, name: str, text: str = "", **more: object) -> int:
        """Sends words, or with `kind` a file; returns the message's id."""
        message = self._message(self.sender(name).tg_id, text, **more)
        self.happens(CustomerWrote(self.sender(name), message))
        return message.message_id

    def types_phone(self, name: str, phone: str) -> None:
        """Types a telephone."""
        message = self._message(self.sender(name).tg_id, phone)
        self.happens(CustomerWrote(self.sender(name), message, phone=phone))

    def shares_phone(self, name: str, phone: str, *, own: bool = True, zone: str = "") -> None:
        """Sends a contact, of a number that tells where people live."""
        sender, number = self.sender(name), self._next_message()
        message = Message(sender.tg_id, number, Kind.CONTACT)
        event = CustomerSharedPhone(sender, number, phone, own, message, zone)
        self.happens(event)

    def gives_phone(self, name: str, phone: str, zone: str = "") -> None:
        """Sends the own contact unasked, reads what it is for, and sends it again."""
        self.shares_phone(name, phone, zone=zone)
        self.shares_phone(name, phone, zone=zone)

    def agrees(self, name: str) -> None:
        """Has agreed to regular questions, invitations and reminders, some time before."""
        known = self.memory.customer(self.sender(name).tg_id, name)
        self.memory.customers[known.id] = replace(known, regular=Regular.GIVEN)

    def edits(self, name: str, message_id: int, text: str) -> None:
        """Changes a message."""
        message = Message(self.sender(name).tg_id, message_id, Kind.TEXT, text)
        self.happens(CustomerEdited(self.sender(name), message))

    def commands(self, name: str, command: Command) -> None:
        """Sends a command."""
        self.happens(CustomerCommanded(self.sender(name), command))

    def blocks_bot(self, name: str, *, blocked: bool = True) -> None:
        """Stops the bot, or lets it in again."""
        self.happens(CustomerBlockedBot(self.sender(name), blocked))

    def presses(self, name: str, label: str, *, who: str = "") -> str:
        """Taps the newest button of that label in the chat of `name`; returns the key of what popped up."""
        said, button = self._find(self.sender(name).tg_id, label)
        tap = Tap(f"tap-{self._next_message()}", self.sender(name).tg_id, said.message_id)
        return self.press(button, self.sender(who or name), tap)

    def press_button(self, name: str, button: Button) -> str:
        """Taps this very button in the chat of `name`."""
        chat = self.sender(name).tg_id
        said = next(
            said for said in reversed(self.chats[chat]) if any(button in r for r in said.rows)
        )
        tap = Tap(f"tap-{self._next_message()}", chat, said.message_id)
        return self.press(button, self.sender(name), tap)

    def press_as_stranger(self, name: str, button: Button) -> str:
        """Sends the tap of a button that this person does not have, or has no more."""
        chat = self.sender(name).tg_id
        tap = Tap(f"tap-{self._next_message()}", chat, self._next_message())
        return self.press(button, self.sender(name), tap)

    # ---- the staff

    def taps(self, name: str, label: str, case: Case | None = None) -> str:
        """Taps a button of the card in the group; `label` is its key, or how it reads from the start."""
        case = case or self.case
        draft = self.draft_of(case)
        for row in card_rows(draft):
            for button in row:
                text = label_of(self.memory.content, button)
                if button.label == label or text.startswith(label):
                    tap = Tap(f"tap-{self._next_message()}", GROUP, case.id)
                    return self.press(button, self.sender(name), tap)
        raise AssertionError(f"no button «{label}»: {self.card_buttons(case)}")

    def forges(
        self, name: str, action: StaffAction, arg: str = "", case: Case | None = None
    ) -> str:
        """Sends a tap that stands on no button."""
        tap = Tap(f"tap-{self._next_message()}", GROUP, 1)
        press = CasePress((case or self.case).id, action, arg)
        return self.press(Button("forged", press), self.sender(name), tap)

    def replies(self, name: str, text: str = "", *, anonymous: bool = False, **more: object) -> int:
        """Answers the newest card."""
        message = self._message(GROUP, text, reply_to=self.case.id, **more)
        self.happens(StaffWrote(self.sender(name), message, anonymous), case=self.case)
        return message.message_id

    def names_sum(self, name: str, text: str) -> None:
        """Writes how much, while the form about money is open."""
        message = self._message(self.sender(name).tg_id, text)
        self.happens(SumNamed(self.sender(name), message, self.case.id))

    def asks_visit_link(self, name: str, service: str = "", master: str = "") -> str:
        """/visit; returns the token of the link."""
        self.happens(
            VisitLinkAsked(self.sender(name), GROUP, self._next_message(), service, master)
        )
        return max(self.memory.visits.values(), key=lambda visit: visit.id).token

    def asks_to_join(self, name: str, token: str = TOKENS.join) -> None:
        """Opens the link behind "it's me"."""
        self.happens(JoinAsked(self.sender(name), token))

    def opens_owner_link(self, name: str, token: str = TOKENS.owner) -> None:
        """Opens the link printed at start."""
        self.happens(OwnerLinkOpened(self.sender(name), token))

    def works_here(self, name: str, role: str, **more: object) -> Person:
        """Is on the roster already."""
        person = Person(
            len(self.memory.roster) + 1,
            self.sender(name).tg_id,
            name,
            role=role,
            state=PersonState.APPROVED,
        )
        self.memory.roster[person.id] = replace(person, **more)  # type: ignore[arg-type]
        return person

    # ---- time and deliveries

    def quiet(self, seconds: float) -> None:
        """Nothing is written for so long."""
        self.passes(seconds=seconds)

    def passes(self, **span: float) -> None:
        """Time passes; timers fire and held letters leave on the way, in order."""
        target = self.memory.now + timedelta(**span)
        while (due := self._next_due()) is not None and due[0] <= target:
            self.memory.now = max(due[0], self.memory.now)
            due[1]()
        self.memory.now = target

    def _next_due(self) -> tuple[datetime, Callable[[], None]] | None:
        memory = self.memory
        due = [(timer.due, key, self.fires) for key, timer in memory.timers.items()]
        due += [
            (held.leaves_at, key, self.delivers)
            for key, held in memory.held.items()
            if not held.refused
        ]
        if not due:
            return None
        at, key, happens = min(due, key=lambda each: each[:2])
        return at, partial(happens, key)

    def fires(self, key: str) -> None:
        """A timer fires, early or late."""
        timer = self.memory.timers.pop(key)
        self.happens(
            TimerFired(
                timer.key,
                timer.kind,
                timer.wait,
                timer.customer_id,
                timer.case_id,
                timer.conversation_id,
                timer.visit_id,
                timer.branch_id,
            )
        )

    def delivers(self, key: str) -> None:
        """Telegram takes a held letter."""
        held = self.memory.held.pop(key)
        self.memory.left.add(key)
        self.leaves(key)
        letter = held.letter
        self.happens(LetterSent(letter.kind, held.tg_id, letter.case_id, letter.ref, key))

    def refuses(self, key: str, failure: Failure) -> None:
        """Telegram refuses a held letter, or does not answer."""
        held = self.memory.held[key]
        held.refused = failure is not Failure.AWAY
        letter = held.letter
        kind, tg_id = letter.kind, held.tg_id
        self.happens(LetterFailed(kind, tg_id, letter.case_id, letter.ref, failure, key))

    # ---- reading

    @property
    def case(self) -> Case:
        """The newest case."""
        return max(self.memory.cases.values(), key=lambda case: case.id)

    def said(self, name: str) -> list[str]:
        """Keys of the texts said to this person, in order."""
        return [said.key for said in self.heard(name)]

    def heard(self, name: str) -> list[Said]:
        """Messages said to this person, in order."""
        return self._new(self.sender(name).tg_id)

    def posted(self) -> list[Said]:
        """What was posted in the group beside cards."""
        return self._new(GROUP)

    def _new(self, chat: int) -> list[Said]:
        return self.chats.get(chat, [])[self._read.get(chat, 0) :]

    def forget(self) -> None:
        """From here on the test reads only what is new."""
        self._read = {chat: len(messages) for chat, messages in self.chats.items()}

    def card(self, case: Case | None = None) -> str:
        """The card's text, with its markup."""
        return whole(card_text(self.draft_of(case or self.case)))

    def group_line(self, case: Case | None = None) -> str:
        """What the group sees of a case of the manager's."""
        return group_line(self.draft_of(case or self.case))

    def card_buttons(self, case: Case | None = None) -> list[list[str]]:
        """The card's buttons as people read them."""
        return labels_of(self.memory.content, card_rows(self.draft_of(case or self.case)))

    def draft_of(self, case: Case) -> Draft:
        """The subject of a case as its card is rendered."""
        care = self.memory.care_of_case(case.id)
        return Draft(care, self.memory.facts(care), self.memory.now)

    def sender(self, name: str) -> Sender:
        """The Telegram user of that name."""
        number = self._names.setdefault(name, 100 + len(self._names))
        return Sender(number, name, language=self.languages.get(name, ""))

    def _find(self, chat: int, label: str) -> tuple[Said, Button]:
        for said in reversed(self.chats.get(chat, [])):
            for button in (button for row in said.rows for button in row):
                text = label_of(self.memory.content, button)
                if button.label == label or text.startswith(label):
                    return said, button
        raise AssertionError(f"no button «{label}»")

    def _message(self, chat: int, text: str, **more: object) -> Message:
        kind = more.pop("kind", Kind.TEXT)
        return Message(chat, self._next_message(), kind, text, **more)  # type: ignore[arg-type]


def salon_desk(at: datetime = FRIDAY_NOON) -> Desk:
    """Лев the owner, Рамиля the manager, Гузель the administrator and their group."""
    desk = Desk(Memory(salon(), at))
    desk.memory.staff_chats = StaffChats((StaffChat(GROUP, "Лана"),))
    desk.works_here("Лев", "owner", on_shift=False)
    desk.works_here("Рамиля", "manager", on_shift=False, title="управляющая")
    desk.works_here("Гузель", "administrator")
    return desk
