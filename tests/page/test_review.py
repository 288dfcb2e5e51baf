"""The review page in a real browser: what a person decides is what geoconflict accept takes."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from geoconflict.drafting import accept, draft_events, new_casebook, read_accepted
from geoconflict.review import review, write_review
from tests.drafting.conftest import REPORT, source
from tests.page.conftest import PHONE, WIDE

HOSTILE = """</script><script>document.title="taken"</script>
<img src=x onerror="document.title='taken'"> Drones struck a refinery in Ryazan overnight, \
"><b>Governor</b> Pavel Malkov said.
"""


@pytest.fixture
def opened(browser, tmp_path):
    """Give a function that opens drafts; the page must ask for nothing and break nowhere."""
    problems = []

    def open_(*drafts, size=WIDE):
        path = write_review(drafts, tmp_path / "draft.html")
        page = browser.new_page(viewport=size)
        page.on("request", lambda r: problems.append(r.url) if r.url[:5] == "http:" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
        page.goto(path.as_uri())
        page.wait_for_selector(".card, .none")
        return page

    yield open_
    assert not problems


@pytest.fixture(scope="module")
def draft():
    return draft_events(REPORT, source=source())


def saved(page, tmp_path):
    with page.expect_download() as download:
        page.locator("#save").click()
    path = tmp_path / "review.json"
    download.value.save_as(path)
    return path


def test_what_was_accepted_and_changed_is_what_is_taken(opened, draft, tmp_path):
    page = opened(draft)
    cards = page.locator(".card")
    assert cards.count() == len(draft.events)
    first = cards.nth(0)
    first.locator(".accept").click()
    first.locator("input[id$=weapon]").fill("missile")
    first.locator("input[id$=weapon]").press("Tab")
    cards.nth(1).locator(".drop").click()
    accepted = read_accepted(saved(page, tmp_path))
    casebook, _ = accept(accepted, new_casebook("Trial"))
    row = casebook.events.iloc[0]
    assert list(casebook.events["id"]) == ["2025-03-11-ryazan-refinery-strike"]
    assert (row["weapon"], row["status"]) == ("missile", "confirmed")
    assert set(casebook.reports["claimant"]) >= {"Ukraine's General Staff"}


def test_nothing_is_in_the_review_that_was_not_accepted(opened, draft, tmp_path):
    page = opened(draft)
    assert json.loads(saved(page, tmp_path).read_text("utf-8"))["reports"] == []


def test_every_step_can_be_undone_and_the_page_remembers(opened, draft):
    page = opened(draft)
    before = page.locator("#cards").inner_text()
    page.locator(".card").nth(0).locator(".accept").click()
    assert "1 accepted" in page.locator(".counts").inner_text()
    page.reload()
    page.wait_for_selector(".card.accepted")
    page.locator(".card").nth(0).locator("text=Split in two").click()
    assert page.locator(".card").count() == len(draft.events) + 1
    page.locator("#undo").click()
    page.locator(".card").nth(0).locator(".accept").click()
    assert page.locator("#cards").inner_text() == before


def test_two_events_are_joined_and_one_is_added(opened, draft):
    page = opened(draft)
    page.locator(".card").nth(0).get_by_label("Join with").select_option(index=1)
    assert page.locator(".card").count() == len(draft.events) - 1
    page.locator("#add").click()
    assert page.locator(".card").count() == len(draft.events)
    assert page.evaluate("document.activeElement.id").endswith("-place")


def test_a_place_is_chosen_of_those_that_a_name_can_mean(opened, tmp_path):
    text = "Russian forces shelled Oleksandrivka overnight, killing one man."
    draft = draft_events(text, source=source())
    (event,) = draft.events
    assert event.cells["place"].certainty == "open"
    page = opened(draft)
    options = page.locator(".card .option input")
    assert options.count() == len(event.places) > 1
    assert page.locator(".card .map .spot").count() == len(event.places)
    assert not page.locator(".card .option input:checked").count()
    options.nth(1).check()
    assert page.locator(".card .spot.chosen text").inner_html() == "2"
    page.locator(".card .accept").click()
    casebook, _ = accept(read_accepted(saved(page, tmp_path)), new_casebook("Trial"))
    row, chosen = casebook.events.iloc[0], event.places[1]
    assert (row["lon"], row["lat"]) == pytest.approx((chosen.lon, chosen.lat))
    assert row["admin1"] == chosen.admin1
    page.locator("#undo").click()
    page.locator("#undo").click()
    assert not page.locator(".card .option input:checked").count()


def test_a_card_is_headed_by_the_name_of_what_was_struck(opened):
    page = opened(draft_events("Drones struck the Ryazan refinery on 24 January 2025."))
    assert "Ryazan oil refinery" in page.locator("#cards h2, #cards h3").first.inner_text()
    assert page.locator(".about").inner_text().startswith("source not told")


def test_a_field_shows_the_words_that_it_rests_on(opened, draft):
    page = opened(draft)
    field = page.locator(".card").nth(0).locator("input[id$=injured]")
    field.focus()
    shown = page.evaluate("[...CSS.highlights.get('evidence')][0].toString()")
    assert shown == "two people were injured"


def test_all_goes_by_keys(opened, draft):
    page = opened(draft)
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("j")
    page.keyboard.press("d")
    assert page.locator(".counts").inner_text().startswith("1 accepted, 1 dropped")
    page.keyboard.press("u")
    assert page.locator(".counts").inner_text().startswith("1 accepted, 0 dropped")


def test_the_page_speaks_three_languages(opened, draft):
    page = opened(draft)
    for code, word in (("uk", "Прийняти"), ("ru", "Принять"), ("en", "Accept")):
        page.locator("#language").select_option(code)
        assert page.locator(".accept").first.inner_text() == word
        assert page.locator("html").get_attribute("lang") == code


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_the_page_is_for_everybody(opened, draft, size):
    page = opened(draft, size=size)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_no_word_of_a_report_becomes_markup(opened):
    page = opened(draft_events(HOSTILE, source=source(title="<b>t</b>")))
    assert page.title() != "taken"
    assert page.locator("#text b, #text img").count() == 0
    assert "<img src=x" in page.locator(".words").inner_text()


def test_the_same_draft_gives_the_same_page(draft):
    assert review([draft]) == review([draft])
