"""Sources by their names: layouts as they are published, with made-up rows."""

import datetime as dt
import json
import tomllib
import zipfile

import pytest

from geoconflict import read_casebook
from geoconflict.errors import ImportFileError
from geoconflict.importers import READERS, read_attacks, read_eyesonrussia
from geoconflict.importers.known import known_mapping, known_sources, told_source
from geoconflict.importers.mapping import propose_mapping
from geoconflict.importers.rawtables import read_raw
from tests.commands import run

TABLES = {
    "unosat": "SiteID,SensorID,SensorDate,Main_Damage_Site_Class,Latitude,Longitude\n"
    "7,WV3,2025-01-14,Destroyed,48.2822,37.1818\n",
    "ushahidi": "Post ID,Title,Date of incident,Description,Latitude,Longitude,Location\n"
    "7,Fire,2025-01-14,Depot burns,48.2822,37.1818,Pokrovsk\n",
    "losses": "id,country,origin,system,status,url,date_recorded,latitude,longitude\n"
    "7,Russia,Soviet Union,BMP-2,destroyed,https://example.org/1.jpg,2025-01-14,48.2822,37.1818\n",
}


def made(path, text):
    path.write_text(text, "utf-8")
    return path


def rows(imported):
    return imported.casebook.events.to_dict("records")


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_of_a_known_source_needs_no_mapping(name, tmp_path):
    path = made(tmp_path / "a.csv", TABLES[name])
    (row,) = rows(READERS[name](path))
    assert row["id"].endswith("-7")
    assert (row["date_start"].date(), row["lat"], row["lon"]) == (
        dt.date(2025, 1, 14),
        48.2822,
        37.1818,
    )
    assert told_source(read_raw(path)[0])[1] == f"import {name}"
    asked = run("import", "csv", path, cwd=tmp_path)
    assert (asked.returncode, f"geoconflict import {name}" in asked.stdout) == (3, True)
    with pytest.raises(ImportFileError, match="found no column"):
        READERS[name](made(tmp_path / "b.csv", "a,b\n1,2\n"))


def test_a_table_of_losses_with_one_column_of_positions(tmp_path):
    text = "id,type,model,status,lost_by,date,nearest_location,geo\n"
    text += '7,Tanks,T-72B3,Destroyed,Russia,2025-01-14,Pokrovsk,"48.2822,37.1818"\n'
    (row,) = rows(READERS["losses"](made(tmp_path / "a.csv", text)))
    assert (row["lat"], row["lon"], row["country"]) == (48.2822, 37.1818, "UA")


def test_of_all_chats_of_an_account_those_of_persons_are_set_aside(tmp_path):
    message = {"id": 7, "type": "message", "date": "2025-01-14T02:40:11", "text": "Fire"}
    unix = {"date_unixtime": "1736815211"}
    chat = {"name": "example_one", "type": "public_channel", "messages": [message | unix]}
    other = chat | {"name": "Saved", "type": "personal_chat"}
    path = made(tmp_path / "result.json", json.dumps({"chats": {"list": [chat, other]}}))
    found = READERS["telegram"](path)
    assert (found.account.read, found.account.events) == (2, 1)
    assert "https://t.me/example_one/7" in set(found.casebook.reports["url"])


def test_a_message_gives_the_position_in_its_text_and_no_day_of_its_own(tmp_path):
    first = {"type": "message", "date": "2025-02-03T08:14:00", "date_unixtime": "1738563240"}
    texts = ("Приліт. 50.0290, 36.3310", "50.0290, 36.3310 і 49.8356, 36.6880", "")
    messages = [first | {"id": n, "text": text} for n, text in enumerate(texts)]
    chat = {"name": "a", "type": "public_channel", "messages": messages}
    found = READERS["telegram"](made(tmp_path / "result.json", json.dumps(chat)))
    one, two = rows(found)
    assert (one["lat"], one["lon"], one["date_basis"]) == (50.029, 36.331, "assumed")
    assert two["lat"] != two["lat"]
    assert [s.remark.reason for s in found.account.set_aside] == ["a message without text"]


def test_a_channel_without_an_address_is_linked_by_its_number_and_answers_are_said(tmp_path):
    first = {"type": "message", "date": "2025-02-03T08:14:00", "date_unixtime": "1738563240"}
    pieces = [
        "Вчора, 2 лютого, Степногірськ: обстріл. ",
        {"type": "mention", "text": "@zoda_gov_ua"},
    ]
    messages = [
        first | {"id": 1, "text": pieces},
        first | {"id": 2, "text": "Вже 22 поранені", "reply_to_message_id": 1},
    ]
    chat = {"name": "Удари", "type": "public_channel", "id": 1700000001, "messages": messages}
    path = made(tmp_path / "result.json", json.dumps(chat))
    found = READERS["telegram"](path)
    assert list(found.casebook.reports["url"]) == [
        "https://t.me/c/1700000001/1",
        "https://t.me/zoda_gov_ua",
        "https://t.me/c/1700000001/2",
    ]
    assert any("2 to 1" in note for note in found.account.notes)
    # The message is of the 3rd.
    note = found.casebook.events["note"].iloc[0]
    assert "the text names another day: 2 лютого, вчора" in note
    tables = read_raw(path)
    proposal = tomllib.loads(propose_mapping(path, known=known_mapping(tables)))
    assert proposal["date_basis"] == "assumed"
    assert proposal["columns"]["url"] == "url"


def test_every_known_source_says_who_it_is_and_maps_a_day():
    for known in known_sources().values():
        assert {"title", "publisher", "licence"} <= set(known.rest)
        assert known.columns["date_start"]
        assert known.signatures


def test_damage_seen_from_space_is_of_before_the_picture(tmp_path):
    (row,) = rows(READERS["unosat"](made(tmp_path / "a.csv", TABLES["unosat"])))
    assert (row["date_basis"], row["effects"]) == ("before", "Destroyed")


def test_of_two_pictures_the_first_that_shows_damage_is_taken(tmp_path):
    text = (
        "SiteID,SensorDate,SensorDate2,Damage_Sta,Damage_Sta2,Longitude,Latitude\n"
        "1,2022-03-14,2022-05-12,Moderate Damage,Destroyed,31.02,51.50\n"
        "2,2022-03-14,2022-05-12,No Visible Damage,Severe Damage,31.03,51.51\n"
        "3,2022-03-14,2022-05-12,No Visible Damage,No Visible Damage,31.04,51.52\n"
    )
    found = READERS["unosat"](made(tmp_path / "a.csv", text))
    one, two = rows(found)
    assert (str(one["date_start"])[:10], one["effects"]) == ("2022-03-14", "Moderate Damage")
    assert (str(two["date_start"])[:10], two["effects"]) == ("2022-05-12", "Severe Damage")
    assert "2022-05-12: Destroyed" in one["note"]
    assert len(found.account.set_aside) == 1


def test_rows_of_an_answer_are_told_from_its_messages(tmp_path):
    row = {"event_id_cnty": "UKR1", "event_date": "2025-01-14", "latitude": "49.99"}
    answer = {"messages": [{"code": 1}, {"code": 2}], "data": [row | {"longitude": "36.23"}]}
    found = READERS["acled"](made(tmp_path / "a.json", json.dumps(answer)))
    assert found.account.taken == 1


ATTACKS = (
    "time_start,time_end,model,launch_place,target,launched,destroyed,affected_region,source\n"
    "2025-01-13 19:00,2025-01-14 07:30,Shahed-136/131,Primorsko-Akhtarsk,Ukraine,110,78.0,,\n"
    "2025-01-14 03:00,2025-01-14 05:00,X-101/X-555,Engels,Kyiv oblast,12,13,,https://t.me/a_b/1\n"
    "2025-01-14 03:00,2025-01-14 05:00,Iskander-M,Crimea,south,some,1,,\n"
)


def test_attacks_are_interceptions_with_a_claim_of_each_number(tmp_path):
    found = read_attacks(made(tmp_path / "a.csv", ATTACKS))
    drones, missiles = rows(found)
    assert (drones["kind"], drones["actor"], drones["country"]) == ("interception", "UA", "UA")
    assert (drones["launched"], drones["shot_down"], drones["place"]) == (110, 78, None)
    days = drones["date_start"].date(), drones["date_end"].date()
    assert days == (dt.date(2025, 1, 13), dt.date(2025, 1, 14))
    assert missiles["admin1"] == "UA-32"
    claims = found.casebook.claims
    assert sorted(claims["value_min"]) == [12.0, 13.0, 78.0, 110.0]
    assert set(claims["claimant"]) == {"Ukrainian Air Force"}
    assert {doubt.reason for doubt in found.account.doubts} >= {"more shot down than launched"}
    (aside,) = found.account.set_aside
    assert aside.remark.reason == "a number of launched that cannot be read"


def test_an_imported_attack_is_a_casebook_that_can_be_read(tmp_path):
    made(tmp_path / "a.csv", ATTACKS)
    assert run("import", "attacks", "a.csv", "-o", "book", cwd=tmp_path).returncode == 0
    book = read_casebook(tmp_path / "book")
    assert (len(book.events), len(book.claims)) == (2, 4)
    assert run("import", "attacks", "a.csv", "-o", "book", cwd=tmp_path).returncode == 0
    assert len(read_casebook(tmp_path / "book").claims) == 4


def test_eyes_on_russia_in_its_wrapper_and_as_a_table(tmp_path):
    properties = {
        "title": "03/01/2025 Pokrovsk",
        "description": "ENTRY: UW1\nA depot burns",
        "media_url": "https://example.org/v/1",
    }
    point = {"type": "Point", "coordinates": ["37.1818", "48.2822"]}
    feature = {"type": "Feature", "properties": properties, "geometry": point}
    path = made(tmp_path / "a.json", json.dumps({"geojson": {"features": [feature]}}))
    table = made(
        tmp_path / "b.csv",
        'entry,date,coordinates,description,url\nUW1,03/01/2025,"48.2822, 37.1818",A depot burns,'
        "https://example.org/v/1\n",
    )
    for file in (path, table):
        found = read_eyesonrussia(file)
        (row,) = rows(found)
        assert row["date_start"].date() == dt.date(2025, 1, 3)
        assert (row["lat"], row["lon"], row["status"]) == (48.2822, 37.1818, "geolocated")
        assert "https://example.org/v/1" in set(found.casebook.reports["url"])


CONTROL = (
    "geonameid,date,status_wiki,status_boost,status_dsm,status_isw,status,vcontrol_version\n"
    "704422,20250114,UA,UA,CONTESTED,,CONTESTED,v1\n"
    "709717,20250114,RU,RU,RU,RU,RU,v1\n"
)


def test_who_held_a_settlement_by_a_table_of_them(tmp_path):
    table = made(tmp_path / "control_latest_2025.csv", CONTROL)
    told = run("front", "at", table, "Donetsk, Ukraine", "2025-01-16").stdout
    assert "held by Russia" in told
    assert "snapshot before" in told
    answer = json.loads(run("front", "at", table, "Pokrovsk", "2025-01-14", "--json").stdout)
    assert (answer["side"], answer["by_source"]["dsm"]) == ("contested", "CONTESTED")
    late = run("front", "at", table, "Pokrovsk", "2025-03-14")
    assert (late.returncode, "only from 2025-01-14" in late.stderr) == (1, True)
    other = run("front", "at", table, "Kharkiv", "2025-01-14")
    assert "holds no Kharkiv" in other.stderr
    assert "front at" in run("import", "viina", table, cwd=tmp_path).stderr
    # As a Mac packs it.
    with zipfile.ZipFile(tmp_path / "control.zip", "w") as archive:
        archive.writestr("control.csv", CONTROL)
        archive.writestr("__MACOSX/._control.csv", b"\x00\x05")
    packed = run("front", "at", tmp_path / "control.zip", "Donetsk, Ukraine", "2025-01-14").stdout
    assert "held by Russia" in packed


def test_pictures_of_a_shapefile_are_told_by_its_cut_names(tmp_path):
    columns = "SiteID,SensorDate,Main_Damag,SensorDa_1,Main_Dam_1,Latitude,Longitude\n"
    row = "a,2022-03-14,No Visible Damage,2022-05-12,Severe Damage,47.1,37.5\n"
    (event,) = rows(READERS["unosat"](made(tmp_path / "a.csv", columns + row)))
    assert (str(event["date_start"].date()), event["effects"]) == ("2022-05-12", "Severe Damage")
