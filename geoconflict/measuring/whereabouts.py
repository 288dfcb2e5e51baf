"""Which admin-1 unit each of many points lies in, where units are drawn coarser than countries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.measuring.geodesy import as_points

# So far off a shore that is drawn coarsely something still stands on land: about 1 km.
_SHORE_DEG = 0.01
# So far from the border of countries the outlines of units may run beside it.
_BESIDE_DEG = 0.1


def units_at(
    points: npt.ArrayLike,
    *,
    units: Mapping[str, BaseGeometry],
    countries: Mapping[str, BaseGeometry],
) -> list[str]:
    """Return the code of the unit that each point lies in, never one of another country's.

    Parameters
    ----------
    points : array_like, shape (n, 2)
        Lon and lat in degrees; NaN for an unknown position.
    units : mapping of str to geometry
        Polygons in EPSG:4326 by ISO 3166-2 code, in the order of codes.
    countries : mapping of str to geometry
        Polygons in EPSG:4326 by ISO 3166-1 code, finer than those of the units. A point that one
        of them holds lies in its nearest unit, on whichever side the units have it.

    Returns
    -------
    list of str
        One code a point; empty where the point lies in no unit. A quay or a pier just off the
        shore as it is drawn, within 0.01 degrees, lies in the nearest.
    """
    asked = as_points(points)
    known = np.flatnonzero(~np.isnan(asked).any(axis=1))
    shapes = np.asarray(shapely.points(asked[known]), dtype=object)
    codes, outlines = [*units, ""], list(units.values())
    owners = np.array([code.partition("-")[0] for code in codes], dtype=object)
    within = _holding(shapes, outlines)
    off = np.flatnonzero(within < 0)
    within[off] = _nearest(shapes[off], outlines, reach_deg=_SHORE_DEG)
    held = _holding(shapes, list(countries.values()))
    country = np.array([*countries, ""], dtype=object)[held]
    for name in np.unique(country[(country != "") & (country != owners[within])]):
        own = np.flatnonzero(owners[:-1] == name)
        astray = np.flatnonzero((country == name) & (owners[within] != name))
        near = _nearest(shapes[astray], [outlines[k] for k in own], reach_deg=_BESIDE_DEG)
        within[astray] = np.append(own, -1)[near]
    found = np.full(len(asked), -1)
    found[known] = within
    return [codes[number] for number in found]


def _holding(
    shapes: npt.NDArray[np.object_], outlines: Sequence[BaseGeometry]
) -> npt.NDArray[np.int64]:
    """Return the number of the outline that holds each point, the first of several; -1 for none."""
    # The points stand in the tree and the few outlines are asked: 10 times as fast as the reverse.
    number, point = shapely.STRtree(shapes).query(outlines, predicate="intersects")
    found = np.full(len(shapes), -1)
    last_first = np.argsort(-number, kind="stable")
    found[point[last_first]] = number[last_first]
    return found


def _nearest(
    shapes: npt.NDArray[np.object_], outlines: Sequence[BaseGeometry], *, reach_deg: float
) -> npt.NDArray[np.int64]:
    """Return the number of the outline nearest to each point, -1 where none is within reach."""
    found = np.full(len(shapes), -1)
    if not outlines:
        return found
    number, point = shapely.STRtree(shapes).query(outlines, predicate="dwithin", distance=reach_deg)
    gaps = shapely.distance(shapes[point], np.array(outlines, dtype=object)[number])
    nearest_last = np.argsort(-gaps, kind="stable")
    found[point[nearest_last]] = number[nearest_last]
    return found
