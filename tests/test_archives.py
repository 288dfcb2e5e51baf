"""Packed files and KML are taken apart with limits, whatever they say of themselves."""

import gzip
import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from geoconflict.errors import GeoconflictError, UnreadableFileError
from geoconflict.files.archives import Limits, members, named, text_inside, unzipped
from geoconflict.files.kml import read_placemarks
from geoconflict.fronts.vectors import read_kml as read_areas
from geoconflict.importers.placemarks import read_placemarks as read_rows

LIMITS = Limits(members=5, bytes=30_000_000)
WHITE = b" " * 20_000_000


def packed(path, files, *, method=zipfile.ZIP_DEFLATED, level=None):
    with zipfile.ZipFile(path, "w", method, compresslevel=level) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_wanted_members_come_in_the_order_of_names(tmp_path):
    files = {"b.KML": "2", "a.kml": "1", "__MACOSX/a.kml": "x", ".kml": "x", "c.png": "x"}
    path = packed(tmp_path / "a.kmz", files)
    found = members(path, wanted=named(".kml"), limits=LIMITS)
    assert list(found.items()) == [("a.kml", b"1"), ("b.KML", b"2")]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.kml": WHITE}, "unpacks to far more"),
        # Each is within what a small file may unpack to, all together are not.
        ({f"{n}.kml": b" " * 3_900_000 for n in range(4)}, "unpacks to far more"),
        ({f"{n}.kml": b" " * 3_900_000 for n in range(5)} | {"z.kml": b"x"}, "list of 6 files"),
        ({str(n): b"" for n in range(6)}, "found a list of 6 files, expected at most 5"),
    ],
)
def test_an_archive_beyond_measure_is_refused(tmp_path, files, said):
    path = packed(tmp_path / "a.zip", files)
    with pytest.raises(UnreadableFileError, match=said):
        members(path, wanted=named(""), limits=LIMITS)


def test_all_members_together_stay_below_the_limit(tmp_path):
    path = packed(tmp_path / "a.zip", {str(n): os.urandom(3_900_000) for n in range(4)})
    assert len(members(path, wanted=named(""), limits=Limits(5, 16_000_000))) == 4
    with pytest.raises(UnreadableFileError, match="unpacks to far more"):
        members(path, wanted=named(""), limits=Limits(5, 15_000_000))


MEASURED = """
import sys
from geoconflict.cli import main
sys.argv = ["geoconflict", *sys.argv[1:]]
try:
    main()
finally:
    print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is not told here")
@pytest.mark.parametrize(
    ("command", "name", "content"),
    [
        (["import", "ucdp"], "a.zip", lambda: {f"{n}.csv": bytes(3_900_000) for n in range(80)}),
        (["import", "kml"], "a.kmz", lambda: {"a.kml": b"<kml>" + b"<Placemark/>" * 28_000_000}),
        (["front", "area"], "a_20250101.zip", lambda: {"a.geojson": b"[" * 310_000_000}),
        (["front", "area"], "a_20250101.geojson.gz", lambda: b"[" * 310_000_000),
    ],
    ids=["tables", "placemarks", "areas", "gzip"],
)
def test_a_bomb_is_refused_before_it_takes_memory(tmp_path, command, name, content):
    path, unpacked = tmp_path / name, content()
    if isinstance(unpacked, bytes):
        path.write_bytes(gzip.compress(unpacked, 1))
    else:
        packed(path, unpacked, level=1)
    run = [sys.executable, "-c", MEASURED, *command, path]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
    assert "unpacks to far more" in done.stderr
    # Of which the libraries alone take 100 to 200.
    assert int(done.stdout) // 1024 < 300


def test_a_size_that_lies_is_not_believed(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.kml": WHITE})
    lie = path.read_bytes().replace(struct.pack("<L", len(WHITE)), struct.pack("<L", 1000))
    path.write_bytes(lie)
    with pytest.raises(UnreadableFileError):
        members(path, wanted=named(".kml"), limits=LIMITS)


@pytest.mark.parametrize("change", ["cut", "flipped", "none", "locked", "lzma"])
def test_a_damaged_or_locked_archive_is_named(tmp_path, change):
    method = zipfile.ZIP_LZMA if change == "lzma" else zipfile.ZIP_DEFLATED
    path = packed(tmp_path / "a.zip", {"a.kml": bytes(range(256)) * 9}, method=method)
    content = bytearray(path.read_bytes())
    if change == "flipped":
        content[60] ^= 0xFF
    if change == "locked":
        # The first bit of the flags in the list of files.
        content[content.rfind(b"PK\x01\x02") + 8] |= 1
    path.write_bytes({"cut": content[:-30], "none": b"no zip"}.get(change, content))
    for read in (
        lambda: members(path, wanted=named(".kml"), limits=LIMITS),
        lambda: list(_lines(path)),
    ):
        with pytest.raises(UnreadableFileError, match=r"a\.zip: found") as caught:
            read()
        assert "\n" not in str(caught.value)


def _lines(path):
    with text_inside(path, member=lambda _: True, limits=LIMITS) as buffer:
        yield from buffer


def test_gzip_is_counted_while_it_unpacks(tmp_path):
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"text"))
    assert unzipped(path, limits=LIMITS) == b"text"
    path.write_bytes(gzip.compress(WHITE))
    with pytest.raises(UnreadableFileError, match="unpacks to far more"):
        unzipped(path, limits=LIMITS)
    path.write_bytes(gzip.compress(bytes(range(256)))[:-9])
    with pytest.raises(UnreadableFileError, match="cut off or damaged"):
        unzipped(path, limits=LIMITS)
    with pytest.raises(FileNotFoundError):
        unzipped(tmp_path / "none.gz", limits=LIMITS)


SQUARE = "37,48 37.1,48 37.1,48.1 37,48.1 37,48"
POLYGON = (
    "<Polygon><innerBoundaryIs><LinearRing><coordinates>37.02,48.02 37.04,48.02 37.04,48.04 "
    "37.02,48.02</coordinates></LinearRing></innerBoundaryIs><outerBoundaryIs><LinearRing>"
    f"<coordinates>{SQUARE}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
)
TEXT = f"""<k:kml xmlns:k="x"><k:Document><k:name>map</k:name>
<k:Folder>
<k:Placemark id="p"><k:name>Donetsk Axis</k:name>
<k:description><![CDATA[<b>held</b>]]></k:description>
<k:TimeSpan><k:begin>2025-01-24</k:begin><k:end>2025-01-25</k:end></k:TimeSpan>
<k:ExtendedData><k:Data name="Unit"><k:value>2nd</k:value></k:Data></k:ExtendedData>
<k:MultiGeometry>{POLYGON}<k:Point><k:coordinates>37.05,48.05,0</k:coordinates></k:Point></k:MultiGeometry>
</k:Placemark><k:name>fronts</k:name></k:Folder></k:Document></k:kml>""".encode()


def test_one_reader_serves_areas_and_events(tmp_path):
    (mark,) = read_placemarks(TEXT, "a.kml")
    assert (mark.line, mark.id, [f.texts for f in mark.folders[1:]]) == (
        3,
        "p",
        [{"name": "map"}, {"name": "fronts"}],
    )
    (area,) = read_areas(TEXT, "a.kml")
    assert area.names == ("Donetsk Axis",)  # no folder above it tells a side
    assert len(area.geometry.interiors) == 1
    (tmp_path / "a.kml").write_bytes(TEXT)
    (table,) = read_rows(tmp_path / "a.kml")
    values = next(iter(table.rows)).values
    assert (values["longitude"], values["latitude"], values["shape"]) == (
        "37.05",
        "48.05",
        "Polygon",
    )
    assert (values["folder"], values["begin"], values["unit"]) == ("fronts", "2025-01-24", "2nd")
    assert values["text"] == "held"


@pytest.mark.parametrize("text", ["", "<kml>", '<!DOCTYPE k [<!ENTITY a "b">]><kml>&a;</kml>'])
def test_what_is_no_kml_is_refused_by_both(tmp_path, text):
    (tmp_path / "a.kml").write_text(text)
    for read in (
        lambda: read_areas(text.encode(), "a.kml"),
        lambda: read_rows(tmp_path / "a.kml"),
    ):
        with pytest.raises(GeoconflictError, match=r"a\.kml"):
            read()
