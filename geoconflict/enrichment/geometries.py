"""Points in columns of Arrow: from WKB, numbers or text, and to WKB as GeoParquet wants it."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geoconflict.enrichment.plan import Plan
from geoconflict.errors import DateError, EnrichError
from geoconflict.geodesy import Floats
from geoconflict.importers.datewords import read_day

Days = npt.NDArray[np.datetime64]
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


def points_of(table: pa.Table, plan: Plan, geometry: str) -> Floats:
    """Return lon and lat of each row, shape (n, 2); NaN where they are missing or no position."""
    if geometry:
        shapes = shapely.from_wkb(table[geometry].to_numpy(zero_copy_only=False))
        points = np.column_stack((shapely.get_x(shapes), shapely.get_y(shapes)))
    else:
        points = np.column_stack([_floats(table[name]) for name in (plan.lon, plan.lat)])
    with np.errstate(invalid="ignore"):
        wrong = ~(np.abs(points) <= (180.0, 90.0)).all(axis=1)
    # (0, 0) is in the Atlantic, and what software writes for no position.
    wrong |= (points == 0.0).all(axis=1)
    points[wrong] = np.nan
    return points


def days_of(table: pa.Table, plan: Plan) -> Days | None:
    """Return the day of each row, NaT where it cannot be read; None where no column has it."""
    if not plan.date:
        return None
    column = table[plan.date].combine_chunks()
    if pa.types.is_temporal(column.type):
        days = pc.cast(column, pa.date32(), safe=False)
        stated: Days = days.to_numpy(zero_copy_only=False).astype("datetime64[D]")
        return stated
    texts = pc.dictionary_encode(pc.cast(column, pa.string()))
    values = [_day(text) for text in texts.dictionary.to_pylist()]
    known: Days = np.array([*values, None], dtype="datetime64[D]")
    found: Days = known[pc.fill_null(texts.indices, len(values)).to_numpy(zero_copy_only=False)]
    return found


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


def _floats(column: pa.ChunkedArray) -> Floats:
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = _numbers(column)
    values = pc.cast(column, pa.float64(), safe=False)
    found: Floats = pc.fill_null(values, np.nan).to_numpy()
    return found.astype(float)


def _numbers(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return texts that are numbers, the rest null; decimal commas are read."""
    texts = pc.replace_substring(pc.utf8_trim_whitespace(column), ",", ".")
    is_number = pc.match_substring_regex(texts, r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$")
    kept = pc.if_else(is_number, texts, pa.scalar(None, texts.type))
    return pc.cast(kept, pa.float64())


@lru_cache(maxsize=65_536)
def _day(text: str) -> dt.date | None:
    try:
        return read_day(text)
    except DateError:
        return None
