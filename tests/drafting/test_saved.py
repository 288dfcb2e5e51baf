"""A saved review or draft that lacks something is refused in one line that a journalist reads."""

import copy
import json

import pytest

from geoconflict.drafting import draft_events
from geoconflict.drafting.accepting import read_accepted
from geoconflict.errors import TextError

REVIEW = {
    "geoconflict": "review",
    "reports": [
        {
            "source": {"id": "a", "title": "A", "publisher": "B", "date": "2025-01-24"},
            "events": [
                {
                    "values": {"kind": "strike", "place": "Ryazan", "date_start": "2025-01-24",
                               "date_end": "2025-01-24"},
                    "said": [{"claimant": "governor", "stance": "claims", "side": "RU"}],
                    "claims": [],
                    "is_background": False,
                    "same_as": "new",
                }
            ],
            "claims": [],
        }
    ],
}  # fmt: skip


def paths(value, path=()):
    """Yield the way to every named value of nested plain types."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in pairs:
        if isinstance(value, dict):
            yield (*path, key)
        if isinstance(one, dict | list):
            yield from paths(one, (*path, key))


def changed(data, path, *, to=None):
    data = copy.deepcopy(data)
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    if to is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = to
    return data


def refused(data, folder, **options):
    file = folder / "saved.json"
    file.write_text(json.dumps(data), "utf-8")
    try:
        read_accepted(file, **options)
    except TextError as error:
        return str(error)
    return ""


def test_whatever_a_review_lacks_is_named_without_a_word_of_python(tmp_path):
    assert refused(REVIEW, tmp_path) == ""
    optional = {"date", "side", "place"}
    for path in paths(REVIEW):
        message = refused(changed(REVIEW, path), tmp_path)
        if path[-1] in optional:
            continue
        assert "\n" not in message
        assert "saved.json" in message
        assert "__" not in message
        assert path == ("geoconflict",) or f"{path[-1]} is missing" in message


@pytest.mark.parametrize("wrong", [7.5, "x", ["x"], {"x": 1}])
def test_whatever_is_of_the_wrong_kind_is_named_too(tmp_path, wrong):
    for path in list(paths(REVIEW))[1:]:
        message = refused(changed(REVIEW, path, to=wrong), tmp_path)
        assert "__" not in message
        assert "validation error" not in message
        assert not message or "should be" in message or "is missing" in message


def test_a_draft_is_checked_alike(tmp_path):
    draft = draft_events("Drones hit Ryazan overnight.", published="2025-01-24").to_dict()
    data = json.loads(json.dumps({"geoconflict": "drafts", "drafts": [draft]}))
    assert refused(data, tmp_path, sure="likely") == ""
    message = refused(changed(data, ("drafts", 0, "source", "publisher")), tmp_path, sure="likely")
    assert "draft 1, source: publisher is missing; make it again" in message
    cell = ("drafts", 0, "events", 0, "cells", "weapon", "start")
    message = refused(changed(data, cell, to="first"), tmp_path, sure="likely")
    assert (
        "draft 1, event 1, cells, weapon: start is 'first' and should be a whole number" in message
    )
