"""The names on a map in the language of the figure, where the data have them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from geoconflict.errors import EmbeddedDataError, UnknownPlaceError
from geoconflict.files.embedded import embedded_path
from geoconflict.gazetteer.lookup import Gazetteer

if TYPE_CHECKING:
    from geoconflict.casebooks.casebook import Casebook


def event_names(casebook: Casebook, locale: str, *, gazetteer: Gazetteer) -> list[tuple[str, str]]:
    """Return the names of where each event was: the facility or else the place, and the place.

    Both are empty where none is named.

    Parameters
    ----------
    casebook : Casebook
        As ``locate_events`` returns it.
    locale : str
        Where the data have no name in it, the recorded one stands.
    gazetteer : Gazetteer
        Knows the names of facilities and units.
    """
    rows = casebook.events.to_dict("records")
    texts = [{key: cell for key, cell in row.items() if isinstance(cell, str)} for row in rows]
    return [_names(row, locale, gazetteer) for row in texts]


def _names(row: Mapping[str, Any], locale: str, gazetteer: Gazetteer) -> tuple[str, str]:
    place = _place_name(row, locale, gazetteer)
    if "facility" not in row:
        return place, place
    found = _recorded(f"facility:{row['facility']}", locale, gazetteer)
    facility = found or row.get("facility_name", row["facility"])
    return facility, place or facility


def _place_name(known: Mapping[str, Any], locale: str, gazetteer: Gazetteer) -> str:
    if "place" in known:
        is_own = "facility" not in known
        title = known.get("place_title", known["place"]) if is_own else known["place"]
        title = title.partition(" (")[0]
        return city_name(title, locale) or sea_names().get(title, {}).get(locale, title)
    if "admin1" in known:
        return _recorded(f"iso:{known['admin1']}", locale, gazetteer) or known["admin1"]
    return ""


def _recorded(record: str, locale: str, gazetteer: Gazetteer) -> str | None:
    try:
        place = gazetteer.get(record)
    except UnknownPlaceError:
        return None
    return place.name if locale == "en" else next(iter(place.names.get(locale, ())), place.name)


def city_name(name: str, locale: str) -> str | None:
    """Return a city's name in a language by its English one; None where it is not known."""
    return name if locale == "en" else _city_names().get(name, {}).get(f"name_{locale}")


@cache
def _city_names() -> dict[str, dict[str, str]]:
    try:
        path = embedded_path("city_names.csv")
    except EmbeddedDataError:
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["name_en"]: row for row in csv.DictReader(file)}


def cities() -> Iterator[tuple[str, float, float]]:
    """Yield name, lon and lat of cities, the largest first."""
    for row in json.loads(embedded_path("cities.json").read_text("utf-8")):
        yield row["en"], row["lon"], row["lat"]


@cache
def sea_names() -> dict[str, dict[str, str]]:
    """Return the names of waters by language, and ``lon`` and ``lat``, by the English one."""
    with embedded_path("waters.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["name_en"]: {
                **{code: row[f"name_{code}"] for code in ("en", "uk", "ru")},
                "lon": row["lon"],
                "lat": row["lat"],
            }
            for row in csv.DictReader(file)
        }
