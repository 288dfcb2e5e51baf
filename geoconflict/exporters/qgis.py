"""The styles that a GeoPackage carries for QGIS: shape by kind, colour by status."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from geoconflict.look.labels import text
from geoconflict.look.theme import INK, STATUS_COLOURS

_VERSION = "3.28.0"
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


def events_style(language: str) -> str:
    """Return the QML of the events: a marker a kind, filled by status, with a map tip."""
    root = ET.Element("qgis", version=_VERSION, styleCategories="Symbology|MapTips|Fields")
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


def table_style(expression: str) -> str:
    """Return the QML of a table without geometry: what names a row in forms and relations."""
    root = ET.Element("qgis", version=_VERSION, styleCategories="Fields|Forms")
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
