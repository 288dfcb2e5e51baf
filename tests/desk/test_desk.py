"""The desk without a browser: what is refused, what is kept, what can be taken back."""

import http.client
import json
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from geoconflict import read_casebook
from geoconflict.desk.desk import Desk
from geoconflict.desk.rows import ChangedElsewhereError, Spot, table
from geoconflict.desk.states import History, read_state
from geoconflict.errors import CasebookError

EVENT = {"id": "e1", "kind": "strike", "date_start": "2025-03-01", "date_end": "2025-03-02"}


@pytest.fixture
def made(tmp_path):
    found = Desk(tmp_path / "spring")
    found.start("Spring", language="en")
    return found


def ask(address, path, *, body=None, **headers):
    """Ask as any program can, with these headers and no others of a browser's."""
    parts = urlsplit(address)
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)) as connection:
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8"), dict(answer.getheaders())


def test_only_this_address_with_its_token_is_answered(desk):
    _, address = desk
    parts = urlsplit(address)
    own = f"http://{parts.netloc}"
    state = f"{parts.path}state"
    assert parts.hostname == "127.0.0.1"
    assert ask(address, state)[0] == 200
    assert ask(address, "/state")[0] == 404
    assert ask(address, f"/{'x' * 32}/state")[0] == 404
    assert ask(address, state, Host="example.org")[0] == 421
    body = json.dumps({"title": "Spring"})
    start = f"{parts.path}start"
    assert ask(address, start, body=body)[0] == 403
    assert ask(address, start, body=body, Origin="http://example.org")[0] == 403
    assert ask(address, start, body=body, Origin=own)[0] == 200
    assert ask(address, start, body="{", Origin=own)[0] == 422
    assert ask(address, start, body="[" * 100_000, Origin=own)[0] == 422
    assert ask(address, f"{parts.path}rows/passwd")[0] == 422
    for path in ("rows/events/cell", "rows/sources/cell", "rows/events/add", "rows/claims/delete"):
        for sent in ("{}", '{"index": "x", "seen": 5, "cells": 5}', '{"index": 0, "seen": {}}'):
            assert ask(address, f"{parts.path}{path}", body=sent, Origin=own)[0] in (409, 422)
    headers = ask(address, parts.path)[2]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


def test_a_row_with_a_fault_is_refused_and_nothing_is_written(made):
    before = read_state(made.folder)
    with pytest.raises(CasebookError, match="kind"):
        made.add_row("events", EVENT | {"kind": "party"})
    assert read_state(made.folder) == before


def test_a_fault_that_was_there_does_not_stop_other_work(made):
    made.add_row("events", EVENT)
    path = made.folder / "events.csv"
    path.write_text(path.read_text("utf-8").replace("strike", "party"), "utf-8")
    made.change_cell("events", Spot(0, EVENT | {"kind": "party", "note": ""}), "note", "kept")
    assert "kept" in path.read_text("utf-8")
    made.change_cell("events", Spot(0, EVENT | {"kind": "party"}), "kind", "strike")
    assert read_casebook(made.folder).events["note"][0] == "kept"


def test_a_cell_that_somebody_else_changed_is_not_overwritten(made):
    made.add_row("events", EVENT | {"weapon": "drones"})
    seen = Spot(0, table(made.state(), "events")[1][0])
    made.change_cell("events", seen, "weapon", "missiles")
    with pytest.raises(ChangedElsewhereError, match="missiles"):
        made.change_cell("events", seen, "weapon", "bombs")
    made.change_cell("events", seen, "note", "another cell of the same row")
    with pytest.raises(ChangedElsewhereError):
        made.delete_row("events", seen)


def test_a_row_is_found_where_it_moved_to(made):
    made.add_row("events", EVENT | {"id": "e0"})
    made.add_row("events", EVENT)
    seen = Spot(1, table(made.state(), "events")[1][1])
    first = Spot(0, table(made.state(), "events")[1][0])
    made.delete_row("events", first)
    made.change_cell("events", seen, "place", "Ryazan")
    assert [row["id"] for row in table(made.state(), "events")[1]] == ["e1"]
    assert table(made.state(), "events")[1][0]["place"] == "Ryazan"


def test_every_state_can_be_gone_back_to_and_on(made):
    states = [made.state()]
    for number in range(3):
        made.add_row("events", EVENT | {"id": f"e{number}"})
        states.append(made.state())
    for state in reversed(states[:-1]):
        assert made.undo()
        assert made.state() == state
    assert not made.undo()
    assert made.redo()
    assert made.state() == states[1]
    made.add_row("events", EVENT | {"id": "other"})
    assert not made.redo()


def test_a_write_that_was_killed_midway_is_finished(made):
    before = made.state()
    made.add_row("events", EVENT)
    after = made.state()
    # As a kill while files are moved leaves it: what is new lies ready, the folder is old.
    (made.folder / "events.csv").write_bytes(before.files["events.csv"])
    (made.folder / ".geoconflict-ready").mkdir()
    (made.folder / ".geoconflict-ready" / "events.csv").write_bytes(after.files["events.csv"])
    made.add_row("sources", {"id": "a", "title": "A", "publisher": "A", "date": "2025-03-02"})
    assert made.state().files["events.csv"] == after.files["events.csv"]
    assert made.undo()
    assert made.state().files == after.files


def test_a_formula_in_a_cell_stays_text_and_comes_back(made):
    made.add_row("events", EVENT | {"note": "=1+1"})
    assert "'=1+1" in (made.folder / "events.csv").read_text("utf-8")
    assert table(made.state(), "events")[1][0]["note"] == "=1+1"


def test_the_history_keeps_what_another_program_wrote(made):
    made.add_row("events", EVENT)
    path = made.folder / "events.csv"
    path.write_text(path.read_text("utf-8").replace("e1", "renamed"), "utf-8")
    made.add_row("events", EVENT | {"id": "e2"})
    History(made.folder).back()
    assert [row["id"] for row in table(made.state(), "events")[1]] == ["renamed"]
