"""Exports and links: seconds of one core for a casebook and for one four times as large.

Run: python -m tests.benchmarks.exchange [number of events, default 2000]

The events are made up: six strikes a day on forty towns, each with a claimed report, in two
casebooks of different sources, so that a tenth of the events pair.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from geoconflict import link_events
from geoconflict.casebooks.casebook import Casebook, make_casebook
from geoconflict.casebooks.records import Event, MapInfo, Report
from geoconflict.exporters import WRITERS

FIRST = dt.date(2024, 1, 1)
TOWNS, A_DAY, TIMES = 40, 6, 4


def made(count: int, source: str) -> Casebook:
    """Return a casebook of made-up strikes that one source reports."""
    # The same days and towns whatever the source: only some metres and ids differ.
    chance = np.random.default_rng(3)
    towns = np.column_stack((chance.uniform(31, 42, TOWNS), chance.uniform(46, 53, TOWNS)))
    events, reports = [], []
    for number in range(count):
        lon, lat = towns[number % TOWNS]
        is_shared = number % 10 == 0
        # What only one source tells of lies ten years off.
        day = FIRST + dt.timedelta(number // A_DAY - (source == "b" and not is_shared) * 3_650)
        name = f"{source}-{number}"
        events.append(
            Event(
                id=name,
                kind="strike",
                date_start=day,
                date_end=day,
                place=f"Town {number % TOWNS}",
                country="UA",
                lon=float(lon),
                lat=float(lat),
                precision_m=2_000,
                actor="RU",
                effects=f"a depot burned, number {number}",
                status="claimed",
            )
        )
        reports.append(Report(event_id=name, source=source, claimant="Air force", stance="claims"))
    info = MapInfo(
        title="Made up",
        period=(FIRST, FIRST + dt.timedelta(count // A_DAY)),
        sources={source: {"title": source, "publisher": source, "date": FIRST}},
    )
    return make_casebook(f"book-{source}", info, events=events, reports=reports)


def spent(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print what links and each format take, and how they grow."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    rows: dict[str, list[float]] = {}
    for size in (count, count * TIMES):
        books = [made(size, source) for source in "ab"]
        rows.setdefault("link", []).append(spent(lambda books=books: link_events(books)))
        with TemporaryDirectory() as folder:
            for name, (write, ending) in WRITERS.items():
                path = Path(folder) / f"book{ending}"
                took = spent(lambda w=write, b=books[0], p=path: w(b, p))
                rows.setdefault(name, []).append(took)
    for name, (small, large) in rows.items():
        print(f"{name:12} {small:6.2f} s {large:7.2f} s  {large / small:4.1f} times")


if __name__ == "__main__":
    main()
