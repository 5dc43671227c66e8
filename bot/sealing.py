"""Who has to agree before being heard, where the owner asks for that; what was written meanwhile lies sealed."""

from collections.abc import Iterable

from bot.desk import Desk
from flows.effects import Effect, KeepConsent, Say
from flows.events import (
    ConsentMissing,
    CustomerAnswered,
    CustomerEdited,
    CustomerOpenedBranchLink,
    CustomerOpenedVisitLink,
    CustomerSharedPhone,
    CustomerStarted,
    CustomerWished,
    CustomerWrote,
    Event,
    Sender,
)
from storage.tx import Tx

_HEARD = (
    CustomerStarted
    | CustomerOpenedVisitLink
    | CustomerOpenedBranchLink
    | CustomerWrote
    | CustomerEdited
    | CustomerAnswered
    | CustomerWished
    | CustomerSharedPhone
)


def missing_consent(tx: Tx, event: Event, desk: Desk) -> ConsentMissing | None:
    """What happens instead of `event` when its sender has not agreed yet; None when nothing is in the way.

    Health is: somebody who may be in danger is heard at once, and answered until the case is closed. So is whoever
    has an open case from before. People of the staff are no customers.
    """
    if not desk.content.business.consent_first or not isinstance(event, _HEARD):
        return None
    sender = event.sender
    if _is_heard(tx, sender) or _is_cry_for_help(event, desk):
        return None
    first = tx.sealed_updates(sender.tg_id) == 0
    return ConsentMissing(sender, first, getattr(event, "tap", None))


def _is_heard(tx: Tx, sender: Sender) -> bool:
    customer = tx.known_customer(sender.tg_id)
    if customer is not None and (customer.agreed or tx.open_case(customer.id) is not None):
        return True
    return any(person.active and person.tg_id == sender.tg_id for person in tx.roster())


def _is_cry_for_help(event: Event, desk: Desk) -> bool:
    if not isinstance(event, CustomerWrote | CustomerEdited):
        return False
    words = desk.content.catalogue
    return (words.health_words | words.danger_words).found_in(event.message.text)


def names_a_wording(effects: Iterable[Effect]) -> bool:
    """A consent is asked for or answered: the revision whose words are read has to be kept."""
    return any(
        isinstance(effect, KeepConsent)
        or (isinstance(effect, Say) and effect.text.startswith("consent."))
        for effect in effects
    )
