"""The theatre is data: what is wrong with a file of one is said at once."""

import re

import pytest
from pyproj import Geod

from geoconflict.errors import EmbeddedDataError, TheatreError, UnknownReferenceError
from geoconflict.references import find_reference
from geoconflict.theatre import Theatre

LEAST = """
id = "islands"
title = "the war of the islands"
home = "AA"
opponent = "BB"
window = [0, 0, 10, 10]
front_window = [0, 0, 10, 10]
plane = "+proj=laea +lat_0=5 +lon_0=5 +ellps=WGS84 +units=m"
"""


def written(folder, text):
    path = folder / "theatre.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_theatre_of_the_package_is_whole(borders, gazetteer):
    theatre = Theatre.default()
    assert theatre.sides == ("UA", "RU")
    assert (theatre.figures["area-ua"].value, theatre.figures["area-ua"].unit) == (603_628, "km2")
    for figure in theatre.figures.values():
        assert figure.citation, figure.id
        assert figure.licence, figure.id
        assert figure.value > 0, figure.id
    for code in theatre.areas:
        assert theatre.area_figure(code).unit == "km2"
    units = {unit.code for country in theatre.sides for unit in borders.units(country)}
    # Units that Russia has merged have outlines, and no seat of their own.
    assert set(theatre.capitals) <= units | {"UA-05"}
    assert theatre.city_units <= units
    assert all(theatre.front_window.holds(*point) for point in theatre.belt)
    assert gazetteer.theatre is theatre
    assert borders.theatre is theatre


def test_a_theatre_of_ones_own_is_read(tmp_path):
    figures = '[areas]\nAA = "area"\n[figures.area]\ntitle = "t"\nvalue = 5\nunit = "km2"\n'
    text = f'{LEAST}{figures}date = ""\ncitation = "Survey of AA"\n'
    theatre = Theatre.load(written(tmp_path, text))
    assert theatre.area_figure("AA").citation == "Survey of AA"
    assert theatre.area_figure("BB") is None
    with pytest.raises(UnknownReferenceError, match="no official figure 'nope', only area"):
        theatre.figure("nope")
    with pytest.raises(EmbeddedDataError, match=r"islands has no borders\.gpkg"):
        theatre.file("borders.gpkg")
    (tmp_path / "borders.geojson").write_text("{}")
    assert theatre.file("borders.gpkg").name == "borders.geojson"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id = ", ["expected a TOML file"]),
        ('id = "x"', ["column home: found nothing", "column window: found nothing"]),
        (LEAST.replace("[0, 0, 10, 10]", "[0, 0]", 1), ["column window", "west, south, east"]),
        (LEAST + 'belts = "x"', ["column belts: found 'x', expected one of id, title, home"]),
        (LEAST + "[areas]\nAA = 'nope'", ["column areas.AA: found 'nope'"]),
        (LEAST + "[areas]\nAA = {}", ["column areas.AA: found {}, expected the id"]),
        (LEAST + "[figures.a]\ntitle = 't'", ["column figures"]),
        (LEAST + "[capitals]\nAA = 5", ["column capitals: found {'AA': 5}, expected a text"]),
    ],
)
def test_all_that_is_wrong_is_said(tmp_path, text, said):
    with pytest.raises(TheatreError) as caught:
        Theatre.load(written(tmp_path, text))
    for words in said:
        assert words in str(caught.value)


def test_areas_of_regions_add_up_to_the_country_and_fit_their_outlines():
    theatre = Theatre.default()
    codes = [code for code in theatre.capitals if code.startswith("UA-")]
    areas = {code: theatre.area_id(code) for code in codes}
    # The two cities of the rank of a region, 839 and 864 km2, are not among the figures.
    total = sum(theatre.figures[name].value for name in areas.values() if name) + 839 + 864
    assert total == pytest.approx(theatre.figures["area-ua"].value, rel=0.001)
    geod = Geod(ellps="WGS84")
    for code, name in areas.items():
        if name is None or code in ("UA-48", "UA-65", "UA-32"):
            # Figures with coastal waters, or with the city beside.
            continue
        outline = find_reference(f"admin1:{code}").geometry
        area_km2 = abs(geod.geometry_area_perimeter(outline)[0]) / 1e6
        assert theatre.figures[name].value == pytest.approx(area_km2, rel=0.02), code


# km2 by GeoNames' table of countries (countryInfo.txt, CC BY 4.0), retrieved 2026-11-27.
GEONAMES_KM2 = {
    "AL": 28748, "AT": 83858, "BE": 30510, "BG": 110910, "BY": 207600, "CY": 9250, "CZ": 78866,
    "DE": 357021, "DK": 43094, "EE": 45226, "ES": 504782, "FI": 337030, "GR": 131940, "HR": 56542,
    "HU": 93030, "IE": 70280, "IT": 301230, "LT": 65200, "LU": 2586, "LV": 64589, "MD": 33843,
    "MT": 316, "NL": 41526, "PL": 312685, "PT": 92391, "RO": 237500, "SE": 449964, "SI": 20273,
    "SK": 48845,
}  # fmt: skip


def test_areas_of_countries_are_those_of_another_table():
    theatre = Theatre.default()
    known = {code: theatre.figures[f"area-{code.lower()}"] for code in GEONAMES_KM2}
    for code, figure in known.items():
        assert figure.value == pytest.approx(GEONAMES_KM2[code], rel=0.004), code
    countries = {name for name in theatre.figures if re.fullmatch(r"area-[a-z]{2}", name)}
    assert countries == {f"area-{code.lower()}" for code in GEONAMES_KM2} | {"area-ua"}


def test_the_lengths_by_neighbour_add_up_to_the_land_border_that_the_government_states():
    figures = Theatre.default().figures
    parts = [f"border-ua-{code}" for code in ("by", "pl", "sk", "hu", "ro", "md")]
    land_km = sum(figures[part].value for part in [*parts, "border-ua-ru-land"])
    # 33 km of the border with Romania run at sea.
    assert land_km - 33.0 == pytest.approx(figures["border-ua-land"].value, abs=0.01)
