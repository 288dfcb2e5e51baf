import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pint import UnitRegistry

from geoconflict.errors import QuantityError
from geoconflict.measuring.quantities import (
    DIRECTIONS,
    Interval,
    direction_away_deg,
    direction_name,
    find_hedge,
    hedges,
    is_beyond_reading,
    stated_interval,
)
from geoconflict.measuring.units import convert, dimension, format_number

NUMBERS = st.floats(0.1, 1e6)


@pytest.mark.parametrize(
    ("value", "unit", "to", "result"),
    [
        (500, "km", "mi", 310.686),
        (4168, "km2", "mi2", 1609.27),
        (18, "km2/day", "mi2/day", 6.94984),
        (19, "nmi", "km", 35.188),
        (1000, "m", "km", 1),
        (430_790, "people", "people", 430_790),
    ],
)
def test_conversions(value, unit, to, result):
    assert convert(value, unit, to) == pytest.approx(result, rel=1e-5)


@pytest.mark.parametrize(("unit", "to"), [("km", "km2"), ("people", "km"), ("people", "drones")])
def test_units_of_different_things_do_not_convert(unit, to):
    with pytest.raises(QuantityError, match="do not measure the same thing"):
        convert(1, unit, to)


@pytest.mark.parametrize(
    ("value", "hedge", "low", "high"),
    [
        (500, "roughly", 437.5, 562.5),
        (500, "", 475, 525),
        (1000, "", 950, 1050),
        (462, "", 461.5, 462.5),
        (16.1, "", 16.05, 16.15),
        (500, "nearly", 425, 525),
        (1000, "more than", 950, math.inf),
        (300, "up to", 0, 315),
        (100, "близько", 87.5, 112.5),
        (100, "примерно", 87.5, 112.5),
    ],
)
def test_what_a_stated_number_stands_for(value, hedge, low, high):
    found = stated_interval(value, hedge=hedge)
    assert found == pytest.approx((low, high))


@pytest.mark.parametrize(("value", "unit"), [(310.7, "mi"), (62, "mi"), (500, "km"), (640, "km")])
def test_a_converted_round_number_is_no_more_exact_than_the_round_one(value, unit):
    """310.7 miles are 500 km, 62 miles 100 km and 640 km 400 miles."""
    low, high = stated_interval(value, hedge="", unit=unit)
    assert high - low == pytest.approx(0.1 * value, rel=0.02)


def test_an_exact_number_stays_exact():
    assert stated_interval(461.8, hedge="", unit="km") == pytest.approx((461.75, 461.85), abs=0.04)


@given(NUMBERS, st.sampled_from([word for hedge in hedges() for word in sorted(hedge.words)]))
@example(value=0.17255312425323663, hedge="a little less than")
def test_the_number_itself_is_always_among_what_it_stands_for(value, hedge):
    low, high = stated_interval(value, hedge=hedge)
    assert low <= value * (1 + 1e-9)
    assert value <= high * (1 + 1e-9)


def test_every_hedge_has_a_reason_and_is_found_by_its_words():
    for hedge in hedges():
        assert hedge.reason
        assert all(find_hedge(word.upper()) is hedge for word in hedge.words)


@given(NUMBERS, st.sampled_from([word for hedge in hedges() for word in sorted(hedge.words)]))
def test_a_hedge_never_narrows(value, hedge):
    bare, hedged = stated_interval(value, hedge=""), stated_interval(value, hedge=hedge)
    assert hedged.low <= bare.low
    assert bare.high <= hedged.high


def test_an_unknown_hedge_is_refused_with_the_known_ones():
    with pytest.raises(QuantityError, match="not a known hedge: expected one of about"):
        find_hedge("approximatly")


def test_a_quarter_off_is_beyond_any_reading():
    # The base at Engels is said to be 640 km from the border and lies at 471.
    assert is_beyond_reading(640, 640, Interval(466, 476))
    assert not is_beyond_reading(1000, 1000, Interval(874, 934))
    assert not is_beyond_reading(400, 500, Interval(455, 470))


@given(st.floats(0, 359.9))
def test_a_direction_name_is_within_its_sector(azimuth):
    assert direction_away_deg(azimuth, direction_name(azimuth)) <= 22.5 + 1e-9


def test_sixteen_points():
    assert len(DIRECTIONS) == 16
    assert (DIRECTIONS["E"], DIRECTIONS["SSW"]) == (90.0, 202.5)


@pytest.mark.parametrize(
    ("value", "text"), [(4168, "4,168"), (461.78, "461.8"), (6.9498, "6.95"), (0.6905, "0.69")]
)
def test_numbers_are_shown_with_the_digits_they_carry(value, text):
    assert format_number(value) == text


# What pint calls our units.
PINT = {
    "km": "kilometer",
    "m": "meter",
    "mi": "mile",
    "nmi": "nautical_mile",
    "km2": "kilometer ** 2",
    "m2": "meter ** 2",
    "mi2": "mile ** 2",
    "ha": "hectare",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "h": "hour",
    "km2/day": "kilometer ** 2 / day",
    "mi2/month": "mile ** 2 / month",
}


def test_units_convert_as_pint_has_them():
    registry = UnitRegistry()
    compared = 0
    for unit, there in PINT.items():
        for to, wanted in PINT.items():
            if dimension(unit) == dimension(to):
                expected = registry.Quantity(7.5, there).to(wanted).magnitude
                assert convert(7.5, unit, to) == pytest.approx(expected, rel=1e-12)
                compared += 1
    assert compared > len(PINT)
