import datetime as dt
import os
import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np
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

    def __post_init__(self):
        self.listeners = {
            "request": lambda request: self.requests.append(request.url),
            "pageerror": lambda error: self.problems.append(str(error)),
            "dialog": lambda dialog: self.problems.append(dialog.message),
            "console": self._note_message,
        }

    def _note_message(self, message):
        if message.type in ("error", "warning"):
            self.problems.append(message.text)

    def is_clean(self):
        """Whether another page can be opened in its tab as in a new one."""
        return not self.page.is_closed() and len(self.page.context.pages) == 1

    def clear(self, viewport, scheme):
        """Leave the tab as a new one is."""
        for event, note in self.listeners.items():
            self.page.remove_listener(event, note)
        self.page.goto("about:blank")
        self.page.emulate_media(media="null", color_scheme=scheme)
        self.page.set_viewport_size(viewport)
        self.page.mouse.move(0, 0)

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
        self.settle()

    def settle(self):
        """Wait until what was asked for is drawn."""
        frame = (
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        self.page.evaluate(frame)

    def pixels(self, lat, lon, size=16):
        """Red, green, blue and alpha of the canvas about a point, a row a pixel."""
        script = """([lat, lon, size]) => {
          const { map } = geoconflict.page;
          const canvas = document.querySelector(".leaflet-overlay-pane canvas");
          const box = canvas.getBoundingClientRect();
          const frame = map.getContainer().getBoundingClientRect();
          const at = map.latLngToContainerPoint([lat, lon]);
          const scale = canvas.width / box.width;
          const [x, y] = [(at.x + frame.x - box.x) * scale, (at.y + frame.y - box.y) * scale];
          const corner = [x - Math.floor(size / 2), y - Math.floor(size / 2)];
          return [...canvas.getContext("2d").getImageData(...corner, size, size).data];
        }"""
        return np.reshape(self.page.evaluate(script, [lat, lon, size]), (-1, 4))

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


@pytest.fixture(scope="session")
def free_tabs(browser):  # noqa: ARG001 - it must outlive its tabs
    """Blank tabs that no test uses, by size and options; a new one costs more than a page."""
    tabs = defaultdict(list)
    yield tabs
    for page in chain(*tabs.values()):
        page.context.close()


@pytest.fixture
def open_page(browser, free_tabs, tmp_path):
    """Open HTML from a file and wait until the page is ready."""
    used = []

    def open_(html, viewport=WIDE, *, state="", **options):
        path = Path(tmp_path) / f"page-{len(used)}.html"
        path.write_text(html, "utf-8")
        key = (*viewport.items(), *sorted(options.items()))
        free = free_tabs[key]
        page = free.pop() if free else browser.new_context(viewport=viewport, **options).new_page()
        opened = Opened(page)
        used.append((key, viewport, options.get("color_scheme", "light"), opened))
        for event, note in opened.listeners.items():
            page.on(event, note)
        opened.page.goto(path.as_uri() + state)
        if html.startswith("<!DOCTYPE html>\n<html"):
            opened.page.wait_for_selector("body[data-ready]")
        return opened

    yield open_
    for key, viewport, scheme, opened in used:
        if opened.is_clean():
            opened.clear(viewport, scheme)
            free_tabs[key].append(opened.page)
        else:
            opened.page.context.close()


@pytest.fixture
def january_open(open_page, january_html):
    opened = open_page(january_html)
    opened.page.wait_for_selector("body[data-ready]")
    return opened
