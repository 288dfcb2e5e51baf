import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.reading.amounts import find_amounts, find_unitless
from geoconflict.reading.numerals import parse_number
from geoconflict.reading.sentences import language_of


def told(text):
    """The language of words that are no sentence: Ukrainian where nothing tells it."""
    return language_of(text, default="uk")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", 1200),
        ("1 200", 1200),
        ("1.200", 1200),
        ("1\u202f200", 1200),
        ("1.6 million", 1_600_000),
        ("16,1", 16.1),
        ("0.125", 0.125),
        ("1½", 1.5),
        ("10 тыс.", 10_000),
        ("a hundred", 100),
        ("half a", 0.5),
        ("twenty-five", 25),
        ("two hundred and fifty", 250),
        ("сто двадцять п'ять", 125),
        ("семистах", 700),
        ("півтора", 1.5),
        ("nonsense", None),
    ],
)
def test_numbers_as_they_are_written(text, value):
    languages = {"en": ["en"], "uk": ["uk", "ru"], "ru": ["ru", "uk"]}[language_of(text)]
    assert value in [parse_number(text, language=language) for language in languages]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("roughly 500 kilometers (310 miles) north", (500, None, "km", "roughly", 310, "mi")),
        ("600–640 km", (600, 640, "km", "", None, None)),
        ("between 5 and 10 km", (5, 10, "km", "", None, None)),
        ("five to seven kilometres", (5, 7, "km", "", None, None)),
        ("за п'ять-шість кілометрів на схід", (5, 6, "km", "", None, None)),
        ("45% to 65% of", (45, 65, "percent", "", None, None)),
        ("about a hundred kilometres", (100, None, "km", "about", None, None)),
        ("400-plus miles", (400, None, "mi", "plus", None, None)),
        ("5 km or so from", (5, None, "km", "or so", None, None)),
        ("майже за 140 кілометрів", (140, None, "km", "майже", None, None)),
        ("200 з гаком кілометрів", (200, None, "km", "з гаком", None, None)),
        ("километров 20 от передовой", (20, None, "km", "about", None, None)),
        ("hundreds of kilometers", (None, None, "km", "hundreds of", None, None)),
        ("кількадесят кілометрів", (None, None, "km", "кількадесят", None, None)),
        ("35 km (19 nautical miles) off", (35, None, "km", "", 19, "nmi")),
        ("500 km or 310 miles", (500, None, "km", "", 310, "mi")),
        ("18 sq km (11 square miles) a day", (18, None, "km2/day", "", 11, "mi2/day")),
        ("roughly 16.1 square kilometers per day", (16.1, None, "km2/day", "roughly", None, None)),
        ("The roughly 100-square-kilometer loss", (100, None, "km2", "roughly", None, None)),
        ("1,150km² along", (1150, None, "km2", "", None, None)),
        ("14,3 кв. км на добу", (14.3, None, "km2/day", "", None, None)),
    ],
)
def test_an_amount_with_its_unit_hedge_and_conversion(text, expected):
    (amount,) = find_amounts(text, language=told(text))
    found = (amount.value_min, amount.value_max, amount.unit, amount.hedge)
    assert (*found, amount.secondary_value, amount.secondary_unit) == expected


def test_a_unit_left_out_is_that_of_the_amount_before():
    text = "Sumy is 330 kilometers from Kyiv, but only 30 from the Russian border."
    amounts = find_amounts(text)
    assert [(a.value_min, a.unit) for a in amounts] == [(330, "km")]
    bare = find_unitless(text, amounts)
    assert [(a.value_min, a.unit, a.hedge) for a in bare] == [(30, "km", "only")]


@pytest.mark.parametrize(
    "text",
    [
        "drives at up to 130km/h (80mph)",
        "40 км/год",
        "the fire had spread to 10,0000 square meters",
        "a grant of $60m to the city",
        "Rheinmetall will put in €200m, 15m from the budget",
        "no amount at all, only 5 people and 2 tanks",
    ],
)
def test_what_is_no_amount(text):
    assert find_amounts(text, language=told(text)) == []


@given(st.integers(1, 9999), st.sampled_from(["km", "kilometers", "miles", "км", "кілометрів"]))
def test_a_number_and_a_unit_are_found_wherever_they_stand(number, unit):
    text = f"There, {number} {unit} away, it burned."
    languages = [language_of(unit), "en", "uk"]
    found = [find_amounts(text, language=language) for language in languages]
    amount = next(amounts[0] for amounts in found if amounts)
    assert amount.value_min == number
    assert text[amount.number_start : amount.end] == f"{number} {unit}"
