"""What the documentation shows of other tools runs as it stands there."""

import contextlib
import io
import json
import re
import shutil
import sqlite3

import pytest

from tests.commands import run
from tests.conftest import JANUARY, REPOSITORY

PAGE = REPOSITORY / "notebooks" / "site" / "other-tools.md"


@pytest.mark.filterwarnings("ignore")  # those of the other tools
def test_the_examples_for_other_tools_run(tmp_path, monkeypatch):
    for tool in ("duckdb", "polars", "mapclassify", "dask.bag"):
        pytest.importorskip(tool)
    shutil.copytree(JANUARY, tmp_path / "january-2025")
    done = run(
        "enrich", "january-2025", "-o", "january.parquet", "--reference", "border:UA", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    monkeypatch.chdir(tmp_path)
    printed, names = io.StringIO(), {}
    with contextlib.redirect_stdout(printed):
        for code in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
            exec(code, names)  # noqa: S102 - the documentation's own
    said = printed.getvalue()
    # The three farthest of the month's strikes: Kazan, Volgograd or Astrakhan, 900 to 400 km off.
    assert "2025-01-20-gorbunov-plant', 9" in said
    assert "claimed" in said
    assert "Counter({'supported': 1})" in said


def test_the_metadata_for_datasette_name_what_the_geopackage_has(tmp_path):
    done = run("export", JANUARY, "--to", "gpkg", "-o", "a.gpkg", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    blocks = re.findall(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    tables = json.loads(blocks[-1])["databases"]["a"]["tables"]
    with contextlib.closing(sqlite3.connect(tmp_path / "a.gpkg")) as base:
        there = {
            name: {row[1] for row in base.execute(f"PRAGMA table_info({name})")}
            for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    assert {*tables, "map"} == set(there)
    for name, told in tables.items():
        named = [told.get("label_column"), told.get("sort_desc"), *told.get("facets", ())]
        assert there[name].issuperset(filter(None, named)), name
