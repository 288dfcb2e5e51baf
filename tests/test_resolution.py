"""Which of several namesakes is meant: by case, old name, facility and context; what doubt."""

import csv
import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.files.embedded import embedded_path
from geoconflict.gazetteer import Gazetteer
from geoconflict.gazetteer.placefile import Name, PlaceFile, write_places
from geoconflict.gazetteer.places import Place, told_apart
from geoconflict.gazetteer.scoring import distance_km
from geoconflict.theatre import Theatre
from tests.conftest import REPOSITORY

EXAMPLES = REPOSITORY.parent / "shared" / "examples"
SETTLEMENTS = PlaceFile(embedded_path("settlements.sqlite"))
UKRAINE = [place.id for place in SETTLEMENTS.all_of("settlement") if place.country == "UA"]
WELL_KNOWN = ("Pokrovsk", "Kazan", "Kupiansk", "Volgograd", "Toretsk", "Ryazan", "Kramatorsk")
FAR_AWAY = ("Warsaw", "Uzhhorod", "Lviv", "Minsk", "Saint Petersburg", "Ufa", "Chisinau", "Omsk")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("у Покровську", "Pokrovsk"),
        ("під Рязанню", "Ryazan"),
        ("под Рязанью", "Ryazan"),
        ("Курахового", "Kurakhove"),
        ("Часового Яру", "Chasiv Yar"),
        # Not Kyzyl, Chuhuiv and Beryslav, which are spelled otherwise.
        ("Кизеле", "Kizel"),
        ("Чехова", "Chekhov"),
        ("Бориславі", "Boryslav"),
        ("Kiev", "Kyiv"),
        ("Chasov Yar", "Chasiv Yar"),
        ("Zaporozhye", "Zaporizhzhia"),
        ("Il'skiy", "Ilskiy"),
        # In lists of regions, not the village Kurskaya, Kursk or Orlovsky in Rostov Oblast.
        ("Курской", "Kursk Oblast"),
        ("Орловской", "Oryol Oblast"),
        ("Kazan's", "Kazan"),
        ("Dnipropetrovsk", "Dnipro"),
        ("Chervonohrad", "Sheptytskyi"),
    ],
)
def test_spellings_case_endings_and_old_names(gazetteer, text, name):
    assert gazetteer.resolve(text).require().name == name


def test_an_old_name_says_its_years_and_counts_in_them(gazetteer):
    answer = gazetteer.resolve("Artemivsk", context=["Bakhmut"])
    assert answer.place.name == "Bakhmut"
    assert "from 1924 to 2016" in answer.reason
    then = gazetteer.resolve("Chervonohrad", date=dt.date(2020, 1, 1))
    now = gazetteer.resolve("Chervonohrad", date=dt.date(2025, 1, 1))
    assert then.candidates[0].score > now.candidates[0].score


def test_a_name_as_spelled_comes_before_romanisations_of_another(gazetteer):
    """Krasnoarmiisk was Pokrovsk; two towns of Russia are called Krasnoarmeysk."""
    alone = gazetteer.resolve("Krasnoarmiisk")
    assert alone.candidates[0].place.name == "Pokrovsk"
    beside = gazetteer.resolve("Krasnoarmiisk", context=["Donetsk Oblast"])
    assert beside.require().admin1_code == "UA-14"


@pytest.mark.parametrize(
    ("text", "facility"),
    [
        ("Lukoil's refinery in Volgograd", "facility:volgograd-refinery"),
        ("the Volgograd Oil Refinery", "facility:volgograd-refinery"),
        ("Gorbunov plant", "facility:gorbunov-aircraft-plant"),
        ("refinery in Tuapse", "facility:tuapse-refinery"),
        ("Tambov Gunpowder Plant", "facility:tambov-gunpowder-plant"),
        ("Engels-2 airbase", "ourairports:RU-8602"),
        ("Shaykovka airfield", "ourairports:RU-9942"),
        ("аеродром Саки", "ourairports:UKFI"),
    ],
)
def test_facilities_by_operator_town_and_kind_in_any_order(gazetteer, text, facility):
    assert gazetteer.resolve(text).require().id == facility


def test_a_district_is_the_one_called_after_the_town(gazetteer):
    place = gazetteer.resolve("Yelabuga district").require()
    assert (place.kind, place.name) == ("admin2", "Yelabuga District")


@pytest.mark.parametrize("word", ["TASS", "Belle", "In", "Lower", "September"])
def test_a_name_borne_by_chance_is_unknown(gazetteer, word):
    assert gazetteer.resolve(word).status == "unknown"


def test_a_namesake_in_another_region_than_the_one_named_is_doubtful(gazetteer):
    """The only Synkivka of the data is near Kupiansk."""
    answer = gazetteer.resolve("Synkivka", context=["Zaporizhzhia region", "Orikhiv"])
    assert answer.status == "ambiguous"
    assert "not in the region named beside it" in answer.reason


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Stockholm", ("Stockholm", "SE")),
        ("у Римі", ("Rome", "IT")),
        ("в Пхеньяне", ("Pyongyang", "KP")),
        ("Вашингтоні", ("Washington", "US")),
        ("Тегераном", ("Tehran", "IR")),
        ("на Донбасі", ("Donbas", "UA")),
        ("Приднестровье", ("Transnistria", "MD")),
        ("Слобожанщині", ("Sloboda Ukraine", "UA")),
        ("Мурманщині", ("Murmansk Oblast", "RU")),
        ("Будьонновську", ("Budyonnovsk", "RU")),
    ],
)
def test_cities_of_the_world_and_regions_are_themselves_in_three_languages(gazetteer, text, place):
    found = gazetteer.resolve(text).require()
    assert (found.name, found.country) == place


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        # Bakhmut's name until 2016, and a spelling of a town in the Urals.
        ("Artemovsk", "Bakhmut"),
        # A part of Kryvyi Rih is no town, for all who live there.
        ("Terny", "Terny (Lyman"),
        ("Терни", "Terny (Lyman"),
    ],
)
def test_a_place_at_the_front_is_not_passed_over_in_silence(name, meant, gazetteer):
    found = gazetteer.resolve(name)

    assert found.status == "ambiguous"
    named = [f"{one.place.name} ({one.place.community}" for one in found.candidates]
    assert any(one.startswith(meant) for one in named)


def test_a_city_of_the_world_never_takes_the_place_of_a_town_at_the_front(gazetteer):
    """New York, until 2021 Novhorodske, lies beside Toretsk."""
    beside = gazetteer.resolve("Нью-Йорку", context=["Торецьк", "Донецька область"])
    assert beside.require().admin1_code == "UA-14"
    assert gazetteer.resolve("Нью-Йорк").status == "ambiguous"
    assert gazetteer.resolve("New York").status == "ambiguous"
    near = gazetteer.resolve("New York", context=["Toretsk"]).require()
    assert near.admin1_code == "UA-14"
    assert gazetteer.resolve("New York", context=["United States"]).require().country == "US"


def test_misspelled_names_are_found_only_on_request(gazetteer):
    assert gazetteer.resolve("Krematorsk").status == "unknown"
    assert gazetteer.resolve("Krematorsk", fuzzy=True).require().name == "Kramatorsk"


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(UKRAINE))
def test_every_listed_name_finds_its_place(place_id):
    gazetteer = Gazetteer.default()
    place = gazetteer.get(place_id)
    for names in place.names.values():
        for name in names:
            assert place_id in {match.place.id for match in gazetteer.lookup(name)}, name


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(WELL_KNOWN), st.lists(st.sampled_from(FAR_AWAY), max_size=4))
def test_unrelated_context_never_turns_an_answer_into_another(name, context):
    gazetteer = Gazetteer.default()
    alone, beside = gazetteer.resolve(name), gazetteer.resolve(name, context=context)
    assert beside.place is None or beside.place.id == alone.place.id


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the examples from articles are not here")
def test_names_as_they_stand_together_in_articles(gazetteer):
    with (EXAMPLES / "toponyms.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["uncertain"] == "false"]
    answers = [(row, gazetteer.resolve(row["surface"], context=_context(row))) for row in rows]
    wrong = [row["surface"] for row, a in answers if a.place and not _is_meant(row, a.place)]
    right = sum(a.place is not None for _, a in answers) - len(wrong)
    assert right / len(rows) >= 0.97
    assert len(wrong) / len(rows) <= 0.01, wrong


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the examples from articles are not here")
def test_words_that_look_like_places_resolve_to_nothing(gazetteer):
    for line in (EXAMPLES / "not_places.txt").read_text("utf-8").splitlines():
        word = line.rpartition(",")[0]
        assert gazetteer.resolve(word).place is None, word


def _context(row):
    return row["context_names"].split(";")


def _is_meant(row, place):
    if place.kind == "country":
        return place.country == row["country"] and not row["admin1"]
    if place.kind == "admin1":
        return row["admin1"] in (place.admin1, place.name) or place.name == row["resolved_name"]
    return (place.lat, place.lon) == pytest.approx((float(row["lat"]), float(row["lon"])), abs=0.12)


def test_a_town_as_far_as_a_region_is_wide_still_speaks_for_the_smaller_of_its_namesakes(tmp_path):
    """One of two Twintons has 35 times the people, and is 490 km off; the other is 70 km off."""
    towns = [("Westhaven", "UA", 30.0, 40_000), ("Twinton", "UA", 31.0, 6_000)]
    own = _towns(tmp_path, [*towns, ("Twinton", "UA", 37.0, 210_000)])
    assert own.resolve("Twinton").place.lon == 37.0
    assert own.resolve("Twinton", context=["Westhaven"]).status == "ambiguous"


def _towns(folder, towns):
    """A gazetteer of its own, with towns along the 50th parallel: name, country, lon, people."""
    places = [
        Place(f"town:{n}", name, "settlement", country, lon=lon, lat=50.0, population=people)
        for n, (name, country, lon, people) in enumerate(towns)
    ]
    info = {"title": "t", "source": "s", "licence": "l", "retrieved": "2025-01-01"}
    named = ((place, [Name(place.name, 0, "en")]) for place in places)
    write_places(folder / "places.sqlite", named, info=info)
    own = replace(Theatre.default(), belt=(), prior={})
    return Gazetteer([PlaceFile(folder / "places.sqlite")], theatre=own)


@pytest.mark.parametrize(("people", "status"), [(20_000, "unknown"), (90_000, "resolved")])
def test_a_small_town_abroad_is_not_meant_unless_something_points_there(tmp_path, people, status):
    own = _towns(tmp_path, [("Farton", "PL", 20.0, people), ("Nearby", "PL", 20.3, 9_000)])
    assert own.resolve("Farton").status == status
    assert own.resolve("Farton", context=["Nearby"]).status == "resolved"


def test_villages_that_only_nearness_tells_apart_need_a_clear_lead(tmp_path):
    """One village is 35 km from the town beside it, its namesake 90 km."""
    towns = [("Hub", "UA", 30.0, 40_000), ("Twin", "UA", 30.49, 600), ("Twin", "UA", 31.26, 600)]
    own = _towns(tmp_path, towns)
    assert own.resolve("Twin", context=["Hub"]).status == "ambiguous"
    close = [("Hub", "UA", 30.0, 40_000), ("Twin", "UA", 30.1, 600), ("Twin", "UA", 36.0, 600)]
    (tmp_path / "close").mkdir()
    found = _towns(tmp_path / "close", close).resolve("Twin", context=["Hub"])
    assert found.place.lon == 30.1


def test_an_ambiguous_answer_names_every_place_that_it_means(gazetteer):
    found = gazetteer.resolve("Шевченко", context=["Покровськ"])
    assert found.status == "ambiguous"
    assert len(found.fact.given["places"]) >= 2


def test_what_stands_together_beside_a_name_counts_one_by_one(gazetteer):
    """Pryvilne is in Velyka Novosilka Raion of old, at Huliaipole and in many more places."""
    alone = gazetteer.resolve("Pryvilne")
    between = gazetteer.resolve("Pryvilne", context=["between Huliaipole and Orikhiv"])
    assert alone.status == "ambiguous"
    assert between.require().community == "Huliaipole community"
    both = gazetteer.resolve("Vyshneve", context=["Запорізькій та Херсонській областях"])
    assert {one.place.admin1_code for one in both.candidates[:2]} <= {"UA-23", "UA-65"}


def test_a_name_of_today_comes_before_one_of_long_ago_beside_it(gazetteer):
    """Pokrovsk was Hryshyne until 1934; the village of the name lies 9 km from it."""
    assert gazetteer.resolve("Гришино", context=["Покровск"]).require().name == "Hryshyne"


def test_an_old_name_of_three_letters_takes_something_beside_it(gazetteer):
    """Sloviansk was Tor until 1784, and a weapon is called so."""
    assert gazetteer.resolve("Tor").place is None


@pytest.mark.parametrize("context", [[], ["Суджа", "Курск"]])
def test_a_spelling_only_like_a_name_is_no_city_abroad(gazetteer, context):
    """Косица is a village of Kursk Oblast, which no data here have, and Košice a city."""
    assert gazetteer.resolve("Косица", context=context).status == "unknown"
    assert gazetteer.resolve("Варшаве").require().name == "Warsaw"


def test_an_ending_makes_no_city_abroad_of_another_name_of_it(gazetteer):
    """Тихий is a word, Тихе a village, and Tychy in Poland is Тихый in no report."""
    assert gazetteer.resolve("Тихого").place is None


def test_latin_letters_in_a_cyrillic_word_are_those_that_look_the_same(gazetteer):
    assert gazetteer.resolve("Попiв Яр", context=["Покровськ"]).require().name == "Popiv Yar"
    assert gazetteer.resolve("Xерсон").require().name == "Kherson"


def test_a_far_namesake_is_not_meant_where_the_unit_beside_it_has_its_own(gazetteer):
    """Chumatske was Pushkine until 2024; a town near Moscow has 100 times its people."""
    beside = gazetteer.resolve("Пушкино", context=["Донецкая область", "Веселый Гай"])
    assert beside.require().name == "Chumatske"
    assert gazetteer.resolve("Пушкино").require().admin1_code == "RU-MOS"


def test_a_place_just_beyond_the_unit_beside_it_is_no_other_in_it(gazetteer):
    """Shevchenko lies 2 km from Dnipropetrovsk Oblast, of which the report tells."""
    context = ["Дніпропетровська область", "Новогеоргіївка", "Запорізьке"]
    found = gazetteer.resolve("Шевченка", context=context)
    assert found.place is None or found.place.admin1_code == "UA-14"


@pytest.mark.parametrize("name", ["Белоусову", "Белоусовым"])
def test_a_surname_in_any_case_is_no_small_town(name, gazetteer):
    assert gazetteer.resolve(name).place is None
    assert gazetteer.resolve("в Белоусове").place is not None


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("на Днепре", "water:dnipro-river"),
        ("на Дніпрі", "water:dnipro-river"),
        ("on the Dnipro", "water:dnipro-river"),
        ("в Днепре", "geonames:709930"),
        ("на Дніпро", "geonames:709930"),
    ],
)
def test_what_lies_on_a_river_is_on_no_town(gazetteer: Gazetteer, text: str, place_id: str) -> None:
    assert gazetteer.resolve(text).require().id == place_id


def test_on_tells_no_town_of_a_word(gazetteer: Gazetteer) -> None:
    """What is "на Азове" is at sea; the town takes "в"."""
    assert gazetteer.resolve("на Азове").status == "ambiguous"
    assert gazetteer.resolve("в Азове").status == "resolved"


def test_a_name_lost_in_the_war_stays_possible_at_the_front(gazetteer: Gazetteer) -> None:
    """Dzerzhinsk of Nizhny Novgorod is 790 km from Vovchansk, Toretsk 221 km."""
    assert gazetteer.resolve("Дзержинск", context=["Волчанск"]).status == "ambiguous"
    assert gazetteer.resolve("Дзержинск").require().admin1_code == "RU-NIZ"


def test_a_large_town_is_meant_before_a_small_one(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Ялті").require().admin1_code == "UA-43"
    assert gazetteer.resolve("Ялта", context=["Мангуш"]).require().admin1_code == "UA-14"
    assert gazetteer.resolve("Красногорском").status == "ambiguous"
    # Pivdenne at Kharkiv is nearer the fighting than the larger one at Odesa.
    assert gazetteer.resolve("Південного").status == "ambiguous"


def test_namesakes_of_one_title_are_told_apart(gazetteer: Gazetteer) -> None:
    answer = gazetteer.resolve("Shevchenko, Donetsk Oblast")
    shown = answer.reason.split(" can mean ")[1].split(" and ")[0].split(";")
    assert len(shown) == len(set(shown)) > 2


@pytest.mark.parametrize(
    "text", ["н.п. Гродівка", "сел. Гродівка", "пос. Гродовка", "населённого пункта Гродовка"]
)
def test_abbreviations_before_a_name_are_no_part_of_it(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.resolve(text).require().name == "Hrodivka"


def test_hamlets_of_one_name_and_community_are_told_apart_by_their_codes(gazetteer):
    """The codifier has two Berestove in Blyzniuky community, and no position of either."""
    found = [match.place for match in gazetteer.lookup("Берестове")]
    two = [place for place in found if place.community == "Blyzniuky community"]
    named = told_apart(["Берестове", "Берестове"], two)
    assert len(two) == len(set(named)) == 2
    assert [place.code in text for place, text in zip(two, named, strict=True)] == [True, True]


@pytest.mark.parametrize("name", ["Новоросійськ", "Новоросійську", "Новороссийске"])
def test_a_place_named_beside_does_not_speak_for_itself(gazetteer, name):
    found = gazetteer.resolve(name, context=["Краснодар"])
    assert found.place is not None
    assert found.place.name == "Novorossiysk"


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("airfield near Saratov", None),
        ("airport in Saratov", "Gagarin International Airport"),
        ("air base near Ryazan", "Dyagilevo Air Base"),
        ("airfield near Pskov", "Pskov Airport"),
    ],
)
def test_an_airfield_told_by_its_town_may_be_another_beside_it(gazetteer, text, base):
    """Engels is as near to Saratov as its airport is."""
    answer = gazetteer.resolve(text)
    assert (answer.place.name if answer.place else None) == base


@pytest.mark.parametrize(
    ("name", "unit"), [("в Гвардейске", "RU-KGD"), ("в Каменске", None), ("Каменское", "UA-12")]
)
def test_the_locative_of_a_town_is_no_ukrainian_name_in_russian(gazetteer, name, unit):
    place = gazetteer.resolve(name).place
    assert (place.admin1_code if place else None) == unit


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [
        # Public lists scatter by 20 km over the three refineries of Ufa; the town of Rossosh has
        # a village of its name 130 km away, to which GeoNames gives its people.
        ("Ufaneftekhim refinery", 56.06, 54.93),
        ("Башнефть-УНПЗ", 56.10, 54.85),
        ("Syzran oil refinery", 48.39, 53.08),
        ("Minudobreniya chemical plant", 39.57, 50.20),
        ("Россошь", 39.57, 50.20),
    ],
)
def test_a_plant_stands_within_its_radius_of_where_it_is(gazetteer, name, lon, lat):
    place = gazetteer.resolve(name).require()
    away_km = distance_km(place, Place("", "", "point", lon=lon, lat=lat))
    assert away_km * 1000 <= place.precision_m
    assert place.precision_m <= 10_000


def test_the_refinery_in_a_city_of_three_is_none_of_them(gazetteer):
    assert gazetteer.resolve("Ufa oil refinery").status == "ambiguous"


@pytest.mark.parametrize(
    ("name", "beside", "place"),
    [
        ("Красногвардійське", ["Крим"], "Kurman"),
        ("Кіровському", ["Джанкої", "Феодосії"], "Islam-Terek"),
        ("Октябрьское", ["Крым"], "Biiuk-Onlar"),
        ("Кировское", ["Донецкая область"], "Khrestivka"),
    ],
)
def test_towns_of_crimea_are_called_as_before_until_it_is_free(gazetteer, name, beside, place):
    assert gazetteer.resolve(name, context=beside).require().name == place


@pytest.mark.parametrize(
    "name", ["Новомосковськ", "Novomoskovsk", "Первомайськ", "Pervomaisk", "Кировское", "Советский"]
)
def test_a_name_that_another_town_lost_in_the_war_is_not_told(gazetteer, name):
    assert gazetteer.resolve(name).status == "ambiguous"


def test_a_unit_beside_it_tells_which_town_lost_the_name(gazetteer):
    for unit, place in (("Luhansk Oblast", "Sokolohirsk"), ("Mykolaiv Oblast", "Pervomaisk")):
        assert gazetteer.resolve("Pervomaisk", context=[unit]).require().name == place


def test_a_larger_namesake_behind_the_front_is_not_meant_for_its_size(gazetteer):
    """One Sofiivka of 11,000 people is held since 2014, another lies among the names beside it."""
    beside = ["Щербинівці", "Яблунівки", "Плещіївки", "Попового Яру", "Русиного Яру", "Іванопілля"]
    assert gazetteer.resolve("Софіївки", context=beside).status == "ambiguous"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Моздокский аэродром", "Mozdok Air Base"),
        ("на Моздокском аэродроме", "Mozdok Air Base"),
        ("Моздоцький аеродром", "Mozdok Air Base"),
        ("Миргородського аеродрому", "Myrhorod Air Base"),
        ("Энгельсский аэродром", "Engels Air Base"),
        ("Новороссийский порт", "Port of Novorossiysk"),
        ("Новороссийского порта", "Port of Novorossiysk"),
        ("Энгельсская нефтебаза", "Kristall fuel depot at Engels"),
        ("на нафтобазі у Феодосії", "Feodosia oil terminal"),
        ("Кстовский НПЗ", "Lukoil-Nizhegorodnefteorgsintez oil refinery"),
        ("Казанский авиационный завод", "Gorbunov Kazan aircraft plant"),
    ],
)
def test_a_facility_is_told_by_the_adjective_of_its_town(gazetteer, text, place):
    assert gazetteer.resolve(text).require().name == place


@pytest.mark.parametrize(
    "text", ["Таганрогский аэродром", "Нижнекамский НПЗ", "Рязанский аэродром"]
)
def test_two_of_a_kind_in_one_town_are_not_told_by_its_adjective(gazetteer, text):
    assert gazetteer.resolve(text).status == "ambiguous"


@pytest.mark.parametrize(
    "text",
    [
        *("Tula plant", "Dzerzhinsk plant", "Tambov plant", "Bryansk plant", "Ryazan plant"),
        *("Саратовский завод", "рязанського заводу", "Брянский завод", "Крымский аэродром"),
        *("Омский НПЗ", "Саратовская нефтебаза", "Тульский оружейный завод"),
    ],
)
def test_a_plant_of_a_town_is_none_of_its_plants(gazetteer, text):
    assert gazetteer.resolve(text).place is None


@pytest.mark.parametrize("text", ["Nizhnekamsk refinery", "НПЗ Нижнекамска"])
def test_plants_beside_each_other_are_two(gazetteer, text):
    assert gazetteer.resolve(text).status == "ambiguous"


def test_an_acronym_takes_no_ending_and_no_other_spelling(gazetteer):
    """That of the Kharkiv aircraft plant is spelled as Gaza in the genitive plural, or as gas."""
    assert gazetteer.resolve("ХАЗ").require().id == "facility:kharkiv-aircraft-plant"
    assert gazetteer.resolve("СУМ").place is None
    assert gazetteer.resolve("ГАЗ").place is None
    assert gazetteer.resolve("УФА").require().name == "Ufa"


@pytest.mark.parametrize("word", ["Газ", "газ", "газу", "Гром", "сумма", "Удачного", "Старое"])
def test_a_word_is_no_far_city_that_an_ending_or_a_spelling_makes_of_it(word):
    assert Gazetteer.default().resolve(word).status != "resolved"


def test_a_numeral_is_no_town_at_the_front():
    beside = ["Краматорськ", "Лиман"]
    assert Gazetteer.default().resolve("Три", context=beside).status == "unknown"


def test_a_village_is_not_taken_for_one_that_a_source_spells_alike():
    gazetteer = Gazetteer.default()
    assert gazetteer.resolve("Казинка", context=["Валуйки"]).require().id == (
        "village:kazinka-valuyki"
    )
    assert gazetteer.resolve("Kazinka", admin1="RU-BEL").status == "ambiguous"
    assert gazetteer.resolve("Козинка", admin1="RU-BEL").require().lat == pytest.approx(
        50.46, abs=0.01
    )
