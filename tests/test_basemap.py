"""The basemap's countries: outlines that close, and borders that two countries draw as one."""

import json
from collections import defaultdict

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


# Official lengths in km; at 1 km a winding border is drawn up to a tenth shorter.
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
    assert 0.9 * official_km < length_km < official_km


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
    widest = max(strips, key=lambda hole: hole.area)
    assert widest.area * KM2_A_DEGREE2 < 5.0, widest.bounds
