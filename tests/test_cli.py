"""The commands as a user runs them."""

import csv
import json
import re

import pytest

from tests.commands import run
from tests.conftest import JANUARY


def test_place_with_context_as_json():
    result = run("place", "Lyman", "--context", "Siversk; Kramatorsk", "--json")
    assert result.returncode == 0
    answer = json.loads(result.stdout)
    assert answer["status"] == "resolved"
    assert answer["place"]["admin1"] == "Donetsk Oblast"
    assert answer["place"]["lat"] == pytest.approx(48.99, abs=0.01)


def test_place_takes_kind_date_and_fuzzy():
    assert "Volga River" in run("place", "Volga", "--kind", "water").stdout
    assert "its name from 1951 to 2024" in run("place", "Chervonohrad", "--date", "2020").stdout
    assert run("place", "Krematorsk").returncode == 1
    assert "Kramatorsk" in run("place", "Krematorsk", "--fuzzy").stdout


def test_measure_as_json_has_every_field():
    result = run("measure", "54.6269, 39.6916", "border:UA", "--json")
    answer = json.loads(result.stdout)
    assert answer["distance_km"] == pytest.approx(461.8, abs=0.3)
    assert answer["azimuth_deg"] == pytest.approx(52, abs=0.5)
    assert answer["inside"] is False
    assert set(answer["nearest_point"]) == {"lon", "lat"}
    assert {"from", "to", "reference", "uncertainty_km"} <= set(answer)


def test_measure_between_two_towns():
    answer = json.loads(run("measure", "Moscow", "Yelabuga", "--json").stdout)
    assert answer["distance_km"] == pytest.approx(904, abs=1)
    assert answer["azimuth_deg"] == pytest.approx(84, abs=1)
    assert answer["from"]["title"].startswith("Moscow")


def test_check_prints_a_line_a_claim():
    result = run("check", JANUARY)
    lines = result.stdout.splitlines()
    assert result.returncode == 2
    rows = len((JANUARY / "claims.csv").read_text("utf-8").splitlines()) - 1
    # A line a claim, those left open for one reason below it, and what is lacking.
    headings = [line for line in lines if re.match(r"undetermined +\d+ × ", line)]
    told = [line for line in lines if line not in headings]
    assert told[rows + 1].startswith(f"{rows} claims: ")
    assert sum(int(re.search(r"(\d+) ×", line)[1]) for line in headings) > 60
    assert len({line.partition("×")[2] for line in headings}) == len(headings) > 1
    assert "nothing recorded here can confirm or refute" not in "".join(told)
    # Then rows that do not agree with each other: 593 / 31 is not 18.
    beside = "[gains-december-2024, gains-december-per-day]"
    assert [line for line in told[rows + 2 :] if line.endswith(beside)]
    lines = told[: rows + 2]
    # What is lacking is said once, with what to give.
    assert lines[-2].startswith("6 claims need the front: give snapshots of it with --front")
    assert lines[-2].count("--front") == 1
    line = next(line for line in lines if "18 km² a day" in line)
    assert line.startswith("contradicted")
    assert "6.95 mi² a day, not 11" in line


def test_check_as_json_is_the_same_as_data():
    checks = json.loads(run("check", JANUARY, "--json").stdout)
    alabuga = next(check for check in checks if check["claim"]["id"] == "alabuga-moscow")
    assert alabuga["verdict"] == "off"
    assert alabuga["parts"][0]["gap"] == pytest.approx(-96, abs=2)


def check_text(text, *options):
    given = text if isinstance(text, bytes) else text.encode("utf-8")
    result = run("check", "-", *options, given=given)
    return result.returncode, result.stdout, result.stderr


def test_check_reads_a_report_from_standard_input():
    code, out, _ = check_text("In Engels, 640 km from Ukraine's border, a depot burned.")
    assert code == 2
    assert "In Engels, **640 km from Ukraine's border**, a depot burned." in out
    assert "contradicted: 471.1 km is 168.9 km less" in out
    assert out.endswith("1 claim: 1 contradicted\n")


def test_check_exits_0_where_all_holds_and_where_nothing_is_stated():
    assert check_text("Ryazan lies roughly 500 km north of Ukraine's border.")[0] == 0
    code, out, _ = check_text("Nothing is stated here.")
    assert (code, out.startswith("no distance, direction, area")) == (0, True)


def test_check_as_data_and_as_a_table():
    text = "Kazan is some 720 km east of Moscow."
    (one,) = json.loads(check_text(text, "--json", "--date", "2025-01-24")[1])
    assert one["claim"]["date"] == "2025-01-24"
    assert text[one["claim"]["start"] : one["claim"]["end"]] == "some 720 km east of Moscow"
    header, row = csv.reader(check_text(text, "--csv")[1].splitlines())
    assert dict(zip(header, row, strict=True))["verdict"] == "supported"


def test_check_lists_what_it_did_not_check():
    text = "The pipeline is 4,000 km long, the wall 12 km. Kazan is some 720 km east of Moscow."
    code, out, _ = check_text(text)
    assert code == 0
    assert out.splitlines()[-3].startswith("not checked, as no rule here reads")
    assert "The pipeline is **4,000 km** long, the wall" in out
    verdicts = ["supported", "not_checked", "not_checked"]
    assert [one["verdict"] for one in json.loads(check_text(text, "--json")[1])] == verdicts
    header, *rows = csv.reader(check_text(text, "--csv")[1].splitlines())
    assert [dict(zip(header, row, strict=True))["verdict"] for row in rows] == verdicts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "standard input is empty"),
        ("Рязань лежит далеко.".encode("cp1251"), "found bytes that are no UTF-8"),
        (b"%PDF-1.7 and so on", "is a PDF file: save it as plain text"),
        (b"a" * 6_000_000, "longer than 5 MB"),
        (b"null\x00bytes", "is no plain text"),
    ],
)
def test_what_is_no_report_is_said_in_one_line(text, said):
    code, out, err = check_text(text)
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert said in err


def test_validate_a_good_casebook():
    result = run("validate", JANUARY)
    assert result.returncode == 0
    assert "no faults" in result.stdout


def test_validate_reports_every_fault_and_fails(casebook_copy):
    path = casebook_copy / "events.csv"
    text = path.read_text("utf-8").replace(",strike,2025-02-02,", ",raid,2.2.2025,")
    path.write_text(text, "utf-8")
    result = run("validate", casebook_copy)
    assert result.returncode == 1
    assert result.stdout == ""
    assert "column kind: found 'raid', expected 'strike'" in result.stderr
    fault = "column date_start: found '2.2.2025', expected a date such as 2025-01-24"
    assert fault in result.stderr


def test_map_writes_one_file_and_says_where(tmp_path):
    result = run("map", JANUARY, "-o", tmp_path / "page.html")
    assert result.returncode == 0
    assert str(tmp_path / "page.html") in result.stdout
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_map_takes_language_title_blur_and_tiles(tmp_path):
    page = tmp_path / "page.html"
    options = ("--language", "uk", "--title", "Січень", "--blur", "10", "--tiles", "OpenTopoMap")
    result = run("map", JANUARY, "-o", page, *options)
    assert (result.returncode, result.stdout[:8]) == (0, "записано")
    html = page.read_text("utf-8")
    assert '<html lang="uk">' in html
    assert '<title lang="en">Січень</title>' in html
    assert "https://a.tile.opentopomap.org" in html


def test_map_of_a_broken_casebook_writes_nothing_and_loses_nothing(casebook_copy, tmp_path):
    target = tmp_path / "page.html"
    target.write_text("yesterday's page", "utf-8")
    (casebook_copy / "claims.csv").write_text("", "utf-8")
    result = run("map", casebook_copy, "-o", target)
    assert result.returncode == 1
    assert "claims.csv:1: found an empty file" in result.stderr
    assert target.read_text("utf-8") == "yesterday's page"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("place", "Nowhereville"), "the gazetteer has no place called 'Nowhereville'"),
        (("place", "Borova"), "name the region or a place nearby"),
        (("place", "Kazan", "--admin1", "Atlantis"), "no place called 'Atlantis'"),
        (("place", "Kazan", "--country", "ZZ"), "ZZ"),
        (("place", "Kazan", "--kind", "villages"), "expected one of settlement, facility"),
        (("measure", "Ryazan", "border:XX"), "there is no border of XX in the data: measure from"),
        (("measure", "95, 30", "border:UA"), "latitude 95 is not on Earth"),
        (("measure", "39.6916, 54.6269", "border:UA"), "give latitude first"),
        (("measure", "Ryazan", "front:deepstate@2025-01-24"), "no front snapshots are given"),
        (
            ("check", "no-such-folder"),
            "there is no no-such-folder: give a text file, - for standard input",
        ),
        (("check", "https://example.org/a"), "nothing is fetched: save the page"),
        (("draft", "https://example.org/a"), "nothing is fetched: save the page"),
        (("check", JANUARY / "events.csv"), "geoconflict import csv"),
        (("draft", JANUARY / "events.csv"), "geoconflict import csv"),
        (("draft", "no-report.txt"), "there is no no-report.txt"),
        (("draft", JANUARY / "map.png"), "no UTF-8"),
        (("map", JANUARY, "-o", "no/such/folder/page.html"), "no/such/folder"),
        (("map", JANUARY, "-o", "."), "folder"),
        (("map", JANUARY, "--blur", "0"), "cells of 0 km; expected 0.5 to 200"),
        (("map", JANUARY, "--tiles", "Nowhere"), "no map tiles called 'Nowhere'"),
    ],
)
def test_what_goes_wrong_is_one_clear_line_and_exit_1(arguments, said, tmp_path):
    result = run(*arguments, cwd=tmp_path)
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("geoconflict: ")
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command",
    ["place", "measure", "check", "map", "validate", "import", "link", "export", "enrich"],
)
def test_every_command_has_help_with_an_example(command):
    result = run(command, "--help")
    assert result.returncode == 0
    assert f"Example: geoconflict {command}" in result.stdout


def test_validate_tells_of_a_position_far_from_its_town(casebook_copy):
    path = casebook_copy / "events.csv"
    rows = path.read_text("utf-8").splitlines()
    names = rows[0].split(",")
    row = dict.fromkeys(names, "") | {"id": "odd", "kind": "other", "place": "Kyiv"}
    row |= {"date_start": "2025-01-14", "date_end": "2025-01-14", "date_basis": "exact"}
    row |= {"lon": "24.0297", "lat": "49.8397", "admin1": "UA-46", "country": "UA"}
    row |= {"actor": "unknown", "status": "claimed"}
    path.write_text("\n".join([*rows, ",".join(row[name] for name in names), ""]), "utf-8")
    result = run("validate", casebook_copy)
    assert result.returncode == 0, result.stderr
    assert "1 doubtful position" in result.stdout
    assert "odd: position far from the place named" in result.stdout


def test_a_folder_without_a_casebook_is_one_line(tmp_path):
    result = run("map", tmp_path)
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)
    assert len(result.stderr) < 300


def test_of_a_page_the_text_is_checked_and_no_script(tmp_path):
    text = "Ryazan, roughly 500 km north of the border of Ukraine, was hit. " * 3
    script = "<script>var a = 'Kazan is 900 km from the border'</script>"
    page = (
        f"<!DOCTYPE html><html><head>{script}</head><body><article><p>{text}</p></article></body>"
    )
    (tmp_path / "a.html").write_text(page, "utf-8")
    result = run("check", tmp_path / "a.html")
    assert result.returncode == 0, result.stderr
    assert "Ryazan" in result.stdout
    assert "script" not in result.stdout
    assert "Kazan" not in result.stdout
