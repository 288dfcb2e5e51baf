"""Rows of a casebook beside each other: numbers, rates, parts and superlatives that disagree."""

from dataclasses import replace

import pandas as pd
import pytest

from geoconflict import locate_events, read_casebook
from geoconflict.casebooks.records import Claim
from geoconflict.claims.agreement import check_agreement
from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def january():
    return locate_events(read_casebook(REPOSITORY / "maps" / "january-2025"))


def book(casebook, *rows):
    """Return a casebook with these claims alone."""
    claims = [
        Claim(**{"id": f"row-{n}", "source": f"paper-{n}", **row}) for n, row in enumerate(rows, 1)
    ]
    return replace(casebook, claims=pd.DataFrame([claim.model_dump() for claim in claims]))


def test_what_five_reports_of_january_say_differently_is_found(january):
    found = {check.ids: check.reason for check in check_agreement(january)}
    # 593 / 31 = 19.1; the other daily rates of that winter are those of their months.
    assert found == {
        (
            "losses-2024",
            "losses-2024-january-figure",
        ): "430,790 people and more than 434,000 people are both told of 2024",
        (
            "losses-2024",
            "losses-2024-january-19",
        ): "430,790 people and 434,000 people are both told of 2024",
        (
            "gains-december-2024",
            "gains-december-per-day",
        ): "593 km² in 31 days makes 19.1 km² a day, not 18 km² a day",
    }


YEAR = {"kind": "count", "unit": "people", "date": "2024-01-01/2024-12-31"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (430790, 430000),  # rounded
        (430790, 150000),  # the killed are no other count of all losses
        (430790, 430790),
        (430790, 400000),  # 7 per cent apart: of something else
    ],
)
def test_numbers_that_can_both_be_right_are_left(january, first, second):
    rows = ({**YEAR, "value_min": first}, {**YEAR, "value_min": second})
    assert check_agreement(book(january, *rows)) == []


def test_other_days_or_land_are_no_contradiction(january):
    rows = (
        {**YEAR, "value_min": 430790},
        {**YEAR, "value_min": 434000, "date": "2023-12-01/2024-11-30"},
        {**YEAR, "value_min": 434000, "event_id": "2024-12-31-sea-losses"},
    )
    assert check_agreement(book(january, *rows)) == []


def test_more_cannot_be_shot_down_than_was_launched(january):
    events = january.events.copy()
    events["launched"], events["shot_down"] = pd.NA, pd.NA
    events.loc[0, ["launched", "shot_down"]] = (63, 111)
    events.loc[1, ["launched", "shot_down"]] = (111, 63)
    (check,) = check_agreement(replace(book(january, {**YEAR, "value_min": 1}), events=events))
    assert (check.ids, check.verdict) == ((events.loc[0, "id"],), "contradicted")
    assert check.reason == "111 were shot down of 63 launched"


@pytest.mark.parametrize(
    "words", ["the deepest strike so far", "найдальший удар", "самый дальний удар"]
)
def test_the_farthest_strike_is_compared_with_those_before_it(january, words):
    reports = january.reports.copy()
    of = reports["event_id"] == "2025-01-24-ryazan-refinery"
    reports.loc[of, "summary"] = f"This was {words}."
    (check,) = check_agreement(replace(book(january, {**YEAR, "value_min": 1}), reports=reports))
    # Kazan, struck four days before, lies 922 km from the border, Ryazan 462 km.
    assert check.ids == ("2025-01-24-ryazan-refinery", "2025-01-20-gorbunov-plant")
    assert check.verdict == "contradicted"


@pytest.mark.parametrize(("lat", "is_told"), [(54.72, False), (55.12, True)])
def test_an_earlier_strike_is_farther_only_by_more_than_a_town_s_width(january, lat, is_told):
    events, reports = january.events.copy(), january.reports.copy()
    kazan = events["id"] == "2025-01-20-gorbunov-plant"
    # Ryazan lies 462 km from the border, these points 472 and 497 km.
    events.loc[kazan, ["lat", "lon"]] = (lat, 39.77)
    of = reports["event_id"] == "2025-01-24-ryazan-refinery"
    reports.loc[of, "summary"] = "This was the deepest strike so far."
    rows = replace(book(january, {**YEAR, "value_min": 1}), events=events, reports=reports)
    assert bool(check_agreement(rows)) == is_told
