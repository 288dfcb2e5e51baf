"""Which names of a sentence are places where something happened, and who did it there."""

import datetime as dt

import pytest

from geoconflict.drafting import draft_events

DAY = dt.date(2025, 11, 14)


def read(text):
    return draft_events(text, published=DAY).events


def told(text, *columns):
    return [tuple(event.value(column) for column in columns) for event in read(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The ship Simferopol was hit in the mouth of the Danube; one sailor died.", ["Danube"]),
        ("The Moskva cruiser sank in the Black Sea after two missiles hit it.", ["Black Sea"]),
        ("Корабль «Ростов-на-Дону» потоплен в Севастополе.", ["Sevastopol"]),
        ("Поїзд «Київ — Краматорськ» став на станції Лозова через обстріл.", ["Lozova"]),
        ("БПЛА упал на завод в Невинномысске, заявил Владимиров.", ["Nevinnomyssk"]),
        ("В Туапсе сгорел причал, танкер отбуксировали в Новороссийск.", ["Tuapse"]),
        ("У Львові прощалися з воїном, який загинув під Покровськом від удару дрона.", []),
        (
            "The Krasnodar emergency headquarters says debris fell on the Afipsky refinery.",
            ["Afipsky"],
        ),
        ("Погиб человек при атаке дрона у села Безымено Грайворонского округа.", ["Безымено"]),
        ("ВС РФ взяли Угледар, сказано в сводке, в Киеве это не подтвердили.", ["Vuhledar"]),
        ("A bomb hit a shop in Bilozerske, near Pokrovsk, on Wednesday.", ["Bilozerske"]),
        ("Bombs hit Dnipro, near Odesa, and Lviv.", ["Dnipro", "Odesa", "Lviv"]),
        ("У селі Стрілеча КАБ влучив у будинок.", ["Strilecha"]),
        ("В селе Шептуховка РСЗО «Град» повредил дом.", ["Шептуховка"]),
        ("В селе Ясные Зори дрон ударил по дому.", ["Ясные Зори"]),
        ("В Ставрополе дрон ударил по остановке.", ["Stavropol"]),
        ("Дрон атаковал аэродром в Крымске.", ["Krymsk Air Base"]),
        ("Боевые действия продолжаются у Удачного и Котлино.", ["Udachne", "Kotlyne"]),
        ("Ukrainian forces advanced near Dobropillya and in Zaporizhia Oblast.", ["Dobropillya"]),
        ("Ворог вклинювався на Лиманському напрямку біля Ставків. Три бої тривають.", ["Stavky"]),
        ("Масована атака: Тернопіль, Львів. Онлайн", ["Ternopil", "Lviv"]),
        (
            "В Грайворонском округе обстрелу из артиллерии подверглось село Козинка.",
            ["Kozinka"],
        ),
        (
            "На Північнослобожанському напрямку авіаудари по Хотіні та Великій Писарівці.",
            ["Khotin", "Velyka Pysarivka"],
        ),
    ],
)
def test_a_ship_a_route_a_speaker_or_a_goal_is_no_place_of_an_event(text, places):
    assert [place for (place,) in told(text, "place")] == places


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Беспилотник самолётного типа врезался в общежитие в Елабуге.", "education"),
        (
            """Engineers restored power to 30,000 homes in Chernihiv Oblast after an attack on a \
substation near Nizhyn.""",
            "substation",
        ),
    ],
)
def test_a_type_of_drone_and_what_was_put_right_were_not_struck(text, target):
    assert told(text, "target_type") == [(target,)]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Zelensky visited Kherson, where a drone killed a woman an hour earlier.", "RU"),
        ("На Курщині відбили 14 атак, противник завдав дев’яти авіаударів.", "RU"),
        ("Ukraine's military intelligence blew up a railway bridge in Volgograd region.", "UA"),
        ("Российские диверсанты взорвали подстанцию в Харькове.", "RU"),
    ],
)
def test_who_struck_is_who_did_it_and_not_who_is_only_named(text, side):
    assert told(text, "kind", "actor") == [("strike", side)]


def test_a_post_is_of_the_region_of_its_author():
    text = (
        "Вячеслав Гладков\n18 июня 2025 года, 9:05\nДоброе утро! Коротко о прошедших сутках.\n"
        "В Шебекино дрон попал в котельную.\nВ Яковлевском округе дрон ударил по автобусу."
    )
    assert told(text, "admin1") == [("RU-BEL",), ("RU-BEL",)]


def test_a_footnote_counts_nobody():
    text = "A drone hit Nikopol. Two people were killed within the hour.[11] A shop burned.[12]"
    assert told(text, "killed", "injured") == [(2, None)]


@pytest.mark.parametrize("text", ["A depot blew up in Engels.", "В Мурманске взорвался склад."])
def test_what_blew_up_of_itself_was_struck_by_nobody(text):
    assert told(text, "kind", "actor") == [("other", None)]


def test_an_attack_that_is_fought_off_struck_nothing():
    assert read("Жители Анапы слышали взрывы. В штабе сказали, что отражается атака БПЛА.") == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Ukrainian forces withdrew from Velyka Novosilka.", "Velyka Novosilka"),
        ("Сили оборони вийшли з Великої Новосілки.", "Velyka Novosilka"),
        ("ВСУ вышли из Угледара.", "Vuhledar"),
    ],
)
def test_what_was_left_changed_hands(text, place):
    assert told(text, "kind", "place", "actor") == [("control_change", place, "RU")]


@pytest.mark.parametrize(
    "text",
    [
        "Из строя вышли две подстанции под Сумами.",
        "Жители вышли из подвалов в Часовом Яре.",
        "Жителів вивели з Покровська.",
    ],
)
def test_nobody_gained_what_only_broke_down_or_people_left(text):
    assert "control_change" not in [kind for (kind,) in told(text, "kind")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Moscow said it downed 75 drones, including 34 over Bryansk, 16 over the Black Sea.",
            [(None, 75), ("Bryansk", 34), ("Black Sea", 16)],
        ),
        (
            "За ночь уничтожены 48 беспилотников: 20 над Брянском, 28 над Чёрным морем.",
            [(None, 48), ("Bryansk", 20), ("Black Sea", 28)],
        ),
        (
            "Вночі збито 60 дронів: 20 над Києвом, 40 над Одесою.",
            [(None, 60), ("Kyiv", 20), ("Odesa", 40)],
        ),
    ],
)
def test_each_number_of_a_list_is_of_the_town_or_sea_behind_it(text, wanted):
    assert told(text, "place", "shot_down") == wanted


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In Cherkasy region a fragment of a downed missile damaged a school in Smila.", "Smila"),
        ("В Тульской области обломки сбитого беспилотника упали на дом в Алексине.", "Aleksin"),
    ],
)
def test_the_debris_of_what_was_downed_is_one_event(text, place):
    assert told(text, "kind", "place") == [("strike", place)]


def test_what_drones_did_in_a_region_is_told_beside_those_shot_down():
    text = (
        "Moscow downed 75 drones overnight. In Voronezh region, two were hurt and a line damaged."
    )
    kinds = told(text, "kind", "admin1", "injured")
    assert kinds == [("interception", None, None), ("strike", "RU-VOR", 2)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Уночі під удар потрапив Чугуїв. На Дергачівщині шахед впав на поле.", 2),
        ("На Нікопольщині внаслідок атаки дронів поранено двох людей.", 1),
    ],
)
def test_the_land_of_a_town_is_its_district_or_community(text, places):
    found = told(text, "place", "admin1")
    assert len(found) == places
    assert found[-1] in [("Derhachi community", "UA-63"), ("Nikopol Raion", "UA-12")]


def test_the_dead_of_another_region_are_not_those_of_a_strike():
    text = "Ворог вдарив по Куп'янщині КАБами. На Херсонщині один загиблий."
    assert told(text, "place", "killed") == [("Kupiansk Raion", None)]


def test_a_school_is_not_the_one_institute_known_of_its_town():
    assert told("Дрон влучив у школу в Полтаві.", "facility", "place") == [(None, "Poltava")]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            """Russia launched 138 drones from Kursk and Oryol cities, Millerovo and occupied \
Hvardiiske, Crimea. 36 drones struck 13 locations.""",
            [],
        ),
        (
            """Противник атакував 128 БпЛА типу Shahed із напрямків: Курськ, Орел, Міллєрово, \
Приморсько-Ахтарськ – РФ, Гвардійське – ТОТ АР Крим.""",
            [],
        ),
        ("Противник запустил 138 дронов из Курска, Орла, Миллерово.", []),
        ("Drones launched from Shatalovo and Navlya hit Chernihiv.", ["Chernihiv"]),
    ],
)
def test_where_drones_were_launched_nothing_was_struck(text, places):
    assert [place for kind, place in told(text, "kind", "place") if kind == "strike"] == places


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "У Харкові пошкоджено 2 приватні будинки, у Лозівському районі — підстанцію.",
            [("Kharkiv", "residential"), ("Lozova Raion", "substation")],
        ),
        ("Ракета попала в ТЭЦ в Орле.", [("Orël", "power_plant")]),
        (
            "По Шебекино выпущено 9 боеприпасов, повреждены два дома.",
            [("Shebekino", "residential")],
        ),
    ],
)
def test_each_place_has_what_was_struck_there(text, wanted):
    assert told(text, "place", "target_type") == wanted


def test_the_drones_of_a_unit_are_no_weapon_of_the_strike_on_it():
    text = "The army struck the Rubikon drone unit's command post in Donetsk."
    assert told(text, "target_type", "weapon") == [("headquarters", None)]


def test_the_harmed_of_a_city_and_nine_villages_are_not_those_of_the_city():
    text = "Ворог ударив по Харкову та 9 населених пунктах області. Загинула одна людина."
    assert told(text, "place", "killed") == [("Kharkiv", None)]


def test_the_day_before_a_strike_is_its_own():
    text = """Drones struck a depot near Tokmak on the night of 10 to 11 November. The staff also \
said the November 9 strike on the Saratov refinery disabled a unit."""
    assert told(text, "date_end") == [("2025-11-11",), ("2025-11-09",)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Paratroopers entered Dobropillia, their commander told reporters in Kyiv.",
            ["Dobropillia"],
        ),
        ("ЗСУ звільнили Грушеве на Запоріжжі.", ["Грушеве"]),
    ],
)
def test_neither_where_it_was_said_nor_the_region_changed_hands(text, places):
    assert [place for (place,) in told(text, "place")] == places


def test_both_places_of_an_advance_are_told():
    text = "Russian forces advanced in northern Pokrovsk and northeast of Myrnohrad."
    assert told(text, "kind", "place") == [("advance", "Pokrovsk"), ("advance", "Myrnohrad")]


def test_drones_that_were_stopped_over_a_village_struck_nothing():
    text = "В Ржевке атаки пяти беспилотников подавлены."
    assert "strike" not in [kind for (kind,) in told(text, "kind")]


def test_assaults_that_gained_nothing_are_clashes():
    text = "Russian forces continued attacking near Novohrodivka and Marynivka but made no gains."
    found = told(text, "kind", "place")
    assert found == [("clash", "Novohrodivka"), ("clash", "Marynivka")]


def test_a_plant_that_drones_only_flew_towards_was_not_hit():
    text = """Вторую ночь подряд беспилотники летят по НПЗ.

🛡 КИРИШИ. Глава Ленобласти Александр Дрозденко: на подлёте к НПЗ «Кинеф» сбит один дрон."""
    draft = draft_events(text, published=DAY)
    assert "strike" not in [event.value("kind") for event in draft.events]
    assert {text[one.start : one.end] for one in draft.unread} == {"НПЗ «Кинеф", "сбит"}


def test_a_district_that_several_cities_have_is_not_taken_for_that_of_one():
    text = "Flats in the Desnianskyi and Podilskyi districts are burning after a drone attack."
    units = [unit for (unit,) in told(text, "admin1")]
    assert units
    assert "UA-74" not in units


def test_a_fuel_facility_of_the_same_paragraph_is_the_depot_told_before():
    text = """Drones got into the Stalnoy Kon fuel depot outside Oryol, huge tanks burning since \
about 3 am. Gov Klychkov: "massive attack", a fuel infrastructure facility hit, fire contained, 11 \
drones downed over the region, no casualties."""
    assert sorted(told(text, "kind")) == [("interception",), ("strike",)]


def test_what_a_speaker_tells_of_is_not_theirs():
    text = "Ukraine's military said a train near Urozhaine in occupied Crimea was destroyed."
    assert told(text, "actor") == [("UA",)]


def test_an_item_of_a_list_is_the_depot_that_was_hit():
    assert told("Feodosia oil depot, overnight.", "kind", "place") == [("strike", "Feodosia")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("63 Shaheds launched, 38 down, 20 lost.", ("interception", 38)),
        ("An aircraft burned down at the Beriev plant after a drone strike.", ("strike", None)),
        ("A drone came down on a house in Samara.", ("strike", None)),
    ],
)
def test_what_is_down_was_shot_down_and_what_burned_or_came_down_was_not(text, wanted):
    assert told(text, "kind", "shot_down") == [wanted]


def test_gas_in_a_heading_is_no_place():
    text = """НЕФТЬ, ГАЗ И БЕСПИЛОТНИКИ

Газ подают снова. В порту Усть-Луги после атаки беспилотников загорелся терминал."""
    assert told(text, "facility") == [("ust-luga-port",)]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        (
            """23 drones were shot down over Belgorod region, four over Kursk and one each \
over Tula and Tver.""",
            [("RU-BEL", 23), ("RU-KRS", 4), ("RU-TUL", 1), ("RU-TVE", 1)],
        ),
        (
            "Moscow said 54 drones were downed over seven regions, including 12 over Krasnodar.",
            [(None, 54), ("RU-KDA", 12)],
        ),
        ("Две ракеты сбиты над Ставропольем.", [("RU-STA", 2)]),
    ],
)
def test_counts_over_regions_are_of_the_regions_and_not_of_their_capitals(text, counted):
    assert told(text, "place", "admin1", "shot_down") == [(None, *one) for one in counted]


def test_a_group_of_forces_is_of_its_side():
    text = "Подразделения группировки войск «Центр» нанесли поражение формированиям ВСУ у Удачного."
    assert told(text, "kind", "place", "actor") == [("clash", "Udachne", "RU")]
