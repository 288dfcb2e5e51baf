"""Dates as intervals: a day, a night, a month, a year or a span, never more precise than stated."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import TypeAlias

from geoconflict.errors import DateError

# What a function that asks for a day takes.
Day: TypeAlias = dt.date | str

_EXPECTED = "a date such as 2025-01-24, a month 2025-01, a year 2025, or two with a / between"
_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, order=True)
class DateRange:
    """A span of whole days, both ends included.

    Parameters
    ----------
    start, end : date
        First and last day.

    Raises
    ------
    DateError
        The end lies before the start.
    """

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        """Refuse a span that runs backwards."""
        if self.end < self.start:
            message = f"the end {self.end} is before the start {self.start}"
            raise DateError(message)

    @classmethod
    def of_month(cls, year: int, month: int) -> DateRange:
        """Return all days of a month."""
        last = calendar.monthrange(year, month)[1]
        return cls(dt.date(year, month, 1), dt.date(year, month, last))

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.end - self.start).days + 1

    @property
    def months(self) -> int | None:
        """Number of whole months of the calendar that it is; None where it is none such.

        Examples
        --------
        >>> parse_date_range("2025-01/2025-06").months, parse_date_range("2025-01-24").months
        (6, None)
        """
        last = calendar.monthrange(self.end.year, self.end.month)[1]
        if self.start.day != 1 or self.end.day != last:
            return None
        return 12 * (self.end.year - self.start.year) + self.end.month - self.start.month + 1

    def __str__(self) -> str:
        """Return the span as it is written in a table."""
        if self.start == self.end:
            return self.start.isoformat()
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


def parse_day(day: Day) -> dt.date:
    """Return the day that is meant: a date, or what an ISO 8601 date names.

    Parameters
    ----------
    day : date or str
        Of a time of day the date is taken.

    Raises
    ------
    DateError
        The text is no such date, or names a day that does not exist.

    Examples
    --------
    >>> parse_day("2025-01-24")
    datetime.date(2025, 1, 24)
    """
    if isinstance(day, dt.date):
        return day.date() if isinstance(day, dt.datetime) else day
    try:
        return dt.date.fromisoformat(day)
    except (TypeError, ValueError) as error:
        message = f"{day!r} is no day: expected one such as 2025-01-24"
        raise DateError(message) from error


def day_of(day: Day | None) -> dt.date | None:
    """Return the day that is meant, see ``parse_day``; None where none is given, or no text.

    Examples
    --------
    >>> day_of("2025-01-24"), day_of(""), day_of(None)
    (datetime.date(2025, 1, 24), None, None)
    """
    return parse_day(day) if day else None


def parse_date_range(text: str) -> DateRange:
    """Return the days that an ISO 8601 date, month, year or interval covers.

    Parameters
    ----------
    text : str
        ``"2025-01-24"``, ``"2025-01"``, ``"2024"`` or two of these with a slash between.

    Returns
    -------
    DateRange
        First and last day, both included.

    Raises
    ------
    DateError
        The text is none of these, or names a day that does not exist.

    Examples
    --------
    >>> parse_date_range("2024").days
    366
    >>> str(parse_date_range("2025-01"))
    '2025-01-01/2025-01-31'
    """
    first, slash, last = text.strip().partition("/")
    start = _part(first)
    return DateRange(start.start, _part(last).end) if slash else start


def _part(text: str) -> DateRange:
    match = _PART.fullmatch(text.strip())
    if match is None:
        message = f"{text!r} is not {_EXPECTED}"
        raise DateError(message)
    year, month, day = (int(group) if group else None for group in match.groups())
    try:
        return _span(year or 0, month, day)
    except ValueError as error:
        message = f"{text!r} is not a day of the calendar"
        raise DateError(message) from error


def _span(year: int, month: int | None, day: int | None) -> DateRange:
    if month is None:
        return DateRange(dt.date(year, 1, 1), dt.date(year, 12, 31))
    if day is None:
        return DateRange.of_month(year, month)
    return DateRange(dt.date(year, month, day), dt.date(year, month, day))
