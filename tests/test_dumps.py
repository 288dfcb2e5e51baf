"""GeoNames dumps that a user adds: read, refused, interrupted, and found afterwards."""

import contextlib
import io
import os
import signal
import struct
import subprocess
import sys
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.errors import GazetteerFileError, GeoconflictError, OutputError
from geoconflict.files.archives import Limits
from geoconflict.gazetteer import lookup
from geoconflict.gazetteer.growing.additions import add_places
from geoconflict.gazetteer.growing.textlines import LONGEST_LINE, MOST, read_lines
from geoconflict.gazetteer.names import skeleton
from geoconflict.gazetteer.placefile import PlaceFile
from tests.commands import run

# Rows as GeoNames writes them; coordinates are plausible, ids are made up.
COLUMNS = "geonameid name ascii alternates lat lon letter code country cc2 admin1 admin2 admin3"
COLUMNS = (*COLUMNS.split(), "admin4", "population", "elevation", "dem", "timezone", "modified")
DONETSK = {"admin1": "05", "country": "UA"}
PLACES = [
    (90001, "Pishchane", "Peschanoye,Песчаное,Піщане", 48.2103, 37.0452, "P.PPL"),
    (90002, "Vyhadanivka", "Vygadanovka,Вигаданівка,Выгадановка", 48.4012, 37.3011, "P.PPL"),
    (90003, "Novotroyits'ke", "Новотроицкое,Новотроїцьке", 48.1901, 37.1202, "P.PPL"),
    (90004, "Artemivka", "Артемівка,Артёмовка", 48.5503, 37.6105, "P.PPLQ"),
    (90005, "Zatyshshya", "Затишшя", 48.3303, 37.4404, "P.PPLX"),
    (90006, "Pokrovs'kyy Rayon", "Покровський район", 48.2801, 37.1802, "A.ADM2"),
    (90007, "Hnylushka", "Гнилушка", 48.0101, 36.7702, "H.STM"),
    (90008, "Solone", "Солоне", 48.1500, 37.2000, "H.LK"),
    (90009, "Novyy Stepovyy", "Новий Степовий", 48.0702, 37.7301, "S.AIRF"),
    (90011, "Lyman", "Лиман", 48.1100, 37.2500, "H.LK"),
    (90012, "Kurakhove", "Курахове", 48.0000, 37.2800, "A.ADM3"),
    (90010, "Mohyla", "", 48.1000, 37.1000, "T.MND"),
]


def row(number, name, others, lat, lon, feature, **more):
    letter, code = feature.split(".")
    cells = dict.fromkeys(COLUMNS, "") | DONETSK
    cells |= {"geonameid": number, "name": name, "ascii": name, "alternates": others, "lat": lat}
    cells |= {"lon": lon, "letter": letter, "code": code, "modified": "2026-10-02"}
    cells |= {"population": 0, "timezone": "Europe/Kyiv"}
    return "\t".join(str(value) for value in (cells | more).values())


ROWS = [row(*place) for place in PLACES]
FILLER = [row(91000 + n, f"Stepove {n}", "", 48 + n / 1000, 37, "P.PPL") for n in range(200)]
ALTERNATES = [
    "1\t90003\tuk\tНовотроїцьке\t1\t\t\t\t\t",
    "2\t90003\tru\tНовотроицкое\t\t\t\t\t\t",
    "3\t90003\tuk\tКагановичі\t\t\t\t1\t1935\t1957-06",
    "4\t90003\tlink\thttps://example.org/Novotroitske\t\t\t\t\t\t",
    "5\t90003\ten\tNovotroitske\t1\t\t\t\t\t",
    "6\t12345\ten\tElsewhere\t\t\t\t\t\t",
]


def text_file(path, rows):
    path.write_text("".join(f"{line}\n" for line in rows), "utf-8")
    return path


def zip_file(path, rows, member="UA.txt"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr(member, "".join(f"{line}\n" for line in rows))
    return path


def fresh():
    """The default gazetteer as a new process opens it."""
    return lookup._default.__wrapped__()


def command(*arguments):
    return [sys.executable, "-m", "geoconflict", *map(str, arguments)]


def test_villages_are_found_from_then_on(folder, tmp_path):
    assert fresh().resolve("Vyhadanivka").status == "unknown"
    (added,) = add_places([zip_file(tmp_path / "UA.zip", ROWS)])
    assert added.counts == {"settlement": 4, "water": 3, "admin2": 2, "facility": 1}
    assert (added.title, added.retrieved) == ("GeoNames, all of Ukraine", "2026-10-02")
    village = fresh().resolve("Вигаданівка").require()
    assert (village.id, village.admin1, village.population) == (
        "geonames:90002",
        "Donetsk Oblast",
        None,
    )
    assert village.precision_m == 1000
    near = fresh().resolve("Pishchane", context=["Pokrovsk"]).require()
    assert (near.lon, near.lat) == pytest.approx((37.05, 48.21), abs=0.03)
    # Pishchane is one of the package's own villages.
    assert sorted(p.name for p in folder.iterdir()) == ["geonames-UA.sqlite", "merged.sqlite"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("name", "kind", "title"),
    [
        ("Pokrovskyi raion", "admin2", "Pokrovskyi raion"),
        ("Pokrovskyi District", "admin2", "Pokrovskyi raion"),
        ("Покровський район", "admin2", "Pokrovskyi raion"),
        ("Hnylushka River", "water", "Hnylushka River"),
        ("річка Гнилушка", "water", "Hnylushka River"),
        ("Lake Solone", "water", "Lake Solone"),
        ("Novyi Stepovyi airfield", "facility", "Novyi Stepovyi Airfield"),
    ],
)
def test_districts_waters_and_airfields_are_found_by_their_full_names(tmp_path, name, kind, title):
    add_places([text_file(tmp_path / "UA.txt", ROWS)])
    found = fresh().resolve(name, kind=kind).require()
    assert (found.name, found.kind, found.admin1_code) == (title, kind, "UA-14")


def test_what_is_gone_ranks_below_what_lives_and_parts_of_towns_stay_out(folder, tmp_path):
    add_places([text_file(tmp_path / "UA.txt", ROWS)])
    places = PlaceFile(folder / "geonames-UA.sqlite")
    assert [found.rank for found in places.find(skeleton("Artemivka"), {})] == [1]
    assert not list(places.find(skeleton("Zatyshshya"), {}))
    # A bare name is a village's before it is a river's.
    assert [found.rank for found in places.find(skeleton("Hnylushka"), {})] == [2]


@pytest.mark.usefixtures("folder")
def test_a_lake_or_district_takes_no_name_from_a_town(tmp_path):
    before = {name: fresh().resolve(name).place for name in ("Lyman", "Kurakhove", "Pokrovsk")}
    add_places([text_file(tmp_path / "UA.txt", ROWS)])
    assert {name: fresh().resolve(name).place for name in before} == before
    assert before["Pokrovsk"].kind == "settlement"
    assert fresh().get("geonames:90011").name == "Lake Lyman"
    assert fresh().get("geonames:90012").name == "Kurakhove District"


def test_alternate_names_bring_languages_and_years(folder, tmp_path):
    names = zip_file(tmp_path / "alternateNamesV2.zip", ALTERNATES, "alternateNamesV2.txt")
    add_places([names, text_file(tmp_path / "UA.txt", ROWS)])
    place = fresh().get("geonames:90003")
    assert place.name == "Novotroitske"
    assert place.names["uk"] == ("Новотроїцьке", "Кагановичі")
    assert place.names["ru"] == ("Новотроицкое",)
    assert not any("example.org" in name for names in place.names.values() for name in names)
    (old,) = PlaceFile(folder / "geonames-UA.sqlite").find(skeleton("Кагановичі"), {})
    assert (old.rank, old.since, old.until) == (1, 1935, 1957)


@pytest.mark.usefixtures("folder")
def test_a_russian_row_deep_in_crimea_is_ukrainian(tmp_path):
    rows = [
        row(1, "Prudy", "", 45.2, 34.7, "P.PPL", country="RU", admin1="11"),
        row(2, "Ostrovok", "", 52.0, 36.0, "P.PPL", country="RU", admin1="56"),
    ]
    add_places([text_file(tmp_path / "RU.txt", rows)])
    assert fresh().get("geonames:1").admin1_code == "UA-43"
    assert fresh().get("geonames:2").admin1_code == "RU-ORL"


def test_the_same_input_gives_the_same_bytes(folder, tmp_path):
    files = [text_file(tmp_path / "UA.txt", ROWS), text_file(tmp_path / "names.txt", ALTERNATES)]
    add_places(files)
    first = (folder / "geonames-UA.sqlite").read_bytes()
    add_places(files[::-1])
    assert (folder / "geonames-UA.sqlite").read_bytes() == first


@pytest.mark.usefixtures("folder")
def test_a_few_bad_rows_are_set_aside_and_said(tmp_path):
    bad = row(95000, "Nowhere", "", 95.1, 37, "P.PPL")
    (added,) = add_places([text_file(tmp_path / "UA.txt", [*ROWS, bad, *FILLER, ROWS[0]])])
    assert added.note.startswith("2 of 214 rows set aside, the first: UA.txt:13, column latitude")
    assert "found '95.1', expected degrees from -90 to 90" in added.note


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("UA.txt", f"{ROWS[0]}\n" * 200_000)
    return path


def _lying(path):
    """A bomb whose headers say that it is small."""
    content = _bomb(path).read_bytes()
    size = struct.pack("<L", len(f"{ROWS[0]}\n".encode()) * 200_000)
    path.write_bytes(content.replace(size, struct.pack("<L", 1000)))
    return path


def _crowded(path):
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(200):
            archive.writestr(f"{number}.txt", "x")
    return path


def _bytes(content):
    def write(path):
        path.write_bytes(content)
        return path

    return write


def _cut(path):
    path.write_bytes(zip_file(path, [*ROWS, *FILLER]).read_bytes()[:-300])
    return path


def _flipped(path):
    content = bytearray(zip_file(path, [*ROWS, *FILLER]).read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("UA.zip", _cut, "cut off or damaged"),
        ("UA.zip", _flipped, "cut off or damaged"),
        ("UA.zip", _bytes(b"not a zip"), "found no zip file"),
        ("UA.zip", _bytes(b""), "found an empty file"),
        ("UA.txt", _bytes(b""), "is empty"),
        (
            "UA.zip",
            lambda p: zip_file(p, ROWS, "places.csv"),
            "found 'readme.txt', 'places.csv', expected one",
        ),
        ("UA.zip", _bomb, "unpacks to far more than a real file"),
        ("UA.zip", _lying, "UA.zip"),
        ("UA.zip", _crowded, "found a list of 200 files, expected at most 100"),
        ("UA.txt", _bytes(b"x" * 2_000_000), "found a line without end"),
        ("UA.txt", lambda p: text_file(p, [ROWS[0], "a\tb"]), "UA.txt:2: found 2 columns"),
        ("UA.txt", lambda p: text_file(p, ["a\tb\tc"]), "UA.txt:1: found 3 columns"),
        ("UA.txt", _bytes("Піщане\n".encode("cp1251")), "UA.txt:1: found bytes that are no UTF-8"),
        ("names.txt", lambda p: text_file(p, ALTERNATES), "give the dumps that they belong to"),
        ("UA.txt", lambda p: text_file(p, [ROWS[-1]]), "holds no place, river or airfield"),
        (
            "XX.txt",
            lambda p: text_file(p, [row(1, "Nowhere", "", 1, 1, "P.PPL", country="XX")]),
            "column country: found 'XX', expected an ISO 3166-1 code",
        ),
        (
            "UA.txt",
            lambda p: text_file(p, [*ROWS, row(1, "Nowhere", "", "north", 1, "P.PPL")]),
            "1 of 13 rows set aside, the first: UA.txt:13, column latitude: found 'north'",
        ),
    ],
)
def test_a_broken_dump_is_one_line_and_leaves_the_old_file(folder, tmp_path, name, make, said):
    add_places([text_file(tmp_path / "old.txt", ROWS)])
    before = (folder / "geonames-UA.sqlite").read_bytes()
    with pytest.raises(GazetteerFileError) as caught:
        add_places([make(tmp_path / name)])
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (folder / "geonames-UA.sqlite").read_bytes() == before
    assert sorted(p.name for p in folder.iterdir()) == ["geonames-UA.sqlite", "merged.sqlite"]


def test_a_bomb_is_stopped_while_it_is_read(tmp_path):
    path = zip_file(tmp_path / "UA.zip", ROWS)
    with pytest.raises(GazetteerFileError, match="far more than a real file"):
        list(read_lines(path, member=lambda name: name == "UA.txt", limits=Limits(9, 500)))


def test_one_fault_keeps_everything_out(folder, tmp_path):
    good = text_file(tmp_path / "UA.txt", ROWS)
    with pytest.raises(GazetteerFileError, match=r"UA.txt and again.txt are both of UA"):
        add_places([good, text_file(tmp_path / "again.txt", ROWS)])
    with pytest.raises(GazetteerFileError, match=r"names.txt:2: found 1 columns, expected 10"):
        add_places([good, text_file(tmp_path / "names.txt", [ALTERNATES[0], "?"])])
    assert not folder.exists() or not list(folder.iterdir())


def test_a_folder_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GEOCONFLICT_DATA", str(tmp_path / "file" / "data"))
    with pytest.raises(OutputError, match=r"cannot write in .*GEOCONFLICT_DATA can name another"):
        add_places([text_file(tmp_path / "UA.txt", ROWS)])


def test_a_full_disk_is_said_and_leaves_nothing(folder, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geoconflict.gazetteer.growing.country.write_places", full)
    with pytest.raises(OutputError, match="No space left on device"):
        add_places([text_file(tmp_path / "UA.txt", ROWS)])
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("folder")
def test_progress_reaches_the_end_of_the_file(tmp_path):
    path, seen = zip_file(tmp_path / "UA.zip", ROWS), {}
    add_places([path], progress=lambda doing, done, total: seen.update({doing: (done, total)}))
    assert list(seen) == ["checking UA.zip", "writing UA.zip"]
    assert all(0 < done <= total == path.stat().st_size for done, total in seen.values())


@pytest.mark.usefixtures("folder")
def test_the_commands_add_and_find(tmp_path):
    result = run("gazetteer", "add", zip_file(tmp_path / "UA.zip", ROWS))
    assert result.returncode == 0
    assert result.stderr == ""
    assert result.stdout.startswith("UA.zip: 10 places (4 settlements, 3 rivers and other waters,")
    lookup._default.cache_clear()
    assert "geonames:90002" in run("place", "Vyhadanivka").stdout
    missing = run("gazetteer", "add", tmp_path / "RU.zip")
    assert missing.returncode == 1
    assert missing.stderr == f"geoconflict: {tmp_path / 'RU.zip'}: No such file or directory\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
def test_an_interrupt_leaves_the_old_file_and_nothing_else(folder, tmp_path):
    add_places([text_file(tmp_path / "old.txt", ROWS)])
    before = (folder / "geonames-UA.sqlite").read_bytes()
    rows = (row(n, f"Selo {n}", f"Село {n}", 48, 37, "P.PPL") for n in range(60_000))
    path = text_file(tmp_path / "UA.txt", rows)
    with subprocess.Popen(command("gazetteer", "add", path), stderr=subprocess.PIPE) as process:
        for _ in range(600):
            if list(folder.glob(".adding-*/*.part")):
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode()
    assert process.returncode == 130
    assert said == "geoconflict: stopped; the gazetteer is as it was before\n"
    assert sorted(p.name for p in folder.iterdir()) == ["geonames-UA.sqlite", "merged.sqlite"]
    assert (folder / "geonames-UA.sqlite").read_bytes() == before


CELL = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\t\n"), max_size=8),
    st.sampled_from(["UA", "RU", "48.1", "37.2", "-0", "nan", "1e9", "P", "H", "PPL", "STM", "7"]),
)
ROW = st.lists(CELL, min_size=19, max_size=19).map("\t".join)
GOOD = st.sampled_from([*ROWS, *ALTERNATES])


def _add_quietly(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    with contextlib.suppress(GeoconflictError):
        add_places([path])


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOCONFLICT_DATA", str(path / "data"))
        yield path


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["UA.txt", "UA.zip"]))
def test_random_bytes_never_crash(scratch, content, name):
    _add_quietly(scratch, name, content)
    _add_quietly(scratch, name, b"PK\x03\x04" + content)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(GOOD, ROW), max_size=5))
def test_random_rows_never_crash(scratch, rows):
    _add_quietly(scratch, "UA.txt", "\n".join(rows).encode())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_zip_never_crashes(scratch, changes):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("UA.txt", "\n".join(ROWS))
    content = bytearray(buffer.getvalue())
    for at, value in changes:
        content[at % len(content)] = value
    _add_quietly(scratch, "UA.zip", bytes(content))


def test_the_limits_leave_room_for_the_real_files():
    assert MOST.bytes > 2_000_000_000
    assert LONGEST_LINE > 100_000
