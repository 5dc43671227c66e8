"""Single cells of a file of visits to values; which column holds what is in `visits_csv`.

Every function takes the words as they stand and raises CellError when they cannot be taken.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from flows.money import minor_digits
from handlers.csv_problems import CellError
from handlers.phone import to_e164

LONGEST_CELL = 300
YEARS = (2000, 2099)
_LARGEST_MINOR = 10**15
_LONGEST_AMOUNT = 25

_QUOTES = re.compile(r"[\"'«»„“”‘’`]")
_GAPS = re.compile(r"[\s_\-\u2010-\u2015]+")
_MOMENT = re.compile(
    r"(?:(\d{4})-(\d\d?)-(\d\d?)|(\d\d?)\.(\d\d?)\.(\d{4}))"
    r"(?:(?:\s*,\s*|\s+|[Tt])(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?"
    r"\s*([Zz]|[+-]\d\d(?::?\d\d)?)?)?"
)
_CURRENCY_MARK = re.compile(r"(?:₽|руб(?:\.|лей|ля|ль)?|р\.?|\$|€|[a-z]{3})$", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?P<group>[.,])\d{3}(?:(?P=group)\d{3})*|\d+)"
    r"(?:(?(group)(?!(?P=group)))[.,](?P<part>\d+))?"
)
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_SPACES = re.compile(r"[\s'’]+")


class BranchFacts(Protocol):
    """What a row needs to know of a branch."""

    @property
    def name(self) -> str: ...
    @property
    def zone(self) -> ZoneInfo: ...


def folded(words: str) -> str:
    """Words as they are compared: without case, quotes, ё, kinds of spaces and dashes."""
    bare = _QUOTES.sub("", words.lower().replace("ё", "е"))
    return _GAPS.sub(" ", bare).strip()


def text_cell(words: str) -> str | None:
    """One line of text, None when empty."""
    text = " ".join(words.split())
    if len(text) > LONGEST_CELL:
        raise CellError("cell.long", words=text, limit=str(LONGEST_CELL))
    return text or None


def moment_cell(words: str, zone: ZoneInfo) -> datetime:
    """UTC of `2026-10-05 13:05`, ISO 8601 or `05.10.2026 13:05`; in `zone` when it names none."""
    if not words:
        raise CellError("cell.empty")
    found = _MOMENT.fullmatch(words)
    if found is None:
        raise CellError("ended_at.unclear", words=words)
    y, m, d, d_ru, m_ru, y_ru, hour, minute, second, offset = found.groups()
    if hour is None:
        raise CellError("ended_at.no_time", words=words)
    year, month, day = int(y or y_ru), int(m or m_ru), int(d or d_ru)
    if not YEARS[0] <= year <= YEARS[1]:
        raise CellError("ended_at.year", words=words, first=str(YEARS[0]), last=str(YEARS[1]))
    clock = int(hour), int(minute), int(second or 0)
    try:
        return datetime(year, month, day, *clock, tzinfo=_zone(offset) or zone).astimezone(UTC)
    except ValueError:
        raise CellError("ended_at.unclear", words=words) from None


def arrival_cell(words: str, zone: ZoneInfo, ended_at: datetime | None) -> datetime | None:
    """UTC of when a visit that lasts began, None when empty; it comes before the end."""
    if not words:
        return None
    arrived_at = moment_cell(words, zone)
    if ended_at is not None and arrived_at >= ended_at:
        raise CellError("arrived_at.late", words=words)
    return arrived_at


def _zone(offset: str | None) -> timezone | None:
    if offset is None:
        return None
    if offset in "Zz":
        return UTC
    digits = offset[1:].replace(":", "").ljust(4, "0")
    east = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-east if offset[0] == "-" else east)


def phone_cell(words: str, region: str) -> str | None:
    """E.164 of a number of `region` or with its country code, None when empty."""
    if not words:
        return None
    phone = to_e164(words, region)
    if phone is None:
        raise CellError("phone.unclear", words=words)
    return phone


@lru_cache(maxsize=4096)  # prices repeat
def amount_cell(words: str, currency: str) -> int | None:
    """Minor units of `2500,00`, `2 500.00 ₽`, `1,234.50`; None when empty."""
    if not words:
        return None
    bare = _CURRENCY_MARK.sub("", _SPACES.sub("", words))
    if bare.startswith(("-", "−")):
        raise CellError("amount.negative", words=words)
    if _AMBIGUOUS.fullmatch(bare):
        raise CellError("amount.ambiguous", words=words)
    found = _AMOUNT.fullmatch(bare) if len(bare) <= _LONGEST_AMOUNT else None
    if found is None:
        raise CellError("amount.unclear", words=words)
    digits = minor_digits(currency)
    whole, part = re.sub(r"[.,]", "", found["whole"]), found["part"] or ""
    minor = Decimal(f"{whole}.{part or 0}").scaleb(digits)
    if minor != int(minor):
        raise CellError("amount.decimals", words=words, currency=currency, digits=str(digits))
    if minor > _LARGEST_MINOR:
        raise CellError("amount.large", words=words)
    return int(minor)


def currency_cell(words: str, default: str) -> str:
    """An ISO 4217 code, `default` when empty."""
    if not words:
        return default
    if not re.fullmatch(r"[A-Za-z]{3}", words):
        raise CellError("currency.unclear", words=words)
    return words.upper()


@lru_cache(maxsize=64)
def lang_cell(words: str) -> str | None:
    """`ru` of `ru`, `RU` or `ru-RU`; None when empty."""
    if not words:
        return None
    found = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*", words)
    if found is None:
        raise CellError("lang.unclear", words=words)
    return found[1].lower()


class Branches:
    """Finds a branch by the words of a cell: its id or its name."""

    def __init__(self, branches: Mapping[str, BranchFacts], default: str | None) -> None:
        """Take branches by id; `default` is meant where a cell is empty, the only one by itself."""
        self._known = ", ".join(f'"{branch.name}" ({key})' for key, branch in branches.items())
        self._default = next(iter(branches)) if len(branches) == 1 else default
        self._by_words: dict[str, list[str]] = {}
        for key, branch in branches.items():
            self._by_words.setdefault(folded(branch.name), []).append(key)
        self._by_words |= {folded(key): [key] for key in branches}
        self._found: dict[str, str] = {}  # by the words as they stand: files repeat them

    def find(self, words: str) -> str:
        """The id; CellError names the branches there are."""
        if words not in self._found:
            self._found[words] = self._find(words)
        return self._found[words]

    def _find(self, words: str) -> str:
        if not words:
            if self._default is None:
                raise CellError("branch.empty", known=self._known)
            return self._default
        ids = self._by_words.get(folded(words), [])
        if len(ids) > 1:
            raise CellError("branch.several", words=words, known=", ".join(ids))
        if ids:
            return ids[0]
        near = get_close_matches(folded(words), self._by_words, n=1)
        if near:
            raise CellError("branch.unknown_near", words=words, near=near[0])
        raise CellError("branch.unknown", words=words, known=self._known)
