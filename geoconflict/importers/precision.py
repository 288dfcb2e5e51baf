"""What the sources' codes of precision mean in metres and days, each with its reason.

A precision is the radius within which the place of the event is taken to be right. Where a
source says no more than "the town" or "the oblast", the radius is that of most such places,
so that a claim measured from the point is not held more exact than the source is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Radius:
    """A radius in metres, what the code means by its source, and why it is this radius."""

    metres: float
    means: str
    reason: str


_EXACT = Radius(200.0, "", "read from images: a building or a street corner")
_TOWN = Radius(5_000.0, "", "the point is the middle of the town; a city of 250,000 reaches 5 km")
_AROUND = Radius(25_000.0, "", "the source says 25 km, or names a town that the event was near")
_DISTRICT = Radius(40_000.0, "", "a district of Ukraine since 2020: 4,400 km2, a disc of 37 km")
_OBLAST = Radius(
    100_000.0, "", "nine tenths of an oblast lie within 101 km of its middle (median of 25)"
)
_COUNTRY = Radius(600_000.0, "", "Ukraine from its middle to its ends, east and west")


def _as(means: str, radius: Radius) -> Radius:
    return Radius(radius.metres, means, radius.reason)


# Each source's codes as they stand in its files, in capitals.
PRECISION: Mapping[str, Mapping[str, Radius]] = {
    "acled": {
        "1": _as("the town itself", _TOWN),
        "2": _as("part of a region, or near a town", _AROUND),
        "3": _as("a larger region", _OBLAST),
    },
    "viina": {
        "STREET": _as("a street or an address", Radius(1_000.0, "", "a street of a town or less")),
        "ADM3": _as("a populated place", _TOWN),
        "ADM2": _as("a district", _DISTRICT),
        "ADM1": _as("an oblast", _OBLAST),
        "ADM0": _as("the country", _COUNTRY),
    },
    "ucdp": {
        "1": _as("an exact place, by UCDP a town as well", _TOWN),
        "2": _as("within about 25 km of a known point", _AROUND),
        "3": _as("a second-order unit", _DISTRICT),
        "4": _as("a first-order unit", _OBLAST),
        "5": _as("a line or a fuzzy area", _OBLAST),
        "6": _as("only the country", _COUNTRY),
        "7": _as("international waters or airspace", _COUNTRY),
    },
    "bellingcat": {
        "": Radius(350.0, "placed from images", "150 m that the publisher obscures, and 200 m")
    },
    "geoconfirmed": {"": _as("placed from images", _EXACT)},
}

# How many days before and after the day given an event can have been.
DAYS: Mapping[str, Mapping[str, int | None]] = {
    # The middle of the week or a day of the month is given; None is the month of that day.
    "acled": {"1": 0, "2": 3, "3": None}
}


def precision_m(source: str, code: str) -> float:
    """Return the radius in metres of a source's code; of an unknown one the coarsest it has."""
    codes = PRECISION[source]
    found = codes.get(code.upper())
    return found.metres if found else max(radius.metres for radius in codes.values())


def unknown_code(source: str, code: str) -> tuple[str, ...]:
    """Return the doubt that a code of precision is none of the source's; empty where it is."""
    if code.upper() in PRECISION[source]:
        return ()
    held = ", ".join(PRECISION[source])
    return (f"a precision that is none of {held}, taken as the coarsest: {code}",)
