"""The core of the page in Debian's Firefox, where it is installed."""

import shutil
from dataclasses import replace

import pytest

from geoconflict import render
from tests.page.conftest import PHONE, WIDE, squares
from tests.page.firefox import Firefox

RYAZAN = "2025-01-24-ryazan-refinery"
PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
READY = """return new Promise((resolve) => {
  const wait = () => (document.body?.dataset.ready ? resolve(true) : setTimeout(wait, 20));
  wait();
});"""

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="needs Firefox: apt install firefox-esr")


@pytest.fixture(scope="module")
def firefox():
    found = Firefox(PROGRAM)
    yield found
    found.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory, january):
    file = tmp_path_factory.mktemp("firefox") / "page.html"
    file.write_text(str(render(january, fronts=squares())), "utf-8")
    return file.as_uri()


def opened(firefox, address, size=WIDE):
    firefox.open("about:blank", size["width"], size["height"])
    firefox.open(address, size["width"], size["height"])
    assert firefox.run(READY) is True
    return firefox


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_the_page_opens_with_its_events(firefox, address, size):
    page = opened(firefox, address, size)
    assert page.run("return document.querySelectorAll('.item').length") == 63
    assert page.run("return performance.getEntriesByType('resource').length") == 0
    drawn = page.run("""
      const canvas = document.querySelector('.leaflet-overlay-pane canvas');
      const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      return data.some((value) => value > 0);
    """)
    assert drawn


def test_an_event_opens_and_the_way_back_closes_it(firefox, address):
    page = opened(firefox, address)
    page.run(f"document.querySelector('.item[data-event=\"{RYAZAN}\"]').click()")
    title = "return document.querySelector('.event-popup .title')?.textContent ?? null"
    assert page.run(title) == "Ryazan oil refinery"
    page.call("WebDriver:Back")
    closed = """return new Promise((resolve) => {
      const wait = () => {
        if (document.querySelector('.event-popup')) setTimeout(wait, 20);
        else resolve(true);
      };
      wait();
    });"""
    assert page.run(closed) is True


def test_filters_search_and_time_change_what_is_shown(firefox, address):
    page = opened(firefox, address)
    rows = "return geoconflict.page.criteria.rows.length"
    page.run("geoconflict.page.criteria.toggle('kind', 'strike')")
    assert 0 < page.run(rows) < 63
    page.run(
        "geoconflict.page.criteria.clear(); geoconflict.page.criteria.change({ query: 'Рязань' })"
    )
    assert 0 < page.run(rows) < 63


def test_languages_and_themes_are_there(firefox, address):
    page = opened(firefox, f"{address}#lang=uk&theme=dark")
    assert "Фільтри" in page.run("return document.querySelector('.filters').textContent")
    colour = page.run(
        "return getComputedStyle(document.querySelector('.masthead')).backgroundColor"
    )
    assert sum(int(part) for part in colour[4:-1].split(",")) < 200


def test_without_script_or_data_the_twin_is_shown(firefox, tmp_path, january):
    file = tmp_path / "broken.html"
    html = str(render(replace(january)))
    start = html.index('<script type="text/plain" id="casebook-data">') + 46
    file.write_text(html[:start] + "!!!!" + html[start:], "utf-8")
    firefox.open(file.as_uri(), 1200, 800)
    said = firefox.run("""return new Promise((resolve) => {
      const wait = () => {
        const alert = document.querySelector('[role=alert]');
        if (alert) resolve(alert.textContent);
        else setTimeout(wait, 20);
      };
      wait();
    });""")
    assert "cannot be read" in said
    assert firefox.run("return document.querySelectorAll('.twin tbody tr').length") == 63
