"""What a casebook becomes in the formats of others, and that it comes back whole."""

import csv
import datetime as dt
import io
import json
import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq
import pyogrio
import pytest
from defusedxml import ElementTree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoconflict import (
    read_casebook,
    write_casebook,
    write_geojson,
    write_geopackage,
    write_geoparquet,
    write_kml,
    write_timemap,
)
from geoconflict.casebooks.casebook import make_casebook
from geoconflict.casebooks.records import Claim, Event, MapInfo, Report, SourceInfo
from geoconflict.errors import CasebookError, OutputError
from geoconflict.exporters import WRITERS
from geoconflict.files.sheets import csv_text, guard_cell, plain_cell

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
KML = "{http://www.opengis.net/kml/2.2}"
# Letters that files have trouble with: quotes, line ends, controls, right-to-left, emoji.
TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("'\"=+-@\t\r\n;,\x00\u2028ії🚁"), min_size=1
)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
NUMBERS = st.floats(0, 1e15)


def maybe(strategy):
    return st.none() | strategy


@st.composite
def casebooks(draw):
    count = draw(st.integers(0, 4))
    events = [draw(events_with(f"e{n}")) for n in range(count)]
    ids = [event.id for event in events]
    reports = draw(st.lists(reports_on(ids), max_size=4)) if ids else []
    claims = [draw(claims_with(f"c{n}", ids)) for n in range(draw(st.integers(0, 3)))]
    info = MapInfo(
        title=draw(TEXTS),
        period=(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
        summary=draw(st.text(st.characters(codec="utf-8"))),
        attribution=tuple(draw(st.lists(TEXTS, max_size=2))),
        sources={
            "src": SourceInfo(
                title=draw(TEXTS),
                publisher=draw(TEXTS),
                date=draw(DAYS),
                licence=draw(maybe(TEXTS)),
            )
        },
    )
    return make_casebook("book", info, events=events, reports=reports, claims=claims)


@st.composite
def events_with(draw, event_id):
    start, end = sorted((draw(DAYS), draw(DAYS)))
    position = draw(maybe(st.tuples(st.floats(-180, 180), st.floats(-90, 90))))
    lon, lat = position or (None, None)
    extra = draw(maybe(st.dictionaries(TEXTS, TEXTS)))
    return Event(
        id=event_id,
        kind=draw(st.sampled_from(["strike", "clash", "other"])),
        date_start=start,
        date_end=end,
        place=draw(maybe(TEXTS)),
        lon=lon,
        lat=lat,
        precision_m=draw(maybe(st.floats(0, 1e7))),
        weapon=draw(maybe(TEXTS)),
        effects=draw(maybe(TEXTS)),
        note=draw(maybe(TEXTS)),
        extra=None if extra is None else json.dumps(extra, ensure_ascii=False),
    )


@st.composite
def reports_on(draw, ids):
    return Report(
        event_id=draw(st.sampled_from(ids)),
        source="src",
        claimant=draw(TEXTS),
        stance=draw(st.sampled_from(["claims", "denies"])),
        published=draw(maybe(DAYS)),
        url=draw(maybe(TEXTS.map(lambda text: f"https://{text}"))),
        summary=draw(maybe(TEXTS)),
    )


@st.composite
def claims_with(draw, claim_id, ids):
    low = draw(NUMBERS)
    return Claim(
        id=claim_id,
        event_id=draw(maybe(st.sampled_from(ids))) if ids else None,
        kind="count",
        value_min=low,
        value_max=draw(maybe(st.floats(low, 1e15))),
        unit="day",
        source="src",
        text=draw(maybe(TEXTS)),
    )


def assert_same(one, two):
    assert two.info == one.info
    for name in ("events", "reports", "claims"):
        a, b = getattr(one, name), getattr(two, name)
        assert a.dtypes.equals(b.dtypes)
        assert a.drop(columns="geometry", errors="ignore").equals(
            b.drop(columns="geometry", errors="ignore")
        )
    same = one.events.geometry.geom_equals(two.events.geometry)
    assert (same | one.events.geometry.isna()).all()


ROUNDS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@ROUNDS
@given(casebooks())
def test_a_casebook_comes_back_from_a_geopackage_whole(book):
    with tempfile.TemporaryDirectory() as folder:
        path = write_geopackage(book, Path(folder) / "book.gpkg")
        assert_same(book, read_casebook(path))


@ROUNDS
@given(casebooks())
def test_a_casebook_comes_back_from_geoparquet_whole(book):
    with tempfile.TemporaryDirectory() as folder:
        path = write_geoparquet(book, Path(folder) / "book")
        assert_same(book, read_casebook(path))


@given(st.lists(st.lists(st.text(st.characters()), min_size=2, max_size=2)))
def test_every_character_comes_back_from_the_csv_that_is_written(rows):
    text = csv_text(["a", "b"], rows)
    read = list(csv.reader(io.StringIO(text.encode("utf-8").decode("utf-8"), newline="")))
    whole = [[re.sub("[\ud800-\udfff]", "\ufffd", cell) for cell in row] for row in rows]
    assert [[plain_cell(cell) for cell in row] for row in read[1:]] == whole
    assert not any(cell.startswith(FORMULAS) for row in read for cell in row)


def test_every_character_starts_and_ends_a_cell_as_itself():
    cells = [f"{chr(n)}={chr(n)}" for n in range(0x110000) if not 0xD800 <= n < 0xE000]
    read = list(csv.reader(io.StringIO(csv_text(["a"], zip(cells)), newline="")))
    assert [plain_cell(row[0]) for row in read[1:]] == cells
    assert not any(row[0].startswith(FORMULAS) for row in read)


@given(TEXTS)
def test_a_guarded_cell_is_no_formula_and_gives_its_text_back(text):
    cell = guard_cell(text)
    assert not cell.startswith(FORMULAS)
    assert plain_cell(cell) == text


@pytest.mark.parametrize("kind", ["gpkg", "geoparquet", "csv"])
def test_the_first_casebook_comes_back_whole(january, tmp_path, kind):
    writer, ending = WRITERS[kind]
    path = writer(january, tmp_path / f"{january.slug}{ending}")
    assert_same(january, read_casebook(path))


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_the_same_casebook_gives_the_same_bytes(january, tmp_path, kind):
    writer, ending = WRITERS[kind]
    first, second = (writer(january, tmp_path / f"{n}{ending}") for n in (1, 2))
    if first.is_dir():
        files = [sorted(folder.iterdir()) for folder in (first, second)]
    else:
        files = [[first], [second]]
    contents = [[path.read_bytes() for path in paths] for paths in files]
    assert contents[0] == contents[1]
    assert all(contents[0])


@pytest.fixture(scope="module")
def package(january, tmp_path_factory):
    return write_geopackage(january, tmp_path_factory.mktemp("gpkg") / "january.gpkg")


def test_geoparquet_is_typed_even_where_a_column_is_empty(january, tmp_path):
    folder = write_geoparquet(january, tmp_path / "january")
    schema = pq.read_schema(folder / "events.parquet")
    assert [str(schema.field(name).type) for name in ("extra", "lon", "date_start")] == [
        "string",
        "double",
        "date32[day]",
    ]
    frame = gpd.read_parquet(folder / "events.parquet")
    assert frame.crs == "OGC:CRS84"
    # 10 of the 62 events of the first map are in no place that the gazetteer knows.
    assert (len(frame), int(frame.geometry.isna().sum())) == (63, 10)
    assert frame["position"].notna().all()


def test_gdal_reads_the_geopackage_as_points_and_tables(package, january):
    layers = dict(pyogrio.list_layers(package).tolist())
    assert layers["events"] == "Point"
    assert layers["reports"] is None
    frame = pyogrio.read_dataframe(package, layer="events")
    assert frame.crs == "EPSG:4326"
    assert frame["id"].tolist() == january.events["id"].tolist()
    assert str(frame["date_start"].dtype).startswith("datetime64")
    located = frame[~frame.geometry.isna()]
    assert len(located) > 20
    claims = pyogrio.read_dataframe(package, layer="claims")
    assert len(claims) == len(january.claims)


def test_the_tables_of_the_geopackage_refer_to_its_events(package):
    with closing(sqlite3.connect(package)) as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for table in ("reports", "claims"):
            keys = base.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            assert [(key[2], key[3], key[4]) for key in keys] == [("events", "event_id", "id")]
        assert base.execute("PRAGMA application_id").fetchone() == (0x47504B47,)


def test_qgis_finds_a_style_for_every_kind_of_event(package):
    with closing(sqlite3.connect(package)) as base:
        rows = base.execute(
            "SELECT f_table_name, useAsDefault, styleQML FROM layer_styles ORDER BY id"
        ).fetchall()
    assert [(name, default) for name, default, _ in rows] == [
        ("events", 1),
        ("reports", 1),
        ("claims", 1),
    ]
    style = ElementTree.fromstring(rows[0][2].partition("\n")[2])
    kinds = {node.get("value") for node in style.iter("category")}
    assert kinds == {"strike", "interception", "advance", "control_change", "clash", "other"}
    symbols = {node.get("name") for node in style.iter("symbol")}
    assert {node.get("symbol") for node in style.iter("category")} == symbols
    fills = {node.get("value") for node in style.iter("Option") if node.get("name") == "expression"}
    (fill,) = fills
    assert fill.startswith("CASE WHEN \"status\" = 'claimed' THEN '#b85a00' WHEN ")
    assert fill.count("WHEN") == 4


def test_geojson_is_read_by_gdal_with_reports_inside(january, tmp_path):
    path = write_geojson(january, tmp_path / "january.geojson")
    content = json.loads(path.read_text("utf-8"))
    assert len(content["features"]) == len(january.events)
    first = next(f for f in content["features"] if f["id"] == "2025-01-24-ryazan-refinery")
    lon, lat = first["geometry"]["coordinates"]
    assert (lon, lat) == pytest.approx((39.75, 54.57), abs=0.1)
    assert first["properties"]["reports"][0]["claimant"]
    unknown = [f for f in content["features"] if f["geometry"] is None]
    assert all(f["properties"]["position"].startswith("not located") for f in unknown)
    assert len(gpd.read_file(path)) == len(january.events)


def test_kml_has_dated_points_and_no_markup_of_strangers(tmp_path):
    event = Event(
        id="a",
        kind="strike",
        date_start=dt.date(2025, 1, 24),
        date_end=dt.date(2025, 1, 24),
        lon=37.5,
        lat=48.5,
        effects="<script>alert(1)</script>\x00",
    )
    info = MapInfo(title="t", period=(event.date_start, event.date_end), sources={})
    path = write_kml(make_casebook("b", info, events=[event]), tmp_path / "b.kml")
    mark = ElementTree.parse(path).find(f".//{KML}Placemark")
    assert mark.find(f"{KML}Point/{KML}coordinates").text == "37.5,48.5,0"
    assert mark.find(f"{KML}TimeSpan/{KML}begin").text == "2025-01-24"
    assert mark.find(f"{KML}TimeSpan/{KML}end").text == "2025-01-25"
    assert mark.find(f"{KML}description").text.startswith("&lt;script&gt;")
    # KML writes alpha, blue, green, red; the page fills a claimed event with #b85a00.
    style = ElementTree.parse(path).find(f".//{KML}Style[@id='claimed']")
    assert style.find(f"{KML}IconStyle/{KML}color").text == "ff005ab8"


def test_kml_of_the_first_casebook_is_read_by_gdal(january, tmp_path):
    path = write_kml(january, tmp_path / "january.kml")
    layers = pyogrio.list_layers(path)
    assert sum(pyogrio.read_info(path, layer=name)["features"] for name, _ in layers) > 20


def test_the_two_sheets_of_timemap_refer_to_each_other(january, tmp_path):
    folder = write_timemap(january, tmp_path / "timemap")
    sheets = {}
    for name in ("events", "sources"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            sheets[name] = list(csv.DictReader(file))
    row = next(row for row in sheets["events"] if row["id"] == "2025-02-03-volgograd-refinery")
    assert (row["date"], row["time_precision"]) == ("02/02/2025", "2 days from this one")
    ids = {source["id"] for source in sheets["sources"]}
    for event in sheets["events"]:
        assert set(filter(None, event["sources"].split(", "))) <= ids
    assert len(ids) == len(sheets["sources"])


def test_csv_for_spreadsheets_runs_nothing(tmp_path):
    event = Event(
        id="a",
        kind="strike",
        date_start=dt.date(2025, 1, 24),
        date_end=dt.date(2025, 1, 24),
        lon=-3.5,
        lat=48.5,
        effects='=HYPERLINK("http://a.example","x")',
        note="'-not a formula",
    )
    info = MapInfo(title="t", period=(event.date_start, event.date_end), sources={})
    book = make_casebook("b", info, events=[event])
    folder = write_casebook(book, tmp_path / "b")
    with (folder / "events.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["effects"].startswith("'=HYPERLINK")
    assert (row["lon"], row["note"]) == ("-3.5", "''-not a formula")
    assert_same(book, read_casebook(folder))


def test_a_geopackage_that_is_no_casebook_is_said(tmp_path, january):
    frame = january.events[["id", "geometry"]]
    frame.to_file(tmp_path / "other.gpkg", layer="events", engine="pyogrio")
    with pytest.raises(CasebookError, match="expected a casebook"):
        read_casebook(tmp_path / "other.gpkg")


def test_faults_in_a_geopackage_are_reported_like_those_of_a_table(package, tmp_path):
    path = tmp_path / "broken.gpkg"
    path.write_bytes(package.read_bytes())
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("UPDATE events SET kind = 'raid' WHERE fid = 2")
    with pytest.raises(CasebookError) as caught:
        read_casebook(path)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.column) == ("broken.gpkg/events", 3, "kind")


def test_a_folder_in_the_way_of_a_file_is_said(january, tmp_path):
    with pytest.raises(OutputError, match="is a folder"):
        write_geopackage(january, tmp_path)
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(OutputError, match="is a file"):
        write_geoparquet(january, tmp_path / "file")
