from dataclasses import replace

import pandas as pd
import pytest

from geoconflict import locate_events


@pytest.fixture(scope="module")
def located(january):
    return locate_events(january).events.set_index("id")


@pytest.mark.parametrize(
    ("event", "lat", "lon", "kind"),
    [
        ("2025-02-03-volgograd-refinery", 48.49, 44.63, "facility"),
        ("2025-01-24-ryazan-refinery", 54.57, 39.76, "facility"),
        ("2025-02-03-astrakhan-gas-plant", 46.79, 48.01, "facility"),
        ("2025-01-20-pokrovsk-advance", 48.28, 37.18, "settlement"),
        ("2025-02-03-lyman-russian-advance", 48.99, 37.81, "settlement"),
    ],
)
def test_events_stand_where_their_place_is(located, event, lat, lon, kind):
    row = located.loc[event]
    assert (row["lat"], row["lon"]) == pytest.approx((lat, lon), abs=0.03)
    assert row["position_kind"] == kind
    assert row["geometry"].x == row["lon"]


def test_an_event_without_a_place_keeps_its_reason(located):
    row = located.loc["2025-01-20-buk-m3"]
    assert row["position"] == "not located: no place is named"
    assert pd.isna(row["lon"])
    assert row["geometry"] is None


def test_an_oblast_is_as_coarse_as_it_is_wide(located):
    row = located.loc["2025-01-24-interceptions-bryansk"]
    assert row["position_kind"] == "admin1"
    assert row["precision_m"] > 100_000


def test_locating_changes_nothing_in_the_casebook(january):
    before = january.events.copy()
    locate_events(january)
    pd.testing.assert_frame_equal(before, january.events)


def test_a_position_given_in_the_row_wins(january):
    events = january.events.head(1).assign(lon=30.0, lat=50.0, precision_m=10.0)
    found = locate_events(replace(january, events=events)).events.iloc[0]
    assert (found["lon"], found["lat"], found["position_kind"]) == (30.0, 50.0, "given")


def test_an_ambiguous_name_leaves_the_event_without_a_position(january):
    events = january.events.head(1).assign(
        place="Ivanivka", facility=None, admin1=None, country="UA"
    )
    found = locate_events(replace(january, events=events)).events.iloc[0]
    assert found["position_kind"] == "none"
    assert "can mean" in found["position"]


def test_a_place_that_cannot_be_told_shows_on_its_oblast(january):
    name = january.events["place"] == "Pokrovsk"
    events = (
        january.events[name]
        .reset_index(drop=True)
        .assign(
            place="Oktyabrsky", admin1="RU-TVE", country="RU", facility=None, lon=None, lat=None
        )
    )
    row = locate_events(replace(january, events=events)).events.iloc[0]
    assert row["position_kind"] == "admin1"
    # Tver Oblast is some 350 km wide, and is drawn so.
    assert 100_000 < row["precision_m"] < 300_000
    assert row["position"].startswith("somewhere in Tver Oblast: ")
    assert "Oktyabrsky" in row["position"]
