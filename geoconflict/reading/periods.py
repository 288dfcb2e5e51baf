"""The days that a sentence speaks of: "in January 2025", "in 2024", "у жовтні", "last year"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.errors import DateError
from geoconflict.measuring.dates import DateRange, parse_date_range

_MONTHS = (
    r"january|jan|січ(?:ень|ня|ні)|январ[ьяе]",
    r"february|feb|лют(?:ий|ого|ому)|феврал[ьяе]",
    r"march|mar|берез(?:ень|ня|ні)|март[ае]?",
    r"april|apr|квіт(?:ень|ня|ні)|апрел[ьяе]",
    r"may|трав(?:ень|ня|ні)|ма[йяе]",
    r"june|jun|черв(?:ень|ня|ні)|июн[ьяе]",
    r"july|jul|лип(?:ень|ня|ні)|июл[ьяе]",
    r"august|aug|серп(?:ень|ня|ні)|август[ае]?",
    r"september|sept?|верес(?:ень|ня|ні)|сентябр[ьяе]",
    r"october|oct|жовт(?:ень|ня|ні)|октябр[ьяе]",
    r"november|nov|листопад[аі]?|ноябр[ьяе]",
    r"december|dec|груд(?:ень|ня|ні)|декабр[ьяе]",
)
_MONTH = "|".join(f"(?P<m{number}>{words})" for number, words in enumerate(_MONTHS, 1))
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_WHOLE_MONTH = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?:{_MONTH})\b\.?"
    rf"(?:\s+(?P<after>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:sq|km|square)))?(?:,?\s+{_YEAR})?",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(
    rf"\b(?:in|of|during|throughout|since|all\s+of|у|в|за|протягом|в\s+течение|с|з)\s+{_YEAR}\b",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(
    r"\b(?:last\s+year|торік|минулого\s+року|минулому\s+році|в\s+прошлом\s+году)\b", re.IGNORECASE
)
_ANY_YEAR_AT_ALL = 2023
_ANY_YEAR = re.compile(r"\b(20\d{2})\b")


# How far after words the period that they are said of may stand.
_NEAR = 70


@dataclass(frozen=True)
class Period:
    """Days that a sentence names, and the characters where it does.

    Where the year is not known, ``days`` are those of a year that is none of a leap year.
    """

    days: DateRange
    start: int
    end: int
    is_year_known: bool = True

    @property
    def length_days(self) -> int:
        """How many days it has."""
        return self.days.days


def find_periods(
    sentence: str, *, published: dt.date | None = None, year: int | None = None
) -> list[Period]:
    """Return the days, months and years that a sentence names, in their order.

    Parameters
    ----------
    sentence : str
        One sentence.
    published : datetime.date, optional
        The day of the report: a month without a year is the last one before it.
    year : int, optional
        The year named last before; it counts where ``published`` is not known.

    Examples
    --------
    >>> [str(p.days) for p in find_periods("gained 498 km in January 2025")]
    ['2025-01-01/2025-01-31']
    """
    found = []
    own = _ANY_YEAR.search(sentence)
    known = int(own[1]) if own else year
    for match in _WHOLE_MONTH.finditer(sentence):
        period = _month(match, published, known)
        found += [period] if period else []
    for match in _BARE_YEAR.finditer(sentence):
        if not any(period.end == match.end() for period in found):
            found.append(Period(parse_date_range(match["year"]), match.start(), match.end()))
    last = _LAST_YEAR.search(sentence)
    if last and published is not None:
        days = parse_date_range(str(published.year - 1))
        found.append(Period(days, last.start(), last.end()))
    return sorted(found, key=lambda period: period.start)


def period_of(start: int, end: int, periods: Sequence[Period]) -> Period | None:
    """Return the period that stands nearest to words of a sentence, those after them first."""
    after = [p for p in periods if 0 <= p.start - end <= _NEAR]
    before = [p for p in periods if start - p.end >= 0]
    return after[0] if after else before[-1] if before else periods[0] if periods else None


def days_of(start: int, end: int, periods: Sequence[Period]) -> DateRange | None:
    """Return the days of the nearest period; None where its year is not known."""
    period = period_of(start, end, periods)
    return period.days if period and period.is_year_known else None


def last_year_named(text: str) -> int | None:
    """Return the year that a text names last, None where it names none."""
    years = _ANY_YEAR.findall(text)
    return int(years[-1]) if years else None


def _month(match: re.Match[str], published: dt.date | None, known: int | None) -> Period | None:
    month = next(number for number in range(1, 13) if match[f"m{number}"])
    if match[0].casefold() in {"may", "march", "mar"} and not match[0][0].isupper():
        return None
    year = int(match["year"]) if match["year"] else _year_of(month, published, known)
    day = match["day"] or match["after"]
    text = f"{year or _ANY_YEAR_AT_ALL}-{month:02d}" + (f"-{int(day):02d}" if day else "")
    try:
        days = parse_date_range(text)
    except DateError:
        return None
    return Period(days, match.start(), match.end(), is_year_known=year is not None)


def _year_of(month: int, published: dt.date | None, known: int | None) -> int | None:
    if published is None:
        return known
    return published.year if month <= published.month else published.year - 1
