"""Rows of a source made into a casebook and an account of every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from geoconflict.casebooks.casebook import Casebook, make_casebook
from geoconflict.casebooks.records import MapInfo, SourceInfo
from geoconflict.errors import DateError, ImportFileError
from geoconflict.importers.accounts import Account, Remark, SetAside
from geoconflict.importers.drafts import Draft, RowFault, Taken, merge, moved, take
from geoconflict.importers.rawrows import RawRow, RawTable
from geoconflict.importers.rawtables import read_raw

Paths = str | Path | Sequence[str | Path]


@dataclass(frozen=True)
class Source:
    """A source of events: id, title, publisher, licence, link, and how it is to be named.

    ``restricted`` says that its licence does not let the rows be passed on. ``prefix`` begins
    the ids of its events where the id of the source does not.
    """

    id: str
    title: str
    publisher: str
    licence: str
    attribution: str
    url: str | None = None
    restricted: bool = False
    prefix: str = ""


@dataclass(frozen=True)
class Imported:
    """The casebook made of a source's files, the account of their rows, and the rows read."""

    casebook: Casebook
    account: Account
    rows: tuple[RawRow, ...]


class NothingTakenError(ImportFileError):
    """No row of a source's files is an event; the account says why of each."""

    def __init__(self, message: str, account: Account, rows: Sequence[RawRow]) -> None:
        super().__init__(message)
        self.account = account
        self.rows = tuple(rows)


@dataclass
class _Tally:
    """What has been made of the rows so far."""

    events: dict[str, Taken]
    rows: dict[str, RawRow]
    repeated: int
    joined: int
    set_aside: list[SetAside]
    doubts: list[Remark]


def as_paths(paths: Paths) -> list[Path]:
    """Return one path or several as a list."""
    return [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]


def read_tables(
    paths: Paths, *, columns: Sequence[Sequence[str]], format_name: str
) -> list[RawTable]:
    """Return the tables of files, each of which has the columns of a format.

    Parameters
    ----------
    paths : path or paths
    columns : sequence of sequences of str
        Of each group at least one column must be there, in small letters.
    format_name : str
        How a message calls the format.

    Raises
    ------
    ImportFileError
        A file is none of the format; the message names the columns that it lacks.
    """
    tables = [table for path in as_paths(paths) for table in read_raw(path)]
    check_columns(tables, columns=columns, format_name=format_name)
    return tables


def check_columns(
    tables: Sequence[RawTable], *, columns: Sequence[Sequence[str]], format_name: str
) -> None:
    """Check that tables have the columns of a format.

    Raises
    ------
    ImportFileError
        One is none of the format; the message names the columns that it lacks.
    """
    for table in tables:
        missing = [" or ".join(g) for g in columns if not set(g) & set(table.columns)]
        if missing:
            message = (
                f"{table.file}:1: found no column {', '.join(missing)}, "
                f"expected a file of {format_name}"
            )
            raise ImportFileError(message)


def make_imported(
    source: Source,
    tables: Sequence[RawTable],
    *,
    read_row: Callable[[RawRow], Draft],
    notes: Iterable[str] = (),
) -> Imported:
    """Return the casebook that a source's tables make, and the account.

    Parameters
    ----------
    source : Source
    tables : sequence of RawTable
        As read.
    read_row : callable
        Returns a row in the words of a casebook; raises RowFault or DateError where it cannot.
    notes : iterable of str
        How the tables were read, for the account.

    Raises
    ------
    NothingTakenError
        No row of the files is an event.
    """
    rows = [row for table in tables for row in table.rows]
    tally = _tally(rows, read_row, source)
    account = Account(
        source=source.title,
        read=len(rows),
        taken=len(tally.events) + tally.joined,
        events=len(tally.events),
        repeated=tally.repeated,
        set_aside=tuple(tally.set_aside),
        doubts=tuple(tally.doubts),
        notes=(*_notes(source, tables), *notes),
    )
    if not tally.events:
        first = f": {tally.set_aside[0].remark.reason}" if tally.set_aside else ""
        names = ", ".join(table.file for table in tables)
        message = f"{names}: found no row that is an event{first}; expected {source.title}"
        raise NothingTakenError(message, account, rows)
    return Imported(_casebook(source, list(tally.events.values())), account, tuple(rows))


def _tally(rows: Iterable[RawRow], read_row: Callable[[RawRow], Draft], source: Source) -> _Tally:
    tally = _Tally({}, {}, 0, 0, [], [])
    for row in rows:
        try:
            if row.fault:
                raise RowFault(row.fault)  # noqa: TRY301 - faults of reading and of meaning are alike
            draft = read_row(row)
            _count(
                tally, row, take(row, draft, source=source.id, prefix=source.prefix), draft=draft
            )
        except (RowFault, DateError) as error:
            tally.set_aside.append(SetAside(Remark.of(row, str(error)), row))
    return tally


def _count(tally: _Tally, row: RawRow, taken: Taken, *, draft: Draft) -> None:
    event = taken.event
    before = tally.events.get(event.id)
    if before is None:
        tally.events[event.id], tally.rows[event.id] = taken, row
        tally.doubts += [Remark.of(row, doubt) for doubt in taken.doubts]
    elif tally.rows[event.id].values == row.values:
        tally.repeated += 1
    elif draft.joins:
        reports = tuple(dict.fromkeys((*before.reports, *taken.reports)))
        merged = merge(before.event, row.differing(tally.rows[event.id]))
        tally.events[event.id] = Taken(merged, reports, before.doubts, before.claims)
        tally.joined += 1
        other = moved(before.event, event)
        tally.doubts += [Remark.of(row, other)] if other else []
    else:
        first = tally.rows[event.id]
        message = f"the id of another row with other contents: {draft.key}, as in line {first.line}"
        raise RowFault(message)


def _notes(source: Source, tables: Sequence[RawTable]) -> list[str]:
    notes = [f"{table.file}: {remark}" for table in tables for remark in table.remarks]
    if source.restricted:
        notes.append(f"{source.publisher} restricts redistribution: {source.licence}")
    return notes


def _casebook(source: Source, taken: Sequence[Taken]) -> Casebook:
    events = sorted((one.event for one in taken), key=lambda e: (e.date_start, e.id))
    reports = {one.event.id: one.reports for one in taken}
    first = min(event.date_start for event in events)
    last = max(event.date_end for event in events)
    info = MapInfo(
        title=source.title,
        period=(first, last),
        attribution=(source.attribution,),
        sources={
            source.id: SourceInfo(
                title=source.title,
                publisher=source.publisher,
                date=last,
                url=source.url,
                licence=source.licence,
                restricted=source.restricted,
            )
        },
    )
    said = [report for event in events for report in reports[event.id]]
    claims = [claim for one in taken for claim in one.claims]
    return make_casebook(source.id, info, events=events, reports=said, claims=claims)
