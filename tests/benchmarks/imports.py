"""A large table taken in: seconds of one core, and the most memory.

Run: python -m tests.benchmarks.imports [number of rows, default 100000]

The rows are made up: six towns in three languages, a day in one of five forms, in some a time
of day in UTC, an oblast, a position, a kind, a source, a link, a number of dead and a sentence
each. Of a hundred rows one has no day, one no position and one a number that is none. What is
timed is ``read_csv`` with the mapping that is proposed, and the casebook and the rows set aside
written; in seconds of processor time.
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

from geoconflict.importers import read_csv
from geoconflict.importers.mapping import propose_mapping
from geoconflict.importers.writing import write_import

TOWNS = (
    ("Pokrovsk", "Донецька", 48.28, 37.18),
    ("Kharkiv", "Харківська область", 49.99, 36.23),
    ("Belgorod", "Belgorod Oblast", 50.6, 36.59),
    ("Engels", "Saratov Oblast", 51.48, 46.12),
    ("Куп'янськ", "Харківська обл.", 49.71, 37.61),
    ("Рязань", "Рязанская область", 54.63, 39.74),
)
HEADER = (
    *("id", "date", "place", "oblast", "lat", "lon", "kind", "source", "url", "killed"),
    "description",
)
# As one table holds them whose rows were copied from many.
FORMS = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%dT%H:%M:%SZ")


def made(path, count):
    """Write a table of made-up events."""
    chance = np.random.default_rng(1)
    first = dt.datetime(2022, 2, 24)  # noqa: DTZ001 - the forms say the zone or none
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for number in range(count):
            place, oblast, lat, lon = TOWNS[chance.integers(len(TOWNS))]
            moment = first + dt.timedelta(number % 1200, int(chance.integers(86_400)))
            day = moment.strftime(FORMS[chance.integers(len(FORMS))]) if number % 100 else "soon"
            where = (f"{lat + chance.normal(0, 0.05):.5f}", f"{lon + chance.normal(0, 0.05):.5f}")
            kind = ("drone strike", "clash")[chance.integers(2)]
            where = where if number % 100 != 1 else ("", "")
            killed = "several" if number % 100 == 2 else number % 7 or ""
            link, told = f"https://t.me/example/{number}", f"made-up event {number} at a depot"
            source = f"outlet {number % 40}"
            writer.writerow((number, day, place, oblast, *where, kind, source, link, killed, told))


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
        write_import(found, folder / "book")
        whole = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    assert found.account.taken == count - -(-count // 100)
    print(f"{count:,} rows: {read:.0f} s to read, {whole:.0f} s with writing, {peak:.2f} GB")


if __name__ == "__main__":
    main()
