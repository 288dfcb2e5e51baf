"""Lines and outlines on a grid, cut into arcs of which equal ones are written once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import UnknownReferenceError
from geoconflict.measuring.borders import UNIT_ACCURACY_M, Borders
from geoconflict.measuring.geodesy import lines_of
from geoconflict.page.packing import coded_table

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
_SIMPLE_DEG = 0.02


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
        self._arcs: list[Grid] = []

    def to_dict(self) -> dict[str, Any]:
        """Return the arcs as ``gathered`` does."""
        return gathered(self._arcs, [self.step_deg] * 2, [0, 0])

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
            self._arcs.append(points)
        return self._places[key]


def gathered(
    arcs: Sequence[Grid], scale: Sequence[float], translate: Sequence[float]
) -> dict[str, Any]:
    """Return arcs as the page reads them.

    Returns
    -------
    dict
        ``lengths``, the number of points of each; ``x`` and ``y``, what each point adds to the
        one before, from arc to arc too; ``scale`` and ``translate``, which make degrees of sums.
    """
    points = np.concatenate([np.empty((0, 2), dtype=np.int64), *arcs])
    steps = np.diff(points, axis=0, prepend=0)
    lengths = np.array([len(arc) for arc in arcs], dtype=np.int64)
    own = {"scale": list(scale), "translate": list(translate)}
    return {"lengths": lengths, "x": steps[:, 0], "y": steps[:, 1], **own}


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
        What ``Arcs`` gives, and ``units``: lists of arcs by ISO 3166-2 code. Of ``MANY`` events
        and more also ``table``, in which ``of`` is the code of each event's unit, None where
        that cannot be told, and ``middles``, lon and lat inside each unit, by code.
    """
    rows = zip(events["position_kind"], events["admin1"], strict=True)
    codes = {code for where, code in rows if where == "admin1" and code}
    of = units_of(events, borders) if len(events["id"]) >= MANY else None
    outlines = {}
    for code in sorted(codes.union(filter(None, of or ()))):
        with suppress(UnknownReferenceError):
            outlines[code] = borders.unit(code).geometry
    arcs = Arcs(_STEP_DEG)
    simple = shapely.coverage_simplify(list(outlines.values()), _SIMPLE_DEG)
    units = {code: arcs.add(one) for code, one in zip(outlines, simple, strict=True)}
    middles = {code: _middle(outline) for code, outline in outlines.items()}
    totals = {} if of is None else {"table": coded_table({"of": of}), "middles": middles}
    return {**arcs.to_dict(), "units": units, **totals}


def _middle(outline: BaseGeometry) -> list[float]:
    point = shapely.point_on_surface(outline)
    return [round(point.x, 3), round(point.y, 3)]


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
