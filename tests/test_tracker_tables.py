"""Columns and cells of trackers as people keep them, each made up for these tests."""

import datetime as dt
import json

import pytest

from geoconflict.errors import DateError, ImportFileError
from geoconflict.importers import (
    read_acled,
    read_csv,
    read_eyesonrussia,
    read_geoconfirmed,
    read_kml,
)
from geoconflict.importers.columns import match_columns
from geoconflict.importers.known import reader, told_source
from geoconflict.importers.mapping import TableMapping, propose_mapping, read_mapping
from geoconflict.importers.meanings import actor_of, status_of
from geoconflict.importers.places import names_several
from geoconflict.importers.rawrows import RawRow, RawTable
from geoconflict.measuring.datewords import read_when


def columns(**cells):
    """Which column of a casebook each of these columns is taken for."""
    own = {name.lower(): name for name in cells}
    lines = [dict(zip(own, line, strict=True)) for line in zip(*cells.values(), strict=True)]
    rows = [
        RawRow("a.csv", number, {name: cell for name, cell in line.items() if cell}, own)
        for number, line in enumerate(lines)
    ]
    found = match_columns(RawTable("a.csv", tuple(own), (), rows))
    return {column: target for target, column in found.items()}


def imported(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(propose_mapping(path), "utf-8")
    return read_csv(path, mapping=read_mapping(mapping))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("spring 2024", "2024-03-01/2024-05-31"),
        ("навесні 2024 року", "2024-03-01/2024-05-31"),
        ("зимой 2024/25 г.", "2024-12-01/2025-02-28"),
        ("Q3 2024", "2024-07-01/2024-09-30"),
        ("III квартал 2024", "2024-07-01/2024-09-30"),
        ("week of 15 January 2025", "2025-01-13/2025-01-21"),
        ("2025-W03", "2025-01-13/2025-01-19"),
        ("2025-01-XX", "2025-01-01/2025-01-31"),
        ("before 12 May 2024", "2024-05-12"),
        ("до 12.05.2024", "2024-05-12"),
    ],
)
def test_a_longer_time_is_about(text, days):
    when = read_when(text)
    assert (str(when.days), when.exact) == (days, False)


@pytest.mark.parametrize(
    "text", ["winter 2024", "summer 2024/25", "2025-01-1?", "до осени 2024", "after 12 May 2024"]
)
def test_what_leaves_the_time_open_is_no_day(text):
    with pytest.raises(DateError):
        read_when(text)


def test_before_a_day_is_said_of_the_event(tmp_path):
    found = imported(tmp_path, "a.csv", "date,place\nbefore 12 May 2024,Sumy\n2024-05-13,Sumy\n")
    assert list(found.casebook.events["date_basis"]) == ["before", "exact"]


@pytest.mark.parametrize(
    "cell", ["Ukraine (alleged)", "Росія (ймовірно)", "Украина, предположительно"]
)
def test_a_side_that_is_but_supposed_is_unknown(cell):
    assert actor_of(cell) == "unknown"


def test_before_a_day_is_said_of_a_placemark(tmp_path):
    point = "<Point><coordinates>46.2,51.48,0</coordinates></Point>"
    path = tmp_path / "a.kml"
    path.write_text(
        f"<kml><Placemark><name>before 22 APR 2026</name>{point}</Placemark></kml>", "utf-8"
    )
    for read in (read_kml, read_geoconfirmed):
        (event,) = read(path).casebook.events.to_dict("records")
        assert (event["date_basis"], str(event["date_end"].date())) == ("before", "2026-04-22")


def test_columns_as_trackers_call_them():
    told = columns(
        **{
            "Дата": ["14.01.2025"] * 3,
            "Чим били": ["КАБ - 2 шт.", "Shahed", "Град"],
            "Що пошкоджено": ["будинок", "школа", "ринок"],
            "НасПункт": ["Липці", "Суми", "Шостка"],
            "Injuries": ["3", "", "1"],
        }
    )
    wanted = ("date_start", "weapon", "effects", "place", "injured")
    assert set(told.values()) == set(wanted)


def test_signs_in_names_and_codes_of_armies():
    told = columns(
        **{
            "Date": ["2025-01-14"] * 2,
            "KIA / WIA": ["0/2", "1/—"],
            "Verified?": ["Y", "N"],
            "Target hit": ["oil depot", "school"],
        }
    )
    assert told == {
        "Date": "date_start",
        "KIA / WIA": "injured",
        "Verified?": "status",
        "Target hit": "target_type",
    }


def test_columns_in_latin_letters_of_another_script():
    told = columns(
        DATA_UD=["14.01.2025"] * 2,
        ZAHYB=["1", "0"],
        PORAN=["2", ""],
        NAZVA=["Міст", "Готель"],
        istochnik=["ОВА", "мер"],
        Koordinaty=["48.28, 37.18", "48.30, 37.20"],
        portable=["1", "2"],
    )
    wanted = ("date_start", "killed", "injured", "effects", "claimant", "position")
    assert tuple(told.values()).count("killed") == 1
    assert set(told.values()) == set(wanted)
    assert "portable" not in told


def test_a_country_that_is_not_where_things_were_is_whose_they_are():
    places = ["48.28, 37.18", "48.30, 37.20", "49.99, 36.23"]
    days = ["14.01.2025"] * 3
    owner = columns(date=days, coordinates=places, country=["росія", "росія", "Україна"])
    assert "country" not in owner.values()
    where = columns(date=days, coordinates=places, country=["Україна"] * 3)
    assert where["country"] == "country"


def test_what_counts_but_drones_does_not_count_what_was_shot_down():
    told = columns(
        date=["2025-01-14", "2025-01-15"],
        drones_shot_down=["58", "47"],
        missiles_shot_down=["0", "30"],
    )
    assert "shot_down" not in told.values()


def test_a_table_of_what_was_launched_is_one_of_the_defence(tmp_path):
    text = "Дата;Тип;Запущено;Збито\n14.01.2025;Shahed-136;74;47\n15.01.2025;Х-101;20;н/д\n"
    found = imported(tmp_path, "a.csv", text)
    first, second = found.casebook.events.to_dict("records")
    assert (first["kind"], first["weapon"], first["launched"]) == ("interception", "Shahed-136", 74)
    assert second["shot_down"] != second["shot_down"] or second["shot_down"] is None
    assert not found.account.doubts


def test_the_zone_that_the_name_of_a_column_says(tmp_path):
    text = "Дата;Время (МСК);Город\n14.01.2025;23:40;Суми\n15.01.2025;00:20;Суми\n"
    events = imported(tmp_path, "a.csv", text).casebook.events
    assert [str(day.date()) for day in events["date_start"]] == ["2025-01-14", "2025-01-14"]


def test_a_table_of_civilian_harm_is_told_of():
    names = ["id", "date", "location", "sources", "associations"]
    assert told_source(RawTable("a", tuple(names), (), ()))[1] == "import bellingcat"


def test_a_hotel_on_the_way_is_no_event(tmp_path):
    marks = "".join(
        f'<wpt lat="50" lon="36.2"><time>2025-01-14T10:00:00Z</time>{inner}</wpt>'
        for inner in ("<name>crater</name>", "<name>Nadiya</name><sym>Lodging</sym>")
    )
    head = '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">'
    found = imported(tmp_path, "a.gpx", f"{head}{marks}</gpx>")
    assert found.account.taken == 1
    assert found.account.set_aside[0].remark.found == "Lodging"


def workbook(path, **sheets):
    book = pytest.importorskip("openpyxl").Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def taken(path):
    mapping = path.with_suffix(".toml")
    mapping.write_text(propose_mapping(path), "utf-8")
    return read_csv(path, mapping=read_mapping(mapping))


def test_a_header_of_two_storeys_with_gaps_in_both(tmp_path):
    over = ["Дата", "Громада", None, "Наслідки", None, "Координати", None, "Джерело"]
    below = [None, "Назва", "Район", "загиблі", "поранені", "широта", "довгота", None]
    row = [dt.date(2025, 1, 12), "Білопілля", "Сумський", 0, 2, 51.15, 34.31, "ОВА"]
    for title in ([], [["Обстріли, січень 2025"]]):
        path = workbook(tmp_path / "a.xlsx", one=[*title, over, below, row])
        (event,) = taken(path).casebook.events.to_dict("records")
        assert (event["killed"], event["injured"], event["lat"]) == (0, 2, 51.15)
        assert event["place"] == "Білопілля"


def test_sheets_with_the_same_columns_are_read_together(tmp_path):
    header = ["Дата", "Місто"]
    months = {name: [header, [dt.date(2025, n, 1), "Суми"]] for n, name in ((1, "a"), (2, "b"))}
    path = workbook(tmp_path / "a.xlsx", **months, notes=[["Source", "Link"], ["x", "y"]])
    found = taken(path)
    assert [day.month for day in found.casebook.events["date_start"]] == [1, 2]
    assert any("'notes' with 2 lines is not read" in note for note in found.account.notes)


def kml(tmp_path, *marks):
    point = "<Point><coordinates>46.2,51.48,0</coordinates></Point>"
    inner = "".join(f"<Placemark>{mark}{point}</Placemark>" for mark in marks)
    path = tmp_path / "a.kml"
    head = "<Document><Folder><name>January 2025</name>"
    path.write_text(f"<kml>{head}{inner}</Folder></Document></kml>", "utf-8")
    return [str(day.date()) for day in read_kml(path).casebook.events["date_start"]]


@pytest.mark.parametrize(
    "description",
    [
        "<table><tr><td>Date</td><td>14.01.2025</td></tr></table>",
        "Дата: 14.01.2025<br>Джерело: ОВА",
    ],
)
def test_a_description_states_the_day(tmp_path, description):
    assert kml(tmp_path, f"<description><![CDATA[{description}]]></description>") == ["2025-01-14"]


@pytest.mark.parametrize(
    ("name", "day"), [("15/01 depot", "2025-01-15"), ("15/02 depot", "2025-01-01")]
)
def test_a_day_in_a_name_is_of_the_month_of_its_folder(tmp_path, name, day):
    assert kml(tmp_path, f"<name>{name}</name>") == [day]


@pytest.mark.parametrize("names", ["alarm_start,alarm_end", "Початок тривоги,Кінець тривоги"])
def test_alerts_of_any_layout_are_no_events(tmp_path, names):
    path = tmp_path / "a.csv"
    path.write_text(f"Область,{names}\nСумська,2025-01-13 22:40,2025-01-14 02:10\n", "utf-8")
    plan = TableMapping(title="a", columns={"date_start": names.partition(",")[0]})
    with pytest.raises(ImportFileError, match="alerts, which are no events"):
        read_csv(path, mapping=plan)


def test_what_objects_of_json_hold_is_known_by_its_names(tmp_path):
    row = {
        "when": {"date": "2025-01-14", "time": "02:30"},
        "where": {"lat": 51.48, "lng": 46.2, "name": "Engels"},
        "casualties": {"killed": 0, "injured": 2},
    }
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"incidents": [row]}), "utf-8")
    (event,) = taken(path).casebook.events.to_dict("records")
    assert (event["place"], event["lon"], event["injured"]) == ("Engels", 46.2, 2)


@pytest.mark.parametrize(
    ("place", "is_several"),
    [
        ("Куп'янськ, Вовчанськ, Липці", True),
        ("Шостка - Конотоп", True),
        ("Sumy + Konotop", True),
        ("Kherson, Ukraine", False),
        ("Pokrovsk, Donetsk Oblast", False),
        ("Харків, Салтівка", False),
        ("Івано-Франківськ", False),
        ("Ростов-на-Дону", False),
        ("Kryvyi Rih, Dnipropetrovsk Oblast, Ukraine", False),
        ("м. Суми, вул. Соборна, 5", False),
    ],
)
def test_lists_of_settlements(place, is_several):
    assert names_several(place) is is_several


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("Debunked", "disputed"),
        ("Confirmed false", "disputed"),
        ("Partially verified", "claimed"),
        ("false", "claimed"),
        ("перевіряється", "claimed"),
        ("частично подтверждено", "claimed"),
        ("фейк", "disputed"),
        ("verified", "confirmed"),
        ("confirmed (geolocated)", "confirmed"),
        ("підтверджено (відео)", "confirmed"),
        ("подтверждено (спутниковые снимки)", "confirmed"),
        ("unconfirmed (video)", "claimed"),
        ("confirmed (by Russian MoD)", ""),
        ("подтверждено (не полностью)", ""),
        ("підтверджено (частково)", ""),
        ("confirmed (not independently)", ""),
    ],
)
def test_words_for_the_status(cell, status):
    assert status_of(cell) == status


def test_every_column_of_links_is_a_source(tmp_path):
    links = {name: f"https://t.me/a/{n}" for n, name in enumerate(("source 1", "source 2"), 1)}
    text = (
        f"date,{','.join(links)},photo\n2025-01-14,{','.join(links.values())},https://a.example/b\n"
    )
    reports = imported(tmp_path, "a.csv", text).casebook.reports
    assert list(reports["url"]) == list(links.values())


def test_a_picture_without_damage_is_no_event(tmp_path):
    path = tmp_path / "a.csv"
    rows = "1,2022-03-14,{},Irpin\n2,2022-03-14,{},Irpin\n".format("No visible damage", "Destroyed")
    path.write_text(f"SiteID,SensorDate,Damage_Class,Settlement\n{rows}", "utf-8")
    account = reader("unosat")(path).account
    assert (account.taken, account.set_aside[0].remark.found) == (1, "No visible damage")


def test_a_day_that_words_follow(tmp_path):
    marks = ("14.01.2025 — Engels, oil depot", "15 Jan 2025: Ryazan", "16.01.2025 Kazan", "Legend")
    path = tmp_path / "a.geojson"
    point = {"type": "Point", "coordinates": [46.2, 51.48]}
    features = [{"type": "Feature", "properties": {"name": m}, "geometry": point} for m in marks]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    found = taken(path)
    assert [day.day for day in found.casebook.events["date_start"]] == [14, 15, 16]
    assert "Engels, oil depot" in found.casebook.events["extra"][0]
    assert any("begin with" in note for note in found.account.notes)


def test_civilians_are_not_all_who_were_killed():
    told = columns(
        **{
            "civilians killed": ["1", "0"],
            "military killed": ["0", "5"],
            "date": ["2025-01-14"] * 2,
        }
    )
    assert "killed" not in told.values()
    assert (
        columns(**{"civilians killed": ["1"], "date": ["2025-01-14"]})["civilians killed"]
        == "killed"
    )


@pytest.mark.parametrize(
    "text", ["14.01.2025 за день", "за сутки 14.01.2025", "early hours of 14 January 2025"]
)
def test_a_part_of_a_day_is_that_day(text):
    assert str(read_when(text).days) == "2025-01-14"


def test_a_link_in_the_text_is_a_source_where_no_column_holds_one(tmp_path):
    text = "date,description\n2025-01-14,Fire (https://t.me/a/1)\n2025-01-15,Fire at 3.5 km\n"
    found = imported(tmp_path, "a.csv", text)
    assert list(found.casebook.reports["url"].dropna()) == ["https://t.me/a/1"]
    assert found.account.doubts[0].reason == "the link is read from the text"


@pytest.mark.parametrize(
    ("text", "days", "clock"),
    [
        ("15.01.2025 03:00-04:30", "2025-01-15", "03:00"),
        ("2025-01-15 03:00-04:30", "2025-01-15", "03:00"),
        ("15 January 2025, 22:10 – 23:40", "2025-01-15", "22:10"),
        ("15.01.2025 23:00-01:30", "2025-01-15/2025-01-16", None),
        ("2025-01-15T03:00-05:00", "2025-01-15", "03:00"),
        ("2025-01-15 03:00:00-05:00", "2025-01-15", "03:00"),
        ("15.01.2025 03:00 UTC-05:00", "2025-01-15", "03:00"),
    ],
)
def test_from_a_time_till_another_one(text, days, clock):
    when = read_when(text)
    assert str(when.days) == days
    assert (f"{when.clock:%H:%M}" if when.clock else None) == clock
    is_zone = "T" in text or "00-05" in text
    assert bool(when.clock and when.clock.tzinfo) == is_zone


def test_who_attacked_did_not_shoot_down(tmp_path):
    text = "Date,City,Event type,Actor\n2025-01-14,Kyiv,Air defence interception,Russia\n"
    found = imported(tmp_path, "a.csv", text)
    assert list(found.casebook.events["actor"]) == ["unknown"]
    assert found.account.doubts[0].reason.startswith("who attacked")
    own = imported(tmp_path, "b.csv", "date,kind,actor\n2025-01-14,interception,UA\n")
    assert list(own.casebook.events["actor"]) == ["UA"]


def test_names_of_columns_in_two_languages():
    cells = {"Date / Дата": ["14.01.2025"], "Place / Місце": ["Суми"], "Lat/Lon": ["50.91, 34.8"]}
    assert list(columns(**cells).values()) == ["date_start", "position", "place"]


def test_a_city_named_as_its_own_unit_is_not_in_the_oblast(tmp_path):
    text = "date,location,oblast\n2025-01-15,Kyiv,Kyiv\n2025-01-15,Odesa,Odesa\n"
    found = imported(tmp_path, "a.csv", text)
    assert set(found.casebook.events["admin1"].dropna()) == {"UA-51"}
    assert found.account.doubts[0].found == "Kyiv"


def test_fires_by_other_names_are_no_events():
    assert told_source(RawTable("a", ("lat", "lon", "date", "frp", "confidence"), (), ()))[
        1
    ].startswith("corroborate")


def test_days_without_a_year_are_of_the_year_of_their_own_sheet(tmp_path):
    head, row = ["Дата", "Місто", "Що сталося"], ["12.03", "Суми", "Удар дроном"]
    path = workbook(tmp_path / "a.xlsx", **{"2024": [head, row], "2025": [head, row]})
    found = taken(path)
    assert [f"{day:%F}" for day in found.casebook.events["date_start"]] == [
        "2024-03-12",
        "2025-03-12",
    ]
    assert any("a.xlsx/2025 as of 2025" in note for note in found.account.notes)


@pytest.mark.parametrize(
    ("title", "is_outside"),
    [
        ("Strikes in March 2025", True),
        ("Удари, березень 2025 року", True),
        ("Удары в апреле 2025", False),
        ("Updated 3 March 2025", False),
        ("March and April 2025", False),
        ("Strikes from March 2025 to April 2025", False),
    ],
)
def test_a_day_outside_of_the_month_of_its_title_is_told(tmp_path, title, is_outside):
    text = f"{title};;\nDate;City;Note\n12.04.2025;Sumy;a strike\n13.04.2025;Sumy;a strike\n"
    doubts = imported(tmp_path, "a.csv", text).account.doubts
    assert any("outside of the month" in one.reason for one in doubts) == is_outside


@pytest.mark.parametrize("day", ["0001-01-01T00:00:00", "1970-01-01", "1900-01-01", "9999-12-31"])
def test_what_software_writes_for_no_day_is_none(tmp_path, day):
    path = tmp_path / "a.csv"
    text = f"date;latitude;longitude;description;id\n{day};48.5;37.5;fire;1\n"
    path.write_text(f"{text}2025-01-14;48.5;37.5;fire;2\n2012-01-14;48.5;37.5;fire;3\n", "utf-8")
    found = read_geoconfirmed(path)
    (left,), (doubt,) = found.account.set_aside, found.account.doubts
    assert (left.remark.line, left.remark.reason) == (2, "a day that stands for none")
    assert (doubt.line, doubt.reason) == (4, "a day before the war")


@pytest.mark.parametrize(
    ("title", "description", "day"),
    [
        ("01/09/2024 - Fire", "ENTRY: UW1. DATE: 30/08/2024. LOCATION: Kharkiv", "2024-08-30"),
        ("11/20/2024 - Debris", "ENTRY: UW1. DATE: 20/11/2024. LOCATION: Kursk", "2024-11-20"),
        ("30/08/2024 - Fire", "ENTRY: UW1. DATE: 30/08/2024. LOCATION: Kharkiv", "2024-08-30"),
        ("Unknown date", "ENTRY: UW1. DATE: unknown, before 16/08/2024. LOCATION: K", "2024-08-16"),
    ],
)
def test_the_day_that_a_description_states_stands_before_the_title(
    tmp_path, title, description, day
):
    path = tmp_path / "a.csv"
    path.write_text(
        f'title,description,coordinates\n{title},"{description}","50.0, 36.3"\n', "utf-8"
    )
    found = read_eyesonrussia(path)
    event = found.casebook.events.iloc[0]
    assert f"{event.date_start:%Y-%m-%d}" == day
    assert event.date_basis == ("before" if "before" in description else "exact")
    assert bool(found.account.doubts) is not title.startswith("30/08")


def test_what_is_of_military_presence_alone_is_no_event(tmp_path):
    path = tmp_path / "a.csv"
    line = '04/10/2024 - Convoy,"51.6, 35.6","[""{}""]"\n'
    rows = line.format("Russian Military Presence") + line.format("Bombing or explosion")
    path.write_text(f"title,coordinates,categories\n{rows}", "utf-8")
    account = read_eyesonrussia(path).account
    assert (account.taken, [one.remark.line for one in account.set_aside]) == (1, [2])


@pytest.mark.parametrize(
    ("actor", "inter", "side"),
    [
        ("Security Service of Ukraine", "State forces", "UA"),
        ("Police Forces of Ukraine (2019-)", "1", "UA"),
        ("Federal Security Service (Russia)", "State forces", "RU"),
        ("Civilians (Ukraine)", "Civilians", "unknown"),
        ("Unidentified Armed Group (Ukraine)", "3", "unknown"),
        ("Protesters (Russia)", "1", "unknown"),
    ],
)
def test_who_is_of_the_state_of_one_country(tmp_path, actor, inter, side):
    path = tmp_path / "a.csv"
    names = "event_id_cnty,event_date,actor1,inter1,latitude,longitude"
    path.write_text(f"{names}\nUKR1,2024-01-01,{actor},{inter},48.28,37.18\n", "utf-8")
    assert read_acled(path).casebook.events.iloc[0].actor == side


@pytest.mark.parametrize("cell", ["13 Apr 2025, c. 10:20", "13.04.2025 бл. 10:20"])
def test_about_what_time_of_a_day(cell):
    when = read_when(cell)
    assert (str(when.days), f"{when.clock:%H:%M}", when.exact) == ("2025-04-13", "10:20", False)


def test_by_whom_where_cells_are_bare_names_of_sides():
    days = ["2025-01-14", "2025-01-15"]
    assert columns(Date=days, By=["UA", "RU"])["By"] == "actor"
    assert columns(Дата=days, Ким=["Росія", "ЗСУ"])["Ким"] == "actor"
    assert columns(Дата=days, Кем=["РФ", "ВСУ"])["Кем"] == "actor"
    assert "By" not in columns(Date=days, By=["Kyiv Post", "Reuters"])


def test_the_kind_of_means_is_the_weapon():
    cells = {"Дата": ["2025-01-14"], "Тип засобу": ["ударні БпЛА Shahed"]}
    assert columns(**cells)["Тип засобу"] == "weapon"
    cells = {"Дата": ["2025-01-14"], "Тип средства": ["крылатая ракета"]}
    assert columns(**cells)["Тип средства"] == "weapon"


def test_a_facility_called_by_its_town_is_where_the_town_is(tmp_path):
    rows = '2025-01-14,54.57,39.78,"{}, НПЗ"\n'
    text = "Дата,Широта,Долгота,Объект\n" + rows.format("Рязань") + rows.format("Саратов")
    (doubt,) = imported(tmp_path, "a.csv", text).account.doubts
    assert (doubt.line, doubt.reason) == (3, "position far from the place named")


@pytest.mark.parametrize("cell", ["+380501112233", "+38 (050) 111-22-33", "a.b@example.org"])
def test_a_column_by_which_persons_can_be_reached_is_told(tmp_path, cell):
    text = "date,lat,lon,description,contact,code\n2025-01-14,48.5,37.5,a fire in a depot,{},0501\n"
    (told,) = [
        n for n in imported(tmp_path, "a.csv", text.format(cell)).account.notes if "e-mail" in n
    ]
    assert told.startswith("'contact' holds")
    notes = imported(tmp_path, "a.csv", text.format("2025-01-14")).account.notes
    assert not any("e-mail" in note for note in notes)


def test_the_status_of_a_placemark_is_taken_and_an_unknown_one_is_told(tmp_path):
    point = "<Point><coordinates>37.18,48.28</coordinates></Point>"
    marks = "".join(
        f"<Placemark><name>{name}</name><ExtendedData><Data name='Дата'><value>11.04.2024</value>"
        f"</Data><Data name='Статус'><value>{status}</value></Data></ExtendedData>"
        f"{point}</Placemark>"
        for name, status in (("A", "Підтверджено"), ("B", "Спростовано"), ("C", "сонячно"))
    )
    file = tmp_path / "a.kml"
    file.write_text(f"<kml><Document>{marks}</Document></kml>", "utf-8")
    events = read_kml(file, date_order="dmy").casebook.events
    assert dict(zip(events["place"], events["status"], strict=True)) == {
        "A": "confirmed",
        "B": "disputed",
        "C": "claimed",
    }


@pytest.mark.parametrize(
    ("cell", "country"),
    [("RU", "RU"), ("RUS", "RU"), ("Ukraine", "UA"), ("Росія", "RU"), ("Narnia", None)],
)
def test_a_country_by_name_or_code_is_kept_without_a_position(tmp_path, cell, country):
    file = tmp_path / "a.csv"
    file.write_text(f"day,where,state\n2025-01-14,somewhere,{cell}\n", "utf-8")
    columns = {"date_start": "day", "place": "where", "country": "state"}
    plan = TableMapping.model_validate({"title": "t", "columns": columns})
    (event,) = read_csv(file, mapping=plan).casebook.events.to_dict("records")
    assert (event["country"] if isinstance(event["country"], str) else None) == country
    assert country or ("Narnia" in event["note"] and "Narnia" in event["extra"])


def test_a_known_source_without_a_day_that_can_be_read_says_so(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("SiteID,Latitude,Longitude,SensorDate\n1,48.2,37.1,soon\n", "utf-8")
    with pytest.raises(ImportFileError, match="'soon' is not a day"):
        reader("unosat")(file)
