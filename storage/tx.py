"""One transaction as the turn sees it: claim the cause, load, know, save, write the effects."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from flows.case import Care, Case, Conversation
from flows.content_work import Work
from flows.dialog import Dialog
from flows.effects import KeepConsent, Praise, Record, SetTimer
from flows.events import Message
from flows.people import Gift, Person, StaffChat, Visit
from flows.prevention import Prevention
from storage import (
    books,
    cards,
    cases,
    consents,
    content_work,
    conversations,
    customers,
    dialogs,
    dossier,
    erasing,
    gifts,
    inbox,
    journal,
    letters,
    outbox,
    people,
    preventions,
    sealed,
    settings,
    timers,
    trials,
    unshown,
    vanishing,
    visits,
)
from storage.dossier import Dossier
from storage.erasing import Forgotten
from storage.gifts import OverLimit
from storage.journal import Copy
from storage.outbox import OutboxRow
from storage.reading import Reading

__all__ = ["OverLimit", "StaleSubject", "Tx"]

_RELOAD = "reload_wanted"


class StaleSubject(Exception):
    """Somebody has written the subject since it was read: run the turn again from a fresh read."""

    def __init__(self, what: str, number: int) -> None:
        super().__init__(f"{what} {number}")


class Tx(Reading):
    """Everything a turn may read and write, at one moment."""

    # ---- claims: True once only ------------------------------------------------------------------

    def claim_update(self, inbox_id: int, chat_id: int) -> bool:
        """False also while an earlier update of the chat is not done."""
        return inbox.claim(self._conn, inbox_id, chat_id)

    def claim_parked(self, inbox_id: int) -> bool:
        """A parked update that is tried again."""
        return inbox.claim_parked(self._conn, inbox_id)

    def claim_timer(self, key: str, wait: int) -> bool:
        """False also when the timer was moved behind `now`, or set for another wait."""
        return timers.claim(self._conn, key, wait, self._now)

    def claim_result(
        self,
        outbox_id: int,
        *,
        state: Literal["sent", "parked"],
        message_id: int | None,
        error: str = "",
    ) -> bool:
        """What became of a row that was being sent; the next of its lane may go."""
        return letters.claim_result(
            self._conn, outbox_id, self._now, state=state, message_id=message_id, error=error
        )

    def seal_update(self, inbox_id: int, chat_id: int) -> bool:
        """Put an update under the seal instead of working on it; once only, in its order."""
        return sealed.seal(self._conn, inbox_id, chat_id)

    def claim_content_work(self, work_id: int) -> bool:
        """What was asked of the owner's folder has been done."""
        return content_work.claim(self._conn, work_id, self._now)

    # ---- the subject -----------------------------------------------------------------------------

    def save(self, before: Care, after: Care) -> None:
        """Write what differs: the visit and the case first, for the conversation names them.

        A case or conversation of version 0 is new. Raises `StaleSubject`.
        """
        conn = self._conn
        known = after.customer.id != 0  # of a stranger nothing is kept
        changed = known and after.customer != before.customer
        if changed and not customers.save(conn, after.customer):
            raise StaleSubject("customer", after.customer.id)
        if after.visit is not None and after.visit != before.visit:
            visits.save(conn, after.visit)
        if after.case is not None and after.case != before.case:
            self.save_case(after.case)
        if after.conversation is not None and after.conversation != before.conversation:
            self.save_conversation(after.conversation)

    def save_case(self, case: Case) -> None:
        """Write one case; raises `StaleSubject`."""
        if case.version == 0:
            cases.add(self._conn, case)
        elif not cases.save(self._conn, case):
            raise StaleSubject("case", case.id)

    def save_conversation(self, conversation: Conversation) -> None:
        """Write one conversation; raises `StaleSubject`."""
        if conversation.version == 0:
            conversations.add(self._conn, conversation)
        elif not conversations.save(self._conn, conversation):
            raise StaleSubject("conversation", conversation.id)

    # ---- what the effects ask for ----------------------------------------------------------------

    def keep_book(self, sha: str, source: str) -> None:
        """Keep a revision; before `save` writes what begins with it."""
        books.keep(self._conn, sha, source)

    def set_setting(self, key: str, value: str) -> None:
        """Remember it."""
        settings.put(self._conn, key, value)

    def reload_wanted(self) -> bool:
        """An owner has asked for the content to be read again, and has no answer yet."""
        return settings.get(self._conn, _RELOAD) == "1"

    def want_reload(self, *, wanted: bool) -> None:
        """Remember that an answer is owed, or is no more."""
        settings.put(self._conn, _RELOAD, "1" if wanted else "0")

    def put_outbox(self, row: OutboxRow) -> None:
        """Add a row; one whose `dedup_key` is known is ignored."""
        letters.put(self._conn, row, self._now)

    def extend_album(self, key: str, part: dict[str, Any], not_before: datetime) -> bool:
        """Add a part to a waiting album; False when it has left or is full: send it alone."""
        return letters.extend_album(self._conn, key, part, not_before)

    def recall(self, key: str) -> bool:
        """Withdraw a held letter; False when it is too late."""
        return letters.recall(self._conn, key, self._now)

    def release(self, key: str) -> None:
        """Let a held letter go at once."""
        letters.release(self._conn, key, self._now)

    def park(self, key: str, error: str) -> bool:
        """Put a waiting letter aside with the one before it that was refused."""
        return letters.park(self._conn, key, error, self._now)

    def correct_letter(
        self, key: str, method: str, params: dict[str, Any], not_before: datetime
    ) -> bool:
        """Put another call into a letter that waits or was refused; False when there is none."""
        return letters.correct(self._conn, key, method, params, not_before)

    def resend(self, key: str) -> bool:
        """Let a refused letter go once more."""
        return letters.resend(self._conn, key, self._now)

    def mark_card(
        self, case_id: int, place: str, chat_id: int, *, anew: int = 0, loud: bool = False
    ) -> None:
        """The card has to show the newest state; `anew` 1 deletes the old message, 2 leaves it."""
        cards.mark(self._conn, case_id, place, chat_id, anew=anew, loud=loud)

    def set_timer(self, timer: SetTimer, chat_id: int = 0) -> None:
        """Set or move a timer; it waits until the inbox of `chat_id` is empty (0: no waiting)."""
        timers.put(self._conn, timer, chat_id)

    def cancel_timers(self, *keys: str) -> None:
        """Let timers mean nothing; keys that name none are ignored."""
        timers.cancel(self._conn, *keys)

    def save_gift(self, gift: Gift) -> None:
        """Write a given offer, or its new state."""
        gifts.save(self._conn, gift)

    def spend(self, counter: str, amount: int, limit: int | None) -> None:
        """Add to a counter; raises `OverLimit`, which must undo the whole turn."""
        gifts.spend(self._conn, counter, amount, limit)

    def save_prevention(self, prevention: Prevention) -> None:
        """Write what is to change, or how far it has come."""
        preventions.save(self._conn, prevention)

    def save_visit(self, visit: Visit) -> None:
        """Write a visit, new or known."""
        visits.save(self._conn, visit)

    # ---- the customer's data and consents

    def keep_consent(self, consent: KeepConsent) -> None:
        """Record an answer; the words that were read belong to a kept revision."""
        consents.add(
            self._conn,
            consent.customer_id,
            consent.kind.value,
            consent.answer.value,
            consent.wording,
            consent.book,
            self._now,
        )

    def forget_phone(self, customer_id: int, phone: str) -> None:
        """Take the number out of the visits."""
        visits.forget_phone(self._conn, customer_id, phone)

    def dossier(self, customer_id: int) -> Dossier | None:
        """Everything that is kept about a customer."""
        return dossier.gather(self._conn, customer_id)

    def erase(self, customer_id: int) -> Forgotten:
        """Forget a customer everywhere, and put it into the log of erasures."""
        return erasing.erase(self._conn, customer_id, self._now)

    def break_seal(self, chat_id: int) -> None:
        """What lies sealed is to be worked on."""
        sealed.break_seal(self._conn, chat_id)

    def let_go_of_sealed(self, chat_id: int, *, stranger: bool) -> None:
        """What lies sealed is blanked."""
        sealed.let_go(self._conn, chat_id, self._now, stranger=stranger)

    # ---- people and the rest

    def save_person(self, person: Person) -> None:
        """Write a person of the roster, new or known."""
        people.save(self._conn, person)

    def save_dialog(self, dialog: Dialog) -> None:
        """Write the talk of a person of the staff; it takes the place of any other of theirs."""
        dialogs.save(self._conn, dialog)

    def close_dialog(self, tg_id: int) -> None:
        """The talk of this person is over."""
        dialogs.close(self._conn, tg_id)

    def drop_trial(self, customer_id: int, keep: int) -> None:
        """Take out everything that an owner has played as a customer, but for one visit."""
        trials.drop(self._conn, customer_id, keep, self._now)

    def put_content_work(self, key: str, tg_id: int, dialog_id: int, work: Work) -> None:
        """Ask something of the owner's folder after the commit."""
        content_work.put(self._conn, key, tg_id, dialog_id, work, self._now)

    def save_staff_chat(self, chat: StaffChat, replaces: int | None = None) -> None:
        """Bind the group; `replaces` is its id before it became a supergroup, or the group whose place it takes."""
        if replaces is not None:
            people.unbind(self._conn, replaces)
        people.bind(self._conn, chat, self._now)
        if replaces is not None:
            cards.moved(self._conn, replaces, chat.chat_id)
            outbox.moved(self._conn, replaces, chat.chat_id)

    def standing_open(self, chat_id: int) -> tuple[int, ...]:
        """Messages that are the cards of open cases in this chat."""
        return cards.standing_open(self._conn, chat_id)

    def add_praise(self, praise: Praise) -> None:
        """Keep kind words until the evening."""
        journal.add_praise(self._conn, praise, self._now)

    def praise_posted(self, branch_id: str, posts: Sequence[tuple[str, int]] = ()) -> None:
        """The kept words have gone out, so many of them in the post of each key."""
        journal.praise_posted(self._conn, branch_id, posts, self._now)

    def praise_stands(self, key: str, chat_id: int, message_id: int) -> None:
        """Where the post of this key stands."""
        journal.praise_stands(self._conn, key, chat_id, message_id)

    def reword(self, key: str, text: str) -> None:
        """Change the text of a letter that waits."""
        letters.reword(self._conn, key, text)

    def take_away(self, chat_id: int, message_id: int) -> None:
        """Have a message of ours in a staff chat deleted, because somebody asked for it."""
        vanishing.take_away(self._conn, chat_id, message_id, self._now)

    def record(self, entry: Record) -> None:
        """Write into the journal."""
        journal.record(self._conn, entry, self._now)

    def keep_copy(
        self, case_id: int, chat_id: int, message_id: int, copy: Copy, of: int | None = None
    ) -> None:
        """Remember that a message of ours shows this case to staff; `of`: made from that one of the customer."""
        journal.keep_copy(self._conn, case_id, chat_id, message_id, self._now, copy, of)

    def keep_answer(self, case_id: int, chat_id: int, message_id: int) -> None:
        """Remember that a message in the customer's chat is a letter of staff."""
        journal.keep_answer(self._conn, case_id, chat_id, message_id, self._now)

    def is_answer(self, chat_id: int, message_id: int) -> bool:
        """This message in a customer's chat is a letter of staff."""
        return journal.is_answer(self._conn, chat_id, message_id)

    def words_of(self, case_id: int, message_id: int) -> str:
        """What the customer's message says now, "" when it is not known."""
        return journal.words_of(self._conn, case_id, message_id)

    def keep_message(
        self,
        case_id: int | None,
        customer_id: int | None,
        incoming: bool,  # noqa: FBT001  (named at every call)
        message: Message,
        author: str,
        waits: str = "",
    ) -> None:
        """Keep one message of the talk; `incoming` is the customer's own, `waits` what of it is not shown yet."""
        journal.keep_message(
            self._conn,
            case_id,
            customer_id,
            message,
            author,
            self._now,
            incoming=incoming,
            waits=waits,
        )

    def mark_shown(self, rows: Sequence[int]) -> None:
        """These kept messages stand under the card now."""
        unshown.shown(self._conn, rows)
