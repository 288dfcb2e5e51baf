"""What a user adds to the gazetteer: files told apart, built aside, moved in together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from geoconflict.errors import GazetteerFileError
from geoconflict.gazetteer.growing import alternatenames, country
from geoconflict.gazetteer.growing.alternatenames import AlternateTable
from geoconflict.gazetteer.growing.country import Survey
from geoconflict.gazetteer.growing.placetable import write_table
from geoconflict.gazetteer.growing.textlines import Progress
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.placefile import PlaceFile
from geoconflict.gazetteer.userdata import scratch_folder


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
    dumps: tuple[Path, ...]
    alternates: tuple[Path, ...]


def add_places(
    paths: Sequence[str | Path], *, progress: Progress = lambda *_: None
) -> list[Addition]:
    r"""Add dumps of GeoNames and own tables of places to the user's gazetteer.

    All or nothing: after an error or an interrupt the user's files are as they were. The same
    input gives the same bytes again, and takes the place of what was added of that country or
    under that name before.

    Parameters
    ----------
    paths : sequence of str or Path
        Country dumps (``UA.zip`` or ``UA.txt``), the table of alternate names
        (``alternateNamesV2.zip``) for these dumps, and own tables (``.csv``).
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
    ids = frozenset[int]().union(*(one.ids for one in surveys))
    with scratch_folder() as scratch:
        added = [_added(path, write_table(path, scratch), "") for path in given.tables]
        with closing(AlternateTable(scratch / "alternates")) as alternates:
            for path in given.alternates:
                alternates.collect(path, ids, progress)
            names = alternates if given.alternates else None
            for one in surveys:
                target = country.write_dump(one, scratch, alternates=names, progress=progress)
                added.append(_added(one.path, target, one.note))
    Gazetteer.renew()
    return added


def _sorted(paths: Sequence[Path]) -> _Sorted:
    """Return the paths by what the files are: by name for tables, by columns for the rest."""
    tables = [path for path in paths if path.suffix.lower() == ".csv"]
    columns = {path: country.columns(path) for path in paths if path not in tables}
    for path, found in columns.items():
        if found not in (country.COLUMNS, alternatenames.COLUMNS):
            message = (
                f"{path.name}:1: found {found} columns, expected the {country.COLUMNS} of a "
                f"GeoNames dump or the {alternatenames.COLUMNS} of alternateNamesV2"
            )
            raise GazetteerFileError(message)
    countries = [path for path, found in columns.items() if found == country.COLUMNS]
    alternates = [path for path in columns if path not in countries]
    if alternates and not countries:
        message = (
            f"{alternates[0].name} holds names only: give the dumps that they belong to with it, "
            "such as UA.zip"
        )
        raise GazetteerFileError(message)
    names = Counter(path.stem.casefold() for path in tables)
    for name, times in names.items():
        if times > 1:
            message = f"{times} tables are called {name}.csv: rename all but one"
            raise GazetteerFileError(message)
    return _Sorted(tuple(tables), tuple(countries), tuple(alternates))


def _check_once(surveys: Sequence[Survey]) -> None:
    first: dict[str, Survey] = {}
    for one in surveys:
        other = first.setdefault(one.country, one)
        if other is not one:
            message = f"{other.path.name} and {one.path.name} are both of {one.country}: give one"
            raise GazetteerFileError(message)


def _added(source: Path, target: Path, note: str) -> Addition:
    file = PlaceFile(target)
    counts: Counter[str] = Counter()
    for (_, kind), count in file.counts().items():
        counts[kind] += count
    title, retrieved = file.info["title"], file.info["retrieved"]
    return Addition(source.name, title, dict(counts.most_common()), retrieved, note)
