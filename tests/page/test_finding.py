"""Filters, search, list and table: what is chosen is shown everywhere, with the counts."""

import re

import pytest

from tests.page.conftest import PHONE

RYAZAN = "2025-01-24-ryazan-refinery"
BUK = "2025-01-20-buk-m3"


def listed(opened):
    """Ids of the events in the list or table."""
    return opened.page.locator("[data-event]").evaluate_all("es => es.map(e => e.dataset.event)")


def on_map(opened):
    """Ids of the events that the map draws."""
    return opened.page.evaluate("""() => geoconflict.page.events.placed
      .flatMap(({ rows }) => rows).map((row) => geoconflict.page.store.events.id[row])""")


def choose(opened, facet, option):
    """Open the filters and tick an option."""
    opened.page.evaluate(
        "document.querySelectorAll('.filters, .facet').forEach((e) => { e.open = true; })"
    )
    group = opened.page.get_by_role("group", name=facet)
    group.get_by_label(re.compile(rf"^{re.escape(option)}\d+$")).click()


def search(opened, text):
    opened.page.locator("#search").fill(text)
    opened.page.wait_for_function(f"() => geoconflict.page.criteria.query === {text!r}")


@pytest.mark.parametrize(
    ("facet", "option", "query"),
    [
        ("Kind", "Strike", "kind == 'strike'"),
        ("Acting side", "Russian side", "actor == 'RU'"),
        ("What was hit", "Refinery", "target_type == 'refinery'"),
        ("Status", "Confirmed", "status == 'confirmed'"),
    ],
)
def test_a_filter_leaves_those_events_in_list_and_map(january_open, january, facet, option, query):
    choose(january_open, facet, option)
    wanted = january.events.query(query)["id"]
    assert 0 < len(wanted) < len(january.events)
    assert sorted(listed(january_open)) == sorted(wanted)
    located = january_open.page.evaluate(
        "geoconflict.page.criteria.rows.filter(geoconflict.page.store.isLocated).length"
    )
    assert len(on_map(january_open)) == located
    assert set(on_map(january_open)) <= set(wanted)
    result = january_open.page.locator(".result").inner_text()
    assert result.startswith(f"{len(wanted)} of {len(january.events)} events")


def test_filters_by_source_and_verdict_go_by_reports_and_figures(january_open, january):
    source = january.info.sources["kyiv-independent-2022-12-04"]
    choose(january_open, "Source", source.title)
    said = january.reports.query("source == 'kyiv-independent-2022-12-04'")["event_id"]
    stated = january.claims.query("source == 'kyiv-independent-2022-12-04'")["event_id"].dropna()
    assert set(listed(january_open)) == {*said, *stated}
    january_open.page.locator(".chip-clear").click()
    choose(january_open, "Verdict on its figures", "Off")
    assert listed(january_open) == ["2025-02-03-astrakhan-gas-plant"]


def test_counts_say_how_many_each_choice_would_leave(january_open, january):
    choose(january_open, "Kind", "Strike")
    both = january.events.query("kind == 'strike' and status == 'confirmed'")
    status = january_open.page.get_by_role("group", name="Status")
    assert status.get_by_text(f"Confirmed{len(both)}").is_visible()
    kinds = january_open.page.get_by_role("group", name="Kind")
    advances = january.events.query("kind == 'advance'")
    assert kinds.get_by_text(f"Advance{len(advances)}").is_visible()


def test_two_options_of_one_filter_are_either_and_chips_take_them_back(january_open, january):
    choose(january_open, "Kind", "Strike")
    choose(january_open, "Kind", "Interception")
    wanted = january.events.query("kind in ('strike', 'interception')")["id"]
    assert sorted(listed(january_open)) == sorted(wanted)
    january_open.page.get_by_label("Remove the filter Strike").click()
    assert sorted(listed(january_open)) == sorted(
        january.events.query("kind == 'interception'")["id"]
    )
    january_open.page.locator(".chip-clear").click()
    assert len(listed(january_open)) == len(january.events)


@pytest.mark.parametrize(
    "text", ["Ryazan refinery", "РЯЗАНЬ refinery", "rjazan", "рязань", "рязан refin", "Riazan"]
)
def test_search_finds_a_place_in_any_script_and_spelling(january_open, text):
    search(january_open, text)
    found = listed(january_open)
    assert RYAZAN in found
    assert len(found) < 12
    assert set(on_map(january_open)) <= set(found)


def test_search_looks_into_reports_figures_and_sources(january_open, january):
    search(january_open, "explosions heard")
    assert RYAZAN in listed(january_open)
    search(january_open, "Khortytsia Trehubov")
    wanted = january.reports[january.reports["claimant"].str.contains("Trehubov")]["event_id"]
    assert set(wanted) <= set(listed(january_open))
    search(january_open, "no such words anywhere")
    assert listed(january_open) == []
    assert "0 of 63 events" in january_open.page.locator(".result").inner_text()
    assert "Nothing of this kind" in january_open.page.locator(".results").inner_text()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Київ", "Kyiv"),
        ("Запоріжжя", "Zaporizhzhia"),
        ("Энгельс", "ENGELS"),
        ("Людиново", "Lyudinovo"),
        ("Харків", "Kharkiv"),
        ("Щёкино", "Shchyokino"),
        ("Łódź", "Lodz"),
        ("ﬁre", "fire"),
    ],
)
def test_texts_fold_to_the_same(january_open, one, other):
    fold = "([a, b]) => [geoconflict.fold(a), geoconflict.fold(b)]"
    folded = january_open.page.evaluate(fold, [one, other])
    assert folded[0] == folded[1] != ""


def test_the_list_can_be_ordered(january_open, january):
    january_open.page.get_by_label("Order").select_option("date")
    first = listed(january_open)[0]
    oldest = january.events["date_end"].min()
    assert january.events.set_index("id").loc[first, "date_end"] == oldest
    january_open.page.get_by_label("Order").select_option("title")
    titles = january_open.page.locator("#on-the-map ~ ul .item-title").all_inner_texts()
    assert titles == sorted(titles, key=str.casefold)
    assert january_open.page.locator(".item-when").count() == len(january.events)


def test_the_table_is_a_twin_of_the_map_with_all_events(january_open, january):
    page = january_open.page
    page.get_by_role("button", name="Table").click()
    assert sorted(listed(january_open)) == sorted(january.events["id"])
    table = page.get_by_role("table")
    assert table.get_by_role("columnheader", name="Date").get_attribute("aria-sort") == "descending"
    table.get_by_role("button", name="Kind").click()
    assert table.get_by_role("columnheader", name="Kind").get_attribute("aria-sort") == "ascending"

    def told():
        return [text.split("\n")[0] for text in table.locator("td.with-icon").all_inner_texts()]

    kinds = told()
    assert kinds == sorted(kinds)
    assert page.evaluate("document.activeElement.closest('th').ariaSort") == "ascending"
    page.keyboard.press("Enter")
    assert told() == kinds[::-1] != kinds


def test_the_table_opens_located_events_on_the_map_and_others_below_their_row(january_open):
    page = january_open.page
    page.get_by_role("button", name="Table").click()
    page.locator(f'[data-event="{RYAZAN}"]').click()
    assert january_open.popup.locator(".title").inner_text() == "Ryazan oil refinery"
    page.keyboard.press("Escape")
    buk = page.locator(f'[data-event="{BUK}"]')
    buk.click()
    assert buk.get_attribute("aria-expanded") == "true"
    assert "57 km from the front line" in page.locator(".row-details").inner_text()
    buk.click()
    assert page.locator(".row-details").count() == 0


def test_only_what_the_map_shows_leaves_the_unlocated(january_open):
    january_open.show(53.8664, 34.4478, 10)
    january_open.page.get_by_label("Only what the map shows").check()
    found = listed(january_open)
    assert "2025-01-18-lyudinovo-depot" in found
    assert RYAZAN not in found
    assert BUK in found


def test_an_open_event_that_is_filtered_out_is_closed(january_open):
    january_open.item(RYAZAN).click()
    search(january_open, "Kaluganefteprodukt")
    january_open.popup.wait_for(state="detached")
    assert january_open.page.locator(".measured-label").count() == 0
    assert january_open.problems == []


def test_filters_work_in_the_drawer_of_a_phone(open_page, january_html):
    opened = open_page(january_html, PHONE, is_mobile=True, has_touch=True)
    opened.page.locator("#drawer-handle").tap()
    search(opened, "рязань")
    assert RYAZAN in listed(opened)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    found = len(listed(opened))
    assert 1 < found < 63
    handle = opened.page.locator("#drawer-handle")
    handle.tap()
    assert f"List of {found} events" in handle.inner_text()


def test_the_whole_table_is_in_sight_on_a_desktop(january_open):
    january_open.page.get_by_role("button", name="Table").click()
    frame = january_open.page.locator(".table-frame")
    client, scroll = frame.evaluate("(e) => [e.clientWidth, e.scrollWidth]")
    assert scroll <= client


def test_what_was_found_stands_first_then_who_says_what_then_the_figures(january_open):
    january_open.page.evaluate("geoconflict.page.openEvent('2025-01-24-ryazan-refinery')")
    assert january_open.popup.locator(".details > .flags .flag").count() >= 1
    top = "e => e.getBoundingClientRect().top"
    flags = january_open.popup.locator(".details > .flags").evaluate(top)
    assert flags < january_open.popup.locator(".who").first.evaluate(top)
    heads = january_open.popup.locator(".details section > h4").all_inner_texts()
    assert heads.index("Who says what") < heads.index("Figures") < heads.index("Position")


@pytest.mark.parametrize(
    ("query", "event"),
    [
        ("Kiev", "place == 'Kyiv'"),
        ("Часов Яр", "place == 'Chasiv Yar'"),
        ("Курахово", "place == 'Kurakhove'"),
        ("Kurakhovo", "place == 'Kurakhove'"),
        ("Artemovsk", "place == 'Bakhmut'"),
        ("НПЗ", "target_type == 'refinery'"),
        ("Удар", "kind == 'strike'"),
        ("Донецька", "admin1 == 'UA-14'"),
    ],
)
def test_search_knows_other_names_and_the_page_s_own_words(january_open, january, query, event):
    wanted = set(january.events.query(event)["id"])
    assert wanted
    found = january_open.page.evaluate(
        """(query) => {
          const { criteria, store } = geoconflict.page;
          criteria.change({ query });
          return criteria.rows.map((row) => store.events.id[row]);
        }""",
        query,
    )
    assert wanted <= set(found)
    assert len(found) < len(january.events)
