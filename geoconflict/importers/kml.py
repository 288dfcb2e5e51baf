"""Any KML or KMZ file: its dated points."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geoconflict.casebooks.records import Event
from geoconflict.errors import DateError
from geoconflict.importers.drafts import Draft, RowFault, Said, find_urls, json_text
from geoconflict.importers.ids import digest, source_key
from geoconflict.importers.importing import Imported, Paths, Source, as_paths, make_imported
from geoconflict.importers.placemarks import read_placemarks, shape_doubts
from geoconflict.importers.rawtables import RawRow
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import read_day

_PLACED = ("name", "longitude", "latitude", "text", "when", "begin", "end")
# What the placemarks of our own KML say of themselves.
_OURS = {"data id", "kind", "date_start", "date_end", "date_basis", "status"}
_DATES = ("when", "begin", "date", "date_start", "day", "name", "folder")


def read_kml(paths: Paths, *, title: str = "", licence: str = "not stated") -> Imported:
    """Return the dated points of KML or KMZ files as a casebook, and an account of each placemark.

    Parameters
    ----------
    paths : path or sequence of paths
        The files.
    title : str
        How the source is called; default: the name of the first file.
    licence : str
        Its terms.

    Returns
    -------
    Imported
        The day is that of the time stamp or span, of extended data ``date``, else of the name
        or the folder. Lines and areas are set aside: they are no events. Events that
        ``write_kml`` has written come back as they were.

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
    return make_imported(source, tables, read_row=_draft)


def _draft(row: RawRow) -> Draft:
    doubts = shape_doubts(row)
    if row.values.keys() >= _OURS:
        return _handed_out(row, doubts)
    days, column = _days(row)
    text = row.get("text")
    has_name = column != "name"
    parts = (row.get("name"), str(days), row.get("longitude"), row.get("latitude"), text)
    links = find_urls(row.get("description"))
    return Draft(
        # Ids of placemarks repeat where files were put together.
        key=digest(parts),
        kind="other",
        days=days,
        place=row.get("name") if has_name else "",
        lon=row.get("longitude"),
        lat=row.get("latitude"),
        effects=text,
        said=tuple(Said("not named", url=link) for link in links),
        joins=True,
        doubts=doubts,
        placed=tuple(name for name in _PLACED if name != "name" or has_name),
    )


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


def _days(row: RawRow) -> tuple[DateRange, str]:
    """Return the days of a placemark, and the column that they stand in."""
    for name in _DATES:
        if not row.get(name):
            continue
        try:
            start = read_day(row.get(name))
            end = read_day(row.get("end")) if name == "begin" and row.get("end") else start
            return DateRange(start, max(start, end)), name
        except DateError:
            continue
    message = "the placemark names no day"
    raise RowFault(message)
