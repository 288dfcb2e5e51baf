"""UCDP's Georeferenced Event Dataset: its CSV, also where it is split by columns into tables."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.dates import DateRange
from geoconflict.importers.datewords import read_day
from geoconflict.importers.drafts import Draft, RowFault, Said
from geoconflict.importers.importing import Imported, Paths, Source, make_imported, read_tables
from geoconflict.importers.precision import precision_m
from geoconflict.importers.rawtables import RawRow, RawTable
from geoconflict.records import EventKind

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


def read_ucdp(paths: Paths) -> Imported:
    r"""Return the events of UCDP GED as a casebook, and an account of every row.

    Parameters
    ----------
    paths : path or sequence of paths
        The CSV of GED or of its candidate releases; or several tables that hold its columns
        for the same ids, of which each table may hold some.

    Returns
    -------
    Imported
        ``where_prec`` as metres by ``importers.precision``.

    Raises
    ------
    ImportFileError
        The files are none of these, or none of the rows is an event.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geoconflict as gc
    >>> header = "id,date_start,date_end,latitude,longitude,side_a"
    >>> row = "1,2024-01-01,2024-01-01,48.28,37.18,A"
    >>> file = Path(tempfile.mkdtemp()) / "ged.csv"
    >>> _ = file.write_text(f"{header}\n{row}\n", "utf-8")
    >>> gc.read_ucdp(file).account.taken
    1
    """
    tables = read_tables(paths, columns=(("id", "event_id"),), format_name="UCDP GED")
    return make_imported(SOURCE, _whole(tables), read_row=_draft)


def _whole(tables: Sequence[RawTable]) -> list[RawTable]:
    """Return tables with positions and dates; of split ones the columns joined by id."""
    located = [table for table in tables if "latitude" in table.columns]
    others = [table for table in tables if "latitude" not in table.columns]
    if not others:
        return located
    known: dict[str, dict[str, str]] = {}
    for table in others:
        for row in table.rows:
            known.setdefault(row.get("id", "event_id"), {}).update(row.values)
    return [
        RawTable(
            table.file,
            table.columns,
            (*table.remarks, f"joined by id with {', '.join(o.file for o in others)}"),
            tuple(_with(row, known.get(row.get("id", "event_id"), {})) for row in table.rows),
        )
        for table in located
    ]


def _with(row: RawRow, more: dict[str, str]) -> RawRow:
    values = {**more, **row.values}
    return RawRow(row.file, row.line, values, row.names, row.fault)


def _draft(row: RawRow) -> Draft:
    if not row.get("date_start"):
        message = "the row has no date"
        raise RowFault(message)
    start = read_day(row.get("date_start"))
    end = read_day(row.get("date_end") or row.get("date_start"))
    if end < start:
        message = f"a date_end before date_start: {end} before {start}"
        raise RowFault(message)
    return Draft(
        key=row.get("id", "event_id"),
        kind=_KINDS.get(row.get("type_of_violence"), "other"),
        days=DateRange(start, end),
        date_basis="about" if row.get("date_prec") in _OPEN_DATES else "exact",
        place=row.get("where_coordinates"),
        unit=row.get("adm_1"),
        country=row.get("country"),
        lon=row.get("longitude"),
        lat=row.get("latitude"),
        precision_m=precision_m("ucdp", row.get("where_prec") or "4"),
        actor=_actor(row),
        effects=row.get("where_description"),
        said=tuple(_said(row)),
        placed=_PLACED,
    )


def _actor(row: RawRow) -> str:
    """Return the perpetrator of one-sided violence; in fighting both sides act."""
    if row.get("type_of_violence") != "3":
        return "unknown"
    side = row.get("side_a")
    return "RU" if "Russia" in side else "UA" if side == "Government of Ukraine" else "unknown"


def _said(row: RawRow) -> list[Said]:
    """Return a report for each office of ``source_office``, else one of UCDP."""
    offices = [office.strip() for office in row.get("source_office").split(";")]
    named = [office for office in offices if office]
    return [Said(office) for office in dict.fromkeys(named)] or [Said("UCDP")]
