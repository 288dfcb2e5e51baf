"""What the places of events are called in a language, where the data have a name in it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from geoconflict.facts import Fact, fact
from geoconflict.files.sheets import own_rows
from geoconflict.look.names import name_of, unit_name
from geoconflict.look.words import Words, words
from geoconflict.theatre import Theatre

if TYPE_CHECKING:
    from geoconflict.casebooks.casebook import Casebook

# Namesakes lie farther apart; the points of one town from two sources do not.
_NEAR_DEG = 0.25


def event_names(casebook: Casebook, language: str) -> list[tuple[str, str]]:
    """Return the names of where each event was: the facility or else the place, and the place.

    Both are empty where none is named.

    Parameters
    ----------
    casebook : Casebook
        As ``locate_events`` returns it.
    language : str
        Where the data have no name in it, the recorded one stands.
    """
    rows = casebook.events.to_dict("records")
    texts = [{key: cell for key, cell in row.items() if isinstance(cell, str)} for row in rows]
    found = [casebook.positions.get(row["id"], fact("not_located")) for row in texts]
    theatre = casebook.gazetteer.theatre
    cities = [_city_name(row, language, theatre) for row in rows]
    cells = zip(texts, found, cities, strict=True)
    return [_names(row, how, words(language), city, theatre) for row, how, city in cells]


def _city_name(row: Mapping[str, Any], language: str, theatre: Theatre) -> str | None:
    """Return what the map's city of an event is called; of namesakes the one near by."""
    point = [row["lon"], row["lat"]]
    for city in _cities(theatre).get(row["place"], ()):
        apart = [abs(city[name] - at) for name, at in zip(("lon", "lat"), point, strict=True)]
        if city.get(language) and max(apart) < _NEAR_DEG:
            return str(city[language])
    return None


def _names(
    row: Mapping[str, str], how: Fact, own: Words, city: str | None, theatre: Theatre
) -> tuple[str, str]:
    located = how.given.get("place")
    found = "" if located is None else name_of(located, own, "short")
    recorded = row.get("place", row.get("admin1", ""))
    named = city or _known(theatre).get(recorded, {}).get(f"name_{own.language}")
    place = named or unit_name(recorded, own.language) or recorded
    if "facility" not in row:
        return (city or found or place,) * 2
    is_it = located is not None and located.kind == "facility"
    facility = found if is_it else row.get("facility_name", row["facility"])
    return facility, place or facility


@cache
def _cities(theatre: Theatre) -> Mapping[str, list[dict[str, Any]]]:
    """Return the cities of the map by their English name."""
    found = defaultdict(list)
    for city in json.loads(theatre.file("cities.json").read_text("utf-8")):
        found[city["en"]].append(city)
    return found


@cache
def _known(theatre: Theatre) -> Mapping[str, Mapping[str, str]]:
    """Return the names of waters and cities by the English one."""
    found = {}
    for name in ("waters.csv", "city_names.csv"):
        found.update({row["name_en"]: row for row in own_rows(theatre.file(name))})
    return found
