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
