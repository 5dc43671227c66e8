"""Bytes of a CSV file to rows of cells: encodings, delimiters, quotes; no meaning of columns."""

import csv
import io
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

from handlers.csv_problems import CellError, RowProblem, shown

DELIMITERS = (";", ",", "\t")
_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SEP = re.compile(r"sep=.\s*$", re.IGNORECASE)  # a line that Excel understands
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_CYRILLIC = re.compile(r"[А-Яа-яЁё«»№–—]")
_CYRILLIC_SHARE = 0.8  # real text has nearly 1; another encoding read as Windows-1251 about a half
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table and the number of the line where it begins, from 1."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A header, and the text it was found in."""

    header: Line
    delimiter: str
    text: Sequence[str]  # the lines of the file

    def rows(self) -> Iterator[Line | RowProblem]:
        """Every row that is not blank, or why a line is none.

        A quote that nobody closes costs its own line only: reading goes on at the next one.
        """
        start = self.header.number
        while start < len(self.text):
            start = yield from self._rows_from(start)

    def _rows_from(self, start: int) -> Generator[Line | RowProblem, None, int]:
        """Rows up to the end or a broken line; the answer is the line to go on from."""
        lines = (self.text[i] for i in range(start, len(self.text)))
        reader = csv.reader(lines, delimiter=self.delimiter)
        begun = start
        try:
            for cells in reader:
                end = start + reader.line_num
                if self._swallowed(cells, begun, end):
                    break
                if any(cells):
                    yield self._whole(begun, cells)
                begun = end
            else:
                return len(self.text)
        except csv.Error:  # a cell of 128 KB: the quote swallowed half the file
            pass
        yield RowProblem(begun + 1, None, "row.quote")
        return begun + 1

    def _swallowed(self, cells: list[str], begun: int, end: int) -> bool:
        """True when a row over several lines took in lines that are rows of their own."""
        if end - begun == 1:
            return False
        width = len(self.header.cells)
        whole = (self.text[i].count(self.delimiter) >= width - 1 for i in range(begun + 1, end))
        return len(cells) != width or any(whole)

    def _whole(self, begun: int, cells: list[str]) -> Line | RowProblem:
        number, width = begun + 1, len(self.header.cells)
        if "\0" in self.text[begun]:
            return RowProblem(number, None, "row.zero")
        while len(cells) > width and not cells[-1].strip():
            cells.pop()  # spreadsheets end lines with empty cells
        if len(cells) == width:
            return Line(number, cells)
        delimiter = {"\t": "a tab"}.get(self.delimiter, f'"{self.delimiter}"')
        shape = {"found": str(len(cells)), "expected": str(width), "delimiter": delimiter}
        return RowProblem(number, None, "row.cells", shape)


def read_table(source: bytes | str, known: Callable[[str], bool]) -> Table:
    """Find header and delimiter; `known` tells a column's name. CellError: it is no such file."""
    text = list(io.StringIO(decoded(source), newline=""))
    written = (i for i, line in enumerate(text) if line.strip() and not _SEP.match(line))
    first = next(written, None)
    if first is None:
        raise CellError("file.empty")
    if "\0" in text[first]:
        raise CellError("file.encoding")
    headers = {mark: _header(text[first], mark) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: (sum(map(known, headers[mark])), len(headers[mark])))
    return Table(Line(first + 1, headers[best]), best, text)


def decoded(source: bytes | str) -> str:
    """The text without a byte order mark. CellError: it is no text, or in an unknown encoding."""
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    if source.startswith(_EXCEL):
        raise CellError("file.excel")
    encodings = ("utf-16",) if source.startswith(_UTF_16) else ("utf-8-sig", "cp1251")
    for encoding in encodings:
        try:
            text = source.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "cp1251" or _is_cyrillic(text):
            return text
    raise CellError("file.encoding")


def _is_cyrillic(text: str) -> bool:
    sample = text[:_SAMPLE]
    foreign = len(_NOT_ASCII.findall(sample))
    return len(_CYRILLIC.findall(sample)) >= foreign * _CYRILLIC_SHARE


def _header(line: str, delimiter: str) -> list[str]:
    cells = [shown(cell) for cell in next(csv.reader([line], delimiter=delimiter))]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return cells
