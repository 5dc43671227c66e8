"""Where the letter of a reply is, for the rules on albums and on changed words. Decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.letter_keys import keys_of_letter
from flows.case import Case
from flows.events import LetterKind, Message, StaffEdited, StaffWrote
from flows.people import Gift, GiftState
from flows.replies import reply_key
from flows.room import units
from storage.journal import Copy
from storage.tx import Tx

QUOTE_LIMIT = 1024  # UTF-16 units
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
    answers: int | None = None  # id of the customer's own message
    quote: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        """As fields of Facts."""
        return {"reply_leads": self.leads, "reply_is": self.asked_for} | self.quoting

    @property
    def quoting(self) -> dict[str, Any]:
        """Those of them that say which message of the customer is answered."""
        return {"answers": self.answers, "answers_quote": self.quote}


def replied_to(tx: Tx, message: Message) -> RepliedTo | None:
    """What the message replied to shows; only a reply to a card is one to the customer.

    Words under a file or a reminder are meant for colleagues; in a private chat, where there are none, a file
    leads too. An alert counts while the card, with the button that stops a reply, stands in the same chat.
    """
    if message.reply_to is None:
        return None
    chat_id, message_id = message.chat_id, message.reply_to
    by_card = tx.case_by_card(chat_id, message_id)
    if by_card is not None:
        return RepliedTo(by_card, leads=True, **_of_the_story(tx, by_card, message.quote))
    shown = tx.case_by_message(chat_id, message_id)
    if shown is None:
        return None
    with_card = any(at[0] == chat_id for at in tx.cards_of(shown.case_id))
    beside = shown.copy is Copy.ALERT or (shown.of is not None and chat_id > 0)
    leads = shown.copy in (Copy.CARD, Copy.REWRITE) or (beside and with_card)
    quote = _quotable(tx, shown.case_id, shown.of, message.quote)
    return RepliedTo(shown.case_id, leads, _ASKED_FOR.get(shown.copy), shown.of, quote)


def _of_the_story(tx: Tx, case_id: int, quote: str) -> dict[str, Any]:
    """The customer's own message that the words quoted from a card stand in."""
    case = tx.case(case_id) if quote else None
    for origin in reversed(case.origins) if case is not None else ():
        if origin.message_id and (words := _quotable(tx, case_id, origin.message_id, quote)):
            return {"answers": origin.message_id, "quote": words}
    return {}


def _quotable(tx: Tx, case_id: int, of: int | None, quote: str) -> str:
    """Telegram refuses a quote that does not stand in the message; what we write around the words does not."""
    if of is None or units(quote) > QUOTE_LIMIT:
        return ""
    return quote if quote in tx.words_of(case_id, of) else ""


def of_staffs_words(tx: Tx, message: Message) -> Message:
    """What a customer's message answers is worth showing when staff have written it; questions of the bot are not."""
    if message.reply_to is None or tx.is_answer(message.chat_id, message.reply_to):
        return message
    return replace(message, answers="", quote="")


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
