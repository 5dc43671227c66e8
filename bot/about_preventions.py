"""Which prevention an event is about: of a button, of the day that has come, of a manager's words. No decisions."""

from datetime import datetime

from flows.case import Case
from flows.dialog import FORGOTTEN_AFTER
from flows.events import CustomerWrote, Kind, StaffAction, StaffTapped, TimerFired, TimerKind
from flows.people import Person
from flows.preventing import number_in
from flows.prevention import Prevention
from flows.replies import NOTE_MARK
from storage.journal import Copy
from storage.tx import Tx


def prevention_meant(tx: Tx, event: CustomerWrote, moment: datetime) -> Prevention | None:
    """What a manager's private words are about: a question of ours they reply to, or one put to them of late."""
    message = event.message
    person = next((p for p in tx.roster() if p.active and p.tg_id == event.sender.tg_id), None)
    if person is None or message.kind is not Kind.TEXT or message.text.startswith(NOTE_MARK):
        return None
    if message.reply_to is not None:
        return _replied_to(tx, message.chat_id, message.reply_to)
    wanted = tx.prevention_wanted(person.id, moment - FORGOTTEN_AFTER)
    return wanted if wanted is not None and _has_nothing_else(tx, person) else None


def _replied_to(tx: Tx, chat_id: int, message_id: int) -> Prevention | None:
    shown = tx.case_by_message(chat_id, message_id)
    if shown is None or shown.copy is not Copy.PREVENTION:
        return None
    case = tx.case(shown.case_id)
    return tx.prevention_of(case) if case is not None and not case.erased else None


def _has_nothing_else(tx: Tx, person: Person) -> bool:
    """They are in no other talk with the bot, neither at work nor as a customer."""
    if person.signature_wanted or tx.dialog_of(person.tg_id) is not None:
        return False
    customer = tx.known_customer(person.tg_id)
    if customer is None:
        return True
    open_case, talk = tx.open_case(customer.id), tx.latest_conversation(customer.id)
    return open_case is None and talk is None


def prevention_of_event(tx: Tx, event: StaffTapped | TimerFired, case: Case) -> Prevention | None:
    """The one of a button's number, of the day that has come, or of the case as it is open now."""
    match event:
        case StaffTapped(action=StaffAction.PREVENTION, arg=arg):
            number = number_in(arg)
        case TimerFired(kind=TimerKind.PREVENT_DUE, wait=wait):
            number = wait
        case TimerFired(kind=TimerKind.PREVENT):
            return tx.prevention_of(case)
        case _:
            return None
    found = tx.prevention(number) if number is not None else None
    return found if found is not None and found.case_id == case.id else None
