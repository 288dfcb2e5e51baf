"""A claim means the same straight from a text and out of the rows of a casebook."""

import csv
import datetime as dt

import pytest

from geoconflict import Claim, Gazetteer, check_claims, read_casebook, read_claims
from geoconflict.casebooks.casebook import make_casebook
from geoconflict.casebooks.files import write_casebook, write_claims
from geoconflict.casebooks.records import READ_COLUMNS, MapInfo
from tests.commands import run
from tests.conftest import REPOSITORY, read_table
from tests.reading.test_honest import SILENT

DAY = dt.date(2025, 1, 24)
READING = REPOSITORY / "tests" / "reading"
REPORTS = REPOSITORY.parent / "shared" / "reports"
NAMESAKES = (
    "Volchansk, 5 km from the border, burns. Troops captured the village of Shevchenko, "
    "10 km south of Pokrovsk."
)
INFO = MapInfo.model_validate({"title": "Read", "period": (DAY, DAY), "sources": {}})


def through_a_casebook(claims, folder):
    write_casebook(make_casebook("read", INFO, events=(), claims=claims), folder)
    return read_casebook(folder).claim_records()


def facts(checks):
    return [(c.claim.id, c.verdict, c.reason, c.stated, c.measured, c.notes) for c in checks]


def numbered(text, prefix):
    """The claims of a text under ids of their own, so that many texts fit one casebook."""
    for claim in read_claims(text, published=DAY):
        ends = {
            end: "claim:" + "+".join(f"{prefix}-{one}" for one in value[6:].split("+"))
            for end in ("subject", "reference")
            if (value := getattr(claim, end)) and value.startswith("claim:")
        }
        yield claim.model_copy(update={"id": f"{prefix}-{claim.id}", **ends})


def own_sentences():
    """Every sentence of the tables that the reader is tried on, with what stands before it."""
    for path in sorted(READING.rglob("*.csv")):
        for row in read_table(path):
            said = row.get("sentence") or row["text"]
            yield " ".join(filter(None, (row.get("context"), said)))
    for path in sorted(READING.rglob("*.txt")):
        yield from (line.rpartition("\t")[2] for line in path.read_text("utf-8").splitlines())


def test_a_verdict_is_the_same_out_of_a_casebook(tmp_path):
    texts = sorted({*own_sentences(), *SILENT, NAMESAKES})
    claims = [claim for n, text in enumerate(texts) for claim in numbered(text, n)]
    assert len(claims) > 900
    again = through_a_casebook(claims, tmp_path / "book")
    assert again == claims
    # A text's claims speak of each other, so that one text in three is checked whole.
    some = [[one for one in all_ if int(one.id.split("-")[0]) % 3 == 0] for all_ in (again, claims)]
    assert facts(check_claims(some[0])) == facts(check_claims(some[1]))


def test_so_it_is_of_whole_reports(tmp_path):
    if not REPORTS.exists():
        pytest.skip("the reports beside the project are not here")
    texts = [path.read_text("utf-8") for path in sorted(REPORTS.glob("*.txt"))]
    claims = [claim for n, text in enumerate(texts) for claim in numbered(text, n)]
    again = through_a_casebook(claims, tmp_path / "book")
    assert facts(check_claims(again)) == facts(check_claims(claims))


def test_a_namesake_read_from_a_text_is_never_refuted_in_a_casebook(tmp_path):
    claims = through_a_casebook(read_claims(NAMESAKES, published=DAY), tmp_path / "book")
    assert [check.verdict for check in check_claims(claims)] == ["undetermined"] * 2


@pytest.mark.parametrize(
    ("subject", "verdict"),
    [("place:Volchansk", "undetermined"), ("place:Volchansk, RU", "contradicted")],
)
def test_so_is_a_name_that_somebody_recorded_without_its_region(subject, verdict):
    """Volchansk in the Urals is 1,700 km from the border, Vovchansk at the front 5 km."""
    stated = {"kind": "distance", "value_min": 5, "unit": "km", "reference": "border:UA"}
    (check,) = check_claims([Claim(id="a", source="s", subject=subject, **stated)])
    assert check.verdict == verdict


def test_nor_is_a_reference_read_as_a_namesake_of_the_one_that_fits():
    read = {"reference": "place:Volchansk, RU", "reference_text": "Volchansk"}
    stated = {"kind": "distance", "value_min": 60, "unit": "km", "subject": "place:Kharkiv, UA"}
    claim = Claim(id="a", source="s", reference_found="named", **read, **stated)
    (check,) = check_claims([claim])
    assert (check.verdict, check.parts[0].why.code) == ("undetermined", "namesake")
    assert check.parts[0].why.given["place"].name == "Vovchansk"
    assert check.stated == "Kharkiv (Kharkiv Oblast, UA): 60 km from Volchansk"


def test_the_command_writes_rows_that_a_casebook_takes_as_they_are(tmp_path):
    report, book = tmp_path / "r.txt", tmp_path / "book"
    report.write_text(f"{NAMESAKES} Kazan lies 30 km from Japan's border.", "utf-8")
    write_casebook(make_casebook("read", INFO, events=()), book)
    (book / "claims.csv").unlink()
    options = ("--date", "2025-01-24", "--claims-csv", book / "claims.csv")
    assert run("check", report, *options).returncode == 0
    assert run("validate", book).returncode == 0
    assert "claims.csv is there already" in run("check", report, *options).stderr
    rows = list(csv.DictReader((book / "claims.csv").read_text("utf-8").splitlines()))
    assert rows[0]["text"] == "5 km from the border"
    assert rows[0]["subject_text"] == "Volchansk"
    assert (rows[0]["subject_found"], rows[0]["reference_found"]) == ("named", "implied")
    assert rows[1]["subject_certainty"] == "open"
    assert rows[1]["sentence"].startswith("Troops captured")


def test_a_table_made_by_hand_has_no_columns_of_a_reader(tmp_path):
    claim = Claim(id="a", kind="count", value_min=2, unit="drones", source="s")
    assert not READ_COLUMNS & set(write_claims(tmp_path / "c.csv", [claim]).read_text().split(","))


def test_a_facility_known_only_by_its_town_is_as_uncertain_in_a_casebook(tmp_path):
    text = "A shipyard in Oryol lies 150 km from Ukraine's border."
    (claim,) = through_a_casebook(read_claims(text, gazetteer=Gazetteer.default()), tmp_path / "b")
    assert (claim.subject_found, claim.subject_reach_km) == ("town_of_facility", 10.0)
    (check,) = check_claims([claim])
    assert check.measurement.subject.accuracy_m >= 10_000
