"""Planes in which the gaps between outlines are measured, and which waters are the sea."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer
from shapely.geometry import box

from . import borders

if TYPE_CHECKING:
    from numpy.typing import NDArray

Shapes = TypeVar("Shapes", shapely.Geometry, "NDArray[np.object_]")

# Conformal, and true to 1.5 % in scale all over the window.
LOCAL_CRS = "+proj=lcc +lat_1=44 +lat_2=58 +lat_0=51 +lon_0=40 +ellps=WGS84 +units=m"

SHARED_WITHIN_M = 300.0

# Where the coarser source is used, on both banks, and the Amur is wide.
FAR_SHARED_WITHIN_M = 3_000.0

# Lake Ladoga has 17,900 square kilometres.
LARGEST_LAKE_M2 = 20e9

ENDS = ["x0", "y0", "x1", "y1"]


@dataclass(frozen=True)
class Zone:
    """A part of the world in which gaps are measured in one plane.

    Attributes
    ----------
    bounds
        West, south, east and north in degrees; zones meet, and cover every outline.
    crs
        Conformal; its scale is right within a few per cent where there are borders.
    shared_within_m
        How far apart the banks of a line that two countries share may lie.
    strait_m
        A water narrower than twice this does not join another to the sea.
    """

    bounds: tuple[float, float, float, float]
    crs: str
    shared_within_m: float
    strait_m: float


# Neighbours are looked for this far beyond a zone, in degrees.
ZONE_MARGIN_DEG = 3.0

_EAST = "+proj=lcc +lat_1=48 +lat_2=68 +lat_0=58 +lon_0=105 +ellps=WGS84 +units=m"
_NORTH = "+proj=lcc +lat_1=62 +lat_2=78 +lat_0=70 +lon_0=40 +ellps=WGS84 +units=m"
_WEST, _, _EDGE, _TOP = borders.WINDOW
ZONES: tuple[Zone, ...] = (
    Zone((-20.0, 35.0, _EDGE, _TOP), LOCAL_CRS, SHARED_WITHIN_M, 150.0),
    Zone((-20.0, _TOP, _EDGE, 90.0), _NORTH, FAR_SHARED_WITHIN_M, 300.0),
    Zone((_EDGE, 0.0, 180.0, 90.0), _EAST, FAR_SHARED_WITHIN_M, 1_500.0),
    Zone((-180.0, 0.0, -20.0, 90.0), _EAST, FAR_SHARED_WITHIN_M, 1_500.0),
)


def to_plane(geometry: Shapes, crs: str) -> Shapes:
    """Return geometries of EPSG:4326 in a plane, in metres."""
    project = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
    return shapely.transform(geometry, lambda xy: np.column_stack(project(*xy.T)))


def is_inland(
    outline: pd.DataFrame, is_coast: pd.Series, table: gpd.GeoDataFrame
) -> NDArray[np.bool_]:
    """Return which coasts are those of lakes, or joined to the open sea by a river only.

    Parameters
    ----------
    outline
        Segments with the columns of `segments_of`.
    is_coast
        Which of them are coasts.
    table
        All countries as `borders.countries` gives them.
    """
    inland = np.zeros(len(outline), dtype=bool)
    for zone in ZONES:
        west, south, east, north = zone.bounds
        is_here = outline["x0"].between(west, east) & outline["y0"].between(south, north)
        asked = np.flatnonzero(is_here & is_coast)
        if len(asked):
            sea = _sea(zone, table)
            coasts = to_plane(lines_of(outline.iloc[asked]), zone.crs)
            inland[asked] = ~shapely.dwithin(coasts, sea, 2 * zone.strait_m)
    return inland


def _sea(zone: Zone, table: gpd.GeoDataFrame) -> shapely.Geometry:
    """Return the wide waters of a zone that are larger than any lake but the Caspian Sea."""
    around = shapely.buffer(box(*zone.bounds), ZONE_MARGIN_DEG, join_style="mitre")
    area = shapely.intersection(around, box(-180.0, 35.0, 180.0, 85.0))
    clipped = to_plane(shapely.intersection(table.geometry.to_numpy(), area), zone.crs)
    land = shapely.union_all(shapely.make_valid(clipped))
    water = shapely.difference(to_plane(shapely.segmentize(area, 1.0), zone.crs), land)
    waters = shapely.get_parts(shapely.buffer(water, -zone.strait_m))
    sea = shapely.union_all(waters[shapely.area(waters) > LARGEST_LAKE_M2])
    shapely.prepare(sea)
    return sea


def segments_of(shape: shapely.Geometry) -> pd.DataFrame:
    """Return every segment of the rings of a polygon, in its own coordinates."""
    rings = shapely.get_rings(shapely.get_parts(shape))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    ends = np.column_stack([xy[:-1], xy[1:]])[same]
    return pd.DataFrame(ends, columns=ENDS).assign(ring=ring[:-1][same])


def lines_of(segments: pd.DataFrame) -> NDArray[np.object_]:
    """Return segments as lines of two points each."""
    return np.asarray(shapely.linestrings(segments[ENDS].to_numpy().reshape(-1, 2, 2)))
