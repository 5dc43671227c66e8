"""What events of customers are about: their conversation, their case, their visits. Decides nothing."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.about_replies import RepliedTo, replied_to
from bot.desk import Desk
from bot.subject import About, of_case, with_conversation
from flows.case import Care
from flows.events import (
    CustomerAnswered,
    CustomerEdited,
    CustomerOpenedVisitLink,
    CustomerSharedPhone,
    CustomerWished,
    CustomerWrote,
    Event,
)
from storage.tx import Tx


def customer(tx: Tx, event: Event, care: Care, moment: datetime, desk: Desk) -> About:
    """What a customer says or presses outside a conversation."""
    more: dict[str, Any] = {"open_case": care.case, "latest": care.conversation}
    talk = care.conversation
    if talk is not None:
        more["asked_visits"] = tx.asked_visits(care.customer.id)
    if care.case is None:
        more["last_case"] = tx.last_case(care.customer.id)
    if care.case is None and talk is not None and talk.case_id is not None:
        more["talk_case"] = tx.case(talk.case_id)
    match event:
        case CustomerOpenedVisitLink(token=token):
            more["linked_visit"] = tx.visit_by_token(token)
        case CustomerSharedPhone(phone=phone) | CustomerWrote(phone=phone) if (
            phone or not care.case
        ):
            since = moment - desk.content.business.timing.visit_is_recent
            phone = phone or care.customer.phone
            more["past_visits"] = tx.recent_visits(care.customer.id, phone, since)
    return About(event, care, more)


def customer_answered(tx: Tx, event: CustomerAnswered) -> About:
    """The conversation is the one of the button; its case, or the open one."""
    care = tx.care_of(event.sender)
    more: dict[str, Any] = {"open_case": care.case, "latest": care.conversation}
    more["asked_visits"] = tx.asked_visits(care.customer.id)
    tapped = tx.conversation(event.conversation_id)
    if tapped is None or tapped.customer_id != care.customer.id:
        return About(event, replace(care, conversation=None), more)
    return About(event, with_conversation(tx, care, tapped), more)


def judged(tx: Tx, event: CustomerWished) -> About:
    """An answer under a letter is about the case of the letter, open or not; a stranger's is about none."""
    care = tx.care_of_case(event.case_id)
    if care is None or care.customer.tg_id != event.sender.tg_id:
        return About(event, replace(tx.care_of(event.sender), case=None))
    return of_case(tx, event, event.case_id)


def replied_in_private(tx: Tx, event: CustomerWrote | CustomerEdited) -> RepliedTo | None:
    """A person of the staff replies, in private, to what the bot wrote about a case."""
    message = event.message
    if message.reply_to is None:
        return None
    if not any(p.active and p.tg_id == event.sender.tg_id for p in tx.roster()):
        return None
    return replied_to(tx, message)
