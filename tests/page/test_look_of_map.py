"""Symbols stand where they belong, panels are easy to leave, and columns can be told apart."""

import itertools
import json
import math
import re
from dataclasses import replace

import pandas as pd
import pyproj
import pytest
import shapely

from geoconflict import measure, render
from geoconflict.measuring.borders import Borders
from geoconflict.page.ground import ground
from geoconflict.page.labels import map_labels
from geoconflict.theatre import Theatre
from tests.page.conftest import PHONE, WIDE

RYAZAN = "2025-01-24-ryazan-refinery"
GEOD = pyproj.Geod(ellps="WGS84")


def many(january, rows):
    """A casebook of nothing but strikes, each with some cells of its own."""
    first = january.events.query("kind == 'strike'").iloc[[0]].assign(facility=None, place=None)
    events = pd.concat([first.assign(id=f"event-{n}", **row) for n, row in enumerate(rows)])
    none = {"reports": january.reports[:0], "claims": january.claims[:0]}
    return replace(january, events=events, **none)


def placed(opened):
    script = """() => {
      const { events, map } = geoconflict.page;
      events.settle();
      return events.placed.map(({ x, y, rows, radius, leader }) => {
        const { lat, lng } = map.unproject([x, y]);
        return { lat, lon: lng, rows: [...rows], radius, leader };
      });
    }"""
    return opened.page.evaluate(script)


def test_the_page_romanises_names_as_the_gazetteer_does(january_open):
    script = """async (packed) => {
      const { placenames, unpack } = geoconflict;
      document.body.append(Object.assign(document.createElement("script"), {
        id: "names-again", type: "application/json", textContent: packed,
      }));
      const { cities, latin } = await unpack.read("names-again");
      const columns = unpack.table(cities);
      placenames.use(columns, latin);
      return columns.en;
    }"""
    shown = january_open.page.evaluate(script, ground(Theatre.default())["labels-data"])
    assert "Sloviansk" in shown
    assert sorted(shown) == sorted(map_labels(Theatre.default())["cities"]["en"])


@pytest.mark.parametrize("zoom", [5, 6, 7, 8])
def test_no_symbol_of_an_oblast_leaves_it(january_open, zoom):
    january_open.show(52.0, 38.0, zoom)
    events = january_open.page.evaluate(
        "(({ admin1, position_kind: kinds }) => ({ admin1, kinds }))(geoconflict.page.store.events)"
    )
    seen = 0
    for symbol in placed(january_open):
        row = symbol["rows"][0]
        if events["kinds"][row] != "admin1" or not events["admin1"][row]:
            continue
        seen += 1
        unit = Borders.default().unit(events["admin1"][row]).geometry
        point = shapely.Point(symbol["lon"], symbol["lat"])
        # The page draws outlines half a kilometre coarse.
        assert unit.buffer(0.02).contains(point), events["admin1"][row]
    assert seen >= 6


def test_a_symbol_that_made_room_leads_back_to_its_place(january_open):
    january_open.show(47.0, 47.0, 6)
    moved = [one for one in placed(january_open) if one["leader"] and len(one["rows"]) == 1]
    for one in moved:
        dx, dy = one["leader"]
        row = one["rows"][0]
        lat, lon = january_open.page.evaluate(
            "(row) => [geoconflict.page.store.lat[row], geoconflict.page.store.lon[row]]", row
        )
        there = january_open.page.evaluate(
            "([lat, lon]) => Object.values(geoconflict.page.map.project([lat, lon]))", [lat, lon]
        )
        here = january_open.page.evaluate(
            "([lat, lon]) => Object.values(geoconflict.page.map.project([lat, lon]))",
            [one["lat"], one["lon"]],
        )
        assert here[0] - dx == pytest.approx(there[0], abs=0.5)
        assert here[1] - dy == pytest.approx(there[1], abs=0.5)


def test_a_cluster_stands_in_the_middle_of_its_members(open_page, january):
    rows = [{"lon": lon, "lat": 48.0, "precision_m": 100.0} for lon in (37.0, 37.0, 37.0, 37.2)]
    opened = open_page(str(render(many(january, rows))))
    opened.show(48.0, 37.0, 6)
    (cluster,) = placed(opened)
    assert sorted(cluster["rows"]) == [0, 1, 2, 3]
    # Three at 37.0 and one at 37.2 have their middle at 37.05.
    assert cluster["lon"] == pytest.approx(37.05, abs=0.002)


def test_back_closes_the_event_and_stays_on_the_page(january_open):
    page = january_open.page
    before = page.url
    january_open.item(RYAZAN).click()
    assert january_open.popup.is_visible()
    page.go_back()
    january_open.popup.wait_for(state="detached")
    assert page.url.partition("#")[0] == before.partition("#")[0]
    assert "event=" not in page.url


@pytest.mark.parametrize("verdict", ["contradicted", "off"])
def test_a_badge_opens_what_it_counts(january_open, verdict):
    badge = january_open.page.locator(f".tally .flag-{verdict}")
    count = int(badge.inner_text().split()[0])
    badge.click()
    assert badge.get_attribute("aria-expanded") == "true"
    assert january_open.page.locator(f".tallied .claim-{verdict}").count() == count > 0
    badge.click()
    assert january_open.page.locator(".tallied .claim").count() == 0


def test_the_drawer_opens_with_events_in_sight(open_page, january_html):
    opened = open_page(january_html, PHONE)
    opened.page.locator("#drawer-handle").click()
    box = opened.page.locator(".item").first.bounding_box()
    assert 0 < box["y"] < PHONE["height"] - 40


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_the_source_of_an_event_is_a_short_way_down(open_page, january_html, viewport):
    opened = open_page(january_html, viewport, state=f"#event={RYAZAN}")
    panel = opened.popup.bounding_box()
    who = opened.popup.locator(".who").first.bounding_box()
    assert who["y"] < panel["y"] + panel["height"]


def framed(open_page, tmp_path, html, height=500):
    (tmp_path / "map.html").write_text(html, "utf-8")
    frame = f'<iframe src="map.html" width="900" height="{height}"></iframe>'
    text = f'<!DOCTYPE html><meta charset="utf-8">{frame}<div style="height:4000px"></div>'
    opened = open_page(text)
    inside = opened.page.frames[1]
    inside.wait_for_selector("body[data-ready]")
    return opened, inside


def test_the_wheel_scrolls_the_text_around_the_map_unless_ctrl_is_held(
    open_page, tmp_path, january_html
):
    opened, inside = framed(open_page, tmp_path, january_html)
    zoom = "geoconflict.page.map.getZoom()"
    before = inside.evaluate(zoom)
    opened.page.mouse.move(450, 150)
    opened.page.mouse.wheel(0, 300)
    opened.page.wait_for_function("window.scrollY > 100")
    assert inside.evaluate(zoom) == before
    opened.page.evaluate("window.scrollTo(0, 0)")
    opened.page.keyboard.down("Control")
    opened.page.mouse.wheel(0, -400)
    inside.wait_for_function(f"() => {zoom} > {before}")


def test_in_a_low_frame_most_of_it_is_map(open_page, tmp_path, january_html):
    opened, inside = framed(open_page, tmp_path, january_html, height=400)
    assert inside.locator(".map").bounding_box()["height"] >= 0.7 * 400
    assert opened.problems == []


def test_colours_tell_kinds_where_all_events_have_one_status(open_page, january):
    events = january.events.assign(status="claimed")
    opened = open_page(str(render(replace(january, events=events))))
    assert opened.page.evaluate("geoconflict.page.colouring.by") == "kind"
    legend = opened.page.locator(".legend .meanings").evaluate("e => e.textContent")
    assert "Strike" in legend
    colours = {
        opened.page.evaluate(
            "(row) => geoconflict.symbols.fill(geoconflict.page.colouring.codeOf(row))", row
        )
        for row in range(len(events))
    }
    assert len(colours) >= 4


def test_every_column_that_tells_events_apart_can_be_their_colour(january_open):
    names = january_open.page.evaluate("geoconflict.page.colouring.names()")
    assert {"status", "kind", "side", "target", "weapon", "oblast", "source", "verdict"} <= set(
        names
    )
    for name in names:
        january_open.page.evaluate("(by) => geoconflict.page.colouring.set({ by })", name)
        entries = january_open.page.evaluate("geoconflict.page.colouring.entries()")
        shown = january_open.page.locator(".legend .meanings li")
        assert shown.count() == len(entries) >= 2


def test_a_choice_of_colour_is_in_the_address(open_page, january_html):
    opened = open_page(january_html, state="#colour=side&size=killed")
    assert opened.page.evaluate("geoconflict.page.colouring.by") == "side"


def test_the_table_has_every_column_and_fifteen_rows_on_a_screen(open_page, january_html):
    page = open_page(january_html, WIDE, state="#list=table").page
    page.get_by_label("All columns").check()
    heads = page.locator(".table-block thead th").all_inner_texts()
    wanted = (
        "Date",
        "Event",
        "Kind",
        "Target",
        "Weapon",
        "Status",
        "Place",
        "How exact",
        "Sources",
    )
    assert [name for name in wanted if not any(head.startswith(name) for head in heads)] == []
    heights = [row.bounding_box()["height"] for row in page.locator("tbody tr").all()[:20]]
    assert sum(heights) / len(heights) <= 32


def test_typed_days_are_the_range_of_time(january_open):
    january_open.page.get_by_label("First day shown").first.evaluate(
        "(e) => { e.value = '2025-01-24'; e.dispatchEvent(new Event('change')); }"
    )
    assert (
        january_open.page.evaluate("geoconflict.dates.iso(geoconflict.page.criteria.from)")
        == "2025-01-24"
    )
    assert "from=2025-01-24" in january_open.page.evaluate("geoconflict.page.address()")


POINTS = [
    ((37.18, 48.28), (37.8, 48.0)),
    ((30.5, 50.4), (39.7, 54.6)),
    ((22.2, 48.6), (48.0, 46.3)),
    ((37.0, 48.0), (37.0001, 48.0)),
]


@pytest.mark.parametrize(("one", "other"), POINTS)
def test_the_ruler_measures_on_the_ellipsoid(january_open, one, other):
    metres = january_open.page.evaluate(
        "([a, b]) => geoconflict.geodesic.distance(a, b)", [one, other]
    )
    azimuth, _, exact = GEOD.inv(*one, *other)
    assert metres == pytest.approx(exact, abs=0.01)
    end = january_open.page.evaluate(
        "([a, az, d]) => geoconflict.geodesic.destination(a, az, d)", [one, azimuth, exact]
    )
    assert end == pytest.approx(other, abs=1e-7)


# The page draws the border half a kilometre coarse, and as one line where the source has two, which
# are up to 4 km apart along the rivers of Belarus.
@pytest.mark.parametrize(
    ("lon", "lat", "within_km"), [(39.74, 54.63, 1), (36.19, 51.73, 1), (30.52, 50.45, 5)]
)
def test_the_ruler_tells_how_far_border_and_front_are(open_page, front_html, lon, lat, within_km):
    opened = open_page(front_html)
    near = opened.page.evaluate(
        """(point) => {
          const { ruler } = geoconflict.page;
          ruler.choose("near");
          ruler.add(point);
          const { nearest } = geoconflict.geodesic;
          return [nearest(point, ruler.border), nearest(point, ruler.fronts.lines())];
        }""",
        [lon, lat],
    )
    border = measure(f"{lat}, {lon}", "border:UA")
    assert near[0]["metres"] / 1000 == pytest.approx(border.distance_km, abs=within_km)
    for one in near:
        assert one["metres"] == pytest.approx(GEOD.inv(lon, lat, *one["point"])[2], abs=0.1)
    said = opened.page.locator(".ruler-said").text_content()
    assert "to the land border of Ukraine" in said
    assert "to the front of 1 February 2025" in said


def test_a_ring_stands_around_the_point_that_was_clicked(january_open):
    page = january_open.page
    page.evaluate("geoconflict.page.ruler.choose('ring')")
    page.evaluate("geoconflict.page.ruler.add([37.2, 48.3])")
    ring = page.evaluate(
        """() => {
          const found = [];
          geoconflict.page.ruler.layer.eachLayer((layer) => {
            const points = layer instanceof L.Polygon ? layer.getLatLngs()[0] : [];
            found.push(...points.map(({ lat, lng }) => [lng, lat]));
          });
          return found;
        }"""
    )
    reach = [GEOD.inv(37.2, 48.3, lon, lat)[2] for lon, lat in ring]
    assert min(reach) == pytest.approx(50_000, abs=1)
    assert max(reach) == pytest.approx(50_000, abs=1)


def test_many_events_can_be_counted_in_hexagons(open_page, january):
    rows = [
        {"lon": 30 + 0.02 * n, "lat": 48.0 + 0.01 * (n % 50), "precision_m": 100.0}
        for n in range(400)
    ]
    opened = open_page(str(render(many(january, rows))))
    opened.page.evaluate("geoconflict.page.events.showAs('hexagons')")
    opened.page.evaluate("geoconflict.page.events.settle()")
    cells = opened.page.evaluate("geoconflict.page.events.placed.map(({ total }) => total)")
    assert sum(cells) == 400
    assert len(cells) > 5


def test_coordinates_are_no_finer_than_known_and_not_told_where_blurred(open_page, january):
    opened = open_page(str(render(january)), state=f"#event={RYAZAN}")
    assert opened.popup.locator(".coordinates code").inner_text() == "54.56, 39.75"
    hidden = open_page(str(render(january, blur_km=10)), state=f"#event={RYAZAN}")
    assert hidden.popup.locator(".coordinates").count() == 0


def test_labels_of_columns_are_no_markup(open_page, january):
    evil = "<img src=x onerror=alert(1)>"
    events = january.events.assign(weapon=[evil, *january.events["weapon"][1:]])
    opened = open_page(
        str(render(replace(january, events=events))), state="#colour=weapon&list=table"
    )
    assert opened.page.locator("img[src=x]").count() == 0
    assert evil in json.dumps(opened.page.locator(".legend").evaluate("e => e.textContent"))
    assert opened.problems == []


def crowd(january):
    """Three hundred strikes in Kharkiv, 40 on its oblast's edge, and 20 told of all Sumy Oblast."""
    exact = {"admin1": None, "precision_m": 1000.0}
    inside = [{**exact, "lon": 36.23, "lat": 49.99}] * 240
    edge = [{**exact, "lon": 37.305, "lat": 48.995}] * 40
    whole = [{"admin1": "UA-59", "lon": None, "lat": None, "precision_m": None}] * 20
    return many(january, inside + edge + whole)


def test_many_events_are_added_up_by_oblast_where_it_can_be_told(open_page, january):
    opened = open_page(str(render(crowd(january))))
    opened.page.evaluate("geoconflict.page.events.showAs('units')")
    totals = opened.page.evaluate("""() => {
      const { events, shading } = geoconflict.page;
      events.settle();
      return events.placed.filter(({ isUnit }) => isUnit)
        .map(({ rows, total }) => [shading.unitOf(rows[0]), total]).sort();
    }""")
    assert totals == [["UA-59", 20], ["UA-63", 240]]
    assert opened.page.evaluate("geoconflict.page.shading.unitOf(245)") is None
    assert opened.problems == []


def test_heat_is_deepest_where_most_events_lie(open_page, january):
    opened = open_page(str(render(crowd(january))))
    opened.show(49.5, 36.5, 8)
    opened.page.evaluate("geoconflict.page.events.showAs('heat')")
    opened.settle()
    depth = """([lat, lon]) => {
      const { map, events } = geoconflict.page;
      const { _container: canvas, _bounds: bounds } = events.layer._renderer;
      const { x, y } = map.latLngToLayerPoint([lat, lon]).subtract(bounds.min);
      const ratio = canvas.width / bounds.getSize().x;
      return canvas.getContext("2d").getImageData(x * ratio, y * ratio, 1, 1).data[3];
    }"""
    most, some, none = (
        opened.page.evaluate(depth, at) for at in ([49.99, 36.23], [48.995, 37.305], [49.6, 35.4])
    )
    assert most > some > none == 0


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_the_usual_table_has_fifteen_rows_on_a_screen(open_page, january_html, language):
    page = open_page(january_html, WIDE, state=f"#lang={language}&list=table").page
    rows = page.locator(".table-block tbody tr").evaluate_all(
        "rows => rows.filter(row => row.getBoundingClientRect().bottom <= innerHeight).length"
    )
    assert rows >= 15
    # A title that is cut is whole in its tip, a date is never cut.
    cut = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).length"
    assert page.locator(".table-block tbody td:first-child").evaluate_all(cut) == 0
    assert page.locator(".table-block .row-open:not([title])").count() == 0


def test_a_table_has_its_places_in_the_language_of_the_page(open_page, january_html):
    page = open_page(january_html, WIDE, state="#lang=uk&list=table").page
    places = page.evaluate(
        """() => [...document.querySelectorAll(".table-block tbody tr")]
          .map((row) => row.cells[5].textContent)"""
    )
    assert {"Куп’янськ", "Курахове", "Волгоград"} <= set(places)
    # Those that the gazetteer does not tell stand as they are given.
    latin = {place for place in places if re.search("[A-Za-z]", place)}
    assert latin <= {"Aksarayskiy", "Pishchane"}


@pytest.mark.parametrize("zoom", [3.5, 4, 4.5])
def test_from_afar_no_symbol_lies_on_another(open_page, january_html, zoom):
    opened = open_page(january_html, PHONE)
    opened.show(50.0, 38.0, zoom)
    symbols = placed(opened)
    rows = sorted(row for symbol in symbols for row in symbol["rows"])
    assert len(rows) == len(set(rows)) == 53
    project = "([lat, lon]) => geoconflict.page.map.latLngToContainerPoint([lat, lon])"
    at = [opened.page.evaluate(project, [one["lat"], one["lon"]]) for one in symbols]
    apart = [
        math.hypot(a["x"] - b["x"], a["y"] - b["y"]) / (one["radius"] + other["radius"])
        for (a, one), (b, other) in itertools.combinations(zip(at, symbols, strict=True), 2)
    ]
    assert min(apart) > 0.85


def test_names_keep_off_the_letters_of_a_side_below_its_symbol(january_open):
    heights = january_open.page.evaluate(
        """() => {
          const { events } = geoconflict.page;
          events.map.setView([48.2, 37.4], 10, { animate: false });
          const boxes = events.obstacles();
          return events.seen.map((symbol, at) => [symbol.side, boxes[at].height - boxes[at].width]);
        }"""
    )
    assert {side for side, _ in heights} >= {None, "RU"}
    assert all(more == (10 if side else 0) for side, more in heights)


def names_on(opened, lat, lon, zoom):
    """The names that the map writes around a point."""
    return opened.page.evaluate(
        """([lat, lon, zoom]) => {
          const { map, labels } = geoconflict.page;
          map.setView([lat, lon], zoom, { animate: false });
          const { prototype } = CanvasRenderingContext2D;
          const [write, found] = [prototype.fillText, []];
          prototype.fillText = function (...given) {
            found.push(given[0]);
            write.apply(this, given);
          };
          labels._renderer._redraw();
          prototype.fillText = write;
          return found;
        }""",
        [lat, lon, zoom],
    )


def test_the_town_in_a_ring_of_symbols_is_named(january_open):
    assert {"Pokrovsk", "Kurakhove", "Toretsk"} <= set(names_on(january_open, 48.2, 37.4, 10))


@pytest.mark.parametrize(("last", "is_named"), [("2022-12-01", True), ("2025-02-03", False)])
def test_a_water_that_is_gone_bears_no_name(open_page, january_html, last, is_named):
    opened = open_page(january_html, state=f"#to={last}")
    names = names_on(opened, 47.2, 34.0, 8)
    assert ("Kakhovka Reservoir" in names) == is_named
    assert {"Nikopol", "Kherson"} <= set(names)


@pytest.mark.parametrize("code", ["en", "uk", "ru"])
def test_the_name_of_an_open_event_keeps_off_its_panel(open_page, january_html, code):
    opened = open_page(january_html, state=f"#event={RYAZAN}&lang={code}")
    opened.settle()
    left, right = opened.page.evaluate("""() => {
      const { map, labels } = geoconflict.page;
      const [ctx, found] = [labels._renderer._ctx, []];
      const write = ctx.fillText;
      ctx.fillText = (text, x, y) => {
        const width = ctx.measureText(text).width;
        const at = map.layerPointToContainerPoint([x, y]).x;
        if (/^(Ryazan|Р.*язан)/.test(text)) found.push(at + width);
        write.call(ctx, text, x, y);
      };
      labels._renderer._redraw();
      const edge = document.querySelector(".event-popup").getBoundingClientRect().left;
      return [Math.max(...found), edge - map.getContainer().getBoundingClientRect().left];
    }""")
    assert 0 < left < right


def test_the_legend_tells_of_what_the_map_shows_alone(open_page, january, january_html):
    def told(html):
        page = open_page(html).page
        return page.locator(".legend").evaluate("e => e.textContent")

    whole, strikes = (
        told(january_html),
        told(str(render(many(january, [{"lon": 36.0, "lat": 50.0}])))),
    )
    for words in ("Fighting", "Number intercepted", "Outline of such a region"):
        assert words in whole
        assert words not in strikes
    assert "Air defence" not in whole
    assert "Railway" in whole


def test_a_map_without_railways_has_none_in_its_legend(january_open):
    page = january_open.page
    page.evaluate(
        """() => geoconflict.legend.add(geoconflict.page.map, {
          position: "topright", isOpen: true, fronts: null, hasRailways: false,
        })"""
    )
    told = page.locator(".legend").evaluate_all("all => all.map((e) => e.textContent)")
    assert sorted("Railway" in text for text in told) == [False, True]


def test_waters_have_bends_in_place_of_corners_close_by(january_open):
    drawn = january_open.page.evaluate(
        """() => {
          const steps = { x: [0, 10, 10, -20], y: [0, 0, 10, -10] };
          const grid = { scale: [1, 1], translate: [0, 0] };
          const { path } = geoconflict.arcs.open({ lengths: [4], ...steps, ...grid });
          const probe = document.createElement("canvas").getContext("2d");
          const [x, y] = geoconflict.arcs.project([19, 9.25]);
          const holds = (isRound) => probe.isPointInPath(path([[0]], 0, isRound), x, y);
          return [false, true].map(holds);
        }"""
    )
    assert drawn == [True, False]


def test_the_first_events_are_in_sight_beside_the_map(january_open):
    page = january_open.page
    first, second = (page.locator("#panel .item").nth(at).bounding_box() for at in (0, 1))
    assert first["y"] + first["height"] < second["y"] < 900
    summary = page.locator(".masthead .summary")
    cut = summary.bounding_box()["height"]
    page.get_by_role("button", name="Whole summary").click()
    assert summary.bounding_box()["height"] > cut + 40
    page.get_by_role("button", name="Less").click()
    assert summary.bounding_box()["height"] == cut


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_no_word_of_the_legend_is_broken_on_a_phone(open_page, january_html, language):
    page = open_page(january_html, PHONE, state=f"#lang={language}").page
    page.locator(".legend summary").click()
    broken = page.evaluate("""() => {
      const range = document.createRange();
      const isBroken = (text) => [...text.data.matchAll(/\\S+/g)].some(({ 0: word, index }) => {
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
      });
      const legend = document.querySelector(".legend");
      const walker = document.createTreeWalker(legend, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      return texts.filter(isBroken).map(({ data }) => data);
    }""")
    assert broken == []
