"""Topics of the staff's forum: what a case's topic is called, and what stands in the way of topics.

A topic is made where a card is about to be posted; that, and every call, is bot/forum.py.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final, assert_never

from flows.draft import Draft
from flows.effects import SaveStaffChat
from flows.events import TimerFired, TopicEvent, TopicMade, TopicSeen, TopicsRefused
from flows.forum_effects import DropTopic, KeepTopic
from flows.owners import tell_owners
from flows.people import StaffChat
from flows.room import cut

FORUM: Final = "forum"  # the group has no topics
MANAGE: Final = "can_manage_topics"  # the right that the bot lacks
_TITLE_MOST: Final = 128  # Telegram's limit
_NAME_MOST: Final = 40
_CLAIMED_WITHIN: Final = timedelta(minutes=2)


def are_wanted(draft: Draft) -> bool:
    """The owner has switched topics on."""
    return draft.facts.content.business.topics


def topic_title(draft: Draft, *, hidden: bool = False) -> str:
    """Number, guest, topic and how the case stands; `hidden`: of a case that is the manager's, no names."""
    texts, words = draft.facts.content.book.texts, draft.words()
    state = words.phrase(f"phrase.topic_state.{_state(draft)}")
    key = "staff.topic_hidden" if hidden else "staff.topic"
    guest = cut(str(words["guest"]), _NAME_MOST)
    return cut(texts.plain(key, draft.words(topic_state=state, guest=guest)), _TITLE_MOST)


def _state(draft: Draft) -> str:
    case = draft.case
    if not case.is_open:
        return "closed"
    if case.answered_at is not None and not case.awaits_answer:
        return "answered"
    return "taken" if case.taken_at is not None else "new"


# ---- what stands in the way ------------------------------------------------------------------------


def happened(draft: Draft, event: TopicEvent) -> None:
    """Telegram has made a topic, refuses to, or tells of one."""
    chat = draft.facts.staff_chats.of(event.chat_id)
    if chat is None:
        return
    match event:
        case TopicMade():
            _stands(draft, chat, "")
        case TopicsRefused():
            _stands(draft, chat, event.why)
        case TopicSeen():
            due = draft.moment + _CLAIMED_WITHIN
            draft.do(KeepTopic(event.chat_id, event.thread_id, event.title, due))
        case _:
            assert_never(event)


def _stands(draft: Draft, chat: StaffChat, why: str) -> None:
    if why == chat.no_topics:
        return
    draft.do(SaveStaffChat(replace(chat, no_topics=why)))
    if why and not chat.no_topics:
        missing = draft.words().phrase(f"phrase.right.{why}")
        tell_owners(draft, "owner.topics_lost", group=chat.title, missing=missing)
    elif not why:
        tell_owners(draft, "owner.topics_back", group=chat.title)


def of_forum(draft: Draft, chat: StaffChat, *, has_topics: bool) -> StaffChat:
    """The group as it is now, with topics or without: what it is told itself, nobody else hears."""
    why = "" if has_topics or not are_wanted(draft) else FORUM
    return replace(chat, no_topics=why if why or chat.no_topics == FORUM else chat.no_topics)


def of_rights(
    draft: Draft, chat: StaffChat, missing: tuple[str, ...], *, told: bool = False
) -> tuple[StaffChat, tuple[str, ...]]:
    """The group with what its rights mean for topics, and the missing rights without the one for topics.

    The owner hears of a change, unless the group is told itself (`told`), or all rights go or come together.
    """
    rest = tuple(right for right in missing if right != MANAGE)
    if not are_wanted(draft):
        return replace(chat, no_topics=""), rest
    lacks = MANAGE in missing or "admin" in missing
    freed = "" if chat.no_topics == MANAGE else chat.no_topics
    after = replace(chat, no_topics=(chat.no_topics or MANAGE) if lacks else freed)
    alone = "admin" not in missing and "admin" not in chat.missing
    if alone and not told and bool(after.no_topics) != bool(chat.no_topics):
        _stands(draft, chat, after.no_topics)
    return after, rest


def rights_missing(chat: StaffChat) -> tuple[str, ...]:
    """All rights that are missing, as Telegram would tell them."""
    return (*chat.missing, MANAGE) if chat.no_topics == MANAGE else chat.missing


def stray(draft: Draft, timer: TimerFired) -> None:
    """Nobody has claimed a topic of the bot's: it was made twice, because an answer was lost."""
    _, chat_id, thread_id = timer.key.split(":")
    draft.do(DropTopic(int(chat_id), int(thread_id)))


def stray_key(chat_id: int, thread_id: int) -> str:
    """Names the timer of a topic that no case has claimed yet."""
    return f"topic:{chat_id}:{thread_id}"
