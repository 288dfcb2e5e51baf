"""The map page against folium's own: size, time to make, load, drag and filter.

Run: python -m tests.benchmarks.page [number of events, default 100000]

Both sides show the same events with the same fields. folium's is its GeoJson layer with popups,
without tiles, and with circles on a canvas: with the pins that it draws by itself, a page of
100,000 takes minutes. Its page waits for remote files that a machine without a network cannot
have; they are answered at once with Leaflet from the installed package and with what little of
jQuery the page calls, so that only its own work is timed.
"""

from __future__ import annotations

import gzip
import os
import sys
import time
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
from playwright.sync_api import Browser, Page, Route, sync_playwright

from geoconflict import check_claims, read_casebook, render, write_page
from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.records import Event
from geoconflict.page.assets import OWN, leaflet_script
from tests.page.conftest import WIDE, launch

CASEBOOK = Path(__file__).resolve().parents[2] / "maps" / "january-2025"
FIELDS = [
    "id",
    "kind",
    "date_start",
    "place",
    "actor",
    "target_type",
    "weapon",
    "effects",
    "status",
]
WORDS = [
    *("fire", "smoke", "debris", "power", "workshop", "depot", "windows", "reported", "night"),
    *("morning", "drone", "missile", "burned", "residents", "emergency", "crews", "governor"),
    *("channel", "video", "claimed", "roof", "tank", "rail", "station", "substation"),
]
RUNS = 3


@dataclass(frozen=True)
class Side:
    """What one kind of page takes: MB, as it lies and as a server sends it, then seconds.

    ``loaded_cpu_s`` is what its tab takes of the processor until it is painted, which other load
    hardly changes; ``tab_mb`` is the memory of the tab then, after a collection of garbage, less
    that of an empty one; ``dragged_s`` is what 95 of 100 moves of the map stay below.
    """

    size_mb: float
    gzip_mb: float
    made_s: float
    loaded_s: float
    loaded_cpu_s: float
    tab_mb: float
    dragged_s: float
    filtered_s: float | None = None


def main() -> None:
    """Print both sides and their ratios, then our page of 1,000 events and of the first map."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    book = casebook(number)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        ours = own_side(book, Path(folder) / "ours.html", browser)
        peer = folium_side(book, Path(folder) / "folium.html", browser)
        print(f"{number:,} events, best of {RUNS} (folium: one run)")
        times = ("made s", "loaded s", "its cpu", "tab MB", "moved s", "filter s")
        columns = ("size MB", "gzip MB", *times)
        print(f"{'':11}" + "".join(f"{name:>10}" for name in columns))
        for name, side in (("folium", peer), ("geoconflict", ours)):
            shown = astuple(side)
            print(
                f"{name:11}" + "".join("         -" if v is None else f"{v:10.2f}" for v in shown)
            )
        ratios = [
            ("smaller", peer.size_mb / ours.size_mb),
            ("made faster", peer.made_s / ours.made_s),
            ("loaded faster", peer.loaded_s / ours.loaded_s),
            ("of its processor time", peer.loaded_cpu_s / ours.loaded_cpu_s),
        ]
        print("; ".join(f"{ratio:.1f} times {what}" for what, ratio in ratios))
        for title, small in (
            ("1,000 events", casebook(1000)),
            ("first map", read_casebook(CASEBOOK)),
        ):
            side = own_side(small, Path(folder) / "small.html", browser)
            print(
                f"{title}: {side.size_mb:.2f} MB, made in {side.made_s:.2f} s, "
                f"ready in {side.loaded_s:.2f} s"
            )
        browser.close()


def casebook(number: int) -> Casebook:
    """Return a casebook of so many events with distinct texts, each at a point of its own."""
    random = np.random.default_rng(1)
    words = random.choice(WORDS, (number, 14))
    frame = pd.DataFrame(dict.fromkeys(Event.model_fields), index=range(number), dtype=object)
    days = pd.Timestamp("2022-02-24") + pd.to_timedelta(random.integers(0, 1400, number), unit="D")
    frame["id"] = [f"event-{row}" for row in range(number)]
    frame["kind"] = random.choice(["strike", "interception", "clash", "advance"], number)
    frame["date_start"] = frame["date_end"] = days.astype("datetime64[s]")
    frame["date_basis"] = "exact"
    frame["place"] = random.choice([f"{word.title()}ivka" for word in WORDS], number)
    frame["lon"] = random.uniform(24, 50, number).round(5)
    frame["lat"] = random.uniform(45, 58, number).round(5)
    frame["precision_m"] = 1000.0
    frame["actor"] = random.choice(["UA", "RU"], number)
    frame["target_type"] = random.choice(
        ["refinery", "oil_depot", "residential", "settlement"], number
    )
    frame["weapon"] = random.choice(["drone", "missile", "artillery"], number)
    frame["effects"] = [f"{' '.join(row)} {index}" for index, row in enumerate(words)]
    frame["status"] = random.choice(["claimed", "confirmed", "geolocated"], number)
    points = gpd.points_from_xy(frame["lon"], frame["lat"])
    events = gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")
    first = read_casebook(CASEBOOK)
    period = (days.min().date(), days.max().date())
    return replace(
        first,
        info=first.info.model_copy(update={"period": period}),
        events=events,
        reports=first.reports.iloc[:0],
        claims=first.claims.iloc[:0],
    )


def own_side(book: Casebook, file: Path, browser: Browser) -> Side:
    """Return what our page takes, from a casebook as read to a ready page."""
    made = min(
        timed(lambda: write_page(render(book, checks=check_claims(book)), file))
        for _ in range(RUNS)
    )
    loaded, tabs, dragged, filtered = [], [], [], []
    for _ in range(RUNS):
        page = browser.new_page(viewport=WIDE)
        tab = Tab(browser, page)
        page.goto(file.as_uri(), timeout=300_000)
        page.wait_for_selector("body[data-ready]", timeout=300_000)
        loaded.append(page.evaluate(PAINTED))
        tabs.append(tab.taken())
        page.wait_for_timeout(3000)
        dragged.append(page.evaluate(DRAG.replace("MAP", "geoconflict.page.map")))
        filtered.append(max(page.evaluate(change) for change in FILTERS))
        page.close()
    sizes = size_mb(file), gzip_mb(file)
    times = min(loaded) / 1e3, *min(tabs)
    return Side(*sizes, made, *times, min(dragged) / 1e3, min(filtered) / 1e3)


class Tab:
    """What the process of a page has taken since it was empty."""

    def __init__(self, browser: Browser, page: Page) -> None:
        self._devtools = page.context.new_cdp_session(page)
        found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        self._pid = max(one["id"] for one in found if one["type"] == "renderer")
        self._empty = self._now()

    def taken(self) -> tuple[float, float]:
        """Return seconds of the processor, then MB after a collection of garbage."""
        cpu_s, _ = self._now()
        self._devtools.send("HeapProfiler.collectGarbage")
        _, mb = self._now()
        return cpu_s - self._empty[0], mb - self._empty[1]

    def _now(self) -> tuple[float, float]:
        ticks = Path(f"/proc/{self._pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
        memory = Path(f"/proc/{self._pid}/smaps_rollup").read_text()
        pss_kb = next(line for line in memory.splitlines() if line.startswith("Pss:")).split()[1]
        return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"), int(pss_kb) / 1e3


def folium_side(book: Casebook, file: Path, browser: Browser) -> Side:
    """Return what folium's GeoJson layer with popups takes for the same rows."""
    frame = book.events[[*FIELDS, "geometry"]].assign(
        date_start=book.events["date_start"].astype(str)
    )

    def make() -> None:
        page = folium.Map((51, 37), zoom_start=5, tiles=None, prefer_canvas=True)
        popup = folium.GeoJsonPopup(FIELDS)
        folium.GeoJson(frame, popup=popup, marker=folium.CircleMarker(radius=4)).add_to(page)
        page.save(file)

    made = timed(make)
    page = browser.new_page(viewport=WIDE)
    page.route("**/*", answer)
    tab = Tab(browser, page)
    start = time.perf_counter()
    page.goto(file.as_uri(), timeout=300_000)
    page.wait_for_function("document.readyState === 'complete'", timeout=300_000)
    page.evaluate(PAINTED)
    loaded = time.perf_counter() - start, *tab.taken()
    name = page.evaluate("Object.keys(window).find((key) => key.startsWith('map_'))")
    dragged = page.evaluate(DRAG.replace("MAP", name))
    page.close()
    return Side(size_mb(file), gzip_mb(file), made, *loaded, dragged / 1e3)


def size_mb(file: Path) -> float:
    """Return the size of a file."""
    return file.stat().st_size / 1e6


def gzip_mb(file: Path) -> float:
    """Return the size of a file as a web server sends it."""
    return len(gzip.compress(file.read_bytes(), 6)) / 1e6


def answer(route: Route) -> None:
    """Answer what folium's page asks of the network; let the file itself through."""
    url = route.request.url
    if url.startswith("file:"):
        route.continue_()
    elif url.endswith("leaflet.js"):
        route.fulfill(body=leaflet_script(), content_type="text/javascript")
    elif "jquery" in url:
        jquery = OWN.text("folium.js").split("  const Pin")[0] + "})();"
        route.fulfill(body=jquery, content_type="text/javascript")
    else:
        route.fulfill(
            body="", content_type="text/css" if url.endswith("css") else "text/javascript"
        )


def timed(action: object) -> float:
    """Return the seconds that an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


# Milliseconds since navigation until what is there has been painted.
PAINTED = """() => new Promise((done) => requestAnimationFrame(() =>
  setTimeout(() => done(performance.now()), 0)))"""
# Milliseconds that 95 of 100 moves of the map by half of itself stay below, drawn again each time.
DRAG = """async () => {
  const move = (at) => new Promise((done) => {
    const start = performance.now();
    const way = [[400, 120], [-400, 120], [400, -120], [-400, -120]][at % 4];
    MAP.panBy(way, { animate: false });
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0));
  });
  const taken = [];
  for (let at = 0; at < 20; at += 1) taken.push(await move(at));
  return taken.sort((a, b) => a - b)[18];
}"""
# Milliseconds of one change of what is chosen until it is drawn: a filter, a search, a range.
FILTERS = [
    f"""() => new Promise((done) => {{
      const start = performance.now();
      const {{ criteria }} = geoconflict.page;
      {change};
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0));
    }})"""
    for change in (
        "criteria.toggle('kind', 'strike')",
        "criteria.change({ query: 'burned roof' })",
        "criteria.change({ query: '', from: criteria.days[0] + 300, to: criteria.days[0] + 900 })",
        "criteria.clear()",
    )
]


if __name__ == "__main__":
    main()
