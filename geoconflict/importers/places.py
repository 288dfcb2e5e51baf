"""The position and the unit that a row states, checked against the borders and never moved."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from geoconflict.errors import UnknownPlaceError
from geoconflict.gazetteer.places import Place
from geoconflict.importers.gridcodes import square_m
from geoconflict.importers.notations import Pair, plain_degrees, read_angle, read_pair, why_unread
from geoconflict.importers.unitnames import known_places, unit_code
from geoconflict.lexicon import all_forms
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.geodesy import inverse
from geoconflict.theatre import Theatre

if TYPE_CHECKING:
    import pandas as pd

# "Near the town" reaches as far as this; what is farther off is another town.
_NEAR_M = 30_000.0
_MOST_M_A_DEGREE = 111_700.0
# Of villages the gazetteer lacks many, so that the namesake it knows says nothing.
_TOWN_PEOPLE = 10_000
_FEW_NAMES = 2
# A square of a grid as wide as this is told of; its corner is so many sides from its middle.
_WIDE_M, _HALF_DIAGONAL = 1_000.0, 0.71


@dataclass(frozen=True, slots=True)
class Position:
    """Lon and lat in degrees, or None with what is wrong with what the row states.

    ``radius_m`` is how far off it can be, where the way it is written says so, else 0.
    """

    lon: float | None
    lat: float | None
    doubt: str = ""
    radius_m: float = 0.0


def read_position(lon_text: str, lat_text: str) -> Position:
    """Return the position that two texts state; a decimal comma is read.

    What cannot be a position, and what looks swapped, is no position: it is said, not mended.

    Examples
    --------
    >>> read_position("36.659", "49,85")
    Position(lon=36.659, lat=49.85, doubt='', radius_m=0.0)
    >>> read_position("0", "0").doubt
    'coordinates 0, 0 stand for none'
    """
    if not lon_text and not lat_text:
        return Position(None, None, "no coordinates")
    numbers = plain_degrees(lon_text), plain_degrees(lat_text)
    if numbers[0] is not None and numbers[1] is not None:
        return _placed(numbers[0], numbers[1])
    lon, lat = read_angle(lon_text), read_angle(lat_text)
    if lon and lat and lon.axis != "N" and lat.axis != "E":
        return _placed(lon.degrees, lat.degrees)
    why = (
        "longitude and latitude look swapped" if lon and lat else "coordinates that cannot be read"
    )
    return Position(None, None, f"{why}: longitude {lon_text!r}, latitude {lat_text!r}")


def pair_position(text: str, *, first: str) -> Position:
    """Return the position that one cell states: two numbers, a grid reference, a link to a map.

    Parameters
    ----------
    text : str
    first : str
        Which of two bare numbers comes first: ``lat``, ``lon``, or nothing where that is open;
        then one that can lie both ways is left out.

    Examples
    --------
    >>> pair_position("51.48, 46.12", first="lat").lon
    46.12
    >>> pair_position("45.1, 46.2", first="").doubt
    'coordinates that read both ways, say which by position_order: 45.1, 46.2'
    """
    if not text:
        return Position(None, None, "no coordinates")
    pair = read_pair(text)
    if pair is None:
        why = why_unread(text) or text[:80]
        return Position(None, None, f"coordinates that cannot be read: {why}")
    order = first or first_number([pair])
    if not pair.is_told and not order:
        said = "coordinates that read both ways, say which by position_order"
        return Position(None, None, f"{said}: {text[:80]}")
    swapped = not pair.is_told and order == "lon"
    lat, lon = (pair.second, pair.first) if swapped else (pair.first, pair.second)
    found = _placed(lon, lat)
    side_m = square_m(text)
    if side_m >= _WIDE_M and found.lon is not None:
        said = f"the middle of a square of {side_m:,.0f} m: {text[:80]}"
        return replace(found, doubt=found.doubt or said, radius_m=side_m * _HALF_DIAGONAL)
    if swapped and not first and not found.doubt:
        # Other cells of its column stand the other way round, or this one is alone.
        return replace(found, doubt=f"the longitude is taken to stand first: {text[:80]}")
    return found


def first_number(pairs: Sequence[Pair]) -> str:
    """Return which number of pairs comes first by where they can lie: ``lat``, ``lon`` or nothing.

    What lies in a unit of the region one way and in none the other way speaks for all.
    """
    points = [(p.first, p.second) for p in pairs if not p.is_told and abs(p.first) <= 180]
    lat = [bool(_unit_at(lon, lat)) for lat, lon in points]
    lon = [bool(_unit_at(lon, lat)) for lon, lat in points]
    votes = {"lat" if a else "lon" for a, b in zip(lat, lon, strict=True) if a != b}
    return votes.pop() if len(votes) == 1 else ""


def _placed(lon: float, lat: float) -> Position:
    """Return a position, or what keeps two numbers from being one."""
    if lon == 0.0 and lat == 0.0:
        return Position(None, None, "coordinates 0, 0 stand for none")
    window = theatre().window
    why = ""
    if abs(lat) > 90.0 or abs(lon) > 180.0:
        why = "coordinates that are not on Earth"
    elif not window.holds(lon, lat) and window.holds(lat, lon):
        why = "longitude and latitude look swapped"
    if not why and window.holds(lon, lat):
        return Position(lon, lat)
    told = f"longitude {lon:g}, latitude {lat:g}"
    if why:
        return Position(None, None, f"{why}: {told}")
    return Position(lon, lat, f"a position far from the region: {told}")


@lru_cache(maxsize=16_384)
def names_several(text: str) -> bool:
    """Return whether a text lists settlements, none of them the region of the first.

    Examples
    --------
    >>> names_several("Sumy – Konotop"), names_several("Pokrovsk, Donetsk"), names_several("Sumy")
    (True, False, False)
    >>> names_several("Kupiansk, Vovchansk, Lyptsi"), names_several("Запоріжжя, Дніпро, Харків")
    (True, True)
    """
    joint = "|".join(re.escape(form) for form in all_forms("clauses", "and") if form.isalpha())
    parts = re.split(rf"\s*[,;/\n+&]\s*|\s+[-–—]\s+|\s+(?:{joint})\s+", text.strip())
    if len(parts) < 2 or not all(parts):
        return False
    first = town_called(parts[0], None, None)
    own = first.admin1_code if first else None
    # "Pokrovsk, Donetsk" tells where Pokrovsk is; "Zaporizhzhia, Dnipro" are two.
    is_list = len(parts) > _FEW_NAMES and all(town_called(part, None, None) for part in parts)
    rest = [
        part
        for part in parts[1:]
        if is_list or not (code := unit_code(part, None)) or own not in (None, code)
    ]
    found = [first, *(town_called(part, None, None) for part in rest)]
    different = {place.id for place in found if place}
    # Of three and more names one can be that of a village that the gazetteer does not tell.
    return len(different) > 1 and (all(found) or len(found) > _FEW_NAMES)


def misplaced(position: Position, *, unit: str | None, country: str | None, radius_m: float) -> str:
    """Return what is wrong with a position that is not where its row says, else an empty text.

    Parameters
    ----------
    position : Position
    unit, country : str or None
        Codes of the unit and the country that the row names.
    radius_m : float
        How far the position can be off, in metres.
    """
    area = unit or country
    if position.lon is None or position.lat is None:
        return ""
    lon, lat = position.lon, position.lat
    if area is None:
        other = None if _unit_at(lon, lat) else _unit_at(lat, lon)
        return f"longitude {lon:g}, latitude {lat:g}; swapped it is in {other}" if other else ""
    if _borders().reaches(area, lon, lat, radius_m):
        return ""
    found = _borders().locate([(lon, lat)])[0] or "no unit of the region"
    swapped = _borders().reaches(area, lat, lon, 0.0) and abs(lon) <= 90.0
    hint = "; longitude and latitude look swapped" if swapped else ""
    return f"longitude {lon:g}, latitude {lat:g} is not in {area} but in {found}{hint}"


def far_off(
    position: Position, place: str, *, unit: str | None, country: str | None, radius_m: float
) -> str:
    """Return how far a position is from the place that its row names, empty where it is near.

    Only the name of a town that the gazetteer tells from its namesakes, in the unit of the row
    where it names one, says anything.

    Parameters
    ----------
    position : Position
    place : str
        The name as the row has it.
    unit, country : str or None
        Codes of the unit and the country that the row names.
    radius_m : float
        How far the position can be off, in metres.
    """
    if position.lon is None or position.lat is None or not place:
        return ""
    name, unit = _named_in(place, unit, country)
    known = town_called(name, unit, country)
    home = theatre().home
    # Of this country all settlements are known: a unit of it may have none of that name.
    if known is None and (unit or "").startswith(f"{home}-") and not _is_known(name, str(unit)):
        known = town_called(name, None, home)
    if known is None or known.lon is None or known.lat is None:
        return ""
    found = (position.lon, position.lat)
    reach_m = radius_m + (known.precision_m or 0.0) + _NEAR_M
    # A degree is nowhere longer than this: what is near by it is near on the ellipsoid.
    most_m = math.hypot(known.lon - position.lon, known.lat - position.lat) * _MOST_M_A_DEGREE
    if most_m <= reach_m:
        return ""
    distance_m = float(inverse((known.lon, known.lat), found).distance_m[0])
    if distance_m <= reach_m:
        return ""
    # "Donetsk" is said of the oblast as well.
    if unit_code(place, country) == unit_of(position) is not None:
        return ""
    lon, lat = found
    return f"longitude {lon:g}, latitude {lat:g} is {distance_m / 1000:.0f} km from {known.title}"


def position_doubts(events: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Yield the id of each event that is recorded far from the town it names, and how far.

    Parameters
    ----------
    events : DataFrame
        Columns as in ``Event``; lon and lat in degrees, NaN where none are recorded.
    """
    columns = ("id", "lon", "lat", "place", "admin1", "country", "precision_m")
    told = events[list(columns)].astype(object)
    for name, lon, lat, place, *area, radius_m in told.where(told.notna(), None).to_numpy():
        at = Position(lon, lat)
        unit, country = area
        far = far_off(at, place or "", unit=unit, country=country, radius_m=radius_m or 0.0)
        if far:
            yield name, f"position far from the place named: {far}"


def unit_of(position: Position) -> str | None:
    """Return the code of the unit that a position lies in, None where there is none."""
    if position.lon is None or position.lat is None:
        return None
    return _unit_at(position.lon, position.lat)


@lru_cache(maxsize=65_536)
def _unit_at(lon: float, lat: float) -> str | None:
    on_earth = abs(lon) <= 180.0 and abs(lat) <= 90.0
    return (_borders().locate([(lon, lat)])[0] or None) if on_earth else None


def whereabouts(
    position: Position, place: str, *, unit: str | None, country: str | None
) -> tuple[str | None, ...]:
    """Return the codes of the unit and country where something is, as far as any cell tells them.

    Parameters
    ----------
    position : Position
    place : str
        The name as the row has it.
    unit, country : str or None
        Codes that the row names.
    """
    found = unit or unit_of(position)
    if found is None and place:
        known = town_called(*_named_in(place, unit, country), country)
        found, country = (known.admin1_code or None, known.country) if known else (None, country)
    return found, found.partition("-")[0] if found else country, country


def _named_in(place: str, unit: str | None, country: str | None) -> tuple[str, str | None]:
    """Return a name, and the unit of the row or else of the rest of the text: "Kirov, Donetsk"."""
    name, *rest = (part.strip() for part in place.split(","))
    if not rest or not name or unit:
        return place, unit
    found = next((code for part in rest if (code := unit_code(part, country))), None)
    return (name, found) if found else (place, None)


@lru_cache(maxsize=16_384)
def town_called(name: str, unit: str | None, country: str | None) -> Place | None:
    """Return the one town that a text names, None where it names none or several.

    Parameters
    ----------
    name : str
    unit, country : str or None
        Codes of the unit and the country that it is in.
    """
    try:
        found = known_places().resolve(name, admin1=unit, country=country).place
    except UnknownPlaceError:
        return None
    if found is None or found.kind != "settlement":
        return None
    return found if (found.population or 0) >= _TOWN_PEOPLE else None


@lru_cache(maxsize=16_384)
def _is_known(name: str, unit: str) -> bool:
    """Return whether a unit has, or is, anything of a name."""
    try:
        found = known_places().resolve(name, admin1=unit)
    except UnknownPlaceError:
        return False
    return any(one.place.admin1_code == unit for one in found.candidates)


def theatre() -> Theatre:
    """Return the theatre that rows are taken to be of."""
    return known_places().theatre


@cache
def _borders() -> Borders:
    return Borders.of(theatre())
