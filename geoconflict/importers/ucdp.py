"""UCDP's Georeferenced Event Dataset: its CSV, also where it is split by columns into tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geoconflict.casebooks.records import EventKind
from geoconflict.errors import ImportFileError
from geoconflict.importers.drafts import Draft, RowFault, Said
from geoconflict.importers.importing import (
    Imported,
    Paths,
    Source,
    make_imported,
    read_tables,
    told_as_reader,
)
from geoconflict.importers.notations import read_count
from geoconflict.importers.precision import precision_m, unknown_code
from geoconflict.importers.rawrows import RawRow, RawTable
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import read_day

SOURCE = Source(
    id="ucdp",
    title="UCDP Georeferenced Event Dataset",
    publisher="Uppsala Conflict Data Program",
    licence="CC BY 4.0",
    attribution="Events: Uppsala Conflict Data Program, GED, CC BY 4.0",
    url="https://ucdp.uu.se",
)
_PLACED = (
    "id",
    "event_id",
    "date_start",
    "date_end",
    "where_coordinates",
    "adm_1",
    "latitude",
    "longitude",
    "where_description",
)
# 1 state-based, 2 non-state, 3 one-sided violence.
_KINDS: dict[str, EventKind] = {"1": "clash", "2": "clash", "3": "other"}
# These precisions of the date leave the day open within the span that is given.
_OPEN_DATES = ("3", "4", "5")


@told_as_reader(
    "ged.csv",
    "id,date_start,date_end,latitude,longitude,side_a\n1,2024-01-01,2024-01-01,48.28,37.18,A\n",
)
def read_ucdp(paths: Paths) -> Imported:
    """Return the events of UCDP GED as a casebook, and an account of every row.

    The CSV of GED or of its candidate releases; or several tables that hold its columns for
    the same ids, of which each table may hold some. ``where_prec`` as metres by
    ``importers.precision``.
    """
    tables = read_tables(paths, columns=(("id", "event_id"),), format_name="UCDP GED")
    return make_imported(SOURCE, _whole(tables), read_row=_draft)


def _whole(tables: Sequence[RawTable]) -> list[RawTable]:
    """Return tables with positions and dates; of split ones the columns joined by id.

    Rows whose id no table with positions has come last, with what is wrong with them.
    """
    located = [table for table in tables if "latitude" in table.columns]
    others = [table for table in tables if "latitude" not in table.columns]
    _check_whole(tables)
    if not others:
        return located
    known, spare = _by_id(others, {_id(row) for table in located for row in table.rows})
    remark = f"joined by id with {', '.join(o.file for o in others)}"
    joined = [
        RawTable(
            table.file,
            table.columns,
            (*table.remarks, remark),
            tuple(_with(row, known.get(_id(row), [])) for row in table.rows),
        )
        for table in located
    ]
    return [*joined, RawTable(others[0].file, (), (), tuple(spare))]


def _check_whole(tables: Sequence[RawTable]) -> None:
    """Check that one of the tables says where, and one says when."""
    held = {column for table in tables for column in table.columns}
    missing = [name for name in ("latitude", "longitude", "date_start") if name not in held]
    if missing:
        files = ", ".join(table.file for table in tables)
        message = (
            f"{files}: found no column {', '.join(missing)}; where GED is split by columns, "
            "give the table with it as well"
        )
        raise ImportFileError(message)


def _by_id(
    tables: Sequence[RawTable], located: set[str]
) -> tuple[dict[str, list[RawRow]], list[RawRow]]:
    """Return the rows of tables by id, and those that belong to none or to one that is taken."""
    known: dict[str, list[RawRow]] = {}
    spare: list[RawRow] = []
    for row in (row for table in tables for row in table.rows):
        mine = known.setdefault(_id(row), [])
        first = next((one for one in mine if one.file == row.file), None)
        if row.fault:
            spare.append(row)
        elif not _id(row) or _id(row) not in located:
            spare.append(replace(row, fault="an id that no table with positions has"))
        elif first is None:
            mine.append(row)
        elif first.values != row.values:
            fault = f"the id of another row with other contents: line {first.line}"
            spare.append(replace(row, fault=fault))
    return known, spare


def _with(row: RawRow, more: Sequence[RawRow]) -> RawRow:
    """Return a row with the cells of others; what they say differently by their file."""
    values = dict(row.values)
    for other in more if _id(row) else ():
        for name, value in other.values.items():
            if values.setdefault(name, value) != value:
                values[f"{name} ({other.file})"] = value
    names = {k: v for one in (*more, row) for k, v in one.names.items()}
    return RawRow(row.file, row.line, values, names, row.fault)


def _id(row: RawRow) -> str:
    return row.get("id", "event_id")


def _draft(row: RawRow) -> Draft:
    if not row.get("date_start"):
        message = "the row has no date"
        raise RowFault(message)
    start = read_day(row.get("date_start"))
    end = read_day(row.get("date_end") or row.get("date_start"))
    if end < start:
        message = f"a date_end before date_start: {end} before {start}"
        raise RowFault(message)
    precision = row.code("where_prec") or "4"
    return Draft(
        key=_id(row),
        kind=_KINDS.get(row.code("type_of_violence"), "other"),
        days=DateRange(start, end),
        date_basis="about" if row.code("date_prec") in _OPEN_DATES else "exact",
        place=row.get("where_coordinates"),
        unit=row.get("adm_1"),
        country=row.get("country"),
        lon=row.get("longitude"),
        lat=row.get("latitude"),
        precision_m=precision_m("ucdp", precision),
        actor=_actor(row),
        effects=row.get("where_description"),
        counts={"killed": read_count(row.code("best"))},
        said=tuple(_said(row)),
        doubts=unknown_code("ucdp", precision),
        placed=_PLACED,
    )


def _actor(row: RawRow) -> str:
    """Return the perpetrator of one-sided violence; in fighting both sides act."""
    if row.code("type_of_violence") != "3":
        return "unknown"
    side = row.get("side_a")
    return "RU" if "Russia" in side else "UA" if side == "Government of Ukraine" else "unknown"


def _said(row: RawRow) -> list[Said]:
    """Return a report for each office of ``source_office``, else one of UCDP."""
    offices = [office.strip() for office in row.get("source_office").split(";")]
    named = [office for office in offices if office]
    return [Said(office) for office in dict.fromkeys(named)] or [Said("UCDP")]
