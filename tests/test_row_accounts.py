"""Nothing is lost: every row of every format is in the casebook, set aside, or repeated."""

import csv
import json
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoconflict.importers import READERS, read_csv, read_kml
from geoconflict.importers.mapping import TableMapping
from geoconflict.importers.rawrows import empty_cells
from geoconflict.importers.writing import write_import

COLUMNS = {"date_start": "date", "lat": "lat", "lon": "lon", "effects": "text", "url": "url"}
PLAN = TableMapping.model_validate({"title": "t", "columns": COLUMNS})
NAMES = ("date", "lat", "lon", "text", "url", "rest")
DAYS = st.sampled_from(
    ["2025-01-14", "14.01.25", "03/04/2025", "soon", "", "2025-01-13T22:40Z", "1736812800", "nan"]
)
DEGREES = st.sampled_from(["48.28", "37,18", "0", "N48.28", "x", "", "999", "48 16 55"])
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"))
WORDS = st.text(LETTERS, max_size=12).filter(lambda text: "�" not in text)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"date": DAYS, "lat": DEGREES, "lon": DEGREES, "url": st.sampled_from(["t.me/abcde/1", ""])}
        | {"rest": WORDS}
    ),
    min_size=1,
    max_size=6,
)


def as_csv(rows, folder):
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, NAMES)
        writer.writeheader()
        writer.writerows(rows)
    return folder / "a.csv"


def as_json(rows, folder):
    (folder / "a.json").write_text(json.dumps(rows), "utf-8")
    return folder / "a.json"


def as_geojson(rows, folder):
    features = [{"type": "Feature", "properties": row, "geometry": None} for row in rows]
    path = folder / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def as_frame(ending, driver):
    def write(rows, folder):
        path = folder / f"a.{ending}"
        frame = pd.DataFrame(rows, columns=list(NAMES))
        if driver in ("XLSX", "ODS"):
            pyogrio.write_dataframe(frame, path, layer="t", driver=driver)
        else:
            points = gpd.GeoSeries([shapely.Point(37, 48)] * len(frame), crs="EPSG:4326")
            gpd.GeoDataFrame(frame, geometry=points).to_file(path, driver=driver, encoding="utf-8")
        return path

    return write


WRITERS = {
    "csv": as_csv,
    "json": as_json,
    "geojson": as_geojson,
    "xlsx": as_frame("xlsx", "XLSX"),
    "ods": as_frame("ods", "ODS"),
    "gpkg": as_frame("gpkg", "GPKG"),
    "shp": as_frame("shp", "ESRI Shapefile"),
}
FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def accounted(imported):
    """What is kept of rows by the token that each bears: in ``extra``, or in the row set aside."""
    events = imported.casebook.events.to_dict("records")
    kept = {row["effects"]: json.loads(row["extra"] or "{}") for row in events}
    aside = [json.loads(one.row) for one in imported.account.set_aside]
    return kept | {row["text"]: row for row in aside}


def plain(text):
    """A cell as it is kept: spaces around it and what stands for nothing are gone."""
    text = text.replace("\xa0", " ").strip()
    return "" if text in empty_cells() else text


@pytest.mark.parametrize("kind", sorted(WRITERS))
@FEW
@given(rows=ROWS)
def test_every_row_of_a_table_is_accounted_for(kind, rows):
    rows = [{**row, "text": f"token {number}"} for number, row in enumerate(rows)]
    rows.append({**dict.fromkeys(NAMES, ""), "date": "2025-01-14", "text": "sure"})
    with tempfile.TemporaryDirectory() as folder:
        found = read_csv(WRITERS[kind](rows, Path(folder)), mapping=PLAN)
    account = found.account
    assert account.read == len(rows)
    assert account.taken + account.repeated + len(account.set_aside) == account.read
    kept = accounted(found)
    for row in rows:
        assert kept[row["text"]].get("rest", "").strip() == plain(row["rest"])
    links = set(found.casebook.reports["url"].dropna())
    taken = {row["effects"] for row in found.casebook.events.to_dict("records")}
    assert links == {"https://t.me/abcde/1" for row in rows if row["url"] and row["text"] in taken}


@FEW
@given(rows=ROWS)
def test_every_placemark_is_accounted_for(rows):
    marks = "".join(
        f"<Placemark><name>{escape(row['date'])}</name><description>token {number}</description>"
        f"<Point><coordinates>{escape(row['lon'])},{escape(row['lat'])}</coordinates></Point>"
        "</Placemark>"
        for number, row in enumerate(rows)
    )
    sure = "<Placemark><name>14 Jan 2025</name><description>sure</description>"
    sure += "<Point><coordinates>37,48</coordinates></Point></Placemark>"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.kml"
        path.write_text(f"<kml><Document>{marks}{sure}</Document></kml>", "utf-8")
        found = read_kml(path)
    account = found.account
    assert account.read == len(rows) + 1
    assert account.taken + account.repeated + len(account.set_aside) == account.read
    texts = {row["effects"] for row in found.casebook.events.to_dict("records")}
    texts |= {json.loads(one.row)["text"] for one in account.set_aside}
    assert texts == {"sure", *(f"token {number}" for number in range(len(rows)))}


# Of each source a row as it publishes them, with a column that bears a token; what is drawn are
# its days and positions.
SOURCES = {
    "acled": (
        {"event_id_cnty": "{n}", "event_date": "{day}", "event_type": "Battles"}
        | {"sub_event_type": "Armed clash", "actor1": "A", "location": "Lyman", "latitude": "{lat}"}
        | {"longitude": "{lon}", "geo_precision": "1", "source": "B", "notes": "{token}"}
        | {"fatalities": "0", "time_precision": "1", "country": "Ukraine", "admin1": "Donetsk"}
    ),
    "viina": {"event_id": "{n}", "date": "{day}", "asciiname": "Lyman", "longitude": "{lon}"}
    | {"latitude": "{lat}", "source": "a", "text": "{token}"},
    "ucdp": {"id": "{n}", "date_start": "{day}", "date_end": "{day}", "latitude": "{lat}"}
    | {"longitude": "{lon}", "where_prec": "1", "source_article": "{token}"},
    "bellingcat": {"id": "{n}", "date": "{day}", "latitude": "{lat}", "longitude": "{lon}"}
    | {"location": "Lyman", "description": "{token}", "sources": "https://a.b"},
    "geoconfirmed": {"date": "{day}", "name": "{token}", "faction": "UA", "latitude": "{lat}"}
    | {"longitude": "{lon}", "description": "a", "pluscode": "", "geolocation": "https://a.b"},
    "eyesonrussia": {"id": "{n}", "title": "{day} | {token}", "date": "{day}", "media_url": ""}
    | {"coordinates": "{lat}, {lon}", "description": "a"},
    "attacks": {"time_start": "{day}", "time_end": "{day}", "model": "{token}", "launched": "{n}"}
    | {"destroyed": "1", "target": "south"},
    "ushahidi": {"#": "{n}", "incident title": "{token}", "incident date": "{day}"}
    | {"location": "Lyman", "latitude": "{lat}", "longitude": "{lon}"},
    "unosat": {"SiteID": "{n}", "SensorDate": "{day}", "Main_Damage_Site_Class": "{token}"}
    | {"latitude": "{lat}", "longitude": "{lon}"},
    "losses": {"id": "{n}", "equipment_type": "{token}", "status": "lost", "date": "{day}"}
    | {"latitude": "{lat}", "longitude": "{lon}"},
    "telegram": {"id": "{n}", "date": "{day}", "date_unixtime": "1736812800", "type": "message"}
    | {"text": "A strike: {token}"},
}


def filled(template, row, number):
    given = {"n": str(number), "day": row["date"], "lat": row["lat"], "lon": row["lon"]}
    return {k: v.format(**given, token=f"token-{number}-") for k, v in template.items()}


@pytest.mark.parametrize("source", sorted(READERS.keys() - {"csv", "kml"}))
@FEW
@given(rows=ROWS)
def test_every_row_of_a_source_is_accounted_for(source, rows):
    sure = {"date": "2025-01-14", "lat": "48.98", "lon": "37.80"}
    # The same row once more is counted as repeated.
    numbered = [*enumerate([*rows, sure]), (len(rows), sure)]
    made = [filled(SOURCES[source], row, number) for number, row in numbered]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, SOURCES[source])
            writer.writeheader()
            writer.writerows(made)
        found = READERS[source](path)
        write_import(found, Path(folder) / "out")
        kept = "".join(file.read_text("utf-8") for file in Path(folder).rglob("out*/*.csv"))
        kept += "".join(file.read_text("utf-8") for file in Path(folder).glob("out-*.csv"))
    account = found.account
    assert account.read == len(made)
    assert account.taken + account.repeated + len(account.set_aside) == account.read
    assert account.repeated >= 1
    missing = [number for number in range(len(rows) + 1) if f"token-{number}-" not in kept]
    assert not missing
