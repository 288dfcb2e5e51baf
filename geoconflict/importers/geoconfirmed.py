"""GeoConfirmed: its KMZ, its CSV with semicolons, and the answers of its API."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from geoconflict.casebooks.ids import digest
from geoconflict.casebooks.records import DateBasis
from geoconflict.importers.drafts import Draft, RowFault, Said
from geoconflict.importers.importing import (
    Imported,
    Paths,
    Source,
    as_paths,
    make_imported,
    read_tables,
    told_as_reader,
)
from geoconflict.importers.meanings import is_of_troops
from geoconflict.importers.notations import read_pair
from geoconflict.importers.placemarks import holds_kml, read_placemarks, shape_doubts
from geoconflict.importers.places import first_number
from geoconflict.importers.precision import precision_m
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.weblinks import find_urls
from geoconflict.lexicon import lexicons
from geoconflict.measuring.datewords import When, find_when

SOURCE = Source(
    id="geoconfirmed",
    title="GeoConfirmed",
    publisher="GeoConfirmed volunteers",
    licence="not stated",
    attribution="Events: GeoConfirmed, geoconfirmed.org; no licence is stated",
    url="https://geoconfirmed.org",
)
# Old JSON has the point as one list, in a flat list of events latitude first.
_PAIRS = ("coordinates", "latlng")
_COLUMNS = (("date",), ("latitude", "la", *_PAIRS), ("longitude", "lo", *_PAIRS))
_PLACED_CSV = ("id", "date", "latitude", "longitude", "la", "lo", "description", *_PAIRS)
_PLACED_KML = ("document", "name", "longitude", "latitude", "text")
# What the column of origins calls positions of units, which stay out.
_NO_EVENTS = ("position", "positions")
_KML = (".kml", ".kmz")


@told_as_reader(
    "map.csv",
    "Date;Name;Faction;Latitude;Longitude;Description;Geolocation\n"
    "20 APR 2024;made up;UA;48.28;37.18;made up;\n",
)
def read_geoconfirmed(paths: Paths) -> Imported:
    """Return the events of GeoConfirmed as a casebook, and an account of every row.

    KMZ, KML, a zip of KML, CSV or JSON files, those of the API too. A placemark that stands in
    several folders is one event; its id is made of its day, point and text. Faction, colour
    and equipment stay in ``extra``: they say whose the equipment is, not who acts.
    """
    given = as_paths(paths)
    marks = [path for path in given if path.suffix.lower() in _KML or holds_kml(path)]
    sheets = [path for path in given if path not in marks]
    tables = [table for path in marks for table in read_placemarks(path)]
    tables += read_tables(sheets, columns=_COLUMNS, format_name="GeoConfirmed") if sheets else []
    return make_imported(SOURCE, tables, read_row=_draft)


def _draft(row: RawRow) -> Draft:
    is_mark = row.file.lower().endswith(_KML)
    doubts = shape_doubts(row) if is_mark else ()
    lat, lon, doubt = _position(row)
    if row.get("origin").casefold() in _NO_EVENTS:
        message = f"where troops are is no event: {row.get('origin')}"
        raise RowFault(message)
    when, _ = find_when(row.get("name") if is_mark else row.get("date", "name"))
    if when.clock and when.clock.time() == dt.time(0):
        # Midnight of Greenwich is what its files write for a day alone.
        when = replace(when, clock=None)
    text = row.get("text" if is_mark else "description")
    told = " ".join(word for word in text.split() if "://" not in word)
    if is_of_troops(told):
        message = f"where troops are is no event: {told}"
        raise RowFault(message)
    links = find_urls(" ".join((row.get("description"), row.get("source"))))
    placed = [link for link in find_urls(row.get("geolocation")) if link not in links]
    return Draft(
        # Ids of placemarks are not kept apart by those who join files.
        key=row.get("id") if not is_mark and row.get("id") else _digest(row, text),
        kind="other",
        days=when.days,
        date_basis=_basis(when, text),
        clocks=(when.clock,) if when.clock else (),
        lon=lon,
        lat=lat,
        precision_m=precision_m("geoconfirmed", ""),
        effects=text,
        status="geolocated",
        said=(
            Said("GeoConfirmed", stance="geolocates"),
            *(Said(_host(link), url=link) for link in links),
            *(Said(_host(link), stance="geolocates", url=link) for link in placed),
        ),
        # A repetition in another folder differs in nothing but the folder.
        joins=is_mark,
        doubts=(*doubts, *([doubt] if doubt else [])),
        placed=_PLACED_KML if is_mark else _PLACED_CSV,
    )


def _host(link: str) -> str:
    return link.partition("://")[2].partition("/")[0]


def _basis(when: When, text: str) -> DateBasis:
    """Return what a day rests on: of a night two days can be meant."""
    is_night = any(one.pattern("days", "overnight", "night").search(text) for one in lexicons())
    return "about" if is_night and when.clock is None else when.basis


def _position(row: RawRow) -> tuple[str, str, str]:
    """Return latitude and longitude as they stand in the row, and a doubt about which is which."""
    lat, lon = row.get("latitude", "la"), row.get("longitude", "lo")
    pair = [part.strip() for part in row.get(*_PAIRS).strip("[]() ").split(",")]
    if lat or len(pair) < 2:
        return lat, lon, ""
    found = read_pair(", ".join(pair[:2]))
    order = first_number([found]) if found else ""
    if order == "lon":
        return pair[1], pair[0], ""
    doubt = "" if order else f"which number is the latitude is not told, the first: {pair[0]}"
    return pair[0], pair[1], doubt


def _digest(row: RawRow, text: str) -> str:
    parts = (row.get("name", "date"), *_position(row)[1::-1], text)
    return digest(parts)
