"""What the cells of a column hold: days, numbers, links, words; whether its name can be right."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from geoconflict.errors import DateError
from geoconflict.importers.columnnames import (
    named_columns,
    plain_name,
)
from geoconflict.importers.counts import hits_of, stated_count, toll_of
from geoconflict.importers.meanings import actor_of, kind_of, status_of, zone_of
from geoconflict.importers.notations import read_angle, read_metres, read_pair
from geoconflict.importers.rawrows import RawTable
from geoconflict.importers.weblinks import find_urls, read_links
from geoconflict.lexicon import all_forms
from geoconflict.measuring.datewords import find_when, read_when
from geoconflict.measuring.dayforms import AmbiguousDayError

LOOKED_AT = 200


MOST = 0.6


# A column that is called one of days is one where so many of its cells are; each that is none is
# told when its row is read.
_SOME = 0.25


def toll_teller(name: str) -> Callable[[str], bool]:
    """Return what says of a cell below a name whether it tells of killed or injured."""
    return lambda cell: bool(toll_of(cell, plain_name(name)))


def own_names(table: RawTable) -> dict[str, str]:
    """Return the names of the columns of a table as they stand, by themselves in small letters."""
    names: dict[str, str] = {}
    for row in islice(table.rows, LOOKED_AT):
        names |= row.names
    return {column: names.get(column, column) for column in table.columns}


def cells_of(table: RawTable, column: str) -> list[str]:
    """Return the first cells of a column, by its name in small letters, that hold something."""
    return [row.values[column] for row in islice(table.rows, LOOKED_AT) if column in row.values]


def fits(target: str, cells: Sequence[str]) -> bool:
    """Return whether cells can be what the name of their column says."""
    test = _TESTS.get(target)
    if target == "id":
        # A number of a kind of site stands in many rows.
        return len(set(cells)) >= MOST * len(cells)
    if test is None or not cells:
        return True
    # A name that says what is counted is trusted; a cell that is no number is told row by row.
    is_some = test is is_day_of_year or target in ("position", "zone", "time")
    least = 0.0 if test is _is_count or target == "url" else _SOME if is_some else MOST
    return any(map(test, cells)) and share(test, cells) >= least


def is_fit(target: str, column: str, tables: Iterable[RawTable]) -> bool:
    """Return whether the cells of a column, in small letters, can be what its name says."""
    return fits(target, [cell for table in tables for cell in cells_of(table, column)])


def misnamed(table: RawTable, taken: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return what a column's name says that its cells do not bear out, with a cell that does not.

    Parameters
    ----------
    table : RawTable
    taken : mapping of str to str
        The columns that are taken, as ``match_columns`` returns them.
    """
    own = own_names(table)
    found: dict[str, tuple[str, str]] = {}
    for target, test in _TESTS.items():
        for name in named_columns(target, own) if target not in taken else ():
            odd = next((cell for cell in cells_of(table, name) if not test(cell)), None)
            if odd is not None and own[name] not in taken.values():
                found.setdefault(name, (target, odd))
    return found


def share(test: Callable[[str], bool], cells: Sequence[str]) -> float:
    """Return how large a part of cells pass a test, 0 of none."""
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def is_bare_side(cell: str) -> bool:
    """Return whether a cell is one word that names a side."""
    return len(cell.split()) == 1 and actor_of(cell) != "unknown"


def is_day(text: str, year: int | None = None) -> bool:
    """Return whether a text is a day."""
    try:
        read_when(text, year=year)
    except AmbiguousDayError:
        return True
    except DateError:
        return False
    return True


@lru_cache(maxsize=4_096)
def day_in(text: str) -> dt.date | None:
    """Return the last day that a text is, None where it is none or reads both ways."""
    try:
        return read_when(text).days.end
    except DateError:
        return None


@lru_cache(maxsize=8_192)
def is_day_of_year(text: str) -> bool:
    """Return whether a text is a day, maybe without its year."""
    return is_day(text, year=2024)


def begins_with_day(text: str) -> bool:
    """Return whether a text is a day with words behind it, as "14.01.2025 - Engels" is."""
    try:
        _, rest = find_when(text)
    except AmbiguousDayError:
        return True
    except DateError:
        return False
    return bool(rest)


def _is_number(text: str) -> bool:
    return read_angle(text) is not None


def is_plain_pair(text: str) -> bool:
    """Return whether a text can be nothing but a position, whatever its column is called."""
    pair = read_pair(text)
    return pair is not None and (pair.is_told or len(re.findall(r"[.,]\d{3}", text)) >= 2)


def _is_count(text: str) -> bool:
    return stated_count(text) is not None or bool(toll_of(text))


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "date_start": is_day_of_year,
    "date_end": is_day_of_year,
    "time": lambda text: re.fullmatch(r"\d{1,2}[:.]?\d{2}(:\d{2})?\D*", text) is not None,
    "zone": lambda text: zone_of(text) is not None,
    "lon": _is_number,
    "lat": _is_number,
    "position": lambda text: read_pair(text) is not None,
    # Of UTM alone: more digits are a grid whose zone stands before its metres.
    "easting": lambda text: re.fullmatch(r"\d{6}([.,]\d*)?", text) is not None,
    "northing": lambda text: re.fullmatch(r"\d{7}([.,]\d*)?", text) is not None,
    "utm_zone": lambda text: re.fullmatch(r"\d{1,2} ?[A-Za-z]?", text) is not None,
    "killed": _is_count,
    "injured": _is_count,
    "launched": lambda text: stated_count(text) is not None,
    "shot_down": lambda text: stated_count(text) is not None,
    "hits": lambda text: hits_of(text) is not None,
    "weapon": lambda text: not text.isdecimal(),
    "effects": lambda text: len(text.split()) > len(find_urls(text)) and not is_day(text),
    "url": lambda text: bool(read_links(text)[0]),
    "precision_m": lambda text: read_metres(text) is not None,
}


def is_lost(cell: str) -> bool:
    """Return whether a cell says what became of a lost thing."""
    return cell.casefold() in all_forms("cells", "lost")


def tells_kind(cell: str) -> bool:
    """Return whether a cell tells the kind of an event."""
    return kind_of(cell) != "other"


def is_status(text: str) -> bool:
    """Return whether a text says how sure something is; "yes" can be said of anything."""
    return bool(status_of(text)) and hits_of(text) is None


def is_link(text: str) -> bool:
    """Return whether a cell holds a link that is no position."""
    return bool(find_urls(text)) and not is_plain_pair(text)


def is_written_day(text: str) -> bool:
    """Return whether a text is a day by its form; a bare number can be anything."""
    plain = text.strip()
    is_number = re.fullmatch(r"[\d.]+", plain) is not None
    is_dotted = re.fullmatch(r"\d{1,2}\.\d{1,2}\.(\d{4}|\d{2})", plain) is not None
    return is_day(text) and (is_dotted or not is_number)


def decimal(text: str) -> float | None:
    """Return the degrees of a decimal number, None of any other text."""
    angle = read_angle(text) if re.search(r"\d[.,]\d{2}", text) else None
    return angle.degrees if angle else None
