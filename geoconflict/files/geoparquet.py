"""What makes Parquet GeoParquet: points as WKB, and what its metadata say of them.

This module needs pyarrow, which is an extra; it is imported where Parquet is read or written.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geoconflict.errors import EnrichError

Floats = npt.NDArray[np.float64]

GEOMETRY = "geometry"
_WKB = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])


def point_column(file: str, schema: pa.Schema) -> str:
    """Return the name of the column of points of a GeoParquet file; empty where it has none.

    Raises
    ------
    EnrichError
        Its geometries are not in lon and lat, or not WKB.
    """
    meta = schema.metadata or {}
    if b"geo" not in meta:
        return ""
    geo = json.loads(meta[b"geo"])
    name = str(geo["primary_column"])
    column = geo["columns"][name]
    if column.get("encoding") != "WKB":
        message = f"{file}: found geometries as {column.get('encoding')}, expected WKB"
        raise EnrichError(message)
    crs = column.get("crs") or {"id": {"authority": "OGC", "code": "CRS84"}}
    known = (crs.get("id", {}).get("authority"), str(crs.get("id", {}).get("code")))
    if known not in (("OGC", "CRS84"), ("EPSG", "4326")):
        message = f"{file}: found coordinates in {crs.get('name', known)}, expected EPSG:4326"
        raise EnrichError(message)
    return name


def wkb_column(points: Floats) -> pa.Array:
    """Return points as WKB; null where they are NaN."""
    raw = np.empty(len(points), _WKB)
    raw["order"], raw["kind"] = 1, 1
    raw["x"], raw["y"] = points.T
    fixed = pa.Array.from_buffers(
        pa.binary(_WKB.itemsize), len(points), [None, pa.py_buffer(raw.tobytes())]
    )
    known = pa.array(~np.isnan(points).any(axis=1))
    return pc.if_else(known, fixed.cast(pa.binary()), pa.scalar(None, pa.binary()))


def bounds(points: Floats) -> list[float] | None:
    """Return west, south, east, north of points that are known, None where none is."""
    known = points[~np.isnan(points).any(axis=1)]
    if not len(known):
        return None
    return [*known.min(axis=0).tolist(), *known.max(axis=0).tolist()]


def geo_metadata(box: list[float] | None) -> bytes:
    """Return what GeoParquet 1.0 says of a file with a column of points in lon and lat."""
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if box:
        column["bbox"] = box
    content = {"version": "1.0.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
    return json.dumps(content).encode("utf-8")
