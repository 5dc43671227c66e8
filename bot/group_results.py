"""What a call's result says about a group of the staff: lost, closed, open again. Nothing is settled here."""

from typing import Any

from pydantic import ValidationError

from bot.messages import LOOK_AT_GROUP, LOOK_AT_NEW_GROUP
from flows.events import Event, GroupLookedAt, GroupRightsChanged, NothingHappened, Sender
from flows.forum import rights_missing
from flows.people import CANNOT_WRITE
from handlers.membership import read_looked_at
from storage.outbox import ClaimedRow
from storage.tx import Tx

_NOBODY = Sender(tg_id=0, name="")


def is_look(row: ClaimedRow) -> bool:
    """The row asked what the bot may do in a group."""
    return row.method == "getChatMember" and row.dedup_key.startswith(LOOK_AT_GROUP)


def looked_at(row: ClaimedRow, result: Any) -> Event:
    """What Telegram has answered; an answer that cannot be read says nothing."""
    new = row.dedup_key.startswith(LOOK_AT_NEW_GROUP)
    try:
        return read_looked_at(row.chat_id, result or {}, new=new)
    except ValidationError:
        return NothingHappened("unreadable answer about a group")


def closed(tx: Tx, chat_id: int, reason: str) -> GroupRightsChanged:
    """A call was refused: the bot is not there any more, or may not write."""
    chat = tx.staff_chats().of(chat_id)
    inside = reason == "no_rights"
    known = rights_missing(chat) if chat is not None else ()
    missing = tuple(dict.fromkeys((*known, CANNOT_WRITE))) if inside else ()
    return GroupRightsChanged(_NOBODY, chat_id, "", inside, is_admin=False, missing=missing)


def open_again(tx: Tx, chat_id: int) -> GroupLookedAt | None:
    """A message has gone out to a group that was thought closed: nobody else tells of such a change."""
    chat = tx.staff_chats().of(chat_id) if chat_id < 0 else None
    if chat is None or CANNOT_WRITE not in chat.missing:
        return None
    missing = tuple(right for right in rights_missing(chat) if right != CANNOT_WRITE)
    return GroupLookedAt(chat_id, inside=True, missing=missing)


def is_nobodys(tx: Tx, chat_id: int) -> bool:
    """A group that is not the staff's any more: nobody waits for anything there."""
    return chat_id < 0 and bool(tx.staff_chats().chats) and tx.staff_chats().of(chat_id) is None
