"""What is no event becomes none: alerts of any layout, protests, mourning, courts, advice."""

import json

import pytest

from geoconflict.errors import ImportFileError
from geoconflict.importers import READERS, read_acled, read_csv
from geoconflict.importers.mapping import TableMapping, propose_mapping, read_mapping
from geoconflict.importers.noevents import told_no_events
from geoconflict.importers.rawtables import read_raw
from tests.commands import run

WHEN = {"date": "2025-01-14T07:43:00", "date_unixtime": "1736829780"}
HOURS = "2025-01-14 10:00,2025-01-14 11:00"
ALERTS = {
    "a.csv": "область,район,тип,початок,кінець,джерело\n"
    "Сумська область,,oblast,2025-01-14 10:00:00+00:00,,official\n"
    "Сумська область,Охтирський район,raion,2025-01-14T10:00Z,2025-01-14T11:00Z,official\n",
    "b.csv": "Регион;Начало;Отбой;Длительность\n"
    "Курская область;14.01.2025 01:10;14.01.2025 03:20;2\n",
    "c.csv": "oblast,time,state\nSumy,2025-01-14 10:00,Повітряна тривога\nSumy,,Відбій тривоги\n",
    "sirens.csv": f"location,started,start,end,note\nSumy,yes,{HOURS},loud\n",
    "d.csv": f"oblast,start,end\nSumy,{HOURS}\n",
}
STRIKES = {
    "alerts-and-strikes.csv": f"oblast,start,end,weapon\nSumy,{HOURS},drone\n",
    "e.csv": f"region,start,end,what\nSumy,{HOURS},drone strike\n",
    "f.csv": f"oblast,start,end,type\nSumy,{HOURS},Shelling\n",
    "g.csv": "Область;Початок;Кінець;Опис\n"
    "Сумська;14.01.2025 10:00;14.01.2025 11:00;Удар по місту\n",
    "h.csv": "Дата;Область;Тип\n14.01.2025;Сумська;обстріл\n15.01.2025;Сумська;повітряна тривога\n",
}


def written(folder, name, text):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", ALERTS)
def test_alerts_of_any_layout_are_context_and_no_events(name, tmp_path):
    path = written(tmp_path, name, ALERTS[name])
    plan = TableMapping(title="a", columns={"date_start": read_raw(path)[0].columns[-1]})
    with pytest.raises(ImportFileError, match=r"air-raid alerts.*corroborate"):
        read_csv(path, mapping=plan)


@pytest.mark.parametrize("name", STRIKES)
def test_tables_with_hours_that_tell_of_strikes_are_no_alerts(name, tmp_path):
    path = written(tmp_path, name, STRIKES[name])
    assert told_no_events(read_raw(path)[0]) is None


@pytest.mark.parametrize("kind", ["повітряна тривога", "Peaceful protest", "учения", "Mourning"])
def test_a_row_of_another_kind_is_set_aside_with_its_reason(kind, tmp_path):
    path = written(tmp_path, "a.csv", f"date,place,type\n2025-01-14,Sumy,strike\n,,{kind}\n")
    (tmp_path / "a.toml").write_text(propose_mapping(path), "utf-8")
    account = read_csv(path, mapping=read_mapping(tmp_path / "a.toml")).account
    assert account.taken == 1
    remark = account.set_aside[0].remark
    assert (remark.reason, remark.found) == ("no strike, clash or change of control", kind)


@pytest.mark.parametrize(
    ("kind", "sub", "is_taken"),
    [
        ("Protests", "Peaceful protest", False),
        ("Riots", "Mob violence", False),
        ("", "Protest with intervention", False),
        ("Strategic developments", "Arrests", False),
        ("Strategic developments", "Other", False),
        ("Strategic developments", "Looting/property destruction", True),
        ("Battles", "Armed clash", True),
        ("Violence against civilians", "Attack", True),
    ],
)
def test_what_acled_codes_besides_what_is_done_by_arms_is_set_aside(kind, sub, is_taken, tmp_path):
    names = "event_id_cnty,event_date,event_type,sub_event_type,latitude,longitude"
    rows = f"RUS1,2024-01-01,{kind},{sub},48.28,37.18\nRUS2,2024-01-01,Battles,,48.28,37.18\n"
    account = read_acled(written(tmp_path, "a.csv", f"{names}\n{rows}")).account
    assert account.taken == 1 + is_taken


@pytest.mark.parametrize(
    ("text", "is_event"),
    [
        ("В Ижевске сегодня траур по погибшим.", False),
        ("Сьогодні у Дніпрі день жалоби за загиблими внаслідок ракетного удару.", False),
        ("A day of mourning for those killed in the strike.", False),
        ("Суд приговорил к 12 годам корректировщика ударов по Харькову.", False),
        ("Как вести себя при атаке беспилотников: памятка", False),
        ("Повітряна тривога! Загроза застосування балістики.", False),
        ("Ракета влучила в будинок. Двоє загиблих. Щирі співчуття рідним.", True),
        ("В результате атаки БПЛА погиб мужчина. Соболезнования родным.", True),
        ("A drone hit a car. One person was killed. Our condolences to the family.", True),
    ],
)
def test_a_post_that_mourns_judges_or_advises_is_no_event(text, is_event, tmp_path):
    posts = [
        {"id": n, "type": "message", "from": "K", "text": told} | WHEN
        for n, told in enumerate((text, "Горит нефтебаза."))
    ]
    content = json.dumps({"name": "K", "type": "public_channel", "id": 1, "messages": posts})
    account = READERS["telegram"](written(tmp_path, "result.json", content)).account
    assert account.taken == 1 + is_event


def test_a_table_of_alerts_is_not_proposed_for_a_command_that_refuses_it(tmp_path):
    path = written(tmp_path, "d.csv", ALERTS["d.csv"])
    asked = run("import", "csv", path, cwd=tmp_path)
    assert asked.returncode == 3
    assert f"geoconflict corroborate CASEBOOK {path}" in asked.stdout
    assert "--mapping" not in asked.stdout
    assert (tmp_path / "d.mapping.toml").exists()


ZONE = "POLYGON((35 47,35.2 47,35.2 47.2,35 47))"
AREA = {"type": "Polygon", "coordinates": [[[35, 47], [35.2, 47], [35.2, 47.2], [35, 47]]]}


@pytest.mark.parametrize(
    ("name", "text", "command"),
    [
        (
            "zones.csv",
            f'дата;зона;хто;wkt\n07.02.2025;Оріхів;наші;"{ZONE}"\n07.02.2025;Токмак;орки;"{ZONE}"\n',
            "",
        ),
        (
            "zones.geojson",
            json.dumps(
                {
                    "type": "FeatureCollection",
                    "features": [
                        {
                            "type": "Feature",
                            "properties": {"from": "2025-01-10", "to": to, "side": "1"},
                            "geometry": area,
                        }
                        for to, area in (("2025-01-20", AREA), ("9999-12-31", AREA), (None, None))
                    ],
                }
            ),
            "front area",
        ),
    ],
)
def test_areas_and_who_holds_them_are_no_events(tmp_path, name, text, command):
    path = written(tmp_path, name, text)
    what, told = told_no_events(read_raw(path)[0])
    assert "who holds" in what
    assert told == command
    plan = TableMapping(title="zones", columns={"date_start": "дата" if not command else "from"})
    with pytest.raises(ImportFileError, match="who holds"):
        read_csv(path, mapping=plan)


def test_an_area_of_damage_can_be_an_event(tmp_path):
    text = f'date,type,killed,wkt\n2025-02-07,shelling,2,"{ZONE}"\n'
    assert told_no_events(read_raw(written(tmp_path, "damage.csv", text))[0]) is None


def test_a_row_that_repeats_another_or_was_taken_back_is_set_aside(tmp_path):
    rows = [
        "07.02.2025;Чугуїв;обстріл;1;не було;;false",
        "07.02.2025;Чугуїв;обстріл;1;;ДУБЛЬ, див. №1;false",
        "08.02.2025;Купʼянськ;обстріл;;;NSTR;false",
        "08.02.2025;Ізюм;обстріл;2;;;true",
        "09.02.2025;Ізюм;обстріл;2;;повторний удар по тому ж будинку;",
    ]
    text = "\n".join(["Дата;Місто;Тип;Загинуло;Постраждалі;Примітка;deleted", *rows])
    path = written(tmp_path, "list.csv", text)
    (tmp_path / "m.toml").write_text(propose_mapping(path), "utf-8")
    got = read_csv(path, mapping=read_mapping(tmp_path / "m.toml"))
    days = list(got.casebook.events.date_start.astype(str).str[:10])
    assert days == ["2025-02-07", "2025-02-09"]
    assert [one.remark.reason for one in got.account.set_aside] == [
        "told to repeat or update another row",
        "told that nothing happened",
        "told to be deleted",
    ]


@pytest.mark.parametrize("remark", ["опровергнуто 13.02, пост удалён", "Спростовано", "retracted"])
def test_a_remark_that_takes_a_row_back_is_said_beside_its_status(tmp_path, remark):
    text = f"Дата;НП;Статус;Прим.\n12.02.2025;Удачное;заявлено;{remark}\n"
    path = written(tmp_path, "claims.csv", text)
    columns = {"date_start": "Дата", "place": "НП", "status": "Статус"}
    plan = TableMapping(title="claims", columns=columns, statuses={"заявлено": "claimed"})
    (note,) = read_csv(path, mapping=plan).casebook.events.note
    assert f"a remark says that it was not so: {remark}" in note


def test_a_sum_told_where_a_weapon_stands_is_no_event(tmp_path):
    rows = ["15.01.2025;Валуйки;дрон", "15.01.2025;Валуйский округ;всего 11 атак / 9 БПЛА"]
    path = written(tmp_path, "day.csv", "\n".join(["Дата;НП;Чем", *rows]))
    columns = {"date_start": "Дата", "place": "НП", "weapon": "Чем"}
    got = read_csv(path, mapping=TableMapping(title="day", columns=columns, kind="strike"))
    assert list(got.casebook.events.place) == ["Валуйки"]
    assert [one.remark.reason for one in got.account.set_aside] == ["a row of sums"]


def test_a_row_that_counts_people_is_kept_though_a_cell_says_that_all_is_quiet(tmp_path):
    rows = ["15.01.2025;Валуйки;2;без изменений", "16.01.2025;Валуйки;;без изменений"]
    path = written(tmp_path, "day.csv", "\n".join(["Дата;НП;Погибло;Обстановка", *rows]))
    columns = {"date_start": "Дата", "place": "НП", "killed": "Погибло"}
    got = read_csv(path, mapping=TableMapping(title="day", columns=columns, kind="strike"))
    assert list(got.casebook.events.killed) == [2]
    assert "told that nothing happened: без изменений" in got.casebook.events.note.iloc[0]
    assert len(got.account.set_aside) == 1
