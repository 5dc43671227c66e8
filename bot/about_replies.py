"""Where the letter of a reply is, for the rules on albums and on changed words. Decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.letter_keys import keys_of_letter
from flows.case import Case
from flows.events import LetterKind, StaffEdited, StaffWrote
from flows.people import Gift, GiftState
from flows.replies import reply_key
from storage.journal import Copy
from storage.tx import Tx

_ASKED_FOR = {
    Copy.NOTE: LetterKind.NOTE,
    Copy.GUEST_NOTE: LetterKind.GUEST_NOTE,
    Copy.VOW: LetterKind.VOW,
}


@dataclass(frozen=True, slots=True)
class RepliedTo:
    """The case behind a message of ours, and what a reply to that message is."""

    case_id: int
    leads: bool  # to the customer
    asked_for: LetterKind | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """As fields of Facts."""
        return {"reply_leads": self.leads, "reply_is": self.asked_for}


def replied_to(tx: Tx, chat_id: int, message_id: int) -> RepliedTo | None:
    """What a message of ours shows; only a reply to a card is one to the customer.

    Words under a file or a reminder are meant for colleagues. An alert counts while the card, with the button
    that stops a reply, stands in the same chat.
    """
    by_card = tx.case_by_card(chat_id, message_id)
    if by_card is not None:
        return RepliedTo(by_card, leads=True)
    shown = tx.case_by_message(chat_id, message_id)
    if shown is None:
        return None
    with_card = any(at[0] == chat_id for at in tx.cards_of(shown.case_id))
    leads = shown.copy in (Copy.CARD, Copy.REWRITE) or (shown.copy is Copy.ALERT and with_card)
    return RepliedTo(shown.case_id, leads, _ASKED_FOR.get(shown.copy))


def letters_gone(tx: Tx, case: Case, gifts: Sequence[Gift]) -> frozenset[str]:
    """Keys of held replies and gifts whose letters are under way no more, although nothing has come of it."""
    held = [f"gift:{gift.id}" for gift in gifts if gift.state is GiftState.HELD]
    held += [reply.key for reply in case.held]
    return frozenset(key for key in held if not any(map(tx.letter_leaving, keys_of_letter(key))))


def letter_facts(tx: Tx, case: Case, event: StaffWrote | StaffEdited) -> dict[str, Any]:
    """Fields of Facts about the letter that the message has become, or is to join."""
    key = reply_key(case.id, event.message)
    if isinstance(event, StaffEdited):
        waits = any(tx.letter_contents(row) is not None for row in keys_of_letter(key))
        copy = None if event.message.album else tx.letter_copy(key)
        known = tx.letter_known(key)
        return {"letter_known": known, "letter_waits": waits, "letter_copy": copy}
    if event.message.album:
        return {"letter_waits": tx.letter_waits(key) or not tx.letter_known(key)}
    return {}
