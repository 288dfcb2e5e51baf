"""Reading GeoJSON: daily files, files with a date column, answers of the DeepState interface."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError
from shapely.geometry import shape

from geoconflict.errors import DateError, SnapshotFileError, SnapshotWarning
from geoconflict.files.esri import as_geojson
from geoconflict.files.reading import reading
from geoconflict.fronts.features import Feature, fault
from geoconflict.fronts.filedates import EXPECTED_DAY, Dated, read_moment

# Columns that name the side or layer of an area, the most telling first.
NAME_FIELDS = ("side", "status", "layer", "name", "title")
# Columns that hold its day; "start" is UAControlMap's.
DATE_FIELDS = (
    *("date", "datetime", "snapshot_date", "snapshot", "map_date", "day", "as_of", "asof"),
    *("actual_on", "valid_on", "valid_at", "start", "timestamp"),
)
_GEOJSON = "GeoJSON, a feature collection of areas"
_LONLAT = ("CRS84", "4326")


def read_geojson(content: bytes, file: str) -> list[Feature]:
    """Return the features of a GeoJSON text, or of one or a list of DeepState's answers.

    Parameters
    ----------
    content : bytes
        UTF-8 text.
    file : str
        Named in errors.

    Raises
    ------
    SnapshotFileError
        It is empty, cut off or no GeoJSON in longitude and latitude, or a date in it cannot
        be read.
    """
    data = _decoded(content, file)
    if isinstance(data, list) and data and not any(map(_has_areas, data)):
        raise fault(file, "a list of days without areas", "the maps of these days")
    if isinstance(data, list):
        return [feature for answer in data for feature in _features(answer, file)]
    return list(_features(data, file))


def in_degrees(geometries: Any, projection: str | None, file: str) -> Any:  # noqa: ANN401 - one or an array
    """Return geometries in lon and lat; where no projection is named they are taken to be so.

    Raises
    ------
    SnapshotFileError
        The projection is not known.
    """
    if not projection:
        return geometries
    try:
        given = CRS.from_user_input(projection)
    except CRSError as error:
        raise fault(file, f"the unknown projection {projection[:60]!r}", "EPSG:4326") from error
    if given.is_geographic:
        return geometries
    swap = Transformer.from_crs(given, "EPSG:4326", always_xy=True)
    flat = shapely.force_2d(geometries)
    return shapely.transform(flat, lambda xy: np.column_stack(swap.transform(*xy.T)))


def _has_areas(answer: object) -> bool:
    """Return whether an item of a list is a map, a feature or a geometry, or no object at all."""
    return not isinstance(answer, dict) or bool({"map", "type", "features"} & set(answer))


def named(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the properties of a feature say that it is."""
    plain = {str(key).casefold(): value for key, value in properties.items()}
    texts = (plain.get(field) for field in NAME_FIELDS)
    return tuple(str(text).replace("\xa0", " ").strip() for text in texts if _is_filled(text))


def described(properties: Mapping[str, Any]) -> dict[str, str]:
    """Return the other properties of a feature as texts, those of one object inside with a dot."""
    texts: dict[str, str] = {}
    for key, value in properties.items():
        if isinstance(value, Mapping):
            texts |= {f"{key}.{name}": str(v) for name, v in value.items() if _is_filled(v)}
        elif str(key).casefold() not in (*NAME_FIELDS, *DATE_FIELDS) and _is_filled(value):
            texts[str(key)] = str(value).replace("\xa0", " ").strip()
    return texts


def dated(properties: Mapping[str, Any], file: str) -> Dated | None:
    """Return the day and time that the properties of a feature hold, None where they hold none.

    Raises
    ------
    SnapshotFileError
        There is a date column that cannot be read.
    """
    plain = {str(key).casefold(): (str(key), value) for key, value in properties.items()}
    for field in DATE_FIELDS:
        column, value = plain.get(field, ("", None))
        if _is_filled(value):
            try:
                return read_moment(value)
            except DateError as error:
                raise fault(file, f"column {column}: {error}", EXPECTED_DAY) from error
    return None


def at(feature: Feature, when: Dated | None) -> Feature:
    """Return a feature of a day and time; where None as it is."""
    return replace(feature, day=when.day, time=when.time, until=when.until) if when else feature


def _is_filled(value: object) -> bool:
    return value is not None and value == value and str(value).strip() not in ("", "NaT")  # noqa: PLR0124 - NaN


def _decoded(content: bytes, file: str) -> Any:  # noqa: ANN401 - whatever the text holds
    if not content.strip():
        raise fault(file, "an empty file", _GEOJSON)
    with reading(file, expected=_GEOJSON, raises=SnapshotFileError):
        return as_geojson(json.loads(content.decode("utf-8-sig")))


def _features(data: Any, file: str) -> Iterator[Feature]:  # noqa: ANN401
    if not isinstance(data, dict):
        raise fault(file, f"a {type(data).__name__}", _GEOJSON)
    if isinstance(data.get("map"), dict):
        when = _answered(data, file)
        for feature in _features(data["map"], file):
            yield feature if feature.day else at(feature, when)
        return
    if "type" not in data and "features" not in data:
        raise fault(file, f"an object with {_keys(data)} and no areas", _GEOJSON)
    projection = _projection(data, file)
    rows = data.get("features") if data.get("type") == "FeatureCollection" else [data]
    if not isinstance(rows, list):
        raise fault(file, "a feature collection without features", _GEOJSON)
    _tell_stamps(rows, file)
    for number, row in enumerate(rows, start=1):
        for feature in _feature(row, f"feature {number}", file):
            yield replace(feature, geometry=in_degrees(feature.geometry, projection, file))


def _tell_stamps(rows: Sequence[Any], file: str) -> None:
    """Tell where a moment that may be of the last change is the only day of areas."""
    held = [row["properties"] for row in rows if isinstance(row, dict) and row.get("properties")]
    dates = [
        {str(name).casefold() for name, value in one.items() if _is_filled(value)} & {*DATE_FIELDS}
        for one in held
        if isinstance(one, dict)
    ]
    if {"timestamp"} in dates:
        message = (
            f"{file}: the day is that of the column timestamp, which may be of the last change"
        )
        warnings.warn(message, SnapshotWarning, stacklevel=3)


def _keys(data: Mapping[str, Any]) -> str:
    return ", ".join(map(repr, list(data)[:5])) or "nothing"


def _answered(data: Mapping[str, Any], file: str) -> Dated | None:
    """Return the moment of an answer of DeepState's: by its time, where that fails by its id."""
    try:
        return dated({"datetime": data.get("datetime") or data.get("id")}, file)
    except SnapshotFileError:
        return dated({"datetime": data.get("id")}, file)


def _feature(row: Any, which: str, file: str) -> Iterator[Feature]:  # noqa: ANN401
    if not isinstance(row, dict):
        raise fault(file, f"{which}: a {type(row).__name__}", _GEOJSON)
    geometry = row.get("geometry") if row.get("type") == "Feature" else row
    if geometry is None:
        return
    properties = row.get("properties") or {}
    if not isinstance(properties, dict) or not isinstance(geometry, dict):
        raise fault(file, f"{which}: no geometry with properties", _GEOJSON)
    try:
        drawn = _areas(geometry) or shape(geometry)
    except (
        ShapelyError,
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
        IndexError,
        OverflowError,
    ) as error:
        kind = str(geometry.get("type"))[:40]
        raise fault(
            file, f"{which}: a broken {kind} ({error})", "closed rings of lon, lat"
        ) from error
    one = Feature(drawn, named(properties), properties=described(properties))
    yield at(one, dated(properties, file))


def _areas(geometry: Mapping[str, Any]) -> shapely.MultiPolygon | None:
    """Return a polygon or multipolygon without heights, None for all else.

    Six times as quick as ``shape``, which looks at each of a hundred thousand numbers.
    """
    kind, nested = geometry.get("type"), geometry.get("coordinates") or []
    if kind not in ("Polygon", "MultiPolygon"):
        return None
    polygons = []
    for rings in [nested] if kind == "Polygon" else nested:
        lines = [shapely.LinearRing(np.array(ring, dtype=float)[:, :2]) for ring in rings]
        polygons.append(shapely.Polygon(lines[0], lines[1:]) if lines else shapely.Polygon())
    return shapely.MultiPolygon(polygons)


def _projection(data: Mapping[str, Any], file: str) -> str:
    """Return the projection that an old GeoJSON names, empty where it is in degrees."""
    crs = data.get("crs")
    inside = crs.get("properties") if isinstance(crs, dict) else None
    name = str(inside.get("name", "")) if isinstance(inside, dict) else ""
    if isinstance(crs, dict) and not name:
        raise fault(file, f"the unknown projection {str(crs)[:60]}", _GEOJSON)
    return "" if name.endswith(_LONLAT) else name
