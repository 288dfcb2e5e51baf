"""Exact positions kept out of a page: points moved to a grid, and coordinates out of all texts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from geoconflict.casebooks.records import GROUND_KINDS
from geoconflict.errors import PageOptionError

# Of the mean parallel; the cells need only be the same for everybody, not equal to the metre.
_DEGREE_KM = 111.2
_LEAST_KM, _MOST_KM = 0.5, 200.0
_REMOVED = "[coordinates removed]"
_HEMISPHERE = r"(?:\s*[NSEWСЮЗВПнпш]\b)?"
_DEGREES = rf"[-+−]?\d{{1,3}}[.,]\d{{2,}}(?:\s*°)?{_HEMISPHERE}"
_MINUTES = r"\s*\d{1,2}(?:[.,]\d+)?\s*['′’]"
_SECONDS = r"\s*\d{1,2}(?:[.,]\d+)?\s*(?:''|[\"″”])"
_COORDINATES = re.compile(
    "|".join(
        (
            rf"{_DEGREES}\s*[,;/\s]\s*(?:[NSEW]\s*)?{_DEGREES}",
            rf"\d{{1,3}}\s*°{_MINUTES}(?:{_SECONDS})?{_HEMISPHERE}",
            rf"\d{{1,3}}[.,]\d+\s*°{_HEMISPHERE}",
            r"(?<![\d.,])[-+−]?\d{1,3}[.,]\d{4,}(?!\d)",
            # Plus codes, and the grid of the Universal Transverse Mercator.
            r"\b[2-9CFGHJMPQRVWX]{4,8}\+[2-9CFGHJMPQRVWX]{2,3}\b",
            r"\b\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{2,5}\s?\d{2,5}\b",
        )
    )
)
_LINK_POSITION = re.compile(r"\d{1,3}[.,]\d{3,}|°|[?&/@](?:q|ll|loc|lat|lon|lng|mlat)=[-+\d]")
_KM = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?= (?:km|mi)\b(?! *2))")
_PER_CENT = re.compile(r"(\d+)\.\d+(?= ?%)")
_TIMES = re.compile(r"(\d+\.\d)\d+(?= times)")
_AZIMUTH = re.compile(r" ?\(\d+°\)")
# What is said of a measured claim in words.
_MEASURED = ("measured", "reason")


def blur(data: Mapping[str, Any], km: float) -> dict[str, Any]:
    """Return the data of a page without any exact position.

    Every point is moved to the middle of its cell of a grid that is the same for all pages;
    ``precision_m`` grows by what it can have moved. Coordinates that stand in texts are taken
    out, links that carry some are dropped, and measured distances are given to a cell's size,
    so that they do not tell together what the point no longer tells.

    Parameters
    ----------
    data : mapping
        As ``page_data`` returns it; it is not changed.
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
    if not _LEAST_KM <= km <= _MOST_KM:
        message = f"points cannot be moved to cells of {km:g} km; expected 0.5 to 200"
        raise PageOptionError(message)
    found: dict[str, Any] = _each_text(data, without_coordinates)
    found["info"]["blur_km"] = km
    found["events"] = _events(found["events"], km)
    found["reports"]["url"] = [_link(url) for url in data["reports"]["url"]]
    for key, source in found["sources"].items():
        source["url"] = _link(data["sources"][key]["url"])
    found["claims"] = _claims(found["claims"], km)
    return found


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


def without_coordinates(text: str) -> str:
    """Return a text with every pair of coordinates in it replaced by a note.

    Examples
    --------
    >>> without_coordinates("seen at 48.2822, 37.1818 by day")
    'seen at [coordinates removed] by day'
    """
    return _COORDINATES.sub(_REMOVED, text)


def _events(events: Mapping[str, list[Any]], km: float) -> dict[str, Any]:
    points = [
        (None, None) if lon is None else cell_centre(lon, lat, km)
        for lon, lat in zip(events["lon"], events["lat"], strict=True)
    ]
    moved_m = round(km * 1000 / math.sqrt(2))
    located = zip(events["lon"], events["precision_m"], strict=True)
    return {
        **events,
        "id": [f"event-{row + 1}" if _REMOVED in i else i for row, i in enumerate(events["id"])],
        "lon": [lon for lon, _ in points],
        "lat": [lat for _, lat in points],
        "precision_m": [None if lon is None else (old or 0) + moved_m for lon, old in located],
    }


def _claims(claims: Mapping[str, list[Any]], km: float) -> dict[str, Any]:
    ground = [kind in GROUND_KINDS for kind in claims["kind"]]

    def coarse(text: str) -> str:
        return _coarse(text, km)

    def measured(name: str, change: Callable[[str], str]) -> list[Any]:
        cells = zip(claims[name], ground, strict=True)
        return [_each_text(cell, change) if is_ground else cell for cell, is_ground in cells]

    columns = {name: measured(name, coarse) for name in (*_MEASURED, "notes", "parts")}
    lines = [line and _line(line, km) for line in claims["line"]]
    return {**claims, **columns, "line": lines}


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


def _coarse(text: str, km: float) -> str:
    """Return what is said of a measurement with its numbers no finer than a cell."""
    shorter = _TIMES.sub(r"\1", _PER_CENT.sub(r"\1", _AZIMUTH.sub("", text)))
    return _KM.sub(lambda found: _about(found[1], km), shorter)


def _about(number: str, km: float) -> str:
    return f"about {_to_cells(float(number.replace(',', '')), km):,g}"


def _to_cells(distance_km: float, km: float) -> float:
    """Return a distance as a whole number of cells; one of less than a cell is one cell."""
    return max(1, round(distance_km / km)) * km


def _link(url: str | None) -> str | None:
    return None if url is None or _LINK_POSITION.search(unquote(url)) else url


def _each_text(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - whatever JSON has
    """Return a value with every text in it changed; the keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each_text(part, change) for key, part in value.items()}
    if isinstance(value, list):
        return [_each_text(part, change) for part in value]
    return value
