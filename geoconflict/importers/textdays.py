"""The days that the text of a row names, beside or instead of the day of a column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from geoconflict.errors import DateError
from geoconflict.lexicon import any_word, lexicons
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import When, read_when
from geoconflict.measuring.dayforms import Order

# A whole day within a text; one of long before is told as background.
_WHOLE = re.compile(
    r"(?<![\d.])\d{1,2}\.\d{1,2}\.(?:20)?\d\d(?!\.?\d)|(?<!\d)20\d\d-\d\d-\d\d(?!\d)|"
    r"(?<![\d/])\d{1,2}/\d{1,2}/20\d\d(?!\d)|(?<!\w)\d{1,2}(?:\d{4}Z)?[A-Z]{3}(?:20)?\d\d(?!\w)|"
    r"(?<![\d.])\d{1,2}\s+[^\W\d]{3,12}\s+20\d\d(?!\d)|"
    r"(?<!\w)[^\W\d]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+20\d\d(?!\d)"
)
# A day without its year, which is that of the post or of the days before it.
_YEARLESS = re.compile(
    r"(?<![\d.])\d{1,2}\s+[^\W\d]{3,12}(?!\w)(?!\s+\d)|(?<![\d.])\d{1,2}\.[01]\d(?![.\d])"
)
# The same with the month first: of "Market 30 March" the number is of what follows.
_MONTH_FIRST = re.compile(
    r"(?<!\w)[^\W\d]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?(?![.:,]?\d)(?!,?\s+20\d\d)"
)
_NOT_FAR = dt.timedelta(60)
# So many words before a day say which night, or since when.
_WORDS_BEFORE = 3


def days_named(text: str, *, order: Order | None = None, year: int | None = None) -> Iterator[When]:
    """Yield the days that a text names anywhere, with the words before them that say more.

    Parameters
    ----------
    text : str
    order : str, optional
        What comes first in 03/01/2025.
    year : int, optional
        Of days without one; without it they are passed over.

    Examples
    --------
    >>> [str(one.days) for one in days_named("Engels, in the night to 14 January 2025: a fire")]
    ['2025-01-13/2025-01-14']
    """
    ends = {match.end() for match in _WHOLE.finditer(text)}
    ends |= {match.end() for match in _yearless(text)} if year else set()
    for end in sorted(ends):
        words = text[:end].split()
        if _of_report().search(" ".join(words[-_WORDS_BEFORE - 3 :])):
            continue
        starts = (words[-number:] for number in range(_WORDS_BEFORE + 3, 0, -1))
        texts = [" ".join(some) for some in starts if len(some) <= len(words)]
        found = (_read(one, order, None) or _read(one, order, year) for one in texts)
        when = next(filter(None, found), None)
        if when:
            yield when


def other_days(text: str, days: DateRange, *, is_post: bool) -> list[str]:
    """Return what is to be said where a text names a day not far from those of its row.

    Parameters
    ----------
    text : str
    days : DateRange
        Those of the row.
    is_post : bool
        The day is only assumed, of a post: it is doubted by any other one.
    """
    # Most texts name no year, which is sooner seen.
    named = _WHOLE.finditer(text) if "20" in text or "." in text else ()
    read = {match.group(): _read(match.group(), None, None) for match in named}
    if is_post:
        yearless = (match.group() for match in _yearless(text))
        read |= {one: _read(one, None, days.start.year) for one in yearless}
    found = {one: when.days for one, when in read.items() if when and when.days.days == 1}
    # The one day that a post names is hardly background, however long ago.
    far = dt.timedelta.max if is_post and len(found) == 1 else _NOT_FAR
    # A night begins on the day before that of a post.
    nights = days_named(text, year=days.start.year) if is_post else ()
    beside = [str(n.days) for n in nights if n.days.days == 2 and n.days.start < days.start]
    least = dt.timedelta(not is_post)
    said = [one for one, day in found.items() if least < _apart(day, days) < far]
    if is_post:
        said += [
            match.group()
            for one in lexicons()
            for match in one.pattern("days", "yesterday", "day_before").finditer(text)
        ]
    said += [night for night in beside if days.end.isoformat() in night]
    return [f"the text names another day: {', '.join(dict.fromkeys(said))}"] if said else []


def day_of_mark(text: str, saved: DateRange) -> When | None:
    """Return the one day that the words of a mark tell, where it is before that of its saving.

    Examples
    --------
    >>> saved = DateRange(dt.date(2025, 4, 2), dt.date(2025, 4, 2))
    >>> str(day_of_mark("Ринок, 30 березня", saved).days), day_of_mark("Market", saved)
    ('2025-03-30', None)
    """
    found = {one.days: one for one in days_named(text, year=saved.start.year)}
    (day, when), *more = found.items() or [(saved, None)]
    return when if not more and day.end < saved.start else None


def not_saved(when: When, saved: DateRange) -> str:
    """Return what is to be said of a mark whose day is not that of its saving."""
    return f"the day is that of the words, not of the time stamp: {when.days}, not {saved}"


def _yearless(text: str) -> Iterator[re.Match[str]]:
    return chain(_YEARLESS.finditer(text), _MONTH_FIRST.finditer(text))


@cache
def _of_report() -> re.Pattern[str]:
    """Return the pattern of what says that a day behind it is of a report or of a map."""
    words = any_word("dates", "of_report")
    return re.compile(rf"(?<!\w){words}\W+(?:[^\W\d]+\W+)?[\d.]", re.IGNORECASE)


def _apart(day: DateRange, days: DateRange) -> dt.timedelta:
    return max(days.start - day.end, day.start - days.end)


def _read(text: str, order: Order | None, year: int | None) -> When | None:
    try:
        return read_when(text, order=order, year=year)
    except DateError:
        return None
