"""What leads to a page: its address, its picture, a frame in another page, a site of several."""

import datetime as dt
import re
import shutil
from dataclasses import replace
from html import unescape

import pandas as pd
import pytest
from defusedxml.ElementTree import fromstring
from matplotlib.colors import to_rgb
from PIL import Image
from typer.testing import CliRunner

from geoconflict import Sharing, draw_share, locate_events, render, write_figure, write_gallery
from geoconflict.casebooks.naming import event_names
from geoconflict.cli import app
from geoconflict.errors import FigureOptionError, LicenceError, NoCasebookError, PageOptionError
from geoconflict.look.theme import colours
from tests.conftest import JANUARY, REPOSITORY
from tests.page.accessibility import faults
from tests.page.conftest import PHONE, Opened, free_tabs, open_page, squares

__all__ = ["free_tabs", "open_page"]

RYAZAN = "2025-01-24-ryazan-refinery"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def run(*arguments):
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    target = tmp_path_factory.mktemp("site")
    write_gallery(REPOSITORY / "maps", target, title="Our <maps>", url="https://example.org/maps")
    return target


def test_a_page_with_an_address_names_it_and_its_picture(tmp_path):
    page = tmp_path / "january.html"
    run("map", JANUARY, "-o", page, "--url", "https://example.org/maps/january.html")
    head = page.read_text("utf-8").partition("</head>")[0]
    assert '<link rel="canonical" href="https://example.org/maps/january.html">' in head
    picture = re.search(r'<meta property="og:image" content="([^"]+)">', head)[1]
    assert picture == "https://example.org/maps/january-card.png"
    with Image.open(tmp_path / "january-card.png") as card:
        assert card.size == (1200, 630)
        # A palette has no more than 256.
        assert len(card.convert("RGB").getcolors(1 << 24)) > 200
    assert (tmp_path / "january-card.png").stat().st_size < 1_000_000


def test_an_address_that_is_none_is_refused(january):
    with pytest.raises(PageOptionError, match="expected one with http"):
        render(january, sharing=Sharing("javascript:alert(1)"))


def test_an_address_and_a_title_cannot_become_markup(january):
    url = 'https://example.org/"><script>alert(1)</script>'
    html = str(render(january, title='"><script>alert(2)</script>', sharing=Sharing(url)))
    assert "<script>alert" not in html


@pytest.mark.parametrize("viewport", [{"width": 700, "height": 420}, PHONE])
def test_a_frame_is_the_map_alone_with_a_way_to_the_page(open_page, tmp_path, viewport):
    page = tmp_path / "embed.html"
    said = run("map", JANUARY, "-o", page, "--embed", "--url", "https://example.org/j/index.html")
    assert '<iframe src="https://example.org/j/embed.html"' in said
    assert not (tmp_path / "embed-card.png").exists()
    opened = open_page(page.read_text("utf-8"), viewport)
    assert not opened.page.locator("#panel").is_visible()
    box = opened.page.locator(".map").bounding_box()
    assert box["width"] == viewport["width"]
    assert box["height"] > 0.7 * viewport["height"]
    link = opened.page.locator(".full-page")
    assert link.get_attribute("href") == "https://example.org/j/index.html"
    assert opened.problems == []


def test_the_code_that_is_printed_takes_the_room_there_is(browser, tmp_path):
    page = tmp_path / "embed.html"
    said = run("map", JANUARY, "-o", page, "--embed")
    code = next(line for line in said.splitlines() if line.startswith("<iframe"))
    (tmp_path / "text.html").write_text(f"<!DOCTYPE html><main>{code}</main>", "utf-8")
    for width in (360, 900):
        context = browser.new_context(viewport={"width": width, "height": 800})
        text = context.new_page()
        text.goto((tmp_path / "text.html").as_uri())
        text.frames[1].wait_for_selector("body[data-ready]")
        box = text.locator("iframe").bounding_box()
        assert box["width"] == pytest.approx(width - 16, abs=20)
        assert 380 <= box["height"] <= 640
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_list_of_a_site(site, browser, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert faults(Opened(page)) == []
    context.close()


def test_a_site_lists_every_casebook_with_a_page_and_a_picture(site, browser):
    page = browser.new_page()
    problems = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto((site / "index.html").as_uri())
    assert page.locator("h1").inner_text() == "Our <maps>"
    assert page.locator(".maps li").count() == 2
    widths = page.locator(".maps img").evaluate_all(
        """(es) => Promise.all(es.map((e) => {
          e.loading = "eager";
          return e.decode().then(() => e.naturalWidth);
        }))"""
    )
    assert widths == [1200, 1200]
    links = page.locator(".maps a").evaluate_all("(es) => es.map((e) => e.getAttribute('href'))")
    assert all((site / link).is_file() for link in links)
    assert problems == []
    page.close()


def test_a_site_has_a_feed_and_a_sitemap_of_whole_addresses(site):
    feed = fromstring((site / "feed.xml").read_bytes())
    assert feed.find("a:title", ATOM).text == "Our <maps>"
    ids = [entry.find("a:id", ATOM).text for entry in feed.findall("a:entry", ATOM)]
    assert ids == [
        "https://example.org/maps/plants-january-2025/",
        "https://example.org/maps/january-2025/",
    ]
    updated = [entry.find("a:updated", ATOM).text for entry in feed.findall("a:entry", ATOM)]
    assert updated == sorted(updated, reverse=True)
    places = [
        one.text for one in fromstring((site / "sitemap.xml").read_bytes()).findall(".//m:loc", MAP)
    ]
    assert places == ["https://example.org/maps/", *ids]


def test_a_site_without_an_address_says_what_it_lacks(tmp_path):
    shutil.copytree(REPOSITORY / "maps" / "plants-january-2025", tmp_path / "maps" / "plants")
    said = run("gallery", tmp_path / "maps", "-o", tmp_path / "site")
    assert "Give --url for a feed" in said
    assert not (tmp_path / "site" / "feed.xml").exists()


def test_a_folder_without_a_casebook_is_told(tmp_path):
    with pytest.raises(NoCasebookError, match=r"a folder with a map\.toml"):
        write_gallery(tmp_path, tmp_path / "site", title="x")


def test_a_title_in_a_feed_is_text(tmp_path):
    book = tmp_path / "books" / "evil"
    shutil.copytree(JANUARY, book, ignore=shutil.ignore_patterns("map.html", "map.png"))
    info = (book / "map.toml").read_text("utf-8")
    line = next(one for one in info.splitlines() if one.startswith("title"))
    evil = "title = '</title><script>alert(1)</script>&amp;'"
    (book / "map.toml").write_text(info.replace(line, evil), "utf-8")
    write_gallery(tmp_path / "books", tmp_path / "s", title="x", url="https://example.org")
    feed = fromstring((tmp_path / "s" / "feed.xml").read_bytes())
    assert feed.find("a:entry/a:title", ATOM).text == "</title><script>alert(1)</script>&amp;"
    listed = (tmp_path / "s" / "index.html").read_text("utf-8")
    assert "<script>" not in listed
    assert "</title><script>alert(1)</script>&amp;" in unescape(listed)


@pytest.mark.parametrize(
    ("shape", "size"), [("wide", (1200, 630)), ("square", (1080, 1080)), ("portrait", (1080, 1350))]
)
@pytest.mark.parametrize("event", [None, RYAZAN])
def test_pictures_have_the_sizes_that_networks_want(january, tmp_path, shape, size, event):
    figure = draw_share(january, event=event, shape=shape)
    with Image.open(write_figure(figure, tmp_path / "share.png")) as picture:
        assert picture.size == size
    texts = [one.get_text() for axes in [figure, *figure.axes] for one in axes.texts]
    titles = [january.info.title] if event is None else ["Ryazan oil refinery"]
    assert any(titles[0].startswith(text[:12]) for text in texts)
    assert any("OpenStreetMap" in text for text in texts)
    boxes = [one.get_window_extent() for one in figure.texts]
    assert max(box.x1 for box in boxes) <= figure.bbox.x1
    # What the colours of the map mean, or of its one event in words.
    assert ("Claimed" in texts) == (event is None)
    assert ("Ryazan" in texts) or event is None


@pytest.mark.parametrize("event", [None, RYAZAN])
def test_a_picture_shows_the_front_that_it_is_given_and_says_whose(january, event):
    with pytest.raises(LicenceError):
        draw_share(january, event=event, fronts=squares(licence="all rights reserved"))
    figure = draw_share(january, event=event, fronts=squares(), date=dt.date(2025, 1, 12))
    words = " ".join(one.get_text() for one in figure.texts)
    assert squares().at(dt.date(2025, 1, 12)).source_title in words


def test_a_list_of_maps_tells_days_in_its_own_language(tmp_path):
    write_gallery(JANUARY.parent, tmp_path / "site", title="Карти", language="uk")
    told = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "з 31 грудня 2024 року до 3 лютого 2025 року · 63 події" in told
    assert "to 3 February" not in told


def test_a_picture_says_what_it_leaves_out(january):
    placed = locate_events(january)
    far = placed.events.iloc[[0]].assign(id="far", lon=103.57, lat=52.92)
    book = replace(placed, events=pd.concat([placed.events, far], ignore_index=True))
    told = " ".join(text.get_text() for text in draw_share(book, language="en").texts)
    assert "Events without a known place, not on the map: 10." in told
    assert "Events beyond the basemap, not on the map: 1." in told


def test_names_are_in_the_language_where_positions_are_given(january):
    town = {"facility": None, "place": "Vovchansk", "lon": 36.94, "lat": 50.29}
    events = january.events.iloc[[0, 1]].assign(**town)
    events.loc[events.index[1], ["lon", "lat"]] = [24.0, 49.0]
    book = locate_events(replace(january, events=events))
    assert [names[0] for names in event_names(book, "uk")] == ["Вовчанськ", "Vovchansk"]


def test_an_event_that_cannot_be_drawn_is_told(january):
    with pytest.raises(FigureOptionError, match="there is no event 'nowhere'"):
        draw_share(january, event="nowhere")
    with pytest.raises(FigureOptionError, match="no position that a map could show"):
        draw_share(january, event="2025-01-20-buk-m3")


def test_a_blurred_picture_moves_its_points(january):
    exact, moved = (draw_share(january, event=RYAZAN, blur_km=km) for km in (None, 50))
    texts = [one.get_text() for one in moved.texts]
    assert any("50 km" in text for text in texts)
    inset = [figure.axes[-1].lines[-1].get_xydata()[0].tolist() for figure in (exact, moved)]
    assert inset[0] != pytest.approx(inset[1], abs=0.2)


def test_the_command_draws_one_event(tmp_path):
    target = tmp_path / "event.svg"
    run("figure", JANUARY, "--event", RYAZAN, "--language", "uk", "-o", target)
    assert "Рязан" in target.read_text("utf-8")


def test_an_event_known_for_an_oblast_is_drawn_as_the_oblast(january):
    located = locate_events(january)
    events = located.events
    whole = events[(events["position_kind"] == "admin1") & (events["kind"] == "interception")]
    shade = to_rgb(colours()["shade"])

    def shades(event):
        axes = draw_share(located, event=event).axes[0]
        fills = [one.get_facecolor() for one in axes.collections]
        return [one for one in fills if len(one) and tuple(one[0][:3]) == shade]

    assert len(shades(whole["id"].iloc[0])) == 1
    assert shades(RYAZAN) == []
