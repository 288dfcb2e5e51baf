"""Cells of tables as JSON has them, a column at a time."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

# Five decimals of a degree are about a metre, finer than any position here.
_DECIMALS = 5
_WEB_LINK = re.compile(r"https?://", re.IGNORECASE)


def columns(frame: pd.DataFrame, names: Iterable[str]) -> dict[str, list[Any]]:
    """Return columns of a table as plain lists; one that the table lacks is all None.

    Dates are ISO days, whole numbers whole, other numbers rounded to five decimals, missing
    cells None.
    """
    empty = [None] * len(frame)
    return {name: _column(frame[name]) if name in frame else list(empty) for name in names}


def plain(value: Any) -> Any:  # noqa: ANN401 - a cell of any column
    """Return one cell as JSON has it."""
    if isinstance(value, str | bool):
        return value
    if value is None or pd.isna(value):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    number = float(value)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else round(number, _DECIMALS)


def web_link(value: object) -> str | None:
    """Return a link if it is an http or https one, else None."""
    link = str(value).strip() if isinstance(value, str) else ""
    return link if _WEB_LINK.match(link) else None


def _column(cells: pd.Series[Any]) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(cells):
        days = np.datetime_as_string(cells.to_numpy().astype("datetime64[D]"))
        return [None if day == "NaT" else str(day) for day in days]
    if pd.api.types.is_float_dtype(cells):
        # Python's own rounding, so that a number is the same here as in ``plain``.
        return [_number(value) for value in cells.tolist()]
    return [value if isinstance(value, str) else plain(value) for value in cells.tolist()]


def _number(value: float) -> float | None:
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else round(value, _DECIMALS)
