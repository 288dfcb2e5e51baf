"""Page, article page and figure in Ukrainian and Russian speak no English of their own."""

import csv
import datetime as dt
import json
import re
import sqlite3
from contextlib import closing

import pandas as pd
import pytest
from defusedxml import ElementTree

from geoconflict import check_claims, draw_checks, draw_map, read_claims, render
from geoconflict.article import article
from geoconflict.cards import html as card
from geoconflict.casebooks.casebook import make_casebook
from geoconflict.casebooks.records import Claim, Event, MapInfo, Report
from geoconflict.exporters import WRITERS
from geoconflict.exporters.located import contents
from geoconflict.fronts.collection import Fronts
from geoconflict.fronts.sources import SOURCES
from geoconflict.look.labels import translated
from tests.conftest import REPOSITORY

DAY = dt.date(2025, 1, 10)
SQUARES = REPOSITORY / "tests" / "fronts" / "squares"
# Names of sources, standards and formats, and what a command is called.
ALLOWED = (
    "OpenStreetMap contributors",
    "ODbL",
    "Natural Earth",
    "GeoNames",
    "geonames.org",
    "CC BY",
    "Leaflet",
    "WGS84",
    "CSV",
    "GeoJSON",
    "PNG",
    "English",
    "squares",
    "OurAirports",
    "Unicode CLDR",
    "Institute for the Study of War",
    "World Resources Institute",
    "Global Power Plant Database",
    "public domain",
    "CC0",
)
QUOTED = re.compile(r"«[^«»]*»|“[^”]*”")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’]+")
OWN = {
    "uk": ("Удари січня", "Уражено об’єкт", "Газета", "Січень 2025", "дрон"),
    "ru": ("Удары января", "Поражён объект", "Газета", "Январь 2025", "беспилотник"),
}
STATED = (
    {"kind": "distance", "subject": "place:Ryazan, RU", "reference": "border:UA", "value_min": 500,
     "unit": "km", "secondary_value": 310, "secondary_unit": "mi", "direction": "N",
     "hedge": "roughly"},
    {"kind": "distance", "subject": "place:Engels", "reference": "border:UA-RU", "value_min": 640,
     "unit": "km"},
    {"kind": "distance", "subject": "place:Ryazan, RU", "reference": "place:Moscow", "value_min": 5,
     "unit": "mi", "hedge": "over"},
    {"kind": "distance", "subject": "admin1:RU-RYA", "reference": "border:UA", "value_min": 300,
     "unit": "km"},
    {"kind": "distance", "subject": "place:Pokrovsk, UA", "reference": "border:FI",
     "value_min": 9, "unit": "km"},
    {"kind": "distance", "subject": "48.55, 37.25", "reference": "front:", "value_min": 3,
     "unit": "km", "date": "2025-01-10"},
    {"kind": "distance", "subject": None, "reference": "front:", "value_min": 57, "unit": "km"},
    {"kind": "distance", "subject": "place:Borova", "reference": "place:Nowhere", "value_min": 7,
     "unit": "km"},
    {"kind": "direction", "subject": "place:Kazan", "reference": "place:Moscow", "direction": "W"},
    {"kind": "near", "subject": "facility:astrakhan-gas-plant", "reference": "place:Astrakhan"},
    {"kind": "near", "subject": "place:Kursk", "reference": "border:UA"},
    {"kind": "inside", "subject": "facility:volgograd-refinery", "reference": "place:Volgograd"},
    {"kind": "inside", "subject": "place:Kursk", "reference": "admin1:UA-14"},
    {"kind": "conversion", "value_min": 18, "unit": "km2/day", "secondary_value": 11,
     "secondary_unit": "mi2/day"},
    {"kind": "area", "subject": "country:UA", "reference": "front:", "value_min": 500,
     "unit": "km2", "date": "2025-01-03/2025-01-10", "claimant": "Газета"},
    {"kind": "share", "subject": "country:UA", "reference": "front:", "value_min": 20,
     "unit": "percent", "date": "2025-01-10"},
    {"kind": "count", "value_min": 21, "unit": "drones"},
)  # fmt: skip
REPORT = {
    "uk": (
        "Рязань розташована приблизно за 500 км на північ від кордону України. "
        "Енгельс лежить за 640 км від українського кордону. Казань стоїть за 720 км на захід "
        "від Москви. До фронту від Покровська 15 км."
    ),
    "ru": (
        "Рязань расположена примерно в 500 км к северу от границы Украины. "
        "Энгельс лежит в 640 км от украинской границы. Казань стоит в 720 км к западу от Москвы. "
        "До фронта от Покровска 15 км."
    ),
}


def english(text):
    text = QUOTED.sub("", text)
    for name in ALLOWED:
        text = text.replace(name, "")
    return sorted(set(LATIN.findall(text)))


def casebook(language):
    title, effects, source, period, weapon = OWN[language]
    places = (
        {"facility": "ryazan-refinery", "target_type": "refinery"},
        {
            "place": "Покровськ",
            "admin1": "UA-14",
            "country": "UA",
            "kind": "advance",
            "actor": "RU",
        },
        {"place": "Енгельс", "country": "RU"},
        {"admin1": "RU-RYA", "kind": "interception"},
        {"lon": 37.25, "lat": 48.3, "precision_m": 900.0, "kind": "control_change", "actor": "RU"},
        {"place": "Борова"},
        {},
    )
    base = {"kind": "strike", "date_start": DAY, "date_end": DAY, "actor": "UA", "weapon": weapon}
    rows = [{**base, "effects": effects, **place} for place in places]
    events = [Event(id=f"event-{n}", **row) for n, row in enumerate(rows)]
    reports = [
        Report(event_id=one.id, source="paper", claimant=source, stance="claims", summary=effects)
        for one in events
    ]
    claims = [
        Claim(**{"id": f"claim-{n}", "event_id": "event-0", "source": "paper", "text": title,
                 "claimant": source, **stated})
        for n, stated in enumerate(STATED)
    ]  # fmt: skip
    info = MapInfo.model_validate(
        {
            "title": title,
            "period": (dt.date(2025, 1, 1), dt.date(2025, 1, 31)),
            "language": language,
            "summary": period,
            "sources": {"paper": {"title": title, "publisher": source, "date": DAY}},
        }
    )
    return make_casebook("own", info, events=events, reports=reports, claims=claims)


@pytest.fixture(scope="module", params=["uk", "ru"])
def own(request):
    book, fronts = casebook(request.param), Fronts.read(SQUARES)
    return request.param, book, fronts


@pytest.mark.parametrize("with_front", [False, True])
def test_a_check_is_said_in_the_language_alone(own, with_front):
    language, book, fronts = own
    for check in check_claims(book, fronts=fronts if with_front else None):
        said = check.say(language)
        text = "\n".join((said.stated, said.measured, said.reason, *said.notes))
        assert not english(text), text


def test_a_page_speaks_no_english(own, open_page):
    language, book, fronts = own
    html = str(render(book, fronts=fronts, allow_restricted=True))
    page = open_page(html).page
    assert page.locator(".credits").inner_text()
    address, seen = page.url, set()
    for row in range(len(book.events)):
        page.goto("about:blank")
        page.goto(f"{address}#event=event-{row}")
        page.wait_for_selector("body[data-ready]")
        assert page.evaluate("document.documentElement.lang") == language
        seen |= set(english(page.locator("body").inner_text()))
    assert not seen


def test_an_article_page_speaks_no_english(own):
    language, _, _ = own
    text = REPORT[language]
    checks = check_claims(read_claims(text, published=DAY))
    assert len(checks) >= 3
    html = article(text, checks, title="Звіт", published=DAY, language=language)
    body = re.sub(r"<style>.*?</style>|<p class=\"credits\">.*?</p>", "", html, flags=re.DOTALL)
    labels = " ".join(re.findall(r'(?:aria-label|title)="([^"]*)"', body))
    assert not english(re.sub(r"<[^>]+>", " ", body) + labels)


def test_figures_speak_no_english(own):
    language, book, _ = own
    checks = check_claims(book)
    figures = draw_checks(checks, title=book.info.title, language=language), draw_map(book)
    for figure in figures:
        texts = [text.get_text() for axes in figure.axes for text in axes.texts]
        texts += [label.get_text() for axes in figure.axes for label in axes.get_yticklabels()]
        texts += [text.get_text() for text in figure.texts]
        assert not english("\n".join(texts))


def words_of(path, kind):
    """What a person reads in an export: texts, without the names and codes of columns."""
    if kind == "kml":
        root = ElementTree.parse(path)
        tags = (f"{{http://www.opengis.net/kml/2.2}}{tag}" for tag in ("name", "description"))
        return [re.sub("<[^>]+>", " ", node.text or "") for tag in tags for node in root.iter(tag)]
    if kind == "geojson":
        features = json.loads(path.read_text("utf-8"))["features"]
        return [feature["properties"]["position"] for feature in features]
    if kind == "geoparquet":
        return pd.read_parquet(path / "events.parquet")["position"].tolist()
    if kind == "gpkg":
        with closing(sqlite3.connect(path)) as base:
            found = [row[0] for row in base.execute("SELECT position FROM events")]
            (style,) = base.execute("SELECT styleQML FROM layer_styles WHERE f_table_name='events'")
        return found + re.findall(r' label="([^"]*)"', style[0])
    sheets = [csv.reader((path / f"{name}.csv").read_text("utf-8").splitlines()) for name in SHEETS]
    # The first row names the columns, the first cell and the last but one link to other rows.
    events, sources = ([row[1:-2] + row[-1:] for row in sheet][1:] for sheet in sheets)
    return [cell for row in events for cell in row] + [row[0] for row in sources]


SHEETS = ("events", "sources")


@pytest.mark.parametrize("kind", sorted(set(WRITERS) - {"csv"}))
def test_exports_speak_no_english(own, tmp_path, kind):
    language, book, _ = own
    write, ending = WRITERS[kind]
    found = words_of(write(book, tmp_path / f"out{ending}"), kind)
    assert len(found) >= len(book.events) - 2
    assert not english("\n".join(map(str, found)).replace("event-", "")), found
    told = contents(book, kind)
    said = (*told.left_out, told.told(tmp_path / "1", language).replace(str(tmp_path), ""))
    assert not english("\n".join(said))
    spoken = words_of(write(book, tmp_path / f"en{ending}", language="en"), kind)
    assert "not located" in "\n".join(map(str, spoken)) or kind == "timemap"


def test_the_terms_of_a_front_are_said_in_the_language(own):
    language, _, fronts = own
    for source in SOURCES:
        terms = translated(source.licence, "licence", language)
        assert not english(re.sub("DeepState|ISW", "", terms))
        assert not english(translated(source.scope, "scope", language))
    assert "counts" not in card(fronts, language)
