"""The position and the unit that a row states, checked against the borders and never moved."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geoconflict.errors import UnknownPlaceError
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.importers.notations import Pair, plain_degrees, read_angle, read_pair, why_unread
from geoconflict.lexicon import Lexicon, all_forms, lexicons
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
_CALLED = Path(__file__).with_name("units.toml")
_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Position:
    """Lon and lat in degrees, or None with what is wrong with what the row states."""

    lon: float | None
    lat: float | None
    doubt: str = ""


def read_position(lon_text: str, lat_text: str) -> Position:
    """Return the position that two texts state; a decimal comma is read.

    What cannot be a position, and what looks swapped, is no position: it is said, not mended.

    Examples
    --------
    >>> read_position("36.659", "49,85")
    Position(lon=36.659, lat=49.85, doubt='')
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
    told = f"longitude {lon:g}, latitude {lat:g}"
    if why:
        return Position(None, None, f"{why}: {told}")
    is_near = window.holds(lon, lat)
    return Position(lon, lat, "" if is_near else f"a position far from the region: {told}")


@lru_cache(maxsize=16_384)
def unit_code(name: str, country: str | None) -> str | None:
    """Return the ISO 3166-2 code of the unit that a source names, None where it is not known.

    Examples
    --------
    >>> unit_code("м. Київ", None), unit_code("Белгородская", None), unit_code("АР Крим", None)
    ('UA-30', 'RU-BEL', 'UA-43')
    """
    plain = " ".join(name.split())
    if _CODE.fullmatch(plain) and plain.partition("-")[0] == (country or plain.partition("-")[0]):
        return plain if _known().has(f"iso:{plain}") else None
    known = _called("units").get(plain.lower())
    if known is not None and country in (None, known.partition("-")[0]):
        return known
    return next((code for one in _written(plain) if (code := _unit(one, country))), None)


def is_city_or_oblast(name: str) -> bool:
    """Return whether the name of a unit can be that of a city and of the oblast around it."""
    return _called("city_or_oblast").get(name.strip().casefold()) is not None


@lru_cache(maxsize=16_384)
def names_several(text: str) -> bool:
    """Return whether a text lists settlements, none of them the region of the first.

    Examples
    --------
    >>> names_several("Sumy – Konotop"), names_several("Pokrovsk, Donetsk"), names_several("Sumy")
    (True, False, False)
    >>> names_several("Kupiansk, Vovchansk, Lyptsi")
    True
    """
    joint = "|".join(re.escape(form) for form in all_forms("clauses", "and") if form.isalpha())
    parts = re.split(rf"\s*[,;/\n+&]\s*|\s+[-–—]\s+|\s+(?:{joint})\s+", text.strip())
    if len(parts) < 2 or not all(parts):
        return False
    rest = [part for part in parts[1:] if not unit_code(part, None)]
    found = [_settlement(part, None, None) for part in (parts[0], *rest)]
    different = {place.id for place in found if place}
    # Of three and more names one can be that of a village that the gazetteer does not tell.
    return len(different) > 1 and (all(found) or len(found) > _FEW_NAMES)


def _written(name: str) -> Iterator[str]:
    """Yield the name of a unit as written, and whole where it is cut short or a bare adjective."""
    yield name
    whole = re.sub(r"\bTerritory$", "Krai", re.sub(r"(?<=s)['’ʹ](?=k)", "", name))
    for pattern, put in _wholes():
        whole = pattern.sub(put, whole)
    # "Полтавщина", "Вінниччині": the land of a town whose oblast is called by an adjective.
    yield from (land.sub(adjective, whole) for land, adjective in _lands() if land.search(whole))
    if whole != name:
        yield whole
    yield from (f"{whole} {word}" for bare, word in _adjectives() if bare.search(whole))


@cache
def _called(kind: str) -> Mapping[str, str]:
    """Return the codes of units or countries by the names that only tables use."""
    listed = tomllib.loads(_CALLED.read_text("utf-8"))[kind]
    return {name: code for code, names in listed.items() for name in names}


def _written_admin1() -> Iterator[tuple[Lexicon, str]]:
    """Yield the languages that tell how tables write units, each with its word for one."""
    for words in lexicons():
        yield from ((words, word) for word in words.forms("admin1", "word"))


@cache
def _wholes() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what is cut short in names of units, and what is put in its place."""
    found = []
    for words, word in _written_admin1():
        for short, whole in words.values("admin1", "whole").items():
            found.append((rf"^{short}\.?\s+", f"{whole} "))
        if words.forms("admin1", "town"):
            found.append((rf"^{words.any_of('admin1', 'town')}(?:\.\s*|\s+)(?=\w{{3}})", ""))
        found.append((rf"\b{words.any_of('admin1', 'short')}\.?$", word))
    return tuple((re.compile(source, re.IGNORECASE), put) for source, put in found)


@cache
def _lands() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the endings of lands, and those of the names of the units that they are."""
    return tuple(
        (
            re.compile(rf"{end}{words.any_of('admin1', 'land_endings')}$", re.IGNORECASE),
            f"{whole} {word}",
        )
        for words, word in _written_admin1()
        for end, whole in words.values("admin1", "land").items()
    )


@cache
def _adjectives() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the endings of adjectives that stand for units, with the word that they lack."""
    return tuple(
        (re.compile(rf"{words.any_of('admin1', 'adjectives')}$", re.IGNORECASE), word)
        for words, word in _written_admin1()
    )


def country_code(name: str) -> str | None:
    """Return the ISO 3166-1 code of a country by its English name, None where not known."""
    return _called("countries").get(name.strip().lower()) or _country(name)


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
    known = _settlement(name, unit, country)
    home = theatre().home
    # Of this country all settlements are known: a unit of it may have none of that name.
    if known is None and (unit or "").startswith(f"{home}-") and not _is_known(name, str(unit)):
        known = _settlement(name, None, home)
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
        known = _settlement(*_named_in(place, unit, country), country)
        found, country = (known.admin1_code or None, known.country) if known else (None, country)
    return found, found.partition("-")[0] if found else country, country


def _named_in(place: str, unit: str | None, country: str | None) -> tuple[str, str | None]:
    """Return a name, and the unit of the row or else of the rest of the text: "Kirov, Donetsk"."""
    name, *rest = (part.strip() for part in place.split(","))
    if not rest or not name or unit:
        return place, unit
    found = next((code for part in rest if (code := unit_code(part, country))), None)
    return (name, found) if found else (place, None)


@lru_cache(maxsize=4096)
def _unit(name: str, country: str | None) -> str | None:
    try:
        place = _known().resolve(name, kind="admin1", country=country).place
    except UnknownPlaceError:
        return None
    return place.admin1_code if place else None


@lru_cache(maxsize=16_384)
def _settlement(name: str, unit: str | None, country: str | None) -> Place | None:
    try:
        found = _known().resolve(name, admin1=unit, country=country).place
    except UnknownPlaceError:
        return None
    if found is None or found.kind != "settlement":
        return None
    return found if (found.population or 0) >= _TOWN_PEOPLE else None


@lru_cache(maxsize=16_384)
def _is_known(name: str, unit: str) -> bool:
    """Return whether a unit has, or is, anything of a name."""
    try:
        found = _known().resolve(name, admin1=unit)
    except UnknownPlaceError:
        return False
    return any(one.place.admin1_code == unit for one in found.candidates)


@lru_cache(maxsize=1024)
def _country(name: str) -> str | None:
    place = _known().resolve(name, kind="country").place
    return place.country if place else None


def _known() -> Gazetteer:
    """Return what rows are placed by: what is published so is of the package's own theatre."""
    return Gazetteer.default()


def theatre() -> Theatre:
    """Return the theatre that rows are taken to be of."""
    return _known().theatre


@cache
def _borders() -> Borders:
    return Borders.of(theatre())
