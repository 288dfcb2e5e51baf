"""The SQLite file of places and their names: its schema, how it is written and how it is asked."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from geoconflict.errors import GazetteerFileError, UnknownPlaceError
from geoconflict.names import fold, skeleton
from geoconflict.places import Place

_SCHEMA = """
CREATE TABLE place (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
    country TEXT NOT NULL, unit TEXT NOT NULL, lon REAL, lat REAL,
    precision_m REAL, population INTEGER, names TEXT NOT NULL
);
CREATE TABLE name (
    key TEXT NOT NULL, place INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
CREATE TABLE info (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_FIND = """
SELECT place.*, name.rank FROM name JOIN place ON place.n = name.place WHERE name.key = ?
"""
_GET = "SELECT place.*, 0 FROM place WHERE id = ?"


class Name(NamedTuple):
    """A name of a place.

    ``rank`` is 0 for a present name, 1 for another (old, foreign, colloquial), 2 for a short
    name that a unit shares with its town. ``language`` is ``en``, ``uk`` or ``ru``, or an
    ISO 15924 script where the source does not say the language.
    """

    text: str
    rank: int
    language: str


class PlaceFile:
    """A file of places, opened for asking only.

    Parameters
    ----------
    path : Path
        A file that ``write_places`` wrote.

    Raises
    ------
    GazetteerFileError
        It is not such a file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            self._base = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self.info: Mapping[str, str] = dict(self._base.execute("SELECT key, value FROM info"))
            self.units: Mapping[str, str] = dict(
                self._base.execute("SELECT unit, name FROM place WHERE kind = 'admin1'")
            )
        except sqlite3.DatabaseError as error:
            message = f"{path} is not a file of places ({error}): remove it or add it again"
            raise GazetteerFileError(message) from error

    def find(self, key: str, units: Mapping[str, str]) -> Iterator[tuple[Place, int]]:
        """Yield each place that bears a name with this key, and the rank of that name.

        Parameters
        ----------
        key : str
            As ``geoconflict.names.skeleton`` makes it.
        units : mapping of str to str
            Titles of admin-1 units by ISO 3166-2 code.
        """
        for row in self._base.execute(_FIND, (key,)):
            yield self._place(row, units), row[-1]

    def get(self, place_id: str, units: Mapping[str, str]) -> Place:
        """Return the place with an identifier.

        Raises
        ------
        UnknownPlaceError
            The file does not hold it.
        """
        row = self._base.execute(_GET, (place_id,)).fetchone()
        if row is None:
            message = f"the gazetteer has no record {place_id!r}"
            raise UnknownPlaceError(message)
        return self._place(row, units)

    def counts(self) -> dict[tuple[str, str], int]:
        """Return the number of places by country and kind."""
        query = "SELECT country, kind, count(*) FROM place GROUP BY country, kind"
        return {(country, kind): count for country, kind, count in self._base.execute(query)}

    def _place(self, row: tuple[object, ...], units: Mapping[str, str]) -> Place:
        _, place_id, name, kind, country, unit, lon, lat, precision, people, names, _ = row
        prefix = str(place_id).partition(":")[0]
        return Place(
            id=str(place_id),
            name=str(name),
            kind=str(kind),
            country=str(country),
            admin1=units.get(str(unit), ""),
            admin1_code=str(unit),
            lon=lon,  # type: ignore[arg-type]
            lat=lat,  # type: ignore[arg-type]
            precision_m=precision,  # type: ignore[arg-type]
            population=people,  # type: ignore[arg-type]
            source=self.info.get(f"source:{prefix}", self.info["source"]),
            licence=self.info.get(f"licence:{prefix}", self.info["licence"]),
            names={lang: tuple(found) for lang, found in json.loads(str(names)).items()},
        )


def write_places(
    target: Path, places: Iterable[tuple[Place, Iterable[Name]]], *, info: Mapping[str, str]
) -> int:
    """Write a file of places under a temporary name, then move it in place.

    Parameters
    ----------
    target : Path
        The file; an older one stays in use until the new one is whole.
    places : iterable of Place and names
        In the order in which they are to stand; ``names`` of the Place itself are not used.
    info : mapping of str to str
        At least ``title``, ``source``, ``licence`` and ``retrieved`` (ISO date);
        ``source:PREFIX`` and ``licence:PREFIX`` for ids with another prefix.

    Returns
    -------
    int
        Number of places written.
    """
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        count = _write(part, places, info)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return count


def _write(
    part: Path, places: Iterable[tuple[Place, Iterable[Name]]], info: Mapping[str, str]
) -> int:
    number = 0
    base = sqlite3.connect(part)
    with base:
        base.executescript(_SCHEMA)
        base.executemany("INSERT INTO info VALUES (?,?)", sorted(info.items()))
        for number, (place, names) in enumerate(places, start=1):
            distinct = _distinct(names)
            row = (*_columns(number, place), _grouped(distinct))
            base.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)
            keys = [(skeleton(name.text), number, name.rank) for name in reversed(distinct)]
            base.executemany("INSERT OR REPLACE INTO name VALUES (?,?,?)", keys)
    base.execute("VACUUM")
    base.close()
    _forget_library_version(part)
    return number


def _columns(number: int, place: Place) -> tuple[object, ...]:
    where = (place.lon, place.lat, place.precision_m, place.population)
    return (number, place.id, place.name, place.kind, place.country, place.admin1_code, *where)


def _distinct(names: Iterable[Name]) -> list[Name]:
    """Return names that differ when folded, present names first."""
    found: dict[str, Name] = {}
    for name in sorted(names, key=lambda item: (item.rank, item.text)):
        found.setdefault(fold(name.text), name)
    return [name for folded, name in found.items() if folded]


def _grouped(names: Iterable[Name]) -> str:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name.language, []).append(name.text)
    return json.dumps(groups, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _forget_library_version(path: Path) -> None:
    """Clear the number of the SQLite version that wrote the file.

    It stands in the last four bytes of the header, is of no use to a reader, and would
    give the same content another hash on another machine.
    """
    with path.open("r+b") as file:
        file.seek(96)
        file.write(bytes(4))
