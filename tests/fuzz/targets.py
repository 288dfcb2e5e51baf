"""Each reader by name: whole files of it, and how it is asked to read one."""

import datetime as dt
import gzip
import io
import json
import sys
import tempfile
import warnings
import zipfile
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely

from geoconflict import Gazetteer, check_claims, read_casebook, write_geopackage
from geoconflict.casebooks.records import Claim, Event, Report
from geoconflict.casebooks.tables import read_table
from geoconflict.drafting import draft_events, read_accepted
from geoconflict.drafting.articles import read_article
from geoconflict.enrichment.pieces import open_input, piece_rows, read_piece, split
from geoconflict.errors import GeoconflictError
from geoconflict.fronts.collection import Fronts
from geoconflict.fronts.filedates import find_day
from geoconflict.gazetteer.growing.textlines import read_lines
from geoconflict.gazetteer.placefile import PlaceFile
from geoconflict.importers import READERS
from geoconflict.importers.accounts import read_set_aside
from geoconflict.importers.mapping import propose_mapping, read_mapping
from geoconflict.measuring.dates import parse_date_range
from geoconflict.measuring.datewords import read_day
from geoconflict.reading import read_claims
from geoconflict.reading.texts import read_text
from geoconflict.theatre import Theatre
from tests.conftest import JANUARY, REPOSITORY
from tests.fuzz.mutation import damaged, reworded


@dataclass(frozen=True)
class Target:
    """A reader: what its files are called, some whole ones, and how it reads one."""

    name: str
    seeds: tuple[bytes, ...]
    read: object
    damage: object = damaged

    def fails(self, path, data):
        """Return what breaks at a file with this content; None where it is read or refused."""
        path.write_bytes(data)
        unseen = []
        sys.unraisablehook = unseen.append
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self.read(path)
            return unseen[0].exc_value if unseen else None
        except GeoconflictError as error:
            return None if 0 < len(str(error)) < 1_000_000 else error
        except OSError as error:
            return None if error.filename is not None else error
        except Exception as error:  # noqa: BLE001 - whatever it is, is what is looked for
            return error
        finally:
            sys.unraisablehook = sys.__unraisablehook__


def _lines(*lines):
    return "\n".join(lines).encode()


def _zipped(name, data):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return packed.getvalue()


def _geojson():
    ring = [[37.0, 48.0], [38.0, 48.0], [38.0, 49.0], [37.0, 49.0], [37.0, 48.0]]
    one = {
        "type": "Feature",
        "properties": {"side": "RU", "date": "2025-01-01", "more": {"a": 1}},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    many = one | {"geometry": {"type": "MultiPolygon", "coordinates": [[ring]]}}
    return json.dumps({"type": "FeatureCollection", "features": [one, many]}).encode()


def _vector(ending):
    square = np.array([shapely.to_wkb(shapely.box(37, 48, 38, 49))], dtype=object)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        pyogrio.raw.write(
            path, square, [np.array(["RU"])], ["side"], geometry_type="Polygon", crs="EPSG:4326"
        )
        if ending == ".gpkg":
            return path.read_bytes()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for part in sorted(Path(folder).iterdir()):
                archive.writestr(part.name, part.read_bytes())
        return packed.getvalue()


def _parquet():
    table = pa.table({"lon": [37.0, None], "lat": [48.0, 49.0], "date": ["2025-01-01", "x"]})
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


@cache
def _geopackage():
    with tempfile.TemporaryDirectory() as folder:
        return write_geopackage(read_casebook(JANUARY), Path(folder) / "a.gpkg").read_bytes()


KML = b"""<?xml version='1.0' encoding='UTF-8'?><kml><Document><Folder><name>Russia</name>
<Placemark><name>24 Jan 2025</name><description>&lt;b&gt;Tank&lt;br&gt; http://a.b/c</description>
<TimeStamp><when>2025-01-24T10:00:00Z</when></TimeStamp>
<ExtendedData><Data name='side'><value>RU</value></Data></ExtendedData>
<Point><coordinates>37.18,48.28,0</coordinates></Point></Placemark>
<Placemark><name>Occupied</name><Polygon><outerBoundaryIs><LinearRing>
<coordinates>37,48 38,48 38,49 37,49 37,48</coordinates></LinearRing></outerBoundaryIs></Polygon>
</Placemark></Folder></Document></kml>"""
TABLE = _lines(
    "id,date,name,latitude,longitude,type,description,source,url",
    '1,2025-01-24,Lyman,48.98,37.80,strike,"a, ""b""",Telegram,https://t.me/a/1',
    "2,24.01.2025,Київ,50.45,30.52,shelling,x,y,",
)
SOURCES = {
    "acled": _lines(
        "event_id_cnty,event_date,event_type,sub_event_type,actor1,location,latitude,longitude,"
        "geo_precision,source,notes,fatalities,time_precision,country,admin1,admin2",
        "UKR1,24 January 2025,Battles,Armed clash,A,Lyman,48.98,37.80,1,B,C,0,1,Ukraine,Donetsk,D",
    ),
    "viina": _lines(
        "event_id,date,asciiname,longitude,latitude,source,text,t_airstrike_b,GEO_PRECISION",
        "1,20250124,Lyman,37.80,48.98,a,b,1,STREET",
    ),
    "ucdp": _lines(
        "id,date_start,date_end,latitude,longitude,where_prec,date_prec,type_of_violence,side_a,"
        "side_b,best,source_article,country,adm_1,where_coordinates",
        "1,2025-01-24,2025-01-25,48.98,37.80,1,1,1,Government of Russia,Government of Ukraine,2,a,"
        "Ukraine,Donetsk,Lyman",
    ),
    "bellingcat": _lines(
        "id,date,latitude,longitude,location,description,sources,associations,type_of_area",
        '1,01/24/2025,48.98,37.80,Lyman,a,"https://a.b,https://c.d","b",c',
    ),
    "geoconfirmed": _lines(
        "Date;Name;Faction;Latitude;Longitude;Description;Geolocation",
        "20 APR 2024;made up;UA;48.28;37.18;made up;https://a.b",
    ),
}
JSON = json.dumps([{"id": 1, "date": "2025-01-24", "latitude": 48.9, "longitude": "37,8"}]).encode()
MAPPING = (
    b'title = "a"\ndate_order = "dmy"\nkind = "strike"\n[columns]\nid = "id"\ndate_start = "date"\n'
    b'lon = "longitude"\nlat = "latitude"\nplace = "name"\nkind = "type"\neffects = "description"\n'
    b'claimant = "source"\nurl = "url"\n[kinds]\nshelling = "strike"\n'
)
DRAFT = json.dumps(
    {
        "geoconflict": "review",
        "reports": [
            {
                "source": {
                    "id": "a", "title": "b", "publisher": "c", "date": "2025-01-01", "url": None,
                },
                "events": [
                    {
                        "values": {"id": "a", "kind": "strike", "date_start": "2025-01-01"},
                        "said": [{"claimant": "a", "stance": "claims", "summary": "b"}],
                        "claims": [], "is_background": False, "same_as": None,
                    }
                ],
                "claims": [],
            }
        ],
    }
).encode()  # fmt: skip
WORDS = (
    b"24.01.2025 1 February 2025 2025-W03 14 Jan-25 2025-01-24T23:00:00+02:00 45678 1737676800",
    "14 січня 2025 року ночь на 3 февраля map_20250124_1200 01-02-2025 25/13/24".encode(),
)
ENGLISH = b"""Ryazan, roughly 500 km (310 miles) north of Ukraine's border, was hit on the night of
3 to 4 February. The ministry said 121 drones were shot down. Russia gained 18 sq km a day."""
REPORT = (ENGLISH, "Росія захопила 427 км² за січень; до Покровська 5 км.".encode())


def _import(name, path):
    READERS[name](path)


def _with_mapping(path):
    mapping = path.with_name("mapping.toml")
    mapping.write_bytes(MAPPING)
    READERS["csv"](path, mapping=mapping)


# A sheet and a document of a workbook, with a link, a merged and a hidden row each.
SHEET = (
    b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>date</t></is></c>'
    b'<c r="B1" t="inlineStr"><is><t>place</t></is></c></row><row r="2" hidden="1"><c r="A2" s="1">'
    b'<v>45691</v></c><c r="B2" t="str"><f>HYPERLINK("https://example.org/a","Sumy")</f>'
    b'<v>Sumy</v></c></row><row r="3"><c r="B3"><v>2.5</v></c></row></sheetData><mergeCells>'
    b'<mergeCell ref="A2:A3"/></mergeCells><hyperlinks><hyperlink ref="B3" r="x" id="rId1"/>'
    b"</hyperlinks></worksheet>"
)
CONTENT = (
    b'<d xmlns:t="t" xmlns:x="x"><t:table t:name="a"><t:table-row><t:table-cell><x:p>date</x:p>'
    b"</t:table-cell><t:table-cell><x:p>place</x:p></t:table-cell></t:table-row>"
    b'<t:table-row t:number-rows-repeated="2" t:visibility="filter"><t:table-cell '
    b't:value-type="date" t:date-value="2025-02-03"/><t:table-cell t:number-columns-repeated="2">'
    b'<x:p><x:a x:href="https://example.org/a">Sumy</x:a></x:p></t:table-cell></t:table-row>'
    b"</t:table></d>"
)
BOOK = {
    "xl/workbook.xml": b'<w xmlns:r="r"><sheets><sheet name="a" r:id="rId1"/></sheets></w>',
    "xl/_rels/workbook.xml.rels": b'<r><a Id="rId1" Target="worksheets/sheet1.xml"/></r>',
    "xl/worksheets/_rels/sheet1.xml.rels": b'<r><a Id="rId1" Target="https://example.org/b"/></r>',
    "xl/styles.xml": b'<s><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></s>',
}


def _in_workbook(name, path):
    """Read a file as the part of a workbook that it is."""
    book = path.with_name("book.zip")
    parts = {name: path.read_bytes()} | (BOOK if name.startswith("xl/") else {})
    with zipfile.ZipFile(book, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    propose_mapping(book)


def _front(path):
    fronts = Fronts.read(path)
    for day in fronts.dates:
        fronts.load(day)


def _enrich(path):
    source = open_input(path)
    for piece in split(source, **({"rows": 1} if source.is_csv else {})):
        read_piece(source, piece)
        if source.is_csv:
            piece_rows(source, piece)


def _places(path):
    places = PlaceFile(path)
    list(places.find("kiiv", {}))
    places.counts()


def _text_lines(path):
    list(read_lines(path, member=bool))


def _table(model, path):
    read_table(path, model)


def _map_info(path):
    folder = path.with_name("book")
    if not folder.exists():
        folder.mkdir()
        for name in ("events", "reports", "claims"):
            text = (JANUARY / f"{name}.csv").read_text("utf-8").partition("\n")[0]
            (folder / f"{name}.csv").write_text(f"{text}\n", "utf-8")
    (folder / "map.toml").write_bytes(path.read_bytes())
    read_casebook(folder)


def _told(path):
    for word in path.read_bytes().decode("utf-8", "replace").split(" "):
        for read in (read_day, parse_date_range, find_day):
            try:
                read(word)
            except GeoconflictError:
                continue


def _said(path):
    text = read_text(path, name="a.txt")[:1_000]
    read_claims(text, published=dt.date(2025, 2, 5))


def _some(name):
    content = (JANUARY / name).read_bytes().split(b"\n")
    return b"\n".join(content[:4])


def _drafted(path):
    draft_events(read_text(path, name="a.txt"), published=dt.date(2025, 3, 11))


def _checked(path):
    check_claims(read_claims(read_text(path, name="a.txt"), published=dt.date(2025, 3, 11)))


@cache
def targets():
    """Return all readers, by name."""
    geo = _geojson()
    tables = (TABLE, JSON, _zipped("a.csv", TABLE), _zipped("a.json", JSON))
    wide = TABLE.decode().encode("utf-16")
    curated = (REPOSITORY / "gazetteer/curated.sqlite").read_bytes()
    theatre = (REPOSITORY / "geoconflict/theatre/ukraine.toml").read_bytes()
    page = b"<html><title>a</title><p>Ryazan was hit.</p></html>"
    found = {
        f"{name}.csv": ((SOURCES.get(name, TABLE), JSON), partial(_import, name))
        for name in sorted(READERS.keys() - {"csv", "kml"})
    }
    found |= {
        "table.csv": ((*tables, wide), _with_mapping),
        "proposal.csv": ((TABLE, JSON, *SOURCES.values()), propose_mapping),
        "sheet.xml": ((SHEET,), partial(_in_workbook, "xl/worksheets/sheet1.xml")),
        "content.xml": ((CONTENT,), partial(_in_workbook, "content.xml")),
        "marks.kml": ((KML,), partial(_import, "kml")),
        "marks.kmz": ((_zipped("doc.kml", KML),), partial(_import, "kml")),
        "mapping.toml": ((MAPPING,), read_mapping),
        "aside.csv": ((_lines("file,line,reason,row", 'a,1,b,"{}"'),), read_set_aside),
        "events.csv": ((_some("events.csv"),), partial(_table, Event)),
        "reports.csv": ((_some("reports.csv"),), partial(_table, Report)),
        "claims.csv": ((_some("claims.csv"),), partial(_table, Claim)),
        "map.toml": (((JANUARY / "map.toml").read_bytes(),), _map_info),
        "book.gpkg": ((_geopackage()[:20_000],), read_casebook),
        "front_20250101.geojson": ((geo,), _front),
        "front_20250101.geojson.gz": ((gzip.compress(geo),), _front),
        "front_20250101.kml": ((KML,), _front),
        "front_20250101.zip": ((_vector(".shp"), _zipped("a.geojson", geo)), _front),
        "front_20250101.gpkg": ((_vector(".gpkg")[:20_000],), _front),
        "many.csv": ((TABLE,), _enrich),
        "many.parquet": ((_parquet(),), _enrich),
        "places.sqlite": ((curated[:20_000],), _places),
        "lines.txt": ((TABLE, _zipped("UA.txt", TABLE)), _text_lines),
        "review.json": ((DRAFT,), partial(read_accepted, sure="open")),
        "page.html": ((page, *REPORT), read_article),
        "report.txt": (REPORT, _said),
        "theatre.toml": ((theatre,), Theatre.load),
        "words.txt": (WORDS, _told),
    }
    Gazetteer.default()
    files = {name: Target(name, tuple(seeds), read) for name, (seeds, read) in found.items()}
    gold = sorted((REPOSITORY / "tests/drafting/gold").glob("*.txt"))
    told = tuple(path.read_bytes() for path in gold)
    texts = {"drafted.txt": _drafted, "checked.txt": _checked}
    return files | {name: Target(name, told, read, reworded) for name, read in texts.items()}
