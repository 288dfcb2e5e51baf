import csv
from dataclasses import replace

import pandas as pd
import pytest

from geoconflict import read_casebook
from geoconflict.errors import CasebookError, OptionError


def _edit(path, line, **cells):
    """Change cells of one row; line 1 is the header."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[line - 2] |= cells
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _faults(folder):
    with pytest.raises(CasebookError) as caught:
        read_casebook(folder)
    return caught.value.faults


def test_the_tables_are_frames(january):
    assert january.events.crs == "EPSG:4326"
    assert pd.api.types.is_datetime64_any_dtype(january.events["date_start"])
    assert set(january.reports["event_id"]) == set(january.events["id"])
    assert january.info.sources["isw-2025-02-03"].publisher == "Institute for the Study of War"


def test_claims_survive_the_frame(january):
    assert [claim.id for claim in january.claim_records()] == list(january.claims["id"])


def test_events_are_chosen_with_their_reports_and_claims(january):
    plant = january.select(facility="Ryazan oil refinery")
    assert plant.events["id"].tolist() == ["2025-01-24-ryazan-refinery"]
    assert set(plant.reports["event_id"]) == {"2025-01-24-ryazan-refinery"}
    assert "ryazan-border" in plant.claims["id"].tolist()
    assert january.select(facility="ryazan-refinery", since="2025-01-25").events.empty
    assert january.select(facility="ryazan-refinery", until="2025-01-22").events.empty
    assert len(january.select(kind="strike").events) == (january.events["kind"] == "strike").sum()


def test_claims_come_with_those_that_they_are_stated_of(january):
    claims = january.claims.copy()
    claims.loc[claims["id"] == "gains-decrease", "event_id"] = "2025-01-24-ryazan-refinery"
    book = replace(january, claims=claims).select(facility="ryazan-refinery")
    kept = book.claims.set_index("id")["event_id"]
    assert {"gains-december-2024", "gains-january-2025"} <= set(kept.index)
    assert pd.isna(kept["gains-january-2025"])
    assert "gains-2024" not in kept.index


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "strikes"}, "no event has kind 'strikes': expected 'strike', 'interception'"),
        (
            {"country": "Russia"},
            "an ISO 3166-1 code such as UA: did you mean RU",
        ),
        ({"admin1": "Tambov Oblast"}, "such as UA-14: did you mean RU-TAM"),
        ({"facility": "Xyz mill"}, "the gazetteer knows no such facility"),
    ],
)
def test_a_slip_selects_nothing_silently(january, asked, said):
    with pytest.raises(OptionError, match=said):
        january.select(**asked)


def test_a_night_spans_two_days(january):
    row = january.events.set_index("id").loc["2025-02-03-volgograd-refinery"]
    assert (row["date_start"], row["date_end"]) == (
        pd.Timestamp("2025-02-02"),
        pd.Timestamp("2025-02-03"),
    )


def test_all_faults_are_reported_at_once_with_line_column_value_and_expectation(casebook_copy):
    _edit(casebook_copy / "events.csv", 2, date_start="24.01.2025", kind="raid")
    _edit(casebook_copy / "events.csv", 5, lon="36", lat="95")
    _edit(casebook_copy / "claims.csv", 3, value_min="1,200", direction="up")
    _edit(casebook_copy / "reports.csv", 4, source="nobody", url="javascript:alert(1)")
    found = {(f.file, f.line, f.column): (f.found, f.expected) for f in _faults(casebook_copy)}
    assert found["events.csv", 2, "date_start"] == ("'24.01.2025'", "a date such as 2025-01-24")
    assert "'strike'" in found["events.csv", 2, "kind"][1]
    assert found["events.csv", 5, "lat"] == ("'95'", "less than or equal to 90")
    assert found["claims.csv", 3, "value_min"][1].startswith("a number such as 1200")
    assert found["claims.csv", 3, "direction"][1].startswith("one of N, NNE")
    assert "http" in found["reports.csv", 4, "url"][1]


def test_ids_that_point_nowhere_and_stand_twice_are_faults(casebook_copy):
    first = read_casebook(casebook_copy).events["id"][0]
    _edit(casebook_copy / "events.csv", 4, id=first)
    _edit(casebook_copy / "claims.csv", 2, event_id="no-such-event")
    found = {(f.file, f.line, f.column): f.expected for f in _faults(casebook_copy)}
    assert found["events.csv", 4, "id"] == "an id of its own (line 2 has it too)"
    assert found["claims.csv", 2, "event_id"] == "an id of events.csv"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "an empty file"),
        (b"id,kind\n", "no such column"),
        (b"\xff\xfe\x00", "bytes that are no UTF-8"),
        (b"id,kind,date_start,date_end,colour\n", "the unknown column 'colour'"),
        (b"id,kind,date_start,date_end\nx,strike,2025-01-01\n", "3 fields"),
        (b'id,kind,date_start,date_end\nx,"strike,2025-01-01,2025-01-01\n', "a broken row"),
        (b"id,kind,date_start,date_end\nx,strike,2025-02-02,2025-01-01\n", "does not fit together"),
    ],
)
def test_a_damaged_table_says_what_is_wrong(casebook_copy, content, said):
    (casebook_copy / "events.csv").write_bytes(content)
    assert any(said in f.found for f in _faults(casebook_copy) if f.file == "events.csv")


def test_a_spreadsheets_byte_order_mark_and_line_ends_are_read(casebook_copy):
    path = casebook_copy / "events.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read_casebook(casebook_copy).events) > 10


@pytest.mark.parametrize("name", ["map.toml", "events.csv", "reports.csv", "claims.csv"])
def test_a_missing_file_is_named(casebook_copy, name):
    (casebook_copy / name).unlink()
    assert any(f.file == name and f.found == "no such file" for f in _faults(casebook_copy))


def test_a_claim_lacking_its_number_is_a_fault(casebook_copy):
    _edit(casebook_copy / "claims.csv", 2, value_min="", secondary_unit="")
    assert any("value_min" in f.expected for f in _faults(casebook_copy))


def test_a_broken_map_toml_is_one_fault(casebook_copy):
    (casebook_copy / "map.toml").write_text("title = ", "utf-8")
    assert [f.file for f in _faults(casebook_copy)] == ["map.toml"]


def test_swapped_coordinates_are_said_to_be_swapped(casebook_copy):
    _edit(casebook_copy / "events.csv", 2, lon="48.6", lat="38.0", admin1="UA-14")
    (fault,) = _faults(casebook_copy)
    assert (fault.file, fault.line, fault.column) == ("events.csv", 2, "lon")
    assert fault.expected == "a position in UA-14; lon and lat look swapped"


def test_a_position_in_the_unit_that_is_named_is_accepted(casebook_copy):
    _edit(casebook_copy / "events.csv", 2, lon="38.0", lat="48.6", admin1="UA-14")
    assert read_casebook(casebook_copy).events["lon"][0] == 38.0


def test_semicolons_are_said_to_be_semicolons(casebook_copy):
    path = casebook_copy / "events.csv"
    path.write_text(path.read_text("utf-8").replace(",", ";"), "utf-8")
    (fault,) = [f for f in _faults(casebook_copy) if f.file == "events.csv"]
    assert fault.found == "columns separated by ;"


def test_other_line_marks_stand_within_a_cell(casebook_copy):
    _edit(casebook_copy / "events.csv", 2, effects="one\u2028two\x0bthree\x85four")
    assert read_casebook(casebook_copy).events["effects"][0] == "one\u2028two\x0bthree\x85four"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("subject", "bordr:UA", "did you mean border:"),
        ("subject", "facility:nowhere", "an id of the gazetteer's facility records"),
        ("reference", "border:XX", "there is no border of XX"),
        ("reference", "claim:nope", "an id of claims.csv"),
        ("reference", "figure:nope", "no official figure 'nope', only area-ua"),
        ("hedge", "approximatly", "one of about, around"),
        ("unit", "kilometres", "km for kilometres"),
        ("unit", "people", "a unit of length in a claim of kind distance"),
        ("value_min", "-500", "greater than or equal to 0"),
        ("secondary_unit", "km2", "a secondary_unit that measures the same as unit"),
    ],
)
def test_what_a_claim_cannot_be_about_is_a_fault(casebook_copy, column, value, said):
    _edit(casebook_copy / "claims.csv", 2, **{column: value})
    assert any(said in f.expected for f in _faults(casebook_copy)), _faults(casebook_copy)


def test_claims_computed_from_themselves_are_faults(casebook_copy):
    ids = [claim.id for claim in read_casebook(casebook_copy).claim_records()][:2]
    _edit(casebook_copy / "claims.csv", 2, kind="share", subject=f"claim:{ids[1]}")
    _edit(casebook_copy / "claims.csv", 3, kind="share", subject=f"claim:{ids[0]}")
    faults = _faults(casebook_copy)
    assert [f.line for f in faults if "not computed from this one" in f.expected] == [2, 3]


def test_unknown_codes_are_faults_with_their_line(casebook_copy):
    _edit(casebook_copy / "events.csv", 2, admin1="UA-99")
    _edit(casebook_copy / "events.csv", 3, admin1="UA-14", country="RU")
    found = {(f.line, f.column): f.expected for f in _faults(casebook_copy)}
    assert found[2, "admin1"].startswith("a code of the gazetteer")
    assert found[3, "admin1"] == "a unit of that country"


def test_what_a_column_takes_is_told_once(casebook_copy):
    for line in (2, 3):
        _edit(casebook_copy / "events.csv", line, target_type="castle")
    with pytest.raises(CasebookError) as caught:
        read_casebook(casebook_copy)
    first, second = (line for line in str(caught.value).splitlines() if "castle" in line)
    assert "refinery" in first
    assert second.endswith("found 'castle', expected what line 2 does")
    # Each fault stays whole for whoever reads it as data.
    assert len({fault.expected for fault in caught.value.faults if "castle" in fault.found}) == 1
