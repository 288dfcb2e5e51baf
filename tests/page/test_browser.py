"""The first casebook's page as a reader meets it, in a real browser."""

import re
from dataclasses import replace

import folium
import pytest

from geoconflict import render
from tests.page.conftest import PHONE, WIDE

RYAZAN = "2025-01-24-ryazan-refinery"
GORBUNOV = "2025-01-20-gorbunov-plant"
LYUDINOVO = "2025-01-18-lyudinovo-depot"
BUK = "2025-01-20-buk-m3"
POKROVSK = (48.2820, 37.1820)


def test_opening_it_asks_for_nothing_but_the_file(january_open):
    january_open.show(48.5, 37.5, 8)
    january_open.item(RYAZAN).click()
    assert len(january_open.requests) == 1
    assert january_open.requests[0].startswith("file://")
    assert january_open.problems == []


def test_a_click_on_an_event_opens_everything_recorded_of_it(january_open):
    january_open.show(53.8664, 34.4478)
    january_open.click_middle()
    popup = january_open.popup
    assert popup.locator(".title").inner_text() == "Kaluganefteprodukt depot at Lyudinovo"
    text = popup.inner_text()
    assert "Night of 17 to 18 January 2025" in text
    assert "Lyudinovo, Russia" in text
    assert "Three diesel tanks".lower() in text.lower()
    assert "Ukrainian side" in text
    assert "Confirmed" in text
    assert "General Staff of Ukraine claims 18 January 2025" in text
    assert "Astra (citing emergency services) confirms" in text
    assert "Campaign assessment of 20 January 2025, Institute for the Study of War" in text
    assert "Town point, as its own site is not known; it lies within 4 km of there." in text
    assert "Lyudinovo is placed in Kaluga Oblast." in text
    assert popup.locator(".verdict-supported").first.inner_text() == "Supported"
    assert "the sources differ on the date" in text.lower()


def test_the_list_opens_an_event_by_keyboard_and_escape_leads_back(january_open):
    january_open.item(RYAZAN).focus()
    january_open.page.keyboard.press("Enter")
    title = january_open.popup.locator(".title")
    assert title.inner_text() == "Ryazan oil refinery"
    assert title.evaluate("e => e === document.activeElement")
    assert january_open.item(RYAZAN).get_attribute("aria-current") == "true"
    january_open.page.keyboard.press("Escape")
    january_open.popup.wait_for(state="detached")
    assert january_open.item(RYAZAN).evaluate("e => e === document.activeElement")


def test_stated_measured_and_verdict_stand_in_the_popup(january_open):
    january_open.item("2025-02-03-astrakhan-gas-plant").click()
    claim = january_open.popup.locator(".claim-off")
    text = claim.inner_text()
    assert "The gas plant is placed near the city of Astrakhan." in text
    assert "Stated" in text
    assert re.search(r"Measured\s+49\.\d km", text)
    assert claim.locator(".verdict").inner_text() == "Off"
    assert claim.locator(".reason").inner_text()


def test_the_measured_line_is_drawn_while_the_popup_is_open(january_open):
    label = january_open.page.locator(".measured-label")
    assert label.count() == 0
    january_open.item(RYAZAN).click()
    wanted = r"46\d\.\d km ± 7 from the recognised border of Ukraine"
    assert re.fullmatch(wanted, label.inner_text())
    january_open.page.keyboard.press("Escape")
    label.wait_for(state="detached")


def test_the_list_names_what_was_measured_and_what_is_denied(january_open):
    flags = {
        name: january_open.item(name).locator(".flag").all_inner_texts()
        for name in (RYAZAN, GORBUNOV, "2025-02-03-astrakhan-gas-plant", "2024-12-31-gains-2024")
    }
    assert list(flags.values()) == [
        ["distance fits", "direction fits"],
        ["denied"],
        ["farther than near"],
        [],
    ]
    assert january_open.page.locator(".item .flag-denied").count() == 1
    january_open.item(GORBUNOV).click()
    assert january_open.popup.locator(".kicker").inner_text().split() == [
        *("Strike", "Geolocated", "denied"),
    ]


def test_dates_that_are_not_reported_are_not_shown_as_if_they_were(january_open):
    days = january_open.page.locator(".day").all_inner_texts()
    for day in (
        "Before 24 January 2025",
        "Shortly before 3 February 2025",
        "About 20 January 2025",
    ):
        assert day in days
    assert not [
        day for day in days if day.startswith(("1 December 2024", "27 January", "13 January"))
    ]
    assert (
        "About mid-January 2025 (11 to 20 January assumed)" in january_open.item(BUK).inner_text()
    )
    gains = january_open.item("2025-01-31-buk-tor-systems").inner_text()
    assert "December 2024 to January 2025" in gains


@pytest.mark.parametrize(
    ("event", "title"),
    [
        ("2024-12-31-mi-8-black-sea", "Somewhere over the Black Sea"),
        ("2025-01-24-interceptions-bryansk", "Somewhere in Bryansk Oblast"),
    ],
)
@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_what_is_only_somewhere_says_so_and_shows_how_far(
    open_page, january_html, event, title, viewport
):
    opened = open_page(january_html, viewport)
    opened.page.wait_for_selector("body[data-ready]")
    opened.item(event).evaluate("e => e.click()")
    assert opened.popup.locator(".title").inner_text() == title
    inside = opened.page.evaluate(
        """(id) => {
          const { map, store } = geoconflict.page;
          const ends = geoconflict.areas.corners(store.event(store.find(id)));
          const view = map.getBounds();
          return ends.map(([lon, lat]) => view.contains([lat, lon]));
        }""",
        event,
    )
    assert inside == [True] * 4


def test_only_what_is_somewhere_in_an_area_is_drawn_with_a_ring(january_open):
    kinds = january_open.page.evaluate("""() => geoconflict.page.events.rows
      .map(geoconflict.page.store.event).filter(({ lon }) => lon !== null)
      .map((row) => [geoconflict.areas.is(row), row.position_kind])""")
    assert {kind for is_area, kind in kinds if is_area} == {"admin1", "water"}
    assert {kind for is_area, kind in kinds if not is_area} == {"facility", "settlement", "town"}
    drawn = january_open.page.evaluate("""() => geoconflict.page.events.placed
      .filter((symbol) => symbol.isArea).reduce((sum, { rows }) => sum + rows.length, 0)""")
    assert drawn == len([1 for is_area, _ in kinds if is_area])


def test_the_legend_is_closed_where_it_would_cover_the_coast(open_page, january_html):
    legend = open_page(january_html).page.locator(".legend")
    assert legend.get_attribute("open") is None
    roomy = open_page(january_html, {"width": 1700, "height": 1000})
    roomy.page.wait_for_selector("body[data-ready]")
    assert roomy.page.locator(".legend").get_attribute("open") == ""
    covered = roomy.page.evaluate("""() => {
      const { map, store } = geoconflict.page;
      const edge = document.querySelector(".legend-box").getBoundingClientRect().right
        - map.getContainer().getBoundingClientRect().left;
      return store.sites.lat.filter((lat, site) =>
        map.latLngToContainerPoint([lat, store.sites.lon[site]]).x < edge);
    }""")
    assert covered == []


def test_figures_that_nothing_could_check_have_no_verdict(january_open):
    totals = january_open.page.locator(".totals").inner_text()
    assert re.search(r"Recorded, not checkable: \d+", totals)
    verdicts = [
        int(text.split()[0])
        for text in january_open.page.locator(".totals .flag").all_inner_texts()
    ]
    recorded = int(totals.rpartition(": ")[2])
    assert sum(verdicts) + recorded == january_open.page.evaluate(
        "geoconflict.page.store.allClaims().length"
    )
    january_open.item("2025-01-01-kyiv-residential").click()
    claim = january_open.popup.locator(".claim").inner_text()
    assert "Recorded, not checkable" in claim
    assert "1 people" not in claim


def test_a_facility_says_who_runs_it(january_open):
    january_open.item("2025-01-31-volgograd-refinery").click()
    facts = january_open.popup.locator(".facts").inner_text()
    # What it is stands there already, as the target.
    assert "Site\nLukoil" in facts


def test_texts_of_the_casebook_carry_its_language(open_page, january):
    book = replace(january, info=january.info.model_copy(update={"language": "uk"}))
    opened = open_page(str(render(book, language="en")))
    opened.page.wait_for_selector("body[data-ready]")
    opened.item(RYAZAN).click()
    for told in ("h1", ".summary", ".credits cite", ".event-popup .who b", ".claim-text span"):
        assert opened.page.locator(told).first.get_attribute("lang") == "uk", told
    assert opened.page.locator(".when").first.get_attribute("lang") is None
    assert opened.page.locator("html").get_attribute("lang") == "en"


def test_every_event_is_listed_and_every_located_one_opens(january_open, january):
    ids = january_open.page.locator(".item").evaluate_all("es => es.map(e => e.dataset.event)")
    assert sorted(ids) == sorted(january.events["id"])
    for item in january_open.page.locator("#on-the-map ~ ul .item").all():
        item.evaluate("e => e.click()")
        title = item.locator(".item-title").inner_text()
        assert january_open.popup.locator(".title").inner_text() == title


def test_events_without_a_place_are_listed_with_the_reason_and_open_there(january_open):
    item = january_open.item(BUK)
    assert "not located: no place is named" in item.inner_text()
    assert item.get_attribute("aria-expanded") == "false"
    item.click()
    details = january_open.page.locator(f"#{item.get_attribute('aria-controls')}")
    assert "A Buk-M3 was said hit 57 km from the front line" in details.inner_text()
    assert details.locator(".verdict").first.inner_text() == "Undetermined"
    item.click()
    assert not details.is_visible()


def test_all_events_at_one_place_can_be_paged_through(january_open, january):
    wanted = january.events.query("place == 'Pokrovsk' and facility.isna()")["effects"]
    january_open.item("2025-01-24-pokrovsk-axis").click()
    seen = set()
    for _ in wanted:
        text = january_open.popup.locator(".facts dd").first.inner_text()
        seen.add(text.casefold())
        january_open.popup.get_by_label("Next event").click()
    assert f"of {len(wanted)} here" in january_open.popup.locator(".pager").inner_text()
    assert seen == {effects.casefold() for effects in wanted}


def test_a_group_of_events_zooms_in_until_single_ones_can_be_opened(january_open):
    january_open.show(48.4, 37.5, 5)
    zoom = "geoconflict.page.map.getZoom()"
    january_open.page.evaluate("""() => {
      const { map, events } = geoconflict.page;
      const middle = map.project([48.4, 37.5]);
      const far = ({ x, y }) => Math.hypot(x - middle.x, y - middle.y);
      const groups = events.placed.filter(({ shares, isOnePlace }) => shares && !isOnePlace);
      events.choose(groups.sort((a, b) => far(a) - far(b))[0]);
    }""")
    january_open.page.wait_for_timeout(400)
    assert january_open.page.evaluate(zoom) > 6


def test_interceptions_over_an_oblast_are_one_symbol_with_the_number(january_open):
    numbers = january_open.page.evaluate("""() => geoconflict.page.events.placed
      .map(({ number }) => number).filter((n) => n)""")
    assert sorted(numbers) == [7, 17, 17, 20, 25, 37]


def test_figures_without_an_event_are_listed_with_their_verdicts(january_open):
    block = january_open.page.locator("section[aria-labelledby=other-figures]")
    text = block.inner_text()
    assert "Other figures" in text
    assert "figures undetermined" in text
    assert "figures recorded, not checkable" in text
    assert "1,000 km (620 miles) to the east of Moscow" in text
    assert block.locator(".verdict-off").first.is_visible()


def test_title_period_summary_legend_scale_and_attributions(january_open, january):
    page = january_open.page
    assert page.title() == january.info.title
    assert page.locator("h1").inner_text() == january.info.title
    assert page.locator("#period").inner_text() == (
        "31 December 2024 to 3 February 2025, with 5 older events of December 2022"
    )
    assert january.info.summary[:60] in page.locator(".summary").inner_text()
    page.locator(".legend summary").click()
    legend = page.locator(".legend").inner_text()
    for word in ("Strike", "Interception", "Advance", "Claimed", "Geolocated", "Disputed"):
        assert word in legend
    assert re.search(r"\d+ km", page.locator(".leaflet-control-scale").inner_text())
    assert (
        "© OpenStreetMap contributors" in page.locator(".leaflet-control-attribution").inner_text()
    )
    credits_ = page.locator(".credits").inner_text()
    for line in (*january.info.attribution, "GeoNames (geonames.org, CC BY 4.0)"):
        assert line in credits_
    for source in january.info.sources.values():
        assert source.title in credits_


def test_on_a_phone_the_list_is_a_drawer_and_the_popup_fits(open_page, january_html):
    opened = open_page(january_html, PHONE, is_mobile=True, has_touch=True)
    page = opened.page
    page.wait_for_selector("body[data-ready]")
    handle = page.locator("#drawer-handle")
    assert "List of 63 events" in handle.inner_text()
    assert not opened.item(LYUDINOVO).is_visible()
    handle.tap()
    opened.item(LYUDINOVO).tap()
    assert handle.get_attribute("aria-expanded") == "false"
    box = opened.popup.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert box["y"] >= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert opened.problems == []


def test_a_casebook_without_events_is_a_page_that_works(open_page, january):
    empty = replace(
        january,
        events=january.events.iloc[:0],
        reports=january.reports.iloc[:0],
        claims=january.claims.iloc[:0],
    )
    opened = open_page(str(render(empty)))
    opened.page.wait_for_selector("body[data-ready]")
    assert "0 events" in opened.page.locator(".result").inner_text()
    assert opened.problems == []


def test_printing_puts_the_map_first_and_the_whole_list_below(january_open):
    page = january_open.page
    page.emulate_media(media="print")
    top = "e => e.getBoundingClientRect().top"
    tops = [page.locator(at).evaluate(top) for at in ("h1", ".print-map", ".totals", ".credits")]
    assert tops == sorted(tops)
    assert page.locator(".credits li").last.is_visible()
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height > tops[-1] > 3000
    assert not page.locator(".leaflet-control-zoom").is_visible()


def test_folium_layers_are_shown_and_their_popups_open(open_page, january):
    page = render(january)
    place = (50.0, 24.5)
    square = {
        "type": "Polygon",
        "coordinates": [[[26, 49], [27, 49], [27, 50], [26, 50], [26, 49]]],
    }
    folium.CircleMarker(
        place, radius=20, color="#ff00ff", fill_opacity=1, popup="<b>own</b>\r\nlayer"
    ).add_to(page)
    folium.GeoJson(
        square, style_function=lambda _: {"fillColor": "#00ff00", "fillOpacity": 1}
    ).add_to(page)
    folium.Marker((49.5, 24.5), tooltip="plain").add_to(page)
    folium.Marker((49.2, 24.5), icon=folium.Icon(color="red")).add_to(page)
    group = folium.FeatureGroup("Group").add_to(page)
    folium.PolyLine([(49, 23), (50, 23)]).add_to(group)
    folium.LayerControl(collapsed=False).add_to(page)
    opened = open_page(str(page))
    opened.page.wait_for_selector("body[data-ready]")
    opened.show(*place, 8)
    opened.click_middle()
    assert opened.page.locator(".leaflet-popup-content").inner_text() == "own layer"
    assert colour_at(opened, 49.5, 26.5) == [0, 255, 0]
    marker = opened.page.locator("img.leaflet-marker-icon")
    assert marker.evaluate("e => e.naturalWidth") == 25
    assert opened.page.locator("div.leaflet-marker-icon svg").is_visible()
    assert opened.page.get_by_label("Group").is_checked()
    assert opened.problems == []
    assert len(opened.requests) == 1


def colour_at(opened, lat, lon):
    return opened.pixels(lat, lon, size=1)[0, :3].tolist()


def test_it_shows_itself_in_the_frame_of_a_notebook(open_page, january_page):
    opened = open_page(f'<!DOCTYPE html><meta charset="utf-8">{january_page._repr_html_()}')
    frame = opened.page.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for()
    frame.locator(f'.item[data-event="{LYUDINOVO}"]').click()
    assert "Lyudinovo" in frame.locator(".event-popup .title").inner_text()
    assert opened.problems == []


@pytest.mark.parametrize(
    "attempt",
    [
        "document.body.append(Object.assign(document.createElement('script'), {text: 'ran = 1'}))",
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"ran = 1\">')",
        "fetch('http://127.0.0.1:9/').catch(() => 0)",
        "new Image().src = 'http://127.0.0.1:9/a.png'",
    ],
)
def test_the_policy_stops_foreign_scripts_and_connections(january_open, attempt):
    page = january_open.page
    page.evaluate("""() => addEventListener("securitypolicyviolation",
      (event) => { window.stopped = event.violatedDirective; })""")
    page.evaluate(f"() => {{ {attempt} }}")
    page.wait_for_function("window.stopped")
    assert page.evaluate("window.ran") is None
