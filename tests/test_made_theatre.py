"""A made-up war of two countries, from a file of places through claims to a page.

Aland lies between 0 and 5 degrees east, Boria between 5 and 10; no line of code knows them.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

import geoconflict
from geoconflict import (
    Borders,
    Gazetteer,
    check_claims,
    draw_map,
    draw_share,
    measure,
    read_casebook,
    read_claims,
    render,
    write_article,
)
from geoconflict.errors import CasebookError
from geoconflict.exporters import WRITERS
from geoconflict.fronts.snapshots import Snapshot
from geoconflict.gazetteer.placefile import Name, PlaceFile, write_places
from geoconflict.gazetteer.places import Place
from geoconflict.page.packing import unpack
from geoconflict.theatre import Theatre
from tests.fronts.conftest import day

THEATRE = """
id = "rivers"
title = "the war of the two rivers"
home = "AL"
opponent = "BO"
window = [0, 0, 10, 10]
front_window = [0, 0, 10, 10]
plane = "+proj=laea +lat_0=5 +lon_0=5 +ellps=WGS84 +units=m"
neighbourhood = ["AL", "BO"]
belt = [[5.0, 1.0], [5.0, 9.0]]
fought = ["AL-N", "AL-S"]
[prior]
AL = { score = 0.7 }
BO = { score = 0.4 }
[areas]
AL = "area-al"
[capitals]
AL-N = "Westhaven"
[figures.area-al]
title = "area of Aland"
value = 600000
unit = "km2"
date = ""
citation = "Survey of Aland"
"""
WHOLE = [("AL", "Aland", 0, 5), ("BO", "Boria", 5, 10)]
UNITS = [("AL-N", "AL", "North", 0, 5, 5, 10), ("AL-S", "AL", "South", 0, 0, 5, 5)]
UNITS += [("BO-E", "BO", "East", 5, 0, 10, 10)]
# Westhaven and Easthaven lie 2 degrees from the border; there are two Twintons.
TOWNS = [("Westhaven", "AL", "AL-N", 3, 5.5), ("Easthaven", "BO", "BO-E", 7, 5.5)]
TOWNS += [("Twinton", "AL", "AL-S", 4.5, 2), ("Twinton", "BO", "BO-E", 9.5, 2)]
# 33 km from the belt of fighting.
TOWNS += [("Midhaven", "AL", "AL-S", 4.7, 4)]
MAP = """
title = "Two rivers"
period = [2030-01-01, 2030-01-31]
[sources.paper]
title = "A report"
publisher = "Paper"
date = 2030-01-31
"""
EVENTS = """id,kind,date_start,date_end,place,admin1,country
fire,strike,2030-01-10,2030-01-10,Easthaven,BO-E,BO
raid,clash,2030-01-12,2030-01-12,Twinton,,
"""
CLAIMS = """id,event_id,subject,reference,kind,value_min,unit,direction,hedge,date,source
right,fire,place:Easthaven,border:AL,distance,220,km,E,about,2030-01-10,paper
wrong,fire,place:Easthaven,border:AL-BO,distance,400,km,,about,2030-01-10,paper
taken,,admin1:AL-S,front:,area,3000,km2,,about,2030-01-10,paper
share,,claim:taken,figure:area-al,share,0.5,percent,,,,paper
"""


def _country_rows():
    for code, name, west, east in WHOLE:
        names = {f"name_{language}": name for language in ("en", "uk", "ru")}
        yield {"iso2": code, **names, "accuracy_m": 0.0, "geometry": shapely.box(west, 0, east, 10)}


def _unit_rows():
    for code, country, name, *box in UNITS:
        titles = {f"title_{language}": name for language in ("en", "uk", "ru")}
        row = {"iso_3166_2": code, "country": country, "name_en": name, **titles}
        yield {**row, "geometry": shapely.box(*box)}


@pytest.fixture(scope="module")
def rivers(tmp_path_factory):
    """The gazetteer of the theatre, its files in a folder of their own."""
    folder = tmp_path_factory.mktemp("rivers")
    line = {"id": "AL-BO", "kind": "shared", "a": "AL", "b": "BO", "b_name": "Boria"}
    line |= {"accuracy_m": 0.0, "geometry": shapely.LineString([(5, 0), (5, 10)])}
    tables = {"borders": _country_rows(), "admin1": _unit_rows(), "border_lines": [line]}
    for name, rows in tables.items():
        frame = gpd.GeoDataFrame(list(rows), geometry="geometry", crs="EPSG:4326")
        frame.to_file(folder / f"{name}.geojson")
    layers = ("countries", "admin1", "waters")
    objects = {name: {"type": "GeometryCollection", "geometries": []} for name in layers}
    objects["countries"]["geometries"] = [
        {"type": "Polygon", "arcs": [[0, outer]], "properties": names | {"iso2": row["iso2"]}}
        for outer, row in enumerate(_country_rows(), 1)
        if (names := {key: value for key, value in row.items() if key.startswith("name_")})
    ]
    topology = {"type": "Topology", "bbox": [0, 0, 10, 10], "objects": objects, "arcs": ARCS}
    topology["transform"] = {"scale": [0.01, 0.01], "translate": [0, 0]}
    (folder / "basemap.json").write_text(json.dumps(topology), "utf-8")
    cities = [{"en": "Westhaven", "lon": 3.0, "lat": 5.5, "pop": 90_000}]
    (folder / "cities.json").write_text(json.dumps(cities), "utf-8")
    (folder / "city_names.csv").write_text("name_en,name_uk,name_ru\n", "utf-8")
    (folder / "waters.csv").write_text("name_en,name_uk,name_ru,lon,lat\n", "utf-8")
    (folder / "theatre.toml").write_text(THEATRE, "utf-8")
    info = {"title": "rivers", "source": "made up", "licence": "CC0", "retrieved": "2030-01-01"}
    write_places(folder / "places.sqlite", _places(), info=info)
    files = [PlaceFile(folder / "places.sqlite")]
    return Gazetteer(files, theatre=Theatre.load(folder / "theatre.toml"))


def _places():
    for code, name, *_ in WHOLE:
        yield Place(f"iso:{code}", name, "country", code), [Name(name, 0, "en")]
    for code, country, name, *_ in UNITS:
        place = Place(f"iso:{code}", name, "admin1", country, name, code)
        yield place, [Name(name, 0, "en")]
    for name, country, unit, lon, lat in TOWNS:
        place = Place(f"town:{name}-{country}", name, "settlement", country, "", unit, lon, lat)
        yield place, [Name(name, 0, "en")]


# The border, and the rest of the outline of each country, in hundredths of a degree.
ARCS = [[[500, 0], [0, 1000]]]
ARCS += [[[500, 1000], [way * 500, 0], [0, -1000], [-way * 500, 0]] for way in (-1, 1)]
DATA = ("casebook-data", "labels-data", "basemap-data", "units-data")


@pytest.fixture
def book(rivers, tmp_path):
    content = {"map.toml": MAP, "events.csv": EVENTS, "claims.csv": CLAIMS}
    content["reports.csv"] = "event_id,source,claimant,stance\n"
    for name, text in content.items():
        (tmp_path / name).write_text(text, "utf-8")
    return read_casebook(tmp_path, gazetteer=rivers)


def test_distances_borders_and_namesakes_are_those_of_the_theatre(rivers):
    # Two degrees of longitude at 5.5 degrees north on WGS84: 2 * 110.81 km.
    measured = measure("Easthaven", "border:AL", gazetteer=rivers)
    assert measured.distance_km == pytest.approx(221.6, abs=0.5)
    assert measured.direction == "E"
    # Nearer to the belt of fighting and in the home country, by a village's margin.
    found = rivers.resolve("Twinton")
    assert found.candidates[0].place.country == "AL"
    assert rivers.capital("AL-N").name == "Westhaven"
    assert Borders.of(rivers.theatre).locate([(4.0, 2.0)]) == ["AL-S"]


def test_claims_are_checked_within_it(book):
    verdicts = {check.claim.id: check.verdict for check in check_claims(book)}
    assert verdicts == {
        "right": "supported",
        "wrong": "contradicted",
        "taken": "undetermined",
        "share": "supported",
    }


def test_land_is_counted_within_its_borders(rivers):
    borders = Borders.of(rivers.theatre)
    # A belt of a tenth of a degree in the south, 5 degrees long: 11.13 * 552.9 km.
    held = shapely.box(4.9, 0.0, 5.0, 5.0)
    snapshot = Snapshot(day(1), "own", "CC0", {"RU": held}, borders=borders)
    assert snapshot.area_km2 == pytest.approx(11.12 * 552.9, rel=0.005)
    west = shapely.get_coordinates(snapshot.line)
    assert west[:, 0].min() == pytest.approx(4.9, abs=0.001)
    assert west[:, 0].max() < 4.999
    out = Snapshot(day(1), "own", "CC0", {"RU": held, "UA": shapely.box(4, 1, 6, 2)})
    assert not shapely.contains_xy(
        Snapshot(day(1), "own", "CC0", out.areas, borders=borders).salient, 4.5, 1.5
    )


def test_a_page_shows_its_map_and_verdicts(book):
    page = str(render(book))
    assert "Two rivers" in page
    found = {name: unpack(re.search(rf'id="{name}"[^>]*>([^<]+)<', page)[1]) for name in DATA}
    assert found["labels-data"]["cities"]["columns"]["en"] == {"value": "Westhaven"}
    assert "Easthaven" in json.dumps(found["casebook-data"]["events"])
    assert "contradicted" in json.dumps(found["casebook-data"]["claims"])
    # Neither the map nor what is told of the claims knows any other country.
    assert "Ukraine" not in json.dumps(found)


# What only the theatre that comes with the package can tell.
FOREIGN = ("Ukraine", "Russia", "UA-", "OpenStreetMap", "Kyiv", "Black Sea")


def test_an_article_page_draws_its_land_and_credits_nobody_else(rivers, tmp_path):
    text = "Easthaven lies 220 km from Westhaven."
    checks = check_claims(read_claims(text, gazetteer=rivers), gazetteer=rivers)
    (verdict,) = (check.verdict for check in checks)
    # Four degrees of longitude at 5.5 degrees north: 443 km.
    assert verdict == "contradicted"
    page = write_article(tmp_path / "a.html", text, checks, title="T").read_text("utf-8")
    assert page.count('class="land own"') == page.count('class="land"') == 1
    assert page.count('class="unit"') >= 2
    assert not [name for name in FOREIGN if name in page]


def test_a_figure_draws_its_land_and_names_its_cities(book):
    written = set()
    for figure in (draw_map(book), draw_share(book, event="fire")):
        written |= {t.get_text() for t in figure.findobj(match=lambda a: hasattr(a, "get_text"))}
    assert {"Easthaven", "ALAND", "BORIA", "Source: Paper."} <= written
    assert not [name for name in FOREIGN if name in " ".join(written)]


@pytest.mark.parametrize("kind", WRITERS)
def test_exports_hand_out_its_places(book, tmp_path, kind):
    write, ending = WRITERS[kind]
    path = write(book, tmp_path / f"out{ending}")
    files = [path] if path.is_file() else sorted(p for p in path.iterdir() if p.is_file())
    content = b"".join(file.read_bytes() for file in files)
    assert b"Easthaven" in content
    assert not [name for name in FOREIGN if name.encode() in content]


def test_cards_draw_its_land(book):
    card = book._repr_html_()
    # The one event with a place lies two degrees from the border.
    assert card.count("<path d=") == 1
    assert card.count("h0") == card.count('class="dots"') == 2
    (check,) = (c for c in check_claims(book) if c.claim.id == "right")
    assert check._repr_html_().count('class="land own"') == 1
    assert not [name for name in FOREIGN if name in card + check._repr_html_()]


@pytest.mark.usefixtures("book")
def test_what_the_package_knows_is_unknown_there(rivers, tmp_path):
    rows = CLAIMS + "far,,place:Westhaven,border:UA,distance,5,km,,,,paper\n"
    (tmp_path / "claims.csv").write_text(rows, "utf-8")
    with pytest.raises(CasebookError, match="border:UA"):
        read_casebook(tmp_path, gazetteer=rivers)


# The words of the two sides, which a lexicon has by the codes of the countries.
WORDS = {
    "sides": {"AL": ["aland", "alander*"], "BO": ["boria", "borian*"]},
    "countries": {"AL": ["aland"], "BO": ["boria"]},
    "bodies": {"AL": ["alander general staff"], "BO": ["borian ministry"]},
    "land": {"whole": ["country", "aland"]},
}
TEXT = """The river war, 13 January 2025

Borian troops captured the town of Midhaven on 12 January 2025. The Alander General Staff said \
on 13 January 2025 that Borian drones struck a fuel depot in Westhaven overnight, killing two \
people. Boria now holds 20 percent of Aland. Westhaven lies 220 km from the border.
"""
# Run apart, for the words of a language are read once.
READ = """
import json, sys
from pathlib import Path
import geoconflict.lexicon.words
folder, out = map(Path, sys.argv[1:])
geoconflict.lexicon.words._FOLDER = out
from geoconflict import Borders, Fronts, Gazetteer, check_claims, read_claims, render
from geoconflict.drafting import accept, draft_events, new_casebook, read_accepted
from geoconflict.gazetteer.placefile import PlaceFile
from geoconflict.theatre import Theatre
theatre = Theatre.load(folder / "theatre.toml")
known = Gazetteer([PlaceFile(folder / "places.sqlite")], theatre=theatre)
text = (out / "text").read_text()
claims = read_claims(text, gazetteer=known)
fronts = Fronts.read(out / "front", sides={"held": "RU"}, borders=Borders.of(theatre))
checks = check_claims(claims, gazetteer=known, fronts=fronts)
data = {"geoconflict": "drafts", "drafts": [draft_events(text, gazetteer=known).to_dict()]}
(out / "drafts.json").write_text(json.dumps(data))
book = new_casebook("Rivers", gazetteer=known)
book, _ = accept(read_accepted(out / "drafts.json", sure="open"), book)
(out / "page.html").write_text(str(render(book)))
told = [(c.claim.kind, c.claim.subject, c.claim.reference, c.verdict) for c in checks]
print(json.dumps([told, book.events[["kind", "place", "actor"]].values.tolist()]))
"""


def _lexicon(folder):
    """Lexicons with the words of the made-up sides in the place of the real ones."""
    for path in (Path(geoconflict.__file__).parent / "lexicon").glob("*.toml"):
        shutil.copy(path, folder)
    english = (folder / "en.toml").read_text("utf-8")
    for section, words in WORDS.items():
        start = english.index(f"[{section}]\n")
        end = english.index("\n[", start)
        told = re.sub(r"(?m)^(UA|RU|whole) = .*$", "", english[start:end])
        told += "".join(f"\n{name} = {json.dumps(forms)}" for name, forms in words.items())
        english = f"{english[:start]}{told}{english[end:]}"
    (folder / "en.toml").write_text(english, "utf-8")


def test_a_text_with_its_own_sides_is_read_drafted_and_shown(rivers, tmp_path):
    _lexicon(tmp_path)
    (tmp_path / "text").write_text(TEXT, "utf-8")
    held = {"value": ["held"], "geometry": [shapely.box(4, 0, 5, 10)]}
    (tmp_path / "front").mkdir()
    front = tmp_path / "front" / "2025-01-12.geojson"
    gpd.GeoDataFrame(held, crs="EPSG:4326").to_file(front)
    command = [sys.executable, "-c", READ, str(rivers.theatre.folder), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    claims, events = json.loads(done.stdout)
    # A fifth of Aland's width is held; Westhaven lies 2 degrees from the border, 221.6 km.
    assert claims == [
        ["share", "country:AL", "front:", "supported"],
        ["distance", "place:Westhaven", "border:AL", "supported"],
    ]
    assert events == [["control_change", "Midhaven", "BO"], ["strike", "Westhaven", "BO"]]
    page = (tmp_path / "page.html").read_text("utf-8")
    shown = json.dumps(unpack(re.search(r'id="casebook-data"[^>]*>([^<]+)<', page)[1])["events"])
    assert "Westhaven" in shown
    assert '"BO"' in shown
