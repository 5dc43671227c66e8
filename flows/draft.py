"""One decision in the making: the subject as it stands, and the effects so far. Pure; the turn carries them out."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from flows.book import Book, Branch, Content, Timing
from flows.case import Care, Case, Conversation
from flows.effects import CancelTimer, Effect, Letter, MarkCard, Record, Say, SetTimer, Toast
from flows.events import ASKS_FOR_WORDS, LetterKind, Tap, TimerKind
from flows.facts import Facts
from flows.flow import Flow
from flows.hours import QuietHours
from flows.people import Person, Visit
from flows.presses import Button, OpenUrl, Rows
from flows.quiet import quiet_for
from flows.subjects import impartial, is_about
from flows.text_keys import is_for_staff
from flows.texts import Texts
from flows.wording import Wording

_EVENINGS = 15  # looked at; a branch that is closed for longer reads its kind words all the same


def is_trial(care: Care) -> bool:
    """An owner plays the customer."""
    return care.is_trial


class ConversationLost(Exception):
    """The revision a conversation is pinned to cannot be honoured: the customer goes to staff."""


@dataclass(slots=True)
class Draft:
    """The rules read `care` and `facts`, change `care` by replacing it, and add effects."""

    care: Care
    facts: Facts
    moment: datetime
    effects: list[Effect] = field(default_factory=list)

    # ---- reading

    @property
    def case(self) -> Case:
        """The case in hand; asking without one is a bug of ours."""
        if self.care.case is None:
            raise LookupError("the event is about a case, and none was loaded")
        return self.care.case

    @property
    def conversation(self) -> Conversation:
        """The conversation in hand; asking without one is a bug of ours."""
        if self.care.conversation is None:
            raise LookupError("the event is about a conversation, and none was loaded")
        return self.care.conversation

    @property
    def open_case(self) -> Case | None:
        """The case in hand, if staff still have to do something about it."""
        return self.care.case if self.care.case and self.care.case.is_open else None

    @property
    def flow(self) -> Flow:
        """The flow of the conversation in hand, as it was when the conversation began."""
        flow = self.book.flows.get(self.conversation.flow)
        if flow is None or self.conversation.step not in flow.steps:
            raise ConversationLost(self.conversation.flow)
        return flow

    @property
    def book(self) -> Book:
        """Texts and flows in force for this subject: those it began with, as far as they can be had."""
        talk, case, today = self.care.conversation, self.care.case, self.facts.content.book
        if talk is not None and talk.closed_at is None:
            return self.facts.books.get(talk.book, today)
        return self.facts.books.get(case.book, today) if case is not None else today

    @property
    def language(self) -> str:
        """The language in which the customer is spoken to."""
        return self.facts.content.language_for(self.care.customer.language)

    @property
    def language_differs(self) -> bool:
        """The customer's own language, spoken by the bot or not, is another than the business's."""
        own, theirs = self.facts.content.business.locale, self.care.customer.language.lower()
        return bool(theirs) and theirs.partition("-")[0] != own.partition("-")[0]

    @property
    def spoken(self) -> Content:
        """Today's content in the customer's language."""
        return self.facts.content.in_language(self.language)

    def texts_with(self, key: str) -> Texts:
        """The texts in force, in the customer's language; today's for a key that is younger than they are."""
        pinned = self.book.texts_in(self.language)
        return pinned if pinned.has(key) else self.spoken.book.texts

    @property
    def timing(self) -> Timing:
        """Today's spans of time."""
        return self.facts.content.business.timing

    @property
    def branch(self) -> Branch:
        """The branch that the case, or else the visit, is about."""
        subject = self.care.case or self.care.visit
        return self.facts.content.business.branch(subject.branch_id if subject else None)

    def is_about(self, person: Person) -> bool:
        """The case is the person's own, or it is about them."""
        return is_about(self.care, self.facts, person)

    @property
    def impartial(self) -> Facts:
        """The facts without those whom the case is about: whoever answers is chosen among the others."""
        return impartial(self.care, self.facts)

    def polite(self, at: datetime, visit: Visit | None = None) -> datetime:
        """That moment, or the end of the customer's quiet hours it falls into (see `flows.quiet`)."""
        staying = visit or self.care.visit
        if staying is not None and staying.is_on(at):
            return self.quiet(visit, staying=True).next_allowed(at)
        return self.quiet(visit).next_allowed(at)

    def polite_to_staff(self, at: datetime) -> datetime:
        """That moment, or the end of the branch's quiet hours it falls into, whatever the customer chose."""
        return self.branch.quiet.next_allowed(at)

    def quiet(self, visit: Visit | None = None, *, staying: bool = False) -> QuietHours:
        """The quiet hours of the customer in hand, or of whoever an imported visit belongs to."""
        branch = self.facts.content.business.branch(visit.branch_id) if visit else self.branch
        customer = self.care.customer if self.care.customer.id else self.facts.known_customer
        return quiet_for(customer, branch, staying=staying)

    def this_evening(self, branch: Branch | None = None) -> datetime:
        """When the branch posts kind words and asks for causes: the next evening (UTC) of a day on which it works."""
        hours = (branch or self.branch).hours
        today = self.moment.astimezone(hours.zone).date()
        days = [today + timedelta(days=n) for n in range(_EVENINGS)]
        evenings = [
            (day, datetime.combine(day, self.timing.praise_post, hours.zone).astimezone(UTC))
            for day in days
        ]
        ahead = [(day, at) for day, at in evenings if at > self.moment]
        at_work = (at for day, at in ahead if hours.opens_on(day) is not None)
        return next(at_work, ahead[0][1])

    def words(self, **more: object) -> Wording:
        """Values for a text that staff read, worked out only when the text asks for them."""
        return Wording(self.care, self.facts, self.moment, more)

    def words_for(self, text: str, /, **more: object) -> Wording:
        """Values for this text, in the language of whoever reads it."""
        return self.words_in(self._language_of(text), **more)

    def words_in(self, language: str, /, **more: object) -> Wording:
        """Values for a text in that language; "" is the business's own."""
        content = self.facts.content.in_language(language)
        return Wording(self.care, self.facts, self.moment, more, content)

    def _language_of(self, text: str) -> str:
        return "" if is_for_staff(text) else self.language

    # ---- changing

    def change_case(self, **changes: Any) -> None:
        """Replace fields of the case in hand."""
        self.care = replace(self.care, case=replace(self.case, **changes))

    def change_conversation(self, **changes: Any) -> None:
        """Replace fields of the conversation in hand."""
        self.care = replace(self.care, conversation=replace(self.conversation, **changes))

    def change_customer(self, **changes: Any) -> None:
        """Replace fields of the customer."""
        self.care = replace(self.care, customer=replace(self.care.customer, **changes))

    # ---- ordering

    def do(self, *effects: Effect) -> None:
        """Add effects in order."""
        self.effects.extend(effects)

    def say(
        self,
        text: str,
        rows: Rows = (),
        *,
        keyboard: bool = False,
        drop_keyboard: bool = False,
        hold: timedelta = timedelta(0),
        key: str = "",
        letter: LetterKind = LetterKind.PLAIN,
        ref: int = 0,
        **more: object,
    ) -> None:
        """Send a text to the customer; the first message to a person carries the line about data."""
        values = self.words_for(text, **more)
        if "privacy_line" in self.texts_with(text).names(text):
            self.change_customer(told_privacy=True)
        case_id = self.care.case.id if self.care.case else None
        self.do(
            Say(
                tg_id=self.care.customer.tg_id,
                text=text,
                values=values,
                book=self.book.sha256,
                language=self._language_of(text),
                rows=rows,
                keyboard=keyboard,
                drop_keyboard=drop_keyboard,
                hold=hold,
                key=key,
                letter=Letter(letter, case_id, ref) if case_id else None,
                trial=is_trial(self.care),
            )
        )

    def tell(
        self,
        person: Person | None,
        text: str,
        rows: Rows = (),
        *,
        kind: LetterKind = LetterKind.STAFF,
        **more: object,
    ) -> None:
        """Send a text about the case to a person of the staff, privately; to nobody about themselves.

        One that asks for words wants a reply. In the quiet hours of the branch only an alert rings.
        """
        if person is None or not person.active or not person.reachable or self.is_about(person):
            return
        case_id = self.care.case.id if self.care.case else None
        letter = Letter(kind, case_id) if case_id else None
        trial, asks = is_trial(self.care), kind in ASKS_FOR_WORDS
        values = self.words(**more)
        rings = kind is LetterKind.ALERT or self.polite_to_staff(self.moment) == self.moment
        self.do(
            Say(
                person.tg_id,
                text,
                values,
                rows=rows,
                letter=letter,
                silent=not rings,
                trial=trial,
                wants_reply=asks,
            )
        )

    def toast(self, tap: Tap, text: str = "", *, alert: bool = False, **more: object) -> None:
        """Answer a tap."""
        values = self.words_for(text, **more) if text else {}
        self.do(Toast(tap.id, text, values, alert, language=self._language_of(text)))

    def mark(self, *, anew: bool = False, keep_old: bool = False) -> None:
        """Have the card show how the case stands now."""
        self.do(MarkCard(self.case.id, anew, keep_old))

    def record(self, kind: str, actor: str = "", **data: Any) -> None:
        """Write into the journal of the case."""
        case_id = self.care.case.id if self.care.case else None
        self.do(Record(kind, case_id, self.care.customer.id, actor, data))

    def set_case_timer(self, kind: TimerKind, due: datetime, wait: int = 0) -> None:
        """A timer of the case in hand; one of each kind."""
        case = self.case
        self.do(
            SetTimer(
                f"{kind}:{case.id}", kind, due, wait, customer_id=case.customer_id, case_id=case.id
            )
        )

    def cancel_case_timers(self, *kinds: TimerKind) -> None:
        """Let timers of the case in hand mean nothing."""
        self.do(*(CancelTimer(f"{kind}:{self.case.id}") for kind in kinds))

    def set_conversation_timer(self, kind: TimerKind, due: datetime) -> None:
        """A timer of the wait in hand of the conversation."""
        talk = self.conversation
        self.do(
            SetTimer(
                f"{kind}:talk:{talk.id}",
                kind,
                due,
                talk.wait,
                customer_id=talk.customer_id,
                conversation_id=talk.id,
            )
        )

    def cancel_conversation_timers(self) -> None:
        """No wait of the conversation is in force any more."""
        kinds = (TimerKind.DELAY, TimerKind.SILENCE, TimerKind.QUIET, TimerKind.NO_WORDS)
        self.do(*(CancelTimer(f"{kind}:talk:{self.conversation.id}") for kind in kinds))

    def cancel_no_words(self) -> None:
        """Words came after all."""
        self.do(CancelTimer(f"{TimerKind.NO_WORDS}:talk:{self.conversation.id}"))


def open_card(draft: Draft) -> Rows:
    """A row with the button that leads to the card of the case in hand."""
    return ((Button("open_card", OpenUrl(f"card:{draft.case.id}")),),)
