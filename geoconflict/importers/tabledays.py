"""The days of a row of any table, with its times of day and their zones."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from geoconflict.casebooks.records import DateBasis
from geoconflict.errors import DateError
from geoconflict.importers.counts import hits_of
from geoconflict.importers.drafts import RowFault
from geoconflict.importers.meanings import zone_of
from geoconflict.importers.rawrows import RawTable
from geoconflict.importers.tablecells import Cells, Days
from geoconflict.lexicon import any_word, lexicons
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import When, around, read_when
from geoconflict.measuring.dayforms import leading, levelled

# No month that a day stands before: that is the day of a change.
_MONTH_YEAR = re.compile(r"(?<!\d)(?<!\d )m(\d\d) (20[1-3]\d)(?!\d)")
# The columns that tell of days, and of how many cells of them what they tell is kept.
_TELLING, _MOST = ("date_start", "date_end", "time", "zone", "night"), 16_384
_UNKNOWN = "?"
# A column of times has no decimals.
_DOTTED = re.compile(r"\d{1,2}\.\d\d")
_NOTED = re.compile(r"\d\s*(?:\*+|\[\d{1,2}\])$")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)")
_LETTERS = re.compile(r"[^\W\d_]['’ʼ\w]*")
_NOON = 12
_MONTH_NAMED = re.compile(r"\bm\d\d\b")


def days_of(cells: Cells) -> Days:
    """Return the days of a row, its times of day, and what the days rest on."""
    known = cells.known
    key = (cells.file, *(cells[name] for name in _TELLING))
    found = known.days.get(key)
    if found is None:
        said = len(cells.doubts), len(cells.unread)
        found = _days_of(cells)
        # What a row is told of its days, and which day came before, is of each row.
        is_alike = said == (len(cells.doubts), len(cells.unread)) and known.plan.year == "ask"
        if is_alike and len(known.days) < _MOST:
            known.days[key] = found
    return found


def _days_of(cells: Cells) -> Days:
    start = _in_night(cells, _when(cells, "date_start"))
    end = _when(cells, "date_end") if cells["date_end"] else start
    clocks = tuple(clock for clock in dict.fromkeys((start.clock, end.clock)) if clock)
    last = max(end.days.end, start.days.end) if end is start else end.days.end
    check_order(start, end)
    # One clock alone says nothing of the day at the other end.
    if (start.clock is None) != (end.clock is None):
        clocks = tuple(clock.replace(tzinfo=None) for clock in clocks)
    is_one = end is start or start.basis == end.basis
    basis: DateBasis = start.basis if is_one else "about"
    if basis == "exact":
        basis = cells.known.plan.date_basis
    return DateRange(start.days.start, last), clocks, basis


def check_order(start: When, end: When) -> None:
    """Refuse an end that is before the start, by its day or its time of day.

    Raises
    ------
    RowFault
        It is before.
    """
    first, last = start.clock, end.clock
    if end.days.end < start.days.start:
        message = f"an end before the start: {end.days.end} before {start.days.start}"
        raise RowFault(message)
    if first and last and bool(first.tzinfo) == bool(last.tzinfo) and last < first:
        message = f"an end before the start: {last:%Y-%m-%d %H:%M} before {first:%Y-%m-%d %H:%M}"
        raise RowFault(message)


def named_month(table: RawTable) -> DateRange | None:
    """Return the one month that a sheet, a file or what stands above the header is called by."""
    text = levelled(" ".join((table.file.replace("_", " "), *table.remarks)))
    named = set(_MONTH_YEAR.findall(text))
    # "From January to September 2025" is no month.
    if len(named) != 1 or len(set(_MONTH_NAMED.findall(text))) > 1:
        return None
    month, year = named.pop()
    return DateRange.of_month(int(year), int(month))


def _remark(cells: Cells, name: str, when: When) -> None:
    """Say what else the cell of a day holds: a footnote's mark, another day of the week."""
    if _NOTED.search(cells[name]):
        cells.leave(name, "a day with the mark of a footnote, which may say more of it")
    weekday = _weekday(cells[name].casefold())
    if weekday and when.days.days == 1 and when.days.start.isoweekday() != weekday:
        cells.doubts.append(f"another day of the week than its date: {cells[name]}")
    if _part_of_day().search(cells[name].casefold()):
        # That it was in the evening no column of days says.
        cells.unread.add(name)


def _when(cells: Cells, name: str) -> When:
    plan = cells.known.plan
    when = cells.known.when(cells[name], cells.file)
    _remark(cells, name, when)
    if name == "date_start":
        when = _timed(cells, _happened(cells, when))
    if name == "date_start" and cells.known.is_far and when.clock is None and when.days.days == 1:
        cells.doubts.append(f"no time of day: the day is that of {plan.zone}: {cells[name]}")
        return When(when.days, exact=False)
    if name == "date_start" and cells.known.is_of_nights and when.days.days == 1:
        return _of_night(cells, when)
    if when.clock is None or when.clock.tzinfo:
        return when
    told = cells[name] if name != "date_start" else f"{cells[name]} {cells['time']}"
    own = _said_zone(told)
    if own == _UNKNOWN:
        cells.doubts.append(f"a time zone that is not known, the day may be another one: {told}")
    if own in ("", _UNKNOWN) or not (own or plan.zone or cells["zone"]):
        # By the clocks of its place, as a time without a zone is.
        return when
    zone = zone_of(cells["zone"]) if cells["zone"] else ZoneInfo(own or plan.zone)
    if zone is None:
        cells.leave("zone", "a time zone that is not known, the day may be another one")
        return when
    return replace(when, clock=when.clock.replace(tzinfo=zone))


@lru_cache(maxsize=4_096)
def _said_zone(text: str) -> str | None:
    """Return the zone by whose name a cell tells its time, empty where it is the local one.

    None where it says neither, a question mark where it says one that is not known.
    """
    plain = " ".join(text.casefold().split())
    zones = {
        zone
        for one in lexicons()
        for word, zone in one.values("dates", "clocks").items()
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain)
    }
    if zones:
        return zones.pop() if len(zones) == 1 else None
    if _phrase("local_time").search(plain):
        return ""
    return _UNKNOWN if _phrase("zone_words").search(plain) else None


@cache
def _phrase(concept: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_word('dates', concept)}(?!\w)")


def _in_night(cells: Cells, when: When) -> When:
    """Return a day with the night that another column says it is of."""
    cell = cells["night"]
    if not cell or hits_of(cell) == 0 or when.days.days > 1:
        return when
    near = around(when.days.start, days=1)
    told = next((one for one in _nights(cells, when.days.start) if _is_within(one, near)), None)
    if when.clock is not None:
        return _at_hour(cells, when, told)
    if told is not None and (told.days.days > 1 or told.days != when.days):
        days = DateRange(min(told.days.start, when.days.start), max(told.days.end, when.days.end))
        told = replace(told, days=days)
        return replace(told, exact=told.exact and when.exact, is_before=when.is_before)
    if told or hits_of(cell) == 1 or leading("night").fullmatch(levelled(cell)):
        cells.doubts.append(f"the night before or after the day: {cells['date_start']}")
        return When(near, exact=False)
    cells.leave("night", "a night that is not at the day of its row")
    return When(when.days, exact=False)


def _at_hour(cells: Cells, when: When, night: When | None) -> When:
    """Return the day of a time in a night of two days: its evening is of the first of them."""
    if night is None or night.days.days < 2 or when.clock is None:
        return when
    day = night.days.start if when.clock.hour >= _NOON else night.days.end
    if day == when.days.start:
        return when
    if cells.known.plan.date_basis != "assumed":
        cells.doubts.append(f"another day by the night and its time: {cells['night']}")
        return when
    return When(DateRange(day, day), clock=dt.datetime.combine(day, when.clock.timetz()))


def _nights(cells: Cells, day: dt.date) -> Iterator[When]:
    """Yield what the cell of a night can say, with the month and the year of a day."""
    cell = cells["night"]
    for text in (f"{cell}.{day:%m.%Y}", cell):
        try:
            yield read_when(text, order=cells.known.order, year=day.year)
        except DateError:
            continue


def _is_within(when: When, near: DateRange) -> bool:
    return near.start <= when.days.start and when.days.end <= near.end


def _happened(cells: Cells, when: When) -> When:
    """Return a day without the time of day of a post, where other columns tell that of the event.

    A time of day beside that of the day itself is said.
    """
    if when.clock is None or not (cells["time"] or cells["night"]):
        return when
    if cells.known.plan.date_basis == "assumed":
        return replace(when, clock=None)
    clock = _CLOCK.search(cells["time"])
    if clock and (int(clock[1]), int(clock[2])) != (when.clock.hour, when.clock.minute):
        cells.doubts.append(f"another time of day than in {cells['date_start']}: {cells['time']}")
    return when


def _of_night(cells: Cells, when: When) -> When:
    """Return the night that a column of nights names by one day, with both days that it can be."""
    day, clock = when.days.start, when.clock
    if clock is None and cells.known.is_into_nights:
        return When(DateRange(day - dt.timedelta(1), day), exact=when.exact)
    if clock and cells.known.is_into_nights and clock.hour >= _NOON:
        # The evening before the day that the night leads into.
        return When(DateRange(day - dt.timedelta(1), day), exact=False)
    if clock and cells.known.is_into_nights:
        return when
    cells.doubts.append(f"the night before or after the day: {cells['date_start']}")
    return When(around(day, days=1), exact=False)


def _timed(cells: Cells, when: When) -> When:
    """Return a day with the time of day of another column."""
    time = cells["time"]
    if not time or when.clock is not None:
        return when
    if leading("night").fullmatch(levelled(time)):
        return _worded(cells, when)
    if _DOTTED.fullmatch(time):
        time = time.replace(".", ":")
    if time.isdecimal() and len(time) <= 4:
        time = f"{time.zfill(4)[:2]}:{time.zfill(4)[2:]}"
    try:
        timed = read_when(f"{when.days.start} {time}") if when.days.days == 1 else when
    except DateError:
        return _worded(cells, when)
    return replace(timed, exact=timed.exact and when.exact, is_before=when.is_before)


def _worded(cells: Cells, when: When) -> When:
    """Return a day with what a column of times says of it in words: a part of the day, another."""
    time = cells["time"]
    if leading("night").fullmatch(levelled(time)):
        if cells["night"] or when.days.days > 1:
            return when
        cells.doubts.append(f"the night before or after the day: {cells['date_start']}")
        return When(around(when.days.start, days=1), exact=False)
    if _part_of_day().fullmatch(time.casefold()):
        return when
    try:
        other = read_when(time, order=cells.known.order, year=when.days.start.year)
    except DateError:
        cells.leave("time", "a time of day that cannot be read")
        return when
    if cells.known.plan.date_basis == "assumed":
        cells.doubts.append(f"the day is read from the column of times: {time}")
        return other
    if other.days.end < when.days.start or when.days.end < other.days.start:
        cells.doubts.append(f"another day in the column of times: {time}")
    return when


@lru_cache(maxsize=4_096)
def _weekday(text: str) -> int:
    """Return the number of the one day of the week that a text names, 0 where it names none."""
    named = {number for word in _LETTERS.findall(text) if (number := _weekdays().get(word))}
    return named.pop() if len(named) == 1 else 0


@cache
def _weekdays() -> dict[str, int]:
    """Return the numbers of the days of the week by their names, whole and short."""
    found: dict[str, int] = {}
    for one in lexicons():
        found |= one.weekdays
        short = one.forms("weekdays", "short")
        found |= {form: number for number, form in enumerate(short, 1)} if len(short) == 7 else {}
    return found


@cache
def _part_of_day() -> re.Pattern[str]:
    """Return the pattern of words for a part of the day, but for those of nights."""
    return re.compile(rf"(?<!\w){any_word('dates', 'morning', 'evening', 'day_part')}(?!\w)")
