"""Facts that hang on no event: content, books in force, roster, group; what a card shows. Decides nothing."""

from datetime import datetime
from typing import Any

from bot.content import preset_called, preset_names
from bot.desk import Desk
from flows.book import Book
from flows.case import Care
from flows.dialog import Dialog
from flows.events import ContentWorked, Event, StaffCommanded
from flows.facts import Facts
from flows.people import Person
from storage.tx import Tx

_GIFTS = "gifts"  # the talk that counts what was given


def standing(tx: Tx, desk: Desk, care: Care, event: Event | None = None) -> dict[str, Any]:
    """Fields of Facts that every turn needs; of one content, even when a newer one comes meanwhile."""
    content, roster = desk.content, tx.roster()
    dialog = _dialog(tx, event, roster)
    counted = isinstance(event, StaffCommanded) or (dialog is not None and dialog.name == _GIFTS)
    return {
        "content": content,
        "books": _books(tx, desk, care, content.book),
        "ids": tx.ids(desk.code, desk.token),
        "tokens": desk.tokens,
        "bot_username": desk.bot_username,
        "roster": roster,
        "same_phone": same_phone(tx, care),
        "presets": preset_names(),
        "preset": preset_called(content.catalogue.words["place"]),
        "staff_chats": tx.staff_chats(),
        "dialog": dialog,
        "given_lately": tx.given_lately() if counted else {},
    }


def same_phone(tx: Tx, care: Care) -> frozenset[int]:
    """Whose telephone the customer, or the visit, has: somebody of the staff may write from another account."""
    own = care.customer.phone if care.customer.phone_own else ""
    phones = {own, care.visit.phone if care.visit is not None else ""} - {""}
    return tx.tg_ids_of(phones) if phones else frozenset()


def gather_case(tx: Tx, case_id: int, moment: datetime, desk: Desk) -> tuple[Care, Facts] | None:
    """What a case's card shows: read when it is sent, so that it is the newest state."""
    care = tx.care_of_case(case_id)
    if care is None or care.case is None:
        return None
    facts = Facts(
        **standing(tx, desk, care),
        gifts=tx.gifts_of(care.case.id, care.case.visit_id),
        visits_count=tx.visits_count(care.customer.id),
        earlier=tx.earlier(care.case),
    )
    return care, facts


def _books(tx: Tx, desk: Desk, care: Care, today: Book) -> dict[str, Book]:
    books = {today.sha256: today}
    for subject in (care.conversation, care.case):
        if subject is not None and subject.book not in books:
            pinned = desk.book(tx, subject.book)
            if pinned is not None:
                books[subject.book] = pinned
    return books


def _dialog(tx: Tx, event: Event | None, roster: tuple[Person, ...]) -> Dialog | None:
    """The talk of the person of the staff who has done this; a customer has none."""
    who = getattr(event, "sender", None) or getattr(event, "by", None)
    tg_id = event.tg_id if isinstance(event, ContentWorked) else who.tg_id if who else 0
    known = any(person.tg_id == tg_id and person.active for person in roster)
    return tx.dialog_of(tg_id) if known else None
