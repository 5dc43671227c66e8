"""Erasures around the process: those a restored backup has to carry out again, and copies Telegram keeps."""

from typing import Final

import structlog

from bot.clock import Clock
from bot.desk import Desk
from flows.events import LetterKind, TroubleNoticed
from storage.db import Database
from storage.erasing import replay
from storage.outbox import ClaimedRow, OutboxRow
from storage.tx import Tx

_log = structlog.get_logger(__name__)

_TIDYING: Final = 6


async def forget_again(database: Database, clock: Clock) -> None:
    """At every start: what the log of erasures has and this database, put back from a backup, has not."""
    found = await database.transact(lambda conn: replay(conn, clock.now()))
    if found:
        _log.warning("erased_again_after_restore", people=found)
        await database.truncate_wal()


def is_taking_away(row: ClaimedRow, *, gone: bool) -> bool:
    """The row takes a copy in a staff chat away, and there is more to try.

    What may not be deleted and what is not there any more are one answer (`gone`): only an edit tells them apart.
    """
    erases = row.letter is not None and row.letter.kind is LetterKind.ERASE
    return erases and (row.method == "deleteMessage" or not gone)


def reworded(tx: Tx, row: ClaimedRow, desk: Desk) -> TroubleNoticed | None:
    """Telegram refused to take a copy away: its words are replaced; of a file only the caption can be.

    Returns what the owner has to be told, when somebody has asked for the erasure and a file stays.
    """
    text = desk.content.book.texts.render("staff.erased_copy", {})
    message = {"message_id": row.params["message_id"]}
    if row.method == "deleteMessage":
        params = {**message, "text": text, "reply_markup": {"inline_keyboard": []}}
        tx.put_outbox(_row(row, "editMessageText", params))
        return None
    if row.method == "editMessageText":
        tx.put_outbox(_row(row, "editMessageCaption", {**message, "caption": text}))
    if row.letter is None or not row.letter.ref or row.letter.case_id is None:
        return None
    case_no = str(row.letter.case_id)
    return TroubleNoticed("staff.copy_left", (("case_no", case_no),), once=f"copy_left:{case_no}")


def _row(row: ClaimedRow, method: str, params: dict[str, object]) -> OutboxRow:
    return OutboxRow("", row.chat_id, _TIDYING, method, params, letter=row.letter)
