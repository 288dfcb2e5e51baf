"""Where the front line runs, and where the boundary of a held area is none."""

from functools import partial

import numpy as np
import pytest
import shapely

from geoconflict import Borders, Fronts, Gazetteer, LineIndex
from geoconflict.fronts import line as lines
from geoconflict.fronts import units
from geoconflict.fronts.tolerances import EDGE_WIDTH_M, FRONT_ACCURACY_M, TOLERANCES
from geoconflict.measuring.geodesy import length_m
from tests.fronts.conftest import DEEPSTATE, day

front_line = partial(lines.front_line, borders=Borders.default())
unit_area = partial(units.unit_area, borders=Borders.default())
INLAND = shapely.box(37.0, 48.0, 37.5, 48.5)
# Half a degree of two parallels and twice of a meridian on WGS84.
AROUND_KM = 2 * 55.60 + 37.30 + 36.94


def _km(line):
    return float(length_m(line)[0]) / 1000


def _distance_km(line, lon, lat):
    return float(LineIndex(line).nearest([(lon, lat)]).distance_m[0]) / 1000


def test_inland_the_whole_boundary_is_front():
    assert _km(front_line(INLAND)) == pytest.approx(AROUND_KM, rel=0.001)


def test_a_pocket_of_free_land_has_a_front_all_about():
    pocket = shapely.box(37.1, 48.1, 37.2, 48.2)
    line = front_line(INLAND.difference(pocket))
    assert _km(line) == pytest.approx(AROUND_KM + 2 * 11.12 + 2 * 7.44, rel=0.002)


def test_no_front_runs_in_the_seam_between_two_drawn_areas():
    """A seam of 80 m between two layers is none; free land a kilometre wide is."""
    seam = shapely.box(37.25, 48.0, 37.2511, 48.5)
    assert _km(front_line(INLAND.difference(seam))) == pytest.approx(AROUND_KM, rel=0.01)
    corridor = shapely.box(37.25, 48.0, 37.264, 48.5)
    line = front_line(INLAND.difference(corridor))
    assert _km(line) == pytest.approx(AROUND_KM + 2 * 55.60, rel=0.02)


def test_the_border_with_russia_is_no_front():
    """Luhansk Oblast held as a whole: its outer edge is border, its inner edge front."""
    luhansk = unit_area("UA-09")
    line = front_line(luhansk)
    border = Borders.default().line("UA-RU")
    to_border = LineIndex(border).nearest(shapely.get_coordinates(line)).distance_m
    # Only the two ends, where the inner edge meets the border, come near it.
    assert np.count_nonzero(to_border < EDGE_WIDTH_M) < 0.02 * len(to_border)
    assert 300 < _km(line) < 420
    # Engels lies beyond the border, which is 470 km away; the line is farther.
    assert _distance_km(line, 46.105, 51.484) > _distance_km(border, 46.105, 51.484) + 30


@pytest.mark.parametrize("shift", [-0.008, 0.008])
def test_a_border_drawn_half_a_kilometre_off_is_still_no_front(shift):
    luhansk = unit_area("UA-09")
    moved = shapely.affinity.translate(luhansk, shift, 0)
    assert _km(front_line(moved)) == pytest.approx(_km(front_line(luhansk)), rel=0.03)


def test_crimea_has_no_front_at_its_coast():
    """Held as a whole with what lies north of it: coast all about, front only inland."""
    units = [unit_area(code) for code in ("UA-43", "UA-40", "UA-65")]
    line = front_line(shapely.union_all(units))
    # The southernmost is on Kinburn, whose western half is another oblast and free here.
    assert shapely.get_coordinates(line)[:, 1].min() > 46.25
    # Free Mykolaiv and Dnipropetrovsk oblasts lie beyond; the sea does not count.
    coast = LineIndex(Borders.default().line("coast:UA"))
    near = coast.nearest(shapely.get_coordinates(line)).distance_m < 500
    assert np.count_nonzero(near) < 0.05 * len(near)


def test_a_coast_drawn_with_a_ruler_is_no_front():
    """One to four km of beach left out along straight lines: strips, not free land."""
    crimea = shapely.union_all([unit_area("UA-43"), unit_area("UA-40")])
    inside = crimea.simplify(0.02).buffer(-0.01)
    # What there is runs across the neck at Perekop, north of which the land is free here.
    assert shapely.get_coordinates(front_line(inside))[:, 1].min() > 45.9


def test_a_besieged_town_at_the_coast_has_a_front():
    """Mariupol with 15 km about it, free and cut off, while Donetsk Oblast is held."""
    donetsk = shapely.union_all([unit_area("UA-14"), unit_area("UA-23")])
    town = shapely.Point(37.54, 47.10).buffer(0.15)
    line = front_line(donetsk.difference(town))
    assert _distance_km(line, 37.54, 47.10) == pytest.approx(11.5, abs=0.5)


def test_a_bridgehead_has_a_front_on_the_side_of_ukraine_only():
    """A held strip 6 km deep along the border north of Kharkiv."""
    border = Borders.default().line("UA-RU").intersection(shapely.box(36.4, 50.0, 36.9, 50.6))
    strip = border.buffer(0.06).intersection(Borders.default().country("UA"))
    line = front_line(strip)
    assert 30 < _km(line) < 90
    to_border = LineIndex(Borders.default().line("UA-RU")).nearest(shapely.get_coordinates(line))
    assert np.median(to_border.distance_m) > 3000


def test_an_area_outside_ukraine_has_no_front():
    assert front_line(shapely.box(39.0, 51.5, 40.0, 52.0)).is_empty
    assert front_line(shapely.MultiPolygon()).is_empty


def test_every_tolerance_has_a_unit_and_a_reason():
    for name, tolerance in TOLERANCES.items():
        assert tolerance.value > 0, name
        assert tolerance.unit, name
        assert len(tolerance.reason) > 60, name
    assert TOLERANCES["line_accuracy"].value == FRONT_ACCURACY_M


def test_the_line_is_found_once(squares):
    snapshot = squares.at(day(1))
    assert snapshot.line is snapshot.line


@pytest.fixture(scope="module")
def january_24(deepstate):
    return deepstate.at(day(24))


def test_the_real_line_runs_from_kherson_to_the_border(january_24):
    """Its nearest ends: the Dnipro's mouth west of Kherson, and the border near Dvorichna."""
    pieces = sorted(january_24.line.geoms, key=lambda piece: -piece.length)
    assert 1_000 < _km(pieces[0]) < 1_150
    ends = shapely.get_coordinates(shapely.boundary(pieces[0]))
    assert sorted(ends.round(2).tolist()) == [[32.49, 46.53], [37.93, 50.01]]
    # All others are the bridgeheads at the border in Kharkiv and Sumy oblasts.
    assert all(piece.bounds[1] > 50.2 for piece in pieces[1:])


@pytest.mark.parametrize(
    ("name", "point", "side", "distance_km"),
    [
        ("Kurakhove", (37.28069, 47.9847), "RU", 5.6),
        ("Pokrovsk", (37.17583, 48.28194), "UA", 6.0),
        ("Kramatorsk", (37.55629, 48.72305), "UA", 22.7),
        ("Kupyansk", (37.61581, 49.71003), "UA", 4.7),
        ("Siversk", (38.1, 48.86667), "UA", 9.4),
    ],
)
def test_real_towns_on_24_january_2025(deepstate, name, point, side, distance_km):
    row = deepstate.control([point], day(24)).iloc[0]
    assert row["side"] == side, name
    assert row["distance_km"] == pytest.approx(distance_km, abs=0.1), name


@pytest.mark.parametrize(
    ("name", "distance_km"),
    [("Kurakhove", 5.6), ("Pokrovsk", 6.0), ("Kramatorsk", 22.7), ("Siversk", 9.4)],
)
def test_the_gazetteer_s_points_of_towns_differ_by_less_than_their_precision(
    deepstate, name, distance_km
):
    place = Gazetteer.default().resolve(name, country="UA").require()
    row = deepstate.control([(place.lon, place.lat)], day(24)).iloc[0]
    assert row["distance_km"] == pytest.approx(distance_km, abs=0.4)
    assert place.precision_m > 400


def test_the_real_front_seen_from_engels_is_no_border_and_no_beach(deepstate, january_24):
    """599 km to the end of the line in Kharkiv Oblast; Luhansk's border is 471 km away."""
    row = deepstate.control([(46.10528, 51.48389)], day(24)).iloc[0]
    assert row["side"] == "outside"
    assert row["distance_km"] == pytest.approx(599.2, abs=0.5)
    assert (row["nearest_lon"], row["nearest_lat"]) == pytest.approx((37.931, 50.015), abs=0.002)
    nodes = LineIndex(january_24.line).nodes
    for line in ("UA-RU", "coast:UA"):
        distance = LineIndex(Borders.default().line(line)).nearest(nodes).distance_m
        # What is near runs about the bridgeheads, which are nowhere deeper, and at the ends.
        assert np.count_nonzero(distance < 1000) < 0.02 * len(nodes), line


def test_the_real_folder_is_one_file_a_day():
    if not DEEPSTATE.is_dir():
        pytest.skip("the real snapshots (../shared/fronts/deepstate) are not here")
    fronts = Fronts.read(DEEPSTATE)
    assert len(fronts.dates) == 16
    assert (fronts.source, fronts.republishable) == ("deepstate", False)
