"""Blurred pages: no exact position is anywhere in the file, and the page says so."""

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict import check_claims, inverse, render
from geoconflict.casebooks.casebook import events_frame
from geoconflict.casebooks.coordinates import tells_position, without_coordinates
from geoconflict.casebooks.positions import locate_events
from geoconflict.casebooks.records import Claim, Event, Report
from geoconflict.errors import PageOptionError
from geoconflict.page.blur import blur, cell_centre
from geoconflict.page.data import page_data
from tests.page.test_render import packed

LON, LAT = 37.18213, 48.28217
SECRET = f"seen at {LAT}, {LON}, or {LON:.4f} {LAT:.4f}"
RYAZAN = "2025-01-24-ryazan-refinery"


def everything(html):
    """All that a page carries, unpacked, as one text."""
    names = ("casebook-data", "units-data")
    data = [json.dumps(packed(html, name), ensure_ascii=False) for name in names]
    return "\n".join([*data, re.sub(r'<script type="text/plain".*?</script>', "", html)])


@pytest.fixture
def secretive(january):
    """A casebook with one exact position, in its columns and in every text and link."""
    event = Event(
        id="strike-48.28217-37.18213",
        kind="strike",
        date_start=dt.date(2025, 1, 1),
        date_end=dt.date(2025, 1, 1),
        lon=LON,
        lat=LAT,
        precision_m=10.0,
        effects=SECRET,
        note=f"48°16'55.8\"N 37°10'55.7\"E; 8GX97MJ2+V2; 37U DQ 12345 67890; lat={LAT}",
        weapon=f"drone ({LAT};{LON})",
    )
    report = Report(
        event_id=event.id,
        source="isw-2025-01-20",
        claimant=f"Somebody at {LAT}/{LON}",
        stance="claims",
        url=f"https://maps.example/@{LAT},{LON},15z",
        summary=SECRET,
    )
    reports = january.reports.iloc[:1].copy()
    for name, value in report.model_dump().items():
        reports[name] = [value]
    info = january.info.model_copy(update={"summary": SECRET, "attribution": (SECRET,)})
    return replace(
        january,
        info=info,
        events=events_frame([event]),
        reports=reports,
        claims=january.claims.iloc[:0],
    )


def test_no_exact_coordinate_is_anywhere_in_the_file(secretive):
    exact = everything(str(render(secretive)))
    assert f"{LAT}" in exact
    blurred = everything(str(render(secretive, blur_km=10, title=SECRET)))
    for trace in ("48.28", "37.18", "48°16", "8GX97MJ2", "12345 67890", "maps.example"):
        assert trace not in blurred, trace
    assert "[coordinates removed]" in blurred


@given(st.floats(-180, 180), st.floats(-85, 85), st.sampled_from([1.0, 5.0, 25.0]))
def test_a_point_moves_to_the_middle_of_its_cell(lon, lat, km):
    x, y = cell_centre(lon, lat, km)
    assert cell_centre(x, y, km) == (x, y)
    moved_km = inverse((lon, lat), (x, y)).distance_m.item() / 1000
    # Half the diagonal of a cell, a little more for the shape of the Earth.
    assert moved_km <= km * 0.72


def test_points_of_one_cell_become_one(january):
    data = page_data(locate_events(january), check_claims(january))
    found = blur(data, 25)
    points = {p for p in zip(found["events"]["lon"], found["events"]["lat"], strict=True) if p[0]}
    exact = {p for p in zip(data["events"]["lon"], data["events"]["lat"], strict=True) if p[0]}
    assert len(points) < len(exact)
    assert points == {cell_centre(*point, 25) for point in exact}
    assert [p is None for p in found["events"]["lon"]] == [p is None for p in data["events"]["lon"]]


def claims_of(page):
    data = packed(str(page), "casebook-data")
    rows = {"en": data["claims"]} | {code: told["claims"] for code, told in data["told"].items()}
    return {code: table(claims) for code, claims in rows.items()}


def table(coded):
    """The columns of a table of the page as plain lists."""

    def column(cells):
        if isinstance(cells, list):
            return cells
        if "value" in cells:
            return [cells["value"]] * coded["size"]
        if "same" in cells:
            return column(coded["columns"][cells["same"]])
        return [cells["values"][code] for code in cells["codes"]]

    return {name: column(cells) for name, cells in coded["columns"].items()}


def test_what_was_measured_is_no_finer_than_a_cell(january):
    """Of the built page: 462.5 km is a whole number of cells, in every language."""
    exact, blurred = claims_of(render(january)), claims_of(render(january, blur_km=20))
    row = exact["en"]["id"].index("ryazan-border")
    assert exact["en"]["measured"][row].startswith("462.5 km")
    assert blurred["en"]["measured"][row] == "about 460 km ± 20 km, northeast"
    assert blurred["uk"]["measured"][row] == "приблизно 460 км ± 20 км, на північний схід"
    for claims in blurred.values():
        told = [claims[name][row] for name in ("reason", "measured", "notes", "parts")]
        assert not re.search(r"46[12]|52°|487", json.dumps(told, ensure_ascii=False))
    line = blurred["en"]["line"][row]
    assert line["distance_km"] == 460
    assert line["azimuth_deg"] is None
    assert tuple(line["from"]) == cell_centre(*line["from"], 20)
    assert tuple(line["to"]) == cell_centre(*line["to"], 20)


def test_no_gap_and_no_multiple_tells_the_exact_distance(january):
    stated = {"reference": "border:UA", "kind": "distance", "unit": "km", "source": "s"}
    claims = [
        Claim(id="off", subject="place:Engels", value_min=640, **stated),
        Claim(id="far", subject="place:Kazan", value_min=10, **stated),
        Claim(id="point", subject="48.3, 37.2", value_min=3, **stated),
    ]
    for told in claims_of(render(january, checks=check_claims(claims), blur_km=10)).values():
        assert not re.search(r"168|26[.,]4|1[.,]36", json.dumps(told, ensure_ascii=False))
        assert not re.search(r"times as much|раз", json.dumps(told, ensure_ascii=False))
        assert "48.3" not in told["stated"][2]


# Made of one position, 48.28217, 37.18213, as people write it.
WRITTEN = """
48.28217, 37.18213
48.28, 37.18
48.28217 N, 37.18213 E
N 48.28 E 37.18
(48,28217; 37,18213)
48,28 37,18
48.28/37.18
−48.28, −37.18
POINT(37.18213 48.28217)
37.1821°
48°16'55" N
48º16'55"N 37º10'54"E
48° 16.93′ пн
48° 16' 55'' півн. ш. 37° 10' 54'' сх. д.
48 deg 16 min 55 sec N
48 градусів 16 хвилин 55 секунд
48 16 55 N, 37 10 54 E
48-16-55N 037-10-54E
48:16:55 N 37:10:54 E
481655N 0371054E
4816.93N 03710.90E
lat=48.28&lon=37.18
lat 48.28 lng 37.18
latitude 48.28 and longitude 37.18
широта 48.28 довгота 37.18
широта: 48,28; довгота: 37,18
широта 48.28, долгота 37.18
шир. 48.28 довг. 37.18
48.28 с.ш. 37.18 в.д.
48,28 с. ш., 37,18 в. д.
48.28 пн. ш. 37.18 сх. д.
48.28 північної широти, 37.18 східної довготи
48°16' северной широты и 37°10' восточной долготы
координати 48.28 37.18
geo:48.28,37.18;u=35
8GX97MJ2+V2
37UDQ1234567890
37U DQ 12345 67890
37U 408123 5348234
X=5348234 Y=7408123
///filled.count.soap
https://www.google.com/maps/@48.28,37.18,15z
https://maps.google.com/?q=48.28,37.18
https://maps.app.goo.gl/AbC123xyz
maps.app.goo.gl/AbC123xyz
https://goo.gl/maps/AbC123
https://yandex.ru/maps/-/CDabc12
https://yandex.ru/maps/?ll=37.18%2C48.28&z=12
https://osm.org/go/0IdVt3--
https://www.openstreetmap.org/#map=15/48.28/37.18
https://www.openstreetmap.org/?mlat=48.28&mlon=37.18
https://www.bing.com/maps?cp=48.28~37.18
https://geohack.toolforge.org/geohack.php?params=48_16_55_N_37_10_54_E
https://deepstatemap.live/#12/48.2800/37.1800
https://wikimapia.org/#lat=48.28&lon=37.18
https://example.org/p?x=1&lat=48.28
""".strip().splitlines()
TRACES = re.compile(
    r"48[.,°º:-]\d|37[.,°º:-]\d|48° \d|16[' ]|1655|AbC|CDabc|0IdV|7MJ2|DQ|53482|soap|_16_"
)


def test_no_way_to_write_a_position_leaves_it_in_the_page(january):
    """Of the built page: in notes, effects, summaries, claims and links, with the data unpacked."""
    days = {"kind": "strike", "date_start": dt.date(2025, 1, 1), "date_end": dt.date(2025, 1, 1)}
    events = [
        Event(id=f"e{n}", **days, lon=LON, lat=LAT, effects=f"seen at {text} by day", note=text)
        for n, text in enumerate(WRITTEN)
    ]
    reports = january.reports.iloc[: len(WRITTEN)].assign(
        event_id=[one.id for one in events],
        summary=[f"за координатами {text}, каже джерело" for text in WRITTEN],
        url=[text if "://" in text else None for text in WRITTEN],
    )
    claims = [
        Claim(id=one.id, event_id=one.id, kind="count", value_min=1, unit="drones", source="s",
              text=f"{one.note} – тут")
        for one in events
    ]  # fmt: skip
    book = replace(january, events=events_frame(events), reports=reports)
    shown = everything(str(render(book, checks=check_claims(claims), blur_km=10)))
    # The page's own words name Ukraine's bounds and its examples; only data count.
    data = shown[: shown.index("<!DOCTYPE")]
    cells = re.sub(r'"(?:lon|lat)": (?:\{[^}]*\}|\[[^\]]*\])', "", data)
    found = sorted({match[0] for match in TRACES.finditer(cells)})
    assert not found
    assert "[coordinates removed]" in data


@pytest.mark.parametrize("text", WRITTEN)
def test_coordinates_are_found_in_texts(text):
    left = without_coordinates(f"at {text} today").replace("[coordinates removed]", "")
    assert not re.search(r"\d{2}|[A-Z]{2}|soap", left.replace("POINT", ""))


def test_the_first_page_of_a_map_service_tells_no_position():
    assert not tells_position("https://deepstatemap.live/")
    assert not tells_position("https://example.org/news/2025/01/24/7495123/")


@pytest.mark.parametrize(
    "text",
    [
        "1,500 drones and 37 missiles on 24 January 2025",
        "18 km2/day (6.95 mi2/day), 99.5 %",
        "2025-01-24, at 03:30, 120.5 km",
        "about 2.75 million dollars",
        "462.5 km ± 7.2 km, northeast; 12.55 км на північ від Покровська, 12 з 37 дронів",
        "о 14:30 з 24 по 25 січня; 30.55 з них; 18.25 с половиной; moved 2.35 km west",
        "https://t.me/DeepStateUA/21231 and https://example.org/2025/01/24/story-12345",
        "a long 12.5 km stretch; 152 mm, S-400, Kh-101; from 12.34 to 56.78 USD",
    ],
)
def test_other_numbers_stay(text):
    assert without_coordinates(text) == text


@pytest.mark.parametrize("km", [0, -1, 0.1, 500, float("nan")])
def test_a_size_that_is_none_is_refused(january, km):
    with pytest.raises(PageOptionError, match=r"expected 0\.5 to 200"):
        render(january, checks=[], blur_km=km)


def test_the_page_and_the_popup_say_so(open_page, january):
    opened = open_page(str(render(january, blur_km=10)), state=f"#event={RYAZAN}")
    assert "cells of 10 km" in opened.page.locator(".totals").inner_text()
    assert "Moved to the middle of its cell of 10 km." in opened.popup.inner_text()
    assert "460 km" in opened.page.locator(".measured-label").inner_text()
    assert opened.problems == []


def test_a_page_that_is_not_blurred_says_nothing_of_it(january_open):
    assert january_open.page.locator(".blurred").count() == 0
