"""The placemarks of KML and KMZ files as rows: name, description, folder, time, style and point."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from html import unescape
from pathlib import Path

from geoconflict.errors import ImportFileError
from geoconflict.files import kml
from geoconflict.files.kml import Placemark, Shape, network_links
from geoconflict.files.markup import utf8_markup
from geoconflict.files.reading import reading
from geoconflict.importers.columnnames import is_known
from geoconflict.importers.drafts import RowFault
from geoconflict.importers.rawrows import RawRow, RawTable
from geoconflict.importers.rawtables import zip_members

_BREAK = re.compile(r"<\s*(br|/p|/div|/li|/tr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_CELL_END = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_TABLE_ROW = re.compile(r"<tr\b[^<>]*>(.*?)</tr\s*>", re.IGNORECASE | re.DOTALL)
# A document is told of where its name can hold a day.
_DIGIT = re.compile(r"\d")
_STATED = re.compile(r"([^:\n]{2,40}):\s+(\S[^\n]*)")
_TRACKED = re.compile(r"a-[a-z]-[A-Z](?:-[A-Z])+(?![\w-])")
# What extended data by the same name would hide.
_OWN = {"name", "description", "text", "folder", "style", "longitude", "latitude", "shape", "id"}
_OWN |= {"when", "begin", "end", "all coordinates", "document"}


def read_placemarks(path: str | Path) -> list[RawTable]:
    """Return the placemarks of a KML file, or of every KML file in a KMZ.

    The columns are ``name``, ``description`` (as it stands), ``text`` (the same without
    markup), ``folder``, ``document`` (where its name has a digit), ``style``, ``when``,
    ``begin``, ``end``, ``longitude``, ``latitude``, ``shape`` (of what is no point), ``all
    coordinates`` (of what is more than a point), ``id``, and the names of extended data, after
    "data " where the placemark has such a column.

    Raises
    ------
    ImportFileError
        It is no KML, or holds no placemark.
    OSError
        It is not there or may not be read.
    """
    path = Path(path)
    if path.is_dir():
        message = f"{path} is a folder; expected a KML or KMZ file"
        raise ImportFileError(message)
    content = path.read_bytes()
    is_zip = content.startswith(b"PK")
    files = zip_members(path, ".kml") if is_zip else [(path.name, content)]
    inside = {name.partition("/")[2] for name, _ in files} if is_zip else set()
    tables = [_table(name, data, inside) for name, data in files]
    if not any(table.rows for table in tables):
        links = [link for _, data in files for link in network_links(data) if link not in inside]
        if links:
            message = (
                f"{path.name}: found no placemark, the file only links to {', '.join(links[:3])}: "
                "open it in Google Earth and save it as KMZ"
            )
            raise ImportFileError(message)
        message = f"{path.name}: found no placemark, expected a KML file with some"
        raise ImportFileError(message)
    return tables


def holds_kml(path: Path) -> bool:
    """Return whether a file is a zip with KML in it."""
    with reading(path.name, expected="a whole file", raises=ImportFileError):
        try:
            with zipfile.ZipFile(path) as archive:
                return any(name.lower().endswith(".kml") for name in archive.namelist())
        except zipfile.BadZipFile:
            return False


def plain_text(html: str) -> str:
    r"""Return the text of a piece of HTML, a line for each break.

    Examples
    --------
    >>> plain_text("<b>Tank</b> lost<br>near&nbsp;Lyman")
    'Tank lost\nnear Lyman'
    """
    broken = _CELL_END.sub(" ", _BREAK.sub("\n", html))
    text = unescape(_TAG.sub("", broken)).replace("\xa0", " ")
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split("\n")) if line)


def stated_data(html: str) -> dict[str, str]:
    """Return what a description states by names of columns: in a table, or a line each.

    Examples
    --------
    >>> stated_data("<tr><td>Date</td><td>14.01.2025</td></tr>"), stated_data("Weapon: KAB<br>")
    ({'date': '14.01.2025'}, {'weapon': 'KAB'})
    """
    rows = (_CELL_END.split(row)[:-1] for row in _TABLE_ROW.findall(html))
    # What is but the text of a link says nothing; links are read from the description.
    pairs = [
        (plain_text(row[0]), plain_text(row[1]))
        for row in rows
        if len(row) == 2 and "<a" not in row[1].lower()
    ]
    pairs += _STATED.findall(plain_text(html))
    found: dict[str, str] = {}
    for name, text in pairs:
        if text and is_known(name):
            found.setdefault(name.strip().lower(), text)
    return found


def shape_doubts(row: RawRow) -> tuple[str, ...]:
    """Return the doubt that a placemark with a point is more than it; empty where it is not.

    Raises
    ------
    RowFault
        The placemark has no point.
    """
    shape = row.get("shape")
    if not row.get("longitude"):
        hint = "; of areas of control use: geoconflict front area" if shape == "Polygon" else ""
        message = f"no point: {shape or 'a placemark without geometry'}{hint}"
        raise RowFault(message)
    return (f"more than one geometry, the first point is taken: {shape}",) if shape else ()


def tracked(row: RawRow) -> str:
    r"""Return why a placemark is what a soldier's map tracks, which is no event; else nothing.

    Such maps call what moves on the ground by codes of "Cursor on Target": a-h-G-U-C.

    Examples
    --------
    >>> tracked(RawRow("a.kml", 1, {"text": "a-h-G-U-C-A\nremarks"}))
    'where troops are, no event: a-h-G-U-C-A'
    """
    code = next(filter(None, map(_TRACKED.match, row.values.values())), None)
    return f"where troops are, no event: {code.group()}" if code else ""


def _table(file: str, content: bytes, inside: Collection[str]) -> RawTable:
    with reading(file, expected="a KML file", raises=ImportFileError):
        rows = tuple(_row(file, mark) for mark in kml.read_placemarks(content, file))
    columns = tuple(dict.fromkeys(name for row in rows for name in row.values))
    links = [link for link in network_links(content) if link not in inside]
    count = f"{len(links)} network link{'s' if len(links) > 1 else ''}"
    remarks = [f"{count} not followed: {', '.join(links[:3])}"] if links else []
    remarks += filter(None, [utf8_markup(content)[1]])
    return RawTable(file, columns, tuple(remarks), rows)


def _row(file: str, mark: Placemark) -> RawRow:
    data = {name.lower(): text for name, text in mark.data.items()}
    values = {
        "id": mark.id,
        **{"style" if name == "styleUrl" else name: text for name, text in mark.texts.items()},
        **_position(mark.shapes),
        **{f"data {name}" if name in _OWN else name: text for name, text in data.items()},
        "folder": " / ".join(_names(mark, "Folder")),
        "document": " / ".join(name for name in _names(mark, "Document") if _DIGIT.search(name)),
        "text": plain_text(mark.texts.get("description", "")),
    }
    return RawRow(file, mark.line, {name: text for name, text in values.items() if text})


def _names(mark: Placemark, tag: str) -> Iterator[str]:
    named = (folder for folder in mark.folders if folder.tag == tag)
    return filter(None, (folder.texts.get("name") for folder in named))


def _position(shapes: Sequence[Shape]) -> dict[str, str]:
    """Return the first point, and of what is more than a point its kind and all coordinates."""
    points = [shape.outer[0] for shape in shapes if shape.tag == "Point" and shape.outer]
    others = [shape.tag for shape in shapes if shape.tag != "Point"]
    kind = others[-1] if others else "MultiGeometry" if len(points) > 1 else ""
    lon, lat = (*points[0].replace(",", " ").split(), "", "")[:2] if points else ("", "")
    drawn = [text for shape in shapes for text in (*shape.outer, *shape.inner)]
    return {
        "longitude": lon,
        "latitude": lat,
        "shape": kind,
        "all coordinates": "; ".join(drawn) if kind else "",
    }
