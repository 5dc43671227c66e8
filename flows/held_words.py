"""Words that a person sends to the customer by a tap: signed, held and stoppable like a typed reply."""

from datetime import datetime

from flows.case import HeldReply
from flows.draft import Draft
from flows.effects import KeepMessage, Letter, RelayToCustomer
from flows.events import LetterKind, Message
from flows.people import Person
from flows.promises import owner_of


def hold_words(
    draft: Draft, person: Person, message: Message, next_by: datetime | None = None
) -> HeldReply:
    """Hold `message`; `next_by` (UTC) is the time it promises to write again by."""
    case, hold = draft.case, draft.timing.reply_hold
    number = case.replies + 1
    key = f"ready:{case.id}:{number}"
    held = HeldReply(
        number, key, draft.moment + hold, person.name, by_id=person.id, next_by=next_by
    )
    draft.change_case(
        replies=number,
        held=(*case.held, held),
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
        ),
    )
    draft.record("replied", actor=person.name, number=number)
    draft.mark()
    return held
