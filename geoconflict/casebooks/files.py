"""A casebook written as the folder of tables that people edit, and one joined to another."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import tomli_w

from geoconflict.casebooks.bundles import TABLES
from geoconflict.casebooks.casebook import Casebook, make_casebook
from geoconflict.casebooks.records import COUNT_COLUMNS, READ_COLUMNS, Claim, Event, MapInfo, Row
from geoconflict.casebooks.tables import shown
from geoconflict.errors import CasebookError, Fault, OutputError
from geoconflict.files.folders import whole_folder
from geoconflict.files.sheets import csv_lines, csv_text
from geoconflict.files.writing import write_lines, write_whole

if TYPE_CHECKING:
    import pandas as pd

Writer = TypeVar("Writer", bound=Callable[..., Path])
_SELDOM: Mapping[type[Row], frozenset[str]] = {Claim: READ_COLUMNS, Event: COUNT_COLUMNS}
_AT_ONCE = 10_000


@dataclass(frozen=True)
class Joined:
    """A casebook with another's rows added, and what stood in both.

    ``added`` are ids of events that are new, ``same`` of those that were there word for word,
    ``different`` of those that were there with other contents, which stay as they were.
    """

    casebook: Casebook
    added: tuple[str, ...]
    same: tuple[str, ...]
    different: tuple[str, ...]


# What the docstrings of all writers say alike.
_WRITER = """

Parameters
----------
casebook : Casebook
    As read; it is not changed.
{target} : str or Path
    Where it is written; what stands there is replaced.
{language}
Returns
-------
Path
    ``{target}``.

Raises
------
OutputError
    It cannot be written there.

Examples
--------
>>> import tempfile
>>> from pathlib import Path
>>> import geoconflict as gc
>>> book = gc.read_casebook("maps/january-2025")
>>> gc.{name}(book, Path(tempfile.mkdtemp()) / "{file}").name
'{file}'
"""


_LANGUAGE = """language : {"en", "uk", "ru"}, optional
    Of the words about the events. Default: that of the casebook.
"""


def told_as_writer(file: str) -> Callable[[Writer], Writer]:
    """Return what ends the docstring of a writer with that which is the same for all writers.

    Parameters
    ----------
    file : str
        What the file or folder of the example is called.
    """

    def told(write: Writer) -> Writer:
        names = list(inspect.signature(write).parameters)
        language = _LANGUAGE if "language" in names else ""
        shared = _WRITER.format(target=names[1], name=write.__name__, file=file, language=language)
        write.__doc__ = inspect.cleandoc(write.__doc__ or "") + shared
        return write

    return told


@told_as_writer("a")
def write_casebook(casebook: Casebook, folder: str | Path) -> Path:
    """Write a casebook as ``map.toml`` and three CSV files and return the folder.

    Texts that a spreadsheet would run as a formula get an apostrophe before them, which
    ``read_casebook`` takes away again.
    """
    target = Path(folder)
    refuse_other_form(target, "events.parquet")
    with whole_folder(target) as part:
        for name in TABLES:
            frame: pd.DataFrame = getattr(casebook, name)
            held = frame.notna().any().to_dict()
            columns = _chosen(TABLES[name], held.get)
            write_lines(part / f"{name}.csv", csv_lines(columns, _cells(frame, columns)))
        write_whole(part / "map.toml", map_toml(casebook.info))
    return target


def write_claims(path: str | Path, claims: Sequence[Claim]) -> Path:
    """Write claims as a ``claims.csv``, whole or not at all, and return the file.

    Parameters
    ----------
    path : str or Path
        File to write; an existing one is replaced.
    claims : sequence of Claim
        Such as ``read_claims`` returns; where they were read, and how, is written with them.

    Raises
    ------
    OutputError
        The file cannot be written there.
    """
    rows = [claim.model_dump() for claim in claims]
    return write_whole(path, table_text(rows, "claims"))


def refuse_other_form(folder: Path, other: str) -> None:
    """Check that a folder does not hold a casebook in another form, which would hide this one.

    Raises
    ------
    OutputError
        It does.
    """
    if (folder / other).is_file():
        message = f"{folder} holds {other}: a casebook stands in one form; give another folder"
        raise OutputError(message)


def map_toml(info: MapInfo) -> str:
    """Return the text of ``map.toml``."""
    content = info.model_dump(exclude_none=True)
    content = {name: list(v) if isinstance(v, tuple) else v for name, v in content.items()}
    # As people write it: the days of the period and of sources as text.
    content["period"] = [day.isoformat() for day in info.period]
    for source in content["sources"].values():
        source["date"] = source["date"].isoformat()
        if not source["restricted"]:
            del source["restricted"]
    return tomli_w.dumps(content)


def table_rows(casebook: Casebook, name: str) -> list[dict[str, Any]]:
    """Return the rows of one table as plain values: None where empty, days as dates.

    Parameters
    ----------
    casebook : Casebook
    name : str
        ``events``, ``reports`` or ``claims``.
    """
    names = list(TABLES[name].model_fields)
    rows = _cells(getattr(casebook, name), names)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _cells(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a frame as plain values, of which few stand in memory at once."""
    for start in range(0, len(frame), _AT_ONCE):
        held = [_plain_values(frame[name].iloc[start : start + _AT_ONCE]) for name in columns]
        yield from zip(*held, strict=True)


def records(casebook: Casebook, name: str) -> list[Row]:
    """Return the rows of one table as checked records."""
    return [TABLES[name].model_construct(**row) for row in table_rows(casebook, name)]


def table_text(rows: Sequence[dict[str, Any]], name: str) -> str:
    """Return rows as CSV with the columns of a table."""
    columns = written_columns(rows, TABLES[name])
    return csv_text(columns, ([row[column] for column in columns] for row in rows))


def written_columns(rows: Sequence[dict[str, Any]], model: type[Row]) -> list[str]:
    """Return the columns of a table, without those that rows seldom have where none has them."""
    return _chosen(model, lambda name: any(row[name] is not None for row in rows))


def _chosen(model: type[Row], is_held: Callable[[str], bool | None]) -> list[str]:
    seldom = _SELDOM.get(model, frozenset())
    return [name for name in model.model_fields if name not in seldom or is_held(name)]


def join_casebooks(first: Casebook, second: Casebook) -> Joined:
    """Return a casebook with the events of another that it does not have yet.

    An event that is there stays as it is, since somebody may have worked on it; no event
    stands twice.

    Raises
    ------
    CasebookError
        A source of one has the id of another source of the other.
    """
    old = {row["id"]: row for row in table_rows(first, "events")}
    new = {row["id"]: row for row in table_rows(second, "events")}
    added = tuple(i for i in new if i not in old)
    same = tuple(i for i in new if i in old and new[i] == old[i])
    different = tuple(i for i in new if i in old and new[i] != old[i])
    taken = set(added)
    info = _joined_info(first.info, second.info)
    casebook = make_casebook(
        first.slug,
        info,
        events=_joined(first, second, "events", is_taken=lambda row: row.id in taken),
        reports=_joined(first, second, "reports", is_taken=lambda row: row.event_id in taken),
        claims=_joined(first, second, "claims", is_taken=lambda row: row.event_id in taken),
        gazetteer=first.gazetteer,
    )
    return Joined(casebook, added, same, different)


def update_casebook(first: Casebook, second: Casebook) -> Joined:
    """Return a casebook with the events of another, also in place of those that differ.

    Of these the reports by the other's sources are replaced too; reports by others and claims
    stay.

    Raises
    ------
    CasebookError
        A source of one has the id of another source of the other.
    """
    found = join_casebooks(first, second)
    gone, sources = set(found.different), second.info.sources.keys()
    reports: list[Any] = records(first, "reports")
    events: list[Any] = records(first, "events")
    claims: list[Any] = records(first, "claims")
    rest = make_casebook(
        first.slug,
        first.info,
        events=[row for row in events if row.id not in gone],
        reports=[r for r in reports if r.event_id not in gone or r.source not in sources],
        claims=claims,
        gazetteer=first.gazetteer,
    )
    return replace(found, casebook=join_casebooks(rest, second).casebook)


def _joined(
    first: Casebook, second: Casebook, name: str, *, is_taken: Callable[[Any], bool]
) -> list[Any]:
    return [*records(first, name), *filter(is_taken, records(second, name))]


def _joined_info(first: MapInfo, second: MapInfo) -> MapInfo:
    """Return what map.toml says of both: the wider period, all sources and attributions."""
    _check_titles(first, second)
    newest = {
        key: max((first.sources.get(key, source), source), key=lambda s: s.date)
        for key, source in second.sources.items()
    }
    return first.model_copy(
        update={
            "period": (
                min(first.period[0], second.period[0]),
                max(first.period[1], second.period[1]),
            ),
            "attribution": tuple(dict.fromkeys((*first.attribution, *second.attribution))),
            "sources": {**first.sources, **newest},
        }
    )


def _check_titles(first: MapInfo, second: MapInfo) -> None:
    """Check that a source of both is the same source, else one would take the other's place."""
    for key in first.sources.keys() & second.sources.keys():
        old, new = first.sources[key].title, second.sources[key].title
        if old != new:
            expected = f"{shown(new)}: two sources cannot have one id, rename one of them"
            raise CasebookError(
                [Fault("map.toml", 0, f"sources.{key}.title", shown(old), expected)]
            )


def _plain_values(column: pd.Series[Any]) -> list[Any]:
    """Return the values of a column as plain ones: None where empty, days as dates."""
    is_missing = column.isna()
    if is_missing.all():
        return [None] * len(column)
    values = column.dt.date if column.dtype.kind == "M" else column
    plain = values.astype(object).where(~is_missing, None).tolist()
    return [value.date() if isinstance(value, dt.datetime) else value for value in plain]
