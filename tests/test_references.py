"""Names of what is measured from and to, and what they find."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.errors import CoordinateError, DateError, UnknownPlaceError, UnknownReferenceError
from geoconflict.measuring.references import Kind, ReferenceName, kind_of, point_name
from geoconflict.references import find_reference


@pytest.mark.parametrize(
    ("text", "kind", "codes"),
    [
        ("border:UA", Kind.BORDER, ("UA",)),
        ("border: ua-ru", Kind.BORDER, ("UA", "RU")),
        ("Border:UA-14/UA-12", Kind.BORDER, ("UA-14", "UA-12")),
        ("border:RU-BRY", Kind.BORDER, ("RU-BRY",)),
        ("border:RU-BRY/UA", Kind.BORDER, ("RU-BRY", "UA")),
        ("country:UA", Kind.COUNTRY, ("UA",)),
        ("admin1:UA-14", Kind.ADMIN1, ("UA-14",)),
        ("admin1:RU-AL", Kind.ADMIN1, ("RU-AL",)),
        ("coast:UA", Kind.COAST, ("UA",)),
        ("Ryazan", Kind.PLACE, ("Ryazan",)),
        ("place:Ryazan, RU-RYA", Kind.PLACE, ("Ryazan, RU-RYA",)),
        ("facility:ryazan-refinery", Kind.RECORD, ("facility:ryazan-refinery",)),
        ("ourairports:RU-0282", Kind.RECORD, ("ourairports:RU-0282",)),
    ],
)
def test_what_a_name_is_of(text, kind, codes):
    name = ReferenceName.parse(text)
    assert (name.kind, name.codes) == (kind, codes)
    assert ReferenceName.parse(str(name)) == name


def test_a_front_has_source_and_day():
    name = ReferenceName.parse("front:deepstate@2025-01-24")
    assert (name.source, name.day) == ("deepstate", dt.date(2025, 1, 24))
    assert ReferenceName.parse("front:") == ReferenceName(Kind.FRONT, "")
    assert (ReferenceName.parse("front:@2025-01-24").source) is None
    with pytest.raises(DateError):
        _ = ReferenceName.parse("front:deepstate@soon").day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("border:", "names nothing"),
        ("place: ", "names nothing"),
        ("border:Ukraine", "write ISO codes, as in border:UA"),
        ("admin1:Donetsk", "write ISO codes, as in admin1:UA-14"),
        ("country:UA-14", "write ISO codes, as in country:UA"),
    ],
)
def test_what_names_nothing_says_what_to_write(text, said):
    with pytest.raises(UnknownReferenceError, match=said):
        ReferenceName.parse(text)
    assert kind_of(text) is None


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("bordr:UA", UnknownReferenceError, "did you mean border:"),
        ("Kharkiv: airport", UnknownReferenceError, "starts with one of place:, border:"),
        ("volcano:Etna", UnknownReferenceError, "starts with one of place:, border:"),
        ("facility:nowhere", UnknownPlaceError, "nowhere"),
        ("figure:area-ua", UnknownReferenceError, "is a recorded value"),
    ],
)
def test_what_the_data_do_not_hold_is_said(text, error, said):
    with pytest.raises(error, match=said):
        find_reference(text)


def test_a_record_is_found_by_its_id():
    assert find_reference("ourairports:RU-0282").kind is Kind.RECORD


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("50,45, 30,52", "decimal commas"),
        ("95, 30", "latitude first"),
        ("point:95,30", "latitude first"),
        ("point:here", "write latitude, longitude"),
    ],
)
def test_coordinates_that_cannot_be(text, said):
    with pytest.raises(CoordinateError, match=said):
        ReferenceName.parse(text)


@settings(deadline=None)
@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_point_comes_back_within_a_metre(lon, lat):
    name = point_name(lon, lat)
    assert name.lonlat == pytest.approx((lon, lat), abs=1e-6)
    assert ReferenceName.parse(str(name)) == name
