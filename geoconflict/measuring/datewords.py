"""The days of cells and names as people write them: each form read as what it says, no more.

Months, days of the week and words such as "night of" stand in the lexicon. A day that can be
read as day/month and as month/day is asked about, never guessed. A time with a zone is kept, so
that the day can be told where the thing happened.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from geoconflict.errors import DateError
from geoconflict.lexicon import any_word, form_pattern, lexicons
from geoconflict.measuring.dates import DateRange

Order = Literal["dmy", "mdy"]
ORDERS: dict[str, str] = {"dmy": "day/month", "mdy": "month/day"}
KYIV = ZoneInfo("Europe/Kyiv")
# No report that is read here is older; numbers that stand for days must lie between.
_FIRST, _LAST = dt.date(2014, 1, 1), dt.date(2035, 12, 31)
# Two digits that are a year in most reports.
_WAR_YEARS = range(22, 36)
_EXCEL_START = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet has no zone
_EXPECTED = "a day such as 2024-02-16, 16 February 2024, 20240216 or 16.02.2024"
_LONGEST = 100
_MOST_WORDS = 8

# A clock before or after the day, with its zone.
_ZONES = {"z": 0, "utc": 0, "gmt": 0, "eet": 120, "eest": 180, "msk": 180, "cet": 60}
_ZONES |= {name: int(n) for one in lexicons() for name, n in one.values("dates", "zones").items()}
_ZONE = (
    r"(?:\s*\(?(?:(?:utc|gmt)?\s*([+-])(\d{1,2})(?::?(\d{2}))?"
    rf"|({'|'.join(sorted(_ZONES, key=len, reverse=True))}))\)?(?!\w))?"
)
_CLOCK = re.compile(
    r"(?:(?<=\d)t|(?<![\d.:])(?<![-/]))\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?![\d:])"
    rf"\s*([ap])?(?(4)\.?m\.?(?!\w)){_ZONE}"
)
_HOURS = re.compile(rf"(?<=\d)t(\d{{2}})(\d{{2}})(\d{{2}})?{_ZONE}")
# Day, clock, zone, month and year as armies write them in one: 141830ZMAR25.
_GROUP = re.compile(r"(?<!\d)(\d\d) ?(\d\d)(\d\d) ?(z) ?([a-z]{3}) ?(\d\d|20\d\d)$")
_COMMENT = re.compile(r"\s*\((?:eastern european[^()]*|[a-z]{3,5}|moscow[^()]*|gmt[^()]*)\)$")
_NUMBER_ENDS = any_word("numbers", "day_endings")
_NUMBER_END = re.compile(rf"(?<=\d)-?{_NUMBER_ENDS}(?!\w)")
_MONTH, _DAY = r"m(\d\d)", r"(\d{1,2})"
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {name: number for number, name in enumerate(_ROMANS, 1)}


class AmbiguousDayError(DateError):
    """A day that can be read as day/month and as month/day."""


@dataclass(frozen=True)
class When:
    """The days that a text names, whether it says them exactly, and the time of day it gives.

    ``clock`` is naive where no zone is said; None where there is no time of day.
    """

    days: DateRange
    exact: bool = True
    clock: dt.datetime | None = None

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
        a spreadsheet, a span of two days, a night, a month or a year.
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
    if len(text) > _LONGEST:
        raise _no_day(text)
    return _read(text, order, year)


@lru_cache(maxsize=8192)
def _read(text: str, order: Order | None, year: int | None) -> When:
    return _standard(text) or _number(text.strip()) or _written(text, order, year)


def _standard(text: str) -> When | None:
    """Return what ISO 8601 says as most tables have it; whatever else is left to others."""
    if not _ISO.fullmatch(text):
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    day = moment.date()
    return When(DateRange(day, day), clock=None if _is_day_alone(moment) else moment)


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
    days = read_when(text, order=order).days
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


def shown_order(texts: Iterable[str]) -> Order | None:
    """Return what stands first in days with slashes, None where nothing or both ways show it."""
    found: set[Order] = set()
    for first, second in _pairs(texts):
        found |= {"dmy"} if first > 12 else {"mdy"} if second > 12 else set()
    return found.pop() if len(found) == 1 else None


def is_ambiguous(texts: Iterable[str]) -> bool:
    """Return whether one of these texts reads as another day the other way round."""
    return any(first <= 12 and second <= 12 and first != second for first, second in _pairs(texts))


def around(day: dt.date, *, days: int) -> DateRange:
    """Return the span that reaches as many days before and after."""
    return DateRange(day - dt.timedelta(days), day + dt.timedelta(days))


def _pairs(texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    return (pair for text in texts if (pair := _pair(text)))


@lru_cache(maxsize=8192)
def _pair(text: str) -> tuple[int, int] | None:
    """Return the two numbers of a day that can be read either way."""
    if len(text) > _LONGEST or _ISO.match(text):
        return None
    match = _EITHER.match(_canonical(_clockless(text)[0]))
    return (int(match.group(1)), int(match.group(3))) if match else None


def _no_day(text: str) -> DateError:
    return DateError(f"{text[:_LONGEST]!r} is not {_EXPECTED}")


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
    rest, clock, zone = _clockless(text)
    plain = _canonical(rest)
    if year and _YEARLESS.search(plain) and not re.search(r"\d{3}", plain):
        mark = "/" if "/" in plain else " " if _MONTH_NAMED.search(plain) else "."
        plain = f"{plain}{mark}{year}"
    when = _spelled(plain, text, order)
    if clock is None or when.days.days > 1:
        return when
    moment = dt.datetime.combine(when.days.start, clock, zone)
    return when if _is_day_alone(moment) else replace(when, clock=moment)


def _clockless(text: str) -> tuple[str, dt.time | None, dt.tzinfo | None]:
    """Return a text without its time of day, the time, and its zone where it says one."""
    plain = " ".join(text.replace("\xa0", " ").casefold().split())
    plain = _GROUP.sub(r"\1 \5 \6 \2:\3\4", _COMMENT.sub("", plain))
    match = _CLOCK.search(plain)
    if match is None:
        match = _HOURS.search(plain)
        if match is None:
            return plain, None, None
        hour, minute, second = (int(g or 0) for g in match.groups()[:3])
        zone = match.groups()[3:]
    else:
        hour, minute, second = (int(g or 0) for g in match.groups()[:3])
        half, zone = match.group(4), match.groups()[4:]
        is_late = half == "p" or any(
            one.pattern("dates", "evening").search(plain) for one in lexicons()
        )
        if half or (is_late and hour < 12):
            hour = hour % 12 + (12 if is_late else 0)
    if hour > 23 or minute > 59 or second > 59:
        message = f"{text!r} holds a time of day that there is not"
        raise DateError(message)
    rest = f"{plain[: match.start()]} {plain[match.end() :]}"
    return rest, dt.time(hour, minute, second), _zone(zone)


def _zone(groups: Sequence[str | None]) -> dt.tzinfo | None:
    sign, hours, minutes, name = groups
    if name:
        return dt.timezone(dt.timedelta(minutes=_ZONES[name]))
    if not sign or int(hours or 0) > 14:
        return None
    offset = dt.timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return dt.timezone(-offset if sign == "-" else offset)


def _canonical(text: str) -> str:
    """Return a text with months as m01, dashes and spaces alike, without words that say nothing."""
    text = re.sub(r"[‐‑‒–—−]", "-", text.casefold()).replace("(", " ").replace(")", " ")
    text = re.sub(r"(?<!\d)(\d{4})(?=[^\W\d_])", r"\1 ", text)
    text = re.sub(r"(?<=\d)\. (?=\d)", ".", _NUMBER_END.sub("", text))
    text = _months().sub(lambda m: f" m{_month_number(m.group())} ", text)
    text = re.sub(r"(?<=\d)([./ -])(x?i{1,3}|i?v|vi{1,3}|i?x|xii?)\1(?=\d{2})", _from_roman, text)
    text = _fillers().sub(" ", text)
    text = re.sub(r"(?<!\d)[.,']|[,](?!\d)|,(?=\d{4})|[.,](?!\S)", " ", text)
    return re.sub(r"\s*([-/])\s*", r"\1", " ".join(text.split()))


def _from_roman(match: re.Match[str]) -> str:
    return f" m{_ROMAN[match.group(2)]:02} "


@cache
def _month_forms() -> dict[str, int]:
    return {form.casefold(): n for one in lexicons() for form, n in one.months.items()}


def _month_number(form: str) -> str:
    return f"{_month_forms()[form.rstrip('.')]:02}"


@cache
def _months() -> re.Pattern[str]:
    forms = sorted(_month_forms(), key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, forms))})(?![^\W\d_])\.?")


@cache
def _fillers() -> re.Pattern[str]:
    words = {
        form for one in lexicons() for form in one.forms("dates", "fillers", "local", "evening")
    }
    words |= {form for one in lexicons() for form in one.weekdays}
    words |= {day[:3] for day in words if day.isascii() and day.endswith("day")} | {"tues", "thurs"}
    words |= {form for one in lexicons() for form in one.forms("weekdays", "short")}
    forms = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(form_pattern, forms))})(?![^\W_])\.?")


@cache
def _starts(concept: str) -> re.Pattern[str]:
    forms = {form for one in lexicons() for form in one.forms("dates", concept)}
    # Fillers among the words are gone from the text by now.
    plain = {" ".join(_fillers().sub(" ", form).split()) or form for form in forms} | forms
    ordered = sorted(plain, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(form_pattern, ordered))})(?!\w)\.?-?\s*")


_ISO = re.compile(
    r"\d{4}-(?:\d\d-\d\d|W\d\d-\d)(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-](?:0\d|1[0-4]):?\d\d)?)?",
    re.ASCII,
)
_EITHER = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})")
_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_SOLID = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\.0)?")
_SHORT_SOLID = re.compile(r"(\d{2})(\d{2})(\d{2})(?:_\d{4})?")
_MONTH_NAMED = re.compile(_MONTH)
_YEARLESS = re.compile(rf"(?<![\d./])\d{{1,2}}[./]\d{{1,2}}$|{_MONTH}(?: {_DAY})?$")
_DAY_MONTH = re.compile(rf"{_DAY}[ ./-]*{_MONTH}[ ./-]*(\d{{4}}|\d{{2}})")
_MONTH_DAY = re.compile(rf"{_MONTH}[ ./-]*{_DAY}[ ,./-]+(\d{{4}})")
_YEAR_MONTH_DAY = re.compile(rf"(\d{{4}})[ ./-]*{_MONTH}[ ./-]*{_DAY}")
_MONTHS = (
    (re.compile(r"(\d{4})[-/.](\d{2})"), (1, 2)),
    (re.compile(r"(\d{2})[./-](\d{4})"), (2, 1)),
    (re.compile(rf"{_MONTH}[ ./-]*(\d{{4}})"), (2, 1)),
    (re.compile(rf"(\d{{4}})[ ./-]*{_MONTH}"), (1, 2)),
)


def _one(plain: str, text: str, order: Order | None) -> When | None:
    """Return the day, month or year that the whole of a text is, None where it is none."""
    parts = _parts(plain, text, order)
    if parts:
        how = f", read as {ORDERS[order]}" if order and _EITHER.fullmatch(plain) else ""
        day = _day(text, parts, how=how)
        return When(DateRange(day, day))
    for pattern, (year, month) in _MONTHS:
        match = pattern.fullmatch(plain)
        if match and 1 <= int(match.group(month)) <= 12 and int(match.group(year)):
            return When(_month(int(match.group(year)), int(match.group(month))), exact=False)
    if re.fullmatch(r"20\d\d", plain):
        year = int(plain)
        return When(DateRange(dt.date(year, 1, 1), dt.date(year, 12, 31)), exact=False)
    return None


def _parts(plain: str, text: str, order: Order | None) -> tuple[int, int, int] | None:
    """Return year, month and day of a text that names one day."""
    for pattern, (year, month, day) in (
        (_YEAR_FIRST, (1, 3, 4)),
        (_SOLID, (1, 2, 3)),
        (_DOTS, (3, 2, 1)),
        (_DAY_MONTH, (3, 2, 1)),
        (_MONTH_DAY, (3, 1, 2)),
        (_YEAR_MONTH_DAY, (1, 2, 3)),
    ):
        match = pattern.fullmatch(plain)
        if match:
            return int(match.group(year)), int(match.group(month)), int(match.group(day))
    match = _SHORT_SOLID.fullmatch(plain)
    if match:
        return _short(*map(int, match.groups()), text=text)
    match = _EITHER.fullmatch(plain)
    return _either(match, text, order) if match else None


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


def _month(year: int, month: int) -> DateRange:
    last = calendar.monthrange(year, month)[1]
    return DateRange(dt.date(year, month, 1), dt.date(year, month, last))


def _spelled(plain: str, text: str, order: Order | None) -> When:
    """Return what a canonical text says, with words before the day."""
    about = _starts("about").match(plain)
    if about:
        return replace(_spelled(plain[about.end() :], text, order), exact=False)
    for concept in ("into", "night", "early", "middle", "late"):
        match = _starts(concept).match(plain)
        if match and match.end() < len(plain):
            # "From 13 to 14" is "13 14" once the words that say nothing are gone.
            rest = re.sub(
                rf"^({_DAY}) (?=\d{{1,2}}\b)|^({_DAY} {_MONTH}) (?={_DAY} {_MONTH})",
                lambda m: f"{m.group().strip()}-",
                plain[match.end() :],
            )
            inner = _spanned(rest, text, order)
            return _part_of(concept, inner, text)
    return _spanned(plain, text, order)


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
    cuts = {"early": (0, 9), "middle": (10, 19), "late": (20, 31)}[concept]
    first, last = start + cuts[0] * day, min(start + cuts[1] * day, end)
    return When(DateRange(first, last), exact=False)


def _spanned(plain: str, text: str, order: Order | None) -> When:
    whole = _one(plain, text, order)
    if whole:
        return whole
    for match in _betweens().finditer(plain):
        found = _between(plain[: match.start()].strip(), plain[match.end() :].strip(), text, order)
        if found:
            return found
    raise _no_day(text)


@cache
def _betweens() -> re.Pattern[str]:
    words = {form for one in lexicons() for form in one.forms("dates", "to")}
    spelled = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"-|/|\.{{2,3}}|…| (?:{spelled}|&) ")


def _between(left: str, right: str, text: str, order: Order | None) -> When | None:
    """Return the span between two texts, the first of which may lack month and year."""
    match = re.fullmatch(rf"{_MONTH} {_DAY}", left)
    tail = re.fullmatch(rf"{_DAY}[ ,]+(\d{{4}})", right)
    if match and tail:
        right = f"{tail.group(1)} m{match.group(1)} {tail.group(2)}"
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
    match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.?", left)
    if match:
        yield f"{match.group(1)}.{match.group(2)}.{end.year}"
    match = re.fullmatch(rf"{_DAY} ?{_MONTH}|{_MONTH} ?{_DAY}|{_MONTH}", left)
    if match:
        yield f"{left} {end.year}"
