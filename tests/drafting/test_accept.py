"""What was accepted goes into a casebook: whole, once, and never over what a person changed."""

import datetime as dt
import json

import pytest
from typer.testing import CliRunner

import geoconflict as gc
from geoconflict import read_casebook
from geoconflict.cli import app
from geoconflict.drafting import draft_events, new_casebook, write_validated
from geoconflict.drafting.joining import take_rows
from geoconflict.drafting.rows import status_of
from geoconflict.errors import CasebookError, OptionError
from tests.drafting.conftest import DAY, REPORT, source


@pytest.fixture
def book(drafted):
    return take_rows(new_casebook("Trial"), drafted.source, drafted.rows()).casebook


def test_a_draft_becomes_a_casebook_that_validates(book, drafted, tmp_path):
    written = read_casebook(write_validated(book, tmp_path / "book"))
    assert len(written.events) == len(drafted.events)
    assert set(written.reports["source"]) == {drafted.source.id}
    first = written.events.iloc[0]
    assert (first["id"], first["status"]) == ("2025-03-11-ryazan-refinery-strike", "confirmed")


def test_the_same_report_twice_changes_nothing(book, drafted):
    again = take_rows(book, drafted.source, drafted.rows())
    assert not again.added
    assert not again.joined
    assert again.casebook.events.equals(book.events)
    assert again.casebook.reports.equals(book.reports)


def test_another_report_on_the_same_night_adds_what_it_says(book):
    text = "Governor Pavel Malkov confirmed a drone strike on the Ryazan refinery overnight."
    other = draft_events(text, source=source("agency-2025-03-11", "Governor confirms"))
    taken = take_rows(book, other.source, other.rows())
    old = "2025-03-11-ryazan-refinery-strike"
    assert taken.joined == ((old, old),)
    assert len(taken.casebook.events) == len(book.events)
    assert len(taken.casebook.reports) == len(book.reports) + 1


def test_what_a_person_changed_stays(book, drafted):
    events = book.events.copy()
    events.loc[0, ["weapon", "note"]] = ["missile", "looked at the footage"]
    changed = take_rows(
        type(book)(book.slug, book.info, events, book.reports, book.claims),
        drafted.source,
        drafted.rows(),
    ).casebook
    assert list(changed.events.loc[0, ["weapon", "note"]]) == ["missile", "looked at the footage"]


def test_numbers_at_odds_stay_side_by_side(book):
    text = "Air defenses downed 61 drones overnight, the Russian Ministry of Defense said."
    other = draft_events(text, source=source("agency-2025-03-11", "Sixty-one downed"))
    after = take_rows(book, other.source, other.rows()).casebook
    total = "2025-03-11-ru-interception-drone"
    assert after.events.set_index("id").loc[total, "shot_down"] == 58
    reports = after.reports[after.reports["event_id"] == total]
    assert list(reports["summary"]) == ["shot down 58", "shot down 61"]


def test_a_town_and_a_thing_in_it_on_one_night_are_asked_about(book):
    text = "Drones attacked Ryazan overnight."
    other = draft_events(text, source=source("agency-2025-03-11", "Ryazan attacked"))
    taken = take_rows(book, other.source, other.rows())
    assert [(one.old, one.is_sure) for one in taken.unsure] == [
        ("2025-03-11-ryazan-refinery-strike", False)
    ]
    assert len(taken.added) == 1


def test_only_what_is_sure_is_taken_unseen(drafted):
    for row in drafted.rows(sure="certain"):
        event = next(e for e in drafted.events if e.id == row.drafted)
        for column, cell in event.cells.items():
            assert cell.certainty == "certain" or column not in row.event


def test_a_bad_row_means_that_nothing_is_taken(drafted):
    rows = drafted.rows()
    bad = type(rows[0])({**rows[0].event, "date_end": "2025-02-30"}, rows[0].reports)
    with pytest.raises(CasebookError, match="date_end"):
        take_rows(new_casebook("Trial"), drafted.source, [bad, *rows[1:]])


def test_a_report_without_a_day_is_asked_for_it():
    draft = draft_events("Drones struck the Ryazan refinery on March 12, 2024.")
    undated = source(date=None)
    with pytest.raises(CasebookError, match="--date"):
        take_rows(new_casebook("Trial"), undated, draft.rows())


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([], "claimed"),
        ([("claims", "UA"), ("confirms", "UA")], "claimed"),
        ([("claims", "UA"), ("claims", "other")], "confirmed"),
        ([("claims", "UA"), ("denies", "RU"), ("geolocates", "other")], "geolocated"),
    ],
)
def test_the_status_goes_by_who_is_independent_of_whom(said, status):
    assert status_of(said) == status


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


def test_the_commands_lead_from_a_report_to_a_casebook(tmp_path):
    report, book, draft = (tmp_path / name for name in ("report.txt", "book", "draft.json"))
    report.write_text(REPORT, "utf-8")
    assert run("new", book, "--title", "March").exit_code == 0
    printed = run("draft", report, "--date", "2025-03-11", "--json").stdout
    assert json.loads(printed)["drafts"][0]["source"]["date"] == "2025-03-11"
    assert "wrote" in run("draft", report, "--date", "2025-03-11", "-o", draft).stdout
    assert json.loads(draft.read_text("utf-8")) == json.loads(printed)
    assert "no faults" in run("accept", draft, "-o", book, "--sure", "likely").stdout
    assert "known already" in run("accept", draft, "-o", book, "--sure", "likely").stdout
    told = run("accept", draft, "-o", tmp_path / "strict", "--sure", "certain").stdout
    kept = len(read_casebook(tmp_path / "strict").events)
    left_out = len(json.loads(draft.read_text("utf-8"))["drafts"][0]["events"]) - kept
    assert f"{left_out} event" in told
    assert left_out > 0
    info = read_casebook(book).info
    assert info.period == (dt.date(2025, 1, 23), DAY)


def test_a_report_that_was_given_no_day_is_given_it_when_it_is_accepted(tmp_path):
    report, drafts = tmp_path / "report.txt", tmp_path / "drafts.json"
    report.write_text(
        "A refinery burns\n\nDrones hit Ryazan overnight on January 24, 2025.", "utf-8"
    )
    invoke = CliRunner().invoke
    assert "no day: give it with --date" in invoke(app, ["draft", str(report)]).output
    assert invoke(app, ["draft", str(report), "-o", str(drafts)]).exit_code == 0
    accept = ["accept", str(drafts), "--sure", "open", "-o", str(tmp_path / "book")]
    with pytest.raises(CasebookError, match="give it with --date"):
        invoke(app, accept, catch_exceptions=False)
    done = invoke(app, [*accept, "--date", "2025-01-25"])
    assert done.exit_code == 0, done.output
    (said,) = read_casebook(tmp_path / "book").info.sources.values()
    assert said.date == dt.date(2025, 1, 25)


def test_what_the_page_would_show_that_no_person_named_is_told(tmp_path):
    report, draft, book = (tmp_path / name for name in ("report.txt", "draft.json", "book"))
    report.write_text(REPORT, "utf-8")
    run("draft", report, "--date", "2025-03-11", "-o", draft)
    told = run("accept", draft, "--sure", "likely", "-o", book).stdout
    assert "headed 'book', as its folder" in told
    assert "1 source of no publisher told" in told
    run("draft", report, "--date", "2025-03-11", "--publisher", "The Daily", "-o", draft)
    named = ("accept", draft, "--sure", "likely", "-o", tmp_path / "named", "--title", "A night")
    told = run(*named).stdout
    assert "headed" not in told
    assert "publisher" not in told
    info = read_casebook(tmp_path / "named").info
    assert info.title == "A night"
    assert [one.publisher for one in info.sources.values()] == ["The Daily"]
    with pytest.raises(OptionError, match="--title is of a new casebook"):
        run(*named)


def test_nothing_is_accepted_that_nobody_has_seen(tmp_path):
    report, page = tmp_path / "report.txt", tmp_path / "draft.html"
    report.write_text(REPORT, "utf-8")
    run("draft", report, "--date", "2025-03-11", "-o", page)
    refused = CliRunner().invoke(app, ["accept", str(page), "-o", str(tmp_path / "book")])
    assert "nobody has said what to accept" in str(refused.exception)
    assert not (tmp_path / "book").exists()


def test_a_draft_is_taken_into_a_casebook_by_the_library():
    text = "Drones struck the Ryazan oil refinery overnight, Russia's governor said."
    drafted = gc.draft_events(text, published="2025-01-24")
    book = drafted.accept(gc.new_casebook("Trial"))
    assert book.events["facility"].tolist() == ["ryazan-refinery"]
    again = drafted.accept(book)
    assert (len(again.events), len(again.reports)) == (1, len(book.reports))
    assert len(drafted.accept(gc.new_casebook("Trial"), sure="certain").events) == 0
