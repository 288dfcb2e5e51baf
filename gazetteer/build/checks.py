"""Measured checks of the finished data files, to be read by whoever rebuilds them."""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Geod, Transformer

from . import admin1, borders
from .border_lines import length_km

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .fetch import Sources

WGS84 = Geod(ellps="WGS84")

# Slivers below this are rounding in the intersection itself.
NO_OVERLAP_KM2 = 1e-6

MOST = 0.5

# Longitude, latitude and the distance to Ukraine's border in kilometres that was found
# before this build was written.
KNOWN_DISTANCES_KM = (
    ("Ryazan", 39.6916, 54.6269, 461.8),
    ("Bryansk", 34.3717, 53.2521, 105.5),
    ("Volgograd", 44.5018, 48.7194, 318.5),
    ("Kazan", 49.1221, 55.7887, 915.4),
    ("Astrakhan", 48.0408, 46.3497, 641.9),
    ("Lyudinovo", 34.448, 53.866, 172.3),
)


def report(folder: Path, sources: Sources) -> Iterator[str]:
    """Yield one line for each thing checked on the finished files.

    Parameters
    ----------
    folder
        Folder of the data files; borders.gpkg, border_lines.gpkg and admin1.gpkg are read.
    sources
        Where the source packages are; the settlements are taken from there.
    """
    countries = gpd.read_file(folder / "borders.gpkg")
    units = gpd.read_file(folder / "admin1.gpkg")
    places = json.loads(sources.read_member("geonames", admin1.PLACES_MEMBER))
    points = admin1.place_points(places)
    yield from _validity("borders.gpkg", countries)
    yield from _validity("admin1.gpkg", units)
    yield from _overlaps(countries)
    yield from _areas(countries)
    yield from _lengths(gpd.read_file(folder / "border_lines.gpkg"))
    yield from _places_in_country(points, countries)
    yield from _places_in_unit(points, units)
    yield from _distances(countries)


def area_km2(geometry: shapely.Geometry) -> float:
    """Return the geodesic area of a (multi)polygon in EPSG:4326."""
    oriented = shapely.orient_polygons(geometry)
    return abs(float(WGS84.geometry_area_perimeter(oriented)[0])) / 1e6


def distance_km(lon: float, lat: float, line: shapely.Geometry) -> float:
    """Return the geodesic distance from a point to the nearest point of a line.

    The azimuthal equidistant projection keeps all distances from its centre, so only
    the bend of a segment between two vertices is left out.

    Parameters
    ----------
    lon, lat
        The point, in degrees.
    line
        Any geometry in EPSG:4326.
    """
    centred = f"+proj=aeqd +lon_0={lon} +lat_0={lat} +ellps=WGS84 +units=m"
    project = Transformer.from_crs("EPSG:4326", centred, always_xy=True).transform
    flat = shapely.transform(line, lambda xy: np.column_stack(project(*xy.T)))
    return float(shapely.distance(shapely.Point(0, 0), flat)) / 1000


def _validity(name: str, table: gpd.GeoDataFrame) -> Iterator[str]:
    """Yield how many geometries are valid."""
    yield f"{name}: {int(table.is_valid.sum())} of {len(table)} geometries valid"


def _overlaps(countries: gpd.GeoDataFrame) -> Iterator[str]:
    """Yield the pairs of countries that overlap, or that none do."""
    pairs = combinations(zip(countries["iso2"], countries["geometry"], strict=True), 2)
    found = [
        f"overlap: {code} and {other}, {common:.6f} km2"
        for (code, one), (other, two) in pairs
        if (common := area_km2(shapely.intersection(one, two))) > NO_OVERLAP_KM2
    ]
    yield from found or ["overlap: none between any two countries"]


def _areas(countries: gpd.GeoDataFrame) -> Iterator[str]:
    """Yield each country's area."""
    for row in countries.itertuples():
        yield f"area: {row.iso2} {area_km2(row.geometry):,.0f} km2"


def _lengths(lines: gpd.GeoDataFrame) -> Iterator[str]:
    """Yield each line's length, its pieces and its accuracy."""
    for row in lines.itertuples():
        pieces = len(shapely.get_parts(row.geometry))
        yield (
            f"length: {row.id} {length_km(row.geometry):,.1f} km in {pieces} pieces,"
            f" accuracy {row.accuracy_m:.0f} m"
        )


def _places_in_country(
    points: gpd.GeoDataFrame,
    countries: gpd.GeoDataFrame,
) -> Iterator[str]:
    """Yield how many settlements lie in another country, or in none, for each."""
    joined = points.sjoin(countries[["iso2", "geometry"]], how="left")
    for code in countries["iso2"]:
        mine = joined[joined["country"] == code]
        wrong = mine[mine["iso2"].notna() & mine["iso2"].ne(code)]
        nowhere = mine[mine["iso2"].isna() & mine.within(shapely.box(*borders.WINDOW))]
        names = ", ".join([*wrong["name"], *nowhere["name"]][:5])
        yield (
            f"places: {code} {len(mine)}, {len(wrong)} in another country,"
            f" {len(nowhere)} in none{': ' if names else ''}{names}"
        )


def _places_in_unit(
    points: gpd.GeoDataFrame,
    units: gpd.GeoDataFrame,
) -> Iterator[str]:
    """Yield the units most of whose settlements have another GeoNames code."""
    joined = points.sjoin(units[["iso_3166_2", "country", "gn_admin1", "geometry"]])
    home = joined[joined["country_left"] == joined["country_right"]]
    right = home["gn_admin1_left"] == home["gn_admin1_right"]
    share = right.groupby(home["iso_3166_2"]).mean()
    for code in ("UA", "RU"):
        of_country = share[share.index.str.startswith(code)]
        total = int((units["country"] == code).sum())
        agree = int((of_country > MOST).sum())
        lowest, least = of_country.idxmin(), of_country.min()
        yield (
            f"units: {code} {agree} of {total} agree with GeoNames,"
            f" the least {lowest} with {least:.0%} of its places"
        )


def _distances(countries: gpd.GeoDataFrame) -> Iterator[str]:
    """Yield measured distances to Ukraine's border beside known ones."""
    ukraine = countries.loc[countries["iso2"] == "UA", "geometry"].iloc[0]
    for name, lon, lat, known_km in KNOWN_DISTANCES_KM:
        found_km = distance_km(lon, lat, ukraine.boundary)
        gap_km = found_km - known_km
        yield f"distance: {name} {found_km:.2f} km, known {known_km} km, {gap_km:+.2f}"
