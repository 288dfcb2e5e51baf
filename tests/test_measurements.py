import pyproj
import pytest
import shapely

from geoconflict.errors import CoordinateError, MissingSnapshotError, UnknownReferenceError
from geoconflict.measurements import measure
from geoconflict.measuring.borders import Borders
from geoconflict.references import find_reference


@pytest.fixture
def find(gazetteer, borders):
    return lambda text: find_reference(text, gazetteer=gazetteer, borders=borders)


def test_moscow_to_yelabuga(find):
    found = measure(find("Yelabuga"), find("Moscow"))
    assert found.distance_km == pytest.approx(904, abs=1)
    assert found.azimuth_deg == pytest.approx(84, abs=1)
    assert found.inside is None


def test_a_point_inside_is_at_a_positive_distance_and_said_to_be_inside(find):
    found = measure(find("Kramatorsk"), find("border:UA"))
    assert found.inside is True
    assert found.distance_km == pytest.approx(134.4, abs=0.3)
    assert measure(find("Ryazan"), find("border:UA")).inside is False


def test_the_uncertainty_is_that_of_both_ends(find):
    place, border = find("Ryazan"), find("border:UA")
    found = measure(place, border)
    assert found.uncertainty_km == pytest.approx((place.accuracy_m + border.accuracy_m) / 1000)
    low, high = found.interval_km
    assert high - low == pytest.approx(2 * found.uncertainty_km)


def test_swapping_two_points_keeps_the_distance(find):
    there = measure(find("Ryazan"), find("Kyiv"))
    back = measure(find("Kyiv"), find("Ryazan"))
    assert there.distance_km == pytest.approx(back.distance_km, abs=1e-6)


def test_an_oblast_has_a_nearest_and_a_farthest_point(find):
    found = measure(find("Ryazan Oblast"), find("border:UA"))
    city = measure(find("Ryazan"), find("border:UA"))
    assert found.distance_km < city.distance_km < found.farthest_km


def test_an_oblast_on_the_border_touches_it(find):
    assert measure(find("Bryansk Oblast"), find("border:UA")).distance_km == 0.0


def test_the_crimean_coast_is_ukraines_border(find):
    # Taman lies 20 km across the Kerch strait from Kerch.
    found = measure(find("45.2118, 36.7160"), find("border:UA"))
    assert found.distance_km < 25


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("95, 30", "latitude 95 is not on Earth"),
        ("50, 200", "longitudes run from -180 to 180"),
        ("39.6916, 54.6269", "give latitude first"),
    ],
)
def test_wrong_coordinates_say_what_to_do(find, text, said):
    with pytest.raises(CoordinateError, match=said):
        find(text)


@pytest.mark.parametrize("text", ["border:XX", "admin1:UA-99", "river:Dnipro", "coast:AT"])
def test_references_that_do_not_exist_name_those_that_do(find, text):
    with pytest.raises(UnknownReferenceError, match=r"measure from|starts with|only (coast|UA-05)"):
        find(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "border:RU-JP",
            "no border of Russia and JP in the data: measure from border:RU-AZ, border:RU-BY",
        ),
        ("border:UA-GE", "no border of Ukraine and Georgia in the data: measure from border:"),
        ("border:UA-14/UA-46", "Donetsk Oblast and Lviv Oblast have no border in common"),
    ],
)
def test_a_border_that_is_not_there_says_what_to_measure_from(find, text, said):
    with pytest.raises(UnknownReferenceError, match=said):
        find(text)


def test_the_border_of_two_oblasts_is_the_line_that_both_share(find):
    line = find("border:UA-14/UA-12")
    assert line.title == "the border of Donetsk Oblast and Dnipropetrovsk Oblast"
    # Reports of 2025 put the town about 20 km from Dnipropetrovsk Oblast.
    found = measure(find("Pokrovsk, UA-14"), line)
    assert 12 < found.distance_km < 26
    assert found.direction in ("E", "NE", "SE")
    for code in ("admin1:UA-14", "admin1:UA-12"):
        assert measure(line, find(code)).farthest_km < 0.1
    assert line.geometry.equals(find("border:UA-12/UA-14").geometry)


def test_the_border_of_an_oblast_and_a_country_is_part_of_the_countrys(find):
    line = find("border:RU-BRY/UA")
    whole = find("border:UA-RU")
    assert measure(line, whole).farthest_km < 0.1
    # Sumy Oblast is beside it, Kharkiv Oblast is not.
    assert measure(find("admin1:UA-59"), line).distance_km < 4.0
    assert measure(find("admin1:UA-63"), line).distance_km > 50.0


def test_a_front_without_snapshots_is_said_to_be_missing(find):
    with pytest.raises(MissingSnapshotError, match="no front snapshots are given"):
        find("front:deepstate@2025-01-24")


def test_a_measurement_becomes_plain_data(find):
    data = measure(find("54.6269, 39.6916"), find("border:UA")).to_dict()
    assert data["distance_km"] == pytest.approx(461.8, abs=0.3)
    assert data["nearest_point"]["lon"] == pytest.approx(34.05, abs=0.05)
    assert data["reference"] == "border:UA"


@pytest.mark.parametrize(
    ("place", "wanted_km"),
    [
        # Not the Buh and the Dnipro, whose limans reach both.
        ("Mykolaiv, UA-48", 51.0),
        ("Kherson", 50.0),
        ("Krasnodar", 84.0),
        ("Simferopol", 39.0),
        ("44.0, 33.0", 67.6),
    ],
)
def test_a_sea_is_measured_from_its_nearest_shore_and_not_from_a_liman(place, wanted_km):
    found = measure(place, "Black Sea")
    assert found.distance_km == pytest.approx(wanted_km, abs=4.0)
    assert found.inside == place.startswith("44")
    assert found.uncertainty_km < 15.0


def test_the_corners_of_a_sea_run_over_land_but_where_it_ends():
    """Bosphorus, Kerch strait and the mouths of limans: 100 of its 4,000 km of shore."""
    borders = Borders.default()
    sea, accuracy_m = borders.sea("water:black-sea", (34.5, 43.3))
    corners = shapely.Polygon(borders.theatre.seas["water:black-sea"])
    open_km = 100 * shapely.intersection(sea.boundary, corners.boundary).length
    assert open_km < 120.0
    assert accuracy_m == 800.0
    assert borders.sea("water:baltic-sea", (20.0, 58.5)) is None


@pytest.mark.parametrize(
    ("water", "inside", "area_km2"),
    [
        # Great Russian Encyclopedia: 39,000 and 90,000 km2.
        ("water:azov-sea", (36.6, 46.1), 39_000),
        ("water:white-sea", (37.8, 65.6), 90_000),
    ],
)
def test_a_sea_is_as_large_as_it_is_told_to_be(water, inside, area_km2):
    sea, _ = Borders.default().sea(water, inside)
    area_m2, _ = pyproj.Geod(ellps="WGS84").geometry_area_perimeter(sea)
    assert abs(area_m2) / 1e6 == pytest.approx(area_km2, rel=0.01)


@pytest.mark.parametrize(
    ("place", "water", "wanted_km"),
    [
        # Towns on the shore, Melitopol behind a liman, Arkhangelsk behind its delta, and a
        # village on the Arabat Spit, on whose other side is the Syvash.
        ("Mariupol", "Sea of Azov", 0.0),
        ("Berdiansk", "Sea of Azov", 0.0),
        ("Strilkove, UA-65", "Азовського моря", 0.0),
        ("Melitopol", "Азовское море", 38.0),
        ("Severodvinsk", "White Sea", 0.0),
        ("Arkhangelsk", "White Sea", 30.0),
        ("Robotyne", "Sea of Azov", 87.0),
    ],
)
def test_the_seas_of_azov_and_the_white_sea_have_shores(place, water, wanted_km):
    assert measure(place, water).distance_km == pytest.approx(wanted_km, abs=4.0)


@pytest.mark.parametrize("water", ["Baltic Sea", "Dnipro River"])
def test_no_distance_is_told_to_the_middle_of_a_wide_water(water):
    """Kharkiv was said to be 754.8 km from the Black Sea, within 610 km."""
    with pytest.raises(UnknownReferenceError, match="point in the middle only"):
        measure("Kharkiv", water)
    assert measure("Odesa", "Snake Island").distance_km == pytest.approx(142, abs=3)
