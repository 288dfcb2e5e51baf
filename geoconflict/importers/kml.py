"""Any KML or KMZ file: its dated points."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from geoconflict.casebooks.ids import digest, source_key
from geoconflict.casebooks.records import Event
from geoconflict.errors import DateError
from geoconflict.importers.columnnames import named_columns, plain_name
from geoconflict.importers.counts import Count, stated_count, toll_of
from geoconflict.importers.drafts import Draft, RowFault, Said, json_text
from geoconflict.importers.importing import Imported, Paths, Source, as_paths, make_imported
from geoconflict.importers.mapping import stated_zone
from geoconflict.importers.meanings import actor_of, kind_of, status_of, tells_deed, troops_told
from geoconflict.importers.placemarks import read_placemarks, shape_doubts, stated_data
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.tablecells import HARMS
from geoconflict.importers.tabledays import check_order
from geoconflict.importers.textdays import days_named
from geoconflict.importers.weblinks import find_urls, read_links
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import When, find_when, read_day, read_when
from geoconflict.measuring.dayforms import AmbiguousDayError, Order

_PLACED = ("name", "longitude", "latitude", "text", "when", "begin", "end", "document")
# What the placemarks of our own KML say of themselves.
_OURS = {"data id", "kind", "date_start", "date_end", "date_basis", "status"}
_STAMPS = ("when", "begin")
_YEAR = re.compile(r"(?<!\d)20(?:1[4-9]|2\d|3[0-5])(?!\d)")
_OF_YEAR = "a day without a year, of the year that its folder or file is called by"
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
    when, column, told_days = _days(row, order)
    doubts = (*doubts, *told_days)
    check_order(when[0], when[-1])
    days = DateRange(when[0].days.start, when[-1].days.end)
    text = row.get("text")
    fault = troops_told(row.get("name"), text)
    if fault:
        raise RowFault(fault)
    has_name = column != "name"
    parts = (row.get("name"), str(days), row.get("longitude"), row.get("latitude"), text)
    kinds, weapon, place = (_cell(row, target) for target in ("kind", "weapon", "place"))
    cells = {harm: _cell(row, harm) for harm in HARMS}
    both = next(iter(_named(row, "casualties")), "")
    toll = toll_of(row.get(both), plain_name(both)) if both else {}
    if toll:
        cells = dict.fromkeys(HARMS, "")
    # Beside what was hit a side can be whose that is.
    side = "" if _named(row, "target_type") else _cell(row, "side")
    counts = {harm: stated_count(cell) for harm, cell in cells.items()}
    doubts = (*doubts, *_count_doubts(cells, counts))
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
        counts={**{harm: count.value for harm, count in counts.items() if count}, **toll},
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


def _days(row: RawRow, order: Order | None) -> tuple[list[When], str, tuple[str, ...]]:
    """Return the days of a placemark, the last too where it says one, their column, and doubts."""
    asked: DateError | None = None
    unread = ""
    # When something was published is a day of last resort: the name tells of the thing itself.
    columns = _named(row, "date_start")
    for name in (*_STAMPS, *columns, "name", "text"):
        cell = row.get(name)
        try:
            start = _zoned(_start(row, name, order), name) if cell else None
        except AmbiguousDayError as error:
            asked, start = asked or error, None
        if start:
            called = ["end"] if name == "begin" else _named(row, "date_end")
            end = next((row.get(column) for column in called if row.get(column)), "")
            ends = list(filter(None, [_zoned(read_when(end, order=order), name)])) if end else []
            yearless = () if _is_whole(cell, order) else (f"{_OF_YEAR}: {start.days.start.year}",)
            return [start, *ends], name, (*_unread(unread), *yearless)
        unread = unread or (cell if name in columns else "")
    told: tuple[str | tuple[str, ...], ...]
    told = (("name", "text"), "folder", "document", *_named(row, "date_published"))
    doubts = list(_unread(unread))
    for one in told if not asked else ():
        found, more = _day_told(row, one, order)
        doubts += more
        if found:
            return [found], "", tuple(doubts)
    raise asked or RowFault(next(iter(doubts), "the placemark names no day"))


def _zoned(when: When | None, name: str) -> When | None:
    """Return a day whose time is of the zone that the name of its column says, if it says one."""
    zone = stated_zone({"date_start": name})
    if when is None or when.clock is None or when.clock.tzinfo or not zone:
        return when
    return replace(when, clock=when.clock.replace(tzinfo=ZoneInfo(zone)))


def _is_whole(cell: str, order: Order | None) -> bool:
    try:
        return bool(find_when(cell, order=order))
    except DateError:
        return False


def _unread(cell: str) -> tuple[str, ...]:
    return (f"a day that cannot be read: {cell[:60]}",) if cell else ()


def _start(row: RawRow, name: str, order: Order | None) -> When | None:
    """Return the day that a cell begins with, of the year that its folder or file is of."""
    words = row.get(name).split()
    try:
        return find_when(row.get(name), order=order)[0]
    except AmbiguousDayError:
        raise
    except DateError:
        around = _around(row, order)
    if around is None:
        return None
    for number in range(min(len(words), 3), 0, -1):
        start = " ".join(words[:number]).rstrip(" -–—:|,;")
        when = _within(start, around, order)
        if when:
            return when
    return None


def _within(text: str, around: DateRange, order: Order | None) -> When | None:
    """Return the day that a text without a year is, where it lies within a span."""
    try:
        when = read_when(text, order=order, year=around.start.year)
    except DateError:
        return None
    return when if around.start <= when.days.start and when.days.end <= around.end else None


def _around(row: RawRow, order: Order | None) -> DateRange | None:
    """Return the days that the folder of a placemark is of, else the year that its file is of."""
    for name in ("folder", "document"):
        try:
            return find_when(row.get(name), order=order)[0].days
        except DateError:
            continue
    years = set(_YEAR.findall(f"{row.get('folder')} {row.get('document')} {row.file}"))
    year = int(years.pop()) if len(years) == 1 else 0
    return DateRange(dt.date(year, 1, 1), dt.date(year, 12, 31)) if year else None


def _day_told(
    row: RawRow, name: str | tuple[str, ...], order: Order | None
) -> tuple[When | None, tuple[str, ...]]:
    """Return the one day that texts name anywhere, or that a folder begins with."""
    is_own = isinstance(name, tuple)
    text = "\n".join(map(row.get, name)) if isinstance(name, tuple) else row.get(name)
    if not is_own:
        try:
            return find_when(text, order=order)[0], ()
        except AmbiguousDayError:
            raise
        except DateError:
            # "As of 14 January" is of the map; "Strikes of 14 January" of what it shows.
            text = "" if name == "document" and not tells_deed(text) else text
    around = _around(row, order)
    year = around.start.year if around and is_own else None
    named = {when.days: when for when in days_named(text, order=order, year=year)}
    if len(named) > 1:
        return None, (f"several days are named: {', '.join(map(str, named))}",)
    if not named:
        return None, ()
    (when,) = named.values()
    where = "placemark" if is_own else name
    return when, (f"the day is read from the words of its {where}: {when.days}",)
