"""A changed reply becomes a changed row of the outbox, or an edit of the customer's copy. Nothing is decided."""

from dataclasses import dataclass
from typing import Any

from bot import relay
from bot.letter_keys import keys_of_letter
from flows.draft import Draft
from flows.effects import CorrectReply, RelayToCustomer
from storage.outbox import OutboxRow
from storage.tx import Tx

_PRIORITY = 1  # as other words to customers
_EDITS = {"text": "editMessageText", "caption": "editMessageCaption"}


@dataclass(slots=True)
class Corrections:
    """Writes the corrections of one decision."""

    tx: Tx
    draft: Draft

    def correct(self, order: CorrectReply, signature: str) -> None:
        """`signature` is the line below the words, as it would be sent now."""
        if order.copy is not None:
            self._edit_copy(order.reply, order.copy, signature)
        elif relay.joins_album(order.reply.message):
            self._correct_part(order.reply, signature)
        else:
            self._correct_letter(order.reply, signature)

    def _correct_letter(self, reply: RelayToCustomer, signature: str) -> None:
        """A letter that has its signature in a row of its own keeps it there."""
        key, below = keys_of_letter(reply.key)
        until = self.draft.moment + reply.hold
        apart = self.tx.letter_contents(below) is not None
        calls = relay.calls_for(reply.message, signature, apart=apart)
        (method, params), *rest = relay.in_reply(calls, reply.answers, reply.quote)
        self.tx.correct_letter(key, method, params, until)
        for method, params in rest:
            if not self.tx.correct_letter(below, method, params, until):
                self.tx.put_outbox(
                    OutboxRow(
                        lane=f"held:{reply.tg_id}",
                        chat_id=reply.tg_id,
                        priority=_PRIORITY,
                        method=method,
                        params=params,
                        dedup_key=below,
                        letter=reply.letter,
                        case_id=reply.case_id,
                        not_before=until,
                    )
                )

    def _correct_part(self, reply: RelayToCustomer, signature: str) -> None:
        """The words below one file of an album; the first carries the signature, unless it stands alone."""
        key, below = keys_of_letter(reply.key)
        params = self.tx.letter_contents(key)
        if params is None:
            return
        message = reply.message
        signed = self.tx.letter_contents(below) is None
        first = relay.album_calls(message, signature)[0][1]["media"][0]
        plain = relay.album_part(message, message.text, html=False)
        parts: list[dict[str, Any]] = params["media"]
        params["media"] = [
            (first if signed and place == 0 else plain)
            if part["media"] == message.file_id
            else part
            for place, part in enumerate(parts)
        ]
        self.tx.correct_letter(key, "sendMediaGroup", params, self.draft.moment + reply.hold)

    def _edit_copy(self, reply: RelayToCustomer, message_id: int, signature: str) -> None:
        """In the chat's own lane: whatever the customer was told before stays before."""
        apart = self.tx.letter_copy(keys_of_letter(reply.key)[1]) is not None
        _, params = relay.calls_for(reply.message, signature, apart=apart)[0]
        for field, method in _EDITS.items():
            if field in params:
                kept = {
                    name: params[name] for name in params if name.startswith((field, "entities"))
                }
                self.tx.put_outbox(
                    OutboxRow(
                        lane=f"chat:{reply.tg_id}",
                        chat_id=reply.tg_id,
                        priority=_PRIORITY,
                        method=method,
                        params={"message_id": message_id, **kept},
                        case_id=reply.case_id,
                    )
                )
