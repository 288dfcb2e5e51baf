"""The day of a snapshot, as file names and date columns have it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from geoconflict.errors import DateError

# No map of control is older than the war.
EARLIEST = dt.date(2014, 2, 20)
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_MONTH = "|".join(_MONTHS)
EXPECTED_DAY = "a day such as 20250124, 2025-01-24, 250124 or 24JAN2025"
_Groups = tuple[str, ...]


def _year_first(groups: _Groups) -> tuple[int, int, int]:
    year, month, day = (int(group) for group in groups)
    return (year + 2000 if year < 100 else year), month, day


def _day_first(groups: _Groups) -> tuple[int, int, int]:
    return int(groups[2]), int(groups[1]), int(groups[0])


def _day_month(groups: _Groups) -> tuple[int, int, int]:
    return int(groups[2]), _MONTHS.index(groups[1].upper()) + 1, int(groups[0])


def _month_day(groups: _Groups) -> tuple[int, int, int]:
    return int(groups[2]), _MONTHS.index(groups[0].upper()) + 1, int(groups[1])


_PATTERNS: tuple[tuple[str, Callable[[_Groups], tuple[int, int, int]]], ...] = (
    (r"(?<!\d)(\d{4})[-_./]?(\d{2})[-_./]?(\d{2})(?!\d)", _year_first),
    (r"(?<!\d)(\d{2})\.(\d{2})\.(\d{4})(?!\d)", _day_first),
    (rf"(?<!\d)(\d{{1,2}})[-_ ]?({_MONTH})[A-Z]*[-_ ]?(\d{{4}})(?!\d)", _day_month),
    (rf"({_MONTH})[A-Z]*[-_ ]?(\d{{1,2}})[-_, ]*(\d{{4}})(?!\d)", _month_day),
    (r"(?<!\d)(\d{2})(\d{2})(\d{2})(?:_\d{4})?(?!\d)", _year_first),
)
_FORMS = tuple((re.compile(text, re.IGNORECASE), order) for text, order in _PATTERNS)
# A time after a date in a name: hours and minutes.
_TIME = re.compile(r"(?<!\d)_?\d{4}(?!\d)")


def find_day(text: str) -> dt.date | None:
    """Return the day that a text names, None where it holds nothing like a date.

    Parameters
    ----------
    text : str
        A file name without its ending, or the cell of a date column.

    Raises
    ------
    DateError
        It looks like a date, but is no day of the calendar, or none from 2014 to today.

    Examples
    --------
    >>> find_day("deepstatemap_data_20250124")
    datetime.date(2025, 1, 24)
    >>> find_day("UkraineControlMapAO24FEB2022"), find_day("250124_0800")
    (datetime.date(2022, 2, 24), datetime.date(2025, 1, 24))
    """
    for pattern, order in _FORMS:
        match = pattern.search(text)
        if match:
            return _checked(order(match.groups()), match.group())
    return None


def read_day(value: object) -> dt.date:
    """Return the day of a date column's cell: text, or seconds or milliseconds since 1970.

    Raises
    ------
    DateError
        It cannot be read.
    """
    if isinstance(value, dt.datetime | dt.date):
        return _checked((value.year, value.month, value.day), str(value))
    text = str(value).strip()
    if re.fullmatch(r"\d{10}|\d{13}", text):
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        day = dt.datetime.fromtimestamp(seconds, dt.UTC).date()
        return _checked((day.year, day.month, day.day), text)
    found = find_day(text)
    if found is None:
        message = f"{text!r} is no date"
        raise DateError(message)
    return found


def without_day(text: str) -> str:
    """Return a file name without its date and time: what the file is called every day."""
    for pattern, _ in _FORMS:
        if pattern.search(text):
            return _TIME.sub("", pattern.sub("", text, count=1))
    return text


def _checked(parts: tuple[int, int, int], shown: str) -> dt.date:
    try:
        day = dt.date(*parts)
    except ValueError as error:
        message = f"{shown!r} is no day of the calendar"
        raise DateError(message) from error
    today = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    if not EARLIEST <= day <= today:
        message = f"{shown!r} is not a day from {EARLIEST} to today"
        raise DateError(message)
    return day
