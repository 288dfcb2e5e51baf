"""Measuring on the WGS84 ellipsoid: distance, azimuth, length, area, nearest point on a line.

Coordinates are arrays of shape (n, 2): longitude, latitude in degrees (EPSG:4326). Edges of
lines and polygons are geodesics between their vertices. Distances are metres, areas square
metres, azimuths degrees clockwise from north, 0 to 360.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from pykdtree.kdtree import KDTree
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import CoordinateError, GeometryError

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

GEOD = Geod(ellps="WGS84")
_RADIUS_M = 6_371_008.8
# Nodes on a line are at most this far apart; shorter costs memory, longer costs candidates.
_STEP_M = 1000.0
# Points measured at a time, so that memory does not grow with the number of points.
_CHUNK = 65_536
# Longitude at which drawings of the world are cut.
_ANTIMERIDIAN = 180.0
# Normal curvature varies with azimuth by at most 2 / 298.257 on WGS84, so that two points at
# the same geodesic distance s differ in chord by at most twice that times s^3 / (24 R^2).
_CHORD_SPREAD = 2 * 0.0067 / (24 * _RADIUS_M**2)


class Inverse(NamedTuple):
    """Azimuths at the start and the distance, one value a pair of points."""

    azimuth_deg: Floats
    distance_m: Floats


@dataclass(frozen=True)
class Nearest:
    """The nearest point of a line for each of n points.

    ``point`` has shape (n, 2), lon and lat of the nearest point; ``azimuth_deg`` is taken at
    that point and looks towards the point asked about. NaN where the point asked about is NaN.
    """

    point: Floats
    distance_m: Floats
    azimuth_deg: Floats


def as_points(points: npt.ArrayLike) -> Floats:
    """Return checked coordinates as an array of shape (n, 2), lon and lat in degrees.

    Parameters
    ----------
    points : array_like
        One pair or n pairs of lon, lat; NaN for an unknown position.

    Raises
    ------
    CoordinateError
        The shape is not (n, 2), or a latitude is beyond 90 or a longitude beyond 180 degrees.
    """
    array = np.atleast_2d(np.asarray(points, dtype=np.float64))
    if array.ndim != 2 or array.shape[1] != 2:
        message = f"expected pairs of longitude and latitude, found an array of shape {array.shape}"
        raise CoordinateError(message)
    wrong = (np.abs(array) > (180.0, 90.0)).any(axis=1) | np.isinf(array).any(axis=1)
    if wrong.any():
        lon, lat = array[wrong][0]
        message = (
            f"longitude {lon:g}, latitude {lat:g} is not on Earth: "
            "longitudes run from -180 to 180, latitudes from -90 to 90"
        )
        raise CoordinateError(message)
    return array


def inverse(start: npt.ArrayLike, end: npt.ArrayLike) -> Inverse:
    """Return the geodesic azimuth at the start and the distance between pairs of points.

    Parameters
    ----------
    start, end : array_like
        Coordinates of shape (n, 2) or (1, 2), lon and lat in degrees; they are broadcast.

    Returns
    -------
    Inverse
        ``azimuth_deg`` and ``distance_m``, each of shape (n,).

    Raises
    ------
    CoordinateError
        Coordinates that are not on Earth.

    Examples
    --------
    >>> result = inverse((37.6156, 55.7522), (52.0442, 55.7623))
    >>> round(float(result.distance_m[0]) / 1000), round(float(result.azimuth_deg[0]))
    (904, 84)
    """
    a, b = np.broadcast_arrays(as_points(start), as_points(end))
    azimuth, _, distance = GEOD.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
    return Inverse(np.asarray(azimuth) % 360.0, np.asarray(distance))


def area_m2(geometries: npt.ArrayLike) -> Floats:
    """Return the geodesic area of each polygon or multipolygon in square metres.

    The order of vertices does not matter; holes are subtracted; what has no area gives 0.

    Parameters
    ----------
    geometries : array-like of geometry
        EPSG:4326, lon and lat in degrees; one geometry or many.

    Returns
    -------
    array of float
        Square metres, one a geometry.

    Examples
    --------
    >>> import geoconflict as gc, shapely
    >>> gc.area_m2(shapely.box(30, 50, 31, 51)).round(-6).tolist()
    [7892000000.0]
    """
    found = np.atleast_1d(np.asarray(geometries, dtype=object))
    return np.array([sum(map(_polygon_area, shapely.get_parts(g))) for g in found], dtype=float)


def area_km2(geometry: BaseGeometry) -> float:
    """Return the geodesic area of one geometry in square kilometres, as ``area_m2`` has it."""
    return sum(map(_polygon_area, shapely.get_parts(geometry))) / 1e6


def length_m(geometries: npt.ArrayLike) -> Floats:
    """Return the geodesic length of each line (of a polygon: of its boundary) in metres.

    Parameters
    ----------
    geometries : array-like of geometry
        EPSG:4326, lon and lat in degrees; one geometry or many.

    Returns
    -------
    array of float
        Metres, one a geometry.

    Examples
    --------
    >>> import geoconflict as gc, shapely
    >>> gc.length_m(shapely.LineString([(30, 0), (31, 0)])).round().tolist()
    [111319.0]
    """
    found = np.atleast_1d(np.asarray(geometries, dtype=object))
    return np.array([GEOD.geometry_length(_as_lines(g)) for g in found], dtype=float)


def _polygon_area(polygon: BaseGeometry) -> float:
    if not isinstance(polygon, shapely.Polygon):
        return 0.0
    outer = _ring_area(polygon.exterior)
    return outer - sum(_ring_area(ring) for ring in polygon.interiors)


def _ring_area(ring: BaseGeometry) -> float:
    xy = shapely.get_coordinates(ring)
    return abs(GEOD.polygon_area_perimeter(xy[:, 0], xy[:, 1])[0])


def _as_lines(geometry: BaseGeometry) -> BaseGeometry:
    return outline(geometry) if _is_area(geometry) else geometry


def outline(area: BaseGeometry) -> BaseGeometry:
    """Return the boundary of an area, without the cuts along the antimeridian.

    Russia's land and its Far East units are drawn in two pieces there, which touch.

    Examples
    --------
    >>> outline(shapely.box(170, 60, 180, 70)).wkt
    'LINESTRING (180 70, 170 70, 170 60, 180 60)'
    """
    whole = shapely.boundary(area)
    west, _, east, _ = shapely.bounds(area)
    if west > -_ANTIMERIDIAN and east < _ANTIMERIDIAN:
        return whole
    cuts = shapely.multilinestrings([[(x, -90.0), (x, 90.0)] for x in (-180.0, 180.0)])
    return shapely.line_merge(shapely.difference(whole, cuts))


def lines_of(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the lines of a geometry, whatever it is made of; a polygon's are its rings."""
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            yield from (part.exterior, *part.interiors)
        elif part.geom_type == "LineString":
            yield part
        elif hasattr(part, "geoms"):
            yield from lines_of(part)


def to_xyz(points: Floats) -> Floats:
    """Return earth-centred Cartesian coordinates in metres, shape (n, 3), height 0."""
    lon, lat = np.radians(points).T
    normal = GEOD.a / np.sqrt(1.0 - GEOD.es * np.sin(lat) ** 2)
    return np.column_stack(
        (
            normal * np.cos(lat) * np.cos(lon),
            normal * np.cos(lat) * np.sin(lon),
            normal * (1.0 - GEOD.es) * np.sin(lat),
        )
    )


def to_lonlat(xyz: Floats) -> Floats:
    """Return lon and lat in degrees of points on or just below the ellipsoid, shape (n, 2).

    For chords of 1 km, which lie 2 cm deep, the latitude is right to a nanometre.
    """
    x, y, z = xyz.T
    lat = np.arctan2(z, (1.0 - GEOD.es) * np.hypot(x, y))
    lonlat: Floats = np.degrees(np.column_stack((np.arctan2(y, x), lat)))
    return lonlat


def densify(lonlat: Floats, part: npt.NDArray[np.intp], *, step_m: float) -> tuple[Floats, Bools]:
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
        parts = shapely.get_parts(outline(geometry) if _is_area(geometry) else geometry)
        lonlat, part = shapely.get_coordinates(parts, return_index=True)
        if len(lonlat) < 2 or not np.isfinite(lonlat).all() or not _has_lines(parts):
            message = f"expected a line or polygon to measure to, found {geometry.geom_type}"
            raise GeometryError(message)
        self.nodes, self._linked = densify(lonlat, part, step_m=_STEP_M)
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
        distance, node = self._tree.query(xyz, k=count)
        distance, node = distance.reshape(len(points), -1), node.reshape(len(points), -1)
        window = _window_m(distance[:, 0])
        nearest, _ = self._on_pieces(xyz, node[:, 0].astype(np.intp))
        contested = np.flatnonzero(distance[:, -1] <= window)
        if contested.size and count > 1:
            nearest[contested] = self._settle(points[contested], xyz[contested], window[contested])
        return nearest

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
            distance, node = self._tree.query(xyz[open_rows], k=count)
            distance, node = distance.reshape(len(open_rows), -1), node.reshape(len(open_rows), -1)
            inside = distance <= window[open_rows, None]
            done = ~inside[:, -1] | (count == len(self.nodes))
            which, column = np.nonzero(inside & done[:, None])
            rows.append(open_rows[which])
            nodes.append(node[which, column].astype(np.intp))
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


def _is_area(geometry: BaseGeometry) -> bool:
    return bool(shapely.get_dimensions(geometry) == 2)


def _chord_spread_m(chord_m: Floats) -> Floats:
    return 0.01 + _CHORD_SPREAD * chord_m**3


def _window_m(chord_m: Floats) -> Floats:
    """Return how far a node may be and still end the piece that holds the nearest point."""
    return np.hypot(chord_m, _STEP_M / 2) + _chord_spread_m(chord_m)
