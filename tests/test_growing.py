"""Several sources of places beside each other: postal codes, OpenStreetMap, and one record each."""

import json
import sqlite3
import struct

import pytest

from geoconflict.errors import GazetteerFileError, GazetteerFileWarning, UnknownPlaceError
from geoconflict.gazetteer import lookup
from geoconflict.gazetteer.growing.additions import add_places, holdings, remove_places
from tests.benchmarks.names_accuracy import EXAMPLES, read, score
from tests.commands import run
from tests.test_dumps import row, text_file

PLACES = EXAMPLES.parents[1] / "places"
pytestmark = pytest.mark.usefixtures("folder")


def fresh():
    return lookup._default.__wrapped__()


def table(path, *lines):
    path.write_text("\n".join(["id,name,name_uk,lon,lat,precision_m,population", *lines]), "utf-8")
    return path


def test_a_place_of_several_sources_is_found_once_with_the_finest_position(tmp_path):
    coarse = table(tmp_path / "coarse.csv", "a:1,Hnyla Rudka,Гнила Рудка,37.30,48.40,4000,90")
    fine = table(tmp_path / "fine.csv", "b:1,Гнила Рудка,,37.31,48.41,300,")
    add_places([coarse, fine])
    found = fresh().resolve("Hnyla Rudka")
    assert found.status == "resolved"
    assert len(found.candidates) == 1
    place = found.place
    assert (place.id, place.lon, place.precision_m, place.population) == ("a:1", 37.31, 300.0, 90)
    # A casebook that names either record still finds it.
    assert fresh().get("b:1").precision_m == 300.0


def test_sources_that_contradict_each_other_widen_the_radius(tmp_path):
    one = table(tmp_path / "one.csv", "a:1,Hnyla Rudka,,37.30,48.40,500,")
    two = table(tmp_path / "two.csv", "b:1,Hnyla Rudka,,37.30,48.436,600,")
    add_places([one, two])
    # 0.036 degrees of latitude are 4.0 km.
    assert fresh().resolve("Hnyla Rudka").require().precision_m == pytest.approx(4000, abs=15)


def test_namesakes_apart_stay_two(tmp_path):
    one = table(tmp_path / "one.csv", "a:1,Hnyla Rudka,,37.30,48.40,500,")
    two = table(tmp_path / "two.csv", "b:1,Hnyla Rudka,,37.30,48.48,500,")
    add_places([one, two])
    assert {c.place.id for c in fresh().resolve("Hnyla Rudka").candidates} == {"a:1", "b:1"}


def test_two_hamlets_beside_each_other_are_one_answer_that_holds_both(tmp_path):
    add_places(
        [
            table(
                tmp_path / "one.csv",
                "a:1,Hnyla Rudka,,37.30,48.40,500,",
                "a:2,Hnyla Rudka,,37.30,48.48,500,",
            )
        ]
    )
    found = fresh().resolve("Hnyla Rudka")
    # 0.08 degrees of latitude are 8.9 km.
    assert found.require().precision_m == pytest.approx(9_400, abs=50)
    assert "namesake" in found.reason


def test_a_point_is_the_settlement_that_the_codifier_places_in_its_community(tmp_path):
    """Iskryskivshchyna has one bearer in Sumy Oblast, of Bilopillia community."""
    (before,) = fresh().resolve("Iskryskivshchyna", admin1="UA-59").candidates
    assert before.place.is_approximate
    add_places([table(tmp_path / "mine.csv", "a:1,Іскрисківщина,,34.384,51.239,300,")])
    (after,) = fresh().resolve("Iskryskivshchyna").candidates
    assert (after.place.id, after.place.code) == (before.place.id, before.place.code)
    assert (after.place.lon, after.place.precision_m) == (34.384, 300.0)
    assert after.place.community == "Bilopillia community"


def test_of_two_bearers_and_three_points_the_third_is_no_place_of_today(tmp_path):
    """Donetsk Oblast has two settlements called Nelipivka, north and west of Horlivka."""
    rows = ("a:1,Неліпівка,,37.837,48.353,300,", "a:2,Неліпівка,,37.788,48.450,300,")
    add_places([table(tmp_path / "mine.csv", *rows, "a:3,Неліпівка,,37.1,47.6,300,")])
    found = {match.place.lat: match for match in fresh().lookup("Неліпівка")}
    assert {lat: bool(match.place.code) for lat, match in found.items()} == {
        48.353: True,
        48.450: True,
        47.6: False,
    }
    assert found[47.6].rank == 1


def test_a_name_unlike_that_of_the_codifier_is_none_of_today(tmp_path):
    """Tables still call villages as they were called before 2016, without saying so."""
    add_places([table(tmp_path / "mine.csv", "a:1,Kotlyne,Димитрове,37.049,48.254,300,")])
    (kotlyne,) = [m for m in fresh().lookup("Димитрове") if m.place.name == "Kotlyne"]
    assert (kotlyne.rank, kotlyne.place.precision_m) == (1, 300.0)


def test_an_own_row_joins_the_town_of_the_package_and_an_old_name_stays_old(tmp_path):
    before = fresh().resolve("Bakhmut").require()
    lon, lat = before.lon + 0.01, before.lat
    add_places([table(tmp_path / "mine.csv", f"a:1,Бахмут,Артемівськ,{lon},{lat},200,")])
    after = fresh().resolve("Bakhmut").require()
    assert (after.id, after.precision_m) == (before.id, 200.0)
    assert after.source == "own table; GeoNames"
    (old,) = [m for m in fresh().lookup("Артемівськ") if m.place.id == before.id]
    assert old.rank == 1


def test_removing_takes_back_what_was_brought(folder, tmp_path):
    one = table(tmp_path / "one.csv", "a:1,Hnyla Rudka,Гнила Рудка,37.30,48.40,800,")
    two = table(tmp_path / "two.csv", "b:1,Hnyla Rudka,,37.31,48.40,100,")
    add_places([one, two])
    assert fresh().resolve("Hnyla Rudka").require().precision_m == 100.0
    assert run("gazetteer", "remove", "two.csv").stdout == "removed two.csv\n"
    assert [path.name for path in folder.iterdir()] == ["user-one.sqlite"]
    assert fresh().resolve("Hnyla Rudka").require().precision_m == 800.0
    with pytest.raises(UnknownPlaceError, match=r"'three' was added; added are: one.csv"):
        remove_places(["one", "three"])
    assert fresh().has("a:1")


def test_an_extract_is_removed_by_the_name_of_its_file(folder, tmp_path):
    add_places([_ukraine(tmp_path / "ukraine-latest.osm.pbf")])
    remove_places(["ukraine-latest.osm.pbf"])
    assert not list(folder.iterdir())


def test_a_file_taken_away_by_hand_leaves_the_others_to_answer(folder, tmp_path):
    one = table(tmp_path / "one.csv", "a:1,Hnyla Rudka,,37.30,48.40,500,")
    two = table(tmp_path / "two.csv", "b:1,Hnyla Rudka,,37.31,48.40,100,")
    add_places([one, two])
    (folder / "user-two.sqlite").unlink()
    with pytest.warns(GazetteerFileWarning, match="was made of other files"):
        assert fresh().resolve("Hnyla Rudka").require().id == "a:1"


def test_info_says_what_each_source_brought(tmp_path):
    one = table(
        tmp_path / "one.csv",
        "a:1,Hnyla Rudka,,37.30,48.40,500,",
        "a:2,Stara Hreblia,,37.9,48.1,500,",
    )
    two = table(tmp_path / "two.csv", "b:1,Hnyla Rudka,,37.31,48.40,100,")
    add_places([one, two])
    told = {one.title: (one.shared, one.finest) for one in holdings() if one.shared is not None}
    assert told == {"one.csv": (1, 0), "two.csv": (1, 1)}
    text = run("gazetteer", "info").stdout
    assert "1 of them known from elsewhere too, 0 placed as here" in text
    assert json.loads(run("gazetteer", "info", "--json").stdout)[0]["title"].startswith("Places")


POSTAL = [
    ("18000", "Стара Гребля (Гнилорудська сільська рада)", "05", 48.25, 37.75, 4),
    ("18001", "Стара Гребля", "05", 48.25, 37.75, 4),
    ("18002", "Гнила Рудка", "05", 48.30, 37.70, 4),
    ("18003", "Нова Гребля", "05", 48.20, 37.60, 1),
    # In Lviv Oblast, which its unit is not.
    ("18004", "Заплутане", "05", 49.80, 24.00, 4),
]


def test_of_postal_codes_only_points_of_their_own_in_their_oblast_are_taken(tmp_path):
    lines = [
        f"UA\t{code}\t{name}\tDonetska\t{unit}\t\t\t\t\t{lat}\t{lon}\t{accuracy}"
        for code, name, unit, lat, lon, accuracy in POSTAL
    ]
    (added,) = add_places([text_file(tmp_path / "codes.tsv", lines)])
    assert added.counts == {"settlement": 2}
    assert added.note == (
        "of 5 rows not used: 1 whose position is an estimate, 1 whose position is in another oblast"
    )
    found = fresh().resolve("Стара Гребля").require()
    assert (found.admin1_code, found.name, found.precision_m) == ("UA-14", "Stara Hreblia", 2000.0)
    assert fresh().resolve("Нова Гребля", admin1="UA-14").status == "unknown"
    assert not fresh().lookup("Заплутане")


def _varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def _field(number, value):
    """A field of a protocol buffer: a number, or bytes with their length."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _signed(number):
    return number << 1 if number >= 0 else (-number << 1) - 1


def _packed(numbers):
    return b"".join(map(_varint, numbers))


def _deltas(numbers):
    return _packed(_signed(b - a) for a, b in zip([0, *numbers], numbers, strict=False))


def _block(kind, content):
    blob = _field(1, content)
    header = _field(1, kind) + _field(3, len(blob))
    return struct.pack(">I", len(header)) + header + blob


def extract(path, nodes, ways=(), relations=()):
    """Write an extract as OpenStreetMap's format has it: (id, lon, lat, tags) and so on."""
    strings = [""]

    def at(text):
        if text not in strings:
            strings.append(text)
        return strings.index(text)

    def tags(pairs):
        if not pairs:
            return b""
        return _field(2, _packed(map(at, pairs))) + _field(3, _packed(map(at, pairs.values())))

    points, lines, areas = b"", b"", b""
    for number, lon, lat, pairs in nodes:
        where = _field(8, _signed(round(lat * 1e7))) + _field(9, _signed(round(lon * 1e7)))
        points += _field(1, _field(1, _signed(number)) + tags(pairs) + where)
    for number, members, pairs in ways:
        lines += _field(3, _field(1, number) + tags(pairs) + _field(8, _deltas(members)))
    for number, members, pairs in relations:
        roles = _field(8, _packed([at("outer")] * len(members)))
        kinds = _field(10, _packed([1] * len(members)))
        content = _field(1, number) + tags(pairs) + roles + _field(9, _deltas(members)) + kinds
        areas += _field(4, content)
    named = b"".join(_field(1, text.encode()) for text in strings)
    groups = b"".join(_field(2, group) for group in (points, lines, areas) if group)
    head = _field(4, b"OsmSchema-V0.6")
    path.write_bytes(_block(b"OSMHeader", head) + _block(b"OSMData", _field(1, named) + groups))
    return path


VILLAGE = {
    "place": "village",
    "name": "Гнила Рудка",
    "name:uk": "Гнила Рудка",
    "name:ru": "Гнилая Рудка",
    "name:ja": "フニラ・ルドカ",
    "old_name": "Комунарівка;Пуща",
    "population": "1 240",
}


def _ukraine(path):
    corners = [(37.0, 48.0), (37.4, 48.0), (37.4, 48.2), (37.0, 48.2)]
    nodes = [(n, lon, lat, {}) for n, (lon, lat) in enumerate(corners, start=1)]
    nodes += [
        (10, 37.75, 48.25, VILLAGE),
        (11, 37.80, 48.30, {"place": "suburb", "name": "Зелений Кут"}),
        (12, 37.81, 48.31, {"place": "hamlet"}),
    ]
    raion = {"type": "boundary", "boundary": "administrative", "admin_level": "6"}
    raion |= {"name": "Рудківський район", "name:en": "Rudka Raion"}
    return extract(path, nodes, [(20, [1, 2, 3, 4, 1], {})], [(30, [20], raion)])


def test_an_extract_brings_villages_with_all_names_and_districts_with_their_reach(folder, tmp_path):
    (added,) = add_places([_ukraine(tmp_path / "ukraine-latest.osm.pbf")])
    assert added.counts == {"settlement": 1, "admin2": 1}
    assert [path.name for path in folder.iterdir()] == ["osm-ukraine.sqlite"]
    village = fresh().resolve("Гнилая Рудка").require()
    assert (village.id, village.name, village.population) == ("osm:node/10", "Hnyla Rudka", 1240)
    assert (village.licence, village.admin1_code) == ("ODbL 1.0", "UA-14")
    assert village.names["ru"] == ("Гнилая Рудка",)
    (old,) = fresh().lookup("Комунарівка")[:1]
    assert (old.place.id, old.rank) == ("osm:node/10", 1)
    raion = fresh().get("osm:relation/30")
    assert (raion.name, raion.kind, raion.admin1_code) == ("Rudka Raion", "admin2", "UA-14")
    # Half of the diagonal of 29.8 by 22.2 km.
    assert raion.precision_m == pytest.approx(18_600, rel=0.02)


def test_an_extract_and_a_dump_make_one_village(tmp_path):
    dump = [row(90002, "Hnyla Rudka", "Гнила Рудка", 48.26, 37.75, "P.PPL")]
    add_places([_ukraine(tmp_path / "ua.osm.pbf"), text_file(tmp_path / "UA.txt", dump)])
    found = fresh().resolve("Гнилая Рудка")
    assert [c.place.id for c in found.candidates] == ["geonames:90002"]
    assert "OpenStreetMap" in found.place.source


@pytest.mark.parametrize("content", [b"", b"not an extract", b"\x00\x00\x00\x0d\x0a\x09OSMHeader"])
def test_a_broken_extract_is_one_line(tmp_path, content):
    (tmp_path / "ua.osm.pbf").write_bytes(content)
    with pytest.raises(GazetteerFileError, match=r"^ua.osm.pbf") as caught:
        add_places([tmp_path / "ua.osm.pbf"])
    assert "driver" not in str(caught.value)


@pytest.mark.skipif(not PLACES.exists(), reason="the tables beside the project are not here")
def test_real_tables_bring_no_wrong_names_of_the_front():
    """They more than halved what the codifier leaves in doubt, when this was written."""
    before = score(fresh(), read(EXAMPLES), hint=False, say=False)["all"]
    added = add_places(sorted(PLACES.glob("*.?sv")))
    assert [sum(one.counts.values()) for one in added] == [34_264, 14_794]
    after = score(fresh(), read(EXAMPLES), hint=False, say=False)["all"]
    assert after["right"] >= max(113, before["right"])
    assert after["wrong"] <= before["wrong"]


def test_what_was_merged_by_another_version_is_merged_anew(folder, tmp_path):
    """As after an update of the package, whose files the merged ones were not made of."""
    coarse = table(tmp_path / "coarse.csv", "a:1,Hnyla Rudka,Гнила Рудка,37.30,48.40,4000,90")
    fine = table(tmp_path / "fine.csv", "b:1,Гнила Рудка,,37.31,48.41,300,")
    add_places([coarse, fine])
    with sqlite3.connect(folder / "merged.sqlite") as base:
        base.execute(
            """UPDATE info SET value = '{"settlements.sqlite": 1}' WHERE key = 'made of'"""
        )
    with pytest.warns(GazetteerFileWarning, match="merging them anew"):
        found = fresh().resolve("Hnyla Rudka")
    assert [c.place.precision_m for c in found.candidates] == [300.0]
    assert len(fresh().resolve("Hnyla Rudka").candidates) == 1


def test_of_two_settlements_with_one_key_a_point_is_the_one_spelled_alike(tmp_path):
    """Pokrovsk Raion has a Lysivka and a Lisivka."""
    lines = ("a:1,Lysivka,,37.26245,48.22541,1000,", "a:2,Lisivka,,37.38011,48.09737,1000,")
    add_places([table(tmp_path / "points.csv", *lines)])
    found = fresh().resolve("Лисівка", context=["Донецька область", "Promin"]).require()
    assert (found.name, found.lat) == ("Lysivka", 48.22541)
