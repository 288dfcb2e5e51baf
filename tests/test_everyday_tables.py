"""Tables as hospitals, councils, insurers and volunteers keep them: what is taken of their rows."""

import json

import pytest

from geoconflict.errors import ImportFileError
from geoconflict.importers import read_csv
from geoconflict.importers.mapping import propose_mapping, read_mapping


def proposed(path, text, **changes):
    path.write_text(text, "utf-8")
    mapping = path.with_suffix(".toml")
    mapping.write_text(propose_mapping(path), "utf-8")
    return read_csv(path, mapping=read_mapping(mapping).model_copy(update=changes))


def rows(imported):
    return imported.casebook.events.to_dict("records")


def days(row):
    return str(row["date_start"])[:10], str(row["date_end"])[:10], row["date_basis"]


def doubts(imported):
    return [f"{one.reason}: {one.found}" for one in imported.account.doubts]


def set_aside(imported):
    return [one.remark.reason for one in imported.account.set_aside]


@pytest.mark.parametrize(
    ("entered", "happened"),
    [
        ("Дата госпіталізації", "Дата поранення"),
        ("Дата внесения в реестр", "Дата повреждения"),
        ("Date of assessment", "Loss date"),
        ("Date reported", "Day of damage"),
    ],
)
def test_of_two_days_that_of_the_event_is_taken_and_not_that_of_entering(
    entered, happened, tmp_path
):
    table = (
        f"{entered};{happened};Injured\n20.03.2025;17.03.2025;2\n20.03.2025;20.03.2025 вранці;1\n"
    )
    first, second = rows(proposed(tmp_path / "a.csv", table))
    assert days(first) == ("2025-03-17", "2025-03-17", "exact")
    assert days(second) == ("2025-03-20", "2025-03-20", "exact")
    assert json.loads(second["extra"])[happened] == "20.03.2025 вранці"


def test_of_bare_dates_beside_those_of_strikes_the_earlier_are_taken(tmp_path):
    table = "Дата,Дата удару,Поранено\n20.03.2025,17.03.2025,2\n21.03.2025,21.03.2025,1\n"
    first, _ = rows(proposed(tmp_path / "a.csv", table))
    assert days(first)[0] == "2025-03-17"


@pytest.mark.parametrize(
    ("time", "night", "found"),
    [
        ("03:30", "", ("2025-01-15", "2025-01-15", "assumed")),
        ("23:40", "14/15", ("2025-01-14", "2025-01-14", "assumed")),
        ("03:30", "14/15", ("2025-01-15", "2025-01-15", "assumed")),
        ("", "14/15", ("2025-01-14", "2025-01-15", "assumed")),
        ("вечером 14.01", "", ("2025-01-14", "2025-01-14", "assumed")),
        ("ночь", "14/15", ("2025-01-14", "2025-01-15", "assumed")),
    ],
)
def test_the_hour_of_a_post_is_not_that_of_the_event_beside_its_night_and_time(
    time, night, found, tmp_path
):
    table = (
        "Дата публикации,Время,Ночь,Погибших\n"
        f"15.01.2025 09:10,{time},{night},1\n16.01.2025 08:00,04:00,15/16,1\n"
    )
    first, _ = rows(proposed(tmp_path / "a.csv", table))
    assert days(first) == found


def test_a_line_with_nothing_but_a_day_is_no_event(tmp_path):
    table = "Дата,Місце,Загинуло\n01.06.2025,Херсон,2\nСтаном на 10.06.2025,,\n"
    imported = proposed(tmp_path / "a.csv", table)
    assert (imported.account.taken, set_aside(imported)) == (1, ["nothing but a day"])


@pytest.mark.parametrize(
    ("cell", "place", "unit"),
    [
        ("Харківська обл., м. Чугуїв", "м. Чугуїв", "UA-63"),
        ("м. Суми (Сумська обл.)", "м. Суми", "UA-59"),
        ("Chernihiv Oblast / Nizhyn", "Nizhyn", "UA-74"),
        ("Донецкая область, Краматорский р-н, Дружковка", "Дружковка", "UA-14"),
        ("Сумщина", None, "UA-59"),
        ("Харків", "Харків", None),
        ("Запоріжжя, Дніпро, Харків", None, None),
    ],
)
def test_a_town_is_told_from_the_unit_that_stands_beside_it_in_a_cell(cell, place, unit, tmp_path):
    table = f'date;place;killed\n2025-05-03;"{cell}";2\n'
    imported = proposed(tmp_path / "a.csv", table)
    (row,) = rows(imported)
    assert (row["place"], row["admin1"]) == (place, unit)
    assert ("several places" in str(doubts(imported))) == cell.startswith("Запоріжжя")


@pytest.mark.parametrize(
    ("text", "place", "kind", "weapon", "toll"),
    [
        ("#Суми #Шахед влучив у склад. Загинуло: 3; поранено: 7", "Sumy", "strike", "Шахед", 3),
        ("A missile hit a school in Nikopol. Killed: 2", "Nikopol", "strike", "missile", 2),
        ("Обстрел Херсона из РСЗО, погибших - 1", "Kherson", "strike", "РСЗО", 1),
        ("Суми і Ромни: удари дронами, 4 загиблих", None, "strike", "дронами", 4),
        ("Сбиты 5 БПЛА над Таганрогом", "Taganrog", "interception", None, None),
        ("Штурм позицій під Торецьком відбито", "Toretsk", "other", None, None),
    ],
)
def test_words_tell_what_no_column_does_and_it_is_said(text, place, kind, weapon, toll, tmp_path):
    table = f"date\tpost\tlink\n2025-03-02\t{text}\thttps://t.me/a/1\n"
    imported = proposed(tmp_path / "a.csv", table)
    (row,) = rows(imported)
    killed = None if row["killed"] != row["killed"] or row["killed"] is None else int(row["killed"])
    assert (row["place"], row["kind"], row["weapon"], killed) == (place, kind, weapon, toll)
    said = imported.account.text()
    assert ("the kind is read from the words" in said) == (kind != "other")
    assert ("the weapon is read from the text" in said) == (weapon is not None)
    assert ("the place is read from the text" in said) == (place is not None)
    assert ("places that are not taken: 1 (a.csv line 2: Sumy, Romny)" in said) == (place is None)


def test_what_the_words_say_otherwise_than_the_cells_is_said(tmp_path):
    table = (
        "date,place,description,notes\n"
        "2025-02-08,Kharkiv,Two people killed on the way after a shell hit a car in Odesa,\n"
        "2025-02-08,Kharkiv,A drone hit a depot,first hit on 17.01.2025\n"
        "2025-02-08,Kharkiv,Correction: the depot in Kharkiv was hit by a drone,\n"
    )
    said = proposed(tmp_path / "a.csv", table).account.text()
    assert "people killed, of whom no number is taken" in said
    assert "the text names another place: 1 (a.csv line 2: Odesa, not Kharkiv)" in said
    assert "the text names another day: 1 (a.csv line 3: 17.01.2025)" in said
    assert "the words correct what was told before: 1 (a.csv line 4" in said


def test_a_row_of_a_table_of_the_defence_in_which_nothing_was_shot_down_is_none_of_it(tmp_path):
    table = (
        "date;place;result;shot down\n2025-02-03;Volgograd;refinery hit;\n"
        "2025-02-04;Belgorod;intercepted;4\n2025-02-05;Astrakhan;gas plant hit;12\n"
    )
    imported = proposed(tmp_path / "a.csv", table)
    kinds = {row["place"]: row["kind"] for row in rows(imported)}
    wanted = {"Volgograd": "strike", "Belgorod": "interception", "Astrakhan": "interception"}
    assert kinds == wanted
    assert "a hit beside what was shot down" in imported.account.text()


def test_the_minutes_of_messages_are_those_of_posts_and_yesterday_is_said(tmp_path):
    table = (
        "id,date,message,views\n"
        "1,2025-05-02T05:00:00+00:00,Запоріжжя. Учора ввечері удар - 29 поранених,9000\n"
    )
    imported = proposed(tmp_path / "a.csv", table)
    (row,) = rows(imported)
    assert (days(row)[2], row["place"]) == ("assumed", "Zaporizhzhia")
    assert "the text names another day: учора" in doubts(imported)


@pytest.mark.parametrize("cell", ["theft", "ДТП", "Повітряна тривога"])
def test_what_is_no_event_by_its_whole_text_is_set_aside(cell, tmp_path):
    table = f"Loss date,Location,Peril\n2025-02-03,Sumy,missile strike\n2025-02-04,Sumy,{cell}\n"
    imported = proposed(tmp_path / "a.csv", table)
    assert set_aside(imported) == ["no strike, clash or change of control"]


def test_a_status_that_denies_a_row_is_said(tmp_path):
    table = "Дата,Місто,Статус\n2025-02-03,Суми,підтверджено\n2025-02-04,Суми,спростовано\n"
    imported = proposed(tmp_path / "a.csv", table)
    assert "the row's status says that it was not so: спростовано" in doubts(imported)


def test_cells_that_say_the_same_are_those_above_but_people_are_counted_once(tmp_path):
    table = (
        "Дата,Місто,Зброя,Загинуло,Джерело\n19.11.2024,Глухів,Шахед,12,ОВА\n"
        "--//--,Суми,те саме,-//-,так само\n20.11.2024,〃,Х-101,3,ДСНС\n"
    )
    imported = proposed(tmp_path / "a.csv", table)
    _, second, third = rows(imported)
    found = days(second)[0], second["weapon"], second["killed"] is None, third["place"]
    assert found[:2] == ("2024-11-19", "Шахед")
    assert second["killed"] != 12
    assert found[3] == "Суми"
    assert list(imported.casebook.reports["claimant"]) == ["ОВА", "ОВА", "ДСНС"]
    assert "cells that say the same are read as those above of 2 rows" in imported.account.text()
    assert "a number of killed that cannot be read: -//-" in doubts(imported)


def test_two_tables_side_by_side_are_refused_with_what_to_do(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "Дата,Місто,Загинуло,,Дата,Місто,Об'єкт\n01.08.2025,Київ,31,,02.08.2025,Рязань,НПЗ\n",
        "utf-8",
    )
    with pytest.raises(ImportFileError, match="side by side, the second from column 5"):
        propose_mapping(path)


def test_regions_from_minute_to_minute_with_nothing_done_are_alerts(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "region,start,end,comment\nSumy Oblast,2025-02-01 22:40,2025-02-02 01:10,Shaheds\n", "utf-8"
    )
    with pytest.raises(ImportFileError, match="air-raid alerts"):
        proposed(path, path.read_text("utf-8"))
    hit = path.read_text("utf-8").replace("Shaheds", "Shaheds hit a house")
    assert proposed(path, hit).account.taken == 1


@pytest.mark.parametrize("name", ["Район", "Point"])
def test_a_column_of_towns_is_one_of_places_whatever_it_is_called(name, tmp_path):
    table = f"Date,{name},Who filmed\n2025-01-14,Энгельс,Одесса\n2025-01-15,Таганрог,Сумы\n"
    assert [row["place"] for row in rows(proposed(tmp_path / "a.csv", table))] == [
        "Энгельс",
        "Таганрог",
    ]


def test_labels_in_a_text_tell_the_weapon_and_the_place(tmp_path):
    table = (
        "Коли\tДеталі\tХто зняв\n12.02.2025\tтип: КАБ; місто: Краматорськ; поранено: 6\tДрон ЗСУ\n"
    )
    (row,) = rows(proposed(tmp_path / "a.tsv", table))
    assert (row["weapon"], row["place"], row["injured"]) == ("КАБ", "Краматорськ", 6)


def test_a_sentence_with_a_weapon_is_no_weapon(tmp_path):
    table = "date,odd,town\n2025-02-03,Shahed strike on energy in the night,Sumy\n"
    (row,) = rows(proposed(tmp_path / "a.csv", table))
    assert row["weapon"] is None


def test_a_total_in_any_column_is_no_event(tmp_path):
    table = "Дата,Громада,Загинуло\n10.03.2025,Вовчанська,2\n10.03.2025,Разом,2\n"
    assert set_aside(proposed(tmp_path / "a.csv", table)) == ["a row of sums"]


def test_a_town_is_told_from_the_street_behind_it_and_two_villages_are_said(tmp_path):
    table = (
        'Дата;Адреса;Загинуло\n05.01.2025;"м. Дніпро, вул. Січових Стрільців, 4";1\n'
        '06.01.2025;"Муром, Нежеголь";1\n'
    )
    imported = proposed(tmp_path / "a.csv", table)
    assert [row["place"] for row in rows(imported)] == ["м. Дніпро", "Муром, Нежеголь"]
    assert doubts(imported) == ["several names in the cell of a place: Муром, Нежеголь"]


def test_a_day_of_the_week_that_is_not_its_date_s_is_said(tmp_path):
    table = "Дата,Место,Погибшие\nпн 03.03.2025,Шебекино,1\nср 06.03.2025,Шебекино,1\n"
    imported = proposed(tmp_path / "a.csv", table)
    assert doubts(imported) == ["another day of the week than its date: ср 06.03.2025"]


def test_parts_of_a_toll_below_its_header_are_no_whole(tmp_path):
    header = "Дата,Место,Погибшие,,Раненые,\n,,взрослые,дети,взрослые,дети\n"
    table = f"{header}03.03.2025,Шебекино,0,0,2,1\n"
    (row,) = rows(proposed(tmp_path / "a.csv", table))
    held = json.loads(row["extra"])
    assert (held["Раненые взрослые"], held["Раненые дети"]) == ("2", "1")
    assert row["injured"] is None or row["injured"] != row["injured"]


@pytest.mark.parametrize(
    "cause", ["негода, сильний вітер", "планові роботи", "Мошенничество по телефону", "gas leak"]
)
def test_a_cause_that_is_none_of_the_war_is_set_aside(cause, tmp_path):
    table = f"Date;Area;Reason\n2025-02-17;Sumy Oblast;shelling\n2025-02-18;Sumy Oblast;{cause}\n"
    assert set_aside(proposed(tmp_path / "a.csv", table)) == [
        "no strike, clash or change of control"
    ]


def test_a_night_in_the_text_of_one_day_is_said(tmp_path):
    table = "date,place,description\n2025-09-03,Ryazan,Overnight drone attack on a refinery\n"
    said = proposed(tmp_path / "a.csv", table).account.text()
    assert "the text tells of a night and the column of one of its days of 1 rows" in said
