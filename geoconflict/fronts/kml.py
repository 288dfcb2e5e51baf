"""Reading KML: the polygons of placemarks with the folders they stand in, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import shapely
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from geoconflict.fronts.features import Feature, fault

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_KML = "KML with polygons"
_FOLDERS = ("Folder", "Document", "kml")


def read_kml(content: bytes, file: str) -> list[Feature]:
    """Return the placemarks of a KML text that have a polygon.

    Parameters
    ----------
    content : bytes
        The text; entities of any kind, and with them whatever lies outside, are refused.
    file : str
        Named in errors.

    Returns
    -------
    list of Feature
        ``names`` are the placemark's own and those of the folders it stands in.

    Raises
    ------
    SnapshotFileError
        It is empty, cut off, no KML, or has entities or a broken ring.
    """
    if not content.strip():
        raise fault(file, "an empty file", _KML)
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise fault(file, "a document type or entities, which are refused", _KML) from error
    except ParseError as error:
        raise fault(file, f"broken XML ({error})", _KML) from error
    return list(_placemarks(root, (), file))


def _placemarks(element: Element, names: tuple[str, ...], file: str) -> Iterator[Feature]:
    # Folders are walked without recursion, so that a deep nest cannot exhaust the stack.
    ahead = [(element, names)]
    while ahead:
        node, inside = ahead.pop()
        for child in node:
            if _tag(child) == "Placemark":
                yield from _placemark(child, inside, file)
            elif _tag(child) in _FOLDERS:
                ahead.append((child, (*_name(child), *inside)))


def _placemark(element: Element, folders: tuple[str, ...], file: str) -> Iterator[Feature]:
    names = (*_name(element), *folders)
    for polygon in (node for node in element.iter() if _tag(node) == "Polygon"):
        outer = _rings(polygon, "outerBoundaryIs", names=names, file=file)
        inner = _rings(polygon, "innerBoundaryIs", names=names, file=file)
        if outer:
            yield Feature(shapely.Polygon(outer[0], inner), names)


def _rings(
    polygon: Element, boundary: str, *, names: tuple[str, ...], file: str
) -> list[list[tuple[float, float]]]:
    sides = (node for node in polygon if _tag(node) == boundary)
    rings = (node for side in sides for node in side.iter() if _tag(node) == "LinearRing")
    return [_ring(node, names, file) for node in rings]


def _ring(element: Element, names: tuple[str, ...], file: str) -> list[tuple[float, float]]:
    text = next((node.text for node in element if _tag(node) == "coordinates"), "") or ""
    points = []
    try:
        for triple in re.sub(r"\s*,\s*", ",", text).split():
            lon, lat = triple.split(",")[:2]
            points.append((float(lon), float(lat)))
    except ValueError as error:
        raise fault(file, f"{_called(names)}: coordinates {triple[:40]!r}", "lon,lat") from error
    if len(points) < 4:
        raise fault(file, f"{_called(names)}: a ring of {len(points)} points", "four or more")
    return points


def _called(names: tuple[str, ...]) -> str:
    return f"placemark {names[0]!r}" if names else "a placemark"


def _name(element: Element) -> tuple[str, ...]:
    text = next((node.text for node in element if _tag(node) == "name"), "") or ""
    return (text.replace("\xa0", " ").strip(),) if text.strip() else ()


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
