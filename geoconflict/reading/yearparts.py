"""Parts of a month or year that reports name: weeks, ten days, halves and quarters."""

from __future__ import annotations

import datetime as dt
import re

from geoconflict.measuring.dates import DateRange

_MONTH_DAYS = 31
_DAY, _WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


def year_of_part(match: re.Match[str], n: int, published: dt.date) -> int | None:
    """Return the year of a half or quarter without one: that of the last before the report."""
    for year in (published.year, published.year - 1):
        whole = DateRange(dt.date(year, 1, 1), dt.date(year, 12, 31))
        if part_of(whole, match, n).end <= published + _WEEK:
            return year
    return None


def part_of(whole: DateRange, match: re.Match[str], n: int) -> DateRange:
    """Return the n-th week, ten days, half or quarter of a month or year."""
    if match["half"] or match["quarter"]:
        count = 2 if match["half"] else 4
        months = 12 // count if whole.days > _MONTH_DAYS else 0
        if months:
            year, first = whole.start.year, (n - 1 if n > 0 else count - 1) * months + 1
            return DateRange(
                dt.date(year, first, 1), DateRange.of_month(year, first + months - 1).end
            )
        middle = whole.start + dt.timedelta(14)
        return DateRange(whole.start, middle) if n == 1 else DateRange(middle + _DAY, whole.end)
    size = 7 if match["week"] else 10
    if n < 0:
        return DateRange(whole.end - dt.timedelta(size - 1), whole.end)
    start = whole.start + dt.timedelta(size * (n - 1))
    stop = whole.end if size == 10 and n == 3 else start + dt.timedelta(size - 1)
    return DateRange(min(start, whole.end), min(stop, whole.end))
