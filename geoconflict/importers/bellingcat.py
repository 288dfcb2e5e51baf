"""Bellingcat's civilian harm in Ukraine: CSV and JSON."""

from __future__ import annotations

import re

from geoconflict.casebooks.records import TargetType
from geoconflict.importers.drafts import Draft, Said
from geoconflict.importers.importing import (
    Imported,
    Paths,
    Source,
    make_imported,
    read_tables,
    told_as_reader,
)
from geoconflict.importers.precision import precision_m
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.weblinks import find_urls
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import read_day
from geoconflict.measuring.dayforms import Order, shown_order

SOURCE = Source(
    id="bellingcat",
    title="Civilian Harm in Ukraine",
    publisher="Bellingcat",
    licence="not stated",
    attribution="Events: Bellingcat, Civilian Harm in Ukraine; no licence is stated",
    url="https://ukraine.bellingcat.com",
)
_COLUMNS = (("id",), ("date",), ("latitude",), ("longitude",))
_PLACED = ("id", "date", "latitude", "longitude", "location", "description")
# As ``key=value``, or as JSON with the key and the value in fields of their own.
_PAIR = re.compile(
    r'(Type of area affected|Weapon System)"?\s*[=:,]\s*(?:"value":\s*)?"?([^,"}\]]+)'
)
_AREAS: dict[str, TargetType] = {
    "Residential": "residential",
    "Administrative": "government",
    "School or childcare": "education",
    "Industrial": "plant",
}


@told_as_reader(
    "harm.csv",
    "id,date,latitude,longitude,description\nCIV1,02/24/2022,50.45,30.52,made up\n",
    more="date_order : str, optional\n    What comes first in 03/01/2025: ``mdy`` or ``dmy``.\n",
)
def read_bellingcat(paths: Paths, *, date_order: Order | None = None) -> Imported:
    """Return Bellingcat's civilian harm events as a casebook, and an account of every row.

    CSV or JSON files. Days are read as month/day/year; where one of them cannot be, those that
    read both ways are set aside unless ``date_order`` says which is meant. Each event is placed
    by Bellingcat from images, with a report for each link. Every row counts as a strike: that is
    what the project records.
    """
    tables = read_tables(paths, columns=_COLUMNS, format_name="Bellingcat civilian harm")
    days = [row.get("date") for table in tables for row in table.rows]
    # A file in which a day stands first anywhere is not as the project hands it out.
    is_odd = any(shown_order([day]) == "dmy" for day in days)
    order: Order | None = date_order or (None if is_odd else "mdy")
    return make_imported(SOURCE, tables, read_row=lambda row: _draft(row, order))


def _draft(row: RawRow, order: Order | None) -> Draft:
    day = read_day(row.get("date"), order=order)
    pairs = dict(_PAIR.findall(row.get("associations", "filters")))
    weapon = pairs.get("Weapon System", "").strip()
    urls = find_urls(row.get("sources"))
    own = Said("Bellingcat", stance="geolocates")
    return Draft(
        key=row.get("id"),
        kind="strike",
        days=DateRange(day, day),
        place=row.get("location"),
        lon=row.get("longitude"),
        lat=row.get("latitude"),
        precision_m=precision_m("bellingcat", ""),
        target_type=_AREAS.get(pairs.get("Type of area affected", "").strip()),
        weapon="" if weapon == "Unknown" else weapon,
        effects=row.get("description"),
        status="geolocated",
        said=(own, *(Said(_account(url), url=url) for url in urls)),
        placed=_PLACED,
    )


def _account(url: str) -> str:
    """Return who published a link: site and account."""
    site, _, path = url.partition("://")[2].partition("/")
    name = path.partition("/")[0].partition("?")[0]
    return f"{site.removeprefix('www.')}/{name}" if name else site.removeprefix("www.")
