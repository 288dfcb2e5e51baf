"""A user's own table of places: what it adds, and every fault in it at once."""

import pytest

from geoconflict.errors import GazetteerFileError, PlaceTableError
from geoconflict.gazetteer import lookup
from geoconflict.gazetteer.growing.additions import add_places

GOOD = """name,lon,lat,id,name_uk,aliases,kind,country,admin1,population,source,licence
Tyshchenkivka,37.30,48.40,,Тищенківка,Tishchenkovka | Тищенковка,,UA,UA-14,,field notes,CC0
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
    village = fresh().resolve("Тищенковка").require()
    assert (village.id, village.admin1) == ("user:tyshchenkivka", "Donetsk Oblast")
    assert (village.source, village.licence) == ("field notes", "CC0")
    depot = fresh().get("user:stepova")
    assert (depot.source, depot.licence) == ("old map", "CC BY 4.0")


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
        ("name,lon,lat,height\nA,37,48,1\n", "the unknown column 'height'"),
        ("name,lon,lat\n", "found no row below the header"),
        ('name,lon,lat\n"A,37,48\n', "found a broken row"),
        ("name;lon;lat\nA;37;48\n", "found columns separated by ;"),
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
