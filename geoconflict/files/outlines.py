"""Outlines of countries and units, read without GDAL, so that small commands stay quick."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

# How long the bounds are that stand between the head of a geometry and its WKB, by their kind.
_HEAD_BYTES, _BOUNDS_BYTES = 8, (0, 32, 48, 48, 64)


def read_outlines(path: Path) -> list[tuple[Mapping[str, Any], BaseGeometry]]:
    """Return the features of a file in their order: fields by name, and a prepared geometry.

    Parameters
    ----------
    path : Path
        A GeoPackage of one layer; any other file of one layer is read with GDAL.

    Examples
    --------
    >>> from geoconflict.files.embedded import embedded_path
    >>> fields, outline = read_outlines(embedded_path("borders.gpkg"))[0]
    >>> fields["iso2"], outline.geom_type
    ('UA', 'MultiPolygon')
    """
    rows, wkb = _read_geopackage(path) if path.suffix == ".gpkg" else _read_with_gdal(path)
    geometries = shapely.from_wkb(wkb)
    shapely.prepare(geometries)
    return list(zip(rows, geometries, strict=True))


def _read_geopackage(path: Path) -> tuple[list[dict[str, Any]], list[bytes]]:
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as base:
        base.row_factory = sqlite3.Row
        named = "SELECT table_name, column_name FROM gpkg_geometry_columns"
        table, column = base.execute(named).fetchone()
        quoted = table.replace('"', '""')
        rows = [dict(row) for row in base.execute(f'SELECT * FROM "{quoted}"')]  # noqa: S608
    return rows, [_wkb(row.pop(column)) for row in rows]


def _wkb(geometry: bytes) -> bytes:
    """Return a geometry of a GeoPackage without its head."""
    bounds = geometry[3] >> 1 & 0b111
    return geometry[_HEAD_BYTES + _BOUNDS_BYTES[bounds] :]


def _read_with_gdal(path: Path) -> tuple[list[dict[str, Any]], Any]:
    import pyogrio.raw

    meta, _, wkb, columns = pyogrio.raw.read(path)
    values = zip(*(np.asarray(column).tolist() for column in columns), strict=True)
    return [dict(zip(meta["fields"], row, strict=True)) for row in values], wkb
