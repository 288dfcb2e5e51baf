"""Any table of events, by a mapping of its columns."""

from __future__ import annotations

from pathlib import Path

from geoconflict.errors import ImportFileError
from geoconflict.importers.drafts import Draft, RowFault, Said, find_urls
from geoconflict.importers.ids import digest, source_key
from geoconflict.importers.importing import Imported, Paths, Source, as_paths, make_imported
from geoconflict.importers.mapping import TableMapping, propose_mapping, read_mapping
from geoconflict.importers.rawtables import RawRow, read_raw
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import KYIV, read_when

_KEPT = ("kind", "claimant", "url")


def read_csv(paths: Paths, *, mapping: str | Path | TableMapping | None = None) -> Imported:
    """Return the events of any table as a casebook, and an account of every row.

    Parameters
    ----------
    paths : path or sequence of paths
        CSV with any separator, JSON, or a zip of them.
    mapping : path or TableMapping, optional
        Which column goes where, as ``propose_mapping`` writes it.

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
    >>> table, mapping = (f"maps/refineries-march-2024.{end}" for end in ("csv", "mapping.toml"))
    >>> gc.read_csv(table, mapping=mapping).account.taken
    7
    """
    given = as_paths(paths)
    if mapping is None:
        propose_mapping(given[0])
        message = f"{given[0].name} needs a mapping that says which column is what"
        raise ImportFileError(message)
    plan = mapping if isinstance(mapping, TableMapping) else read_mapping(mapping)
    tables = [table for path in given for table in read_raw(path)]
    named = {name.lower() for name in plan.columns.model_dump(exclude_none=True).values()}
    for table in tables:
        missing = sorted(named - set(table.columns))
        if missing:
            message = f"{table.file}:1: found no column {', '.join(missing)}, as the mapping names"
            raise ImportFileError(message)
    source = Source(
        id=source_key(plan.title),
        title=plan.title,
        publisher=plan.publisher,
        licence=plan.licence,
        attribution=f"Events: {plan.title}, {plan.publisher}; licence: {plan.licence}",
    )
    return make_imported(source, tables, read_row=lambda row: _draft(row, plan))


def _draft(row: RawRow, plan: TableMapping) -> Draft:
    columns = {k: v.lower() for k, v in plan.columns.model_dump(exclude_none=True).items()}
    cells = {name: row.get(column) for name, column in columns.items()}
    kind = plan.kinds.get(cells.get("kind", ""), plan.kind)
    placed = [column for name, column in columns.items() if name not in _KEPT]
    return Draft(
        key=cells.get("id") or _digest(row),
        kind=kind,
        days=_days(cells, plan),
        place=cells.get("place", ""),
        unit=cells.get("admin1", ""),
        country=cells.get("country", ""),
        lon=cells.get("lon", ""),
        lat=cells.get("lat", ""),
        precision_m=_metres(cells.get("precision_m", ""), plan.precision_m),
        weapon=cells.get("weapon", ""),
        effects=cells.get("effects", ""),
        said=tuple(_said(cells)),
        placed=tuple(placed),
    )


def _days(cells: dict[str, str], plan: TableMapping) -> DateRange:
    order = None if plan.date_order == "ask" else plan.date_order
    start = read_when(cells.get("date_start", ""), order=order).local(KYIV)
    end_text = cells.get("date_end", "")
    end = read_when(end_text, order=order).local(KYIV) if end_text else start
    if end.days.end < start.days.start:
        message = f"an end before the start: {end.days.end} before {start.days.start}"
        raise RowFault(message)
    return DateRange(start.days.start, end.days.end)


def _metres(text: str, otherwise: float | None) -> float | None:
    if not text:
        return otherwise
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        message = f"a precision that is no number of metres: {text!r}"
        raise RowFault(message) from error


def _said(cells: dict[str, str]) -> list[Said]:
    urls = find_urls(" ".join((cells.get("url", ""), cells.get("claimant", ""))))
    claimant = cells.get("claimant", "")
    name = "not named" if not claimant or claimant in urls else claimant
    return [Said(name, url=url) for url in urls] or [Said(name)]


def _digest(row: RawRow) -> str:
    return digest(f"{name}={value}" for name, value in sorted(row.values.items()))
