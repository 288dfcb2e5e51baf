"""Any KML or KMZ file: its dated points."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from geoconflict.casebooks.ids import digest, source_key
from geoconflict.casebooks.records import Event
from geoconflict.importers.columnnames import named_columns, plain_name
from geoconflict.importers.counts import Count, stated_count, told_toll, toll_of
from geoconflict.importers.denials import tells_trace
from geoconflict.importers.drafts import Draft, RowFault, Said, json_text
from geoconflict.importers.importing import Imported, Paths, Source, as_paths, make_imported
from geoconflict.importers.markdays import STAMPS, days_of_mark
from geoconflict.importers.meanings import actor_of, kind_of, status_of, tells_deed, troops_told
from geoconflict.importers.placemarks import read_placemarks, shape_doubts, stated_data, tracked
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.tablecells import HARMS
from geoconflict.importers.tabledays import check_order
from geoconflict.importers.weblinks import find_urls, read_links
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import read_day
from geoconflict.measuring.dayforms import Order

_PLACED = ("name", "longitude", "latitude", "text", "when", "begin", "end", "document")
# What the placemarks of our own KML say of themselves.
_OURS = {"data id", "kind", "date_start", "date_end", "date_basis", "status"}
_UNTOLD = "no word that is known tells what happened"
# A picture is no report.
_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)


def read_kml(
    paths: Paths, *, title: str = "", licence: str = "not stated", date_order: Order | None = None
) -> Imported:
    """Return the dated points of KML or KMZ files as a casebook, and an account of each placemark.

    Parameters
    ----------
    paths : path or sequence of paths
        The files.
    title : str
        How the source is called; default: the name of the first file.
    licence : str
        Its terms.
    date_order : str, optional
        What comes first in 03/01/2025; without it such a day is asked about.

    Returns
    -------
    Imported
        The day is that of the time stamp or span, of extended data ``date``, else of the name
        or the folder; the status is that of extended data, else claimed. Lines and areas are
        set aside: they are no events. Events that ``write_kml`` has written come back as they
        were.

    Raises
    ------
    ImportFileError
        A file is no KML, or none of its placemarks is an event.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geoconflict as gc
    >>> mark = "<name>24 Jan 2025</name><Point><coordinates>37.18,48.28</coordinates></Point>"
    >>> file = Path(tempfile.mkdtemp()) / "a.kml"
    >>> _ = file.write_text(f"<kml><Placemark>{mark}</Placemark></kml>", "utf-8")
    >>> gc.read_kml(file).account.taken
    1
    """
    given = as_paths(paths)
    name = title or given[0].stem
    source = Source(
        # Of "doc.kml.kmz" as of "doc.kml".
        id=source_key(Path(given[0].stem).stem),
        title=name,
        publisher=name,
        licence=licence,
        attribution=f"Events: {name}; licence: {licence}",
        # A copy of a file has another name and the same events.
        prefix="kml",
    )
    tables = [table for path in given for table in read_placemarks(path)]
    return make_imported(source, tables, read_row=lambda row: _draft(row, date_order))


def _draft(row: RawRow, order: Order | None) -> Draft:
    doubts = shape_doubts(row)
    if row.values.keys() >= _OURS:
        return _handed_out(row, doubts)
    stated = stated_data(row.get("description"))
    row = replace(row, values={**stated, **row.values})
    told = days_of_mark(row, order)
    when, column = told.days, told.column
    doubts = (*doubts, *told.doubts)
    check_order(when[0], when[-1])
    days = DateRange(when[0].days.start, when[-1].days.end)
    text = row.get("text")
    fault = troops_told(row.get("name"), text) or tracked(row)
    if fault:
        raise RowFault(fault)
    has_name = column != "name"
    left = (*(() if has_name else ("name",)), *(() if column else STAMPS))
    parts = (row.get("name"), str(days), row.get("longitude"), row.get("latitude"), text)
    kinds, weapon, place = (_cell(row, target) for target in ("kind", "weapon", "place"))
    counts, told_counts = _counts(row)
    doubts = (*doubts, *told_counts)
    # Beside what was hit a side can be whose that is.
    side = "" if _named(row, "target_type") else _cell(row, "side")
    stated_status = _cell(row, "status")
    status = status_of(stated_status)
    if stated_status and not status:
        doubts = (*doubts, f"a status that is not known, taken as claimed: {stated_status[:60]}")
    if not (kinds or weapon or counts or _tells_deed(row)):
        doubts = (*doubts, f"{_UNTOLD}: {row.get('name', 'text')[:60]}")
    return Draft(
        # Ids of placemarks repeat where files were put together.
        key=digest(parts),
        # "Missile site" tells of no strike: only a word by itself names a kind.
        kind=kind_of(kinds) if kinds.isalpha() else "other",
        days=days,
        date_basis=told.basis,
        clocks=tuple(one.clock for one in when if one.clock),
        place=place or (row.get("name") if has_name else ""),
        actor=actor_of(_cell(row, "actor") or side),
        counts=counts,
        lon=row.get("longitude"),
        lat=row.get("latitude"),
        weapon=weapon,
        status=status or "claimed",  # type: ignore[arg-type] # of the status words
        effects=text,
        said=tuple(_links(row)),
        joins=True,
        doubts=doubts,
        placed=(*(n for n in _PLACED if n not in left), *stated),
    )


def _counts(row: RawRow) -> tuple[dict[str, int], list[str]]:
    """Return the people harmed, by extended data, else by words, and what is doubtful."""
    both = next(iter(_named(row, "casualties")), "")
    toll = toll_of(row.get(both), plain_name(both)) if both else {}
    if toll:
        return toll, []
    cells = {harm: _cell(row, harm) for harm in HARMS}
    counts = {harm: stated_count(cell) for harm, cell in cells.items()}
    toll = {} if any(counts.values()) else told_toll(f"{row.get('name')}\n{row.get('text')}")
    if toll:
        said = ", ".join(f"{harm} {number}" for harm, number in toll.items())
        return toll, [f"the toll is read from the text: {said}"]
    found = {harm: count.value for harm, count in counts.items() if count}
    return found, list(_count_doubts(cells, counts))


def _count_doubts(cells: Mapping[str, str], counts: Mapping[str, Count | None]) -> Iterator[str]:
    for harm, cell in cells.items():
        count = counts[harm]
        if cell and count is None:
            yield f"a number of {harm} that cannot be read: {cell[:80]}"
        elif count and not count.is_plain:
            yield f"a number of {harm} with words beside it, read as that number: {cell[:80]}"


def _named(row: RawRow, target: str) -> list[str]:
    return named_columns(target, {name: name for name in row.values})


def _cell(row: RawRow, target: str) -> str:
    """Return what extended data say by any name of a column."""
    return next((row.get(name) for name in _named(row, target)), "")


def _links(row: RawRow) -> Iterator[Said]:
    """Yield a report for each link of the description and of extended data."""
    claimant = _cell(row, "claimant")
    said = find_urls(claimant)
    links, _ = read_links(_cell(row, "url"))
    name = "not named" if not claimant or said else claimant
    found = [*links, *said, *find_urls(_IMAGE.sub(" ", row.get("description")))]
    for link in dict.fromkeys(found):
        yield Said(name, url=link)
    if not found and claimant:
        yield Said(name)


def _handed_out(row: RawRow, doubts: tuple[str, ...]) -> Draft:
    """Return the event that our own KML holds, as it was; its claims are kept in ``extra``."""
    own = {name: row.get(f"data {name}", name) for name in Event.model_fields}
    own = {name: value for name, value in own.items() if value}
    claims = _list(row.get("claims"))
    if claims:
        own["extra"] = json_text({**json.loads(own.get("extra", "{}")), "claims": claims})
    start, end = (read_day(row.get(name)) for name in ("date_start", "date_end"))
    return Draft(
        key=own["id"],
        kind="other",
        days=DateRange(start, end),
        said=tuple(_said(report) for report in _list(row.get("reports"))),
        doubts=doubts,
        placed=(),
        own=own,
    )


def _list(text: str) -> list[dict[str, Any]]:
    """Return the rows that a cell of JSON holds, none where it is none."""
    try:
        rows = json.loads(text or "[]")
    except ValueError as error:
        message = f"reports or claims that are no JSON: {text[:60]}"
        raise RowFault(message) from error
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _said(report: dict[str, Any]) -> Said:
    published = report.get("published")
    return Said(
        str(report.get("claimant", "not named")),
        stance=report.get("stance", "claims"),
        published=read_day(published) if published else None,
        url=report.get("url"),
        summary=report.get("summary"),
    )


def _tells_deed(row: RawRow) -> bool:
    """Return whether a placemark or what it stands in has a word for anything that happened."""
    words = "\n".join((*row.values.values(), row.file))
    return kind_of(row.get("name")) != "other" or tells_deed(words) or tells_trace(words)
