"""A user's own table of places: what it adds, and every fault in it at once."""

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from geoconflict.errors import GazetteerFileError, PlaceTableError
from geoconflict.gazetteer import lookup
from geoconflict.gazetteer.growing.additions import add_places

GOOD = """name,lon,lat,id,name_uk,aliases,kind,country,admin1,population,source,licence
Vyhadanivka,37.30,48.40,,Вигаданівка,Vygadanovka | Выгадановка,,UA,UA-14,,field notes,CC0
Nyzhnia Balka,37.31,48.41,,,,,,,,,
Nyzhnia Balka,37.10,48.30,,,,,,,120,,
Stepova depot,37.40,48.20,stepova,,,facility,UA,UA-14,,old map,CC BY 4.0
"""


@pytest.fixture
def table(tmp_path, monkeypatch):
    """Write the text of a table and return its path; the user's folder is empty."""
    monkeypatch.setenv("GEOCONFLICT_DATA", str(tmp_path / "data"))

    def write(text, name="my places.csv"):
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return write


def fresh():
    return lookup._default.__wrapped__()


def test_own_places_are_found_with_their_source(table, tmp_path):
    (added,) = add_places([table(GOOD)])
    assert added.counts == {"settlement": 3, "facility": 1}
    assert [p.name for p in (tmp_path / "data").iterdir()] == ["user-my-places.sqlite"]
    village = fresh().resolve("Выгадановка").require()
    assert (village.id, village.admin1) == ("user:vyhadanivka", "Donetsk Oblast")
    assert (village.source, village.licence) == ("field notes", "CC0")
    depot = fresh().get("user:stepova")
    assert (depot.source, depot.licence) == ("old map", "CC BY 4.0")


def test_tables_called_alike_but_for_their_ending_do_not_take_each_others_place(table):
    add_places([table("name,lon,lat\nVyhadane,37.3,48.4\n")])
    add_places([table("name\tlon\tlat\nVydumane\t37.5,48.4".replace(",", "\t"), "my places.tsv")])
    known = fresh()
    assert known.resolve("Vyhadane").require().lat == known.resolve("Vydumane").require().lat


def test_what_a_row_leaves_open_follows_from_its_point(table):
    add_places([table(GOOD)])
    balka = fresh().get("user:nyzhnia-balka-48.300-37.100")
    assert (balka.country, balka.admin1_code, balka.population) == ("UA", "UA-14", 120)
    assert balka.precision_m == pytest.approx(1000 + 8 * 120**0.5, abs=1)
    assert (balka.source, balka.licence) == ("own table", "not stated")


def test_every_fault_is_told_at_once_and_nothing_is_written(table, tmp_path):
    text = (
        "name,lon,lat,id,kind,country,admin1\n"
        ",37.3,48.4,,,,\n"
        "A,3O.1,48.4,,,,\n"
        "B,37.3,98.4,,,,\n"
        "C,37.3,48.4,,town,,\n"
        "D,37.3,48.4,x,,ZZ,\n"
        "E,37.3,48.4,x,,,UA-14\n"
        "F,48.4,37.3,,,,UA-14\n"
        "G,37.3,48.4,,,RU,UA-14\n"
    )
    with pytest.raises(PlaceTableError) as caught:
        add_places([table(text)])
    found = [(fault.line, fault.column) for fault in caught.value.faults]
    columns = ["", "lon", "lat", "kind", "country", "id", "lon", "admin1"]
    assert found == list(zip(range(2, 10), columns, strict=True))
    said = str(caught.value)
    assert "my places.csv:3, column lon: found '3O.1', expected a number" in said
    assert "column id: found 'x', expected an id of its own (line 6 has it too)" in said
    assert "expected a position in UA-14; lon and lat look swapped" in said
    assert "expected a name in the column name or name_en" in said
    assert not list((tmp_path / "data").glob("*"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "found an empty file"),
        ("name,lon\nA,37\n", "column lat: found no such column"),
        ("name,lon,lat\n", "found no row below the header"),
        ('name,lon,lat\n"A,37,48\n', "found a broken row"),
        ("name,lon,lat,lat\nA,37,48,48\n", "column lat: found the column twice"),
        ("name,lon,lat\nA,37\n", "found 2 fields, expected 3 fields"),
        ("lon,lat\n37,48\n", "column name: found no such column"),
    ],
)
def test_a_table_that_is_none_is_refused(table, text, said):
    with pytest.raises(PlaceTableError, match=said):
        add_places([table(text)])


def test_a_bad_table_keeps_a_good_dump_out(table, tmp_path):
    good = table(GOOD)
    with pytest.raises(PlaceTableError):
        add_places([good, table("name,lon,lat\nA,1,\n", "bad.csv")])
    with pytest.raises(GazetteerFileError, match="2 tables are called my places"):
        add_places([good, good])
    assert not list((tmp_path / "data").glob("*"))


def test_the_same_table_gives_the_same_bytes(table, tmp_path):
    add_places([table(GOOD)])
    first = (tmp_path / "data" / "user-my-places.sqlite").read_bytes()
    add_places([table(GOOD)])
    assert (tmp_path / "data" / "user-my-places.sqlite").read_bytes() == first


def test_any_separator_decimal_commas_and_other_names_of_columns(table):
    text = "Назва;name:uk;Широта;Довгота;зміст\nStara Hreblia;Стара Гребля;48,25;37,75;x\n"
    (added,) = add_places([table(text)])
    assert added.note == "columns not used: зміст"
    found = fresh().resolve("Стара Гребля").require()
    assert (found.name, found.lon, found.lat) == ("Stara Hreblia", 37.75, 48.25)


def test_an_id_with_a_prefix_of_its_own_is_kept_and_no_other_meaning_taken(table):
    text = "id,name,lon,lat\nwof:12:3,Stara Hreblia,37.75,48.25\nborder:UA,Nova Hreblia,37,48\n"
    add_places([table(text)])
    assert fresh().get("wof:12:3").name == "Stara Hreblia"
    assert fresh().get("user:border:UA").name == "Nova Hreblia"


@pytest.mark.parametrize("ending", ["xlsx", "ods", "gpkg", "geojson", "fgb"])
def test_spreadsheets_and_files_of_points_are_read(table, tmp_path, ending):
    del table
    path = tmp_path / f"mine.{ending}"
    columns = {"name": ["Stara Hreblia", "Nova Hreblia"], "population": [120, 80]}
    if ending in ("xlsx", "ods"):
        sheet = pd.DataFrame(columns | {"lat": [48.25, 48.5], "lon": [37.75, 37.5]})
        pyogrio.write_dataframe(sheet, path, driver=ending.upper())
    else:
        points = shapely.points([[37.75, 48.25], [37.5, 48.5]])
        frame = gpd.GeoDataFrame(columns, geometry=points, crs=4326)
        (frame if ending == "geojson" else frame.to_crs(32637)).to_file(path)
    (added,) = add_places([path])
    assert (added.counts, added.note) == ({"settlement": 2}, "")
    found = fresh().resolve("Stara Hreblia").require()
    assert (found.lon, found.lat) == pytest.approx((37.75, 48.25), abs=1e-6)
    assert found.population == 120


def test_an_area_is_a_point_with_its_reach(table, tmp_path):
    del table
    # A degree of latitude is 111.2 km here, so that the corners are half of 15.7 km away.
    square = shapely.box(37.0, 48.0, 37.149, 48.1)
    frame = gpd.GeoDataFrame({"name": ["Stara Hreblia"]}, geometry=[square], crs=4326)
    frame.to_file(tmp_path / "mine.geojson")
    add_places([tmp_path / "mine.geojson"])
    found = fresh().resolve("Stara Hreblia").require()
    assert found.precision_m == pytest.approx(7860, rel=0.02)


def test_a_projection_that_is_not_said_is_refused(table, tmp_path):
    del table
    path = tmp_path / "mine.geojson"
    frame = gpd.GeoDataFrame({"name": ["A"]}, geometry=[shapely.Point(4e5, 5e6)])
    path.write_text(frame.to_json(), "utf-8")
    with pytest.raises(PlaceTableError, match="a file that says its projection"):
        add_places([path])


def test_a_few_bad_rows_of_a_long_table_are_set_aside_and_said(table):
    rows = [f"Hreblia {n},37.{n:03},48.{n:03}" for n in range(200)]
    (added,) = add_places([table("\n".join(["name,lon,lat", *rows, "Nowhere,north,48\n"]))])
    assert added.counts == {"settlement": 200}
    assert added.note.startswith(
        "1 of 201 rows set aside, the first: my places.csv:202, column lon"
    )
