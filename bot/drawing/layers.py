"""Where boxes and arrows of a layered drawing go; what is in the boxes is no concern of this module.

The start is above; an arrow leads down as far as it can (Sugiyama's way: layers by the longest path, an
order with few crossings, then places as near to the neighbours as the boxes allow). Units are pixels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

GAP_X, GAP_Y = 36.0, 64.0
_SWEEPS, _PULLS = 12, 60
_BEND = 12.0  # width that a passing arrow takes in a layer


@dataclass(frozen=True, slots=True)
class Box:
    """A box by its size."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a point on the lower edge of a box (pixels from its middle) to another box."""

    source: str
    target: str
    port: float = 0.0


@dataclass(slots=True)
class Drawing:
    """Middle and top of every box; for every arrow the points it passes, or None when it leads back up."""

    places: dict[str, tuple[float, float]]
    ways: list[list[tuple[float, float]] | None]
    width: float
    height: float


def draw(boxes: Mapping[str, Box], arrows: Sequence[Arrow]) -> Drawing:
    """Place boxes, the first of which is the start, and arrows between them."""
    return _Layers(boxes, arrows).drawing()


@dataclass(slots=True)
class _Layers:
    boxes: Mapping[str, Box]
    arrows: Sequence[Arrow]
    back: set[int] = field(default_factory=set)
    rank: dict[str, int] = field(default_factory=dict)
    size: dict[str, Box] = field(default_factory=dict)  # bends included
    links: list[tuple[str, str, float]] = field(default_factory=list)  # between neighbouring layers
    bends: dict[int, list[str]] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    x: dict[str, float] = field(default_factory=dict)

    def drawing(self) -> Drawing:
        self._find_ways_back()
        self._rank()
        self._bend()
        self._order()
        self._settle()
        tops = self._tops()
        left = min((x - self.size[n].width / 2 for n, x in self.x.items()), default=0.0)
        self.x = {name: x - left for name, x in self.x.items()}
        width = max((x + self.size[n].width / 2 for n, x in self.x.items()), default=0.0)
        height = tops[-1] - GAP_Y if self.rows else 0.0
        places = {name: (self.x[name], tops[self.rank[name]]) for name in self.boxes}
        return Drawing(places, [self._way(i, tops) for i in range(len(self.arrows))], width, height)

    # ---- layers

    def _find_ways_back(self) -> None:
        """Arrows that close a circle lead back; all others lead down."""
        onward: dict[str, list[tuple[int, str]]] = {name: [] for name in self.boxes}
        for number, arrow in enumerate(self.arrows):
            onward[arrow.source].append((number, arrow.target))
        done: set[str] = set()
        for start in self.boxes:
            if start in done:
                continue
            way, ahead = {start}, [(start, iter(onward[start]))]
            while ahead:
                name, rest = ahead[-1]
                number, target = next(rest, (-1, ""))
                if number < 0:
                    ahead.pop()
                    way.discard(name)
                    done.add(name)
                elif target in way:
                    self.back.add(number)
                elif target not in done:
                    way.add(target)
                    ahead.append((target, iter(onward[target])))

    def _down(self) -> list[tuple[int, Arrow]]:
        return [(i, arrow) for i, arrow in enumerate(self.arrows) if i not in self.back]

    def _rank(self) -> None:
        self.rank = dict.fromkeys(self.boxes, 0)
        for _ in self.boxes:
            moved = False
            for _, arrow in self._down():
                below = self.rank[arrow.source] + 1
                if self.rank[arrow.target] < below:
                    self.rank[arrow.target] = below
                    moved = True
            if not moved:
                break

    def _bend(self) -> None:
        """An arrow that passes a layer has a place there, so that it runs through no box."""
        self.size = dict(self.boxes)
        self.rows = [[] for _ in range(max(self.rank.values(), default=-1) + 1)]
        for name in self.boxes:
            self.rows[self.rank[name]].append(name)
        for number, arrow in self._down():
            above, port = arrow.source, arrow.port
            self.bends[number] = []
            for row in range(self.rank[arrow.source] + 1, self.rank[arrow.target]):
                bend = f"{number}:{row}"
                self.size[bend] = Box(_BEND, 0.0)
                self.rows[row].append(bend)
                self.bends[number].append(bend)
                self.links.append((above, bend, port))
                above, port = bend, 0.0
            self.links.append((above, arrow.target, port))

    # ---- order and place within a layer

    def _order(self) -> None:
        for _ in range(_SWEEPS):
            for row in self.rows[1:]:
                self._sort(row, down=True)
            for row in reversed(self.rows[:-1]):
                self._sort(row, down=False)
        self._sort_all_down()

    def _sort_all_down(self) -> None:
        for row in self.rows[1:]:
            self._sort(row, down=True)

    def _sort(self, row: list[str], *, down: bool) -> None:
        at = {name: place for r in self.rows for place, name in enumerate(r)}
        wanted: dict[str, list[float]] = {}
        for above, below, port in self.links:
            share = port / (self.size[above].width + 1)
            if down:
                wanted.setdefault(below, []).append(at[above] + share)
            else:
                wanted.setdefault(above, []).append(float(at[below]))
        means = {name: sum(xs) / len(xs) for name, xs in wanted.items()}
        row.sort(key=lambda name: means.get(name, float(at[name])))

    def _settle(self) -> None:
        """Every box as near to the middle of its neighbours as its row allows."""
        for row in self.rows:
            offset = 0.0
            for name in row:
                self.x[name] = offset + self.size[name].width / 2
                offset += self.size[name].width + GAP_X
        for sweep in range(_PULLS):
            rows = self.rows if sweep % 2 == 0 else list(reversed(self.rows))
            for row in rows:
                self._pull(row)

    def _pull(self, row: list[str]) -> None:
        wanted: dict[str, list[float]] = {}
        for above, below, port in self.links:
            wanted.setdefault(below, []).append(self.x[above] + port)
            wanted.setdefault(above, []).append(self.x[below] - port)
        means = [
            sum(wanted[name]) / len(wanted[name]) if name in wanted else self.x[name]
            for name in row
        ]
        room = [0.0]
        for left, right in pairwise(row):
            half = (self.size[left].width + self.size[right].width) / 2
            room.append(room[-1] + half + GAP_X)
        placed = _rising([mean - offset for mean, offset in zip(means, room, strict=True)])
        for name, x, offset in zip(row, placed, room, strict=True):
            self.x[name] = x + offset

    def _tops(self) -> list[float]:
        tops = [0.0]
        for row in self.rows:
            tops.append(tops[-1] + max(self.size[name].height for name in row) + GAP_Y)
        return tops

    def _way(self, number: int, tops: list[float]) -> list[tuple[float, float]] | None:
        if number in self.back:
            return None
        arrow = self.arrows[number]
        top = tops[self.rank[arrow.source]]
        start = (self.x[arrow.source] + arrow.port, top + self.boxes[arrow.source].height)
        points = [start]
        for bend in self.bends[number]:
            row = int(bend.rpartition(":")[2])
            points += [(self.x[bend], tops[row]), (self.x[bend], tops[row + 1] - GAP_Y)]
        return [*points, (self.x[arrow.target], tops[self.rank[arrow.target]])]


def _rising(wanted: list[float]) -> list[float]:
    """The numbers nearest to `wanted` (by squares) that never fall: neighbours out of order share their mean."""
    blocks: list[tuple[float, int]] = []
    for number in wanted:
        total, count = number, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            before, many = blocks.pop()
            total, count = total + before, count + many
        blocks.append((total, count))
    return [total / count for total, count in blocks for _ in range(count)]
