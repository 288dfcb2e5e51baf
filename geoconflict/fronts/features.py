"""Drawn areas as they stand in a file, and their cleaning into one geometry a side."""

from __future__ import annotations

import datetime as dt
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import Fault, SnapshotFileError, SnapshotWarning
from geoconflict.fronts.doubts import overlap, said_otherwise, strays
from geoconflict.fronts.holders import HOW, Area, holders
from geoconflict.fronts.sides import LEFT_OUT
from geoconflict.theatre.records import Box

# The Earth is not so many metres around.
_METRES = 41e6
_EXPECTED_AREAS = "areas of control as polygons"


@dataclass(frozen=True)
class Feature:
    """One drawn thing: geometry (lon, lat), what it is called, its day where it has its own.

    ``names`` stand from the nearest to the farthest; empty where the file calls it nothing.
    ``properties`` are its other columns as texts, colours and styles among them; ``time`` and
    ``until`` are the first and the last of the day at which it can have been drawn. ``layer`` is
    that of its file, where that has several and its name tells no side.
    """

    geometry: BaseGeometry
    names: tuple[str, ...] = ()
    day: dt.date | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    time: dt.time = dt.time(0)
    until: dt.time = dt.time.max
    layer: str = ""


def fault(file: str, found: str, expected: str) -> SnapshotFileError:
    """Return the error for one file: what was found, what was expected."""
    return SnapshotFileError([Fault(file, 0, "", found, expected)])


def areas_of(
    features: Sequence[Feature],
    *,
    file: str,
    window: Box,
    beside: Sequence[str] = (),
    stated: Mapping[str, str] | None = None,
    keep_going: bool = False,
) -> Mapping[str, BaseGeometry]:
    """Return the area of each side as one valid polygon or multipolygon, EPSG:4326.

    Parameters
    ----------
    features : sequence of Feature
        Of one day; points and lines among them are left out.
    file : str
        Named in warnings and errors.
    window : Box
        Where the ground about the front lies, with which the areas must share some.
    beside : sequence of str
        What else tells the side: the folder, the name of the file.
    stated : mapping, optional
        A user's word for a side by value or ``column=value``, see ``holders``.
    keep_going : bool
        Whether areas whose side is not known are left out with a warning.

    Raises
    ------
    SnapshotFileError
        There is no polygon, the side of one is not known, or they lie outside the region.

    Warns
    -----
    SnapshotWarning
        Invalid rings were repaired; lines, points or an area of an unknown side are left out.
    """
    drawn = [(feature, polygons) for feature in features for polygons in [_polygons(feature)]]
    areas = [(feature, polygons) for feature, polygons in drawn if polygons]
    if not areas:
        raise fault(file, _what(features), _EXPECTED_AREAS)
    kinds = Counter(f.geometry.geom_type for f, polygons in drawn if not polygons)
    leave_out(file, ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())))
    asked = [Area(feature.names, feature.properties) for feature, _ in areas]
    found, unknown = holders(asked, beside=beside, stated=stated)
    sides: dict[str, list[shapely.Polygon]] = {}
    for side, (_, polygons) in zip(found, areas, strict=True):
        sides.setdefault(side or LEFT_OUT, []).extend(polygons)
    known = {side: parts for side, parts in sides.items() if side != LEFT_OUT}
    for told in said_otherwise(asked, found):
        warnings.warn(f"{file}: {told}", SnapshotWarning, stacklevel=2)
    if unknown and not (keep_going and known):
        raise fault(file, unknown, HOW)
    if unknown:
        warnings.warn(f"{file}: {unknown}: left out", SnapshotWarning, stacklevel=2)
    if not known:
        names = ", ".join(sorted({repr(f.names[0][:40]) for f, _ in areas if f.names})[:5])
        raise fault(file, f"only areas called {names}", "areas that are held by a side")
    united = {side: _united(parts, file, window) for side, parts in sorted(known.items())}
    shared = overlap(united)
    if shared:
        warnings.warn(f"{file}: {shared}", SnapshotWarning, stacklevel=2)
    return united


def leave_out(file: str, left: str) -> None:
    """Tell that things that are no areas are left out.

    Warns
    -----
    SnapshotWarning
        There is any.
    """
    if left:
        message = f"{file}: lines and points are no areas, left out: {left}"
        warnings.warn(message, SnapshotWarning, stacklevel=3)


def _polygons(feature: Feature) -> list[shapely.Polygon]:
    """Return the polygon parts, collections taken apart and heights dropped."""
    parts: list[BaseGeometry] = [shapely.force_2d(feature.geometry)]
    while any(shapely.get_type_id(parts) > 3):
        parts = list(shapely.get_parts(parts))
    return [p for p in parts if isinstance(p, shapely.Polygon) and not p.is_empty]


def _what(features: Sequence[Feature]) -> str:
    kinds = sorted({feature.geometry.geom_type for feature in features})
    return f"only {', '.join(kinds)} geometries" if kinds else "no areas"


def _united(parts: Sequence[shapely.Polygon], file: str, window: Box) -> BaseGeometry:
    """Return polygons as one valid multipolygon; a valid one is not touched."""
    _check_position(parts, file, window)
    whole = shapely.MultiPolygon(list(parts))
    if whole.is_valid:
        return _sized(whole, file)
    broken = [part for part in parts if not part.is_valid]
    if broken:
        reason = shapely.is_valid_reason(broken[0])
        message = f"{file}: {len(broken)} invalid ring(s) repaired ({reason})"
        warnings.warn(message, SnapshotWarning, stacklevel=2)
    united = shapely.union_all([shapely.make_valid(part) for part in parts])
    polygons = [p for p in shapely.get_parts(united) if p.geom_type == "Polygon"]
    return _sized(shapely.MultiPolygon(polygons), file)


def _sized(areas: shapely.MultiPolygon, file: str) -> shapely.MultiPolygon:
    """Refuse what has no size, which would count as nothing held."""
    if areas.area > 0.0:
        return areas
    raise fault(file, "areas of no size", _EXPECTED_AREAS)


def _check_strays(parts: Sequence[shapely.Polygon], file: str, window: Box) -> None:
    """Refuse an area away from all others that would be among them the other way round.

    Warns
    -----
    SnapshotWarning
        One lies elsewhere.
    """
    away = strays(parts, window)
    if not away:
        return
    west, south, east, north = shapely.total_bounds(away).tolist()
    found = f"{len(away)} of {len(parts)} areas between {west:g}, {south:g} and {east:g}, {north:g}"
    if shapely.box(*window).intersects(shapely.box(south, west, north, east)):
        expected = "longitude, latitude of each; these look swapped"
        raise fault(file, f"{found}, away from the front", expected)
    warnings.warn(f"{file}: {found}, away from the front, counted", SnapshotWarning, stacklevel=2)


def _check_position(parts: Sequence[shapely.Polygon], file: str, window: Box) -> None:
    if not np.isfinite(shapely.get_coordinates(list(parts))).all():
        raise fault(file, "coordinates that are no numbers (NaN or infinite)", "lon,lat in degrees")
    west, south, east, north = shapely.total_bounds(list(parts)).tolist()
    region = shapely.box(*window)
    on_earth = -180.0 <= west <= east <= 180.0 and -90.0 <= south <= north <= 90.0
    if on_earth and region.intersects(shapely.box(west, south, east, north)):
        _check_strays(parts, file, window)
        return
    told = f"{window.west:g}, {window.south:g} to {window.east:g}, {window.north:g}"
    found = f"areas between {west:g}, {south:g} and {east:g}, {north:g}"
    hint = ""
    if on_earth and region.intersects(shapely.box(south, west, north, east)):
        hint = "; latitude and longitude look swapped"
    elif 180.0 < max(map(abs, (west, south, east, north))) < _METRES:
        hint = "; these look like metres of a projection: say which (crs), or save it in EPSG:4326"
    raise fault(file, found, f"longitude, latitude in degrees about the front, from {told}{hint}")
