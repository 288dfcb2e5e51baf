"""The dates of sources, each form that they are seen in, as days that fake no precision."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Literal

from geoconflict.errors import DateError
from geoconflict.lexicon import lexicons
from geoconflict.measuring.dates import DateRange

Order = Literal["dmy", "mdy"]
ORDERS = {"dmy": "day/month", "mdy": "month/day"}
# A clock after the day: it is not kept, days are the finest that a casebook knows.
_CLOCK = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_CLOCK}")
_SOLID = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\.0)?")
_SHORT_SOLID = re.compile(r"(\d{2})(\d{2})(\d{2})(?:_\d{4})?")
_DOTS = re.compile(rf"(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}}){_CLOCK}")
_SLASHES = re.compile(rf"(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}){_CLOCK}")
_WORDS = re.compile(r"(\d{1,2})[\s-]+([^\W\d_]{3,10})\.?[\s,-]+(\d{4})(?:\s*р\.?|\s*г\.?)?")
_WORDS_US = re.compile(r"([^\W\d_]{3,10})\.?\s+(\d{1,2}),?\s+(\d{4})")
_EXPECTED = "a day such as 2024-02-16, 16 February 2024, 20240216 or 16.02.2024"


def read_day(text: str, *, order: Order = "dmy") -> dt.date:
    """Return the day that a text of a source names.

    Parameters
    ----------
    text : str
        ISO 8601 with or without a clock, ``16 February 2024``, ``20 APR 2026``, ``20240216``,
        ``240216``, ``2.05.2014`` or ``02/24/2022``.
    order : str
        What comes first where slashes are between: ``dmy`` or ``mdy``. It is never guessed:
        the same file holds days that read both ways.

    Raises
    ------
    DateError
        The text is none of these, or the day does not exist.

    Examples
    --------
    >>> read_day("2.05.2014"), read_day("02/24/2022", order="mdy")
    (datetime.date(2014, 5, 2), datetime.date(2022, 2, 24))
    """
    for pattern, parts in _FORMS:
        match = pattern.fullmatch(text.strip())
        if match:
            how = f", read as {ORDERS[order]}" if pattern is _SLASHES else ""
            return _day(f"{text!r}{how}", parts(match.groups(), order))
    message = f"{text!r} is not {_EXPECTED}" if text.strip() else "the row has no date"
    raise DateError(message)


def shown_order(texts: Iterable[str]) -> Order | None:
    """Return what stands first in days with slashes, None where nothing or both ways show it."""
    pairs = [match.groups() for text in texts if (match := _SLASHES.fullmatch(text.strip()))]
    found: set[Order] = {"mdy" for _, second, _ in pairs if int(second) > 12}
    found |= {"dmy" for first, _, _ in pairs if int(first) > 12}
    return found.pop() if len(found) == 1 else None


def has_slashes(texts: Iterable[str]) -> bool:
    """Return whether one of these texts is a day with slashes."""
    return any(_SLASHES.fullmatch(text.strip()) for text in texts)


def around(day: dt.date, *, days: int) -> DateRange:
    """Return the span that reaches as many days before and after."""
    return DateRange(day - dt.timedelta(days), day + dt.timedelta(days))


def _day(text: str, parts: tuple[int, int, int]) -> dt.date:
    try:
        return dt.date(*parts)
    except ValueError as error:
        why = "" if 1 <= parts[1] <= 12 else f": there is no month {parts[1]}"
        message = f"{text} is not a day of the calendar{why if parts[1] else ''}"
        raise DateError(message) from error


def _year_first(groups: Sequence[str], _: Order) -> tuple[int, int, int]:
    return int(groups[0]), int(groups[1]), int(groups[2])


def _short(groups: Sequence[str], _: Order) -> tuple[int, int, int]:
    return 2000 + int(groups[0]), int(groups[1]), int(groups[2])


def _day_first(groups: Sequence[str], _: Order) -> tuple[int, int, int]:
    return int(groups[2]), int(groups[1]), int(groups[0])


def _either(groups: Sequence[str], order: Order) -> tuple[int, int, int]:
    first, second, year = map(int, groups)
    return (year, first, second) if order == "mdy" else (year, second, first)


@cache
def _months() -> dict[str, int]:
    return {form: number for one in lexicons() for form, number in one.months.items()}


def _named(groups: Sequence[str], _: Order) -> tuple[int, int, int]:
    return int(groups[2]), _months().get(groups[1].lower(), 0), int(groups[0])


def _named_us(groups: Sequence[str], _: Order) -> tuple[int, int, int]:
    return int(groups[2]), _months().get(groups[0].lower(), 0), int(groups[1])


_FORMS: tuple[tuple[re.Pattern[str], Callable[[Sequence[str], Order], tuple[int, int, int]]], ...]
_FORMS = (
    (_ISO, _year_first),
    (_SOLID, _year_first),
    (_SHORT_SOLID, _short),
    (_DOTS, _day_first),
    (_SLASHES, _either),
    (_WORDS, _named),
    (_WORDS_US, _named_us),
)
