"""What only one of two areas covers, and of two sources on one day: what both hold for Russian."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.fronts.snapshots import Snapshot
from geoconflict.fronts.sources import find_source
from geoconflict.measuring.geodesy import area_km2

# Beyond this share of edges that differ, all of both areas is overlaid.
_MOST_CHANGED = 0.5
# The change of planar area must come out right to this share of the area, else all is overlaid.
_AREA_ERROR = 1e-12
# Mixes the bits of a number when it is multiplied by it.
_ODD = np.uint64(0x9E3779B97F4A7C15)
_Edges = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Where two sources agree and differ on land held by Russia; geometries in EPSG:4326.

    Parameters
    ----------
    a, b : Snapshot
        Those that were used; their days may differ.
    agreed, only_a, only_b : geometry
        Land that both, or only one of them, hold for Russian.
    """

    a: Snapshot
    b: Snapshot
    agreed: BaseGeometry = field(repr=False)
    only_a: BaseGeometry = field(repr=False)
    only_b: BaseGeometry = field(repr=False)

    @property
    def agreed_km2(self) -> float:
        """Area that both hold for Russian, km2."""
        return area_km2(self.agreed)

    @property
    def only_a_km2(self) -> float:
        """Area that only the first source holds for Russian, km2."""
        return area_km2(self.only_a)

    @property
    def only_b_km2(self) -> float:
        """Area that only the second source holds for Russian, km2."""
        return area_km2(self.only_b)

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be known to compare them: other days, other land counted."""
        notes = []
        if self.a.date != self.b.date:
            notes.append(f"the snapshots are of {self.a.date} and {self.b.date}")
        for one in (self.a, self.b):
            known = find_source(one.source)
            if known is not None and known.scope:
                notes.append(f"{known.title} counts {known.scope}")
        return tuple(dict.fromkeys(notes))

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain types; areas in km2."""
        return {
            "a": {"source": self.a.source, "date": self.a.date.isoformat()},
            "b": {"source": self.b.source, "date": self.b.date.isoformat()},
            "agreed_km2": round(self.agreed_km2, 1),
            "only_a_km2": round(self.only_a_km2, 1),
            "only_b_km2": round(self.only_b_km2, 1),
            "notes": list(self.notes),
        }


def compare(a: Snapshot, b: Snapshot) -> Comparison:
    """Return what two snapshots agree on: the areas held by Russia by both, and by one only."""
    only_a, only_b = differences(a.held, b.held)
    agreed = shapely.intersection(a.held, b.held)
    return Comparison(a, b, polygons(agreed), only_a, only_b)


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
