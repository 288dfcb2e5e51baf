"""The inputs of ../shared/cases, each run as its expected.txt says, by the command line."""

import csv
import json

import pytest

from tests.commands import run
from tests.conftest import REPOSITORY

CASES = next(
    (p / "shared" / "cases" for p in REPOSITORY.parents if (p / "shared" / "cases").is_dir()),
    REPOSITORY.parent / "shared" / "cases",
)
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="../shared/cases is not here")


def case(name):
    """The folder of a case, skipped where there is no such case."""
    found = sorted(CASES.glob(f"{name}-*"))
    if not found:
        pytest.skip(f"{name} is not among ../shared/cases")
    return found[0]


def table(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def taken(path, folder, *options, reader="csv"):
    """The events and reports of a file, and what the import said; by the mapping it proposes."""
    if reader == "csv":
        assert run("import", "csv", path, cwd=folder).returncode == 3
        options = ("--mapping", f"{path.stem}.mapping.toml", *options)
    out = folder / "casebook"
    result = run("import", reader, path, *options, "-o", out, cwd=folder)
    assert result.returncode == 0, result.stderr
    return table(out / "events.csv"), table(out / "reports.csv"), result.stdout


def days(events):
    return sorted({(event["date_start"], event["date_end"]) for event in events})


def places(events):
    return [(event["lat"], event["lon"]) for event in events]


@pytest.mark.parametrize(
    ("name", "file", "area"),
    [
        ("W02", "type_20250115.geojson", "6,586.9"),
        ("W29", "uk_20250115.geojson", "6,586.9"),
        ("W52", "words_20250115.geojson", "6,586.9"),
        ("W34", "front_20250115.geojson", "2,087.6"),
        ("W34", "shp3857_20250115.shp", "2,087.6"),
        ("W38", "last-iso.json", "4,245.6"),
        ("W38", "last.json", "4,245.6"),
        ("W32", "dir", "6,586.9"),
    ],
)
def test_areas_of_a_front(name, file, area):
    result = run("front", "area", case(name) / file)
    assert result.stdout.splitlines()[1].split() == ["2025-01-15", area], result.stderr


def test_the_last_front_of_a_day_is_taken_and_the_next_day_too():
    result = run("front", "area", case("W32") / "dir")
    assert "250115_0800" in result.stderr
    assert "2025-01-16" in result.stdout


def test_an_index_of_days_is_no_front():
    assert (
        "a list of days without areas" in run("front", "area", case("W38") / "history.json").stderr
    )


def test_a_time_in_utc_is_told_in_local_days(tmp_path):
    events, _, said = taken(case("W03") / "tg.csv", tmp_path)
    assert {e["effects"]: e["date_start"] for e in events} == {
        "posted 00:40 in Kyiv on 14 January": "2025-01-14",
        "local": "2025-01-13",
        "x": "2025-01-14",
    }
    assert all("local time" in json.loads(e["extra"]) for e in events)
    assert "the day is that of the place" in said


@pytest.mark.parametrize("file", ["acled.json", "acled-old.json"])
def test_an_answer_of_acled(file, tmp_path):
    (event,), _, _ = taken(case("W05") / file, tmp_path, reader="acled")
    assert (event["id"], event["kind"], event["place"]) == ("acled-ukr1", "strike", "Engels")


def test_geoconfirmed_in_folders_and_as_zip(tmp_path):
    (event,), _, _ = taken(case("W07") / "old.json", tmp_path, reader="geoconfirmed")
    assert (event["date_start"], event["lat"], event["lon"]) == ("2025-01-14", "51.48", "46.12")
    (archive,) = case("W08").glob("*.zip")
    (tmp_path / "zip").mkdir()
    events, _, _ = taken(archive, tmp_path / "zip", reader="geoconfirmed")
    assert {e["effects"].partition("\n")[0]: (e["date_start"], e["date_end"]) for e in events} == {
        "Fuel depot burning": ("2025-01-14", "2025-01-14"),
        "range": ("2025-01-13", "2025-01-14"),
        "month only": ("2025-01-01", "2025-01-31"),
        "day and title": ("2025-01-14", "2025-01-14"),
    }
    assert {(e["status"], e["precision_m"]) for e in events} == {("geolocated", "200")}


def test_points_of_geojson(tmp_path):
    events, _, _ = taken(case("W09") / "events.geojson", tmp_path)
    assert places(events) == [("51.48", "46.12"), ("", ""), ("54.6", "39.7")]


def test_a_workbook(tmp_path):
    (event,), _, _ = taken(case("W11") / "strikes.xlsx", tmp_path)
    assert (event["date_start"], event["place"], event["lat"]) == ("2025-01-14", "Engels", "51.48")


def test_positions_in_one_column(tmp_path):
    events, _, _ = taken(case("W13") / "coords.csv", tmp_path)
    assert places(events) == [
        ("51.48", "46.12"),
        ("54.57", "39.74"),
        ("49.9935", "36.2304"),
        ("46.4825", "30.7233"),
        ("50.91", "34.8"),
        ("49.8397", "24.0297"),
    ]


def test_degrees_with_minutes_and_letters(tmp_path):
    events, _, _ = taken(case("W15") / "dms.csv", tmp_path)
    assert places(events) == [("51.48", "46.12"), ("54.57", "39.74")]


def test_ways_to_write_a_day(tmp_path):
    events, _, said = taken(case("W17") / "dates.csv", tmp_path)
    # 23:30 in UTC is the next day; 14.01 has no year.
    assert days(events) == [("2025-01-14", "2025-01-14"), ("2025-01-15", "2025-01-15")]
    assert (len(events), "1 set aside" in said) == (20, True)


def test_kml_with_columns_months_and_links(tmp_path):
    (event,), reports, _ = taken(case("W20") / "layer.kml", tmp_path, reader="kml")
    assert (event["date_start"], event["kind"]) == ("2024-03-13", "strike")
    assert [r["url"] for r in reports] == ["https://example.org/1"]
    (tmp_path / "b").mkdir()
    events, _, _ = taken(case("W22") / "mixed.kml", tmp_path / "b", reader="kml")
    month = next(e for e in events if e["place"] == "month")
    assert (month["date_start"], month["date_end"]) == ("2025-01-01", "2025-01-31")
    assert month["date_basis"] == "about"


def test_network_links_are_said(tmp_path):
    _, _, said = taken(case("W24") / "events.kmz", tmp_path, reader="kml")
    assert "1 network link not followed" in said
    alone = run("import", "kml", case("W24") / "only-link.kml", cwd=tmp_path)
    assert "only links to https://www.google.com" in alone.stderr
    assert "save it as KMZ" in alone.stderr


def test_a_table_of_excel_in_cp1251(tmp_path):
    events, _, _ = taken(case("W25") / "udary.csv", tmp_path)
    assert [e["place"] for e in events] == ["Енгельс", "Київ"]
    assert days(events) == [("2025-01-14", "2025-01-14"), ("2025-01-15", "2025-01-15")]


def test_fires_have_a_mapping_to_edit(tmp_path):
    assert run("import", "csv", case("W27") / "firms.csv", cwd=tmp_path).returncode == 3
    assert 'date_start = "acq_date"' in (tmp_path / "firms.mapping.toml").read_text("utf-8")


def test_oblasts_in_every_way(tmp_path):
    events, _, said = taken(case("W28") / "oblasts.csv", tmp_path)
    assert "unit is not known" not in said
    assert all(event["admin1"] for event in events)


def test_messages_of_telegram(tmp_path):
    (event,), (report,), said = taken(case("W41") / "result.json", tmp_path)
    assert event["effects"] == "Explosions in Engels, fuel depot burning."
    assert report["url"] == "https://t.me/example/1"
    assert "a message of the service" in said


def test_days_that_read_both_ways_are_asked_about(tmp_path):
    path = case("W42") / "us.csv"
    assert run("import", "csv", path, cwd=tmp_path).returncode == 3
    asked = run("import", "csv", path, "--mapping", "us.mapping.toml", cwd=tmp_path)
    assert "say which by --date-order" in asked.stdout
    events, _, said = taken_again(path, tmp_path, "--date-order", "mdy")
    assert [e["date_start"] for e in events] == ["2024-03-12", "2025-01-03", "2025-02-03"]
    assert "read as month/day" in said


def taken_again(path, folder, *options):
    out = folder / "again"
    mapping = ("--mapping", f"{path.stem}.mapping.toml")
    result = run("import", "csv", path, *mapping, *options, "-o", out, cwd=folder)
    return table(out / "events.csv"), table(out / "reports.csv"), result.stdout


@pytest.mark.parametrize("name", ["W55", "W57"])
def test_times_with_am_and_links_without_a_scheme(name, tmp_path):
    events, reports, _ = taken(case(name) / "misc.csv", tmp_path)
    assert days(events) == [("2025-01-14", "2025-01-14")]
    assert "https://t.me/example/1" in [r["url"] for r in reports]
    assert all(r["url"] for r in reports)
