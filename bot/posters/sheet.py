"""Draws posters as a PDF, an A5 page each, ready to be printed. Which words stand there is decided in poster.py.

The code is drawn in vectors: dark on white, error level Q, four modules of quiet zone, so that it is
read from across a counter, printed small or a little dirty. Fonts are embedded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

import segno
from fpdf import FPDF
from fpdf.drawing import PaintedPath
from fpdf.drawing_primitives import DeviceRGB
from fpdf.fonts import TTFFont

from bot.posters.poster import Poster

_WIDTH, _HEIGHT = 148.0, 210.0  # millimetres, A5
_MARGIN: Final = 14.0
_CODE: Final = 96.0  # with its quiet zone
_QUIET: Final = 4  # modules; the standard asks for four
_POINT: Final = 0.352778  # millimetres
_INK, _SOFT = (24, 24, 27), (82, 82, 91)
_BRAND_PT, _BRANCH_PT, _HEADLINE_PT, _LINE_PT, _LAST_PT = 24.0, 12.0, 26.0, 13.0, 13.0
_SHRINKS_TO: Final = 0.6  # of its size, before a long line becomes two
_LEADING: Final = 1.3


def draw(posters: Sequence[Poster]) -> bytes:
    """One PDF with a page for each poster."""
    pdf = FPDF(unit="mm", format=(_WIDTH, _HEIGHT))
    pdf.set_auto_page_break(auto=False)
    pdf.set_margin(0)
    pdf.set_title(", ".join(dict.fromkeys(poster.brand for poster in posters)))
    folder = files("bot.posters") / "fonts"
    for style, name in (("", "Regular"), ("B", "Bold")):
        with as_file(folder / f"GolosText-{name}.ttf") as font:
            pdf.add_font("Golos", style, Path(font))
    for poster in posters:
        _page(pdf, poster)
    return bytes(pdf.output())


def _page(pdf: FPDF, poster: Poster) -> None:
    """From the top: who it is, the code, what to do with it; the telephone stands at the foot."""
    pdf.add_page()
    y = _line(pdf, poster.brand, 15.0, _BRAND_PT, bold=True)
    if poster.branch:
        y = _line(pdf, poster.branch, y + 0.5, _BRANCH_PT, colour=_SOFT)
    _code(pdf, poster.address, (_WIDTH - _CODE) / 2, 40.0)
    y = 40.0 + _CODE + 3.0
    headline, *middle = poster.lines[:-1] or poster.lines
    y = _line(pdf, headline, y, _HEADLINE_PT, bold=True) + 1.5
    for line in middle:
        y = _line(pdf, line, y, _LINE_PT)
    if len(poster.lines) > 1:
        _foot(pdf, poster.lines[-1])


def _foot(pdf: FPDF, line: str) -> None:
    y = _HEIGHT - _MARGIN - _LAST_PT * _POINT * _LEADING
    pdf.set_draw_color(212, 212, 216)
    pdf.set_line_width(0.25)
    pdf.line(_MARGIN, y - 5.0, _WIDTH - _MARGIN, y - 5.0)
    _line(pdf, line, y, _LAST_PT, colour=_SOFT)


def _line(
    pdf: FPDF,
    text: str,
    y: float,
    points: float,
    *,
    bold: bool = False,
    colour: tuple[int, int, int] = _INK,
) -> float:
    """A centred line from `y` on, smaller when it is too long; returns where the next one begins."""
    room = _WIDTH - 2 * _MARGIN
    pdf.set_font("Golos", "B" if bold else "", points)
    text = _printable(pdf, text)
    needed = pdf.get_string_width(text)
    if needed > room:
        points *= max(_SHRINKS_TO, 0.999 * room / needed)
        pdf.set_font_size(points)
    pdf.set_text_color(*colour)
    height = points * _POINT * _LEADING
    for part in _parts(pdf, text, room):
        pdf.set_xy(_MARGIN, y)
        pdf.cell(room, height, part, align="C")
        y += height
    return y


def _printable(pdf: FPDF, text: str) -> str:
    """Without the signs that the font has no picture of, such as emoji: each would become an empty box."""
    font = pdf.current_font
    known = font.cmap if isinstance(font, TTFFont) else {}
    return " ".join("".join(c for c in text if ord(c) in known).split())


def _parts(pdf: FPDF, text: str, room: float) -> Iterator[str]:
    """The text in as many lines as it needs; a word that fits in none is cut."""
    line = ""
    for word in text.split():
        joined = f"{line} {word}".strip()
        if pdf.get_string_width(joined) <= room:
            line = joined
            continue
        if line:
            yield line
        line = word
        while pdf.get_string_width(line) > room:
            fits = next(
                n for n in range(len(line), 0, -1) if pdf.get_string_width(line[:n]) <= room
            )
            yield line[:fits]
            line = line[fits:]
    yield line


def _code(pdf: FPDF, address: str, x: float, y: float) -> None:
    """One path for all modules: neighbours are filled at once, so no printer leaves hairs between them."""
    matrix = segno.make(address, error="q", micro=False, boost_error=True).matrix
    module = _CODE / (len(matrix) + 2 * _QUIET)
    path = PaintedPath()
    path.style.fill_color = DeviceRGB(0, 0, 0)
    path.style.stroke_color = None
    path.style.auto_close = True
    for row, modules in enumerate(matrix):
        for start, length in _runs(modules):
            left = x + (start + _QUIET) * module
            top = y + (row + _QUIET) * module
            path.rectangle(left, top, length * module, module)
    with pdf.drawing_context() as drawing:
        drawing.add_item(path)


def _runs(modules: Sequence[int] | bytearray) -> Iterator[tuple[int, int]]:
    """(start, length) of each stretch of dark modules in a row."""
    start: int | None = None
    for place, dark in enumerate([*modules, 0]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None
