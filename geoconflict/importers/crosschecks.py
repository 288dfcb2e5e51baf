"""What the cells of one row say differently of the same thing: its text, its days, its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache

from geoconflict.errors import DateError
from geoconflict.importers.counts import tolls_named
from geoconflict.importers.places import Position, unit_of
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.tablecells import HARMS, Cells
from geoconflict.importers.unitnames import unit_code, units_named
from geoconflict.lexicon import any_word, lexicons
from geoconflict.lexicon.patterns import Caseless
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import read_when

# Arms that a report can call by one another's names.
_ALIKE = (
    {"drone", "fpv_drone", "naval_drone"},
    {"missile", "cruise_missile", "ballistic_missile", "rocket", "air_strike"},
    {"glide_bomb", "bomb", "air_strike"},
    {"artillery", "rocket"},
)
# Cities that are units of their own, with the units around them of which people say the same.
_CITIES = ({"UA-30", "UA-32"}, {"UA-40", "UA-43"}, {"RU-MOW", "RU-MOS"}, {"RU-SPE", "RU-LEN"})


def disagreements(
    row: RawRow,
    cells: Cells,
    counts: Mapping[str, int],
    *,
    days: DateRange,
    position: Position,
) -> Iterator[str]:
    """Yield what other cells of a row say otherwise than what is taken of it.

    Parameters
    ----------
    row : RawRow
    cells : Cells
        The same by the columns of a casebook.
    counts : mapping
        The numbers that are taken, by column.
    days : DateRange
        The days that are taken.
    position : Position
        The position that is taken; without one the unit named counts.
    """
    text = cells["effects"]
    told_of = set(HARMS) & set(cells.known.counts)
    for harm, numbers in tolls_named(text).items() if told_of else ():
        if harm in told_of and counts.get(harm) not in numbers and len(numbers) == 1:
            column = counts.get(harm, cells[harm] or "nothing")
            yield f"the text states other {harm} than the column: {numbers.pop()}, not {column}"
    arms = _arms_of(cells["weapon"]) if text else frozenset()
    told = _arms(text) if arms else frozenset()
    if told and not any(one & arms and one & told for one in _ALIKE):
        found = ", ".join(sorted(told))
        yield f"the text names another weapon: {found}, not {cells['weapon'][:40]}"
    named = units_named(text)
    unit = unit_of(position) or unit_code(cells["admin1"], None) if named else None
    # What flies from the other country is told with its region as well.
    if unit and not _is_among(unit, named) and all(one[:2] == unit[:2] for one in named):
        yield f"the text names another unit: {', '.join(sorted(named))}, not {unit}"
    month = cells.known.months.get(row.file)
    if month and (days.end < month.start or month.end < days.start):
        called = f"{month.start:%Y-%m}"
        yield f"a day outside of the month that its table is called by: {days}, not {called}"
    for name in cells.known.beside:
        if row.get(name) and not _meets(row.get(name), days, cells):
            cells.known.other_days.setdefault(name, []).append((row.line, row.get(name)))


def _is_among(unit: str, named: Collection[str]) -> bool:
    """Return whether a unit, or the city or oblast of the same name, is among those named."""
    return unit in named or any(unit in one and one & set(named) for one in _CITIES)


@lru_cache(maxsize=4_096)
def _arms_of(cell: str) -> frozenset[str]:
    return _arms(cell)


def _arms(text: str) -> frozenset[str]:
    return frozenset().union(*(_arms_called(m.group()) for m in _any_arms().finditer(text)))


@cache
def _any_arms() -> Caseless:
    """Return the one pattern of all arms in any language."""
    arms = {arm for one in lexicons() for arm in one.table("arms")}
    return Caseless(rf"(?<!\w){any_word('arms', *sorted(arms))}(?!\w)")


@lru_cache(maxsize=4_096)
def _arms_called(words: str) -> frozenset[str]:
    return frozenset(
        arm
        for one in lexicons()
        for arm in one.table("arms")
        if one.pattern("arms", arm).fullmatch(words)
    )


def _meets(cell: str, days: DateRange, cells: Cells) -> bool:
    """Return whether a cell of another column names a day that is among those taken."""
    try:
        other = read_when(cell, order=cells.known.order).days
    except DateError:
        return True
    return other.start <= days.end and days.start <= other.end
