"""What is measured from and to: the geometry behind ``border:UA`` or ``place:Ryazan``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import CoordinateError, MissingSnapshotError, UnknownReferenceError
from geoconflict.fronts.sources import find_source
from geoconflict.fronts.tolerances import FRONT_ACCURACY_M
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.measuring.borders import BORDER_ACCURACY_M, UNIT_ACCURACY_M, Borders
from geoconflict.measuring.dates import parse_date_range
from geoconflict.measuring.geodesy import as_points

if TYPE_CHECKING:
    from geoconflict.fronts.collection import Fronts

_COORDINATES = re.compile(r"\s*([-+]?\d+(?:\.\d+)?)\s*[,; ]\s*([-+]?\d+(?:\.\d+)?)\s*")
_DECIMAL_COMMAS = re.compile(r"\s*[-+]?\d+,\d+\s*[;, ]\s*[-+]?\d+,\d+\s*")
# Where reports of this theatre play, with room to spare: west, south, east, north in degrees.
_THEATRE = (14.0, 41.0, 190.0, 82.0)
# Coordinates as given are taken to be right within this.
_GIVEN_M = 100.0


@dataclass(frozen=True)
class Reference:
    """Something on the ground that can be measured from or to.

    Parameters
    ----------
    id : str
        ``border:UA``, ``border:UA-RU``, ``admin1:RU-BRY``, ``front:deepstate@2025-01-24``
        (the snapshot that is used) or the id of a place.
    title : str
        In words, for messages and pages.
    geometry : BaseGeometry
        Point, line or polygon; lon and lat in degrees, EPSG:4326.
    accuracy_m : float
        How far the geometry may be off, in metres.
    place : Place or None
        The record behind it, where it is a place.
    country : str
        ISO 3166-1 code of a country, a unit or a place; empty where none applies.
    """

    id: str
    title: str
    geometry: BaseGeometry
    accuracy_m: float
    place: Place | None = None
    country: str = ""

    @property
    def is_point(self) -> bool:
        """Whether it is a single point."""
        return bool(self.geometry.geom_type == "Point")

    @property
    def is_area(self) -> bool:
        """Whether it has an inside."""
        return bool(shapely.get_dimensions(self.geometry) == 2)


class FrontName(NamedTuple):
    """What ``front:deepstate@2025-01-24`` names; each None where it is left out."""

    source: str | None
    day: dt.date | None


def find_reference(
    text: str,
    *,
    gazetteer: Gazetteer,
    borders: Borders,
    context: Sequence[str] = (),
    fronts: Fronts | None = None,
    date: dt.date | None = None,
) -> Reference:
    """Return the point, line or area that a text names.

    Parameters
    ----------
    text : str
        ``"lat, lon"``; ``border:UA``, ``border:UA-RU``, ``coast:UA``; ``admin1:RU-BRY``;
        ``country:UA``; ``facility:ryazan-refinery``; ``place:Ryazan`` or a bare place name,
        with what tells it from its namesakes after a comma; ``front:deepstate@2025-01-24``,
        ``front:@2025-01-24``, or ``front:`` for the front on ``date``.
    gazetteer : Gazetteer
        Knows the places.
    borders : Borders
        Knows the lines and units.
    context : sequence of str
        Place names that stand beside it.
    fronts : Fronts, optional
        Where front lines are looked up: the last snapshot on or before the day.
    date : date, optional
        The day of a front that names none.

    Returns
    -------
    Reference

    Raises
    ------
    CoordinateError
        Coordinates that are not on Earth, or stand in the wrong order.
    UnknownReferenceError
        No line or unit has this name.
    UnknownPlaceError, AmbiguousPlaceError
        The place is not known, or not told from its namesakes.
    MissingSnapshotError
        A front line was asked for, and no snapshots are given or none fits source and day.

    Examples
    --------
    >>> import geoconflict as gc
    >>> known = {"gazetteer": gc.Gazetteer.default(), "borders": gc.Borders.default()}
    >>> gc.find_reference("border:UA", **known).title
    'the recognised border of Ukraine'
    """
    if _is_front(text):
        if fronts is None:
            message = f"no front snapshots are given, so {text} cannot be measured"
            raise MissingSnapshotError(message)
        return front_reference(fronts, parse_front(text, fronts).day or date)
    if not text.partition(":")[2].strip() and text.strip().endswith(":"):
        message = f"{text!r} names nothing: write what it is after the colon"
        raise UnknownReferenceError(message)
    if _DECIMAL_COMMAS.fullmatch(text):
        message = f"{text!r} has decimal commas: write latitude, longitude as in 50.45, 30.52"
        raise CoordinateError(message)
    coordinates = _COORDINATES.fullmatch(text)
    if coordinates:
        return _from_coordinates(float(coordinates[1]), float(coordinates[2]))
    prefix, colon, name = (part.strip() for part in text.partition(":"))
    if colon and prefix in _LINES:
        return _LINES[prefix](name, borders)
    if colon and prefix in ("facility", "water", "village", "geonames", "iso"):
        return place_reference(gazetteer.get(f"{prefix}:{name}"), borders)
    if colon and prefix != "place":
        known = ", ".join(f"{p}:" for p in (*_LINES, "front", "place", "facility", "water"))
        message = f"there is no reference {text!r}; a reference starts with one of {known}"
        raise UnknownReferenceError(message)
    return place_reference(gazetteer.resolve(name or prefix, context=context).require(), borders)


def parse_front(text: str, fronts: Fronts) -> FrontName:
    """Return source and day that a reference to a front names.

    Raises
    ------
    MissingSnapshotError
        The snapshots are of another source.
    DateError
        What stands after the @ is no date.
    """
    source, _, day = (part.strip() for part in text.partition(":")[2].partition("@"))
    known = find_source(source)
    if source and source != fronts.source and (known is None or known.id != fronts.source):
        message = f"{text}: the snapshots given are of {fronts.source}, not of {source}"
        raise MissingSnapshotError(message)
    return FrontName(source or None, parse_date_range(day).end if day else None)


def front_reference(fronts: Fronts, date: dt.date | None) -> Reference:
    """Return the front line on a day, by the last snapshot on or before it.

    Raises
    ------
    MissingSnapshotError
        No day is given, there is no snapshot for it, or no front line in it.
    """
    if date is None:
        message = f"front: needs a date, such as front:{fronts.source}@{fronts.dates[-1]}"
        raise MissingSnapshotError(message)
    snapshot = fronts.at(date)
    if snapshot.line.is_empty:
        message = f"there is no front line in the {snapshot.title}"
        raise MissingSnapshotError(message)
    name = f"front:{snapshot.source}@{snapshot.date}"
    title = f"the front line ({snapshot.title})"
    return Reference(name, title, snapshot.line, FRONT_ACCURACY_M)


def place_reference(place: Place, borders: Borders) -> Reference:
    """Return a place as a reference: an admin-1 unit or country as its area, else its point.

    Raises
    ------
    UnknownReferenceError
        The place has no position in the data.
    """
    if place.kind == "admin1":
        return _unit(place.admin1_code, borders)
    if place.kind == "country":
        return _country(place.country, borders)
    if place.lon is None or place.lat is None:
        message = f"{place.title} has no position in the data"
        raise UnknownReferenceError(message)
    point = shapely.Point(place.lon, place.lat)
    return Reference(place.id, place.title, point, place.precision_m or 0.0, place, place.country)


def _from_coordinates(lat: float, lon: float) -> Reference:
    if abs(lat) > 90.0:
        message = f"latitude {lat:g} is not on Earth: give latitude first, from -90 to 90"
        raise CoordinateError(message)
    as_points((lon, lat))
    if not in_theatre(lon, lat) and in_theatre(lat, lon):
        message = (
            f"latitude {lat:g}, longitude {lon:g} lies outside the region and "
            f"{lon:g}, {lat:g} inside: give latitude first"
        )
        raise CoordinateError(message)
    title = f"{lat:g}, {lon:g}"
    return Reference(f"point:{lat:g},{lon:g}", title, shapely.Point(lon, lat), _GIVEN_M)


def in_theatre(lon: float, lat: float) -> bool:
    """Return whether a position, in degrees, is where reports of this war play."""
    west, south, east, north = _THEATRE
    return west <= lon <= east and south <= lat <= north


def _country(name: str, borders: Borders) -> Reference:
    """Return a country as an area; of one that is only partly held, the part in the region."""
    name = name.upper()
    if borders.is_whole(name):
        return _border(name, borders)
    geometry, title = borders.country(name), borders.name(name)
    return Reference(f"country:{name}", title, geometry, BORDER_ACCURACY_M, country=name)


def _border(name: str, borders: Borders) -> Reference:
    name = name.upper()
    line = borders.line(name)
    countries = name.split("-")
    if len(countries) == 2:
        title = f"the border of {borders.name(countries[0])} and {borders.name(countries[1])}"
        return Reference(f"border:{name}", title, line, BORDER_ACCURACY_M)
    title = f"the recognised border of {borders.name(name)}"
    whole = borders.is_whole(name)
    geometry = borders.country(name) if whole else line
    return Reference(f"border:{name}", title, geometry, BORDER_ACCURACY_M, country=name)


def _coast(name: str, borders: Borders) -> Reference:
    if name != "UA":
        message = f"the coast of {borders.name(name)} is not in the data, only that of Ukraine"
        raise UnknownReferenceError(message)
    line = borders.line(f"coast:{name}")
    return Reference(f"coast:{name}", f"the coast of {borders.name(name)}", line, BORDER_ACCURACY_M)


def _unit(name: str, borders: Borders) -> Reference:
    name = name.upper()
    unit = borders.unit(name)
    title, geometry = unit.title, unit.geometry
    return Reference(f"admin1:{name}", title, geometry, UNIT_ACCURACY_M, country=unit.country)


def _is_front(text: str) -> bool:
    return text.partition(":")[0].strip() == "front" and ":" in text


_LINES: dict[str, Callable[[str, Borders], Reference]] = {
    "border": _border,
    "country": _country,
    "coast": _coast,
    "admin1": _unit,
}
