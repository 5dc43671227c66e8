"""What an event is about, as it was found: what every reader of the kinds of events shares. Decides nothing."""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.about_replies import letter_facts
from flows.case import Care, Conversation
from flows.events import (
    Event,
    NothingHappened,
    StaffEdited,
    StaffWrote,
)
from flows.people import Customer, Person
from storage.tx import Tx

NOBODY = Care(Customer(id=0, tg_id=0))  # events that are about no customer


@dataclass(slots=True)
class About:
    """What was found: the event (perhaps read differently now), its subject, the facts."""

    event: Event
    care: Care = NOBODY
    more: dict[str, Any] = field(default_factory=dict)  # fields of Facts


def of_case(tx: Tx, event: Event, case_id: int, **more: Any) -> About:
    """The case of this number with its customer, whatever state it is in; no such case is nothing."""
    care = tx.care_of_case(case_id)
    if care is None or care.case is None:
        return nothing("no such case", event)
    open_case = care.case if care.case.is_open else tx.open_case(care.customer.id)
    more |= {"open_case": open_case, "latest": care.conversation}
    in_groups = [at for at in tx.cards_of(case_id) if at[0] < 0]
    more["card_at"] = in_groups[-1] if in_groups else None  # the managers' one is the full card
    if isinstance(event, StaffWrote | StaffEdited):
        more |= letter_facts(tx, care.case, event)
    return About(event, care, more)


def with_conversation(tx: Tx, care: Care, talk: Conversation) -> Care:
    """The same care around this conversation: its case and its visit."""
    case = care.case
    if talk.case_id is not None and (case is None or case.id != talk.case_id):
        case = tx.case(talk.case_id)
    visit = care.visit
    visit_id = case.visit_id if case is not None else talk.visit_id
    if visit_id is not None and (visit is None or visit.id != visit_id):
        visit = tx.visit(visit_id)
    return replace(care, conversation=talk, case=case, visit=visit)


def of_roster(tx: Tx, tg_id: int) -> Person | None:
    """The person of the staff behind a Telegram user."""
    return next((p for p in tx.roster() if p.active and p.tg_id == tg_id), None)


def is_staff_chat(tx: Tx, chat_id: int) -> bool:
    """Is that one of the groups that are bound?"""
    return tx.staff_chats().of(chat_id) is not None


def nothing(why: str, event: Event | None = None) -> About:
    """An event that means nothing here; a tap is answered all the same."""
    return About(NothingHappened(why, getattr(event, "tap", None)))
