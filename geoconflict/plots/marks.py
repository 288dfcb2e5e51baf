"""The marks of a map: each event's symbol, or a ring for several that would cover each other."""

from __future__ import annotations

import heapq
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Circle, PathPatch, Wedge
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from geoconflict.look.theme import INK, SHAPES, STATUSES, colours, fill_of, ink_on, shape_of
from geoconflict.measuring.geodesy import Floats

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RADIUS, NUMBERED, HALO = 5.6, 9.0, 3.4
# Symbols nearer to each other than this would cover each other.
_NEAR = 10.5
# Points so near to each other, on paper, are one spot.
_SAME = 2.5
# How far the mark of an area may stand off its middle, in points, and in how many ways.
_FARTHEST, _WAYS = 20.0, 16
# Kinds of position that only say in which area an event was.
_AREAS = frozenset(("admin1", "region", "water", "country"))
_TOKEN = re.compile(r"[MLHVCAZ]|-?(?:\d+\.?\d*|\.\d+)")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "A": 7}
Point = tuple[float, float]
Step = tuple[list[Point], Any]


@dataclass(frozen=True)
class Mark:
    """One or several events at a point on paper; ``rows`` are those of the event table."""

    rows: tuple[int, ...]
    x: float
    y: float
    radius: float
    is_area: bool

    @property
    def reach(self) -> float:
        """How far the symbol reaches from its middle, in points."""
        return self.radius + (HALO if self.is_area else 1.0)


def find_marks(events: dict[str, list[Any]], rows: Sequence[int], at: Floats) -> list[Mark]:
    """Return the marks for some rows of events.

    Parameters
    ----------
    events : dict
        Columns as of ``page_data``.
    rows : sequence of int
        Those that are on the map.
    at : array of float, shape (n, 2)
        Where each of them is on paper, in points.
    """
    areas = [events["position_kind"][row] in _AREAS for row in rows]
    exact, vague = (
        _grouped(events, [rows[i] for i in which], at[which])
        for which in (
            [i for i, is_area in enumerate(areas) if not is_area],
            [i for i, is_area in enumerate(areas) if is_area],
        )
    )
    standing = list(exact)
    for mark in vague:
        _stand(mark, standing)
    return standing


def _grouped(events: dict[str, list[Any]], rows: Sequence[int], at: Floats) -> list[Mark]:
    """Return marks of which none covers another: those that cover each other most are joined first.

    Only neighbours on a grid are compared, so that the work grows with the rows and not with
    their square.
    """
    crowd = _Crowd(at)
    for group in _same_spot(at):
        crowd.add(group, _radius(events, [rows[i] for i in group]))
    while (pair := crowd.closest()) is not None:
        crowd.add([*crowd.take(pair[0]), *crowd.take(pair[1])], NUMBERED)
    return [_mark(events, [rows[i] for i in group], at[group]) for group in crowd.groups()]


def _same_spot(at: Floats) -> list[list[int]]:
    spots: dict[tuple[int, int], list[int]] = {}
    for i, (x, y) in enumerate(np.floor(at / _SAME).astype(int).tolist()):
        spots.setdefault((x, y), []).append(i)
    return list(spots.values())


class _Crowd:
    """Groups of points on a grid whose cells are as wide as two symbols need."""

    def __init__(self, at: Floats) -> None:
        self._at = at
        self._groups: dict[int, tuple[list[int], float, float, float]] = {}
        self._cells: dict[tuple[int, int], set[int]] = {}
        self._pairs: list[tuple[float, int, int]] = []
        self._next = 0

    def add(self, group: list[int], radius: float) -> None:
        x, y = self._at[group].mean(axis=0).tolist()
        number, self._next = self._next, self._next + 1
        for other in self._beside(x, y):
            _, other_x, other_y, other_radius = self._groups[other]
            room = max((radius + other_radius) * 0.95, _NEAR)
            excess = math.hypot(x - other_x, y - other_y) - room
            if excess < 0:
                heapq.heappush(self._pairs, (excess, other, number))
        self._groups[number] = (group, x, y, radius)
        self._cells.setdefault(_cell(x, y), set()).add(number)

    def _beside(self, x: float, y: float) -> list[int]:
        column, row = _cell(x, y)
        cells = itertools.product(range(column - 1, column + 2), range(row - 1, row + 2))
        return sorted(number for cell in cells for number in self._cells.get(cell, ()))

    def closest(self) -> tuple[int, int] | None:
        """Return the two groups that cover each other most; None where none do."""
        while self._pairs:
            _, first, second = heapq.heappop(self._pairs)
            if first in self._groups and second in self._groups:
                return first, second
        return None

    def take(self, number: int) -> list[int]:
        group, x, y, _ = self._groups.pop(number)
        self._cells[_cell(x, y)].discard(number)
        return group

    def groups(self) -> list[list[int]]:
        return [group for group, *_ in self._groups.values()]


def _cell(x: float, y: float) -> tuple[int, int]:
    return math.floor(x / (2 * NUMBERED)), math.floor(y / (2 * NUMBERED))


def _stand(mark: Mark, standing: list[Mark]) -> None:
    """Add the mark of what was somewhere in an area, where it covers no other.

    Its own place is only the middle of the area, so that a step aside says nothing false; where
    there is no room so near, it is counted together with what it would cover.
    """
    near = [one for one in standing if _apart(one, mark) < one.reach + mark.reach + _FARTHEST]
    for dx, dy in _steps_aside():
        moved = replace(mark, x=mark.x + dx, y=mark.y + dy)
        if all(_apart(one, moved) >= one.reach + moved.reach for one in near):
            standing.append(moved)
            return
    other = min(near, key=lambda one: _apart(one, mark))
    at = standing.index(other)
    rows = tuple(sorted((*other.rows, *mark.rows)))
    is_area = other.is_area and mark.is_area
    standing[at] = Mark(rows, other.x, other.y, NUMBERED, is_area)


def _apart(one: Mark, other: Mark) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


@cache
def _steps_aside() -> list[tuple[float, float]]:
    """Return the ways that a mark may be moved, the shortest first."""
    angles = [math.tau * turn / _WAYS for turn in range(_WAYS)]
    fars = [_FARTHEST * step / _WAYS for step in range(1, _WAYS + 1)]
    return [(0.0, 0.0), *((far * math.cos(a), far * math.sin(a)) for far in fars for a in angles)]


def _radius(events: dict[str, list[Any]], rows: Sequence[int]) -> float:
    if len(rows) > 1 or (_number(events, rows) is not None):
        return NUMBERED
    return RADIUS


def _number(events: dict[str, list[Any]], rows: Sequence[int]) -> float | None:
    row = rows[0]
    is_counted = len(rows) == 1 and events["kind"][row] == "interception"
    count: float | None = events["count"][row] if is_counted else None
    return count


def _mark(events: dict[str, list[Any]], rows: list[int], at: Floats) -> Mark:
    x, y = at.mean(axis=0)
    is_area = all(events["position_kind"][row] in _AREAS for row in rows)
    return Mark(tuple(sorted(rows)), float(x), float(y), _radius(events, rows), is_area)


def draw_mark(axes: Axes, mark: Mark, events: dict[str, list[Any]]) -> None:
    """Draw a mark on axes whose units are points."""
    if mark.is_area:
        halo = Circle((mark.x, mark.y), mark.radius + HALO, zorder=4)
        halo.set(facecolor=(1, 1, 1, 0.6), edgecolor=colours()["circle"], linewidth=0.8)
        halo.set_linestyle((0, (2.4, 2.4)))
        axes.add_artist(halo)
    if len(mark.rows) > 1:
        _draw_group(axes, mark, [events["status"][row] for row in mark.rows])
        return
    (row,) = mark.rows
    shape = shape_of(events["kind"][row], events["target_type"][row])
    colour = fill_of(events["status"][row])
    draw_symbol(axes, (mark.x, mark.y), shape, radius=mark.radius, fill=colour)
    number = _number(events, mark.rows)
    if number is not None:
        _write(axes, mark, f"{number:g}", ink_on(events["status"][row]))


def draw_symbol(
    axes: Axes, at: tuple[float, float], shape: str, *, radius: float, fill: str
) -> None:
    """Draw the symbol of one event."""
    placed = Affine2D().scale(radius / 10).translate(*at).transform_path(outline(shape))
    for width, edge in ((2.6, "white"), (0.8, INK)):
        patch = PathPatch(placed, facecolor=fill, edgecolor=edge, linewidth=width, zorder=5)
        patch.set_joinstyle("round")
        axes.add_artist(patch)


def _draw_group(axes: Axes, mark: Mark, statuses: Sequence[str | None]) -> None:
    """Draw a ring with the share of each status, and the number of events inside."""
    axes.add_artist(Circle((mark.x, mark.y), mark.radius + 1, color="white", zorder=5))
    counts = Counter(statuses)
    start = 90.0
    for status in (*STATUSES, None):
        turn = 360 * counts[status] / len(statuses)
        if turn:
            ring = Wedge((mark.x, mark.y), mark.radius, start - turn, start, width=3.0, zorder=5)
            ring.set(facecolor=fill_of(status), linewidth=0)
            axes.add_artist(ring)
        start -= turn
    for radius in (mark.radius, mark.radius - 3.0):
        edge = Circle((mark.x, mark.y), radius, fill=False, edgecolor=INK, linewidth=0.6, zorder=5)
        axes.add_artist(edge)
    _write(axes, mark, str(len(statuses)), INK)


def _write(axes: Axes, mark: Mark, text: str, colour: str) -> None:
    size = 6.0 if len(text) < 3 else 5.0
    axes.text(
        mark.x,
        mark.y - 0.1,
        text,
        size=size,
        color=colour,
        weight="bold",
        ha="center",
        va="center_baseline",
        zorder=6,
    )


@cache
def outline(shape: str) -> Path:
    """Return the outline of a symbol in a box from -10 to 10, y upwards."""
    return svg_path(SHAPES[shape])


def svg_path(text: str) -> Path:
    """Return an SVG path, with absolute M, L, H, V, C, A and Z, turned upside down.

    Examples
    --------
    >>> svg_path("M0-1H2V3Z").vertices.tolist()
    [[0.0, 1.0], [2.0, 1.0], [2.0, -3.0], [0.0, 1.0]]
    """
    here: Point = (0.0, 0.0)
    start = here
    vertices: list[Point] = []
    codes: list[int] = []
    for command, numbers in _commands(text):
        if command == "Z":
            steps: list[Step] = [([start], Path.CLOSEPOLY)]
        else:
            steps = list(_steps(command, numbers, here))
        for points, code in steps:
            vertices += points
            codes += [code] * len(points)
            here = points[-1]
        if command == "M":
            start = here
    return Path([(x, -y if y else 0.0) for x, y in vertices], codes)


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    tokens = _TOKEN.findall(text)
    command = ""
    while tokens:
        if tokens[0].isalpha():
            command = tokens.pop(0)
            if command == "Z":
                yield command, []
                continue
        count = _COUNTS[command]
        yield command, [float(token) for token in tokens[:count]]
        tokens = tokens[count:]
        # Pairs that follow a move are lines.
        command = "L" if command == "M" else command


def _steps(command: str, numbers: list[float], here: Point) -> Iterator[Step]:
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    if command == "M":
        yield pairs, Path.MOVETO
    elif command == "L":
        yield pairs, Path.LINETO
    elif command == "H":
        yield [(numbers[0], here[1])], Path.LINETO
    elif command == "V":
        yield [(here[0], numbers[0])], Path.LINETO
    elif command == "C":
        yield pairs, Path.CURVE4
    else:
        yield from _arc(here, numbers)


def _arc(here: Point, numbers: list[float]) -> Iterator[Step]:
    """Yield a quarter at most of an unrotated elliptic arc as a curve each.

    Source: SVG 2, appendix B.2, conversion from endpoint to centre parameters.
    """
    rx, ry, _, large, sweep, x, y = numbers
    dx, dy = (here[0] - x) / 2 / rx, (here[1] - y) / 2 / ry
    grown = max(1.0, math.hypot(dx, dy))
    rx, ry, dx, dy = rx * grown, ry * grown, dx / grown, dy / grown
    square = dx * dx + dy * dy
    root = math.sqrt(max(0.0, 1 - square) / square) * (-1 if large == sweep else 1)
    cx, cy = root * dy, -root * dx
    start = math.atan2(dy - cy, dx - cx)
    turn = math.atan2(-dy - cy, -dx - cx) - start
    turn += 2 * math.pi * ((sweep and turn <= 0) - (not sweep and turn >= 0))
    centre = (cx * rx + (here[0] + x) / 2, cy * ry + (here[1] + y) / 2)
    count = math.ceil(abs(turn) / (math.pi / 2) - 1e-9)
    for part in range(count):
        a, b = (start + turn * end / count for end in (part, part + 1))
        pull = 4 / 3 * math.tan((b - a) / 4)
        unit = (
            (math.cos(a) - pull * math.sin(a), math.sin(a) + pull * math.cos(a)),
            (math.cos(b) + pull * math.sin(b), math.sin(b) - pull * math.cos(b)),
            (math.cos(b), math.sin(b)),
        )
        yield [(centre[0] + rx * u, centre[1] + ry * v) for u, v in unit], Path.CURVE4
