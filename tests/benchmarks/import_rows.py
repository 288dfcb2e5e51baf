"""Large tables taken in: rows a second, and the most memory, beside pandas.

Run: python -m tests.benchmarks.import_rows [--full]

Tables of 20,000 and 200,000 made-up events, with ``--full`` a million too: twelve towns in three
languages, a day in one of five forms, in some a time of day in UTC, an oblast, a position, kind,
side, target, weapon, status, killed, injured, one of 400 outlets, a link and a sentence each. Of
a hundred rows one has no day, one no position and one a number of dead in words. What is timed, by
the clock and in seconds of processor time of a process of its own and those that it starts, is
``read_csv`` by a process a core with the mapping that is proposed, and the casebook and the rows
set aside written; the memory is the most of that process, and of the largest that it starts.
A plain loop tells how fast the machine is meanwhile. The peer is ``pandas.read_csv`` and
``to_csv`` of the same table, which reads no day and checks nothing.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

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
    ("Odesa", "Odesa Oblast", 46.48, 30.72),
    ("Kherson", "Херсонська", 46.63, 32.6),
    ("Sumy", "Sumy", 50.91, 34.8),
    ("Brovary", "Kyiv Oblast", 50.51, 30.79),
    ("Novorossiysk", "Krasnodar Krai", 44.72, 37.77),
    ("Sloviansk", "Donetsk", 48.85, 37.6),
)
# As one table holds them whose rows were copied from many.
FORMS = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%dT%H:%M:%SZ")
WORDS = {
    "kind": ("drone strike", "missile strike", "clash", "shelling", "air strike", "interception"),
    "actor": ("Russia", "Ukraine", "Russian Armed Forces", "ЗСУ", "РФ", "unknown", ""),
    "target type": ("energy", "oil depot", "residential building", "airfield", "railway", ""),
    "weapon": ("Shahed", "Iskander", "KAB", "FPV drone", "S-300", "Kh-101", "artillery", ""),
    "status": ("confirmed", "claimed", "geolocated", "reported", ""),
}
TEXTS = (
    "A fire broke out at a depot in {}; windows of {} houses were broken.",
    "Debris fell near {}, {} flats damaged, said the governor.",
    "У результаті удару по місту {} пошкоджено {} будинків.",
    "В результате атаки в районе {} повреждено {} машин.",
)
TOLLS = ("several", "at least 3", "2-3", "двоє")
HEADER = (
    *("id", "date", "place", "oblast", "lat", "lon", *WORDS),
    *("killed", "injured", "source", "url", "text"),
)


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
            where = where if number % 100 != 1 else ("", "")
            words = [words[chance.integers(len(words))] for words in WORDS.values()]
            killed = TOLLS[number // 100 % 4] if number % 100 == 2 else number % 7 or ""
            injured = "" if number % 4 else int(chance.integers(30))
            outlet, link = f"outlet {number % 400}", f"https://t.me/example/{number}"
            told = TEXTS[chance.integers(len(TEXTS))].format(place, number % 50)
            row = (f"EV{number:07}", day, place, oblast, *where, *words, killed, injured)
            writer.writerow((*row, outlet, link, told))


def taken_in(table, folder):
    """Take in a table, and write its casebook."""
    mapping = folder / "a.toml"
    mapping.write_text(propose_mapping(table), "utf-8")
    read = read_csv(table, mapping=mapping, processes=os.cpu_count() or 1)
    write_import(read, folder / "book")


def copied(table, folder):
    """Read and write a table with pandas."""
    pd.read_csv(table).to_csv(folder / "copy.csv", index=False)


WAYS = {"geoconflict": taken_in, "pandas": copied}


def of_a_loop():
    """Return the seconds of a plain loop: about 1.2 on an ordinary desktop of today."""
    start, total = time.perf_counter(), 0
    for number in range(20_000_000):
        total += number
    return time.perf_counter() - start


def run_one():
    """Do what the command line names, and say what it costs."""
    start = time.perf_counter()
    WAYS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    clock = time.perf_counter() - start
    own, started = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    seconds = sum(one.ru_utime + one.ru_stime for one in (own, started))
    print(clock, seconds, own.ru_maxrss / 1e6, started.ru_maxrss / 1e6)


def main():
    """Say of each number of rows what each way costs, each in a process of its own."""
    if len(sys.argv) > 2:
        run_one()
        return
    for count in (20_000, 200_000, *([1_000_000] if "--full" in sys.argv else [])):
        with TemporaryDirectory() as name:
            table = Path(name) / "a.csv"
            made(table, count)
            for way in WAYS:
                command = (sys.executable, "-m", __spec__.name, way, str(table), name)
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                clock, seconds, own, started = map(float, done.stdout.split())
                print(
                    f"{count:,} rows, {way}: {clock:.1f} s by the clock, {seconds:.1f} s of the "
                    f"processor, {own:.2f} and {started:.2f} GB; a loop takes {of_a_loop():.1f} s",
                    flush=True,
                )


if __name__ == "__main__":
    main()
