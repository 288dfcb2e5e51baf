"""Eyes on Russia, by the Centre for Information Resilience: GeoJSON in a wrapper, or a table."""

from __future__ import annotations

import re

from geoconflict.casebooks.ids import digest
from geoconflict.importers.columns import named_columns
from geoconflict.importers.drafts import Draft, RowFault, Said
from geoconflict.importers.importing import (
    Imported,
    Paths,
    Source,
    make_imported,
    read_tables,
    told_as_reader,
)
from geoconflict.importers.places import pair_position, read_position
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.weblinks import find_urls
from geoconflict.measuring.datewords import find_when

_PRESENCE = re.compile(r"military\s+presence", re.IGNORECASE)
SOURCE = Source(
    id="eyesonrussia",
    title="Eyes on Russia",
    publisher="Centre for Information Resilience",
    licence="not stated",
    attribution="Events: Eyes on Russia, Centre for Information Resilience; no licence is stated",
    url="https://www.info-res.org/eyes-on-russia",
)


@told_as_reader("a.csv", 'title,coordinates\n03/01/2024 fire,"48.28, 37.18"\n')
def read_eyesonrussia(paths: Paths) -> Imported:
    """Return the events of Eyes on Russia as a casebook, and an account of every row.

    JSON with features, or tables with one column of coordinates. The day stands before the
    title, day first. Each event is placed from images, with a report for each link.
    """
    tables = read_tables(paths, columns=(("title", "date"),), format_name="Eyes on Russia")
    return make_imported(SOURCE, tables, read_row=_draft)


def _draft(row: RawRow) -> Draft:
    names = {name: name for name in row.values}
    dated = next((n for n in ("date", *named_columns("date_start", names)) if row.get(n)), "title")
    if not row.get(dated):
        message = "the row has no date"
        raise RowFault(message)
    when, title = find_when(row.get(dated), order="dmy")
    if _PRESENCE.search(title):
        message = "where troops are, and nothing that happened"
        raise RowFault(message)
    text = row.get("description")
    lon, lat = row.get("longitude", "lon", "lng"), row.get("latitude", "lat")
    pair = next((n for n in named_columns("position", names) if row.get(n)), "")
    place = read_position(lon, lat) if lon or not pair else pair_position(row.get(pair), first="")
    links = find_urls(" ".join(v for n, v in row.values.items() if n != pair))
    effects = text.partition("ENTRY:")[2].strip() or text or title
    return Draft(
        key=row.get("id", "entry")
        or digest((row.get("title", dated), lon, lat, row.get(pair), text)),
        kind="other",
        days=when.days,
        date_basis=when.basis,
        clocks=(when.clock,) if when.clock else (),
        lon=lon,
        lat=lat,
        position=place,
        effects=effects,
        status="geolocated",
        said=(
            Said("Centre for Information Resilience", stance="geolocates"),
            *(Said(link.partition("://")[2].partition("/")[0], url=link) for link in links),
        ),
        joins=True,
        placed=tuple(
            n for n in ("longitude", "latitude", "lon", "lat", "lng") if place.lon is not None
        ),
    )
