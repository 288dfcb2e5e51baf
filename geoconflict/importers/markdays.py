"""The day of a mark on a map: by its stamp, its data, its words, or what it stands in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from geoconflict.casebooks.records import DateBasis
from geoconflict.errors import DateError
from geoconflict.importers.columnnames import named_columns
from geoconflict.importers.drafts import RowFault
from geoconflict.importers.mapping import stated_zone
from geoconflict.importers.meanings import tells_deed
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.textdays import day_of_mark, days_named, not_saved
from geoconflict.lexicon import lexicons
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import When, around, find_when, read_when
from geoconflict.measuring.dayforms import AmbiguousDayError, Order

STAMPS = ("when", "begin")
_LINE = 60
_YEAR = re.compile(r"(?<!\d)20(?:1[4-9]|2\d|3[0-5])(?!\d)")
_OF_YEAR = "a day without a year, of the year that its folder or file is called by"
_OF_REPORT = "the day is that of the report, which can be later"


@dataclass(frozen=True)
class Told:
    """The first and the last day of a placemark, the column that tells them, what is doubtful."""

    days: Sequence[When]
    column: str = ""
    doubts: tuple[str, ...] = ()
    is_assumed: bool = False

    @property
    def basis(self) -> DateBasis:
        """What the days rest on."""
        first, last = self.days[0].basis, self.days[-1].basis
        return "about" if first != last else "assumed" if self.is_assumed else first


def days_of_mark(row: RawRow, order: Order | None) -> Told:
    """Return the days of a placemark, the last too where it says one."""
    asked: DateError | None = None
    unread = ""
    # When something was published is a day of last resort: the name tells of the thing itself.
    columns = _named(row, "date_start")
    for name in (*STAMPS, *columns, "name", "text"):
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
            found = Told([start, *ends], name, (*_unread(unread), *yearless))
            return _beside_stamp(found, row) if name in STAMPS else _at_night(found, cell)
        unread = unread or (cell if name in columns else "")
    reported = _named(row, "date_published")
    told: tuple[str | tuple[str, ...], ...] = (("name", "text"), "folder", "document", *reported)
    doubts = list(_unread(unread))
    for one in told if not asked else ():
        day, more = _day_told(row, one, order)
        doubts += more
        if day:
            late = [f"{_OF_REPORT}: {day.days}"] if one in reported else []
            return Told([day], "", (*doubts, *late), is_assumed=bool(late))
    raise asked or RowFault(next(iter(doubts), "the placemark names no day"))


def _at_night(told: Told, text: str) -> Told:
    """Return a day with both of its nights, where its line tells of a night and not which."""
    (first, *more), line = told.days, text.split("\n", 1)[0][:_LINE]
    is_told = any(one.pattern("days", "night", "overnight").search(line) for one in lexicons())
    if not is_told or more or first.clock or first.days.days > 1:
        return told
    said = f"the night before or after the day: {line}"
    days = When(around(first.days.start, days=1), exact=False)
    return replace(told, days=[days], doubts=(*told.doubts, said))


def _beside_stamp(told: Told, row: RawRow) -> Told:
    """Return the days of a time stamp, or the one that the words tell where that can be no other.

    Programs stamp a mark with the moment at which it was saved.
    """
    stamp = told.days[0]
    is_span = len(told.days) > 1
    is_moment = not is_span and stamp.clock is not None and stamp.clock.time() != dt.time(0)
    for words in () if is_span else ("name", "text"):
        when = day_of_mark(row.get(words), stamp.days)
        if when and (is_moment or words == "name"):
            return Told([when], doubts=(*told.doubts, not_saved(when, stamp.days)))
    if not is_moment:
        return told
    said = f"a time stamp can be of the saving of a mark, its day is assumed: {stamp.days}"
    return replace(told, doubts=(*told.doubts, said), is_assumed=True)


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
        near = _around(row, order)
    if near is None:
        return None
    for number in range(min(len(words), 3), 0, -1):
        start = " ".join(words[:number]).rstrip(" -–—:|,;")
        when = _within(start, near, order)
        if when:
            return when
    return None


def _within(text: str, near: DateRange, order: Order | None) -> When | None:
    """Return the day that a text without a year is, where it lies within a span."""
    try:
        when = read_when(text, order=order, year=near.start.year)
    except DateError:
        return None
    return when if near.start <= when.days.start and when.days.end <= near.end else None


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
    near = _around(row, order)
    year = near.start.year if near and is_own else None
    named = {when.days: when for when in days_named(text, order=order, year=year)}
    if len(named) > 1:
        return None, (f"several days are named: {', '.join(map(str, named))}",)
    if not named:
        return None, ()
    (when,) = named.values()
    where = "placemark" if is_own else name
    return when, (f"the day is read from the words of its {where}: {when.days}",)


def _named(row: RawRow, target: str) -> list[str]:
    return named_columns(target, {name: name for name in row.values})
