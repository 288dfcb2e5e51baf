"""The basemap's countries: outlines that close, and borders that two countries draw as one."""

import json
from collections import defaultdict
from functools import cache

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geoconflict.files.embedded import embedded_path

WGS84 = Geod(ellps="WGS84")
KM2_A_DEGREE2 = 111.2**2 * 0.63


@pytest.fixture(scope="module")
def drawn():
    """The arcs in degrees, and the rings of each country as numbers of arcs."""
    topology = json.loads(embedded_path("basemap.json").read_text("utf-8"))
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in map(np.array, topology["arcs"])]
    rings = defaultdict(list)
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings[shape["properties"]["iso2"]] += [ring for polygon in polygons for ring in polygon]
    return arcs, rings


def _arc(arcs, number):
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def _points(arcs, ring):
    return np.vstack([_arc(arcs, number) for number in ring])


def test_the_outline_of_every_country_is_closed(drawn):
    arcs, rings = drawn
    assert len(rings) == 30
    for code, outlines in rings.items():
        for ring in outlines:
            for one, following in zip(ring, [*ring[1:], ring[0]], strict=True):
                gap = _arc(arcs, one)[-1] - _arc(arcs, following)[0]
                assert np.abs(gap).max() < 1e-9, code


# Official lengths in km. At half a kilometre a winding border is drawn a few per cent shorter than
# that, and one along an arm of the Danube as much longer.
@pytest.mark.parametrize(
    ("pair", "official_km"), [("BY UA", 1084), ("MD UA", 1222), ("RO UA", 614), ("RU UA", 1974)]
)
def test_neighbours_share_the_line_between_them(drawn, pair, official_km):
    arcs, rings = drawn
    users = defaultdict(set)
    for code, outlines in rings.items():
        for ring in outlines:
            for number in ring:
                users[number if number >= 0 else ~number].add(code)
    shared = [arcs[number] for number, codes in users.items() if codes == set(pair.split())]
    length_km = sum(WGS84.line_length(line[:, 0], line[:, 1]) for line in shared) / 1000
    assert 0.9 * official_km < length_km < 1.05 * official_km


def test_no_strip_of_land_lies_between_two_countries(drawn):
    arcs, rings = drawn
    lands = [
        shapely.union_all([shapely.make_valid(shapely.Polygon(_points(arcs, r))) for r in outlines])
        for outlines in rings.values()
    ]
    whole = shapely.union_all(lands)
    holes = [shapely.Polygon(ring) for land in shapely.get_parts(whole) for ring in land.interiors]
    # Lake Peipus and others as wide are no strips: 0.04 degrees are 4 km from south to north.
    strips = [
        hole
        for hole in holes
        if hole.buffer(-0.02).is_empty and np.sum(shapely.intersects(lands, hole)) > 1
    ]
    for strip in strips:
        assert strip.area * KM2_A_DEGREE2 < 5.0, strip.bounds


@cache
def _layer(name):
    topology = json.loads(embedded_path("basemap.json").read_text("utf-8"))
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in map(np.array, topology["arcs"])]
    return arcs, topology["objects"][name]["geometries"]


# Where these rivers run, from any atlas: within 5 km of the town.
@pytest.mark.parametrize(
    ("town", "lon", "lat"),
    [
        ("Izium, on the Siverskyi Donets", 37.26, 49.19),
        ("Kherson, on the Dnipro", 32.61, 46.62),
        ("Mohyliv-Podilskyi, on the Dniester", 27.79, 48.44),
        ("Pervomaisk, on the Southern Buh", 30.85, 48.04),
        ("Chernihiv, on the Desna", 31.30, 51.48),
        ("Serafimovich, on the Don", 42.73, 49.58),
    ],
)
def test_rivers_run_by_their_towns(town, lon, lat):
    arcs, rivers = _layer("courses")
    lines = shapely.MultiLineString(
        [_points(arcs, line) for river in rivers for line in river["arcs"]]
    )
    near = shapely.shortest_line(shapely.Point(lon, lat), lines)
    (x0, y0), (x1, y1) = near.coords
    assert WGS84.inv(x0, y0, x1, y1)[2] < 5_000, town


def test_the_reservoir_of_kakhovka_is_there_until_its_dam_was_destroyed():
    arcs, waters = _layer("waters")
    (gone,) = [water for water in waters if "until" in water.get("properties", {})]
    assert gone["properties"]["until"] == "2023-06-06"
    rings = [polygon[0] for polygon in gone["arcs"]]
    area_m2 = sum(
        abs(WGS84.geometry_area_perimeter(shapely.Polygon(_points(arcs, ring)))[0])
        for ring in rings
    )
    # Officially 2,155 km2 at its full level.
    assert 2_000 < area_m2 / 1e6 < 2_200
    kept = [water for water in waters if water is not gone]
    assert not any(
        shapely.Polygon(_points(arcs, polygon[0])).contains(shapely.Point(33.65, 46.94))
        for water in kept
        for polygon in water["arcs"]
    )


@pytest.mark.parametrize(
    ("station", "lon", "lat"),
    [
        ("Kyiv", 30.488, 50.440),
        ("Kharkiv", 36.205, 49.989),
        ("Lozova", 36.310, 48.893),
        ("Dzhankoi", 34.394, 45.708),
        ("Kursk", 36.230, 51.748),
        ("Rostov-on-Don", 39.690, 47.218),
        ("Saratov", 46.000, 51.541),
        ("Volgograd", 44.515, 48.713),
    ],
)
def test_railways_run_by_their_stations(station, lon, lat):
    arcs, railways = _layer("railways")
    tracks = [_points(arcs, line) for found in railways for line in found["arcs"]]
    near = shapely.shortest_line(shapely.Point(lon, lat), shapely.MultiLineString(tracks))
    (x0, y0), (x1, y1) = near.coords
    assert WGS84.inv(x0, y0, x1, y1)[2] < 2_500, station


def test_railways_are_lines_to_go_by_and_no_yards():
    arcs, railways = _layer("railways")
    tracks = [_points(arcs, line) for found in railways for line in found["arcs"]]
    length_km = sum(WGS84.line_length(*track.T) for track in tracks) / 1e3
    # The source has 108,000 km of single tracks here; Ukraine alone had some 20,000 km of lines.
    assert 60_000 < length_km < 100_000
