"""The front commands as a user runs them."""

import csv
import io
import json
import re
import sys

import pytest

from tests.commands import run
from tests.conftest import JANUARY
from tests.fronts.conftest import DEEPSTATE, SQUARES, collection, quadrangle_km2, square, write


def test_area_prints_a_line_a_day_and_the_source():
    result = run("front", "area", SQUARES)
    lines = result.stdout.splitlines()
    assert result.returncode == 0
    assert [line[:10] for line in lines[1:-1]] == [
        "2025-01-01", "2025-01-02", "2025-01-05", "2025-01-20",
    ]  # fmt: skip
    assert lines[-1].startswith("source: squares (CC0)")


def test_area_as_csv_by_oblast_within_days():
    days = ("--from", "2025-01-02", "--to", "2025-01-20")
    result = run("front", "area", SQUARES, *days, "--by", "admin1", "--csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {row["date"] for row in rows} == {"2025-01-02", "2025-01-05", "2025-01-20"}
    held = sum(float(row["area_km2"]) for row in rows if row["date"] == "2025-01-02")
    assert held == pytest.approx(quadrangle_km2(37.0, 48.0, 37.5, 48.6), rel=1e-4)
    assert {"Donetsk Oblast", "Dnipropetrovsk Oblast"} <= {row["title"] for row in rows}


def test_area_as_json():
    answer = json.loads(run("front", "area", SQUARES, "--json").stdout)
    assert (answer["source"], answer["licence"]) == ("squares", "CC0")
    assert answer["rows"][0]["gained_km2"] is None
    assert answer["rows"][1]["days"] == 1
    assert all(round(row["area_km2"], 3) == row["area_km2"] for row in answer["rows"])


def test_contested_areas_have_a_column_where_they_are_drawn(tmp_path):
    sides = [("RU", (37, 48, 37.5, 48.5)), ("contested", (37, 48.4, 37.5, 48.6))]
    areas = [(square(*box), {"side": side}) for side, box in sides]
    write(tmp_path / "a_20250101.geojson", collection(*areas))
    (row,) = json.loads(run("front", "area", tmp_path, "--json").stdout)["rows"]
    assert row["contested_km2"] == pytest.approx(quadrangle_km2(37, 48.5, 37.5, 48.6), rel=1e-3)
    assert "unknown_km2" not in row
    (plain, *_) = json.loads(run("front", "area", SQUARES, "--json").stdout)["rows"]
    assert "contested_km2" not in plain


@pytest.mark.parametrize("options", [(), ("--by", "admin1")])
def test_area_as_a_figure(tmp_path, options):
    result = run("front", "area", SQUARES, *options, "--plot", tmp_path / "area.svg")
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "area.svg").read_text("utf-8")
    assert text.startswith("<?xml")
    assert result.stdout.startswith("date")


def test_a_figure_without_matplotlib_is_a_clear_error(tmp_path, monkeypatch):
    for name in ("matplotlib", "matplotlib.figure"):
        monkeypatch.setitem(sys.modules, name, None)
    result = run("front", "area", SQUARES, "--plot", tmp_path / "x.png")
    assert result.returncode == 1
    assert "figures need: pip install 'geoconflict[figures]'" in result.stderr


def test_diff_says_which_snapshots_it_used_and_writes_polygons(tmp_path):
    target = tmp_path / "changes.geojson"
    result = run("front", "diff", SQUARES, "2025-01-01", "2025-01-03", "-o", target)
    assert result.returncode == 0, result.stderr
    assert "2025-01-02 (the last snapshot before 2025-01-03)" in result.stdout
    assert f"gained  {quadrangle_km2(37.0, 48.5, 37.5, 48.6):.1f} km2" in result.stdout
    rows = json.loads(target.read_text("utf-8"))["features"]
    assert [row["properties"]["change"] for row in rows] == ["gained"]


def test_diff_as_json_and_near_a_place():
    answer = json.loads(run("front", "diff", SQUARES, "2025-01-02", "2025-01-05", "--json").stdout)
    assert answer["lost_km2"] == pytest.approx(quadrangle_km2(37.0, 48.0, 37.1, 48.6), rel=1e-3)
    assert sum(row["lost_km2"] for row in answer["by_admin1"]) == pytest.approx(
        answer["lost_km2"], abs=0.1
    )
    near = run("front", "diff", SQUARES, "2025-01-01", "2025-01-02", "--near", "48.5, 37.25")
    assert near.stdout.startswith("Russian forces advanced within 25 km of 48.5, 37.25")


def test_at_tells_side_distance_and_snapshot():
    result = run("front", "at", SQUARES, "48.55, 37.25", "2025-01-01")
    assert "not held by Russia, 5.6 km from the front line" in result.stdout
    assert "squares, 2025-01-01" in result.stdout
    answer = json.loads(run("front", "at", SQUARES, "48.55, 37.25", "2025-01-04", "--json").stdout)
    assert (answer["side"], answer["snapshot_date"]) == ("RU", "2025-01-02")
    assert answer["distance_km"] == pytest.approx(5.56, abs=0.01)


def test_at_is_no_surer_than_the_line():
    """600 m north of the edge of the square, where the line is right within 1.1 km."""
    place = ("front", "at", SQUARES, "48.505398, 37.25", "2025-01-01")
    said = run(*place).stdout
    assert "on the line within its accuracy, side not certain; drawn as not held by Russia" in said
    assert json.loads(run(*place, "--json").stdout)["side_certain"] is False
    far = run("front", "at", SQUARES, "48.55, 37.25", "2025-01-01", "--json").stdout
    assert json.loads(far)["side_certain"] is True


def test_at_says_of_held_land_only_that_it_is_held():
    """Held on both days, 11 km behind the line that runs along the square's edge."""
    said = run("front", "at", SQUARES, "48.4, 37.25", "2025-01-01").stdout
    assert "held by Russia, 11.1 km behind the front line" in said
    assert "across no front line" not in said


def test_at_outside_ukraine_says_what_the_source_counts(tmp_path):
    held = collection((square(37, 48, 38, 49), {"side": "RU"}))
    write(tmp_path / "deepstatemap_data_20250101.geojson", held)
    said = run("front", "at", tmp_path, "51.2, 35.27", "2025-01-01").stdout
    assert "outside Ukraine" in said
    assert "DeepState, 2025-01-01" in said
    assert "counts    land in Ukraine only" in said


@pytest.mark.parametrize("options", [("--radius", "-5"), ("--radius", "0"), ("--max-gap", "-1")])
def test_no_radius_or_gap_is_below_nothing(options):
    near = ("--near", "48.5, 37.25")
    result = run("front", "diff", SQUARES, "2025-01-01", "2025-01-02", *near, *options)
    assert result.returncode == 1
    assert f"Invalid value for '{options[0]}'" in result.stderr


def test_at_allows_a_longer_gap_if_asked():
    assert run("front", "at", SQUARES, "48.55, 37.25", "2025-01-19").returncode == 1
    result = run("front", "at", SQUARES, "48.55, 37.25", "2025-01-19", "--max-gap", "14")
    assert "2025-01-05 (the last snapshot before 2025-01-19)" in result.stdout


def test_measure_takes_a_front():
    result = run("measure", "48.55, 37.25", "front:@2025-01-01", "--front", SQUARES, "--json")
    answer = json.loads(result.stdout)
    assert answer["distance_km"] == pytest.approx(5.56, abs=0.01)
    assert answer["reference"] == "front:squares@2025-01-01"


def test_check_takes_a_front_and_says_which(casebook_copy):
    result = run("check", casebook_copy, "--front", SQUARES)
    assert result.returncode == 2, result.stderr
    assert "front lines: squares, 4 files dated 2025-01-01 to 2025-01-20 (CC0)" in result.stdout
    line = next(line for line in result.stdout.splitlines() if "roughly 498 km²" in line)
    assert "is of 20 January 2025, 11 days older" in line


def test_check_sets_reported_advances_beside_the_front(casebook_copy):
    """Of Toretsk the squares, 50 km away, draw nothing; no pair of them fits February."""
    lines = run("check", casebook_copy, "--front", SQUARES).stdout.splitlines()
    found = [line for line in lines if "[2025-01-20-toretsk-advance]" in line]
    assert len(found) == 1
    assert found[0].startswith("undetermined")
    assert not any("-advance]" in line for line in run("check", casebook_copy).stdout.splitlines())


def test_check_on_the_real_front():
    if not DEEPSTATE.is_dir():
        pytest.skip("the real snapshots (../shared/fronts/deepstate) are not here")
    result = run("check", JANUARY, "--front", DEEPSTATE)
    line = next(line for line in result.stdout.splitlines() if "roughly 498 km²" in line)
    assert line.startswith("undetermined")
    assert "320.5 km² is 177.5 km² less" in line
    assert "none in Kursk Oblast" in line
    toretsk = next(x for x in result.stdout.splitlines() if "[2025-01-20-toretsk-advance]" in x)
    assert re.match(r"supported +advance at Toretsk \(RU\): \d+\.\d km² won by Russia", toretsk)
    assert "snapshots of 5 January 2025 and of 20 January 2025" in toretsk


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("area", "no-such-folder"), "no such file or folder"),
        (("area", SQUARES, "--from", "soon"), "'soon' is not"),
        (("area", SQUARES, "--by", "village"), "not by 'village'"),
        (("area", SQUARES, "--plot", "no/such/folder/x.png"), "cannot be written"),
        (("area", SQUARES, "--plot", "x.xyz"), "cannot be written"),
        (("area", SQUARES, "--from", "2030-01-01", "--plot", "z.png"), "only from 2025-01-01"),
        (("area", SQUARES, "--to", "2020-01-01"), "no squares snapshot within these days"),
        (("diff", SQUARES, "2025-01-03", "2025-01-04"), "both answered from the squares, snapshot"),
        (("diff", SQUARES, "2025-01-02", "2025-01-01"), "give the earlier day first"),
        (("diff", SQUARES, "2024-12-01", "2025-01-01"), "the first is of 2025-01-01"),
        (("diff", SQUARES, "2025-01", "2025-02-01"), "expected one day"),
        (("diff", SQUARES, "2025-01-01", "2025-01-02", "-o", "no/x.geojson"), "cannot be written"),
        (("at", SQUARES, "Nowhereville", "2025-01-01"), "no place called 'Nowhereville'"),
        (("at", SQUARES, "admin1:UA-14", "2025-01-01"), "is no single place"),
        (("at", SQUARES, "Pokrovsk, UA", "2025-13-01"), "no"),
        (("at", SQUARES, "Pokrovsk, UA", "2024-12-01"), "on or before 2024-12-01"),
    ],
)
def test_what_goes_wrong_is_a_clear_line_and_exit_1(arguments, said, tmp_path):
    result = run("front", *arguments, cwd=tmp_path)
    assert result.returncode == 1
    assert said in result.stderr
    assert result.stderr.startswith("geoconflict: ")
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_stops_or_is_left_out_if_asked(tmp_path):
    write(tmp_path / "a_20250101.geojson", collection((square(37, 48, 38, 49), {})))
    write(tmp_path / "a_20250102.geojson", "")
    result = run("front", "area", tmp_path)
    assert result.returncode == 1
    assert "a_20250102.geojson: found an empty file" in result.stderr
    result = run("front", "area", tmp_path, "--keep-going")
    assert result.returncode == 0
    assert "warning: a_20250102.geojson" in result.stderr
    assert "2025-01-01" in result.stdout


def test_many_warnings_are_few_lines(tmp_path):
    bow = [[37, 48], [37.1, 48.1], [37.1, 48], [37, 48.1], [37, 48]]
    rows = collection(({"type": "Polygon", "coordinates": [bow]}, {}))
    for number in range(1, 9):
        write(tmp_path / f"a_2025010{number}.geojson", rows)
    lines = run("front", "area", tmp_path).stderr.splitlines()
    assert len(lines) == 6
    assert lines[-1] == "geoconflict: warning: and 3 more"


@pytest.mark.parametrize("command", ["area", "diff", "at"])
def test_every_front_command_has_help_with_an_example(command):
    result = run("front", command, "--help")
    assert result.returncode == 0
    assert f"Example: geoconflict front {command}" in result.stdout
