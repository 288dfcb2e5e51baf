"""Reported advances and changes of control beside made-up snapshots."""

import datetime as dt
from functools import partial

import pytest
import shapely

from geoconflict import Fronts, check_moves, locate_events
from geoconflict.casebooks.casebook import make_casebook
from geoconflict.casebooks.records import Event, MapInfo
from geoconflict.fronts.features import Feature
from geoconflict.fronts.files import Entry, Piece
from tests.fronts.conftest import day, quadrangle_km2

PERIOD = (dt.date(2025, 1, 1), dt.date(2025, 1, 31))


@pytest.fixture(scope="module")
def fronts():
    """A square that has grown north by a tenth of a degree on 10 January."""
    entries = {}
    for number, north in ((1, 48.5), (10, 48.6), (15, 48.6)):
        areas = [Feature(shapely.box(37.0, 48.0, 37.5, north), ("RU",))]
        piece = Piece(str(number), str(number), "", (), partial(list, areas))
        entries[day(number)] = Entry(day(number), (piece,))
    return Fronts("squares", "CC0", entries)


@pytest.fixture(scope="module")
def move(fronts):
    def moved(**fields):
        place = {"place": "Middle", "lon": 37.25, "lat": 48.55, "precision_m": 500}
        days = {"date_start": "2025-01-08", "date_end": "2025-01-15"}
        event = Event(**({"id": "x", "kind": "advance", "actor": "RU"} | place | days | fields))
        info = MapInfo(title="Moves", period=PERIOD, sources={})
        return check_moves(locate_events(make_casebook("moves", info, events=[event])), fronts)

    return moved


def test_an_advance_that_is_drawn_is_supported_with_its_area_and_days(move):
    """The strip that is gained lies within 25 km of its middle, all of it."""
    (found,) = move()
    assert found.verdict == "supported"
    strip = quadrangle_km2(37.0, 48.5, 37.5, 48.6)
    assert found.advance.gained_km2 == pytest.approx(strip, rel=1e-3)
    assert found.reason == (
        f"{strip:.1f} km² won by Russia within 25 km "
        "(squares, snapshots of 1 January 2025 and of 15 January 2025)"
    )


def test_what_the_other_side_gains_does_not_support_an_advance(move):
    (found,) = move(actor="UA")
    assert found.verdict == "undetermined"
    assert found.reason.startswith("0 km² won by Ukraine within 25 km")


def test_an_advance_far_off_is_not_supported_by_this_one(move):
    (found,) = move(lat=49.3)
    assert (found.verdict, found.advance.gained_km2) == ("undetermined", 0.0)


def test_days_without_two_snapshots_are_undetermined_and_say_so(move):
    (found,) = move(date_end="2025-01-10")
    assert (found.verdict, found.advance, found.snapshot_date) == ("undetermined", None, None)
    assert "on or before 27 December 2024" in found.reason


@pytest.mark.parametrize(
    ("actor", "lat", "verdict", "said"),
    [
        ("RU", 48.3, "supported", "held by Russia (squares, snapshot of 1 January 2025)"),
        ("UA", 48.3, "undetermined", "held by Russia"),
        ("RU", 49.3, "undetermined", "not held by Russia"),
        ("UA", 49.3, "supported", "not held by Russia"),
    ],
)
def test_a_change_of_control_is_drawn_or_not(move, actor, lat, verdict, said):
    (found,) = move(
        kind="control_change", actor=actor, lat=lat, date_start="2025-01-02", date_end="2025-01-03"
    )
    assert (found.verdict, found.advance) == (verdict, None)
    assert found.reason.startswith(said)


@pytest.mark.parametrize(
    "fields",
    [{"kind": "strike"}, {"actor": "unknown"}, {"lon": None, "lat": None, "place": "Nowhereville"}],
)
def test_other_events_are_not_looked_at(move, fields):
    assert move(**fields) == []
