"""What a map of control says otherwise than is taken of it: texts, flags, overlaps, strays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.fronts.holders import Area
from geoconflict.fronts.sides import LEFT_OUT, RUSSIA, UKRAINE, side_of
from geoconflict.lexicon import all_forms
from geoconflict.measuring.geodesy import area_km2
from geoconflict.theatre.records import Box

# So small a share of the smaller area comes of drawing along an edge twice.
_EDGE = 0.01
# What is held from one day to the next is mostly the same land.
_SAME_LAND = 0.5
_MOST, _SHOWN = 3, 60
_TAG = re.compile(r"<[^<>]*>|&nbsp;")
_SENTENCE = re.compile(r"[.;\n]|<br\s*/?>|:\s")


def said_otherwise(areas: Sequence[Area], sides: Sequence[str | None]) -> list[str]:
    """Return what texts and flags of areas say against the side that is taken for each.

    Examples
    --------
    >>> area = Area(("Robotyne",), {"note": "liberated on 3 March", "verified": "no"})
    >>> for said in said_otherwise([area], ["RU"]):
    ...     print(said)
    taken as RU, but 'note' says 'liberated on 3 March'
    taken as RU, but 'verified' says 'no'
    """
    pairs = zip(areas, sides, strict=True)
    found = [one for area, side in pairs if side and side != LEFT_OUT for one in _said(area, side)]
    told = list(dict.fromkeys(found))
    more = [f"{len(told) - _MOST} more areas of which a text says otherwise"]
    return told[:_MOST] + (more if len(told) > _MOST else [])


def _said(area: Area, side: str) -> Iterator[str]:
    for name, value in area.properties.items():
        told = {_side(part) for part in _SENTENCE.split(value)} - {None, LEFT_OUT, side}
        is_flag = name.casefold() in all_forms("columns", "status")
        if told or (is_flag and value.casefold() in all_forms("cells", "no")):
            yield f"taken as {side}, but {name!r} says {_short(value)!r}"


def _side(text: str) -> str | None:
    # "Ukraine" alone may be whose land it is: only who holds it is told by a word for that.
    side = side_of([_TAG.sub(" ", text)])
    return None if len(text.split()) < 2 and side in (RUSSIA, UKRAINE) else side


def _short(text: str) -> str:
    return " ".join(_TAG.sub(" ", text).split())[:_SHOWN]


def overlap(areas: Mapping[str, BaseGeometry]) -> str:
    """Return how much land a map draws as held by both sides, empty where it draws none so.

    Examples
    --------
    >>> both = {"RU": shapely.box(37, 48, 38, 49), "UA": shapely.box(37.5, 48, 38.5, 49)}
    >>> overlap(both)
    'land that is drawn for both sides, counted as held by Russia: 4,109 km2'
    """
    held, own = (areas.get(side) for side in (RUSSIA, UKRAINE))
    if held is None or own is None or not shapely.intersects(held, own):
        return ""
    shared = shapely.intersection(held, own)
    if shared.area <= _EDGE * min(held.area, own.area):
        return ""
    told = f"{area_km2(shared):,.0f} km2"
    return f"land that is drawn for both sides, counted as held by Russia: {told}"


def strays(parts: Sequence[shapely.Polygon], window: Box) -> list[shapely.Polygon]:
    """Return the polygons of a map of the front that lie wholly outside of where it is."""
    region = shapely.box(*window)
    return [part for part in parts if not part.is_empty and not region.intersects(part)]


def hardly_shared(days: Mapping[str, Sequence[BaseGeometry]]) -> str:
    """Return the first two days whose areas share hardly any land, empty where all share most.

    Parameters
    ----------
    days : mapping
        What is drawn of each day, in their order.
    """
    whole = {
        day: shapely.union_all(list(map(shapely.make_valid, drawn))) for day, drawn in days.items()
    }
    for (one, before), (other, after) in pairwise(whole.items()):
        least = min(before.area, after.area)
        if shapely.intersection(before, after).area < _SAME_LAND * least:
            return f"the areas of {one} and {other} share hardly any land"
    return ""
