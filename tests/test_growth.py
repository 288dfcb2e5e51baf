"""What is ten times as long takes ten times the work: nothing here grows with the square."""

import cProfile
import datetime as dt
import json
import os
import subprocess
import sys

import pytest

from geoconflict import Fronts, check_report, draw_map, locate_events, read_casebook, render
from geoconflict.exporters import write_geopackage
from geoconflict.importers import read_csv
from geoconflict.importers.mapping import propose_mapping
from geoconflict.importers.writing import write_import
from tests.benchmarks.import_rows import made
from tests.conftest import JANUARY, REPOSITORY
from tests.fronts.conftest import collection, square, write

# Seconds of the processor, whatever else the machine does; the system ends what takes more.
MOST_S = 20
READ = """
import json, os, pathlib, resource, sys, traceback
import geoconflict as gc
from geoconflict.errors import GeoconflictError
from geoconflict.files.reading import parse_toml
from geoconflict.importers.mapping import propose_mapping
from geoconflict.importers.notations import read_pair
from geoconflict.importers.placemarks import plain_text
from geoconflict.importers.weblinks import find_urls

def table(name, text):
    pathlib.Path(name).write_text(text)
    return name

def read(most, code):
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    try:
        exec(code)
    except GeoconflictError as error:
        print(str(error)[:200], file=sys.stderr)

def ended(most, code):
    if child := os.fork():
        return os.waitpid(child, 0)[1]
    try:
        read(most, code)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)

print(json.dumps([ended(*one) for one in json.load(sys.stdin)]))
"""
# With work that grows with the square each would take minutes to hours.
LONG = {
    "tags": 'plain_text("<br " * 1_000_000)',
    "starts of tags": 'plain_text("<" * 1_000_000)',
    "columns": 'propose_mapping(table("a.csv", ",".join(map(str, range(300_000)))))',
    "columns twice": 'propose_mapping(table("a.csv", "a," * 3_900))',
    "cells": 'propose_mapping(table("a.csv", "a,date\\n1," + "," * 500_000))',
    "columns of events": 'table("events.csv", "a," * 300_000); gc.read_casebook(".")',
    "parts of a key": 'parse_toml(b"a" + b".a" * 500_000, "a", raises=GeoconflictError)',
    "brackets of a link": 'find_urls("https://a.b/" + ")" * 500_000)',
    "signs of a position": 'read_pair("1" + " 1" * 100_000)',
}


def test_the_work_grows_with_the_length_alone_and_the_limit_ends_what_takes_longer(tmp_path):
    # Each in a process of its own, which has what it needs loaded.
    cases = [*([MOST_S, code] for code in LONG.values()), [1, "while True: pass"]]
    done = subprocess.run(
        [sys.executable, "-c", READ],
        input=json.dumps(cases), cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    *ends, endless = json.loads(done.stdout)
    assert dict(zip(LONG, ends, strict=True)) == dict.fromkeys(LONG, 0), done.stderr[-500:]
    assert os.WIFSIGNALED(endless)


EVENTS = "id,kind,date_start,date_end,place,admin1,country,lon,lat,status\n"
# Four times as much may take so many times the calls of functions: what is linear takes four.
MOST_TIMES, FEW = 4.6, 100


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """Casebooks of 100 and 400 events a kilometre or more apart, without claims."""
    folders = []
    for count in (FEW, 4 * FEW):
        folder = tmp_path_factory.mktemp("book") / f"of-{count}"
        folder.mkdir()
        (folder / "map.toml").write_bytes((JANUARY / "map.toml").read_bytes())
        rows = (
            f"e{n},strike,2025-01-{1 + n % 28:02},2025-01-{1 + n % 28:02},Town {n},,UA,"
            f"{30 + n % 40 / 8},{48.5 + n // 40 / 8},claimed\n"
            for n in range(count)
        )
        (folder / "events.csv").write_text(EVENTS + "".join(rows))
        (folder / "reports.csv").write_text("event_id,source,claimant,stance\n")
        (folder / "claims.csv").write_text("id,event_id,kind,source\n")
        folders.append(folder)
    return folders


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory):
    """Folders of 30 and 120 snapshots."""
    folders = []
    for count in (30, 120):
        folder = tmp_path_factory.mktemp("front")
        for n in range(count):
            day = dt.date(2025, 1, 1) + dt.timedelta(days=n)
            grown = collection((square(37.0, 48.0, 37.2 + n / 1000, 48.1), {}))
            write(folder / f"a_{day:%Y%m%d}.geojson", grown)
        folders.append(folder)
    return folders


def calls(work, *given):
    """Return how many functions a piece of work calls, Python's own among them."""
    counted = cProfile.Profile()
    counted.runcall(work, *given)
    return sum(entry.callcount for entry in counted.getstats())


def grows_straight(work, few, many):
    # What is kept from one run to the next, as the width of a name is, counts in neither; the few
    # are among the many.
    work(many)
    return calls(work, many) <= MOST_TIMES * calls(work, few)


def test_pages_figures_files_and_checks_of_casebooks_grow_straight(books, tmp_path):
    assert grows_straight(lambda path: locate_events(read_casebook(path)), *books)
    assert grows_straight(lambda path: str(render(path)), *books)
    held = [read_casebook(path) for path in books]
    assert grows_straight(draw_map, *held)
    assert grows_straight(lambda book: write_geopackage(book, tmp_path / "a.gpkg"), *held)


def test_tables_are_taken_in_and_casebooks_read_in_straight_growth(tmp_path):
    mapping, tables = tmp_path / "a.toml", []
    for count in (4 * FEW, 16 * FEW):
        tables.append(tmp_path / f"of-{count}.csv")
        made(tables[-1], count)
    mapping.write_text(propose_mapping(tables[-1]), "utf-8")
    books = [write_import(read_csv(one, mapping=mapping), one.with_suffix("")) for one in tables]
    assert grows_straight(lambda table: read_csv(table, mapping=mapping), *tables)
    assert grows_straight(lambda written: read_casebook(written.path), *books)


def test_series_of_snapshots_and_checks_of_texts_grow_straight(snapshots):
    assert grows_straight(lambda path: Fronts.read(path).series(), *snapshots)
    text = (REPOSITORY / "notebooks" / "site" / "report.txt").read_text("utf-8")
    assert grows_straight(check_report, text * 3, text * 12)


def test_what_grows_with_the_square_is_noticed():
    def square_of(rows):
        return [abs(one - other) for one in range(rows) for other in range(rows)]

    assert not grows_straight(square_of, 20, 80)
