"""A CSV file of visits: bytes in, rows and problems out; who imports them and when is elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from typing import TypeVar, TypeVarTuple, Unpack
from zoneinfo import ZoneInfo

from handlers.csv_problems import CellError, RowProblem
from handlers.csv_table import Line, Table, read_table
from handlers.visits_cells import (
    Branches,
    BranchFacts,
    amount_cell,
    arrival_cell,
    currency_cell,
    folded,
    lang_cell,
    moment_cell,
    phone_cell,
    text_cell,
)

T = TypeVar("T")
Facts = TypeVarTuple("Facts")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "visit_id": ("id", "visit", "id визита", "номер визита", "визит", "номер", "№", "чек №"),
    "ended_at": (
        *(
            "ended",
            "end",
            "date",
            "окончание",
            "конец",
            "завершен",
            "время окончания",
            "выезд",
            "дата выезда",
        ),
        *("дата", "дата и время", "дата визита", "дата окончания"),
    ),
    "arrived_at": (
        *("arrived", "start", "check-in", "checkin", "заезд", "дата заезда", "начало"),
        *("начало визита", "время начала", "приезд"),
    ),
    "branch": ("location", "филиал", "салон", "точка", "адрес", "ресторан", "отель"),
    "service": ("services", "услуга", "услуги"),
    "staff": ("master", "мастер", "сотрудник", "специалист", "исполнитель"),
    "customer_name": ("name", "customer", "client", "имя", "клиент", "гость", "имя клиента"),
    "phone": ("tel", "телефон", "номер телефона", "телефон клиента"),
    "amount": ("sum", "total", "price", "сумма", "стоимость", "цена", "итого"),
    "currency": ("валюта",),
    "lang": ("language", "язык"),
}
REQUIRED = ("visit_id", "ended_at")
_COLUMN = {folded(word): name for name, words in COLUMNS.items() for word in (name, *words)}


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One finished visit; what the file does not say is None."""

    ext_id: str
    ended_at: datetime  # UTC
    branch_id: str
    service: str | None
    master: str | None
    customer_name: str | None
    phone: str | None  # E.164
    amount_minor: int | None
    currency: str  # ISO 4217
    lang: str | None
    arrived_at: datetime | None = None  # UTC; of a visit that lasts, such as a stay at a hotel


@dataclass(frozen=True, slots=True)
class VisitsFile:
    """What a file holds: rows without a mistake, and what is wrong with the others, by line.

    A problem keeps its row (or the whole file) out; a warning keeps nothing out.
    """

    rows: tuple[VisitRow, ...]
    problems: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...] = ()


def read_visits(
    source: bytes | str,
    *,
    branches: Mapping[str, BranchFacts],
    default_branch: str | None = None,
    default_region: str = "RU",
    default_currency: str = "RUB",
) -> VisitsFile:
    """Read a file of visits; never raises for what stands in it.

    `branches` are by id; an empty branch is the only one, or `default_branch`. Times without an
    offset are in the branch's zone, telephone numbers without a country code of `default_region`.
    """
    try:
        table = read_table(source, lambda words: folded(words) in _COLUMN)
    except CellError as refused:
        return VisitsFile((), (refused.at(0, None),))
    places, problems, warnings = _read_header(table.header)
    if problems:
        return VisitsFile((), tuple(problems), tuple(warnings))
    known = _Known(branches, Branches(branches, default_branch), default_region, default_currency)
    read = _read_rows(table, places, known)
    if not (read.rows or read.problems):
        warnings.append(RowProblem(0, None, "file.no_rows"))
    return replace(read, warnings=tuple(warnings))


def _read_header(header: Line) -> tuple[dict[str, int], list[RowProblem], list[RowProblem]]:
    """Where each column stands, what makes the file unreadable, what is only left out."""
    places: dict[str, int] = {}
    problems: list[RowProblem] = []
    unknown: list[str] = []
    for place, words in enumerate(header.cells):
        name = _COLUMN.get(folded(words))
        if name is None:
            unknown.append(words)
        elif name in places:
            twice = {"first": header.cells[places[name]], "second": words, "column": name}
            problems.append(RowProblem(header.number, None, "header.twice", twice))
        else:
            places[name] = place
    problems += [
        _missing(header, name, unknown).at(header.number, None)
        for name in REQUIRED
        if name not in places
    ]
    warnings = [_unknown(words).at(header.number, None) for words in unknown if words]
    return places, problems, warnings


def _missing(header: Line, name: str, unknown: list[str]) -> CellError:
    for words in unknown:
        near = get_close_matches(folded(words), _COLUMN, n=1)
        if near and _COLUMN[near[0]] == name:
            return CellError("header.missing_near", column=name, near=words)
    shown = ", ".join(f'"{words}"' for words in header.cells[:12])
    return CellError("header.missing", column=name, header=shown)


def _unknown(words: str) -> CellError:
    near = get_close_matches(folded(words), _COLUMN, n=1)
    if near:
        return CellError("header.unknown_near", words=words, near=_COLUMN[near[0]])
    return CellError("header.unknown", words=words, known=", ".join(COLUMNS))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known beside the file."""

    branches: Mapping[str, BranchFacts]
    finder: Branches
    region: str
    currency: str


def _read_rows(table: Table, places: dict[str, int], known: _Known) -> VisitsFile:
    rows: list[VisitRow] = []
    problems: list[RowProblem] = []
    first_seen: dict[str, int] = {}
    for line in table.rows():
        if isinstance(line, RowProblem):
            problems.append(line)
            continue
        reading = _Reading(line, places, known)
        row = reading.row(first_seen)
        if row is not None:
            rows.append(row)
        problems += reading.problems
    return VisitsFile(tuple(rows), tuple(problems))


class _Reading:
    """One line being read; gathers every problem of it, not only the first."""

    __slots__ = ("_known", "_line", "_places", "problems")

    def __init__(self, line: Line, places: dict[str, int], known: _Known) -> None:
        self._line = line
        self._places = places
        self._known = known
        self.problems: list[RowProblem] = []

    def row(self, first_seen: dict[str, int]) -> VisitRow | None:
        """The visit, or None when anything is wrong with the line."""
        known, cell = self._known, self._cell
        ext_id = cell("visit_id", _once, first_seen, self._line.number)
        branch_id = cell("branch", known.finder.find)
        zone = known.branches[branch_id].zone if branch_id else ZoneInfo("UTC")
        ended_at = cell("ended_at", moment_cell, zone)
        currency = cell("currency", currency_cell, known.currency)
        visit = (
            cell("service", text_cell),
            cell("staff", text_cell),
            cell("customer_name", text_cell),
            cell("phone", phone_cell, known.region),
            cell("amount", amount_cell, currency or known.currency),
        )
        lang = cell("lang", lang_cell)
        arrived_at = cell("arrived_at", arrival_cell, zone, ended_at)
        if self.problems or not (ext_id and branch_id and ended_at and currency):
            return None
        return VisitRow(ext_id, ended_at, branch_id, *visit, currency, lang, arrived_at)

    def _cell(
        self, column: str, read: Callable[[str, Unpack[Facts]], T], *facts: *Facts
    ) -> T | None:
        """What `read` makes of the cell's words; an absent column reads as an empty cell."""
        place = self._places.get(column)
        words = "" if place is None else self._line.cells[place].strip()
        try:
            return read(words, *facts)
        except CellError as refused:
            self.problems.append(refused.at(self._line.number, column))
            return None


def _once(words: str, first_seen: dict[str, int], number: int) -> str:
    ext_id = text_cell(words)
    if ext_id is None:
        raise CellError("cell.empty")
    first = first_seen.setdefault(ext_id, number)
    if first != number:
        raise CellError("visit_id.twice", words=ext_id, first=str(first))
    return ext_id
