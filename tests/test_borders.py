import numpy as np
import pytest
import shapely

import geoconflict as gc
from geoconflict.errors import UnknownReferenceError
from geoconflict.measuring.borders import UNIT_ACCURACY_M, line_index
from geoconflict.measuring.geodesy import area_m2, length_m


def test_area_of_ukraine_is_the_official_one_less_coastal_waters(borders):
    # 603,628 km2 officially, of which lagoons and coastal waters are not in the land polygon.
    assert area_m2(borders.country("UA"))[0] / 1e6 == pytest.approx(596_439, abs=700)


def test_shared_land_border_has_the_official_length(borders):
    # State Border Guard Service of Ukraine: 1,974.04 km on land with Russia.
    assert length_m(borders.line("UA-RU"))[0] / 1000 == pytest.approx(1974.04, rel=0.02)


def test_ukraine_and_russia_are_valid_and_do_not_overlap(borders):
    ukraine, russia = borders.country("UA"), borders.country("RU")
    assert shapely.is_valid(ukraine)
    assert shapely.is_valid(russia)
    assert area_m2(shapely.intersection(ukraine, russia))[0] < 1.0


@pytest.mark.parametrize(
    ("name", "lon", "lat", "code"),
    [
        ("Simferopol", 34.10, 44.95, "UA-43"),
        ("Sevastopol", 33.52, 44.60, "UA-40"),
        ("Donetsk", 37.80, 48.00, "UA-14"),
        ("Luhansk", 39.31, 48.57, "UA-09"),
        ("Kherson", 32.61, 46.64, "UA-65"),
        ("Melitopol", 35.37, 46.85, "UA-23"),
        ("Kazan", 49.12, 55.79, "RU-TA"),
        ("Moscow", 37.62, 55.75, "RU-MOW"),
        ("middle of the Black Sea", 34.5, 43.3, ""),
    ],
)
def test_points_lie_in_the_unit_of_the_recognised_borders(borders, name, lon, lat, code):
    assert borders.locate([(lon, lat)]) == [code], name
    inside = shapely.contains_xy(borders.country("UA"), lon, lat)
    assert inside == code.startswith("UA"), name


def test_no_settlement_lies_in_the_wrong_country(borders, gazetteer):
    for country, other in (("UA", "RU"), ("RU", "UA")):
        rows = (
            gazetteer.files[-1]
            ._base.execute(
                "SELECT name, lon, lat FROM place WHERE kind = 'settlement' AND country = ? "
                "AND lon IS NOT NULL",
                (country,),
            )
            .fetchall()
        )
        points = [row[1:] for row in rows]
        wrong = shapely.contains_xy(borders.country(other), *zip(*points, strict=True))
        assert [row[0] for row, is_wrong in zip(rows, wrong, strict=True) if is_wrong] == []


def test_all_units_of_ukraine_and_russia_are_there(borders):
    codes = list(borders._units)
    assert sum(code.startswith("UA-") for code in codes) == 27
    assert sum(code.startswith("RU-") for code in codes) == 83
    for code in codes:
        assert borders.unit(code).country == code[:2]


@pytest.mark.parametrize("line", ["RU-UA", "UA-RU"])
def test_a_shared_border_has_two_names(borders, line):
    assert not borders.line(line).is_empty


@pytest.mark.parametrize(
    ("line", "official_km", "share"),
    [
        # Border commissions and services of both sides; a river's bends add to what maps show.
        ("RU-KZ", 7598.6, 0.01),
        ("RU-FI", 1340, 0.02),
        ("RU-GE", 876, 0.02),
        ("RU-BY", 1283, 0.01),
        ("RU-MN", 3485, 0.07),
        ("RU-NO", 198, 0.11),
    ],
)
def test_far_borders_of_russia_are_whole(borders, line, official_km, share):
    assert length_m(borders.line(line))[0] / 1000 == pytest.approx(official_km, rel=share)


def test_where_finer_and_coarser_outlines_meet_is_no_border_of_russia(borders):
    # The edge of the finer data and the antimeridian: what remains of them are small steps.
    for x, y in ((62.0, None), (None, 62.0), (180.0, None)):
        edge = shapely.LineString([(-180 if x is None else x, y or 0), (x or 180, y or 90)])
        steps = shapely.intersection(borders.line("RU"), edge)
        assert length_m(steps)[0] < 10_000


@pytest.mark.parametrize(
    ("place", "line", "low_km", "high_km"),
    [
        ((33.08, 68.97), "RU-FI", 160, 175),  # Murmansk; cut at 62 N it was 787
        ((33.08, 68.97), "RU-NO", 100, 112),
        ((65.53, 57.15), "KZ", 265, 280),  # Tyumen; cut at 62 E it was 418
        ((127.53, 50.27), "RU-CN", 0.5, 3),  # Blagoveshchensk, across the Amur from Heihe
        ((28.33, 57.82), "coast:RU", 180, 190),  # Pskov, beside a lake
        ((135.08, 48.48), "coast:RU", 290, 320),  # Khabarovsk, on the Amur
        ((37.77, 44.72), "coast:RU", 0, 2),  # Novorossiysk
        ((177.0, 66.5), "RU", 140, 155),  # Chukotka, inland; the antimeridian is 134 km off
    ],
)
def test_distances_far_from_ukraine(borders, place, line, low_km, high_km):
    distance_km = line_index(borders.line(line)).nearest([place]).distance_m[0] / 1000
    assert low_km <= distance_km <= high_km


def test_what_lies_far_in_russia_is_in_russia(borders):
    russia = borders.country("RU")
    for lon, lat in ((131.9, 43.13), (65.53, 57.15), (33.08, 68.97), (-175.0, 66.0)):
        assert shapely.contains_xy(russia, lon, lat)


# Chukotka reaches over 180 degrees.
@pytest.mark.parametrize("code", ["UA-43", "UA-40", "RU-CHU", "RU-KO", "UA"])
def test_a_point_reaches_a_unit_where_its_outline_is_near_enough_on_the_ellipsoid(borders, code):
    area, doubt_m, rng = borders.area(code), 20_000.0, np.random.default_rng(1)
    shores = shapely.get_coordinates(area)
    points = shores[rng.integers(len(shores), size=300)] + rng.normal(0, 0.4, (300, 2))
    points = points[np.abs(points[:, 0]) <= 180.0]
    near = line_index(area).nearest(points).distance_m <= doubt_m + UNIT_ACCURACY_M
    near |= shapely.contains_xy(area, *points.T)
    assert [borders.reaches(code, *point, doubt_m) for point in points] == near.tolist()
    assert 0 < near.sum() < len(near)


def test_lines_say_how_coarse_they_are(borders):
    assert borders.accuracy_m("UA-RU") == borders.accuracy_m("UA") == 300
    assert borders.accuracy_m("RO-UA") == 550
    assert borders.accuracy_m("RU") == borders.accuracy_m("KZ") == 800
    assert borders.accuracy_m("RU-EE") > 5000  # half of it runs somewhere in Lake Peipus
    assert borders.accuracy_m("UA-14/UA-12") == borders.accuracy_m("RU-BRY/UA") == 3000


def test_unknown_lines_and_units_name_those_there_are(borders):
    with pytest.raises(UnknownReferenceError, match="measure from"):
        borders.line("XX")
    with pytest.raises(UnknownReferenceError, match="UA-14"):
        borders.unit("UA-99")


def test_the_coast_of_a_unit_is_its_part_of_the_country_s():
    """Simferopol is nearest to the coast of its own unit, Odesa far from it."""
    simferopol = gc.measure("Simferopol", "coast:UA-43").distance_km
    assert simferopol == pytest.approx(gc.measure("Simferopol", "coast:UA").distance_km, abs=0.01)
    assert gc.measure("Odesa", "coast:UA-43").distance_km > 100
    assert gc.measure("Odesa", "coast:UA-51").distance_km < 5
    with pytest.raises(UnknownReferenceError, match="Lviv Oblast has no coast"):
        gc.measure("Kyiv", "coast:UA-46")


def test_a_city_on_the_water_is_in_its_unit_and_the_open_sea_in_none():
    """The centre of Kherson stands 400 m off the shore as it is drawn."""
    kherson, off_odesa = (32.6169, 46.6354), (31.5, 45.8)
    assert gc.Borders.default().locate([kherson, off_odesa]) == ["UA-65", ""]


@pytest.mark.parametrize("pair", ["UA-RU", "UA-BY", "UA-MD", "UA-PL"])
def test_a_point_beside_the_border_is_in_a_unit_of_the_country_that_holds_it(borders, pair):
    """The outlines of units are coarser: they run up to some km beside the border."""
    at = shapely.get_coordinates(borders.line(pair))[::25]
    beside = [(lon, lat + step) for lon, lat in at for step in (-0.015, 0.015)]
    codes = borders.locate(beside)
    for country in pair.split("-"):
        held = [code for code, p in zip(codes, beside, strict=True) if _holds(borders, country, p)]
        assert held
        assert {code[:2] for code in held} == {country}


def _holds(borders, country, point):
    return shapely.contains_xy(borders.country(country), *point)
