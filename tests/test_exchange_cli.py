"""Importing, linking, exporting and enriching as a user runs them."""

import json
import re
import sys

import geopandas as gpd
import pytest

from geoconflict import read_casebook
from geoconflict.exporters import WRITERS
from geoconflict.page.packing import unpack
from tests.commands import run
from tests.conftest import JANUARY
from tests.test_importers import ACLED, TABLE


@pytest.fixture
def acled(tmp_path):
    path = tmp_path / "acled.csv"
    path.write_text(ACLED, "utf-8")
    return path


def _unpacked(page):
    """Return the tables that a page carries, as the browser unpacks them."""
    packed = re.search(r'id="casebook-data"[^>]*>([^<]*)<', page.read_text("utf-8"))[1]
    return json.dumps(unpack(packed))


def test_import_gives_an_account_and_a_casebook_that_the_other_commands_take(acled, tmp_path):
    result = run("import", "acled", acled, "-o", "book", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "9 rows read, 5 taken as 5 events, 1 repeated, 3 set aside" in result.stdout
    assert "acled.csv line 7" in result.stdout
    assert "ACLED restricts redistribution" in result.stdout
    assert "rows set aside: book-set-aside.csv" in result.stdout
    assert "5 events" in run("validate", "book", cwd=tmp_path).stdout
    allowed = run("map", "book", "-o", "page.html", "--include-restricted", cwd=tmp_path)
    assert allowed.returncode == 0, allowed.stderr
    assert "do not let the rows be passed on" in _unpacked(tmp_path / "page.html")


@pytest.mark.parametrize(
    "command",
    [
        ("map", "-o", "out.html"),
        ("figure", "-o", "out.png"),
        ("export", "--to", "kml", "-o", "out.kml"),
    ],
)
def test_events_that_may_not_be_passed_on_are_handed_out_only_where_it_is_said(
    acled, tmp_path, command
):
    assert run("import", "acled", acled, "-o", "book", cwd=tmp_path).returncode == 0
    refused = run(command[0], "book", *command[1:], cwd=tmp_path)
    assert refused.returncode == 1
    assert "restrict passing its events on: Armed Conflict Location" in refused.stderr
    assert not (tmp_path / command[-1]).exists()
    allowed = run(command[0], "book", *command[1:], "--include-restricted", cwd=tmp_path)
    assert allowed.returncode == 0, allowed.stderr
    assert (tmp_path / command[-1]).exists()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("timemap", ["(53 events", "10 events without a position left out"]),
        ("kml", ["(53 events", "10 events without a position left out"]),
        ("geojson", ["(63 events", "129 claims)"]),
    ],
)
def test_export_says_what_was_really_written(tmp_path, kind, said):
    result = run("export", JANUARY, "--to", kind, cwd=tmp_path)
    assert [text for text in said if text not in result.stdout] == []
    if kind == "geojson":
        content = json.loads((tmp_path / "january-2025.geojson").read_text("utf-8"))
        inside = sum(len(one["properties"]["claims"]) for one in content["features"])
        assert (inside, len(content["claims"])) == (74, 55)


def test_an_import_stays_in_the_form_of_the_casebook(tmp_path):
    run("export", JANUARY, "--to", "geoparquet", "-o", "book", cwd=tmp_path)
    (tmp_path / "civ.csv").write_text("id,date,latitude,longitude\n1,01/02/2024,49,37\n", "utf-8")
    result = run("import", "bellingcat", "civ.csv", "-o", "book", cwd=tmp_path)
    assert "1 events are new" in result.stdout
    assert len(read_casebook(tmp_path / "book").events) == 64
    assert not (tmp_path / "book" / "events.csv").exists()


def test_a_casebook_in_two_forms_is_refused(tmp_path):
    run("export", JANUARY, "--to", "geoparquet", "-o", "book", cwd=tmp_path)
    result = run("export", JANUARY, "--to", "csv", "-o", "book", cwd=tmp_path)
    assert "holds events.parquet: a casebook stands in one form" in result.stderr
    (tmp_path / "book" / "events.csv").write_bytes((JANUARY / "events.csv").read_bytes())
    assert "events.csv and events.parquet" in run("validate", "book", cwd=tmp_path).stderr


@pytest.mark.parametrize("name", ["mine.geojson", "mine.kml"])
def test_an_import_does_not_replace_a_file_that_it_cannot_join(acled, tmp_path, name):
    (tmp_path / name).write_text("my work", "utf-8")
    result = run("import", "acled", acled, "-o", name, cwd=tmp_path)
    assert result.returncode == 1
    assert "is there and cannot be joined" in result.stderr
    assert (tmp_path / name).read_text("utf-8") == "my work"


def test_a_dot_in_the_name_of_a_folder_is_no_ending(acled, tmp_path):
    assert run("import", "acled", acled, "-o", "acled-25.1", cwd=tmp_path).returncode == 0
    assert len(read_casebook(tmp_path / "acled-25.1").events) == 5
    assert (tmp_path / "acled-25.1-set-aside.csv").exists()


def test_import_as_json_has_every_line(acled, tmp_path):
    answer = json.loads(run("import", "acled", acled, "-o", "b", "--json", cwd=tmp_path).stdout)
    assert (answer["read"], answer["taken"], answer["set_aside_file"]) == (9, 5, "b-set-aside.csv")
    assert [row["line"] for row in answer["set_aside"]] == [7, 8, 9]


def test_a_file_in_which_no_row_is_an_event_still_has_an_account(acled, tmp_path):
    text = ACLED.replace("16 February 2024", "16/16/2024")
    acled.write_text("".join(text.splitlines(keepends=True)[:5]).rpartition("UKR2")[0], "utf-8")
    result = run("import", "acled", acled, "-o", "book", cwd=tmp_path)
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert "1 rows read, 0 taken as 0 events, 1 set aside" in result.stdout
    assert "there is no month 16" in (tmp_path / "book-set-aside.csv").read_text("utf-8")
    assert not (tmp_path / "book").exists()


def test_an_updated_file_is_taken_anew_only_where_it_is_asked(acled, tmp_path):
    run("import", "acled", acled, "-o", "book", cwd=tmp_path)
    changed = ACLED.replace("Suspilne; Ukrinform", "Reuters").replace("two were hurt", "three died")
    acled.write_text(changed, "utf-8")
    first = json.loads(run("import", "acled", acled, "-o", "book", "--json", cwd=tmp_path).stdout)
    assert (first["added"], first["same"], first["different"]) == (0, 4, ["acled-ukr1"])
    assert "two were hurt" in read_casebook(tmp_path / "book").events["effects"].str.cat()
    second = run("import", "acled", acled, "-o", "book", "--update", cwd=tmp_path)
    assert "1 were there with other contents and were taken anew (acled-ukr1)" in second.stdout
    book = read_casebook(tmp_path / "book")
    assert len(book.events) == 5
    assert "three died" in book.events["effects"].str.cat()
    said = book.reports[book.reports["event_id"] == "acled-ukr1"]
    assert said["claimant"].tolist() == ["Reuters"]


def test_import_straight_into_another_format(acled, tmp_path):
    result = run("import", "acled", acled, "-o", "book.gpkg", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    again = run("import", "acled", acled, "-o", "book.gpkg", cwd=tmp_path)
    assert "0 events are new, 5 were there" in again.stdout
    assert len(read_casebook(tmp_path / "book.gpkg").events) == 5
    assert "5 events" in run("validate", "book.gpkg", cwd=tmp_path).stdout
    mapped = run("map", "book.gpkg", "-o", "page.html", "--include-restricted", cwd=tmp_path)
    assert mapped.returncode == 0


def test_import_of_any_table_proposes_a_mapping_and_takes_it(tmp_path):
    (tmp_path / "mine.csv").write_text(TABLE, "utf-8")
    first = run("import", "csv", "mine.csv", cwd=tmp_path)
    # No casebook was written, which a script must be able to tell.
    assert first.returncode == 3
    assert "wrote mine.mapping.toml" in first.stdout
    command = first.stdout.splitlines()[-1].split()[1:]
    assert run(*command, cwd=tmp_path).returncode == 0
    assert len(read_casebook(tmp_path / "casebook").events) == 1
    assert "is there already" in run("import", "csv", "mine.csv", cwd=tmp_path).stdout


def test_link_proposes_and_merges_nothing(acled, tmp_path):
    run("import", "acled", acled, "-o", "book", cwd=tmp_path)
    result = run("link", "book", JANUARY, cwd=tmp_path)
    assert result.returncode == 0
    assert "nothing was merged" in result.stdout
    assert json.loads(run("link", "book", JANUARY, "--json", cwd=tmp_path).stdout) == []
    assert run("link", "book", JANUARY, "-o", "pairs.csv", cwd=tmp_path).returncode == 0
    header = "first,second,score,days_apart,distance_km,within_km,reason\n"
    assert (tmp_path / "pairs.csv").read_text("utf-8") == header


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_export_writes_every_format_and_says_where(tmp_path, kind):
    result = run("export", JANUARY, "--to", kind, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    (made,) = tmp_path.iterdir()
    assert f"wrote {made.name} (" in result.stdout


def test_enrich_writes_geoparquet(tmp_path):
    (tmp_path / "e.csv").write_text("lon,lat\n39.6916,54.6269\n,\n", "utf-8")
    result = run(
        "enrich", "e.csv", "-o", "e.parquet", "--reference", "border:UA", "--admin1", cwd=tmp_path
    )
    assert result.returncode == 0, result.stderr
    assert "wrote e.parquet (2 events)\n  1 have no position" in result.stdout
    row = gpd.read_parquet(tmp_path / "e.parquet").iloc[0]
    assert row["distance_km"] == pytest.approx(461.8, abs=0.3)
    assert row["admin1"] == "RU-RYA"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "acledd", "x.csv"), "'acledd' is no format: expected one of acled"),
        (("import", "acled", "x.csv"), "x.csv: No such file"),
        (("import", "acled", "."), "is a folder"),
        (("import", "csv", "x.csv", "--mapping", "y.toml"), "y.toml"),
        (("export", JANUARY, "--to", "shapefile"), "'shapefile' is no format"),
        (("export", "nowhere", "--to", "gpkg"), "no folder"),
        (("export", JANUARY, "--to", "gpkg", "-o", "no/where.gpkg"), "does not exist"),
        (("link", "nowhere"), "no folder"),
        (("enrich", "x.csv", "-o", "o.parquet", "--admin1"), "x.csv: No such file"),
        (("enrich", "x.csv", "-o", "no/o.parquet", "--admin1"), "does not exist"),
    ],
)
def test_what_goes_wrong_is_one_clear_line_and_exit_1(arguments, said, tmp_path):
    result = run(*arguments, cwd=tmp_path)
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command",
    [
        ("export", JANUARY, "--to", "geoparquet", "-o", "out"),
        ("enrich", "e.csv", "-o", "out", "--admin1"),
    ],
)
def test_what_needs_pyarrow_says_how_to_get_it(command, tmp_path, monkeypatch):
    # pandas loads what it needs of it when it first filters.
    read_casebook(JANUARY)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run(*command, cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr == (
        "geoconflict: Parquet needs pyarrow: pip install 'geoconflict[parquet]'\n"
    )


def test_an_output_that_is_no_known_file_writes_nothing(acled, tmp_path):
    result = run("import", "acled", acled, "-o", "book.xlsx", cwd=tmp_path)
    assert result.returncode == 1
    assert "a folder for a casebook, or a file that ends in .geojson" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["acled.csv"]


@pytest.mark.parametrize("option", [("--mapping", "m.toml"), ("--date-order", "mdy")])
def test_an_option_that_a_source_has_no_use_for_is_refused(option, acled, tmp_path):
    result = run("import", "acled", acled, *option, cwd=tmp_path)
    assert (result.returncode, f"{option[0]} is for csv" in result.stderr) == (1, True)


def test_a_map_of_control_is_no_table_of_events_and_the_command_for_it_is_told(tmp_path):
    ring = [[37.0, 48.0], [37.5, 48.0], [37.5, 48.5], [37.0, 48.0]]
    area = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"name": "Occupied"}, "geometry": area}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (tmp_path / "map.geojson").write_text(content, "utf-8")
    assert "geoconflict front area" in run("import", "csv", "map.geojson", cwd=tmp_path).stdout
