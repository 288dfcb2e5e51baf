"""Units: what they measure, how one converts to another, and how a number is shown."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from geoconflict.errors import QuantityError

if TYPE_CHECKING:
    from pint import UnitRegistry

_PHYSICAL = {
    "km": "kilometer",
    "m": "meter",
    "mi": "mile",
    "nmi": "nautical_mile",
    "km2": "kilometer ** 2",
    "m2": "meter ** 2",
    "mi2": "mile ** 2",
    "ha": "hectare",
    "m3": "meter ** 3",
    "t": "metric_ton",
    "tonnes": "metric_ton",
    "percent": "percent",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "h": "hour",
}


_DIMENSIONS = {
    **dict.fromkeys(("km", "m", "mi", "nmi"), "length"),
    **dict.fromkeys(("km2", "m2", "mi2", "ha"), "area"),
    **dict.fromkeys(("day", "week", "month", "year", "h"), "time"),
    **dict.fromkeys(("t", "tonnes"), "mass"),
    "m3": "volume",
    "percent": "share",
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


@cache
def _registry() -> UnitRegistry[float]:
    from pint import UnitRegistry

    return UnitRegistry()


def dimension(unit: str) -> str:
    """Return what a unit measures: ``length``, ``area``, ``count`` and so on.

    ``length/day`` and the like for a rate; any word that is no physical unit counts things.
    """
    return "/".join(_DIMENSIONS.get(part, "count") for part in unit.split("/"))


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
    if _counted(unit) != _counted(to):
        message = f"{unit!r} and {to!r} do not measure the same thing"
        raise QuantityError(message)
    from pint import DimensionalityError

    try:
        return float(_registry().Quantity(value, _expression(unit)).to(_expression(to)).magnitude)
    except DimensionalityError as error:
        message = f"{unit!r} and {to!r} do not measure the same thing"
        raise QuantityError(message) from error


def _counted(unit: str) -> list[str]:
    return [part if part not in _PHYSICAL else "" for part in unit.split("/")]


def _expression(unit: str) -> str:
    return " / ".join(_PHYSICAL.get(part, "dimensionless") for part in unit.split("/"))


def format_number(value: float) -> str:
    """Return a number with thousands separated and no more digits than it carries."""
    if not math.isfinite(value):
        return str(value)
    digits = 0 if abs(value) >= 1000 or float(value).is_integer() else 1 if abs(value) >= 10 else 2
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
