"""A reply to the card goes to the customer, signed, after a short hold; a note for colleagues stays here."""

from dataclasses import replace
from datetime import timedelta

from flows import final_answers, letters, lint, no_news, staff_promises
from flows.case import FailedLetter, HeldReply
from flows.choice import RESERVED
from flows.draft import Draft, open_card
from flows.effects import (
    ChangeButtons,
    KeepMessage,
    Letter,
    Post,
    React,
    Recall,
    RelayToCustomer,
    SaveGift,
    SavePerson,
)
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
from flows.links import to_join
from flows.people import Gift, GiftState, Person
from flows.presses import Button, Rows
from flows.promises import keep_promise, owner_of, promise_next, reminder_rows
from flows.refund_times import timers_of
from flows.vouchers import remind_timer

NOTE_MARK = "//"  # words that begin so are for colleagues
_NOTES_SHOWN = 5
_UNTIL_TOLD = timedelta(days=3650)  # a reply that waits for its author's word leaves by it alone
BOT_STOPPED = "fail.blocked"  # the customer has stopped the bot
STILL_TRIED = "fail.telegram"  # Telegram does not answer
_FAILURES = {
    Failure.BLOCKED: BOT_STOPPED,
    Failure.DEACTIVATED: "fail.deactivated",
    Failure.TOO_BIG: "fail.too_big",
    Failure.REFUSED: "fail.refused",
    Failure.AWAY: STILL_TRIED,
}


def staff_wrote(draft: Draft, event: StaffWrote) -> None:
    """A message in reply to the card (the turn has found the case): relay it, keep it, or say why not."""
    message = event.message
    if event.anonymous:
        say_why_not(draft, message, "staff.anonymous")
        return
    person = draft.facts.person(event.by.tg_id)
    if person is None:
        its_me = Button("its_me", to_join(draft.facts.tokens, message.chat_id))
        say_why_not(draft, message, "staff.reply_not_staff", ((its_me,),))
    elif message.text.startswith(NOTE_MARK):
        keep_note(draft, message, person)
    elif not draft.facts.reply_leads:
        say_why_not(draft, message, "staff.not_the_card")
    elif draft.is_about(person):
        say_why_not(draft, message, "staff.toast.own_case")
    elif message.kind is Kind.UNSUPPORTED:
        say_why_not(draft, message, "staff.reply_unsupported")
    elif not draft.case.is_open:
        say_why_not(draft, message, "staff.reply_closed")
    else:
        _hold(draft, event, person)


def say_why_not(draft: Draft, message: Message, text: str, rows: Rows = ()) -> None:
    """Under the message that does not go."""
    draft.do(Post(message.chat_id, text, draft.words(), rows, reply_to=message.message_id))


def keep_note(draft: Draft, message: Message, person: Person) -> None:
    """For colleagues: it stands on the card."""
    note = message.text.removeprefix(NOTE_MARK).strip()
    draft.change_case(notes=(*draft.case.notes, (note, person.name))[-_NOTES_SHOWN:])
    draft.record("note", actor=person.name, note=note)
    draft.mark()


def _hold(draft: Draft, event: StaffWrote, person: Person) -> None:
    case, message = draft.case, event.message
    key, hold = _letter_of(draft, message)
    joined = next((held for held in case.held if held.key == key), None)
    number = joined.number if joined else case.replies + 1
    others = tuple(held for held in case.held if held.key != key)
    first = case.answered_at is None and not case.held
    found = lint.hints(draft, person, event.findings, first=first)
    waits = lint.waits_for_author(draft, found) or (joined is not None and joined.waits)
    hold = _UNTIL_TOLD if waits else hold
    draft.change_case(
        replies=max(number, case.replies),
        held=(*others, HeldReply(number, key, draft.moment + hold, person.name, waits, person.id)),
        owner_id=(owner_of(draft) or person).id,
        taken_at=case.taken_at or draft.moment,
    )
    draft.do(
        KeepMessage(case.id, message, person.name),
        RelayToCustomer(
            tg_id=draft.care.customer.tg_id,
            case_id=case.id,
            message=message,
            signature=draft.words_for("reply.signature", agent=person),
            hold=hold,
            key=key,
            letter=Letter(LetterKind.REPLY, case.id, number),
            waits=waits,
            answers=draft.facts.answers,
            quote=draft.facts.answers_quote,
        ),
    )
    staff_promises.keep_found(draft, person, event.findings, number)
    lint.tell(draft, person, found, message, number)
    if message.chat_id > 0:  # written in private, where no card shows that it has arrived
        draft.do(React(message.chat_id, message.message_id))
    draft.record("replied", actor=person.name, message_id=message.message_id, number=number)
    draft.mark()


def _letter_of(draft: Draft, message: Message) -> tuple[str, timedelta]:
    """The key of the letter that a message goes into, and how long it is held from now."""
    key, hold = reply_key(draft.case.id, message), draft.timing.reply_hold
    if message.album:
        hold = max(hold, draft.timing.album_quiet)
    if message.album and not draft.facts.letter_waits:
        key = f"{key}:{message.message_id}"  # the album has left: a late part goes alone
    return key, hold


def reply_key(case_id: int, message: Message) -> str:
    """The key of a reply's letter in the outbox; parts of an album share one."""
    return f"reply:{case_id}:{message.chat_id}:{message.album or message.message_id}"


def stop(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Do not send after all; once the letter is on its way it is too late, and the tap says so."""
    held = next((h for h in draft.case.held if str(h.number) == event.arg), None)
    if held is None or not draft.facts.letter_waits:
        draft.toast(event.tap, "staff.toast.too_late", alert=True)
        return
    stop_reply(draft, held, person)
    if not draft.facts.on_card:
        rows = open_card(draft) if held.answers else reminder_rows(draft)
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id, rows))
    draft.toast(event.tap, "staff.toast.reply_stopped")


def correct(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Under a hint: while the reply is held it is taken back for a new text, later its author is led to it."""
    number, _, written_as = event.arg.partition(":")
    held = next((h for h in draft.case.held if str(h.number) == number), None)
    lint.take_buttons_away(draft, event)
    if held is not None and draft.facts.letter_waits:
        stop_reply(draft, held, person)
        lint.ask_for_text(draft, person)
        draft.toast(event.tap, "staff.toast.reply_stopped")
    else:
        lint.lead_to_message(draft, person, written_as)
        draft.toast(event.tap)


def stop_reply(draft: Draft, held: HeldReply, person: Person) -> None:
    """Withdraw a held reply; the facts have said that it waits."""
    staff_promises.forget(draft, held.number)
    draft.do(Recall(held.key))
    draft.change_case(held=tuple(h for h in draft.case.held if h.number != held.number))
    _show_failures_left(draft)
    letters.stopped(draft, held.number)
    draft.record("reply_stopped", actor=person.name, number=held.number)
    draft.mark()


def held_anew(draft: Draft, message: Message, held: HeldReply) -> timedelta:
    """The words of a held reply have changed: so long from now they may be stopped."""
    hold = draft.timing.reply_hold
    if message.album:
        hold = max(hold, draft.timing.album_quiet)
    others = tuple(each for each in draft.case.held if each.key != held.key)
    draft.change_case(held=(*others, replace(held, until=draft.moment + hold, waits=False)))
    return hold


# ---- what became of letters -------------------------------------------------------------------


def letter_sent(draft: Draft, event: LetterSent) -> None:
    """Telegram has taken a letter: the promise is kept, the card says so."""
    next_by = None
    if event.letter is LetterKind.REPLY:
        held = next((h for h in draft.case.held if h.number == event.ref), None)
        author = _author_of(draft, event)
        _hold_no_more(draft, event.ref)
        if held is not None and not held.answers:
            no_news.left(draft, held)
            draft.mark()
            return
        _has_spoken(draft, author)
        _reply_left(draft, event.ref, held)
        next_by = held.next_by if held else None
    elif event.letter is LetterKind.GIFT:
        gift = _gift_left(draft, event.ref)
        draft.change_case(answered_by=gift.given_by_name if gift else draft.case.answered_by)
        _has_spoken(draft, gift.given_by if gift else 0)
    else:
        return
    failed = tuple(letter for letter in draft.case.failed if letter.key != event.key)
    draft.change_case(answered_at=draft.moment, failed=failed, no_news=0)
    _show_failures_left(draft)
    if draft.case.is_open:
        keep_promise(draft)
        promise_next(draft, next_by)
    draft.mark()


def _author_of(draft: Draft, event: LetterSent | LetterFailed) -> int:
    """Id of the person whose reply it is, also of one that was sent again; 0 when that is not known."""
    written = [held.by_id for held in draft.case.held if held.number == event.ref]
    again = (*draft.case.failed, *draft.case.resent)
    written += [letter.by_id for letter in again if letter.key == event.key]
    return next(iter(written), 0)


def _has_spoken(draft: Draft, person_id: int) -> None:
    """A manager's word, or that of somebody above; where nobody is above, whoever there is."""
    person, rank = draft.facts.person_by_id(person_id), draft.facts.content.catalogue.rank
    there_is_one = any(p.active and rank(p.role) > 0 for p in draft.facts.roster)
    if not there_is_one or (person is not None and rank(person.role) > 0):
        draft.change_case(spoken_at=draft.moment)


def _hold_no_more(draft: Draft, number: int) -> None:
    draft.change_case(held=tuple(h for h in draft.case.held if h.number != number))


def _reply_left(draft: Draft, number: int, held: HeldReply | None) -> None:
    """Its author has answered; of one that was sent again only who answers is known."""
    owner = draft.facts.person_by_id(draft.case.owner_id)
    draft.change_case(answered_by=held.by if held else owner.name if owner else "")
    staff_promises.answered(draft, number)
    final_answers.letter_left(draft, number)


def _gift_left(draft: Draft, gift_id: int) -> Gift | None:
    """The gift cannot be taken back any more."""
    gift = next((g for g in draft.facts.gifts if g.id == gift_id), None)
    if gift is not None and gift.state is GiftState.HELD:
        chooses = gift.offer_id == RESERVED
        state = GiftState.OFFERED if chooses else GiftState.GIVEN
        draft.do(SaveGift(replace(gift, state=state)))
        draft.do(*remind_timer(draft, gift), *timers_of(draft, gift))
    return gift


def letter_failed(draft: Draft, event: LetterFailed) -> None:
    """The customer has not got it: the card says when and why, the promise stays open."""
    if event.letter.to_staff:
        _mark_unreachable(draft, event)
        return
    if event.failure.unreachable and draft.care.customer.blocked_at is None:
        draft.change_customer(blocked_at=draft.moment)
    final = event.failure is not Failure.AWAY
    if final:
        _refused(draft, event)
    draft.change_case(failure=_FAILURES[event.failure], failed_at=draft.moment)
    draft.record("not_delivered", why=str(event.failure), letter=str(event.letter))
    draft.mark()


def _refused(draft: Draft, event: LetterFailed) -> None:
    """Nothing waits any more; replies and gifts may be sent again, in the order of their refusals."""
    by_id = 0
    if event.letter is LetterKind.GIFT:
        _gift_left(draft, event.ref)
    elif event.letter is LetterKind.REPLY:
        by_id = _author_of(draft, event)
        stale = any(h.number == event.ref and h.next_by is not None for h in draft.case.held)
        _hold_no_more(draft, event.ref)
        if stale:
            return  # the time it names would be over when it is sent again
    else:
        return
    others = tuple(letter for letter in draft.case.failed if letter.key != event.key)
    failed = FailedLetter(event.key, _FAILURES[event.failure], draft.moment, by_id)
    draft.change_case(failed=(*others, failed))


def _show_failures_left(draft: Draft) -> None:
    """The card speaks of the last letter that may be sent again, or of none."""
    last = draft.case.failed[-1] if draft.case.failed else None
    draft.change_case(failure=last.why if last else "", failed_at=last.at if last else None)


def _mark_unreachable(draft: Draft, event: LetterFailed) -> None:
    """A person of the staff has blocked the bot: reminders must not count on them."""
    person = next((p for p in draft.facts.roster if p.tg_id == event.tg_id), None)
    if person is not None and event.failure.unreachable:
        draft.do(SavePerson(replace(person, reachable=False)))
