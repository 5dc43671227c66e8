"""Forgetting one person in every table: words, names, numbers. What was given and how cases ended stays, nameless.

The only place that knows where a person may stand; erasing on request, nightly forgetting and the replay on a
restored backup all come here. Codes of gifts stay valid: they name nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Connection, bindparam, delete, or_, select, update

from storage import cases as case_rows
from storage import erasures, vanishing
from storage.erasures import ErasureLog, digest, of_phone, of_telegram
from storage.forum import Forum
from storage.journal import Copy
from storage.statements import Hot
from storage.tables import (
    cards,
    cases,
    conversations,
    customers,
    inbox,
    journal,
    messages,
    praises,
    preventions,
    timers,
    visits,
)
from storage.traces import Traces, let_go
from storage.vanishing import NO_CASE

_NUMBER = bindparam("number", type_=BigInteger)
_CASE = bindparam("about", type_=BigInteger)
# What these entries say are figures and names of things; any other may hold somebody's words.
_FIGURES: Final = (
    "asked",
    "rated",
    "opened",
    "topic",
    "wish",
    "special_path",
    "given",
    "taken_back",
    "promise_broken",
    "closed",
    "cause",
    "check",
    "prevention",
)


class Post(NamedTuple):
    """An evening post that has lost a person's words: where it stands, and (master, words, guest) of what is left."""

    key: str
    chat_id: int | None  # None: it has not gone out yet
    message_id: int | None
    lines: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was found of a person: cases by number, how many visits, posts to be worded anew."""

    cases: tuple[int, ...] = ()
    visits: int = 0
    posts: tuple[Post, ...] = ()


_PERSON: Final = Hot(
    select(
        customers.c.tg_id,
        customers.c.name,
        customers.c.username,
        customers.c.phone,
        customers.c.phone_own,
    ).where(customers.c.id == _NUMBER)
)
_CASES: Final = Hot(select(cases.c.id).where(cases.c.customer_id == _NUMBER).order_by(cases.c.id))
_SHOWN: Final = Hot(
    select(messages.c.chat_id, messages.c.message_id)
    .where(messages.c.case_id == _CASE, messages.c.kind.in_(list(Copy)))
    .distinct()
)
_CARDS: Final = Hot(
    select(cards.c.chat_id, cards.c.message_id).where(
        cards.c.case_id == _CASE, cards.c.message_id.is_not(None)
    )
)
_WORDS: Final = Hot(
    select(messages.c.text).where(messages.c.customer_id == _NUMBER, messages.c.text != "")
)
_POSTS: Final = Hot(
    select(praises.c.post, praises.c.chat_id, praises.c.message_id)
    .where(praises.c.customer_id == _NUMBER, praises.c.post != "")
    .distinct()
)
_LINES: Final = Hot(
    select(praises.c.master, praises.c.words, praises.c.guest)
    .where(praises.c.post == bindparam("key"), praises.c.customer_id != _NUMBER)
    .order_by(praises.c.id)
)
_NAMELESS: Final = Hot(
    update(customers)
    .where(customers.c.id == _NUMBER)
    .values(
        tg_id=-customers.c.id,  # people have positive numbers: nobody is found by it
        name="",
        username="",
        language="",
        phone="",
        phone_own=0,
        phone_wanted_by=None,
        questions=0,
        seen_at=0,
        told_privacy=0,
        blocked_at=None,
        asked_at=None,
        asked_unasked=0,
        last_mark=None,
        nps_at=None,
        invited_at=None,
        invitations=1,
        regular="",
        zone="",
        quiet="",
        agreed=0,
        notes="",
        claimed_of=None,
        version=customers.c.version + 1,
    )
)
_VISITS: Final = Hot(
    update(visits).where(visits.c.customer_id == _NUMBER).values(customer_name="", phone="")
)
_OF_PHONE: Final = Hot(
    update(visits)
    .where(visits.c.phone == bindparam("number_dialled"), visits.c.phone != "")
    .values(customer_name="", phone="")
)
_PHONE_TYPED: Final = Hot(
    update(customers)
    .where(customers.c.phone == bindparam("number_dialled"), customers.c.phone != "")
    .values(phone="", phone_own=0, zone="", version=customers.c.version + 1)
)
_GONE: Final = (
    Hot(delete(messages).where(messages.c.customer_id == _NUMBER)),
    Hot(delete(praises).where(praises.c.customer_id == _NUMBER)),
    Hot(delete(conversations).where(conversations.c.customer_id == _NUMBER)),
    Hot(delete(timers).where(timers.c.customer_id == _NUMBER)),
)
_GONE_WITH_CASE: Final = (
    Hot(delete(messages).where(messages.c.case_id == _CASE)),
    Hot(delete(timers).where(timers.c.case_id == _CASE)),
    Hot(delete(cards).where(cards.c.case_id == _CASE)),
)
# Somebody's words about the case: whether they name the guest, nobody can tell by looking at them.
_UNSAID: Final = Hot(
    update(preventions).where(preventions.c.case_id == _CASE).values(what="", who="")
)
_GIVEN_UP: Final = Hot(
    update(preventions)
    .where(
        preventions.c.case_id == _CASE,
        preventions.c.stage.in_(["noticed", "asked", "undated", "planned"]),
    )
    .values(stage="dropped")
)
_JOURNAL: Final = Hot(
    update(journal)
    .where(
        or_(journal.c.customer_id == _NUMBER, journal.c.case_id == _CASE),
        journal.c.kind.not_in(_FIGURES),
    )
    .values(data="{}")
)
_UPDATES: Final = Hot(
    update(inbox)
    .where(inbox.c.chat_id == bindparam("chat"), inbox.c.state.in_(["done", "parked", "sealed"]))
    .values(state="done", payload="", error="", chat_id=0)
)
_EVERYBODY: Final = Hot(
    select(customers.c.id, customers.c.tg_id, customers.c.phone).where(customers.c.tg_id > 0)
)
_PHONES: Final = Hot(select(visits.c.phone).where(visits.c.phone != "").distinct())


def erase(conn: Connection, customer_id: int, now: datetime) -> Forgotten:
    """Forget a customer who has asked for it; the log has it on disk before the database does it."""
    person = _PERSON.row(conn, number=customer_id)
    if person is None or person.tg_id <= 0:
        return Forgotten()
    who = [of_telegram(person.tg_id)]
    if person.phone and person.phone_own:
        who.append(of_phone(person.phone))
    entries = ErasureLog.of(conn).write(who, now)
    erasures.carried_out(conn, entries)
    return forget(conn, customer_id, now, asked=True)


def erase_phone(conn: Connection, phone: str, now: datetime) -> int:
    """Forget visits of a telephone (E.164) whose owner never came to the bot; how many."""
    entries = ErasureLog.of(conn).write([of_phone(phone)], now)
    erasures.carried_out(conn, entries)
    return _forget_phone(conn, phone)


def replay(conn: Connection, now: datetime, log: ErasureLog | None = None) -> int:
    """Carry out what the log has and this database has not; how many people and telephones it forgot.

    `log` is given for a database that does not stand in its place yet.

    At every start, and after a restore. Whoever came back after an erasure is not in an older backup, and a newer
    one has the erasure carried out: nobody is forgotten twice.
    """
    waiting = erasures.pending(conn, log or ErasureLog.of(conn))
    if not waiting:
        return 0
    keys, wanted = {e.key for e in waiting}, {e.digest for e in waiting}

    def is_wanted(who: str) -> bool:
        return any(digest(key, who) in wanted for key in keys)

    found = 0
    for row in _EVERYBODY.rows(conn):
        if is_wanted(of_telegram(row.tg_id)):
            forget(conn, row.id, now, asked=True)
            found += 1
    for row in _PHONES.rows(conn):
        if is_wanted(of_phone(row.phone)):
            found += bool(_forget_phone(conn, row.phone))
    erasures.carried_out(conn, waiting)
    return found


def forget(conn: Connection, customer_id: int, now: datetime, *, asked: bool) -> Forgotten:
    """Forget a customer, in the log or not; an open case is closed: nobody can answer it any more."""
    person = _PERSON.row(conn, number=customer_id)
    if person is None:
        return Forgotten()
    numbers = tuple(row.id for row in _CASES.rows(conn, number=customer_id))
    posts = tuple(_posts(conn, customer_id))
    traces = _traces(conn, customer_id, person, numbers)
    for number in numbers:
        _forget_case(conn, number, person.tg_id, now, asked=asked)
    vanishing.drop(conn, person.tg_id, NO_CASE, now)
    _UPDATES.run(conn, chat=person.tg_id)
    let_go(conn, traces)
    counted = _VISITS.run(conn, number=customer_id)
    if person.phone and person.phone_own:
        _OF_PHONE.run(conn, number_dialled=person.phone)
    for hot in _GONE:
        hot.run(conn, number=customer_id)
    _JOURNAL.run(conn, number=customer_id, about=NO_CASE)
    _NAMELESS.run(conn, number=customer_id)
    return Forgotten(numbers, counted, posts)


def _forget_case(
    conn: Connection, case_id: int, chat_id: int, now: datetime, *, asked: bool
) -> None:
    for chat, message in sorted(_shown(conn, case_id)):
        vanishing.take_away(conn, chat, message, now, case_id=case_id, asked=asked)
    Forum(conn, now).erase(case_id, asked=asked)
    vanishing.drop(conn, chat_id, case_id, now)
    found = case_rows.by_id(conn, case_id)
    if found is not None:
        case_rows.save(conn, found.without_words(now))
    for hot in (*_GONE_WITH_CASE, _UNSAID, _GIVEN_UP):
        hot.run(conn, about=case_id)
    _JOURNAL.run(conn, number=NO_CASE, about=case_id)


def _shown(conn: Connection, case_id: int) -> set[tuple[int, int]]:
    """Chat and message of every card and copy that staff see of a case."""
    return {
        (row.chat_id, row.message_id)
        for hot in (_SHOWN, _CARDS)
        for row in hot.rows(conn, about=case_id)
    }


def _forget_phone(conn: Connection, phone: str) -> int:
    _PHONE_TYPED.run(conn, number_dialled=phone)
    return _OF_PHONE.run(conn, number_dialled=phone)


def _posts(conn: Connection, customer_id: int) -> Iterable[Post]:
    for row in _POSTS.rows(conn, number=customer_id):
        lines = tuple(
            (line.master, line.words, line.guest)
            for line in _LINES.rows(conn, key=row.post, number=customer_id)
        )
        yield Post(row.post, row.chat_id, row.message_id, lines)


def _traces(conn: Connection, customer_id: int, person: Any, cases: Iterable[int]) -> Traces:
    words = (row.text for row in _WORDS.rows(conn, number=customer_id))
    shown = (place for number in cases for place in _shown(conn, number))
    return Traces(person.tg_id, person.phone, person.username, frozenset(words), frozenset(shown))
