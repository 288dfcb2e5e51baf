"""Records made of values that were checked once are those that pydantic makes of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from geoconflict.casebooks.checking import Checked
from geoconflict.casebooks.records import Claim, Event, Report
from geoconflict.casebooks.story import Step
from geoconflict.gazetteer.growing.placetable import PlaceRow

# Of each column right and wrong values, as cells of a table and as an import gives them.
DAYS = ("2025-01-02", "2025-01-05", "2025-02-30", "soon")
EVENTS = {
    "id": ("a-1", "b", "A 1", ""),
    "kind": ("strike", "other", "Strike"),
    "date_start": DAYS,
    "date_end": DAYS,
    "place": ("Sumy", "=1", 7),
    "country": ("UA", "Ukraine"),
    "lon": ("33.5", 33.5, 33, "1e400", float("nan"), "181", True),
    "lat": ("44.6", "44,6", -91.0, "+44.6"),
    "precision_m": ("3000", 3000, 3000.0, -1.0, "1 km"),
    "killed": ("2", 2, 2.0, True, "-1", "two"),
    "status": ("claimed", "sure"),
    "extra": ('{"a": "1"}', "[1]", "{"),
    "colour": ("red",),
}
REPORTS = {
    "event_id": ("a-1", "A 1"),
    "source": ("b", "B"),
    "claimant": ("", "Mayor", 1),
    "stance": ("claims", "says"),
    "published": DAYS,
    "url": ("https://a.b/", "HTTP://a.b", "a.b"),
}


def rows(columns):
    """Return rows of right values, in each of which some cells are others or empty."""
    right = {name: values[0] for name, values in columns.items() if len(values) > 1}
    cells = [(name, value) for name, values in columns.items() for value in (*values, None)]
    changed = st.lists(st.sampled_from(cells), max_size=3).map(lambda some: right | dict(some))
    full = changed.map(lambda row: {n: value for n, value in row.items() if value is not None})
    return st.lists(full, min_size=1, max_size=8)


def told(make, row):
    try:
        record = make(row)
    except ValidationError as error:
        return str(error)
    return repr(record), record.model_fields_set


@settings(deadline=None, max_examples=300)
@given(rows(EVENTS), rows(REPORTS))
def test_what_was_checked_before_is_what_pydantic_makes_of_it(events, reports):
    for model, told_rows in ((Event, events), (Report, reports)):
        checked = Checked(model)
        for row in [*told_rows, *told_rows]:
            assert told(checked.record, row) == told(model.model_validate, row)


@pytest.mark.parametrize("model", [Event, Report, Claim, Step, PlaceRow])
def test_what_rows_must_agree_in_is_checked_of_those_made_from_checked_values(model):
    found = model.__pydantic_decorators__.model_validators
    # Any other check after the cells were read would be passed over.
    assert [name for name, one in found.items() if one.info.mode == "after"] == ["_whole"]
    assert found["_whole"].func.__qualname__ == "Row._whole"
