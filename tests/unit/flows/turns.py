"""One turn in memory: gather what the event is about, decide, write, say. The rules are the real ones."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from flows.case import Care, Case
from flows.draft import Draft
from flows.effects import ChangeButtons, Effect, Post, Recall, RelayToCustomer, Say, Toast
from flows.engine import advance
from flows.events import (
    CustomerAnswered,
    CustomerChose,
    CustomerChoseData,
    CustomerChoseLanguage,
    CustomerChoseQuiet,
    CustomerOpenedBranchLink,
    CustomerOpenedVisitLink,
    CustomerSetInvitations,
    CustomerSetQuestions,
    CustomerSharedPhone,
    CustomerWished,
    CustomerWrote,
    DialogTapped,
    Event,
    JoinDecided,
    PreventionNamed,
    Sender,
    ShiftChanged,
    StaffAction,
    StaffTapped,
    StaffWrote,
    SumNamed,
    Tap,
    TimerFired,
    TimerKind,
)
from flows.follow_up import is_judgement
from flows.people import Customer
from flows.presses import (
    AnswerPress,
    Button,
    CasePress,
    ChoicePress,
    DataPress,
    DialogPress,
    InvitationsPress,
    JoinPress,
    LanguagePress,
    QuestionsPress,
    QuietPress,
    Rows,
    ShiftPress,
    WishPress,
)
from flows.preventing import number_in
from flows.questions import branch_visit_id
from flows.replies import reply_key
from flows.staff_effects import Reword
from tests.unit.flows.memory import Memory, OverLimit
from tests.unit.flows.proofread import labels_of, text_of, toast_of

NOBODY = Care(Customer(0, 0))


@dataclass(frozen=True, slots=True)
class Said:
    """One message of ours: the key of its text, what people read, its buttons."""

    key: str
    text: str
    rows: Rows
    message_id: int


@dataclass(slots=True)
class Turns:
    """The turn over a memory, and the chats that it writes into."""

    memory: Memory
    chats: dict[int, list[Said]] = field(default_factory=dict)
    popped: list[Toast] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)  # of the last event
    watch: Callable[[Event, Care, Care, list[Effect]], None] | None = None
    over_limit: int = 0  # turns refused by a counter
    _waiting: dict[str, list[tuple[int, str, str, Rows]]] = field(default_factory=dict)
    _messages: int = 1000

    def happens(self, event: Event, *, case: Case | None = None, **facts: object) -> None:
        """Gather, decide, write, say: what one turn does."""
        care, more = self._about(event, case)
        known = self.memory.facts(care, **(more | facts))
        after, effects = advance(care, event, known, self.memory.now)
        self.effects = effects
        try:
            self.memory.save(after, effects)
        except OverLimit:
            self.effects, self.over_limit = [], self.over_limit + 1
            return
        for effect in effects:
            self._show(effect)
        if self.watch is not None:
            self.watch(event, care, after, effects)

    def _about(  # noqa: PLR0911, PLR0912 - one for each kind
        self, event: Event, case: Case | None
    ) -> tuple[Care, dict[str, object]]:
        memory = self.memory
        case_id = case.id if case else getattr(event, "case_id", None)
        match event:
            case CustomerAnswered(conversation_id=number):
                care = self._customer(event.sender)
                talk = memory.conversations.get(number)
                if talk is None or talk.customer_id != care.customer.id:
                    return replace(care, conversation=None), {}
                return memory.care_with(care.customer, talk), {}
            case CustomerOpenedVisitLink(token=token):
                found = [v for v in memory.visits.values() if v.token == token]
                return self._customer(event.sender), {"linked_visit": next(iter(found), None)}
            case CustomerOpenedBranchLink(branch_id=branch):
                care = self._customer(event.sender)
                ext_id = branch_visit_id(Draft(care, memory.facts(care), memory.now), branch)
                found = [v for v in memory.visits.values() if v.ext_id == ext_id]
                return care, {"linked_visit": next(iter(found), None)}
            case CustomerSharedPhone(phone=phone) | CustomerWrote(phone=phone) if phone:
                care = self._customer(event.sender)
                asked = replace(care.customer, phone=phone)
                return care, {"past_visits": memory.visits_of(asked)}
            case CustomerChoseData():
                care = self._customer(event.sender)
                cases = [c for c in memory.cases.values() if c.customer_id == care.customer.id]
                mine = [(c.id, c.branch_id) for c in cases]
                given = [g for g in memory.gifts.values() if g.customer_id == care.customer.id]
                return care, {"own_cases": tuple(mine), "own_gifts": tuple(given)}
            case CustomerWished(case_id=number, wish=wish) if is_judgement(wish):
                return self._judged(event.sender, number), {}
            case CustomerWished():
                return self._customer(event.sender), {}
            case CustomerChose(gift_id=number):
                gift = memory.gifts[number]
                return memory.care_of_case(gift.case_id), {"voucher": gift}
            case DialogTapped(by=by) | CustomerWrote(sender=by) | SumNamed(sender=by) if (
                dialog := memory.dialogs.get(by.tg_id)
            ) is not None:
                return memory.care_of_case(int(dialog.data["case"])), {"dialog": dialog}
            case TimerFired(conversation_id=number) if number is not None:
                talk = memory.conversations[number]
                return memory.care_with(memory.customers[talk.customer_id], talk), {}
            case TimerFired(visit_id=number) if number is not None:
                visit = memory.visits[number]
                customer = memory.customers[event.customer_id or 0]
                return memory.care_of(customer), {"linked_visit": visit}
            case TimerFired(kind=TimerKind.PRAISE):
                return NOBODY, {"praise_lines": tuple(each[1:] for each in memory.praise)}
        if case_id is not None:
            more = self._of_case(event, case_id) | self._prevention(event, case_id)
            return memory.care_of_case(case_id), more
        sender = getattr(event, "sender", None)
        return (self._customer(sender), {}) if sender is not None else (NOBODY, {})

    def _of_case(self, event: Event, case_id: int) -> dict[str, object]:
        on_card = not isinstance(event, StaffTapped) or event.tap.chat_id < 0
        known = {"put_off": self.memory.put_off(case_id), "on_card": on_card}
        return self._letter(event, case_id) | known

    def _letter(self, event: Event, case_id: int) -> dict[str, object]:
        held, case = self.memory.held, self.memory.cases[case_id]
        match event:
            case StaffTapped(action=StaffAction.UNDO, arg=gift):
                return {"letter_waits": f"gift:{gift}" in held}
            case StaffTapped(action=StaffAction.STOP_REPLY, arg=number):
                keys = [reply.key for reply in case.held if str(reply.number) == number]
                return {"letter_waits": any(key in held for key in keys)}
            case StaffTapped(action=StaffAction.RESEND):
                return {"parked": frozenset(key for key in held if held[key].refused)}
            case StaffWrote(message=message) if message.album:
                key = reply_key(case_id, message)
                return {"letter_waits": key in held or key not in self.memory.left}
        return {}

    def _judged(self, sender: Sender, case_id: int) -> Care:
        care = self.memory.care_of_case(case_id)
        mine = care.customer.tg_id == sender.tg_id
        return care if mine else replace(self._customer(sender), case=None)

    def _prevention(self, event: Event, case_id: int) -> dict[str, object]:
        memory = self.memory
        match event:
            case StaffTapped(action=StaffAction.PREVENTION, arg=arg):
                return {"prevention": memory.preventions.get(number_in(arg) or 0)}
            case TimerFired(kind=TimerKind.LOOK_BACK):
                return memory.looked_back(memory.cases[case_id])
            case TimerFired(kind=TimerKind.PREVENT_DUE, wait=number):
                return {"prevention": memory.preventions.get(number)}
            case TimerFired(kind=TimerKind.PREVENT):
                return {"prevention": memory.prevention_of(memory.cases[case_id])}
            case PreventionNamed(prevention_id=number):
                return {"prevention": memory.preventions[number]}
        return {}

    def _customer(self, sender: Sender) -> Care:
        return self.memory.care_of(self.memory.customer(sender.tg_id, sender.name, sender.language))

    def _show(self, effect: Effect) -> None:
        content = self.memory.content
        match effect:
            case Say():
                content = content.in_language(effect.language)
                text = text_of(content, effect.text, effect.values)
                labels_of(content, effect.rows)
                self._keep(effect.tg_id, effect.text, text, effect.rows, effect.key)
            case Post():
                text = text_of(content, effect.text, effect.values)
                labels_of(content, effect.rows)
                self._keep(effect.chat_id, effect.text, text, effect.rows)
            case RelayToCustomer():
                customer = self.memory.customer(effect.tg_id, "")
                content = content.in_language(content.language_for(customer.language))
                signature = text_of(content, "reply.signature", effect.signature)
                text = f"{effect.message.text}\n\n{signature}"
                self._keep(effect.tg_id, "reply", text, (), effect.key)
            case Recall():
                del self._waiting[effect.key]
            case Toast():
                if effect.text:
                    content = content.in_language(effect.language)
                    toast_of(content, effect.text, effect.values)
                self.popped.append(effect)
            case ChangeButtons():
                self._change_buttons(effect)
            case Reword():
                self._reword(effect)
            case Reword():
                text = text_of(content, effect.text, effect.values)
                labels_of(content, effect.rows)
                said = Said(effect.text, text, effect.rows, effect.message_id)
                chat = self.chats.get(effect.chat_id, [])
                chat[:] = [said if each.message_id == said.message_id else each for each in chat]
            case _:
                pass

    def _keep(self, chat: int, key: str, text: str, rows: Rows, held: str = "") -> None:
        if held:
            self._waiting.setdefault(held, []).append((chat, key, text, rows))
        else:
            said = Said(key, text, rows, self._next_message())
            self.chats.setdefault(chat, []).append(said)

    def leaves(self, held: str) -> None:
        """What waited under this key is read now."""
        for chat, key, text, rows in self._waiting.pop(held, []):
            self._keep(chat, key, text, rows)

    def _reword(self, effect: Reword) -> None:
        text = text_of(self.memory.content, effect.text, effect.values)
        labels_of(self.memory.content, effect.rows)
        chat = self.chats.get(effect.chat_id, [])
        for place, said in enumerate(chat):
            if said.message_id == effect.message_id:
                chat[place] = Said(effect.text, text, effect.rows, said.message_id)

    def _change_buttons(self, effect: ChangeButtons) -> None:
        labels_of(self.memory.content.in_language(effect.language), effect.rows)
        chat = self.chats.get(effect.chat_id, [])
        for place, said in enumerate(chat):
            if said.message_id == effect.message_id:
                chat[place] = replace(said, rows=effect.rows)

    def press(self, button: Button, by: Sender, tap: Tap) -> str:  # noqa: PLR0912 - one for each kind
        """Any tap, forged ones too; returns the key of what popped up (or the link it opens)."""
        event: Event
        match button.press:
            case AnswerPress(conversation, step, answer):
                event = CustomerAnswered(by, tap, conversation, step, answer)
            case WishPress(case_id, wish):
                event = CustomerWished(by, tap, case_id, wish)
            case QuestionsPress(wanted):
                event = CustomerSetQuestions(by, tap, wanted)
            case QuietPress(hours):
                event = CustomerChoseQuiet(by, tap, hours)
            case LanguagePress(language):
                event = CustomerChoseLanguage(by, tap, language)
            case InvitationsPress(wanted):
                event = CustomerSetInvitations(by, tap, wanted)
            case CasePress(case_id, action, arg):
                event = StaffTapped(by, tap, case_id, action, arg)
            case ChoicePress(gift_id, offer):
                event = CustomerChose(by, tap, gift_id, offer)
            case DialogPress(dialog_id, version, answer):
                event = DialogTapped(by, tap, dialog_id, version, answer)
            case DataPress(choice, book):
                event = CustomerChoseData(by, tap, choice, book)
            case JoinPress(person_id, role):
                event = JoinDecided(by, tap, person_id, role)
            case ShiftPress(on):
                event = ShiftChanged(by, tap, on)
            case DialogPress(number, version, answer):
                event = DialogTapped(by, tap, number, version, answer)
            case _:
                raise AssertionError(f"{button.label} opens something")
        self.happens(event)
        answers = [toast for toast in self.effects if isinstance(toast, Toast)]
        assert len(answers) == 1, f"{button.label} was answered {len(answers)} times"
        return answers[0].text or answers[0].start

    def _next_message(self) -> int:
        self._messages += 1
        return self._messages
