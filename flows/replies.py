"""A reply to the card goes to the customer, signed, after a short hold; a note for colleagues stays here."""

from dataclasses import replace

from flows.case import HeldReply
from flows.draft import Draft
from flows.effects import Letter, Post, Recall, RelayToCustomer, SaveGift, SavePerson
from flows.events import (
    Failure,
    Kind,
    LetterFailed,
    LetterKind,
    LetterSent,
    Message,
    StaffTapped,
    StaffWrote,
)
from flows.people import GiftState, Person
from flows.presses import Button, OpenUrl
from flows.promises import keep_promise

_NOTE_MARK = "//"
_NOTES_SHOWN = 5
_FAILURES = {
    Failure.BLOCKED: "fail.blocked",
    Failure.REFUSED: "fail.refused",
    Failure.AWAY: "fail.telegram",
}


def staff_wrote(draft: Draft, event: StaffWrote) -> None:
    """A message in reply to the card (the turn has found the case): relay it, keep it, or say why not."""
    message = event.message
    if event.anonymous:
        draft.do(
            Post(message.chat_id, "staff.anonymous", draft.words(), reply_to=message.message_id)
        )
        return
    person = draft.facts.person(event.by.tg_id)
    if person is None:
        join = Button("ask_to_join", OpenUrl(f"start:join_{draft.facts.tokens.join}"))
        draft.do(
            Post(
                message.chat_id,
                "staff.toast.not_staff",
                draft.words(),
                ((join,),),
                reply_to=message.message_id,
            )
        )
        return
    if message.text.startswith(_NOTE_MARK):
        _keep_note(draft, message, person)
    elif message.kind is Kind.UNSUPPORTED:
        draft.do(
            Post(message.chat_id, "case.unsupported", draft.words(), reply_to=message.message_id)
        )
    else:
        _hold(draft, message, person)


def _keep_note(draft: Draft, message: Message, person: Person) -> None:
    note = message.text.removeprefix(_NOTE_MARK).strip()
    draft.change_case(notes=(*draft.case.notes, (note, person.name))[-_NOTES_SHOWN:])
    draft.record("note", actor=person.name, note=note)
    draft.mark()


def _hold(draft: Draft, message: Message, person: Person) -> None:
    case, hold = draft.case, draft.timing.reply_hold
    key = reply_key(case.id, message)
    if message.album:
        hold = max(hold, draft.timing.album_quiet)
    joined = next((held for held in case.held if held.key == key), None)
    number = joined.number if joined else case.replies + 1
    if joined is None and message.album and not draft.facts.letter_waits:
        key = f"{key}:{message.message_id}"  # the album has left: a late part goes alone
    until = draft.moment + hold
    others = tuple(held for held in case.held if held.key != key)
    draft.change_case(
        replies=number if joined is None else case.replies,
        held=(*others, HeldReply(number, key, until)),
        owner_id=case.owner_id or person.id,
        taken_at=case.taken_at or draft.moment,
    )
    draft.do(
        RelayToCustomer(
            tg_id=draft.care.customer.tg_id,
            case_id=case.id,
            message=message,
            signature=draft.words(agent=person),
            hold=hold,
            key=key,
            letter=Letter(LetterKind.REPLY, case.id, number),
        )
    )
    draft.record("replied", actor=person.name, message_id=message.message_id, number=number)
    draft.mark()


def reply_key(case_id: int, message: Message) -> str:
    """The key of a reply's letter in the outbox; parts of an album share one."""
    return f"reply:{case_id}:{message.chat_id}:{message.album or message.message_id}"


def stop(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Do not send after all; once the letter is on its way it is too late, and the tap says so."""
    held = next((h for h in draft.case.held if str(h.number) == event.arg), None)
    if held is None or not draft.facts.letter_waits:
        draft.toast(event.tap, "staff.toast.too_late", alert=True)
        return
    draft.do(Recall(held.key))
    draft.change_case(held=tuple(h for h in draft.case.held if h.number != held.number))
    draft.toast(event.tap, "staff.toast.reply_stopped")
    draft.record("reply_stopped", actor=person.name, number=held.number)
    draft.mark()


# ---- what became of letters -------------------------------------------------------------------


def letter_sent(draft: Draft, event: LetterSent) -> None:
    """Telegram has taken a letter: the promise is kept, the card says so."""
    if event.letter is LetterKind.REPLY:
        by = _author(draft)
        draft.change_case(
            held=tuple(h for h in draft.case.held if h.number != event.ref),
            answered_at=draft.moment,
            answered_by=by.name if by else "",
        )
    elif event.letter is LetterKind.GIFT:
        gift = next((g for g in draft.facts.gifts if g.id == event.ref), None)
        if gift is not None and gift.state is GiftState.HELD:
            draft.do(SaveGift(replace(gift, state=GiftState.GIVEN)))
            draft.change_case(answered_at=draft.moment, answered_by=gift.given_by_name)
    else:
        return
    draft.change_case(failure="", failed_at=None, failed_ref="")
    if draft.case.is_open:
        keep_promise(draft)
    draft.mark()


def _author(draft: Draft) -> Person | None:
    return draft.facts.person_by_id(draft.case.owner_id)


def letter_failed(draft: Draft, event: LetterFailed) -> None:
    """The customer has not got it: the card says when and why, the promise stays open."""
    if event.letter is LetterKind.STAFF:
        _mark_unreachable(draft, event)
        return
    if event.failure is Failure.BLOCKED and draft.care.customer.blocked_at is None:
        draft.change_customer(blocked_at=draft.moment)
    case = draft.case
    held = next((h for h in case.held if h.number == event.ref), None)
    ref = ""
    if event.letter is LetterKind.REPLY and held is not None:
        ref = held.key
    elif event.letter is LetterKind.GIFT:
        ref = f"gift:{event.ref}"
        gift = next((g for g in draft.facts.gifts if g.id == event.ref), None)
        if gift is not None and gift.state is GiftState.HELD and event.failure is not Failure.AWAY:
            draft.do(SaveGift(replace(gift, state=GiftState.GIVEN)))
    if event.failure is not Failure.AWAY and held is not None:
        draft.change_case(held=tuple(h for h in case.held if h.number != event.ref))
    draft.change_case(
        failure=_FAILURES[event.failure],
        failed_at=draft.moment,
        failed_ref=ref if event.failure is not Failure.AWAY else "",
    )
    draft.record("not_delivered", why=str(event.failure), letter=str(event.letter))
    draft.mark()


def _mark_unreachable(draft: Draft, event: LetterFailed) -> None:
    """A person of the staff has blocked the bot: reminders must not count on them."""
    person = next((p for p in draft.facts.roster if p.tg_id == event.tg_id), None)
    if person is not None and event.failure is Failure.BLOCKED:
        draft.do(SavePerson(replace(person, reachable=False)))
