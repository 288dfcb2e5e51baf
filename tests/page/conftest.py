import datetime as dt
import os
import shutil
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
import shapely

from geoconflict import Fronts, render
from geoconflict.fronts.features import Feature
from geoconflict.fronts.files import Entry, Piece

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class Opened:
    """A page in the browser, with everything it asked for and everything that went wrong."""

    page: object
    requests: list = field(default_factory=list)
    problems: list = field(default_factory=list)

    @property
    def popup(self):
        return self.page.locator(".event-popup")

    def item(self, event_id):
        return self.page.locator(f'.item[data-event="{event_id}"]')

    def show(self, lat, lon, zoom=9):
        """Bring a point to the middle of the map."""
        script = """([lat, lon, zoom]) => {
          geoconflict.page.map.setView([lat, lon], zoom, { animate: false });
        }"""
        self.page.evaluate(script, [lat, lon, zoom])
        self.page.wait_for_timeout(50)

    def click_middle(self):
        self.page.locator(".map").click()


def launch(playwright):
    """Start the system's browser, or fail saying what to install."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail(
            f"no browser found: install one of {', '.join(BROWSERS)}, or name it in CHROMIUM"
        )
    options = ["--no-sandbox", "--disable-background-networking"]
    return playwright.chromium.launch(executable_path=path, args=options)


@pytest.fixture(scope="session")
def january_page(january):
    return render(january)


@pytest.fixture(scope="session")
def january_html(january_page):
    return str(january_page)


def squares(
    days=("2024-12-20", "2025-01-10", "2025-02-01"),
    *,
    source="Squares & Sons",
    licence="CC BY 4.0",
    others=(),
    **options,
):
    """A made-up front: a rectangle that is held, its west edge half a degree on each snapshot.

    ``others`` are further areas of every day, as pairs of a side and a polygon.
    """
    entries = {}
    for number, text in enumerate(days):
        held = shapely.box(36.0 - 0.5 * number, 47.0, 38.0, 49.0)
        features = [Feature(area, (side,)) for side, area in (("RU", held), *others)]
        date = dt.date.fromisoformat(text)
        entries[date] = Entry(date, (Piece(text, text, "", (), partial(list, features)),))
    return Fronts(source, licence, entries, **options)


@pytest.fixture(scope="session")
def front_html(january):
    return str(render(january, fronts=squares()))


@pytest.fixture
def open_page(browser, tmp_path):
    """Open HTML from a file and wait until the page is ready."""
    contexts = []

    def open_(html, viewport=WIDE, *, state="", **options):
        path = Path(tmp_path) / f"page-{len(contexts)}.html"
        path.write_text(html, "utf-8")
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("pageerror", lambda error: opened.problems.append(str(error)))
        opened.page.on("dialog", lambda dialog: opened.problems.append(dialog.message))
        opened.page.on(
            "console",
            lambda message: (
                message.type in ("error", "warning") and opened.problems.append(message.text)
            ),
        )
        opened.page.goto(path.as_uri() + state)
        if html.startswith("<!DOCTYPE html>\n<html"):
            opened.page.wait_for_selector("body[data-ready]")
        return opened

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def january_open(open_page, january_html):
    opened = open_page(january_html)
    opened.page.wait_for_selector("body[data-ready]")
    return opened
