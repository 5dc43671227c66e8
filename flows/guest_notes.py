"""What is worth remembering of a customer beyond one case («без сахара»): added and taken away by any of the staff.

It stands on every card of the customer, goes with the customer's data, and is handed over with them.
"""

from flows.draft import Draft
from flows.effects import ChangeButtons, React
from flows.events import LetterKind, Message, StaffAction, StaffTapped
from flows.people import GuestNote, Person
from flows.presses import Button, CasePress, Rows
from flows.replies import say_why_not
from flows.room import cut

_KEPT_MOST = 8  # notes of one customer
_NOTE_MOST = 120  # UTF-16 units
_ON_BUTTON = 40


def show(draft: Draft, person: Person) -> None:
    """What is noted, each with a button that takes it away; a reply to the message adds another."""
    text = "staff.guest_notes" if draft.care.customer.notes else "staff.guest_note_ask"
    draft.tell(person, text, _rows(draft), kind=LetterKind.GUEST_NOTE, guest_notes=listed(draft))


def listed(draft: Draft) -> str:
    """`без сахара; садимся у окна`; "" when nothing is noted."""
    return "; ".join(note.words for note in draft.care.customer.notes)


def add(draft: Draft, person: Person, words: str, message: Message) -> None:
    """Keep one more; the same words once."""
    notes = draft.care.customer.notes
    words = cut(" ".join(words.split()), _NOTE_MOST).rstrip(".")
    if len(notes) >= _KEPT_MOST:
        say_why_not(draft, message, "staff.guest_notes_full")
        return
    if all(note.words != words for note in notes):
        number = max((note.number for note in notes), default=0) + 1
        note = GuestNote(number, words, person.name, draft.moment)
        draft.change_customer(notes=(*notes, note))
        draft.record("guest_noted", actor=person.name)
        draft.mark()
    draft.do(React(message.chat_id, message.message_id))


def remove(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Take one away, whoever wrote it."""
    notes = draft.care.customer.notes
    left = tuple(note for note in notes if str(note.number) != event.arg)
    if left == notes:
        draft.toast(event.tap, "staff.toast.outdated")
    else:
        draft.change_customer(notes=left)
        draft.record("guest_note_removed", actor=person.name)
        draft.toast(event.tap, "staff.toast.note_removed")
        draft.mark()
    if not draft.facts.on_card:
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id, _rows(draft)))


def _rows(draft: Draft) -> Rows:
    return tuple(
        (
            Button(
                "note_remove",
                CasePress(draft.case.id, StaffAction.GUEST_FORGET, str(note.number)),
                {"note": cut(note.words, _ON_BUTTON)},
            ),
        )
        for note in draft.care.customer.notes
    )
