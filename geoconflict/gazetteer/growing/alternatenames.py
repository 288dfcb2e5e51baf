"""GeoNames' table of alternate names: languages, former names and their years, by place."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from geoconflict.errors import GazetteerFileError
from geoconflict.gazetteer.growing.geonames import (
    LANGUAGES,
    OTHER,
    PRESENT,
    RENAMED,
    is_member,
    key_of,
)
from geoconflict.gazetteer.growing.textlines import MOST, Progress, read_lines, watched
from geoconflict.gazetteer.names import script
from geoconflict.gazetteer.placefile import Name

COLUMNS = 10
_MOST = replace(MOST, bytes=8_000_000_000)
# Codes that stand in the column of languages and are none.
_NO_LANGUAGE = frozenset(
    ("abbr", "faac", "iata", "icao", "link", "phon", "piny", "post", "tcid", "uicn", "unlc", "wkdt")
)
_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")


class Alternate(NamedTuple):
    """A row of the table of alternate names.

    ``language`` is the code given, empty where none is. ``former`` tells that the name is
    historic or has ended, ``colloquial`` that it is not written; ``since`` and ``until`` are
    years, None where not given.
    """

    text: str
    language: str
    preferred: bool = False
    former: bool = False
    colloquial: bool = False
    since: int | None = None
    until: int | None = None


class AlternateTable:
    """Names of the table of alternate names that belong to given places, kept on disk.

    Parameters
    ----------
    path : Path
        File to keep them in; it does not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path)
        self._base.execute(
            "CREATE TABLE name (place, text, language, preferred, former, colloquial, since, until)"
        )

    def collect(self, path: Path, places: Collection[int], progress: Progress) -> None:
        """Read the table, as text or in a zip, and keep the names of places by their ids.

        Raises
        ------
        GazetteerFileError
            A row of it cannot be read.
        """
        lines = read_lines(
            path,
            member=is_member,
            limits=_MOST,
            watch=watched("reading", path, progress),
        )
        rows = _alternates(path, lines, places)
        self._base.executemany("INSERT INTO name VALUES (?,?,?,?,?,?,?,?)", rows)
        self._base.execute("CREATE INDEX place ON name (place)")

    def of(self, geonameid: int) -> list[Alternate]:
        """Return the names of a place in the order of the table."""
        found = self._base.execute(
            "SELECT text, language, preferred, former, colloquial, since, until "
            "FROM name WHERE place = ? ORDER BY rowid",
            (geonameid,),
        )
        return [Alternate(*cells) for cells in found]

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


def alternate_names(name: str, country: str, alternates: Sequence[Alternate]) -> Iterator[Name]:
    """Yield the names of the table of alternate names with language, rank and years.

    A name is present where it is the main name in another spelling, or the preferred one in
    English, Ukrainian or Russian; a former or colloquial one never is.

    Parameters
    ----------
    name, country
        As for ``present_title``.
    alternates : sequence of Alternate
        Rows of the place; those whose language is none are left out.
    """
    present = key_of(name)
    order = ("uk", "ru", "en") if country == "UA" else ("ru", "en", "uk")
    for row in sorted(alternates, key=lambda row: _language_order(row, order)):
        letters = script(row.text)
        if row.language in _NO_LANGUAGE or letters == "Zyyy":
            continue
        known, same = row.language in LANGUAGES, key_of(row.text) == present
        if same or known or letters == "Cyrl" or country in RENAMED:
            is_present = same or (known and row.preferred)
            rank = PRESENT if is_present and not (row.former or row.colloquial) else OTHER
            language = row.language if known else letters
            yield Name(row.text, rank, language, row.since, row.until)


def read_alternate(cells: Sequence[str]) -> Alternate:
    """Return a row of the table of alternate names from its 10 cells.

    A name with an end has ended: GeoNames gives no end that is still to come.
    """
    language, text, preferred, _, colloquial, historic, since, until = cells[2:10]
    return Alternate(
        text=text,
        language=language,
        preferred=preferred == "1",
        former=historic == "1" or bool(until.strip()),
        colloquial=colloquial == "1",
        since=_year(since),
        until=_year(until),
    )


def _alternates(
    path: Path, lines: Iterator[tuple[int, str]], ids: Collection[int]
) -> Iterator[tuple[object, ...]]:
    for line, text in lines:
        cells = text.split("\t")
        if len(cells) != COLUMNS:
            message = f"{path.name}:{line}: found {len(cells)} columns, expected {COLUMNS}"
            raise GazetteerFileError(message)
        number = cells[1]
        if not (number.isascii() and number.isdigit()):
            message = f"{path.name}:{line}, column geonameid: found {number[:20]!r}, expected an id"
            raise GazetteerFileError(message)
        if int(number[:19]) in ids:
            yield int(number), *read_alternate(cells)


def _year(cell: str) -> int | None:
    """Return the year of a date that people wrote in any form, None where it holds none."""
    found = _YEAR.search(cell)
    return int(found[0]) if found else None


def _language_order(row: Alternate, order: Sequence[str]) -> tuple[int, bool]:
    """Order by language: where two spell a name alike, the first keeps it."""
    return (order.index(row.language) if row.language in order else len(order), not row.preferred)
