"""Country polygons with the internationally recognised border of Ukraine.

The source follows OpenStreetMap, which holds Crimea twice: in Ukraine and in
Russia. Here Crimea and Sevastopol are Ukraine's alone (United Nations General
Assembly resolution 68/262). Inland waters are filled, coordinates are kept as
they are: the vertices are those of the source.

Countries that reach far beyond the region, Russia first, are taken from the same source at
100 m inside the window and at 500 m beyond it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from shapely.geometry import MultiPolygon, Polygon, box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import IO

    from .fetch import Sources

# The folder of the data files.
DATA = Path(__file__).parent.parent

MEMBER = "package/map.geo.json"

# West, south, east, north in degrees: Kaliningrad to the Urals.
WINDOW = (18.0, 40.0, 62.0, 62.0)

# Holds every country that is taken whole from the finer source.
NEAR = (10.0, 35.0, 62.0, 62.0)

# Vertices of the finer source; shared lines agree within this.
ACCURACY_M = 300.0

# Inside the window the coarser outlines of Russia, Finland and Kazakhstan lie within 500 m of
# the finer ones, 95 % of them within 300 m; islets and narrow inlets are missing.
FAR_ACCURACY_M = 800.0

WORLD = (-180.0, -90.0, 180.0, 90.0)

# Covers Crimea and the Syvash but no land of Russia's own, which begins at 36.59°E.
CRIMEA = (32.2, 44.2, 36.4, 46.3)

# Around Lake Kahul, which the source leaves out of Ukraine because a channel joins it
# to the Danube. The corners are on Ukraine's land, or Moldova's; the south end closes
# the channel.
LAKE_KAHUL = (
    (28.345, 45.334),
    (28.360, 45.352),
    (28.300, 45.385),
    (28.305, 45.440),
    (28.400, 45.500),
    (28.425, 45.517),
    (28.450, 45.490),
    (28.470, 45.330),
    (28.352, 45.324),
)

COLUMNS = ["iso2", "name_en", "name_uk", "name_ru", "accuracy_m", "geometry"]


def country_table() -> pd.DataFrame:
    """Return the countries this build knows, one row for each source polygon.

    Returns
    -------
    pandas.DataFrame
        Columns a3 (code in the source), iso2, name_en, name_uk, name_ru, extent
        (``whole`` from the finer source, ``joined`` with the coarser one beyond WINDOW, or
        ``window`` if cut to it) and layer (``borders``; ``lines`` if only the line shared
        with Russia is kept; ``basemap`` if only drawn). Earlier rows keep a contested sliver.
    """
    path = Path(__file__).with_name("countries.csv")
    return pd.read_csv(path, keep_default_na=False)


def countries(sources: Sources) -> gpd.GeoDataFrame:
    """Return every known country as one valid MultiPolygon, none overlapping.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326. Columns iso2, name_en, name_uk, name_ru, accuracy_m, layer, geometry; in
        the order of the country table.
    """
    table = country_table()
    far = set(table.loc[table["extent"] == "joined", "a3"])
    with sources.open_member("countries", MEMBER) as stream:
        near = {code: _land(shape, NEAR) for code, shape in _shapes(stream, set(table["a3"]))}
    with sources.open_member("countries-far", MEMBER) as stream:
        beyond = {code: _beyond(_land(shape, WORLD)) for code, shape in _shapes(stream, far)}
    land = {
        code: near[code] if extent == "whole" else _joined(near[code], beyond.get(code, Polygon()))
        for code, extent in zip(table["a3"], table["extent"], strict=True)
    }
    table["geometry"] = table["a3"].map(land)
    table = _merge_by_country(table)
    shapes = dict(zip(table["iso2"], table["geometry"], strict=True))
    shapes = _with_lake_kahul(_crimea_to_ukraine(shapes))
    table["geometry"] = table["iso2"].map(_without_overlaps(shapes))
    table["accuracy_m"] = table["extent"].map({"joined": FAR_ACCURACY_M}).fillna(ACCURACY_M)
    return gpd.GeoDataFrame(table.drop(columns=["a3", "extent"]), crs="EPSG:4326")


def build(target: Path, sources: Sources) -> None:
    """Write the country polygons as GeoPackage."""
    table = countries(sources)
    write_geopackage(table.loc[table["layer"] == "borders", COLUMNS], target)


def write_geopackage(frame: gpd.GeoDataFrame, target: Path) -> None:
    """Write features in their order, as multi-part geometries, without an index.

    The package reads this form with SQLite and Shapely alone. The time of the last change is
    set, so that the same features give the same bytes.
    """
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2025-01-01T00:00:00.000Z"})
    frame.to_file(
        target,
        driver="GPKG",
        layer=target.stem,
        engine="pyogrio",
        promote_to_multi=True,
        SPATIAL_INDEX="NO",
    )
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def polygons(geometry: shapely.Geometry) -> list[Polygon]:
    """Return the polygons of a geometry, leaving out its points and lines."""
    parts = shapely.get_parts(geometry)
    if any(part.geom_type.startswith(("Multi", "Geometry")) for part in parts):
        return [polygon for part in parts for polygon in polygons(part)]
    return [part for part in parts if part.geom_type == "Polygon"]


def filled(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return a geometry without the holes in its polygons."""
    return shapely.union_all([Polygon(part.exterior) for part in polygons(geometry)])


def _shapes(
    stream: IO[bytes],
    codes: set[str],
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield code and GeoJSON geometry of the wanted features, one on each line.

    Parsing only those lines takes a tenth of the memory of the whole document.
    """
    marker = b'"properties":{"A3":"'
    for line in stream:
        start = line.rfind(marker) + len(marker)
        code = line[start : start + 3].decode("ascii", "replace")
        if code in codes:
            feature = json.loads(line.rstrip().removesuffix(b"]}").rstrip(b","))
            yield code, feature["geometry"]


def _land(
    geometry: Mapping[str, Any], bounds: tuple[float, float, float, float]
) -> shapely.Geometry:
    """Return the land inside the outlines of a GeoJSON (Multi)Polygon, made valid.

    Parts wholly beyond the bounds, as Kamchatka beyond NEAR, are left out, for speed.
    """
    coordinates = geometry["coordinates"]
    parts = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    outlines = shapely.polygons([shapely.linearrings(part[0]) for part in parts])
    near = shapely.intersects(shapely.envelope(outlines), box(*bounds))
    valid = shapely.make_valid(outlines[near], method="structure", keep_collapsed=False)
    return filled(shapely.union_all(valid))


def _beyond(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the part of a country of the coarser source that lies beyond WINDOW."""
    return shapely.difference(shape, box(*WINDOW))


def _joined(near: shapely.Geometry, beyond: shapely.Geometry) -> shapely.Geometry:
    """Return a country's part inside WINDOW, joined with that beyond it.

    Along the edge of WINDOW the two outlines meet in steps of a few hundred metres.
    """
    return shapely.union(shapely.intersection(near, box(*WINDOW)), beyond)


def _merge_by_country(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each country, its land united."""
    united = {
        code: shapely.union_all(group.to_numpy())
        for code, group in table.groupby("iso2")["geometry"]
    }
    rows = table.drop_duplicates("iso2").reset_index(drop=True)
    return rows.assign(geometry=rows["iso2"].map(united))


def _crimea_to_ukraine(
    shapes: Mapping[str, shapely.Geometry],
) -> dict[str, shapely.Geometry]:
    """Return the countries with Crimea and Sevastopol in Ukraine and not in Russia."""
    ukraine, russia = shapes["UA"], shapes["RU"]
    lacking = shapely.difference(russia, ukraine)
    peninsula = shapely.intersection(lacking, box(*CRIMEA))
    ukraine = filled(shapely.union(ukraine, peninsula))
    russia = filled(shapely.difference(russia, ukraine))
    return {**shapes, "UA": ukraine, "RU": shapely.difference(russia, ukraine)}


def _with_lake_kahul(
    shapes: Mapping[str, shapely.Geometry],
) -> dict[str, shapely.Geometry]:
    """Return the countries with Lake Kahul in Ukraine, as far as it is not Moldova's."""
    lake = shapely.difference(Polygon(LAKE_KAHUL), shapes["MD"])
    return {**shapes, "UA": filled(shapely.union(shapes["UA"], lake))}


def _without_overlaps(
    shapes: Mapping[str, shapely.Geometry],
) -> dict[str, MultiPolygon]:
    """Return the countries with exclaves cut out of their hosts, and no overlap.

    Filling the holes has filled exclaves too, such as Sankovo-Medvezhye in Belarus.
    What is left of overlap is slivers, which go to the country named first; Russia
    gives way to all.
    """
    order = [code for code in shapes if code != "RU"] + ["RU"]
    free = {code: _without_exclaves(code, shapes) for code in shapes}
    for index, code in enumerate(order):
        earlier = [free[other] for other in order[:index]]
        taken = [shape for shape in earlier if shapely.intersects(shape, free[code])]
        free[code] = shapely.difference(free[code], shapely.union_all(taken))
    return {code: MultiPolygon(polygons(free[code])) for code in shapes}


def _without_exclaves(
    code: str,
    shapes: Mapping[str, shapely.Geometry],
) -> shapely.Geometry:
    """Return a country less the parts of other countries that lie wholly inside it."""
    host = shapes[code]
    shapely.prepare(host)
    exclaves = [
        part
        for other, shape in shapes.items()
        if other != code
        for part in polygons(shape)
        if shapely.covers(host, part)
    ]
    return shapely.difference(host, shapely.union_all(exclaves))
