"""The districts and quarters of cities, by which reports say where in a city something was hit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geoconflict.files.sheets import own_rows

_CITY_PARTS = Path(__file__).with_name("city_parts.csv")


@dataclass(frozen=True)
class CityPart:
    """A district or quarter: its city by name and first-level unit, and its own names.

    ``kind`` is ``district``, whose names are adjectives, or ``quarter``. ``source`` says which of
    them the codifier of Ukraine has, and which were not checked.
    """

    city: str
    admin1: str
    kind: str
    names: tuple[str, ...]
    source: str


@cache
def city_parts() -> tuple[CityPart, ...]:
    """Return the known districts and quarters of the cities of the theatre.

    Examples
    --------
    >>> sorted(part.city for part in city_parts() if "Хортицький" in part.names)
    ['Zaporizhzhia']
    """
    rows = own_rows(_CITY_PARTS)
    return tuple(
        CityPart(
            row["city"],
            row["admin1"],
            row["kind"],
            tuple(filter(None, (row["uk"], row["ru"]))),
            row["source"],
        )
        for row in rows
    )
