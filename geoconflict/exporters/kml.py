"""KML for Google Earth: a folder a kind, a dated placemark an event."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.files import told_as_writer
from geoconflict.casebooks.records import Event
from geoconflict.exporters.located import Handed, handed_out
from geoconflict.facts import Amount
from geoconflict.files.writing import write_whole
from geoconflict.look.labels import text
from geoconflict.look.theme import STATUS_COLOURS
from geoconflict.look.words import words

_SPACE = "http://www.opengis.net/kml/2.2"
# XML 1.0 has no place for these, escaped or not.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What is told of an event: its column, what it is called, and where its codes have words.
_SHOWN = (
    ("actor", "details.acting", "side"),
    ("target_type", "details.target", "target"),
    ("weapon", "details.weapon", ""),
    ("status", "column.status", "status"),
)


@told_as_writer("a.kml")
def write_kml(casebook: Casebook, path: str | Path, *, language: str | None = None) -> Path:
    """Write the located events of a casebook as KML 2.2 and return the path.

    Those that are not located are named in the description of the document. The text of
    sources is escaped, so that nothing in it becomes markup.
    """
    own = language or casebook.info.language
    found = handed_out(casebook, own)
    root = ET.Element("kml", xmlns=_SPACE)
    document = ET.SubElement(root, "Document")
    _add(document, "name", casebook.info.title)
    _add(document, "description", _about(casebook, found, own))
    for status, colour in STATUS_COLOURS.items():
        _style(document, status, colour)
    for kind in sorted({str(one.event["kind"]) for one in found if one.lon is not None}):
        folder = ET.SubElement(document, "Folder")
        _add(folder, "name", text(f"kind.{kind}", own))
        for one in found:
            if one.event["kind"] == kind and one.lon is not None:
                _placemark(folder, one)
    ET.indent(root)
    content = ET.tostring(root, encoding="unicode")
    return write_whole(path, f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n')


def _add(parent: ET.Element, tag: str, content: object) -> None:
    ET.SubElement(parent, tag).text = _NO_XML.sub("", str(content))


def _about(casebook: Casebook, found: list[Handed], language: str) -> str:
    missing = [f"{one.event['id']}: {one.position}" for one in found if one.lon is None]
    lines = [casebook.info.summary, *casebook.info.attribution]
    if missing:
        lines += [text("export.unlocated", language, count=len(missing)), *missing]
    return "<br>".join(escape(line) for line in lines if line)


def _style(document: ET.Element, status: str, colour: str) -> None:
    style = ET.SubElement(document, "Style", id=status)
    icon = ET.SubElement(style, "IconStyle")
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    _add(icon, "color", f"ff{blue}{green}{red}")
    _add(icon, "scale", "0.9")


def _placemark(folder: ET.Element, one: Handed) -> None:
    mark = ET.SubElement(folder, "Placemark", id=str(one.event["id"]))
    _add(mark, "name", one.title)
    _add(mark, "description", _description(one))
    span = ET.SubElement(mark, "TimeSpan")
    _add(span, "begin", one.event["date_start"])
    # Google Earth ends a span at the start of its last day.
    _add(span, "end", one.event["date_end"] + dt.timedelta(days=1))
    _add(mark, "styleUrl", f"#{one.event['status']}")
    data = ET.SubElement(mark, "ExtendedData")
    for name in Event.model_fields:
        if one.event[name] is not None:
            _add(ET.SubElement(data, "Data", name=name), "value", one.event[name])
    for name in ("reports", "claims"):
        if rows := getattr(one, name):
            _add(ET.SubElement(data, "Data", name=name), "value", _json(rows))
    _add(ET.SubElement(mark, "Point"), "coordinates", f"{one.lon!r},{one.lat!r},0")


def _json(rows: Sequence[Mapping[str, object]]) -> str:
    """Return reports or claims as JSON, so that they can be read back."""
    plain = [{k: v for k, v in row.items() if v is not None and k != "event_id"} for row in rows]
    return json.dumps(plain, ensure_ascii=False, default=str)


def _description(one: Handed) -> str:
    lines = [escape(str(one.event["effects"] or ""))]
    own = one.language
    said = [words(own).days(one.event["date_start"], one.event["date_end"])]
    said += [
        f"{text(name, own)}: {_cell(one, n, codes)}" for n, name, codes in _SHOWN if one.event[n]
    ]
    position = one.position
    if one.precision_m:
        within = words(own).amount(Amount(one.precision_m / 1000, "km"))
        position = text("position.within", own, point=position, within=within)
    lines += map(escape, (*said, f"{text('details.position', own)}: {position}"))
    lines += [_report(row, own) for row in one.reports]
    stated = text("claim.stated", own)
    lines += [escape(f"{stated}: {row['text'] or row['id']}") for row in one.claims]
    return "<br>".join(line for line in lines if line)


def _cell(one: Handed, column: str, codes: str) -> str:
    value = str(one.event[column])
    return text(f"{codes}.{value}", one.language) if codes else value


def _report(row: Mapping[str, object], language: str) -> str:
    stance = text(f"stance.{row['stance']}", language)
    said = escape(f"{row['claimant']} {stance}")
    link = text("export.link", language)
    return f'{said} <a href="{escape(str(row["url"]))}">{link}</a>' if row["url"] else said
