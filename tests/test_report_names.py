"""Names of places as reports write them, in own words, and words that are no places."""

from pathlib import Path

import pytest

from geoconflict.files.embedded import embedded_path
from geoconflict.gazetteer.placefile import PlaceFile
from tests.benchmarks.names_accuracy import read, score

HERE = Path(__file__).parent
# Words, names of people, arms, units, ships and firms; Днепр and Сомали are a city and a country.
MOST_WORDS = 2


def test_names_of_reports_are_resolved_together_and_none_wrongly(gazetteer):
    counts = score(gazetteer, read(HERE / "names_of_reports.csv"), hint=False, say=False)["all"]
    assert counts["wrong"] == 0
    assert counts["right"] >= 59


def test_words_names_of_people_and_adjectives_are_no_places(gazetteer):
    files = ("no_places.txt", "other_words.txt")
    words = [w for name in files for w in (HERE / name).read_text("utf-8").splitlines()]
    taken = [word for word in words if gazetteer.resolve(word).place is not None]
    assert len(words) >= 600
    assert len(taken) <= MOST_WORDS, taken


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Azov", "in Azov"),
        ("Гроза", "село Гроза"),
        ("Весна", "Весна, Донецька область"),
        ("Яр", "посёлок Яр"),
    ],
)
def test_a_name_that_is_another_word_as_well_takes_something_that_tells(gazetteer, name, told):
    alone = gazetteer.resolve(name)
    assert (alone.status, alone.fact.code) == ("ambiguous", "place_is_word")
    assert gazetteer.resolve(told).place == alone.candidates[0].place


def test_what_stands_near_a_name_that_is_another_word_tells_that_it_is_a_place(gazetteer):
    assert gazetteer.resolve("Azov", context=["Taganrog"]).require().country == "RU"
    assert gazetteer.resolve("Azov", context=["Vovchansk"]).status == "ambiguous"
    assert [gazetteer.resolve(one).status for one in ("Лиман", "Izium", "Курчатов")] == [
        "resolved"
    ] * 3


@pytest.mark.parametrize("name", ["Poselok", "Чижове", "Voroshilov", "Кремлев", "Novhorod"])
def test_another_name_unlike_that_of_today_takes_its_years_or_something_near(gazetteer, name):
    """Lists of other names hold forms in other languages, and words that nobody means by them."""
    assert gazetteer.resolve(name).place is None


def test_not_even_its_unit_makes_a_town_of_another_word(gazetteer):
    """Pristen was Maryino long ago, and Kursk Oblast has villages of that name."""
    assert gazetteer.resolve("Марьино", admin1="RU-KRS").place is None
    assert gazetteer.resolve("Lemberg", admin1="UA-46").require().name == "Lviv"


def test_quarters_of_cities_are_told_by_the_city_beside_them(gazetteer):
    beside = gazetteer.resolve("П'ятихатки", context=["Харків"]).require()
    assert (beside.admin1_code, beside.precision_m) == ("UA-63", 4000.0)
    assert gazetteer.resolve("П'ятихатки").require().admin1_code == "UA-12"


def test_a_village_of_the_codifier_is_an_area_in_its_community(gazetteer):
    """The codifier has no positions: somewhere in the community, as wide as that is."""
    found = gazetteer.resolve("Bezimenne", context=["Донецька область", "Novoazovsk"]).require()
    hamlet = gazetteer.resolve("Cherkaske", context=["Sloviansk", "Sviatohirsk"])
    assert found.admin1_code == "UA-14"
    assert hamlet.status in ("resolved", "ambiguous")
    village = gazetteer.resolve("Rozdollia", context=["Kramatorsk", "Donetsk Oblast"])
    places = [one.place for one in village.candidates if one.place.is_approximate]
    assert places
    assert all(4_000 < (place.precision_m or 99_000) < 60_000 for place in places)
    assert all(place.community.endswith(" community") for place in places)


@pytest.mark.parametrize("name", ["Myrne", "Ivanivka", "Мирне", "Новоселівка", "Berestove"])
def test_a_name_that_many_bear_is_not_taken_for_the_one_with_a_point(gazetteer, name):
    assert gazetteer.resolve(name).status == "ambiguous"


@pytest.mark.parametrize(
    ("name", "title", "kind"),
    [
        ("Pokrovsk Raion", "Pokrovsk Raion", "admin2"),
        ("Покровський район", "Pokrovsk Raion", "admin2"),
        ("Hrodivka community", "Hrodivka community", "admin2"),
        ("Гродівська громада", "Hrodivka community", "admin2"),
        ("Покровський напрямок", "Pokrovsk", "settlement"),
        ("Lyman axis", "Lyman", "settlement"),
        ("Лиманському напрямку", "Lyman", "settlement"),
        ("Угледар", "Vuhledar", "settlement"),
        ("Липців", "Lyptsi", "settlement"),
        ("Волчанское направление", "Vovchansk", "settlement"),
        ("Константиновское направление", "Kostiantynivka", "settlement"),
        ("Костянтинівський напрямок", "Kostiantynivka", "settlement"),
        ("на Гуляйпільському напрямку", "Huliaipole", "settlement"),
        ("Добропольское направление", "Dobropillia", "settlement"),
        ("Дзержинское направление", "Toretsk", "settlement"),
        ("Київський напрямок", "Kyiv", "settlement"),
        ("Русиному Яру", "Rusyn Yar", "settlement"),
        ("Robotyne", "Robotyne", "settlement"),
        ("Работино", "Robotyne", "settlement"),
        ("Времевка", "Vremivka", "settlement"),
        ("Новоэкономическое", "Novoekonomichne", "settlement"),
        ("Купянск-Узловой", "Kupiansk-Vuzlovyi", "settlement"),
        ("Пологівському районі", "Polohy Raion", "admin2"),
        ("Межівській громаді", "Mezhova community", "admin2"),
        ("Polohy district", "Polohy Raion", "admin2"),
        ("на Покровському напрямку", "Pokrovsk", "settlement"),
        ("Татарстане", "Republic of Tatarstan", "admin1"),
        ("Башкортостані", "Republic of Bashkortostan", "admin1"),
        ("Петербурга", "Saint Petersburg", "settlement"),
        ("СПб", "Saint Petersburg", "settlement"),
        ("Ростов", "Rostov-on-Don", "settlement"),
        ("Прикамье", "Perm Krai", "admin1"),
        ("Kyivskyi district of Kharkiv", "Kharkiv", "settlement"),
        ("у Салтівському районі Харкова", "Kharkiv", "settlement"),
        ("Індустріальному районі м. Дніпро", "Dnipro", "settlement"),
        ("Bakhmut district of Donetsk", "Bakhmut Raion", "admin2"),
    ],
)
def test_units_directions_and_case_endings(gazetteer, name, title, kind):
    place = gazetteer.resolve(name).require()
    assert (place.name, place.kind) == (title, kind)


@pytest.mark.parametrize(
    "name",
    ["Рубцовское направление", "Олександрівський напрямок", "Александровское направление"],
)
def test_a_direction_is_called_after_no_town_far_from_the_front_and_no_one_of_many(gazetteer, name):
    """Rubtsovsk in Altai, Konstantinovsk in Rostov Oblast; many an Oleksandrivka."""
    assert gazetteer.resolve(name).place is None


@pytest.mark.parametrize("name", ["Углегорск", "Волчанск", "Volchansk"])
def test_a_town_elsewhere_is_meant_as_well_where_nothing_tells_of_the_war(gazetteer, name):
    """Uglegorsk is on Sakhalin, Volchansk in the Urals; Vovchansk is in Ukrainian spelling."""
    assert gazetteer.resolve(name).status == "ambiguous"
    assert gazetteer.resolve(name, context=["Харьков", "Донецк"]).require().country == "UA"
    assert gazetteer.resolve("Вовчанськ").require().country == "UA"


@pytest.mark.parametrize("beside", [[], ["Купянск"], ["Чернигов"]])
@pytest.mark.parametrize("name", ["Оскол", "за Оскол", "Оскола", "за Десною", "Desna", "за Доном"])
def test_a_village_is_not_told_from_a_river_of_its_name(gazetteer, name, beside):
    assert gazetteer.resolve(name, context=beside).place is None


def test_what_is_said_of_a_river_or_of_a_village_tells_which_is_meant(gazetteer):
    for name in ("across the Oskil", "на Осколе", "вздовж Осколу", "the Dnipro"):
        assert gazetteer.resolve(name).require().kind == "water"
    assert gazetteer.resolve("в Осколе").require().kind == "settlement"
    assert gazetteer.resolve("Оскол", context=["Изюм"]).require().kind == "settlement"
    # A town beyond a river of its name, or the river itself.
    assert gazetteer.resolve("за Бахмутом").fact.code == "place_is_river"
    assert gazetteer.resolve("бої за Бахмут").place is None
    assert gazetteer.resolve("за Бахмут").require().name == "Bakhmut"


def test_a_town_far_from_what_stands_together_may_be_a_longer_name_cut_short(gazetteer):
    """At Kupiansk lie Lyman Pershyi and Lyman Druhyi."""
    for beside in (["Купянск"], ["Купянск", "Боровая"], ["Kupiansk", "Borova"]):
        assert gazetteer.resolve("Лиман", context=beside).status == "ambiguous"
    told = gazetteer.resolve("Лиман", context=["Купянск", "Боровая", "Святогорск"])
    assert told.require().population > 9_000
    assert gazetteer.resolve("Lyman", context=["Kupiansk", "Siversk"]).require().population > 9_000


def test_a_form_of_a_far_city_may_be_of_a_village_called_by_an_adjective(gazetteer):
    beside = ["Белгородская область", "Красной Яруге", "Валуйках"]
    assert gazetteer.resolve("Архангельском", context=beside).fact.code == "place_far"
    assert gazetteer.resolve("Архангельске", context=beside).require().population > 300_000
    assert gazetteer.resolve("Мурманском", context=["Североморск"]).require().name == "Murmansk"


def test_the_locative_of_an_adjective_is_of_the_village_and_not_of_the_town(gazetteer):
    village = gazetteer.resolve("в Луганском", context=["Бахмут"]).require()
    assert (village.name, village.admin1) == ("Luhanske", "Donetsk Oblast")
    assert gazetteer.resolve("в Лисичанском").place is None
    for town in ("под Луганском", "у Луганську", "в Луганске"):
        assert gazetteer.resolve(town).require().name == "Luhansk"


def test_a_place_next_to_what_stands_beside_it_needs_little_lead_over_one_far_off(gazetteer):
    near = ["Шахово", "Новое Шахово", "Торское", "Дорожное", "Никаноровка", "Золотой Колодезь"]
    beside = ["ДНР", "Красноармейск", *near]
    village = gazetteer.resolve("Владимировка", context=beside).require()
    assert village.lat == pytest.approx(48.44, abs=0.01)


def test_a_place_of_the_codifier_keeps_its_old_name(gazetteer):
    """Pushkine in Pokrovsk Raion became Chumatske between the editions of 2024 and 2026."""
    found = [match for match in gazetteer.lookup("Пушкіне") if match.place.name == "Chumatske"]
    assert [(m.place.community, m.until) for m in found] == [("Pokrovsk community", 2024)]


def test_the_codifier_is_whole():
    file = PlaceFile(embedded_path("settlements.sqlite"))
    coded = [place for place in file.all_of("settlement") if place.code]
    assert len({place.code for place in coded}) == len(coded) == 29_703
    units = [place for place in file.all_of("admin2") if place.code]
    assert sum(place.name.endswith("Raion") for place in units) >= 130


@pytest.mark.parametrize("name", ["Красный", "Новая", "Мирный", "Zala", "Mirny"])
def test_a_word_that_names_begin_with_is_none_of_them_in_a_report(gazetteer, name):
    beside = ["Pokrovsk", "Kostiantynivka", "Donetsk Oblast"]
    assert gazetteer.resolve(name, context=beside).place is None


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("Карпатах", "Carpathians"),
        ("на Кривбасі", "Kryvbas"),
        ("Южной Бессарабии", "Budjak"),
        ("Budjak", "Budjak"),
        ("Кавказе", "Caucasus"),
        ("Прибалтике", "Baltic states"),
    ],
)
def test_a_region_is_no_village_called_after_it(gazetteer, name, region):
    place = gazetteer.resolve(name).place
    assert place is not None
    assert (place.name, place.kind) == (region, "region")
