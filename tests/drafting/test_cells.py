"""What stands in the cells of drafted events, each kind of wording in three languages."""

import datetime as dt

import pytest

from geoconflict.drafting import draft_events

DAY = dt.date(2025, 11, 14)


def told(text, *columns, kind=None):
    """The values of some columns of each drafted event, those of one kind where it is given."""
    events = draft_events(text, published=DAY).events
    chosen = [event for event in events if kind in (None, event.value("kind"))]
    return [tuple(event.value(column) for column in columns) for event in chosen]


@pytest.mark.parametrize(
    ("text", "place", "killed", "injured"),
    [
        ("A drone in Sumy killed a man and a woman.", "Sumy", 2, None),
        ("Two women and three children were killed by a missile in Sumy.", "Sumy", 5, None),
        ("Ракета вбила у Харкові жінку та двох дітей, п'ятеро поранені.", "Kharkiv", 3, 5),
        (
            "Дрон упал на дом в Таганроге. Ранены трое рабочих и двое жителей дома.",
            "Taganrog",
            None,
            5,
        ),
        # Those of a list who are among the counted, or of whom something else is said.
        ("A missile in Sumy killed five, including a woman and two children.", "Sumy", 5, None),
        ("A missile in Sumy wounded five people and 12 residents were led away.", "Sumy", None, 5),
        ("Ракета ранила в Харькове пять человек и 12 человек эвакуированы.", "Kharkiv", None, 5),
    ],
)
def test_whom_one_word_counts_is_added_up(text, place, killed, injured):
    assert told(text, "place", "killed", "injured") == [(place, killed, injured)]


@pytest.mark.parametrize(
    "text",
    [
        "A missile hit a house in Sumy. The number of dead has risen to nine.",
        "Кількість загиблих через ракетний удар по Сумах зросла до 9 людей.",
        "Число погибших при ударе ракетой по Сумам выросло до девяти.",
    ],
)
def test_a_number_that_grew_counts_without_an_earlier_one(text):
    assert told(text, "place", "killed") == [("Sumy", 9)]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (
            (
                "A drone hit a bus near Nikopol, killing two. Seven people were hospitalised. "
                "One of them died later in hospital."
            ),
            3,
        ),
        ("Удар по Запоріжжю: загинули двоє людей. Згодом у лікарні помер ще один чоловік.", 3),
        ("Внаслідок обстрілу Херсона поранено чотирьох. Один із поранених помер у лікарні.", 1),
        ("В Белгороде погиб один человек, пятеро ранены. Позже скончался ещё один мужчина.", 2),
        (
            "Львів: удар, 7 загиблих. Спершу йшлося про двох, потім знайшли тіла ще п'ятьох.",
            7,
        ),
        ("Three were killed in Kostiantynivka. A couple died at home, another man outside.", 3),
    ],
)
def test_who_died_later_is_added_to_the_dead_told_before(text, killed):
    (event,) = draft_events(text, published=DAY).events
    assert event.value("killed") == killed


def test_a_thing_is_not_struck_with_what_it_holds():
    text = "Neptune missiles hit a drone storage base near the Krymsk airfield."
    (event,) = draft_events(text, published=DAY).events
    assert event.value("weapon") == "missile"


@pytest.mark.parametrize(
    ("text", "down", "launched"),
    [
        ("З 430 дронів збито 405, а з 18 ракет — 14.", (405, 14), (430, 18)),
        ("Из 430 беспилотников сбиты 405, а из 18 ракет — 14.", (405, 14), (430, 18)),
        ("Of 430 drones 405 were shot down, and of 18 missiles 14.", (405, 14), (430, 18)),
    ],
)
def test_of_each_class_a_part_was_shot_down(text, down, launched):
    assert told(text, "shot_down", "launched") == list(zip(down, launched, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "They shot down 213 drones over Lviv; in Odesa a hospital was hurt by a missile.",
        "Збили 213 дронів; в Одесі від удару ракети постраждала лікарня.",
        "Сбили 213 дронов; в Одессе от удара ракеты пострадала больница.",
    ],
)
def test_drones_shot_down_are_no_injured(text):
    assert all(injured is None for (injured,) in told(text, "injured"))


@pytest.mark.parametrize(
    ("text", "weapon"),
    [
        ("An air strike hit a house in Kostiantynivka.", "air strike"),
        ("Авіаударом зруйновано будинок у Костянтинівці.", "air strike"),
        ("Российская авиация сбросила бомбы на Константиновку, авиаударом разрушен дом.", "bomb"),
    ],
)
def test_an_air_strike_names_no_bomb(text, weapon):
    assert told(text, "weapon", kind="strike")[0] == (weapon,)


@pytest.mark.parametrize(
    "text",
    [
        "Drones struck a plant in Tula overnight. An oil depot in Oryol was set on fire too.",
        "Вночі дрони вдарили по заводу в Тулі. Загорілася й нафтобаза в Орлі.",
        "Ночью дроны ударили по заводу в Туле. Загорелась и нефтебаза в Орле.",
    ],
)
def test_a_strike_has_no_weapon_that_only_others_were_done_with(text):
    events = draft_events(text.replace(". ", ".\n\n"), published=DAY).events
    weapons = {e.value("place"): e.value("weapon") for e in events}
    assert weapons == {"Tula": "drone", "Oryol": None}


def said(text, *, place=None):
    """Who says what of the drafted events, those at one place where it is given."""
    events = [
        e for e in draft_events(text, published=DAY).events if place in (None, e.value("place"))
    ]
    return [(r.claimant.value, r.stance.value, r.side) for e in events for r in e.reports]


@pytest.mark.parametrize(
    "text",
    [
        (
            "A missile hit a house in Kharkiv. A drone hit a market in Sumy. "
            "Kharkiv's mayor Ihor Terekhov said six people had been injured."
        ),
        (
            "Ракета влучила в будинок у Харкові. Дрон поцілив у ринок у Сумах. "
            "Мер Ігор Терехов сказав, що поранено шістьох людей."
        ),
        (
            "Ракета попала в дом в Харькове. Дрон ударил по рынку в Сумах. "
            "Мэр Харькова Игорь Терехов сообщил о шести раненых."
        ),
    ],
)
def test_a_count_told_by_an_official_is_of_their_own_region(text):
    assert told(text, "place", "injured") == [("Kharkiv", 6), ("Sumy", None)]


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        (
            (
                "Drones struck the Saratov oil refinery overnight.\n\nGovernor Roman Busargin "
                "denied that the refinery was hit. Two people were taken to hospital with injuries."
            ),
            "Governor Roman Busargin",
        ),
        (
            (
                "Вночі дрони вдарили по Саратовському НПЗ.\n\nГубернатор Роман Бусаргін "
                "заперечив, що НПЗ уражено. Поранено двох людей."
            ),
            "Губернатор Роман Бусаргін",
        ),
        (
            (
                "Ночью дроны ударили по Саратовскому НПЗ.\n\nГубернатор Роман Бусаргин "
                "опроверг, что НПЗ поражён. Ранены два человека."
            ),
            "Губернатор Роман Бусаргин",
        ),
    ],
)
def test_a_denial_in_a_later_paragraph_is_of_the_event_of_that_region(text, claimant):
    assert (claimant, "denies", "RU") in said(text)
    assert told(text, "injured") == [(2,)]


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("У Генштабі ЗСУ наполягають, що дрони вразили завод у Саратові.", "Генштаб ЗСУ"),
        ("За даними Повітряних сил, над Сумами збили 12 дронів.", "Повітряні сили"),
        ("У міноборони РФ божаться, що над Саратовом збили 45 дронів.", "міноборони РФ"),
        ("В Генштабе ВСУ божатся, что дроны поразили завод в Саратове.", "Генштаб ВСУ"),
        ("По данным Воздушных сил, над Сумами сбили 12 дронов.", "Воздушные силы"),
        ("According to the General Staff, drones hit a plant in Saratov.", "General Staff"),
    ],
)
def test_a_body_is_named_as_it_stands_alone(text, claimant):
    assert [name for name, *_ in said(text)] == [claimant]


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("Operational information as of 08:00, November 14", "General Staff of Ukraine"),
        ("Оперативна інформація станом на 08.00 14.11.2025", "Генеральний штаб ЗСУ"),
        ("Оперативная информация по состоянию на 08:00 14.11.2025", "Генеральный штаб ВСУ"),
    ],
)
def test_a_heading_of_the_general_staff_names_the_author(text, claimant):
    words = {"Oper": "The enemy hit Sumy with a drone.", "станом": "Ворог ударив дроном по Сумах."}
    strike = next((words[key] for key in words if key in text), "Враг ударил дроном по Сумам.")
    assert {name for name, *_ in said(f"{text}\n\n{strike}")} == {claimant}


@pytest.mark.parametrize(
    "text",
    [
        (
            "На Лиманському напрямку ворог 9 разів намагався витіснити наших воїнів у районах "
            "Зарічного та Дробишевого. На Покровському — три атаки біля Лисівки й у бік Удачного."
        ),
        (
            "На Лиманском направлении противник 9 раз пытался вытеснить наших бойцов у Заречного и "
            "Дробышево. На Покровском — три атаки вблизи Лысовки и в сторону Удачного."
        ),
        (
            "On the Lyman axis the enemy attempted 9 times to push our units out of positions near "
            "Zarichne and Drobysheve. On the Pokrovsk axis, attacks near Lysivka and Udachne."
        ),
    ],
)
def test_each_village_of_a_line_of_the_staff_was_fought_over(text):
    villages = ("Zarichne", "Drobysheve", "Lysivka", "Udachne")
    assert told(text, "kind", "place") == [("clash", name) for name in villages]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("За ніч 214 «шахедів», збито 114, 81 не долетів.", (214, 114)),
        ("За ночь 214 беспилотников, сбито 114.", (214, 114)),
        ("Overnight there were 214 drones, with 114 shot down.", (214, 114)),
    ],
)
def test_what_came_is_not_what_was_shot_down(text, cells):
    assert told(text, "launched", "shot_down") == [cells]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In Samara region, air defenses downed four drones over Syzran.", "Syzran"),
        ("Сили ППО збили чотири дрони над Кременчуком.", "Kremenchuk"),
        ("Губернатор сообщил, что 4 беспилотника сбили над Сызранью.", "Syzran"),
    ],
)
def test_drones_come_down_over_the_town_that_is_named(text, place):
    assert told(text, "place", "shot_down") == [(place, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "Moscow said its troops had taken Rivnopillia; the General Staff said it is not true.",
        "За даними Міноборони РФ, зайнято Рівнопілля; за даними Генштабу, це неправда.",
        "По данным Минобороны РФ, занято Ровнополье; по данным Генштаба, это неправда.",
    ],
)
def test_who_calls_it_untrue_denies_it(text):
    assert {stance for _, stance, side in said(text) if side == "UA"} == {"denies"}


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The occupiers attacked near Vovchansk and were repelled.", "RU"),
        ("Ukrainian troops repelled assaults near Vovchansk.", "RU"),
        ("Над регионом, по версии Москвы, сбиты 19 БПЛА.", "RU"),
        ("Над областю, за версією Москви, збито 19 БПЛА.", "RU"),
    ],
)
def test_who_was_repelled_attacked_and_who_counts_shot_down(text, side):
    assert told(text, "actor") == [(side,)]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Night of November 14\n\nDrones hit the Saratov refinery and the depot in Engels, "
            "which Ukrainian forces had hit on October 8 as well."
        ),
        (
            "Ніч на 14 листопада\n\nДрони вдарили по Саратовському НПЗ і нафтобазі в Енгельсі, "
            "яку вже палили 8 жовтня."
        ),
        (
            "Ночь на 14 ноября\n\nДроны ударили по Саратовскому НПЗ и нефтебазе в Энгельсе, "
            "которую уже жгли 8 октября."
        ),
    ],
)
def test_the_day_of_a_relative_clause_is_not_that_of_the_deed(text):
    days = dict(told(text, "place", "date_end"))
    assert days["Saratov"] == "2025-11-14"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Evening summary of the General Staff, November 14", "2025-11-14"),
        ("Morning summary of the General Staff, November 14", "2025-11-13"),
        ("Генеральний штаб, вечірнє зведення, 14 листопада", "2025-11-14"),
        ("Генеральный штаб ВСУ, утренняя сводка, 14 ноября", "2025-11-13"),
        ("Генеральный штаб ВСУ, вечерняя сводка, 14 ноября", "2025-11-14"),
    ],
)
def test_a_summary_of_the_evening_is_of_its_own_day(text, day):
    body = "Over the past day the enemy attacked near Lysivka on the Pokrovsk axis."
    if "зведення" in text:
        body = "За добу на Покровському напрямку ворог атакував біля Лисівки."
    elif "сводка" in text:
        body = "За сутки на Покровском направлении враг атаковал у Лысовки."
    assert told(f"{text}\n\n{body}", "date_end") == [(day,)]


_PLACED = [
    # The group "Centre" is no street, and Dachne no dacha.
    (
        "«Центр» отразил 11 атак вблизи Успеновки, Красноармейска и Удачного.",
        {("clash", "Uspenivka"), ("clash", "Pokrovsk"), ("clash", "Udachne")},
    ),
    ("Группировка нанесла поражение бригадам в районе Купянска.", {("clash", "Kupiansk")}),
    (
        "Losses were inflicted on a territorial defence brigade near Vovchansk.",
        {("clash", "Vovchansk")},
    ),
    (
        "Тривають обстріли прикордоння: постраждали населені пункти Липці та Вовчанськ.",
        {("strike", "Lyptsi"), ("strike", "Vovchansk")},
    ),
    ("В Голосеевском районе Киева дрон попал в дом, один человек погиб.", {("strike", "Kyiv")}),
    ("В Химках обломки дрона упали на Ленинградское шоссе.", {("strike", "Khimki")}),
    ("Drone debris fell on Leningradskoye highway near Khimki.", {("strike", "Khimki")}),
]


@pytest.mark.parametrize(("text", "events"), _PLACED)
def test_what_happened_where(text, events):
    drafted = draft_events(text, published=dt.date(2025, 3, 14)).events

    assert {(one.value("kind"), one.value("place")) for one in drafted} == events


_SUMMARY = """Сводка за 14 марта 2025 года

В течение ночи на 14 марта сбиты 28 беспилотников над Брянской областью.

Накануне, 13 марта, освобождена Суджа. Контратаки ВСУ отражены у Гуево.
"""


def test_a_staff_s_day_is_neither_the_night_of_its_drones_nor_the_day_before():
    drafted = draft_events(_SUMMARY, published=dt.date(2025, 3, 14)).events

    clash = next(one for one in drafted if one.value("kind") == "clash")
    days = clash.value("date_start"), clash.value("date_end")
    assert days == ("2025-03-14", "2025-03-14")
    assert clash.value("actor") == "UA"


def test_a_group_of_the_other_side_is_who_advanced():
    text = "Станом на 16:00. Малі групи росіян просочилися до Кучерового Яру Донецької області."

    (event,) = draft_events(text, published=dt.date(2025, 8, 11)).events

    assert (event.value("kind"), event.value("actor")) == ("advance", "RU")


def test_a_strike_behind_a_semicolon_is_one_beside_fighting():
    text = "На Краматорському напрямку в Часовому Ярі точиться бій; авіація вдарила по Білій Горі."

    told = draft_events(text, published=dt.date(2024, 10, 30)).events

    kinds = {(one.value("kind"), one.value("place")) for one in told}
    assert kinds == {("clash", "Chasiv Yar"), ("strike", "Bila Hora")}


@pytest.mark.parametrize(
    ("text", "place", "killed", "injured"),
    [
        (
            (
                "Four members of one family, among them a 15-year-old girl, were killed in Sumy "
                "by a missile. Two thousand hens died."
            ),
            "Sumy",
            4,
            None,
        ),
        (
            "In Sumy a woman died and nine people, including a child, were hurt by a drone.",
            "Sumy",
            1,
            9,
        ),
        ("A missile hit Sumy: an 8-year-old boy and two women were wounded.", "Sumy", None, 3),
        (
            "Від удару дрона по Сумах загинула жінка, поранено двох. Загинули дві тисячі курей.",
            "Sumy",
            1,
            2,
        ),
        (
            "При ударе дрона по Сумам погибла женщина, ранены двое. Погибли две тысячи кур.",
            "Sumy",
            1,
            2,
        ),
    ],
)
def test_people_are_counted_by_their_own_word_and_animals_are_not(text, place, killed, injured):
    assert told(text, "place", "killed", "injured") == [(place, killed, injured)]


@pytest.mark.parametrize(
    "text",
    [
        "Ukrainian officials denied the loss of Yehorivka in Donetsk Oblast.",
        "Українська сторона заперечує втрату Єгорівки Донецької області.",
        "Украинская сторона опровергла взятие Егоровки Донецкой области.",
    ],
)
def test_a_loss_that_is_denied_was_claimed_by_the_other_side(text):
    assert told(text, "kind", "actor") == [("control_change", "RU")]
    assert [(stance, side) for _, stance, side in said(text)] == [("denies", "UA")]


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        (
            (
                "За даними Повітряних сил, збито 72 дрони з 128. У Міноборони РФ прозвітували "
                "про 111 знищених дронів над Брянською областю."
            ),
            "Міноборони РФ",
        ),
        (
            (
                "По данным Воздушных сил, сбиты 72 дрона из 128. В Минобороны РФ отрапортовали "
                "о 111 уничтоженных дронах над Брянской областью."
            ),
            "Минобороны РФ",
        ),
    ],
)
def test_a_count_is_of_the_body_that_its_own_sentence_names(text, claimant):
    counts = [e for e in draft_events(text, published=DAY).events if e.value("shot_down") == 111]
    assert [r.claimant.value for e in counts for r in e.reports] == [claimant]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Enemy aircraft dropped bombs on Huliaipole.", "RU"),
        ("A drone hit Druzhkivka. Ukraine's 4th armoured brigade confirmed the attack.", "RU"),
        ("В Измаиле при атаке дронов повреждён терминал.", "RU"),
        ("В Ізмаїлі під час атаки дронів пошкоджено термінал.", "RU"),
    ],
)
def test_who_struck_is_neither_who_tells_it_nor_told_by_a_far_line(text, actor):
    assert told(text, "actor") == [(actor,)]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Drones set a plant in Tula on fire, and a plant in Samara was hit too, "
            "governor Vyacheslav Fedorishchev said."
        ),
        "Дрони вдарили по заводу в Тулі та по Саратовському НПЗ, сказав губернатор Бусаргін.",
        (
            "Дроны ударили по заводу в Туле и по заводу в Самаре, "
            "сказал губернатор Вячеслав Федорищев."
        ),
    ],
)
def test_an_official_tells_what_happened_in_their_own_region(text):
    assert said(text, place="Samara") or said(text, place="Saratov")
    assert not said(text, place="Tula")


def test_a_country_is_not_who_speaks_where_something_of_it_does():
    text = "Ukraine's national railway reported that drones hit a station in Sumy."
    assert "Ukraine" not in [name for name, *_ in said(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Drones struck the Saratov oil refinery, the third attack on it since the start of May.",
        "Дрони вдарили по Саратовському НПЗ, це третя атака на нього від початку травня.",
        "Дроны ударили по Саратовскому НПЗ, это третья атака на него с начала мая.",
    ],
)
def test_a_strike_that_is_counted_with_earlier_ones_is_no_background(text):
    (event,) = draft_events(text, published=DAY).events
    assert not event.is_background


def test_a_body_called_after_a_region_is_no_place_of_a_strike():
    text = (
        "In Novorossiysk a drone hit the oil terminal. Three crew members of a vessel were wounded,"
        " according to the Krasnodar regional task force."
    )

    assert told(text, "place", "injured") == [("Novorossiysk", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "Херсон. Удень 7 жовтня під обстрілом загинула жінка.",
        "Херсон. Днём 7 октября под обстрелом погибла женщина.",
        "In Kherson a woman was killed by shelling on October 7.",
    ],
)
def test_the_day_of_a_month_is_no_number_of_killed(text):
    (event,) = draft_events(text).events

    assert event.value("killed") == 1


def test_who_spoke_paragraphs_before_does_not_tell_whose_sky_it_was():
    text = (
        "В Клинцах горить нафтобаза, визнав губернатор Богомаз.\n\n"
        "У Сумах зруйновано будинок.\n\nУ Харкові пошкоджено школу.\n\nППО: збито 154 БпЛА."
    )

    events = draft_events(text, published=dt.date(2025, 10, 8)).events

    sky = next(one for one in events if one.value("kind") == "interception")
    assert sky.value("actor") != "RU"


@pytest.mark.parametrize(
    "text",
    [
        "Reports that seven people died in Belgorod were false, the governor said.",
        "Інформація про загибель п'ятьох людей у Херсоні не підтвердилася.",
        "Не подтвердилось сообщение о гибели пяти человек в Белгороде.",
        "In Dnipro, a funeral was held for a soldier killed in Vuhledar.",
        "В Климово ранен тракторист, подорвался на мине.",
    ],
)
def test_what_did_not_happen_or_was_no_strike_is_none(text):
    assert not draft_events(text, published=dt.date(2024, 11, 20)).events


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A missile hit Kharkiv, killing as many as 12.", None),
        ("Ракета попала в Харьков, погибли до 12 человек.", None),
        ("В Броварах погиб мужчина и его 4-летний сын.", 2),
        ("Удар по Сумах: загинули мати та двоє дітей.", 3),
        ("В Стаханове погибли мать и две дочери при обстреле.", 3),
    ],
)
def test_a_bound_is_no_number_and_a_family_is_counted_whole(text, killed):
    (event,) = draft_events(text, published=dt.date(2024, 11, 20)).events

    assert event.value("killed") == killed


def test_a_denial_is_of_what_its_own_sentence_tells():
    text = (
        "Ukrainian drones set fire to an oil depot in Feodosia. "
        "Kyiv denied a Russian claim that its troops had taken Vuhledar."
    )

    depot, town = draft_events(text, published=dt.date(2024, 11, 20)).events

    assert not depot.reports
    assert ("Kyiv", "denies") in [(r.claimant.value, r.stance.value) for r in town.reports]


def test_who_struck_is_open_where_each_side_blames_the_other():
    text = "Kyiv and Moscow blamed each other for the shelling of the Zaporizhzhia nuclear plant."

    (event,) = draft_events(text, published=dt.date(2024, 11, 20)).events

    assert event.value("actor") is None


@pytest.mark.parametrize(
    "text",
    [
        "У Харкові 15 вибухів, місто залишилося без світла.",
        "Сили оборони залишились у Часовому Яру.",
        "The strike left the town of Sumy without power.",
        "Росіяни вдарили по Сумах і залишили місто без води.",
        "Officials in Kyiv confirm that the hospital has taken a direct hit.",
    ],
)
def test_a_town_left_without_power_or_a_hit_taken_changes_no_hands(text):
    events = draft_events(text, published=dt.date(2024, 3, 22)).events

    assert all(one.value("kind") != "control_change" for one in events)


@pytest.mark.parametrize(
    "text", ["Українські війська залишили Авдіївку.", "Russia has taken Avdiivka."]
)
def test_a_town_that_was_left_or_taken_does(text):
    (event,) = draft_events(text, published=dt.date(2024, 3, 22)).events

    assert (event.value("kind"), event.value("actor")) == ("control_change", "RU")


@pytest.mark.parametrize(
    ("text", "claimant", "side"),
    [
        (
            "A drone hit a house in Kherson, two were injured – Governor Oleksandr Prokudin.",
            "Governor Oleksandr Prokudin",
            "UA",
        ),
        ("Дрон атакував склад у Рівному — Генштаб.", "Генштаб", "UA"),
        (
            "Дрон ударил по дому в Белгороде, ранен мужчина — губернатор Гладков.",
            "губернатор Гладков",
            "RU",
        ),
    ],
)
def test_who_stands_behind_the_last_dash_says_so(text, claimant, side):
    event = draft_events(text, published=DAY).events[0]
    said = [(one.claimant.value, one.stance.value, one.side) for one in event.reports]
    assert said == [(claimant, "claims", side)]


@pytest.mark.parametrize(
    ("text", "place", "killed", "injured"),
    [
        ("A drone hit a warehouse in Izmail. No one was hurt.", "Izmail", 0, 0),
        ("A drone hit a house in Sumy, nobody was killed, two were wounded.", "Sumy", 0, 2),
        ("Дрон ударив по будинку в Марганці, ніхто не загинув, двоє поранені.", "Marhanets", 0, 2),
        ("В Туле обломки дрона упали на завод. Пострадавших нет.", "Tula", 0, 0),
        # Of two places it cannot be told whose people these are.
        ("Drones hit houses in Sumy and Izmail, no one was hurt.", "Sumy", None, None),
    ],
)
def test_nobody_is_the_number_nought_where_one_strike_is_told(text, place, killed, injured):
    assert told(text, "place", "killed", "injured")[0] == (place, killed, injured)


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        (
            "Сбиты 49 дронов: 25 — над Брянской областью, 14 — Белгородской, 10 — Курской.",
            {None: 49, "RU-BRY": 25, "RU-BEL": 14, "RU-KRS": 10},
        ),
        (
            (
                "Над Волгоградской областью сбиты 13 дронов, ещё 9 — над Саратовской и 4 — "
                "над Астраханской."
            ),
            {"RU-VGG": 13, "RU-SAR": 9, "RU-AST": 4},
        ),
        (
            "Над Сумською областю збили 12 дронів, ще 7 — над Полтавською і 3 — над Київською.",
            {"UA-59": 12, "UA-53": 7, "UA-32": 3},
        ),
        (
            "Over Kursk region 12 drones were shot down, 9 over Bryansk region.",
            {"RU-KRS": 12, "RU-BRY": 9},
        ),
    ],
)
def test_a_breakdown_goes_on_without_the_word_for_a_region(text, regions):
    assert dict(told(text, "admin1", "shot_down")) == regions


@pytest.mark.parametrize(
    "text",
    [
        "В ночь на 12-е беспилотники атаковали нефтебазу в Энгельсе.",
        "Безпілотники в ніч на 12-те уразили нафтобазу в Енгельсі.",
        "On the night of the 12th drones struck an oil depot in Engels.",
    ],
)
def test_a_night_is_told_by_the_number_of_its_day(text):
    assert told(text, "date_start", "date_end") == [("2025-11-11", "2025-11-12")]


@pytest.mark.parametrize(
    "text",
    [
        "В Саратове и Энгельсе объявлена опасность атаки беспилотников.",
        "У Сумах оголошено небезпеку удару дронів.",
    ],
)
def test_an_alarm_is_no_strike(text):
    assert told(text, "place") == []


@pytest.mark.parametrize(
    ("text", "claimant", "stance"),
    [
        (
            (
                "В Новороссийске дрон упал на дом. Мэр города Андрей Кравченко рассказал, что "
                "ранены четверо."
            ),
            "Мэр города Андрей Кравченко",
            "claims",
        ),
        (
            (
                "Дрон ударив по Дніпру, п'ятеро загинули. Про це 14 листопада повідомив виконувач "
                "обов'язків начальника ОВА Владислав Гайваненко."
            ),
            "виконувач обов'язків начальника ОВА Владислав Гайваненко",
            "claims",
        ),
        (
            (
                "Дрон поразил НПЗ в Волгограде. Представитель предприятия Иван Сидоров эту "
                "информацию опроверг."
            ),
            "Представитель предприятия Иван Сидоров",
            "denies",
        ),
        (
            (
                "Two people were killed by a glide bomb in Kramatorsk, the head of the city's "
                "military administration, Oleksandr Honcharenko, said."
            ),
            "head of the city's military administration, Oleksandr Honcharenko",
            "claims",
        ),
    ],
)
def test_a_name_may_stand_behind_what_the_office_is_of(text, claimant, stance):
    assert [(who, how) for who, how, _ in said(text)] == [(claimant, stance)]


def test_an_office_alone_is_who_was_named_with_it_and_a_dateline_is_nobody():
    text = (
        "KYIV, Nov 13 (Reuters) - Governor Oleh Kiper said a drone hit the port of Izmail.\n\n"
        "In Odesa two were wounded by a missile, the governor said."
    )
    assert {who for who, _, _ in said(text)} == {"Governor Oleh Kiper"}
    assert {who for who, _, _ in said(text, place="Odesa")} == {"Governor Oleh Kiper"}


def test_whose_text_it_is_tells_what_nobody_else_tells_beside_it():
    text = (
        "Минобороны РФ, 14 ноября 2025 года\n\nЗа ночь сбиты 49 дронов.\n\n"
        "Губернатор Дмитрий Миляев сообщил о пожаре на заводе в Туле после удара дрона. "
        "В Алексине ранены двое.\n\nВойска освободили село Родинское ДНР."
    )
    events = draft_events(text, published=DAY).events
    who = {e.value("place"): {r.claimant.value for r in e.reports} for e in events}
    assert who[None] == who["Rodynske"] == {"Минобороны РФ"}
    assert who["Tula"] == {"Губернатор Дмитрий Миляев"}
    assert who["Aleksin"] == set()


def test_what_a_region_lost_is_not_put_on_the_first_town_of_it():
    text = (
        "Губернатор Харківської області Олег Синєгубов 14 листопада 2025 року повідомив: "
        "впродовж минулої доби ударів зазнали Харків та 9 населених пунктів.\n\n"
        "Внаслідок обстрілів загинула одна людина, 6 постраждали.\n\n"
        "У Куп'янську дрон поранив чоловіка.\n\nУ Лозовій дрон влучив у будинок."
    )
    found = told(text, "place", "killed", "injured", "date_end")
    assert found[0] == ("Kharkiv", None, None, "2025-11-13")
    assert found[1] == ("Kupiansk", None, 1, "2025-11-13")
    assert len(said(text)) == 3


@pytest.mark.parametrize(
    ("heading", "claimant"),
    [
        ("Ministry of Defence of the Russian Federation", None),
        ("Олександр Прокудін | Херсонська ОВА", "Олександр Прокудін"),
        (
            "Генеральний штаб Збройних Сил України інформує",
            "Генеральний штаб Збройних Сил України",
        ),
        ("Zelensky arrives in Kyiv", ""),
    ],
)
def test_a_first_line_that_only_names_somebody_names_the_author(heading, claimant):
    texts = {
        True: "Drones hit Kherson overnight.\n\nA shell hit Beryslav.\n\nA bomb hit Kramatorsk.",
        False: "Дрони вдарили по Херсону.\n\nСнаряд влучив у Берислав.\n\nУдар по Ізюму.",
    }
    drafted = draft_events(f"{heading}\n\n{texts[heading.isascii()]}", published=DAY)
    found = {r.claimant.value for e in drafted.events for r in e.reports}
    assert found == ({heading if claimant is None else claimant} - {""})


@pytest.mark.parametrize(
    "text",
    [
        "The death toll from a Russian strike on Ternopil rose to 26 on Thursday.",
        "20 листопада кількість загиблих унаслідок удару по Тернополю зросла до 26.",
        "Число погибших при ударе по Тернополю 20 ноября выросло до 26.",
    ],
)
def test_the_day_of_a_toll_that_grew_is_not_surely_that_of_the_strike(text):
    (event,) = draft_events(text, published=dt.date(2025, 11, 20)).events
    assert event.value("killed") == 26
    assert event.cells["date_start"].certainty == "open"


def test_the_night_of_two_days_is_between_them():
    text = (
        "Russia launched 476 drones in the overnight attack of Nov 18-19, and 442 were shot down."
    )
    (event,) = draft_events(text, published=dt.date(2025, 11, 20)).events
    assert (event.value("date_start"), event.value("date_end")) == ("2025-11-18", "2025-11-19")


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("A missile hit Rylsk: six people were killed and ten were taken to hospital.", 10),
        ("У Рильську внаслідок удару шестеро людей загинули, десятьох госпіталізовано.", 10),
        ("Дрон попал в автобус в Шебекине. Ранены пятеро, двое из них госпитализированы.", 5),
    ],
)
def test_who_was_taken_to_hospital_was_injured_and_counts_once(text, injured):
    (event,) = draft_events(text, published="2025-03-20").events
    assert event.value("injured") == injured
