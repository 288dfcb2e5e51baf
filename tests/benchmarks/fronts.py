"""700 daily snapshots: area series and control of 100,000 points, ours against others.

Run: python -m tests.benchmarks.fronts [SNAPSHOT.geojson]

The snapshots are made up: the main area of the one given (else a jagged one of 3,000 corners),
a few stretches of whose outline move every day, written to files of some 100 kB. GeoPandas does
what people do with it: read each file, overlay consecutive days and take the area in an
equal-area projection; and for points, a spatial join and the distance to the outline in UTM zone
37. Plain Shapely does the same over JSON and pyproj, without a table. Both do a part of the days
and points; the time a day and a point are compared.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyproj
import shapely
import shapely.geometry

from geoconflict import Fronts

DAYS, PEER_DAYS = 700, 40
POINTS, PEER_POINTS = 100_000, 2_000
FIRST = dt.date(2023, 3, 1)
EQUAL_AREA, UTM_37 = "EPSG:6933", "EPSG:32637"


def jagged_area() -> shapely.Geometry:
    """Return an area in the east of Ukraine with an outline of 3,000 corners."""
    rng = np.random.default_rng(5)
    angle = np.linspace(0, 2 * np.pi, 3_000, endpoint=False)
    radius = 1.0 + 0.05 * np.cumsum(rng.normal(0, 0.02, angle.size)) + 0.02 * np.sin(40 * angle)
    xy = np.column_stack((37.5 + 1.5 * radius * np.cos(angle), 48.0 + radius * np.sin(angle)))
    return shapely.make_valid(shapely.Polygon(xy))


def moved(area: shapely.Polygon, rng: np.random.Generator) -> shapely.Polygon:
    """Return the area with five stretches of three corners each moved by some hundred metres."""
    for _ in range(5):
        ring = shapely.get_coordinates(area.exterior)[:-1]
        at = rng.integers(len(ring) - 4)
        ring[at + 1 : at + 4] += rng.normal(0, 0.002, 2)
        shifted = shapely.Polygon(ring)
        area = shifted if shifted.is_valid else area
    return area


def write_days(folder: Path, area: shapely.Polygon) -> None:
    """Write a snapshot a day, each a little other than the one before."""
    rng = np.random.default_rng(11)
    for day in range(DAYS):
        area = moved(area, rng)
        shape = json.loads(shapely.to_geojson(area))
        feature = {"type": "Feature", "properties": {}, "geometry": shape}
        content = {"type": "FeatureCollection", "features": [feature]}
        name = f"made_up_{FIRST + dt.timedelta(days=day):%Y%m%d}.geojson"
        (folder / name).write_text(json.dumps(content), "utf-8")


def peer_series(files: list[Path]) -> float:
    """Return seconds a day that GeoPandas takes for area, gains and losses."""
    start = time.perf_counter()
    before = None
    for file in files:
        now = gpd.read_file(file).to_crs(EQUAL_AREA)
        now.area.sum()
        if before is not None:
            for a, b in ((now, before), (before, now)):
                gpd.overlay(a[["geometry"]], b[["geometry"]], how="difference").area.sum()
        before = now
    return (time.perf_counter() - start) / len(files)


def peer_control(file: Path, points: np.ndarray) -> float:
    """Return seconds a point that GeoPandas takes for the side and the distance."""
    area = gpd.read_file(file).to_crs(UTM_37)
    start = time.perf_counter()
    asked = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*points.T), crs="EPSG:4326").to_crs(UTM_37)
    gpd.sjoin(asked, area, how="left", predicate="within")
    asked.distance(area.boundary.iloc[0])
    return (time.perf_counter() - start) / len(points)


def plain(file: Path, crs: str) -> shapely.Geometry:
    """Return the area of a snapshot in a projection, as Shapely and pyproj read it."""
    content = json.loads(file.read_text("utf-8"))
    shapes = [shapely.geometry.shape(one["geometry"]) for one in content["features"]]
    to_plane = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
    return shapely.transform(shapely.union_all(shapes), to_plane, interleaved=False)


def plain_series(files: list[Path]) -> float:
    """Return seconds a day that plain Shapely takes for area, gains and losses."""
    start = time.perf_counter()
    before = None
    for file in files:
        now = plain(file, EQUAL_AREA)
        shapely.area(now)
        if before is not None:
            shapely.area(shapely.difference(now, before))
            shapely.area(shapely.difference(before, now))
        before = now
    return (time.perf_counter() - start) / len(files)


def plain_control(file: Path, points: np.ndarray) -> float:
    """Return seconds a point that plain Shapely takes for the side and the distance."""
    area = plain(file, UTM_37)
    start = time.perf_counter()
    to_plane = pyproj.Transformer.from_crs("EPSG:4326", UTM_37, always_xy=True).transform
    asked = shapely.points(*to_plane(*points.T))
    shapely.prepare(area)
    shapely.contains(area, asked)
    shapely.distance(area.boundary, asked)
    return (time.perf_counter() - start) / len(points)


def main() -> None:
    """Print seconds, memory and the ratios to the others."""
    given = sys.argv[1:]
    drawn = gpd.read_file(given[0]).union_all() if given else jagged_area()
    area = max(shapely.get_parts(drawn), key=shapely.area)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_days(folder, area)
        files = sorted(folder.iterdir())
        size = sum(file.stat().st_size for file in files) / 1e6
        before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        start = time.perf_counter()
        table = Fronts.read(folder).series()
        seconds = time.perf_counter() - start
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        peers = {
            "GeoPandas overlay": peer_series(files[:PEER_DAYS]),
            "plain Shapely": plain_series(files[:PEER_DAYS]),
        }
        corners = shapely.get_num_coordinates(area)
        print(f"{DAYS} snapshots of about {corners:,} corners, {size:.0f} MB in all")
        print(f"area series: {seconds:.1f} s, {len(table)} rows, peak {peak_mb:.0f} MB")
        print(f"  of which {peak_mb - before_mb:.0f} MB more than before")
        print(f"  a day {1000 * seconds / DAYS:.1f} ms")
        for name, peer in peers.items():
            ratio = peer * DAYS / seconds
            print(f"  {name} {1000 * peer:.1f} ms a day; ours is {ratio:.1f}x as fast")
        start = time.perf_counter()
        rows = len(Fronts.read(folder).series(by="admin1"))
        print(f"  by oblast: {time.perf_counter() - start:.1f} s, {rows:,} rows")
        rng = np.random.default_rng(7)
        points = np.column_stack((rng.uniform(30, 42, POINTS), rng.uniform(44, 53, POINTS)))
        fronts, day = Fronts.read(folder), FIRST + dt.timedelta(days=DAYS - 1)
        for label in ("first, with the line to find", "again"):
            start = time.perf_counter()
            fronts.control(points, day)
            ours = time.perf_counter() - start
            print(f"control of {POINTS:,} points, {label}: {ours:.2f} s")
        for name, way in {"GeoPandas": peer_control, "plain Shapely": plain_control}.items():
            each = way(files[-1], points[:PEER_POINTS])
            ratio = each * POINTS / ours
            print(f"  {name} {1e6 * each:.0f} µs a point; ours is {ratio:.1f}x as fast")


if __name__ == "__main__":
    main()
