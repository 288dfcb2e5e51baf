"""Tables as people have them, each of one kind, made up for these tests."""

import datetime as dt
import json

import pandas as pd
import pytest

from geoconflict.errors import DateError, ImportFileError
from geoconflict.importers import read_csv, read_geoconfirmed, read_kml
from geoconflict.importers.known import told_source
from geoconflict.importers.mapping import (
    TableMapping,
    lacks_days,
    propose_mapping,
    read_mapping,
)
from geoconflict.importers.meanings import actor_of, kind_of, several_told, status_of, target_of
from geoconflict.importers.notations import read_pair
from geoconflict.importers.places import pair_position
from geoconflict.importers.rawrows import RawTable
from geoconflict.importers.unitnames import unit_code
from geoconflict.importers.weblinks import find_urls, read_links
from geoconflict.lexicon import lexicons
from geoconflict.measuring.datewords import find_when, read_when
from geoconflict.measuring.dayforms import AmbiguousDayError


def proposed(path, text="", **changes):
    """The events of a table by the mapping that it suggests, and the account."""
    if text:
        path.write_text(text, "utf-8")
    mapping = path.with_suffix(".toml")
    mapping.write_text(propose_mapping(path), "utf-8")
    plan = read_mapping(mapping).model_copy(update=changes)
    return read_csv(path, mapping=plan)


def rows(imported):
    return imported.casebook.events.to_dict("records")


def day(row):
    return row["date_start"].date()


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("t.me/example/7", ["https://t.me/example/7"]),
        ("www.example.org/a?b=1;c", ["https://www.example.org/a?b=1"]),
        ("https://example.org/a,https://example.org/b", 2),
        ("https://example.org/0,11491.html", ["https://example.org/0,11491.html"]),
        ("https://example.org/Engels_(base)", ["https://example.org/Engels_(base)"]),
        ("(see https://example.org/a).", ["https://example.org/a"]),
        ("mail me at a@example.org", []),
    ],
)
def test_links_as_they_are_written(text, links):
    found = find_urls(text)
    assert found == links if isinstance(links, list) else len(found) == links


def test_a_channel_and_an_address_are_links_in_a_column_of_links():
    assert read_links("@example_channel")[0] == ["https://t.me/example_channel"]
    assert read_links("example.org/a/1, TASS") == (["https://example.org/a/1"], [])


def test_the_source_of_an_event_is_not_lost(tmp_path):
    text = (
        "date,lat,lon,source\n2025-01-14,51.48,46.12,@example\n2025-01-15,51.48,46.12,t.me/a_b/1\n"
    )
    found = proposed(tmp_path / "a.csv", text)
    urls = sorted(found.casebook.reports["url"])
    assert urls == ["https://t.me/a_b/1", "https://t.me/example"]
    assert any("taken for a Telegram channel" in doubt.reason for doubt in found.account.doubts)


@pytest.mark.parametrize(
    ("moment", "lat", "lon", "local"),
    [
        # Kyiv is two hours ahead in winter and three in summer; Saratov four all the year.
        ("2025-01-13T22:40:00Z", 50.45, 30.52, dt.date(2025, 1, 14)),
        ("2025-01-13T21:40:00Z", 50.45, 30.52, dt.date(2025, 1, 13)),
        ("2025-07-13T21:40:00Z", 50.45, 30.52, dt.date(2025, 7, 14)),
        ("2025-01-13T20:30:00Z", 51.48, 46.12, dt.date(2025, 1, 14)),
        ("2025-01-14T00:30:00+03:00", 50.45, 30.52, dt.date(2025, 1, 13)),
        ("2025-01-13 23:50", 50.45, 30.52, dt.date(2025, 1, 13)),
    ],
)
def test_a_time_with_a_zone_gives_the_day_of_the_place(moment, lat, lon, local, tmp_path):
    (row,) = rows(proposed(tmp_path / "a.csv", f"date,lat,lon\n{moment},{lat},{lon}\n"))
    assert day(row) == local
    assert "local time" in json.loads(row["extra"])


def test_a_zone_that_a_column_or_the_mapping_names(tmp_path):
    text = "date,time (UTC),lat,lon\n2025-01-13,22:40,50.45,30.52\n"
    (row,) = rows(proposed(tmp_path / "a.csv", text))
    assert day(row) == dt.date(2025, 1, 14)
    text = "started_at,lat,lon\n2025-01-13 22:40,50.45,30.52\n"
    (row,) = rows(proposed(tmp_path / "b.csv", text, zone="UTC"))
    assert day(row) == dt.date(2025, 1, 14)


@pytest.mark.parametrize(
    ("cell", "position"),
    [
        ("48.2822, 37.1818", (48.2822, 37.1818)),
        ("37.1818, 48.2822", (48.2822, 37.1818)),
        ("48,2822; 37,1818", (48.2822, 37.1818)),
        ("48°16'55\" пн. ш., 37°10'54\" сх. д.", (48.28194, 37.18167)),
        ("N 48° 16.932 E 37° 10.908", (48.2822, 37.1818)),
        ("https://yandex.ru/maps/?ll=37.1818%2C48.2822&z=12", (48.2822, 37.1818)),
        ("https://deepstatemap.live/#12/48.2822/37.1818", (48.2822, 37.1818)),
        ("geo:48.2822,37.1818", (48.2822, 37.1818)),
        # What is marked, not the middle of the window.
        ("https://yandex.ru/maps/?ll=37.2%2C48.3&pt=37.1818,48.2822&z=12", (48.2822, 37.1818)),
        ("https://maps.google.com/?ll=48.3,37.2&q=48.2822,37.1818", (48.2822, 37.1818)),
        ("SRID=4326;POINT(37.1818 48.2822)", (48.2822, 37.1818)),
        ("lat: 48.2822 lon: 37.1818", (48.2822, 37.1818)),
        # 48 degrees and 16.932 minutes, 48 degrees 16 minutes 56 seconds.
        ("N48 16.932 E37 10.908", (48.2822, 37.1818)),
        ("48 16,932 пн.ш. 37 10,908 сх.д.", (48.2822, 37.1818)),
        ("N48 16 56 E37 10 54", (48.28222, 37.18167)),
        ("481656N0371054E", (48.28222, 37.18167)),
        ("4816.932N 03710.908E", (48.2822, 37.1818)),
        ("+48.2822+037.1818/", (48.2822, 37.1818)),
        ("N48 E37", (48.0, 37.0)),
    ],
)
def test_a_position_in_one_cell(cell, position):
    found = pair_position(cell, first="")
    assert (found.lat, found.lon) == pytest.approx(position, abs=1e-4)


@pytest.mark.parametrize(
    "cell",
    [
        "48.2822, 37.1818; 49.9935, 36.2304",
        "(48.2822, 37.1818), (49.9935, 36.2304)",
        "https://www.google.com/maps?q=48.28,37.18 https://www.google.com/maps?q=49.99,36.23",
    ],
)
def test_of_several_positions_in_one_cell_none_is_chosen(cell):
    found = pair_position(cell, first="lat")
    assert found.lon is None
    assert "several positions" in found.doubt


@pytest.mark.parametrize(
    "cell",
    [
        "48град16мин55сек с.ш., 37град10мин54сек в.д.",
        "48град. 16хв. 55сек. пн. ш.; 37град. 10хв. 54сек. сх. д.",
        "широта 48.281944 довгота 37.181667",
    ],
)
def test_degrees_in_words_keep_their_minutes_and_seconds(cell):
    pair = read_pair(cell)
    # 48 + 16/60 + 55/3600, 37 + 10/60 + 54/3600.
    assert (pair.first, pair.second) == pytest.approx((48.28194, 37.18167), abs=1e-5)


@pytest.mark.parametrize("cell", ["37U 412345 5612345", "UTM 37N, E 412345, N 5612345"])
def test_metres_of_utm_are_read_in_their_zone(cell):
    pair = read_pair(cell)
    # PROJ's cs2cs from EPSG:32637.
    assert (pair.first, pair.second) == pytest.approx((50.656355, 37.759931), abs=1e-6)


@pytest.mark.parametrize(
    "cell", ["412345 5612345", "37T 412345 5612345", "37S 412345 5612345", "N48 37.5", "48 37 N"]
)
def test_metres_without_their_zone_and_one_angle_are_no_position(cell):
    assert read_pair(cell) is None


def test_grids_are_read_where_their_library_is_there():
    pytest.importorskip("mgrs")
    # A square of 100 m around the point: its middle is at most 71 m off, 0.001 degrees at most.
    import mgrs
    from openlocationcode import openlocationcode

    grid = mgrs.MGRS().toMGRS(51.48, 46.12, MGRSPrecision=3)
    pair = read_pair(grid)
    assert (pair.first, pair.second) == pytest.approx((51.48, 46.12), abs=0.0011)
    code = openlocationcode.encode(51.48, 46.12)
    pair = read_pair(code)
    assert (pair.first, pair.second) == pytest.approx((51.48, 46.12), abs=0.0002)


def test_a_pair_that_reads_both_ways_is_left_out_and_asked_about(tmp_path):
    # Both ways lie in the sea: nothing tells which number is which.
    text = 'date,coordinates\n2025-01-14,"43.5, 34.5"\n'
    found = proposed(tmp_path / "a.csv", text)
    assert rows(found)[0]["lon"] != rows(found)[0]["lon"]
    assert any("say which by position_order" in doubt.reason for doubt in found.account.doubts)
    (row,) = rows(proposed(tmp_path / "a.csv", text, position_order="lat"))
    assert (row["lat"], row["lon"]) == (43.5, 34.5)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Харківська обл.", "UA-63"),
        ("Одеська", "UA-51"),
        ("Ростовская", "RU-ROS"),
        ("г. Севастополь", "UA-40"),
        ("Zaporizka", "UA-23"),
        ("Kharkivs'ka", "UA-63"),
        ("Респ. Татарстан", "RU-TA"),
        ("Krasnodar Territory", "RU-KDA"),
        ("Івано-Франківщина", "UA-26"),
        ("Чернівеччині", "UA-77"),
        ("Днепропетровщина", "UA-12"),
        ("Chernivechchyna", "UA-77"),
        ("Слобожанщина", None),
        ("Nowhereska", None),
    ],
)
def test_units_as_people_write_them(name, code):
    assert unit_code(name, None) == code


def test_columns_in_ukrainian_and_russian_are_known(tmp_path):
    text = (
        "№;Дата удару;Населений пункт;Область;Широта;Довгота;Загинуло;Поранено;Джерело;Посилання\n"
        "1;14.01.25;Покровськ;Донецька;48,2822;37,1818;2;5;ОВА;t.me/example/1\n"
    )
    (row,) = rows(proposed(tmp_path / "a.csv", text))
    assert (day(row), row["place"], row["admin1"]) == (dt.date(2025, 1, 14), "Покровськ", "UA-14")
    assert (row["killed"], row["injured"], row["lat"]) == (2, 5, 48.2822)
    text = (
        'Дата события,Город,Описание,Координаты\n14 января 2025 года,Рязань,пожар,"54.57, 39.74"\n'
    )
    (row,) = rows(proposed(tmp_path / "b.csv", text))
    assert (row["place"], row["effects"], row["lon"]) == ("Рязань", "пожар", 39.74)


def test_a_column_called_days_is_one_though_some_cells_name_no_year(tmp_path):
    """A title row, links under "source", and each day that is none told by its row."""
    text = """Удари, складено редакцією;;;;
№;Дата;Місце;Що сталося;Джерело
1;13.01.2025;Енгельс;Пожежа на нафтобазі;t.me/example/7
2;14 січня;Саратов;Пожежа на НПЗ;https://example.org/a
3;24.01.2025;Брянськ;Шість дронів;@example_channel
4;ніч на 26.01;Рязань;Пожежа на НПЗ;https://example.org/b
"""
    imported = proposed(tmp_path / "table.csv", text)
    assert [(day(r), r["effects"]) for r in rows(imported)] == [
        (dt.date(2025, 1, 13), "Пожежа на нафтобазі"),
        (dt.date(2025, 1, 24), "Шість дронів"),
    ]
    assert [one.remark.line for one in imported.account.set_aside] == [4, 6]
    assert imported.casebook.reports["url"].tolist() == [
        "https://t.me/example/7",
        "https://t.me/example_channel",
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("14 січня", ("2025-01-14", "2025-01-14")),
        ("ніч на 26.01", ("2025-01-25", "2025-01-26")),
        ("28.01-02.02", ("2025-01-28", "2025-02-02")),
        ("January 14, 22:40", ("2025-01-14", "2025-01-14")),
        ("5 лютого 2024", ("2024-02-05", "2024-02-05")),
    ],
)
def test_a_day_without_a_year_is_of_the_year_that_the_mapping_says(text, days, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'Дата,Місце\n"{text}",Рязань\n', "utf-8")
    mapping = 'title = "a"\nyear = 2025\n[columns]\ndate_start = "Дата"\n'
    (tmp_path / "a.toml").write_text(mapping, "utf-8")
    imported = read_csv(path, mapping=tmp_path / "a.toml")
    (row,) = rows(imported)
    assert (str(day(row)), str(row["date_end"].date())) == days
    assert any("without a year are read as of 2025" in note for note in imported.account.notes)


def test_the_year_of_days_without_one_is_proposed_or_asked_for(tmp_path):
    text = "Дата,Місце\n14 січня,Рязань\n15 січня,Рязань\n"
    (row, _) = rows(proposed(tmp_path / "strikes-2025.csv", text))
    assert day(row) == dt.date(2025, 1, 14)
    (tmp_path / "a.csv").write_text(text, "utf-8")
    assert 'year = "ask"' in propose_mapping(tmp_path / "a.csv")
    with pytest.raises(ImportFileError, match="a day without a year, say which by year"):
        proposed(tmp_path / "a.csv")


def test_days_without_a_year_that_go_over_its_turn_are_said(tmp_path):
    path = tmp_path / "strikes-2024.csv"
    notes = proposed(path, "Дата,Місце\n28 грудня,Рязань\n2 січня,Рязань\n").account.notes
    assert any("leap by half a year at '2 січня'" in note for note in notes)


def test_a_column_of_zones_tells_the_day(tmp_path):
    text = "time,tz,lat,lon\n2025-01-31 23:15,{},49.9935,36.2304\n"
    (row,) = rows(proposed(tmp_path / "a.csv", text.format("UTC")))
    assert day(row) == dt.date(2025, 2, 1)
    (row,) = rows(proposed(tmp_path / "b.csv", text.format("Europe/Kyiv")))
    assert day(row) == dt.date(2025, 1, 31)
    plan = 'title = "a"\n[columns]\ndate_start = "time"\nzone = "tz"\n'
    (tmp_path / "c.toml").write_text(plan, "utf-8")
    (tmp_path / "c.csv").write_text(text.format("Nowhere"), "utf-8")
    doubts = read_csv(tmp_path / "c.csv", mapping=tmp_path / "c.toml").account.doubts
    assert [doubt.found for doubt in doubts] == ["Nowhere"]


@pytest.mark.parametrize("page", ["latin-1", "cp1251"])
def test_letters_that_went_through_a_wrong_code_page_are_mended_and_it_is_said(page, tmp_path):
    text = "Дата,Місто,Опис\n03.02.2025,Ізюм,удар\n"
    (tmp_path / "a.csv").write_text(text.encode().decode(page, "replace"), "utf-8")
    imported = proposed(tmp_path / "a.csv")
    assert rows(imported)[0]["place"] == "Ізюм"
    assert any("garbled" in note for note in imported.account.notes)


def test_a_column_called_one_of_positions_is_one_though_many_cells_are_none(tmp_path):
    text = 'Date,Coordinates\n2025-05-12,"48.7389, 37.5848"\n2025-05-13,{0}\n2025-05-14,{0}\n'
    imported = proposed(tmp_path / "a.csv", text.format("https://maps.app.goo.gl/AbCdEf"))
    assert rows(imported)[0]["lat"] == 48.7389
    assert [doubt.line for doubt in imported.account.doubts] == [3, 4]


def test_a_bank_that_an_outline_leaves_out_is_in_the_unit_of_its_town(tmp_path):
    text = "date,place,lat,lon\n2025-02-01,Херсон,46.6354,32.6169\n"
    assert rows(proposed(tmp_path / "a.csv", text))[0]["admin1"] == "UA-65"


def test_a_position_far_from_the_region_is_said(tmp_path):
    text = "date,place,lat,lon\n2022-03-01,Nairobi,-1.286389,36.817223\n"
    imported = proposed(tmp_path / "a.csv", text)
    assert rows(imported)[0]["lon"] == 36.817223
    assert [doubt.reason for doubt in imported.account.doubts] == ["a position far from the region"]


@pytest.mark.parametrize(
    ("name", "cell", "toll"),
    [
        ("Killed/injured", "0/2", (0, 2)),
        ("Поранено/загинуло", "2/1", (1, 2)),
        ("Погибшие и раненые", "2 убитых и 5 раненых", (2, 5)),
        ("Casualties", "2 dead, 5 injured", (2, 5)),
        ("Жертви", "загинуло 1, поранено 6 осіб", (1, 6)),
        ("Casualties", "0/2", (None, None)),
        ("Casualties", "none", (0, 0)),
        ("Загиблі", "немає", (0, None)),
        ("Killed/injured", "7", (None, None)),
        ("Killed/injured", "-/7", (None, 7)),
        ("Killed/injured", "at least 2 dead, 5 injured", (None, None)),
        ("Killed/injured", "2-3 dead", (None, None)),
        ("Killed", "2 dead, 5 injured", (2, 5)),
    ],
)
def test_killed_and_injured_in_one_column(name, cell, toll, tmp_path):
    text = f'date,place,{name}\n2025-01-14,Рязань,"{cell}"\n2025-01-15,Рязань,"1 dead, 1 injured"\n'
    imported = proposed(tmp_path / "a.csv", text)
    row = rows(imported)[0]
    assert tuple(None if row[n] != row[n] else row[n] for n in ("killed", "injured")) == toll
    assert cell in row["extra"]
    if toll == (None, None):
        assert any(doubt.found == cell for doubt in imported.account.doubts)


def test_a_day_of_report_is_no_day_of_the_event(tmp_path):
    text = "date_recorded,lat,lon\n2025-02-03,48.2510,37.0510\n"
    assert rows(proposed(tmp_path / "a.csv", text))[0]["date_basis"] == "assumed"


def test_who_says_so_stands_beside_links_and_channels(tmp_path):
    text = 'date,place,source\n2025-01-14,Рязань,"t.me/a_b/1, @example"\n'
    text += "2025-01-15,Рязань,DSNS (https://t.me/dsns/4)\n"
    reports = proposed(tmp_path / "a.csv", text).casebook.reports
    assert reports["url"].tolist() == [
        "https://t.me/a_b/1",
        "https://t.me/example",
        "https://t.me/dsns/4",
    ]
    assert reports["claimant"].tolist() == ["not named", "not named", "DSNS"]


@pytest.mark.parametrize(
    ("text", "days", "clock"),
    [
        ("у ніч з 31 січня на 1 лютого 2025", "2025-01-31/2025-02-01", None),
        ("в ночь с 31 января на 1 февраля 2025", "2025-01-31/2025-02-01", None),
        ("evening of 7 Feb 2025", "2025-02-07", None),
        ("о 9:30 вечора 7 лютого 2025", "2025-02-07", "21:30"),
        ("вечером 7 февраля 2025", "2025-02-07", None),
        ("14 берез. 2025", "2025-03-14", None),
        ("141830ZMAR25", "2025-03-14", "18:30"),
        ("2025-W11-5", "2025-03-14", None),
    ],
)
def test_parts_of_a_day_and_forms_of_armies_and_weeks(text, days, clock):
    when = read_when(text)
    assert str(when.days) == days
    assert (when.clock and f"{when.clock:%H:%M}") == clock


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("13.01.2025 22:40 (UTC)", "2025-01-13T22:40:00+00:00"),
        ("13.01.2025 22:40 (MSK)", "2025-01-13T22:40:00+03:00"),
        ("2025-01-13 22:40 (UTC+2)", "2025-01-13T22:40:00+02:00"),
        ("Mon Jan 13 2025 22:40:00 GMT+0200 (EET)", "2025-01-13T22:40:00+02:00"),
    ],
)
def test_a_zone_in_brackets_counts(text, moment):
    clock = read_when(text).clock
    assert clock is not None
    assert clock.isoformat() == moment


@pytest.mark.parametrize("text", ["14 March 2025 (night)", "14 March 2025 (tbc)"])
def test_what_stands_in_brackets_behind_a_day_makes_it_less_sure(text):
    assert not read_when(text).exact


@pytest.mark.parametrize(
    ("name", "title", "kind"),
    [
        ("Ураження_РФ_2025.csv", "", "strike"),
        ("a.csv", "Strikes on refineries, 2025\n\n", "strike"),
        ("drones.csv", "Losses of drones\n\n", "other"),
        ("a.csv", "", "other"),
    ],
)
def test_rows_without_a_kind_are_what_their_table_is_called_by(tmp_path, name, title, kind):
    text = f"{title}Дата,Місто,Широта,Довгота\n14.01.2025,Суми,50.91,34.80\n"
    (row,) = rows(proposed(tmp_path / name, text))
    assert row["kind"] == kind


def test_columns_are_known_by_what_they_hold(tmp_path):
    text = "a,b,c,d\n14 Jan 2025,54.5701,39.7402,https://example.org/1\n"
    found = proposed(tmp_path / "a.csv", text)
    (row,) = rows(found)
    assert (day(row), row["lat"], row["lon"]) == (dt.date(2025, 1, 14), 54.5701, 39.7402)
    assert list(found.casebook.reports["url"]) == ["https://example.org/1"]


def test_who_denies_it_and_what_was_hit(tmp_path):
    text = (
        "date,place,actor,target type,status,stance,denied by,facility,killed\n"
        "2025-01-14,Engels,Ukrainian forces,oil depot,verified,confirms,Governor,Kristall,n/k\n"
    )
    found = proposed(tmp_path / "a.csv", text)
    (row,) = rows(found)
    assert (row["actor"], row["target_type"], row["status"]) == ("UA", "oil_depot", "confirmed")
    assert row["facility"] == "Kristall"
    reports = found.casebook.reports
    assert list(zip(reports["claimant"], reports["stance"], strict=True)) == [
        ("not named", "confirms"),
        ("Governor", "denies"),
    ]


def test_a_mapping_is_written_also_where_no_day_is_found(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("where,odd\nKyiv,fire\n", "utf-8")
    text = propose_mapping(path)
    assert lacks_days(text)
    assert "'odd': fire" in text
    path.with_suffix(".toml").write_text(text, "utf-8")
    with pytest.raises(Exception, match="date_start"):
        read_mapping(path.with_suffix(".toml"))


def test_the_longest_list_of_an_answer_is_the_table(tmp_path):
    path = tmp_path / "a.json"
    event = {"date": "2025-01-14", "lat": "51.48", "lon": "46.12"}
    path.write_text(
        json.dumps({"messages": [], "meta": {"tags": [{"a": 1}]}, "results": [event] * 2})
    )
    account = proposed(path).account
    assert account.read == 2
    assert any("the list 'tags' with 1 objects is not read" in note for note in account.notes)


def test_the_day_of_the_event_stands_before_that_of_publication(tmp_path):
    text = "created,date of attack,lat,lon\n2025-02-01,2025-01-14,51.48,46.12\n"
    (row,) = rows(proposed(tmp_path / "a.csv", text))
    assert day(row) == dt.date(2025, 1, 14)
    (row,) = rows(proposed(tmp_path / "b.csv", text.replace("date of attack", "other")))
    assert day(row) == dt.date(2025, 2, 1)
    data = "<Data name='created'><value>2025-02-01</value></Data>"
    data += "<Data name='type'><value>Missile site</value></Data>"
    mark = f"<name>14 Jan 2025 fire</name><ExtendedData>{data}</ExtendedData>"
    point = "<Point><coordinates>37.18,48.28</coordinates></Point>"
    path = tmp_path / "a.kml"
    path.write_text(f"<kml><Placemark>{mark}{point}</Placemark></kml>", "utf-8")
    (row,) = rows(read_kml(path))
    assert (day(row), row["kind"]) == (dt.date(2025, 1, 14), "other")


def test_the_answer_of_geoconfirmeds_api(tmp_path):
    path = tmp_path / "api.json"
    mark = {"id": "a-1", "date": "2025-01-13T22:30:00Z", "la": 51.48, "lo": 46.12}
    path.write_text(
        json.dumps([{"name": "Strikes", "icons": [{"path": "x", "placemarks": [mark]}]}])
    )
    (row,) = rows(read_geoconfirmed(path))
    assert (day(row), row["lat"], row["lon"]) == (dt.date(2025, 1, 14), 51.48, 46.12)
    assert json.loads(row["extra"])["folder"] == "Strikes"


def test_a_day_with_slashes_in_a_kml_is_asked_about(tmp_path):
    data = "<Data name='date'><value>03/04/2025</value></Data>"
    mark = f"<name>fire</name><ExtendedData>{data}</ExtendedData>"
    point = "<Point><coordinates>37.18,48.28</coordinates></Point>"
    path = tmp_path / "a.kml"
    path.write_text(f"<kml><Placemark>{mark}{point}</Placemark></kml>", "utf-8")
    with pytest.raises(ImportFileError, match="day/month and as month/day"):
        read_kml(path)
    (row,) = rows(read_kml(path, date_order="dmy"))
    assert day(row) == dt.date(2025, 4, 3)


def test_a_span_that_ends_before_it_starts_is_set_aside(tmp_path):
    point = "<Point><coordinates>37.18,48.28</coordinates></Point>"
    spans = [("2025-01-16", "2025-01-14"), ("2025-01-14", "2025-01-16")]
    marks = "".join(
        f"<Placemark><TimeSpan><begin>{a}</begin><end>{b}</end></TimeSpan>{point}</Placemark>"
        for a, b in spans
    )
    path = tmp_path / "a.kml"
    path.write_text(f"<kml><Document>{marks}</Document></kml>", "utf-8")
    found = read_kml(path)
    (aside,) = found.account.set_aside
    assert aside.remark.reason == "an end before the start"
    assert (found.account.events, day(rows(found)[0])) == (1, dt.date(2025, 1, 14))


def test_a_day_and_a_title_in_one_text():
    when, rest = find_when("13-14 JAN 2025 - Fuel depot")
    assert (str(when.days), rest) == ("2025-01-13/2025-01-14", "Fuel depot")
    with pytest.raises(ValueError, match="is not a day"):
        find_when("45671 people left")


@pytest.mark.parametrize(
    ("text", "order"), [("25-01-14", None), ("25-01-14", "dmy"), ("24-01-22", None)]
)
def test_a_short_year_that_can_stand_at_either_end_is_asked_about(text, order):
    with pytest.raises(AmbiguousDayError, match="year first and as day first"):
        read_when(text, order=order)
    assert str(read_when("14-01-25").days) == "2025-01-14"
    assert str(read_when("24-01-22", order="dmy").days) == "2022-01-24"


def test_a_row_of_groups_above_the_header_is_no_header(tmp_path):
    text = "Подія,,,Координати,\nДата,Місто,Тип,lat,lon\n14.01.2025,Суми,ракетний удар,50.9,34.8\n"
    (row,) = rows(proposed(tmp_path / "a.csv", text))
    assert (day(row), row["kind"], row["lat"]) == (dt.date(2025, 1, 14), "strike", 50.9)


def test_numbers_with_spaces_and_units(tmp_path):
    text = (
        "date\ttown\tlat\tlng\tAccuracy (m)\tkilled\n"
        "2025-01-14\tIzium\t49.21\t37.25\t1\u2009000\t1\u202f200\n"
        "2025-01-15\tIzium\t49.21\t37.25\t0,5 км\tmany\n"
    )
    found = proposed(tmp_path / "a.csv", text)
    assert [row["precision_m"] for row in rows(found)] == [1000.0, 500.0]
    assert [row["killed"] for row in rows(found)] == [1200, None]
    assert [doubt.found for doubt in found.account.doubts] == ["many"]


def test_a_precision_is_in_the_unit_of_its_column(tmp_path):
    text = "date,lat,lon,accuracy_km\n2025-01-14,49.21,37.25,5\n"
    assert rows(proposed(tmp_path / "a.csv", text))[0]["precision_m"] == 5000.0


def test_a_column_whose_name_its_cells_do_not_bear_out_is_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("date,lat,lon,injured\n2025-01-14,49.21,37.25,several\n", "utf-8")
    assert "called as injured, but cells as 'several' are none" in propose_mapping(path)


def test_links_to_maps_are_positions_and_no_links_of_reports(tmp_path):
    text = "date\tlink\n2025-01-14\thttps://www.google.com/maps?q=48.28,37.17\n"
    found = proposed(tmp_path / "a.csv", text)
    assert (rows(found)[0]["lat"], list(found.casebook.reports["url"].dropna())) == (48.28, [])


def test_a_number_that_repeats_is_no_id(tmp_path):
    text = "id,date,lat,lon\n7,2025-01-14,49.21,37.25\n7,2025-01-15,49.3,37.3\n"
    assert len(rows(proposed(tmp_path / "a.csv", text))) == 2


def test_geojson_in_metres_that_says_so_is_brought_into_degrees(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    point = {"type": "Point", "coordinates": [4138346.6, 6150468.0]}
    feature = {"type": "Feature", "geometry": point, "properties": {"date": "2025-01-14"}}
    path = tmp_path / "a.geojson"
    path.write_text(
        json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}), "utf-8"
    )
    (row,) = rows(proposed(path))
    # By the formula of the spherical Mercator: x / R, and the Gudermannian of y / R.
    assert (round(row["lon"], 4), round(row["lat"], 4)) == (37.1754, 48.2615)


def test_what_a_server_says_in_place_of_rows_is_said(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"status": 403, "messages": ["accept the terms"], "data": []}))
    with pytest.raises(ImportFileError, match="accept the terms"):
        propose_mapping(path)


def test_columns_of_one_name_are_all_kept(tmp_path):
    text = "date,lat,lon,source,Source\n2025-01-14,49.21,37.25,t.me/abcde/1,TASS\n"
    found = proposed(tmp_path / "a.csv", text)
    assert json.loads(rows(found)[0]["extra"])["Source (2)"] == "TASS"
    assert any("'Source (2)'" in note for note in found.account.notes)


def test_the_code_of_a_unit_is_its_name():
    assert (unit_code("UA-48", None), unit_code("UA-48", "RU"), unit_code("UA-99", None)) == (
        "UA-48",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("text", "days", "is_exact"),
    [
        ("14, 15 and 16 January 2025", "2025-01-14/2025-01-16", True),
        ("14, 15 та 16 січня 2025 року", "2025-01-14/2025-01-16", True),
        ("14, 15 и 16 января 2025 года", "2025-01-14/2025-01-16", True),
        ("January 14, 15 and 16, 2025", "2025-01-14/2025-01-16", True),
        ("14.01, 15.01.2025", "2025-01-14/2025-01-15", True),
        ("30, 31 December 2024 and 1 January 2025", "2024-12-30/2025-01-01", True),
        # The 15th is not among them.
        ("14 and 16 January 2025", "2025-01-14/2025-01-16", False),
        ("2025-01-14; 2025-01-16", "2025-01-14/2025-01-16", False),
        ("from 14 to 16 January 2025", "2025-01-14/2025-01-16", True),
    ],
)
def test_several_days_reach_from_the_first_to_the_last(text, days, is_exact):
    when = read_when(text)
    assert (str(when.days), when.exact) == (days, is_exact)


@pytest.mark.parametrize(
    "text", ["16, 14 January 2025", "14,01,2025", "14.01.2025, 10.30", "14, 15 and 16 January"]
)
def test_what_is_no_list_of_days_is_none(text):
    with pytest.raises(DateError):
        read_when(text)


@pytest.mark.parametrize("text", ["0000 January", "January 0000", "0000Jan", "01.0000", "0000-01"])
def test_there_is_no_year_zero(text):
    with pytest.raises(DateError):
        read_when(text)


def test_a_number_with_words_beside_it_is_said(tmp_path):
    text = "date,place,injured\n2025-01-14,Рязань,щонайменше семеро\n2025-01-15,Рязань,двоє\n"
    imported = proposed(tmp_path / "a.csv", text)
    assert [row["injured"] for row in rows(imported)] == [7, 2]
    assert [doubt.line for doubt in imported.account.doubts] == [2]
    assert "щонайменше семеро" in rows(imported)[0]["extra"]


def test_a_toll_within_the_text_is_read_and_said(tmp_path):
    text = "date,place,description\n2025-01-14,Суми,Удар по селу. Загинули двоє людей\n"
    imported = proposed(tmp_path / "a.csv", text)
    assert rows(imported)[0]["killed"] == 2
    assert "read from the text" in rows(imported)[0]["note"]


def test_things_that_were_lost_are_no_kinds_of_events(tmp_path):
    text = "date,lat,lon,type\n" + "".join(
        f"2025-01-1{n},48.2,37.1,{what}\n"
        for n, what in enumerate(("Tanks", "Trucks", "MLRS", "Artillery"))
    )
    assert {row["kind"] for row in rows(proposed(tmp_path / "a.csv", text))} == {"other"}


def test_who_is_not_identified_is_no_side(tmp_path):
    text = "date,place,attacker\n2025-01-14,Суми,Unidentified group (Ukraine)\n2025-01-15,Суми,рф\n"
    assert [row["actor"] for row in rows(proposed(tmp_path / "a.csv", text))] == ["unknown", "RU"]


def test_a_day_in_utc_without_a_time_is_doubted(tmp_path):
    text = "Date (UTC),Time (UTC),place\n2025-07-31,,Краматорськ\n2025-07-31,21:40,Краматорськ\n"
    imported = proposed(tmp_path / "a.csv", text)
    first, second = rows(imported)
    assert (first["date_basis"], second["date_start"].day) == ("about", 1)
    assert "no time of day" in first["note"]


def test_a_unit_that_is_a_city_or_an_oblast_is_asked_about(tmp_path):
    text = "date,region\n2025-09-01,Kiev\n2025-09-01,Київщина\n2025-09-01,м. Київ\n"
    imported = proposed(tmp_path / "a.csv", text)
    assert sorted(str(row["admin1"]) for row in rows(imported)) == ["None", "UA-30", "UA-32"]
    assert "city or the oblast" in imported.account.doubts[0].reason


def test_remarks_between_links_name_nobody(tmp_path):
    said = "t.me/a_b/1 (фото), також facebook.com/story.php?id=5"
    text = f'date,place,source\n2025-01-14,Дніпро,"{said}"\n'
    reports = proposed(tmp_path / "a.csv", text).casebook.reports
    assert set(reports["claimant"]) == {"not named"}
    assert len(reports) == 2


def test_a_disarmed_link_is_a_link():
    assert read_links("hxxps://t[.]me/example/1")[0] == ["https://t.me/example/1"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3.02.2025 (ніч)", "2025-02-02/2025-02-04"),
        ("3.02.2025 night", "2025-02-02/2025-02-04"),
        ("2025-06-01?", "2025-06-01"),
        ("~01.06.2025", "2025-06-01"),
        ("03.02.2025 (уточнюється)", "2025-02-03"),
        ("?? APR 2026", "2026-04-01/2026-04-30"),
        ("XX.04.2026", "2026-04-01/2026-04-30"),
    ],
)
def test_a_day_with_a_remark_is_not_sure(text, days):
    when = read_when(text)
    assert (str(when.days), when.exact) == (days, False)


@pytest.mark.parametrize("text", ["03.02.2025 (оновлено 05.02.2025)", "after 22 APR 2026", "?"])
def test_a_day_beside_another_one_or_of_after_is_none(text):
    with pytest.raises(DateError):
        read_when(text)


def test_what_is_said_beside_a_day_stays(tmp_path):
    text = "date,place\n2025-06-01?,Суми\n2025-06-02,Суми\n2025-06-03*,Суми\n"
    first, *_ = rows(proposed(tmp_path / "a.csv", text))
    assert (first["date_basis"], json.loads(first["extra"])) == ("about", {"date": "2025-06-01?"})


def test_a_text_that_names_another_day_is_said(tmp_path):
    text = (
        "date,place,description\n2025-05-05,Липці,удар 02.05.2025, фото 05.05\n"
        "2025-05-06,Липці,shelled as on 24 February 2022 and 6 May 2025\n"
    ).replace("удар 02.05.2025, фото 05.05", '"удар 02.05.2025, фото 05.05"')
    doubts = proposed(tmp_path / "a.csv", text).casebook.events["note"].tolist()
    assert doubts == ["the text names another day: 02.05.2025", None]


def test_sums_and_what_stands_below_another_header_are_no_events(tmp_path):
    text = (
        "date,place,killed\n2025-02-03,Суми,2\n2025-02-03,Разом за добу,2\n"
        "date,region,drones launched\n2025-02-03,Сумська,120\n"
    )
    imported = proposed(tmp_path / "a.csv", text)
    assert [(row["place"], row["killed"]) for row in rows(imported)] == [("Суми", 2)]
    reasons = [aside.remark.reason for aside in imported.account.set_aside]
    assert reasons == ["a row of sums", *["below another header, that of line 4"] * 2]


def test_a_header_that_is_repeated_ends_no_table(tmp_path):
    text = "date,place\n2025-02-03,Суми\ndate,place\n2025-02-04,Херсон\n"
    assert len(rows(proposed(tmp_path / "a.csv", text))) == 2


@pytest.mark.parametrize(
    ("said", "side"),
    [
        ("not Russia", "unknown"),
        ("Russia?", "unknown"),
        ("probably Ukraine", "unknown"),
        ("противник", "unknown"),
        ("ЗС РФ", "RU"),
        ("ВСУ", "UA"),
    ],
)
def test_a_side_that_is_doubted_is_none(said, side):
    assert actor_of(said) == side


@pytest.mark.parametrize(
    ("header", "toll"),
    [
        ("killed,injured children,injured total", (1, 3)),
        ("Погибло мирных,Погибло военных,Ранено", (None, 3)),
        ("killed (cumulative),injured since 2022,injured", (None, 3)),
    ],
)
def test_of_several_columns_of_people_that_of_all_is_taken_or_none(header, toll, tmp_path):
    text = f"date,place,{header}\n2025-02-03,Суми,1,2,3\n"
    event = proposed(tmp_path / "a.csv", text).casebook.events.astype(object).iloc[0]
    found = (event["killed"], event["injured"])
    assert tuple(None if pd.isna(number) else number for number in found) == toll


def test_destroyed_things_are_none_that_were_shot_down(tmp_path):
    (row,) = rows(proposed(tmp_path / "a.csv", "date,place,destroyed\n2025-02-03,Суми,12\n"))
    assert json.loads(row["extra"]) == {"destroyed": "12"}


def test_several_places_in_one_cell_are_none(tmp_path):
    text = 'date,place\n2025-02-03,"Sumy, Konotop"\n2025-02-03,"Engels, Saratov Oblast"\n'
    imported = proposed(tmp_path / "a.csv", text)
    found = {(row["place"], row["admin1"]) for row in rows(imported)}
    assert found == {(None, None), ("Engels", "RU-SAR")}
    assert imported.account.doubts[0].reason.startswith("several places")


def test_days_that_a_spreadsheet_may_have_swapped_are_said(tmp_path):
    text = "date,place\n2025-01-03,Суми\n13/01/2025,Суми\n2025-12-01,Суми\n25/01/2025,Суми\n"
    notes = proposed(tmp_path / "a.csv", text).account.notes
    assert any("swapped the day and the month" in note for note in notes)
    notes = proposed(tmp_path / "b.csv", text + "2025-01-20,Суми\n").account.notes
    assert not any("swapped" in note for note in notes)


def test_pictures_in_the_names_of_columns(tmp_path):
    text = "📅 Дата,📍 Місце,💀 Загиблі\n03.02.2025,Суми,2\n"
    row = rows(proposed(tmp_path / "a.csv", text))[0]
    assert (row["place"], row["killed"]) == ("Суми", 2)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("no strike", "other"),
        ("false alarm: drone", "other"),
        ("missile not intercepted", "other"),
        ("повітряна тривога: ракети", "other"),
        ("drone strike", "strike"),
        ("збито дрон", "interception"),
    ],
)
def test_what_did_not_happen_is_no_kind(cell, kind):
    assert kind_of(cell) == kind


def test_a_side_beside_a_target_is_not_who_struck(tmp_path):
    text = "date,target,side\n2025-02-03,Hospital in Kyiv,Ukrainian\n"
    assert rows(proposed(tmp_path / "a.csv", text))[0]["actor"] == "unknown"
    text = "date,place,side\n2025-02-03,Kyiv,Russian\n"
    assert rows(proposed(tmp_path / "b.csv", text))[0]["actor"] == "RU"


def test_one_unknown_zone_does_not_hide_the_others(tmp_path):
    text = "date,time,tz,place\n2025-02-03,23:30,GMT,Sumy\n2025-02-05,23:30,Mars,Sumy\n"
    imported = proposed(tmp_path / "a.csv", text)
    assert [row["date_start"].day for row in rows(imported)] == [4, 5]
    assert "time zone" in imported.account.doubts[-1].reason


def test_three_zeros_after_a_dot_may_be_thousands(tmp_path):
    text = "date,place,killed\n2025-02-03,Суми,1.000\n2025-02-04,Суми,3.0\n"
    imported = proposed(tmp_path / "a.csv", text)
    assert [doubt.found for doubt in imported.account.doubts] == ["1.000"]
    assert rows(imported)[1]["killed"] == 3


@pytest.mark.parametrize("said", ["Ukrainian power plant", "ППО України", "Russian air defence"])
def test_what_was_hit_or_shot_down_is_no_attacker(said):
    assert actor_of(said) == "unknown"


def test_a_position_that_stands_the_other_way_round_is_said(tmp_path):
    text = 'date,coordinates\n2025-07-01,"48.28, 37.18"\n2025-07-02,"37.18, 48.28"\n'
    imported = proposed(tmp_path / "a.csv", text)
    assert [row["lat"] for row in rows(imported)] == [48.28, 48.28]
    (doubt,) = imported.account.doubts
    assert (doubt.line, doubt.reason) == (3, "the longitude is taken to stand first")


def test_every_name_of_a_target_is_of_its_own_kind():
    kinds = {}
    for one in lexicons():
        for kind, forms in one.table("targets").items():
            for form in forms:
                kinds.setdefault(form.replace("*", ""), set()).add(kind)
    # Stems and lists in which one name stands for two kinds.
    wrong = {name for name, own in kinds.items() if target_of(name) not in own}
    assert len(kinds) > 1000
    assert {name for name in wrong if "поверхів" not in name} <= {"bus stop", "зупинк"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("oil refinery plant", "refinery"),
        ("Trypilska thermal power plant", "power_plant"),
        ("nuclear power plant (Zaporizhzhia)", "nuclear_plant"),
        ("military airfield", "airfield"),
        ("ammunition plant", "defence_plant"),
        ("plant", "plant"),
    ],
)
def test_the_longest_name_of_a_target_counts(name, kind):
    assert target_of(name) == kind


def test_a_day_in_a_column_of_nights_into_a_day_is_of_both_days_of_that_night(tmp_path):
    table = "Ніч на,lat,lon\n09.06.2025,48.28,37.18\n"
    (row,) = rows(proposed(tmp_path / "nights.csv", table))
    days = str(row["date_start"])[:10], str(row["date_end"])[:10], row["date_basis"]
    assert days == ("2025-06-08", "2025-06-09", "exact")


@pytest.mark.parametrize("header", ["За ніч", "Ночь", "Night of"])
def test_a_day_in_a_column_of_nights_is_no_exact_day(header, tmp_path):
    text = f"{header},lat,lon\n09.06.2025,48.28,37.18\n"
    path = tmp_path / "nights.csv"
    mapping = tmp_path / "a.toml"
    path.write_text(text, "utf-8")
    mapping.write_text(
        'title = "a"\npublisher = "a"\nlicence = "a"\n[columns]\n'
        f'date_start = "{header}"\nlat = "lat"\nlon = "lon"\n',
        "utf-8",
    )
    (row,) = rows(read_csv(path, mapping=read_mapping(mapping)))
    assert (str(row["date_start"])[:10], row["date_basis"]) == ("2025-06-08", "about")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("utm zone,easting,northing", "37U,362345,5350123"),
        ("зона,x,y", "37,362345,5350123"),
        ("E (UTM 37N),N (UTM 37N)", "362345.0,5350123"),
    ],
)
def test_metres_of_utm_in_columns_of_their_own(tmp_path, header, cells):
    path = tmp_path / "a.csv"
    path.write_text(f"date,{header}\n2025-01-10,{cells}\n", "utf-8")
    (tmp_path / "a.toml").write_text(propose_mapping(path), "utf-8")
    (event,) = read_csv(path, mapping=tmp_path / "a.toml").casebook.events.to_dict("records")
    assert (event["lon"], event["lat"]) == pytest.approx((37.144211, 48.289327), abs=1e-5)


def test_metres_of_utm_without_their_zone_are_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("date,easting,northing\n2025-01-10,362345,5350123\n", "utf-8")
    (tmp_path / "a.toml").write_text(propose_mapping(path), "utf-8")
    (event,) = read_csv(path, mapping=tmp_path / "a.toml").casebook.events.to_dict("records")
    assert event["lon"] != event["lon"]
    assert "metres of UTM without their zone" in event["note"]


@pytest.mark.parametrize(
    ("header", "cells", "kinds"),
    [
        ("shot down,hit", ("33,2", "5,0", "0,1", ",2"), ["interception"] * 2 + ["strike"] * 2),
        ("shot down,hit", ("yes,no", "no,yes"), ["other", "strike"]),
        ("збито,влучання", ("3,0", "0,2"), ["interception", "strike"]),
        ("сбито,попадания", ("3,0", "0,2"), ["interception", "strike"]),
    ],
)
def test_hits_beside_what_was_shot_down_are_strikes(tmp_path, header, cells, kinds):
    path = tmp_path / "a.csv"
    rows = "".join(f"2025-01-{day},{row}\n" for day, row in enumerate(cells, start=13))
    path.write_text(f"date,{header}\n{rows}", "utf-8")
    (tmp_path / "a.toml").write_text(propose_mapping(path), "utf-8")
    events = read_csv(path, mapping=tmp_path / "a.toml").casebook.events
    assert list(events["kind"]) == kinds
    both = [row for row in cells if row == "33,2"]
    assert sum("hits beside" in str(note) for note in events["note"]) == len(both)


@pytest.mark.parametrize(
    "cell",
    [
        "07.06.2025 на 08.06.2025",
        "в ніч з 07.06.2025 на 08.06.2025",
        "ночь с 7 на 8 июня 2025",
        "7 на 8 червня 2025",
        "night of 7 to 8 June 2025",
    ],
)
def test_a_night_between_two_days_is_both(tmp_path, cell):
    (event,) = rows(proposed(tmp_path / "a.csv", f"date,place\n{cell},Одеса\n"))
    days = (event["date_start"], event["date_end"])
    assert days == (pd.Timestamp("2025-06-07"), pd.Timestamp("2025-06-08"))


def test_a_cell_that_begins_with_a_day_and_names_another_is_set_aside(tmp_path):
    text = "date;what\n07.06.2025 - Engels;a\n07.06.2025 und 12.06.2025;b\n08.06.2025 – Ryazan;c\n"
    account = proposed(tmp_path / "a.csv", text).account
    assert account.taken == 2
    assert "two days in one cell" in account.set_aside[0].remark.reason


def test_the_account_says_what_each_column_is_taken_for(tmp_path):
    text = "published,City,What happened\n2025-03-05,Sumy,Drone strike\n"
    account = proposed(tmp_path / "a.csv", text).account
    assert account.columns == (
        "'published' = date_start (of the report, not of the event): 2025-03-05",
        "'City' = place: Sumy",
        "'What happened' = effects: Drone strike",
    )
    assert account.text().splitlines()[1].startswith("  column 'published' = date_start")


def test_links_are_no_effects_and_unnamed_columns_of_days_are_asked_for(tmp_path):
    text = "{},{},place,description,notes\n2025-03-05,2025-03-07,Sumy,https://t.me/a_b/1,Strike\n"
    found = proposed(tmp_path / "a.csv", text.format("date", "entered"))
    (event,) = rows(found)
    assert event["effects"] == "Strike"
    assert any("'entered' holds days too" in note for note in found.account.notes)
    (tmp_path / "b.csv").write_text(text.format("one", "two"), "utf-8")
    assert lacks_days(propose_mapping(tmp_path / "b.csv"))


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("3 загиблих, 5 поранених", "the text states other killed than the column"),
        ("Удар ракетою по складу", "the text names another weapon"),
        ("Drones hit a depot in Kharkiv region", "the text names another unit"),
        ("У Харківській області влучив дрон", "the text names another unit"),
        ("Drones flew from Kursk region", ""),
        ("Дрон влучив у Сумській області, 2 загиблих", ""),
        ("Drone strike on a market, 1 dead", "the text states other killed than the column"),
        ("Four people were killed in a strike", "the text states other killed than the column"),
        ("Троє людей загинули внаслідок удару", "the text states other killed than the column"),
        ("В результате удара погибли 3 человека", ""),
        ("Погибли двое, ранены пятеро", ""),
        ("No one was killed in the strike", ""),
        ("Ніхто не загинув, сотні поранених", ""),
        ("Two people were killed, among them 1 child", ""),
        ("Since 2022 people have been killed here", ""),
        ("The market was hit at 14, killed were found later", ""),
        ("Fires after a drone fell in the region", ""),
    ],
)
def test_a_text_that_says_otherwise_than_the_columns_is_told(tmp_path, text, doubt):
    head = "date,place,oblast,weapon,killed,effects\n"
    account = proposed(tmp_path / "a.csv", f'{head}2025-03-05,,Sumy,Shahed,2,"{text}"\n').account
    said = [one.reason for one in account.doubts if "no number is taken" not in one.reason]
    assert said == ([doubt] if doubt else [])


@pytest.mark.parametrize(
    ("night", "days", "basis"),
    [
        ("Night of 4 to 5 March", "04/05", "exact"),
        ("4-5", "04/05", "exact"),
        ("5/6", "05/06", "exact"),
        ("в ніч на 5 березня", "04/05", "exact"),
        ("с 4 на 5 марта", "04/05", "exact"),
        ("6 March", "05/06", "exact"),
        ("вночі", "04/06", "about"),
        ("5 березня", "04/06", "about"),
        ("yes", "04/06", "about"),
        ("ні", "05/05", "exact"),
        ("12-13 March", "05/05", "about"),
    ],
)
def test_a_night_in_another_column_counts(tmp_path, night, days, basis):
    text = f"date,night,place\n2025-03-05,{night},Sumy\n"
    (event,) = rows(proposed(tmp_path / "a.csv", text))
    found = f"{event['date_start']:%d}/{event['date_end']:%d}"
    assert (found, event["date_basis"]) == (days, basis)


def test_messages_of_nothing_that_happened_are_set_aside(tmp_path):
    said = (
        "Drones hit a depot in Sumy",
        "Вночі дрони атакували Суми",
        "Харків: чути вибухи",
        "В Курске трое раненых",
        "Прильот по Одесі",
        "ППО збила 12 шахедів",
        "Пожежа на складі в Одесі",
        "Good morning, subscribe to our channel",
        "Повітряна тривога у Сумській області",
        "Доброго ранку! Хвилина мовчання",
        "Подписывайтесь на наш канал",
    )
    text = "date,message\n" + "".join(f'2025-03-05,"{one}"\n' for one in said)
    account = proposed(tmp_path / "a.csv", text).account
    assert [one.remark.line for one in account.set_aside] == [9, 10, 11, 12]
    # With a place beside it a text need not say what happened.
    text = text.replace("message", "place,message").replace("-05,", "-05,Sumy,")
    assert proposed(tmp_path / "b.csv", text).account.taken == len(said)


@pytest.mark.parametrize(
    ("name", "basis"),
    [
        ("Дата публикации", "assumed"),
        ("Дата публікації", "assumed"),
        ("Дата допису", "assumed"),
        ("Дата добавления", "assumed"),
        ("Date reported", "assumed"),
        ("report_date", "assumed"),
        ("Дата події", "exact"),
        ("Дата события", "exact"),
        ("Event date", "exact"),
        ("Дата", "exact"),
    ],
)
def test_the_day_of_a_report_is_no_day_of_an_event(tmp_path, name, basis):
    found = proposed(tmp_path / "a.csv", f"{name},place\n2025-03-05,Sumy\n")
    assert rows(found)[0]["date_basis"] == basis
    # Beside a day of the event it is none, and nothing is asked.
    for own in ("Дата події", "Event date", "Дата"):
        head = f"{name},{own},place\n" if own != name else f"x,{own},place\n"
        found = proposed(tmp_path / "b.csv", f"{head}2025-03-07,2025-03-05,Sumy\n")
        if basis == "assumed":
            assert f"{rows(found)[0]['date_start']:%F}" == "2025-03-05"
            assert not any("holds days too" in note for note in found.account.notes)


def test_a_column_of_some_people_alone_is_told(tmp_path):
    text = "date,place,civ_injured\n2025-03-05,Sumy,3\n"
    (line,) = (
        one for one in proposed(tmp_path / "a.csv", text).account.columns if "injured" in one
    )
    assert line == "'civ_injured' = injured (of some people alone, by its name): 3"


@pytest.mark.parametrize(
    ("weapons", "kind"),
    [(("БпЛА", "Shahed drones"), "strike"), (("T-72B3", "BMP-2"), "other")],
)
def test_a_table_of_what_weapons_did_is_of_strikes(tmp_path, weapons, kind):
    text = "date,place,lat,lon,weapon\n" + "".join(
        f"2025-01-1{n},Sumy,50.91,34.8{n},{weapon}\n" for n, weapon in enumerate(weapons)
    )
    found = rows(proposed(tmp_path / "a.csv", text))
    assert {row["kind"] for row in found} == {kind}


def test_the_thing_that_was_lost_is_no_weapon(tmp_path):
    text = (
        "country,model,status,date_recorded,lat,lon\n"
        "Russia,Tu-95MS,destroyed,2025-06-02,52.915,103.575\n"
        "Russia,A-50U,damaged,2025-06-05,57.0583,40.9817\n"
    )
    found = rows(proposed(tmp_path / "a.csv", text))
    assert [row["weapon"] for row in found] in ([None, None], ["", ""])
    assert {"Tu-95MS", "A-50U"} == {json.loads(row["extra"])["model"] for row in found}


def test_a_survey_tells_when_it_happened_apart_from_when_it_was_sent(tmp_path):
    text = (
        "Post ID,Post Date (UTC),Title,Description,Коли це сталося,Місце.lat,Місце.lon\n"
        "7,2025-04-15 08:31:02,Суми,Дві ракети по центру,2025-04-13 10:20,50.91,34.79\n"
    )
    (row,) = rows(proposed(tmp_path / "a.csv", text))
    assert day(row) == dt.date(2025, 4, 13)


def test_words_that_tell_of_no_strike_are_named_in_the_account(tmp_path):
    text = (
        "date,lat,lon,text\n"
        "2025-01-08,51.48,46.11,Удар по нефтебазе в Энгельсе\n"
        "2025-01-09,50.60,36.58,Сбиты четыре беспилотника над городом\n"
        "2025-01-10,50.60,36.58,Объявлена воздушная тревога\n"
        "2025-01-11,50.60,36.58,Інформація про удар не підтвердилася\n"
        '2025-01-12,50.60,36.58,"Сбит дрон, обломки повредили дом"\n'
        "2025-01-13,50.60,36.58,An air raid alert in the city\n"
    )
    found = proposed(tmp_path / "words.csv", text, kind="strike")
    said = {doubt.line: doubt.reason for doubt in found.account.doubts}
    assert len(rows(found)) == 5
    assert [one.remark.line for one in found.account.set_aside] == [4]
    assert said == {
        3: "the words tell of arms shot down, not of a strike",
        5: "the words tell of what was not so",
        7: "the words tell of an alert alone",
    }


STATUSES = {
    "confirmed": "Confirmed|Confirmed (imagery)|Confirmed by satellite imagery|Visually confirmed"
    "|visually confirmed (satellite)|Geolocated and confirmed|підтверджено відео"
    "|Візуальне підтвердження|Підтверджено супутниковими знімками|подтверждено визуально"
    "|Подтверждено фото и видео",
    "claimed": "Claimed by the General Staff|заявлено ГШ ЗСУ|по данным губернатора|не подтверждено",
    "disputed": "Claimed by SBU, denied by the governor|по данным губернатора, Киев отрицает",
    "": "RUS admits|Not confirmed by imagery|unconfirmed by video|не підтверджено відео|video"
    "|Подтверждено губернатором|Confirmed, pending imagery|confirmed?|да; Киев отрицает"
    "|Claimed by SBU, confirmed by the governor|Confirmed by video, no imagery",
}


@pytest.mark.parametrize(
    ("status", "cell"), [(status, c) for status, text in STATUSES.items() for c in text.split("|")]
)
def test_a_cell_says_how_sure_something_is_and_by_what(status, cell):
    assert status_of(cell) == status


def test_a_column_of_places_or_verdicts_is_known_by_what_it_holds(tmp_path):
    text = "Дата;Где;Итог проверки;Пожар\n"
    text += "14.01.2025;48,2110 37,2540;подтверждено видео;да\n"
    text += "15.01.2025;37U CP 58408 23603;заявлено ГШ;нет\n"
    found = proposed(tmp_path / "udary.csv", text)
    one, other = rows(found)
    assert (one["lon"], one["lat"]) == (37.254, 48.211)
    assert round(other["lat"], 2) == 48.05
    assert [one["status"], other["status"]] == ["confirmed", "claimed"]
    assert json.loads(one["extra"])["Пожар"] == "да"


GPX = """<gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="51.48" lon="46.21"><time>2025-03-21T15:05:00Z</time><name>Энгельс, 20 марта 2025 г.</name>
<desc>Удар БПЛА по складу</desc></wpt>
<wpt lat="56.8" lon="37.1"><time>2025-03-21T00:00:00Z</time><name>Позиция ПВО, С-400</name>
<desc>не удар, просто метка</desc></wpt></gpx>"""


def test_a_waypoint_of_troops_is_no_event_and_a_day_in_its_name_is_told(tmp_path):
    found = proposed(tmp_path / "marks.gpx", GPX)
    (row,) = rows(found)
    assert row["place"] == "Энгельс, 20 марта 2025 г."
    assert str(row["date_start"])[:10] == "2025-03-20"
    assert "the day is that of the words, not of the time stamp: 2025-03-20" in row["note"]
    assert "where troops are, no event" in str(found.account.set_aside)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("За добу: 1) Волгоград, НПЗ; 2) Астрахань, завод.", "2) Астрахань, завод."),
        ("1. Удар по Одесі. 2. Удар по Харкову.", "2. Удар по Харкову."),
        ("🔥 Горить НПЗ\n🔥 Горить нафтобаза", "🔥 Горить нафтобаза"),
        ("🔥 Горить нафтобаза\nВідео нижче", ""),
        ("Attack of 1 Jan. 2 drones hit a depot", ""),
        ("О 1.20 вибух, о 2. 30 другий", ""),
    ],
)
def test_a_list_in_a_message_shows_a_second_event(text, second):
    assert several_told(text) == second


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("ПВО", "other"),
        ("Air defence", "other"),
        ("Позиція ППО", "other"),
        ("Удар по позиции ПВО", "strike"),
        ("Робота ППО", "interception"),
    ],
)
def test_air_defence_that_stands_somewhere_shot_nothing_down(cell, kind):
    assert kind_of(cell) == kind


@pytest.mark.parametrize(
    "header",
    ["Аэропорт|ICAO|Введено|Снято", "airport|closed|reopened", "Аеропорт|Закрито|Відкрито"],
)
def test_closures_of_airports_are_no_events_once_a_day_is_named(tmp_path, header):
    names = header.split("|")
    path = tmp_path / "kover.csv"
    cells = ["Казань", *["UWKD"] * (len(names) - 3), "14.01.2025 06:12", "14.01.2025 09:40"]
    path.write_text(f"{header}\n{'|'.join(cells)}\n", "utf-8")
    plan = {"title": "closures", "columns": {"date_start": names[-2]}}
    with pytest.raises(ImportFileError, match="closures of airports, which are no events"):
        read_csv(path, mapping=TableMapping.model_validate(plan))
    assert told_source(RawTable("a", tuple(name.casefold() for name in names), (), ())) is not None
