"""Exact positions kept out of a page: points moved to a grid, and coordinates out of all texts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from geoconflict.casebooks.coordinates import REMOVED, tells_position, without_coordinates
from geoconflict.casebooks.records import GROUND_KINDS
from geoconflict.claims.verdicts import Check
from geoconflict.errors import PageOptionError
from geoconflict.facts import Amount, Bearing, Fact
from geoconflict.measuring.references import Kind
from geoconflict.measuring.units import convert
from geoconflict.references import Reference

# Of the mean parallel; the cells need only be the same for everybody, not equal to the metre.
_DEGREE_KM = 111.2
_LEAST_KM, _MOST_KM = 0.5, 200.0
# Measured values that together with a coarse distance would give the exact one.
_EXACT_SHARES = ("percent", "times", "ratio")


def blur(data: Mapping[str, Any], km: float) -> dict[str, Any]:
    """Return the data of a page without any exact position.

    Every point is moved to the middle of its cell of a grid that is the same for all pages;
    ``precision_m`` grows by what it can have moved. Coordinates that stand in texts are taken
    out, and links that tell a position are dropped.

    Parameters
    ----------
    data : mapping
        As ``page_data`` returns it of checks that are ``coarse``, so that what was measured
        does not tell together what the point no longer tells; it is not changed.
    km : float
        Size of a cell.

    Returns
    -------
    dict
        Of the same shape, with ``blur_km`` in ``info``.

    Raises
    ------
    PageOptionError
        The size is not between half a kilometre and 200.
    """
    check_cell(km)
    found: dict[str, Any] = _each_text(data, without_coordinates)
    found["info"]["blur_km"] = km
    found["events"] = _events(found["events"], km)
    found["reports"]["url"] = [_link(url) for url in data["reports"]["url"]]
    for key, source in found["sources"].items():
        source["url"] = _link(data["sources"][key]["url"])
    found["claims"]["line"] = [line and _line(line, km) for line in found["claims"]["line"]]
    return found


def check_cell(km: float) -> None:
    """Check the size of a cell.

    Raises
    ------
    PageOptionError
        It is not between half a kilometre and 200.
    """
    if not _LEAST_KM <= km <= _MOST_KM:
        message = f"points cannot be moved to cells of {km:g} km; expected 0.5 to 200"
        raise PageOptionError(message)


def cell_centre(lon: float, lat: float, km: float) -> tuple[float, float]:
    """Return lon and lat, in degrees, of the middle of the cell that a point lies in.

    Rows of cells are ``km`` high; each row has cells that are about ``km`` wide.

    Examples
    --------
    >>> cell_centre(37.1818, 48.2822, 10) == cell_centre(37.19, 48.29, 10)
    True
    """
    height = km / _DEGREE_KM
    middle = min(89.9, (math.floor(lat / height) + 0.5) * height)
    width = height / math.cos(math.radians(middle))
    centre = (math.floor(lon / width) + 0.5) * width
    return round(max(-180.0, min(180.0, centre)), 4), round(middle, 4)


def coarse(check: Check, km: float) -> Check:
    """Return a check whose measured distances and directions are no finer than a cell.

    Parameters
    ----------
    check : Check
        Of any claim; what was stated stays as it is.
    km : float
        Size of a cell.
    """
    if check.claim.kind not in GROUND_KINDS:
        return replace(check, statement=_coarse_fact(check.statement, km))
    parts = tuple(
        replace(
            part,
            why=_coarse_fact(part.why, km),
            found=part.found if part.found is None else _coarse_value(part.found, km),
        )
        for part in check.parts
    )
    readings = tuple(_coarse_fact(reading, km) for reading in check.readings)
    statement = _coarse_fact(check.statement, km)
    return replace(check, statement=statement, parts=parts, readings=readings)


def _coarse_fact(fact: Fact, km: float) -> Fact:
    given = {name: None if name in _EXACT_SHARES else v for name, v in fact.given.items()}
    return Fact(fact.code, given).mapped(lambda value: _coarse_value(value, km))


def _coarse_value(value: Any, km: float) -> Any:  # noqa: ANN401 - a value of a fact
    """Return a value of a fact without what tells an exact position."""
    if isinstance(value, Fact):
        return _coarse_fact(value, km)
    if isinstance(value, Bearing):
        return replace(value, degrees=None)
    if isinstance(value, Reference) and value.kind is Kind.POINT:
        return Fact("hidden_point")
    if not isinstance(value, Amount) or not value.is_measured or value.value is None:
        return value
    cell = convert(km, "km", value.unit)
    doubt = None if value.doubt is None else max(_to_cells(value.doubt, cell), cell)
    return replace(value, value=_to_cells(value.value, cell), doubt=doubt, hedge="about")


def _events(events: Mapping[str, list[Any]], km: float) -> dict[str, Any]:
    points = [
        (None, None) if lon is None else cell_centre(lon, lat, km)
        for lon, lat in zip(events["lon"], events["lat"], strict=True)
    ]
    moved_m = round(km * 1000 / math.sqrt(2))
    located = zip(events["lon"], events["precision_m"], strict=True)
    return {
        **events,
        "id": [f"event-{row + 1}" if REMOVED in i else i for row, i in enumerate(events["id"])],
        "lon": [lon for lon, _ in points],
        "lat": [lat for _, lat in points],
        "precision_m": [None if lon is None else (old or 0) + moved_m for lon, old in located],
    }


def _line(line: Mapping[str, Any], km: float) -> dict[str, Any]:
    return {
        "from": list(_cell(line["from"], km)),
        "to": list(_cell(line["to"], km)),
        "distance_km": _to_cells(line["distance_km"], km),
        "uncertainty_km": round(line["uncertainty_km"] + km, 1),
        "azimuth_deg": None,
    }


def _cell(point: Sequence[float], km: float) -> tuple[float, float]:
    return cell_centre(point[0], point[1], km)


def _to_cells(distance_km: float, km: float) -> float:
    """Return a distance as a whole number of cells; one of less than a cell is one cell."""
    return max(1, round(distance_km / km)) * km


def _link(url: str | None) -> str | None:
    return None if url is None or tells_position(url) else url


def _each_text(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - whatever JSON has
    """Return a value with every text in it changed; the keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each_text(part, change) for key, part in value.items()}
    if isinstance(value, list):
        return [_each_text(part, change) for part in value]
    return value
