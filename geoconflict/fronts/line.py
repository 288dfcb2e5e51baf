"""The front line: where the held area meets land of Ukraine that is not held.

The boundary of a held area is for the most part no front: it follows the border with Russia
and the coast, each as the source's own map has it. The line is therefore found from the other
side: the land of Ukraine that is not held is taken, strips of it along border and coast that
are narrower than the source's drawing is exact are taken away, and the line is the part of the
held area's boundary that adjoins what remains.

Hence, with the tolerances of ``geoconflict.fronts.tolerances``:

- Coast, spits and islands carry no line; nor does the border with Russia or Belarus. A bridgehead
  across the border, as in Kharkiv Oblast, has a line on the side of Ukraine only.
- Along the Dnipro and its emptied reservoir the line is where the source draws it, in the river or
  on its bank; it ends west of Kherson, where the river becomes a sea inlet.
- Kinburn and the south shore of the Dnipro-Buh estuary are coast: they face Ochakiv across water,
  so that Ochakiv is farther from the line than from held land.
- Crimea and land held since 2014 count as held wherever the source includes them; no line runs
  between areas that were drawn separately, unless land of more than the gap's width lies between.
- Pockets of free land inside the held area have a line all about; notches narrower than the gap's
  width have none. Where the source has no line, there is none: nothing is filled in.
"""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geoconflict.fronts.tolerances import (
    EDGE_REACH_M,
    EDGE_WIDTH_M,
    GAP_WIDTH_M,
    POCKET_WIDTH_M,
)
from geoconflict.measuring.borders import Borders
from geoconflict.theatre import Theatre

# Corners of widened areas are rounded by chords; these few stay within 2 per cent of the width.
_QUARTER = 4
# Of the home country what is nearer to the held area than this can lie by the line, or tell
# whether land that does is cut off from the rest.
_AROUND_M = 10_000.0


@lru_cache(maxsize=128)
def front_line(held: BaseGeometry, borders: Borders) -> shapely.MultiLineString:
    """Return the front line of a held area: lon and lat in degrees, EPSG:4326.

    Parameters
    ----------
    held : BaseGeometry
        Polygon or multipolygon, lon and lat.
    borders : Borders
        Tell the land of the home country, and the plane of its theatre.

    Returns
    -------
    MultiLineString
        Pieces of the boundary of ``held``, joined end to end; empty where there is no front.
    """
    theatre = borders.theatre
    if held.is_empty:
        return shapely.MultiLineString()
    drawn = to_plane(held, theatre)
    west, south, east, north = shapely.bounds(drawn)
    window = shapely.box(west - _AROUND_M, south - _AROUND_M, east + _AROUND_M, north + _AROUND_M)
    home, inland = (
        shapely.clip_by_rect(land, *window.bounds) for land in (_home(borders), _inland(borders))
    )
    beside = _beside(shapely.difference(home, drawn), inland, edge=window.exterior)
    kept = shapely.intersection(shapely.boundary(drawn), beside)
    lines = [p for p in shapely.get_parts(kept) if isinstance(p, shapely.LineString) and p.length]
    merged = shapely.line_merge(shapely.MultiLineString(lines))
    return shapely.MultiLineString(list(shapely.get_parts(from_plane(merged, theatre))))


def to_plane(geometry: BaseGeometry, theatre: Theatre) -> BaseGeometry:
    """Return a geometry in lon and lat in the plane of a theatre, metres."""
    return shapely.transform(geometry, lambda xy: _project(xy, theatre, "FORWARD"))


def from_plane(geometry: BaseGeometry, theatre: Theatre) -> BaseGeometry:
    """Return a geometry in the plane of a theatre in lon and lat, degrees."""
    return shapely.transform(geometry, lambda xy: _project(xy, theatre, "INVERSE"))


def is_wide(parts: npt.ArrayLike, width_m: float) -> npt.NDArray[np.bool_]:
    """Return for each polygon in the plane whether it is anywhere wider than a width."""
    shrunk = shapely.buffer(np.asarray(parts, dtype=object), -width_m / 2, quad_segs=_QUARTER)
    return ~shapely.is_empty(shrunk)


def _beside(free: BaseGeometry, inland: BaseGeometry, *, edge: BaseGeometry) -> BaseGeometry:
    """Return the zone in which the boundary of a held area is a front, in the plane.

    What reaches the edge of the ground looked at is not cut off from the rest.
    """
    cores = shapely.get_parts(shapely.buffer(free, -EDGE_WIDTH_M / 2, quad_segs=_QUARTER))
    strips = _are_strips(cores, inland) & (shapely.distance(cores, edge) > EDGE_WIDTH_M)
    reach = EDGE_WIDTH_M / 2 + EDGE_REACH_M
    along = shapely.union_all(shapely.buffer(cores[~strips], reach, quad_segs=_QUARTER))
    excluded = shapely.union_all(shapely.buffer(cores[strips], reach, quad_segs=_QUARTER))
    open_land = shapely.intersection(inland, _without_seams(free))
    return shapely.union(along, shapely.difference(open_land, excluded))


def _are_strips(cores: npt.NDArray[np.object_], inland: BaseGeometry) -> npt.NDArray[np.bool_]:
    """Return which free areas are but strips along border or coast, cut off from the rest."""
    narrow = ~is_wide(cores, POCKET_WIDTH_M - EDGE_WIDTH_M)
    return narrow & ~shapely.within(cores, inland)


def _without_seams(free: BaseGeometry) -> BaseGeometry:
    """Return what lies by free land that is wider than a seam between two drawn areas."""
    wide = shapely.buffer(free, -GAP_WIDTH_M / 2, quad_segs=_QUARTER)
    return shapely.buffer(wide, 1.5 * GAP_WIDTH_M, quad_segs=_QUARTER)


def _project(xy: npt.NDArray[np.float64], theatre: Theatre, way: str) -> npt.NDArray[np.float64]:
    return np.column_stack(_transformer(theatre.plane).transform(xy[:, 0], xy[:, 1], direction=way))


@cache
def _transformer(plane: str) -> Transformer:
    return Transformer.from_crs("EPSG:4326", plane, always_xy=True)


@cache
def _home(borders: Borders) -> BaseGeometry:
    return to_plane(borders.home, borders.theatre)


@cache
def _inland(borders: Borders) -> BaseGeometry:
    """Return the home country without the strip along border and coast where drawings differ."""
    inner = shapely.buffer(_home(borders), -EDGE_WIDTH_M, quad_segs=_QUARTER)
    shapely.prepare(inner)
    return inner
