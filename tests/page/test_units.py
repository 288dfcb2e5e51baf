"""The modules of page and review that draw nothing, by themselves: in node, else in a browser."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from geoconflict.page.assets import OWN, look_script
from geoconflict.page.packing import coded_table, pack, unpack
from tests.page.conftest import BROWSERS

HERE = Path(__file__).parent
REVIEW = OWN.folder.parent / "review"
PURE = (
    *("language.js", "dates.js", "words.js", "areas.js", "unpack.js", "store.js", "fold.js"),
    *("search.js", "facets.js", "criteria.js", "address.js", "arcs.js", "bins.js", "heat.js"),
)
DRAFT = {
    "key": "a",
    "columns": ["kind", "place"],
    "drafts": [
        {
            "known": {},
            "events": [
                {
                    "id": name,
                    "spans": [[0, 4]],
                    "is_background": False,
                    "claims": [],
                    "places": [],
                    "cells": {"kind": {"value": "strike", "certainty": "likely"}},
                    "reports": [],
                }
                for name in ("x", "y")
            ],
        }
    ],
}
# What a browser has and node has not.
NODE = """
globalThis.window = globalThis;
globalThis.document = { documentElement: {}, getElementById: () => ({ textContent: DRAFT }) };
globalThis.localStorage = { getItem: () => null, setItem() {} };
"""


TEXTS = [
    *(
        "At 48.5, 37.2 by 155mm",
        "",
        None,
        "007  two spaces",
        "«Дружба» — x²1 a_b",
        " edge ",
        "\ud83d",
    ),
    *(f"no. {number} of 12 in Рязань" for number in range(400)),
]
NUMBERS = [None, -3.25, *(number / 100000 for number in range(len(TEXTS) - 2))]


def in_node(script):
    draft = f"const DRAFT = {json.dumps(json.dumps(DRAFT))};"
    run = "process.stdout.write(JSON.stringify((0, eval)(require('fs').readFileSync(0, 'utf8'))))"
    done = subprocess.run(
        ["node", "-e", run],
        input=draft + NODE + script,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def in_browser(script, browser):
    page = browser.new_page()
    try:
        page.set_content(f'<script type="application/json" id="draft">{json.dumps(DRAFT)}</script>')
        return page.evaluate(script)
    finally:
        page.close()


@pytest.fixture(params=["node", "browser"])
def failures(request):
    """What a script says is wrong, in node and in a browser."""
    if request.param == "node":
        if shutil.which("node") is None:
            pytest.skip("there is no node here; the browser does the same")
        return in_node
    if not any(map(shutil.which, BROWSERS)):
        pytest.skip("there is no browser here")
    browser = request.getfixturevalue("browser")
    return lambda script: in_browser(script, browser)


def test_what_the_page_computes_is_right(failures):
    modules = "".join(map(OWN.text, PURE))
    assert failures(look_script() + modules + (HERE / "units.js").read_text("utf-8")) == []


def test_what_a_review_keeps_is_right(failures):
    script = "window.geoconflict = {};\n" + (REVIEW / "state.js").read_text("utf-8")
    assert failures(script + (HERE / "reviewunits.js").read_text("utf-8")) == []


def test_columns_come_back_as_they_were():
    columns = {
        "texts": TEXTS,
        "numbers": NUMBERS,
        "same": TEXTS,
        "days": [f"2025-01-{1 + row % 30:02}" for row in range(len(TEXTS))],
        "mixed": [None, 1, "1", *[True] * (len(TEXTS) - 3)],
        "one": ["x"] * len(TEXTS),
    }
    coded = unpack(pack(coded_table(columns)))
    assert {*coded["columns"]["texts"]} == {"words", "lengths", "codes", "numbers"}
    assert coded["columns"]["same"] == {"same": "texts"}
    script = "".join([look_script(), *map(OWN.text, PURE)])
    found = in_node(f"{script}geoconflict.unpack.table({json.dumps(coded)})")
    assert found == {"size": len(TEXTS), **columns}
