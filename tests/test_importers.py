"""Files of the sources, with the defects that they come with, made into casebooks."""

import csv
import datetime as dt
import json
import zipfile

import numpy as np
import pytest
import shapely

from geoconflict import Gazetteer, inverse, read_casebook, write_casebook
from geoconflict.casebooks.records import Event
from geoconflict.errors import DateError, ImportFileError, TableError
from geoconflict.gazetteer.growing.geonames import settlement_precision_m
from geoconflict.importers import (
    READERS,
    read_acled,
    read_bellingcat,
    read_csv,
    read_geoconfirmed,
    read_kml,
    read_ucdp,
    read_viina,
)
from geoconflict.importers.mapping import propose_mapping, read_mapping
from geoconflict.importers.places import read_position
from geoconflict.importers.precision import PRECISION, precision_m
from geoconflict.importers.rawtables import read_raw
from geoconflict.importers.unitnames import unit_code
from geoconflict.importers.writing import write_import
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import around, read_day
from tests.conftest import REPOSITORY

DATASETS = REPOSITORY.parent / "shared" / "datasets"
real_files = pytest.mark.skipif(
    not DATASETS.is_dir(), reason="the real files of ../shared/datasets are not here"
)
ACLED = """event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,\
actor1,actor2,country,admin1,location,latitude,longitude,geo_precision,source,notes,fatalities
UKR1,16 February 2024,2024,1,Political violence,Explosions/Remote violence,\
Shelling/artillery/missile attack,Military Forces of Russia (2000-),,Ukraine,Donetsk,Lyman,\
48.9897,37.8022,1,Suspilne; Ukrinform,"Shells fell on Lyman, two were hurt.",0
UKR2,2024-02-17,2024,2,Political violence,Battles,Armed clash,Military Forces of Ukraine (2019-),\
,Ukraine,Kyiv City,Kyiv,50.4501,30.5234,2,Reuters,=HYPERLINK("x"),NULL
UKR3,2024-02-18,2024,1,,,Disrupted weapons use,,,Ukraine,Kharkiv,Izium,37.2577,49.2089,1,AFP,,0
UKR4,2024-02-19,2024,1,,,Armed clash,,,Ukraine,Kharkiv,Izium,0,0,1,AFP,,0
UKR5,2024-02-20,2024,1,,,Armed clash,,,Ukraine,Kharkiv,Lviv,49.8397,24.0297,1,AFP,,0
UKR6,soon,2024,1,,,Armed clash,,,Ukraine,Kharkiv,Izium,49.2,37.25,1,AFP,,0
UKR7,2024-02-20,2024,1,,,Armed clash,,Ukraine,Kharkiv,Izium,49.2,37.25,1,AFP,,0
UKR1,2024-02-21,2024,1,,,Armed clash,,,Ukraine,Kharkiv,Izium,49.2,37.25,1,AFP,,0
UKR2,2024-02-17,2024,2,Political violence,Battles,Armed clash,Military Forces of Ukraine (2019-),\
,Ukraine,Kyiv City,Kyiv,50.4501,30.5234,2,Reuters,=HYPERLINK("x"),NULL
"""


def made(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def rows_of(imported):
    return {row["id"]: row for row in imported.casebook.events.to_dict("records")}


def extra(row):
    return json.loads(row["extra"])


@pytest.fixture
def acled(tmp_path):
    return made(tmp_path / "acled.csv", ACLED)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("16 February 2024", (2024, 2, 16)),
        ("2024-02-16", (2024, 2, 16)),
        ("2022-02-24 00:00:00.000", (2022, 2, 24)),
        ("2022-02-24T13:30:00Z", (2022, 2, 24)),
        ("20230103", (2023, 1, 3)),
        ("20 APR 2026", (2026, 4, 20)),
        ("2.05.2014", (2014, 5, 2)),
        ("22.01.2014", (2014, 1, 22)),
        ("260420_0800", (2026, 4, 20)),
        ("16 лютого 2024", (2024, 2, 16)),
        ("16 февраля 2024 г.", (2024, 2, 16)),
        ("April 20, 2026", (2026, 4, 20)),
    ],
)
def test_every_form_of_date_is_read(text, day):
    assert read_day(text) == dt.date(*day)


def test_slashes_are_read_in_the_order_that_the_source_has():
    assert read_day("02/03/2022", order="mdy") == dt.date(2022, 2, 3)
    assert read_day("02/03/2022", order="dmy") == dt.date(2022, 3, 2)
    with pytest.raises(DateError, match="not a day of the calendar"):
        read_day("13/14/2022", order="dmy")


@pytest.mark.parametrize(
    "text", ["soon", "2024-13-01", "31 February 2024", "5 Foo 2024", "5 Mariupol 2022"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(DateError, match="is not"):
        read_day(text)


def test_what_is_wrong_with_a_date_is_said_in_words():
    with pytest.raises(DateError, match=r"'02/16/2024', read as day/month is not .* no month 16"):
        read_day("02/16/2024")
    with pytest.raises(DateError, match="the row has no date"):
        read_day(" ")


@pytest.mark.parametrize("month", ["листопада", "Nov", "November", "ноября", "лист"])
def test_months_are_read_by_name_and_usual_cut(month):
    assert read_day(f"7 {month} 2024") == dt.date(2024, 11, 7)


def test_a_week_reaches_three_days_to_both_sides():
    week = around(dt.date(2024, 2, 17), days=3)
    assert week == DateRange(dt.date(2024, 2, 14), dt.date(2024, 2, 20))


@pytest.mark.parametrize(
    ("lon", "lat", "doubt"),
    [
        ("", "", "no coordinates"),
        ("0", "0.0", "stand for none"),
        ("48.99", "37.80", "look swapped"),
        ("39", "95", "not on Earth"),
        ("east", "50", "cannot be read"),
        ("39", "", "cannot be read"),
    ],
)
def test_what_cannot_be_a_position_is_none_and_said(lon, lat, doubt):
    position = read_position(lon, lat)
    assert position.lon is None
    assert position.lat is None
    assert doubt in position.doubt


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Donetsk", "UA-14"),
        ("Donetsk oblast", "UA-14"),
        ("Donets'k", "UA-14"),
        ("Kyiv", "UA-32"),
        ("Kyiv City", "UA-30"),
        ("Kiev Special Republican city", "UA-30"),
        ("Sevastopol'", "UA-40"),
        ("Crimea", "UA-43"),
        ("Belgorod", "RU-BEL"),
        ("Atlantis", None),
    ],
)
def test_units_by_the_names_of_the_sources(name, code):
    assert unit_code(name, None) == code


def test_every_code_of_precision_has_a_radius_and_a_reason():
    for codes in PRECISION.values():
        for radius in codes.values():
            assert 0 < radius.metres <= 1_000_000
            assert radius.reason
    assert precision_m("acled", "1") < precision_m("acled", "2") < precision_m("acled", "3")
    assert precision_m("viina", "street") < precision_m("viina", "ADM3")
    assert precision_m("acled", "9") == precision_m("acled", "3")


def test_the_document_has_the_table_of_precisions_as_it_is():
    text = (REPOSITORY / "geoconflict" / "importers" / "README.md").read_text("utf-8")
    for source, codes in PRECISION.items():
        for code, radius in codes.items():
            cells = (
                source,
                code or "–",
                radius.means,
                f"{radius.metres / 1000:g} km",
                radius.reason,
            )
            assert f"| {' | '.join(cells)} |" in text


def test_a_town_is_as_wide_as_the_gazetteer_says():
    assert precision_m("acled", "1") == settlement_precision_m(250_000)


def test_nine_tenths_of_most_oblasts_lie_within_the_radius_of_an_oblast(borders):
    rng = np.random.default_rng(1)
    reaches = []
    for code in [f"UA-{number:02}" for number in range(5, 78)]:
        shape = borders.area(code) if Gazetteer.default().has(f"iso:{code}") else None
        if shape is not None and code not in ("UA-30", "UA-40"):
            west, south, east, north = shape.bounds
            points = np.column_stack((rng.uniform(west, east, 500), rng.uniform(south, north, 500)))
            inside = points[shapely.contains_xy(shape, points[:, 0], points[:, 1])]
            middle = shapely.get_coordinates(shape.centroid)
            reaches.append(float(np.quantile(inverse(middle, inside).distance_m, 0.9)))
    assert len(reaches) == 25
    assert np.median(reaches) == pytest.approx(precision_m("acled", "3"), rel=0.03)


def test_of_two_versions_of_an_event_the_later_stands(tmp_path):
    head = "event_id_cnty,event_date,latitude,longitude,fatalities,timestamp\n"
    rows = "UKR1,2025-03-11,47.1,38.1,3,1742840000\nUKR1,2025-03-11,47.1,38.1,10,1744140000\n"
    found = read_acled(made(tmp_path / "a.csv", head + rows))
    assert found.casebook.events["killed"].tolist() == [10]
    (left,) = found.account.set_aside
    assert "an earlier version" in left.remark.reason


def test_geoconfirmed_days_are_days_and_positions_of_units_stay_out(tmp_path):
    text = (
        "Date;Name;Origin;Latitude;Longitude;Description;Id\n"
        "2025-05-02T00:00:00Z;02 MAY 2025;Strike;48.28;37.15;a drone;1\n"
        "2025-05-04T00:00:00Z;04 MAY 2025;Strike;50.91;34.80;a drone, night;2\n"
        ";05 MAY 2025;Strike;48.51;37.70;a depot;3\n"
        ";05 MAY 2025;Position;48.51;37.70;troops;4\n"
        ";06 MAY 2025;;48.51;37.70;Штаб 155-й бригады https://a.example/1;5\n"
        ";06 MAY 2025;;48.51;37.70;47th Brigade HQ;6\n"
    )
    found = read_geoconfirmed(made(tmp_path / "a.csv", text))
    events = found.casebook.events
    days = events["date_start"].dt.date.map(str).tolist()
    assert days == ["2025-05-02", "2025-05-04", "2025-05-05"]
    assert events["date_basis"].tolist() == ["exact", "about", "exact"]
    assert "local time" not in str(events["extra"].iloc[0])
    reasons = [one.remark.reason for one in found.account.set_aside]
    assert ["no event" in reason for reason in reasons] == [True] * 3


def test_acled_becomes_events_with_reports(acled):
    rows = rows_of(read_acled(acled))
    lyman = rows["acled-ukr1"]
    assert (lyman["kind"], lyman["actor"], lyman["admin1"]) == ("strike", "RU", "UA-14")
    assert (lyman["lon"], lyman["lat"], lyman["precision_m"]) == (37.8022, 48.9897, 5000.0)
    assert lyman["date_start"].date() == lyman["date_end"].date() == dt.date(2024, 2, 16)
    assert extra(lyman)["sub_event_type"] == "Shelling/artillery/missile attack"
    assert "location" not in extra(lyman)
    # 0 is written also where nobody told of any.
    assert lyman["killed"] is None
    assert rows["acled-ukr3"]["kind"] == "interception"


def test_each_outlet_of_acled_is_a_report(acled):
    reports = read_acled(acled).casebook.reports
    said = reports[reports["event_id"] == "acled-ukr1"]
    assert said["claimant"].tolist() == ["Suspilne", "Ukrinform"]


def test_a_week_of_acled_stays_a_week_around_its_middle(acled):
    row = rows_of(read_acled(acled))["acled-ukr2"]
    assert row["date_basis"] == "about"
    days = (row["date_start"].date(), row["date_end"].date())
    assert days == (dt.date(2024, 2, 14), dt.date(2024, 2, 20))
    assert extra(row)["event_date"] == "2024-02-17"


def test_positions_that_cannot_be_are_left_out_kept_in_extra_and_said(acled):
    imported = read_acled(acled)
    rows = rows_of(imported)
    for name, reason in (("acled-ukr3", "look swapped"), ("acled-ukr4", "stand for none")):
        assert rows[name]["lon"] != rows[name]["lon"]
        assert reason in rows[name]["note"]
    assert extra(rows["acled-ukr3"])["latitude"] == "37.2577"
    doubts = {remark.line: remark.reason for remark in imported.account.doubts}
    assert doubts[4] == "longitude and latitude look swapped"
    assert doubts[5] == "coordinates 0, 0 stand for none"


def test_a_position_in_another_oblast_stays_and_is_said(acled):
    imported = read_acled(acled)
    row = rows_of(imported)["acled-ukr5"]
    assert (row["lon"], row["lat"]) == (24.0297, 49.8397)
    assert row["admin1"] is None
    assert extra(row)["admin1"] == "Kharkiv"
    assert "is not in UA-63 but in UA-46" in row["note"]
    assert [r.line for r in imported.account.doubts if "unit named" in r.reason] == [6]


def test_rows_that_are_no_event_are_set_aside_with_line_and_reason(acled):
    account = read_acled(acled).account
    found = {one.remark.line: one.remark for one in account.set_aside}
    assert "'soon' is not a day" in found[7].reason
    assert found[8].reason == "17 cells where the header has 18"
    assert found[9].reason == "the id of another row with other contents"
    assert (account.read, account.taken, account.repeated) == (9, 5, 1)
    assert account.read == account.taken + account.repeated + len(account.set_aside)
    assert "ACLED restricts redistribution" in account.text()


def test_an_old_acled_file_is_read_too(tmp_path):
    text = ACLED.replace("event_id_cnty", "data_id", 1).replace("fatalities\n", "iso3\n", 1)
    assert "acled-ukr1" in rows_of(read_acled(made(tmp_path / "old.csv", text)))


def test_bytes_separators_and_marks_do_not_change_what_is_read(tmp_path, acled):
    plain = read_acled(acled).casebook.events
    for name, data in (
        ("bom", b"\xef\xbb\xbf" + ACLED.encode()),
        ("crlf", ACLED.replace("\n", "\r\n").encode()),
        ("utf16", ACLED.encode("utf-16")),
    ):
        path = tmp_path / f"{name}.csv"
        path.write_bytes(data)
        assert read_acled(path).casebook.events.equals(plain)
    lines = list(csv.reader(ACLED.splitlines()))
    with (tmp_path / "semicolons.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(lines)
    imported = read_acled(tmp_path / "semicolons.csv")
    assert imported.casebook.events.equals(plain)
    assert any("separated by ;" in note for note in imported.account.notes)


def test_empty_columns_of_a_spreadsheet_do_no_harm(tmp_path):
    text = "id,date,latitude,longitude,,\n1,01/02/2024,49,37,,,,\n2,01/02/2024,49,37,x,\n"
    imported = read_bellingcat(made(tmp_path / "a.csv", text))
    assert imported.account.taken == 2
    assert extra(rows_of(imported)["bellingcat-2"]) == {"column 5": "x"}


def test_cp1252_and_cp1251_are_told_apart(tmp_path):
    for encoding, word in (("cp1252", "Šabac"), ("cp1251", "Лиман")):
        text = f"id,date,latitude,longitude,location\n1,01/02/2024,49,37,{word}\n"
        path = made(tmp_path / f"{encoding}.csv", text, encoding)
        (row,) = rows_of(read_bellingcat(path)).values()
        assert row["place"] == word


def test_an_import_that_is_repeated_adds_nothing_and_gives_the_same_bytes(acled, tmp_path):
    book = tmp_path / "book"
    write_import(read_acled(acled), book)
    first = {path.name: path.read_bytes() for path in sorted(book.iterdir())}
    aside = (tmp_path / "book-set-aside.csv").read_bytes()
    written = write_import(read_acled(acled), book)
    assert {path.name: path.read_bytes() for path in sorted(book.iterdir())} == first
    assert (tmp_path / "book-set-aside.csv").read_bytes() == aside
    assert written.remarks == ("0 events are new, 5 were there",)


def test_an_event_that_somebody_has_worked_on_stays(acled, tmp_path):
    book = tmp_path / "book"
    write_import(read_acled(acled), book)
    events = book / "events.csv"
    events.write_text(events.read_text("utf-8").replace(",strike,", ",clash,", 1), "utf-8")
    written = write_import(read_acled(acled), book)
    assert (
        rows_of(type("Book", (), {"casebook": read_casebook(book)}))["acled-ukr1"]["kind"]
        == "clash"
    )
    assert "acled-ukr1" in written.remarks[1]


def test_two_sources_share_a_casebook_and_their_set_aside_file(acled, tmp_path):
    other = "id,date,latitude,longitude,location\nCIV1,02/24/2022,49,37,Izium\nCIV2,x,1,2,\n"
    book = tmp_path / "book"
    write_import(read_acled(acled), book)
    write_import(read_bellingcat(made(tmp_path / "civ.csv", other)), book)
    read = read_casebook(book)
    assert len(read.events) == 6
    assert set(read.info.sources) == {"acled", "bellingcat"}
    assert read.info.sources["acled"].licence.startswith("ACLED terms")
    with (tmp_path / "book-set-aside.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["file"], row["line"]) for row in rows] == [
        ("acled.csv", "7"),
        ("acled.csv", "8"),
        ("acled.csv", "9"),
        ("civ.csv", "3"),
    ]
    assert json.loads(rows[0]["row"])["event_date"] == "soon"


def test_formulas_of_strangers_are_text_in_the_casebook(acled, tmp_path):
    book = tmp_path / "book"
    write_import(read_acled(acled), book)
    with (book / "events.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert '\'=HYPERLINK("x")' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert '=HYPERLINK("x")' in read_casebook(book).events["effects"].tolist()


VIINA = """viina_version,event_id,event_id_1pd,date,geonameid,asciiname,ADM1_NAME,longitude,\
latitude,GEO_PRECISION,report_id,source,url,text,t_airstrike_b,a_rus_b,a_ukr_b
2.0,10,7,20240216,1,Lyman,Donets'k,37.8022,48.9897,ADM3,1,unian,https://a.example/1,Удар,1,1,0
2.0,11,7,20240216,1,Lyman,Donets'k,37.8022,48.9897,ADM3,2,liga,https://a.example/2,Удар 2,1,1,0
2.0,12,8,20240217,1,,Donets'k,NA,NA,ADM1,3,ria,https://a.example/3,Бой,0,NA,NA
"""


def test_reports_that_viina_counts_as_one_event_are_one(tmp_path):
    with zipfile.ZipFile(tmp_path / "event_info_latest_2024.zip", "w") as archive:
        archive.writestr("event_info_latest_2024.csv", VIINA)
    imported = read_viina(tmp_path / "event_info_latest_2024.zip")
    rows = rows_of(imported)
    assert sorted(rows) == ["viina-7", "viina-8"]
    assert (rows["viina-7"]["kind"], rows["viina-7"]["actor"]) == ("strike", "RU")
    assert rows["viina-7"]["precision_m"] == 5000.0
    assert extra(rows["viina-7"])["further rows"][0]["report_id"] == "2"
    said = imported.casebook.reports
    assert said["claimant"].tolist() == ["unian", "liga", "ria"]
    assert (imported.account.taken, imported.account.events) == (3, 2)
    assert imported.casebook.info.sources["viina"].licence == "ODbL 1.0"


def test_viinas_control_table_is_told_from_events(tmp_path):
    path = made(tmp_path / "control.csv", "geonameid,date,status_wiki,status\n1,20240101,RU,RU\n")
    with pytest.raises(ImportFileError, match="who controls which settlement"):
        read_viina(path)


UCDP = """id,type_of_violence,where_prec,where_coordinates,adm_1,latitude,longitude,side_a,side_b,\
date_start,date_end,date_prec,best,high,low,source_office,source_article
#event+id,,,#loc+name,#adm1+name,#geo+lat,#geo+lon,,,#date+start,#date+end,,,,,,
5,3,1,Sloviansk town,Donetsk oblast,48.853333,37.625,Government of Russia (Soviet Union),Civilians,\
2022-04-14 00:00:00.000,2022-04-14 00:00:00.000,1,1,1,1,Reuters;Reuters;AFP,x
6,1,4,Donetsk oblast,Donetsk oblast,48,37.8,Government of Ukraine,DPR,14.04.2022,\
30.04.2022,4,2,2,2,NULL,NULL
7,1,4,Donetsk oblast,Donetsk oblast,48,37.8,a,b,14.04.2022,1.04.2022,4,2,2,2,,
"""


def test_ucdp_with_its_tag_row_nulls_and_two_forms_of_dates(tmp_path):
    imported = read_ucdp(made(tmp_path / "ged.csv", UCDP))
    rows = rows_of(imported)
    assert (rows["ucdp-5"]["kind"], rows["ucdp-5"]["actor"]) == ("other", "RU")
    assert (rows["ucdp-6"]["kind"], rows["ucdp-6"]["precision_m"]) == ("clash", 100_000.0)
    assert rows["ucdp-5"]["killed"] == 1
    assert rows["ucdp-6"]["date_end"].date() == dt.date(2022, 4, 30)
    assert rows["ucdp-6"]["date_basis"] == "about"
    assert "source_article" not in extra(rows["ucdp-6"])
    assert imported.casebook.reports["claimant"].tolist() == ["Reuters", "AFP", "UCDP"]
    assert [one.remark.reason for one in imported.account.set_aside] == [
        "a date_end before date_start"
    ]
    assert any("Humanitarian Exchange" in note for note in imported.account.notes)


def test_bellingcat_as_csv_and_json_is_the_same(tmp_path):
    links = "https://t.me/a/1,https://twitter.com/b/status/2"
    kinds = "Type of area affected=Residential,Weapon System=Cluster munitions"
    text = (
        "id,date,latitude,longitude,location,description,sources,associations\n"
        f'CIV1,02/03/2022,49.85005,36.659031,,A house,"{links}","{kinds}"\n'
    )
    from_csv = read_bellingcat(made(tmp_path / "a.csv", text))
    item = {
        "id": "CIV1",
        "date": "02/03/2022",
        "latitude": "49.85005",
        "longitude": 36.659031,
        "location": "",
        "description": "A house",
        "sources": links.split(","),
        "associations": kinds,
    }
    from_json = read_bellingcat(made(tmp_path / "a.json", json.dumps([item])))
    row = rows_of(from_csv)["bellingcat-civ1"]
    assert row["date_start"].date() == dt.date(2022, 2, 3)
    assert (row["target_type"], row["weapon"]) == ("residential", "Cluster munitions")
    assert (row["status"], row["admin1"]) == ("geolocated", "UA-63")
    same = from_csv.casebook.events.drop(columns=["extra"])
    assert from_json.casebook.events.drop(columns=["extra"]).equals(same)
    assert from_json.casebook.reports.equals(from_csv.casebook.reports)
    assert from_csv.casebook.reports["claimant"].tolist() == [
        "Bellingcat",
        "t.me/a",
        "twitter.com/b",
    ]


def test_half_a_letter_in_json_is_shown_as_unknown(tmp_path):
    item = {"id": "1", "date": "02/03/2022", "latitude": 49, "longitude": 36, "location": "a\ud83d"}
    imported = read_bellingcat(made(tmp_path / "a.json", json.dumps([item])))
    write_import(imported, tmp_path / "book")
    assert read_casebook(tmp_path / "book").events["place"][0] == "a\ufffd"


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>x</name>
<Folder><name>A</name>
<Placemark><name><![CDATA[20 APR 2026]]></name>
<description><![CDATA[<b>Tank</b> lost<br>https://x.com/u/status/1]]></description>
<styleUrl>#api/icons/FF0000/10</styleUrl>
<Point><coordinates>37.8022,48.9897,0</coordinates></Point></Placemark>
<Placemark><name>20 APR 2026</name><LineString><coordinates>1,2 3,4</coordinates></LineString>
</Placemark></Folder>
<Folder><name>B</name><Placemark><name><![CDATA[20 APR 2026]]></name>
<description><![CDATA[<b>Tank</b> lost<br>https://x.com/u/status/1]]></description>
<styleUrl>#api/icons/FF0000/10</styleUrl>
<Point><coordinates>37.8022,48.9897,0</coordinates></Point></Placemark>
<Placemark><name>no date</name><Point><coordinates>37,48,0</coordinates></Point></Placemark>
</Folder></Document></kml>"""


def test_geoconfirmed_kmz_with_a_placemark_in_two_folders(tmp_path):
    path = tmp_path / "geo.kmz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("doc.kml", KML)
    imported = read_geoconfirmed(path)
    (row,) = rows_of(imported).values()
    assert (row["lon"], row["lat"]) == (37.8022, 48.9897)
    assert row["effects"] == "Tank lost\nhttps://x.com/u/status/1"
    assert extra(row)["style"] == "#api/icons/FF0000/10"
    assert (extra(row)["folder"], extra(row)["further rows"][0]["folder"]) == ("A", "B")
    assert imported.casebook.reports["url"].tolist() == [None, "https://x.com/u/status/1"]
    aside = [(one.remark.line, one.remark.reason) for one in imported.account.set_aside]
    assert aside[0] == (8, "no point")
    assert aside[1][0] == 14


def test_geoconfirmed_csv_with_semicolons(tmp_path):
    text = (
        "Date;Name;Faction;Latitude;Longitude;Description;Source;Geolocation;Id\n"
        "20 APR 2026;x;Ukraine;48,9897;37,8022;Bridge;https://a.example/1;;ab-12\n"
    )
    (row,) = rows_of(read_geoconfirmed(made(tmp_path / "g.csv", text))).values()
    assert row["id"] == "geoconfirmed-ab-12"
    assert (row["lon"], row["admin1"], row["actor"]) == (37.8022, "UA-14", "unknown")
    assert extra(row)["Faction"] == "Ukraine"


def test_old_geoconfirmed_json_has_latitude_first(tmp_path):
    item = {"id": "x1", "date": "20 APR 2023", "coordinates": [48.9897, 37.8022]}
    path = made(tmp_path / "old.json", json.dumps([item | {"description": "Bridge"}]))
    (row,) = rows_of(read_geoconfirmed(path)).values()
    assert (row["lon"], row["lat"], row["extra"]) == (37.8022, 48.9897, None)


def test_the_filters_of_newer_bellingcat_json_are_read(tmp_path):
    filters = [
        {"key": "Type of area affected", "value": "Industrial"},
        {"key": "Weapon System", "value": "Cruise missile"},
    ]
    item = {"id": "1", "date": "02/03/2022", "latitude": 49, "longitude": 36, "filters": filters}
    (row,) = rows_of(read_bellingcat(made(tmp_path / "a.json", json.dumps([item])))).values()
    assert (row["target_type"], row["weapon"]) == ("plant", "Cruise missile")


def test_any_kml_with_time_stamps(tmp_path):
    text = KML.replace(
        "<name>no date</name>",
        "<name>Lyman</name><TimeSpan><begin>2026-04-01</begin><end>2026-04-03</end></TimeSpan>",
    )
    imported = read_kml(made(tmp_path / "my map.kml", text))
    row = next(row for row in rows_of(imported).values() if row["place"] == "Lyman")
    assert (row["date_end"].date(), row["id"][:4]) == (dt.date(2026, 4, 3), "kml-")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<kml>", "broken XML"),
        ("<kml/>", "no placemark"),
        ('<!DOCTYPE k [<!ENTITY a "b">]><kml>&a;</kml>', "XML entities"),
    ],
)
def test_what_is_no_kml_is_said(tmp_path, content, said):
    with pytest.raises(ImportFileError, match=said):
        read_kml(made(tmp_path / "a.kml", content))


TABLE = (
    "Nr;Date;Lat;Long;Town;What;Source;Remark\n1;02/13/2024;48,99;37,80;Lyman;shelling;TG;=1+1\n"
)


def test_any_table_by_the_mapping_that_is_proposed(tmp_path):
    path = made(tmp_path / "mine.csv", TABLE)
    mapping = made(tmp_path / "mine.mapping.toml", propose_mapping(path))
    plan = read_mapping(mapping)
    assert plan.date_order == "mdy"
    assert (plan.columns.lon, plan.columns.lat, plan.columns.place) == ("Long", "Lat", "Town")
    (row,) = rows_of(read_csv(path, mapping=mapping)).values()
    assert (row["date_start"].date(), row["lon"]) == (dt.date(2024, 2, 13), 37.8)
    assert extra(row) == {"Nr": "1", "Source": "TG", "Remark": "=1+1"}


def test_a_mapping_says_what_the_kinds_are(tmp_path):
    path = made(tmp_path / "mine.csv", TABLE.replace("What", "Type"))
    text = propose_mapping(path)
    assert 'shelling = "strike"' in text
    (row,) = rows_of(read_csv(path, mapping=made(tmp_path / "m.toml", text))).values()
    assert row["kind"] == "strike"


def test_a_mapping_with_faults_names_all_of_them(tmp_path):
    path = made(tmp_path / "m.toml", 'title = ""\ncolour = 1\n[columns]\nlon = "x"\n')
    with pytest.raises(TableError) as caught:
        read_mapping(path)
    assert {fault.column for fault in caught.value.faults} == {
        "title",
        "colour",
        "columns.date_start",
    }


def test_a_mapping_of_another_table_is_refused(tmp_path):
    mapping = made(tmp_path / "m.toml", 'title="t"\n[columns]\ndate_start = "Tag"\n')
    with pytest.raises(ImportFileError, match="no column tag, as the mapping names"):
        read_csv(made(tmp_path / "mine.csv", TABLE), mapping=mapping)


@pytest.mark.parametrize("name", sorted(set(READERS) - {"csv", "kml"}))
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty file|no column"),
        (b"a,b\n1,2\n", "found no column"),
        (b"\x00\xff\xfe\x00", "no text|no column"),
        (b"[1, 2]", "no list of events"),
        (b"PK\x03\x04junk", "damaged"),
    ],
)
def test_another_file_is_said_to_be_none_of_the_source(tmp_path, name, content, said):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(ImportFileError, match=said):
        READERS[name](path)


def test_a_file_without_any_event_says_why(tmp_path):
    path = made(tmp_path / "b.csv", "id,date,latitude,longitude\n1,never,1,2\n")
    with pytest.raises(ImportFileError, match="no row that is an event: 'never' is not a day"):
        read_bellingcat(path)


def test_a_missing_quote_is_said_where_it_opens(tmp_path):
    text = 'id,date,latitude,longitude\n1,01/02/2024,49,"37\n2,01/03/2024,49,37\n'
    (table,) = read_raw(made(tmp_path / "q.csv", f"{text}3,01/04/2024,49,37\n"))
    assert [(row.line, row.fault) for row in table.rows] == [
        (2, "a quotation mark that is opened and never closed")
    ]


def test_extra_must_be_a_json_object():
    row = {"id": "a", "kind": "other", "date_start": "2024-01-01", "date_end": "2024-01-01"}
    assert Event.model_validate({**row, "extra": '{"a": "b"}'}).extra
    for wrong in ("text", "[1]", "{"):
        with pytest.raises(ValueError, match="a JSON object such as"):
            Event.model_validate({**row, "extra": wrong})


@real_files
@pytest.mark.parametrize(
    ("reader", "names", "events", "aside"),
    [
        (read_bellingcat, ["bellingcat/ukr-civharm-2023-03-25.csv"], 1061, 1),
        (read_viina, ["viina_derived/VIINA_2023_REBUILD.csv"], 650, 0),
        (read_ucdp, ["ucdp/Event.csv", "ucdp/Location.csv", "ucdp/Time_new.csv"], 2989, 0),
    ],
)
def test_real_files_are_taken_whole_and_read_back(tmp_path, reader, names, events, aside):
    imported = reader([DATASETS / name for name in names])
    account = imported.account
    assert (account.events, len(account.set_aside)) == (events, aside)
    assert account.read == account.taken + account.repeated + aside
    write_casebook(imported.casebook, tmp_path / "book")
    read = read_casebook(tmp_path / "book")
    assert read.reports.equals(imported.casebook.reports)
    assert read.events.drop(columns="geometry").equals(
        imported.casebook.events.drop(columns="geometry")
    )


def test_a_town_named_far_from_the_position_is_said_unless_its_oblast_can_be_meant(tmp_path):
    text = (
        "id,date,latitude,longitude,location\n"
        "1,01/02/2024,51.3114,26.6086,Sumy\n2,01/02/2024,48.95,37.62,Donetsk\n"
    )
    account = read_bellingcat(made(tmp_path / "b.csv", text)).account
    (remark,) = account.doubts
    assert (remark.line, remark.reason) == (2, "position far from the place named")
    assert "575 km from Sumy" in remark.found


def test_a_namesake_in_another_unit_than_the_place_text_names_says_nothing(tmp_path):
    text = (
        "id,date,latitude,longitude,location\n"
        '1,01/02/2024,48.57,38.75,"Kirov, Luhansk"\n'
        '2,01/02/2024,51.3114,26.6086,"Sumy, Sumy oblast"\n'
    )
    doubts = read_bellingcat(made(tmp_path / "b.csv", text)).account.doubts
    assert [(d.line, "from Sumy" in d.found) for d in doubts] == [(3, True)]


@real_files
def test_bellingcat_events_with_the_coordinates_of_other_towns_are_reported():
    imported = read_bellingcat(DATASETS / "bellingcat" / "ukr-civharm-2023-03-25.csv")
    doubts = [one for one in imported.account.doubts if "position" in one.reason]
    found = {remark.line: remark.found for remark in doubts}
    assert "524 km from Izium" in found[863]
    assert len(found) < 20


def test_a_month_of_acled_is_the_month_and_the_order_of_days_is_that_of_the_file(tmp_path):
    head = "event_id_cnty,event_date,time_precision,latitude,longitude\n"
    some = "UKR1,09/06/2025,3,47.1,38.1\n"
    shown = read_acled(made(tmp_path / "a.csv", head + some + "UKR2,13/06/2025,1,47.1,38.1\n"))
    month = shown.casebook.events.set_index("date_basis").loc["about"]
    assert [str(month[end])[:10] for end in ("date_start", "date_end")] == [
        "2025-06-01",
        "2025-06-30",
    ]
    with pytest.raises(ImportFileError, match="day/month and as month/day"):
        read_acled(made(tmp_path / "b.csv", head + some))


def test_a_personal_chat_of_a_whole_export_is_set_aside(tmp_path):
    said = {"id": 1, "type": "message", "date_unixtime": "1747433400", "date": "2025-05-16"}
    chats = [
        {"name": "news", "type": "public_channel", "messages": [said | {"text": "a strike"}]},
        {"name": "Olha", "type": "personal_chat", "messages": [said | {"text": "bread"}]},
    ]
    text = json.dumps({"chats": {"list": chats}})
    (table,) = read_raw(made(tmp_path / "result.json", text))
    assert [bool(row.fault) for row in table.rows] == [False, True]
    assert "the chat 'Olha'" in table.rows[1].fault


def test_viina_is_read_with_ids_of_another_name_and_with_none(tmp_path):
    for head in ("viina_version,id,", "viina_version,version_id,"):
        path = tmp_path / "viina.csv"
        path.write_text(f"{head}date,longitude,latitude\n2,55,20240101,37.18,48.28\n", "utf-8")
        assert read_viina(path).account.taken == 1


def test_acled_says_that_nobody_killed_is_not_told(tmp_path):
    path = tmp_path / "acled.csv"
    head = "event_id_cnty,event_date,latitude,longitude,fatalities\n"
    path.write_text(f"{head}UKR1,2024-01-01,48.28,37.18,0\n", "utf-8")
    found = read_acled(path)
    assert "killed stays empty in 1 rows" in found.account.notes[-1]
    assert found.casebook.events["killed"].isna().all()
