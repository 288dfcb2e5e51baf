"""The page of a checked report, as text and in a real browser."""

import datetime as dt
import re

import pytest

from geoconflict import check_claims, read_claims
from geoconflict.article import article, headline, title_of, write_article

TEXT = """A report <script>alert(1)</script> & more.

In Engels, about 640 km from the Ukrainian border, a fuel depot burned. Kazan is some 720 km
east of Moscow. Russian forces took 18 sq km (11 square miles) a day in December 2024."""


@pytest.fixture(scope="module")
def checks():
    return check_claims(read_claims(TEXT, published=dt.date(2025, 1, 24)))


@pytest.fixture(scope="module")
def html(checks):
    return article(TEXT, checks, title="A <b>title</b>", published=dt.date(2025, 1, 24))


def test_every_claim_is_marked_and_has_a_card(html, checks):
    assert len(checks) == 3
    for number in (1, 2, 3):
        assert html.count(f'id="claim-{number}"') == 1
        assert html.count(f'id="words-{number}"') == 1
    marks = re.findall(r'<mark class="(\w+)">', html)
    assert list(dict.fromkeys(marks)) == ["contradicted", "supported"]


def test_the_text_is_escaped_and_nothing_of_it_is_lost(html):
    assert "<script" not in html
    body = "".join(re.findall(r'<p class="words">(.*?)</p>', html, re.DOTALL))
    plain = re.sub(r"<sup.*?</sup>|<[^>]+>", "", body)
    for mark, char in (("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&amp;", "&")):
        plain = plain.replace(mark, char)
    assert "".join(plain.split()) == "".join(TEXT.split())


def test_the_same_input_gives_the_same_bytes(html, checks):
    again = article(TEXT, checks, title="A <b>title</b>", published=dt.date(2025, 1, 24))
    assert again == html


def test_a_map_is_to_scale_along_its_line(html):
    """Engels: the line is as long as the bar says that 471 km are, to 3 per cent."""
    svg = next(part for part in html.split("<svg")[1:] if "Engels" in part and "measured" in part)
    x1, y1, x2, y2 = map(
        float, re.search(r'"measured" d="M(\S+) (\S+?)L(\S+) (\S+)"', svg).groups()
    )
    end, km = re.search(r"H([\d.]+)V.*?>([\d,]+) km</text></svg>", svg).groups()
    length_km = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 / (float(end) - 8) * int(km)
    assert length_km == pytest.approx(471.1, rel=0.03)


def test_a_report_without_claims_says_so():
    html = article("Nothing.", [], title="Empty")
    assert "0 stated figures checked." in html
    assert "No distance, direction, area" in html


def test_what_nothing_was_checked_of_is_listed_where_it_stands():
    text = "Kazan is 720 km east of Moscow. A trench of <i> is 45 km long."
    page = article(text, check_claims(read_claims(text)), title="Report")
    assert "A trench of &lt;i&gt; is <b>45 km</b> long." in page
    assert "<b>720 km" not in page


@pytest.mark.parametrize("width", [1440, 390])
def test_it_opens_without_network_and_fits(checks, tmp_path, browser, width):
    path = write_article(tmp_path / "a.html", TEXT, checks, title="T")
    page = browser.new_page(viewport={"width": width, "height": 900})
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    assert requests == [path.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator(".card svg.sketch").count() == 2
    page.locator("mark a").first.click()
    assert page.evaluate("location.hash") == "#claim-1"
    page.close()


def test_the_findings_come_first_and_cards_stand_beside_their_words(checks, tmp_path, browser):
    path = write_article(tmp_path / "a.html", TEXT, checks, title="T")
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(path.as_uri())
    first = page.locator(".findings li").all_inner_texts()
    assert [text.split()[0] for text in first] == ["contradicted", "contradicted"]
    words = page.locator(".words", has_text="In Engels").bounding_box()
    card = page.locator("#claim-1").bounding_box()
    assert card["y"] == pytest.approx(words["y"], abs=30)
    assert card["x"] > words["x"] + words["width"] - 20
    page.close()


@pytest.mark.parametrize("heading", ["Fires in Engels", "# Fires in Engels"])
def test_a_heading_stands_once_and_one_that_is_no_title_stays(heading):
    text = f"{heading}\n\nThe depot in Engels lies some 470 km from the border of Ukraine."
    checks = check_claims(read_claims(text, source="own"))
    assert article(text, checks, title="Fires in Engels").count("Fires in Engels</") == 1
    assert f"{heading}</p>" in article(text, checks, title="Report 7")


def test_on_paper_the_cards_leave_no_page_empty(checks, tmp_path, browser):
    path = write_article(tmp_path / "a.html", TEXT, checks, title="T")
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    row = page.locator(".row", has=page.locator(".card")).first
    words, card = row.locator(".words").bounding_box(), row.locator(".card").first.bounding_box()
    assert words["width"] == pytest.approx(row.bounding_box()["width"], abs=2)
    assert card["y"] >= words["y"] + words["height"]
    page.close()


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_names_on_small_maps_are_whole(tmp_path, browser, language):
    report = (
        "Drones struck the Volgograd oil refinery, about 320 km from the border with Ukraine. "
        "The Novokuibyshevsk oil refinery lies 800 km from the border, Pokrovsk 60 km northwest "
        "of Donetsk, the Zaporizhzhia nuclear power plant 700 km from Moscow."
    )
    checks = check_claims(read_claims(report, published=dt.date(2025, 2, 3)))
    path = write_article(tmp_path / "a.html", report, checks, title="T", language=language)
    page = browser.new_page()
    page.goto(path.as_uri())
    outside = page.locator("svg.sketch text").evaluate_all("""texts => texts.map(text => {
      const { x, width } = text.getBBox();
      const { viewBox } = text.ownerSVGElement;
      return [text.textContent, x >= 0 && x + width <= viewBox.baseVal.width];
    }).filter(([, isWhole]) => !isWhole)""")
    assert page.locator("svg.sketch").count() >= 3
    assert outside == []
    page.close()


def test_what_is_undetermined_is_folded(tmp_path, browser):
    text = "Kazan is some 720 km east of Moscow.\n\nNowherograd, 5 km from the border, was hit."
    found = check_claims(read_claims(text, published=dt.date(2025, 1, 24)))
    assert sorted(check.verdict for check in found) == ["supported", "undetermined"]
    path = write_article(tmp_path / "a.html", text, found, title="T")
    page = browser.new_page()
    page.goto(path.as_uri())
    assert page.locator(".folded").count() == 1
    assert not page.locator("#claim-2 dl").is_visible()
    page.locator(".folded summary").click()
    assert page.locator("#claim-2 dl").is_visible()
    page.close()


def test_a_tap_on_a_phone_opens_the_card_in_place(checks, tmp_path, browser):
    path = write_article(tmp_path / "a.html", TEXT, checks, title="T")
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(path.as_uri())
    assert not page.locator("#claim-1").is_visible()
    before = page.locator("mark a").first.bounding_box()["y"]
    page.locator("mark a").first.click()
    box = page.locator("#claim-1").bounding_box()
    assert box["y"] + box["height"] == pytest.approx(800, abs=2)
    assert page.locator("mark a").first.bounding_box()["y"] == pytest.approx(before, abs=2)
    page.locator("#claim-1 .close").click()
    assert not page.locator("#claim-1").is_visible()
    page.close()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Depots burn on the Volga\n\nA fire.", "Depots burn on the Volga"),
        ("# Депо горить\nПожежа.", "Депо горить"),
        ("A fire broke out in Ryazan.\nIt was put out.", None),
        ("One line alone", None),
        ("", None),
    ],
)
def test_the_title_is_the_heading_of_the_text(text, title):
    assert title_of(text) == title


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Depots burn on the Volga\n\nA fire.", "Depots burn on the Volga"),
        ("A fire broke out in Ryazan.\nIt was put out.", "A fire broke out in Ryazan"),
        ("Уночі горіло. Потім згасло.", "Уночі горіло"),
        ("word " * 40, "word " * 17 + "word…"),
        ("", None),
    ],
)
def test_a_report_without_heading_is_called_by_its_first_sentence(text, words):
    assert headline(text) == words
