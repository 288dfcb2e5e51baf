"""Lines and outlines on a grid, cut into arcs of which equal ones are written once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Grid = npt.NDArray[np.int64]

# An arc ends where the place of a point says so, on average at every so manieth point. It is
# the place alone that decides, so that a line that changes in one stretch keeps its other arcs.
_CUT = 24
_MIX = (73_856_093, 19_349_663)


class Arcs:
    """Arcs gathered from any number of geometries.

    Parameters
    ----------
    step_deg : float
        Width of the grid in degrees. Points are moved to it by half a step at most; those
        that fall together become one, and what is smaller than a step disappears.
    """

    def __init__(self, step_deg: float) -> None:
        self.step_deg = step_deg
        self._places: dict[bytes, int] = {}
        self._arcs: list[list[int]] = []

    def to_dict(self) -> dict[str, Any]:
        """Return ``step`` in degrees and ``arcs``: x, y of the first point, then differences."""
        return {"step": self.step_deg, "arcs": self._arcs}

    def add(self, geometry: shapely.Geometry) -> list[list[int]]:
        """Return each line or ring of a geometry as the places of its arcs, in order.

        Parameters
        ----------
        geometry : shapely geometry
            Lines or polygons in EPSG:4326, single or multiple; may be empty.
        """
        return [found for line in _lines(geometry) if (found := self._add(line))]

    def _add(self, line: shapely.Geometry) -> list[int]:
        points = self._on_grid(shapely.get_coordinates(line))
        is_ring = bool(shapely.is_closed(line))
        if len(points) < (4 if is_ring else 2):
            return []
        cuts = np.flatnonzero((points[:, 0] * _MIX[0] ^ points[:, 1] * _MIX[1]) % _CUT == 0)
        if is_ring:
            start = cuts[0] if len(cuts) else np.lexsort(points[:-1].T)[0]
            points = np.concatenate([points[start:-1], points[: start + 1]])
            cuts = (cuts - start) % (len(points) - 1)
        ends = np.unique([0, *cuts, len(points) - 1])
        return [self._place(points[a : b + 1]) for a, b in pairwise(ends)]

    def _on_grid(self, lonlat: npt.NDArray[np.float64]) -> Grid:
        """Return points as whole steps, without those that repeat the one before."""
        grid: Grid = np.rint(lonlat / self.step_deg).astype(np.int64)
        moved = np.any(np.diff(grid, axis=0), axis=1)
        kept: Grid = grid[np.concatenate([[True], moved])]
        return kept

    def _place(self, points: Grid) -> int:
        key = points.tobytes()
        if key not in self._places:
            self._places[key] = len(self._arcs)
            steps = np.concatenate([points[:1], np.diff(points, axis=0)])
            self._arcs.append(steps.ravel().tolist())
        return self._places[key]


def _lines(geometry: shapely.Geometry) -> Iterable[shapely.Geometry]:
    """Yield the lines of a geometry; a polygon's are its rings."""
    for part in shapely.get_parts(geometry):
        if isinstance(part, shapely.Polygon):
            yield from shapely.get_rings(part)
        elif isinstance(part, shapely.LineString):
            yield part
