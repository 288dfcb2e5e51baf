"""Where and when the events of a table were: from columns of WKB, numbers, dates or text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geoconflict.enrichment.measuring import without_impossible
from geoconflict.enrichment.plan import Plan
from geoconflict.errors import DateError, EnrichError
from geoconflict.measuring.datewords import read_day, shown_order
from geoconflict.measuring.dayforms import ORDERS, Order
from geoconflict.measuring.geodesy import Floats

Days = npt.NDArray[np.datetime64]


def points_of(table: pa.Table, plan: Plan, geometry: str) -> Floats:
    """Return lon and lat of each row, shape (n, 2); NaN where they are missing or no position."""
    if geometry:
        shapes = shapely.from_wkb(table[geometry].to_numpy(zero_copy_only=False))
        points = np.column_stack((shapely.get_x(shapes), shapely.get_y(shapes)))
    else:
        points = np.column_stack([_floats(table[name]) for name in (plan.lon, plan.lat)])
    return without_impossible(points)


def days_of(table: pa.Table, plan: Plan) -> Days | None:
    """Return the day of each row, NaT where it cannot be read; None where none is needed.

    Raises
    ------
    EnrichError
        Days with slashes show that they stand in the other order.
    """
    if not plan.date:
        return None
    column = table[plan.date].combine_chunks()
    if pa.types.is_temporal(column.type):
        days = pc.cast(column, pa.date32(), safe=False)
        stated: Days = days.to_numpy(zero_copy_only=False).astype("datetime64[D]")
        return stated
    texts = pc.dictionary_encode(pc.cast(column, pa.string()))
    held = texts.dictionary.to_pylist()
    _check_order(held, plan)
    values = [_day(text, plan.date_order) for text in held]
    known: Days = np.array([*values, None], dtype="datetime64[D]")
    found: Days = known[pc.fill_null(texts.indices, len(values)).to_numpy(zero_copy_only=False)]
    return found


def unreadable(table: pa.Table, plan: Plan, days: Days | None) -> list[int]:
    """Return the rows that state a day which cannot be read, by their numbers from 0."""
    if days is None:
        return []
    column = table[plan.date]
    stated = pc.is_valid(column).to_numpy(zero_copy_only=False)
    return [int(row) for row in np.flatnonzero(stated & np.isnat(days))]


def _check_order(texts: Sequence[str], plan: Plan) -> None:
    """Check that days with slashes do not show the other order than the one they are read in."""
    shown = shown_order(texts)
    if shown and shown != plan.date_order:
        wrong = next(text for text in texts if shown_order([text]))
        message = (
            f"{plan.date}: found {wrong!r}, which is no day when read as {ORDERS[plan.date_order]};"
            f" expected that order, or --date-order {shown}"
        )
        raise EnrichError(message)


def is_text(kind: pa.DataType) -> bool:
    """Return whether a type is one of Arrow's three for text."""
    types = pa.types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _floats(column: pa.ChunkedArray) -> Floats:
    if is_text(column.type):
        column = _numbers(pc.cast(column, pa.string()))
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
def _day(text: str, order: Order) -> dt.date | None:
    try:
        return read_day(text, order=order)
    except DateError:
        return None
