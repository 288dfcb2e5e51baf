"""What the map shows on opening: events far beyond the basemap do not draw it off from the rest."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from geoconflict import locate_events, read_casebook, render
from tests.conftest import JANUARY
from tests.page.accessibility import faults
from tests.page.conftest import PHONE, WIDE, squares

# The airfield Belaya near Irkutsk, and two places in Syria.
FAR = {"RU": (103.57, 52.92), "SY": (35.94, 35.4)}
SEES = "([lon, lat]) => geoconflict.page.map.getBounds().contains([lat, lon])"
RYAZAN, KYIV = (39.7, 54.6), (30.5, 50.45)


def book_with(*far):
    """The casebook with events at points beyond."""
    january = locate_events(read_casebook(JANUARY))
    rows = [
        january.events.iloc[[0]].assign(
            id=f"far-{n}", place=f"Far {n}", admin1=None, lon=lon, lat=lat
        )
        for n, (lon, lat) in enumerate(far)
    ]
    return replace(january, events=pd.concat([january.events, *rows], ignore_index=True))


@pytest.fixture(scope="module")
def far_html():
    return str(render(book_with(FAR["RU"])))


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_one_event_in_siberia_leaves_the_rest_in_view_and_is_counted(
    open_page, far_html, viewport, language
):
    page = open_page(far_html, viewport, state=f"#lang={language}").page
    assert page.evaluate(SEES, RYAZAN)
    assert page.evaluate(SEES, KYIV)
    assert not page.evaluate(SEES, FAR["RU"])
    button = page.locator(".beyond button")
    beyond = {"en": "Beyond the map: 1 event", "uk": "За краєм карти: 1 подія"}
    assert button.inner_text() == beyond.get(language, "За краем карты: 1 событие")
    button.click()
    assert all(page.evaluate(SEES, place) for place in (RYAZAN, KYIV, FAR["RU"]))
    button.click()
    assert not page.evaluate(SEES, FAR["RU"])


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_button_can_be_read_and_reached(open_page, far_html, viewport, scheme):
    page = (opened := open_page(far_html, viewport, color_scheme=scheme)).page
    assert faults(opened) == []
    page.locator(".beyond button").focus()
    page.keyboard.press("Enter")
    assert page.locator(".beyond button").get_attribute("aria-pressed") == "true"
    assert page.evaluate(SEES, FAR["RU"])
    assert faults(opened) == []


def test_the_view_is_that_of_all_where_none_lies_beyond(january_open):
    assert january_open.page.locator(".beyond").count() == 0


def test_what_is_mostly_about_elsewhere_shows_all_of_it(open_page):
    january = locate_events(read_casebook(JANUARY))
    few = replace(january, events=january.events[january.events["lon"].notna()].head(2))
    rows = [
        few.events.iloc[[0]].assign(id=f"s-{n}", place=f"S {n}", admin1=None, lon=lon, lat=lat)
        for n, (lon, lat) in enumerate([FAR["SY"], (36.3, 33.5), (37.2, 36.2)])
    ]
    book = replace(few, events=pd.concat([few.events, *rows], ignore_index=True))
    page = open_page(str(render(book))).page
    assert page.evaluate(SEES, FAR["SY"])
    assert page.locator(".beyond").count() == 0


def test_an_address_with_a_view_is_kept(open_page, far_html):
    page = open_page(far_html, state="#map=6/48.3/37.5").page
    zoom = page.evaluate("geoconflict.page.map.getZoom()")
    assert page.locator(".beyond").is_visible()
    assert zoom == pytest.approx(6)


def test_two_days_of_a_front_open_on_the_front(open_page, january):
    days = (dt.date(2024, 12, 20), dt.date(2025, 2, 1))
    page = open_page(str(render(january, fronts=squares(), compare=days))).page
    bounds = page.evaluate("""() => {
      const found = geoconflict.page.map.getBounds();
      return [found.getWest(), found.getSouth(), found.getEast(), found.getNorth()];
    }""")
    # The made-up front runs from 35 to 36 degrees east, 47 to 49 north.
    assert bounds[0] < 35
    assert bounds[2] > 36
    assert bounds[3] - bounds[1] < 6


WRITTEN = """async () => {
  const { map, labels, events } = geoconflict.page;
  const told = [];
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    if (this.textAlign === "left") told.push({ text, x, y, width: this.measureText(text).width });
    fillText.call(this, text, x, y);
  };
  labels.redraw();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  CanvasRenderingContext2D.prototype.fillText = fillText;
  const corners = ({ x, y, width, height }) => [x, y, x + width, y + height];
  const symbols = events.obstacles().map(corners);
  const point = (place) => [place.text, map.latLngToLayerPoint(place)];
  const places = new Map(events.places().map(point));
  return told.filter(({ text }) => places.has(text)).map((one) => ({
    ...one, at: [places.get(one.text).x, places.get(one.text).y], symbols,
  }));
}"""


def gap(box, symbol):
    """How far a symbol stands off a name, in pixels."""
    across = max(symbol[0] - box[2], box[0] - symbol[2], 0)
    return (across**2 + max(symbol[1] - box[3], box[1] - symbol[3], 0) ** 2) ** 0.5


@pytest.mark.parametrize("most", [3, 8])
@pytest.mark.parametrize("zoom", [4, 4.5, 5, 6])
def test_no_name_stands_by_the_symbol_of_another_place(open_page, january, zoom, most):
    towns = ["Lutsk", "Kyiv", "Chernihiv", "Sumy", "Kharkiv", "Odesa", "Saratov", "Engels"]
    first = january.events.iloc[[0]]
    rows = [
        first.assign(id=f"e-{n}", place=town, admin1=None, country="UA" if n < 6 else "RU")
        for n, town in enumerate(towns[:most])
    ]
    book = replace(january, events=pd.concat(rows, ignore_index=True))
    opened = open_page(str(render(book)))
    opened.show(50.5, 33, zoom)
    written = opened.page.evaluate(WRITTEN)
    assert len(written) >= 2
    for one in written:
        x, y, width = one["x"], one["y"], one["width"]
        box = (x, y - 7, x + width, y + 7)
        own = [s for s in one["symbols"] if gap((*one["at"], *one["at"]), s) == 0]
        assert min(gap(box, s) for s in own) <= min(gap(box, s) for s in one["symbols"])
