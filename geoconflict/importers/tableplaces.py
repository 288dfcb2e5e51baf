"""Where the event of a row of any table was: its position, its place and its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from geoconflict.gazetteer.places import Place
from geoconflict.importers.notations import find_pairs
from geoconflict.importers.places import (
    Position,
    names_several,
    pair_position,
    read_position,
    town_called,
)
from geoconflict.importers.rowtext import Named, kind_told, places_named, tagged
from geoconflict.importers.tablecells import Cells
from geoconflict.importers.unitnames import is_city_or_oblast, unit_code
from geoconflict.lexicon import any_word
from geoconflict.measuring.geodesy import inverse

_PARTS = re.compile(r"[,/;()]")
# The texts of so many rows are looked through for a place that no column tells, and of so many
# for another one than their columns tell: it takes ten thousandths of a second each.
_READ, _COMPARED = 20_000, 1_000
# So much of a name is alike in all its cases.
_STEM = 4
# Two towns nearer than this can be one event's.
_NEAR_M = 40_000.0


@dataclass(frozen=True, slots=True)
class Where:
    """The names of a facility, a place, a unit and a country that a row tells, or empty texts."""

    facility: str = ""
    place: str = ""
    unit: str = ""
    country: str = ""


def where_in(cells: Cells, position: Position) -> Where:
    """Return what a row names its place by: as its columns, else as its text tell it.

    Parameters
    ----------
    cells : Cells
    position : Position
        The position that is taken.
    """
    own = _parted(cells, position)
    if position.lon is not None or own.place or own.facility:
        _compare(cells, own, position)
        return own
    if cells["place"] and not own.unit:
        # It names several.
        return own
    return _named(cells, own)


def _parted(cells: Cells, position: Position) -> Where:
    """Return what the columns of a row tell; a cell of a town and its oblast is parted."""
    facility, place, unit = cells["facility"], cells["place"], _unit(cells)
    if position.lon is None and names_several(place):
        cells.leave("place", "several places, of which an event has one")
        return Where(facility, "", unit, cells["country"])
    parts = [part.strip() for part in _PARTS.split(place) if part.strip()]
    codes = [code for part in parts if (code := _unit_alone(part))]
    names = [
        part
        for part in parts
        if not _unit_alone(part) and not _districts().search(part.replace("-", " "))
    ]
    if len(names) > 1:
        # Streets and houses are of the town that stands before them.
        names = [part for part in names if not _streets().match(part)]
        named = [part for part in names if part[:1].isupper() and not unit_code(part, None)]
        if len(named) > 1 and not codes and position.lon is None:
            cells.doubts.append(f"several names in the cell of a place: {place[:80]}")
    is_parted = len(parts) > 1 or bool(codes)
    if not is_parted or len(names) > 1 or len(set(codes)) > 1 or len(names) == len(parts):
        return Where(facility, place, unit, cells["country"])
    cells.unread.add("place")
    own = codes[0] if codes else ""
    if unit and own and unit_code(unit, None) != own:
        cells.doubts.append(f"the place names another unit: {place[:80]}, not {unit}")
        return Where(facility, place, unit, cells["country"])
    return Where(facility, names[0] if names else "", unit or own, cells["country"])


def _unit_alone(name: str) -> str:
    """Return the code of a unit whose name is that of no town, else an empty text."""
    return "" if town_called(name, None, None) else unit_code(name, None) or ""


def _named(cells: Cells, own: Where) -> Where:
    """Return the one place that the text of a row names, where no column does."""
    text = cells["effects"]
    label = tagged(text, "place") if text else ""
    if label and town_called(label, None, None):
        cells.doubts.append(f"the place is read from the text: {label}")
        return replace(own, place=label)
    named = places_named(text) if text and cells.line <= _READ and not cells.several else Named()
    code = unit_code(own.unit, None) if own.unit else None
    fits = [one for one in named.places if code in (None, one.admin1_code)]
    if len(named.places) == 1 and fits and not named.others:
        place = fits[0]
        cells.doubts.append(f"the place is read from the text: {place.name}")
        unit, is_site = place.admin1_code or own.unit, place.kind == "facility"
        return Where(
            place.name if is_site else "", "" if is_site else place.name, unit, place.country or ""
        )
    if named.places or named.others:
        told = ", ".join((*(place.name for place in named.places), *named.others))
        cells.doubts.append(f"the text names places that are not taken: {told}")
    elif own.unit:
        return own
    elif len(named.units) == 1 and kind_told(text) == "strike":
        cells.doubts.append(f"the unit is read from the text: {named.units[0].name}")
        return replace(own, unit=named.units[0].admin1_code or "")
    elif not cells["place"] and not cells["position"] and not cells["lat"]:
        cells.tell("no place that is known is named by the words")
    return own


def _compare(cells: Cells, own: Where, position: Position) -> None:
    """Say where the text of a row names towns, and none of them near the place that is taken."""
    text = cells["effects"]
    if not text or cells.line > _COMPARED or _names_own(own, text):
        # Most texts name the place of their row.
        return
    at = (position.lon, position.lat)
    if position.lon is None:
        known = town_called(own.place, unit_code(own.unit, None) if own.unit else None, None)
        at = (known.lon, known.lat) if known else (None, None)
    if at[0] is None or at[1] is None:
        return
    towns = [one for one in places_named(text).places if one.lon is not None]
    if towns and not any(_is_near(one, at[0], at[1]) for one in towns):
        told = ", ".join(one.name for one in towns)
        where = own.place or f"{at[1]:g}, {at[0]:g}"
        cells.doubts.append(f"the text names another place: {told}, not {where[:60]}")


def _names_own(own: Where, text: str) -> bool:
    return bool(own.place) and own.place[:_STEM].casefold() in text.casefold()


def _is_near(place: Place, lon: float, lat: float) -> bool:
    if place.lon is None or place.lat is None:
        return True
    return float(inverse((place.lon, place.lat), (lon, lat)).distance_m[0]) <= _NEAR_M


@cache
def _districts() -> re.Pattern[str]:
    """Return the pattern of the names of districts and communities."""
    words = any_word("toponyms", "admin2_after", "community_after")
    return re.compile(rf"\s{words}\.?$", re.IGNORECASE)


@cache
def _streets() -> re.Pattern[str]:
    """Return the pattern of the names of streets, and of numbers of houses."""
    return re.compile(rf"\d{{1,4}}\s?[^\W\d]?$|{any_word('cells', 'street')}(?!\w)", re.IGNORECASE)


def _unit(cells: Cells) -> str:
    """Return the unit of a row, empty where its name can be a city's or an oblast's."""
    is_told = cells["place"] and cells["place"].casefold() != cells["admin1"].casefold()
    if not is_city_or_oblast(cells["admin1"]) or is_told:
        return cells["admin1"]
    cells.leave("admin1", "a unit that can be the city or the oblast around it")
    return ""


def position_in(cells: Cells) -> Position:
    """Return the position of a row, as its columns or else its text tell it."""
    columns = cells.known.plan.columns
    if columns.easting:
        found = pair_position(_grid_text(cells), first="")
        cells.unread.update(("easting", "northing", "utm_zone"))
        return found
    if not columns.position and not (columns.lon and columns.lat):
        cells.unread.update(("lon", "lat"))
        return _told(cells)
    if not columns.position:
        found = read_position(cells["lon"], cells["lat"])
        names: tuple[str, ...] = ("lon", "lat")
    else:
        found = pair_position(cells["position"], first=cells.known.first)
        names = ("position",)
    if found.lon is None:
        cells.unread.update(names)
    return found


def _grid_text(cells: Cells) -> str:
    """Return metres of UTM as one text; the north is meant where a zone has no letter."""
    metres = " ".join(filter(None, (cells["easting"], cells["northing"]))).replace(",", ".")
    zone = cells["utm_zone"] or cells.known.plan.utm_zone
    return f"{zone}{'N' if zone.isdecimal() else ''} {metres}".strip() if metres else ""


def _told(cells: Cells) -> Position:
    """Return the one position that stands in the text of a row without a column of positions."""
    if cells.several:
        # Which of the events that a message tells of is there, it does not say.
        return Position(None, None)
    pairs = set(find_pairs(cells["effects"]))
    found = pair_position(pairs.pop(), first="") if len(pairs) == 1 else Position(None, None)
    if found.lon is not None:
        cells.doubts.append(f"the position is read from the text: {found.lat:g}, {found.lon:g}")
    return found if found.lon is not None else Position(None, None)
