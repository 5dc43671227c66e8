"""Topics of the staff's forum as calls: made before a card, named and closed after it, and what answers mean.

Whether a topic is wanted and what it is called is in flows/forum.py. A topic is never waited for: what Telegram
refuses, and what is over the hour's limit, goes to the group as into a plain one.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final

from bot.refusals import Answer, Delivered, Gone, Refused, Unreachable, Wait
from bot.telegram import Call
from flows.draft import Draft
from flows.events import TopicMade, TopicsRefused, TroubleNoticed
from flows.forum import FORUM, MANAGE, are_wanted, topic_title
from flows.texts import Texts
from storage.cards import ClaimedCard
from storage.forum import DELETE, Topic
from storage.outbox import ClaimedRow, OutboxRow
from storage.tx import Tx

CREATE: Final = "createForumTopic"
_RENAME: Final = "editForumTopic"
_SWITCH: Final = {0: "reopenForumTopic", 1: "closeForumTopic"}
METHODS: Final = frozenset({_RENAME, DELETE, *_SWITCH.values()})
_TIDYING: Final = 6
_SETTLES: Final = timedelta(seconds=10)  # several changes at once are one edit of the title
_TRY_AGAIN: Final = timedelta(minutes=10)  # what stood in the way may be gone by then


def topic_before(tx: Tx, card: ClaimedCard, draft: Draft, *, hidden: bool) -> Call | None:
    """The call that makes the topic a card is to be posted in; None: it has one, or goes without."""
    in_group = card.posts and card.chat_id < 0 and not card.plain
    if not in_group or hidden or not draft.case.is_open or not are_wanted(draft):
        return None
    title = topic_title(draft)
    if tx.forum.of_case(card.case_id, card.chat_id) is not None:
        return None
    if tx.forum.adopted(card.case_id, card.chat_id, title):
        return None
    if not tx.forum.may_make(card.chat_id, draft.facts.content.business.topics_per_hour):
        return None
    return Call(CREATE, {"chat_id": card.chat_id, "name": title})


def keep_true(tx: Tx, card: ClaimedCard, draft: Draft, *, hidden: bool) -> Topic | None:
    """The topic of the card; its title and whether it is closed follow the case, some seconds later, in one edit."""
    topics = tx.forum.everywhere(card.case_id)
    if not topics:
        return None
    stands = {card.chat_id, *(chat_id for chat_id, _ in tx.cards_of(card.case_id))}
    for left in topics:
        if left.chat_id not in stands:  # its card is in another group by now
            _change(tx, left, left.title, 1, draft.moment)
    topic = next((each for each in topics if each.chat_id == card.chat_id), None)
    if topic is not None:
        title = topic_title(draft, hidden=hidden)
        _change(tx, topic, title, int(not draft.case.is_open), draft.moment)
    return topic


def _change(tx: Tx, topic: Topic, title: str, closed: int, moment: datetime) -> None:
    """Ask for what differs from what was asked for last; what has not left yet is not asked for any more."""
    if (title, closed) == (topic.title, topic.closed):
        return
    after = topic._replace(title=title, closed=closed, asked=topic.asked + 1)
    due = moment + _SETTLES
    if tx.recall(_key(topic, _RENAME)) or title != topic.title:
        _put(tx, after, _RENAME, due, name=title)
    if tx.recall(_key(topic, "switch")) or closed != topic.closed:
        _put(tx, after, _SWITCH[closed], due, "switch")
    tx.forum.changed(after)


def _put(tx: Tx, topic: Topic, method: str, due: datetime, change: str = "", **more: str) -> None:
    tx.put_outbox(
        OutboxRow(
            lane=f"topic:{topic.chat_id}:{topic.thread_id}",
            chat_id=topic.chat_id,
            priority=_TIDYING,
            method=method,
            params={"message_thread_id": topic.thread_id, **more},
            dedup_key=_key(topic, change or method),
            case_id=topic.case_id,
            not_before=due,
        )
    )


def _key(topic: Topic, change: str) -> str:
    return f"topic:{topic.chat_id}:{topic.thread_id}:{topic.asked}:{change}"


def stands_in(result: Any) -> int | None:
    """The topic that was made, or that a message stands in; None when Telegram has not said."""
    found = result.get("message_thread_id") if isinstance(result, Mapping) else None
    return found if isinstance(found, int) else None


def check_place(tx: Tx, call: Call, result: Any) -> None:
    """A card that Telegram has put elsewhere than was asked stands as in a plain group from now on."""
    thread = call.params.get("message_thread_id")
    if thread is not None and result and stands_in(result) != thread:
        tx.forum.forget(call.params["chat_id"], thread)


# ---- what answers mean ------------------------------------------------------------------------------


class AfterCreate(Enum):
    """What the card does that a topic was to be made for."""

    GOES_IN = "goes in"
    GOES_WITHOUT = "goes without"
    AS_ANY_CARD = (
        "as any card"  # nothing was decided about topics: the chat itself could not be reached
    )


def after_create(
    tx: Tx, card: ClaimedCard, title: str, answer: Answer, moment: datetime
) -> tuple[AfterCreate, TopicMade | TopicsRefused | None]:
    """Keep what became of the topic; say what becomes of its card, and what follows.

    A topic that may have been made after all is tried once more: the first is found by Telegram's notice of it,
    and claimed or deleted.
    """
    chat_id = card.chat_id
    match answer:
        case Delivered(result) if (thread := stands_in(result)) is not None:
            _made(tx, card, thread, title)
            return AfterCreate.GOES_IN, TopicMade(chat_id)
        case Delivered() | Unreachable(may_have_arrived=True):
            late = card.attempts > 0
            return (AfterCreate.GOES_WITHOUT if late else AfterCreate.AS_ANY_CARD), None
        case Gone("topic"):
            tx.forum.was_not_made(chat_id, moment + _TRY_AGAIN)
            return AfterCreate.GOES_WITHOUT, TopicsRefused(chat_id, FORUM)
        case Wait(seconds):
            tx.forum.was_not_made(chat_id, moment + timedelta(seconds=seconds))
            return AfterCreate.GOES_WITHOUT, None
        case Refused(_, description):
            tx.forum.was_not_made(chat_id, moment + _TRY_AGAIN)
            refused = TopicsRefused(chat_id, MANAGE) if _lacks_rights(description) else None
            return AfterCreate.GOES_WITHOUT, refused
        case _:
            tx.forum.was_not_made(chat_id, moment)
            return AfterCreate.AS_ANY_CARD, None


def _made(tx: Tx, card: ClaimedCard, thread: int, title: str) -> None:
    """Of a customer who was forgotten meanwhile nothing is left standing, the name in a title either."""
    case = tx.case(card.case_id)
    if case is None or case.erased:
        tx.forum.seen(card.chat_id, thread, "")
        tx.forum.drop_stray(card.chat_id, thread)
    else:
        tx.forum.made(card.chat_id, thread, title, card.case_id)


def _lacks_rights(description: str) -> bool:
    said = description.lower()
    return "rights" in said or "admin_required" in said


def refused_for_good(
    tx: Tx, row: ClaimedRow, description: str, texts: Texts
) -> TopicsRefused | TroubleNoticed | None:
    """A topic stays as it is. One that was to be deleted loses its names, and the owner hears that it stays."""
    letter = row.letter
    if row.method != DELETE:
        return TopicsRefused(row.chat_id, MANAGE) if _lacks_rights(description) else None
    if letter is None or letter.case_id is None:
        return None
    state = texts.phrases["phrase.topic_state.closed"]
    name = texts.plain("staff.topic_hidden", {"topic_state": state, "case_no": letter.case_id})
    params = {**row.params, "name": name}
    tx.put_outbox(OutboxRow("", row.chat_id, _TIDYING, _RENAME, params))
    if not letter.ref:
        return None
    case_no = str(letter.case_id)
    return TroubleNoticed("staff.copy_left", (("case_no", case_no),), once=f"copy_left:{case_no}")
