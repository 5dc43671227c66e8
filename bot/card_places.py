"""In which chats the card of a case belongs, as the groups stand now. Nothing is written here."""

from typing import Final

from flows.draft import Draft
from flows.facts import Facts
from flows.staff_chats import StaffChats

GROUP: Final = "group"
MANAGER: Final = "manager"


def card_places(draft: Draft) -> dict[str, int]:
    """Place to chat: the group of the case's branch; for the manager's cases also the managers' group, or the manager
    in private.

    As long as there is no group the bot can write to, whoever is responsible gets the card so: nothing waits unseen.
    """
    chats = draft.facts.staff_chats
    chat = chats.of_branch(draft.branch.id)
    places = {GROUP: chat.chat_id} if chat is not None else {}
    if draft.case.for_manager or chat is None or not chat.writable:
        responsible = _responsible_chat(draft)
        if responsible is not None:
            places[MANAGER] = responsible
    return places


def _responsible_chat(draft: Draft) -> int | None:
    """The managers' group, but not for a case about somebody who reads it; else the manager's private chat."""
    rank = draft.facts.content.catalogue.rank
    about_reader = any(
        rank(person.role) > 0 and draft.is_about(person) for person in draft.facts.reachable()
    )
    if about_reader:
        senior = draft.impartial.senior_to(0)
        return senior.tg_id if senior is not None else None
    return responsible_chat(draft.impartial, draft.facts.staff_chats)


def responsible_chat(facts: Facts, chats: StaffChats) -> int | None:
    """The managers' group, or the manager's private chat; None when nobody can be reached."""
    if chats.for_manager is not None:
        return chats.for_manager.chat_id
    senior = facts.senior_to(0)
    return senior.tg_id if senior is not None else None
