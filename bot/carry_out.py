"""Effects become rows: cards, timers, gifts, the journal. Nothing is decided or sent; what is said: messages.py."""

from dataclasses import dataclass, field
from typing import assert_never

from bot.data_effects import erase_customer, export_data
from bot.letter_keys import keys_of_letter
from bot.menu import tell_menu_of
from bot.messages import Messages
from bot.places import Places
from flows.draft import Draft
from flows.effects import (
    BreakSeal,
    CancelTimer,
    ChangeButtons,
    CorrectReply,
    DataEffect,
    DeleteMessage,
    Effect,
    EraseCustomer,
    ExportData,
    ForgetPhone,
    KeepConsent,
    KeepMessage,
    LetGoOfSealed,
    LookAtGroup,
    MarkCard,
    MarkShown,
    Post,
    Praise,
    PraisePosted,
    React,
    ReadContentAgain,
    Recall,
    Record,
    RelayToCustomer,
    RelayToStaff,
    Release,
    Resend,
    SaveGift,
    SavePerson,
    SavePrevention,
    SaveStaffChat,
    SaveVisit,
    Say,
    SetTimer,
    Spend,
    Toast,
)
from flows.events import TimerKind
from flows.forum import stray_key
from flows.forum_effects import DropTopic, KeepTopic
from flows.people import Person
from flows.praise import praise_timer
from flows.staff_effects import (
    CloseDialog,
    DropTrial,
    Reword,
    SaveDialog,
    SendFile,
    SendPosters,
    WorkOnContent,
)
from storage.tx import Tx

_Writing = (
    DataEffect
    | KeepMessage
    | Recall
    | Release
    | Resend
    | SaveGift
    | SavePrevention
    | Spend
    | SaveVisit
    | SavePerson
    | SaveStaffChat
    | LookAtGroup
    | KeepTopic
    | DropTopic
    | Praise
    | PraisePosted
    | SaveDialog
    | CloseDialog
    | DropTrial
    | WorkOnContent
    | ReadContentAgain
    | Record
)
_Now = (
    Say
    | Post
    | Toast
    | React
    | ChangeButtons
    | Reword
    | SendFile
    | SendPosters
    | DeleteMessage
    | RelayToStaff
    | RelayToCustomer
    | CorrectReply
    | _Writing
)


@dataclass(slots=True)
class CarryOut:
    """Carries out the effects of one decision within its transaction; `draft` is the subject afterwards."""

    tx: Tx
    draft: Draft
    freed: bool = False  # updates of the inbox may be worked on now
    erased: bool = False  # somebody was forgotten
    content_work: bool = False  # something is asked of the owner's folder
    reload: bool = False  # the owner's folder is to be read again
    _messages: Messages = field(init=False)

    def __post_init__(self) -> None:
        self._messages = Messages(self.tx, self.draft)

    @property
    def _places(self) -> Places:
        return Places(self.tx, self.draft, self._messages)

    def all(self, effects: list[Effect]) -> None:
        """In the order given; then timers and cards, of which the last word counts, whatever came before."""
        last_words: dict[str, SetTimer | CancelTimer] = {}
        marks: list[MarkCard] = []
        for effect in effects:
            match effect:
                case SetTimer() | CancelTimer():
                    last_words[effect.key] = effect
                case MarkCard():
                    marks.append(effect)
                case _:
                    self._one(effect)
        if last_words:
            self._set_time(list(last_words.values()))
        if marks:
            self._mark_card(marks)

    def _one(self, effect: _Now) -> None:
        match effect:
            case Say():
                self._messages.say(effect)
            case Post():
                self._messages.post(effect)
            case Toast():
                self._messages.toast(effect)
            case React():
                self._messages.react(effect)
            case ChangeButtons():
                self._messages.change_buttons(effect)
            case Reword():
                self._messages.reword(effect)
            case SendFile() | SendPosters():
                self._messages.send_paper(effect)
            case DeleteMessage():
                self._messages.delete(effect)
            case RelayToStaff():
                self._messages.relay_to_staff(effect)
            case RelayToCustomer():
                self._messages.relay_to_customer(effect)
            case CorrectReply():
                self._messages.correct(effect)
            case _:
                self._write(effect)

    def _write(self, effect: _Writing) -> None:  # noqa: PLR0912 - one branch for each kind
        match effect:
            case (
                MarkShown()
                | KeepConsent()
                | ForgetPhone()
                | ExportData()
                | EraseCustomer()
                | BreakSeal()
                | LetGoOfSealed()
            ):
                self._of_data(effect)
            case KeepMessage():
                self.tx.keep_message(
                    effect.case_id,
                    self.draft.care.customer.id,
                    incoming=not effect.author,
                    message=effect.message,
                    author=effect.author,
                    waits=effect.waits,
                )
            case Recall() | Release() | Resend():
                self._of_letter(effect)
            case SaveGift():
                self.tx.save_gift(effect.gift)
            case SavePrevention():
                self.tx.save_prevention(effect.prevention)
            case Spend():
                self.tx.spend(effect.counter, effect.amount, effect.limit)
            case SaveVisit():
                self.tx.save_visit(effect.visit)
            case SavePerson():
                self._save_person(effect.person)
            case SaveStaffChat():
                self._places.save(effect)
            case LookAtGroup() | KeepTopic() | DropTopic():
                self._of_group(effect)
            case Praise():
                self._praise(effect)
            case PraisePosted():
                self.tx.praise_posted(effect.branch_id, effect.posts)
            case SaveDialog():
                self.tx.save_dialog(effect.dialog)
            case CloseDialog():
                self.tx.close_dialog(effect.tg_id)
            case DropTrial():
                self.tx.drop_trial(effect.customer_id, effect.keep)
            case WorkOnContent():
                self._ask_of_content(effect)
            case ReadContentAgain():
                self.tx.want_reload(wanted=True)
                self.reload = True
            case Record():
                self.tx.record(effect)
            case _:
                assert_never(effect)

    def _save_person(self, person: Person) -> None:
        self.tx.save_person(person)
        tell_menu_of(self.tx, self.draft.facts.content, person)

    def _of_data(self, effect: DataEffect) -> None:
        match effect:
            case MarkShown():
                self.tx.mark_shown(effect.rows)
            case KeepConsent():
                self.tx.keep_consent(effect)
            case ForgetPhone():
                self.tx.forget_phone(effect.customer_id, effect.phone)
            case ExportData():
                export_data(self.tx, self.draft, effect)
            case EraseCustomer():
                erase_customer(self.tx, self.draft, effect)
                self.erased = True
            case BreakSeal():
                self.tx.break_seal(effect.chat_id)
                self.freed = True
            case LetGoOfSealed():
                self.tx.let_go_of_sealed(effect.chat_id, stranger=effect.stranger)
            case _:
                assert_never(effect)

    def _of_letter(self, effect: Recall | Release | Resend) -> None:
        """Both rows of a letter: the second, for a signature, may not be there."""
        for key in keys_of_letter(effect.key):
            match effect:
                case Recall():
                    self.tx.recall(key)
                case Release():
                    self.tx.release(key)
                case Resend():
                    self.tx.resend(key)

    # ---- cards

    def _mark_card(self, marks: list[MarkCard]) -> None:
        case = self.draft.case
        if case.erased:
            return
        anew = max(0 if not mark.anew else 2 if mark.keep_old else 1 for mark in marks)
        loud = bool(case.story or case.files or case.opening > 1 or case.for_manager)
        self._places.mark(anew=anew, loud=loud)

    # ---- time, praise

    def _set_time(self, last_words: list[SetTimer | CancelTimer]) -> None:
        self.tx.cancel_timers(*(each.key for each in last_words if isinstance(each, CancelTimer)))
        for each in last_words:
            if isinstance(each, SetTimer):
                self._set_timer(each)

    def _set_timer(self, timer: SetTimer) -> None:
        chat_id = self.draft.care.customer.tg_id if timer.customer_id is not None else 0
        self.tx.set_timer(timer, chat_id)

    def _of_group(self, order: LookAtGroup | KeepTopic | DropTopic) -> None:
        if isinstance(order, LookAtGroup):
            self._messages.look_at_group(order)
        elif isinstance(order, DropTopic):
            self.tx.forum.drop_stray(order.chat_id, order.thread_id)
        elif self.tx.forum.seen(order.chat_id, order.thread_id, order.title):
            key = stray_key(order.chat_id, order.thread_id)
            self._set_timer(SetTimer(key, TimerKind.TOPIC, order.due))

    def _ask_of_content(self, order: WorkOnContent) -> None:
        key = self.draft.facts.ids.token()
        self.tx.put_content_work(key, order.tg_id, order.dialog_id, order.work)
        self.content_work = True

    def _praise(self, praise: Praise) -> None:
        self.tx.add_praise(praise)
        self._set_timer(praise_timer(self.draft, praise.branch_id))
