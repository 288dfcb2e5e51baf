"""Esri's own JSON, as servers of ArcGIS answer, made GeoJSON: attributes, points, rings, paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import shapely
from shapely.errors import ShapelyError

_SHAPES = ("x", "rings", "paths", "points")
# Esri's number for Web Mercator, which is no number of the EPSG's.
_OLD = {102100: 3857, 102113: 3857, 900913: 3857}


def as_geojson(content: Any) -> Any:  # noqa: ANN401 - whatever a JSON text holds
    """Return Esri's JSON as GeoJSON that names its projection; all else as it is.

    Examples
    --------
    >>> point = {"attributes": {"a": 1}, "geometry": {"x": 37.2, "y": 48.3}}
    >>> as_geojson({"features": [point]})["features"][0]["geometry"]
    {'type': 'Point', 'coordinates': [37.2, 48.3]}
    >>> as_geojson([1])
    [1]
    """
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features or not all(map(_is_esri, features)):
        return content
    rows = [
        {
            "type": "Feature",
            "properties": one["attributes"],
            "geometry": _geometry(one.get("geometry")),
        }
        for one in features
    ]
    made = {"type": "FeatureCollection", "features": rows}
    system = _system(content.get("spatialReference"))
    return {**made, "crs": {"type": "name", "properties": {"name": system}}} if system else made


def _is_esri(feature: object) -> bool:
    if not isinstance(feature, dict) or "properties" in feature or "type" in feature:
        return False
    drawn = feature.get("geometry")
    is_drawn = drawn is None or (isinstance(drawn, dict) and any(one in drawn for one in _SHAPES))
    return isinstance(feature.get("attributes"), dict) and is_drawn


def _system(reference: object) -> str:
    """Return the projection that is named, empty where none is or it is in degrees."""
    if not isinstance(reference, dict):
        return ""
    number = reference.get("latestWkid") or reference.get("wkid")
    if isinstance(number, int):
        number = _OLD.get(number, number)
        return "" if number == 4326 else f"EPSG:{number}"
    return str(reference.get("wkt") or "")


def _geometry(drawn: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if drawn is None:
        return None
    if "x" in drawn:
        x, y = drawn.get("x"), drawn.get("y")
        # A point without numbers is one that is not known.
        is_known = all(isinstance(one, int | float) for one in (x, y))
        return {"type": "Point", "coordinates": [x, y]} if is_known else None
    if "rings" in drawn:
        return {"type": "MultiPolygon", "coordinates": _polygons(drawn["rings"])}
    kind = "MultiLineString" if "paths" in drawn else "MultiPoint"
    return {"type": kind, "coordinates": drawn.get("paths", drawn.get("points"))}


def _polygons(rings: Any) -> list[list[Any]]:  # noqa: ANN401 - as it stands in the file
    """Return rings as polygons: those that run clockwise are outer ones, the others are holes.

    What is no ring stays, for the reader to refuse.
    """
    try:
        lines = [shapely.LinearRing([point[:2] for point in ring]) for ring in rings]
    except (ShapelyError, TypeError, ValueError, IndexError, KeyError):
        return [list(rings)] if isinstance(rings, Sequence) else []
    outer = [n for n, line in enumerate(lines) if not line.is_ccw] or list(range(len(lines)))
    polygons = {n: [rings[n]] for n in outer}
    for number in set(range(len(lines))) - set(outer):
        first = shapely.Point(lines[number].coords[0])
        around = [n for n in outer if shapely.Polygon(lines[n]).covers(first)]
        # A hole in nothing is an area that was drawn the other way round.
        smallest = min(around, key=lambda n: shapely.Polygon(lines[n]).area, default=number)
        polygons.setdefault(smallest, []).append(rings[number])
    return list(polygons.values())
