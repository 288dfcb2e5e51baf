"""Recognised borders, coasts and admin-1 units as geometries, and which unit a point lies in."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import UnknownReferenceError
from geoconflict.files.outlines import read_outlines
from geoconflict.measuring.geodesy import outline
from geoconflict.measuring.nearest import LineIndex
from geoconflict.measuring.whereabouts import units_at
from geoconflict.theatre.records import Theatre

# Vertices are those of OpenStreetMap generalised to 100 m; shared lines agree within 300 m.
BORDER_ACCURACY_M = 300.0
# Natural Earth at 1:10 million differs from OpenStreetMap by up to this on inner lines.
UNIT_ACCURACY_M = 3000.0
# A degree of latitude at the poles; one of longitude at the equator is shorter.
_MOST_M_A_DEGREE = 111_700.0
# A degree of latitude at the equator is longer, and one of longitude is, times the cosine.
_LEAST_M_A_DEGREE = 110_500.0
_RADIUS_M = 6_371_008.8
# Squares a degree, for what lies deep in a unit.
_CELLS = 20


@dataclass(frozen=True)
class Unit:
    """One admin-1 unit: ISO 3166-2 code, title in English, country and its polygon."""

    code: str
    title: str
    country: str
    geometry: BaseGeometry


@dataclass(frozen=True)
class _Shape:
    fields: Mapping[str, Any]
    geometry: BaseGeometry


class Borders:
    """Recognised borders of a theatre; of Ukraine, with Crimea and all occupied oblasts in it.

    Parameters
    ----------
    theatre : Theatre
        Whose files hold the outlines of countries, border lines and units.

    Examples
    --------
    >>> Borders.default().locate([(33.52, 44.60)])
    ['UA-40']
    """

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre
        self._filled: dict[tuple[str, int, int], bool] = {}
        self._indices: dict[str, LineIndex] = {}
        self._bent_m: dict[str, float] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """In another process the outlines are read there, which is quicker than to send them."""
        return Borders.of, (self.theatre,)

    @classmethod
    def default(cls) -> Borders:
        """Return the borders that come with the package."""
        return cls.of(Theatre.default())

    @classmethod
    def of(cls, theatre: Theatre) -> Borders:
        """Return the borders of a theatre, read once.

        Parameters
        ----------
        theatre : Theatre
            Whose they are.
        """
        return _of(theatre)

    @property
    def home(self) -> BaseGeometry:
        """The recognised territory that is fought over, as a polygon in EPSG:4326."""
        return self.country(self.theatre.home)

    def country(self, iso2: str) -> BaseGeometry:
        """Return the polygon of a country in EPSG:4326.

        Raises
        ------
        UnknownReferenceError
            The country is not among those of the region.
        """
        countries = self._countries
        if iso2 not in countries:
            known = ", ".join(sorted(countries))
            message = f"the outline of {iso2} is not in the data, only of {known}"
            raise UnknownReferenceError(message)
        return countries[iso2].geometry

    def sea(self, water: str, inside: tuple[float, float]) -> tuple[BaseGeometry, float] | None:
        """Return a sea as a polygon and how far its shore may be off in metres.

        Parameters
        ----------
        water : str
            The id of its record.
        inside : tuple of float
            Lon and lat of a point in it.

        Returns
        -------
        tuple or None
            None where the data do not hold all of its shores.
        """
        if water not in self.theatre.seas:
            return None
        window = shapely.Polygon(self.theatre.seas[water])
        lands = [one for one in self._countries.values() if one.geometry.intersects(window)]
        pieces = shapely.get_parts([one.geometry.intersection(window) for one in lands])
        land = shapely.union_all(pieces[shapely.get_dimensions(pieces) == 2])
        parts = shapely.get_parts(window.difference(land))
        sea = next((part for part in parts if part.contains(shapely.Point(inside))), None)
        accuracy_m = max((float(one.fields["accuracy_m"]) for one in lands), default=0.0)
        return None if sea is None else (sea, accuracy_m)

    def name(self, iso2: str) -> str:
        """Return the English name of a country of the region or beside it, else the code."""
        countries = self._countries
        if iso2 in countries:
            return str(countries[iso2].fields["name_en"])
        beside = (
            line.fields["b_name"] for line in self._lines.values() if line.fields["b"] == iso2
        )
        return str(next(beside, iso2))

    def title(self, code: str) -> str:
        """Return the English name of a country or unit, else the code itself."""
        return self.unit(code).title if code in self._units else self.name(code)

    def accuracy_m(self, line_id: str) -> float:
        """Return how far a border, coast or unit may be off in metres, as ``line`` names it.

        Far from Ukraine the outlines are coarser, and where a river or lake is the border
        only its banks are known.
        """
        if "-" in line_id and (line_id in self._units or "/" in line_id):
            return UNIT_ACCURACY_M
        if line_id.startswith("coast:"):
            line_id = line_id.partition("-")[0]
        shape = self._line(line_id) or self._countries.get(line_id)
        stated = 0.0 if shape is None else float(shape.fields["accuracy_m"])
        return max(BORDER_ACCURACY_M, stated)

    def _line(self, line_id: str) -> _Shape | None:
        """Return a line of its own, whichever of two countries is named first."""
        lines = self._lines
        return lines.get(line_id) or lines.get("-".join(reversed(line_id.split("-"))))

    def line(self, line_id: str) -> BaseGeometry:
        """Return a border or coast as a line.

        Parameters
        ----------
        line_id : str
            ``UA``, the border that two share as ``UA-RU``, ``UA-14/UA-12`` or ``RU-BRY/UA``,
            ``coast:UA``, or the coast of one unit as ``coast:UA-43``.

        Raises
        ------
        UnknownReferenceError
            There is no such line; the message says what there is instead.
        """
        first, slash, second = line_id.partition("/")
        if slash:
            return self._between(first, second)
        found = self._line(line_id)
        if found is not None:
            return found.geometry
        if line_id.startswith("coast:") and "-" in line_id:
            return self._coast_of(line_id.partition(":")[2])
        area = self.area(line_id)
        if area is None:
            raise UnknownReferenceError(self._instead(line_id))
        return outline(area)

    def _between(self, first: str, second: str) -> BaseGeometry:
        """Return the border that two units, or a unit and a country, share."""
        units = [self.unit(code).geometry for code in (first, second) if "-" in code]
        if first[:2] == second[:2]:
            shared = shapely.intersection_all([outline(unit) for unit in units])
        else:
            # Units are drawn more coarsely than countries, so that their lines run side by side.
            near = shapely.buffer(units, UNIT_ACCURACY_M / _MOST_M_A_DEGREE)
            shared = shapely.intersection_all([self.line(f"{first[:2]}-{second[:2]}"), *near])
        parts = [part for part in shapely.get_parts(shared) if part.length > 0.0]
        if not parts or first == second:
            message = f"{self.title(first)} and {self.title(second)} have no border in common"
            raise UnknownReferenceError(message)
        return shapely.line_merge(shapely.union_all(parts))

    def _coast_of(self, code: str) -> BaseGeometry:
        """Return what of its country's coast lies at a unit, or as near as units are drawn."""
        near = shapely.buffer(self.unit(code).geometry, UNIT_ACCURACY_M / _MOST_M_A_DEGREE)
        shared = shapely.intersection(self.line(f"coast:{code.partition('-')[0]}"), near)
        parts = [part for part in shapely.get_parts(shared) if part.length > 0.0]
        if not parts:
            message = f"{self.title(code)} has no coast: measure from border:{code}"
            raise UnknownReferenceError(message)
        return shapely.line_merge(shapely.union_all(parts))

    def _instead(self, line_id: str) -> str:
        """Return why a line is not there, and what can be measured from."""
        lines, countries = self._lines, self._countries
        prefix, _, name = line_id.rpartition(":")
        if prefix:
            there = ", ".join(key for key in lines if key.startswith(f"{prefix}:"))
            return f"the {prefix} of {self.title(name)} is not in the data, only {there}"
        asked = set(line_id.split("-"))
        shared = [f"border:{k}" for k in lines if ":" not in k and asked & set(k.split("-"))]
        known = ", ".join(shared) or f"the border of {', '.join(countries)}"
        titles = " and ".join(self.title(code) for code in line_id.split("-"))
        return (
            f"there is no border of {titles} in the data: measure from {known}, "
            "or from a place, as in place:NAME"
        )

    def unit(self, code: str) -> Unit:
        """Return an admin-1 unit by its ISO 3166-2 code.

        Raises
        ------
        UnknownReferenceError
            No unit of the region has this code.
        """
        units = self._units
        if code not in units:
            country = code.partition("-")[0]
            known = ", ".join(unit for unit in units if unit.startswith(f"{country}-"))
            message = (
                f"there is no unit {code} in the data, only {known or 'of other countries'}: "
                "give one of these, or its name"
            )
            raise UnknownReferenceError(message)
        row = units[code]
        return Unit(code, row.fields["title_en"], row.fields["country"], row.geometry)

    def units(self, country: str) -> list[Unit]:
        """Return all admin-1 units of a country that the data hold, by code."""
        return [
            self.unit(code) for code, row in self._units.items() if row.fields["country"] == country
        ]

    def area(self, code: str) -> BaseGeometry | None:
        """Return the polygon of a unit or country, None where the data lack it."""
        found = self._units.get(code) or self._countries.get(code)
        return None if found is None else found.geometry

    def countries_in(
        self, window: tuple[float, float, float, float], *, fine_deg: float
    ) -> Iterator[tuple[str, BaseGeometry]]:
        """Yield what lies of each country in a window, by code; the home country last.

        Parameters
        ----------
        window : tuple of float
            West, south, east and north in degrees.
        fine_deg : float
            How far a coarser outline, to be drawn, may be from the true one.
        """
        for code in sorted(self._countries, key=lambda code: (code == self.theatre.home, code)):
            near = _coarse(shapely.clip_by_rect(self.country(code), *window), fine_deg)
            if not near.is_empty:
                yield code, near

    def unit_lines_in(
        self, window: tuple[float, float, float, float], *, fine_deg: float
    ) -> Iterator[BaseGeometry]:
        """Yield what lies in a window of the outlines of both sides' units, as ``countries_in``."""
        for unit in (unit for side in self.theatre.sides for unit in self.units(side)):
            line = shapely.clip_by_rect(shapely.boundary(unit.geometry), *window)
            near = _coarse(line, fine_deg)
            if not near.is_empty:
                yield near

    def reaches(self, code: str, lon: float, lat: float, precision_m: float) -> bool:
        """Return whether a point can lie in a unit or country, its own doubt allowed for.

        True too where the data do not hold the outline; False for what is not on Earth.
        """
        if abs(lat) > 90.0:
            return False
        if self._is_filled(code, math.floor(lon * _CELLS), math.floor(lat * _CELLS)):
            return True
        geometry = self.area(code)
        if geometry is None or shapely.contains_xy(geometry, lon, lat):
            return True
        allowed_m = precision_m + UNIT_ACCURACY_M
        # A degree is nowhere longer than this, so that the plane never says too near.
        apart_deg = shapely.distance(geometry, shapely.Point(lon, lat))
        if apart_deg * _MOST_M_A_DEGREE <= allowed_m:
            return True
        if code not in self._bent_m:
            self._bent_m[code] = _bent_m(geometry)
        if apart_deg > _most_deg(lon, lat, allowed_m + self._bent_m[code]):
            return False
        if code not in self._indices:
            # To find one by its geometry takes as long as to ask it.
            self._indices[code] = line_index(geometry)
        return bool(self._indices[code].nearest((lon, lat)).distance_m[0] <= allowed_m)

    def _is_filled(self, code: str, x: int, y: int) -> bool:
        """Return whether a unit or country fills a small square, as it does around most events."""
        if (code, x, y) not in self._filled:
            west, south, east, north = (n / _CELLS for n in (x, y, x + 1, y + 1))
            geometry = self.area(code)
            square = shapely.box(west, south, east, north)
            self._filled[code, x, y] = geometry is not None and geometry.covers(square)
        return self._filled[code, x, y]

    def locate(self, points: npt.ArrayLike) -> list[str]:
        """Return the ISO 3166-2 code of the admin-1 unit that each point lies in.

        Parameters
        ----------
        points : array_like, shape (n, 2)
            Lon and lat in degrees; NaN for an unknown position.

        Returns
        -------
        list of str
            One code a point; empty where the point lies in no unit of the region. A quay or a
            pier just off the shore as it is drawn, within 0.01 degrees, lies in the nearest. Near
            the border of two countries the unit is one of the country that holds the point.
        """
        return units_at(
            points,
            units={code: unit.geometry for code, unit in self._units.items()},
            countries={code: one.geometry for code, one in self._countries.items()},
        )

    @cached_property
    def _countries(self) -> Mapping[str, _Shape]:
        return _read(self.theatre, "borders.gpkg", key="iso2")

    @cached_property
    def _lines(self) -> Mapping[str, _Shape]:
        return _read(self.theatre, "border_lines.gpkg", key="id")

    @cached_property
    def _units(self) -> Mapping[str, _Shape]:
        return _read(self.theatre, "admin1.gpkg", key="iso_3166_2")


@cache
def _of(theatre: Theatre) -> Borders:
    return Borders(theatre)


def _coarse(geometry: BaseGeometry, fine_deg: float) -> BaseGeometry:
    # Keeping islands that are smaller than that takes ten times as long.
    return shapely.simplify(geometry, fine_deg, preserve_topology=False)


def _most_deg(lon: float, lat: float, reach_m: float) -> float:
    """Return how many degrees apart in the plane a point and another within reach can be."""
    farthest = abs(lat) + reach_m / _LEAST_M_A_DEGREE
    if farthest >= 90.0:
        return math.inf
    found = reach_m / (_LEAST_M_A_DEGREE * math.cos(math.radians(farthest)))
    # On the other side of 180 degrees something near is far in the plane.
    return found if abs(lon) + found < 180.0 else math.inf


def _bent_m(geometry: BaseGeometry) -> float:
    """Return how far edges that are straight in the plane can be from the geodesics they stand for.

    The rise of an arc as curved as twice a circle of latitude, which bends most.
    """
    lonlat, ring = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(geometry)), return_index=True
    )
    long_m = np.hypot(*np.diff(lonlat, axis=0).T) * _MOST_M_A_DEGREE
    lat = np.radians(np.abs(lonlat[:, 1]).clip(max=89.9))
    rise_m = 2 * long_m**2 * np.tan(np.maximum(lat[1:], lat[:-1])) / (8 * _RADIUS_M)
    return float(rise_m[ring[1:] == ring[:-1]].max(initial=0.0))


@cache
def line_index(geometry: BaseGeometry) -> LineIndex:
    """Return the index of a line, built once for each geometry."""
    return LineIndex(geometry)


def _read(theatre: Theatre, name: str, *, key: str) -> Mapping[str, _Shape]:
    shapes = {row[key]: _Shape(row, shape) for row, shape in read_outlines(theatre.file(name))}
    # Points are asked after one by one.
    shapely.prepare([shape.geometry for shape in shapes.values()])
    return dict(sorted(shapes.items()))
