"""A text as one form of a day, month or year, as what it says.

Months, days of the week and words such as "night of" stand in the lexicon. A day that can be
read as day/month and as month/day is asked about, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Literal

from geoconflict.errors import DateError
from geoconflict.lexicon import all_forms, any_form, any_word, lexicons, month_numbers
from geoconflict.measuring.clocks import without_clock
from geoconflict.measuring.dates import DateRange

Order = Literal["dmy", "mdy"]
ORDERS: dict[str, str] = {"dmy": "day/month", "mdy": "month/day"}
# Two digits that are a year in most reports.
_WAR_YEARS = range(22, 36)
_NUMBER_END = re.compile(rf"(?<=\d)-?{any_word('numbers', 'day_endings')}(?!\w)")
# A month as ``levelled`` writes it, and a day.
MONTH, DAY = r"m(?P<m>\d\d)", r"(?P<d>\d{1,2})"
_YEAR = r"(?P<y>\d{4})"
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {name: number for number, name in enumerate(_ROMANS, 1)}
LONGEST = 100
ISO = re.compile(
    r"\d{4}-(?:\d\d-\d\d|W\d\d-\d)(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-](?:0\d|1[0-4]):?\d\d)?)?"
    # A time till another one is written like a zone.
    r"(?<! \d\d:\d\d-\d\d:\d\d)",
    re.ASCII,
)
EITHER = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_SHORT = re.compile(r"(\d{2})(\d{2})(\d{2})(?:_\d{4})?")
_DAYS = tuple(
    map(
        re.compile,
        (
            rf"{_YEAR}(?P<mark>[-/. ])(?P<m>\d{{1,2}})(?P=mark){DAY}",
            r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:\.0)?",
            rf"{DAY}\.\s?(?P<m>\d{{1,2}})\.\s?(?P<y>\d{{4}}|\d{{2}})",
            rf"{DAY}[ ./-]*{MONTH}[ ./-]*(?P<y>\d{{4}}|\d{{2}})",
            rf"{MONTH}[ ./-]*{DAY}[ ,./-]+{_YEAR}",
            rf"{_YEAR}[ ./-]*{MONTH}[ ./-]*{DAY}",
        ),
    )
)
_MONTHS = tuple(
    map(
        re.compile,
        (
            rf"{_YEAR}[-/.](?P<m>\d{{2}})",
            rf"(?P<m>\d{{2}})[./-]{_YEAR}",
            rf"{MONTH}[ ./-]*{_YEAR}",
            rf"{_YEAR}[ ./-]*{MONTH}",
        ),
    )
)


class AmbiguousDayError(DateError):
    """A day that can be read as day/month and as month/day."""


@lru_cache(maxsize=8_192)
def levelled(text: str) -> str:
    """Return a text with months as m01, dashes and spaces alike, without words that say nothing.

    Examples
    --------
    >>> levelled("14 січня 2025 року"), levelled("Tuesday, Jan. 14th – 2025")
    ('14 m01 2025', 'm01 14-2025')
    """
    text = re.sub(r"[‐‑‒–—−]", "-", text.casefold()).replace("(", " ").replace(")", " ")
    text = re.sub(r"(?<!\d)(\d{4})(?=[^\W\d_])", r"\1 ", text)
    text = re.sub(r"(?<=\d)\. (?=\d)", ".", _NUMBER_END.sub("", text))
    text = _months().sub(lambda m: f" m{month_numbers()[m.group().rstrip('.')]:02} ", text)
    roman = r"(?<=\d)([./ -])(x?i{1,3}|i?v|vi{1,3}|i?x|xii?)\1(?=\d{2})"
    text = re.sub(roman, lambda m: f" m{_ROMAN[m.group(2)]:02} ", text)
    text = _fillers().sub(" ", text)
    text = re.sub(r"(?<!\d)[.,']|[,](?!\d)|,(?=\d{4})|[.,](?!\S)", " ", text)
    return re.sub(r"\s*([-/])\s*", r"\1", " ".join(text.split()))


@cache
def _months() -> re.Pattern[str]:
    forms = sorted(month_numbers(), key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, forms))})(?![^\W\d_])\.?")


@cache
def _fillers() -> re.Pattern[str]:
    words = {*all_forms("dates", "fillers", "local", "evening"), *all_forms("weekdays", "short")}
    words |= {form for one in lexicons() for form in one.weekdays}
    return re.compile(rf"(?<![^\W_]){any_form(words)}(?![^\W_])\.?")


@cache
def leading(concept: str) -> re.Pattern[str]:
    """Return the pattern of the words of a concept at the head of a levelled text."""
    forms = all_forms("dates", concept)
    # Fillers among the words are gone from the text by now.
    plain = {" ".join(_fillers().sub(" ", form).split()) or form for form in forms}
    return re.compile(rf"{any_form({*forms, *plain})}(?!\w)\.?-?\s*")


@cache
def trailing(concept: str) -> re.Pattern[str]:
    """Return the pattern of the words of a concept at the end of a levelled text."""
    return re.compile(rf"[\s,]+{any_form(all_forms('dates', concept))}$")


def named_days(plain: str, text: str, order: Order | None) -> tuple[DateRange, bool] | None:
    """Return the day, month or year that the whole of a levelled text is, None where it is none.

    Parameters
    ----------
    plain, text : str
        As levelled, and as it stands, for messages.
    order : str or None
        What comes first where slashes are between.

    Returns
    -------
    tuple of DateRange and bool, or None
        The second tells whether it is one day.

    Raises
    ------
    AmbiguousDayError
        It reads both ways.
    DateError
        There is no such day.
    """
    parts = _parts(plain, text, order)
    if parts:
        how = f", read as {ORDERS[order]}" if order and EITHER.fullmatch(plain) else ""
        day = _day(text, parts, how=how)
        return DateRange(day, day), True
    for pattern in _MONTHS:
        match = pattern.fullmatch(plain)
        if match and 1 <= int(match["m"]) <= 12 and int(match["y"]):
            return DateRange.of_month(int(match["y"]), int(match["m"])), False
    if re.fullmatch(r"20\d\d", plain):
        return DateRange(dt.date(int(plain), 1, 1), dt.date(int(plain), 12, 31)), False
    months = _season(plain, text) or _quarter(plain)
    return (months, False) if months else None


def _season(plain: str, text: str) -> DateRange | None:
    """Return the three months of a season; of a winter both years must be said."""
    for first, concept in ((3, "spring"), (6, "summer"), (9, "autumn"), (12, "winter")):
        name = any_word("dates", concept)
        match = re.fullmatch(rf"{name} {_YEAR}(?:[-/](?P<z>\d{{4}}|\d{{2}}))?", plain)
        if match and concept != "winter" and not match["z"]:
            return _months_of(int(match["y"]), first)
        if match and concept == "winter" and int(match["z"] or -1) % 100 == int(match["y"][2:]) + 1:
            return _months_of(int(match["y"]), first)
        if match:
            message = f"{text!r} is not one season, such as spring 2024 or winter 2023-2024"
            raise DateError(message)
    return None


def _quarter(plain: str) -> DateRange | None:
    number = r"(?P<n>[1-4]|i{1,3}|iv)"
    name = rf"(?:q{number}|{number.replace('<n>', '<r>')}[ -]?{any_word('dates', 'quarter')}\.?)"
    for form in (rf"{name}[ ,/-]*{_YEAR}", rf"{_YEAR}[ ,/-]*{name}"):
        match = re.fullmatch(form, plain)
        if match:
            told = match["n"] or match["r"]
            return _months_of(int(match["y"]), 3 * (_ROMAN.get(told) or int(told)) - 2)
    return None


def _months_of(year: int, first: int) -> DateRange:
    """Return three months from a first one on."""
    last = (year + 1, first - 10) if first > 10 else (year, first + 2)
    return DateRange(DateRange.of_month(year, first).start, DateRange.of_month(*last).end)


def _parts(plain: str, text: str, order: Order | None) -> tuple[int, int, int] | None:
    """Return year, month and day of a text that names one day."""
    for pattern in _DAYS:
        match = pattern.fullmatch(plain)
        if match:
            return int(match["y"]), int(match["m"]), int(match["d"])
    short, either = _SHORT.fullmatch(plain), EITHER.fullmatch(plain)
    if short:
        return _short(*map(int, short.groups()), text=text)
    return _either(either, text, order) if either else None


def _short(first: int, second: int, third: int, *, text: str) -> tuple[int, int, int]:
    """Return the parts of 250114, refused where 14 January and another day are as likely."""
    backwards = third in _WAR_YEARS and 1 <= second <= 12 and 1 <= first <= 31
    if first in _WAR_YEARS and backwards and (first, second, third) != (third, second, first):
        message = f"a day that reads as year first and as day first: {text!r}"
        raise AmbiguousDayError(message)
    return first, second, third


def _either(match: re.Match[str], text: str, order: Order | None) -> tuple[int, int, int]:
    first, second, year = int(match.group(1)), int(match.group(3)), int(match.group(4))
    if match.group(2) == "-" and first in _WAR_YEARS and year <= 31 and second <= 12:  # noqa: SIM102
        # 25-01-14 is rather 14 January 2025 than the 25th of 2014; 24-01-22 can be both.
        if order is None or year not in _WAR_YEARS:
            message = f"a day that reads as year first and as day first: {text!r}"
            raise AmbiguousDayError(message)
    if order is None:
        if first <= 12 and second <= 12 and first != second:
            message = (
                "a day that reads as day/month and as month/day, say which by --date-order or "
                f"date_order: {text!r}"
            )
            raise AmbiguousDayError(message)
        order = "mdy" if second > 12 else "dmy"
    return (year, first, second) if order == "mdy" else (year, second, first)


def _day(text: str, parts: tuple[int, int, int], *, how: str = "") -> dt.date:
    year, month, day = parts
    try:
        return dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError as error:
        why = "" if 1 <= month <= 12 else f": there is no month {month}"
        message = f"{text!r}{how} is not a day of the calendar{why if month else ''}"
        raise DateError(message) from error


def shown_order(texts: Iterable[str]) -> Order | None:
    """Return what stands first in days with slashes, None where nothing or both ways show it."""
    found: set[Order] = set()
    for first, second in _pairs(texts):
        found |= {"dmy"} if first > 12 else {"mdy"} if second > 12 else set()
    return found.pop() if len(found) == 1 else None


def is_ambiguous(texts: Iterable[str]) -> bool:
    """Return whether one of these texts reads as another day the other way round."""
    return any(first <= 12 and second <= 12 and first != second for first, second in _pairs(texts))


def _pairs(texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    return (pair for text in texts if (pair := _pair(text)))


@lru_cache(maxsize=8192)
def _pair(text: str) -> tuple[int, int] | None:
    """Return the two numbers of a day that can be read either way."""
    if len(text) > LONGEST or ISO.match(text):
        return None
    match = EITHER.match(levelled(without_clock(text).rest))
    return (int(match.group(1)), int(match.group(3))) if match else None
