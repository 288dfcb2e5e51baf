"""What else the places of events are called, so that a search finds them by any name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geoconflict.errors import UnknownPlaceError
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place

_SCRIPTS = ("en", "uk", "ru", "Cyrl")
# Of the many Latin spellings the first are those of the languages around.
_LATIN = 8
# Points as given need no gazetteer, and there may be very many of them.
_LOOKED_UP = frozenset(("facility", "town", "settlement", "admin1"))


def search_names(events: Mapping[str, Sequence[Any]], gazetteer: Gazetteer) -> list[str | None]:
    """Return the names of facility, place and unit of each event in one text, None where none.

    Parameters
    ----------
    events : mapping
        Columns as the page has them; names in English, Ukrainian and Russian, former ones too,
        are told of what the gazetteer has placed, and of units by their code.
    """
    columns = [events[name] for name in ("facility", "place", "country", "admin1")]
    told: dict[tuple[Any, ...], str | None] = {}
    found = []
    for kind, *key in zip(events["position_kind"], *columns, strict=True):
        facility, place, country, unit = key if kind in _LOOKED_UP else (None, None, None, key[3])
        row = (facility, place, country, unit)
        if row not in told:
            told[row] = _text(_places(row, gazetteer))
        found.append(told[row])
    return found


def _places(row: tuple[Any, ...], gazetteer: Gazetteer) -> Iterator[Place]:
    facility, place, country, unit = row
    ids = [f"facility:{facility}"] if facility else []
    ids += [f"iso:{unit}"] if unit else []
    for place_id in ids:
        try:
            yield gazetteer.get(place_id)
        except UnknownPlaceError:
            continue
    if place:
        found = gazetteer.resolve(place, country=country, admin1=unit).place
        if found is not None:
            yield found


def _text(places: Iterator[Place]) -> str | None:
    names = (
        name
        for place in places
        for script in (*_SCRIPTS, "Latn")
        for name in place.names.get(script, ())[: _LATIN if script == "Latn" else None]
    )
    return " ".join(dict.fromkeys(names)) or None
