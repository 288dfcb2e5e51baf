"""The page for everybody: axe-core finds nothing serious, and the keyboard reaches everything."""

import pytest

from geoconflict import render
from geoconflict.look.theme import contrast
from tests.page.accessibility import faults
from tests.page.conftest import PHONE, WIDE, squares

RYAZAN = "2025-01-24-ryazan-refinery"
STATES = {
    "list": "",
    "table": "#list=table",
    "event": f"#event={RYAZAN}&front=change",
    "filtered": "#kind=strike&q=oil&from=2025-01-01",
    "ukrainian": "#lang=uk",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_axe_finds_nothing_serious(open_page, front_html, state, scheme):
    opened = open_page(front_html, color_scheme=scheme, state=state)
    opened.page.evaluate(
        "document.querySelectorAll('.panel details').forEach((e) => { e.open = true; })"
    )
    assert faults(opened) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_a_phone(open_page, front_html, scheme):
    opened = open_page(front_html, PHONE, color_scheme=scheme)
    assert faults(opened) == []
    opened.page.locator("#drawer-handle").click()
    assert faults(opened) == []


def test_axe_finds_nothing_serious_on_a_blurred_page(open_page, january):
    opened = open_page(str(render(january, blur_km=10)), state=f"#event={RYAZAN}")
    assert faults(opened) == []


def test_a_fault_would_be_found(january_open):
    january_open.page.evaluate("document.querySelector('#search').removeAttribute('aria-label')")
    january_open.page.evaluate("document.querySelector('#search').placeholder = ''")
    assert [rule for rule, _ in faults(january_open)] == ["label"]


def test_the_keyboard_reaches_every_control_and_shows_where_it_is(open_page, front_html):
    opened = open_page(front_html)
    opened.page.evaluate(
        "document.querySelectorAll('.menu, .view-menu').forEach((e) => { e.open = true; })"
    )
    wanted = opened.page.evaluate("""() => [...document.querySelectorAll(
        "a[href], button, input, select, summary, textarea, [tabindex='0']")]
      .filter((e) => e.checkVisibility({ visibilityProperty: true }))
      .map((e, i) => { e.dataset.probe = i; return i; }).length""")
    seen, hidden = set(), []
    # A field for a day has a stop for each of its parts.
    for _ in range(wanted + 15):
        opened.page.keyboard.press("Tab")
        probe, outline, shown = opened.page.evaluate("""() => {
          const e = document.activeElement;
          const style = getComputedStyle(e);
          const isMarked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
          return [e.dataset.probe, isMarked, e.checkVisibility({ visibilityProperty: true })];
        }""")
        if probe is not None:
            seen.add(int(probe))
            if not (outline and shown):
                hidden.append(probe)
    assert seen == set(range(wanted))
    assert hidden == []


@pytest.mark.parametrize(
    ("name", "reached"),
    [
        ("To the map", ".map"),
        ("To the time", "#time button"),
        ("To the list", "#panel-body .item"),
    ],
)
@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_the_main_parts_are_a_few_keys_away(open_page, january_html, viewport, name, reached):
    page = open_page(january_html, viewport).page
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == name:
            break
    assert page.evaluate("document.activeElement.getBoundingClientRect().width") > 20
    page.keyboard.press("Enter")
    assert page.evaluate("(selector) => document.activeElement.matches(selector)", reached)


def test_the_map_moves_by_keyboard(january_open):
    january_open.page.locator(".map").focus()
    before = january_open.page.evaluate("geoconflict.page.map.getCenter().lng")
    january_open.page.keyboard.press("ArrowRight")
    january_open.page.wait_for_timeout(500)
    assert january_open.page.evaluate("geoconflict.page.map.getCenter().lng") > before


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_what_changes_is_announced(open_page, front_html, viewport):
    opened = open_page(front_html, viewport)
    assert opened.page.locator("[role=status].result").count() == 1
    assert opened.page.locator("h1").count() == 1
    assert opened.page.locator("main").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_on_the_map_stand_out_by_aa(open_page, january_html, scheme):
    opened = open_page(january_html, color_scheme=scheme)
    colours = opened.page.evaluate("geoconflict.theme.colours()")
    for ink, grounds in {
        "city": ("land", "ukraine"),
        "place": ("land", "ukraine"),
        "front": ("land", "ukraine"),
    }.items():
        for ground in grounds:
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    assert contrast(colours["country"], colours["ukraine"]) >= 3
    assert contrast(colours["name"], colours["sea"]) >= 3


def test_a_front_is_told_in_words_as_well(open_page, january):
    opened = open_page(str(render(january, fronts=squares())))
    assert "km² held by Russia" in opened.page.locator(".front-text").inner_text()
