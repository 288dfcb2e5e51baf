"""Whatever a file holds, each command ends in an answer or in one clear line, never a traceback."""

import io
import json
import re
import sqlite3
import struct
import zipfile

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geoconflict.errors import ImportFileError, TableError
from geoconflict.files.reading import parse_toml, reading
from geoconflict.importers import READERS
from tests.commands import run
from tests.conftest import JANUARY

DEEP = 5_000
MARK = "<kml><Placemark><name>1 Jan 2025</name>{}</Placemark></kml>"
POINT = "<Point><coordinates>{}</coordinates></Point>"
AREA = (
    "<Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing>"
    "</outerBoundaryIs></Polygon>"
)
MAP = (JANUARY / "map.toml").read_bytes()
EVENTS = (JANUARY / "events.csv").read_bytes()
REPORTS = (JANUARY / "reports.csv").read_bytes()


def zipped(*members, level=None):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


def geojson(coordinates, kind="Polygon", **properties):
    geometry = {"type": kind, "coordinates": coordinates}
    one = {"type": "Feature", "properties": {"side": "RU"} | properties, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [one]}).encode()


def square(size, at=37.0):
    return [[[at, 48], [at + size, 48], [at + size, 48 + size], [at, 48 + size], [at, 48]]]


ZIP = zipped(("a.csv", "id,date\n1,2025-01-01\n"))
# A list of files that says another name than the file itself, letters that no code page has,
# a start before the file, a packing that nobody knows.
RENAMED = ZIP.replace(b"a.csv", b"b.csv", 1)
NAMELESS = ZIP.replace(b"a.csv", b"\xff\xfe.cs").replace(
    b"\x14\x00\x00\x00\x08", b"\x14\x00\x00\x08\x08"
)
BEFORE = ZIP[:-6] + struct.pack("<L", 2**31) + ZIP[-2:]
UNKNOWN = ZIP.replace(b"\x08\x00", b"\x63\x00")


def bomb():
    """More than a gigabyte, which is packed when it is wanted: it takes seconds."""
    return zipped(*((f"{n}.csv", bytes(3_900_000)) for n in range(300)), level=1)


DEEP_JSON = b"[" * DEEP + b"]" * DEEP

TABLES = {
    "empty.csv": b"",
    "spaces.csv": b" \n \n",
    "null.csv": bytes(1_000),
    "long-header.csv": b"a" * 200_000 + b",b\n1,2\n",
    "longest-header.csv": lambda: b"a" * 11_000_000 + b",b\n1,2\n",
    "return-in-header.csv": b'a,"b\rc",date\n1,2,3\n',
    "bare-return.csv": b"id,date\rx\n1,2\r3\n",
    "quote.csv": b'id,date\n1,"2025-01-01\n2,2025-01-02\n',
    "twice.csv": b"date,date\n1,2\n",
    "surrogate.csv": b"id,date\n1,2025-01-01\n" + b"\xed\xa0\x80,2025-01-02\n",
    "utf16-odd.csv": b"\xff\xfei\x00d\x00,",
    "utf16-half.csv": b"\xff\xfe" + "id,date\n".encode("utf-16-le") + b"\x00\xd8,\x00",
    "columns.csv": ",".join(f"c{n}" for n in range(20_000)).encode() + b",date\n1,2\n",
    "binary.csv": bytes(range(256)) * 40,
    "deep.json": DEEP_JSON,
    "deep-object.json": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "nan.json": b'[{"id": NaN, "date": Infinity, "lon": -Infinity}]',
    "surrogate.json": b'[{"\\ud800": "\\udfff", "date": "2025-01-01"}]',
    "digits.json": b'[{"id": ' + b"9" * 5_000 + b"}]",
    "scalars.json": b"[1, null, true]",
    "object.json": b'{"a": {"b": []}}',
    "cut.json": b'[{"id": "1", "date": "2025-',
    "renamed.zip": RENAMED,
    "nameless.zip": NAMELESS,
    "before.zip": BEFORE,
    "unknown.zip": UNKNOWN,
    "cut.zip": ZIP[:40],
    "tail.zip": b"PK" + ZIP[-22:],
    "bomb.zip": bomb,
    "nested.zip": zipped(("a.zip", ZIP)),
    "paths.zip": zipped(("../../a.csv", "id,date\n1,2\n"), ("/b.csv", "id,date\n1,2\n")),
}
PLACEMARKS = {
    "empty.kml": b"",
    "encoding.kml": b'<?xml version="1.0" encoding="klingon"?>' + MARK.format("").encode(),
    "utf7.kml": b'<?xml version="1.0" encoding="utf-7"?>' + MARK.format("").encode(),
    "utf16.kml": b'<?xml version="1.0" encoding="utf-16"?>' + MARK.format("").encode(),
    "nan.kml": MARK.format(POINT.format("nan,nan")).encode(),
    "infinite.kml": MARK.format(POINT.format("1e999,-inf")).encode(),
    "huge.kml": MARK.format(POINT.format("1e300,1e300")).encode(),
    "words.kml": MARK.format(POINT.format("east,north")).encode(),
    "nan-area.kml": MARK.format(AREA.format("nan,nan 1,1 1,2 nan,nan")).encode(),
    "huge-area.kml": MARK.format(AREA.format("1e300,1 1,1 1,1e300 1e300,1")).encode(),
    "few.kml": MARK.format(AREA.format("1,1 2,2")).encode(),
    "deep.kml": b"<Folder>" * DEEP + b"</Folder>" * DEEP,
    "unclosed.kml": b"<kml><Placemark></Folder></Placemark>",
    "control.kml": MARK.format("\x01").encode(),
    "entity.kml": b'<!DOCTYPE k [<!ENTITY a "b">]><kml>&a;</kml>',
    "point.kmz": zipped(("doc.kml", MARK.format(POINT.format(" ")))),
    "none.kmz": zipped(("doc.txt", "x")),
}
AREAS = {
    "huge_20250101.geojson": geojson(square(1e300)),
    "nan_20250101.geojson": geojson(square(1.0)).replace(b"48", b"NaN"),
    "far_20250101.geojson": geojson(square(400.0)),
    "world_20250101.geojson": geojson(
        [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]]
    ),
    "text_20250101.geojson": geojson("somewhere"),
    "null_20250101.geojson": geojson([[None, None, None, None]]),
    "ragged_20250101.geojson": geojson([[[37], [37, 48], [37, 48, 1, 1], [37]]]),
    "empty_20250101.geojson": geojson([]),
    "deep_20250101.geojson": geojson([]).replace(b"[]", DEEP_JSON),
    "collection_20250101.geojson": json.dumps(
        {"type": "GeometryCollection", "geometries": [{"type": "Polygon"}]}
    ).encode(),
    "crs_20250101.geojson": geojson(square(1.0))[:-1]
    + b', "crs": {"properties": {"name": "EPSG:99999"}}}',
    "crs-list_20250101.geojson": geojson(square(1.0))[:-1] + b', "crs": []}',
    "name_20250101.geojson": geojson(square(1.0), name=["a"], status={"b": 1}),
    "surrogate_20250101.geojson": geojson(square(1.0), name="\ud800"),
    "date_20250101.geojson": geojson(square(1.0), date=1e300),
    "date_99999999.geojson": geojson(square(1.0)),
    "gzip_20250101.geojson.gz": b"\x1f\x8b\x08\x00 no gzip",
    "shape_20250101.shp": b"\x00\x00'\n" + bytes(200),
    "package_20250101.gpkg": b"SQLite format 3\x00" + bytes(2_000),
    "shapes_20250101.zip": zipped(("a.shp", bytes(200)), ("a.dbf", b"\x03" + bytes(50))),
}
CASEBOOKS = {
    "brackets": {"map.toml": b"a = " + b"[" * DEEP},
    "tables": {"map.toml": b"[a" + b".a" * 20_000 + b"]\n"},
    "keys": {"map.toml": b"a" + b" . a" * 20_000 + b" = 1\n"},
    "latin": {"map.toml": b"title = '\xff'"},
    "number": {"map.toml": b"title = " + b"9" * 5_000},
    "date": {"map.toml": b"title = 9999-99-99"},
    "types": {"map.toml": b"title = 1\nperiod = 'x'\nsources = []\n"},
    "header": {"events.csv": b"a" * 200_000 + b"\n"},
    "columns": {"events.csv": ",".join(f"c{n}" for n in range(20_000)).encode() + b"\n"},
    "twice": {"events.csv": b"id," * 20_000 + b"id\n"},
    "quoted": {"events.csv": b'"id"x,kind\n'},
    "half": {"events.csv": EVENTS[: len(EVENTS) // 2]},
    "bytes": {"events.csv": b"\xff\xfe" + EVENTS},
    "extra": {"events.csv": b'id,kind,date_start,date_end,extra\na,strike,2025-01-01,2025-01-01,"'
              + DEEP_JSON + b'"\n', "reports.csv": b"event_id,source,claimant,stance\n"},
    "parquet": {"events.csv": None, "events.parquet": b"PAR1" + bytes(50) + b"PAR1"},
}  # fmt: skip
OTHERS = (
    b"",
    bytes(500),
    b"PAR1" + bytes(300) + b"PAR1",
    b"SQLite format 3\x00" + bytes(84),
    DEEP_JSON,
    b'{"geoconflict": "review"}',
    b'{"geoconflict": "drafts", "drafts": 5}',
    b'{"geoconflict": "review", "reports": [{"source": {"date": "x"}}]}',
    b"<html>\xff\x00</html>",
)
LINES = re.compile(r"(geoconflict: .+|[^\s:].*: found .+, expected .+|  .*)")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def stands(*arguments, given=b""):
    """The command ends, with an answer or with lines that say what is wrong."""
    result = run(*arguments, given=given)
    said = [line for line in result.stderr.splitlines() if "warning" not in line]
    assert result.returncode in (0, 1, 2, 3)
    assert (result.returncode == 1) == bool(said), result
    assert "Traceback" not in result.stderr
    assert all(LINES.fullmatch(line) for line in said), said
    assert all(len(line) < 1_000 for line in said), said
    return result


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_taken_or_refused_in_a_line(home, name):
    content = TABLES[name]
    (home / name).write_bytes(content() if callable(content) else content)
    for source in ("ucdp", "geoconfirmed", "csv"):
        stands("import", source, name, "-o", "out")
    if name.endswith(".csv"):
        stands("enrich", name, "-o", "out.csv", "--reference", "border:UA")


@pytest.mark.parametrize("name", PLACEMARKS)
def test_placemarks_are_taken_or_refused_in_a_line(home, name):
    (home / name).write_bytes(PLACEMARKS[name])
    stands("import", "kml", name, "-o", "out")
    stands("import", "geoconfirmed", name, "-o", "out")
    stands("front", "area", name)


@pytest.mark.parametrize("name", AREAS)
def test_areas_are_measured_or_refused_in_a_line(home, name):
    (home / name).write_bytes(AREAS[name])
    stands("front", "area", name)


@pytest.mark.parametrize("name", CASEBOOKS)
def test_a_casebook_is_read_or_refused_in_a_line(casebook_copy, name):
    for file, content in CASEBOOKS[name].items():
        if content is None:
            (casebook_copy / file).unlink()
        else:
            (casebook_copy / file).write_bytes(content)
    assert stands("validate", casebook_copy).returncode == 1


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        ("ucdp", "id,date_start,latitude,longitude,best\n1,2025-01-24,48.98,37.8,{}\n"),
        (
            "acled",
            "data_id,event_date,latitude,longitude,fatalities\n1,2025-01-24,48.98,37.80,{}\n",
        ),
        (
            "attacks",
            "time_start,model,launched,destroyed\n2025-01-24,X,{},1\n2025-01-25,X,1,1\n",
        ),
    ],
)
def test_a_number_beyond_counting_stops_no_reader(home, reader, text):
    (home / "a.csv").write_text(text.format("9" * DEEP))
    account = READERS[reader](home / "a.csv").account
    assert (account.events, len(account.set_aside)) == (1, 1 if reader == "attacks" else 0)


@pytest.mark.parametrize("text", [[1, None, {"text": None}, ["x"]], {"a": 1}, 5])
def test_a_message_of_pieces_that_are_none_is_taken_or_refused(home, text):
    message = {"id": 1, "type": "message", "date": "2025-01-01T00:00:00", "text": text}
    chat = {"name": "a", "id": 1, "messages": [message]}
    (home / "result.json").write_text(json.dumps(chat))
    stands("import", "telegram", "result.json", "-o", "out")


def test_a_file_whose_name_is_no_text_is_read(home):
    # A byte that no UTF-8 holds, as systems give it in names.
    path = home / "a\udcff.csv"
    path.write_text("date,lat,lon\n2025-01-01,48,37\n")
    assert stands("import", "csv", path).returncode == 3
    (mapping,) = home.glob("*.mapping.toml")
    assert stands("import", "csv", path, "--mapping", mapping, "-o", "out").returncode == 0


def test_a_projection_that_is_damaged_is_told(home):
    area = gpd.GeoDataFrame({"side": ["RU"]}, geometry=[shapely.box(37, 48, 38, 49)], crs=4326)
    area.to_file(home / "a_20250101.shp")
    good = (home / "a_20250101.prj").read_bytes()
    (home / "a_20250101.prj").write_bytes(good.replace(b"GCS_WGS", b"GCS_\xff\xfe"))
    assert stands("front", "area", "a_20250101.shp").returncode == 1


def test_a_byte_order_mark_is_no_fault(casebook_copy):
    (casebook_copy / "map.toml").write_bytes(b"\xef\xbb\xbf" + MAP)
    assert stands("validate", casebook_copy).returncode == 0


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.gpkg", "a.json", "a.html", "a.txt"])
@pytest.mark.parametrize("content", OTHERS, ids=range(len(OTHERS)))
def test_other_files_are_read_or_refused_in_a_line(home, name, content):
    (home / name).write_bytes(content)
    stands("validate", name)
    stands("accept", name, "-o", "book", "--sure", "certain")
    if name.endswith(("csv", "parquet")):
        stands("enrich", name, "-o", "out.csv", "--reference", "border:UA")
    if name.endswith(("txt", "html")):
        stands("draft", name, "-o", "out.json")
        stands("check", name)


def test_a_name_of_a_place_that_is_no_text_is_left_out_or_told(home, folder):
    (home / "own.csv").write_text(
        "id,name_en,kind,country,lon,lat,precision_m\nx,Aaa,settlement,UA,37,48,1000\n", "utf-8"
    )
    run("gazetteer", "add", home / "own.csv")
    for path in folder.glob("*.sqlite"):
        with sqlite3.connect(path) as base:
            base.execute("UPDATE place SET name = CAST(x'ff' AS TEXT)")
        base.close()
    stands("place", "Aaa")
    stands("gazetteer", "info")


def test_a_mistake_of_ours_is_not_taken_for_a_damaged_file():
    with pytest.raises(AttributeError), reading("a", expected="b", raises=ImportFileError):
        None.strip()


def test_an_error_that_names_its_file_says_itself_what_is_wrong(home):
    with pytest.raises(FileNotFoundError), reading("a", expected="b", raises=ImportFileError):
        (home / "missing").read_bytes()


def test_a_key_of_many_parts_is_refused_before_it_is_taken_apart():
    with pytest.raises(TableError, match="a key of more than 100 parts"):
        parse_toml(b"a" + b".a" * 20_000 + b"=1", "map.toml", raises=TableError)
    prose = "Words end. So. Do. They. " * 50
    assert parse_toml(f'a = "{prose}"'.encode(), "a.toml", raises=TableError) == {"a": prose}


def test_rows_beyond_counting_are_refused_at_once(home):
    buffer = io.BytesIO()
    pq.write_table(pa.table({"lon": [1.0], "lat": [2.0]}), buffer)
    whole = buffer.getvalue()
    size = int.from_bytes(whole[-8:-4], "little")
    footer = whole[-8 - size : -8]
    # The group's number of rows, 1, becomes 2 to the 40th.
    assert footer.count(b"\x16\x02&") == 1
    footer = footer.replace(b"\x16\x02&", b"\x16" + b"\x80" * 5 + b"\x40&")
    ends = len(footer).to_bytes(4, "little") + b"PAR1"
    (home / "a.parquet").write_bytes(whole[: -8 - size] + footer + ends)
    result = stands("enrich", "a.parquet", "-o", "out.parquet", "--reference", "border:UA")
    assert "a group of 1,099,511,627,776 rows" in result.stderr


def test_cells_of_a_review_that_are_a_list_are_refused_in_a_line(home):
    source = {"id": "a", "title": "b", "publisher": "c", "date": None, "url": None}
    event = {"values": [1, 2], "said": [], "claims": [], "is_background": False, "same_as": None}
    report = {"source": source, "events": [event], "claims": []}
    (home / "a.json").write_text(json.dumps({"geoconflict": "review", "reports": [report]}))
    assert stands("accept", "a.json", "-o", "book", "--sure", "certain").returncode == 1
