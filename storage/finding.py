"""Looking for cases: what is open, and what a name, a telephone, a code, a number or words lead to.

Asked for by people, a page at a time; the statements are made as they are needed.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, exists, false, func, nulls_last, or_, select

from flows.events import Scope
from flows.people import TRIAL
from flows.vouchers import normal_code
from storage.codec import to_ms
from storage.tables import cases, customers, gifts, visits

_PHONE_LEAST: Final = 4  # digits that are looked for in telephones
_NUMBER_MOST: Final = 9  # digits of a case's number
WORDS_AMONG: Final = 20_000  # the newest cases: every story is read through, while turns wait


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases: of the list `scope`, narrowed by `of`, for the person with this number."""

    scope: Scope
    of: str
    person_id: int


_IS_TRIED: Final = exists().where(visits.c.id == cases.c.visit_id, visits.c.source == TRIAL)


def find(
    conn: Connection, wanted: Wanted, now: datetime, *, skip: int, limit: int
) -> tuple[int, ...]:
    """Numbers of cases: open ones by when an answer is due, found ones from the newest."""
    order = (
        (cases.c.id.desc(),)
        if wanted.scope is Scope.WORDS
        else (nulls_last(cases.c.reply_by), cases.c.id)
    )
    found = (
        select(cases.c.id)
        .join(customers, customers.c.id == cases.c.customer_id)
        .where(_which(wanted, now), ~_IS_TRIED)
        .order_by(*order)
        .offset(skip)
        .limit(limit)
    )
    return tuple(conn.execute(found).scalars())


def _which(wanted: Wanted, now: datetime) -> ColumnElement[bool]:
    is_open = cases.c.closed_at.is_(None)
    match wanted.scope:
        case Scope.OPEN:
            return is_open
        case Scope.MINE:
            return and_(is_open, cases.c.owner_id == wanted.person_id)
        case Scope.LATE:
            return and_(is_open, cases.c.reply_by < to_ms(now))
        case Scope.BRANCH:
            return and_(is_open, cases.c.branch_id == wanted.of)
        case Scope.WORDS:
            return _named(wanted.of)


def _named(words: str) -> ColumnElement[bool]:
    words = words.strip()
    if not words:
        return false()
    any_of = [_holds(customers.c.name, words), and_(_is_recent(), _holds(_told(), words))]
    digits = re.sub(r"\D", "", words)
    if digits and not re.search(r"[^\W\d]", words):
        if len(digits) >= _PHONE_LEAST:
            any_of.append(customers.c.phone.like(f"%{_as_kept(digits)}%"))
        if len(digits) <= _NUMBER_MOST:
            any_of.append(cases.c.id == int(digits))
    with_code = select(gifts.c.case_id).where(gifts.c.code == normal_code(words))
    any_of.append(cases.c.id.in_(with_code))
    return or_(*any_of)


def _is_recent() -> ColumnElement[bool]:
    newest = select(func.max(cases.c.id)).scalar_subquery()
    return cases.c.id > newest - WORDS_AMONG


def _told() -> ColumnElement[Any]:
    """The story and the notes, as JSON lists of texts."""
    state = cases.c.state
    story = func.coalesce(func.json_extract(state, "$.story"), "")
    return story + func.coalesce(func.json_extract(state, "$.notes"), "")


def _as_kept(digits: str) -> str:
    """Telephones are kept as +7…; people type 8…."""
    return digits[1:] if digits[0] == "8" and len(digits) > _PHONE_LEAST else digits


def _holds(column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """The words stand in the text, whatever their case; ё and е are one. LIKE alone knows Latin letters only."""
    spellings = {words, words.lower(), words.upper(), words.capitalize(), words.title()}
    return or_(*(column.like(_pattern(each), escape="\\") for each in sorted(spellings)))


def _pattern(words: str) -> str:
    plain = re.sub(r"([\\%_])", r"\\\1", words)
    return f"%{re.sub('[еёЕЁ]', '_', plain)}%"
