"""The page on paper, without its script and in browsers that lack what is new."""

import io
import re
import unicodedata
from dataclasses import replace

import pandas as pd
import pytest
from pypdf import PdfReader

from geoconflict import locate_events, render
from geoconflict.page.data import page_data
from geoconflict.page.story import Story, ToldStep
from geoconflict.page.twin import MOST, twin
from tests.page.conftest import PHONE, WIDE

TITLES = """() => {
  const { criteria, store } = geoconflict.page;
  return criteria.rows.map((row) => geoconflict.details.heading(store.event(row)));
}"""


def words(text):
    # A PDF has "fi" as one letter.
    return " ".join(unicodedata.normalize("NFKC", text).split())


DRAWN = re.compile(r'<path class="dots" d="([^"]+)"')


def dots(drawing):
    """How many points the small map in a page shows."""
    return DRAWN.findall(drawing)[0].count("h0")


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("size", ["A4", "A3"])
def test_paper_has_the_map_as_a_picture_and_every_event(open_page, january_html, size, landscape):
    page = open_page(january_html, WIDE).page
    titles = page.evaluate(TITLES)
    reader = PdfReader(io.BytesIO(page.pdf(format=size, landscape=landscape)))
    pictures = [one.image.convert("RGB") for one in reader.pages[0].images]
    colours = max(len(one.getcolors(1 << 24)) for one in pictures)
    assert max(one.width for one in pictures) >= 900
    assert colours > 1000, "an empty map has few colours"
    text = words(" ".join(sheet.extract_text() for sheet in reader.pages))
    assert len(titles) == 63
    assert [title for title in titles if words(title) not in text] == []
    assert all(len(sheet.extract_text()) > 300 for sheet in reader.pages[:-1])


def test_after_printing_the_page_is_as_before(open_page, january_html):
    page = open_page(january_html, WIDE, color_scheme="dark").page
    listed = page.locator(".item").count()
    page.pdf(format="A4")
    assert page.locator(".print-map").count() == 0
    assert page.locator(".item").count() == listed
    assert page.evaluate("geoconflict.theme.name()") == "dark"
    assert page.locator(".map").bounding_box()["width"] > 900


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_without_script_the_page_tells_its_events(browser, tmp_path, january, viewport, language):
    file = tmp_path / "page.html"
    file.write_text(str(render(january, language=language)), "utf-8")
    context = browser.new_context(viewport=viewport, java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("h1").inner_text() == january.info.title
    assert dots(page.locator(".twin svg").inner_html()) > 20
    assert page.locator(".twin tbody tr").count() == len(january.events) == 63
    wide = page.locator(".twin table").bounding_box()
    assert wide["x"] + wide["width"] <= viewport["width"]
    assert page.locator(".stage").is_visible() is False
    context.close()


def test_with_script_nobody_sees_the_twin(january_open):
    assert january_open.page.locator(".twin").count() == 0


def test_a_blurred_page_without_script_has_no_exact_point(january):
    html = str(render(january, blur_km=20))
    twin = re.search(r'<section class="twin">.*?</section>', html, re.DOTALL)[0]
    exact = str(render(january))
    assert 0 < dots(twin) < dots(exact)
    assert not set(DRAWN.findall(twin)) & set(DRAWN.findall(exact))


def test_what_is_told_cannot_become_markup_without_script(january):
    evil = january.events.assign(effects='<img src=x onerror="alert(1)">', facility="<script>x")
    html = str(render(replace(january, events=evil)))
    twin = re.search(r'<section class="twin">.*?</section>', html, re.DOTALL)[0]
    assert "<img" not in twin
    assert "<script" not in twin
    assert "&lt;img" in twin


def test_of_very_many_events_the_newest_are_listed_and_the_rest_counted(january):
    rows = [january.events.iloc[[0]].assign(id=f"event-{n}") for n in range(MOST + 7)]
    many = replace(
        january, events=pd.concat(rows), reports=january.reports[:0], claims=january.claims[:0]
    )
    shown = twin(page_data(locate_events(many), []), borders=january.borders, language="en")
    assert (len(shown.rows), shown.omitted) == (MOST, 7)


def test_a_browser_without_groupby_shows_the_page(browser, tmp_path, january_html):
    file = tmp_path / "page.html"
    file.write_text(january_html, "utf-8")
    context = browser.new_context(viewport=WIDE)
    context.add_init_script("delete Map.groupBy; delete Object.groupBy;")
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("body[data-ready]")
    assert page.locator(".item").count() == 63
    context.close()


@pytest.mark.parametrize("missing", ["DecompressionStream", "Path2D"])
def test_a_browser_that_cannot_run_the_page_says_so_and_shows_its_twin(
    browser, tmp_path, january_html, missing
):
    file = tmp_path / "page.html"
    file.write_text(january_html, "utf-8")
    context = browser.new_context(viewport=WIDE)
    context.add_init_script(f"delete window.{missing};")
    page = context.new_page()
    page.goto(file.as_uri())
    page.get_by_role("alert").wait_for()
    assert page.locator(".twin tbody tr").count() == 63
    assert page.locator(".twin table").is_visible()
    context.close()


def test_a_story_on_paper_has_its_steps_and_the_map_without_empty_pages(open_page, january):
    steps = [{"title": f"Step {n}", "text": "What was told."} for n in range(8)]
    views = [{"event": None, "at": None, "zoom": None, "days": [None, None], "front": None}] * 8
    told = [ToldStep(**step, photo="", video="", archive="", alt="", credit="") for step in steps]
    page = open_page(str(render(january, story=Story(told, views)))).page
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = words(" ".join(sheet.extract_text() for sheet in reader.pages))
    assert all(step["title"] in text for step in steps)
    assert len(reader.pages) <= 2, "eight short texts and a map"
    assert sum(len(sheet.images) for sheet in reader.pages) > 0


def test_the_picture_without_script_is_of_where_most_events_lie(january):
    placed = locate_events(january)
    far = placed.events.iloc[[0]].assign(id="far", lon=103.57, lat=52.92)
    book = replace(placed, events=pd.concat([placed.events, far], ignore_index=True))
    shown = [twin(page_data(one, []), borders=one.borders, language="en") for one in (placed, book)]
    assert shown[0].picture == shown[1].picture
    assert [one.beyond for one in shown] == ["", "Events far from there, not on the map: 1."]
    assert len(shown[1].rows) == len(shown[0].rows) + 1
