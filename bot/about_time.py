"""What is about the case or conversation of its row: what falls due, what became of letters. Decides nothing."""

from typing import Any

from bot.about_preventions import prevention_of_event
from bot.subject import About, nothing, of_case, with_conversation
from flows.events import (
    LetterFailed,
    LetterSent,
    TimerFired,
    TimerKind,
)
from storage.tx import Tx


def timer(tx: Tx, event: TimerFired) -> About:
    """What has fallen due: of a case, of a conversation, of a branch."""
    if event.kind is TimerKind.PRAISE:
        return About(event, more={"praise_lines": tx.praise_lines(event.branch_id)})
    if event.kind is TimerKind.TOPIC:
        return About(event)
    if event.case_id is not None:
        return _timer_of_case(tx, event, event.case_id)
    care = tx.care_of_customer(event.customer_id) if event.customer_id is not None else None
    if care is None:
        return nothing("no such customer", event)
    more: dict[str, Any] = {"open_case": care.case, "latest": care.conversation}
    if event.visit_id is not None:
        more["linked_visit"] = tx.visit(event.visit_id)
    if event.kind in (TimerKind.REVIEW, TimerKind.NPS) and event.visit_id is not None:
        more["hushed"] = tx.hushed(care.customer.id, event.visit_id)
    if event.kind is TimerKind.REVIEW and event.visit_id is not None:
        more["gifts"] = tx.gifts_of(0, event.visit_id)
    if event.conversation_id is not None:
        talk = tx.conversation(event.conversation_id)
        if talk is None:
            return nothing("no such conversation", event)
        care = with_conversation(tx, care, talk)
    return About(event, care, more)


def _timer_of_case(tx: Tx, event: TimerFired, case_id: int) -> About:
    about = of_case(tx, event, case_id)
    case = about.care.case
    if event.kind is TimerKind.CAUSE and case is not None and case.closed_by_id is not None:
        about.more["put_off"] = tx.causes_put_off(case.closed_by_id, case_id)
    if case is not None:
        about.more["prevention"] = prevention_of_event(tx, event, case)
    return about


def letter(tx: Tx, event: LetterSent | LetterFailed) -> About:
    """The case of a letter; to a person of the staff there may be one of none."""
    if event.case_id is not None:
        return of_case(tx, event, event.case_id)
    return About(event) if event.letter.to_staff else nothing("a letter of no case")
