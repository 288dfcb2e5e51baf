"""Taking the page along: state in the address, files to save, languages, look, paper, frames."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest

from geoconflict import render
from tests.page.conftest import PHONE, WIDE
from tests.page.test_finding import choose, listed, search

RYAZAN = "2025-01-24-ryazan-refinery"
BUK = "2025-01-20-buk-m3"


def reopened(opened, open_page, html):
    """The page opened anew from the address of the first one, once it says what is shown."""
    opened.page.wait_for_function("() => location.hash === geoconflict.page.address()")
    return open_page(html, state=opened.page.evaluate("location.hash"))


def test_the_address_follows_at_once_and_not_too_often(january_open):
    """A link copied right after a click has what was clicked; a drag writes few addresses."""
    page = january_open.page
    counts = page.evaluate("""async () => {
      window.saved = 0;
      performance.now = () => 1000;
      const save = geoconflict.address.paced(() => { window.saved += 1; });
      save();
      save();
      await null;
      const counts = [window.saved];
      for (let step = 0; step < 100; step += 1) {
        save();
        await null;
      }
      return [...counts, window.saved];
    }""")
    assert counts == [1, 1]
    page.wait_for_function("() => window.saved === 2")


def test_the_whole_state_is_in_the_address(open_page, front_html):
    first = open_page(front_html)
    choose(first, "Kind", "Strike")
    choose(first, "Status", "Confirmed")
    search(first, "oil & gas # 100%")
    search(first, "oil")
    first.page.get_by_label("Change over the range").check()
    first.page.get_by_role("button", name="Table").click()
    first.page.get_by_role("button", name="Event", exact=False).first.click()
    first.page.evaluate("""() => {
      const [from, to] = ["2025-01-10", "2025-02-02"].map(geoconflict.dates.number);
      geoconflict.page.criteria.change({ from, to });
    }""")
    first.show(53.2, 41.3, 6.5)
    first.page.locator(f'[data-event="{RYAZAN}"]').click()
    state = """() => {
      const { criteria, map, panel, fronts, popup, store } = geoconflict.page;
      const { lat, lng } = map.getCenter();
      return [criteria.rows, criteria.query, criteria.from, criteria.to, map.getZoom(),
        lat.toFixed(3), lng.toFixed(3), panel.mode, panel.order, fronts.showsChange,
        store.events.id[popup.index]];
    }"""
    second = reopened(first, open_page, front_html)
    before, after = first.page.evaluate(state), second.page.evaluate(state)
    assert before[:4] == after[:4]
    assert before[7:] == after[7:]
    assert after[-1] == RYAZAN
    assert listed(first) == listed(second)
    assert second.problems == []


def test_the_view_is_in_the_address(january_open, open_page, january_html):
    january_open.show(50.1234, 30.5, 8.5)
    second = reopened(january_open, open_page, january_html)
    view = second.page.evaluate("""() => {
      const { lat, lng } = geoconflict.page.map.getCenter();
      return [lat, lng, geoconflict.page.map.getZoom()];
    }""")
    assert view == [pytest.approx(50.1234, abs=0.01), pytest.approx(30.5, abs=0.01), 8.5]


@pytest.mark.parametrize(
    "state",
    [
        "#map=x/y/z&from=then&to=2025-13-45&kind=nothing&sort=;&list=1&lang=xx&theme=red&event=none",
        "#map=9e99/999/999&from=2030-01-01&to=1999-01-01",
        "#%E0%A4%A&&&===",
        "#event=__proto__&kind=constructor&q=" + "x" * 5000,
    ],
)
def test_an_address_that_means_nothing_does_no_harm(open_page, january_html, state):
    opened = open_page(january_html, state=state)
    assert opened.page.locator(".result").is_visible()
    assert opened.popup.count() == 0
    assert opened.problems == []


def test_every_event_has_a_link_to_it(january_open, open_page, january_html):
    january_open.item(RYAZAN).click()
    link = january_open.popup.locator(".permalink a").get_attribute("href")
    other = open_page(january_html, state=link)
    assert other.popup.locator(".title").inner_text() == "Ryazan oil refinery"
    unlocated = open_page(january_html, state=f"#event={BUK}")
    assert unlocated.item(BUK).get_attribute("aria-expanded") == "true"


def test_a_link_followed_within_the_page_opens_its_event(january_open):
    january_open.page.evaluate(f"() => {{ location.hash = '#event={RYAZAN}' }}")
    january_open.popup.wait_for()
    assert january_open.popup.locator(".title").inner_text() == "Ryazan oil refinery"


def saved(opened, name):
    opened.page.evaluate("document.querySelector('.menu').open = true")
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name=name).click()
    return download.value


def test_the_table_that_is_shown_is_saved_as_csv(january_open, january):
    choose(january_open, "Kind", "Strike")
    download = saved(january_open, "Table (CSV)")
    assert download.suggested_filename == "january-2025.csv"
    with open(download.path(), encoding="utf-8-sig", newline="") as file:  # noqa: PTH123
        rows = list(csv.DictReader(file))
    strikes = january.events.query("kind == 'strike'")
    assert sorted(row["id"] for row in rows) == sorted(strikes["id"])
    row = next(row for row in rows if row["id"] == RYAZAN)
    event = strikes.set_index("id").loc[RYAZAN]
    assert row["effects"] == event["effects"]
    assert row["date_start"] == str(event["date_start"].date())
    assert float(row["lat"]) == pytest.approx(54.6, abs=0.2)
    assert "ryazan-border: supported" in row["verdicts"]
    assert next(row for row in rows if row["id"] == BUK)["lon"] == ""


def test_what_is_shown_is_saved_as_geojson(january_open):
    choose(january_open, "Kind", "Strike")
    data = json.loads(saved(january_open, "GeoJSON").path().read_text("utf-8"))
    assert data["type"] == "FeatureCollection"
    by_id = {feature["id"]: feature for feature in data["features"]}
    assert by_id[BUK]["geometry"] is None
    lon, lat = by_id[RYAZAN]["geometry"]["coordinates"]
    assert (lon, lat) == (pytest.approx(39.7, abs=0.3), pytest.approx(54.6, abs=0.3))
    assert "© OpenStreetMap contributors (ODbL)" in data["attribution"]
    assert {feature["properties"]["kind"] for feature in by_id.values()} == {"strike"}


def test_a_cell_that_looks_like_a_formula_is_made_harmless(open_page, january):
    events = january.events.copy()
    events.loc[events["id"] == RYAZAN, "effects"] = '=HYPERLINK("http://x","y"),\n"quoted"'
    opened = open_page(str(render(replace(january, events=events))))
    text = saved(opened, "Table (CSV)").path().read_text("utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert rows[RYAZAN]["effects"] == '\'=HYPERLINK("http://x","y"),\n"quoted"'


def test_the_map_is_saved_as_a_picture_with_title_and_sources(open_page, front_html):
    opened = open_page(front_html)
    content = saved(opened, "Picture of the map (PNG)").path().read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    size = opened.page.evaluate("geoconflict.page.map.getSize()")
    assert width == size["x"]
    assert height > size["y"] + 80
    assert len(content) > 50_000
    assert opened.problems == []


def test_the_picture_is_full_and_says_what_its_colours_mean(open_page, front_html):
    """With an event open the map may be drawn beyond its canvases; white is left nowhere."""
    opened = open_page(front_html, state="#event=2025-01-24-ryazan-refinery")
    found = opened.page.evaluate("""() => {
      const words = [];
      const fill = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
        words.push(text);
        return fill.call(this, text, ...at);
      };
      const sheet = geoconflict.picture.paint(geoconflict.page);
      CanvasRenderingContext2D.prototype.fillText = fill;
      const { x, y } = geoconflict.page.map.getSize();
      const top = 16 + 26 + 12 + 16;
      const { data } = sheet.getContext("2d").getImageData(0, top, x, y);
      let white = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i] === 255 && data[i + 1] === 255 && data[i + 2] === 255) white += 1;
      }
      return [words.join("|"), white / (x * y)];
    }""")
    assert found[1] < 0.02
    for said in ("Claimed", "Front line", "Held by Russian forces", " km", "CC BY 4.0", "from the"):
        assert said in found[0]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", ["Фільтри", "На карті", "Станом на 3 лютого 2025", "Таблиця", "63 події"]),
        ("ru", ["Фильтры", "На карте", "По состоянию на 3 февраля 2025", "Таблица", "63 события"]),
        ("en", ["Filters", "On the map", "As of 3 February 2025", "Table", "63 events"]),
    ],
)
def test_the_page_speaks_three_languages(open_page, january, language, words):
    opened = open_page(str(render(january, language=language)))
    text = opened.page.locator("body").inner_text()
    for word in words:
        assert word in text
    assert opened.page.locator("html").get_attribute("lang") == language
    keys = "document.body.innerText.match(/\\b[a-z]+\\.[a-z_]+\\b/g)"
    unknown = set(opened.page.evaluate(keys) or []) - {"geonames.org"}
    assert unknown == set()


def test_towns_have_the_name_of_the_page_s_language(open_page, january):
    opened = open_page(
        str(render(january, language="uk")), state="#event=2025-01-24-ryazan-refinery"
    )
    assert "Рязань" in opened.popup.locator(".where").inner_text()
    titles = opened.page.locator(".item-title").all_inner_texts()
    assert "Казань" in titles


def test_every_language_has_every_word(january_open):
    missing = january_open.page.evaluate("""() => {
      const { language } = geoconflict;
      const keys = language.keys("en");
      return language.names().map((name) =>
        keys.filter((key) => !language.keys(name).includes(key)));
    }""")
    assert missing == [[], [], []]


def test_the_reader_can_choose_the_language_and_stays_where_they_are(january_open):
    search(january_open, "refinery")
    found = listed(january_open)
    january_open.page.get_by_label("Language").select_option("uk")
    january_open.page.wait_for_function("() => document.documentElement.lang === 'uk'")
    january_open.page.wait_for_selector("body[data-ready]")
    assert "Фільтри" in january_open.page.locator(".filters").inner_text()
    assert listed(january_open) == found
    assert january_open.page.evaluate("geoconflict.page.labels._labels.map((l) => l.text)").count(
        "Харків"
    )


def background(opened):
    return opened.page.evaluate(
        "getComputedStyle(document.querySelector('.panel')).backgroundColor"
    )


def luminance(colour):
    red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_look_follows_the_system_and_the_reader(open_page, january_html):
    light = open_page(january_html, color_scheme="light")
    dark = open_page(january_html, color_scheme="dark")
    assert luminance(background(light)) > 200
    assert luminance(background(dark)) < 60
    dark.page.get_by_role("button", name="Light").click()
    assert luminance(background(dark)) > 200
    again = reopened(dark, open_page, january_html)
    assert luminance(background(again)) > 200


def test_printing_is_light_and_prints_what_is_chosen(open_page, january_html):
    opened = open_page(january_html, color_scheme="dark")
    choose(opened, "Kind", "Strike")
    opened.page.emulate_media(media="print", color_scheme="dark")
    opened.page.wait_for_timeout(100)
    assert luminance(background(opened)) > 200
    assert opened.page.evaluate("geoconflict.theme.name()") == "light"
    assert opened.page.locator(".item").count() == len(listed(opened)) > 10
    assert not opened.page.locator("#search").is_visible()
    assert opened.page.locator(".as-of").is_visible()
    pdf = opened.page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize("size", [(320, 400), (600, 400), (1000, 640)])
def test_it_works_in_a_frame_of_another_page(open_page, tmp_path, january_html, size):
    (tmp_path / "map.html").write_text(january_html, "utf-8")
    width, height = size
    frame = f'<iframe src="map.html" width="{width}" height="{height}"></iframe>'
    opened = open_page(f'<!DOCTYPE html><meta charset="utf-8">{frame}')
    inside = opened.page.frame_locator("iframe")
    inside.locator("body[data-ready]").wait_for()
    inside.locator(f'.item[data-event="{RYAZAN}"]').evaluate("e => e.click()")
    assert inside.locator(".event-popup .title").inner_text() == "Ryazan oil refinery"
    assert inside.locator(".map").bounding_box()["width"] > 0.95 * width
    assert opened.problems == []


def test_the_code_to_embed_it_is_offered(january_open):
    january_open.page.evaluate("document.querySelector('.menu').open = true")
    january_open.page.get_by_role("button", name="Code to embed it").click()
    code = january_open.page.get_by_label("Text to copy").input_value()
    # From a disk: no folder of this machine, and a word that others need a server.
    assert code.startswith('<iframe src="page-0.html#')
    assert "Put the page on a server" in january_open.page.locator(".share-text").inner_text()
    assert 'title="Strikes and the front, January 2025"' in code


@pytest.mark.parametrize("viewport", [WIDE, {"width": 820, "height": 1100}, PHONE])
def test_nothing_is_wider_than_the_screen(open_page, front_html, viewport):
    opened = open_page(front_html, viewport, state="#list=table")
    width = opened.page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"]
