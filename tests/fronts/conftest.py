"""Made-up snapshots: files of every format, of squares whose areas can be computed by hand."""

import datetime as dt
import json
import math
from pathlib import Path

import pytest
import shapely

from geoconflict import Fronts
from tests.conftest import REPOSITORY

SHARED = REPOSITORY.parent / "shared"
DEEPSTATE = SHARED / "fronts" / "deepstate"
SQUARES = Path(__file__).parent / "squares"
JAN = dt.date(2025, 1, 1)


def day(number):
    return dt.date(2025, 1, number)


def square(west, south, east, north):
    return shapely.geometry.mapping(shapely.box(west, south, east, north))


def collection(*features):
    rows = [{"type": "Feature", "properties": p, "geometry": g} for g, p in features]
    return {"type": "FeatureCollection", "features": rows}


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def kml(*placemarks, head=""):
    """A KML text of placemarks (folder, name, ring)."""
    marks = "".join(
        f"<Folder><name>{folder}</name><Placemark><name>{name}</name><Polygon><outerBoundaryIs>"
        f"<LinearRing><coordinates>{' '.join(f'{x},{y},0' for x, y in ring)}</coordinates>"
        "</LinearRing></outerBoundaryIs></Polygon></Placemark></Folder>"
        for folder, name, ring in placemarks
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<kml xmlns="http://www.opengis.net/kml/2.2">'
        f"<Document>{marks}</Document></kml>"
    )


def ring(west, south, east, north):
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def quadrangle_km2(west, south, east, north):
    """The area between two meridians and two parallels of WGS84, by the closed formula.

    Source: Snyder, Map Projections: A Working Manual, 1987, equation 3-12.
    """
    a, e = 6378.137, 0.0818191908426

    def q(lat):
        s = math.sin(math.radians(lat))
        return (1 - e**2) * (s / (1 - (e * s) ** 2) - math.log((1 - e * s) / (1 + e * s)) / (2 * e))

    return a**2 * math.radians(east - west) * (q(north) - q(south)) / 2


@pytest.fixture(scope="session")
def squares():
    return Fronts.read(SQUARES)


@pytest.fixture(scope="session")
def deepstate():
    if not DEEPSTATE.is_dir():
        pytest.skip("the real snapshots (../shared/fronts/deepstate) are not here")
    return Fronts.read(DEEPSTATE)
