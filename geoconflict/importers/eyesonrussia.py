"""Eyes on Russia, by the Centre for Information Resilience: GeoJSON in a wrapper, or a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geoconflict.casebooks.ids import digest
from geoconflict.errors import DateError
from geoconflict.importers.columnnames import named_columns
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
from geoconflict.measuring.datewords import When, find_when

_PRESENCE = re.compile(r"military\s+presence", re.IGNORECASE)
# Within a description the day of the event, up to the next name in capitals.
_DATED = re.compile(r"\bDATE:\s*(.{1,60}?)\.?\s*(?=[A-Z][A-Z ]{3,}:|$)")
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
    title, day first, or in the description as ``DATE:``. Each event is placed from images, with
    a report for each link.
    """
    tables = read_tables(paths, columns=(("title", "date"),), format_name="Eyes on Russia")
    return make_imported(SOURCE, tables, read_row=_draft)


def _draft(row: RawRow) -> Draft:
    names = {name: name for name in row.values}
    dated = next((n for n in ("date", *named_columns("date_start", names)) if row.get(n)), "title")
    if not row.get(dated):
        message = "the row has no date"
        raise RowFault(message)
    when, title, doubts = _day(row, dated)
    kinds = re.findall(r'[^"\[\],;]*\w[^"\[\],;]*', row.get("categories", "category"))
    if _PRESENCE.search(title) or (kinds and all(map(_PRESENCE.search, kinds))):
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
        doubts=doubts,
        placed=tuple(
            n for n in ("longitude", "latitude", "lon", "lat", "lng") if place.lon is not None
        ),
    )


def _day(row: RawRow, dated: str) -> tuple[When, str, tuple[str, ...]]:
    """Return the day of a row, the title behind it, and what is doubted of the day.

    A description that tells the day of the event stands before the title, which can be of the post.
    """
    cell = row.get(dated)
    match = _DATED.search(row.get("description"))
    stated = match[1] if match else ""
    told = next((one for one in _tried(stated) if one), None)
    titled = next(_tried(cell))
    if told is None or (titled and titled.days == told.days):
        when, title = find_when(cell, order="dmy")
        is_unread = told is None and any(map(str.isdigit, stated))
        doubt = f"a day in the description that cannot be read: {stated}" if is_unread else ""
        return when, title, (doubt,) if doubt else ()
    title = find_when(cell, order="dmy")[1] if titled else cell
    other = cell[:40] if titled else "a title without a day"
    doubt = f"the day is that of the description, not of the title: {told.days}, not {other}"
    return told, title, (doubt,)


def _tried(text: str) -> Iterator[When | None]:
    """Yield the day that a text, and what stands behind a comma of it, begins with."""
    for part in (text, text.rpartition(",")[2].strip()):
        try:
            yield find_when(part, order="dmy")[0]
        except DateError:
            yield None
