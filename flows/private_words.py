"""What staff are asked to write privately about a case: a note, what to remember of the customer, what they promised.

The group stays quiet: a tap asks in private, and the answer to that message is the words. They never reach the
customer.
"""

from flows import guest_notes, staff_promises
from flows.case import Menu
from flows.draft import Draft
from flows.effects import React
from flows.events import LetterKind, Message, StaffAction, StaffTapped, StaffWrote
from flows.finding import may_read
from flows.people import Person
from flows.replies import NOTE_MARK, keep_note, say_why_not

_ASKED: dict[StaffAction, tuple[LetterKind, str]] = {
    StaffAction.NOTE: (LetterKind.NOTE, "staff.note_ask"),
    StaffAction.VOW: (LetterKind.VOW, "staff.vow_ask"),
}


def ask(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Ask whoever pressed, in private; the card shows its first buttons again."""
    if draft.case.is_open and draft.facts.on_card:
        draft.change_case(menu=Menu.MAIN)
        draft.mark()
    if draft.case.erased:
        draft.toast(event.tap, "staff.toast.outdated")
    elif not person.reachable:
        draft.toast(event.tap, "staff.toast.open_chat", alert=True)
    elif event.action is StaffAction.GUEST_NOTE:
        guest_notes.show(draft, person)
        draft.toast(event.tap, "staff.toast.asked_private")
    else:
        kind, text = _ASKED[event.action]
        draft.tell(person, text, kind=kind)
        draft.toast(event.tap, "staff.toast.asked_private")


def answered(draft: Draft, event: StaffWrote) -> None:
    """Words came in answer to what was asked."""
    person = draft.facts.person(event.by.tg_id)
    if person is None or draft.case.erased:
        return
    if not may_read(draft, person):
        say_why_not(draft, event.message, "find.not_yours")
        return
    message, words = event.message, _words(event.message)
    if not words:
        say_why_not(draft, message, "staff.words_wanted")
    elif draft.facts.reply_is is LetterKind.GUEST_NOTE:
        guest_notes.add(draft, person, words, message)
    elif draft.facts.reply_is is LetterKind.VOW:
        _promised(draft, event, person)
    else:
        keep_note(draft, message, person)
        draft.do(React(message.chat_id, message.message_id))


def _words(message: Message) -> str:
    return message.text.removeprefix(NOTE_MARK).strip()


def _promised(draft: Draft, event: StaffWrote, person: Person) -> None:
    """Words with a time in them; without one it is asked for again."""
    message = event.message
    if not draft.case.is_open:
        say_why_not(draft, message, "staff.vow_closed")
    elif (promise := staff_promises.add(draft, person, event.findings)) is None:
        draft.tell(person, "staff.vow_no_time", kind=LetterKind.VOW)
    else:
        draft.do(React(message.chat_id, message.message_id))
        draft.record("promised", actor=person.name, promise=promise.words, number=promise.number)
        draft.mark()
