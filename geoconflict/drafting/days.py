"""When something happened, as a report words it: nights, weekdays, "two days earlier"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from geoconflict.drafting.tags import Tag, Tags
from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import any_form
from geoconflict.measuring.dates import DateRange

_DAY = dt.timedelta(1)
# A day without a year is the last one that is not so many days after the report.
_AHEAD = dt.timedelta(3)
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_SHORT = re.compile(r"(\d{1,2})\.(0[1-9]|1[0-2])(?![\d%]|[.,:]\d)")
# A day and a month in digits are so long before the report at most.
_LATELY = dt.timedelta(62)
_FIRST_YEAR = 2014
# From this hour on what is counted is a night's.
_EVENING = 17
# So near stand the words of one day, and so near those of the two days of a night.
_BESIDE, _GAP = 14, 30
_MONTH = dt.timedelta(31)


@dataclass(frozen=True)
class When:
    """Days that a sentence names, and the words that do.

    ``start`` and ``end`` are characters of the sentence; ``is_night`` tells a night of two days,
    ``is_told`` a day named by its date or weekday rather than "overnight" or "today".
    """

    start: int
    end: int
    days: DateRange
    rule: str
    is_night: bool = False
    is_told: bool = False
    is_same: bool = False


def find_days(tags: Tags, *, published: dt.date | None) -> list[When]:
    """Return the days that a sentence names, in their order.

    Parameters
    ----------
    tags : Tags
        The sentence.
    published : datetime.date, optional
        The day of the report; None where it is not known: then only full dates are read.
    """
    found = list(_dates(tags, published))
    if published is not None:
        found += _free(_named_too(_weekdays(tags, published), found), found)
        found += _free(_ago(tags, published), found)
        found += _free(_numbered(tags, published), found)
        found += _free(_words(tags, published), found)
        found += _free(_years(tags, published), found)
        found += _free(_months(tags, published), found)
    found = _since(tags, found, published)
    return _nights(tags, sorted(found, key=lambda when: when.start))


def _since(tags: Tags, found: list[When], published: dt.date | None) -> list[When]:
    """Return days with the evenings since which a night is counted: "з 19:30 8 жовтня"."""
    nights = [when.days for when in found if when.is_night and when.is_told]
    kept = []
    for when in found:
        clock = _Words.of(tags.language).since.search(tags.text[: when.start])
        is_evening = clock is not None and int(clock["hour"]) + 12 * bool(clock["pm"]) >= _EVENING
        is_past = published is not None and when.days.end < published
        if when.days.days > 1 or not (is_evening and is_past):
            kept.append(when)
        elif not any(night.start == when.days.start for night in nights):
            days = DateRange(when.days.start, when.days.start + _DAY)
            rule = "night of a date"
            kept.append(When(when.start, when.end, days, rule, is_night=True, is_told=True))
    return kept


def _named_too(weekdays: Iterator[When], dates: list[When]) -> Iterator[When]:
    """Yield weekdays without those that only say which one a date is: "13 April, Palm Sunday"."""
    for when in weekdays:
        beside = (d for d in dates if 0 <= when.start - d.end <= _BESIDE)
        day = when.days.end.isoweekday()
        if when.is_night or all(d.days.end.isoweekday() != day for d in beside):
            yield when


def _nights(tags: Tags, found: list[When]) -> list[When]:
    """Return days with those joined that tell one night: "from Friday evening to Saturday"."""
    told = [when for when in found if when.is_told]
    for first, last in pairwise(told):
        if _is_one_night(tags, first, last):
            days = DateRange(first.days.start, last.days.end)
            rule = "night of a date"
            night = When(first.start, last.end, days, rule, is_night=True, is_told=True)
            begin = first.start - _BESIDE
            others = [w for w in found if w.end <= begin or w.start >= last.end]
            return sorted([*others, night], key=lambda when: when.start)
    return found


def _is_one_night(tags: Tags, first: When, last: When) -> bool:
    gap = tags.text[first.end : last.start]
    is_next = first.days.days == last.days.days == 1 and last.days.start - first.days.end == _DAY
    if not is_next or len(gap) > _GAP or re.search(r"[.;:,]", gap):
        return False
    to = _Words.of(tags.language).to
    around = tags.text[max(0, first.start - _BESIDE) : last.start]
    is_evening = lexicon(tags.language).pattern("when", "evening").search(around) is not None
    return is_evening and any(to.fullmatch(f" {word} ") for word in gap.split())


def find_published(text: str, language: str) -> tuple[dt.date, int, int] | None:
    """Return the first full date at the head of a text with its characters, None where none is."""
    tags = Tags(text[:600], language)
    for when in sorted(_dates(tags, None), key=lambda one: one.start):
        if when.days.days == 1:
            return when.days.start, when.start, when.end
    return None


def _free(new: Iterator[When], found: list[When]) -> list[When]:
    return [w for w in new if not any(w.start < f.end and f.start < w.end for f in found)]


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = lexicon(language)
    months = any_form(words.months)
    day = rf"\d{{1,2}}{words.any_of('when', 'day_endings')}?"
    join = rf"\s*{words.any_of('when', 'to')}\s*"
    year = r"(?:,?\s+(?P<year>\d{4})(?!\d))?"
    first = (
        rf"(?P<d1>{day})(?:\s+(?P<m1>{months})\.?)?(?:{join}(?P<d2>{day}))?"
        rf"\s+(?:of\s+)?(?P<m2>{months})\.?{year}"
    )
    us = (
        rf"(?P<mu1>{months})\.?\s+(?P<du1>{day})"
        rf"(?:{join}(?:(?P<mu2>{months})\.?\s+)?(?P<du2>{day}))?(?:,?\s+(?P<yearu>\d{{4}})(?!\d))?"
    )
    return re.compile(rf"(?<![\w.]){first}(?!\w)|(?<!\w){us}(?!\w|:\d)", re.IGNORECASE)


def _dates(tags: Tags, published: dt.date | None) -> Iterator[When]:
    text = tags.text
    months = lexicon(tags.language).months
    for match in _NUMERIC.finditer(text):
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        yield from _single(match, year, int(match[2]), int(match[1]))
    for match in _ISO.finditer(text):
        yield from _single(match, int(match[1]), int(match[2]), int(match[3]))
    if published is not None:
        yield from _short(tags, published)
    for match in _pattern(tags.language).finditer(text):
        parts = match.groupdict()
        if parts["du1"]:
            names = (parts["mu1"], parts["mu2"] or parts["mu1"])
            numbers, year_text = (parts["du1"], parts["du2"]), parts["yearu"]
        else:
            names = (parts["m1"] or parts["m2"], parts["m2"])
            numbers, year_text = (parts["d1"], parts["d2"]), parts["year"]
        if year_text is None and published is None:
            continue
        last = _named(
            months,
            names[1] if numbers[1] else names[0],
            numbers[1] or numbers[0],
            year_text,
            published,
        )
        if last is None:
            continue
        first = _named(months, names[0], numbers[0], str(last.year), last) if numbers[1] else last
        if first is None or first > last:
            continue
        yield _dated(tags, match, first, last)


def _short(tags: Tags, published: dt.date) -> Iterator[When]:
    """Yield days without a year in digits: "on 12.03", "в ночь на 13.03"; no times of day."""
    words = _Words.of(tags.language)
    for match in _SHORT.finditer(tags.text):
        before = tags.text[: match.start()]
        if not words.dated.search(before) or words.clock.search(before):
            continue
        try:
            day = dt.date(published.year, int(match[2]), int(match[1]))
        except ValueError:
            continue
        day = day if day <= published + _DAY else day.replace(year=day.year - 1)
        if published - day <= _LATELY:
            yield _dated(tags, match, day, day)


def _numbered(tags: Tags, published: dt.date) -> Iterator[When]:
    """Yield days without their month: "в ночь на 16-е", "14-го днём", "on the 18th".

    "14-го полка" and "the 93rd brigade" are none: a day ends what is said, or a time of day
    follows.
    """
    words = lexicon(tags.language)
    endings, overnight = words.any_of("numbers", "day_endings"), words.any_of("days", "overnight")
    closed = rf"\s*(?:[,.;:)!?]|$)|\s+{words.any_of('when', 'numbered_end')}(?!\w)"
    ended = re.compile(closed, re.IGNORECASE)
    led = re.compile(rf"(?<!\w){overnight}\s+$", re.IGNORECASE)
    # "In the night of the 12th to the 13th": the second day ends it.
    joint = rf"(?:\d{{1,2}}{endings}?\s*{words.any_of('when', 'to')}\s*(?:the\s+)?)?"
    for match in re.finditer(rf"(?<![\w.,-]){joint}(\d{{1,2}}){endings}(?![\w-])", tags.text):
        before = tags.text[max(0, match.start() - 60) : match.start()]
        night = _Words.of(tags.language).night_of.search(before)
        day = published + _DAY
        while day.day != int(match[1]) and published - day < _MONTH:
            day -= _DAY
        if night and day.day == int(match[1]):
            at = match.start() - len(before) + night.start()
            days = DateRange(day - _DAY, day)
            yield When(at, match.end(), days, "night of a date", is_night=True, is_told=True)
        elif day.day == int(match[1]) and day <= published and ended.match(tags.text, match.end()):
            if found := led.search(before):
                at = match.start() - len(before) + found.start()
                days = DateRange(day - _DAY, day)
                yield When(at, match.end(), days, "night of a date", is_night=True, is_told=True)
            elif tags.text[match.end(1) : match.end()] in words.forms("when", "numbered"):
                yield When(*match.span(), DateRange(day, day), "date", is_told=True)


@dataclass(frozen=True)
class _Words:
    """The patterns of the words around days, in one language."""

    night_of: re.Pattern[str]
    night_after: re.Pattern[str]
    early: re.Pattern[str]
    late: re.Pattern[str]
    dated: re.Pattern[str]
    clock: re.Pattern[str]
    to: re.Pattern[str]
    ago: re.Pattern[str]
    year: re.Pattern[str]
    eve: re.Pattern[str]
    since: re.Pattern[str]

    @staticmethod
    @cache
    def of(language: str) -> _Words:
        """Return those of a language."""
        words = lexicon(language)

        def form(*keys: str) -> str:
            return rf"(?<!\w){words.any_of('when', *keys)}"

        hour = r"(?P<hour>\d{1,2})(?:[:.]\d\d)?\s*(?P<pm>p\.?m\.?)?"
        count = rf"(?P<n>\w+(?:['’]\w+)?)\s+(?P<unit>{words.any_of('when', 'days', 'weeks')})"
        sources = (
            rf"{form('night_of')}[,\s]\s*(?:the\s+)?$",
            rf"\s*{words.any_of('when', 'night_after')}(?!\w)",
            rf"{form('early')}(?!\w)",
            rf"{form('late')}\s+$",
            rf"{form('dated')}\s+$",
            rf"{form('clock')}\s+$",
            rf"(?:\s*{words.any_of('when', 'to')}\s+)?",
            rf"(?<!\w){count}\s+{words.any_of('when', 'ago')}(?!\w)",
            rf"{form('year_in')}\s+(20\d\d)(?:\s+{words.any_of('when', 'year')})?(?!\w)",
            rf"{form('eve')}(?!\w)",
            rf"{form('since')}\s+{hour}(?:\s+{words.any_of('when', 'on')})?\s+$",
        )
        return _Words(*(re.compile(source, re.IGNORECASE) for source in sources))


def _dated(tags: Tags, match: re.Match[str], first: dt.date, last: dt.date) -> When:
    text, start = tags.text, match.start()
    before = text[max(0, start - 60) : start]
    words = _Words.of(tags.language)
    night = words.night_of.search(before)
    after = words.night_after.match(text, match.end())
    early = words.early.search(before[-12:])
    if (night or after) and not early:
        at = start - len(before) + night.start() if night else start
        end = match.end() if night else after.end()  # type: ignore[union-attr] # one of both
        first = first if first < last else last - _DAY
        return When(at, end, DateRange(first, last), "night of a date", is_night=True, is_told=True)
    return When(start, match.end(), DateRange(first, last), "date", is_told=True)


def _single(match: re.Match[str], year: int, month: int, day: int) -> Iterator[When]:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return
    yield When(match.start(), match.end(), DateRange(found, found), "date", is_told=True)


def _named(
    months: object, name: str, number: str, year: str | None, published: dt.date | None
) -> dt.date | None:
    month = months[name.casefold().rstrip(".")] if name else 0  # type: ignore[index] # a mapping
    digits = re.match(r"\d+", number)
    try:
        if year is not None:
            return dt.date(int(year), month, int(digits[0]))  # type: ignore[index] # digits first
        day = dt.date(published.year, month, int(digits[0]))  # type: ignore[union-attr,index]
    except ValueError:
        return None
    return day if day <= published + _AHEAD else day.replace(year=day.year - 1)  # type: ignore[operator]


def _weekdays(tags: Tags, published: dt.date) -> Iterator[When]:
    words, told = lexicon(tags.language), _Words.of(tags.language)
    text, begun = tags.text, -1
    for match in words.weekday_pattern.finditer(text):
        number = words.weekdays[match[0].casefold().replace("’", "'")]
        day = published - _DAY * ((published.isoweekday() - number) % 7)
        start = max(0, match.start() - 60)
        night = told.night_of.search(text, start, match.start())
        begun = night.start() if night else begun
        joint = told.to.match(text, match.end())
        if night and joint and words.weekday_pattern.match(text, joint.end()):
            # "On the night of Sunday to Monday": the second day ends it.
            continue
        after = told.night_after.match(text, match.end())
        if begun >= 0:
            days = DateRange(day - _DAY, day)
            yield When(begun, match.end(), days, "night of a weekday", is_night=True, is_told=True)
        elif after and not told.late.search(text, start, match.start()):
            days = DateRange(day, day + _DAY) if day < published else DateRange(day - _DAY, day)
            yield When(
                match.start(), after.end(), days, "night of a weekday", is_night=True, is_told=True
            )
        else:
            yield When(match.start(), match.end(), DateRange(day, day), "weekday", is_told=True)
        begun = -1


def _ago(tags: Tags, published: dt.date) -> Iterator[When]:
    values = lexicon(tags.language).values("numbers", "units")
    weeks = lexicon(tags.language).pattern("when", "weeks")
    for match in _Words.of(tags.language).ago.finditer(tags.text):
        word = match["n"].casefold()
        count = int(word) if word.isdigit() else values.get(word)
        if count is None or not 0 < count < 400:
            continue
        is_week = weeks.fullmatch(match["unit"]) is not None
        day = published - _DAY * int(count) * (7 if is_week else 1)
        yield When(match.start(), match.end(), DateRange(day, day), "days ago", is_told=True)


def _is_within(tag: Tag, other: Tag) -> bool:
    """Return whether words are part of longer ones: "доби" of "від початку доби"."""
    length = other.end - other.start
    return tag.is_over(other) and tag.end - tag.start < length and other.concept in _SHIFTS


def _years(tags: Tags, published: dt.date) -> Iterator[When]:
    """Yield whole years and the last night of one: "in all of 2024", "on New Year's Eve"."""
    words = _Words.of(tags.language)
    for match in words.eve.finditer(tags.text):
        eve = dt.date(published.year - 1, 12, 31)
        days = DateRange(eve, eve + _DAY)
        yield When(*match.span(), days, "night of a date", is_night=True, is_told=True)
    for match in words.year.finditer(tags.text):
        year = int(match[1])
        if _FIRST_YEAR <= year <= published.year:
            last = min(dt.date(year, 12, 31), published)
            yield When(*match.span(), DateRange(dt.date(year, 1, 1), last), "year", is_told=True)


def _months(tags: Tags, published: dt.date) -> Iterator[When]:
    """Yield months without a day: "in January 2025", "у листопаді"; the last one not to come."""
    words = lexicon(tags.language)
    named = rf"(?P<month>{any_form(words.months)})(?:\s+(?P<year>20\d\d))?"
    pattern = rf"(?<!\w){words.any_of('time', 'in')}\s+{named}(?![\w.-])"
    for match in re.finditer(pattern, tags.text, re.IGNORECASE):
        month = words.months[match["month"].casefold()]
        year = int(match["year"] or published.year - (month > published.month))
        first = dt.date(year, month, 1)
        last = min((first + 31 * _DAY).replace(day=1) - _DAY, published)
        if first <= last:
            yield When(*match.span(), DateRange(first, last), "month", is_told=True)


_SHIFTS = {"yesterday": 1, "day_before": 1, "before_yesterday": 2, "today": 0}


def _words(tags: Tags, published: dt.date) -> Iterator[When]:
    told = tags.of("days")
    for tag in told:
        is_again = tag.concept == "overnight" and any(
            tag.is_over(other) and other.concept == "same" for other in told
        )
        if is_again or any(_is_within(tag, other) for other in told):
            continue
        if tag.concept == "same":
            days = DateRange(published, published)
            yield When(tag.start, tag.end, days, "the same day", is_same=True)
        elif tag.concept == "overnight":
            days = DateRange(published - _DAY, published)
            yield When(tag.start, tag.end, days, "overnight", is_night=True)
        elif tag.concept in _SHIFTS:
            day = published - _DAY * _SHIFTS[tag.concept]
            yield When(tag.start, tag.end, DateRange(day, day), tag.concept.replace("_", " "))
        elif tag.concept == "past_day":
            yield When(tag.start, tag.end, DateRange(published - _DAY, published), "the past day")
        elif tag.concept == "past_week":
            yield When(
                tag.start, tag.end, DateRange(published - 7 * _DAY, published), "the past week"
            )
