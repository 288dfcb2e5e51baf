"""The days that a sentence speaks of: "in January 2025", "from July 1 to 30"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from geoconflict.lexicon import LEVELLED
from geoconflict.measuring.dates import DateRange
from geoconflict.reading.timewords import TimeWords, time_words
from geoconflict.reading.yearparts import part_of, year_of_part

# Any year that is no leap year, for months whose year is not known.
_NO_YEAR = 2023
_YEARS = range(2013, 2050)
# Months so near in the calendar are taken to be of one year.
_SAME_YEAR = 4
_MONTH_DAYS, _DAYS = 31, {"day": 1, "week": 7, "month": 30, "year": 365}
_ANY_YEAR = re.compile(r"(?<![\d.,])(20[12]\d)(?![\d,.]?\d)")


@dataclass(frozen=True)
class Period:
    """Days that a sentence names, and the characters where it does.

    Parameters
    ----------
    days : DateRange or None
        None where only a length is told; where the year is not known, days of a year that is
        none of a leap year.
    start, end : int
        Characters of the sentence, the words that lead to it included.
    role : str
        ``in``, ``since``, ``than`` (only compared with), ``before`` (only a limit) or ``said``
        (when it was said).
    is_year_known : bool
        Whether its year is told or follows from the day of the report.
    told_days : int or None
        How long it is where only that is told: "in ten days".
    """

    days: DateRange | None
    start: int
    end: int
    role: str = "in"
    is_year_known: bool = True
    told_days: int | None = None

    @property
    def length_days(self) -> int | None:
        """How many days it has; None where that is not known."""
        return self.days.days if self.days else self.told_days


_Finder = Callable[[str, "TimeWords", "_Clock"], Iterator[Period]]


@dataclass(frozen=True)
class _Clock:
    """What a period without a year or day is told by."""

    published: dt.date | None
    year: int | None

    def year_of(self, month: int, day: int | None = None) -> int | None:
        """Return the year of a month: that of the last one before the report."""
        if self.published is None:
            return self.year
        at = (month, day or 1)
        is_past = at <= (self.published.month, self.published.day)
        return self.published.year if is_past else self.published.year - 1


def find_periods(
    sentence: str,
    *,
    language: str = "en",
    published: dt.date | None = None,
    year: int | None = None,
) -> list[Period]:
    """Return the days, months, years and lengths that a sentence names, in their order.

    Parameters
    ----------
    sentence : str
        One sentence.
    language : str
        Whose words it is read by.
    published : datetime.date, optional
        The day of the report: a month without a year is the last one before it.
    year : int, optional
        The year named last before; it counts where ``published`` is not known.

    Examples
    --------
    >>> [str(p.days) for p in find_periods("gained 498 km in January 2025")]
    ['2025-01-01/2025-01-31']
    >>> [str(p.days) for p in find_periods("From July 1 to July 30, 2024, it took 198")]
    ['2024-07-01/2024-07-30']
    """
    words = time_words(language)
    own = _ANY_YEAR.search(sentence)
    clock = _Clock(published, int(own[1]) if own else year)
    found: list[Period] = []
    for find in _finders(sentence, words):
        for period in find(sentence, words, clock):
            if not any(period.start < p.end and p.start < period.end for p in found):
                found.append(period)
    found = [period for period in found if not _is_month_of_days(sentence, period, found, words)]
    if published is None:
        found = [_without_other_year(sentence, period, found) for period in found]
    return [_with_role(sentence, p, words, clock) for p in sorted(found, key=lambda p: p.start)]


def _is_month_of_days(
    sentence: str, period: Period, found: Sequence[Period], words: TimeWords
) -> bool:
    """Return whether only some days of a month are meant: "in 20 days of November"."""
    lengths = [p for p in found if p.days is None and p.told_days and p.end < period.start]
    of = words.words.forms("links", "of")
    gaps = (sentence[p.end : period.start].strip().casefold() for p in lengths)
    return period.days is not None and any(gap in ("", *of) for gap in gaps)


def _without_other_year(sentence: str, period: Period, found: Sequence[Period]) -> Period:
    """Return a month without the year that only another one is told with, where it may differ.

    "325 in January, the least since August 2024" is of 2025 as well as of 2024.
    """
    dated = [p for p in found if _ANY_YEAR.search(sentence, p.start, p.end) and p.days]
    is_bare = period not in dated and period.days is not None and period.is_year_known
    months = [p.days.start.month for p in dated if p.days]
    if not is_bare or not months or period.days is None:
        return period
    apart = abs(period.days.start.month - months[0])
    if apart <= _SAME_YEAR or not _MONTH_DAYS - 3 <= period.days.days <= _MONTH_DAYS:
        return period
    whole = DateRange.of_month(_NO_YEAR, period.days.start.month)
    return replace(period, days=whole, is_year_known=False)


def _finders(sentence: str, words: TimeWords) -> Iterator[_Finder]:
    """Yield what can find a period in a sentence at all."""
    has_month = words.has_month.search(sentence) is not None
    if not has_month and words.has_time.search(sentence) is None:
        return
    yield from (f for f in _FINDERS if has_month or f not in _OF_MONTHS)


def _with_role(sentence: str, period: Period, words: TimeWords, clock: _Clock) -> Period:
    """Return a period with what the words before it make of it."""
    before = sentence[max(0, period.start - 40) : period.start]
    if period.length_days == 1 and words.said.search(before):
        return replace(period, role="said")
    role = next((name for name, p in words.roles.items() if p.search(before)), period.role)
    head = sentence[max(0, period.start - 60) : period.start]
    if role == "than" and words.roles["since"].search(before):
        # "their smallest since August" only compares; "since August they took" lasts.
        role = "than" if words.superlative.search(head) else "since"
    elif role == "since" and words.most_since.search(before):
        role = "than"
    lead = words.lead.search(before)
    start = period.start - (len(before) - lead.start()) if lead else period.start
    days = period.days
    if role == "since" and days is not None:
        last = clock.published if period.is_year_known else None
        days = DateRange(days.start, max(days.start, last)) if last else None
    return replace(period, role=role, start=start, days=days)


def last_year_named(text: str) -> int | None:
    """Return the year that a text names last, None where it names none."""
    years = _ANY_YEAR.findall(text)
    return int(years[-1]) if years else None


def find_dateline(text: str, *, language: str = "en") -> dt.date | None:
    r"""Return the day that the head of a report bears, None where it bears none.

    Examples
    --------
    >>> find_dateline("February 3, 2025\n\\nSince February 2022 Russia has advanced.")
    datetime.date(2025, 2, 3)
    """
    words = time_words(language)
    for line in text[:600].splitlines()[:8]:
        match = words.date.search(line)
        if match is not None and match["year1"]:
            days = _one_day(match, 1, words, _Clock(None, None))
            if days is not None and match.start() <= 60:
                return days.days.start if days.days else None
    return None


# Finders, the longest forms first: each yields periods of one form.


def _day_ranges(sentence: str, words: TimeWords, clock: _Clock) -> Iterator[Period]:
    for pattern in (words.days, words.days_us):
        for match in pattern.finditer(sentence):
            month = words.months[_form(match["month"])]
            year = _year(match["year"], clock, month, _number(match["second"]))
            span = _span(year, (month, _number(match["first"])), (month, _number(match["second"])))
            if span is not None:
                yield Period(span, *match.span(), is_year_known=year is not None)
    for match in words.dates.finditer(sentence):
        first, second = _one_day(match, 1, words, clock), _one_day(match, 2, words, clock)
        if first and second and first.days and second.days:
            start, end = first.days.start, second.days.end
            if not match["year1"] and match["year2"]:
                start = start.replace(year=end.year)
            start = start.replace(year=start.year - 1) if start > end else start
            yield Period(DateRange(start, end), *match.span(), is_year_known=second.is_year_known)


def _month_ranges(sentence: str, words: TimeWords, clock: _Clock) -> Iterator[Period]:
    for match in words.months_range.finditer(sentence):
        first, second = (words.months.get(_form(match[f"whole{n}"])) for n in (1, 2))
        joint = sentence[match.end("whole1") : match.start("whole2")]
        is_list = words.link.search(joint) and not words.between.fullmatch(match["lead"] or "")
        if not first or not second or is_list or _is_other_word(match, "whole1", words):
            continue
        year = _year(match["year2"], clock, second)
        begin = int(match["year1"]) if match["year1"] else None
        known = year if year is not None else _NO_YEAR + 1
        begin = begin or (known if first <= second else known - 1)
        days = DateRange(dt.date(begin, first, 1), DateRange.of_month(known, second).end)
        yield Period(days, *match.span(), is_year_known=year is not None)


def _dates(sentence: str, words: TimeWords, clock: _Clock) -> Iterator[Period]:
    for match in words.date.finditer(sentence):
        found = _one_day(match, 1, words, clock)
        if found is not None:
            yield found


def _one_day(match: re.Match[str], n: int, words: TimeWords, clock: _Clock) -> Period | None:
    name = match[f"mon{n}"] or match[f"monb{n}"]
    month = words.months[_form(name)]
    day = _number(match[f"dm{n}"] or match[f"md{n}"])
    year = _year(match[f"year{n}"], clock, month, day)
    span = _span(year, (month, day), (month, day))
    return Period(span, *match.span(), is_year_known=year is not None) if span else None


def _parts(sentence: str, words: TimeWords, clock: _Clock) -> Iterator[Period]:
    for match in words.part.finditer(sentence):
        n = next((n for form, n in words.ordinals if form.fullmatch(match["ordinal"])), 0)
        month = words.months.get(_form(match["month"])) if match["month"] else None
        if month is not None:
            year = _year(match["year"], clock, month)
            whole = DateRange.of_month(year or _NO_YEAR, month)
        elif match["half"] or match["quarter"]:
            year = int(match["year"]) if match["year"] else _year_of_part(match, n, clock)
            if year is None:
                continue
            whole = DateRange(dt.date(year, 1, 1), dt.date(year, 12, 31))
        else:
            continue
        yield Period(part_of(whole, match, n), *match.span(), is_year_known=year is not None)


def _year_of_part(match: re.Match[str], n: int, clock: _Clock) -> int | None:
    return year_of_part(match, n, clock.published) if clock.published else clock.year


def _starts(sentence: str, words: TimeWords, clock: _Clock) -> Iterator[Period]:
    for match in words.start_of.finditer(sentence):
        month = words.months[_form(match["month"])] if match["month"] else 1
        year = int(match["year"]) if match["year"] else clock.year_of(month)
        last = clock.published
        if year is not None and last is not None and dt.date(year, month, 1) <= last:
            days = DateRange(dt.date(year, month, 1), last)
            yield Period(days, *match.span())


def _months(sentence: str, words: TimeWords, clock: _Clock) -> Iterator[Period]:
    for match in words.month.finditer(sentence):
        if _is_other_word(match, "whole1", words):
            continue
        month = words.months[_form(match["whole1"])]
        year = _year(match["year1"], clock, month)
        yield Period(
            DateRange.of_month(year or _NO_YEAR, month),
            *match.span(),
            is_year_known=year is not None,
        )


def _is_other_word(match: re.Match[str], group: str, words: TimeWords) -> bool:
    """Return whether a form is no month here: "may", or a month cut short without a full stop."""
    text = match[group]
    if text.casefold() in words.capital:
        return not text[0].isupper() or (text == "May" and match.start() == 0)
    return text.casefold() in words.short and not match[0].rstrip().endswith(".")


def _seasons(sentence: str, words: TimeWords, clock: _Clock) -> Iterator[Period]:
    for pattern, (first, last) in words.seasons:
        for match in pattern.finditer(sentence):
            year = _year(match["year"], clock, last)
            known = year or _NO_YEAR
            begin = known - 1 if first > last else known
            days = DateRange(dt.date(begin, first, 1), DateRange.of_month(known, last).end)
            yield Period(days, *match.span(), is_year_known=year is not None)


def _years(sentence: str, words: TimeWords, _: _Clock) -> Iterator[Period]:
    for match in words.year.finditer(sentence):
        year = int(match["year"])
        if year in _YEARS:
            yield Period(DateRange(dt.date(year, 1, 1), dt.date(year, 12, 31)), *match.span())


def _relative(sentence: str, words: TimeWords, clock: _Clock) -> Iterator[Period]:
    for match in words.relative.finditer(sentence):
        unit = next((name for name in _DAYS if match[name]), "year")
        days = None
        if clock.published is not None:
            days = _relative_days(clock.published, unit, is_this=bool(match["this"]))
        told_days = _DAYS[unit] if match["last"] and unit == "week" else None
        yield Period(days, *match.span(), is_year_known=days is not None, told_days=told_days)


def _relative_days(today: dt.date, unit: str, *, is_this: bool) -> DateRange | None:
    """Return the days of this, or the last, month or year; None for what is not so clear."""
    if unit == "year":
        year = today.year if is_this else today.year - 1
        return DateRange(dt.date(year, 1, 1), today if is_this else dt.date(year, 12, 31))
    if unit == "month":
        first = today.replace(day=1)
        if is_this:
            return DateRange(first, today)
        before = first - dt.timedelta(days=1)
        return DateRange.of_month(before.year, before.month)
    return None


def _lengths(sentence: str, words: TimeWords, _: _Clock) -> Iterator[Period]:
    for match in words.length.finditer(sentence):
        if match["number"].casefold() in {"a", "an"}:
            continue
        value = words.numerals.parse(match["number"])
        unit = next((name for name in _DAYS if match[name]), "day")
        if value is not None and 1 < value * _DAYS[unit] < 3000:
            yield Period(None, *match.span(), told_days=round(value * _DAYS[unit]))
    for match in words.whole.finditer(sentence):
        unit = next(name for name in ("day", "week", "year") if match[name])
        yield Period(None, *match.span(), told_days=_DAYS[unit])


_FINDERS = (
    _day_ranges,
    _month_ranges,
    _starts,
    _parts,
    _dates,
    _months,
    _seasons,
    _relative,
    _lengths,
    _years,
)


# These need the name of a month.
_OF_MONTHS = frozenset((_day_ranges, _month_ranges, _dates, _months))


def _form(text: str) -> str:
    """Return the form of a month that a text is, as the lexicon has it."""
    return text.casefold().translate(LEVELLED)


def _number(text: str | None) -> int:
    digits = re.match(r"\d+", text or "")
    return int(digits[0]) if digits else 0


def _year(text: str | None, clock: _Clock, month: int, day: int | None = None) -> int | None:
    return int(text) if text else clock.year_of(month, day)


def _span(year: int | None, first: tuple[int, int], last: tuple[int, int]) -> DateRange | None:
    """Return the days between two days of a year, None where one of them does not exist."""
    known = year or _NO_YEAR
    try:
        return DateRange(dt.date(known, *first), dt.date(known, *last))
    except ValueError:
        return None
