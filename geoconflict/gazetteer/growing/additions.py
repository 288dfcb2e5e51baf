"""What a user adds to the gazetteer, files told apart and moved in together, and what it holds."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geoconflict.errors import GazetteerFileError, UnknownPlaceError
from geoconflict.gazetteer.growing import alternatenames, country, postal
from geoconflict.gazetteer.growing.alternatenames import AlternateTable
from geoconflict.gazetteer.growing.cells import SUFFIXES
from geoconflict.gazetteer.growing.country import Survey
from geoconflict.gazetteer.growing.merging import merge_places
from geoconflict.gazetteer.growing.osm import is_extract, write_extract
from geoconflict.gazetteer.growing.placetable import write_table
from geoconflict.gazetteer.growing.postal import write_postal
from geoconflict.gazetteer.growing.textlines import Progress
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.placefile import PlaceFile
from geoconflict.gazetteer.userdata import MERGED, scratch_folder, user_paths
from geoconflict.measuring.borders import Borders

# What a file brought of which no other source knows a place.
_NOTHING = {"shared": 0, "finest": 0}


@dataclass(frozen=True)
class Addition:
    """One file of places that was added.

    ``counts`` are the places by kind, ``retrieved`` the date up to which the source is, empty
    where it does not say; ``note`` tells what was set aside, empty for nothing.
    """

    source: str
    title: str
    counts: Mapping[str, int]
    retrieved: str
    note: str


@dataclass(frozen=True)
class _Sorted:
    tables: tuple[Path, ...]
    extracts: tuple[Path, ...]
    dumps: tuple[Path, ...]
    postal: tuple[Path, ...]
    alternates: tuple[Path, ...]


def add_places(
    paths: Sequence[str | Path], *, progress: Progress = lambda *_: None
) -> list[Addition]:
    r"""Add dumps of GeoNames, extracts of OpenStreetMap and own tables to the user's gazetteer.

    All or nothing: after an error or an interrupt the user's files are as they were. The same
    input gives the same bytes again, and takes the place of what was added of that country or
    under that name before. A place that several files know is found once, with all its names
    and the finest position.

    Parameters
    ----------
    paths : sequence of str or Path
        Country dumps (``UA.zip`` or ``UA.txt``), the table of alternate names
        (``alternateNamesV2.zip``) for these dumps, tables of postal codes of GeoNames, extracts
        of OpenStreetMap (``.osm.pbf``), and tables of places (``.csv``, ``.tsv``, ``.xlsx``,
        ``.ods``, ``.gpkg``, ``.geojson``, ``.shp``, ``.fgb``, ``.kml``, ``.gpx``).
    progress : callable
        Called now and then with what is being done, and how many bytes of the file are read
        and are there.

    Returns
    -------
    list of Addition
        One for each file that was written; ``Gazetteer.default()`` has them from then on.

    Raises
    ------
    GazetteerFileError
        A dump cannot be read.
    PlaceTableError
        A table has faults; the message names them all.
    OutputError
        The user's folder cannot be written.

    Examples
    --------
    >>> import os, tempfile
    >>> from unittest.mock import patch
    >>> folder = tempfile.mkdtemp()
    >>> table = Path(folder) / "mine.csv"
    >>> _ = table.write_text("name,lon,lat\nLower Example,37.31,48.41\n", "utf-8")
    >>> with patch.dict(os.environ, GEOCONFLICT_DATA=folder):
    ...     add_places([table])[0].counts["settlement"]
    1
    """
    given = _sorted([Path(path) for path in paths])
    surveys = [country.survey(path, progress) for path in given.dumps]
    _check_once(surveys)
    borders = Borders.default()
    read: dict[str, Any] = {"borders": borders, "progress": progress}
    with scratch_folder() as scratch:
        written = [(path, write_table(path, scratch, borders=borders)) for path in given.tables]
        written += [(path, write_extract(path, scratch, **read)) for path in given.extracts]
        written += [(path, write_postal(path, scratch, **read)) for path in given.postal]
        written += _write_dumps(surveys, given.alternates, scratch, **read)
        added = [_added(path, target) for path, target in written]
        merge_places(scratch)
    Gazetteer.renew()
    return added


def remove_places(names: Sequence[str]) -> list[str]:
    """Remove files that were added to the user's gazetteer, and return their titles.

    Parameters
    ----------
    names : sequence of str
        Titles as ``holdings`` gives them, names of the files they were made of, or codes of
        countries for dumps of GeoNames.

    Raises
    ------
    UnknownPlaceError
        Nothing of that name was added; nothing is removed then.
    """
    held = {path: PlaceFile(path).info.get("title", "") for path in user_paths()}
    chosen = dict.fromkeys(_held(name, held) for name in names)
    with scratch_folder() as scratch:
        merge_places(scratch, without=[path.name for path in chosen])
        for path in chosen:
            path.unlink()
    Gazetteer.renew()
    return [held[path] for path in chosen]


def _held(name: str, held: Mapping[Path, str]) -> Path:
    wanted = name.casefold()
    for path, title in held.items():
        # The title of an extract has its file's name at its end.
        titles = (title.casefold(), title.casefold().rpartition(", ")[2])
        stem = path.stem.casefold()
        if wanted in (*titles, path.name.casefold(), stem, stem.partition("-")[2]):
            return path
    there = ", ".join(title for title in held.values()) or "nothing"
    message = f"nothing called {name!r} was added; added are: {there}"
    raise UnknownPlaceError(message)


def _write_dumps(
    surveys: Sequence[Survey],
    alternates: Sequence[Path],
    scratch: Path,
    *,
    borders: Borders,
    progress: Progress,
) -> list[tuple[Path, Path]]:
    ids = frozenset[int]().union(*(one.ids for one in surveys))
    with closing(AlternateTable(scratch / "alternates")) as table:
        for path in alternates:
            table.collect(path, ids, progress)
        names = table if alternates else None
        given: dict[str, Any] = {"borders": borders, "alternates": names, "progress": progress}
        return [(one.path, country.write_dump(one, scratch, **given)) for one in surveys]


def _sorted(paths: Sequence[Path]) -> _Sorted:
    """Return the paths by what the files are: by name, or by the columns of GeoNames' tables."""
    extracts = [path for path in paths if is_extract(path)]
    texts = {path: country.columns(path) for path in paths if _has_no_header(path)}
    tables = [path for path in paths if path not in extracts and path not in texts]
    by_columns: dict[int, list[Path]] = {country.COLUMNS: [], postal.COLUMNS: []}
    for path, found in texts.items():
        if found in (*by_columns, alternatenames.COLUMNS):
            by_columns.setdefault(found, []).append(path)
        else:
            message = (
                f"{path.name}:1: found {found} columns, expected the {country.COLUMNS} of a "
                f"GeoNames dump or the {alternatenames.COLUMNS} of alternateNamesV2"
            )
            raise GazetteerFileError(message)
    alternates = by_columns.get(alternatenames.COLUMNS, [])
    if alternates and not by_columns[country.COLUMNS]:
        message = (
            f"{alternates[0].name} holds names only: give the dumps that they belong to with it, "
            "such as UA.zip"
        )
        raise GazetteerFileError(message)
    for kind in (tables, extracts):
        _check_names(kind)
    dumps, codes = by_columns[country.COLUMNS], by_columns[postal.COLUMNS]
    return _Sorted(*map(tuple, (tables, extracts, dumps, codes, alternates)))


def _has_no_header(path: Path) -> bool:
    """Return whether a file can be a table of GeoNames, whose first line is a place."""
    suffix = path.suffix.lower()
    if is_extract(path) or suffix in SUFFIXES - {".tsv"}:
        return False
    return suffix != ".tsv" or country.starts_with_place(path)


def _check_names(paths: Sequence[Path]) -> None:
    names = Counter(path.stem.casefold() for path in paths)
    for name, times in names.items():
        if times > 1:
            message = f"{times} tables are called {name}{paths[0].suffix}: rename all but one"
            raise GazetteerFileError(message)


def _check_once(surveys: Sequence[Survey]) -> None:
    first: dict[str, Survey] = {}
    for one in surveys:
        other = first.setdefault(one.country, one)
        if other is not one:
            message = f"{other.path.name} and {one.path.name} are both of {one.country}: give one"
            raise GazetteerFileError(message)


def _added(source: Path, target: Path) -> Addition:
    file = PlaceFile(target)
    counts: Counter[str] = Counter()
    for (_, kind), count in file.counts().items():
        counts[kind] += count
    note = file.info.get("set aside", "")
    title, retrieved = file.info["title"], file.info["retrieved"]
    return Addition(source.name, title, dict(counts.most_common()), retrieved, note)


@dataclass(frozen=True)
class Holding:
    """One file of places.

    ``counts`` are the places by kind. ``retrieved`` is the date up to which the source is,
    ``added`` the day on which the user added the file; both empty where nobody says. ``shared``
    counts the places that another source knows as well, ``finest`` those of them whose position
    is taken from here, both None for what is not the user's.
    """

    title: str
    counts: Mapping[str, int]
    retrieved: str
    added: str
    source: str
    licence: str
    note: str
    path: str
    shared: int | None = None
    finest: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain types, as ``--json`` prints it."""
        return asdict(self)


def holdings() -> list[Holding]:
    """Return the user's files of places and those of the package, in the order they are asked.

    A user's file that cannot be used is left out with a ``GazetteerFileWarning``.
    """
    own = set(user_paths())
    files = Gazetteer.default().files
    merged = next((file for file in files if file.path.name == MERGED), None)
    brought = json.loads(merged.info["brought"]) if merged else {}
    return [
        _holding(file, brought.get(file.path.name, _NOTHING) if file.path in own else {})
        for file in files
    ]


def _holding(file: PlaceFile, brought: Mapping[str, int]) -> Holding:
    counts: Counter[str] = Counter()
    for (_, kind), count in file.counts().items():
        counts[kind] += count
    return Holding(
        title=file.info["title"],
        counts=dict(counts.most_common()),
        retrieved=file.info["retrieved"],
        added=_day(file.path) if brought else "",
        source=file.info["source"],
        licence=file.info["licence"],
        note=file.info.get("set aside", ""),
        path=str(file.path),
        shared=brought.get("shared"),
        finest=brought.get("finest"),
    )


def _day(path: Path) -> str:
    return dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC).date().isoformat()
