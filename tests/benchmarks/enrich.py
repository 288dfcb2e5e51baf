"""Millions of events: events a second and peak memory of ``enrich``, and its peers beside it.

Run: python -m tests.benchmarks.enrich [MILLIONS ...]

The default is 0.1, 1 and 10 million made-up events as CSV, one reference, one core; each size
runs in a process of its own, reading, measuring and writing included. The peers measure fewer
points, in memory: GeoPandas sjoin_nearest in UTM zone 37, and a loop with geopy. The exact
distance comes from a projection centred on each point.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.csv
import shapely

from geoconflict import enrich, enrich_frame
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.geodesy import Floats
from tests.benchmarks.geodesy import UTM_37, by_geopy, exact, random_points, rate

BLOCK = 500_000
SIZES = (0.1, 1.0, 10.0)


def write_events(path: Path, count: int) -> None:
    """Write made-up events as CSV: id, date, lon, lat and a text."""
    rng = np.random.default_rng(7)
    schema = pa.schema(
        [
            ("id", "string"),
            ("date", "string"),
            ("lon", "double"),
            ("lat", "double"),
            ("text", "string"),
        ]
    )
    with pyarrow.csv.CSVWriter(path, schema) as writer:
        for start in range(0, count, BLOCK):
            rows = min(BLOCK, count - start)
            lonlat = random_points(BLOCK, seed=start)[:rows]
            days = np.datetime64("2024-07-01") + rng.integers(0, 200, rows)
            number = np.arange(start, start + rows).astype(str)
            columns = [
                np.char.add("event-", number),
                days.astype(str),
                np.round(lonlat[:, 0], 5),
                np.round(lonlat[:, 1], 5),
                np.char.add("what was reported, no. ", number),
            ]
            writer.write_table(pa.table(columns, schema=schema))


def one_size(events: str, output: str) -> None:
    """Enrich one file and print seconds and the peak of memory in MB; run as a process."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    start = time.perf_counter()
    enrich(events, output, references=["border:UA"])
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, peak)


def sizes(millions: list[float], folder: Path) -> None:
    """Print a line a size: seconds, events a second, peak memory."""
    print(f"{'events':>12}{'CSV MB':>10}{'seconds':>10}{'events/s':>12}{'peak MB':>10}{'load':>7}")
    for size in millions:
        count = int(size * 1e6)
        events, output = folder / "events.csv", folder / "events.parquet"
        write_events(events, count)
        load = os.getloadavg()[0]
        called = f"one_size({str(events)!r}, {str(output)!r})"
        code = f"from tests.benchmarks.enrich import one_size; {called}"
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        seconds, peak = map(float, run.stdout.split())
        megabytes = events.stat().st_size / 1e6
        print(
            f"{count:>12,}{megabytes:>10,.0f}{seconds:>10.1f}{count / seconds:>12,.0f}"
            f"{peak:>10,.0f}{load:>7.2f}"
        )


def by_enrich(points: Floats) -> Floats:
    """Return distances in metres by enrich_frame."""
    frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*points.T), crs="EPSG:4326")
    return enrich_frame(frame, references=["border:UA"])["distance_km"].to_numpy() * 1000


def by_sjoin_nearest(border: shapely.Geometry) -> Callable[[Floats], Floats]:
    """Return distances in metres by GeoPandas in one UTM zone, the border's rings given."""
    line = gpd.GeoDataFrame(geometry=[shapely.boundary(border)], crs="EPSG:4326")
    rings = line.to_crs(UTM_37).explode()

    def distance(points: Floats) -> Floats:
        frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*points.T), crs="EPSG:4326")
        joined = gpd.sjoin_nearest(frame.to_crs(UTM_37), rings, distance_col="metres")
        return joined[~joined.index.duplicated()]["metres"].to_numpy()

    return distance


def peers() -> None:
    """Print a line a way: events a second, our ratio to it, median and greatest error."""
    border = Borders.default().country("UA")
    few = random_points(200)
    truth = exact(border, few)
    ways = {
        "geoconflict enrich_frame": (by_enrich, random_points(200_000)),
        "GeoPandas sjoin_nearest, UTM 37": (by_sjoin_nearest(border), random_points(5_000)),
        "geopy, a loop": (by_geopy(border), random_points(500)),
    }
    rates = {name: rate(measure, points) for name, (measure, points) in ways.items()}
    ours = next(iter(rates.values()))
    print(f"\n{'way':33}{'events/s':>10}{'ours is':>10}{'median error':>15}{'greatest':>14}")
    for name, (measure, _) in ways.items():
        error = np.abs(measure(few) - truth)
        spread = f"{np.median(error):>13,.3f} m{error.max():>12,.3f} m"
        print(f"{name:33}{rates[name]:>10,.0f}{ours / rates[name]:>9,.1f}x{spread}")


def main() -> None:
    """Print both tables."""
    millions = [float(text) for text in sys.argv[1:]] or list(SIZES)
    with tempfile.TemporaryDirectory() as folder:
        sizes(millions, Path(folder))
    peers()


if __name__ == "__main__":
    main()
