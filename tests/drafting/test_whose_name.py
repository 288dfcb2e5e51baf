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
    ],
)
def test_a_ship_a_route_a_speaker_or_a_goal_is_no_place_of_an_event(text, places):
    assert [place for (place,) in told(text, "place")] == places


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Беспилотник самолётного типа врезался в общежитие в Елабуге.", "education"),
        (
            "Power was restored to 30,000 homes after an attack on a substation near Nizhyn.",
            "substation",
        ),
        ("На Одещині відновили дві підстанції, пошкоджені ударом дронів.", "substation"),
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
