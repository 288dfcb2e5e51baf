import csv
import json
import sqlite3

import pytest

from geoconflict.errors import AmbiguousPlaceError, UnknownPlaceError
from geoconflict.files.embedded import embedded_path
from geoconflict.gazetteer.scoring import distance_km

# Every place that the five reports name, with the oblast that they mean.
REPORTED = {
    "Avdiivka": "UA-14",
    "Bakhmut": "UA-14",
    "Kramatorsk": "UA-14",
    "Kurakhove": "UA-14",
    "Pokrovsk": "UA-14",
    "Selydove": "UA-14",
    "Siversk": "UA-14",
    "Sloviansk": "UA-14",
    "Toretsk": "UA-14",
    "Vuhledar": "UA-14",
    "Chasiv Yar": "UA-14",
    "Kupyansk": "UA-63",
    "Bryansk": "RU-BRY",
    "Ryazan": "RU-RYA",
    "Kaluga City": "RU-KLU",
    "Lyudinovo": "RU-KLU",
    "Kazan": "RU-TA",
    "Volgograd City": "RU-VGG",
    "Astrakhan City": "RU-AST",
    "Moscow": "RU-MOW",
    "Kyiv": "UA-30",
}


@pytest.mark.parametrize(("name", "unit"), REPORTED.items())
def test_towns_of_the_reports_are_resolved_without_context(gazetteer, name, unit):
    place = gazetteer.resolve(name).require()
    assert (place.kind, place.admin1_code) == ("settlement", unit)


@pytest.mark.parametrize(
    ("name", "context", "lon", "lat"),
    [
        ("Lyman", ["Siversk", "Kramatorsk"], 37.808, 48.990),
        ("Borova", ["Kupyansk", "Lyman"], 37.619, 49.380),
        ("Pishchane", ["Pokrovsk"], 37.07, 48.22),
        ("Engels", ["Saratov"], 46.105, 51.484),
    ],
)
def test_names_beside_it_decide_between_namesakes(gazetteer, name, context, lon, lat):
    place = gazetteer.resolve(name, context=context).require()
    assert (place.lon, place.lat) == pytest.approx((lon, lat), abs=0.02)


@pytest.mark.parametrize("name", ["Pishchane", "Borova", "Ivanivka", "Shevchenkove"])
def test_namesakes_alone_are_ambiguous_with_candidates(gazetteer, name):
    answer = gazetteer.resolve(name)
    assert answer.status == "ambiguous"
    assert len(answer.candidates) > 1
    with pytest.raises(AmbiguousPlaceError, match="can mean"):
        answer.require()


def test_a_town_at_the_front_is_meant_before_villages_of_its_name_far_from_it(gazetteer):
    answer = gazetteer.resolve("Lyman")
    assert answer.require().admin1 == "Donetsk Oblast"
    assert "at the front" in answer.reason
    assert len(answer.candidates) > 1


def test_pokrovsk_is_the_one_in_donetsk_oblast_and_names_the_others(gazetteer):
    answer = gazetteer.resolve("Pokrovsk")
    assert answer.place.admin1 == "Donetsk Oblast"
    others = [candidate.place.title for candidate in answer.candidates[1:]]
    assert any("Engels" in title for title in others)
    assert any("Yakutia" in title for title in others)


@pytest.mark.parametrize("name", ["September", "Military", "Telegram", "Kremlin", "ATACMS", ""])
def test_words_that_are_no_places_are_unknown(gazetteer, name):
    answer = gazetteer.resolve(name)
    assert answer.status == "unknown"
    with pytest.raises(UnknownPlaceError):
        answer.require()


def test_every_unit_is_found_by_its_own_titles(gazetteer):
    with embedded_path("admin1_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for column in ("title_en", "title_uk", "title_ru"):
            answer = gazetteer.resolve(row[column], kind="admin1")
            assert answer.place is not None, (row[column], answer.reason)
            assert answer.place.admin1_code == row["iso_3166_2"], row[column]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Bryansk Oblast", "RU-BRY"),
        ("Donetsk Oblast", "UA-14"),
        ("Донецька область", "UA-14"),
        ("Донецкая область", "UA-14"),
        ("Republic of Tatarstan", "RU-TA"),
        ("Tatarstan", "RU-TA"),
        ("Kursk region", "RU-KRS"),
        ("Crimea", "UA-43"),
    ],
)
def test_units_are_told_from_the_towns_they_are_called_after(gazetteer, name, code):
    place = gazetteer.resolve(name).require()
    assert (place.kind, place.admin1_code) == ("admin1", code)


def test_hints_exclude_what_contradicts_them(gazetteer):
    in_kharkiv = gazetteer.resolve("Lyman", admin1="Kharkiv Oblast")
    assert in_kharkiv.status == "ambiguous"
    assert {one.place.admin1_code for one in in_kharkiv.candidates} == {"UA-63"}
    assert gazetteer.resolve("Pokrovsk", country="RU").require().admin1_code == "RU-SA"
    answer = gazetteer.resolve("Kazan", country="UA")
    assert answer.status == "unknown"
    assert "Republic of Tatarstan" in answer.reason


@pytest.mark.parametrize("name", ["Bryansk, RU", "Bryansk, RU-BRY", "Bryansk, Bryansk Oblast"])
def test_what_follows_a_comma_is_a_hint(gazetteer, name):
    assert gazetteer.resolve(name).require().name == "Bryansk"


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Gorbunov Aircraft Plant", "facility:gorbunov-aircraft-plant"),
        ("Ryazan Oil Refinery", "facility:ryazan-refinery"),
        ("Kremniy EL", "facility:kremniy-el"),
        ("Volgograd Oil Refinery", "facility:volgograd-refinery"),
        ("Astrakhan Gas Processing Plant", "facility:astrakhan-gas-plant"),
    ],
)
def test_facilities_are_found_by_name(gazetteer, name, place_id):
    assert gazetteer.resolve(name).require().id == place_id


def test_the_astrakhan_gas_plant_is_not_in_the_city(gazetteer):
    plant = gazetteer.get("facility:astrakhan-gas-plant")
    assert distance_km(plant, gazetteer.resolve("Aksarayskiy").require()) < 10
    assert distance_km(plant, gazetteer.resolve("Astrakhan").require()) > 40


def test_an_unknown_hint_is_said_not_ignored(gazetteer):
    with pytest.raises(UnknownPlaceError, match="Nowhere"):
        gazetteer.resolve("Lyman", admin1="Nowhere Oblast")


def test_answers_become_json(gazetteer):
    answer = json.loads(json.dumps(gazetteer.resolve("Kazan").to_dict()))
    assert answer["place"]["country"] == "RU"
    assert answer["place"]["lat"] == pytest.approx(55.789, abs=0.01)


def test_every_settlement_record_is_complete():
    base = sqlite3.connect(embedded_path("settlements.sqlite"))
    columns = "id, lon, lat, precision_m, country, unit"
    rows = base.execute(f"SELECT {columns} FROM place WHERE kind = 'settlement'")  # noqa: S608
    count = 0
    for place_id, lon, lat, precision, country, unit in rows:
        count += 1
        if place_id.startswith("katottg:") and lon is None:
            continue
        assert -180 <= lon <= 180, place_id
        # Canberra and Wellington are far south, all that is no city of the world is not.
        assert (35 if unit else -60) < lat < 82, place_id
        assert precision >= 1000, place_id
        assert unit.startswith(country) or (not unit and country not in ("UA", "RU")), place_id
    base.close()
    assert count > 20_000


def test_a_facility_that_only_its_town_places_is_told_from_one_with_a_site(gazetteer):
    assert gazetteer.is_town_point("facility:orsk-refinery")
    assert not gazetteer.is_town_point("facility:ryazan-refinery")
    assert not gazetteer.is_town_point("geonames:704422")
    # Every row says which, and as its source does.
    table = gazetteer.facility_table()
    assert set(table["placed"]) == {"site", "town"}
    by_town = table["source"].str.contains("town point")
    assert (table.loc[by_town, "placed"] == "town").all()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Володимирській області", "RU-VLA"),
        ("Білгородською областю", "RU-BEL"),
        ("Бєлгородській області", "RU-BEL"),
        ("Ульянівську область", "RU-ULY"),
        ("Краснодарщині", "RU-KDA"),
    ],
)
def test_a_region_is_found_in_each_case_of_either_spelling(gazetteer, name, code):
    assert gazetteer.resolve(name).require().admin1_code == code


@pytest.mark.parametrize(
    ("name", "admin1", "unit"),
    [
        # The seat of the district is called Stroitel; another Yakovlevka is in Primorye.
        ("Яковлевском округе", "RU-BEL", "RU-BEL"),
        ("Яковлевский район", "RU-PRI", "RU-PRI"),
        ("Мантуровский район, Курская область", None, "RU-KRS"),
        ("Ракитянском районе", None, "RU-BEL"),
        ("Суджанському районі", None, "RU-KRS"),
        ("Krasnoyaruzhsky district", None, "RU-BEL"),
    ],
)
def test_a_district_beside_the_front_is_known_by_its_adjective(gazetteer, name, admin1, unit):
    place = gazetteer.resolve(name, admin1=admin1).require()
    assert (place.kind, place.admin1_code) == ("admin2", unit)


@pytest.mark.parametrize("name", ["Яковлевский район", "Октябрьский район", "Советском районе"])
def test_a_district_of_a_name_that_others_bear_is_not_told_alone(gazetteer, name):
    assert gazetteer.resolve(name).status == "ambiguous"
