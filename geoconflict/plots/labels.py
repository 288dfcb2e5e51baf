"""Labels of a map: where each stands so that none covers another or a symbol."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

# x, y of the lower left corner, then of the upper right one, in points.
Box = tuple[float, float, float, float]
# Where a label stands to its point, best first: x and y as shares of its size.
_SIDES = (
    *((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)),
    *((0.5, 1), (-0.5, 1), (0.5, -1), (-0.5, -1)),
)
# How much farther off it may stand, with a line back to its point.
_FARTHER = (0.0, 9.0, 18.0, 28.0)
_LEADING = 1.2
# As wide as few labels are, in points.
_CELL_PT = 40.0
_AIR = 1.2
# With less than this share of itself beyond a border a label is not read as of the other side.
_ABROAD = 0.12


@dataclass(frozen=True)
class Label:
    """A text that belongs to a point of a map; all sizes in points.

    Parameters
    ----------
    lines : tuple of str
        The text, line by line.
    x, y : float
        Its point.
    gap : float
        How far from the point it must stand; 0 for a name that stands on its point.
    size : float
        Of the letters.
    role : str
        What it names; the drawing goes by it.
    is_needed : bool
        Whether it may stand farther off, with a line back to its point, rather than be left out.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    gap: float
    size: float
    role: str
    is_needed: bool = False
    bold: bool = field(default=False)

    @cached_property
    def extent(self) -> tuple[float, float]:
        """Width and height of the text."""
        width = max(line_width(line, self.size, bold=self.bold) for line in self.lines)
        return width, len(self.lines) * self.size * _LEADING


@dataclass(frozen=True)
class Placed:
    """A label and the box in which it stands; ``has_leader`` says that it stands farther off."""

    label: Label
    box: Box
    has_leader: bool


@cache
def line_width(line: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line of text is in points."""
    if not line.strip():
        return 0.0
    # An extra: a page is made without it.
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.textpath import TextPath

    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")
    outline = TextPath((0, 0), line, size=size, prop=font)
    # The curves of a font end where they are farthest out, so that corners bound them.
    across = outline.vertices[outline.codes != Path.CLOSEPOLY, 0]
    return float(across.max() - across.min())


def place_labels(
    labels: Sequence[Label],
    *,
    obstacles: Sequence[Box],
    width: float,
    height: float,
    lands: Sequence[BaseGeometry] = (),
) -> list[Placed]:
    """Return the labels that find a place, in their order; earlier ones choose first.

    Parameters
    ----------
    labels : sequence of Label
        The most important first.
    obstacles : sequence of Box
        What no label may cover, such as symbols.
    width, height : float
        Of the map; no label leaves it.
    lands : sequence of geometry
        Countries as drawn. On another than its point a label of an event stands only where it
        must, and that of a city never.

    Returns
    -------
    list of Placed
        No two of their boxes overlap. A label without any room is missing.
    """
    taken = _Taken(obstacles)
    grounds = np.array(lands, dtype=object)
    placed = []
    for label in labels:
        places = [p for p in _places(label) if _is_free(p.box, taken, (width, height))]
        abroad = grounds[~shapely.contains_xy(grounds, label.x, label.y)]
        over = {place: _share_over(place.box, abroad) for place in places}
        if label.role == "city":
            places = [place for place in places if over[place] <= _ABROAD]
        places.sort(key=lambda place: over[place] if over[place] > _ABROAD else 0.0)
        clear = (p for p in places if not (p.has_leader and _is_crossed(p, taken)))
        # A name across another symbol would be read as that symbol's.
        found = next(clear, None if label.role == "event" else next(iter(places), None))
        if found is not None:
            taken.add(found.box)
            placed.append(found)
    return placed


def overlaps(one: Box, other: Box) -> bool:
    """Return whether two boxes share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class _Taken:
    """Boxes that stand on a map, by the cells that they touch, so that few are compared."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def near(self, box: Box) -> Iterator[Box]:
        """Yield the boxes in the cells of a box; one may come more than once."""
        for cell in _cells(box):
            yield from self._cells.get(cell, ())


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    left, bottom, right, top = (int(edge // _CELL_PT) for edge in box)
    for column in range(left, right + 1):
        yield from ((column, row) for row in range(bottom, top + 1))


def _is_free(box: Box, taken: _Taken, size: tuple[float, float]) -> bool:
    if box[0] < 2 or box[1] < 2 or box[2] > size[0] - 2 or box[3] > size[1] - 2:
        return False
    return not any(overlaps(box, other) for other in taken.near(box))


def _share_over(box: Box, lands: npt.NDArray[np.object_]) -> float:
    over = sum(shapely.area(shapely.clip_by_rect(lands, *box)).tolist())
    return float(over / ((box[2] - box[0]) * (box[3] - box[1])))


def leader_end(placed: Placed) -> tuple[float, float]:
    """Return where the line from a label's point meets its box."""
    left, bottom, right, top = placed.box
    return min(max(placed.label.x, left), right), min(max(placed.label.y, bottom), top)


def _is_crossed(placed: Placed, taken: _Taken) -> bool:
    """Return whether the line back to a label's point runs through something else."""
    x, y = placed.label.x, placed.label.y
    end_x, end_y = leader_end(placed)
    around = (min(x, end_x), min(y, end_y), max(x, end_x), max(y, end_y))
    others = [b for b in taken.near(around) if not (b[0] <= x <= b[2] and b[1] <= y <= b[3])]
    steps = [(x + (end_x - x) * t / 12, y + (end_y - y) * t / 12) for t in range(1, 12)]
    return any(b[0] < px < b[2] and b[1] < py < b[3] for px, py in steps for b in others)


def _places(label: Label) -> Iterator[Placed]:
    wide, high = label.extent
    if label.gap == 0:
        corner = (label.x - wide / 2, label.y - high / 2)
        yield Placed(label, _box(*corner, wide, high), has_leader=False)
        return
    for more in _FARTHER if label.is_needed else _FARTHER[:1]:
        for across, up in _SIDES:
            reach = (label.gap + more) * (0.75 if across and up else 1.0)
            x = label.x + across * reach + (across - 1) / 2 * wide
            y = label.y + up * reach + (up - 1) / 2 * high
            yield Placed(label, _box(x, y, wide, high), has_leader=more > 0)


def _box(x: float, y: float, wide: float, high: float) -> Box:
    return x - _AIR, y - _AIR / 2, x + wide + _AIR, y + high + _AIR / 2
