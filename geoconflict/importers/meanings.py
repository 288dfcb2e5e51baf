"""What words in the cells of a table mean: kinds, sides, targets, statuses, in three languages."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from geoconflict.casebooks.records import EventKind, Stance, TargetType
from geoconflict.errors import DateError
from geoconflict.lexicon import all_forms, lexicons
from geoconflict.measuring.datewords import read_when

# What is told by a word of its own comes before what any of these can be.
_KINDS: tuple[EventKind, ...] = ("interception", "control_change", "clash", "advance", "strike")
_STATUSES = ("geolocated", "disputed", "claimed", "confirmed")


def kind_of(cell: str) -> EventKind:
    """Return the kind of event that a cell tells of, other where it tells none."""
    return next((kind for kind in _KINDS if _says(kind, cell)), "other")


def status_of(cell: str) -> str:
    """Return the status that a cell says, empty where it says none."""
    return next((status for status in _STATUSES if _says(status, cell)), "")


def stance_of(cell: str) -> str:
    """Return the stance of a report that a cell says, empty where it says none."""
    if cell.casefold() in get_args(Stance):
        return cell.casefold()
    return next(
        (s for one in lexicons() if (s := one.key("stances", cell)) and s in get_args(Stance)), ""
    )


def actor_of(cell: str) -> str:
    """Return the side that a cell names, unknown where it names none or both."""
    sides = {
        side for side in ("UA", "RU") if _has("control", side, cell) or _has("sides", side, cell)
    }
    return sides.pop() if len(sides) == 1 else "unknown"


def target_of(cell: str) -> str:
    """Return the kind of target that a cell names, other where it names none."""
    if cell in get_args(TargetType):
        return cell
    found = [name for name in get_args(TargetType) if _has("targets", name, cell)]
    return found[0] if found else "other"


@cache
def zone_of(cell: str) -> dt.tzinfo | None:
    """Return the time zone that a cell names, None where it names none.

    Examples
    --------
    >>> zone_of("UTC"), str(zone_of("Europe/Kyiv")), zone_of("+02:00").utcoffset(None)
    (datetime.timezone.utc, 'Europe/Kyiv', datetime.timedelta(seconds=7200))
    """
    try:
        clock = read_when(f"2025-01-01 12:00 {cell}").clock
        if clock and clock.tzinfo:
            return clock.tzinfo
    except DateError:
        pass
    try:
        return ZoneInfo(cell) if "/" in cell else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def toll_of(cell: str, header: str = "") -> dict[str, int]:
    """Return the killed and injured that a cell tells apart, empty where it leaves anything open.

    Parameters
    ----------
    cell : str
    header : str
        The plain name of its column, which tells the order of two bare numbers.

    Examples
    --------
    >>> toll_of("2 dead, 5 injured"), toll_of("0/2", "killed injured"), toll_of("at least 2 dead")
    ({'killed': 2, 'injured': 5}, {'killed': 0, 'injured': 2}, {})
    >>> toll_of("none"), toll_of("немає", "killed")
    ({'killed': 0, 'injured': 0}, {'killed': 0})
    """
    if re.search(r"\d{10}", cell):
        return {}
    order = [harm for _, harm in sorted(_harms(header).items())]
    if cell == "0" or _says("nobody", cell):
        return dict.fromkeys(order or ("killed", "injured"), 0)
    pair = re.fullmatch(r"(\d+)\s*[/|;+]\s*(\d+)", cell)
    if pair:
        return dict(zip(order, map(int, pair.groups()), strict=True)) if len(order) == 2 else {}
    kinds = _harms(cell)
    found = {m.start(): m.group() for m in re.finditer(r"\d+", cell)} | kinds
    said = [found[start] for start in sorted(found)]
    swap = 1 if said and not said[0].isdecimal() else 0
    numbers, harms = said[swap::2], said[1 - swap :: 2]
    is_told = 0 < len(numbers) == len(set(harms)) and all(map(str.isdecimal, numbers))
    if not is_told or any(map(str.isdecimal, harms)) or re.search(r"[^\W\d]", _beside(cell)):
        return {}
    return dict(zip(harms, map(int, numbers), strict=True))


def _harms(text: str) -> dict[int, str]:
    """Return where a text says killed or injured, and which."""
    return {
        match.start(): harm
        for harm in ("injured", "killed")
        for one in lexicons()
        for match in one.pattern("toll", harm).finditer(text)
    }


def _beside(text: str) -> str:
    """Return a text without its words of harm, of people and of "and"."""
    for one in lexicons():
        for section, *keys in (("toll", "killed", "injured", "people"), ("clauses", "and")):
            text = one.pattern(section, *keys).sub(" ", text)
    return text


def _has(section: str, concept: str, cell: str) -> bool:
    return any(
        bool(one.forms(section, concept)) and bool(one.pattern(section, concept).search(cell))
        for one in lexicons()
    )


@cache
def _says(concept: str, cell: str) -> bool:
    """Return whether a cell is a form of a concept; * stands for anything."""
    plain = cell.casefold().strip()
    forms = all_forms("cells", concept)
    return any(re.fullmatch(re.escape(f).replace(r"\*", ".*"), plain) for f in forms)
