"""Reading GeoJSON: daily files, files with a date column, answers of the DeepState interface."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from geoconflict.errors import DateError
from geoconflict.fronts.features import Feature, fault
from geoconflict.fronts.filedates import EXPECTED_DAY, read_day

# Columns that name the side or layer of an area, the most telling first.
NAME_FIELDS = ("side", "status", "layer", "name", "title")
# Columns that hold its day; "start" is UAControlMap's.
DATE_FIELDS = ("date", "datetime", "snapshot_date", "day", "start", "timestamp")
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
    if isinstance(data, list):
        return [feature for answer in data for feature in _features(answer, file)]
    return list(_features(data, file))


def named(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the properties of a feature say that it is."""
    plain = {str(key).casefold(): value for key, value in properties.items()}
    texts = (plain.get(field) for field in NAME_FIELDS)
    return tuple(str(text).replace("\xa0", " ").strip() for text in texts if _is_filled(text))


def dated(properties: Mapping[str, Any], file: str) -> dt.date | None:
    """Return the day that the properties of a feature hold, None where they hold none.

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
                return read_day(value)
            except DateError as error:
                raise fault(file, f"column {column}: {error}", EXPECTED_DAY) from error
    return None


def _is_filled(value: object) -> bool:
    return value is not None and value == value and str(value).strip() not in ("", "NaT")  # noqa: PLR0124 - NaN


def _decoded(content: bytes, file: str) -> Any:  # noqa: ANN401 - whatever the text holds
    if not content.strip():
        raise fault(file, "an empty file", _GEOJSON)
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise fault(file, "bytes that are no UTF-8", _GEOJSON) from error
    except RecursionError as error:
        raise fault(file, "lists nested beyond measure", _GEOJSON) from error
    except json.JSONDecodeError as error:
        what = "a text that is cut off" if error.pos >= len(error.doc.rstrip()) - 1 else error.msg
        found = f"{what} at line {error.lineno}, column {error.colno}"
        raise fault(file, found, _GEOJSON) from error


def _features(data: Any, file: str) -> Iterator[Feature]:  # noqa: ANN401
    if not isinstance(data, dict):
        raise fault(file, f"a {type(data).__name__}", _GEOJSON)
    if isinstance(data.get("map"), dict):
        day = dated({"datetime": data.get("datetime") or data.get("id")}, file)
        for feature in _features(data["map"], file):
            yield Feature(feature.geometry, feature.names, feature.day or day)
        return
    _check_crs(data, file)
    rows = data.get("features") if data.get("type") == "FeatureCollection" else [data]
    if not isinstance(rows, list):
        raise fault(file, "a feature collection without features", _GEOJSON)
    for number, row in enumerate(rows, start=1):
        yield from _feature(row, f"feature {number}", file)


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
    except (ShapelyError, AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        kind = str(geometry.get("type"))[:40]
        raise fault(
            file, f"{which}: a broken {kind} ({error})", "closed rings of lon, lat"
        ) from error
    yield Feature(drawn, named(properties), dated(properties, file))


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


def _check_crs(data: Mapping[str, Any], file: str) -> None:
    crs = data.get("crs")
    name = str((crs.get("properties") or {}).get("name", "")) if isinstance(crs, dict) else ""
    if name and not name.endswith(_LONLAT):
        raise fault(file, f"coordinates in {name}", "longitude and latitude (EPSG:4326)")
