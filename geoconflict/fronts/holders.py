"""Who holds each area of one map: by its names, its other columns, its colour, or a user's word.

A map may call nothing by name only where all of its areas are alike: then all are held by Russia.
Areas that differ without a word that is understood are refused, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from geoconflict.errors import Fault, SnapshotFileError
from geoconflict.fronts.sides import (
    CLAIMED_BY_RUSSIA,
    CLAIMED_BY_UKRAINE,
    CONTESTED,
    LEFT_OUT,
    RUSSIA,
    SIDES,
    UKRAINE,
    UNKNOWN,
    calls_claimed,
    calls_occupied,
)
from geoconflict.fronts.sides import side_of as side_said
from geoconflict.fronts.sources import find_source
from geoconflict.lexicon import all_forms, any_word

# What DeepState's files without keys tell the side by.
_COLOURS = {
    "a52714": RUSSIA,
    "ff5252": RUSSIA,
    "880e4f": RUSSIA,
    "0f9d58": UKRAINE,
    "bcaaa4": UNKNOWN,
}
_HEX = re.compile(r"(?<![0-9a-f])(?:#|poly-)([0-9a-f]{6})(?![0-9a-f])", re.IGNORECASE)
_STYLES = ("fill", "color", "fillcolor", "styleurl")
# Columns that tell areas of one side from each other as well: numbers, days, sizes, free text.
_APART = re.compile(
    r"(.*_)?(id|fid|gid|uid|uuid|guid|objectid|index|nr|no|num|number)|ogc_.*|shape_?.*|(st)?_?area.*"
    r"|.*(km2|sqkm|hectares?)|(st)?_?(perimeter|length).*|.*(date|time|created|updated|edited|stamp).*"
    r"|day|begin|end|start|when|stylehash|stylemaphash.*|visibility|tessellate|extrude|draworder"
    r"|icon|timespan|.*opacity|.*width|desc(r|ription)?|notes?|comments?|text|summary|popup.*"
    r"|source.*|url|link|author|editor|user|license|licence|opis|rev|version|osm_.*"
    rf"|{any_word('control', 'descriptions')}",
    re.IGNORECASE,
)
_SHOWN_VALUES, _SHOWN_LETTERS = 6, 40
HOW = (
    "a word for who holds it; say it in source.toml beside the files, "
    '[sides] "value" = "RU" (or UA, contested, unknown, left out), or by --side "value=RU"'
)


@dataclass(frozen=True)
class Area:
    """What one drawn area says of itself: its names, the nearest first, and its other columns."""

    names: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)


def stated_sides(stated: Mapping[str, str], file: str) -> Mapping[str, str]:
    """Return a user's words for sides by value, in small letters.

    Raises
    ------
    SnapshotFileError
        A side is none that there is.
    """
    known = {side.casefold(): side for side in (*SIDES, LEFT_OUT)}
    wrong = sorted({side for side in stated.values() if side.strip().casefold() not in known})
    if wrong:
        expected = f"one of {', '.join((*SIDES, LEFT_OUT))}"
        raise SnapshotFileError([Fault(file, 0, "sides", repr(wrong[0]), expected)])
    return {key.strip().casefold(): known[s.strip().casefold()] for key, s in stated.items()}


def holders(
    areas: Sequence[Area], *, beside: Sequence[str] = (), stated: Mapping[str, str] | None = None
) -> tuple[list[str | None], str]:
    """Return the side of each area of one map, and why some have none.

    Parameters
    ----------
    areas : sequence of Area
        Of one day and layer.
    beside : sequence of str
        What else tells the side: the name of the file, its folders.
    stated : mapping, optional
        A user's word for a side by value, or by ``column=value``, in small letters.

    Returns
    -------
    list of str or None
        One of ``SIDES`` or ``LEFT_OUT`` for each; None where nothing tells.
    str
        What was found of those without a side, empty where each has one.
    """
    texts = [text for area in areas for text in (*area.names, *area.properties.values())]
    occupied = any(map(calls_occupied, texts))
    titles = _titles(areas)
    found = [
        _stated(area, stated or {})
        or _flagged(area)
        or side_said((n for n in area.names if n not in titles), occupied_named=occupied)
        for area in areas
    ]
    found = _by_columns(areas, found, occupied=occupied, is_deepstate=_is_deepstate(beside))
    rest = side_said((*titles, *beside), occupied_named=occupied)
    if any(found) and {*found} - {None} != {rest} and rest != LEFT_OUT:
        # A file's name does not speak for what stands beside areas that tell another side.
        rest = None
    elif rest is None and not any(area.names for area in areas) and not _differing(areas):
        rest = RUSSIA
    found = [
        _claimed(side or rest, (*area.names, *beside))
        for side, area in zip(found, areas, strict=True)
    ]
    left = [area for side, area in zip(found, areas, strict=True) if side is None]
    return found, _what(left, areas) if left else ""


def _titles(areas: Sequence[Area]) -> tuple[str, ...]:
    """Return the names that all areas bear beside their own: those of the map as a whole."""
    shared = set(areas[0].names).intersection(*(area.names for area in areas)) if areas else set()
    has_own = len(areas) > 1 and all(set(area.names) - shared for area in areas)
    return tuple(name for name in areas[0].names if name in shared) if has_own else ()


def _claimed(side: str | None, texts: Sequence[str]) -> str | None:
    """Return a side as one that claims, where a layer or file is called one of claims."""
    claims = {RUSSIA: CLAIMED_BY_RUSSIA, UKRAINE: CLAIMED_BY_UKRAINE}
    return claims[side] if side in claims and any(map(calls_claimed, texts)) else side


def _is_deepstate(beside: Sequence[str]) -> bool:
    known = find_source(*beside)
    return known is not None and known.id == "deepstate"


def _stated(area: Area, stated: Mapping[str, str]) -> str | None:
    for name in area.names:
        if name.strip().casefold() in stated:
            return stated[name.strip().casefold()]
    for column, value in area.properties.items():
        for key in (f"{column}={value}".casefold(), value.strip().casefold()):
            if key in stated:
                return stated[key]
    return stated.get("*")


def _flagged(area: Area) -> str | None:
    """Return the side of an area of which a column of yes and no says that it is disputed."""
    said = (*all_forms("cells", "yes"), "1", "t")
    ticked = (column for column, value in area.properties.items() if value.casefold() in said)
    sides = {side_said([column]) for column in ticked} & {CONTESTED, UNKNOWN}
    return sides.pop() if len(sides) == 1 else None


def _by_columns(
    areas: Sequence[Area],
    found: Sequence[str | None],
    *,
    occupied: bool,
    is_deepstate: bool,
) -> list[str | None]:
    """Return sides with those added that a column tells for every area that lacks one."""
    open_areas = [area for area, side in zip(areas, found, strict=True) if side is None]
    said: list[Mapping[str, str]] = []
    for column in _columns(open_areas):
        values = {area.properties.get(column, "") for area in open_areas}
        sides = {
            v: _of_value(column, v, occupied=occupied, is_deepstate=is_deepstate) for v in values
        }
        if all(sides.values()):
            said.append({f"{column}={v}": side for v, side in sides.items() if side})
    return [side or _agreed(area, said) for area, side in zip(areas, found, strict=True)]


def _agreed(area: Area, said: Sequence[Mapping[str, str]]) -> str | None:
    keys = {f"{column}={value}" for column, value in area.properties.items()}
    sides = {side for one in said for key, side in one.items() if key in keys}
    return sides.pop() if len(sides) == 1 else None


def _of_value(column: str, value: str, *, occupied: bool, is_deepstate: bool) -> str | None:
    if column.casefold() in _STYLES:
        colour = _HEX.search(value)
        if colour:
            return _COLOURS.get(colour.group(1).casefold()) if is_deepstate else None
    return side_said([value], occupied_named=occupied)


def _columns(areas: Sequence[Area]) -> Iterator[str]:
    names = dict.fromkeys(name for area in areas for name in area.properties)
    return (name for name in names if not _APART.fullmatch(name))


def _differing(areas: Sequence[Area]) -> str:
    """Return the column that differs between areas, the one that says most of sides, or nothing."""
    values = {c: {area.properties.get(c, "") for area in areas} for c in _columns(areas)}
    told = {c: sum(map(_is_side, held)) for c, held in values.items() if len(held) > 1}
    return max(told, key=lambda column: told[column], default="")


def _is_side(value: str) -> bool:
    return side_said([value]) is not None


def _what(left: Sequence[Area], areas: Sequence[Area]) -> str:
    """Return what was found of areas without a side: their names, or the column that differs."""
    names = sorted({area.names[0] for area in left if area.names})
    column = _differing(areas)
    held = sorted({area.properties.get(column, "") for area in areas})
    # What is not understood is shown first.
    values = sorted(held, key=_is_side)
    what = f"the column {column!r} holds {_listed(values)}"
    if names and not (column and len(names) == 1):
        told = f"areas called {_listed(names)}: their side is not known"
        return f"{told}; {what}" if column else told
    if column:
        called = f" called {_listed(names)}" if names else ""
        return f"areas{called} whose side is not known: {what}"
    if names:
        return f"areas called {_listed(names)}: their side is not known"
    return f"{len(left)} areas without a name beside others that have one: their side is not known"


def _listed(values: Sequence[str]) -> str:
    shown = ", ".join(repr(value[:_SHOWN_LETTERS]) for value in values[:_SHOWN_VALUES])
    return (
        f"{shown} and {len(values) - _SHOWN_VALUES} more" if len(values) > _SHOWN_VALUES else shown
    )
