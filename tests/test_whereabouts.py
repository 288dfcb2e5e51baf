"""Claims of an event whose place has a namesake: measured where the event was, or not at all."""

from dataclasses import replace

import pandas as pd
import pytest

from geoconflict import check_claims, locate_events
from geoconflict.casebooks.records import Claim

CLAIM = {
    "id": "far",
    "event_id": "there",
    "source": "paper",
    "kind": "distance",
    "unit": "km",
    "reference": "border:UA",
    "hedge": "more than",
}


@pytest.fixture
def checked(january):
    def check(event, **claim):
        row = january.events.iloc[[0]].assign(id="there", **event)
        claims = pd.DataFrame([Claim(**{**CLAIM, **claim}).model_dump()])
        book = replace(january, events=row, claims=claims)
        return [check_claims(one)[0] for one in (book, locate_events(book))]

    return check


def test_a_namesake_of_where_the_event_was_decides_nothing(checked):
    # The airfield Belaya near Irkutsk; the Belaya that the gazetteer knows lies in Kursk Oblast.
    irkutsk = {"place": "Belaya", "admin1": None, "country": "RU", "lon": 103.57, "lat": 52.92}
    for check in checked(irkutsk, subject="place:Belaya, RU", value_min=4300):
        assert check.verdict == "undetermined"
        assert "another may be meant" in check.reason


@pytest.mark.parametrize(
    ("place", "lon", "lat", "value", "verdict"),
    [
        ("Engels", 46.11, 51.48, 300, "supported"),
        ("Engels", 46.21, 51.48, 900, "contradicted"),  # its airfield, 7 km off the middle
        ("Volgograd", 44.8, 48.4, 1500, "contradicted"),  # the far end of the city
        ("Saratov", 103.57, 52.92, 900, "contradicted"),  # another town than that of the event
    ],
)
def test_claims_of_the_event_s_own_place_are_checked(checked, place, lon, lat, value, verdict):
    event = {"place": place, "admin1": None, "country": "RU", "lon": lon, "lat": lat}
    named = "Engels" if place == "Saratov" else place
    for check in checked(event, subject=f"place:{named}, RU", value_min=value):
        assert check.verdict == verdict
