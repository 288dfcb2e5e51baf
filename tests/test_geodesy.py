"""Measured against figures from outside: Karney's ellipsoid, PROJ's projections, an atlas."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Proj

from geoconflict.errors import CoordinateError, GeometryError
from geoconflict.measuring.borders import line_index
from geoconflict.measuring.geodesy import GEOD, area_m2, inverse, length_m
from geoconflict.measuring.nearest import LineIndex

LONGITUDES = st.floats(18, 60)
LATITUDES = st.floats(41, 62)
POINTS = st.tuples(LONGITUDES, LATITUDES)


def test_quarter_of_the_equator_and_of_a_meridian():
    # WGS84: a pi / 2 = 10,018,754.17 m; the quarter meridian is 10,001,965.73 m.
    assert inverse((0, 0), (90, 0)).distance_m[0] == pytest.approx(10_018_754.17, abs=0.01)
    assert inverse((0, 0), (0, 90)).distance_m[0] == pytest.approx(10_001_965.73, abs=0.01)


def test_an_octant_is_an_eighth_of_the_ellipsoid():
    # The surface of WGS84 is 510,065,621.724 km2.
    octant = shapely.Polygon([(0, 0), (90, 0), (90, 90), (0, 90)])
    assert area_m2(octant)[0] / 1e6 == pytest.approx(510_065_621.724 / 8, rel=1e-9)


def test_area_ignores_the_order_of_vertices_and_subtracts_holes():
    ring = [(30, 50), (31, 50), (31, 51), (30, 51)]
    hole = [(30.4, 50.4), (30.6, 50.4), (30.6, 50.6), (30.4, 50.6)]
    whole, back = area_m2([shapely.Polygon(ring), shapely.Polygon(ring[::-1])])
    assert whole == pytest.approx(back)
    holed = area_m2(shapely.Polygon(ring, [hole]))[0]
    assert holed == pytest.approx(whole - area_m2(shapely.Polygon(hole))[0])


def test_length_of_a_polygon_is_that_of_its_boundary():
    square = shapely.Polygon([(30, 50), (31, 50), (31, 51), (30, 51)])
    assert length_m(square)[0] == pytest.approx(length_m(square.exterior)[0])


@pytest.mark.parametrize(
    ("name", "lat", "lon", "distance_km", "azimuth_deg"),
    [
        ("Ryazan", 54.6269, 39.6916, 461.8, 52),
        ("Bryansk", 53.2521, 34.3717, 105.5, 20),
        ("Volgograd", 48.7194, 44.5018, 318.5, None),
        ("Kazan", 55.7887, 49.1221, 915.4, None),
        ("Astrakhan", 46.3497, 48.0408, 641.9, None),
        ("Lyudinovo", 53.866, 34.448, 172.3, None),
    ],
)
def test_distances_from_the_border_of_ukraine(borders, name, lat, lon, distance_km, azimuth_deg):
    found = line_index(borders.country("UA")).nearest((lon, lat))
    assert found.distance_m[0] / 1000 == pytest.approx(distance_km, abs=0.3), name
    if azimuth_deg is not None:
        assert found.azimuth_deg[0] == pytest.approx(azimuth_deg, abs=0.5)


def test_at_most_a_metre_from_the_exact_distance_on_1000_points(borders):
    """An azimuthal equidistant projection centred on a point keeps all distances from it."""
    border = shapely.boundary(borders.country("UA"))
    pieces = np.concatenate(
        [np.stack((line[:-1], line[1:]), axis=1) for line in map(_lonlat, border.geoms)]
    )
    longest = inverse(pieces[:, 0], pieces[:, 1]).distance_m.max()
    points = _around(_lonlat(border), count=1000)
    found = line_index(borders.country("UA")).nearest(points)
    for point, distance in zip(points, found.distance_m, strict=True):
        # What would be nearer than what was found has an end within reach; a sphere is 1 % off.
        reach = 1.01 * (distance + longest)
        near = pieces[_on_sphere_m(pieces[:, 0], point) <= reach]
        to_plane = Proj(proj="aeqd", ellps="WGS84", lon_0=point[0], lat_0=point[1])
        plane = np.stack(to_plane(near[..., 0], near[..., 1]), axis=-1)
        nearest = shapely.distance(shapely.linestrings(plane), shapely.Point(0, 0)).min()
        assert distance == pytest.approx(nearest, abs=1.0)


def _lonlat(geometry):
    return shapely.get_coordinates(geometry)


def _on_sphere_m(lonlat, point):
    lon, lat = np.radians(lonlat).T
    lon_0, lat_0 = np.radians(point)
    half = np.sin((lat - lat_0) / 2) ** 2 + np.cos(lat) * np.cos(lat_0) * (
        np.sin((lon - lon_0) / 2) ** 2
    )
    return 2 * 6_371_009 * np.arcsin(np.sqrt(half))


def _around(lonlat, *, count):
    """Random points within 1,500 km of random vertices."""
    rng = np.random.default_rng(2025)
    start = lonlat[rng.integers(len(lonlat), size=count)]
    azimuth, reach = rng.uniform(0, 360, count), rng.uniform(0, 1_500_000, count)
    lon, lat, _ = GEOD.fwd(start[:, 0], start[:, 1], azimuth, reach)
    return np.column_stack((lon, lat))


@settings(max_examples=60, deadline=None)
@given(st.lists(POINTS, min_size=2, max_size=6, unique=True), POINTS)
def test_no_point_of_a_dense_line_is_nearer_than_the_nearest(vertices, point):
    line = shapely.LineString(vertices)
    found = LineIndex(line).nearest(point)
    lonlat = np.asarray(vertices)
    for a, b in pairwise(lonlat):
        azimuth, length = inverse(a, b)
        offset = np.linspace(0, length[0], 400)
        lon, lat, _ = GEOD.fwd(*(np.full(400, v) for v in (*a, azimuth[0])), offset)
        dense = inverse(np.column_stack((lon, lat)), point).distance_m
        assert found.distance_m[0] <= dense.min() + 0.01


@settings(deadline=None)
@given(POINTS, POINTS, POINTS)
def test_distance_is_symmetric_and_keeps_the_triangle_inequality(a, b, c):
    ab, ba = inverse(a, b).distance_m[0], inverse(b, a).distance_m[0]
    assert ab == pytest.approx(ba, abs=1e-6)
    assert inverse(a, c).distance_m[0] <= ab + inverse(b, c).distance_m[0] + 1e-6


def test_lines_across_the_antimeridian_are_measured_across_it():
    line = shapely.LineString([(179.9, 65.0), (-179.9, 65.0)])
    found = LineIndex(line).nearest((180.0, 65.1))
    assert found.distance_m[0] == pytest.approx(0.1 * 111_500, rel=0.01)


def test_lines_beside_the_pole_are_measured_beside_it():
    line = shapely.LineString([(0.0, 89.99), (120.0, 89.99)])
    point = (60.0, 89.9)
    a, b = inverse((0.0, 89.99), (120.0, 89.99))
    start = np.tile((0.0, 89.99), (2001, 1)).T
    lon, lat, _ = GEOD.fwd(*start, np.full(2001, a[0]), np.linspace(0, b[0], 2001))
    dense = inverse(np.column_stack((lon, lat)), point).distance_m.min()
    assert LineIndex(line).nearest(point).distance_m[0] == pytest.approx(dense, abs=0.01)


def test_unknown_positions_stay_unknown_and_do_not_disturb_the_others(borders):
    index = line_index(borders.country("UA"))
    found = index.nearest([(39.6916, 54.6269), (np.nan, np.nan)])
    assert found.distance_m[0] / 1000 == pytest.approx(461.8, abs=0.3)
    assert np.isnan(found.distance_m[1])


def test_many_points_give_the_same_as_each_alone(borders):
    index = line_index(borders.country("UA"))
    points = _around(index.nodes, count=50)
    together = index.nearest(points).distance_m
    assert together == pytest.approx([index.nearest(p).distance_m[0] for p in points], abs=1e-9)


@pytest.mark.parametrize("point", [(30, 95), (181, 50), (30, 50, 10), (np.inf, 50)])
def test_coordinates_that_are_not_on_earth_are_refused(point):
    with pytest.raises(CoordinateError):
        inverse(point, (30, 50))


def test_an_empty_line_is_refused():
    with pytest.raises(GeometryError, match="expected a line"):
        LineIndex(shapely.LineString())


def test_each_of_many_points_is_measured_whatever_stands_beside_it(borders):
    index = LineIndex(borders.home)
    rng = np.random.default_rng(3)
    points = np.column_stack((rng.uniform(20, 60, 70_000), rng.uniform(40, 62, 70_000)))
    points[::1000] = np.nan
    found, order = index.nearest(points), rng.permutation(len(points))
    mixed, few = index.nearest(points[order]), index.nearest(points[:50])
    for name in ("point", "distance_m", "azimuth_deg"):
        whole = getattr(found, name)
        close = {"rtol": 1e-9, "atol": 1e-6, "equal_nan": True}
        np.testing.assert_allclose(getattr(mixed, name), whole[order], **close)
        np.testing.assert_allclose(getattr(few, name), whole[:50], **close)
