"""Loads what an event about data and consents is about. Asking what is kept writes nobody down."""

from typing import Any

from flows.case import Care
from flows.events import (
    Command,
    ConsentMissing,
    CustomerBlockedBot,
    CustomerChoseData,
    CustomerCommanded,
    DataChoice,
    ErasureAsked,
    Event,
    Sender,
)
from flows.people import Customer
from storage.tx import Tx

Found = tuple[Care, dict[str, Any]]


def about_of_data(tx: Tx, event: Event) -> Found | None:
    """The subject, and fields of Facts; None for an event that is about something else."""
    match event:
        case ConsentMissing(sender=sender):
            return _stranger(sender), {}
        case CustomerChoseData():
            return _data_chosen(tx, event)
        case ErasureAsked(tg_id=tg_id):
            known = tx.known_customer(tg_id)
            return _with_belongings(tx, Care(known or Customer(0, tg_id)))
        case CustomerCommanded(sender=sender, command=command) if command is not Command.STOP:
            return _unless_known(tx, sender)
        case CustomerBlockedBot(sender=sender):
            return _unless_known(tx, sender)
    return None


def _unless_known(tx: Tx, sender: Sender) -> Found | None:
    """Somebody unknown is answered, or gone, without being written down."""
    return (_stranger(sender), {}) if tx.known_customer(sender.tg_id) is None else None


def _stranger(sender: Sender) -> Care:
    """Nobody we keep anything of."""
    customer = Customer(0, sender.tg_id, sender.name, sender.username, sender.language)
    return Care(customer)


def _data_chosen(tx: Tx, event: CustomerChoseData) -> Found:
    """A stranger becomes a customer by agreeing, and by nothing else."""
    sender = event.sender
    agrees = event.choice is DataChoice.FIRST_YES
    if not agrees and tx.known_customer(sender.tg_id) is None:
        care, more = _stranger(sender), dict[str, Any]()
    else:
        care, more = _with_belongings(tx, tx.care_of(sender))
    return care, more | {"open_case": care.case, "sealed": tx.sealed_updates(sender.tg_id)}


def _with_belongings(tx: Tx, care: Care) -> Found:
    """What will be told of, or ends, when the customer is erased."""
    number = care.customer.id
    return care, {"own_cases": tx.own_cases(number), "own_gifts": tx.own_gifts(number)}
