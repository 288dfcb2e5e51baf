"""Every format is read, and every fault is told with the file it is in."""

import datetime as dt
import gzip
import json
import zipfile

import geopandas as gpd
import pytest
import shapely

from geoconflict import Fronts, Snapshot
from geoconflict.errors import SnapshotFileError, SnapshotWarning
from geoconflict.files.archives import Limits
from geoconflict.fronts import files
from tests.fronts.conftest import SHARED, collection, kml, quadrangle_km2, ring, square, write

BOX = (37.0, 48.0, 37.1, 48.1)
KM2 = pytest.approx(quadrangle_km2(*BOX), rel=1e-4)
SQUARE = collection((square(*BOX), {}))


def frame(*, column=None, value=None, boxes=(BOX,), crs="EPSG:4326"):
    data = {column: [value] * len(boxes)} if column else {"FID": list(range(len(boxes)))}
    shapes = [shapely.box(*box) for box in boxes]
    return gpd.GeoDataFrame(data, geometry=shapes, crs="EPSG:4326").to_crs(crs)


def only(path, **options) -> Snapshot:
    fronts = Fronts.read(path, **options)
    assert len(fronts.dates) == 1
    return fronts.at(fronts.dates[0])


@pytest.mark.parametrize(
    "name",
    [
        "deepstatemap_data_20250124.geojson",
        "2025-01-24.json",
        "control_24012025.geojson",
        "250124_0800.geojson",
        "UkraineControlMapAO24JAN2025.geojson",
        "map_JAN242025.geojson",
        "front 24.01.2025.geojson",
    ],
)
def test_the_day_is_read_from_the_name(tmp_path, name):
    snapshot = only(write(tmp_path / name, SQUARE))
    assert snapshot.date == dt.date(2025, 1, 24)
    assert snapshot.area_km2 == KM2


def test_a_layer_without_a_day_among_layers_a_day_is_named_and_left_out(tmp_path):
    path = tmp_path / "days.gpkg"
    for mode, layer in (("w", "2025_01_23"), ("a", "24.01.2025"), ("a", "works")):
        frame(column="status", value="occupied").to_file(path, layer=layer, mode=mode)
    with pytest.warns(SnapshotWarning, match="layers without a day, left out: 'works'"):
        fronts = Fronts.read(path)
    assert [str(day) for day in fronts.dates] == ["2025-01-23", "2025-01-24"]
    assert fronts.at(fronts.dates[1]).area_km2 == KM2


def test_one_file_with_a_date_column_holds_many_days(tmp_path):
    rows = [
        (square(37, 48, 37.1 + n / 10, 48.1), {"id": n, "date": f"2025-01-0{n}"}) for n in (1, 2)
    ]
    fronts = Fronts.read(write(tmp_path / "collected.geojson", collection(*rows)))
    assert fronts.dates == (dt.date(2025, 1, 1), dt.date(2025, 1, 2))
    wide = pytest.approx(quadrangle_km2(37, 48, 37.3, 48.1), rel=1e-4)
    assert fronts.at(dt.date(2025, 1, 2)).area_km2 == wide


def test_a_date_column_of_a_geopackage_and_a_gzip(tmp_path):
    frame(column="date", value="2025-01-24").to_file(tmp_path / "all.gpkg")
    assert only(tmp_path / "all.gpkg").area_km2 == KM2
    rows = json.dumps(collection((square(*BOX), {"datetime": "2025-01-24T06:00:00Z"})))
    (tmp_path / "all.geojson.gz").write_bytes(gzip.compress(rows.encode()))
    assert only(tmp_path / "all.geojson.gz").area_km2 == KM2


def test_an_answer_of_deepstate_counts_only_the_keys_allowed(tmp_path):
    names = {
        "Окуповано /// Occupied /// geoJSON.status.occupied": (37.0, 48.0, 37.1, 48.1),
        "Окупований Крим /// Crimea /// geoJSON.territories.crimea": (34.0, 45.0, 34.1, 45.1),
        "Звільнено /// Liberated /// geoJSON.status.dismissed": (36.0, 48.0, 36.1, 48.1),
        "Статус невідомий /// Unknown /// geoJSON.status.unknown": (36.5, 48.0, 36.6, 48.1),
        "Ічкерія /// Ichkeria /// geoJSON.territories.ichkeria": (45.0, 43.0, 46.0, 44.0),
    }
    rows = [(square(*box), {"name": name}) for name, box in names.items()]
    rows.append(({"type": "Point", "coordinates": [37, 48]}, {"name": "a unit"}))
    answer = {"id": 1737705600, "datetime": "2025-01-24T08:00:00.000Z", "map": collection(*rows)}
    with pytest.warns(SnapshotWarning, match="no areas, left out: 1 Point"):
        snapshot = only(write(tmp_path / "last.json", [answer]))
    assert sorted(snapshot.areas) == ["RU", "UA", "unknown"]
    crimea = quadrangle_km2(34.0, 45.0, 34.1, 45.1)
    assert snapshot.area_km2 == pytest.approx(quadrangle_km2(*BOX) + crimea, rel=1e-4)
    assert snapshot.contested is not None
    assert snapshot.contested.bounds == (36.5, 48.0, 36.6, 48.1)


@pytest.mark.parametrize("packed", [False, True])
def test_kml_takes_the_front_and_leaves_units_out(tmp_path, packed):
    text = kml(
        ("Frontline", "Donetsk Axis\u00a0 [Z]", ring(*BOX)),
        ("Units", "1st Brigade", ring(36, 48, 37, 49)),
        ("Fortifications", "trench", ring(36, 48, 37, 49)),
    )
    if packed:
        with zipfile.ZipFile(tmp_path / "250124_0800.kmz", "w") as archive:
            archive.writestr("doc.kml", text)
            archive.writestr("images/icon.png", b"x")
    else:
        write(tmp_path / "250124_0800.kml", text)
    assert only(tmp_path).area_km2 == KM2


LINK = "<NetworkLink><Link><href>{}</href></Link></NetworkLink>"


def test_what_a_map_links_to_is_told_and_not_followed(tmp_path):
    text = kml(("Frontline", "Donetsk Axis [Z]", ring(*BOX)))
    links = LINK.format("https://example.org/live") + LINK.format("files/more.kml")
    with zipfile.ZipFile(tmp_path / "250124_0800.kmz", "w") as archive:
        archive.writestr("doc.kml", text.replace("</Document>", f"{links}</Document>"))
        archive.writestr("files/more.kml", kml())
    with pytest.warns(SnapshotWarning, match="not followed: https://example.org/live$"):
        assert only(tmp_path).area_km2 == KM2
    only_link = tmp_path / "250125_0800.kml"
    write(only_link, kml().replace("</Document>", f"{links}</Document>"))
    with pytest.raises(SnapshotFileError, match="no areas but links"):
        Fronts.read(only_link).series()


def test_plain_kml_that_is_called_packed(tmp_path):
    write(tmp_path / "250124_0800.kmz", kml(("Frontline", "Donetsk Axis [Z]", ring(*BOX))))
    assert only(tmp_path).area_km2 == KM2


def test_a_folder_a_layer_of_shapefiles_as_isw_has_them(tmp_path):
    layers = {
        "Assessed Control": BOX,
        "Assessed Advances": (36.9, 48.0, 37.0, 48.1),
        "Claimed Control": (36.8, 48.0, 36.9, 48.1),
        "Claimed Counteroffensives": (36.7, 48.0, 36.8, 48.1),
    }
    for layer, box in layers.items():
        (tmp_path / layer).mkdir()
        frame(boxes=[box], crs="EPSG:3857").to_file(tmp_path / layer / "Layer24JAN2025.shp")
    snapshot = only(tmp_path, source="isw")
    assert sorted(snapshot.areas) == ["RU", "claimed-RU", "claimed-UA", "contested"]
    assert snapshot.area_km2 == KM2
    assert len(snapshot.files) == 4


def test_a_property_layer_and_a_zip_with_a_shapefile(tmp_path):
    rows = frame(column="layer", value="UkraineControlMapAO24JAN2025")
    rows.to_file(tmp_path / "all.shp")
    with zipfile.ZipFile(tmp_path / "isw_2025-01-24.zip", "w") as archive:
        for part in tmp_path.glob("all.*"):
            archive.write(part, part.name)
    assert only(tmp_path / "isw_2025-01-24.zip").area_km2 == KM2


def test_two_layers_of_one_day_are_one_snapshot_and_two_maps_of_it_are_a_fault(tmp_path):
    write(tmp_path / "UkraineControlMap_20250124.geojson", SQUARE)
    write(tmp_path / "AssessedRussianAdvances_20250124.geojson", SQUARE)
    assert sorted(only(tmp_path).areas) == ["RU", "contested"]
    write(tmp_path / "UkraineControlMap_2025-01-24.geojson", SQUARE)
    with pytest.raises(SnapshotFileError, match="a second file of 2025-01-24") as caught:
        Fronts.read(tmp_path)
    assert len(caught.value.faults) == 2


def test_invalid_rings_are_repaired_with_a_warning_that_names_the_file(tmp_path):
    bow = [[37, 48], [37.1, 48.1], [37.1, 48], [37, 48.1], [37, 48]]
    rows = collection(({"type": "Polygon", "coordinates": [bow]}, {}))
    fronts = Fronts.read(write(tmp_path / "bow_20250124.geojson", rows))
    with pytest.warns(SnapshotWarning, match=r"bow_20250124.geojson: 1 invalid ring"):
        snapshot = fronts.at(dt.date(2025, 1, 24))
    assert snapshot.held.is_valid
    # Two triangles that meet in the middle: half of the square.
    assert snapshot.area_km2 == pytest.approx(quadrangle_km2(*BOX) / 2, rel=1e-3)


def test_an_area_of_an_unknown_name_is_refused_or_left_out_if_asked(tmp_path):
    rows = collection((square(*BOX), {"name": "RU"}), (square(*BOX), {"name": "Atlantis"}))
    write(tmp_path / "a_20250124.geojson", rows)
    with pytest.raises(SnapshotFileError, match="'Atlantis': their side is not known"):
        only(tmp_path)
    with pytest.warns(SnapshotWarning, match="'Atlantis': .* left out"):
        assert only(tmp_path, keep_going=True).area_km2 == KM2
    assert only(tmp_path, sides={"Atlantis": "left out"}).area_km2 == KM2


WHOLE = json.dumps(SQUARE)
SWAPPED = json.dumps(collection((square(48.0, 37.0, 48.1, 37.1), {})))
POINT = json.dumps(collection(({"type": "Point", "coordinates": [37, 48]}, {})))
LETTER = WHOLE.replace("37.1", '"x"', 1)
MERCATOR = json.dumps(SQUARE | {"crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::99"}}})
ENTITY = '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
KML = kml(("", "Donetsk Axis", ring(*BOX)))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a_20250101.geojson", "", "an empty file"),
        ("a_20250101.geojson", WHOLE[:200], "cut off"),
        ("a_20250101.geojson", WHOLE[:200] + "}", "cut off at line 1"),
        ("a_20250101.geojson", "[" * 100_000 + "]", "nested beyond measure"),
        ("a_20250101.geojson", "3}", "at line 1"),
        ("a_20250101.geojson", '["x"]', "found a str"),
        ("a_20250101.geojson", POINT, "only Point geometries"),
        ("a_20250101.geojson", '{"type": "FeatureCollection", "features": []}', "no areas"),
        ("a_20250101.geojson", LETTER, "a broken Polygon"),
        ("a_20250101.geojson", SWAPPED, "look swapped"),
        ("a_20250101.geojson", MERCATOR, "the unknown projection 'urn:ogc:def:crs:EPSG::99'"),
        ("a_20251301.geojson", WHOLE, "'20251301' is no day of the calendar"),
        ("a_20990101.geojson", WHOLE, "'20990101' is not a day from 2014-02-20 to today"),
        ("a.geojson", WHOLE, "no date in its name and none in it"),
        ("a.geojson", WHOLE.replace("{}", '{"date": "soon"}'), "column date: 'soon' is not a day"),
        ("a_20250101.geojson", WHOLE.replace("{}", '{"date": "2025-01-02"}'), "2025-01-02"),
        ("250101_0800.kml", KML.replace("<kml", f"{ENTITY}<kml", 1), "refused"),
        ("250101_0800.kml", KML.replace("<kml", f"{LAUGHS}<kml", 1), "refused"),
        ("250101_0800.kml", KML[:-20] + ">", "broken XML"),
        ("250101_0800.kml", KML.replace("37.0,48.0", "37.0;48.0"), "coordinates"),
        ("250101_0800.kml", kml(("Units", "1st Brigade", ring(*BOX))), "only areas called"),
        ("250101_0800.kmz", "no zip", "cut off or damaged, or none"),
        ("a_20250101.shp", "no shapefile", "cannot be opened"),
        ("a_20250101.gpkg", "no package", "cannot be opened"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_file_and_the_rest_loads_if_asked(
    tmp_path, name, content, said
):
    write(tmp_path / name, content)
    write(tmp_path / "good_20250105.geojson", SQUARE)
    with pytest.raises(SnapshotFileError) as caught:
        list(Fronts.read(tmp_path).series().index)
    assert said in str(caught.value)
    assert name in str(caught.value)
    with pytest.warns(SnapshotWarning, match=name):
        table = Fronts.read(tmp_path, keep_going=True).series()
    assert [str(day.date()) for day in table["date"]] == ["2025-01-05"]


def test_all_faults_are_told_at_once(tmp_path):
    for number in (1, 2, 3):
        write(tmp_path / f"a_2025010{number}.geojson", POINT)
    with pytest.raises(SnapshotFileError) as caught:
        Fronts.read(tmp_path).series()
    assert len(caught.value.faults) == 3


@pytest.mark.parametrize("name", ["", "nothing.geojson", "notes.txt"])
def test_a_folder_without_snapshots_is_an_error(tmp_path, name):
    (tmp_path / "readme.md").write_text("x")
    for keep_going in (False, True):
        with pytest.raises(SnapshotFileError):
            Fronts.read(tmp_path / name, keep_going=keep_going)


def test_bombs_are_refused_while_they_unpack(tmp_path, monkeypatch):
    with zipfile.ZipFile(tmp_path / "250124_0800.kmz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", b" " * 20_000_000)
    (tmp_path / "b_20250125.geojson.gz").write_bytes(gzip.compress(b" " * 20_000_000))
    with pytest.raises(SnapshotFileError, match="unpacks to far more") as caught:
        Fronts.read(tmp_path).series()
    assert len(caught.value.faults) == 2
    monkeypatch.setattr(files, "_LIMITS", Limits(3, 1_000_000))
    with zipfile.ZipFile(tmp_path / "c_20250126.zip", "w") as archive:
        for number in range(4):
            archive.writestr(f"{number}.kml", KML)
    with pytest.raises(SnapshotFileError, match="4 files, expected at most 3"):
        Fronts.read(tmp_path / "c_20250126.zip").series()


def test_a_damaged_or_locked_archive_is_told(tmp_path):
    path = tmp_path / "250124_0800.kmz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", KML)
    content = bytearray(path.read_bytes())
    content[60:120] = bytes(60)
    path.write_bytes(content)
    with pytest.raises(SnapshotFileError, match="cut off or damaged"):
        Fronts.read(path).series()


def test_holes_of_kml_are_cut_out_wherever_they_stand(tmp_path):
    hole = " ".join(f"{x},{y}" for x, y in ring(37.02, 48.02, 37.08, 48.08))
    inner = f"<innerBoundaryIs><LinearRing><coordinates>{hole}</coordinates></LinearRing>"
    text = KML.replace("<Polygon>", f"<Polygon>{inner}</innerBoundaryIs>")
    rest = quadrangle_km2(*BOX) - quadrangle_km2(37.02, 48.02, 37.08, 48.08)
    snapshot = only(write(tmp_path / "250124_0800.kml", text))
    assert snapshot.area_km2 == pytest.approx(rest, rel=1e-4)


def test_a_path_inside_an_archive_leads_nowhere(tmp_path):
    frame().to_file(tmp_path / "x.gpkg")
    content = (tmp_path / "x.gpkg").read_bytes()
    (tmp_path / "x.gpkg").unlink()
    inside = tmp_path / "in"
    inside.mkdir()
    with zipfile.ZipFile(inside / "a_20250124.zip", "w") as archive:
        archive.writestr("../../escaped.gpkg", content)
    assert only(inside).area_km2 == KM2
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_files_named_by_day_are_read_when_asked_for_and_then_once(tmp_path, monkeypatch):
    for number in range(1, 10):
        write(tmp_path / f"a_2025010{number}.geojson", SQUARE)
    read = []

    def counted(content, file):
        read.append(file)
        return original(content, file)

    original = files.read_geojson
    monkeypatch.setattr(files, "read_geojson", counted)
    fronts = Fronts.read(tmp_path)
    assert read == []
    fronts.at(dt.date(2025, 1, 4))
    assert read == ["a_20250104.geojson"]
    fronts = Fronts.read(tmp_path)
    read.clear()
    fronts.series()
    assert sorted(read) == [f"a_2025010{number}.geojson" for number in range(1, 10)]


def test_the_real_layers_of_uacontrolmap_are_read():
    path = SHARED / "datasets" / "uacontrolmap" / "frontline.json"
    if not path.is_file():
        pytest.skip("the real layers (../shared/datasets/uacontrolmap) are not here")
    fronts = Fronts.read(path)
    assert fronts.source == "uacontrolmap"
    assert (len(fronts.dates), fronts.dates[0]) == (86, dt.date(2022, 12, 8))
    with pytest.warns(SnapshotWarning, match=r"frontline.json, 2022-12-08: 1 invalid ring"):
        snapshot = fronts.at(dt.date(2022, 12, 8))
    assert list(snapshot.areas) == ["RU"]
    assert 105_000 < snapshot.area_km2 < 120_000
    # From Kherson to the border of Kharkiv Oblast, in one piece or few: no seam between layers.
    assert len(snapshot.line.geoms) < 5


def test_the_last_version_of_a_file_is_taken_and_said(tmp_path):
    for name in ("map_20250124.geojson", "map_20250124_v2.geojson", "map_20250124 (1).geojson"):
        write(tmp_path / name, SQUARE)
    with pytest.warns(SnapshotWarning, match="map_20250124_v2.geojson is taken as the last"):
        assert only(tmp_path).files == ("map_20250124_v2.geojson",)


@pytest.mark.parametrize("second", ["2025-01-24 evening", "2025-01-24 v2"])
def test_two_layers_of_one_day_that_overlap_are_refused(tmp_path, second):
    path = tmp_path / "days.gpkg"
    for layer in ("2025-01-23", "2025-01-24", second):
        frame().to_file(path, layer=layer)
    with pytest.raises(SnapshotFileError, match=f"overlap: '2025-01-24', '{second}'"):
        Fronts.read(path)
    with pytest.warns(SnapshotWarning, match="overlap"):
        assert Fronts.read(path, keep_going=True).dates == (dt.date(2025, 1, 23),)


def test_the_layer_that_a_later_one_of_its_day_replaces_is_named(tmp_path):
    path = tmp_path / "days.gpkg"
    for layer in ("2025-01-24 0800", "2025-01-24 2000"):
        frame().to_file(path, layer=layer)
    with pytest.warns(SnapshotWarning, match="that of 20:00 is taken, left out: 2025-01-24 0800"):
        Fronts.read(path)


def test_a_layer_of_units_is_left_out_and_named(tmp_path):
    path = tmp_path / "days.gpkg"
    for layer in ("2025_01_23", "units_2025_01_23"):
        frame().to_file(path, layer=layer)
    with pytest.warns(SnapshotWarning, match="'units_2025_01_23' holds nothing that is held"):
        assert Fronts.read(path).at(dt.date(2025, 1, 23)).area_km2 == KM2


def test_a_layer_of_a_side_without_a_day_is_refused_beside_days(tmp_path):
    path = tmp_path / "days.gpkg"
    for layer in ("front_2025_01_23", "occupied"):
        frame().to_file(path, layer=layer)
    with pytest.raises(SnapshotFileError, match="without a day"):
        Fronts.read(path)
