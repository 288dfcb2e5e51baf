"""Files that hold a table, of each kind: workbooks, layers, texts of any encoding."""

import datetime as dt
import json
import zipfile

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from geoconflict.errors import ImportFileError
from geoconflict.fronts.collection import Fronts
from geoconflict.importers import read_acled, read_csv, read_kml
from geoconflict.importers.mapping import propose_mapping, read_mapping
from geoconflict.importers.placemarks import read_placemarks
from geoconflict.importers.rawtables import guess_separator, read_raw

TEXT = "дата;місце;широта;довгота;опис\n14.01.2025;Покровськ;48,2822;37,1818;пожежа на складі\n"
POINTS = gpd.GeoDataFrame(
    {"date": ["2025-01-14"], "place": ["Покровськ"], "опис": ["пожежа на складі"]},
    geometry=[shapely.Point(37.1818, 48.2822)],
    crs="EPSG:4326",
)


def event(path):
    """The one event of a file, by the mapping that it suggests."""
    mapping = path.parent / "mapping.toml"
    mapping.write_text(propose_mapping(path), "utf-8")
    (row,) = read_csv(path, mapping=read_mapping(mapping)).casebook.events.to_dict("records")
    return row


def is_read(row):
    assert row["date_start"].date() == dt.date(2025, 1, 14)
    assert (row["lat"], row["lon"]) == pytest.approx((48.2822, 37.1818), abs=1e-6)
    assert (row["place"], row["effects"]) == ("Покровськ", "пожежа на складі")


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1251"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        ("sep=;\r\n" + TEXT).encode("utf-8"),
        ("Зведення ударів, січень 2025\n\n" + TEXT).encode("utf-8"),
        ("Зведення;січень, 2025;;;\n" + TEXT).encode("utf-8"),
        TEXT.replace(";", "\t").encode("utf-8"),
        TEXT.replace(";", "|").encode("utf-8"),
    ],
)
def test_texts_of_any_encoding_separator_and_title(content, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    is_read(event(path))


def test_what_stands_above_the_header_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"Зведення\nза січень\n{TEXT}", "utf-8")
    (table,) = read_raw(path)
    assert "line 1 to 2 above the header is no row: Зведення; за січень" in table.remarks
    assert [row.line for row in table.rows] == [4]


def test_one_damaged_letter_does_not_change_the_encoding(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes((TEXT * 3).encode("utf-8").replace("пожежа".encode(), b"\xd0", 1))
    (table,) = read_raw(path)
    assert next(iter(table.rows)).get("місце") == "Покровськ"
    assert any("letters are damaged, the first in line 2" in remark for remark in table.remarks)


def test_commas_in_descriptions_do_not_separate():
    assert guess_separator("a;b\nx, y, z;1\nu, v;2\n") == ";"
    assert guess_separator('a,b\n"x; y",1\n') == ","


@pytest.mark.parametrize(("ending", "driver"), [("xlsx", "XLSX"), ("ods", "ODS")])
def test_workbooks(ending, driver, tmp_path):
    path = tmp_path / f"a.{ending}"
    frame = pd.DataFrame(POINTS.drop(columns="geometry")).assign(
        date=pd.to_datetime(["2025-01-14 23:30"]), lat=[48.2822], lon=[37.1818]
    )
    pyogrio.write_dataframe(frame, path, layer="Удари", driver=driver)
    pyogrio.write_dataframe(frame, path, layer="Лютий", driver=driver, append=True)
    other = frame.rename(columns={"date": "seen"})
    pyogrio.write_dataframe(other, path, layer="інше", driver=driver, append=True)
    row = event(path)
    is_read(row)
    assert "2025-01-14 23:30" in row["extra"]
    first, alike = read_raw(path)
    assert any("'інше' with 2 lines is not read" in remark for remark in first.remarks)
    assert alike.file == f"a.{ending}/Лютий"


def _xlsx(path, cells, *, styles="", book="", shared=""):
    """A workbook as small as one can be, of the XML of its cells."""
    with zipfile.ZipFile(path, "w") as archive:
        sheets = '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
        namespace = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        archive.writestr("xl/workbook.xml", f"<workbook {namespace}>{book}{sheets}</workbook>")
        target = '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>'
        archive.writestr("xl/_rels/workbook.xml.rels", target)
        archive.writestr(
            "xl/worksheets/s.xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>"
        )
        archive.writestr("xl/styles.xml", f"<styleSheet>{styles}</styleSheet>")
        archive.writestr("xl/sharedStrings.xml", f"<sst>{shared}</sst>")


def test_cells_of_excel_as_they_are_shown(tmp_path):
    path = tmp_path / "a.xlsx"
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd h:mm:ss"/>'
        '<numFmt numFmtId="165" formatCode="0.00&quot;d&quot;"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/>'
        '<xf numFmtId="165"/></cellXfs>'
    )
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>date</t></is></c><c r="B1" t="s"><v>0</v></c>'
        '<c r="D1" t="str"><v>n</v></c></row>'
        # 45671 is 2025-01-14 by Excel's calendar; 0.5 is noon.
        '<row r="3"><c r="A3" s="1"><v>45671.5</v></c><c r="B3" s="2"><v>45671</v></c>'
        '<c r="D3" s="3"><v>51.479999999999997</v></c></row>'
    )
    shared = "<si><r><t>pla</t></r><r><t>ce</t></r><rPh><t>x</t></rPh></si>"
    _xlsx(path, cells, styles=styles, shared=shared)
    (table,) = read_raw(path)
    assert table.columns == ("date", "place", "column 3", "n")
    (row,) = table.rows
    assert (row.line, dict(row.values)) == (
        3,
        {"date": "2025-01-14 12:00:00", "place": "2025-01-14", "n": "51.48"},
    )
    # The calendar of old Macs starts 1,462 days later.
    _xlsx(path, cells, styles=styles, shared=shared, book='<workbookPr date1904="1"/>')
    assert next(iter(read_raw(path)[0].rows)).get("place") == "2029-01-15"


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:32637"])
@pytest.mark.parametrize("ending", ["gpkg", "shp", "geojson"])
def test_points_of_layers(crs, ending, tmp_path):
    if ending == "geojson" and crs != "EPSG:4326":
        pytest.skip("GeoJSON is in degrees")
    path = tmp_path / f"a.{ending}"
    POINTS.to_crs(crs).to_file(path, encoding="utf-8" if ending == "shp" else None)
    is_read(event(path))


def unsaid(path):
    """Take away what says of a shapefile which letters it holds."""
    path.with_suffix(".cpg").unlink(missing_ok=True)
    table = path.with_suffix(".dbf").read_bytes()
    path.with_suffix(".dbf").write_bytes(table[:29] + b"\x00" + table[30:])


@pytest.mark.parametrize("page", ["cp1251", "utf-8"])
def test_a_shapefile_without_a_code_page(page, tmp_path):
    POINTS.to_file(tmp_path / "a.shp", encoding=page)
    unsaid(tmp_path / "a.shp")
    is_read(event(tmp_path / "a.shp"))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        for ending in ("shp", "dbf", "shx", "prj"):
            archive.write(tmp_path / f"a.{ending}", f"x/a.{ending}")
    is_read(event(tmp_path / "b.zip"))


def test_a_shapefile_of_old_systems(tmp_path):
    # The letter і of Ukrainian is none of cp866.
    points = POINTS.assign(place="Белгород", опис="взрыв на складе")
    points.to_file(tmp_path / "a.shp", encoding="cp866")
    unsaid(tmp_path / "a.shp")
    row = event(tmp_path / "a.shp")
    assert (row["place"], row["effects"]) == ("Белгород", "взрыв на складе")


def test_sides_in_a_shapefile_without_a_code_page(tmp_path):
    squares = [shapely.box(37, 48, 38, 49), shapely.box(39, 48, 40, 49)]
    frame = gpd.GeoDataFrame({"статус": ["окуповано", "звільнено"]}, geometry=squares, crs=4326)
    path = tmp_path / "front_20250115.shp"
    frame.to_file(path, encoding="cp1251")
    unsaid(path)
    # A square of one degree from 48 N on the sphere of the Earth's area: 8,193 km2.
    held = Fronts.read(path).load(dt.date(2025, 1, 15))
    assert held.area_km2 == pytest.approx(8_193, rel=0.005)


def test_waypoints_of_gpx(tmp_path):
    path = tmp_path / "a.gpx"
    point = "<time>2025-01-13T22:40:00Z</time><name>Depot</name><desc>fire</desc>"
    path.write_text(
        f'<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">'
        f'<wpt lat="48.2822" lon="37.1818">{point}</wpt></gpx>',
        "utf-8",
    )
    row = event(path)
    # 22:40 in UTC is 00:40 in Kyiv.
    assert row["date_start"].date() == dt.date(2025, 1, 14)
    assert (row["lat"], row["lon"], row["effects"]) == (48.2822, 37.1818, "fire")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0", "save it as .xlsx or CSV"),
        (b"%PDF-1.7", "a PDF"),
        (b"<html><table>", "a web page"),
        (b"<kml/>", "geoconflict import kml"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(content, said, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(ImportFileError, match=said):
        read_raw(path)


def test_an_answer_of_the_interface_of_acled(tmp_path):
    row = {"event_id_cnty": "UKR7", "event_date": "2025-01-14", "event_type": "Battles"}
    row |= {"location": "Pokrovsk", "country": "Ukraine", "latitude": "48.28", "longitude": "37.18"}
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"status": 200, "count": 1, "data": [row]}), "utf-8")
    (found,) = read_acled(path).casebook.events.to_dict("records")
    assert (found["id"], found["place"]) == ("acled-ukr7", "Pokrovsk")
    assert found["date_start"].date() == dt.date(2025, 1, 14)


KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>"""
MARK = """<Placemark><name>Склад</name>{}<Point><coordinates>37.18,48.28,0</coordinates></Point>
</Placemark>"""
LINK = "<NetworkLink><Link><href>https://maps.example/strikes</href></Link></NetworkLink>"


def test_columns_of_a_schema_in_kml(tmp_path):
    cells = '<SimpleData name="date">2025-01-14</SimpleData><SimpleData name="type">strike'
    data = f'<ExtendedData><SchemaData schemaUrl="#a">{cells}</SimpleData></SchemaData>'
    path = tmp_path / "layer.kml"
    path.write_text(KML.format(MARK.format(f"{data}</ExtendedData>")), "utf-8")
    (found,) = read_kml(path).casebook.events.to_dict("records")
    assert (found["date_start"].date(), found["kind"]) == (dt.date(2025, 1, 14), "strike")


def test_side_place_and_toll_of_a_placemark(tmp_path):
    data = {"data": "2025/04/13", "storona": "RU", "misto": "Суми", "zagybli": "35"}
    cells = "".join(f'<Data name="{k}"><value>{v}</value></Data>' for k, v in data.items())
    mark = (
        f"<ExtendedData>{cells}</ExtendedData><Point><coordinates>34.8,50.9</coordinates></Point>"
    )
    (tmp_path / "a.kml").write_text(f"<kml><Placemark>{mark}</Placemark></kml>", "utf-8")
    (event,) = read_kml(tmp_path / "a.kml").casebook.events.to_dict("records")
    assert (event["actor"], event["place"], event["killed"]) == ("RU", "Суми", 35)


def test_links_of_kml_are_not_followed_and_told(tmp_path):
    mark = MARK.format("<TimeStamp><when>2025-01-14</when></TimeStamp>")
    (tmp_path / "alone.kml").write_text(KML.format(LINK), "utf-8")
    with pytest.raises(ImportFileError, match=r"only links to https://maps\.example/strikes"):
        read_kml(tmp_path / "alone.kml")
    with zipfile.ZipFile(tmp_path / "both.kmz", "w") as archive:
        archive.writestr("doc.kml", KML.format(mark + LINK))
    account = read_kml(tmp_path / "both.kmz").account
    assert (account.taken, "1 network link not followed" in account.text()) == (1, True)


def test_a_time_of_day_with_pm_and_a_link_without_its_scheme(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "date,lat,lon,link,text\n"
        "1/14/2025 11:40 PM,48.2822,37.1818,t.me/example/9,пожежа на складі\n",
        "utf-8",
    )
    mapping = tmp_path / "a.toml"
    mapping.write_text(propose_mapping(path), "utf-8")
    book = read_csv(path, mapping=read_mapping(mapping)).casebook
    assert book.events["date_start"].dt.date.tolist() == [dt.date(2025, 1, 14)]
    assert book.reports["url"].tolist() == ["https://t.me/example/9"]


def test_links_behind_the_cells_of_a_workbook(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Date", "Place", "Link"])
    for day, shown in enumerate(("джерело", "link", "https://t.me/a_b/1"), start=1):
        sheet.append([dt.date(2025, 10, day), "Суми", shown])
        sheet.cell(day + 1, 3).hyperlink = f"https://example.org/{day}"
    sheet.cell(3, 3).hyperlink = None
    sheet.cell(3, 3).value = '=HYPERLINK("https://example.org/2","link")'
    sheet.row_dimensions[3].hidden = True
    path = tmp_path / "a.xlsx"
    book.save(path)
    (tmp_path / "a.toml").write_text(propose_mapping(path), "utf-8")
    imported = read_csv(path, mapping=tmp_path / "a.toml")
    links = set(imported.casebook.reports["url"])
    assert links == {f"https://example.org/{day}" for day in (1, 2, 3)}
    said = " ".join(imported.account.notes)
    assert "1 hidden rows are read too, the first is line 3" in said
    assert "show one link and lead to another: line 4" in said


def test_a_day_that_is_merged_over_rows_is_of_each(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    for cells in (["Date", "Place", "Killed"], [dt.date(2025, 2, 3), "Sumy", 5], [None, "Shostka"]):
        sheet.append(cells)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("C2:C3")
    path = tmp_path / "a.xlsx"
    book.save(path)
    (tmp_path / "a.toml").write_text(propose_mapping(path), "utf-8")
    events = read_csv(path, mapping=tmp_path / "a.toml").casebook.events
    assert set(events["date_start"].dt.day) == {3}
    assert events["killed"].sum() == 5


def test_names_that_a_shapefile_cut_are_known(tmp_path):
    columns = {"date_event": ["2025-05-11"], "settlement": ["Чугуїв"], "attacker_s": ["Росія"]}
    frame = gpd.GeoDataFrame(columns, geometry=[shapely.Point(36.68, 49.83)], crs="EPSG:4326")
    frame.to_file(tmp_path / "a.shp", encoding="utf-8")
    assert 'actor = "attacker_s"' in propose_mapping(tmp_path / "a.shp")


def test_packed_kml_is_called_by_its_name(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("doc.kml", "<kml/>")
    with pytest.raises(ImportFileError, match="found KML; use: geoconflict import kml"):
        read_raw(tmp_path / "a.zip")


def test_a_header_of_two_storeys_is_one(tmp_path):
    text = "Дата,Місто,Постраждалі,,Примітка\n,,загинуло,поранено,\n03.02.2025,Суми,1,2,\n"
    (tmp_path / "a.csv").write_text(text, "utf-8")
    (tmp_path / "a.toml").write_text(propose_mapping(tmp_path / "a.csv"), "utf-8")
    imported = read_csv(tmp_path / "a.csv", mapping=tmp_path / "a.toml")
    (event,) = imported.casebook.events.to_dict("records")
    assert (event["killed"], event["injured"]) == (1, 2)
    assert any("lines 1 and 2 are one header" in note for note in imported.account.notes)


def test_a_gpx_whose_days_stand_in_names_alone_is_read_by_them(tmp_path):
    path = tmp_path / "a.gpx"
    marks = "".join(
        f'<wpt lat="48.{n}" lon="37.{n}"><name>{name}</name></wpt>'
        for n, name in enumerate(("14.01.2025 Покровськ", "15 січня 2025 Торецьк"), start=1)
    )
    path.write_text(f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{marks}</gpx>')
    text = propose_mapping(path)
    assert all(word not in text for word in ("ageofdgpsdata", "assumed"))
    (tmp_path / "a.toml").write_text(text, "utf-8")
    events = read_csv(path, mapping=tmp_path / "a.toml").casebook.events
    assert [day.date().day for day in events["date_start"]] == [14, 15]


_MARK = "<Placemark><name>14.01.2025 Рязань</name><Point><coordinates>39.7,54.5,0</coordinates>"


@pytest.mark.parametrize("declared", ["windows-1251", "UTF-8", ""])
@pytest.mark.parametrize("page", ["cp1251", "utf-8"])
@pytest.mark.parametrize("ending", ["kml", "gpx"])
def test_xml_is_read_in_the_encoding_that_its_bytes_are_in(tmp_path, ending, page, declared):
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    kml = f"<kml><Document>{_MARK}</Point></Placemark></Document></kml>"
    gpx = '<gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="54.5"'
    gpx += ' lon="39.7"><time>2025-01-14T10:00:00Z</time><desc>Рязань</desc></wpt></gpx>'
    path = tmp_path / f"a.{ending}"
    path.write_bytes((head + (kml if ending == "kml" else gpx)).encode(page))
    if ending == "kml":
        (row,) = read_placemarks(path)[0].rows
        assert row.get("name") == "14.01.2025 Рязань"
    else:
        (row,) = read_raw(path)[0].rows
        assert row.get("desc") == "Рязань"
