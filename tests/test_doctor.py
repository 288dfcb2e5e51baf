"""``geoconflict doctor`` tells what is there and what is broken."""

import json
import shutil
import tomllib
from importlib.metadata import version

import pytest

from geoconflict.files import embedded
from tests.commands import run
from tests.conftest import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture
def data_folder(tmp_path, monkeypatch):
    """A copy of the data that comes with the package, in its place."""
    copy = tmp_path / "data"
    copy.mkdir()
    for name in ("manifest.json", *embedded.manifest()["files"]):
        shutil.copy(embedded.embedded_path(name), copy)
    monkeypatch.setattr(embedded, "_FOLDERS", (copy,))
    return copy


def test_it_tells_versions_extras_and_the_age_of_data():
    result = run("doctor")
    assert result.returncode == 0, result.stdout
    assert f"shapely {version('shapely')}" in result.stdout
    for extra in ("desk", "figures", "pages", "fuzzy", "grids", "parquet", "dask"):
        assert extra in PROJECT["optional-dependencies"]
        assert f"  {extra}: " in result.stdout
    for name in embedded.manifest()["files"]:
        assert f"  {name} of 20" in result.stdout


def test_as_data_it_has_a_version_for_every_library():
    found = json.loads(run("doctor", "--json").stdout)
    assert len(found["libraries"]) > 10
    assert all(found["libraries"].values())


def test_a_damaged_file_is_named_and_is_an_error(data_folder):
    (data_folder / "villages.csv").write_text("id\n", "utf-8")
    (data_folder / "waters.csv").unlink()
    result = run("doctor")
    assert result.returncode == 1
    assert "villages.csv is DAMAGED" in result.stdout
    assert "waters.csv is DAMAGED" in result.stdout
    assert "borders.gpkg of 20" in result.stdout
