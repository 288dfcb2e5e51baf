"""The marks of a map: each event's symbol, or a ring for several that would cover each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Circle, PathPatch, Wedge
from matplotlib.transforms import Affine2D

from geoconflict.look.colours import INK, STATUS_COLOURS
from geoconflict.measuring.geodesy import Floats
from geoconflict.plots.outlines import outline
from geoconflict.plots.symbols import COLOURS, fill_of, ink_on, shape_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RADIUS, NUMBERED, HALO = 5.6, 9.0, 3.4
# Symbols nearer to each other than this would cover each other.
_NEAR = 10.5
# Kinds of position that only say in which area an event was.
_AREAS = frozenset(("admin1", "water", "country"))


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
    return [*exact, *(_moved_off(mark, exact) for mark in vague)]


def _grouped(events: dict[str, list[Any]], rows: Sequence[int], at: Floats) -> list[Mark]:
    groups: list[list[int]] = [[i] for i in range(len(rows))]
    while (pair := _nearest(groups, at, _needs(events, rows, groups))) is not None:
        first, second = pair
        groups[first] += groups.pop(second)
    return [_mark(events, [rows[i] for i in group], at[group]) for group in groups]


def _moved_off(mark: Mark, others: Sequence[Mark]) -> Mark:
    """Return the mark of what was somewhere in an area where it covers no exact one.

    Its own place is only the middle of the area, so that a step aside says nothing false.
    """
    x, y = mark.x, mark.y
    for other in sorted(others, key=lambda one: np.hypot(one.x - x, one.y - y)):
        apart, room = float(np.hypot(x - other.x, y - other.y)), mark.reach + other.reach
        if apart < room:
            east, north = ((x - other.x) / apart, (y - other.y) / apart) if apart else (1.0, 0.0)
            x, y = other.x + east * room, other.y + north * room
    return replace(mark, x=x, y=y)


def _needs(events: dict[str, list[Any]], rows: Sequence[int], groups: list[list[int]]) -> Floats:
    return np.array([_radius(events, [rows[i] for i in group]) for group in groups])


def _nearest(groups: list[list[int]], at: Floats, radii: Floats) -> tuple[int, int] | None:
    """Return the two groups that cover each other most; None where none do."""
    middles = np.array([at[group].mean(axis=0) for group in groups]).reshape(-1, 2)
    apart = np.hypot(*(middles[:, None] - middles[None]).transpose(2, 0, 1))
    room = np.maximum((radii[:, None] + radii[None]) * 0.95, _NEAR)
    excess = np.where(np.triu(np.ones_like(apart), 1) > 0, apart - room, np.inf)
    if not excess.size or excess.min() >= 0:
        return None
    first, second = np.unravel_index(int(excess.argmin()), excess.shape)
    return int(first), int(second)


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
        halo.set(facecolor=(1, 1, 1, 0.6), edgecolor=COLOURS["circle"], linewidth=0.8)
        halo.set_linestyle((0, (2.4, 2.4)))
        axes.add_patch(halo)
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
        axes.add_patch(patch)


def _draw_group(axes: Axes, mark: Mark, statuses: Sequence[str | None]) -> None:
    """Draw a ring with the share of each status, and the number of events inside."""
    axes.add_patch(Circle((mark.x, mark.y), mark.radius + 1, color="white", zorder=5))
    counts = Counter(statuses)
    start = 90.0
    for status in (*STATUS_COLOURS, None):
        turn = 360 * counts[status] / len(statuses)
        if turn:
            ring = Wedge((mark.x, mark.y), mark.radius, start - turn, start, width=3.0, zorder=5)
            ring.set(facecolor=fill_of(status), linewidth=0)
            axes.add_patch(ring)
        start -= turn
    for radius in (mark.radius, mark.radius - 3.0):
        edge = Circle((mark.x, mark.y), radius, fill=False, edgecolor=INK, linewidth=0.6, zorder=5)
        axes.add_patch(edge)
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
