"""The picture of a flow as SVG: boxes, chips, arrows, red where something is wrong. Places come from layers.py."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from textwrap import wrap

from bot.drawing.graph import FlowGraph, StepBox, Way
from bot.drawing.layers import Arrow, Box, Drawing, draw
from flows.flow import END

_WIDE = 6.9  # pixels of a letter of 12px, a little more than most
_LINE = 17.0
_PAD = 14.0
_NARROWEST = 216.0
_CHIP_GAP = 8.0
_MARGIN, _HEAD = 32.0, 76.0
_LANE = 18.0  # between arrows that lead back up

_STYLE = """
svg{font-family:Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-size:12px}
.paper{fill:#f6f7f9}.box{fill:#fff;stroke:#cfd6df}.start{stroke:#2a7de1;stroke-width:2}
.bad{stroke:#d6293e;stroke-width:2}.missing{fill:#fff5f6;stroke:#d6293e;stroke-dasharray:5 4}
.flow{font-size:20px;font-weight:650;fill:#17202b}.about{fill:#657386;font-size:13px}
.name{font-weight:650;fill:#17202b;font-size:13px}.said{fill:#3d4a5a}.mark{fill:#2f6f4f}
.above{fill:#8a5a00}.mistake{fill:#d6293e}
.chip{fill:#eef4fd;stroke:#c5daf6}.chiptext{fill:#1d5fb4;font-size:11px;font-weight:600}
.arrow{fill:none;stroke:#8b98a8;stroke-width:1.6}.back{stroke-dasharray:5 4}
.head{fill:#8b98a8}.endchip{fill:#eef0f3;stroke:#d5dae1}.endtext{fill:#657386;font-size:11px}
""".strip()


def svg_of(graph: FlowGraph) -> str:
    """The whole picture, ready to be opened in a browser."""
    return _Picture(graph).svg()


@dataclass(slots=True)
class _Picture:
    graph: FlowGraph
    lines: list[str] = field(default_factory=list)
    lanes: int = 0

    def svg(self) -> str:
        shapes = {box.name: _Shape(box) for box in self.graph.boxes}
        arrows, drawing = _arrows(shapes)
        return_lanes = sum(way is None for way in drawing.ways)
        mistakes = [line for each in self.graph.mistakes for line in wrap(each, 90)]
        head = _HEAD + _LINE * len(mistakes)
        title = max(
            len(self.graph.name) * 13,
            len(self.graph.about) * 7.4,
            *(len(m) * _WIDE for m in [*mistakes, ""]),
        )
        width = max(drawing.width + _LANE * (return_lanes + 1), title) + 2 * _MARGIN
        height = drawing.height + head + 2 * _MARGIN
        self._put(f'<rect class="paper" width="{width:.0f}" height="{height:.0f}"/>')
        self._text(_MARGIN, 42, "flow", self.graph.name)
        self._text(_MARGIN, 64, "about", self.graph.about)
        for number, line in enumerate(mistakes):
            self._text(_MARGIN, 84 + number * _LINE, "mistake", line)
        self._put(f'<g transform="translate({_MARGIN},{head + 16:.0f})">')
        for arrow, way in zip(arrows, drawing.ways, strict=True):
            self._arrow(arrow, way, drawing, shapes)
        for name, shape in shapes.items():
            x, top = drawing.places[name]
            self._box(shape, x - shape.width / 2, top, start=name == self.graph.boxes[0].name)
        self._put("</g>")
        return "\n".join([_opening(width, height), *self.lines, "</svg>\n"])

    # ---- arrows

    def _arrow(
        self,
        arrow: Arrow,
        way: list[tuple[float, float]] | None,
        drawing: Drawing,
        shapes: "dict[str, _Shape]",
    ) -> None:
        if way is None:
            self._back(arrow, drawing, shapes)
            return
        (x, y), *rest = way
        path = [f"M{x:.1f} {y:.1f}"]
        for to_x, to_y in rest:
            middle = (y + to_y) / 2
            straight = x == to_x
            path.append(
                f"V{to_y:.1f}"
                if straight
                else f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}"
            )
            x, y = to_x, to_y
        self._put(f'<path class="arrow" d="{" ".join(path)}" marker-end="url(#head)"/>')

    def _back(self, arrow: Arrow, drawing: Drawing, shapes: "dict[str, _Shape]") -> None:
        """Round the right side, and into the box from there."""
        self.lanes += 1
        lane = drawing.width + _LANE * self.lanes
        x, top = drawing.places[arrow.source]
        start, below = x + arrow.port, top + shapes[arrow.source].height
        to_x, to_top = drawing.places[arrow.target]
        side, at = to_x + shapes[arrow.target].width / 2, to_top + 22
        turn = below + 12 + 5 * self.lanes
        path = (
            f"M{start:.1f} {below:.1f} V{turn - 8:.1f} q0 8 8 8 H{lane - 8:.1f} q8 0 8 -8 "
            f"V{at + 8:.1f} q0 -8 -8 -8 H{side:.1f}"
        )
        self._put(f'<path class="arrow back" d="{path}" marker-end="url(#head)"/>')

    # ---- boxes

    def _box(self, shape: "_Shape", left: float, top: float, *, start: bool) -> None:
        kind = (
            "missing"
            if shape.box.missing
            else "bad"
            if shape.box.mistakes
            else "start"
            if start
            else ""
        )
        self._put(
            f'<rect class="box {kind}" x="{left:.1f}" y="{top:.1f}" rx="10" '
            f'width="{shape.width:.1f}" height="{shape.height:.1f}"/>'
        )
        y = top + 22
        for style, line in shape.lines:
            self._text(left + _PAD, y, style, line)
            y += _LINE
        for chip in shape.chips:
            self._chip(chip, left + shape.width / 2, top + shape.height)

    def _chip(self, chip: "_Chip", middle: float, bottom: float) -> None:
        if not chip.text:
            return
        kind, style = ("endchip", "endtext") if chip.way.to == END else ("chip", "chiptext")
        x = middle + chip.port - chip.width / 2
        self._put(
            f'<rect class="{kind}" x="{x:.1f}" y="{bottom - 30:.1f}" rx="10" '
            f'width="{chip.width:.1f}" height="20"/>'
        )
        self._text(middle + chip.port, bottom - 16, style, chip.text, middle=True)

    def _text(self, x: float, y: float, style: str, text: str, *, middle: bool = False) -> None:
        anchor = ' text-anchor="middle"' if middle else ""
        self._put(f'<text class="{style}" x="{x:.1f}" y="{y:.1f}"{anchor}>{escape(text)}</text>')

    def _put(self, line: str) -> None:
        self.lines.append(line)


@dataclass(slots=True)
class _Chip:
    way: Way
    text: str
    width: float
    port: float = 0.0


class _Shape:
    """A box with its lines and the chips of its answers, measured."""

    def __init__(self, box: StepBox) -> None:
        self.box = box
        self.chips = [_chip(way) for way in box.ways]
        chips = sum(chip.width for chip in self.chips) + _CHIP_GAP * (len(self.chips) - 1)
        self.width = max(_NARROWEST, chips + 2 * _PAD, len(box.name) * 8 + 2 * _PAD)
        self.lines = list(_lines(box, int((self.width - 2 * _PAD) / _WIDE)))
        shown = any(chip.text for chip in self.chips)
        self.height = 14 + _LINE * len(self.lines) + (34 if shown else 4)
        offset = -chips / 2
        for chip in self.chips:
            chip.port = offset + chip.width / 2
            offset += chip.width + _CHIP_GAP


def _chip(way: Way) -> _Chip:
    text = f"{way.says} ■".strip() if way.to == END and way.says else way.says
    text = text or ("■" if way.to == END else "")
    text = text if len(text) <= 34 else f"{text[:33]}…"
    return _Chip(way, text, len(text) * _WIDE + 16 if text else 8)


def _lines(box: StepBox, letters: int) -> Iterator[tuple[str, str]]:
    for above in box.above:
        yield from _styled("above", above, letters)
    yield "name", box.name
    yield from _styled("said", box.said, letters)
    for mark in box.marks:
        yield from _styled("mark", mark, letters)
    for mistake in box.mistakes:
        yield from _styled("mistake", mistake, letters)


def _styled(style: str, text: str, letters: int) -> Iterable[tuple[str, str]]:
    return ((style, line) for line in wrap(text, letters))


def _arrows(shapes: dict[str, _Shape]) -> tuple[list[Arrow], Drawing]:
    arrows = [
        Arrow(name, chip.way.to, chip.port)
        for name, shape in shapes.items()
        for chip in shape.chips
        if chip.way.to in shapes
    ]
    boxes = {name: Box(shape.width, shape.height) for name, shape in shapes.items()}
    return arrows, draw(boxes, arrows)


def _opening(width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img">\n<style>{_STYLE}</style>\n'
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>'
    )
