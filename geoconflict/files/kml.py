"""The placemarks of a KML text: what each says of itself, where it stands and what it draws."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import Locator

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

from geoconflict.errors import Fault, UnreadableFileError
from geoconflict.files.markup import utf8_markup

_FOLDERS = ("Folder", "Document", "kml")
_TEXTS = {
    "Placemark": ("name", "description", "styleUrl"),
    "TimeStamp": ("when",),
    "TimeSpan": ("begin", "end"),
    "PolyStyle": ("color",),
}
_SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "Track", "MultiTrack", "Model")
_EXPECTED = "a KML file"


@dataclass(frozen=True)
class Folder:
    """A folder, or the document itself: its tag, and ``name`` among its texts where it has one."""

    tag: str
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Shape:
    """One geometry as written: its tag, and texts of coordinates; of a polygon by boundary."""

    tag: str
    outer: list[str] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Placemark:
    """One placemark as it stands in the file.

    Parameters
    ----------
    line : int
        Where it starts, from 1.
    folders : tuple of Folder
        What it stands in, the nearest last.
    id : str
        Empty where it has none.
    texts : dict
        ``name``, ``description``, ``styleUrl``, ``when``, ``begin`` and ``end``, as far as it
        has them.
    data : dict
        Extended data by their names.
    shapes : list of Shape
        What it draws, in the order of the file.
    """

    line: int
    folders: tuple[Folder, ...] = ()
    id: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    shapes: list[Shape] = field(default_factory=list)


def network_links(content: bytes) -> list[str]:
    """Return where the network links of a KML text lead; nothing is fetched from there.

    Examples
    --------
    >>> network_links(b"<NetworkLink><Link><href>https://example.org/a</href></Link></NetworkLink>")
    ['https://example.org/a']
    """
    text = utf8_markup(content)[0].decode("utf-8", "replace")
    found = re.findall(r"<NetworkLink\b.*?<href>(.*?)</href>", text, re.DOTALL)
    return [unescape(re.sub(r"<!\[CDATA\[|\]\]>", "", link)).strip() for link in found]


def read_placemarks(content: bytes, file: str) -> list[Placemark]:
    """Return the placemarks of a KML text, nothing fetched from outside.

    Parameters
    ----------
    content : bytes
        The text; entities of any kind, and with them whatever lies outside, are refused.
    file : str
        Named in errors.

    Raises
    ------
    UnreadableFileError
        It is empty, cut off, no XML, or has entities.

    Examples
    --------
    >>> text = b"<kml><Placemark><name>Lyman</name></Placemark></kml>"
    >>> read_placemarks(text, "a.kml")[0].texts
    {'name': 'Lyman'}
    """
    if not content.strip():
        raise UnreadableFileError([Fault(file, 0, "", "an empty file", _EXPECTED)])
    handler = _Handler()
    try:
        parseString(utf8_markup(content)[0], handler)
    except SAXParseException as error:
        line, found = error.getLineNumber() or 0, f"broken XML ({error.getMessage()})"
        raise UnreadableFileError([Fault(file, line, "", found, _EXPECTED)]) from error
    except DefusedXmlException as error:
        found = "XML entities, which no real KML has: they are refused"
        raise UnreadableFileError([Fault(file, 0, "", found, _EXPECTED)]) from error
    return handler.placemarks


class _Handler(ContentHandler):
    """Collects placemarks with their lines while the file is read."""

    def __init__(self) -> None:
        super().__init__()
        self.placemarks: list[Placemark] = []
        self._path: list[str] = []
        self._folders: list[Folder] = []
        self._mark: Placemark | None = None
        self._key = ""
        self._text: list[str] = []
        self._at: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - the name is SAX's
        self._at = locator

    def startElement(self, name: str, attrs: Mapping[str, str] | Any) -> None:  # noqa: ANN401, N802
        tag = name.rpartition(":")[2]
        if tag in _FOLDERS:
            self._folders.append(Folder(tag))
        elif tag == "Placemark":
            line = (self._at and self._at.getLineNumber()) or 0
            self._mark = Placemark(line, tuple(self._folders), id=attrs.get("id", ""))
        elif tag in ("Data", "SimpleData"):
            self._key = str(attrs.get("name", ""))
        elif self._mark is not None and tag in _SHAPES and not set(_SHAPES) & set(self._path):
            self._mark.shapes.append(Shape(tag))
        self._path.append(tag)
        self._text = []

    def characters(self, content: str) -> None:
        self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802 - the name is SAX's
        tag = name.rpartition(":")[2]
        text = "".join(self._text).strip()
        self._path.pop()
        self._text = []
        above = self._path[-1] if self._path else ""
        if tag in _FOLDERS:
            self._folders.pop()
        elif tag == "Placemark" and self._mark is not None:
            self.placemarks.append(self._mark)
            self._mark = None
        elif self._mark is not None:
            self._say(self._mark, tag, text, above=above)
        elif tag == "name" and above in _FOLDERS:
            self._folders[-1].texts[tag] = text

    def _say(self, mark: Placemark, tag: str, text: str, *, above: str) -> None:
        """Keep the text of an element inside a placemark."""
        if not text:
            return
        if tag in ("coordinates", "coord") and mark.shapes:
            shape = mark.shapes[-1]
            hole = "innerBoundaryIs" in self._path
            (shape.inner if hole else shape.outer).append(" ".join(text.split()))
        elif tag in ("value", "SimpleData") and self._key:
            mark.data[self._key] = text
        elif tag in _TEXTS.get(above, ()):
            mark.texts[tag] = text
