"""Topics of the staff's forums: whose each is, what it was asked to be, how many were made lately. No calls here."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Connection, bindparam, delete, select, update

from flows.effects import Letter
from flows.events import LetterKind
from storage import settings
from storage.codec import to_ms
from storage.dialect import insert
from storage.letters import put
from storage.outbox import OutboxRow
from storage.statements import Hot
from storage.tables import cards, cases
from storage.tables import forum_topics as topics

_HOUR: Final = timedelta(hours=1)
_TIDYING: Final = 6
DELETE: Final = "deleteForumTopic"


class Topic(NamedTuple):
    """A topic of a forum; `title` and `closed` are what was asked for last, `asked` counts the askings."""

    chat_id: int
    thread_id: int
    case_id: int | None
    title: str
    closed: int = 0
    asked: int = 0


_CASE = bindparam("number", type_=BigInteger)
_CHAT = bindparam("chat", type_=BigInteger)
_THREAD = bindparam("thread", type_=BigInteger)
_COLUMNS = tuple(topics.c[name] for name in Topic._fields)
_OF_CASE: Final = Hot(
    select(*_COLUMNS).where(topics.c.case_id == _CASE, topics.c.chat_id == _CHAT), into=Topic
)
_EVERYWHERE: Final = Hot(select(*_COLUMNS).where(topics.c.case_id == _CASE), into=Topic)
_ONE: Final = (topics.c.chat_id == _CHAT, topics.c.thread_id == _THREAD)
_AT: Final = Hot(select(*_COLUMNS).where(*_ONE), into=Topic)
_STRAY: Final = Hot(
    select(*_COLUMNS)
    .where(
        topics.c.chat_id == _CHAT,
        topics.c.case_id.is_(None),
        topics.c.title == bindparam("called"),
    )
    .order_by(topics.c.thread_id.desc())
    .limit(1),
    into=Topic,
)
_SEEN: Final = Hot(
    insert(topics).on_conflict_do_nothing(index_elements=["chat_id", "thread_id"]),
    sets=("chat_id", "thread_id", "title", "made_at"),
)
_OF: Final = Hot(update(topics).where(*_ONE), sets=("case_id", "title"))
_CHANGED: Final = Hot(update(topics).where(*_ONE), sets=("title", "closed", "asked"))
_CARD_GONE: Final = Hot(
    update(cards)
    .where(
        cards.c.case_id == _CASE,
        cards.c.chat_id == _CHAT,
        select(cases.c.id)
        .where(cases.c.id == cards.c.case_id, cases.c.closed_at.is_(None))
        .correlate(cards)
        .exists(),
    )
    .values(message_id=None, wanted=cards.c.wanted + 1)
)
_FORGET: Final = Hot(delete(topics).where(*_ONE))
_FORGET_CASE: Final = Hot(delete(topics).where(topics.c.case_id == _CASE))


class Forum:
    """The topics as one transaction sees them."""

    def __init__(self, conn: Connection, now: datetime) -> None:
        """`conn` is inside a transaction already; `now` (UTC) is its moment."""
        self._conn = conn
        self._now = now

    def of_case(self, case_id: int, chat_id: int) -> Topic | None:
        """The topic of a case in a group."""
        return _OF_CASE.row(self._conn, number=case_id, chat=chat_id)

    def everywhere(self, case_id: int) -> list[Topic]:
        """The topics of a case in all groups."""
        return _EVERYWHERE.rows(self._conn, number=case_id)

    def case_in(self, chat_id: int, thread_id: int) -> int | None:
        """Whose topic this is; None for one that is nobody's, or not ours."""
        found = _AT.row(self._conn, chat=chat_id, thread=thread_id)
        return None if found is None else found.case_id

    def seen(self, chat_id: int, thread_id: int, title: str) -> bool:
        """The bot itself has made this topic; False when that is known."""
        made_at = to_ms(self._now)
        return (
            _SEEN.run(
                self._conn, chat_id=chat_id, thread_id=thread_id, title=title, made_at=made_at
            )
            == 1
        )

    def made(self, chat_id: int, thread_id: int, title: str, case_id: int) -> None:
        """The topic is the one of this case; another that the case had there goes."""
        before = self.of_case(case_id, chat_id)
        if before is not None and before.thread_id != thread_id:
            self.take_away(before)
        self.seen(chat_id, thread_id, title)
        _OF.run(self._conn, chat=chat_id, thread=thread_id, case_id=case_id, title=title)

    def adopted(self, case_id: int, chat_id: int, title: str) -> bool:
        """A topic of this title that nobody claims becomes the one of the case: its answer was lost."""
        stray = _STRAY.row(self._conn, chat=chat_id, called=title)
        if stray is None:
            return False
        self.made(chat_id, stray.thread_id, title, case_id)
        return True

    def changed(self, topic: Topic) -> None:
        """This is what it was asked to be."""
        _CHANGED.run(
            self._conn,
            chat=topic.chat_id,
            thread=topic.thread_id,
            title=topic.title,
            closed=topic.closed,
            asked=topic.asked,
        )

    def forget(self, chat_id: int, thread_id: int) -> None:
        """The topic is not there any more, or not ours to keep."""
        _FORGET.run(self._conn, chat=chat_id, thread=thread_id)

    def gone(self, chat_id: int, thread_id: int) -> None:
        """Somebody has deleted the topic, and the card in it: that of an open case is posted anew."""
        case_id = self.case_in(chat_id, thread_id)
        self.forget(chat_id, thread_id)
        if case_id is not None:
            _CARD_GONE.run(self._conn, number=case_id, chat=chat_id)

    def take_away(self, topic: Topic, *, letter: Letter | None = None) -> None:
        """Have a topic deleted, with everything in it."""
        params = {"message_thread_id": topic.thread_id}
        row = OutboxRow("", topic.chat_id, _TIDYING, DELETE, params, letter=letter)
        put(self._conn, row, self._now)
        self.forget(topic.chat_id, topic.thread_id)

    def drop_stray(self, chat_id: int, thread_id: int) -> None:
        """Have a topic deleted that no case has claimed."""
        found = _AT.row(self._conn, chat=chat_id, thread=thread_id)
        if found is not None and found.case_id is None:
            self.take_away(found)

    def erase(self, case_id: int, *, asked: bool) -> None:
        """Have the topics of a case deleted, because its customer is forgotten."""
        letter = Letter(LetterKind.ERASE, case_id, ref=int(asked))
        for topic in self.everywhere(case_id):
            self.take_away(topic, letter=letter)
        _FORGET_CASE.run(self._conn, number=case_id)

    # ---- how many may be made ----

    def may_make(self, chat_id: int, most: int) -> bool:
        """May one more be made in this hour? A yes counts at once: an answer that is lost has made one, too."""
        made, until = self._lately(chat_id)
        if until > to_ms(self._now) or len(made) >= most:
            return False
        self._remember(chat_id, [*made, to_ms(self._now)], until)
        return True

    def was_not_made(self, chat_id: int, until: datetime) -> None:
        """The last try has made none for certain; the next one may come at `until`."""
        made, _ = self._lately(chat_id)
        self._remember(chat_id, made[:-1], to_ms(until))

    def open_again(self, chat_id: int) -> None:
        """What stood in the way is gone: the next case has its topic again."""
        made, _ = self._lately(chat_id)
        self._remember(chat_id, made, 0)

    def _lately(self, chat_id: int) -> tuple[list[int], int]:
        kept: dict[str, Any] = json.loads(settings.get(self._conn, _key(chat_id)) or "{}")
        since = to_ms(self._now - _HOUR)
        return [at for at in kept.get("made", ()) if at > since], kept.get("until", 0)

    def _remember(self, chat_id: int, made: Iterable[int], until: int) -> None:
        settings.put(self._conn, _key(chat_id), json.dumps({"made": [*made], "until": until}))


def _key(chat_id: int) -> str:
    return f"topics:{chat_id}"
