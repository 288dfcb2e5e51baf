"""A large table taken in: seconds of one core, and the most memory.

Run: python -m tests.benchmarks.imports [number of rows, default 100000]

The rows are made up: four towns, a day, an oblast, a position, a kind, a source, a link and a
sentence each. What is timed is ``read_csv`` with the mapping that is proposed, and the casebook
written.
"""

from __future__ import annotations

import csv
import datetime as dt
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from geoconflict import write_casebook
from geoconflict.importers import read_csv
from geoconflict.importers.mapping import propose_mapping

TOWNS = (
    ("Pokrovsk", "Донецька", 48.28, 37.18),
    ("Kharkiv", "Харківська область", 49.99, 36.23),
    ("Belgorod", "Belgorod Oblast", 50.6, 36.59),
    ("Engels", "Saratov Oblast", 51.48, 46.12),
)
HEADER = ("id", "date", "place", "oblast", "lat", "lon", "kind", "source", "url", "description")


def made(path, count):
    """Write a table of made-up events."""
    chance = np.random.default_rng(1)
    first = dt.date(2022, 2, 24)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for number in range(count):
            place, oblast, lat, lon = TOWNS[chance.integers(len(TOWNS))]
            day = first + dt.timedelta(number % 1200)
            where = (f"{lat + chance.normal(0, 0.05):.5f}", f"{lon + chance.normal(0, 0.05):.5f}")
            kind = ("drone strike", "clash")[chance.integers(2)]
            told = (f"https://t.me/example/{number}", f"made-up event {number} at a depot")
            writer.writerow((number, day, place, oblast, *where, kind, "a source", *told))


def main():
    """Take in a table of so many rows, and say what it cost."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory() as name:
        folder = Path(name)
        made(folder / "a.csv", count)
        (folder / "a.toml").write_text(propose_mapping(folder / "a.csv"), "utf-8")
        start = time.process_time()
        found = read_csv(folder / "a.csv", mapping=folder / "a.toml")
        read = time.process_time() - start
        write_casebook(found.casebook, folder / "book")
        whole = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    assert found.account.taken == count
    print(f"{count:,} rows: {read:.0f} s to read, {whole:.0f} s with writing, {peak:.2f} GB")


if __name__ == "__main__":
    main()
