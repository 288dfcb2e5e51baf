"""The SQLite file of places and their names: its schema, how it is written and how it is asked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

from geoconflict.errors import GazetteerFileError, UnknownPlaceError
from geoconflict.files.reading import reading
from geoconflict.files.writing import whole_file
from geoconflict.gazetteer.names import fold, loose_key, script, skeleton
from geoconflict.gazetteer.places import Place

_SCHEMA = """
CREATE TABLE place (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
    country TEXT NOT NULL, unit TEXT NOT NULL, lon REAL, lat REAL,
    precision_m REAL, population INTEGER, names TEXT NOT NULL
);
CREATE TABLE name (
    key TEXT NOT NULL, place INTEGER NOT NULL, rank INTEGER NOT NULL,
    since INTEGER, until INTEGER, PRIMARY KEY (key, place)
) WITHOUT ROWID;
CREATE TABLE info (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
# A file of merged places also holds the ids of the records that its own stand for.
_MEMBERS = "CREATE TABLE member (id TEXT PRIMARY KEY) WITHOUT ROWID"
_FIND = """
SELECT place.*, name.rank, name.since, name.until
FROM name JOIN place ON place.n = name.place WHERE name.key = ?
"""
_FIND_LONGER = _FIND.replace("name.key = ?", "name.key > ? AND name.key < ?")
_FEW = 5000
# The language of what is no name but the stem of an adjective, found but not shown.
STEM = "stem"
# What the keys of names start with that the Russian and the Ukrainian form of a name share.
LOOSE_MARK = "~"
# Among the names of a record: its code in Ukraine's codifier and the title of its community.
_CODIFIER = "katottg"
_GET = "SELECT * FROM place WHERE id = ?"
_decoded = json.JSONDecoder().raw_decode


class Name(NamedTuple):
    """A name of a place.

    ``rank`` is 0 for a present name, 1 for another (old, foreign, colloquial), 2 for a short
    name that a unit shares with its town. ``language`` is ``en``, ``uk`` or ``ru``, or an
    ISO 15924 script where the source does not say the language. ``since`` and ``until`` are
    the years in which an old name was official, None where not known.
    """

    text: str
    rank: int
    language: str
    since: int | None = None
    until: int | None = None


class Found(NamedTuple):
    """A place that bears a name: rank of that name, and its years where it is an old one."""

    place: Place
    rank: int
    since: int | None
    until: int | None


class KeyRow(NamedTuple):
    """A name of a place as it is looked up: its key, its rank and the years of an old one."""

    key: str
    rank: int
    since: int | None = None
    until: int | None = None


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
        self._merged: PlaceFile | None = None
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with self._reading():
            self._base = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self.info: Mapping[str, str] = dict(self._asked("SELECT key, value FROM info"))
        query = "SELECT unit, name FROM place WHERE id GLOB 'iso:*' AND kind = 'admin1'"
        self.units: Mapping[str, str] = dict(self._asked(query))
        self.few_keys = self._few_keys()

    def find(self, key: str, units: Mapping[str, str]) -> Iterator[Found]:
        """Yield each place that bears a name with this key.

        Parameters
        ----------
        key : str
            As ``geoconflict.gazetteer.names.skeleton`` makes it.
        units : mapping of str to str
            Titles of admin-1 units by ISO 3166-2 code.
        """
        if self.few_keys is not None and key not in self.few_keys:
            return
        for row in self._asked(_FIND, key):
            if self._merged is not None and self._merged.stands_for(row[1]):
                continue
            yield Found(self._place(row, units), *row[-3:])

    def find_longer(self, key: str, units: Mapping[str, str]) -> Iterator[Found]:
        """Yield each place with a name that has another word behind this key.

        Parameters
        ----------
        key, units
            As for ``find``.
        """
        for row in self._asked(_FIND_LONGER, f"{key} ", f"{key}!"):
            if self._merged is None or not self._merged.stands_for(row[1]):
                yield Found(self._place(row, units), *row[-3:])

    def get(self, place_id: str, units: Mapping[str, str]) -> Place:
        """Return the place with an identifier.

        Raises
        ------
        UnknownPlaceError
            The file does not hold it.
        """
        row = next(self._asked(_GET, place_id), None)
        if row is None:
            message = f"the gazetteer has no record {place_id!r}"
            raise UnknownPlaceError(message)
        return self._place(row, units)

    def leave_to(self, merged: PlaceFile) -> None:
        """Let a file of merged places answer for those that it stands for."""
        self._merged = merged

    def stands_for(self, place_id: str) -> bool:
        """Return whether a file of merged places holds what a record of another file is."""
        query = "SELECT 1 FROM member WHERE id = ?"
        return next(self._asked(query, place_id), None) is not None

    def all_of(self, kind: str) -> Iterator[Place]:
        """Yield all places of a kind, in the order of the file."""
        query = "SELECT * FROM place WHERE kind = ? ORDER BY n"
        for row in self._asked(query, kind):
            yield self._place(row, self.units)

    def key_rows(self) -> dict[str, list[KeyRow]]:
        """Return the names of each place as they are looked up, by its id."""
        query = (
            "SELECT place.id, key, rank, since, until FROM name JOIN place ON place.n = name.place"
        )
        found: dict[str, list[KeyRow]] = {}
        for place_id, *row in self._asked(query):
            found.setdefault(place_id, []).append(KeyRow(*row))
        return found

    def has(self, place_id: str) -> bool:
        """Return whether the file holds a place with an identifier."""
        return next(self._asked(_GET, place_id), None) is not None

    def has_prefix(self, prefix: str) -> bool:
        """Return whether the file holds a place whose identifier starts with ``prefix:``."""
        query = "SELECT 1 FROM place WHERE id > ? AND id < ? LIMIT 1"
        return next(self._asked(query, f"{prefix}:", f"{prefix};"), None) is not None

    def points_of(self, kind: str) -> list[tuple[str, str, float, float]]:
        """Return id, name, lon and lat of all places of a kind that have a position, in order."""
        query = "SELECT id, name, lon, lat FROM place WHERE kind = ? AND lon NOTNULL ORDER BY n"
        return list(self._asked(query, kind))

    def keys(self) -> list[str]:
        """Return the keys of all names, in order, each once."""
        return [key for (key,) in self._asked("SELECT DISTINCT key FROM name ORDER BY key")]

    def counts(self) -> dict[tuple[str, str], int]:
        """Return the number of places by country and kind."""
        query = "SELECT country, kind, count(*) FROM place GROUP BY country, kind"
        return {(country, kind): count for country, kind, count in self._asked(query)}

    def _asked(self, query: str, *values: str | int) -> Iterator[Any]:
        """Yield the rows that answer a query; none where half a letter is asked for."""
        try:
            yield from self._base.execute(query, values)
        except UnicodeEncodeError:
            return
        except Exception:
            with self._reading():
                raise

    def _reading(self) -> AbstractContextManager[None]:
        expected = "a file of places: remove it or add it again"
        return reading(str(self.path), expected=expected, raises=GazetteerFileError)

    def _few_keys(self) -> frozenset[str] | None:
        """Return all keys of a small file, so that most look-ups need not ask it."""
        rows = list(self._asked("SELECT key FROM name LIMIT ?", _FEW + 1))
        return frozenset(key for (key,) in rows) if len(rows) <= _FEW else None

    def _place(self, row: tuple[Any, ...], units: Mapping[str, str]) -> Place:
        _, place_id, name, kind, country, unit, lon, lat, precision, people, said, *_ = row
        try:
            named = {lang: tuple(found) for lang, found in _decoded(said)[0].items()}
        except Exception:
            with self._reading():
                raise
        code, community = named.pop(_CODIFIER, ("", ""))
        return Place(
            id=str(place_id),
            name=str(name),
            kind=str(kind),
            country=str(country),
            admin1=units.get(str(unit), ""),
            admin1_code=str(unit),
            lon=lon,
            lat=lat,
            precision_m=precision,
            population=people,
            town=self.info.get(f"town:{place_id}", ""),
            source=self._said("source", place_id),
            licence=self._said("licence", place_id),
            names=named,
            code=code,
            community=community,
        )

    def _said(self, what: str, place_id: str) -> str:
        """Return source or licence of one record, of its kind of id, or of the whole file."""
        info = self.info
        return (
            info.get(f"{what}:{place_id}")
            or info.get(f"{what}:{place_id.partition(':')[0]}")
            or info[what]
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
    return _write_whole(target, map(_named_rows, places), info=info)


def write_merged(
    target: Path,
    places: Iterable[tuple[Place, Iterable[KeyRow]]],
    *,
    members: Iterable[str],
    info: Mapping[str, str],
) -> int:
    """Write a file of merged places, as ``write_places`` does.

    Parameters
    ----------
    target, info
        As for ``write_places``.
    places : iterable of Place and keys
        With the names that the places hold, as they are looked up.
    members : iterable of str
        Ids of the records of other files that these places stand for.
    """
    rows = ((place, _json(place, place.names), keys) for place, keys in places)
    return _write_whole(target, rows, info=info, members=members)


def _write_whole(
    target: Path,
    rows: Iterable[tuple[Place, str, Iterable[KeyRow]]],
    *,
    info: Mapping[str, str],
    members: Iterable[str] | None = None,
) -> int:
    with whole_file(target) as part:
        return _write(part, rows, info, members)


def _write(
    part: Path,
    rows: Iterable[tuple[Place, str, Iterable[KeyRow]]],
    info: Mapping[str, str],
    members: Iterable[str] | None,
) -> int:
    number = 0
    base = sqlite3.connect(part)
    with base:
        base.executescript(_SCHEMA)
        base.executemany("INSERT INTO info VALUES (?,?)", sorted(info.items()))
        for number, (place, names, keys) in enumerate(rows, start=1):
            row = (*_columns(number, place), names)
            base.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)
            named = ((key, number, *rest) for key, *rest in keys)
            base.executemany("INSERT OR REPLACE INTO name VALUES (?,?,?,?,?)", named)
        if members is not None:
            base.execute(_MEMBERS)
            base.executemany("INSERT INTO member VALUES (?)", ((one,) for one in members))
    base.execute("VACUUM")
    base.close()
    _forget_library_version(part)
    return number


def _named_rows(one: tuple[Place, Iterable[Name]]) -> tuple[Place, str, list[KeyRow]]:
    place, names = one
    distinct = _distinct(names)
    keys = [KeyRow(skeleton(n.text), n.rank, n.since, n.until) for n in reversed(distinct)]
    if place.country == "UA" and place.kind == "settlement":
        keys += _sister_rows(distinct)
    return place, _grouped(place, distinct), keys


def _sister_rows(names: Iterable[Name]) -> list[KeyRow]:
    """Return the keys by which the Russian form of a Ukrainian name finds it."""
    own = (n.text for n in names if n.rank == 0 and n.language != STEM and script(n.text) == "Cyrl")
    keys = dict.fromkeys(map(loose_key, own))
    return [KeyRow(f"{LOOSE_MARK}{key}", 0, None, None) for key in keys if key]


def _columns(number: int, place: Place) -> tuple[object, ...]:
    where = (place.lon, place.lat, place.precision_m, place.population)
    return (number, place.id, place.name, place.kind, place.country, place.admin1_code, *where)


def _distinct(names: Iterable[Name]) -> list[Name]:
    """Return names that differ when folded, present names first."""
    found: dict[str, Name] = {}
    for name in sorted(names, key=_importance):
        found.setdefault(fold(name.text), name)
    return [name for folded, name in found.items() if folded]


def _importance(name: Name) -> tuple[int, bool, str]:
    """Present names first; of two records of an old name the one that knows its years."""
    return (name.rank, name.since is None and name.until is None, name.text)


def _grouped(place: Place, names: Iterable[Name]) -> str:
    groups: dict[str, list[str]] = {}
    for name in names:
        if name.language != STEM:
            groups.setdefault(name.language, []).append(name.text)
    return _json(place, groups)


def _json(place: Place, names: Mapping[str, Iterable[str]]) -> str:
    groups = {language: list(texts) for language, texts in names.items()}
    if place.code:
        groups[_CODIFIER] = [place.code, place.community]
    return json.dumps(groups, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _forget_library_version(path: Path) -> None:
    """Clear the number of the SQLite version that wrote the file.

    It stands in the last four bytes of the header, is of no use to a reader, and would
    give the same content another hash on another machine.
    """
    with path.open("r+b") as file:
        file.seek(96)
        file.write(bytes(4))
