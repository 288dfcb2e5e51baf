"""What a map of control says otherwise than is taken of it is told, or refused."""

import json

import pytest

from geoconflict import Fronts
from geoconflict.errors import SnapshotFileError, SnapshotWarning
from geoconflict.fronts.filedates import find_day
from tests.fronts.conftest import collection, quadrangle_km2, square, write

HELD, OWN = (37.0, 48.0, 38.0, 48.5), (37.8, 48.0, 38.2, 48.5)


def held_km2(path):
    fronts = Fronts.read(path)
    return fronts.at(fronts.dates[-1]).area_km2


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (
            (square(*OWN), {"side": "UA"}),
            "drawn for both sides, counted as held by Russia: 826 km2",
        ),
        (
            (square(38, 48, 38.2, 48.2), {"side": "RU", "note": "звільнено 20 січня"}),
            "taken as RU, but 'note' says 'звільнено 20 січня'",
        ),
        (
            (square(38, 48, 38.2, 48.2), {"side": "RU", "confirmed": "no"}),
            "taken as RU, but 'confirmed' says 'no'",
        ),
        (
            (square(60, 30, 61, 31), {"side": "RU"}),
            "1 of 2 areas between 60, 30 and 61, 31, away from the front",
        ),
    ],
)
def test_what_speaks_against_the_side_of_an_area_is_told(tmp_path, second, said):
    first = (square(*HELD), {"side": "RU", "note": "held by Russia since 2014"})
    path = write(tmp_path / "map_20250124.geojson", collection(first, second))
    with pytest.warns(SnapshotWarning, match=said):
        held_km2(path)


def test_areas_that_agree_with_their_texts_are_taken_without_a_word(tmp_path):
    edge = (square(36.9, 48.0, 37.0, 48.5), {"side": "UA", "note": "Held by Ukraine", "ok": "no"})
    first = (square(*HELD), {"side": "RU", "note": "Occupied. Russia attacks from here"})
    path = write(tmp_path / "map_20250124.geojson", collection(first, edge))
    assert held_km2(path) == pytest.approx(quadrangle_km2(*HELD), rel=1e-4)


def test_one_area_with_swapped_coordinates_among_others_is_refused(tmp_path):
    swapped = (square(48.5, 36.8, 48.7, 37.2), {"side": "RU"})
    path = write(
        tmp_path / "map_20250124.geojson", collection((square(*HELD), {"side": "RU"}), swapped)
    )
    with pytest.raises(SnapshotFileError, match=r"1 of 2 areas .* look swapped"):
        held_km2(path)


def test_what_was_taken_day_by_day_is_no_map_of_each_day(tmp_path):
    days = [
        (square(37 + n / 2, 48, 37.5 + n / 2, 48.5), {"side": "RU", "date": f"2025-01-{10 + n}"})
        for n in range(2)
    ]
    path = write(tmp_path / "taken.geojson", collection(*days))
    with pytest.warns(SnapshotWarning, match="2025-01-10 and 2025-01-11 share hardly any land"):
        Fronts.read(path)


def test_a_moment_of_change_is_no_day_of_a_map_without_a_word(tmp_path):
    edited = (square(*HELD), {"side": "RU", "timestamp": "2025-02-01T10:00:00Z"})
    path = write(tmp_path / "map.geojson", collection(edited))
    with pytest.warns(SnapshotWarning, match="column timestamp, which may be of the last change"):
        Fronts.read(path)
    said = (square(*HELD), {**edited[1], "as_of": "2025-01-24"})
    assert [str(day) for day in Fronts.read(write(path, collection(said))).dates] == ["2025-01-24"]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("map_20250110-20250124", None),
        ("ISW 2025-01-10 to 2025-01-24", None),
        ("map_20250124_20250124", "2025-01-24"),
        ("map_20250124_0800", "2025-01-24"),
        ("250124_123456", "2025-01-24"),
    ],
)
def test_a_name_with_two_days_is_of_none(name, day):
    if day:
        assert str(find_day(name).day) == day
        return
    with pytest.raises(ValueError, match="two days"):
        find_day(name)


def area(name, ring, more=""):
    return (
        f"<Placemark><name>{name}</name>{more}<Polygon><outerBoundaryIs><LinearRing><coordinates>"
        f"{' '.join(f'{lon},{lat}' for lon, lat in ring)}"
        "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
    )


RING = square(*HELD)["coordinates"][0]


@pytest.mark.parametrize(
    "body",
    [
        f"<name>Карта на 24 січня 2025</name>{area('Окуповано', RING)}",
        f"<Folder><name>24.01.2025</name>{area('Occupied', RING)}</Folder>",
        area("Occupied", RING, "<TimeStamp><when>2025-01-24</when></TimeStamp>"),
        f"<name>24.1.2025</name><Folder><name>Before 24.02.2022</name>{area('RU', RING)}</Folder>",
    ],
)
def test_the_day_of_a_kml_is_that_of_its_folders_or_stamps(tmp_path, body):
    path = write(tmp_path / "map.kml", f"<kml><Document>{body}</Document></kml>")
    assert [str(day) for day in Fronts.read(path).dates] == ["2025-01-24"]


def test_folders_of_several_days_are_not_put_into_one(tmp_path):
    days = (f"<Folder><name>2025-01-{n}</name>{area('Occupied', RING)}</Folder>" for n in (15, 24))
    text = f"<kml><Document>{''.join(days)}</Document></kml>"
    with pytest.raises(SnapshotFileError, match="areas of 2025-01-15"):
        held_km2(write(tmp_path / "map_20250124.kml", text))
    assert len(Fronts.read(write(tmp_path / "map.kml", text)).dates) == 2


def test_answers_of_arcgis_are_read_with_their_holes_and_projection(tmp_path):
    # Clockwise rings are outer ones; 37 to 38 E, 48 to 48.5 N in Web Mercator, a hole inside.
    outer = [[4118820.8, 6106854.8], [4118820.8, 6190443.8], [4230140.3, 6190443.8]]
    outer += [[4230140.3, 6106854.8], outer[0]]
    hole = [[4163348.6, 6123443.9], [4185612.5, 6123443.9], [4185612.5, 6156790.4]]
    hole += [[4163348.6, 6156790.4], hole[0]]
    answer = {
        "spatialReference": {"wkid": 102100, "latestWkid": 3857},
        "features": [{"attributes": {"status": "Occupied"}, "geometry": {"rings": [outer, hole]}}],
    }
    whole, inside = quadrangle_km2(*HELD), quadrangle_km2(37.4, 48.1, 37.6, 48.3)
    path = write(tmp_path / "a_20250124.json", json.dumps(answer))
    assert held_km2(path) == pytest.approx(whole - inside, rel=1e-3)
