"""Marks on maps, as people set them: which day, toll and place their words tell."""

import json

import pytest

from geoconflict.importers import read_csv, read_kml
from geoconflict.importers.mapping import propose_mapping

KML = "<kml><Document><name>marks</name>{}</Document></kml>"
SAVED = "<TimeStamp><when>2025-03-20T10:01:00Z</when></TimeStamp>"


def mark(name, text="", *, more="", at="37.2,48.2"):
    told = f"<description><![CDATA[{text}]]></description>"
    return (
        f"<Placemark><name>{name}</name>{told}{more}"
        f"<Point><coordinates>{at}</coordinates></Point></Placemark>"
    )


def taken(path, *marks, **options):
    path.write_text(KML.format("".join(marks)), "utf-8")
    imported = read_kml(path, **options)
    said = [one.reason for one in imported.account.doubts]
    return imported.casebook.events.to_dict("records"), said


@pytest.mark.parametrize(
    ("name", "text", "day", "basis"),
    [
        ("Склад 12.02.2025", "удар по складу", "2025-02-12", "exact"),
        ("School", "Hit by a rocket on 3 March 2025", "2025-03-03", "exact"),
        ("IMPACT 0330Z 12MAR25", "house destroyed", "2025-03-12", "exact"),
        ("Дом", "удар 14.01.25, двое ранены", "2025-01-14", "exact"),
        ("Будинок", "влучання ракети", "2025-03-20", "assumed"),
        ("House", "hit by a drone. Added 18.03.2025", "2025-03-20", "assumed"),
        ("House", "hit on 1 March 2025 and on 3 March 2025", "2025-03-20", "assumed"),
        ("House", "hit by a drone, to be rebuilt by 1 May 2026", "2025-03-20", "assumed"),
    ],
)
def test_when_a_mark_was_saved_is_not_when_it_happened(tmp_path, name, text, day, basis):
    (event,), said = taken(tmp_path / "a.kml", mark(name, text, more=SAVED))
    assert (str(event["date_start"])[:10], event["date_basis"]) == (day, basis)
    assert any("time stamp" in one for one in said)


@pytest.mark.parametrize("when", ["2025-01-14", "2025-01-14T00:00:00Z"])
def test_a_stamp_of_a_day_alone_is_the_day(tmp_path, when):
    stamp = f"<TimeStamp><when>{when}</when></TimeStamp>"
    (event,), said = taken(tmp_path / "a.kml", mark("Strike on a depot", more=stamp))
    assert (str(event["date_start"])[:10], event["date_basis"]) == ("2025-01-14", "exact")
    assert said == []


def test_a_span_of_time_is_no_moment_of_saving(tmp_path):
    span = "<TimeSpan><begin>2025-02-11T20:00:00+02:00</begin><end>2025-02-12T05:00+02:00</end>"
    (event,), said = taken(tmp_path / "a.kml", mark("Direct hit", more=f"{span}</TimeSpan>"))
    assert (str(event["date_start"])[:10], event["date_basis"]) == ("2025-02-11", "exact")
    assert said == []


def test_a_day_of_publication_alone_is_assumed(tmp_path):
    (event,), said = taken(
        tmp_path / "a.kml", mark("Грайворон", "Снаряд попал в дом<br>Опубликовано: 20.02.2025")
    )
    assert event["date_basis"] == "assumed"
    assert said == ["the day is that of the report, which can be later"]


def test_people_harmed_are_counted_or_said(tmp_path):
    (one, two), said = taken(
        tmp_path / "a.kml",
        mark("14.01.2025 Белгород", "обстрел, трое ранены, погиб 1 человек"),
        mark("15.01.2025 Ізюм", "удар, загинула жінка"),
    )
    assert (one["killed"], one["injured"]) == (1, 3)
    assert two["killed"] is None
    assert said == [
        "the toll is read from the text",
        "the words tell of people killed, of whom no number is taken",
    ]


def test_what_tells_of_nothing_that_happened_is_said_and_what_soldiers_track_is_left_out(tmp_path):
    path = tmp_path / "a.kml"
    marks = [mark("U.14.091500 14 Jan 2025"), mark("Hostile.3 14 Jan 2025", "a-h-G-U-C-A")]
    path.write_text(KML.format("".join(marks)), "utf-8")
    account = read_kml(path).account
    assert [one.reason for one in account.doubts][-1:] == [
        "no word that is known tells what happened"
    ]
    assert [one.remark.reason for one in account.set_aside] == ["where troops are, no event"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Уточнення: не Лиман, а Ізюм, удар по мосту", "the words correct what was told before"),
        ("Correction: the strike was in Izium", "the words correct what was told before"),
        ("Strike on the correctional colony", None),
        ("Дрон ударив, постраждалих немає", None),
        ("Killed: 2; injured: 5", "the toll is read from the text"),
        ("Strike killed several people", "the words tell of people killed"),
    ],
)
def test_words_that_say_more_than_is_taken_are_told(tmp_path, text, said):
    _, reasons = taken(tmp_path / "a.kml", mark("14.01.2025", text))
    found = [one for one in reasons if "day is read" not in one]
    assert [one for one in found if one.startswith(said or "")] == found[: bool(said)] == found


def test_points_of_arcgis_are_placed_by_their_projection(tmp_path):
    # 37.58 E, 48.71 N in Web Mercator.
    point = {"x": 4183400.0, "y": 6225500.0}
    row = {"EventDate": 1736812800000, "EditDate": 1740790800000, "Settlement": "Kramatorsk"}
    answer = {
        "spatialReference": {"wkid": 102100},
        "features": [{"attributes": row, "geometry": point}],
    }
    path = tmp_path / "a.json"
    path.write_text(json.dumps(answer), "utf-8")
    mapping = tmp_path / "a.toml"
    mapping.write_text(propose_mapping(path), "utf-8")
    (event,) = read_csv(path, mapping=mapping).casebook.events.to_dict("records")
    assert (event["lon"], event["lat"]) == pytest.approx((37.58, 48.708), abs=1e-3)
    assert str(event["date_start"])[:10] == "2025-01-14"


GPX = (
    '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">'
    '<wpt lat="50.0" lon="36.25"><time>2025-04-02T09:00:00Z</time><name>{}</name>'
    "<desc>{}</desc></wpt></gpx>"
)


@pytest.mark.parametrize(
    ("name", "text", "day", "said"),
    [
        ("Приліт 28.03.25", "будинок", "2025-03-28", "not of the time stamp"),
        ("Ринок", "влучання 30 березня", "2025-03-30", "not of the time stamp"),
        ("School 5", "Hit on 3 March 2025", "2025-03-03", "not of the time stamp"),
        ("Школа", "удар, відбудують до 1 травня", "2025-04-02", "another day"),
        ("Рынок", "удары 28.03.2025 и 30.03.2025", "2025-04-02", "another day"),
        ("Кав'ярня", "", "2025-04-02", "no word that is known"),
    ],
)
def test_a_waypoint_is_of_the_day_that_it_tells(tmp_path, name, text, day, said):
    path, mapping = tmp_path / "a.gpx", tmp_path / "a.toml"
    path.write_text(GPX.format(name, text), "utf-8")
    mapping.write_text(propose_mapping(path), "utf-8")
    (event,) = read_csv(path, mapping=mapping).casebook.events.to_dict("records")
    assert str(event["date_start"])[:10] == day
    assert said in event["note"]


def test_a_night_beside_a_day_without_a_year_is_not_dropped(tmp_path):
    named = "<Folder><name>Март 2025</name>{}</Folder>"
    marks = mark("7 марта, ночь. Шебекино", "Удар"), mark("8 марта. Шебекино", "Удар днём")
    path = tmp_path / "a.kml"
    path.write_text(KML.format(named.format("".join(marks))), "utf-8")
    spans = read_kml(path).casebook.events[["date_start", "date_end"]].astype(str)
    assert sorted(map(tuple, spans.to_numpy().tolist())) == [
        ("2025-03-06", "2025-03-08"),
        ("2025-03-08", "2025-03-08"),
    ]
