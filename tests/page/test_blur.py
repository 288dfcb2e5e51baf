"""Blurred pages: no exact position is anywhere in the file, and the page says so."""

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict import check_claims, inverse, render
from geoconflict.casebooks.casebook import events_frame
from geoconflict.casebooks.positions import locate_events
from geoconflict.casebooks.records import Event, Report
from geoconflict.errors import PageOptionError
from geoconflict.page.blur import blur, cell_centre, without_coordinates
from geoconflict.page.data import page_data
from tests.page.test_render import packed

LON, LAT = 37.18213, 48.28217
SECRET = f"seen at {LAT}, {LON}, or {LON:.4f} {LAT:.4f}"
RYAZAN = "2025-01-24-ryazan-refinery"


def everything(html):
    """All that a page carries, unpacked, as one text."""
    names = ("casebook-data", "units-data")
    data = [json.dumps(packed(html, name), ensure_ascii=False) for name in names]
    return "\n".join([*data, re.sub(r'<script type="text/plain".*?</script>', "", html)])


@pytest.fixture
def secretive(january):
    """A casebook with one exact position, in its columns and in every text and link."""
    event = Event(
        id="strike-48.28217-37.18213",
        kind="strike",
        date_start=dt.date(2025, 1, 1),
        date_end=dt.date(2025, 1, 1),
        lon=LON,
        lat=LAT,
        precision_m=10.0,
        effects=SECRET,
        note=f"48°16'55.8\"N 37°10'55.7\"E; 8GX97MJ2+V2; 37U DQ 12345 67890; lat={LAT}",
        weapon=f"drone ({LAT};{LON})",
    )
    report = Report(
        event_id=event.id,
        source="isw-2025-01-20",
        claimant=f"Somebody at {LAT}/{LON}",
        stance="claims",
        url=f"https://maps.example/@{LAT},{LON},15z",
        summary=SECRET,
    )
    reports = january.reports.iloc[:1].copy()
    for name, value in report.model_dump().items():
        reports[name] = [value]
    info = january.info.model_copy(update={"summary": SECRET, "attribution": (SECRET,)})
    return replace(
        january,
        info=info,
        events=events_frame([event]),
        reports=reports,
        claims=january.claims.iloc[:0],
    )


def test_no_exact_coordinate_is_anywhere_in_the_file(secretive):
    exact = everything(str(render(secretive)))
    assert f"{LAT}" in exact
    blurred = everything(str(render(secretive, blur_km=10, title=SECRET)))
    for trace in ("48.28", "37.18", "48°16", "8GX97MJ2", "12345 67890", "maps.example"):
        assert trace not in blurred, trace
    assert "[coordinates removed]" in blurred


@given(st.floats(-180, 180), st.floats(-85, 85), st.sampled_from([1.0, 5.0, 25.0]))
def test_a_point_moves_to_the_middle_of_its_cell(lon, lat, km):
    x, y = cell_centre(lon, lat, km)
    assert cell_centre(x, y, km) == (x, y)
    moved_km = inverse((lon, lat), (x, y)).distance_m.item() / 1000
    # Half the diagonal of a cell, a little more for the shape of the Earth.
    assert moved_km <= km * 0.72


def test_points_of_one_cell_become_one(january):
    data = page_data(locate_events(january), check_claims(january))
    found = blur(data, 25)
    points = {p for p in zip(found["events"]["lon"], found["events"]["lat"], strict=True) if p[0]}
    exact = {p for p in zip(data["events"]["lon"], data["events"]["lat"], strict=True) if p[0]}
    assert len(points) < len(exact)
    assert points == {cell_centre(*point, 25) for point in exact}
    assert [p is None for p in found["events"]["lon"]] == [p is None for p in data["events"]["lon"]]


def test_what_was_measured_is_no_finer_than_a_cell(january):
    data = page_data(locate_events(january), check_claims(january))
    claims = blur(data, 20)["claims"]
    row = claims["id"].index("ryazan-border")
    assert claims["measured"][row] == "about 460 km ± about 20 km, northeast"
    assert "462" not in json.dumps([claims["reason"][row], claims["parts"][row]])
    line = claims["line"][row]
    assert line["distance_km"] == 460
    assert line["azimuth_deg"] is None
    assert tuple(line["from"]) == cell_centre(*line["from"], 20)
    assert tuple(line["to"]) == cell_centre(*line["to"], 20)
    assert data["claims"]["measured"][row].startswith("462.5 km")


@pytest.mark.parametrize(
    "text",
    [
        "48.28217, 37.18213",
        "48.28217 N, 37.18213 E",
        "(48,28217; 37,18213)",
        "48.28/37.18",
        "48°16'55\" N",
        "48° 16.93′ пн",
        "37.1821°",
        "POINT(37.18213 48.28217)",
        "8GX97MJ2+V2",
        "37UDQ1234567890",
    ],
)
def test_coordinates_are_found_in_texts(text):
    assert not re.search(r"\d{2}", without_coordinates(f"at {text} today"))


@pytest.mark.parametrize(
    "text",
    [
        "1,500 drones and 37 missiles on 24 January 2025",
        "18 km2/day (6.95 mi2/day), 99.5 %",
        "2025-01-24, at 03:30, 120.5 km",
        "about 2.75 million dollars",
    ],
)
def test_other_numbers_stay(text):
    assert without_coordinates(text) == text


@pytest.mark.parametrize("km", [0, -1, 0.1, 500, float("nan")])
def test_a_size_that_is_none_is_refused(january, km):
    with pytest.raises(PageOptionError, match=r"expected 0\.5 to 200"):
        render(january, checks=[], blur_km=km)


def test_the_page_and_the_popup_say_so(open_page, january):
    opened = open_page(str(render(january, blur_km=10)), state=f"#event={RYAZAN}")
    assert "cells of 10 km" in opened.page.locator(".totals").inner_text()
    assert "Moved to the middle of its cell of 10 km." in opened.popup.inner_text()
    assert "460 km" in opened.page.locator(".measured-label").inner_text()
    assert opened.problems == []


def test_a_page_that_is_not_blurred_says_nothing_of_it(january_open):
    assert january_open.page.locator(".blurred").count() == 0
