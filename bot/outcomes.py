"""What became of a call, settled in one transaction: sent, put off, or parked, and the event that follows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, assert_never

import structlog

from bot import forum, group_results
from bot.cards import CardCall
from bot.desk import Desk
from bot.forgetting import is_taking_away, reworded
from bot.letter_keys import deleting_key, keys_of_letter, letter_key
from bot.limits import Limits
from bot.refusals import (
    Answer,
    Blocked,
    Conflicted,
    Delivered,
    Expelled,
    Gone,
    Migrated,
    NotModified,
    Refused,
    Stale,
    Unauthorized,
    Unreachable,
    Wait,
)
from bot.turn import Wake, happen
from flows.events import (
    Event,
    Failure,
    GroupMigrated,
    LetterFailed,
    LetterKind,
    LetterSent,
    TroubleNoticed,
)
from storage import cards, outbox
from storage.db import Connection
from storage.journal import Copy
from storage.outbox import ClaimedRow, OutboxRow
from storage.tx import Tx

_log = structlog.get_logger(__name__)

_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(minutes=1)
_GROUP_PAUSE = timedelta(
    minutes=1
)  # a group that cannot be written to is tried again after so long
_TOO_BIG = 413
_AWAY_TRIES = 5  # after so many the card says that Telegram does not answer
_SHOWN_AS = {
    LetterKind.ALERT: Copy.ALERT,
    LetterKind.REWRITE: Copy.REWRITE,
    LetterKind.NOTE: Copy.NOTE,
    LetterKind.GUEST_NOTE: Copy.GUEST_NOTE,
    LetterKind.VOW: Copy.VOW,
    LetterKind.PREVENTION: Copy.PREVENTION,
}


@dataclass(slots=True)
class Outcome:
    """One result in its transaction. `events` False: the result is kept, what follows from it is not tried."""

    conn: Connection
    tx: Tx
    moment: datetime
    desk: Desk
    limits: Limits
    events: bool = True

    def happen(self, event: Event) -> Wake:
        """Apply what follows from the result."""
        if not self.events:
            return Wake(done=True)
        return happen(self.tx, event, self.moment, self.desk)


def settle_call(  # noqa: PLR0911, PLR0912 - one branch for each kind of answer
    o: Outcome, row: ClaimedRow, answer: Answer
) -> Wake:
    """A row of the outbox: sent and parked are for good, anything else is tried again in its lane."""
    match answer:
        case Gone() | Refused() | Wait() if (wake := _about_topic(o, row, answer)) is not None:
            return wake
        case Refused() | Gone("message") if is_taking_away(row, gone=isinstance(answer, Gone)):
            return _not_taken_away(o, row)
        case Delivered(result):
            return _delivered(o, row, result)
        case Gone("topic") if row.chat_id < 0:
            return _expelled(o, row, "no_rights")  # a closed topic: nothing was written there
        case NotModified() | Gone() | Stale():
            return _sent(o, row, [])
        case Blocked(reason):
            return _parked(o, row, reason, _unreachable_person(reason))
        case Refused(_, description) if _quotes(row) and "quote" in description.lower():
            _without_quote(o, row)
        case Refused(code, description):
            _log.warning(
                "call_refused", method=row.method, outbox_id=row.id, code=code, why=description
            )
            failure = Failure.TOO_BIG if code == _TOO_BIG else Failure.REFUSED
            return _parked(o, row, f"{code} {description}", failure)
        case Wait(seconds):
            o.limits.told_to_wait(row.chat_id or None, seconds)
            _put_off(o, row, timedelta(seconds=seconds), "told to wait")
        case Migrated(to_chat_id):
            _put_off(o, row, timedelta(0), "migrated")
            return o.happen(GroupMigrated(row.chat_id, to_chat_id))
        case Expelled(reason):
            return _expelled(o, row, reason)
        case Unauthorized() | Conflicted():
            _put_off(o, row, _LONGEST_PAUSE, type(answer).__name__)
        case Unreachable():
            return _unreachable(o, row, answer)
        case _:
            assert_never(answer)
    return Wake(done=True)


def _delivered(o: Outcome, row: ClaimedRow, result: Any) -> Wake:
    if group_results.is_look(row):
        _sent(o, row, [])
        return o.happen(group_results.looked_at(row, result))
    wake = _sent(o, row, message_ids(result))
    return _noticed_open(o, row.chat_id) or wake


def _sent(o: Outcome, row: ClaimedRow, message_ids: list[int]) -> Wake:
    first = message_ids[0] if message_ids else None
    if not o.tx.claim_result(row.id, state="sent", message_id=first):
        return Wake(done=False)
    letter = row.letter
    if letter is None:
        return Wake(done=True)
    if letter.kind is LetterKind.PRAISE and first is not None:
        o.tx.praise_stands(row.dedup_key, row.chat_id, first)
    if letter.kind.to_staff and letter.case_id is not None:
        shown_as = _SHOWN_AS.get(letter.kind, Copy.OTHER)
        of = letter.ref if letter.kind is LetterKind.BELOW else None
        for message_id in message_ids:
            o.tx.keep_copy(letter.case_id, row.chat_id, message_id, shown_as, of)
    if letter.kind is LetterKind.REPLY and letter.case_id is not None:
        for message_id in message_ids:
            o.tx.keep_answer(letter.case_id, row.chat_id, message_id)
    if letter.kind not in (LetterKind.REPLY, LetterKind.GIFT):
        return Wake(done=True)
    key = letter_key(row.dedup_key)
    if any(map(o.tx.letter_waits, keys_of_letter(key))):
        return Wake(done=True)  # its signature is still to go
    return o.happen(LetterSent(letter.kind, row.chat_id, letter.case_id, letter.ref, key))


def _quotes(row: ClaimedRow) -> bool:
    return bool(row.dedup_key) and "quote" in row.params.get("reply_parameters", {})


def _without_quote(o: Outcome, row: ClaimedRow) -> None:
    """The customer has changed the words meanwhile, or they have marks: the letter goes without them, at once."""
    to = {name: of for name, of in row.params["reply_parameters"].items() if name != "quote"}
    _put_off(o, row, timedelta(0), "its quote is gone")
    params = {**row.params, "reply_parameters": to}
    o.tx.correct_letter(row.dedup_key, row.method, params, o.moment)


def _parked(o: Outcome, row: ClaimedRow, error: str, failure: Failure) -> Wake:
    if not o.tx.claim_result(row.id, state="parked", message_id=None, error=error):
        return Wake(done=False)
    for key in keys_of_letter(letter_key(row.dedup_key)) if row.letter else ():
        o.tx.park(key, error)  # a signature does not go alone
    wake = _failed(o, row, failure)
    if not failure.unreachable and _is_missed(o, row):
        o.happen(TroubleNoticed("staff.parked", (("parked_no", f"outbox:{row.id}"),)))
    return wake


def _thread_of(row: ClaimedRow) -> int | None:
    """The topic a row is about, or stands in."""
    thread: int | None = row.params.get("message_thread_id", row.thread)
    return thread


def _about_topic(o: Outcome, row: ClaimedRow, answer: Answer) -> Wake | None:
    """What is said about the topic, and not about the chat; None when it is not."""
    thread = _thread_of(row)
    match answer:
        case Gone("topic") if thread is not None:
            return _topic_gone(o, row, thread)
        case Refused(_, description) if row.method in forum.METHODS:
            return _topic_refused(o, row, description)
        case Wait(seconds) if row.method in forum.METHODS:
            _put_off(o, row, timedelta(seconds=seconds), "told to wait")
            return Wake(done=True)
        case _:
            return None


def _topic_gone(o: Outcome, row: ClaimedRow, thread: int) -> Wake:
    """What was to stand in it waits for the card, which comes anew; what was to change it has no more to change."""
    o.tx.forum.gone(row.chat_id, thread)
    if row.method in forum.METHODS:
        return _sent(o, row, [])
    _put_off(o, row, timedelta(0), "its topic is gone")
    return Wake(done=True)


def _topic_refused(o: Outcome, row: ClaimedRow, description: str) -> Wake:
    _log.warning("topic_refused", method=row.method, outbox_id=row.id, why=description)
    _sent(o, row, [])
    texts = o.desk.content.book.texts
    event = forum.refused_for_good(o.tx, row, description, texts)
    return Wake(done=True) if event is None else o.happen(event)


def _not_taken_away(o: Outcome, row: ClaimedRow) -> Wake:
    if not o.tx.claim_result(row.id, state="sent", message_id=None):
        return Wake(done=False)
    trouble = reworded(o.tx, row, o.desk)
    return Wake(done=True) if trouble is None else o.happen(trouble)


def _is_missed(o: Outcome, row: ClaimedRow) -> bool:
    """Staff were to read it, and there is somebody to be told: a notice that is refused calls for no other."""
    to_staff = row.chat_id < 0 or (row.letter is not None and row.letter.kind.to_staff)
    told = any(person.active and person.reachable for person in o.tx.roster())
    return to_staff and told and row.method.startswith("send")


def _failed(o: Outcome, row: ClaimedRow, failure: Failure) -> Wake:
    letter, key = row.letter, letter_key(row.dedup_key)
    if letter is None:
        return Wake(done=True)
    return o.happen(
        LetterFailed(letter.kind, row.chat_id, letter.case_id, letter.ref, failure, key)
    )


def _unreachable_person(reason: str) -> Failure:
    return Failure.DEACTIVATED if reason == "deactivated" else Failure.BLOCKED


def _put_off(
    o: Outcome, row: ClaimedRow, pause: timedelta, error: str, *, maybe_sent: bool = False
) -> None:
    outbox.release(o.conn, row.id, o.moment + pause, error, maybe_sent=maybe_sent)


def _expelled(o: Outcome, row: ClaimedRow, reason: str) -> Wake:
    """Nothing for the group is given up: it goes out when the bot is let in again."""
    if row.chat_id > 0:
        return _parked(o, row, reason, Failure.REFUSED)
    if group_results.is_nobodys(o.tx, row.chat_id):
        return _sent(o, row, [])
    _put_off(o, row, _GROUP_PAUSE, reason)
    return o.happen(group_results.closed(o.tx, row.chat_id, reason))


def _noticed_open(o: Outcome, chat_id: int) -> Wake | None:
    opened = group_results.open_again(o.tx, chat_id)
    return o.happen(opened) if opened is not None else None


def _unreachable(o: Outcome, row: ClaimedRow, answer: Unreachable) -> Wake:
    pause, unheard = _back_off(row.attempts), answer.may_have_arrived
    _put_off(o, row, pause, answer.reason, maybe_sent=unheard)
    plain = row.letter is not None and row.letter.kind is LetterKind.PLAIN
    if row.attempts + 1 == _AWAY_TRIES and not plain:  # nobody waits to hear that a plain one left
        return _failed(o, row, Failure.AWAY)
    return Wake(done=True)


def _back_off(attempts: int) -> timedelta:
    doubled: timedelta = _FIRST_PAUSE * 2 ** min(attempts, 10)
    return min(doubled, _LONGEST_PAUSE)


def message_ids(result: Any) -> list[int]:
    """Of one message, or of all parts of an album."""
    found = result if isinstance(result, list) else [result]
    return [m["message_id"] for m in found if isinstance(m, dict) and "message_id" in m]


# ---- cards ------------------------------------------------------------------------------------------


def settle_card(o: Outcome, made: CardCall, answer: Answer) -> Wake:
    """A card: shown, gone from the chat (then posted anew), or put off."""
    if made.call.method == forum.CREATE:
        return _after_topic(o, made, answer)
    return _settle_any(o, made, answer)


def _settle_any(o: Outcome, made: CardCall, answer: Answer) -> Wake:
    card = made.card
    thread = made.call.params.get("message_thread_id")
    match answer:
        case Delivered(result):
            forum.check_place(o.tx, made.call, result)
            ids = message_ids(result)
            unread = None if made.posts else card.message_id
            _shown(o, made, ids[0] if ids else unread)
            return _noticed_open(o, card.chat_id) or Wake(done=True)
        case NotModified():
            _shown(o, made, card.message_id)
        case Gone("message") | Stale():
            cards.lost(o.conn, card)
        case Migrated(to_chat_id):
            _put_card_off(o, made, timedelta(0), "migrated")
            return o.happen(GroupMigrated(card.chat_id, to_chat_id))
        case Expelled(reason):
            _put_card_off(o, made, _GROUP_PAUSE, reason)
            return o.happen(group_results.closed(o.tx, card.chat_id, reason))
        case Wait(seconds):
            o.limits.told_to_wait(card.chat_id, seconds)
            _put_card_off(o, made, timedelta(seconds=seconds), "told to wait")
        case Blocked(reason):
            _put_card_off(o, made, _GROUP_PAUSE, reason)
            failure = _unreachable_person(reason)
            return o.happen(LetterFailed(LetterKind.STAFF, card.chat_id, card.case_id, 0, failure))
        case Refused(code, description):
            _log.error("card_refused", case_id=card.case_id, code=code, description=description)
            return _card_refused(o, made, f"{code} {description}")
        case Gone("topic") if thread is not None:
            o.tx.forum.gone(card.chat_id, thread)
            cards.again(o.conn, card, plain=False)
        case Gone("topic"):
            _put_card_off(o, made, _GROUP_PAUSE, "no_rights")
            return o.happen(group_results.closed(o.tx, card.chat_id, "no_rights"))
        case Gone() | Unauthorized() | Conflicted() | Unreachable():
            _put_card_off(o, made, _back_off(card.attempts), type(answer).__name__)
        case _:
            assert_never(answer)
    return Wake(done=True)


def _after_topic(o: Outcome, made: CardCall, answer: Answer) -> Wake:
    """The topic is there, and its card can go in; or the card goes without, at once."""
    card, title = made.card, str(made.call.params["name"])
    then, event = forum.after_create(o.tx, card, title, answer, o.moment)
    if then is forum.AfterCreate.AS_ANY_CARD:
        if isinstance(answer, Delivered):
            _put_card_off(o, made, _back_off(card.attempts), "unreadable answer")
            return Wake(done=True)
        return _settle_any(o, made, answer)
    cards.again(o.conn, card, plain=then is forum.AfterCreate.GOES_WITHOUT)
    return Wake(done=True) if event is None else o.happen(event)


def _card_refused(o: Outcome, made: CardCall, error: str) -> Wake:
    """It is shown in short, at once; whoever owns the bot hears of it the first time."""
    card = made.card
    if card.in_short:
        _put_card_off(o, made, _back_off(card.attempts + 4), error)
        return Wake(done=True)
    cards.refused(o.conn, card, error)
    if card.refused:
        return Wake(done=True)
    return o.happen(TroubleNoticed("staff.card_refused", (("case_no", str(card.case_id)),)))


def _put_card_off(o: Outcome, made: CardCall, pause: timedelta, error: str) -> None:
    cards.release(o.conn, made.card, o.moment + pause, error)


def _shown(o: Outcome, made: CardCall, message_id: int | None) -> None:
    """A posted card that replaces one: the old message goes, or keeps standing without buttons."""
    card = made.card
    if message_id is None:
        # Posted, and Telegram's answer could not be read: it stands somewhere, and nobody knows where.
        # The one that was known stays so, for replies to it and to be taken away by the next try.
        _put_card_off(o, made, _back_off(card.attempts), "unreadable answer")
        return
    cards.shown(o.conn, card, message_id, o.moment)
    if made.posts and card.message_id is not None and card.message_id != message_id:
        keep = card.anew == 2
        method = "editMessageReplyMarkup" if keep else "deleteMessage"
        params: dict[str, Any] = {"message_id": card.message_id}
        if keep:
            params["reply_markup"] = {"inline_keyboard": []}
        key = "" if keep else deleting_key(card.chat_id, card.message_id)
        o.tx.put_outbox(OutboxRow("", card.chat_id, 6, method, params, dedup_key=key))
