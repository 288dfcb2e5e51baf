"""Any table of events, by a mapping of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path

from geoconflict.casebooks.ids import source_key
from geoconflict.errors import ImportFileError
from geoconflict.importers.columnnames import counts_part
from geoconflict.importers.columns import days_beside, lost_columns
from geoconflict.importers.importing import (
    Imported,
    Paths,
    Source,
    as_paths,
    make_imported,
    read_tables,
)
from geoconflict.importers.mapping import TableMapping, read_mapping
from geoconflict.importers.notations import read_pair
from geoconflict.importers.places import (
    first_number,
)
from geoconflict.importers.rawrows import RawTable
from geoconflict.importers.tablecells import HARMS, Known, notes_on
from geoconflict.importers.tabledays import named_month
from geoconflict.importers.tablerows import row_draft
from geoconflict.measuring.dayforms import Order

_SHOWN, _NAME_SHOWN, _LOOKED_AT = 12, 40, 50


_PART = " (of some people alone, by its name)"


_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(\.[\w-]+)+|\+\d[\d ()-]{8,}\d|0\d{2}[ -]\d{3}[ -]?\d{2}[ -]?\d{2}"
)


_ASSUMED = " (of the report, not of the event)"


def read_csv(
    paths: Paths,
    *,
    mapping: str | Path | TableMapping | None = None,
    date_order: Order | None = None,
    processes: int = 1,
) -> Imported:
    """Return the events of any table as a casebook, and an account of every row.

    Parameters
    ----------
    paths : path or sequence of paths
        CSV with any separator, JSON, GeoJSON, a workbook, a GeoPackage, a shapefile, GPX, or a
        zip of them.
    mapping : path or TableMapping, optional
        Which column goes where, as ``propose_mapping`` writes it.
    date_order : str, optional
        What comes first in 03/01/2025, ``dmy`` or ``mdy``, whatever the mapping says.
    processes : int
        How many read a table of 10,000 rows and more, with the same result. A program that asks
        for several begins with ``if __name__ == "__main__":``, as each of them imports it anew.

    Returns
    -------
    Imported
        Without a column ``id`` the id is made of the row's contents.

    Raises
    ------
    ImportFileError
        There is no mapping, a file lacks a column that the mapping names, or none of the rows
        is an event.
    TableError
        The mapping cannot be read.

    Examples
    --------
    >>> import geoconflict as gc
    >>> table, mapping = (f"maps/plants-january-2025.{end}" for end in ("csv", "mapping.toml"))
    >>> gc.read_csv(table, mapping=mapping).account.taken
    7
    """
    given = as_paths(paths)
    if mapping is None:
        message = f"{given[0].name} needs a mapping that says which column is what"
        raise ImportFileError(message)
    plan = mapping if isinstance(mapping, TableMapping) else read_mapping(mapping)
    if date_order:
        plan = plan.model_copy(update={"date_order": date_order})
    return read_tables_by(plan, read_tables(given), processes=processes)


def read_tables_by(
    plan: TableMapping, tables: Sequence[RawTable], *, processes: int = 1
) -> Imported:
    """Return the events of tables by a mapping, and an account of every row.

    Raises
    ------
    ImportFileError
        A table lacks a column that the mapping names, or none of the rows is an event.
    """
    for table in tables:
        _check(table, plan)
    source = Source(
        id=source_key(plan.title),
        title=plan.title,
        publisher=plan.publisher,
        licence=plan.licence,
        attribution=f"Events: {plan.title}, {plan.publisher}; licence: {plan.licence}",
    )
    columns = [name for one in tables for name in one.columns]
    beside = days_beside(tables, tuple(plan.column_names.values()))
    known = Known(plan, _first(plan, tables), columns, beside)
    known.lost = tuple({name for one in tables for name in lost_columns(one)})
    years = {table.file: table.year for table in tables}
    if len(set(years.values()) - {None}) > 1:
        known.years = {file: year for file, year in years.items() if year}
    known.months = {table.file: month for table in tables if (month := named_month(table))}
    notes = chain(notes_on(known), _unnamed(plan, tables), _personal(tables))
    return make_imported(
        source,
        tables,
        read_row=partial(row_draft, known=known),
        columns=_taken(plan, tables),
        notes=notes,
        # The year of a day without one is told by the row before.
        shared=known if plan.year == "ask" else None,
        processes=processes,
    )


def _taken(plan: TableMapping, tables: Sequence[RawTable]) -> list[str]:
    """Return what each column is taken for, with a cell of it, as lines of the account."""
    lines = []
    for target, name in plan.columns.model_dump(exclude_none=True).items():
        rows = (row for one in tables for row in islice(one.rows, _LOOKED_AT))
        cell = next((cell for row in rows if (cell := row.get(name.lower()))), "")
        remark = _ASSUMED if target == "date_start" and plan.date_basis == "assumed" else ""
        remark = _PART if target in HARMS and counts_part(name) else remark
        shown = f": {' '.join(cell.split())[:_NAME_SHOWN]}" if cell else ""
        lines.append(f"{name!r} = {target}{remark}{shown}")
    return lines


def _unnamed(plan: TableMapping, tables: Sequence[RawTable]) -> list[str]:
    """Return what to say of columns that the mapping does not name."""
    named = set(plan.column_names.values())
    rest = dict.fromkeys(name for one in tables for name in one.columns if name not in named)
    shown = ", ".join(" ".join(name.split())[:_NAME_SHOWN] for name in list(rest)[:_SHOWN])
    more = f" and {len(rest) - _SHOWN} more" if len(rest) > _SHOWN else ""
    return [f"columns that the mapping does not name stay in extra: {shown}{more}"] if rest else []


def _personal(tables: Sequence[RawTable]) -> list[str]:
    """Return what to say of columns by which persons can be reached."""
    held = {
        row.names.get(name, name)
        for table in tables
        for row in islice(table.rows, _LOOKED_AT)
        for name, cell in row.values.items()
        if _CONTACT.fullmatch(cell)
    }
    told = ", ".join(repr(name[:_NAME_SHOWN]) for name in sorted(held)[:_SHOWN])
    what = "holds telephone numbers or e-mail addresses: take them out before you pass it on"
    return [f"{told} {what}"] if held else []


def _check(table: RawTable, plan: TableMapping) -> None:
    """Check that a table has the columns that a mapping names."""
    named = {name.lower() for name in plan.columns.model_dump(exclude_none=True).values()}
    missing = sorted(named - set(table.columns))
    if missing:
        message = f"{table.file}:1: found no column {', '.join(missing)}, as the mapping names"
        raise ImportFileError(message)


def _first(plan: TableMapping, tables: Sequence[RawTable]) -> str:
    """Return which number of a position comes first: as the mapping says, else as cells show."""
    if plan.position_order != "ask" or not plan.columns.position:
        return "" if plan.position_order == "ask" else plan.position_order
    column = plan.columns.position.lower()
    cells = (row.get(column) for table in tables for row in table.rows)
    return first_number([pair for cell in cells if (pair := read_pair(cell))])
