"""Every embedded file is the one that the manifest names, and every curated record is complete."""

import csv
import datetime as dt
from collections import Counter

import pytest
import shapely
from pyproj import Geod

from geoconflict.errors import EmbeddedDataError
from geoconflict.files.embedded import attributions, embedded_path, manifest, verify
from geoconflict.lexicon import lexicon
from geoconflict.measuring.borders import UNIT_ACCURACY_M, line_index

CURATED = ("facilities.csv", "villages.csv", "waters.csv", "regions.csv", "districts.csv")


def _rows(name):
    with embedded_path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", sorted(manifest()["files"]))
def test_a_file_has_its_hash_source_licence_and_date(name):
    verify(name)
    entry = manifest()["files"][name]
    assert entry["licence"]
    assert entry["sources"]
    assert dt.date.fromisoformat(entry["retrieved"]) >= dt.date(2026, 1, 1)


@pytest.mark.parametrize("name", CURATED)
def test_a_curated_place_is_complete(name, borders):
    rows = _rows(name)
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["name_en"], row
        assert row["name_uk"], row
        assert row["name_ru"], row
        assert row["source"], row
        assert row["licence"], row
        assert dt.date.fromisoformat(row["retrieved"])
        assert float(row["precision_m"]) >= 100, row["id"]
        if row["admin1"]:
            unit = borders.unit(row["admin1"])
            assert unit.country == row["country"], row["id"]
            point = float(row["lon"]), float(row["lat"])
            inside = shapely.contains_xy(unit.geometry, *point)
            # A port or a bridge may lie just off the unit's shore.
            off_m = line_index(unit.geometry).nearest(point).distance_m[0]
            assert inside or off_m < UNIT_ACCURACY_M + float(row["precision_m"]), row["id"]


@pytest.mark.parametrize("unit", ["UA-14", "UA-09"])
def test_a_region_is_an_area_as_wide_as_its_units(gazetteer, borders, unit):
    donbas = gazetteer.resolve("Donbas").require()
    assert donbas.kind == "region"
    lons, lats = shapely.get_coordinates(borders.unit(unit).geometry).T
    centre = [donbas.lon] * len(lons), [donbas.lat] * len(lats)
    assert Geod(ellps="WGS84").inv(*centre, lons, lats)[2].max() < donbas.precision_m + 5000


def test_facilities_are_many_on_both_sides_of_kinds_that_the_lexicon_knows():
    rows = _rows("facilities.csv")
    by_country = Counter(row["country"] for row in rows)
    assert sum(by_country.values()) >= 250
    assert min(by_country["UA"], by_country["RU"]) >= 100
    known = lexicon("en").table("facilities").keys() | lexicon("en").table("targets").keys()
    assert {row["kind"] for row in rows} <= known


def test_an_airfield_of_the_table_is_the_record_that_other_data_have(gazetteer):
    found = gazetteer.resolve("авіабаза Саки").require()
    assert found.id == "ourairports:UKFI"
    assert gazetteer.resolve("Saky Air Base").require().id == found.id
    assert found.licence == "public domain"


def test_attribution_names_the_sources():
    text = " ".join(attributions())
    assert "OpenStreetMap" in text
    assert "GeoNames" in text


def test_a_missing_file_says_what_to_do():
    with pytest.raises(EmbeddedDataError, match="install geoconflict again"):
        embedded_path("nothing.gpkg")
