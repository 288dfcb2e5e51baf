"""The position and the unit that a row states, checked against the borders and never moved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from geoconflict.errors import UnknownPlaceError
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.geodesy import inverse
from geoconflict.theatre import Theatre

_NUMBER = re.compile(r"[-+]?\d{1,3}([.,]\d+)?|[-+]?\.\d+")
# "Near the town" reaches as far as this; what is farther off is another town.
_NEAR_M = 30_000.0
# Of villages the gazetteer lacks many, so that the namesake it knows says nothing.
_TOWN_PEOPLE = 10_000
# Names of units that mean another one in these sources than they do in a text, or that only
# these sources use. In ACLED, UCDP and VIINA the bare name is the oblast around the city.
_UNITS = {
    "kyiv": "UA-32",
    "kiev": "UA-32",
    "kyiv oblast": "UA-32",
    "kiev oblast": "UA-32",
    "kyivska": "UA-32",
    "kyiv city": "UA-30",
    "kiev city": "UA-30",
    "misto kyyiv": "UA-30",
    "kiev special republican city": "UA-30",
    "misto sevastopol'": "UA-40",
    "sevastopol city": "UA-40",
    "sevastopol special republican city": "UA-40",
}
_COUNTRIES = {"ukraine": "UA", "russia": "RU", "russia (soviet union)": "RU", "belarus": "BY"}


@dataclass(frozen=True)
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
    numbers = [_number(text) for text in (lon_text, lat_text)]
    lon, lat = numbers
    if lon is None or lat is None:
        wrong = f"longitude {lon_text!r}, latitude {lat_text!r}"
        return Position(None, None, f"coordinates that cannot be read: {wrong}")
    if lon == 0.0 and lat == 0.0:
        return Position(None, None, "coordinates 0, 0 stand for none")
    said = f"longitude {lon:g}, latitude {lat:g}"
    window = Theatre.default().window
    if abs(lat) > 90.0 or abs(lon) > 180.0:
        return Position(None, None, f"coordinates that are not on Earth: {said}")
    if not window.holds(lon, lat) and window.holds(lat, lon):
        return Position(None, None, f"longitude and latitude look swapped: {said}")
    return Position(lon, lat)


def unit_code(name: str, country: str | None) -> str | None:
    """Return the ISO 3166-2 code of the unit that a source names, None where it is not known."""
    known = _UNITS.get(name.strip().lower()) if country in (None, "UA") else None
    return known or _unit(name, country)


def country_code(name: str) -> str | None:
    """Return the ISO 3166-1 code of a country by its English name, None where not known."""
    return _COUNTRIES.get(name.strip().lower()) or _country(name)


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
    if area is None or position.lon is None or position.lat is None:
        return ""
    lon, lat = position.lon, position.lat
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
    if known is None or known.lon is None or known.lat is None:
        return ""
    found = (position.lon, position.lat)
    distance_m = float(inverse((known.lon, known.lat), found).distance_m[0])
    if distance_m <= radius_m + (known.precision_m or 0.0) + _NEAR_M:
        return ""
    # "Donetsk" is said of the oblast as well.
    if unit_code(place, country) == unit_of(position) is not None:
        return ""
    lon, lat = found
    return f"longitude {lon:g}, latitude {lat:g} is {distance_m / 1000:.0f} km from {known.title}"


def unit_of(position: Position) -> str | None:
    """Return the code of the unit that a position lies in, None where there is none."""
    if position.lon is None or position.lat is None:
        return None
    return _borders().locate([(position.lon, position.lat)])[0] or None


def _named_in(place: str, unit: str | None, country: str | None) -> tuple[str, str | None]:
    """Return a name, and the unit of the row or else of the rest of the text: "Kirov, Donetsk"."""
    name, *rest = (part.strip() for part in place.split(","))
    if not rest or not name or unit:
        return place, unit
    found = next((code for part in rest if (code := unit_code(part, country))), None)
    return (name, found) if found else (place, None)


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text.strip()) else None


@lru_cache(maxsize=4096)
def _unit(name: str, country: str | None) -> str | None:
    try:
        place = Gazetteer.default().resolve(name, kind="admin1", country=country).place
    except UnknownPlaceError:
        return None
    return place.admin1_code if place else None


@lru_cache(maxsize=16_384)
def _settlement(name: str, unit: str | None, country: str | None) -> Place | None:
    try:
        found = Gazetteer.default().resolve(name, admin1=unit, country=country).place
    except UnknownPlaceError:
        return None
    if found is None or found.kind != "settlement":
        return None
    return found if (found.population or 0) >= _TOWN_PEOPLE else None


@lru_cache(maxsize=1024)
def _country(name: str) -> str | None:
    place = Gazetteer.default().resolve(name, kind="country").place
    return place.country if place else None


@cache
def _borders() -> Borders:
    return Borders.default()
