"""What the words of a row say beside its columns: days, clocks, bounds, denials, squares."""

import datetime as dt
import json
import zipfile

import pytest

from geoconflict.cli.exchange import _known
from geoconflict.errors import ImportFileError
from geoconflict.importers import (
    READERS,
    read_attacks,
    read_bellingcat,
    read_csv,
    read_kml,
    read_viina,
)
from geoconflict.importers.mapping import propose_mapping, read_mapping


def proposed(path, text="", **changes):
    if text:
        path.write_text(text, "utf-8")
    mapping = path.with_suffix(".toml")
    mapping.write_text(propose_mapping(path), "utf-8")
    return read_csv(path, mapping=read_mapping(mapping).model_copy(update=changes))


def rows(imported):
    return imported.casebook.events.to_dict("records")


def reasons(imported):
    account = imported.account
    return {one.line: one.reason for one in account.doubts}, [
        one.remark.reason for one in account.set_aside
    ]


def kml(path, *marks, document="", folder=""):
    named = f"<Folder><name>{folder}</name>{''.join(marks)}</Folder>" if folder else "".join(marks)
    path.write_text(f"<kml><Document><name>{document}</name>{named}</Document></kml>", "utf-8")
    return path


def mark(name="", description="", **data):
    cells = "".join(f'<Data name="{n}"><value>{v}</value></Data>' for n, v in data.items())
    return (
        f"<Placemark><name>{name}</name><description><![CDATA[{description}]]></description>"
        f"<ExtendedData>{cells}</ExtendedData>"
        "<Point><coordinates>36.23,49.99</coordinates></Point></Placemark>"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Сигнал «ракетная опасность», попаданий не зафиксировано", "of an alert without a hit"),
        ("Сбиты БПЛА", "of arms shot down, not of a strike"),
        ("No hits were recorded, debris fell on a field", "of what was not so"),
        ("Оголошено повітряну тривогу", "of an alert alone"),
        ("Пошкоджено дах школи, збито чотири дрони", None),
        ("не підтверджено", None),
        ("Минобороны отрицает попадание в завод", "of a denial"),
        ("The governor denied any damage to the plant", "of a denial"),
        ("The mayor did not comment on damage", None),
        ("A car came under fire while driving down a highway", None),
        ("Correction: the missile did not hit the plant", "of what was not so"),
        ("https://t.me/example/no-hits", None),
    ],
)
def test_a_column_that_the_mapping_does_not_name_speaks_against_a_strike(tmp_path, words, said):
    text = f'date,lat,lon,zzz\n2025-01-08,49.99,36.23,"{words}"\n2025-01-09,49.99,36.23,Удар\n'
    doubts, _ = reasons(proposed(tmp_path / "a.csv", text, kind="strike"))
    assert doubts.get(2) == (f"the words tell {said}" if said else None)
    assert 3 not in doubts


def test_a_kml_says_what_it_leaves_out_of_a_number(tmp_path):
    path = kml(tmp_path / "a.kml", mark("2025-01-08", загинуло="13", поранено="понад 110"))
    found = read_kml(path)
    assert rows(found)[0]["injured"] == 110
    assert (
        "a number of injured with words beside it, read as that number"
        in reasons(found)[0].values()
    )


@pytest.mark.parametrize(
    ("name", "description", "data", "folder", "document", "day"),
    [
        ("a", "", {"дата": "17 січня"}, "Січень 2025", "", "2025-01-17"),
        ("17 січня - Кривий Ріг", "", {}, "Січень 2025", "", "2025-01-17"),
        ("17 января, Херсон", "", {}, "", "Обстрелы 2025", "2025-01-17"),
        ("Кривий Ріг", "17 січня 2025, 16:10. Ракета", {}, "Січень 2025", "", "2025-01-17"),
        ("Удар по Харкову 12.01.2025", "", {}, "", "", "2025-01-12"),
        ("Харків", "Обстріл у ніч на 12 січня 2025 року", {}, "", "", "2025-01-11"),
        ("Kharkiv", "", {}, "", "Strikes of 14 January 2025", "2025-01-14"),
        ("Kharkiv", "", {}, "Січень 2025", "", "2025-01-01"),
        ("Orel (updated 20 January 2025)", "Hit on 13 January 2025", {}, "", "", "2025-01-13"),
        ("Белгород", "", {"Дата (UTC)": "2024-12-31 22:30"}, "2024", "", "2025-01-01"),
    ],
)
def test_the_day_of_a_placemark_is_found_where_it_stands(
    tmp_path, name, description, data, folder, document, day
):
    path = kml(
        tmp_path / "a.kml", mark(name, description, **data), document=document, folder=folder
    )
    assert str(rows(read_kml(path))[0]["date_start"].date()) == day


@pytest.mark.parametrize(
    ("name", "description", "document"),
    [
        ("Kharkiv", "", "Map as of 14 January 2025"),
        ("Харків", "Удари 12.01.2025 та 15.01.2025", ""),
        ("17 січня", "", "Карта"),
        ("Орёл", "добавлено 16.01.2025", ""),
    ],
)
def test_a_placemark_whose_day_is_not_told_is_set_aside(tmp_path, name, description, document):
    path = kml(tmp_path / "a.kml", mark(name, description), document=document)
    with pytest.raises(ImportFileError, match=r"names no day|several days"):
        read_kml(path)


def test_a_picture_in_a_description_is_no_report(tmp_path):
    text = 'Hit<br><img src="https://example.org/a.jpg"> https://t.me/example/1'
    found = read_kml(kml(tmp_path / "a.kml", mark("2025-01-08", text)))
    assert list(found.casebook.reports["url"]) == ["https://t.me/example/1"]


@pytest.mark.parametrize("header", ["date start,date end", "Початок атаки,Кінець атаки"])
def test_an_end_before_the_start_on_one_day_is_set_aside(tmp_path, header):
    spans = ("2025-01-20 19:00,2025-01-20 08:30", "2025-01-20 19:00,2025-01-21 08:30")
    text = f"{header},lat,lon\n" + "".join(f"{span},50,36\n" for span in spans)
    found = proposed(tmp_path / "a.csv", text)
    assert found.account.events == 1
    assert reasons(found)[1] == ["an end before the start"]


@pytest.mark.parametrize(
    ("time", "day", "said"),
    [
        ("23:30", "2025-01-15", "the day is that of the place"),
        ("23:30 мск", "2025-01-15", "the day is that of the place"),
        ("23:30 по местному времени", "2025-01-14", None),
        ("23:30 local time", "2025-01-14", None),
        (
            "23:30 (омское время)",
            "2025-01-14",
            "a time zone that is not known, the day may be another one",
        ),
        ("23.30", "2025-01-15", "the day is that of the place"),
    ],
)
def test_a_time_is_by_the_clock_that_its_cell_names(tmp_path, time, day, said):
    # Saratov is an hour before Moscow.
    text = f"Дата,Время мск,lat,lon\n14.01.2025,{time},51.5,46.0\n"
    found = proposed(tmp_path / "a.csv", text)
    assert rows(found)[0]["date_start"].date() == dt.date.fromisoformat(day)
    assert reasons(found)[0].get(2) == said


@pytest.mark.parametrize(
    ("text", "day", "said"),
    [
        ("Энгельс, Саратовская область. Удар БПЛА", "2025-01-14", "the day is that of the place"),
        ("Удар БПЛА", "2025-01-13", "no place is told, and farther east it can be the next day"),
    ],
)
def test_an_evening_at_home_is_the_next_day_farther_east(tmp_path, text, day, said):
    table = f'date,text\n2025-01-13T21:50:00Z,"{text}"\n'
    found = proposed(tmp_path / "a.csv", table)
    assert str(rows(found)[0]["date_start"].date()) == day
    assert said in reasons(found)[0].values()


def test_a_row_of_where_troops_stand_is_no_event_and_a_strike_on_them_is(tmp_path):
    text = (
        "Date,Type,Fate,lat,lon\n2025-01-18,HQ of the 8th Army,position,48.0,37.8\n"
        "2025-01-19,HQ of the 8th Army,destroyed,48.0,37.8\n"
    )
    found = proposed(tmp_path / "losses.csv", text)
    assert found.account.events == 1
    assert reasons(found)[1] == ["where troops are, no event"]


def test_a_coarse_square_of_a_grid_is_taken_with_its_size(tmp_path):
    pytest.importorskip("mgrs")
    text = "date,mgrs\n2025-01-18,36U XB 57 80\n2025-01-19,36U XB 57123 80123\n"
    found = proposed(tmp_path / "a.csv", text)
    first, second = rows(found)
    assert first["precision_m"] == pytest.approx(710)
    assert not second["precision_m"] > 0
    assert reasons(found)[0] == {2: "the middle of a square of 1,000 m"}


def test_a_weapon_that_nobody_knows_is_none_and_stays(tmp_path):
    text = "date,lat,lon,weapon\n2025-01-18,50,36,невідомо\n2025-01-19,50,36,unknown drone\n"
    first, second = rows(proposed(tmp_path / "a.csv", text))
    assert not isinstance(first["weapon"], str) or not first["weapon"]
    assert json.loads(first["extra"])["weapon"] == "невідомо"
    assert second["weapon"] == "unknown drone"


def test_a_text_in_a_zip_is_read_where_it_is_a_table(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("strikes.txt", "date\tlat\tlon\n2025-01-18\t50\t36\n2025-01-19\t50\t36\n")
        archive.writestr("READ ME.txt", "Times are of Kyiv, and so are places.\nNothing else.\n")
        archive.writestr("map.png", b"\x89PNG")
    found = proposed(path)
    assert found.account.events == 2
    assert [note for note in found.account.notes if "is not read" in note] == [
        "a.zip/strikes.txt: the file READ ME.txt of the zip is not read",
        "a.zip/strikes.txt: the file map.png of the zip is not read",
    ]


def test_a_name_of_a_kind_of_file_is_answered_with_the_command_that_reads_it():
    for name in ("gpx", "shp", "GeoJSON"):
        with pytest.raises(ImportFileError, match="use: geoconflict import csv"):
            _known(name, {"acled": 1, "csv": 2})


def test_news_of_nothing_military_is_no_event(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "event_id_1pd,date,longitude,latitude,asciiname,ADM1_NAME,text,t_mil_b,t_uav_b,t_aad_b\n"
        "1,20250108,30.52,50.45,Kyiv,Kyiv,Збили безпілотники,1,1,1\n"
        "2,20250108,37.6,55.7,Moscow,,Заседание,0,0,0\n"
    )
    found = read_viina(path)
    assert (found.account.events, reasons(found)) == (
        1,
        ({}, ["news of nothing military, by the flag t_mil"]),
    )
    assert rows(found)[0]["kind"] == "interception"


def test_a_mark_of_a_footnote_at_a_day_is_told_and_stays(tmp_path):
    found = proposed(tmp_path / "a.csv", "date,lat,lon\n03.01.2025*,50,36\n")
    assert reasons(found)[0] == {2: "a day with the mark of a footnote, which may say more of it"}
    assert json.loads(rows(found)[0]["extra"])["date"] == "03.01.2025*"


def test_all_parts_of_a_geometry_stay(tmp_path):
    line = {"type": "LineString", "coordinates": [[36, 50], [37, 50]]}
    parts = [{"type": "Point", "coordinates": [36.23, 49.99]}, line]
    geometry = {"type": "GeometryCollection", "geometries": parts}
    one = {"type": "Feature", "properties": {"date": "2025-01-10"}, "geometry": geometry}
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [one]}))
    (row,) = rows(proposed(path))
    assert json.loads(json.loads(row["extra"])["geometry"])["geometries"] == parts


def test_arms_that_are_in_service_are_no_loss(tmp_path):
    text = (
        'date,model,status,coordinates\n2025-01-09,T-90M,destroyed,"48.2, 37.15"\n'
        '2025-01-10,Su-34,damaged,"48.3, 41.8"\n2025-01-15,S-400,active,"50.6, 36.6"\n'
    )
    found = proposed(tmp_path / "a.csv", text)
    assert (found.account.events, reasons(found)[1]) == (2, ["where arms or troops are, no event"])


def test_weapons_of_which_only_hits_are_told_are_a_strike(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "time_start,time_end,model,launched,destroyed,num_hit_location\n"
        "2025-01-16,2025-01-16,Iskander-M,1,,1\n2025-01-17,2025-01-17,Kalibr,4,3,1\n"
    )
    found = read_attacks(path)
    told = [(row["kind"], row["actor"]) for row in rows(found)]
    assert told == [("strike", "RU"), ("interception", "UA")]
    assert reasons(found)[0] == {3: "hits beside what was shot down"}


def test_a_post_on_an_anniversary_is_told_to_name_another_day(tmp_path):
    text = "date,text\n2025-01-11T10:00:00,Роковини удару 11 січня 2023 року по Харкову\n"
    found = proposed(tmp_path / "a.csv", text, date_basis="assumed")
    assert reasons(found)[0] == {2: "the text names another day"}


def test_of_pictures_of_a_site_the_earliest_with_damage_is_taken(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "SiteID,SensorDate,Main_Damage_Site_Class,Latitude,Longitude,SensorDate_1,"
        "Main_Damage_Site_Class_1\n1,2025/01/12,Destroyed,48.28,37.18,2024/12/01,Moderate Damage\n"
    )
    (row,) = rows(READERS["unosat"](path))
    assert (str(row["date_start"].date()), row["effects"]) == ("2024-12-01", "Moderate Damage")


def test_a_column_of_dead_and_injured_in_a_kml_is_read(tmp_path):
    path = kml(tmp_path / "a.kml", mark("2025-01-08", **{"Погибло/ранено": "1/3"}))
    (row,) = rows(read_kml(path))
    assert (row["killed"], row["injured"]) == (1, 3)


def test_several_days_of_a_placemark_are_told(tmp_path):
    path = kml(
        tmp_path / "a.kml", mark("Козинка", "обстрелы 10.01.2025 и 15.01.2025"), folder="2025"
    )
    found = read_kml(path)
    assert reasons(found)[0] == {1: "several days are named"}
    assert rows(found)[0]["date_basis"] == "about"


def test_where_a_brigade_is_quartered_is_no_event(tmp_path):
    path = kml(tmp_path / "a.kml", mark("ПВД 155 бригады", "16.01.2025"), mark("16.01.2025 Удар"))
    assert reasons(read_kml(path))[1] == ["where troops are, no event"]


@pytest.mark.parametrize("cell", ["нет/нет", "none / none", "немає/немає"])
def test_nobody_on_both_sides_of_a_stroke_is_none(tmp_path, cell):
    (row,) = rows(
        proposed(tmp_path / "a.csv", f"date,lat,lon,killed/injured\n2025-01-08,50,36,{cell}\n")
    )
    assert (row["killed"], row["injured"]) == (0, 0)


def test_a_time_of_a_town_stays_where_no_place_is_told(tmp_path):
    text = "date,time,tz,weapon\n2025-01-14,01:30,Europe/Saratov,drone\n"
    (row,) = rows(proposed(tmp_path / "a.csv", text))
    assert str(row["date_start"].date()) == "2025-01-14"


def test_a_post_on_a_night_is_told_to_begin_a_day_before(tmp_path):
    text = "date,text\n2025-01-11T10:00:00,У ніч на 11 січня збили 47 дронів\n"
    found = proposed(tmp_path / "a.csv", text, date_basis="assumed")
    assert reasons(found)[0] == {2: "the text names another day"}


def test_a_channel_exported_without_the_zone_of_its_times_is_read_and_told(tmp_path):
    message = {"id": 1, "type": "message", "date": "2025-01-14T01:10:00", "from_id": "channel9"}
    content = {"name": "feed", "type": "public_channel", "id": 9}
    content["messages"] = [{**message, "text": "Explosions in Engels"}]
    path = tmp_path / "result.json"
    path.write_text(json.dumps(content))
    found = READERS["telegram"](path)
    assert str(rows(found)[0]["date_start"].date()) == "2025-01-14"
    assert any("does not say the zone" in note for note in found.account.notes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Depot destroyed on Jan 12, geolocated", "the text names another day"),
        ("Donate to our fundraiser for strike drones", "the words ask for money"),
        ("No water in the whole district", "no word that is known tells what happened"),
        ("A drone hit a depot, 12 tanks burnt", None),
    ],
)
def test_a_post_that_is_of_another_day_or_of_nothing_is_told(tmp_path, text, said):
    table = f'date,place,lat,lon,text\n2025-01-15T11:00:00,Odesa,46.48,30.73,"{text}"\n'
    found = proposed(tmp_path / "a.csv", table, date_basis="assumed")
    assert reasons(found)[0].get(2) == said


def test_a_file_of_bellingcat_with_the_day_first_is_asked_about(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "id,date,latitude,longitude,description\nCIV1,02/01/2025,50.45,30.52,a\n"
        "CIV2,13/01/2025,50.45,30.52,b\nCIV3,02/03/2025,50.45,30.52,c\n"
    )
    found = read_bellingcat(path)
    assert [str(row["date_start"].date()) for row in rows(found)] == ["2025-01-13"]
    assert len(reasons(found)[1]) == 2
    days = [str(row["date_start"].date()) for row in rows(read_bellingcat(path, date_order="dmy"))]
    assert days == ["2025-01-02", "2025-01-13", "2025-03-02"]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [("74,47/30,yes", "interception"), ("74,some,2", "interception"), ("2,,2", "strike")],
)
def test_hits_beside_arms_shot_down_of_no_readable_number_are_no_strike(tmp_path, cells, kind):
    lines = "".join(f"2025-01-{day},6,5,0\n" for day in range(16, 20))
    text = f"date,launched,shot down,hits\n2025-01-15,{cells}\n{lines}"
    assert rows(proposed(tmp_path / "a.csv", text))[0]["kind"] == kind


def test_when_it_occurred_stands_before_when_it_was_reported(tmp_path):
    text = (
        "Reported,Occurred (from),Occurred (to),lat,lon\n2025-01-09,2025-01-07,2025-01-08,50,36\n"
    )
    (row,) = rows(proposed(tmp_path / "a.csv", text))
    days = (str(row["date_start"].date()), str(row["date_end"].date()), row["date_basis"])
    assert days == ("2025-01-07", "2025-01-08", "exact")
