"""A story beside the map: steps, photos, what is refused, and two days of the front."""

import base64
import csv
import datetime as dt
import io
import re
import shutil

import pytest
from PIL import Image
from typer.testing import CliRunner

from geoconflict import read_casebook, render
from geoconflict.casebooks.story import read_story
from geoconflict.cli import app
from geoconflict.errors import CasebookError, MissingSnapshotError, PageOptionError
from geoconflict.look.theme import fill_of
from geoconflict.page.story import markdown, photo_data, tell
from tests.conftest import JANUARY
from tests.page.accessibility import faults
from tests.page.conftest import PHONE, WIDE, squares

RYAZAN = "2025-01-24-ryazan-refinery"
KALUGA = "2025-01-20-kaluga-enterprise"
COLUMNS = (
    *("title", "text", "event", "lon", "lat", "zoom", "date_from", "date_to", "front"),
    *("photo", "video", "archive", "alt", "credit"),
)
STEPS = [
    {"title": "The refinery", "text": "**Hit** by night.", "event": RYAZAN,
     "date_from": "2025-01-23", "date_to": "2025-01-24"},
    {"title": "The east", "text": "- one\n- [two](https://example.org/a?b=3&c=4)",
     "lon": "37.5", "lat": "48.2", "zoom": "8", "front": "off", "photo": "grey.jpg",
     "alt": "A grey wall", "credit": "Own photo"},
    {"title": "The sea", "lon": "31", "lat": "44", "zoom": "6", "front": "on",
     "video": "https://video.example/a?b=1&c=2", "archive": "https://archive.example/1",
     "alt": "A ship in flames"},
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """A copy of a casebook with a photo that a camera wrote a position into."""
    target = tmp_path / "january-2025"
    shutil.copytree(JANUARY, target, ignore=shutil.ignore_patterns("map.*ml", "map.png"))
    shutil.copy(JANUARY / "map.toml", target)
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (48.0, 16.0, 55.0), 3: "E", 4: (37.0, 10.0, 54.0)}
    exif[0x010F] = "CAMERA-MAKER"
    Image.new("RGB", (2400, 1600), "#667788").save(target / "grey.jpg", exif=exif)
    return target


def write(folder, rows):
    with (folder / "story.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


def story_of(folder, rows, **options):
    write(folder, rows)
    book = read_casebook(folder)
    return book, tell(read_story(folder, book), folder, **options)


@pytest.fixture
def told(folder, open_page):
    def open_(viewport=WIDE, **options):
        book, story = story_of(folder, STEPS)
        html = str(render(book, story=story, fronts=squares()))
        return open_page(html, viewport, reduced_motion="reduce", **options)

    return open_


def test_the_map_follows_the_steps(told):
    page = told().page
    assert page.locator(".step").count() == 3
    assert page.locator("h1:visible").count() == 1
    assert page.evaluate("geoconflict.page.map.getBounds().contains([54.565, 39.765])")
    assert page.evaluate("geoconflict.dates.iso(geoconflict.page.criteria.from)") == "2025-01-23"
    page.locator("#story").focus()
    page.keyboard.press("ArrowRight")
    centre = page.evaluate("geoconflict.page.map.getCenter()")
    assert (centre["lat"], centre["lng"]) == pytest.approx((48.2, 37.5), abs=0.01)
    assert page.evaluate("geoconflict.page.fronts.isShown") is False
    assert page.locator(".step[aria-current]").locator("h2").inner_text() == "The east"
    assert "Step 2 of 3" in page.locator(".story-nav").inner_text()


def test_what_was_measured_of_a_told_event_is_in_sight(told):
    ends = told().page.evaluate(f"""() => {{
      const {{ map, store, measured }} = geoconflict.page;
      const bounds = map.getBounds();
      return measured.ends(store.find("{RYAZAN}")).map((end) => bounds.contains(end));
    }}""")
    assert len(ends) > 1
    assert all(ends)


def test_what_is_drawn_during_a_flight_stands_where_it_belongs(folder, open_page):
    far = {"title": "Far", "lon": "37.5", "lat": "52.5", "zoom": "5"}
    book, story = story_of(folder, [far, {**far, "lon": "36.3", "lat": "54.4", "zoom": "8"}])
    page = (opened := open_page(str(render(book, story=story)))).page
    page.evaluate("""() => {
      const { map } = geoconflict.page;
      const fly = map.flyTo.bind(map);
      map.flyTo = (centre, zoom) => fly(centre, zoom, { duration: 9 });
    }""")
    page.wait_for_function("() => geoconflict.page.map.getZoom() === 5")
    page.evaluate("geoconflict.page.story.go(1)")
    page.wait_for_function("() => geoconflict.page.map.getZoom() > 6")
    page.evaluate("geoconflict.page.labels.redraw()")
    opened.settle()
    lat, lon = page.evaluate(f"""() => {{
      const {{ store }} = geoconflict.page;
      const at = store.find("{KALUGA}");
      return [store.lat[at], store.lon[at]];
    }}""")
    fill = [int(fill_of("claimed")[at : at + 2], 16) for at in (1, 3, 5)]
    middle = opened.pixels(lat, lon, size=6)[:, :3]
    assert (abs(middle.astype(int) - fill).max(axis=1) < 40).mean() > 0.3
    page.evaluate("geoconflict.page.map.stop()")


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_scrolling_goes_to_the_next_step(told, viewport):
    page = told(viewport).page
    page.locator(".step").nth(2).evaluate("(e) => e.scrollIntoView({ block: 'center' })")
    page.wait_for_function("() => geoconflict.page.story.at === 2")
    assert page.evaluate("geoconflict.page.map.getZoom()") == 6
    assert page.evaluate("geoconflict.page.fronts.isShown") is True
    box = page.locator(".map").bounding_box()
    assert box["height"] > 0.3 * viewport["height"]


def test_the_plain_map_is_one_click_away_and_back(told):
    page = told().page
    page.get_by_role("button", name="Explore the map").click()
    assert page.locator("#panel .item").first.is_visible()
    assert not page.locator("#story").is_visible()
    page.get_by_role("button", name="Back to the story").click()
    assert page.locator("#story").is_visible()


def test_nothing_is_asked_of_a_network_and_nothing_goes_wrong(told):
    opened = told()
    opened.page.locator(".story-nav button").last.click()
    assert [url for url in opened.requests if not url.startswith(("file:", "data:"))] == []
    assert opened.problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_serious_in_a_story(told, size, scheme):
    assert faults(told(size, color_scheme=scheme)) == []


def test_without_script_the_story_is_told_with_its_photos(folder, browser, tmp_path):
    book, story = story_of(folder, STEPS)
    file = tmp_path / "story.html"
    file.write_text(str(render(book, story=story)), "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator(".step h2").all_inner_texts() == ["The refinery", "The east", "The sea"]
    assert page.get_by_alt_text("A grey wall").is_visible()
    links = page.locator(".video a")
    assert links.all_inner_texts() == ["Video: A ship in flames", "archived copy"]
    assert links.first.get_attribute("href") == "https://video.example/a?b=1&c=2"
    assert page.locator("h1:visible").count() == 1
    assert page.locator(".twin tbody tr").count() == 63
    context.close()


def test_a_photo_is_shrunk_and_tells_nothing_of_its_camera(folder):
    address = photo_data(folder / "grey.jpg")
    assert b"CAMERA-MAKER" in (folder / "grey.jpg").read_bytes()
    content = base64.b64decode(address.partition(",")[2])
    with Image.open(io.BytesIO(content)) as photo:
        assert photo.size == (1280, 853)
        assert len(photo.getexif()) == 0
    assert b"CAMERA-MAKER" not in content
    assert b"Exif" not in content


@pytest.mark.parametrize(
    ("step", "column", "expected"),
    [
        ({"photo": "grey.jpg"}, "", "alt: what is on the photo"),
        ({"video": "https://v.example/1", "archive": "https://a.example/1"}, "", "alt: what is on"),
        ({"video": "https://v.example/1", "alt": "x"}, "", "video and archive together"),
        ({"video": "javascript:1", "archive": "https://a.example/1"}, "video", "http"),
        ({"photo": "../../outside.jpg", "alt": "x"}, "photo", "a file in the casebook's folder"),
        ({"photo": "nowhere.jpg", "alt": "x"}, "photo", "a file in the casebook's folder"),
        ({"photo": "story.svg", "alt": "x"}, "", "a photo that ends in"),
        ({"event": "no-such-event"}, "event", "an id of events.csv"),
        ({"lon": "37"}, "", "lon and lat together"),
        ({"event": RYAZAN, "lon": "37", "lat": "48"}, "", "not both"),
        ({"date_from": "2025-02-01", "date_to": "2025-01-01"}, "", "a date_to on or after"),
        ({"zoom": "40"}, "zoom", "less than or equal to 12"),
        ({"date_from": "2022-11-25"}, "date_from", "a day from 2022-11-26 to 2025-02-03"),
        ({"date_to": "2025-02-04"}, "date_to", "a day from 2022-11-26 to 2025-02-03"),
    ],
)
def test_what_a_step_cannot_show_is_told_with_its_line(folder, step, column, expected):
    write(folder, [{"title": "fine"}, {"title": "wrong", **step}])
    with pytest.raises(CasebookError) as raised:
        read_story(folder, read_casebook(folder))
    (fault,) = raised.value.faults
    assert (fault.file, fault.line) == ("story.csv", 3)
    assert column in fault.column
    assert expected in fault.expected


EVIL = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    '[x](https://e.org/"onmouseover=alert(1)//)',
    "[<img src=x onerror=alert(1)>](https://e.org)",
    "**<b onclick=alert(1)>x</b>**",
    "- <svg onload=alert(1)>",
]


@pytest.mark.parametrize("text", EVIL)
def test_no_text_of_a_story_becomes_markup(text):
    html = str(markdown(text))
    tags = set(re.findall(r"<(/?\w+)", html))
    assert tags <= {"p", "/p", "ul", "/ul", "li", "/li", "a", "/a", "strong", "/strong"}
    for attributes in re.findall(r"<a ([^>]*)>", html):
        assert set(re.findall(r'(\w+)="', attributes)) == {"href", "target", "rel"}
        assert attributes.count('"') == 6


@pytest.mark.parametrize("name", ["title", "alt", "credit", "text"])
def test_a_page_with_such_texts_runs_none_of_them(folder, open_page, name):
    rows = [{**STEPS[1], name: " ".join(EVIL)}]
    book, story = story_of(folder, rows)
    opened = open_page(str(render(book, story=story)))
    assert opened.page.locator(".story script, .story svg, .story img[src=x]").count() == 0
    assert opened.problems == []


def test_marks_of_markdown_are_what_they_say():
    html = str(markdown("One **two** *three*\n\n- four\n- [five](https://e.org/a?b=1&c=2)"))
    assert html == (
        "<p>One <strong>two</strong> <em>three</em></p><ul><li>four</li><li>"
        '<a href="https://e.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">five</a>'
        "</li></ul>"
    )


def test_a_blurred_story_tells_no_coordinates_and_goes_to_no_point_of_its_own(folder):
    point = {"lon": "37.18", "lat": "48.28"}
    rows = [{"title": "At 48.2800, 37.1800", "text": "lat=48.28 lon=37.18", **point}]
    _, story = story_of(folder, rows, is_blurred=True)
    assert "48.28" not in f"{story.steps[0].title}{story.steps[0].text}"
    assert story.views[0]["at"] is None


def test_the_command_tells_the_story(folder, tmp_path):
    write(folder, STEPS)
    target = tmp_path / "story.html"
    result = CliRunner().invoke(app, ["map", str(folder), "--story", "-o", str(target)])
    assert result.exit_code == 0, result.output
    assert 'id="story"' in target.read_text("utf-8")


DAYS = (dt.date(2024, 12, 22), dt.date(2025, 2, 1))


def held(opened, lat, lon):
    script = """([lat, lon]) => {
      const { map, fronts } = geoconflict.page;
      const renderer = fronts.layer._renderer;
      renderer._redraw();
      const point = map.latLngToLayerPoint([lat, lon]).subtract(renderer._bounds.min);
      const scale = renderer._container.width / renderer._bounds.getSize().x;
      const at = [point.x * scale, point.y * scale].map(Math.round);
      return renderer._ctx.getImageData(...at, 1, 1).data[3];
    }"""
    return opened.page.evaluate(script, [lat, lon])


def test_two_days_of_the_front_stand_on_either_side_of_the_line(open_page, january):
    # Held from 36.0 east on the first day, from 35.0 on the second.
    opened = open_page(str(render(january, fronts=squares(), compare=DAYS)))
    opened.show(48.2, 35.5, 7)
    slider = opened.page.get_by_role("slider", name=re.compile("Line between"))
    set_to = "(e, value) => { e.value = value; e.dispatchEvent(new Event('input')); }"
    slider.evaluate(set_to, "0")
    assert held(opened, 48.2, 35.5) > 20
    slider.evaluate(set_to, "100")
    assert held(opened, 48.2, 35.5) == 0
    assert "20 December 2024" in opened.page.locator(".swipe-left").inner_text()
    assert "1 February 2025" in opened.page.locator(".swipe-right").inner_text()
    said = opened.page.locator(".front-text").inner_text()
    assert re.findall(r"snapshot of ([^,]*), [\d,]+ km", said) == [
        "20 December 2024",
        "1 February 2025",
    ]
    assert opened.page.get_by_label("Change over the range").count() == 0


def test_days_outside_the_period_are_compared_too(open_page, january):
    days = (dt.date(2024, 7, 1), dt.date(2025, 1, 10))
    fronts = squares(("2024-07-01", "2025-01-10"))
    opened = open_page(str(render(january, fronts=fronts, compare=days)))
    assert "1 July 2024" in opened.page.locator(".swipe-left").inner_text()


def test_two_days_need_snapshots(january):
    with pytest.raises(PageOptionError, match="give --front DIR"):
        render(january, compare=DAYS)
    with pytest.raises(MissingSnapshotError):
        render(january, fronts=squares(), compare=(dt.date(2023, 1, 1), DAYS[1]))
