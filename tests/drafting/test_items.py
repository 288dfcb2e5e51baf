"""Items of digests, headed by their place and often without a verb, and days told in short."""

import pytest

from geoconflict.drafting import draft_events


def told(text, *columns, day="2025-08-15"):
    found = draft_events(text, published=day).events
    return [tuple(event.value(column) for column in columns) for event in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("▪️Волгоград. Тут горело в ночь на 14-е, тоже НПЗ.", [("Volgograd", "RU-VGG", "refinery")]),
        ("🟦 NOVOMOSKOVSK, Tula obl. Azot chemical plant, overnight.",
         [("Novomoskovsk", "RU-TUL", "chemical_plant")]),
        ("🟥 ODESA region. Port infra hit by two missiles.", [(None, "UA-51", "port")]),
        ("💔 Кропивницький. Наймасовіша атака від початку вторгнення: 14 поранених, двоє дітей.",
         [("Kropyvnytskyi", "UA-35", None)]),
        ("Брянская область, Выгоничи. Ночью взорван мост перед поездом Климов — Москва.",
         [("Vygonichi", "RU-BRY", "bridge")]),
        ("▪️ Казань. Завод, ночная смена.", []),
        ("▪️ Kyiv. School repaired overnight.", []),
    ],
)  # fmt: skip
def test_an_item_is_of_the_place_that_heads_it(text, wanted):
    assert told(text, "place", "admin1", "target_type") == wanted


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("14-го днём дрон попал в дом в Ростове-на-Дону.", "2025-08-14", "2025-08-14"),
        ("Ночью 14-го дроны ударили по НПЗ в Сызрани.", "2025-08-13", "2025-08-14"),
        ("Drones hit the refinery in Saratov on the 13th.", "2025-08-13", "2025-08-13"),
        ("Дрони влучили по Одесі 13-го.", "2025-08-13", "2025-08-13"),
        ("Бойцы 13-го полка сообщили, что дрон попал в дом в Одессе.", "2025-08-15", "2025-08-15"),
    ],
)
def test_a_day_without_its_month_is_the_last_one(text, start, end):
    assert told(text, "date_start", "date_end") == [(start, end)]


def test_a_week_that_a_heading_names_is_that_of_what_has_no_day():
    text = (
        "Минобороны России\nСводка за период с 1 по 7 августа 2025 г.\n\n"
        "Освобождён населённый пункт Дачное. За неделю сбиты 666 беспилотников."
    )
    days = ("2025-08-01", "2025-08-07")
    assert set(told(text, "date_start", "date_end")) == {days}


def test_what_a_thing_holds_is_not_what_struck_it():
    text = "The SBU struck a warehouse for Shahed drones in Yelabuga on August 9."
    assert told(text, "weapon") == [(None,)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Троє загиблих у Сумській області. Удар керованою бомбою по громаді. П'ятеро поранених.",
         [("strike", "UA-59", 3, 5)]),
        ("Three people were killed in Sumy Oblast. A missile hit a bus.",
         [("strike", "UA-59", 3, None)]),
        ("Троє загиблих у Сумській області. Автобус зіткнувся з вантажівкою.", []),
        ("In Kursk Oblast the harvest went on. Drones struck targets across Russia.", []),
        ("Минобороны РФ: атака беспилотников отражена в Тульской и Калужской областях.",
         [("interception", "RU-TUL", None, None), ("interception", "RU-KLU", None, None)]),
        ("Атаки ВСУ в Запорожской области отражены, сообщило Минобороны РФ.",
         [("clash", "UA-23", None, None)]),
        ("Херсон. Артилерія била по школі, 1 загиблий. Надвечір дрон влучив в авто, 3 поранені.",
         [("strike", "UA-65", 1, None), ("strike", "UA-65", None, 3)]),
    ],
)  # fmt: skip
def test_what_happened_in_a_region_or_twice_in_a_town(text, wanted):
    assert told(text, "kind", "admin1", "killed", "injured") == wanted


@pytest.mark.parametrize(
    "text",
    [
        "МО РФ отчиталось о поставке 120 дронов этой ночью.",
        "Атака вирусов отражена, сообщили в Минобороны РФ; эпидемии в Тульской области нет.",
        "Three people were killed in Kursk Oblast. A truck hit a bus.",
        "Вернули Киеву доверие инвесторов, говорят в министерстве.",
        "The exercise near Odesa involved 300 drones, the Ukrainian Air Force said.",
        "У Києві оголошено повітряну тривогу через загрозу балістики.",
    ],
)
def test_what_only_sounds_like_a_strike_is_none(text):
    assert told(text, "kind") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("У Куп'янську поранено чоловіка, у селі Приколотне — 54-річну жінку (Синєгубов).", [1, 1]),
        ("В Купянске ранен мужчина, в Волчанске — двое, сообщил Синегубов.", [1, 2]),
        ("У Нікополі поранено двох людей, у Марганці — трьох.", [2, 3]),
    ],
)
def test_the_verb_left_out_at_a_further_place_counts_there_too(text, wanted):
    assert [injured for (injured,) in told(text, "injured")] == wanted


def test_a_plant_and_a_bureau_are_each_in_their_own_region():
    text = "Drones hit the Aviation Plant in Moscow Oblast and a Design Bureau in Tula overnight."
    assert {admin1 for (admin1,) in told(text, "admin1")} == {"RU-MOS", "RU-TUL"}


def test_those_shot_down_or_jammed_are_counted_unless_told_apart():
    text = "Ukraine's air force said 382 drones were shot down or jammed overnight."
    assert told(text, "shot_down") == [(382,)]
