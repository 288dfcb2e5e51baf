"""The user's folder of places: where it is, and what happens when a file in it is broken."""

import json
import os
import sqlite3
import time
from pathlib import Path

import pytest

from geoconflict.errors import GazetteerFileWarning
from geoconflict.gazetteer import lookup
from geoconflict.gazetteer.growing.additions import add_places
from geoconflict.gazetteer.userdata import scratch_folder, user_files, user_folder
from tests.commands import run

TABLE = "name,lon,lat,retrieved\nTyshchenkivka,37.3,48.4,2026-10-02\n"


@pytest.fixture
def village(folder, tmp_path):
    """The user's folder with one table of one village."""
    (tmp_path / "places.csv").write_text(TABLE, "utf-8")
    add_places([tmp_path / "places.csv"])
    return folder


def test_the_environment_names_the_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("GEOCONFLICT_DATA", str(tmp_path))
    assert user_folder() == tmp_path
    monkeypatch.delenv("GEOCONFLICT_DATA")
    assert user_folder().name == "geoconflict"
    assert user_folder().is_absolute()


def _foreign(path):
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE info (key, value)")
    base.close()


def _of_another_version(path):
    base = sqlite3.connect(path)
    base.execute("DROP TABLE name")
    base.commit()
    base.close()


def _without_source(path):
    base = sqlite3.connect(path)
    base.execute("DELETE FROM info WHERE key = 'source'")
    base.commit()
    base.close()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: path.write_bytes(b""), "cut off or no file of places"),
        (lambda path: path.write_bytes(b"x" * 8192), "cut off or no file of places"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "cut off or no file of places"),
        (_of_another_version, "remove it or add it again"),
        (_without_source, "does not say its source and licence"),
    ],
)
def test_a_broken_file_is_left_out_with_a_warning(village, damage, said):
    damage(village / "user-places.sqlite")
    with pytest.warns(GazetteerFileWarning, match=said):
        assert user_files() == []
    with pytest.warns(GazetteerFileWarning, match="remove it or add it again; going on without"):
        found = lookup._default.__wrapped__().resolve("Kazan")
    assert found.require().country == "RU"


def test_a_foreign_database_is_left_out(village):
    _foreign(village / "other.sqlite")
    with pytest.warns(GazetteerFileWarning, match=r"other.sqlite: .* a file of places"):
        assert [file.path.name for file in user_files()] == ["user-places.sqlite"]


def test_a_command_goes_on_without_a_broken_file(village):
    (village / "user-places.sqlite").write_bytes(b"broken")
    result = run("place", "Kazan")
    assert result.returncode == 0
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("geoconflict: warning: ")
    assert str(village / "user-places.sqlite") in result.stderr


def test_info_tells_what_is_loaded(village):
    held = json.loads(run("gazetteer", "info", "--json").stdout)
    assert held[0]["title"] == "places.csv"
    assert held[0]["counts"] == {"settlement": 1}
    assert (held[0]["retrieved"], held[0]["source"]) == ("2026-10-02", "own table")
    assert held[0]["added"]
    assert held[0]["path"] == str(village / "user-places.sqlite")
    embedded = held[-1]
    assert embedded["counts"]["country"] > 200
    assert embedded["licence"] == "CC BY 4.0"
    assert all(Path(one["path"]).is_file() and one["retrieved"] for one in held)
    text = run("gazetteer", "info").stdout
    assert text.startswith("places.csv: 1 place (1 settlement)\n  as of 2026-10-02, added ")
    assert all(one["path"] in text for one in held)


@pytest.mark.parametrize("command", ["add", "info"])
def test_the_commands_have_help_with_an_example(command):
    result = run("gazetteer", command, "--help")
    assert result.returncode == 0
    assert f"Example: geoconflict gazetteer {command}" in result.stdout


def test_what_a_killed_process_left_is_cleared(village):
    old, new = village / ".adding-old", village / ".adding-new"
    for path in (old, new):
        path.mkdir()
    long_ago = time.time() - 200_000
    os.utime(old, (long_ago, long_ago))
    with scratch_folder():
        pass
    assert sorted(path.name for path in village.iterdir()) == [".adding-new", "user-places.sqlite"]
