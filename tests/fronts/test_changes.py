"""Control, change, series, advance and comparison, on squares and on the real snapshots."""

import datetime as dt
import math
from dataclasses import replace

import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from pandas.testing import assert_frame_equal

from geoconflict import Fronts, Gazetteer, Snapshot
from geoconflict.cli.frontanswers import changes_text
from geoconflict.errors import (
    CoordinateError,
    MissingSnapshotError,
    OptionError,
    SnapshotFileError,
    SnapshotWarning,
    UnknownReferenceError,
)
from geoconflict.fronts.changes import diff
from geoconflict.fronts.comparison import compare, differences
from geoconflict.fronts.control import held_distances
from geoconflict.fronts.sources import SOURCES, find_source, is_republishable
from geoconflict.fronts.units import NO_UNIT, area_by_unit
from geoconflict.measuring.geodesy import inverse
from tests.fronts.conftest import collection, day, quadrangle_km2, square, write

RELATIVE = 1e-4
POINT = collection(({"type": "Point", "coordinates": [37, 48]}, {}))


def snapshot(area, *, number=1, **areas):
    held = {"RU": shapely.MultiPolygon([p for p in shapely.get_parts(area) if p.area > 0])}
    return Snapshot(day(number), "squares", "CC0", held | areas)


def test_areas_of_squares(squares):
    held = [squares.at(date).area_km2 for date in squares.dates]
    assert held == pytest.approx(
        [
            quadrangle_km2(37.0, 48.0, 37.5, 48.5),
            quadrangle_km2(37.0, 48.0, 37.5, 48.6),
            quadrangle_km2(37.1, 48.0, 37.5, 48.6),
            quadrangle_km2(37.1, 48.0, 37.5, 48.6) + quadrangle_km2(36.0, 48.0, 36.1, 48.1),
        ],
        rel=RELATIVE,
    )


def test_the_last_snapshot_on_or_before_a_day_is_used_and_said(squares):
    assert squares.at(day(4)).date == day(2)
    assert squares.at(day(12)).date == day(5)
    assert "snapshot of 2025-01-02" in squares.at(day(4)).title


def test_a_gap_of_more_than_a_week_is_an_error_unless_allowed(squares):
    with pytest.raises(MissingSnapshotError, match="of 2025-01-05, 8 days older; up to 7"):
        squares.at(day(13))
    assert squares.at(day(13), max_gap_days=8).date == day(5)
    assert squares.at(day(19), max_gap_days=None).date == day(5)


def test_nothing_is_before_the_first_snapshot(squares):
    with pytest.raises(MissingSnapshotError, match="the first is of 2025-01-01"):
        squares.at(dt.date(2024, 12, 31), max_gap_days=None)


def test_control_of_points_on_days(squares):
    points = [(37.25, 48.25), (37.25, 48.55), (37.25, 48.55), (37.6, 48.25), (40.0, 53.0)]
    days = [day(1), day(1), day(2), day(4), day(5)]
    table = squares.control(points, days)
    assert table["side"].tolist() == ["RU", "UA", "RU", "UA", "outside"]
    assert table["snapshot_date"].tolist() == [day(1), day(1), day(2), day(2), day(5)]
    # From the middle of the square to its nearer sides, along the parallel.
    assert table["distance_km"][0] == pytest.approx(18.56, abs=0.02)
    # 0.05 degrees of a meridian at 48.5 degrees north are 5.56 km.
    assert table["distance_km"][1] == pytest.approx(5.56, abs=0.01)
    assert table["nearest_lat"][1] == pytest.approx(48.5, abs=0.001)


def test_points_may_come_in_any_order_of_days_and_none_may_come(squares):
    points, days = [(37.25, 48.55)] * 3, [day(5), day(1), day(2)]
    assert squares.control(points, days)["side"].tolist() == ["RU", "UA", "RU"]
    assert squares.control(np.empty((0, 2)), day(1)).empty
    assert list(squares.control(np.empty((0, 2)), [])) == list(squares.control(points, days))


def test_an_unknown_position_stays_unknown(squares):
    row = squares.control([(np.nan, np.nan)], day(1)).iloc[0]
    assert row["side"] is None
    assert math.isnan(row["distance_km"])


def test_control_refuses_what_cannot_be(squares):
    with pytest.raises(CoordinateError, match="one for each of 2 points, found 1"):
        squares.control([(37, 48), (38, 48)], [day(1)])
    with pytest.raises(CoordinateError, match="not on Earth"):
        squares.control([(37, 148)], day(1))
    with pytest.raises(MissingSnapshotError):
        squares.control([(37, 48)], dt.date(2024, 1, 1))


def test_contested_and_claimed_areas_are_sides_of_their_own():
    areas = {"contested": shapely.box(36, 48, 38, 49), "claimed-RU": shapely.box(35, 48, 36, 49)}
    one = snapshot(shapely.box(37, 48, 37.5, 48.5), **areas)
    from geoconflict.fronts.control import sides

    points = np.array([(37.2, 48.2), (36.5, 48.5), (35.5, 48.5), (34.0, 48.0)])
    assert sides(one, points).tolist() == ["RU", "contested", "claimed-RU", "UA"]
    assert not shapely.contains_xy(one.contested, 37.2, 48.2)


def test_held_land_may_be_near_where_the_line_is_not(squares):
    far = held_distances(squares.at(day(1)), np.array([(37.25, 48.25), (37.6, 48.25)]))
    assert far[0] == 0
    assert far[1] == pytest.approx(7430, abs=20)


def test_diff_of_squares(squares):
    gained = quadrangle_km2(37.0, 48.5, 37.5, 48.6)
    changes = squares.diff(day(1), day(3))
    assert (changes.start.date, changes.end.date, changes.days) == (day(1), day(2), 1)
    assert changes.gained_km2 == pytest.approx(gained, rel=RELATIVE)
    assert changes.lost_km2 == 0
    lost = quadrangle_km2(37.0, 48.0, 37.1, 48.6)
    assert squares.diff(day(2), day(5)).lost_km2 == pytest.approx(lost, rel=RELATIVE)


def test_areas_by_unit_stand_in_the_order_of_their_names_and_the_rest_last():
    """Across Donetsk, Dnipropetrovsk and Zaporizhzhia Oblasts and the sea before them."""
    before, after = snapshot(shapely.box(37, 46, 37.5, 46.5)), shapely.box(35, 46, 37.5, 48.6)
    titles = [
        row["title"] for row in diff(before, snapshot(after, number=2)).to_dict()["by_admin1"]
    ]
    assert titles == [*sorted(titles[:-1]), NO_UNIT]
    assert len(titles) > 3


@pytest.mark.parametrize("radius", [0, -5, math.nan])
def test_a_radius_must_reach_something(squares, radius):
    with pytest.raises(OptionError, match="give one above 0"):
        squares.advances((37.2, 48.5), until=day(5), days=3, radius_km=radius)


def test_two_days_of_one_snapshot_have_no_difference_to_tell(squares):
    with pytest.raises(MissingSnapshotError, match="2025-01-03 and 2025-01-04 are both answered"):
        squares.diff(day(3), day(4))
    with pytest.raises(MissingSnapshotError, match="both answered from the squares, snapshot of"):
        squares.advances((37.2, 48.5), until=day(5), days=0)


def test_slivers_stand_apart_from_real_change():
    """A line drawn 50 m elsewhere is a sliver, one 500 m elsewhere is not."""
    base = shapely.box(37, 48, 37.5, 48.5)
    sliver = diff(snapshot(base), snapshot(shapely.box(37, 48, 37.5, 48.50045), number=2))
    assert sliver.gained_km2 == 0
    assert sliver.all_gained_km2 == pytest.approx(0.05 * 36.9, rel=0.05)
    real = diff(snapshot(base), snapshot(shapely.box(37, 48, 37.5, 48.5045), number=2))
    assert real.gained_km2 == pytest.approx(0.5 * 36.9, rel=0.05)
    assert real.gained_slivers.is_empty


def test_changes_by_admin1_add_up_to_the_whole():
    """A band across the border of Donetsk and Dnipropetrovsk oblasts, and out to sea."""
    before, after = shapely.box(36.5, 47.5, 37.5, 47.9), shapely.box(36.5, 46.7, 37.5, 48.4)
    changes = diff(snapshot(before), snapshot(after, number=2))
    gained = sum(gained for gained, _ in changes.by_admin1.values())
    assert gained == pytest.approx(changes.all_gained_km2, abs=0.05)
    assert set(changes.by_admin1) == {"", "UA-12", "UA-14", "UA-23"}
    assert changes.by_admin1[""][0] > 100


def test_changes_as_geojson_are_closed_polygons_with_their_km2(squares):
    rows = squares.diff(day(1), day(5)).to_geojson()["features"]
    assert [row["properties"]["change"] for row in rows] == ["gained", "lost"]
    shape = shapely.geometry.shape(rows[0]["geometry"])
    assert shape.is_valid
    assert rows[0]["properties"]["source"] == "squares"
    assert rows[0]["properties"]["km2"] == pytest.approx(
        quadrangle_km2(37.1, 48.5, 37.5, 48.6), rel=RELATIVE
    )


coordinate = st.integers(0, 12)
boxes = st.lists(st.tuples(coordinate, coordinate, coordinate, coordinate), min_size=1, max_size=5)


def _area(rows):
    shapes = [
        shapely.box(36 + x / 100, 47.5 + y / 100, 36.01 + (x + w) / 100, 47.51 + (y + h) / 100)
        for x, y, w, h in rows
    ]
    return shapely.union_all(shapes)


@settings(max_examples=40, deadline=None)
@given(boxes, boxes)
def test_laws_of_change(first, second):
    """Nothing changes from a day to itself; gains are losses backwards; areas add up."""
    a, b = snapshot(_area(first)), snapshot(_area(second), number=2)
    same = diff(a, replace(a))
    assert same.gained.is_empty
    assert same.lost.is_empty
    forth, back = diff(a, b), diff(b, a)
    assert forth.all_gained_km2 == pytest.approx(back.all_lost_km2, abs=1e-6)
    assert forth.all_lost_km2 == pytest.approx(back.all_gained_km2, abs=1e-6)
    # A corner put on an edge of 10 km bends the geodesic by a metre: 0.01 km2.
    assert a.area_km2 + forth.net_km2 == pytest.approx(b.area_km2, abs=0.05)
    both = compare(a, b)
    assert both.agreed_km2 + both.only_a_km2 == pytest.approx(a.area_km2, abs=0.05)
    assert both.agreed_km2 + both.only_b_km2 == pytest.approx(b.area_km2, abs=0.05)


@settings(max_examples=60, deadline=None)
@given(boxes, boxes)
def test_the_quick_overlay_is_the_plain_one(first, second):
    """Both differences agree with shapely's, for areas that share most edges or none."""
    common = shapely.box(30, 47, 31, 48).segmentize(0.02)
    a = shapely.union(common, _area(first))
    b = shapely.union(common, _area(second))
    quick, plain = differences(a, b), (shapely.difference(a, b), shapely.difference(b, a))
    for ours, theirs in zip(quick, plain, strict=True):
        assert ours.is_valid
        assert shapely.area(shapely.symmetric_difference(ours, theirs)) < 1e-9


def test_the_quick_overlay_on_real_snapshots(deepstate):
    pairs = [(day(17), day(24)), (day(24), day(31)), (dt.date(2024, 7, 8), dt.date(2025, 2, 3))]
    for start, end in pairs:
        a, b = deepstate.at(start).held, deepstate.at(end).held
        for ours, theirs in zip(
            differences(a, b), (shapely.difference(a, b), shapely.difference(b, a)), strict=True
        ):
            assert shapely.area(ours.symmetric_difference(theirs)) < 1e-9


def test_a_series_of_squares(squares):
    table = squares.series()
    assert table["date"].dt.day.tolist() == [1, 2, 5, 20]
    assert math.isnan(table["gained_km2"][0])
    assert table["days"].tolist()[1:] == [1, 3, 15]
    assert table["net_km2"][1:].tolist() == pytest.approx(
        table["area_km2"].diff()[1:].tolist(), rel=1e-3
    )
    strip = quadrangle_km2(37.0, 48.0, 37.1, 48.6)
    assert table["lost_km2"][2] == pytest.approx(strip, rel=RELATIVE)
    assert table["rate_km2_per_day"][2] == pytest.approx(-strip / 3, rel=RELATIVE)


def test_a_series_within_days_and_by_unit(squares):
    assert len(squares.series(day(2), day(5))) == 2
    table = squares.series(by="admin1")
    by_day = table.groupby("date")["area_km2"].sum()
    assert by_day.tolist() == pytest.approx(squares.series()["area_km2"].tolist(), abs=0.05)
    assert {"UA-12", "UA-14"} <= set(table["admin1"])
    with pytest.raises(UnknownReferenceError, match="not by 'oblast'"):
        squares.series(by="oblast")
    assert squares.series(dt.date(2020, 1, 1), dt.date(2020, 2, 1)).empty


def test_a_real_series_by_unit_ends_where_the_whole_does(deepstate):
    """Carried on from day to day, the areas by unit are those of the last day cut anew."""
    table = deepstate.series(by="admin1")
    last = table[table["date"] == "2025-02-03"].set_index("admin1")["area_km2"]
    anew = area_by_unit(deepstate.at(dt.date(2025, 2, 3)).held, deepstate.borders)
    assert last.to_dict() == pytest.approx({c: a for c, a in anew.items() if a > 0.01}, abs=0.02)
    assert table.groupby("date")["area_km2"].sum().tolist() == pytest.approx(
        deepstate.series()["area_km2"].tolist(), abs=0.05
    )


def test_an_advance_near_a_place(squares):
    """The square grows north by 0.1 degrees: 11.1 km, of which all is within 15 km."""
    moved = squares.advances((37.25, 48.5), radius_km=15, until=day(2), days=1)
    assert (moved.advanced, moved.withdrew) == (True, False)
    assert (moved.start, moved.end) == (day(1), day(2))
    assert moved.deepest_km == pytest.approx(11.12, abs=0.05)
    assert moved.before_km == pytest.approx(0.0, abs=0.03)
    assert moved.after_km == pytest.approx(-11.12, abs=0.05)
    # Less than the half circle of 15 km, cut off at 11.1 km.
    assert 0.8 * math.pi * 15**2 / 2 < moved.gained_km2 < math.pi * 15**2 / 2
    elsewhere = squares.advances((36.0, 50.0), radius_km=25, until=day(2), days=1)
    assert (elsewhere.advanced, elsewhere.gained_km2, elsewhere.deepest_km) == (False, 0.0, 0.0)


def test_the_radius_of_near_is_geodesic():
    """A square far larger than the circle: the circle's own area is gained."""
    nothing, much = snapshot(shapely.MultiPolygon()), shapely.box(35, 47, 39, 50)
    from geoconflict.fronts.advances import advance

    moved = advance(nothing, snapshot(much, number=2), near=(37, 48.5), radius_km=20)
    assert moved.gained_km2 == pytest.approx(math.pi * 20**2, rel=0.01)
    assert moved.before_km is None


def test_two_sources_compared():
    a, b = snapshot(shapely.box(37, 48, 37.3, 48.1)), snapshot(shapely.box(37.1, 48, 37.4, 48.1))
    both = compare(a, replace(b, date=day(2), source="isw"))
    assert both.agreed_km2 == pytest.approx(quadrangle_km2(37.1, 48, 37.3, 48.1), rel=RELATIVE)
    assert both.only_a_km2 == pytest.approx(quadrangle_km2(37, 48, 37.1, 48.1), rel=RELATIVE)
    assert both.only_b_km2 == pytest.approx(quadrangle_km2(37.3, 48, 37.4, 48.1), rel=RELATIVE)
    assert both.notes[0] == "the snapshots are of 2025-01-01 and 2025-01-02"
    assert "Kursk Oblast" in both.notes[1]


def test_sources_are_compared_on_a_day(tmp_path, squares):
    name = "other_20250104.geojson"
    other = write(tmp_path / name, collection((square(37.0, 48.0, 37.5, 48.5), {})))
    both = squares.compare(Fronts.read(other), day(6))
    assert (both.a.date, both.b.date) == (day(5), day(4))
    # The other square has no corners between its own, so that its edges are other geodesics.
    assert both.agreed_km2 == pytest.approx(quadrangle_km2(37.1, 48, 37.5, 48.5), rel=5e-4)


def test_what_ukraine_holds_beyond_the_border_is_counted_apart():
    """A salient in Kursk Oblast that shrinks from one day to the next by 0.1 by 0.1 degrees."""
    held = shapely.box(37, 48, 37.5, 48.5)
    before = snapshot(held, UA=shapely.box(35.2, 51.3, 35.4, 51.4))
    after = snapshot(held, number=2, UA=shapely.box(35.3, 51.3, 35.4, 51.4))
    changes = diff(before, after)
    assert changes.net_km2 == 0
    assert changes.salient_km2 == pytest.approx(
        quadrangle_km2(35.2, 51.3, 35.3, 51.4), rel=RELATIVE
    )


@pytest.mark.parametrize(
    ("source", "licence", "allowed"),
    [
        ("own", "CC0", True),
        ("own", "CC BY 4.0", True),
        ("own", "CC-BY-SA-4.0", True),
        ("own", "ODbL 1.0", True),
        ("own", "CC BY-NC 4.0", False),
        ("own", "CC BY-ND 4.0", False),
        ("own", "no licence stated", False),
        ("own", "", False),
        ("own", "All rights reserved", False),
        ("deepstate", "GPL-3", False),
        ("deepstate", "CC BY 4.0", False),
        ("isw", "CC BY 4.0", False),
    ],
)
def test_only_what_is_plainly_free_may_be_published_again(source, licence, allowed):
    assert is_republishable(source, licence) is allowed


def test_sources_are_known_by_their_names(squares):
    assert find_source("deepstatemap_data_20250124").id == "deepstate"
    assert find_source("Institute for the Study of War").id == "isw"
    assert find_source("a press report") is None
    assert squares.republishable
    for source in SOURCES:
        assert source.restricted is not is_republishable(source.id, "CC BY 4.0")
        assert source.scope.startswith("land in Ukraine")


def test_source_and_licence_can_be_given(tmp_path):
    path = write(tmp_path / "a_20250124.geojson", collection((square(37, 48, 38, 49), {})))
    assert Fronts.read(tmp_path).licence == "no licence stated"
    given = Fronts.read(path, source="survey", licence="CC BY 4.0")
    assert (given.source, given.republishable) == ("survey", True)
    assert given.at(dt.date(2025, 1, 24)).licence == "CC BY 4.0"


@pytest.mark.parametrize(
    ("date", "km2"),
    [
        (dt.date(2024, 12, 31), 111_872),
        (dt.date(2025, 1, 24), 112_139),
        (dt.date(2025, 1, 31), 112_193),
    ],
)
def test_real_areas(deepstate, date, km2):
    assert deepstate.at(date).area_km2 == pytest.approx(km2, abs=1)


def test_new_year_s_day_is_answered_from_the_day_before(deepstate):
    assert dt.date(2025, 1, 1) not in deepstate.dates
    assert deepstate.at(day(1)).date == dt.date(2024, 12, 31)
    table = deepstate.control([(37.5, 48.0)], day(1))
    assert table["snapshot_date"].tolist() == [dt.date(2024, 12, 31)]


def test_real_gains_of_january(deepstate):
    changes = deepstate.diff(day(1), day(31))
    assert changes.net_km2 == pytest.approx(320.5, abs=0.5)
    assert changes.gained_slivers.is_empty or changes.all_gained_km2 - changes.gained_km2 < 0.1
    assert changes.by_admin1["UA-14"][0] == pytest.approx(273.7, abs=1)
    held = deepstate.at(day(31)).area_km2 - deepstate.at(day(1)).area_km2
    assert changes.net_km2 == pytest.approx(held, abs=0.05)


def test_russian_forces_advanced_near_toretsk_by_the_real_snapshots(deepstate):
    place = Gazetteer.default().resolve("Toretsk", country="UA").require()
    moved = deepstate.advances(place, until=dt.date(2025, 2, 3))
    assert moved.advanced
    assert not moved.withdrew
    assert (moved.start, moved.end) == (day(20), dt.date(2025, 2, 3))
    distant = Gazetteer.default().resolve("Lviv", country="UA").require()
    assert not deepstate.advances(distant, until=dt.date(2025, 2, 3)).advanced


def test_control_agrees_with_exact_geodesics(deepstate):
    rng = np.random.default_rng(3)
    points = np.column_stack((rng.uniform(33, 40, 50), rng.uniform(46, 50, 50)))
    table = deepstate.control(points, day(24))
    nearest = table[["nearest_lon", "nearest_lat"]].to_numpy()
    assert inverse(points, nearest).distance_m == pytest.approx(table["distance_km"] * 1000)
    xy = shapely.get_coordinates(deepstate.at(day(24)).line)
    for point, distance in zip(points, table["distance_km"], strict=True):
        assert inverse(point, xy).distance_m.min() / 1000 >= distance - 1e-6


def test_many_days_are_measured_by_two_processes_as_by_one(tmp_path):
    first = dt.date(2024, 6, 1)
    for number in range(200):
        content = collection((square(37.0, 48.0, 37.1 + number / 1000, 48.1), {}))
        name = f"a_{first + dt.timedelta(days=number):%Y%m%d}.geojson"
        write(tmp_path / name, POINT if number in (99, 100, 150) else content)
    fronts = Fronts.read(tmp_path, keep_going=True)
    for by in (None, "admin1"):
        told = []
        for processes in (1, 2):
            with pytest.warns(SnapshotWarning) as caught:
                table = fronts.series(by=by, processes=processes)
            told.append((table, sorted({str(warning.message) for warning in caught})))
        assert_frame_equal(told[0][0], told[1][0], check_exact=True)
        assert told[0][1] == told[1][1]
        assert len(told[0][1]) == 3
    with pytest.raises(SnapshotFileError) as error:
        Fronts.read(tmp_path).series(processes=2)
    assert len(error.value.faults) == 3


@pytest.fixture
def with_crimea_once(tmp_path):
    """Three days, of which the first and the last draw no Crimea."""
    front, crimea = square(37.0, 48.2, 37.6, 48.5), square(33.0, 44.3, 35.0, 46.0)
    more = square(37.0, 48.2, 37.6, 48.6)
    for number, shapes in ((1, [front]), (2, [front, crimea]), (3, [more])):
        features = [(shape, {"name": "Occupied"}) for shape in shapes]
        write(tmp_path / "maps" / f"2025010{number}.geojson", collection(*features))
    return Fronts.read(tmp_path / "maps")


def test_land_that_only_one_map_draws_is_not_lost(with_crimea_once):
    with pytest.warns(SnapshotWarning, match="Sevastopol, Simferopol is drawn as held in one"):
        table = with_crimea_once.series()
    assert table["gained_km2"].isna().all()
    assert table["area_km2"].notna().all()
    with pytest.warns(SnapshotWarning, match="do not count the same land"):
        assert with_crimea_once.diff(day(2), day(3)).unlike == ("Sevastopol", "Simferopol")
    assert with_crimea_once.diff(day(1), day(3)).unlike == ()


def test_what_only_one_map_draws_cannot_be_compared(with_crimea_once):
    with pytest.warns(SnapshotWarning):
        changes = with_crimea_once.diff(day(2), day(3))
    told = changes.to_dict()
    assert (told["gained_km2"], told["lost_km2"], told["net_km2"]) == (None, None, None)
    by_unit = {one["admin1"]: one for one in told["by_admin1"]}
    assert by_unit["UA-43"]["lost_km2"] is None
    # The square grew by 0.1 degrees in the north.
    grown = quadrangle_km2(37.0, 48.5, 37.6, 48.6)
    assert by_unit["UA-14"]["gained_km2"] == pytest.approx(grown, rel=1e-3)
    text = changes_text(changes, (day(2), day(3)))
    assert "in all cannot be compared: Sevastopol, Simferopol" in text
    assert "Crimea: cannot be compared" in text
    assert f"elsewhere gained {told['by_admin1'][0]['gained_km2'] or grown:,.1f}" in text


def test_days_are_taken_as_text_too(squares):
    first, last = squares.dates[0], squares.dates[-1]
    assert squares.at(str(first)).date == squares.after("1999-01-01").date == first
    assert squares.series(str(last)).equals(squares.series(last))
    assert squares.diff(str(first), str(last)).to_dict() == squares.diff(first, last).to_dict()


def test_crimea_is_unknown_on_a_map_that_leaves_it_out(with_crimea_once):
    points = [(34.1, 44.95), (33.52, 44.6), (36.23, 49.99), (37.3, 48.3)]
    first, second = (list(with_crimea_once.control(points, day(n))["side"]) for n in (1, 2))
    assert first == ["unknown", "unknown", "UA", "RU"]
    assert second == ["RU", "RU", "UA", "RU"]
