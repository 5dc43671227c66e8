"""A person of the staff changes a reply: while it is held the letter changes, later the customer's copy does."""

from flows.draft import Draft
from flows.effects import CorrectReply, KeepMessage, Letter, RelayToCustomer
from flows.events import LetterKind, StaffEdited
from flows.people import Person
from flows.replies import (
    NOTE_MARK,
    held_anew,
    reply_key,
    say_why_not,
    stop_reply,
)


def staff_edited(draft: Draft, event: StaffEdited) -> None:
    """The facts have said where the letter is: it waits (or was refused), has arrived, or is on its way just now.

    What never became a letter stays as it was: a note, or words that were answered with why they did not go.
    """
    message, person = event.message, draft.facts.person(event.by.tg_id)
    key = reply_key(draft.case.id, message)
    waits, copy = draft.facts.letter_waits, draft.facts.letter_copy
    if person is None or not draft.facts.letter_known:
        return
    if not waits and copy is None:
        say_why_not(draft, message, "staff.toast.too_late")
    elif message.text.startswith(NOTE_MARK):
        _became_a_note(draft, event, person, key)
    else:
        _correct(draft, event, person, key)


def _became_a_note(draft: Draft, event: StaffEdited, person: Person, key: str) -> None:
    """It is for colleagues after all: it does not go, if it has not gone."""
    held = next((held for held in draft.case.held if held.key == key), None)
    if held is None:
        say_why_not(draft, event.message, "staff.toast.too_late")
    else:
        stop_reply(draft, held, person)


def _correct(draft: Draft, event: StaffEdited, person: Person, key: str) -> None:
    message, case = event.message, draft.case
    held = next((held for held in case.held if held.key == key), None)
    copy = None if draft.facts.letter_waits else draft.facts.letter_copy
    hold = held_anew(draft, message, held) if held is not None else draft.timing.reply_hold
    reply = RelayToCustomer(
        tg_id=draft.care.customer.tg_id,
        case_id=case.id,
        message=message,
        signature=draft.words_for("reply.signature", agent=person),
        hold=hold,
        key=key,
        letter=Letter(LetterKind.REPLY, case.id, held.number if held else 0),
        answers=draft.facts.answers,
        quote=draft.facts.answers_quote,
    )
    draft.do(KeepMessage(case.id, message, person.name), CorrectReply(reply, copy))
    draft.record("reply_edited", actor=person.name, message_id=message.message_id)
    draft.mark()
