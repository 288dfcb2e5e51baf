"""Rows read by several processes: the same bytes as by one, and a process that is killed."""

import csv
import datetime as dt
import multiprocessing
import os
import signal
from functools import partial

import pytest

from geoconflict.casebooks.records import Event, Report
from geoconflict.casebooks.tables import Rows, values_of
from geoconflict.importers import blocks, read_csv
from geoconflict.importers.mapping import propose_mapping
from geoconflict.importers.tablerows import row_draft
from geoconflict.importers.writing import write_import
from tests.benchmarks.import_rows import made

ROWS = 240


@pytest.fixture
def table(tmp_path, monkeypatch):
    """A table of all that rows can leave to each other: repeated ids, other days, open days."""
    monkeypatch.setattr(blocks, "WORTH_PROCESSES", 100)
    monkeypatch.setattr(blocks, "_BLOCK", 40)
    path = tmp_path / "a.csv"
    made(path, ROWS)
    header, *rows = csv.reader(path.read_text("utf-8").splitlines())
    rows = [[*row, f"{1 + n % 28:02}/{1 + n % 12:02}/2024"] for n, row in enumerate(rows)]
    for again in (50, 130, 210):
        rows[again] = rows[3]
    rows[131] = [*rows[3][:-2], "another text", rows[3][-1]]
    rows[90] = rows[90][:5]
    rows[170][1] = "03/02/2024"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([[*header, "another day"], *rows])
    mapping = propose_mapping(path).replace('date_order = "ask"', 'date_order = "dmy"')
    (tmp_path / "a.toml").write_text(mapping, "utf-8")
    return path


def written(imported, folder):
    write_import(imported, folder)
    files = [*folder.iterdir(), folder.with_name(f"{folder.name}-set-aside.csv")]
    return {path.name.removeprefix(folder.name): path.read_bytes() for path in files}


def test_several_processes_write_the_bytes_that_one_writes(table, tmp_path):
    read = partial(read_csv, table, mapping=tmp_path / "a.toml")
    one, several = read(), read(processes=2)
    assert one.account == several.account
    assert one.account.repeated
    assert any("another row with other contents" in str(row) for row in one.account.set_aside)
    assert any("holds days too" in note for note in one.account.notes)
    assert any("are read as day/month" in note for note in one.account.notes)
    assert written(one, tmp_path / "one") == written(several, tmp_path / "several")


def dying(row, known):
    """Read a row; the process that gets the hundredth is killed, unless it is the first of all."""
    if row.line == ROWS // 2 and multiprocessing.parent_process():
        os.kill(os.getpid(), signal.SIGKILL)
    return row_draft(row, known)


def test_rows_of_a_process_that_is_killed_are_read_by_another_and_it_is_told(
    table, tmp_path, monkeypatch
):
    read = partial(read_csv, table, mapping=tmp_path / "a.toml")
    whole = written(read(), tmp_path / "whole")
    monkeypatch.setattr("geoconflict.importers.anytable.row_draft", dying)
    hurt = read(processes=2)
    assert "was ended from outside" in hurt.account.text()
    assert written(hurt, tmp_path / "hurt") == whole


def test_what_rows_of_other_processes_repeat_is_kept_once_and_0_is_not_minus_0():
    rows = Rows(Report)
    for number in range(3_000):
        # Each block of rows comes with its own texts and days.
        told = {
            "claimant": f"outlet {number % 3}",
            "published": dt.date(2025, 1, 1 + number % 28),
        }
        report = Report(event_id=f"a{number}", source="s", stance="denies", **told)
        rows.add_values(number, values_of(report))
    assert len(set(map(id, rows.column("published")))) == 28
    assert len(set(map(id, rows.column("claimant")))) == 3
    events = Rows(Event)
    day = dt.date(2025, 1, 1)
    for number, lon in enumerate((0.0, -0.0)):
        at = {"lon": lon, "lat": 0.0, "date_start": day, "date_end": day}
        events.add(number, Event(id=f"a{number}", kind="strike", **at))
    assert [str(lon) for lon in events.column("lon")] == ["0.0", "-0.0"]
