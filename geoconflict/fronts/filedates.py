"""The day and time of a snapshot, as file names, layers and date columns have it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from geoconflict.errors import DateError
from geoconflict.lexicon import lexicons
from geoconflict.measuring.datewords import KYIV, AmbiguousDayError, Order, read_when

# No map of control is older than the war.
EARLIEST = dt.date(2014, 2, 20)
EXPECTED_DAY = "a day such as 20250124, 2025-01-24, 250124, 24-01-2025 or 24JAN2025"
_Groups = tuple[str, ...]
_Parts = tuple[int, int, int]
# A time after a date in a name: hours and minutes.
_TIME = re.compile(r"[_T -]?(\d{2})[-:h]?(\d{2})(?:[-:]?\d{2})?Z?(?!\d)")
_OLD_TIME = re.compile(r"(?<!\d)_?\d{4}(?!\d)")


@dataclass(frozen=True, order=True)
class Dated:
    """A day, and the time on it where one is said; the later of a day sorts last."""

    day: dt.date
    time: dt.time = dt.time(0)


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
    for pattern, reader in _forms():
        match = pattern.search(text)
        if match is None:
            continue
        if reader is _since_1970:
            moment = dt.datetime.fromtimestamp(int(match.group()[:10]), KYIV)
            return Dated(_checked(moment.date(), match.group()), moment.time())
        day = _checked(_calendar_day(reader(match.groups(), order), match.group()), match.group())
        return Dated(day, _time(text[match.end() :]))
    return None


def read_moment(value: object) -> Dated:
    """Return the day of a date column's cell, and its time; where it says a zone, as in Kyiv.

    Raises
    ------
    DateError
        It cannot be read.
    """
    if isinstance(value, dt.datetime):
        return Dated(_checked(value.date(), str(value)), value.time())
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
    time = when.clock.time() if when.clock else dt.time(0)
    return Dated(_checked(when.days.start, text), time)


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
    for pattern, _ in _forms():
        if pattern.search(text):
            return _OLD_TIME.sub("", pattern.sub("", text, count=1))
    return text


def _year_first(groups: _Groups, _: Order | None) -> _Parts:
    year, month, day = (int(group) for group in groups)
    return (year + 2000 if year < 100 else year), month, day


def _dotted(groups: _Groups, _: Order | None) -> _Parts:
    return int(groups[2]), int(groups[1]), int(groups[0])


def _either(groups: _Groups, order: Order | None) -> _Parts:
    first, second, year = (int(group) for group in groups)
    if order is None and first <= 12 and second <= 12 and first != second:
        message = f"{'-'.join(groups)} reads as day-month and as month-day: name the year first"
        raise AmbiguousDayError(message)
    return (year, first, second) if order == "mdy" or second > 12 else (year, second, first)


def _day_month(groups: _Groups, _: Order | None) -> _Parts:
    return int(groups[2]), _month_numbers()[groups[1].casefold()], int(groups[0])


def _month_day(groups: _Groups, _: Order | None) -> _Parts:
    return int(groups[2]), _month_numbers()[groups[0].casefold()], int(groups[1])


def _since_1970(groups: _Groups, _: Order | None) -> _Parts:
    raise NotImplementedError(groups)


@cache
def _month_numbers() -> dict[str, int]:
    return {form.casefold(): n for one in lexicons() for form, n in one.months.items()}


_EITHER = re.compile(r"(?<!\d)(\d{1,2})[-_](\d{1,2})[-_](\d{4})(?!\d)")


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Callable[[_Groups, Order | None], _Parts]], ...]:
    month = "|".join(sorted(map(re.escape, _month_numbers()), key=len, reverse=True))
    patterns: tuple[tuple[str, Callable[[_Groups, Order | None], _Parts]], ...] = (
        (r"(?<!\d)(20\d{2})[-_./]?(\d{2})[-_./]?(\d{2})(?!\d)", _year_first),
        (r"(?<!\d)(20\d{2})[-_.](\d{1,2})[-_.](\d{1,2})(?!\d)", _year_first),
        (r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?=\d{4}(?:\d\d)?(?!\d))", _year_first),
        (r"(?<!\d)1[3-9]\d{8}(?:\d{3})?(?!\d)", _since_1970),
        (r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)", _dotted),
        (_EITHER.pattern, _either),
        (rf"(?<!\d)(\d{{1,2}})[-_ ]?({month})\.?[-_ ]?(\d{{4}})(?!\d)", _day_month),
        (rf"({month})\.?[-_ ]?(\d{{1,2}})[-_, ]*(\d{{4}})(?!\d)", _month_day),
        (r"(?<!\d)(\d{4})[-_./]?(\d{2})[-_./]?(\d{2})(?!\d)", _year_first),
        (r"(?<!\d)(\d{2})(\d{2})(\d{2})(?!\d)", _year_first),
    )
    return tuple((re.compile(text, re.IGNORECASE), reader) for text, reader in patterns)


def _time(rest: str) -> dt.time:
    match = _TIME.match(rest)
    if match is None or int(match.group(1)) > 23 or int(match.group(2)) > 59:
        return dt.time(0)
    return dt.time(int(match.group(1)), int(match.group(2)))


def _calendar_day(parts: _Parts, shown: str) -> dt.date:
    try:
        return dt.date(*parts)
    except ValueError as error:
        message = f"{shown!r} is no day of the calendar"
        raise DateError(message) from error


def _checked(day: dt.date, shown: str) -> dt.date:
    today = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    if not EARLIEST <= day <= today:
        message = f"{shown!r} is not a day from {EARLIEST} to today"
        raise DateError(message)
    return day
