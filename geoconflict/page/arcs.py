"""Lines and outlines on a grid, cut into arcs of which equal ones are written once."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import UnknownReferenceError
from geoconflict.measuring.borders import UNIT_ACCURACY_M, Borders
from geoconflict.measuring.geodesy import lines_of

Grid = npt.NDArray[np.int64]

# An arc ends where the place of a point says so, on average at every so manieth point. It is
# the place alone that decides, so that a line that changes in one stretch keeps its other arcs.
_CUT = 24
_MIX = (73_856_093, 19_349_663)
# From so many events on they hide each other, and a page can add them up instead.
MANY = 300
_METRES_A_DEGREE = 111_200.0
# Half a kilometre; the outlines themselves are right within three.
_STEP_DEG = 0.005


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

    def add(self, geometry: BaseGeometry) -> list[list[int]]:
        """Return each line or ring of a geometry as the places of its arcs, in order.

        Parameters
        ----------
        geometry : shapely geometry
            Lines or polygons in EPSG:4326, single or multiple; may be empty.
        """
        return [found for line in lines_of(geometry) if (found := self._add(line))]

    def _add(self, line: BaseGeometry) -> list[int]:
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


def unit_data(events: Mapping[str, list[Any]], borders: Borders) -> dict[str, Any]:
    """Return the units that events are known for as a whole, with their outlines.

    Parameters
    ----------
    events : mapping
        Columns of ``page_data``.
    borders : Borders
        Tell the outlines.

    Returns
    -------
    dict
        ``step`` and ``arcs`` as in ``Arcs``, and ``units``: lists of arcs by ISO 3166-2 code. Of
        ``MANY`` events and more also ``of``, the code of each event's unit, None where that
        cannot be told, and ``middles``, lon and lat inside each unit, by code.
    """
    rows = zip(events["position_kind"], events["admin1"], strict=True)
    codes = {code for where, code in rows if where == "admin1" and code}
    of = units_of(events, borders) if len(events["id"]) >= MANY else None
    arcs = Arcs(_STEP_DEG)
    units, middles = {}, {}
    for code in sorted(codes.union(filter(None, of or ()))):
        try:
            outline = borders.unit(code).geometry
        except UnknownReferenceError:
            continue
        units[code] = arcs.add(outline)
        middle = shapely.point_on_surface(outline)
        middles[code] = [round(middle.x, 3), round(middle.y, 3)]
    totals = {} if of is None else {"of": of, "middles": middles}
    return {**arcs.to_dict(), "units": units, **totals}


def units_of(events: Mapping[str, list[Any]], borders: Borders) -> list[str | None]:
    """Return the code of the unit of each event: as recorded, else in which its circle lies.

    None where the event has no position, or lies so near to the next unit that it cannot be told.
    """
    columns = [np.array(events[name], dtype=float) for name in ("lon", "lat", "precision_m")]
    lon, lat, precision_m = columns
    reach_deg = np.fmax(np.nan_to_num(precision_m), UNIT_ACCURACY_M) / _METRES_A_DEGREE
    east_deg = reach_deg / np.cos(np.radians(lat))
    around = [
        borders.locate(np.column_stack([lon + x * east_deg, lat + y * reach_deg]))
        for x, y in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))
    ]
    found = [one[0] if len(set(one)) == 1 else "" for one in zip(*around, strict=True)]
    recorded = events["admin1"]
    return [code or own or None for code, own in zip(recorded, found, strict=True)]
