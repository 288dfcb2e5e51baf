"""The day and time of a snapshot, as file names, layers and date columns have it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from geoconflict.errors import DateError
from geoconflict.lexicon import any_word, month_numbers
from geoconflict.measuring.datewords import KYIV, read_when
from geoconflict.measuring.dayforms import AmbiguousDayError, Order

# No map of control is older than the war.
EARLIEST = dt.date(2014, 2, 20)
EXPECTED_DAY = "a day such as 20250124, 2025-01-24, 250124, 24-01-2025 or 24JAN2025"
# Six digits can be a number of another kind.
_SHORT = 6
# A time after a date in a name: hours and minutes.
_TIME = re.compile(r"[_T -]?(\d{2})[-:h]?(\d{2})(?:[-:]?\d{2})?Z?(?!\d)")
_OLD_TIME = re.compile(r"(?<!\d)_?\d{4}(?!\d)")
# When it may be at the earliest and at the latest by what a name calls a part of the day.
_PARTS_OF_DAY = {
    "morning": (dt.time(4), dt.time(11, 59, 59)),
    "evening": (dt.time(12), dt.time.max),
}


@dataclass(frozen=True, order=True)
class Dated:
    """A day, and from when to when on it; the whole of it where no time is said."""

    day: dt.date
    time: dt.time = dt.time(0)
    until: dt.time = dt.time.max


def find_day(text: str, *, order: Order | None = None) -> Dated | None:
    """Return the day and time that a name tells, None where it holds nothing like a date.

    Parameters
    ----------
    text : str
        A file name without its ending, or the name of a layer.
    order : str, optional
        What comes first in 03-01-2025; without it such a day is refused where both are possible.

    Raises
    ------
    DateError
        It looks like a date, but is no day of the calendar, or none from 2014 to today.

    Examples
    --------
    >>> find_day("deepstatemap_data_20250124").day
    datetime.date(2025, 1, 24)
    >>> find_day("UkraineControlMapAO24FEB2022").day, find_day("250124_0800").time
    (datetime.date(2022, 2, 24), datetime.time(8, 0))
    """
    match = next(filter(None, (form.search(text) for form in _forms())), None)
    if match is None:
        return None
    if match.re is _SINCE_1970:
        moment = dt.datetime.fromtimestamp(int(match.group()[:10]), KYIV)
        return _at(_checked(moment.date(), match.group()), moment.time())
    day = _day(match, order)
    second = match.re.search(text, match.end())
    if second and _is_day(second) and _day(second, order) != day:
        message = f"two days: {match.group()!r} and {second.group()!r}"
        raise DateError(message)
    return Dated(_checked(day, match.group()), *_time(text, match.end()))


def _day(match: re.Match[str], order: Order | None) -> dt.date:
    parts = _parts(match, order)
    try:
        return dt.date(*parts)
    except ValueError as error:
        message = f"{match.group()!r} is no day of the calendar"
        raise DateError(message) from error


def _is_day(match: re.Match[str]) -> bool:
    """Return whether what looks like a day in a name is one: a number of a version may look so."""
    try:
        return len(match.group()) > _SHORT and bool(_day(match, "dmy"))
    except DateError:
        return False


def read_moment(value: object) -> Dated:
    """Return the day of a date column's cell, and its time; where it says a zone, as in Kyiv.

    Raises
    ------
    DateError
        It cannot be read.
    """
    if isinstance(value, dt.datetime):
        # What data bases write for a day alone is no midnight.
        clock = None if value.time() == dt.time(0) else value.time()
        return _at(_checked(value.date(), str(value)), clock)
    if isinstance(value, dt.date):
        return Dated(_checked(value, str(value)))
    text = str(value).strip()
    # Six digits of a map of control are year, month, day.
    named = find_day(text) if re.fullmatch(r"\d{6}(_\d{4})?", text) else None
    if named:
        return named
    when = read_when(text).local(KYIV)
    if when.days.days > 1:
        message = f"{text!r} is no one day"
        raise DateError(message)
    clock = when.clock.time() if when.clock else None
    return _at(_checked(when.days.start, text), clock)


def _at(day: dt.date, clock: dt.time | None) -> Dated:
    return Dated(day, clock, clock) if clock else Dated(day)


def shown_order(names: Iterable[str]) -> Order | None:
    """Return what comes first in names as 15-01-2025, None where no name shows it or both do."""
    found: set[Order] = set()
    for name in names:
        match = _EITHER.search(name)
        if match:
            first, second = int(match.group(1)), int(match.group(2))
            found |= {"dmy"} if first > 12 else {"mdy"} if second > 12 else set()
    return found.pop() if len(found) == 1 else None


def without_day(text: str) -> str:
    """Return a file name without its date and time: what the file is called every day."""
    for pattern in _forms():
        if pattern.search(text):
            return _OLD_TIME.sub("", pattern.sub("", text, count=1))
    return text


def _parts(match: re.Match[str], order: Order | None) -> tuple[int, int, int]:
    """Return year, month and day of what a form found."""
    if match.re is _EITHER:
        first, second, year = map(int, match.groups())
        if order is None and first <= 12 and second <= 12 and first != second:
            said = "-".join(match.groups())
            message = f"{said} reads as day-month and as month-day: name the year first"
            raise AmbiguousDayError(message)
        return (year, first, second) if order == "mdy" or second > 12 else (year, second, first)
    year, month = int(match["y"]), match["m"]
    number = int(month) if month.isdigit() else month_numbers()[month.casefold()]
    this = dt.datetime.now(KYIV).year
    if year < _INVADED - 2000 and month.isdigit() and _INVADED <= 2000 + int(match["d"]) <= this:
        # Of such maps few are older than the invasion: a day may come first here.
        message = f"{match.group()!r} reads as year-month-day and as day-month-year: name the year"
        raise AmbiguousDayError(message + " with four digits, first")
    return (year + 2000 if year < 100 else year), number, int(match["d"])


_EITHER = re.compile(r"(?<!\d)(\d{1,2})[-_](\d{1,2})[-_](\d{4})(?!\d)", re.IGNORECASE)
# The year from which maps of control are made day by day.
_INVADED = 2022
_SINCE_1970 = re.compile(r"(?<!\d)1[3-9]\d{8}(?:\d{3})?(?!\d)")


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Return the forms of a day in a name, in the order in which they are tried."""
    named = sorted(map(re.escape, month_numbers()), key=len, reverse=True)
    month, day = f"(?P<m>{'|'.join(named)})", r"(?P<d>\d{1,2})"
    m, d, year = r"(?P<m>\d{2})", r"(?P<d>\d{2})", r"(?P<y>\d{4})"
    this = r"(?<!\d)(?P<y>20\d{2})"
    forms = (
        # Of 20012025 no year is first: there is no month 20.
        r"(?<!\d)(?P<d>0[1-9]|[12]\d|3[01])(?P<m>0[1-9]|1[0-2])(?P<y>20[1-3]\d)(?!\d)",
        rf"{this}[-_./]?{m}[-_./]?{d}(?!\d)",
        rf"{this}[-_.](?P<m>\d{{1,2}})[-_.]{day}(?!\d)",
        rf"{this}{m}{d}(?=\d{{4}}(?:\d\d)?(?!\d))",
        _SINCE_1970.pattern,
        rf"(?<!\d){day}\.(?P<m>\d{{1,2}})\.{year}(?!\d)",
        _EITHER.pattern,
        rf"{this}[-_ ]?{month}\.?[-_ ]?{day}(?!\d)",
        rf"(?<!\d){day}[-_ ]?{month}\.?[-_ ]?{year}(?!\d)",
        rf"{month}\.?[-_ ]?{day}[-_, ]*{year}(?!\d)",
        rf"(?<!\d){year}[-_./]?{m}[-_./]?{d}(?!\d)",
        rf"(?<!\d)(?P<y>\d{{2}}){m}{d}(?!\d)",
    )
    own = {one.pattern: one for one in (_EITHER, _SINCE_1970)}
    return tuple(own.get(form) or re.compile(form, re.IGNORECASE) for form in forms)


def _time(text: str, end: int) -> tuple[dt.time, dt.time]:
    """Return from when to when it was by a name whose day ends at an index."""
    match = _TIME.match(text, end)
    if match and int(match.group(1)) <= 23 and int(match.group(2)) <= 59:
        clock = dt.time(int(match.group(1)), int(match.group(2)))
        return clock, clock
    told = {part for part in _PARTS_OF_DAY if _part_words(part).search(text)}
    return _PARTS_OF_DAY[told.pop()] if len(told) == 1 else (dt.time(0), dt.time.max)


@cache
def _part_words(part: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){any_word('dates', part)}(?![^\W_])", re.IGNORECASE)


def _checked(day: dt.date, shown: str) -> dt.date:
    today = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    if not EARLIEST <= day <= today:
        message = f"{shown!r} is not a day from {EARLIEST} to today"
        raise DateError(message)
    return day
