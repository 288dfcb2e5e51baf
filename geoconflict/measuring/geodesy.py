"""Measuring on the WGS84 ellipsoid: distance, azimuth, length, area.

Coordinates are arrays of shape (n, 2): longitude, latitude in degrees (EPSG:4326). Edges of
lines and polygons are geodesics between their vertices. Distances are metres, areas square
metres, azimuths degrees clockwise from north, 0 to 360.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import CoordinateError

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

GEOD = Geod(ellps="WGS84")
# Longitude at which drawings of the world are cut.
_ANTIMERIDIAN = 180.0


class Inverse(NamedTuple):
    """Azimuths at the start and the distance, one value a pair of points."""

    azimuth_deg: Floats
    distance_m: Floats


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
    return np.array([GEOD.geometry_length(as_lines(g)) for g in found], dtype=float)


def _polygon_area(polygon: BaseGeometry) -> float:
    if not isinstance(polygon, shapely.Polygon):
        return 0.0
    outer = _ring_area(polygon.exterior)
    return outer - sum(_ring_area(ring) for ring in polygon.interiors)


def _ring_area(ring: BaseGeometry) -> float:
    xy = shapely.get_coordinates(ring)
    return abs(GEOD.polygon_area_perimeter(xy[:, 0], xy[:, 1])[0])


def as_lines(geometry: BaseGeometry) -> BaseGeometry:
    """Return a geometry, of an area its outline."""
    return outline(geometry) if shapely.get_dimensions(geometry) == 2 else geometry


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
