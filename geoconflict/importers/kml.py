"""Any KML or KMZ file: its dated points."""

from __future__ import annotations

from pathlib import Path

from geoconflict.dates import DateRange
from geoconflict.errors import DateError
from geoconflict.importers.datewords import read_day
from geoconflict.importers.drafts import Draft, RowFault, Said, find_urls
from geoconflict.importers.ids import digest, source_key
from geoconflict.importers.importing import Imported, Paths, Source, as_paths, make_imported
from geoconflict.importers.placemarks import read_placemarks, shape_doubts
from geoconflict.importers.rawtables import RawRow

_PLACED = ("name", "longitude", "latitude", "text", "when", "begin", "end")
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
        or the folder. Lines and areas are set aside: they are no events.

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
