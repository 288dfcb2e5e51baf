"""The nearest point of a long line, for many points at once, on the WGS84 ellipsoid.

Coordinates, distances and azimuths are as in ``geodesy``.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from pykdtree.kdtree import KDTree
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import GeometryError
from geoconflict.measuring.geodesy import (
    GEOD,
    Bools,
    Floats,
    as_lines,
    as_points,
    inverse,
    to_lonlat,
    to_xyz,
)

_RADIUS_M = 6_371_008.8
# Nodes on a line are at most this far apart; shorter costs memory, longer costs candidates.
_STEP_M = 1000.0
# Points measured at a time, so that memory does not grow with the number of points.
_CHUNK = 65_536
# Normal curvature varies with azimuth by at most 2 / 298.257 on WGS84, so that two points at
# the same geodesic distance s differ in chord by at most twice that times s^3 / (24 R^2).
_CHORD_SPREAD = 2 * 0.0067 / (24 * _RADIUS_M**2)


@dataclass(frozen=True)
class Nearest:
    """The nearest point of a line for each of n points.

    ``point`` has shape (n, 2), lon and lat of the nearest point; ``azimuth_deg`` is taken at
    that point and looks towards the point asked about. NaN where the point asked about is NaN.
    """

    point: Floats
    distance_m: Floats
    azimuth_deg: Floats


class LineIndex:
    """An index of the pieces of a line, for the nearest point of many points at once.

    Nodes at most 1 km apart stand in a KD-tree in earth-centred coordinates. The nearest
    pieces are found by chord; every piece whose chord could still belong to the nearest
    point on the ellipsoid is measured with the geodesic.

    Parameters
    ----------
    geometry : BaseGeometry
        Line or polygon (its boundary counts), lon and lat in degrees.

    Raises
    ------
    GeometryError
        The geometry is empty or has no line in it.
    """

    def __init__(self, geometry: BaseGeometry) -> None:
        parts = shapely.get_parts(as_lines(geometry))
        lonlat, part = shapely.get_coordinates(parts, return_index=True)
        if len(lonlat) < 2 or not np.isfinite(lonlat).all() or not _has_lines(parts):
            message = f"expected a line or polygon to measure to, found {geometry.geom_type}"
            raise GeometryError(message)
        self.nodes, self._linked = _densify(lonlat, part, step_m=_STEP_M)
        self._xyz = to_xyz(self.nodes)
        self._tree = KDTree(self._xyz, leafsize=32)

    def nearest(self, points: npt.ArrayLike) -> Nearest:
        """Return the nearest point of the line, its distance and azimuth for many points.

        Parameters
        ----------
        points : array_like, shape (n, 2)
            Lon and lat in degrees; NaN for an unknown position.

        Returns
        -------
        Nearest
            Arrays of length n; distances in metres on the ellipsoid.

        Raises
        ------
        CoordinateError
            Coordinates that are not on Earth.
        """
        asked = as_points(points)
        found = np.full((len(asked), 4), np.nan)
        known = np.flatnonzero(~np.isnan(asked).any(axis=1))
        # Points that follow a near one are found in the tree half again as fast.
        known = known[np.argsort(_cells(asked[known]), kind="stable")]

        def measure(start: int) -> None:
            chunk = known[start : start + _CHUNK]
            nearest = self._nearest_points(asked[chunk])
            found[chunk] = np.column_stack((nearest, *inverse(nearest, asked[chunk])))

        starts = range(0, len(known), _CHUNK)
        if len(starts) > 1:
            with ThreadPoolExecutor(_threads()) as pool:
                list(pool.map(measure, starts))
        else:
            list(map(measure, starts))
        return Nearest(found[:, :2], found[:, 3], found[:, 2])

    def nodes_between(self, point: npt.ArrayLike, low_m: float, high_m: float) -> Floats:
        """Return the nodes at a distance of one point, shape (n, 2), by chord, a bit too many.

        Chord and geodesic differ by less than one per cent up to 3,000 km.
        """
        chord = np.linalg.norm(self._xyz - to_xyz(as_points(point)), axis=1)
        kept: Floats = self.nodes[(chord >= 0.99 * low_m) & (chord <= high_m)]
        return kept

    def _nearest_points(self, points: Floats) -> Floats:
        xyz = to_xyz(points)
        count = min(2, len(self.nodes))
        distance, node = self._query(xyz, count)
        window = _window_m(distance[:, 0])
        nearest, _ = self._on_pieces(xyz, node[:, 0])
        contested = np.flatnonzero(distance[:, -1] <= window)
        if contested.size and count > 1:
            nearest[contested] = self._settle(points[contested], xyz[contested], window[contested])
        return nearest

    def _query(self, xyz: Floats, count: int) -> tuple[Floats, npt.NDArray[np.intp]]:
        """Return the chords to the nearest nodes of each point, ascending, and the nodes."""
        if len(xyz) == 1:
            # The tree calls all cores together even for one, which takes longer than to look.
            away = self._xyz - xyz[0]
            chord = np.sqrt(np.einsum("ij,ij->i", away, away))
            near = np.argpartition(chord, count - 1)[:count]
            near = near[np.argsort(chord[near], kind="stable")]
            return chord[near][None], near[None]
        distance, node = self._tree.query(xyz, k=count)
        return distance.reshape(len(xyz), -1), node.reshape(len(xyz), -1).astype(np.intp)

    def _settle(self, points: Floats, xyz: Floats, window: Floats) -> Floats:
        """Measure every node within the window of its point, and keep the nearest."""
        row, node = self._within(xyz, window)
        candidate, chord = self._on_pieces(xyz[row], node)
        best = np.full(len(points), np.inf)
        np.minimum.at(best, row, chord)
        close = chord <= best[row] + _chord_spread_m(best[row])
        row, candidate = row[close], candidate[close]
        distance = inverse(candidate, points[row]).distance_m
        order = np.lexsort((candidate[:, 1], candidate[:, 0], distance, row))
        first = order[np.unique(row[order], return_index=True)[1]]
        return candidate[first]

    def _within(self, xyz: Floats, window: Floats) -> tuple[npt.NDArray[np.intp], ...]:
        """Return pairs of point and node that lie within each point's window."""
        rows, nodes = [], []
        open_rows, count = np.arange(len(xyz)), 8
        while open_rows.size:
            count = min(count, len(self.nodes))
            distance, node = self._query(xyz[open_rows], count)
            inside = distance <= window[open_rows, None]
            done = ~inside[:, -1] | (count == len(self.nodes))
            which, column = np.nonzero(inside & done[:, None])
            rows.append(open_rows[which])
            nodes.append(node[which, column])
            open_rows, count = open_rows[~done], count * 4
        return np.concatenate(rows), np.concatenate(nodes)

    def _on_pieces(self, xyz: Floats, node: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
        """Return the nearest point on the two pieces that meet in a node, and its chord."""
        before = np.where((node > 0) & self._linked[node - 1], node - 1, node)
        after = np.where(self._linked[node], np.minimum(node + 1, len(self.nodes) - 1), node)
        share_b, chord_b = self._project(xyz, node, before)
        share_a, chord_a = self._project(xyz, node, after)
        other = np.where(chord_b < chord_a, before, after)
        share = np.where(chord_b < chord_a, share_b, share_a)
        along = share[:, None] * (self._xyz[other] - self._xyz[node])
        return to_lonlat(self._xyz[node] + along), np.minimum(chord_a, chord_b)

    def _project(
        self, xyz: Floats, node: npt.NDArray[np.intp], other: npt.NDArray[np.intp]
    ) -> tuple[Floats, Floats]:
        origin = self._xyz[node]
        along = self._xyz[other] - origin
        away = xyz - origin
        squared = np.einsum("ij,ij->i", along, along)
        dot = np.einsum("ij,ij->i", along, away)
        share = np.clip(np.divide(dot, squared, out=np.zeros_like(dot), where=squared > 0), 0, 1)
        rest = away - share[:, None] * along
        return share, np.sqrt(np.einsum("ij,ij->i", rest, rest))


def _densify(lonlat: Floats, part: npt.NDArray[np.intp], *, step_m: float) -> tuple[Floats, Bools]:
    """Return nodes along geodesic edges, at most ``step_m`` apart.

    Parameters
    ----------
    lonlat : array, shape (n, 2)
        Vertices of all parts, one part after the other.
    part : array, shape (n,)
        The number of the part that each vertex belongs to.
    step_m : float
        Greatest distance of neighbouring nodes in metres.

    Returns
    -------
    nodes : array, shape (m, 2)
    linked : array, shape (m,)
        Whether a node and the one after it are ends of one piece of line.
    """
    same = part[1:] == part[:-1]
    azimuth, length = inverse(lonlat[:-1], lonlat[1:])
    pieces = np.where(same, np.ceil(length / step_m), 1).astype(int).clip(1)
    first = np.repeat(np.arange(len(pieces)), pieces)
    rank = np.arange(len(first)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    offset = length[first] / pieces[first] * rank
    lon, lat, _ = GEOD.fwd(lonlat[first, 0], lonlat[first, 1], azimuth[first], offset)
    nodes = np.column_stack((lon, lat))
    nodes[rank == 0] = lonlat[:-1]
    return np.vstack((nodes, lonlat[-1:])), np.append(same[first], False)


def _threads() -> int:
    """Return on how many cores to work: as the variable says that others heed too, else on all."""
    said = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, int(said)) if said.isdigit() else os.cpu_count() or 1


def _cells(points: Floats) -> npt.NDArray[np.uint32]:
    """Return the cell of a quarter of a degree that each point lies in, numbered along a Z-curve.

    Bits of both coordinates take turns in the number.
    """
    column, row = (np.add(points, (180.0, 90.0)) * 4).astype(np.uint32).T
    cell = np.zeros(len(points), dtype=np.uint32)
    for bit in range(12):
        cell |= (column >> bit & 1) << 2 * bit | (row >> bit & 1) << 2 * bit + 1
    return cell


def _has_lines(parts: npt.NDArray[np.object_]) -> bool:
    return bool((shapely.get_dimensions(parts) == 1).all())


def _chord_spread_m(chord_m: Floats) -> Floats:
    return 0.01 + _CHORD_SPREAD * chord_m**3


def _window_m(chord_m: Floats) -> Floats:
    """Return how far a node may be and still end the piece that holds the nearest point."""
    return np.hypot(chord_m, _STEP_M / 2) + _chord_spread_m(chord_m)
