"""What may be wrong with an imported file, as a terminal says it; finding it is elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_QUOTED = 40  # characters of the offending words
_SENTENCES = {
    "file.empty": "the file is empty; it needs a header and a line for every visit",
    "file.no_rows": "there is a header and not one visit under it",
    "file.excel": "this is an Excel workbook; save it as CSV (UTF-8)",
    "file.encoding": "the text is neither UTF-8 nor Windows-1251; save the file as CSV (UTF-8)",
    "header.missing": 'there is no column "{column}"; the header has {header}',
    "header.missing_near": 'there is no column "{column}"; did you mean it by "{near}"?',
    "header.twice": '"{first}" and "{second}" both mean "{column}"; leave one of them',
    "header.unknown": '"{words}" is not a column we know, it is left out; known are {known}',
    "header.unknown_near": '"{words}" is not a column we know, it is left out; '
    'did you mean "{near}"?',
    "row.cells": "{found} cells, the header has {expected}; "
    "a cell with {delimiter} inside must stand in quotes",
    "row.quote": "a quote is opened and not closed; double a quote that belongs to the text",
    "row.zero": "there are zero bytes in the line; the file is damaged, export it again",
    "cell.empty": "it is empty; every visit needs one",
    "cell.long": '"{words}" is too long; at most {limit} characters',
    "visit_id.twice": 'visit "{words}" stands in line {first} already',
    "ended_at.unclear": '"{words}" is not a time; write it like "2026-10-05 13:05"',
    "ended_at.no_time": '"{words}" has no time of day; write it like "2026-10-05 13:05"',
    "ended_at.year": '"{words}" cannot be right; years from {first} to {last} are taken',
    "arrived_at.late": '"{words}" is not before the end of the visit',
    "branch.empty": "it is empty and there are several branches; write one of {known}",
    "branch.unknown": '"{words}" is not a branch of yours; known are {known}',
    "branch.unknown_near": '"{words}" is not a branch of yours; did you mean "{near}"?',
    "branch.several": '"{words}" is the name of several branches; write the id: {known}',
    "phone.unclear": '"{words}" is not a telephone number; write it like "+7 999 000-00-01"',
    "amount.unclear": '"{words}" is not an amount; write it like "2500,00"',
    "amount.ambiguous": '"{words}" may be read in two ways; write it like "2500,00"',
    "amount.decimals": '"{words}" has too many decimals; {currency} has {digits}',
    "amount.negative": '"{words}" is below zero; only finished visits are taken, no refunds',
    "amount.large": '"{words}" is too large to be right',
    "currency.unclear": '"{words}" is not a currency; write its code, like "RUB"',
    "lang.unclear": '"{words}" is not a language; write its code, like "ru"',
}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong in one place; `line` is 0 for the whole file, `str()` is for people."""

    line: int
    column: str | None
    key: str
    params: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Say where it is, what is wrong and what to write instead, in one line."""
        place = f"line {self.line}" if self.line else "the file"
        where = f"{place}, {self.column}" if self.column else place
        return f"{where}: {_SENTENCES[self.key].format_map(self.params)}"


class CellError(ValueError):
    """A cell that cannot be taken; the reader of the file adds the line and the column."""

    def __init__(self, key: str, **params: str) -> None:
        """Take a key of the sentences and what stands in their slots."""
        super().__init__(key)
        self.key = key
        self.params = params
        if "words" in params:
            params["words"] = shown(params["words"])

    def at(self, line: int, column: str | None) -> RowProblem:
        """The same, with its place."""
        return RowProblem(line, column, self.key, self.params)


def shown(words: str) -> str:
    """Words of a file as they are quoted at a terminal: one line, not long, nothing that acts."""
    line = "".join(letter for letter in " ".join(words.split()) if letter.isprintable())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}…"
