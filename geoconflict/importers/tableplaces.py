"""Where the event of a row of any table was: its position, its place and its unit."""

from __future__ import annotations

from geoconflict.importers.notations import find_pairs
from geoconflict.importers.places import (
    Position,
    names_several,
    pair_position,
    read_position,
)
from geoconflict.importers.tablecells import Cells
from geoconflict.importers.unitnames import is_city_or_oblast


def place_of(cells: Cells, position: Position) -> str:
    """Return the place of a row, empty where a cell without a position names several."""
    if position.lon is not None or not names_several(cells["place"]):
        return cells["place"]
    cells.leave("place", "several places, of which an event has one")
    return ""


def unit_in(cells: Cells) -> str:
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
