"""What GeoNames' rows say: where and what, titles, names and their ranks."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from geoconflict.errors import GazetteerFileError
from geoconflict.gazetteer.names import consonants, romanise, script, skeleton
from geoconflict.gazetteer.placefile import Name
from geoconflict.lexicon import lexicon

# Countries where the war or the end of the Soviet Union renamed places.
RENAMED = frozenset(("UA", "RU", "BY", "MD", "GE", "KZ"))
LANGUAGES = ("en", "uk", "ru")
PRESENT, OTHER, SHORT = 0, 1, 2
# How GeoNames calls the text files inside its zips.
_MEMBER = re.compile(r"(?:.*/)?(?:[A-Z]{2}|alternateNames(?:V2)?)\.txt")
_DECIMAL = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,20})?")
# Codes of airports and stations, which stand among the names.
_STATION = re.compile(r"[A-Z]{2,4}")
_LONGEST_NUMBER = 12
_SHOWN = 40
# The names of one row are compared several times.
key_of = lru_cache(maxsize=4096)(skeleton)
_NO_APOSTROPHE = str.maketrans("", "", "'’ʼ")
# A town of p people at 5,000 a square kilometre has a radius of 8 sqrt(p) metres; the point
# itself is a kilometre uncertain.
_POINT_M, _RADIUS_M = 1000.0, 8.0


class Row(NamedTuple):
    """A row of a dump: lon and lat in degrees, population 0 where not known."""

    geonameid: int
    name: str
    others: tuple[str, ...]
    lon: float
    lat: float
    feature: str
    country: str
    admin1: str
    population: int
    modified: str


def is_member(name: str) -> bool:
    """Return whether a file inside a zip is called as GeoNames calls its tables."""
    return _MEMBER.fullmatch(name) is not None


def read_row(cells: Sequence[str]) -> Row:
    """Return a row of a dump from its 19 cells.

    Raises
    ------
    GazetteerFileError
        A cell cannot be what it should; the message says which, what was found and expected.
    """
    number, name, ascii_name, others, lat, lon, letter, code, country = cells[:9]
    if not _is_number(number):
        raise _unfit(number, column="geonameid", expected="a whole number")
    if not name.strip():
        raise _unfit(name, column="name", expected="a name")
    listed = tuple(filter(None, (ascii_name, *others.split(","))))
    return Row(
        geonameid=int(number),
        name=name,
        others=listed,
        lon=read_degrees("longitude", lon, 180.0),
        lat=read_degrees("latitude", lat, 90.0),
        feature=f"{letter}.{code}",
        country=country,
        admin1=cells[10],
        population=int(cells[14]) if _is_number(cells[14]) else 0,
        modified=cells[18],
    )


def _is_number(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) < _LONGEST_NUMBER


def read_degrees(column: str, cell: str, most: float) -> float:
    """Return the degrees of a cell.

    Raises
    ------
    GazetteerFileError
        They are no number, or beyond ``most`` to either side.
    """
    value = float(cell) if _DECIMAL.fullmatch(cell) else math.nan
    if not abs(value) <= most:
        raise _unfit(cell, column=column, expected=f"degrees from {-most:g} to {most:g}")
    return value


def _unfit(cell: str, *, column: str, expected: str) -> GazetteerFileError:
    shown = repr(cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}…")
    return GazetteerFileError(f"column {column}: found {shown}, expected {expected}")


def settlement_precision_m(population: int) -> float:
    """Return the radius in metres within which the point of a town of this size is right.

    Examples
    --------
    >>> settlement_precision_m(0), settlement_precision_m(60_127)
    (1000.0, 2962.0)
    """
    return float(round(_POINT_M + _RADIUS_M * math.sqrt(population)))


def present_title(name: str, country: str, others: Iterable[str]) -> str:
    """Return the name to show: in Ukraine by the official romanisation, else GeoNames' own.

    Parameters
    ----------
    name : str
        Main name of the row.
    country : str
        ISO 3166-1 alpha-2 code.
    others : iterable of str
        Its other names; the most Ukrainian spelling of the same name is romanised.

    Examples
    --------
    >>> present_title("Pokrovs'k", "UA", ["Покровск", "Покровськ", "Красноармійськ"])
    'Pokrovsk'
    """
    bare = name.translate(_NO_APOSTROPHE)
    if country != "UA":
        return bare
    present = key_of(bare)
    cyrillic = [n for n in others if script(n) == "Cyrl" and key_of(n) == present]
    if bare in map(romanise, cyrillic):
        return bare
    romanised = romanise(max(sorted(cyrillic), key=ukrainian, default=bare))
    is_latin = script(romanised) == "Latn" and key_of(romanised) == present
    return romanised if is_latin else bare


def settlement_names(name: str, country: str, others: Iterable[str]) -> Iterator[Name]:
    """Yield each name with its rank: 0 for the present name in any script, 1 for others.

    Names with the same consonants are forms of one name: Kyiv and Kiev, Chasiv and Chasov Yar.
    Other names matter where places were renamed; elsewhere they are mostly exonyms in
    languages that the reports are not written in, and chance hits.

    Parameters
    ----------
    name, country, others
        As for ``present_title``.
    """
    others = list(others)
    yield Name(present_title(name, country, others), PRESENT, "en")
    yield Name(name, PRESENT, "Latn")
    for other in others:
        letters, same = script(other), consonants(other) == consonants(name)
        is_kept = same or letters == "Cyrl" or country in RENAMED
        if letters != "Zyyy" and is_kept and not _STATION.fullmatch(other):
            yield Name(other, PRESENT if same else OTHER, letters)


def ukrainian(name: str) -> int:
    """Return how Ukrainian a Cyrillic spelling looks: its own letters less the Russian ones."""
    small = name.lower()
    ours, others = lexicon("uk"), lexicon("ru").sections["language"]["letters"]
    letters = ours.sections["language"]["letters"]
    own = sum(map(small.count, (*letters, "'", "’", *ours.forms("cases", "adjective_stems"))))
    return own - sum(map(small.count, others))
