"""What a source says is found again: in the casebook, in the account, or among rows set aside."""

import csv
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoconflict import read_casebook, write_kml
from geoconflict.errors import CasebookError, ImportFileError
from geoconflict.importers import read_acled, read_csv, read_geoconfirmed, read_kml, read_ucdp
from geoconflict.importers.mapping import propose_mapping
from geoconflict.importers.viina import read_viina
from geoconflict.importers.writing import write_import
from tests.test_importers import ACLED, KML, VIINA, extra, made, rows_of

VIINA_COLUMNS = (
    "event_id",
    "event_id_1pd",
    "date",
    "asciiname",
    "longitude",
    "latitude",
    "source",
    "text",
    "representative_text",
    "odd column",
)
WORDS = st.text("abcdЖї", min_size=1, max_size=4)
ROWS = st.fixed_dictionaries(
    {
        "event_id": st.integers(1, 9).map(str),
        "event_id_1pd": st.sampled_from(["7", "8"]),
        "date": st.sampled_from(["2024-02-16", "2024-03-17"]),
        "asciiname": WORDS,
        "longitude": st.sampled_from(["37.8022", "36.25"]),
        "latitude": st.sampled_from(["48.9897", "49.5"]),
        "source": WORDS,
        "text": WORDS | st.just(""),
        "representative_text": WORDS,
        "odd column": WORDS,
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ROWS, min_size=1, max_size=5))
def test_every_cell_of_every_row_of_viina_is_found_in_the_casebook(rows):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "info.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, VIINA_COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        book = read_viina(path).casebook
    for row in rows:
        event = book.events[book.events["id"] == f"viina-{row['event_id_1pd']}"]
        reports = book.reports[book.reports["event_id"] == f"viina-{row['event_id_1pd']}"]
        held = event.to_csv() + reports.to_csv()
        assert [cell for cell in row.values() if cell not in held] == []


def test_a_further_row_of_an_event_on_another_day_is_kept_and_said(tmp_path):
    text = VIINA.replace("2.0,11,7,20240216,1,Lyman", "2.0,11,7,20240218,1,Izium")
    imported = read_viina(made(tmp_path / "info.csv", text))
    (further,) = extra(rows_of(imported)["viina-7"])["further rows"]
    assert (further["date"], further["asciiname"]) == ("20240218", "Izium")
    assert further["text"] == "Удар 2"
    assert imported.casebook.reports["summary"].tolist() == ["Удар", "Удар 2", "Бой"]
    said = [(d.line, d.reason, d.found) for d in imported.account.doubts if "earlier" in d.reason]
    assert said == [
        (
            3,
            "another day or position than an earlier row of the event",
            "date_start 2024-02-18, date_end 2024-02-18",
        )
    ]


def _mark(text, point="37.8022,48.9897", attributes="", name="20 APR 2026"):
    return (
        f"<Placemark{attributes}><name>{name}</name><description>{text}</description>"
        f"<Point><coordinates>{point}</coordinates></Point></Placemark>"
    )


def _kml(*marks):
    folders = "".join(f"<Folder><name>F</name>{mark}</Folder>" for mark in marks)
    return f"<kml><Document>{folders}</Document></kml>"


@pytest.mark.parametrize("reader", [read_kml, read_geoconfirmed])
def test_two_placemarks_with_one_id_are_two_events(tmp_path, reader):
    text = _kml(_mark("bridge", attributes=' id="p1"'), _mark("tank", attributes=' id="p1"'))
    imported = reader(made(tmp_path / "a.kml", text))
    rows = rows_of(imported).values()
    assert sorted(row["effects"] for row in rows) == ["bridge", "tank"]
    assert {extra(row)["id"] for row in rows} == {"p1"}


def test_of_several_points_the_first_is_taken_and_all_are_kept(tmp_path):
    one = "<Point><coordinates>{}</coordinates></Point>"
    shape = one.format("37,48,0") + one.format("38,49,0")
    text = _kml(
        f"<Placemark><name>20 APR 2026</name><MultiGeometry>{shape}</MultiGeometry></Placemark>"
    )
    imported = read_kml(made(tmp_path / "a.kml", text))
    (row,) = rows_of(imported).values()
    assert (row["lon"], row["lat"]) == (37.0, 48.0)
    assert extra(row)["all coordinates"] == "37,48,0; 38,49,0"
    assert [d.reason for d in imported.account.doubts] == [
        "more than one geometry, the first point is taken",
        "no word that is known tells what happened",
    ]


def test_a_line_that_is_set_aside_keeps_its_coordinates(tmp_path):
    imported = read_kml(made(tmp_path / "a.kml", KML))
    aside = next(one for one in imported.account.set_aside if one.remark.reason == "no point")
    assert json.loads(aside.row)["all coordinates"] == "1,2 3,4"


def test_extended_data_does_not_hide_what_a_placemark_says_itself(tmp_path):
    data = '<ExtendedData><Data name="Name"><value>Other</value></Data></ExtendedData>'
    mark = _mark("bridge").replace("</Placemark>", f"{data}</Placemark>")
    (row,) = rows_of(read_kml(made(tmp_path / "a.kml", _kml(mark)))).values()
    assert row["date_start"].date().isoformat() == "2026-04-20"
    assert extra(row)["data name"] == "Other"


def test_a_copy_of_a_kml_file_adds_no_event(tmp_path):
    book = tmp_path / "book"
    write_import(read_kml(made(tmp_path / "a.kml", KML)), book)
    written = write_import(read_kml(made(tmp_path / "a (1).kml", KML)), book)
    assert written.remarks == ("0 events are new, 1 were there",)


def _table(path, text, title="t"):
    mapping = propose_mapping(made(path, text)).replace(f'"{path.stem}"', f'"{title}"')
    return read_csv(path, mapping=made(path.with_suffix(".toml"), mapping))


def test_ids_in_cyrillic_or_with_other_marks_stay_apart(tmp_path):
    keys = ["Харків-1", "Одеса-1", "A/1", "A-1", "!"]
    text = "id,date\n" + "".join(f"{key},2024-01-02\n" for key in keys)
    imported = _table(tmp_path / "a.csv", text)
    assert len(imported.casebook.events) == 5
    assert not imported.account.set_aside
    assert sum(name.startswith("t-kharkiv-1-") for name in rows_of(imported)) == 1
    assert "t-a-1" in rows_of(imported)


def test_two_tables_with_cyrillic_titles_are_two_sources(tmp_path):
    book = tmp_path / "book"
    for name, title in (("a", "Мої події"), ("b", "Інші події")):
        imported = _table(tmp_path / f"{name}.csv", "id,date\n1,2024-01-02\n", title)
        write_import(imported, book)
    read = read_casebook(book)
    assert len(read.events) == 2
    assert {info.title for info in read.info.sources.values()} == {"Мої події", "Інші події"}


def test_a_source_with_the_id_of_another_is_refused(tmp_path):
    book = tmp_path / "book"
    write_import(_table(tmp_path / "a.csv", "id,date\n1,2024-01-02\n", "My events"), book)
    second = _table(tmp_path / "b.csv", "id,date\n2,2024-01-02\n", "My_events")
    with pytest.raises(CasebookError, match="two sources cannot have one id"):
        write_import(second, book)
    assert len(read_casebook(book).events) == 1


UCDP_EVENT = "id,where_prec,side_a\n1,1.0,a\n2,2,b\n2,3,c\n3,1,a\n"
UCDP_PLACE = "id,latitude,longitude,side_a\n1,48.9,37.8,other\n2,48.8,37.7,\n"
UCDP_TIME = "id,date_start,date_end,date_prec\n1,2022-04-14,2022-04-15,3.0\n2,2022-04-14,,1\n"


def test_rows_of_split_tables_that_match_nothing_are_set_aside_with_file_and_line(tmp_path):
    parts = (("Event", UCDP_EVENT), ("Place", UCDP_PLACE), ("Time", UCDP_TIME + "9,2022-04-14,,\n"))
    imported = read_ucdp([made(tmp_path / f"{name}.csv", text) for name, text in parts])
    aside = [
        (one.remark.file, one.remark.line, one.remark.reason) for one in imported.account.set_aside
    ]
    assert aside == [
        ("Event.csv", 4, "the id of another row with other contents"),
        ("Event.csv", 5, "an id that no table with positions has"),
        ("Time.csv", 4, "an id that no table with positions has"),
    ]
    row = rows_of(imported)["ucdp-1"]
    assert (row["precision_m"], row["date_basis"]) == (5000.0, "about")
    assert extra(row)["side_a"] == "other"
    assert extra(row)["side_a (Event.csv)"] == "a"


def test_a_split_table_alone_is_named_with_what_is_missing(tmp_path):
    with pytest.raises(ImportFileError, match=r"Time\.csv: found no column latitude, longitude;"):
        read_ucdp(made(tmp_path / "Time.csv", UCDP_TIME))


def test_rows_set_aside_of_two_files_with_one_name_are_all_kept(tmp_path):
    for name, bad in (("p", "soon"), ("q", "later")):
        (tmp_path / name).mkdir()
        text = ACLED.replace("UKR6,soon", f"UKR6,{bad}")
        imported = read_acled(made(tmp_path / name / "export.csv", text))
        write_import(imported, tmp_path / "book")
    with (tmp_path / "book-set-aside.csv").open(encoding="utf-8", newline="") as file:
        rows = [json.loads(row["row"]) for row in csv.DictReader(file)]
    assert {"soon", "later"} <= {row.get("event_date") for row in rows}


def test_a_row_that_is_read_again_and_taken_leaves_the_set_aside_file(tmp_path):
    path = made(tmp_path / "a.csv", "id,date\n1,01/02/2024\n2,13/02/2024\n")
    for order, aside in (("mdy", True), ("dmy", False)):
        text = f'title = "t"\ndate_order = "{order}"\n[columns]\nid = "id"\ndate_start = "date"\n'
        imported = read_csv(path, mapping=made(tmp_path / "a.toml", text))
        written = write_import(imported, tmp_path / "book")
        assert (written.set_aside is not None) is aside


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "file,line,reason,row\nx,1\n"])
def test_a_file_of_somebody_else_is_not_taken_for_rows_set_aside(tmp_path, content):
    path = made(tmp_path / "book-set-aside.csv", content)
    imported = read_acled(made(tmp_path / "acled.csv", ACLED))
    with pytest.raises(ImportFileError, match="found another table"):
        write_import(imported, tmp_path / "book")
    assert path.read_text("utf-8") == content
    assert not (tmp_path / "book").exists()


def test_a_line_changed_by_hand_does_no_harm(tmp_path):
    made(tmp_path / "book-set-aside.csv", 'file,line,reason,row\nx.csv,?,why,"{}"\n')
    imported = read_acled(made(tmp_path / "acled.csv", ACLED))
    assert write_import(imported, tmp_path / "book").set_aside
    assert "x.csv,?,why" in (tmp_path / "book-set-aside.csv").read_text("utf-8")


def test_codes_that_software_made_decimals_of_are_the_codes(tmp_path):
    text = ACLED.replace("37.8022,1,", "37.8022,1.0,").replace("2024,2,Pol", "2024,2.0,Pol")
    imported = read_acled(made(tmp_path / "acled.csv", text))
    plain = read_acled(made(tmp_path / "plain.csv", ACLED))
    columns = ["id", "date_start", "date_end", "date_basis", "precision_m"]
    assert imported.casebook.events[columns].equals(plain.casebook.events[columns])


def test_an_unknown_code_of_precision_is_a_doubt_with_the_coarsest_radius(tmp_path):
    text = VIINA.replace("ADM3,1,", "WEIRD,1,")
    imported = read_viina(made(tmp_path / "info.csv", text))
    assert rows_of(imported)["viina-7"]["precision_m"] == 600_000.0
    (doubt,) = [d for d in imported.account.doubts if "precision" in d.reason]
    assert (doubt.line, doubt.found) == (2, "WEIRD")
    assert "taken as the coarsest: WEIRD" in rows_of(imported)["viina-7"]["note"]


def test_a_wrong_unit_does_not_take_the_country_with_it(tmp_path):
    row = rows_of(read_acled(made(tmp_path / "acled.csv", ACLED)))["acled-ukr5"]
    assert (row["admin1"], row["country"]) == (None, "UA")
    assert extra(row)["admin1"] == "Kharkiv"


def test_events_of_our_own_kml_come_back_as_they_were(january, tmp_path):
    path = write_kml(january, tmp_path / "january.kml")
    imported = read_kml(path)
    assert imported.account.set_aside == ()
    found = rows_of(imported)
    assert len(found) == 53
    before = {row["id"]: row for row in january.events.to_dict("records")}
    names = ("kind", "date_start", "date_end", "place", "facility", "effects", "status", "note")
    for key, row in found.items():
        assert [row[name] for name in names] == [before[key][name] for name in names]
    claimed = {i for i in january.claims["event_id"].dropna() if i in found}
    assert {key for key, row in found.items() if row["extra"]} == claimed
    columns = ["event_id", "claimant", "stance", "published", "url", "summary"]
    reports = january.reports[january.reports["event_id"].isin(found)]
    ordered = imported.casebook.reports[columns].sort_values(columns).reset_index(drop=True)
    assert ordered.equals(reports[columns].sort_values(columns).reset_index(drop=True))
