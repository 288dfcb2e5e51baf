"""GeoJSON: a feature an event, with its reports and claims inside."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.files import table_rows, told_as_writer
from geoconflict.exporters.located import Handed, handed_out
from geoconflict.files.writing import write_whole


@told_as_writer("a.geojson")
def write_geojson(casebook: Casebook, path: str | Path, *, language: str | None = None) -> Path:
    """Write a casebook as GeoJSON (RFC 7946) and return the path.

    An event that is not located has a null geometry. Lists of reports and claims are
    properties of their event; claims that belong to no event stand beside the features, as
    ``claims``.
    """
    features = [_feature(one) for one in handed_out(casebook, language)]
    others = [row for row in table_rows(casebook, "claims") if row["event_id"] is None]
    content = {
        "type": "FeatureCollection",
        "title": casebook.info.title,
        "attribution": list(casebook.info.attribution),
        "features": features,
        "claims": [_without_id(row) for row in others],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, default=_plain, allow_nan=False)
    return write_whole(path, f"{text}\n")


def _feature(one: Handed) -> dict[str, Any]:
    located = one.lon is not None and one.lat is not None
    rest = {name: v for name, v in one.event.items() if name not in ("lon", "lat", "extra")}
    properties = {
        **rest,
        "precision_m": one.precision_m,
        "position": one.position,
        "extra": json.loads(one.event["extra"]) if one.event["extra"] else None,
        "reports": [_without_id(row) for row in one.reports],
        "claims": [_without_id(row) for row in one.claims],
    }
    geometry = {"type": "Point", "coordinates": [one.lon, one.lat]} if located else None
    return {
        "type": "Feature",
        "id": one.event["id"],
        "geometry": geometry,
        "properties": properties,
    }


def _without_id(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a mapping of plain values
    return {k: v for k, v in row.items() if k != "event_id" and v is not None}


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(type(value))
