"""One customer and what the rules know of them, kept in memory. Decides nothing, prints nothing."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from flows.book import Content
from flows.case import Care, Case, Conversation
from flows.effects import CancelTimer, Effect, SaveVisit, SetTimer
from flows.events import CustomerAnswered, Event, TimerFired
from flows.facts import Facts, Ids, Tokens
from flows.people import Customer, Person, PersonState, Visit

CUSTOMER = 1  # Telegram id of whoever sits at the terminal
STAFF = 100  # Telegram ids of the staff begin above


@dataclass(slots=True)
class Memory:
    """Everything that a database would hold."""

    content: Content
    now: datetime
    customer: Customer
    visit: Visit
    conversations: dict[int, Conversation] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    timers: dict[str, SetTimer] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def care(self, event: Event) -> Care:
        """What an event is about, as a turn would load it."""
        talk_id = getattr(event, "conversation_id", None)
        if isinstance(event, CustomerAnswered) or talk_id is not None:
            talk = self.conversations.get(talk_id or 0)
            case = self.cases.get(talk.case_id or 0) if talk is not None else None
            return Care(self.customer, talk, case or self.open_case, self.visit)
        case_id = getattr(event, "case_id", None)
        if case_id is not None:
            return Care(self.customer, self.latest, self.cases.get(case_id), self.visit)
        visit = self.visit if self.latest is not None or self.open_case is not None else None
        return Care(self.customer, self.latest, self.open_case, visit)

    def facts(self, care: Care, event: Event) -> Facts:
        """What is read beside it."""
        today = self.content.book
        talk = care.conversation
        by_timer = isinstance(event, TimerFired) and event.visit_id is not None
        linked = self.visit if by_timer or hasattr(event, "token") else None
        return Facts(
            content=self.content,
            books={today.sha256: today},
            ids=self._ids(),
            tokens=Tokens("", "", ""),
            bot_username="zabota_bot",
            roster=self._roster(),
            open_case=self.open_case,
            latest=self.latest,
            talk_case=self.cases.get(talk.case_id or 0) if talk is not None else None,
            linked_visit=linked,
            past_visits=(self.visit,) if self.visit.customer_id else (),
        )

    def keep(self, care: Care, effects: list[Effect]) -> None:
        """Write what a decision has led to."""
        self.customer = care.customer
        if care.visit is not None:
            self.visit = care.visit
        if care.conversation is not None:
            self.conversations[care.conversation.id] = care.conversation
        if care.case is not None:
            self.cases[care.case.id] = replace(care.case, version=care.case.version + 1)
        for effect in effects:
            match effect:
                case SetTimer():
                    self.timers[effect.key] = effect
                case CancelTimer():
                    self.timers.pop(effect.key, None)
                case SaveVisit():
                    self.visit = effect.visit
                case _:
                    pass

    @property
    def open_case(self) -> Case | None:
        """The case that staff still have to do something about."""
        return next((case for case in self.cases.values() if case.is_open), None)

    @property
    def latest(self) -> Conversation | None:
        """The open conversation that the customer turned to last."""
        talks = [talk for talk in self.conversations.values() if talk.closed_at is None]
        return max(talks, key=lambda talk: (talk.turned_at, talk.id), default=None)

    def _roster(self) -> tuple[Person, ...]:
        """One person of every role, called as the role is."""
        return tuple(
            Person(
                number,
                STAFF + number,
                role.title.capitalize(),
                role=role.id,
                state=PersonState.APPROVED,
            )
            for number, role in enumerate(self.content.catalogue.roles, 1)
        )

    def _ids(self) -> Ids:
        def number() -> int:
            return next(self._numbers)

        return Ids(
            case=number,
            conversation=number,
            gift=number,
            visit=number,
            person=number,
            dialog=number,
            prevention=number,
            code=lambda: f"CODE-{number()}",
            token=lambda: f"token-{number()}",
        )
