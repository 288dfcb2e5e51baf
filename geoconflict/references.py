"""What is measured from and to: the geometry behind ``border:UA`` or ``place:Ryazan``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import CoordinateError, MissingSnapshotError, UnknownReferenceError
from geoconflict.facts import fact
from geoconflict.fronts.sources import find_source
from geoconflict.fronts.tolerances import FRONT_ACCURACY_M
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.measuring.borders import UNIT_ACCURACY_M, Borders
from geoconflict.measuring.dates import Day, day_of
from geoconflict.measuring.references import VALUES, Kind, ReferenceName, unknown_reference

if TYPE_CHECKING:
    from geoconflict.fronts.collection import Fronts

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
    def kind(self) -> Kind:
        """What it is, by its id."""
        return ReferenceName.parse(self.id).kind

    @property
    def codes(self) -> tuple[str, ...]:
        """ISO codes of the country or unit, or of the two that a border runs between."""
        return ReferenceName.parse(self.id).codes

    @property
    def is_point(self) -> bool:
        """Whether it is a single point."""
        return bool(self.geometry.geom_type == "Point")

    @property
    def is_area(self) -> bool:
        """Whether it has an inside."""
        return bool(shapely.get_dimensions(self.geometry) == 2)


def find_reference(
    text: str | ReferenceName,
    *,
    gazetteer: Gazetteer | None = None,
    borders: Borders | None = None,
    context: Sequence[str] = (),
    fronts: Fronts | None = None,
    date: Day | None = None,
) -> Reference:
    """Return the point, line or area that a text names.

    Parameters
    ----------
    text : str or ReferenceName
        ``"lat, lon"``; ``border:UA``, ``border:UA-RU``, ``border:UA-14/UA-12``, ``coast:UA``;
        ``admin1:RU-BRY``; ``country:UA``; ``facility:ryazan-refinery``; ``place:Ryazan`` or a
        bare place name, with what tells it from its namesakes after a comma;
        ``front:deepstate@2025-01-24``, ``front:@2025-01-24``, or ``front:`` for the front on
        ``date``.
    gazetteer : Gazetteer, optional
        Knows the places. Default: the user's own and those that come with the package.
    borders : Borders, optional
        Knows the lines and units. Default: those of the gazetteer's theatre.
    context : sequence of str
        Place names that stand beside it.
    fronts : Fronts, optional
        Where front lines are looked up: the last snapshot on or before the day.
    date : date or str, optional
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
    >>> gc.find_reference("border:UA").title
    'the recognised border of Ukraine'
    """
    name = text if isinstance(text, ReferenceName) else ReferenceName.parse(text)
    if name.kind is Kind.FRONT:
        return front_reference(fronts_of(name, fronts), name.day or day_of(date))
    if name.kind in VALUES:
        message = f"{name} is a recorded value: give a place, a line or an area to measure"
        raise UnknownReferenceError(message)
    known, lines = grounds(gazetteer, borders)
    if name.kind is Kind.POINT:
        return _point(name, lines)
    if name.kind in _LINES:
        return _LINES[name.kind](name, lines)
    if name.kind is Kind.PLACE:
        return place_reference(known.resolve(name.name, context=context).require(), lines)
    if not known.has(name.name) and not known.has_prefix(name.name.partition(":")[0]):
        raise UnknownReferenceError(unknown_reference(name.name))
    return place_reference(known.get(str(name)), lines)


def grounds(gazetteer: Gazetteer | None, borders: Borders | None) -> tuple[Gazetteer, Borders]:
    """Return both as given; without a gazetteer that of the package, without borders its own."""
    known = gazetteer or Gazetteer.default()
    return known, borders or Borders.of(known.theatre)


def fronts_of(name: ReferenceName, fronts: Fronts | None) -> Fronts:
    """Return the snapshots that a reference to a front asks for.

    Raises
    ------
    MissingSnapshotError
        None are given, or they are of another source.
    """
    if fronts is None:
        message = (
            f"no front snapshots are given, so {name} cannot be measured: give their folder with "
            "--front (in Python fronts=)"
        )
        raise MissingSnapshotError(message)
    known = find_source(name.source) if name.source else None
    if name.source not in (None, fronts.source) and (known is None or known.id != fronts.source):
        message = f"{name}: the snapshots given are of {fronts.source}, not of {name.source}"
        told = fact("other_source", given=fronts.title, source=name.source)
        raise MissingSnapshotError(message, told)
    return fronts


def front_reference(fronts: Fronts, date: dt.date | None) -> Reference:
    """Return the front line on a day, by the last snapshot on or before it.

    Raises
    ------
    MissingSnapshotError
        No day is given, there is no snapshot for it, or no front line in it.
    """
    if date is None:
        message = f"front: needs a date, such as front:{fronts.source}@{fronts.dates[-1]}"
        raise MissingSnapshotError(message, fact("no_date"))
    snapshot = fronts.at(date)
    if snapshot.line.is_empty:
        message = f"there is no front line in the {snapshot.title}"
        of = fact("snapshot", source=snapshot.source_title, date=snapshot.date)
        raise MissingSnapshotError(message, fact("no_line", snapshot=of))
    name = ReferenceName(Kind.FRONT, f"{snapshot.source}@{snapshot.date}")
    title = f"the front line ({snapshot.title})"
    return Reference(str(name), title, snapshot.line, FRONT_ACCURACY_M)


def place_reference(place: Place, borders: Borders) -> Reference:
    """Return a place as a reference: an admin-1 unit or country as its area, else its point.

    Raises
    ------
    UnknownReferenceError
        The place has no position in the data.
    """
    if place.kind == "admin1":
        return _unit(ReferenceName(Kind.ADMIN1, place.admin1_code), borders)
    if place.kind == "country":
        return _country(ReferenceName(Kind.COUNTRY, place.country), borders)
    if place.lon is None or place.lat is None:
        message = f"{place.title} has no position in the data"
        raise UnknownReferenceError(message, fact("place_without_point", place=place))
    point = shapely.Point(place.lon, place.lat)
    return Reference(place.id, place.title, point, place.precision_m or 0.0, place, place.country)


def _point(name: ReferenceName, borders: Borders) -> Reference:
    lon, lat = name.lonlat
    window = borders.theatre.window
    if not window.holds(lon, lat) and window.holds(lat, lon):
        message = (
            f"latitude {lat:g}, longitude {lon:g} lies outside the region and "
            f"{lon:g}, {lat:g} inside: give latitude first"
        )
        raise CoordinateError(message)
    return Reference(str(name), f"{lat:g}, {lon:g}", shapely.Point(lon, lat), _GIVEN_M)


def _country(name: ReferenceName, borders: Borders) -> Reference:
    borders.country(name.name)
    return _border(ReferenceName(Kind.BORDER, name.name), borders)


def _border(name: ReferenceName, borders: Borders) -> Reference:
    line, codes, accuracy_m = borders.line(name.name), name.codes, borders.accuracy_m(name.name)
    titles = [borders.title(code) for code in codes]
    if len(codes) == 2:
        title = f"the border of {titles[0]} and {titles[1]}"
        return Reference(str(name), title, line, accuracy_m)
    title = f"the recognised border of {titles[0]}"
    area = borders.area(codes[0])
    return Reference(str(name), title, line if area is None else area, accuracy_m, country=codes[0])


def _coast(name: ReferenceName, borders: Borders) -> Reference:
    title = f"the coast of {borders.title(name.name)}"
    return Reference(str(name), title, borders.line(str(name)), borders.accuracy_m(str(name)))


def _unit(name: ReferenceName, borders: Borders) -> Reference:
    unit = borders.unit(name.name)
    return Reference(str(name), unit.title, unit.geometry, UNIT_ACCURACY_M, country=unit.country)


_LINES: dict[Kind, Callable[[ReferenceName, Borders], Reference]] = {
    Kind.BORDER: _border,
    Kind.COUNTRY: _country,
    Kind.COAST: _coast,
    Kind.ADMIN1: _unit,
}
