"""Plays one customer against the rules: events in, what the customer sees out. No terminal here."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.trying.memory import CUSTOMER, STAFF, Memory
from flows.book import Content
from flows.case import Care, Case
from flows.draft import Draft
from flows.effects import ChangeButtons, Effect, Say, Toast
from flows.engine import advance
from flows.events import (
    CustomerAnswered,
    CustomerOpenedVisitLink,
    CustomerSetInvitations,
    CustomerSetQuestions,
    CustomerSharedPhone,
    CustomerWished,
    CustomerWrote,
    Event,
    Kind,
    Message,
    Sender,
    StaffAction,
    StaffTapped,
    Tap,
    TimerFired,
)
from flows.flow import Flow
from flows.people import Customer, Visit
from flows.presses import (
    AnswerPress,
    Button,
    InvitationsPress,
    OpenUrl,
    QuestionsPress,
    Rows,
    SharePhone,
    TypeLabel,
    WishPress,
)
from flows.steps import begin
from flows.template import without_tags

_PHONE = "+79990000001"
_TOKEN = "try"  # noqa: S105 - of a link that nobody else can open
_STAFF_TAP = "staff"
_MOST_TIMERS = 500  # within one push of the clock


@dataclass(frozen=True, slots=True)
class Shown:
    """Something the person at the terminal sees: a message, a notice, or how the card stands."""

    kind: str  # "message" | "notice" | "staff" | "card" | "later" | "link"
    text: str
    at: datetime
    buttons: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class Play:
    """A customer, their visit that has just ended, and everything that is said."""

    memory: Memory
    show: Callable[[Shown], None]
    rows: dict[int, Rows] = field(default_factory=dict)  # by number of message
    _said: int = 0
    _written: int = 1_000_000
    _card: Case | None = None

    # ---- what the person does

    def opens_the_link(self) -> None:
        """Comes by the link of the visit, as after a visit."""
        self.happens(CustomerOpenedVisitLink(_me(), _TOKEN))

    def begins(self, flow: Flow) -> None:
        """Starts any flow as if its time had come."""
        memory = self.memory
        event = CustomerOpenedVisitLink(_me(), _TOKEN)
        care = replace(memory.care(event), visit=memory.visit)
        draft = Draft(care, memory.facts(care, event), memory.now)
        begin(draft, flow)
        self._keep(draft.care, draft.effects)

    def writes(self, text: str, kind: Kind = Kind.TEXT) -> None:
        """Sends words, or a file of some kind."""
        self._written += 1
        file_id = "" if kind is Kind.TEXT else "file"
        message = Message(CUSTOMER, self._written, kind, text, file_id=file_id)
        self.happens(CustomerWrote(_me(), message))

    def presses(self, button: Button, message: int) -> None:
        """Presses a button under a message."""
        tap = Tap("tap", CUSTOMER, message)
        match button.press:
            case AnswerPress(conversation, step, answer):
                self.happens(CustomerAnswered(_me(), tap, conversation, step, answer))
            case WishPress(case_id, wish):
                self.happens(CustomerWished(_me(), tap, case_id, wish))
            case QuestionsPress(wanted):
                self.happens(CustomerSetQuestions(_me(), tap, wanted))
            case InvitationsPress(wanted):
                self.happens(CustomerSetInvitations(_me(), tap, wanted))
            case SharePhone():
                self.happens(CustomerSharedPhone(_me(), self._written, _PHONE, own=True))
            case TypeLabel():
                self.writes(self.label(button))
            case OpenUrl(url):
                self._tell("link", url)
            case _:
                self._tell("notice", self.label(button))

    def staff_resolve(self) -> bool:
        """A person of the staff closes the case; False when none is open."""
        case = self.memory.open_case
        if case is None:
            return False
        for _ in range(2):  # the second tap says that it is meant, though nobody has answered
            tap = Tap(_STAFF_TAP, -1, 1)
            lowest = Sender(STAFF + 1, "")
            self.happens(StaffTapped(lowest, tap, case.id, StaffAction.RESOLVE))
            if self.memory.open_case is None:
                break
        return True

    def passes(self, span: timedelta) -> None:
        """Time passes; what falls due on the way happens at its time."""
        memory, target = self.memory, self.memory.now + span
        for _ in range(_MOST_TIMERS):
            due = min(memory.timers.values(), key=lambda t: (t.due, t.key), default=None)
            if due is None or due.due > target:
                break
            memory.now = max(memory.now, due.due)
            del memory.timers[due.key]
            self.happens(
                TimerFired(
                    due.key,
                    due.kind,
                    due.wait,
                    due.customer_id,
                    due.case_id,
                    due.conversation_id,
                    due.visit_id,
                    due.branch_id,
                )
            )
        memory.now = target

    # ---- what follows

    def happens(self, event: Event) -> None:
        """One event, decided by the rules."""
        care = self.memory.care(event)
        after, effects = advance(care, event, self.memory.facts(care, event), self.memory.now)
        self._keep(after, effects)

    def _keep(self, care: Care, effects: list[Effect]) -> None:
        self.memory.keep(care, effects)
        for effect in effects:
            self._effect(effect)
        self._tell_of_card()

    def _effect(self, effect: Effect) -> None:
        texts = self.memory.content.book.texts
        match effect:
            case Say(tg_id=chat) if chat == CUSTOMER:
                self._said += 1
                self.rows[self._said] = effect.rows
                labels = tuple(tuple(map(self.label, row)) for row in effect.rows)
                self._tell("message", texts.plain(effect.text, effect.values), labels)
            case Say():
                self._tell("staff", texts.plain(effect.text, effect.values))
            case Toast(tap_id=tap) if effect.text and tap != _STAFF_TAP:
                self._tell("notice", texts.plain(effect.text, effect.values))
            case ChangeButtons(chat_id=chat) if chat == CUSTOMER:
                self.rows[effect.message_id] = effect.rows
            case _:
                pass

    def _tell_of_card(self) -> None:
        case = self.memory.open_case or next(reversed(self.memory.cases.values()), None)
        if case is not None and _seen(case) != (None if self._card is None else _seen(self._card)):
            self._tell("card", self.card(case))
            self._card = case

    def card(self, case: Case) -> str:
        """How the card of a case stands, in one line."""
        catalogue, content = self.memory.content.catalogue, self.memory.content
        said = [f"№ {case.id}", "●" if case.is_open else "✓"]
        if case.score is not None:
            said.append(f"{case.score}/5")
        if case.topic:
            said.append(catalogue.topic(case.topic).title)
        if case.wish:
            said.append(content.book.texts.label(f"wish.{case.wish}", catalogue.words))
        said += [f"«{words}»" for words in case.story]
        return " · ".join([*said, f"📎 {case.files}"] if case.files else said)

    def label(self, button: Button) -> str:
        """A button as it reads."""
        texts = self.memory.content.book.texts
        label = texts.label(button.label, button.values)
        return texts.label("ticked", {"label": label}) if button.ticked else label

    def _tell(self, kind: str, text: str, buttons: tuple[tuple[str, ...], ...] = ()) -> None:
        self.show(Shown(kind, without_tags(text), self.memory.now, buttons))


def new_play(content: Content, now: datetime, show: Callable[[Shown], None]) -> Play:
    """A customer whom nobody knows yet, and a visit that has just ended."""
    visit = Visit(
        id=1,
        ext_id="try:1",
        source="staff",
        branch_id=content.business.branches[0].id,
        ended_at=now,
        token=_TOKEN,
    )
    return Play(Memory(content, now, Customer(1, CUSTOMER), visit), show)


def _me() -> Sender:
    return Sender(CUSTOMER, "")


def _seen(case: Case) -> tuple[object, ...]:
    return (
        case.id,
        case.is_open,
        case.opening,
        case.score,
        case.topic,
        case.wish,
        case.story,
        case.files,
    )
