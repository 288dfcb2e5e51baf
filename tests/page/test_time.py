"""Time: the histogram, its range, stepping and playing; events and the front follow it."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest

from geoconflict import render
from tests.page.conftest import PHONE, WIDE


def days(opened):
    """The range that is chosen, as ISO days."""
    return opened.page.evaluate("""() => ["from", "to"]
      .map((end) => geoconflict.dates.iso(geoconflict.page.criteria[end]))""")


def shown(opened):
    ids = "geoconflict.page.criteria.rows.map((row) => geoconflict.page.store.events.id[row])"
    return set(opened.page.evaluate(ids))


def within(january, start, end):
    """Ids of the events that have a day in a range, by the table itself."""
    first, last = (january.events[name].dt.date for name in ("date_start", "date_end"))
    from_, to = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    return set(january.events["id"][(last >= from_) & (first <= to)])


def test_all_of_the_time_is_shown_at_first_and_said(january_open, january):
    assert days(january_open) == ["2022-11-26", "2025-02-03"]
    said = january_open.page.locator(".as-of").inner_text()
    assert said == "As of 3 February 2025 since 26 November 2022"
    assert shown(january_open) == set(january.events["id"])
    bars = january_open.page.locator(".bar-in").count()
    counted = january_open.page.evaluate("""() => {
      const { timeline, store, criteria } = geoconflict.page;
      return [...geoconflict.bins.count(timeline.bins, store.end, criteria.rows)];
    }""")
    assert sum(counted) == len(january.events)
    assert bars == len(counted)


def test_the_time_is_the_whole_period_where_the_front_moves_and_nothing_is_reported(
    open_page, january
):
    late = january.events["date_start"] >= "2025-01-20"
    period = (dt.date(2024, 12, 25), dt.date(2025, 2, 10))
    info = january.info.model_copy(update={"period": period})
    book = replace(january, info=info, events=january.events[late])
    assert days(open_page(str(render(book)))) == ["2024-12-25", "2025-02-10"]


def test_what_is_long_before_the_period_is_one_bar(january_open):
    bins = january_open.page.evaluate("""() => {
      const { bins } = geoconflict.page.timeline;
      return { ...bins, starts: bins.starts.map(geoconflict.dates.iso) };
    }""")
    assert bins["isEarlier"]
    assert bins["unit"] == "day"
    assert bins["starts"][:3] == ["2022-11-26", "2024-12-31", "2025-01-01"]
    assert bins["starts"][-1] == "2025-02-04"


def test_the_keyboard_moves_the_ends_of_the_range(january_open, january):
    page = january_open.page
    start = page.get_by_role("slider", name="First day shown")
    start.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert days(january_open) == ["2025-01-04", "2025-02-03"]
    assert start.get_attribute("aria-valuetext") == "4 January 2025"
    assert shown(january_open) == within(january, "2025-01-04", "2025-02-03")
    end = page.get_by_role("slider", name="Last day shown")
    end.focus()
    page.keyboard.press("PageDown")
    assert days(january_open) == ["2025-01-04", "2025-01-24"]
    page.keyboard.press("Home")
    assert days(january_open) == ["2025-01-04", "2025-01-04"]
    page.keyboard.press("End")
    page.get_by_role("button", name="All of the time").click()
    assert shown(january_open) == set(january.events["id"])


def drag(opened, start, end):
    """Drag on the histogram, from and to shares of its width."""
    box = opened.page.locator(".track").bounding_box()
    y = box["y"] + box["height"] / 2
    opened.page.mouse.move(box["x"] + start * box["width"], y)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + end * box["width"], y, steps=4)
    opened.page.mouse.up()


def test_a_range_is_dragged_and_moved(january_open, january):
    drag(january_open, 0.5, 0.75)
    first = days(january_open)
    assert shown(january_open) == within(january, *first) != set()
    length = len(january_open.page.locator(".bar-in").all())
    assert 7 <= length <= 11
    drag(january_open, 0.6, 0.7)
    second = days(january_open)
    assert second[0] > first[0]
    assert len(january_open.page.locator(".bar-in").all()) == length
    drag(january_open, 0.5, 0.1)
    assert days(january_open)[0] < first[0]


def test_stepping_moves_a_range_and_grows_all_of_the_time(january_open):
    page = january_open.page
    drag(january_open, 0.5, 0.55)
    start, end = days(january_open)
    page.get_by_role("button", name="Step forward").click()
    moved = days(january_open)
    assert moved[0] > start
    assert moved[1] > end
    page.get_by_role("button", name="Step back").click()
    assert days(january_open) == [start, end]
    page.get_by_role("button", name="All of the time").click()
    page.get_by_role("button", name="Step forward").click()
    assert days(january_open)[0] == "2022-11-26"
    page.get_by_role("button", name="Step forward").click()
    assert days(january_open) == ["2022-11-26", "2024-12-31"]


def test_playing_shows_more_with_each_step_and_can_be_paused(january_open):
    page = january_open.page
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => geoconflict.page.timeline.range[1] > 2")
    page.get_by_role("button", name="Pause").click()
    stopped = days(january_open)
    assert stopped[0] == "2022-11-26"
    assert stopped[1] < "2025-02-03"
    page.wait_for_timeout(900)
    assert days(january_open) == stopped


def test_the_front_follows_the_time(open_page, front_html):
    opened = open_page(front_html)
    text = opened.page.locator(".front-text")
    assert "Squares & Sons, snapshot of 1 February 2025" in text.inner_text()
    held = "geoconflict.page.fronts.now?.date ?? null"
    assert opened.page.evaluate(held) == "2025-02-01"
    for day, date in [
        ("2025-01-16", "2025-01-10"),
        ("2025-01-20", None),
        ("2024-12-26", "2024-12-20"),
        ("2023-01-01", None),
    ]:
        opened.page.evaluate(
            "(day) => geoconflict.page.criteria.change({ to: geoconflict.dates.number(day) })",
            day,
        )
        assert opened.page.evaluate(held) == date
    assert "no snapshot for this day" in text.inner_text()
    assert opened.problems == []


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_as_of_and_the_snapshot_are_always_in_sight(open_page, front_html, viewport, scheme):
    opened = open_page(front_html, viewport, color_scheme=scheme)
    for at in (".as-of strong", ".front-text"):
        box = opened.page.locator(at).bounding_box()
        assert box["y"] + box["height"] <= viewport["height"]
        assert opened.page.locator(at).is_visible()


@pytest.mark.parametrize("width", [320, 390, 760, 768, 1440])
def test_dates_along_the_axis_stand_apart(open_page, january_html, width):
    opened = open_page(january_html, {"width": width, "height": 640})
    boxes = opened.page.locator(".axis span").evaluate_all(
        "(all) => all.map((e) => e.getBoundingClientRect()).map(({ left, right }) => [left, right])"
    )
    assert len(boxes) >= 3
    boxes.sort()
    assert all(right < left for (_, right), (left, _) in pairwise(boxes))
    assert boxes[-1][1] <= width


def test_what_stands_for_years_does_not_look_like_a_day(january_open):
    """Of 2022 are four events, long before the period."""
    classes = january_open.page.locator(".bars rect").evaluate_all(
        "(all) => all.map((e) => e.classList.contains('bar-apart'))"
    )
    assert classes[0]
    assert not any(classes[1:])
    assert january_open.page.locator(".bars .break").count() == 1


@pytest.mark.parametrize("size", [(768, 1024), (760, 640)])
def test_the_map_comes_first_on_a_tablet(open_page, january_html, size):
    opened = open_page(january_html, dict(zip(("width", "height"), size, strict=True)))
    assert opened.page.locator(".map").bounding_box()["width"] > 0.95 * size[0]
    assert not opened.page.locator("#search").is_visible()
    opened.page.locator("#drawer-handle").click()
    assert opened.page.locator("#search").is_visible()
