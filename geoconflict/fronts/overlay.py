"""What only one of two areas covers; quick where the areas share most of their outline.

A source redraws a few stretches of its line from day to day and leaves the rest, vertex by
vertex. The outline of what changed then consists of the edges that the two days do not share,
so that only these have to be overlaid.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

# Beyond this share of edges that differ, all of both areas is overlaid.
_MOST_CHANGED = 0.5
# The change of planar area must come out right to this share of the area, else all is overlaid.
_AREA_ERROR = 1e-12
# Mixes the bits of a number when it is multiplied by it.
_ODD = np.uint64(0x9E3779B97F4A7C15)
_Edges = npt.NDArray[np.float64]


def differences(a: BaseGeometry, b: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    """Return what only ``a`` covers and what only ``b`` covers, as multipolygons.

    Parameters
    ----------
    a, b : BaseGeometry
        Valid polygons or multipolygons in one plane or in lon and lat.
    """
    found = _by_changed_edges(a, b)
    if found is None:
        found = shapely.difference(a, b), shapely.difference(b, a)
    return polygons(found[0]), polygons(found[1])


def _by_changed_edges(a: BaseGeometry, b: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry] | None:
    """Return both differences from the edges that are not shared, None where that fails."""
    edges, shared = _unshared(_edges(a), _edges(b))
    if not shared or len(edges) > _MOST_CHANGED * (len(edges) + 2 * shared):
        return None
    noded = shapely.unary_union(shapely.linestrings(edges))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    xy = shapely.get_coordinates(shapely.point_on_surface(faces))
    in_a, in_b = (_contains(area, xy) for area in (a, b))
    only_a, only_b = (shapely.union_all(faces[mask]) for mask in (in_a & ~in_b, in_b & ~in_a))
    change = shapely.area(only_b) - shapely.area(only_a)
    error = abs(change - (shapely.area(b) - shapely.area(a)))
    return None if error > _AREA_ERROR * max(shapely.area(a), 1.0) * len(xy) else (only_a, only_b)


def _edges(area: BaseGeometry) -> _Edges:
    """Return the edges of all rings, shape (n, 2, 2), the area always on the same side of them.

    An edge that two areas share from opposite sides is therefore not the same in both.
    """
    rings = shapely.get_rings(shapely.get_parts(shapely.normalize(area)))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    edges: _Edges = np.stack((xy[:-1], xy[1:]), axis=1)[ring[:-1] == ring[1:]]
    return edges


def _unshared(a: _Edges, b: _Edges) -> tuple[_Edges, int]:
    """Return the edges that only one of two outlines has, and how many both have."""
    edges = np.concatenate((a, b))
    _, first, count = np.unique(_marks(edges), return_index=True, return_counts=True)
    return edges[first[count == 1]], int((count > 1).sum())


def _marks(edges: _Edges) -> npt.NDArray[np.uint64]:
    """Return a number for each edge; the rare two edges of one number leave the areas wrong.

    Numbers sort ten times as fast as the edges themselves, and wrong areas are noticed.
    """
    bits = (edges + 0.0).reshape(-1, 4).view(np.uint64)
    mark = np.zeros(len(bits), dtype=np.uint64)
    for column in bits.T:
        mark = (mark ^ column) * _ODD
        mark ^= mark >> np.uint64(29)
    return mark


def _contains(area: BaseGeometry, xy: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    shapely.prepare(area)
    inside: npt.NDArray[np.bool_] = shapely.contains_xy(area, xy[:, 0], xy[:, 1])
    return inside


def polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons of an overlay, without the lines and points where outlines touch."""
    parts = [part for part in shapely.get_parts(geometry) if isinstance(part, shapely.Polygon)]
    return shapely.MultiPolygon(parts)
