"""Where the letter of a reply is, for the rules on albums and on changed words. Decides nothing."""

from collections.abc import Sequence
from typing import Any

from bot.letter_keys import keys_of_letter
from flows.case import Case
from flows.events import StaffEdited, StaffWrote
from flows.people import Gift, GiftState
from flows.replies import reply_key
from storage.tx import Tx


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
