"""Averages: what a total comes to each day or week of a time that is named apart from the pace."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

from geoconflict.lexicon import Caseless, Lexicon, lexicon
from geoconflict.measuring.units import convert
from geoconflict.reading.drafts import Draft
from geoconflict.reading.landtext import LandText
from geoconflict.reading.numerals import numerals
from geoconflict.reading.operands import (
    Operand,
    are_alike,
    are_taken,
    drafted,
    find_operands,
    fits,
    is_apposed,
    is_comparable,
    operands_before,
    shared_unit,
)
from geoconflict.reading.passages import Passage
from geoconflict.reading.periods import find_periods

_EACH = {"day": "day_by_day", "week": "weekly", "month": "monthly", "year": "yearly"}
# Months and years are of several lengths, and only some days of a week are worked on.
_MONTH, _DAYS_OF_MONTH = range(28, 32), (28, 29, 30, 31)
_WEEK, _AT_WORK, _LONG = 7, (5, 6, 7), 25
# What parts a pace from its total.
_MARK = re.compile(r"[,;:–—(]\s*[–—]?")
# No total is of more numbers.
_MOST = 8


class _AverageWords:
    """The patterns of averages in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.numerals = numerals(words.language)
        each = "|".join(rf"(?P<{unit}>{any_of('sums', key)})" for unit, key in _EACH.items())
        self.behind = Caseless(rf"(?:\s+[^\W\d]+){{0,2}}?\s+(?:{each})(?!\w)")
        some = rf"(?:{any_of('land', 'average')}|{any_of('sums', 'each_before')})"
        self.ahead = Caseless(rf"(?<!\w)(?:{each})\s+(?:{some}\s+)*$")
        spans = "|".join(rf"(?P<of_{unit}>{any_of('periods', unit)})" for unit in _EACH)
        lead = rf"(?:{any_of('sums', 'over_span')}|{any_of('reckoning', 'span_of')})"
        self.span = Caseless(
            rf"(?<!\w)(?:{lead}\s+(?:the\s+)?)(?:(?P<n>{self.numerals.pattern})\s+)?"
            rf"(?:{any_of('time', 'last')}\s+)?(?:{spans})(?!\w)"
        )
        self.quick = words.pattern("sums", *_EACH.values())
        self.some_days = words.pattern("periods", "some_days")


@cache
def _average_words(language: str) -> _AverageWords:
    return _AverageWords(lexicon(language))


def read_averages(text: LandText, own: Sequence[Draft]) -> Iterator[Draft]:
    """Yield "5,298 drones across October … 171 a day" as the total divided by the days.

    Only where no other total that is told, or several of them together, makes the pace over any
    time that is named.

    Parameters
    ----------
    text : LandText
        The sentence, with the one before it.
    own : sequence of Draft
        What else it states: what is computed already is left.
    """
    words = _average_words(text.passage.language)
    if words.quick.search(text.text) is None:
        return
    told = find_operands(text.passage)
    for at, each in enumerate(told):
        match = words.behind.match(text.text, each.counted.end)
        match = match or words.ahead.search(text.text, max(0, each.start - 60), each.start)
        done = any(d.kind == "rate" and d.start <= each.start < d.end for d in own)
        since = told[at - 1].counted.stop if at else 0
        done = done or words.some_days.search(text.text, since, each.start) is not None
        done = done or len(_MARK.findall(text.text, since, each.start)) > 1
        if match is None or done or are_taken(own, each.start) or not is_apposed(text, each.start):
            continue
        per = str(match.lastgroup)
        totals = [one for one in told[:at] if not one.is_rate]
        earlier = operands_before(text)
        totals = totals or [one for one in earlier if not one.is_rate]
        spans = list(_spans(text, text.passage, each.start, words))
        if not spans and text.passage.before:
            passage = text.passage.before[-1]
            spans = list(_spans(text, passage, len(passage.text), words))
        yield from _drafts(text, each, per, totals, spans)


def _spans(
    text: LandText, passage: Passage, stop: int, words: _AverageWords
) -> Iterator[tuple[int, float]]:
    """Yield where a sentence names a time before a point, and its days."""
    today, found = text.memory.published, list[range]()
    for period in find_periods(passage.text, language=passage.language, published=today):
        days = period.length_days
        is_over = not (today and period.days and period.days.start <= today < period.days.end)
        if days and period.role in ("in", "since") and period.start < stop and is_over:
            found.append(range(period.start, period.end))
            yield period.start, float(days)
    for match in words.span.finditer(passage.text, 0, stop):
        if any(match.start() in span or match.end() - 1 in span for span in found):
            continue
        unit = next(u for u in _EACH if match[f"of_{u}"])
        count = words.numerals.parse(match["n"]) if match["n"] else 1.0
        if count:
            yield match.start(), count * convert(1.0, unit, "day")


def _drafts(
    text: LandText,
    each: Operand,
    per: str,
    totals: Sequence[Operand],
    spans: Sequence[tuple[int, float]],
) -> Iterator[Draft]:
    if len({days for _, days in spans}) != 1:
        return
    start, days = spans[0]
    named = [one for one in totals if are_alike(one, each) and one.value > each.value]
    unit = shared_unit(named[0], each) if len(named) == 1 else None
    times = [n / convert(1.0, per, "day") for n in _lengths(days)]
    if unit is None or min(times) <= 1 or len(totals) > _MOST:
        return
    sums = {sum(c) for n in range(1, len(totals) + 1) for c in combinations(_values(totals), n)}
    is_own = any(fits(named[0].value / n, each.value) for n in times)
    if not is_own and any(fits(one / n, each.value) for one in sums for n in times):
        return
    known = days / convert(1.0, per, "day")
    if not is_comparable(named[0].value / known, each.value):
        return
    total = drafted(text, named[0], each.start, unit)
    fields = {"value_min": round(known, 2), "unit": per}
    at = min(start, each.start)
    time = Draft(text.passage.sentence, "count", at, at, fields=fields, is_operand=True)
    yield from (total, time)
    hedge = each.counted.hedge or ("about" if days >= _LONG else None)
    fields = {"value_min": each.value, "unit": f"{unit}/{per}", "hedge": hedge}
    span = each.start, each.counted.stop
    yield Draft(text.passage.sentence, "share", *span, total, time, fields=fields)


def _values(totals: Sequence[Operand]) -> list[float]:
    return [one.value for one in totals]


def _lengths(days: float) -> Sequence[float]:
    """Return the days that a time may have been meant to have."""
    if days in _MONTH:
        return _DAYS_OF_MONTH
    return _AT_WORK if days == _WEEK else (days, days - 1, days + 1)
