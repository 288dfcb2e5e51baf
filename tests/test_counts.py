"""Tolls as people write them in the cells of a table, in three languages."""

import pytest

from geoconflict.importers.counts import stated_count, told_toll, toll_of


@pytest.mark.parametrize(
    ("cell", "value", "is_plain"),
    [
        ("двоє", 2, True),
        ("трое", 3, True),
        ("двадцять один", 21, True),
        ("5 осіб", 5, True),
        ("щонайменше семеро", 7, False),
        ("over 10", 10, False),
        ("10+", 10, False),
        ("4 (1 важкий)", 4, False),
        ("троє, з них дитина", 3, False),
        ("15 → 17", 17, False),
    ],
)
def test_a_number_in_words_or_with_words_beside_it(cell, value, is_plain):
    count = stated_count(cell)
    assert (count.value, count.is_plain) == (value, is_plain)


@pytest.mark.parametrize(
    "cell",
    ["", "—", "dozens", "кілька", "10–12", "2+1", "до 5", "up to 7", "2 (7 за даними РФ)", "1.5"],
)
def test_what_leaves_the_number_open_is_none(cell):
    assert stated_count(cell) is None


def test_a_dash_beside_a_number_states_nothing():
    assert toll_of("-/7", "killed injured") == {"injured": 7}
    assert toll_of("2/—", "загиблі поранені") == {"killed": 2}


@pytest.mark.parametrize(
    "cell",
    ["2 KIA 3 WIA", "KIA: 2 WIA: 3", "2 двохсотих, 3 трьохсотих", "2 двухсотых и 3 трёхсотых"],
)
def test_what_armies_say_for_dead_and_wounded_counts_in_a_cell_alone(cell):
    assert toll_of(cell, "casualties") == {"killed": 2, "injured": 3}
    # "2 Kia" are cars.
    assert told_toll(f"3 houses; {cell}") == {}


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("Drone on a house; 2 killed, 5 people were injured", {"killed": 2, "injured": 5}),
        ("приліт уночі 4 травня 2025, двоє загиблих", {"killed": 2}),
        ("2 killed, 3 injured in Kharkiv", {}),
        ("2 killed, then 3 killed", {}),
        ("a toll of 2025 shells", {}),
    ],
)
def test_a_toll_is_taken_of_a_text_only_where_whole_clauses_state_it(text, toll):
    assert told_toll(text) == toll
