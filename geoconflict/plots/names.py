"""The names on a map in the language of the figure, where the data have them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from geoconflict.errors import EmbeddedDataError
from geoconflict.facts import Fact, fact
from geoconflict.files.embedded import embedded_path
from geoconflict.look.names import name_of, unit_name
from geoconflict.look.words import Words, words

if TYPE_CHECKING:
    from geoconflict.casebooks.casebook import Casebook


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
    return [_names(row, how, words(language)) for row, how in zip(texts, found, strict=True)]


def _names(row: Mapping[str, str], how: Fact, own: Words) -> tuple[str, str]:
    located = how.given.get("place")
    found = "" if located is None else name_of(located, own, "short")
    place = _recorded(row.get("place", row.get("admin1", "")), own.language)
    if "facility" not in row:
        return (found or place,) * 2
    is_it = located is not None and located.kind == "facility"
    facility = found if is_it else row.get("facility_name", row["facility"])
    return facility, place or facility


def _recorded(name: str, language: str) -> str:
    """Return a recorded name in a language, where it is that of a city, a sea or a unit."""
    own = city_name(name, language) or sea_names().get(name, {}).get(language)
    return own or unit_name(name, language) or name


def city_name(name: str, language: str) -> str | None:
    """Return a city's name in a language by its English one; None where it is not known."""
    return name if language == "en" else _city_names().get(name, {}).get(f"name_{language}")


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
