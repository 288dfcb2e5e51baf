"""Days that a report tells for a whole part of it: nights, scenes, the same night, counts."""

import datetime as dt

import pytest

from geoconflict.drafting import draft_events

DAY = dt.date(2025, 9, 24)  # a Wednesday


def days(text, published=DAY):
    """First and last day of each event, as days of the month, and how sure they are."""
    events = draft_events(text, published=published).events
    return [
        (event.value("date_start")[8:], event.value("date_end")[8:])
        for event in events
        if not event.is_background
    ]


@pytest.mark.parametrize(
    "count",
    [
        "Ukraine's air force said Russia had sent 120 drones and that 98 were shot down.",
        "Повітряні сили: росіяни запустили 120 дронів, збито 98.",
        "ВВС Украины: противник запустил 120 дронов, сбито 98.",
    ],
)
def test_a_count_of_many_without_a_day_is_of_the_night_before_and_in_doubt(count):
    (event,) = draft_events(count, published=DAY).events
    assert days(count) == [("23", "24")]
    assert event.cells["date_start"].certainty == "open"


@pytest.mark.parametrize(
    "count",
    [
        "15:40 The air force says Russia sent 40 drones. It says 31 were shot down.",
        "Сегодня с 9.00 до 14.00 мск пресечена атака. Средствами ПВО сбиты 40 беспилотников.",
        "Удень ворог запустив шахеди. Сили ППО збили 40 дронів.",
        "The air force says that of 4 missiles 3 were shot down.",
    ],
)
def test_a_count_by_day_or_of_few_is_of_the_day_of_the_report(count):
    assert set(days(count)) == {("24", "24")}


@pytest.mark.parametrize(
    "text",
    [
        (
            "Drones hit a depot in Engels on 18 September.\n\nOn the night of 20 to 21 September "
            "it happened again. A plant in Tula was struck by drones, the General Staff said."
        ),
        (
            "18 вересня дрони влучили в нафтобазу в Енгельсі.\n\nУ ніч на 21 вересня все "
            "повторилося. Дрони вдарили по заводу в Тулі, повідомив Генштаб."
        ),
        (
            "18 сентября дроны попали в нефтебазу в Энгельсе.\n\nВ ночь на 21 сентября всё "
            "повторилось. Дроны ударили по заводу в Туле, сообщил Генштаб."
        ),
    ],
)
def test_a_day_that_sets_the_scene_is_that_of_the_sentences_after_it(text):
    assert days(text)[-1] == ("20", "21")


def test_a_day_on_which_something_was_said_sets_no_scene():
    text = "On 20 September the minister spoke of peace. Drones hit a plant in Tula."
    assert days(text) == [("24", "24")]


@pytest.mark.parametrize(
    ("text", "night"),
    [
        ("Early on 22 September drones hit Tula. That night a plant in Oryol was hit.", "21"),
        ("Drones hit a plant in Tula overnight. The same night Oryol was struck.", "23"),
        ("Дрони вночі вдарили по Тулі. За ту ж ніч збито 48 дронів.", "23"),
        ("Ночью дроны ударили по Туле. За ту же ночь сбиты 48 дронов.", "23"),
    ],
)
def test_the_same_night_is_the_one_before_the_small_hours_or_the_report(text, night):
    assert days(text)[-1][0] == night


def test_that_night_after_a_plain_day_is_in_doubt():
    text = "On 22 September drones hit Tula. That night a plant in Oryol was hit."
    last = draft_events(text, published=DAY).events[-1]
    assert last.cells["date_start"].certainty == "open"


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said it shot down 101 drones between Monday evening and Tuesday morning.",
        "З вечора понеділка до ранку вівторка збито 101 дрон, повідомили Повітряні сили.",
        "С вечера понедельника до утра вторника сбит 101 дрон, сообщило Минобороны.",
        "В ночь с 22-го на 23-е дроны ударили по нефтебазе в Энгельсе.",
    ],
)
def test_a_night_is_told_by_both_its_days(text):
    assert set(days(text)) == {("22", "23")}


def test_two_days_that_are_no_night_stay_two():
    text = "Drones hit Tula on Monday, and on Tuesday drones hit a plant in Oryol."
    assert days(text) == [("22", "22"), ("23", "23")]


def test_a_weekday_beside_a_date_only_says_which_one_it_is():
    text = "On 21 September, a Sunday, two missiles hit the centre of Sumy, killing 35."
    assert days(text) == [("21", "21")]


@pytest.mark.parametrize(
    ("head", "start"),
    [
        ("Важка ніч. Коротко", "23"),
        ("Підсумки ночі та ранку", "24"),
        ("Підсумки", "24"),
    ],
)
def test_a_digest_of_a_night_says_so_at_its_head(head, start):
    items = ("Київ. Дрони влучили в будинок.", "Луцьк. Влучання в дев'ятиповерхівку.")
    more = ("Енгельс. Дрони прилетіли на нафтобазу.", "Тула. Дрони влучили в завод.")
    text = "\n\n".join([head, *(f"🔴 {item}" for item in (*items, *more))])
    assert {first for first, _ in days(text)} == {start}


def test_on_that_day_is_the_day_on_which_it_was_said():
    text = "Governor Radiy Khabirov said on September 22 that a drone hit Ufa that day."
    assert days(text) == [("22", "22")]


@pytest.mark.parametrize(
    "text",
    [
        "Air defences downed 47 of 61 drones sent from 8 p.m. on Monday, the air force said.",
        "Повітряні сили: у ніч на 23 вересня (з 19:30 22 вересня) атакували 112 дронів, збито 87.",
        "Минобороны: с 20.00 22 сентября сбиты 40 беспилотников.",
    ],
)
def test_what_is_counted_since_an_evening_is_of_its_night(text):
    assert set(days(text)) == {("22", "23")}


def test_what_is_counted_since_a_morning_is_of_its_day():
    assert set(days("Минобороны: с 9.00 22 сентября сбиты 40 беспилотников.")) == {("22", "22")}


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("On the night of 20 September drones hit an oil depot in Engels.", True),
        ("20 вересня вночі дрони влучили в нафтобазу в Енгельсі.", True),
        ("Overnight into 20 September drones hit an oil depot in Engels.", False),
        ("On the night of 24 September drones hit an oil depot in Engels.", False),
        ("On the night of 19 to 20 September drones hit an oil depot in Engels.", False),
        ("Ночью 20 сентября дроны ударили по нефтебазе в Энгельсе.", False),
    ],
)
def test_a_night_called_by_one_day_is_in_doubt_where_it_can_be_the_one_after(text, is_open):
    (event,) = draft_events(text, published=DAY).events
    assert (event.cells["date_start"].certainty == "open") is is_open
