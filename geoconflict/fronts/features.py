"""Drawn areas as they stand in a file, and their cleaning into one geometry a side."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import Fault, SnapshotFileError, SnapshotWarning
from geoconflict.fronts.sides import LEFT_OUT, RUSSIA, side_of

# Where Ukraine and the ground about it lie: west, south, east, north in degrees.
_REGION = shapely.box(20.0, 43.0, 48.0, 57.0)
_EXPECTED_AREAS = "areas of control as polygons"


@dataclass(frozen=True)
class Feature:
    """One drawn thing: geometry (lon, lat), what it is called, its day where it has its own.

    ``names`` stand from the nearest to the farthest; empty where the file calls it nothing.
    """

    geometry: BaseGeometry
    names: tuple[str, ...] = ()
    day: dt.date | None = None


def fault(file: str, found: str, expected: str) -> SnapshotFileError:
    """Return the error for one file: what was found, what was expected."""
    return SnapshotFileError([Fault(file, 0, "", found, expected)])


def areas_of(
    features: Sequence[Feature], *, file: str, beside: Sequence[str] = ()
) -> Mapping[str, BaseGeometry]:
    """Return the area of each side as one valid polygon or multipolygon, EPSG:4326.

    Parameters
    ----------
    features : sequence of Feature
        Of one day; points and lines among them are left out.
    file : str
        Named in warnings and errors.
    beside : sequence of str
        What else tells the side: the folder, the name of the file.

    Raises
    ------
    SnapshotFileError
        There is no polygon, none of a known side, or they lie outside the region.

    Warns
    -----
    SnapshotWarning
        Invalid rings were repaired, or an area of an unknown name is left out.
    """
    drawn = [(feature, polygons) for feature in features for polygons in [_polygons(feature)]]
    areas = [(feature, polygons) for feature, polygons in drawn if polygons]
    if not areas:
        raise fault(file, _what(features), _EXPECTED_AREAS)
    sides: dict[str, list[shapely.Polygon]] = {}
    for feature, polygons in areas:
        side = _side(feature, beside)
        sides.setdefault(side or "", []).extend(polygons)
    _tell_unknown(areas, file=file, beside=beside)
    known = {side: parts for side, parts in sides.items() if side and side != LEFT_OUT}
    if not known:
        names = ", ".join(sorted({repr(f.names[0][:40]) for f, _ in areas if f.names})[:5])
        raise fault(file, f"only areas called {names}", "areas that are held by a side")
    return {side: _united(parts, file) for side, parts in sorted(known.items())}


def _polygons(feature: Feature) -> list[shapely.Polygon]:
    """Return the polygon parts, collections taken apart and heights dropped."""
    parts: list[BaseGeometry] = [shapely.force_2d(feature.geometry)]
    while any(shapely.get_type_id(parts) > 3):
        parts = list(shapely.get_parts(parts))
    return [p for p in parts if isinstance(p, shapely.Polygon) and not p.is_empty]


def _side(feature: Feature, beside: Sequence[str]) -> str | None:
    side = side_of((*feature.names, *beside))
    return RUSSIA if side is None and not any(feature.names) else side


def _tell_unknown(
    areas: Iterable[tuple[Feature, object]], *, file: str, beside: Sequence[str]
) -> None:
    unknown = {f.names[0] for f, _ in areas if f.names and _side(f, beside) is None}
    for name in sorted(unknown):
        message = f"{file}: the area called {name[:60]!r} is left out: its side is not known"
        warnings.warn(message, SnapshotWarning, stacklevel=2)


def _what(features: Sequence[Feature]) -> str:
    kinds = sorted({feature.geometry.geom_type for feature in features})
    return f"only {', '.join(kinds)} geometries" if kinds else "no areas"


def _united(parts: Sequence[shapely.Polygon], file: str) -> BaseGeometry:
    """Return polygons as one valid multipolygon; a valid one is not touched."""
    _check_position(parts, file)
    whole = shapely.MultiPolygon(list(parts))
    if whole.is_valid:
        return whole
    broken = [part for part in parts if not part.is_valid]
    if broken:
        reason = shapely.is_valid_reason(broken[0])
        message = f"{file}: {len(broken)} invalid ring(s) repaired ({reason})"
        warnings.warn(message, SnapshotWarning, stacklevel=2)
    united = shapely.union_all([shapely.make_valid(part) for part in parts])
    return shapely.MultiPolygon([p for p in shapely.get_parts(united) if p.geom_type == "Polygon"])


def _check_position(parts: Sequence[shapely.Polygon], file: str) -> None:
    box = shapely.box(*shapely.total_bounds(list(parts)))
    if _REGION.intersects(box):
        return
    west, south, east, north = box.bounds
    swapped = _REGION.intersects(shapely.box(south, west, north, east))
    hint = "; latitude and longitude look swapped" if swapped else ""
    found = f"areas between {west:g}, {south:g} and {east:g}, {north:g}"
    raise fault(file, found, f"longitude, latitude in degrees around Ukraine{hint}")
