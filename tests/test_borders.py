import pytest
import shapely

from geoconflict.errors import UnknownReferenceError
from geoconflict.measuring.borders import _units
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
                "SELECT name, lon, lat FROM place WHERE kind = 'settlement' AND country = ?",
                (country,),
            )
            .fetchall()
        )
        points = [row[1:] for row in rows]
        wrong = shapely.contains_xy(borders.country(other), *zip(*points, strict=True))
        assert [row[0] for row, is_wrong in zip(rows, wrong, strict=True) if is_wrong] == []


def test_all_units_of_ukraine_and_russia_are_there(borders):
    codes = list(_units())
    assert sum(code.startswith("UA-") for code in codes) == 27
    assert sum(code.startswith("RU-") for code in codes) == 83
    for code in codes:
        assert borders.unit(code).country == code[:2]


@pytest.mark.parametrize("line", ["RU-UA", "UA-RU"])
def test_a_shared_border_has_two_names(borders, line):
    assert not borders.line(line).is_empty


def test_the_window_of_the_data_is_no_border_of_russia(borders):
    for part in shapely.get_parts(borders.line("RU")):
        xy = shapely.get_coordinates(part)
        on_edge = (xy == 62.0).any(axis=1)
        assert not (on_edge[1:] & on_edge[:-1]).any()


def test_unknown_lines_and_units_name_those_there_are(borders):
    with pytest.raises(UnknownReferenceError, match="measure from"):
        borders.line("XX")
    with pytest.raises(UnknownReferenceError, match="UA-14"):
        borders.unit("UA-99")
