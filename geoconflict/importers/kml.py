"""Any KML or KMZ file: its dated points."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from geoconflict.casebooks.ids import digest, source_key
from geoconflict.casebooks.records import Event
from geoconflict.errors import DateError
from geoconflict.importers.columns import named_columns
from geoconflict.importers.counts import stated_count
from geoconflict.importers.drafts import Draft, RowFault, Said, json_text
from geoconflict.importers.importing import Imported, Paths, Source, as_paths, make_imported
from geoconflict.importers.meanings import actor_of, kind_of, status_of, troops_told
from geoconflict.importers.placemarks import read_placemarks, shape_doubts, stated_data
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.weblinks import find_urls, read_links
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import When, find_when, read_day, read_when
from geoconflict.measuring.dayforms import AmbiguousDayError, Order

_PLACED = ("name", "longitude", "latitude", "text", "when", "begin", "end")
# What the placemarks of our own KML say of themselves.
_OURS = {"data id", "kind", "date_start", "date_end", "date_basis", "status"}
_STAMPS = ("when", "begin")


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
    when, column = _days(row, order)
    if when[-1].days.end < when[0].days.start:
        message = f"an end before the start: {when[-1].days.end} before {when[0].days.start}"
        raise RowFault(message)
    days = DateRange(when[0].days.start, when[-1].days.end)
    text = row.get("text")
    fault = troops_told(row.get("name"), text)
    if fault:
        raise RowFault(fault)
    has_name = column != "name"
    parts = (row.get("name"), str(days), row.get("longitude"), row.get("latitude"), text)
    kinds, weapon, place = (_cell(row, target) for target in ("kind", "weapon", "place"))
    cells = {harm: _cell(row, harm) for harm in ("killed", "injured")}
    # Beside what was hit a side can be whose that is.
    side = "" if _named(row, "target_type") else _cell(row, "side")
    counts = {harm: stated_count(cell) for harm, cell in cells.items()}
    told = _cell(row, "status")
    status = status_of(told)
    if told and not status:
        doubts = (*doubts, f"a status that is not known, taken as claimed: {told[:60]}")
    return Draft(
        # Ids of placemarks repeat where files were put together.
        key=digest(parts),
        # "Missile site" tells of no strike: only a word by itself names a kind.
        kind=kind_of(kinds) if kinds.isalpha() else "other",
        days=days,
        date_basis=when[0].basis if when[0].basis == when[-1].basis else "about",
        clocks=tuple(one.clock for one in when if one.clock),
        place=place or (row.get("name") if has_name else ""),
        actor=actor_of(_cell(row, "actor") or side),
        counts={harm: count.value for harm, count in counts.items() if count},
        lon=row.get("longitude"),
        lat=row.get("latitude"),
        weapon=weapon,
        status=status or "claimed",  # type: ignore[arg-type] # of the status words
        effects=text,
        said=tuple(_links(row)),
        joins=True,
        doubts=doubts,
        placed=(*(n for n in _PLACED if n != "name" or has_name), *stated),
    )


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
    found = [*links, *said, *find_urls(row.get("description"))]
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


def _days(row: RawRow, order: Order | None) -> tuple[list[When], str]:
    """Return the days of a placemark, the last too where it says one, and their column."""
    asked: DateError | None = None
    # When something was published is a day of last resort: the name tells of the thing itself.
    told = (*_STAMPS, *_named(row, "date_start"), "name", "folder")
    for name in (*told, *_named(row, "date_published")):
        if not row.get(name):
            continue
        try:
            start, _ = find_when(row.get(name), order=order)
            ends = ["end"] if name == "begin" else _named(row, "date_end")
            end = next((row.get(column) for column in ends if row.get(column)), "")
            return [start, *([read_when(end, order=order)] if end else [])], name
        except AmbiguousDayError as error:
            asked = asked or error
        except DateError:
            found = _day_of_folder(row, order) if name == "name" else None
            if found:
                return [found], name
    raise asked or RowFault("the placemark names no day")


def _day_of_folder(row: RawRow, order: Order | None) -> When | None:
    """Return the day without a year that a name begins with, where the folder's month holds it."""
    words = row.get("name").split()
    try:
        around, _ = find_when(row.get("folder"), order=order)
    except DateError:
        return None
    year, end = around.days.start.year, around.days.end
    for number in range(min(len(words), 3), 0, -1):
        start = " ".join(words[:number]).rstrip(" -–—:|,;")
        try:
            when = read_when(start, order=order, year=year)
        except DateError:
            continue
        if around.days.start <= when.days.start and when.days.end <= end:
            return when
    return None
