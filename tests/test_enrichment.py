"""Files of events measured in pieces: the figures, the file, and what a stop leaves."""

import datetime as dt
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geoconflict import (
    Borders,
    enrich,
    enrich_frame,
    find_reference,
    measure,
    write_geopackage,
)
from geoconflict.enrichment import measuring, parts
from geoconflict.enrichment.parts import own_folder
from geoconflict.enrichment.pieces import open_input, read_piece, split
from geoconflict.errors import (
    EnrichError,
    MissingSnapshotError,
    OutputError,
    UnknownReferenceError,
)
from geoconflict.fronts.vectors import read_vector
from tests.conftest import JANUARY

running = importlib.import_module("geoconflict.enrichment.running")
HEADER = "id,date,lon,lat,place\n"


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch):
    monkeypatch.setattr(running, "ROWS", 100)


def write_events(path, count=1000):
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(24, 45, count), rng.uniform(44, 56, count)
    days = np.datetime64("2025-01-01") + rng.integers(0, 30, count)
    rows = [
        f'e{n},{day},{x:.5f},{y:.5f},"a, ""b""\nc{n}"\n'
        for n, (day, x, y) in enumerate(zip(days, lon, lat, strict=True))
    ]
    path.write_text(HEADER + "".join(rows), "utf-8")
    return path


@pytest.fixture
def events(tmp_path):
    return write_events(tmp_path / "events.csv")


def test_a_file_gives_the_distances_that_measure_gives_one_by_one(events, tmp_path, gazetteer):
    out = tmp_path / "out.parquet"
    asked = {"references": ["border:UA", "place:Ryazan"], "admin1": True}
    summary = enrich(events, out, nearest_settlement=True, **asked)
    assert summary.rows == 1000
    frame = gpd.read_parquet(out)
    known = {"gazetteer": gazetteer, "borders": Borders.default()}
    for row in frame.iloc[::97].to_dict("records"):
        point = find_reference(f"{row['lat']}, {row['lon']}", **known)
        border = measure(point, find_reference("border:UA", **known))
        assert row["border_ua_distance_km"] == pytest.approx(border.distance_km, abs=1e-6)
        assert row["border_ua_azimuth_deg"] == pytest.approx(border.azimuth_deg, abs=1e-6)
        nearest = (row["border_ua_nearest_lon"], row["border_ua_nearest_lat"])
        assert nearest == pytest.approx(border.nearest_point)
        town = measure(point, find_reference("place:Ryazan", **known))
        assert row["place_ryazan_distance_km"] == pytest.approx(town.distance_km, abs=1e-6)
        unit = row["admin1"] if pd.notna(row["admin1"]) else ""
        assert [unit] == Borders.default().locate([(row["lon"], row["lat"])])


def test_a_known_refinery_is_as_far_from_the_border_as_outside_sources_say(tmp_path):
    path = tmp_path / "one.csv"
    path.write_text("lat;lon\n54,6269;39,6916\n", "utf-8")
    enrich(path, tmp_path / "o.parquet", references=["border:UA"], nearest_settlement=True)
    row = pd.read_parquet(tmp_path / "o.parquet").iloc[0]
    assert row["distance_km"] == pytest.approx(461.8, abs=0.3)
    assert row["settlement"] == "Ryazan"
    assert row["settlement_km"] < 5


def test_the_file_is_geoparquet_that_says_what_it_holds(events, tmp_path):
    out = tmp_path / "out.parquet"
    enrich(events, out, references=["border:UA"])
    file = pq.ParquetFile(out)
    geo = json.loads(file.schema_arrow.metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert (geo["version"], column["encoding"]) == ("1.0.0", "WKB")
    assert column["geometry_types"] == ["Point"]
    frame = gpd.read_parquet(out)
    assert frame.crs == "OGC:CRS84"
    assert column["bbox"] == pytest.approx(frame.total_bounds.tolist())
    assert list(frame["id"]) == [f"e{n}" for n in range(1000)]
    assert frame["place"][7] == 'a, "b"\nc7'
    assert file.num_row_groups == 10
    assert shapely.get_x(frame.geometry[3]) == frame["lon"][3]


def test_csv_and_geoparquet_of_the_same_events_give_the_same_numbers(events, tmp_path):
    enrich(events, tmp_path / "a.parquet", references=["border:UA"])
    frame = gpd.read_parquet(tmp_path / "a.parquet")
    points = frame[["id", "geometry"]].set_crs("OGC:CRS84")
    points.to_parquet(tmp_path / "b.parquet", row_group_size=333)
    enrich(tmp_path / "b.parquet", tmp_path / "c.parquet", references=["border:UA"])
    other = gpd.read_parquet(tmp_path / "c.parquet")
    assert list(other["id"]) == list(frame["id"])
    assert (other["distance_km"] == frame["distance_km"]).all()
    assert other.columns[0] == "id"


def test_what_is_no_position_has_no_distance_and_is_counted(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("lon,lat\n39,54\n,\nabc,50\n0,0\n39,95\n1,2,3\n", "utf-8")
    summary = enrich(path, tmp_path / "o.parquet", references=["border:UA"], admin1=True)
    assert (summary.rows, summary.without_position, summary.skipped) == (5, 4, 1)
    frame = gpd.read_parquet(tmp_path / "o.parquet")
    assert frame["distance_km"].isna().tolist() == [False, True, True, True, True]
    assert frame.geometry.isna().tolist() == [False, True, True, True, True]


def test_a_column_of_the_input_by_the_same_name_is_kept(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("lon,lat,admin1\n39.69,54.63,Ryazanskaya\n", "utf-8")
    enrich(path, tmp_path / "o.parquet", admin1=True)
    row = pd.read_parquet(tmp_path / "o.parquet").iloc[0]
    assert (row["admin1_given"], row["admin1"]) == ("Ryazanskaya", "RU-RYA")


def test_pieces_split_only_where_a_row_ends(events):
    source = open_input(events)
    pieces = split(source, rows=7)
    tables = [read_piece(source, piece)[0] for piece in pieces]
    assert [len(table) for table in tables] == [7] * 142 + [6]
    assert pa.concat_tables(tables)["id"].to_pylist() == [f"e{n}" for n in range(1000)]


def test_a_run_that_was_stopped_goes_on_and_gives_the_same_bytes(events, tmp_path, monkeypatch):
    whole, out = tmp_path / "whole.parquet", tmp_path / "out.parquet"
    enrich(events, whole, references=["border:UA"])
    done = []

    def stop(count, _):
        done.append(count)
        if count == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        enrich(events, out, references=["border:UA"], progress=stop)
    assert not out.exists()
    kept = sorted(path.name for path in (tmp_path / "out.parquet.parts").glob("*.piece"))
    assert len(kept) == 4
    measured_again = []
    original = running.do_piece
    monkeypatch.setattr(
        running, "do_piece", lambda w, p: measured_again.append(p.number) or original(w, p)
    )
    enrich(events, out, references=["border:UA"])
    assert measured_again == [4, 5, 6, 7, 8, 9]
    assert out.read_bytes() == whole.read_bytes()
    assert not (tmp_path / "out.parquet.parts").exists()


def test_pieces_of_another_plan_or_input_are_not_used(events, tmp_path):
    out = tmp_path / "out.parquet"
    counts = []

    def stop(count, _):
        counts.append(count)
        if count == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        enrich(events, out, references=["border:UA"], progress=stop)
    write_events(events, 500)
    counts.clear()
    enrich(events, out, references=["border:UA-RU"], progress=lambda n, _: counts.append(n))
    assert counts[0] == 0
    assert pq.read_metadata(out).num_rows == 500


def test_a_killed_run_leaves_no_output_and_goes_on(events, tmp_path):
    out = tmp_path / "out.parquet"
    script = (
        "import importlib, sys, time\n"
        "r = importlib.import_module('geoconflict.enrichment.running')\n"
        "r.ROWS = 100\n"
        "slow = lambda n, t: (print(n, flush=True), time.sleep(0.2))\n"
        f"r.enrich({str(events)!r}, {str(out)!r}, references=['border:UA'], progress=slow)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    while int(child.stdout.readline()) < 3:
        pass
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert not out.exists()
    counts = []
    enrich(events, out, references=["border:UA"], progress=lambda n, _: counts.append(n))
    assert counts[0] >= 3
    assert pq.read_metadata(out).num_rows == 1000


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
def test_ctrl_c_on_the_command_line_is_one_line_and_130(tmp_path):
    path = write_events(tmp_path / "many.csv", 5000)
    script = (
        "import importlib, sys\n"
        "r = importlib.import_module('geoconflict.enrichment.running')\n"
        "r.ROWS = 5\n"
        "from geoconflict.cli import main\n"
        f"sys.argv = ['geoconflict', 'enrich', {str(path)!r}, '-o', 'o.parquet', "
        "'--reference', 'border:UA']\n"
        "main()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    parts = tmp_path / "o.parquet.parts"
    while not list(parts.glob("*.piece")):
        assert child.poll() is None
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    _, errors = child.communicate()
    assert child.returncode == 130
    assert len(errors.splitlines()) == 1
    assert "the same command goes on from there" in errors
    assert not (tmp_path / "o.parquet").exists()


def test_an_old_output_stays_until_the_new_one_is_whole(events, tmp_path):
    out = tmp_path / "out.parquet"
    out.write_bytes(b"yesterday's")

    def stop(count, _):
        if count == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        enrich(events, out, references=["border:UA"], progress=stop)
    assert out.read_bytes() == b"yesterday's"


@dataclass(frozen=True)
class MadeSnapshot:
    date: dt.date
    line: shapely.Geometry


MERIDIANS = {dt.date(2025, 1, 1): 36.0, dt.date(2025, 1, 11): 37.0}


class MadeFronts:
    """Snapshots on 1 and 11 January: a meridian that moves from 36 to 37 degrees east."""

    def at(self, date, *, max_gap_days=7):
        near = max((day for day in MERIDIANS if day <= date), default=dt.date.min)
        if (date - near).days > max_gap_days:
            message = "no snapshot"
            raise MissingSnapshotError(message)
        x = MERIDIANS[near]
        return MadeSnapshot(near, shapely.MultiLineString([[(x, 40), (x, 60)]]))


def test_each_event_is_measured_to_the_front_of_its_day(tmp_path, monkeypatch):
    monkeypatch.setattr(measuring, "read_fronts", lambda *_: MadeFronts())
    monkeypatch.setattr(running, "read_fronts", lambda *_: MadeFronts())
    path = tmp_path / "in.csv"
    path.write_text(
        "event_date,longitude,latitude\n"
        "2 January 2025,36.5,0.001\n2025-01-12,36.5,50\n2025-03-01,36.5,50\nsoon,36.5,50\n",
        "utf-8",
    )
    summary = enrich(path, tmp_path / "o.parquet", references=["border:UA", f"front:{tmp_path}"])
    frame = pd.read_parquet(tmp_path / "o.parquet")
    days = [dt.date(2025, 1, 1), dt.date(2025, 1, 11), None, None]
    assert frame["front_snapshot_date"].tolist() == days
    assert summary.without_snapshot == 2
    # Half a degree of longitude at 50 degrees north, from the west and from the east.
    assert frame["front_distance_km"][1] == pytest.approx(35.85, abs=0.02)
    assert frame["front_azimuth_deg"][1] == pytest.approx(270, abs=0.5)
    assert frame["front_nearest_lon"][1] == pytest.approx(37.0)
    assert "border_ua_distance_km" in frame
    assert "distance_km" not in frame


def test_a_plain_table_and_points_in_any_crs_are_measured_alike():
    plain = pd.DataFrame({"name": ["Ryazan", "at sea"], "lat": [54.63, None], "lon": ["39.69", ""]})
    with pytest.raises(EnrichError, match="lon: found '' in row 1, expected degrees"):
        enrich_frame(plain, references=["border:UA"])
    plain["lon"] = [39.69, None]
    found = enrich_frame(plain, references=["border:UA"])
    # As of the same point in the docstring of enrich_frame.
    assert found["distance_km"].round(0).tolist()[0] == 462.0
    assert np.isnan(found["distance_km"][1])
    assert not isinstance(found, gpd.GeoDataFrame)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([39.69], [54.63]))
    with pytest.raises(EnrichError, match="do not say their CRS"):
        enrich_frame(points, references=["border:UA"])
    metres = points.set_crs(4326).to_crs(3857)
    turned = enrich_frame(metres, references=["border:UA"])
    assert turned.crs == metres.crs
    assert turned["distance_km"][0] == pytest.approx(found["distance_km"][0], abs=1e-6)
    with pytest.raises(EnrichError, match="found Polygon, expected points"):
        enrich_frame(metres.buffer(1).to_frame("geometry"), references=["border:UA"])


def test_columns_do_not_depend_on_the_order_of_references():
    plain = pd.DataFrame({"lat": [54.63], "lon": [39.69]})
    asked = ["border:UA", "border:UA-RU"]
    there, back = (enrich_frame(plain, references=list(r)) for r in (asked, asked[::-1]))
    assert there.sort_index(axis=1).equals(back.sort_index(axis=1))


def test_snapshots_in_a_folder_are_measured_by_their_day(tmp_path):
    folder = tmp_path / "snapshots"
    folder.mkdir()
    for day, west in (("20250101", 37.0), ("20250111", 36.0)):
        area = shapely.box(west, 47.2, 39.9, 49.6)
        feature = {"type": "Feature", "properties": {}, "geometry": area.__geo_interface__}
        content = {"type": "FeatureCollection", "features": [feature]}
        (folder / f"held_{day}.geojson").write_text(json.dumps(content), "utf-8")
    path = tmp_path / "in.csv"
    path.write_text("date,lon,lat\n2025-01-02,35.5,48.4\n2025-01-12,35.5,48.4\n", "utf-8")
    enrich(path, tmp_path / "o.parquet", references=[f"front:{folder}"])
    frame = pd.read_parquet(tmp_path / "o.parquet")
    assert frame["snapshot_date"].tolist() == [dt.date(2025, 1, 1), dt.date(2025, 1, 11)]
    # One and a half degrees of longitude at 48.4 degrees north, then half a degree.
    assert frame["distance_km"].tolist() == pytest.approx([111.1, 37.0], abs=0.3)


@pytest.mark.parametrize(
    ("content", "asked", "error", "said"),
    [
        ("lon,lat\n1,2\n", {}, EnrichError, "nothing to measure"),
        ("a,b\n1,2\n", {"references": ["border:UA"]}, EnrichError, "no columns lon and lat"),
        ("lon,lat\n1,2\n", {"references": ["border:XX"]}, UnknownReferenceError, "border of XX"),
        ("lon,lat\n1,2\n", {"references": ["front:."]}, EnrichError, "no column of dates"),
        ("", {"admin1": True}, EnrichError, "no header"),
        ("lon,lat\n", {"admin1": True}, EnrichError, "found no row"),
        ("lon,lon\n1,2\n", {"admin1": True}, EnrichError, "no header with a different name"),
        (b"lon,lat,n\n1,2,\xff\xfe\n", {"admin1": True}, EnrichError, "save it as UTF-8"),
        ("date,lon,lat\n1,2,3\n", {"references": ["front:"]}, EnrichError, "names no folder"),
        (
            'lon,lat,n\n1,2,a\n3,4,"b\n5,6\n',
            {"admin1": True},
            EnrichError,
            "in.csv:3: found a quot",
        ),
    ],
)
def test_what_cannot_be_measured_is_said_before_anything_is_written(
    tmp_path, content, asked, error, said
):
    path = tmp_path / "in.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(error, match=said):
        enrich(path, tmp_path / "o.parquet", **asked)
    assert not (tmp_path / "o.parquet").exists()


def test_a_folder_of_somebody_else_is_left_alone(events, tmp_path):
    folder = tmp_path / "o.parquet.parts"
    folder.mkdir()
    (folder / "diary.txt").write_text("mine", "utf-8")
    with pytest.raises(OutputError, match="holds other files"):
        enrich(events, tmp_path / "o.parquet", admin1=True)
    assert (folder / "diary.txt").read_text("utf-8") == "mine"


def test_an_output_in_no_folder_is_said_at_once(events, tmp_path):
    with pytest.raises(OutputError, match="does not exist"):
        enrich(events, tmp_path / "no" / "o.parquet", admin1=True)


def test_a_projected_geoparquet_is_refused(tmp_path):
    frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy([1.0], [2.0]), crs="EPSG:32637")
    frame.to_parquet(tmp_path / "utm.parquet")
    with pytest.raises(EnrichError, match="expected EPSG:4326"):
        enrich(tmp_path / "utm.parquet", tmp_path / "o.parquet", admin1=True)


def test_a_frame_in_memory_has_the_numbers_of_the_file(events, tmp_path):
    asked = {"references": ["border:UA"], "admin1": True, "nearest_settlement": True}
    enrich(events, tmp_path / "o.parquet", **asked)
    file = gpd.read_parquet(tmp_path / "o.parquet")
    frame = enrich_frame(file[["id", "geometry"]], **asked)
    for name in ("distance_km", "azimuth_deg", "nearest_lon", "settlement_km"):
        assert (frame[name] == file[name]).all()
    assert frame["settlement_id"].tolist() == file["settlement_id"].tolist()


def test_an_output_never_replaces_its_input_and_is_parquet(events, tmp_path):
    path = tmp_path / "link.parquet"
    path.symlink_to(events)
    with pytest.raises(EnrichError, match="is the input"):
        enrich(events, path, admin1=True)
    with pytest.raises(OutputError, match=r"ends in \.parquet"):
        enrich(events, events, admin1=True)
    assert events.read_text("utf-8").startswith(HEADER)


@pytest.fixture
def fronts(monkeypatch):
    monkeypatch.setattr(measuring, "read_fronts", lambda *_: MadeFronts())
    monkeypatch.setattr(running, "read_fronts", lambda *_: MadeFronts())
    measuring._front_index.cache_clear()
    measuring._line_index.cache_clear()


@pytest.mark.usefixtures("fronts")
def test_days_with_the_month_first_are_read_where_it_is_asked_and_never_guessed(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("date,lon,lat\n01/02/2025,36.5,50\n01/12/2025,36.5,50\n01/13/2025,36.5,50\n")
    asked = {"references": [f"front:{tmp_path}"]}
    with pytest.raises(EnrichError, match="'01/13/2025', which is no day when read as day/month"):
        enrich(path, tmp_path / "o.parquet", **asked)
    enrich(path, tmp_path / "o.parquet", date_order="mdy", **asked)
    days = pd.read_parquet(tmp_path / "o.parquet")["snapshot_date"].tolist()
    assert days == [dt.date(2025, 1, 1), dt.date(2025, 1, 11), dt.date(2025, 1, 11)]


@pytest.mark.usefixtures("fronts")
def test_days_that_cannot_be_read_are_counted_with_the_line_of_one(tmp_path):
    path = tmp_path / "in.csv"
    rows = ['2025-01-02,36.5,50,"a\nb"\n', "\n1,2\n", "soon,36.5,50,c\n", ",36.5,50,d\n"]
    path.write_text("date,lon,lat,note\n" + "2025-01-02,36.5,50,a\n" * 100 + "".join(rows))
    summary = enrich(path, tmp_path / "o.parquet", references=[f"front:{tmp_path}"])
    # Lines 102 and 103 are the row in quotes, 104 is empty, 105 lacks cells.
    assert (summary.without_day, summary.example) == (1, "line 106: 'soon'")
    assert summary.without_snapshot == 2


@pytest.mark.usefixtures("fronts")
def test_how_old_a_front_may_be_is_asked(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("date,lon,lat\n2025-01-20,36.5,50\n")
    asked = {"references": [f"front:{tmp_path}"]}
    assert enrich(path, tmp_path / "o.parquet", **asked).without_snapshot == 1
    assert enrich(path, tmp_path / "o.parquet", max_gap_days=9, **asked).without_snapshot == 0


def test_rows_of_another_length_go_to_a_file_with_their_lines(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("lon,lat\n" + "39,54\n" * 150 + "1,2,3\n39,54\n7\n")
    summary = enrich(path, tmp_path / "o.parquet", admin1=True)
    assert (summary.rows, summary.skipped) == (151, 2)
    aside = pd.read_csv(tmp_path / "o-set-aside.csv")
    assert aside[["file", "line", "reason"]].to_numpy().tolist() == [
        ["in.csv", 152, "3 cells where the header has 2"],
        ["in.csv", 154, "1 cells where the header has 2"],
    ]
    assert json.loads(aside["row"][0]) == {"cell 1": "1", "cell 2": "2", "cell 3": "3"}
    path.write_text("lon,lat\n39,54\n")
    enrich(path, tmp_path / "o.parquet", admin1=True)
    assert not (tmp_path / "o-set-aside.csv").exists()


def test_an_output_can_be_enriched_again_and_again(tmp_path):
    (tmp_path / "in.csv").write_text("lon,lat\n39.69,54.63\n")
    for old, new in (
        ("in.csv", "a.parquet"),
        ("a.parquet", "b.parquet"),
        ("b.parquet", "c.parquet"),
    ):
        enrich(tmp_path / old, tmp_path / new, references=["border:UA"])
    frame = gpd.read_parquet(tmp_path / "c.parquet")
    found = [name for name in frame.columns if name.startswith("distance_km")]
    assert sorted(found) == ["distance_km", "distance_km_given", "distance_km_given_2"]
    again = enrich_frame(frame, references=["border:UA"])
    assert "distance_km_given_3" in again.columns


def test_a_table_without_geometry_among_snapshots_is_passed_over(january, tmp_path):
    write_geopackage(january, tmp_path / "book_20250101.gpkg")
    features = read_vector(tmp_path / "book_20250101.gpkg")
    assert len(features) == 53


def test_a_casebook_is_measured_where_its_places_are(tmp_path):
    summary = enrich(JANUARY, tmp_path / "o.parquet", references=["border:UA"])
    assert (summary.rows, summary.without_position) == (63, 10)
    frame = pd.read_parquet(tmp_path / "o.parquet")
    refinery = frame[frame["facility"] == "ryazan-refinery"]
    assert len(refinery) > 0
    assert refinery["distance_km"].tolist() == pytest.approx([460] * len(refinery), abs=5)


def test_two_runs_do_not_work_on_one_output(events, tmp_path):
    said = rf"another run is working .*process {os.getpid()}\)"
    with own_folder(tmp_path / "o.parquet.parts"), pytest.raises(EnrichError, match=said):
        enrich(events, tmp_path / "o.parquet", admin1=True)
    assert enrich(events, tmp_path / "o.parquet", admin1=True).rows == 1000


def test_nothing_stands_beside_the_folder_of_pieces_while_they_are_joined(
    events, tmp_path, monkeypatch
):
    held = []
    write = pq.ParquetWriter.write_table

    def note(*given, **named):
        held.append(sorted(path.name for path in tmp_path.iterdir()))
        write(*given, **named)

    monkeypatch.setattr(pq.ParquetWriter, "write_table", note)
    enrich(events, tmp_path / "o.parquet", admin1=True)
    assert {tuple(names) for names in held} == {("events.csv", "o.parquet.parts")}


def test_pieces_of_another_version_are_done_anew(events, tmp_path, monkeypatch):
    def stop(count, _):
        if count == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        enrich(events, tmp_path / "o.parquet", admin1=True, progress=stop)
    monkeypatch.setattr(parts, "version", lambda _: "99")
    counts = []
    enrich(events, tmp_path / "o.parquet", admin1=True, progress=lambda n, _: counts.append(n))
    assert counts[0] == 0


@pytest.mark.filterwarnings("ignore")  # Dask's own, about ports and event loops
def test_a_cluster_gives_the_same_bytes_also_when_a_worker_dies(tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed")
    dask_geopandas = pytest.importorskip("dask_geopandas")
    monkeypatch.setattr(running, "ROWS", 1000)
    events = write_events(tmp_path / "many.csv", 16_000)
    asked = {"references": ["border:UA"], "admin1": True}
    enrich(events, tmp_path / "one.parquet", **asked)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        killed = []

        def kill_one(done, _):
            if done >= 2 and not killed:
                worker = next(iter(cluster.workers.values()))
                os.kill(worker.pid, signal.SIGKILL)
                killed.append(done)

        address = cluster.scheduler_address
        out = tmp_path / "many.parquet"
        summary = enrich(events, out, scheduler=address, progress=kill_one, **asked)
        assert killed
        assert summary.rows == 16_000
        assert out.read_bytes() == (tmp_path / "one.parquet").read_bytes()
        frame = gpd.read_parquet(out)
        parts = dask_geopandas.from_geopandas(frame[["id", "geometry"]].head(3000), npartitions=3)
        with distributed.Client(address):
            from geoconflict import enrich_partitions

            found = enrich_partitions(parts, **asked).compute()
    assert (found["distance_km"] == frame["distance_km"].head(3000)).all()


def test_no_scheduler_at_an_address_is_said(events, tmp_path):
    pytest.importorskip("distributed")
    with pytest.raises(EnrichError, match="no Dask scheduler"):
        enrich(events, tmp_path / "o.parquet", admin1=True, scheduler="nonsense:::address")
