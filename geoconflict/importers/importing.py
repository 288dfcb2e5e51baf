"""Rows of a source made into a casebook and an account of every row."""

from __future__ import annotations

import datetime as dt
import gc
import inspect
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from geoconflict.casebooks.casebook import Casebook, make_casebook
from geoconflict.casebooks.records import Claim, Event, MapInfo, Report, SourceInfo
from geoconflict.casebooks.tables import Rows
from geoconflict.errors import ImportFileError
from geoconflict.importers.accounts import Account, Remark, SetAside
from geoconflict.importers.blocks import Blocks, Made, Shared, Values
from geoconflict.importers.drafts import Draft, merge, moved
from geoconflict.importers.noevents import told_no_events
from geoconflict.importers.rawrows import RawRow, RawTable
from geoconflict.importers.rawtables import read_raw

# What the docstrings of readers say alike.
_READER = """

Parameters
----------
paths : path or sequence of paths
    Files of the source, or zips of them.
{more}
Returns
-------
Imported

Raises
------
ImportFileError
    A file is none of the source, or none of its rows is an event.

Examples
--------
>>> import tempfile
>>> from pathlib import Path
>>> import geoconflict as gc
>>> file = Path(tempfile.mkdtemp()) / "{file}"
>>> _ = file.write_text({text!r}, "utf-8")
>>> gc.importers.{name}(file).account.taken
1
"""
_NOTHING = "nothing is taken; of what was hit meanwhile make a table of its own"
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


Reader = TypeVar("Reader", bound=Callable[..., "Imported"])


@dataclass(frozen=True)
class Imported:
    """The casebook made of a source's files, the account of their rows, and the tables read."""

    casebook: Casebook
    account: Account
    tables: tuple[RawTable, ...]


class NothingTakenError(ImportFileError):
    """No row of a source's files is an event; the account says why of each."""

    def __init__(self, message: str, account: Account, tables: Sequence[RawTable]) -> None:
        super().__init__(message)
        self.account = account
        self.tables = tuple(tables)


def told_as_reader(file: str, text: str, *, more: str = "") -> Callable[[Reader], Reader]:
    """Return what ends the docstring of a reader with that which is the same for all readers.

    Parameters
    ----------
    file, text : str
        The name and content of a file with one event, for the example.
    more : str
        What is to be said of further parameters.
    """

    def told(read: Reader) -> Reader:
        shared = _READER.format(file=file, text=text, name=read.__name__, more=more)
        read.__doc__ = inspect.cleandoc(read.__doc__ or "") + shared
        return read

    return told


def as_paths(paths: Paths) -> list[Path]:
    """Return one path or several as a list."""
    return [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]


def read_tables(
    paths: Paths, *, columns: Sequence[Sequence[str]] = (), format_name: str = ""
) -> list[RawTable]:
    """Return the tables of files, each of which is one of events and has the columns of a format.

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
        A file is none of the format; the message names the columns that it lacks, or the
        command for what is no table of events.
    """
    tables = [table for path in as_paths(paths) for table in read_raw(path)]
    for table in tables:
        told = told_no_events(table)
        if told:
            what, command = told
            todo = f"use: geoconflict {command} {table.file}" if command else _NOTHING
            message = f"{table.file}: found {what}; {todo}"
            raise ImportFileError(message)
        missing = [" or ".join(g) for g in columns if not set(g) & set(table.columns)]
        if missing:
            message = (
                f"{table.file}:1: found no column {', '.join(missing)}, "
                f"expected a file of {format_name}"
            )
            raise ImportFileError(message)
    return tables


def make_imported(
    source: Source,
    tables: Sequence[RawTable],
    *,
    read_row: Callable[[RawRow], Draft],
    columns: Iterable[str] = (),
    notes: Iterable[str] = (),
    shared: Shared | None = None,
    processes: int = 1,
) -> Imported:
    """Return the casebook that a source's tables make, and the account.

    Parameters
    ----------
    source : Source
    tables : sequence of RawTable
        As read.
    read_row : callable
        Returns a row in the words of a casebook; raises RowFault or DateError where it cannot.
    columns : iterable of str
        What each column was taken for, for the account.
    notes : iterable of str
        How the tables were read, for the account; taken once all rows are.
    shared : Shared, optional
        What ``read_row`` leaves behind, where the rows can be read by several processes.
    processes : int
        How many read a long table.

    Raises
    ------
    NothingTakenError
        No row of the files is an event.
    """
    tally = _Tally(source)
    blocks = Blocks(
        read_row, source=source.id, prefix=source.prefix, shared=shared, processes=processes
    )
    # Python looks through all that is kept again and again, for rings that no row makes.
    was_on = gc.isenabled()
    gc.disable()
    try:
        for table in tables:
            for row, made in blocks.outcomes(table.rows):
                tally.add(row, made)
    finally:
        if was_on:
            gc.enable()
    account = Account(
        source=source.title,
        read=tally.read,
        taken=len(tally.events) + tally.joined,
        events=len(tally.events),
        repeated=tally.repeated,
        set_aside=tuple(tally.set_aside),
        doubts=tuple(tally.doubts),
        columns=tuple(columns),
        notes=(*_notes(source, tables), *notes, *blocks.notes),
    )
    if not account.events:
        first = f": {tally.set_aside[0].remark.reason}" if tally.set_aside else ""
        names = ", ".join(table.file for table in tables)
        todo = "look at what each column is taken for, and at the rows set aside"
        message = f"{names}: found no row that is an event{first}; {todo}"
        raise NothingTakenError(message, account, tables)
    return Imported(tally.casebook(), account, tuple(tables))


class _Tally:
    """What has been made of the rows so far: of each no more than what goes into the casebook."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.events, self.reports, self.claims = Rows(Event), Rows(Report), Rows(Claim)
        self.read = self.repeated = self.joined = 0
        self.set_aside: list[SetAside] = []
        self.doubts: list[Remark] = []
        self._numbers: dict[str, int] = {}
        # The number of the event that each report is on.
        self._told = array("q")
        # What tells whether a further row of an event says the same.
        self._contents = array("q")
        # Of events that several rows make: the first row and the reports so far.
        self._joining: dict[str, tuple[RawRow, set[Values]]] = {}

    def add(self, row: RawRow, made: Made | str) -> None:
        """Make of a row what it is: an event, more of one, a repeated one, or set aside."""
        self.read += 1
        fault = made if isinstance(made, str) else self._count(row, made)
        if fault:
            self.set_aside.append(SetAside.of(row, fault))

    def _count(self, row: RawRow, made: Made) -> str:
        """Take in an event; return why its row is none after all, else an empty text."""
        number = self._numbers.get(made.id)
        content = hash(frozenset(row.values.items()))
        if number is None:
            self._numbers[made.id] = self.events.add_values(row.line, made.event)
            self._contents.append(content)
            self._add(row, made.reports, self._numbers[made.id])
            for claim in made.claims:
                self.claims.add_values(row.line, claim)
            self.doubts += [Remark.of(row, doubt) for doubt in made.doubts]
            if made.joins:
                self._joining[made.id] = (row, set(made.reports))
        elif self._contents[number] == content:
            self.repeated += 1
        elif made.joins:
            self._join(number, row, made)
        else:
            line = self.events.line(number)
            return f"the id of another row with other contents: {made.key}, as in line {line}"
        return ""

    def _join(self, number: int, row: RawRow, made: Made) -> None:
        before = self.events.record(number)
        first, said = self._joining[before.id]
        new = [report for report in dict.fromkeys(made.reports) if report not in said]
        said.update(new)
        self._add(row, new, number)
        self.events.put(number, merge(before, row.differing(first)))
        self.joined += 1
        other = moved(before, self.events.made_of(made.event))
        self.doubts += [Remark.of(row, other)] if other else []

    def _add(self, row: RawRow, reports: Iterable[Values], number: int) -> None:
        for report in reports:
            self.reports.add_values(row.line, report)
            self._told.append(number)

    def casebook(self) -> Casebook:
        """Return the events in the order of their days and ids, as a casebook."""
        starts, names = self.events.column("date_start"), self.events.column("id")
        info = _info(self.source, min(starts), max(self.events.column("date_end")))
        order = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.intp)
        days = np.fromiter((day.toordinal() for day in starts), np.int32, len(starts))
        order = order[np.argsort(days[order], kind="stable")]
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        self._numbers.clear()
        self.events.put_in_order(order)
        self.reports.put_in_order(np.argsort(rank[np.asarray(self._told)], kind="stable"))
        return make_casebook(
            self.source.id, info, events=self.events, reports=self.reports, claims=self.claims
        )


def _notes(source: Source, tables: Sequence[RawTable]) -> list[str]:
    notes = [f"{table.file}: {remark}" for table in tables for remark in table.remarks]
    if source.restricted:
        notes.append(f"{source.publisher} restricts redistribution: {source.licence}")
    return notes


def _info(source: Source, first: dt.date, last: dt.date) -> MapInfo:
    return MapInfo(
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
