"""Paces of counted things: what a total of so many days, weeks or a year comes to each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.measuring.units import convert
from geoconflict.reading.counted import Counted
from geoconflict.reading.drafts import Draft
from geoconflict.reading.landtext import LandText
from geoconflict.reading.numerals import numerals
from geoconflict.reading.sums import draft_before, draft_of, unit_of

# A pace that is so many times another one is a pace of something else.
_FAR = 2.5
# So many times a stated throughput another one may be by the density of the oil and days of rest.
_DENSITY = 1.3
# Between a total and the time that it is of stand at most so many words, and no mark.
_WORDS, _MARK, _END = 4, re.compile(r"[,:;()]"), re.compile(r"[.;]\s")
# How a total is told of each of these, and in what the lexicon has it.
_EACH = {"day": "day_by_day", "week": "weekly", "month": "monthly", "year": "yearly"}
# Of a week that work fills, five or six days count.
_WEEK, _AT_WORK = 7, (5, 6)
# Months and years are not of so many days, and plants rest on some.
_UNEVEN = frozenset(("month", "year"))


class _PaceWords:
    """The patterns of totals over a time and of paces in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.numerals = numerals(words.language)
        each = "|".join(rf"(?P<{unit}>{any_of('sums', key)})" for unit, key in _EACH.items())
        spans = "|".join(rf"(?P<of_{unit}>{any_of('periods', unit)})" for unit in _EACH)
        self.span = Caseless(
            rf"(?<!\w)(?:{each}|{any_of('sums', 'over_span')}\s+"
            rf"(?:(?P<n>{self.numerals.pattern})\s+)?(?:{spans}))(?!\w)"
        )
        self.pace = Caseless(
            rf"\s+(?:(?P<hour>{any_of('periods', 'an_hour')})|{each})"
            rf"(?=\s*(?:[.,;:)]|$)|\s+{any_of('sums', 'over_span')}\s)"
        )
        # "million tons of crude a year".
        self.pace_of = Caseless(rf"(?:\s+[^\W\d]+){{0,2}}?{self.pace.pattern}")
        self.quick = words.pattern("sums", *_EACH.values())
        hedges = any_form(form for form in words.forms("hedges") if form != "plus")
        joints = any_form((*words.forms("links", "or", "that_is"), *words.forms("sums", "that_is")))
        lead = any_of("sums", "each_before")
        reach = any_of("links", "reach")
        told = rf"(?:{joints}|an?|of|in|{any_of('land', 'average')}|{lead}|{reach}|{hedges})"
        self.apposed = Caseless(rf"[^\S\n]*[,–—(:-][\s,–—(:-]*(?:{told}[\s,]+)*")


@cache
def _pace_words(language: str) -> _PaceWords:
    return _PaceWords(lexicon(language))


@dataclass(frozen=True)
class _Span:
    """A time that something is told of: so many days, weeks, months or years."""

    start: int
    end: int
    count: float
    unit: str
    is_of_calendar: bool = False


def read_paces(text: LandText, told: Sequence[Counted], own: Sequence[Draft]) -> Iterator[Draft]:
    """Yield "8.4 million tons a year, or 23,000 a day" as the one divided by the days.

    Parameters
    ----------
    text : LandText
        The sentence.
    told : sequence of Counted
        The numbers of things in it.
    own : sequence of Draft
        What else it states: a pace that is computed already is left.
    """
    words = _pace_words(text.passage.language)
    yield from _throughputs(text, told, words)
    done = [(d.start, d.end) for d in own if d.kind == "rate"]
    for total, each in pairwise(told):
        bare = words.pace.match(text.text, each.end)
        pace = bare or words.pace.match(text.text, each.stop)
        if pace is None or any(a <= each.start < b for a, b in done):
            continue
        unit = unit_of(total, each)
        span = _span(text, told, (total, each), words)
        is_same = bare is not None or each.kind == total.kind
        if unit is None or span is None or not is_same:
            continue
        per = str(pace.lastgroup)
        known = "h" if per == "hour" else per
        times = round(span.count * convert(1.0, span.unit, known), 2)
        if times <= 1 or not 1 / _FAR < total.value / times / each.value < _FAR:
            continue
        if times == _WEEK and any(round(total.value / n, 2) == each.value for n in _AT_WORK):
            continue
        counts = draft_of(text, total, unit), _times(text, span, times, known)
        yield from counts
        is_rough = span.unit in _UNEVEN and (span.unit, per) != ("year", "month")
        is_rough = is_rough or span.is_of_calendar
        hedge = each.hedge or ("about" if is_rough else None)
        fields = {"value_min": each.value, "unit": f"{unit}/{known}", "hedge": hedge}
        end = pace.end()
        yield Draft(text.passage.sentence, "share", each.start, end, *counts, fields=fields)


def _throughputs(text: LandText, told: Sequence[Counted], words: _PaceWords) -> Iterator[Draft]:
    """Yield "12 million tons a year, or 480,000 barrels a day" where the one is not the other.

    Oil is of many densities, and no year is all at work: what comes near says nothing.
    """
    for pair in pairwise(told):
        by_kind = {one.kind: one for one in pair}
        paces = [words.pace_of.match(text.text, one.stop) for one in pair]
        if set(by_kind) != {"tonnes", "barrels"} or None in paces:
            continue
        first, second = (match for match in paces if match)
        per = {one.kind: str(m.lastgroup) for one, m in zip(pair, (first, second), strict=True)}
        is_apposed = words.apposed.fullmatch(text.text, first.end(), pair[1].start)
        if per != {"tonnes": "year", "barrels": "day"} or is_apposed is None:
            continue
        days, each = convert(1.0, "year", "day"), by_kind["barrels"]
        total = convert(by_kind["tonnes"].value, "tonnes", "barrels")
        if not _DENSITY < max(total / days / each.value, each.value * days / total) < _FAR:
            continue
        span = _Span(first.end() - len(first[0].lstrip()), first.end(), 1.0, "year")
        counts = draft_before(text, total, span.start, "barrels"), _times(text, span, 365.0, "day")
        yield from counts
        fields = {"value_min": each.value, "unit": "barrels/day", "hedge": each.hedge or "about"}
        yield Draft(text.passage.sentence, "share", each.start, each.stop, *counts, fields=fields)


def speaks_of_paces(text: LandText) -> bool:
    """Return whether a sentence tells anything of each day, week, month or year."""
    return _pace_words(text.passage.language).quick.search(text.text) is not None


def _times(text: LandText, span: _Span, times: float, unit: str) -> Draft:
    fields = {"value_min": times, "unit": unit}
    return Draft(
        text.passage.sentence, "count", span.start, span.end, fields=fields, is_operand=True
    )


def _span(
    text: LandText, told: Sequence[Counted], pair: tuple[Counted, Counted], words: _PaceWords
) -> _Span | None:
    """Return the one time that a total is of, in its clause; None where that is not clear."""
    (total, each), words_of = pair, text.text
    since = max((m.end() for m in _END.finditer(words_of, 0, total.start)), default=0)
    spans = words.span.finditer(words_of, since, each.start)
    found = [s for m in spans if (s := _told(m, words))] or list(_months(text, since, each.start))
    if len(found) != 1:
        return None
    span = found[0]
    if any(span.end <= one.start < total.start for one in told):
        return None
    behind = max(total.stop, span.end)
    between = words_of[total.stop : span.start]
    is_beside = len(between.split()) <= _WORDS and not _MARK.search(between)
    is_apposed = words.apposed.fullmatch(words_of, behind, each.start) is not None
    return span if is_beside and is_apposed else None


def _months(text: LandText, start: int, stop: int) -> Iterator[_Span]:
    """Yield the months, quarters and the like that a stretch names, but for one not over yet."""
    today = text.memory.published
    for period in text.periods:
        days = period.days
        if not start <= period.start < stop or days is None or days.months is None:
            continue
        if period.role == "in" and not (today and days.start <= today < days.end):
            span = period.start, period.end
            yield _Span(*span, float(days.days), "day", is_of_calendar=True)


def _told(match: re.Match[str], words: _PaceWords) -> _Span | None:
    unit = next(u for u in _EACH if match[u] or match[f"of_{u}"])
    count = words.numerals.parse(match["n"]) if match["n"] else 1.0
    return _Span(*match.span(), count, unit) if count else None
