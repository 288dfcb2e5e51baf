"""What is ten times as long takes ten times the work: nothing here grows with the square."""

import subprocess
import sys

import pytest

# Seconds of the processor, whatever else the machine does; the system ends what takes more.
MOST_S = 20
READ = """
import resource, pathlib
resource.setrlimit(resource.RLIMIT_CPU, ({most}, {most}))
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

try:
    {code}
except GeoconflictError as error:
    print(str(error)[:200])
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


@pytest.mark.parametrize("name", LONG)
def test_the_work_grows_with_the_length_alone(name, tmp_path):
    code = READ.format(most=MOST_S, code=LONG[name])
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]


def test_the_limit_ends_what_takes_longer(tmp_path):
    code = READ.format(most=1, code="while True: pass")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    assert done.returncode < 0
