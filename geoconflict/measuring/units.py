"""Units: what they measure, how one converts to another, and how a number is shown."""

from __future__ import annotations

import math
from itertools import zip_longest

from geoconflict.errors import QuantityError

_MILE_M = 1609.344
# Of crude oil of mean density, as BP's Statistical Review of World Energy converts it.
BARRELS_A_TONNE = 7.33
# What a unit measures, and how many metres, square metres, seconds and so on it is. Miles are the
# international ones of 1959, nautical miles those of 1929; a year is the Julian one.
_UNITS = {
    "m": ("length", 1.0),
    "km": ("length", 1000.0),
    "mi": ("length", _MILE_M),
    "nmi": ("length", 1852.0),
    "m2": ("area", 1.0),
    "ha": ("area", 10_000.0),
    "km2": ("area", 1_000_000.0),
    "mi2": ("area", _MILE_M**2),
    "m3": ("volume", 1.0),
    "t": ("mass", 1.0),
    "tonnes": ("mass", 1.0),
    "barrels": ("mass", 1 / BARRELS_A_TONNE),
    "percent": ("share", 1.0),
    "h": ("time", 3600.0),
    "day": ("time", 86_400.0),
    "week": ("time", 7 * 86_400.0),
    "month": ("time", 365.25 / 12 * 86_400.0),
    "year": ("time", 365.25 * 86_400.0),
}
# How people write these units; a table must use the form on the right.
MISSPELLED = {
    **dict.fromkeys(
        ("KM", "Km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"), "km"
    ),
    **dict.fromkeys(("mile", "miles", "Mi"), "mi"),
    **dict.fromkeys(("metre", "metres", "meter", "meters"), "m"),
    **dict.fromkeys(("km²", "sq km", "sqkm", "km^2", "square kilometres"), "km2"),
    **dict.fromkeys(("mi²", "sq mi", "sq miles", "square miles"), "mi2"),
    **dict.fromkeys(("%", "per cent"), "percent"),
    **dict.fromkeys(("NM", "nm", "nautical miles"), "nmi"),
}


def dimension(unit: str) -> str:
    """Return what a unit measures: ``length``, ``area``, ``count`` and so on.

    ``length/day`` and the like for a rate; any word that is no physical unit counts things.
    """
    return "/".join(_UNITS[part][0] if part in _UNITS else "count" for part in unit.split("/"))


def convert(value: float, unit: str, to: str) -> float:
    """Return a value in another unit of the same dimension.

    Parameters
    ----------
    value : float
        Number in ``unit``.
    unit, to : str
        Units such as ``km``, ``mi``, ``nmi``, ``km2``, ``mi2/day``, ``percent``; any other
        word counts things, such as ``people`` in ``people/day``.

    Raises
    ------
    QuantityError
        The units do not measure the same thing.

    Examples
    --------
    >>> round(convert(18, "km2", "mi2"), 2), round(convert(18, "km", "mi"), 1)
    (6.95, 11.2)
    """
    if unit == to:
        return value
    pairs = list(zip_longest(unit.split("/"), to.split("/"), fillvalue=""))
    if any(_kind(old) != _kind(new) for old, new in pairs):
        message = f"{unit!r} and {to!r} do not measure the same thing"
        raise QuantityError(message)
    (first, wanted), *rates = pairs
    value *= _size(first) / _size(wanted)
    for old, new in rates:
        value *= _size(new) / _size(old)
    return value


def _kind(part: str) -> str:
    """Return what a unit measures; a word that is no unit counts its own things."""
    return _UNITS[part][0] if part in _UNITS else f"number of {part}"


def _size(part: str) -> float:
    return _UNITS[part][1] if part in _UNITS else 1.0


def format_number(value: float) -> str:
    """Return a number with thousands separated and no more digits than it carries."""
    if not math.isfinite(value):
        return str(value)
    digits = 0 if abs(value) >= 1000 or float(value).is_integer() else 1 if abs(value) >= 10 else 2
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
