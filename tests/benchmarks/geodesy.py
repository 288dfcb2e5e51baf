"""Nearest point on the border of Ukraine: points a second and error, ours against the usual ways.

Run: python -m tests.benchmarks.geodesy

The peers are what people use today: GeoPandas in UTM zone 37, whole and indexed by segments, and
shapely's nearest_points in degrees with geopy's geodesic; and the strongest that could be put
together, shapely's tree of segments in an equidistant plane with the geodesic as its last step.
The exact distance comes from a projection centred on each point. One thread each, processor time.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"

import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import shapely
from geopy.distance import geodesic
from pyproj import Transformer
from shapely.ops import nearest_points

from geoconflict.measuring.borders import Borders
from geoconflict.measuring.geodesy import GEOD, Floats
from geoconflict.measuring.nearest import LineIndex

UTM_37 = "EPSG:32637"


def random_points(count: int, *, seed: int = 37) -> Floats:
    """Return points within 1,500 km of vertices of the border, lon and lat."""
    rng = np.random.default_rng(seed)
    lonlat = shapely.get_coordinates(Borders.default().country("UA"))
    start = lonlat[rng.integers(len(lonlat), size=count)]
    lon, lat, _ = GEOD.fwd(
        start[:, 0], start[:, 1], rng.uniform(0, 360, count), rng.uniform(0, 1_500_000, count)
    )
    return np.column_stack((lon, lat))


def by_geoconflict(border: shapely.Geometry) -> Callable[[Floats], Floats]:
    """Return our measurement with its index built."""
    index = LineIndex(border)
    return lambda points: index.nearest(points).distance_m


def by_geopandas(border: shapely.Geometry) -> Callable[[Floats], Floats]:
    """Return the planar distance in one UTM zone."""
    line = gpd.GeoSeries([shapely.boundary(border)], crs="EPSG:4326").to_crs(UTM_37).iloc[0]

    def distance(points: Floats) -> Floats:
        series = gpd.GeoSeries(gpd.points_from_xy(*points.T), crs="EPSG:4326")
        return series.to_crs(UTM_37).distance(line).to_numpy()

    return distance


def by_segments_in_utm(border: shapely.Geometry) -> Callable[[Floats], Floats]:
    """Return the planar distance in one UTM zone, from an index of the line's segments."""
    lines = gpd.GeoDataFrame(geometry=segments(border), crs="EPSG:4326").to_crs(UTM_37)

    def distance(points: Floats) -> Floats:
        asked = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*points.T), crs="EPSG:4326")
        found = asked.to_crs(UTM_37).sjoin_nearest(lines, distance_col="m")
        return found[~found.index.duplicated()]["m"].to_numpy()

    return distance


def by_tree(border: shapely.Geometry) -> Callable[[Floats], Floats]:
    """Return the geodesic to the point that is nearest in a plane equidistant from Ukraine."""
    plane = Transformer.from_crs("EPSG:4326", "+proj=aeqd +lon_0=31.5 +lat_0=48.5", always_xy=True)
    flat = shapely.transform(segments(border), lambda xy: np.column_stack(plane.transform(*xy.T)))
    tree = shapely.STRtree(flat)

    def distance(points: Floats) -> Floats:
        asked = shapely.points(np.column_stack(plane.transform(*points.T)))
        line = flat[tree.nearest(asked)]
        near = shapely.line_interpolate_point(line, shapely.line_locate_point(line, asked))
        lon, lat = plane.transform(*shapely.get_coordinates(near).T, direction="INVERSE")
        return GEOD.inv(lon, lat, *points.T)[2]

    return distance


def segments(border: shapely.Geometry) -> np.ndarray:
    """Return each stretch of the border between two vertices as a line of its own."""
    lonlat, ring = shapely.get_coordinates(
        shapely.get_parts(shapely.boundary(border)), return_index=True
    )
    ends = np.stack((lonlat[:-1], lonlat[1:]), axis=1)[ring[:-1] == ring[1:]]
    return shapely.linestrings(ends)


def by_geopy(border: shapely.Geometry) -> Callable[[Floats], Floats]:
    """Return the geodesic to the point that is nearest in degrees."""
    line = shapely.boundary(border)

    def distance(points: Floats) -> Floats:
        found = []
        for lon, lat in points:
            near = nearest_points(line, shapely.Point(lon, lat))[0]
            found.append(geodesic((lat, lon), (near.y, near.x)).m)
        return np.array(found)

    return distance


def exact(border: shapely.Geometry, points: Floats) -> Floats:
    """Return the distance in a plane that keeps all distances from its centre, in metres.

    Each point is the centre of an azimuthal equidistant projection of its own.
    """
    line = shapely.boundary(border)
    lonlat = shapely.get_coordinates(line)
    found = []
    for lon, lat in points:
        plane = f"+proj=aeqd +lon_0={lon} +lat_0={lat}"
        to_plane = Transformer.from_crs("EPSG:4326", plane, always_xy=True)
        xy = np.column_stack(to_plane.transform(lonlat[:, 0], lonlat[:, 1]))
        flat = shapely.set_coordinates(shapely.from_wkb(line.wkb), xy)
        found.append(shapely.distance(flat, shapely.Point(0, 0)))
    return np.array(found)


def rate(measure: Callable[[Floats], Floats], points: Floats) -> float:
    """Return points a second, the best of three runs."""
    seconds = []
    for _ in range(3):
        start = time.process_time()
        measure(points)
        seconds.append(time.process_time() - start)
    return len(points) / min(seconds)


def main() -> None:
    """Print a line a way: points a second, our ratio to it, median and greatest error."""
    border = Borders.default().country("UA")
    few = random_points(200)
    truth = exact(border, few)
    ways = {
        "geoconflict": (by_geoconflict(border), random_points(200_000)),
        "GeoPandas, UTM 37": (by_geopandas(border), random_points(3_000)),
        "GeoPandas, by segments": (by_segments_in_utm(border), random_points(20_000)),
        "shapely's tree, geodesic last": (by_tree(border), random_points(100_000)),
        "geopy, nearest in degrees": (by_geopy(border), random_points(500)),
    }
    rates = {name: rate(measure, points) for name, (measure, points) in ways.items()}
    print(f"{'way':30}{'points/s':>12}{'ours is':>12}{'median error':>16}{'greatest':>14}")
    for name, (measure, _) in ways.items():
        error = np.abs(measure(few) - truth)
        ratio = rates["geoconflict"] / rates[name]
        spread = f"{np.median(error):>14,.3f} m{error.max():>12,.3f} m"
        print(f"{name:30}{rates[name]:>12,.0f}{ratio:>11,.1f}x{spread}")


if __name__ == "__main__":
    main()
