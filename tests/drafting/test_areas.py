"""Districts, communities and quarters: of which city, and never a village of a like name."""

import pytest

from geoconflict.drafting import draft_events
from geoconflict.gazetteer import Gazetteer
from geoconflict.theatre.records import city_parts
from tests.drafting.conftest import DAY


def places(text):
    draft = draft_events(text, published=DAY)
    return [(e.value("place"), e.value("admin1")) for e in draft.events]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Харків. У Шевченківському районі дрон влучив у дах ліцею.", ("Kharkiv", "UA-63")),
        ("Вибухи в Києві. На Оболоні вибито вікна після удару дрона.", ("Kyiv", "UA-30")),
        ("Краматорськ. Ракета влучила в мікрорайон Лазурний.", ("Kramatorsk", "UA-14")),
        (
            "A drone hit Kyiv. In the Desnianskyi district rescuers found a body in a burnt house.",
            ("Kyiv", "UA-30"),
        ),
        ("Столиця: в Дніпровському районі дрон влучив у гуртожиток.", ("Kyiv", "UA-30")),
        ("Ракета попала в дом в Советском районе Воронежа.", ("Voronezh", "RU-VOR")),
    ],
)
def test_a_district_of_a_city_is_the_city(text, wanted):
    assert set(places(text)) == {wanted}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Дрон ударив по Межівській громаді, загорівся будинок.", ("Mezhova community", "UA-12")),
        ("Снаряд попал в дом в Никопольском районе.", ("Nikopol Raion", "UA-12")),
        ("A drone hit a house in Vygonichi district.", ("Vygonichsky District", "RU-BRY")),
        # Kyiv has a district of this name; here the region tells that the raion is meant.
        (
            "На Дніпропетровщині дрон влучив у будинок у Дніпровському районі.",
            ("Dnipro Raion", "UA-12"),
        ),
    ],
)
def test_a_district_or_community_is_itself(text, wanted):
    assert places(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ППО збила 16 дронів: 9 над Калузькою, 7 над Ленінградською.", {"RU-KLU", "RU-LEN", None}),
        ("Falling drone wreckage killed a man in the region of Vinnytsia.", {"UA-05"}),
        ("Russian forces took control of Chunishino in Kharkov region.", {"UA-63"}),
    ],
)
def test_a_region_is_no_town_of_its_name(text, wanted):
    events = draft_events(text, published=DAY).events
    assert {e.value("admin1") for e in events} == wanted
    assert {e.value("place") for e in events} <= {None, "Chunishino"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Сили оборони мали просування на південь від Бахмута.", ["Bakhmut"]),
        # Here the second place only says where the first one lies.
        ("Ukrainian forces recaptured Pishchane, a village south-west of Pokrovsk.", ["Pishchane"]),
    ],
)
def test_a_side_of_a_place_is_the_place_where_no_other_is_told(text, wanted):
    assert [place for place, _ in places(text)] == wanted


def test_a_district_that_no_list_knows_stays_unresolved():
    text = "На Киевщине ночью дрон ударил по дому в Вымышленском районе."
    event = draft_events(text, published=DAY).events[0]
    assert event.value("lon") is None
    assert event.value("place") in (None, "Вымышленском районе")


def test_every_part_is_of_a_city_that_the_gazetteer_knows():
    known = Gazetteer.default()
    cities = {(part.city, part.admin1) for part in city_parts()}
    found = {c: known.resolve(c[0], admin1=c[1], kind="settlement").place for c in cities}
    assert {c for c, place in found.items() if place is None or place.name != c[0]} == set()
    assert all(part.names and part.source for part in city_parts())


def test_a_village_that_is_fought_over_is_the_bearer_of_its_name_near_the_front():
    # Two villages of Kharkiv Oblast are called so: one 5 km from the line, one 100 km behind it.
    text = "Russian troops captured the village of Zelene in the Kharkiv region, Moscow says."
    event = draft_events(text, published=DAY).events[0]
    assert event.cells["place"].certainty == "likely"
    assert event.value("lon") == pytest.approx(36.4, abs=0.3)


def test_what_came_down_over_a_town_is_told_of_the_town():
    events = draft_events("Над самой Борисовкой сбит один БПЛА, последствий нет.", published=DAY)
    assert [(e.value("place"), e.value("shot_down")) for e in events.events] == [("Borisovka", 1)]


def test_what_came_down_over_a_region_is_not_told_of_the_town_whose_ministry_speaks():
    text = "The defence ministry in Moscow said 12 drones had been destroyed over Krasnodar Krai."
    assert places(text) == [(None, "RU-KDA")]


def test_a_place_before_a_colon_is_not_struck_where_others_are_behind_it():
    text = "Запорожье и Орехов остались без света: прилёты по Камышевахе и Степногорску."
    assert [place for place, _ in places(text)] == ["Komyshuvakha", "Stepnohirsk"]


def test_a_thing_of_a_region_is_not_in_the_town_of_the_next_strike():
    text = (
        "A drone hit an electrical substation in Lipetsk region, and another drone struck a gas "
        "plant in Frolovo in the Volgograd region."
    )
    assert places(text) == [(None, "RU-LIP"), ("Frolovo", "RU-VGG")]


def test_firefighters_do_not_fight_and_no_ground_is_gained_at_sea():
    text = "A missile hit the Black Sea port of Odesa, where firefighters put out the flames."
    assert {e.value("kind") for e in draft_events(text, published=DAY).events} == {"strike"}


def test_a_group_of_forces_is_no_place():
    text = "Units of the Zapad group of forces took control of Pishchane in Kharkov region."
    assert [place for place, _ in places(text)] == ["Pishchane"]


@pytest.mark.parametrize(
    ("text", "city", "actor"),
    [
        ("A Russian drone attack on the Ukrainian capital killed six people.", "Kyiv", "RU"),
        ("У столиці внаслідок удару дронів загинули двоє людей.", "Kyiv", "RU"),
        ("Ночью украинская столица подверглась атаке дронов, погибли трое.", "Kyiv", "RU"),
        ("Drones hit the Russian capital overnight.", "Moscow", "UA"),
    ],
)
def test_a_capital_without_its_name_is_struck_by_the_other_side(text, city, actor):
    (event,) = draft_events(text, published=DAY).events
    assert (event.value("place"), event.value("actor")) == (city, actor)


def test_a_mayor_of_the_capital_and_sirens_there_are_no_strike_on_it():
    text = "Мер столиці Віталій Кличко повідомив про влучання у будинок у Броварах."
    assert [place for place, _ in places(text)] == ["Brovary"]
    text = "In the Ukrainian capital, air raid sirens sounded; in Dnipro a missile hit a plant."
    assert [place for place, _ in places(text)] == ["Dnipro"]
