"""GeoPackage: events as points, reports and claims as tables that belong to them, and styles.

The file is written with SQLite itself, not with GDAL, since GDAL's writer sets no foreign
keys. QGIS and GDAL take these for the relations of the tables.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from pyproj import CRS

from geoconflict.casebooks.bundles import DAYS, MAP_TABLE, NUMBERS, TABLES
from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.files import map_toml, table_rows, told_as_writer
from geoconflict.exporters.located import Handed, handed_out
from geoconflict.files.writing import whole_file
from geoconflict.look.labels import text
from geoconflict.look.theme import INK, STATUS_COLOURS

_GPKG, _VERSION = 0x47504B47, 10300
_SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT
);
CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
    description TEXT DEFAULT '', last_change DATETIME NOT NULL
        DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
    srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents(table_name),
    column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id),
    z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name)
);
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,
    f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
    description TEXT, owner TEXT, ui TEXT, update_time DATETIME
);
"""
_SYSTEMS = ((-1, "Undefined Cartesian"), (0, "Undefined geographic"))
_NAMED_BY = {"reports": '"claimant" || \' \' || "stance"', "claims": '"text"'}
_QGIS = "3.28.0"
# By kind: QGIS's name of a simple marker that is like the page's symbol.
_KIND_SHAPES = {
    "strike": "star",
    "interception": "cross_fill",
    "advance": "triangle",
    "control_change": "square",
    "clash": "diamond",
    "other": "circle",
}
_TIP = """<b>[% "kind" %]</b> [% "place" %]<br>
[% "date_start" %] – [% "date_end" %], [% "status" %]<br>[% "effects" %]"""


@told_as_writer("a.gpkg")
def write_geopackage(casebook: Casebook, path: str | Path, *, language: str | None = None) -> Path:
    """Write a casebook as a GeoPackage and return the path.

    ``events`` are points in EPSG:4326 where a position is given or the gazetteer knows one
    (``position`` says which); ``reports`` and ``claims`` refer to them by ``event_id``;
    ``map`` holds the text of ``map.toml``. ``read_casebook`` reads the file back, and nothing
    is lost. The same casebook gives the same bytes with the same SQLite.
    """
    with whole_file(path) as part, tempfile.TemporaryDirectory() as scratch:
        # SQLite keeps a journal beside its file; only the finished file goes to the target.
        made = Path(scratch) / "made.gpkg"
        with closing(sqlite3.connect(made)) as base, base:
            _fill(base, casebook, language or casebook.info.language)
        with closing(sqlite3.connect(made)) as base:
            base.execute("VACUUM")
        shutil.copyfile(made, part)
    return Path(path)


def _fill(base: sqlite3.Connection, casebook: Casebook, language: str) -> None:
    base.executescript(_SCHEMA)
    base.execute(f"PRAGMA application_id = {_GPKG}")
    base.execute(f"PRAGMA user_version = {_VERSION}")
    systems = [(name, i, "NONE", i, "undefined", None) for i, name in _SYSTEMS]
    wgs84 = ("WGS 84", 4326, "EPSG", 4326, CRS.from_epsg(4326).to_wkt("WKT1_GDAL"), None)
    base.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", [*systems, wgs84])
    found = handed_out(casebook, language)
    changed = f"{casebook.info.period[1].isoformat()}T00:00:00.000Z"
    _contents(base, found, changed)
    for name in TABLES:
        base.execute(_create(name))
    _insert(base, "events", [_event(one) for one in found])
    _insert(base, "reports", [_cells(row) for row in table_rows(casebook, "reports")])
    _insert(base, "claims", [_cells(row) for row in table_rows(casebook, "claims")])
    base.execute(f"CREATE TABLE {MAP_TABLE} (fid INTEGER PRIMARY KEY, toml TEXT NOT NULL)")
    base.execute(f"INSERT INTO {MAP_TABLE} VALUES (1, ?)", (map_toml(casebook.info),))  # noqa: S608
    _styles(base, changed, language)


def _contents(base: sqlite3.Connection, found: Sequence[Handed], changed: str) -> None:
    lons = [one.lon for one in found if one.lon is not None]
    lats = [one.lat for one in found if one.lat is not None]
    box = (min(lons), min(lats), max(lons), max(lats)) if lons else (None,) * 4
    rows: list[tuple[Any, ...]] = [("events", "features", "events", "", changed, *box, 4326)]
    others = ("reports", "claims", MAP_TABLE, "layer_styles")
    rows += [(name, "attributes", name, "", changed, *(None,) * 5) for name in others]
    base.executemany("INSERT INTO gpkg_contents VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
    geometry = ("events", "geom", "POINT", 4326, 0, 0)
    base.execute("INSERT INTO gpkg_geometry_columns VALUES (?,?,?,?,?,?)", geometry)


def _create(name: str) -> str:
    columns = ["fid INTEGER PRIMARY KEY"]
    if name == "events":
        columns.append("geom POINT")
    columns += [_column(name, field) for field in TABLES[name].model_fields]
    if name == "events":
        columns.append("position TEXT")
    return f"CREATE TABLE {name} ({', '.join(columns)})"


def _column(table: str, field: str) -> str:
    kind = "DATE" if field in DAYS else "DOUBLE" if field in NUMBERS else "TEXT"
    keys = {"id": " UNIQUE", "event_id": " REFERENCES events(id)"}
    return f"{field} {kind}{keys.get(field, '') if table != 'events' or field == 'id' else ''}"


def _insert(base: sqlite3.Connection, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        marks = ",".join("?" * (len(rows[0]) + 1))
        numbered = ((number, *row) for number, row in enumerate(rows, start=1))
        base.executemany(f"INSERT INTO {name} VALUES ({marks})", numbered)  # noqa: S608


def _event(one: Handed) -> tuple[Any, ...]:
    point = None if one.lon is None or one.lat is None else _point(one.lon, one.lat)
    return (point, *_cells(one.event), one.position)


def _cells(row: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a mapping of plain values
    return tuple(v.isoformat() if isinstance(v, dt.date) else v for v in row.values())


def _point(lon: float, lat: float) -> bytes:
    """Return a point as GeoPackage keeps it: a header that names EPSG:4326, then WKB."""
    return b"GP\x00\x01" + struct.pack("<i", 4326) + struct.pack("<BIdd", 1, 1, lon, lat)


def _styles(base: sqlite3.Connection, changed: str, language: str) -> None:
    rows = _style_rows(changed, language)
    base.executemany("INSERT INTO layer_styles VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", rows)


def _style_rows(changed: str, language: str) -> Iterator[tuple[Any, ...]]:
    styles = {"events": _events_style(language)}
    styles |= {name: _table_style(expression) for name, expression in _NAMED_BY.items()}
    for number, (name, qml) in enumerate(styles.items(), start=1):
        column = "geom" if name == "events" else ""
        yield (number, "", "", name, column, name, qml, "", 1, name, "", None, changed)


def _events_style(language: str) -> str:
    """Return the QML of the events: a marker a kind, filled by status, with a map tip."""
    root = ET.Element("qgis", version=_QGIS, styleCategories="Symbology|MapTips|Fields")
    renderer = ET.SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr="kind", symbollevels="0"
    )
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for number, (kind, shape) in enumerate(_KIND_SHAPES.items()):
        label = text(f"kind.{kind}", language)
        attributes = {"value": kind, "label": label, "symbol": str(number), "render": "true"}
        ET.SubElement(categories, "category", attributes, type="string")
        _marker(symbols, str(number), shape)
    ET.SubElement(root, "mapTip").text = _TIP
    ET.SubElement(root, "previewExpression").text = '"kind" || \' \' || "date_start"'
    return _document(root)


def _table_style(expression: str) -> str:
    """Return the QML of a table without geometry: what names a row in forms and relations."""
    root = ET.Element("qgis", version=_QGIS, styleCategories="Fields|Forms")
    ET.SubElement(root, "previewExpression").text = expression
    return _document(root)


def _document(root: ET.Element) -> str:
    ET.indent(root)
    doctype = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
    return f"{doctype}\n{ET.tostring(root, encoding='unicode')}\n"


def _marker(symbols: ET.Element, name: str, shape: str) -> None:
    symbol = ET.SubElement(symbols, "symbol", name=name, type="marker", alpha="1")
    layer = ET.SubElement(symbol, "layer", {"class": "SimpleMarker", "pass": "0", "enabled": "1"})
    options = ET.SubElement(layer, "Option", type="Map")
    for key, value in (
        ("name", shape),
        ("color", _rgba(STATUS_COLOURS["claimed"])),
        ("outline_color", _rgba(INK)),
        ("outline_width", "0.2"),
        ("size", "3.2"),
        ("size_unit", "MM"),
    ):
        ET.SubElement(options, "Option", name=key, value=value, type="QString")
    _fill_by_status(layer)


def _fill_by_status(layer: ET.Element) -> None:
    """Let the status of each event say the colour of its marker."""
    # QGIS knows no CASE with a value before WHEN.
    whens = [f"WHEN \"status\" = '{s}' THEN '{c}'" for s, c in STATUS_COLOURS.items()]
    defined = ET.SubElement(layer, "data_defined_properties")
    outer = ET.SubElement(defined, "Option", type="Map")
    ET.SubElement(outer, "Option", name="name", value="", type="QString")
    properties = ET.SubElement(outer, "Option", name="properties", type="Map")
    fill = ET.SubElement(properties, "Option", name="fillColor", type="Map")
    ET.SubElement(fill, "Option", name="active", value="true", type="bool")
    expression = f"CASE {' '.join(whens)} END"
    ET.SubElement(fill, "Option", name="expression", value=expression, type="QString")
    ET.SubElement(fill, "Option", name="type", value="3", type="int")
    ET.SubElement(outer, "Option", name="type", value="collection", type="QString")


def _rgba(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return ",".join(map(str, (*parts, 255)))
