"""The desk in a real browser: from an empty folder to a published page, and nothing lost."""

import json

from axe_playwright_python.sync_playwright import Axe

from geoconflict import read_casebook
from tests.desk.conftest import served
from tests.drafting.conftest import REPORT
from tests.page.conftest import PHONE, WIDE

CHECKED = "The refinery in Ryazan lies 700 km from the border with Ukraine."


def start(page, title="Spring"):
    page.fill("#start input", title)
    page.click("#start button")
    page.wait_for_selector("#panel-report:not([hidden])")


def paste(page, text, what, day="2025-01-24"):
    page.fill("#paste textarea", text)
    page.fill("#paste [name=date]", day)
    page.click(f"#paste button[value={what}]")
    page.wait_for_selector("#made[src]:not([hidden])")
    return page.frame_locator("#made")


def add_source(page):
    page.click("#tab-sources")
    page.click("#panel-sources summary")
    row = {"id": "agency", "title": "Agency", "publisher": "Agency", "date": "2025-03-02"}
    for name, value in row.items():
        page.fill(f"#panel-sources form [name={name}]", value)
    page.click("#panel-sources form [type=submit]")
    page.wait_for_selector("#panel-sources tbody tr")


def add_event(page, key="e1", place="Ryazan"):
    page.click("#tab-events")
    if not page.locator("#panel-events details[open]").count():
        page.click("#panel-events summary")
    row = {"id": key, "date_start": "2025-03-01", "date_end": "2025-03-02", "place": place}
    for name, value in row.items():
        page.fill(f"#panel-events form [name={name}]", value)
    page.select_option("#panel-events form [name=kind]", "strike")
    page.click("#panel-events form [type=submit]")
    page.wait_for_selector(f'#panel-events tbody input[aria-label$=", {key}"]')


def cell(page, table, index, column):
    return page.locator(f'#panel-{table} [data-at="{index}:{column}"]')


def test_from_an_empty_folder_to_a_published_page(desk, tab, tmp_path):
    folder, _ = desk
    page = tab(WIDE)
    start(page)
    checked = paste(page, CHECKED, "check")
    checked.get_by_text("461").first.wait_for()  # km, as check tells of the refinery
    page.fill("#paste textarea", "")
    drafted = paste(page, REPORT, "draft")
    drafted.locator(".save").wait_for()
    for button in drafted.get_by_role("button", name="Accept", exact=True).all():
        button.click()
    drafted.locator(".save").click()
    drafted.get_by_text("taken into the casebook").wait_for()
    page.click("#tab-events")
    page.wait_for_selector("#panel-events tbody tr")
    book = read_casebook(folder)
    assert len(book.events) == page.locator("#panel-events tbody tr").count() > 0
    assert "ryazan-refinery" in set(book.events["facility"])
    page.click("#tab-map")
    page.frame_locator("#map").locator(".map").wait_for()
    page.click("#tab-export")
    with page.expect_download() as saved:
        page.click('[data-form="page"]')
    target = tmp_path / "saved.html"
    saved.value.save_as(target)
    assert "Content-Security-Policy" in target.read_text("utf-8")
    assert saved.value.suggested_filename == "spring.html"


def test_a_cell_is_checked_in_place_and_written_at_once(desk, tab):
    folder, _ = desk
    page = tab(WIDE)
    start(page)
    add_event(page)
    # As it looks every two seconds: it knows the state that undoing brings back.
    page.evaluate("() => desk.refresh()")
    spot = cell(page, "events", 0, "date_end")
    spot.fill("next week")
    spot.press("Tab")
    page.wait_for_selector("#said.bad")
    assert "date_end: 'next week'" in page.inner_text("#said")
    assert "next week" not in (folder / "events.csv").read_text("utf-8")
    spot.fill("2025-03-03")
    spot.press("Tab")
    page.wait_for_selector('#said:text-is("Saved.")')
    assert "2025-03-01,2025-03-03" in (folder / "events.csv").read_text("utf-8")
    page.click("#undo")
    page.wait_for_selector('#panel-events [data-at="0:date_end"][value="2025-03-02"]')
    assert "2025-03-01,2025-03-02" in (folder / "events.csv").read_text("utf-8")


def test_two_tabs_and_another_program_lose_nothing_of_each_other(desk, tab):
    folder, _ = desk
    first = tab(WIDE)
    start(first)
    add_event(first)
    second = tab(WIDE)
    second.click("#tab-events")
    cell(second, "events", 0, "weapon").wait_for()
    cell(first, "events", 0, "weapon").fill("drones")
    cell(first, "events", 0, "weapon").press("Tab")
    first.wait_for_selector('#said:text-is("Saved.")')
    # The second tab still shows the old row, and changes another cell of it.
    cell(second, "events", 0, "note").fill("seen twice")
    cell(second, "events", 0, "note").press("Tab")
    second.wait_for_selector('#panel-events [data-at="0:note"][value="seen twice"]')
    path = folder / "events.csv"
    text = path.read_text("utf-8")
    assert "drones" in text
    assert "seen twice" in text
    path.write_text(text.replace("seen twice", "from a spreadsheet"), "utf-8")
    second.wait_for_selector('#panel-events [data-at="0:note"][value="from a spreadsheet"]')
    second.click("#undo")
    second.wait_for_selector('#panel-events [data-at="0:note"][value="seen twice"]')


def test_what_is_killed_loses_at_most_what_is_being_typed(tmp_path, browser):
    folder = tmp_path / "spring"
    context = browser.new_context()
    with served(folder) as (process, address):
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("#start:not([hidden])")
        start(page)
        add_event(page)
        process.kill()
        page.wait_for_selector("#said.bad")
        assert "still running" in page.inner_text("#said")
    assert len(read_casebook(folder).events) == 1
    with served(folder) as (_, address):
        page = context.new_page()
        page.goto(address)
        page.click("#tab-events")
        cell(page, "events", 0, "place").wait_for()
    context.close()


def test_hostile_text_stays_text(tab):
    page = tab(WIDE)
    mark = '</script><script>document.title="taken"</script><img src=x onerror="alert(1)">'
    start(page, mark)
    page.wait_for_selector('#title:has-text("</script>")')
    paste(page, f"{CHECKED} {mark}", "check").get_by_text("461").first.wait_for()
    paste(page, f"{REPORT} {mark}", "draft").locator(".card").first.wait_for()
    assert page.evaluate("document.title") != "taken"
    assert page.locator("img").count() == 0


def test_the_desk_is_accessible_wide_and_on_a_phone_in_each_language(desk, tab):
    page = tab(WIDE)
    start(page)
    add_source(page)
    add_event(page)
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        for language in ("en", "uk", "ru"):
            page.goto(f"{desk[1].partition('?')[0]}?language={language}#events")
            page.wait_for_selector("#panel-events tbody tr")
            found = Axe().run(page).response["violations"]
            assert not found, json.dumps(found)[:2000]
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"]
