"""Which case a person decides on money in, by the form that is open in their private chat. Decides nothing."""

from flows.events import CustomerWrote, Kind
from flows.refund_form import CASE, NAME
from flows.replies import NOTE_MARK
from storage.tx import Tx


def case_of_form(tx: Tx, tg_id: int) -> int | None:
    """The case of the form that this person of the staff has open; None when they are in no such talk."""
    if not any(p.active and p.tg_id == tg_id for p in tx.roster()):
        return None
    dialog = tx.dialog_of(tg_id)
    return int(dialog.data[CASE]) if dialog is not None and dialog.name == NAME else None


def case_of_sum(tx: Tx, event: CustomerWrote) -> int | None:
    """The same, when words are meant for the form: typed into the chat, in reply to nothing."""
    message = event.message
    is_sum = message.kind is Kind.TEXT and not message.text.startswith(NOTE_MARK)
    return case_of_form(tx, event.sender.tg_id) if is_sum and message.reply_to is None else None
