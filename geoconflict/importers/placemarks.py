"""The placemarks of KML and KMZ files as rows: name, description, folder, time, style and point."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import Locator

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

from geoconflict.errors import ImportFileError
from geoconflict.importers.drafts import RowFault
from geoconflict.importers.rawtables import RawRow, RawTable, zip_members

_BREAK = re.compile(r"<\s*(br|/p|/div|/li|/tr)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_TEXTS = {"name", "description", "styleUrl", "when", "begin", "end", "value", "SimpleData"}
# What extended data by the same name would hide.
_OWN = {"name", "description", "text", "folder", "style", "longitude", "latitude", "shape", "id"}
_SHAPES = {"LineString", "Polygon", "LinearRing", "Track", "MultiTrack", "Model"}


def read_placemarks(path: str | Path) -> list[RawTable]:
    """Return the placemarks of a KML file, or of every KML file in a KMZ.

    The columns are ``name``, ``description`` (as it stands), ``text`` (the same without
    markup), ``folder``, ``style``, ``when``, ``begin``, ``end``, ``longitude``, ``latitude``,
    ``shape`` (of what is no point), ``all coordinates`` (of what is more than a point), ``id``,
    and the names of extended data, after "data " where the placemark has such a column.

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
    files = zip_members(path, (".kml",)) if is_zip else [(path.name, content)]
    tables = [_table(name, data) for name, data in files]
    if not any(table.rows for table in tables):
        message = f"{path.name}: found no placemark, expected a KML file with some"
        raise ImportFileError(message)
    return tables


def plain_text(html: str) -> str:
    r"""Return the text of a piece of HTML, a line for each break.

    Examples
    --------
    >>> plain_text("<b>Tank</b> lost<br>near&nbsp;Lyman")
    'Tank lost\nnear Lyman'
    """
    text = unescape(_TAG.sub("", _BREAK.sub("\n", html))).replace("\xa0", " ")
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split("\n")) if line)


def shape_doubts(row: RawRow) -> tuple[str, ...]:
    """Return the doubt that a placemark with a point is more than it; empty where it is not.

    Raises
    ------
    RowFault
        The placemark has no point.
    """
    shape = row.get("shape")
    if not row.get("longitude"):
        message = f"no point: {shape or 'a placemark without geometry'}"
        raise RowFault(message)
    return (f"more than one geometry, the first point is taken: {shape}",) if shape else ()


def _table(file: str, content: bytes) -> RawTable:
    handler = _Placemarks(file)
    try:
        parseString(content, handler)
    except SAXParseException as error:
        message = f"{file}:{error.getLineNumber()}: found broken XML, expected KML"
        raise ImportFileError(message) from error
    except DefusedXmlException as error:
        message = f"{file}: found XML entities, which no real KML has: it is refused"
        raise ImportFileError(message) from error
    columns = tuple(dict.fromkeys(name for row in handler.rows for name in row.values))
    return RawTable(file, columns, (), tuple(handler.rows))


class _Placemarks(ContentHandler):
    """Collects placemarks with their lines while the file is read."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.rows: list[RawRow] = []
        self._file = file
        self._path: list[str] = []
        self._folders: list[str] = []
        self._mark: dict[str, str] | None = None
        self._coordinates: list[str] = []
        self._line = 0
        self._key = ""
        self._text: list[str] = []
        self._at: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - the name is SAX's
        self._at = locator

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: ANN401, N802 - the name is SAX's
        tag = name.rpartition(":")[2]
        self._path.append(tag)
        self._text = []
        if tag == "Folder":
            self._folders.append("")
        elif tag == "Placemark":
            self._mark, self._line = {}, (self._at and self._at.getLineNumber()) or 0
            self._coordinates = []
            if attrs.get("id"):
                self._mark["id"] = attrs["id"]
        elif tag in ("Data", "SimpleData"):
            key = str(attrs.get("name", "")).lower()
            self._key = f"data {key}" if key in _OWN else key
        elif tag in _SHAPES and self._mark is not None:
            self._mark["shape"] = tag

    def characters(self, content: str) -> None:
        self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802 - the name is SAX's
        tag = name.rpartition(":")[2]
        text = "".join(self._text).strip()
        above = self._path[-2] if len(self._path) > 1 else ""
        self._path.pop()
        self._text = []
        if tag == "Folder":
            self._folders.pop()
        elif tag == "Placemark" and self._mark is not None:
            self._finish(self._mark)
        elif self._mark is None:
            if tag == "name" and above == "Folder":
                self._folders[-1] = text
        elif tag in ("coordinates", "coord"):
            self._coordinates.append(" ".join(text.split()))
            if above == "Point":
                self._point(self._mark, text)
        elif tag in ("value", "SimpleData") and self._key and text:
            self._mark[self._key] = text
        elif tag in _TEXTS and above in ("Placemark", "TimeStamp", "TimeSpan") and text:
            self._mark[{"styleUrl": "style"}.get(tag, tag)] = text

    def _point(self, mark: dict[str, str], text: str) -> None:
        parts = text.replace(",", " ").split()
        if "longitude" in mark:
            mark["shape"] = "MultiGeometry"
        else:
            mark["longitude"], mark["latitude"] = (*parts, "", "")[:2]

    def _finish(self, mark: dict[str, str]) -> None:
        folder = " / ".join(name for name in self._folders if name)
        texts = {"folder": folder, "text": plain_text(mark.get("description", ""))}
        if "shape" in mark:
            texts["all coordinates"] = "; ".join(self._coordinates)
        values = mark | {name: value for name, value in texts.items() if value}
        self.rows.append(RawRow(self._file, self._line, {k: v for k, v in values.items() if v}))
        self._mark = None
