"""Casebooks at their limits: empty, one event, many at one point, long ago, texts of a megabyte."""

import datetime as dt
from dataclasses import replace

import pytest

from geoconflict import render
from geoconflict.casebooks.casebook import events_frame
from geoconflict.casebooks.records import Event


def event(index, **fields):
    given = {
        "id": f"e{index}",
        "kind": "strike",
        "date_start": dt.date(2025, 1, 1),
        "date_end": dt.date(2025, 1, 1),
        "lon": 36.0,
        "lat": 48.0,
        "precision_m": 1000.0,
        "effects": f"event number {index}",
    }
    return Event(**(given | fields))


@pytest.fixture
def book(january):
    """A casebook of these events and nothing else."""

    def make(events, period=None):
        info = january.info.model_copy(update={"period": period or january.info.period})
        return replace(
            january,
            info=info,
            events=events_frame(events),
            reports=january.reports.iloc[:0],
            claims=january.claims.iloc[:0],
        )

    return make


def test_no_event(open_page, book):
    opened = open_page(str(render(book([]))))
    assert opened.page.locator(".result").inner_text() == "0 events, 0 not located"
    opened.page.get_by_role("button", name="Table").click()
    opened.page.get_by_role("button", name="Step forward").click()
    opened.page.get_by_role("button", name="Play").click()
    opened.page.wait_for_timeout(900)
    assert opened.problems == []


def test_one_event(open_page, book):
    opened = open_page(str(render(book([event(1)]))))
    assert opened.page.locator(".result").inner_text() == "1 event, 0 not located"
    opened.item("e1").click()
    assert opened.popup.locator(".title").inner_text() == "Event number 1"
    slider = opened.page.get_by_role("slider", name="First day shown")
    slider.focus()
    opened.page.keyboard.press("ArrowRight")
    assert opened.page.locator(".result").inner_text() == "1 event, 0 not located"
    assert opened.problems == []


def test_ten_thousand_at_one_point_are_counted_and_can_all_be_read(open_page, book):
    opened = open_page(str(render(book([event(i) for i in range(10_000)]))))
    placed = opened.page.evaluate("geoconflict.page.events.placed.map(({ total }) => total)")
    assert placed == [10_000]
    opened.show(48, 36, 12)
    assert opened.page.evaluate("geoconflict.page.events.placed.length") == 1
    opened.click_middle()
    assert "1 of 10000 here" in opened.popup.locator(".pager").inner_text()
    opened.popup.get_by_label("Previous event").click()
    assert "10000 of 10000 here" in opened.popup.locator(".pager").inner_text()
    opened.page.keyboard.press("Escape")
    assert opened.page.locator(".item").count() == 100
    pages = opened.page.get_by_role("navigation", name="Pages of the list")
    pages.get_by_label("Next page").click()
    assert "101 to 200 of 10,000" in pages.inner_text()
    opened.page.locator("#search").fill("number 9999")
    opened.page.wait_for_function("() => geoconflict.page.criteria.rows.length === 1")
    assert opened.page.locator(".item").get_attribute("data-event") == "e9999"
    assert opened.problems == []


@pytest.mark.parametrize(
    ("days", "unit"),
    [
        ((dt.date(1853, 10, 16), dt.date(1856, 3, 30)), "month"),
        ((dt.date(1, 1, 1), dt.date(1700, 2, 28)), "decade"),
        ((dt.date(1899, 12, 31), dt.date(1900, 1, 1)), "day"),
    ],
)
def test_dates_before_1900(open_page, book, days, unit):
    events = [event(i, date_start=day, date_end=day) for i, day in enumerate(days)]
    opened = open_page(str(render(book(events, period=days))))
    last = days[1]
    months = ["January", "February", "March"]
    said = f"As of {last.day} {months[last.month - 1]} {last.year}"
    assert opened.page.locator(".as-of strong").inner_text() == said
    assert opened.page.evaluate("geoconflict.page.timeline.bins.unit") == unit
    dated = opened.page.locator(".day").all_inner_texts()
    assert f"{last.day} {months[last.month - 1]} {last.year}" in dated
    opened.page.get_by_role("slider", name="Last day shown").focus()
    opened.page.keyboard.press("Home")
    assert opened.page.locator(".result").inner_text().startswith("1 of 2 events")
    hash_ = opened.page.evaluate("""() => new Promise((done) =>
      setTimeout(() => done(location.hash), 400))""")
    again = open_page(str(render(book(events, period=days))), state=hash_)
    assert again.page.locator(".result").inner_text().startswith("1 of 2 events")
    assert opened.problems == again.problems == []


def test_texts_of_a_megabyte(open_page, book):
    long = "слово word " * 95_000
    assert len(long.encode()) > 1_000_000
    events = [
        event(1, effects=long, note=long[::-1], weapon=long, place=long, facility=long),
        event(2, lat=49.0),
    ]
    html = str(render(book(events), title=f"Title {long}"))
    opened = open_page(html)
    assert len(opened.item("e1").inner_text()) < 1000
    opened.item("e1").click()
    facts = opened.popup.locator(".facts").evaluate("e => e.textContent")
    assert long.strip()[1:] in facts
    opened.page.locator("#search").fill("word slovo")
    opened.page.wait_for_function("() => geoconflict.page.criteria.rows.length === 1")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 1440
    assert opened.problems == []


def test_many_events_close_together_are_never_hidden(open_page, book):
    events = [event(i, lon=36 + (i % 20) * 0.003, lat=48 + (i // 20) * 0.003) for i in range(400)]
    opened = open_page(str(render(book(events))))
    for zoom in (4, 7, 9.5, 12):
        opened.show(48.03, 36.03, zoom)
        overlaps, rows = opened.page.evaluate("""() => {
          const { placed } = geoconflict.page.events;
          let overlaps = 0;
          placed.forEach((a, i) => placed.slice(i + 1).forEach((b) => {
            const near = Math.hypot(a.x - b.x, a.y - b.y);
            if (near < Math.min(a.radius, b.radius)) overlaps += 1;
          }));
          return [overlaps, placed.reduce((sum, one) => sum + one.rows.length, 0)];
        }""")
        assert overlaps == 0
        assert rows == 400


def test_a_thousand_events_stay_small(book):
    events = [event(i, lon=30 + i * 0.01, effects=f"text {i * i} of {i}") for i in range(1000)]
    assert len(str(render(book(events))).encode()) < 1_500_000
