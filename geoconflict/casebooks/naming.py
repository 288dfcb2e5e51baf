"""What the places of events are called in a language, where the data have a name in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from geoconflict.facts import Fact, fact
from geoconflict.files.sheets import own_rows
from geoconflict.look.names import name_of, unit_name
from geoconflict.look.words import Words, words
from geoconflict.theatre import Theatre

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
    known = _known(casebook.gazetteer.theatre)
    pairs = zip(texts, found, strict=True)
    return [_names(row, how, words(language), known) for row, how in pairs]


def _names(
    row: Mapping[str, str], how: Fact, own: Words, known: Mapping[str, Mapping[str, str]]
) -> tuple[str, str]:
    located = how.given.get("place")
    found = "" if located is None else name_of(located, own, "short")
    recorded = row.get("place", row.get("admin1", ""))
    named = known.get(recorded, {}).get(f"name_{own.language}")
    place = named or unit_name(recorded, own.language) or recorded
    if "facility" not in row:
        return (found or place,) * 2
    is_it = located is not None and located.kind == "facility"
    facility = found if is_it else row.get("facility_name", row["facility"])
    return facility, place or facility


@cache
def _known(theatre: Theatre) -> Mapping[str, Mapping[str, str]]:
    """Return the names of waters and cities by the English one."""
    found = {}
    for name in ("waters.csv", "city_names.csv"):
        found.update({row["name_en"]: row for row in own_rows(theatre.file(name))})
    return found
