"""The days of cells and names as people write them: each form read as what it says, no more.

A time with a zone is kept, so that the day can be told where the thing happened.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from geoconflict.errors import DateError
from geoconflict.lexicon import any_word
from geoconflict.measuring.clocks import without_clock
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.dayforms import (
    DAY,
    ISO,
    LONGEST,
    MONTH,
    AmbiguousDayError,
    Order,
    leading,
    levelled,
    named_days,
    trailing,
)

KYIV = ZoneInfo("Europe/Kyiv")
# No report that is read here is older; numbers that stand for days must lie between.
_FIRST, _LAST = dt.date(2014, 1, 1), dt.date(2035, 12, 31)
_EXCEL_START = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet has no zone
_EXPECTED = "a day such as 2024-02-16, 16 February 2024, 20240216 or 16.02.2024"
_MOST_WORDS = 8
_FOOTNOTE = re.compile(r"\s*(?:\*+|\[\d{1,2}\])$")
_UNSURE = re.compile(
    r"\s*\(?\?+\)?$|^[~≈]\s*|^(?:\?\?|[xX\u0445\u0425]{2})[\s.-]*(?=\S)"
    r"|(?<=^\d{4}-\d\d)-(?:\?\?|[xX\u0445\u0425]{2}|00)$"
)
# Of "2025-01-1?" a digit is not known.
_HALF_DAY = re.compile(r"\d{4}([-/.])\d{1,2}\1\d\?+$")
_WEEK = re.compile(r"(\d{4})-?W(\d\d)", re.ASCII)
# A remark that holds no number of its own.
_REMARK = re.compile(r"\s*[(\[][^()\[\]\d]+[)\]]$")
_YEARLESS = re.compile(rf"(?<![\d./])\d{{1,2}}[./]\d{{1,2}}$|{MONTH}(?: {DAY})?$")
# "From 13 to 14" is "13 14" once the words that say nothing are gone.
_BESIDE = re.compile(r"(?<=\d) (?=\d)")
_PARTS = {"early": (0, 9), "middle": (10, 19), "late": (20, 31)}
# What is written between the days of a span.
_AND = rf"(?:{any_word('clauses', 'and')}|&)"
_BETWEEN = re.compile(rf"-|/|\.{{2,3}}|…| (?:{any_word('dates', 'to')}|&) ")
# What joins several days, and one of them before others.
_JOINED = re.compile(rf"[,;]|(?<!\S){_AND}(?!\S)", re.IGNORECASE)
_ITEM = re.compile(
    rf"(\d{{1,2}}(?:\.\d{{1,2}}(?:\.\d{{2,4}})?| m\d\d(?: \d{{4}})?)?|\d{{4}}-\d\d-\d\d)"
    rf"(?:[ ,;]+{_AND} |[ ,;]+)(?=\d)"
)
_MONTH_FIRST = re.compile(rf"{MONTH} ([\d ,]+(?: {_AND} \d{{1,2}})?) (\d{{4}})")


@dataclass(frozen=True)
class When:
    """The days that a text names, whether it says them exactly, and the time of day it gives.

    ``clock`` is naive where no zone is said; None where there is no time of day. ``is_before``
    says that it was on the day or at any time before.
    """

    days: DateRange
    exact: bool = True
    clock: dt.datetime | None = None
    is_before: bool = False

    @property
    def basis(self) -> Literal["exact", "about", "before"]:
        """What the days rest on, as a casebook says it."""
        return "before" if self.is_before else "exact" if self.exact else "about"

    def local(self, zone: dt.tzinfo) -> When:
        """Return the same where clocks go by a zone: 22:40 UTC is the next day in Kyiv."""
        if self.clock is None or self.clock.tzinfo is None:
            return self
        there = self.clock.astimezone(zone)
        return replace(self, days=DateRange(there.date(), there.date()), clock=there)


def read_when(text: str, *, order: Order | None = None, year: int | None = None) -> When:
    """Return the days that a text of a source names, and the time of day.

    Parameters
    ----------
    text : str
        ISO 8601, ``16 February 2024``, ``14 січня 2025 року``, ``14-Jan-25``, ``20240216``,
        ``2.05.2014``, ``02/24/2022 2:30 PM``, seconds or milliseconds since 1970, the number of
        a spreadsheet, a span of two days, a night, a week, a month, a quarter, a season, a year,
        or "before" a day.
    order : str, optional
        What comes first where slashes are between: ``dmy`` or ``mdy``. Without it a day that
        reads both ways is refused: the same file holds days that read both ways.
    year : int, optional
        Of days that are written without one. Without it they are refused.

    Raises
    ------
    AmbiguousDayError
        The day reads both ways.
    DateError
        The text is none of these, or the day does not exist.

    Examples
    --------
    >>> str(read_when("в ніч на 14 січня 2025 року").days)
    '2025-01-13/2025-01-14'
    >>> read_when("2025-01-13T22:40Z").local(KYIV).days.start
    datetime.date(2025, 1, 14)
    """
    if not text.strip():
        message = "the row has no date"
        raise DateError(message)
    if len(text) > LONGEST:
        raise _no_day(text)
    return _read(text, order, year)


@lru_cache(maxsize=8192)
def _read(text: str, order: Order | None, year: int | None) -> When:
    when = _standard(text) or _number(text.strip()) or _week(text.strip())
    if when:
        return when
    if _HALF_DAY.match(text.strip()):
        raise _no_day(text)
    # A footnote says nothing of the day; a question mark and "about" say that it is not sure.
    plain = _FOOTNOTE.sub("", text.strip())
    sure = _UNSURE.sub("", plain)
    try:
        found = _written(sure or text, order, year)
    except AmbiguousDayError:
        raise
    except DateError:
        bare = _REMARK.sub("", sure)
        if bare in ("", sure):
            raise
        return replace(_written(bare, order, year), exact=False)
    return found if sure == plain else replace(found, exact=False)


def _standard(text: str) -> When | None:
    """Return what ISO 8601 says as most tables have it; whatever else is left to others."""
    if not ISO.fullmatch(text):
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    day = moment.date()
    return When(DateRange(day, day), clock=None if _is_day_alone(moment) else moment)


def _week(text: str) -> When | None:
    """Return the days of a week of ISO 8601."""
    match = _WEEK.fullmatch(text)
    try:
        first = dt.date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        return None
    return When(DateRange(first, first + dt.timedelta(6)), exact=False) if first else None


def _is_day_alone(moment: dt.datetime) -> bool:
    """Return whether a moment is what spreadsheets and data bases write for a day alone."""
    return moment.tzinfo is None and moment.time() == dt.time(0)


def read_day(text: str, *, order: Order | None = "dmy") -> dt.date:
    """Return the one day that a text of a source names, as ``read_when`` does.

    Raises
    ------
    DateError
        The text names none, or a longer time.

    Examples
    --------
    >>> read_day("2.05.2014"), read_day("02/24/2022", order="mdy")
    (datetime.date(2014, 5, 2), datetime.date(2022, 2, 24))
    """
    when = read_when(text, order=order)
    days = when.days
    if when.is_before:
        raise _no_day(text)
    if days.days > 1:
        message = f"{text!r} is not one day but {days.days}"
        raise DateError(message)
    return days.start


def find_when(text: str, *, order: Order | None = None) -> tuple[When, str]:
    """Return the days that a text is or begins with, and what follows them.

    Raises
    ------
    DateError
        It does not begin with a day, a night, a span or a month.

    Examples
    --------
    >>> when, rest = find_when("14 JAN 2025 - Fuel depot")
    >>> str(when.days), rest
    ('2025-01-14', 'Fuel depot')
    """
    words = text.split()
    try:
        return read_when(text, order=order), ""
    except AmbiguousDayError:
        raise
    except DateError:
        pass
    for number in range(min(len(words) - 1, _MOST_WORDS), 0, -1):
        start = " ".join(words[:number]).rstrip(" -–—:|,;")
        # "45671 people" and "2025 in pictures" begin with no day.
        if start.isdecimal() and len(start) != 8:
            continue
        try:
            return read_when(start, order=order), " ".join(words[number:]).lstrip(" -–—:|,;.")
        except AmbiguousDayError:
            raise
        except DateError:
            continue
    raise _no_day(text)


def around(day: dt.date, *, days: int) -> DateRange:
    """Return the span that reaches as many days before and after."""
    return DateRange(day - dt.timedelta(days), day + dt.timedelta(days))


def _no_day(text: str) -> DateError:
    return DateError(f"{text[:LONGEST]!r} is not {_EXPECTED}")


def _number(text: str) -> When | None:
    """Return the day that a bare number stands for: since 1970, or of a spreadsheet."""
    if not re.fullmatch(r"\d{5}(\.\d+)?|\d{10}(\.\d+)?|\d{13}|\d{16}", text):
        return None
    whole = len(text.partition(".")[0])
    if whole == 5:
        when = _EXCEL_START + dt.timedelta(days=float(text))
        clock = when if "." in text and float(text) % 1 else None
    else:
        seconds = float(text) / {10: 1, 13: 1e3, 16: 1e6}[whole]
        when = clock = dt.datetime.fromtimestamp(seconds, dt.UTC)
    if not _FIRST <= when.date() <= _LAST:
        raise _no_day(text)
    return When(DateRange(when.date(), when.date()), clock=clock)


def _written(text: str, order: Order | None, year: int | None) -> When:
    rest, clock, zone, until = without_clock(text)
    plain = levelled(rest)
    if year and _YEARLESS.search(plain) and not re.search(r"\d{3}", plain):
        mark = "/" if "/" in plain else " " if re.search(MONTH, plain) else "."
        plain = f"{plain}{mark}{year}"
    when = _spelled(plain, text, order)
    if clock is None or when.days.days > 1:
        return when
    if until is not None and until < clock:
        # From 23:00 till 01:30 is of two days.
        return replace(when, days=DateRange(when.days.start, when.days.end + dt.timedelta(1)))
    moment = dt.datetime.combine(when.days.start, clock, zone)
    return when if _is_day_alone(moment) else replace(when, clock=moment)


def _spelled(plain: str, text: str, order: Order | None) -> When:
    """Return what a levelled text says, with words before the day."""
    before = leading("before").match(plain)
    if before:
        inner = _spanned(plain[before.end() :], text, order)
        if inner.days.days > 1:
            raise _no_day(text)
        return replace(inner, exact=False, is_before=True)
    week = leading("week").match(plain)
    if week:
        return _week_of(_spanned(plain[week.end() :], text, order))
    about = leading("about").match(plain) or trailing("about").search(plain)
    if about:
        bare = plain[: about.start()] or plain[about.end() :]
        return replace(_spelled(bare, text, order), exact=False)
    night = trailing("night").search(plain)
    if night and night.start():
        return _part_of("night", _spanned(plain[: night.start()], text, order), text)
    for concept in ("into", "night", *_PARTS):
        match = leading(concept).match(plain)
        if match and match.end() < len(plain):
            return _part_of(concept, _spanned(plain[match.end() :], text, order), text)
    return _spanned(plain, text, order)


def _week_of(inner: When) -> When:
    """Return the week that a day is in, up to a week from that day; a span as it is."""
    start, end = inner.days.start, inner.days.end
    if inner.days.days > 1:
        return replace(inner, exact=False)
    return When(
        DateRange(start - dt.timedelta(start.weekday()), end + dt.timedelta(6)), exact=False
    )


def _part_of(concept: str, inner: When, text: str) -> When:
    start, end, day = inner.days.start, inner.days.end, dt.timedelta(1)
    if concept in ("into", "night"):
        if inner.days.days > 1:
            return inner
        if concept == "into":
            return replace(inner, days=DateRange(start - day, end))
        # "The night of 14 January" is said of the night before and of the night after.
        return replace(inner, days=DateRange(start - day, end + day), exact=False)
    if not 28 <= inner.days.days <= 31:
        raise _no_day(text)
    first, last = _PARTS[concept]
    return When(DateRange(start + first * day, min(start + last * day, end)), exact=False)


def _one(plain: str, text: str, order: Order | None) -> When | None:
    found = named_days(plain, text, order)
    return When(*found) if found else None


def _spanned(plain: str, text: str, order: Order | None) -> When:
    whole = _one(plain, text, order)
    if whole:
        return whole
    for match in _BETWEEN.finditer(plain):
        found = _between(plain[: match.start()].strip(), plain[match.end() :].strip(), text, order)
        is_gap = found and found.days.days > 2 and _JOINED.search(match.group())
        if found:
            return replace(found, exact=False) if is_gap else found
    for match in _BESIDE.finditer(plain):
        found = _between(plain[: match.start()], plain[match.end() :], text, order)
        if found and found.days.days == 2:
            return found
    if _JOINED.search(text):
        return _listed(_MONTH_FIRST.sub(r"\2 m\1 \3", plain), text, order)
    raise _no_day(text)


def _listed(plain: str, text: str, order: Order | None) -> When:
    """Return the days from the first to the last of a list, not exact where one between lacks."""
    match = _ITEM.match(plain)
    if match is None:
        raise _no_day(text)
    rest = _spanned(plain[match.end() :], text, order)
    for full in _completed(match[1], rest.days.start):
        first = _one(full, text, order)
        if first and first.days.days == 1 and first.days.start < rest.days.start:
            is_next = (rest.days.start - first.days.start).days == 1
            return When(DateRange(first.days.start, rest.days.end), exact=rest.exact and is_next)
    raise _no_day(text)


def _between(left: str, right: str, text: str, order: Order | None) -> When | None:
    """Return the span between two texts, the first of which may lack month and year."""
    match = re.fullmatch(rf"{MONTH} \d{{1,2}}", left)
    tail = re.fullmatch(rf"{DAY}[ ,]+(?P<y>\d{{4}})", right)
    if match and tail:
        right = f"{tail['d']} m{match['m']} {tail['y']}"
    end = _one(right, text, order) if left and right else None
    if end is None:
        return None
    for full in _completed(left, end.days.end):
        start = _one(full, text, order)
        if start and start.days.start <= end.days.end:
            return When(DateRange(start.days.start, end.days.end), exact=start.exact and end.exact)
    return None


def _completed(left: str, end: dt.date) -> Iterator[str]:
    """Yield a text as it is, and with the month and year of the end where it lacks them."""
    yield left
    if re.fullmatch(r"\d{1,2}\.?", left):
        yield f"{left.rstrip('.')}.{end.month}.{end.year}"
    match = re.fullmatch(r"(\d{1,2}\.\d{1,2})\.?", left)
    if match:
        yield f"{match.group(1)}.{end.year}"
    if re.fullmatch(r"\d{1,2} ?m\d\d|m\d\d(?: ?\d{1,2})?", left):
        yield f"{left} {end.year}"
