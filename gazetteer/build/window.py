"""The part of the globe that the basemap draws in full, and its flat projection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.geometry import box

if TYPE_CHECKING:
    import geopandas as gpd

# West, south, east, north in degrees.
WINDOW = (18.0, 41.0, 60.0, 62.0)

# Conformal; keeps kilometres within 1.5 % all over the window.
LOCAL_CRS = "+proj=lcc +lat_1=44 +lat_2=58 +lat_0=51 +lon_0=40 +ellps=WGS84 +units=m"


def pieces(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the polygons inside WINDOW one by one, in LOCAL_CRS."""
    parts = table.set_geometry(table.intersection(box(*WINDOW))).explode()
    solid = parts[parts.geom_type == "Polygon"]
    return solid.reset_index(drop=True).to_crs(LOCAL_CRS)
