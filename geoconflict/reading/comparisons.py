"""Numbers compared with others of the same text: "more than in May", "two years at this pace"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.measuring.dates import DateRange
from geoconflict.reading.counted import find_counted
from geoconflict.reading.drafts import Draft
from geoconflict.reading.landtext import LandText, areas_of
from geoconflict.reading.numerals import Numerals, numerals
from geoconflict.reading.periods import Period
from geoconflict.reading.sums import draft_of
from geoconflict.reading.timewords import time_words

# Months are compared with months: periods whose lengths differ by no more days.
_SPARE_DAYS = 4
# So far behind "than" the first month that is compared with can begin.
_LEAD = 24
_MONTH_DAYS = 31
# So far behind a number its month stands.
_NEAR = 8
# So far behind "the rest of" the land stands that is left, and before a number "the remaining".
_LEFT_REACH = 40
_SPANS = ("day", "week", "month", "year")


class _ComparisonWords:
    """The patterns of comparisons in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.numerals: Numerals = numerals(words.language)
        self.times = {str(a): float(n) for a, n in words.values("numbers", "times").items()}
        parts = words.values("numbers", "parts")
        self.parts = [(re.compile(any_form([form]), re.IGNORECASE), n) for form, n in parts.items()]
        number = self.numerals.pattern
        lead, many = any_of("comparisons", "times_lead"), any_of("comparisons", "times_word")
        times = (
            rf"(?P<times>{any_form(self.times)})|(?P<half>{any_of('comparisons', 'half')})|"
            rf"(?:{lead}\s+)?(?P<n>{number})\s+{many}"
        )
        part = (
            rf"(?:{any_of('comparisons', 'part_lead')}\s+)?(?:(?P<part>{any_form(parts)})|"
            rf"(?P<percent>{number})\s?{any_of('units', 'percent')})"
        )
        how = (
            rf"(?:(?P<more>{any_of('comparisons', 'more')})|(?P<less>"
            rf"{any_of('comparisons', 'less')})|(?P<as>{any_of('comparisons', 'as_much')}))"
        )
        self.compared = Caseless(
            rf"(?<!\w)(?:(?:{times}|{part})\s+)?{how},?\s+{any_of('comparisons', 'than')}(?!\w)"
        )
        self.by = Caseless(rf"(?<!\w){any_of('links', 'by')}\s+$")
        self.quick = Caseless(rf"(?<!\w){how}(?!\w)")
        self.lead = Caseless(
            rf"\s+(?:(?:{any_of('comparisons', 'in')}|the|{any_of('periods', 'month')}|"
            rf"(?:the\s+)?(?:whole|total)\s+of)\s+)*"
        )
        joint = rf"(?:,|\s+{any_of('links', 'and')})\s+(?:{any_of('comparisons', 'in')}\s+)?"
        # "More than in August (464) and September (259) combined".
        told = r"(?:\s*\([^()]{0,24}\))?"
        self.joint = Caseless(rf"{told}\s*{joint}")
        ordinals = words.values("numbers", "ordinals")
        month, row = any_of("periods", "month"), any_of("comparisons", "streak")
        self.ordinals = [(Caseless(any_form([form])), int(n)) for form, n in ordinals.items()]
        self.streak = Caseless(
            rf"(?<!\w)(?P<n>{any_form(ordinals)})\s+(?:{row}\s+{month}|{month}\s+{row})(?!\w)"
        )
        self.pace = words.pattern("comparisons", "pace")
        self.left = words.pattern("comparisons", "left")
        self.range = Caseless(
            rf"(?P<low>{number})(?:\s?[-–—−]\s?|\s+{any_of('links', 'to', 'or')}\s+)$"
        )
        self.hedged = Caseless(rf"(?<!\w)(?P<hedge>{any_form(words.forms('hedges'))})\s+$")
        self.falls = words.pattern("comparisons", "falls")
        self.rises = words.pattern("comparisons", "rises")
        self.together = Caseless(rf"{told}\s+{any_of('comparisons', 'together')}(?!\w)")
        self.extreme = {
            "most": words.pattern("comparisons", "most"),
            "least": words.pattern("comparisons", "least"),
        }


@cache
def _comparison_words(language: str) -> _ComparisonWords:
    return _ComparisonWords(lexicon(language))


def read_comparisons(text: LandText, own: Sequence[Draft]) -> Iterator[Draft]:
    """Yield what is said of a number beside others of the text whose periods are named.

    "More than in August" is a difference above nothing, "twice as much" a share; where the text
    does not tell the other number, nothing is stated that could be computed.

    Parameters
    ----------
    text : LandText
        The sentence, with what those before told.
    own : sequence of Draft
        The numbers that it states.
    """
    words = _comparison_words(text.passage.language)
    if words.quick.search(text.text):
        for match in words.compared.finditer(text.text):
            yield from _compared(text, own, match, words)
    yield from _extremes(text, own, words)
    yield from _streak(text, own, words)
    if words.pace.search(text.text):
        yield from _paced(text, own, words)


def _paced(text: LandText, own: Sequence[Draft], words: _ComparisonWords) -> Iterator[Draft]:
    """Yield how long it takes to win what is left of some land at the pace told before."""
    spans = list(time_words(text.passage.language).length.finditer(text.text))
    land = _left(text, own, words)
    pace = _pace(text, [draft for draft in own if draft is not land])
    if len(spans) != 1 or land is None or pace is None:
        return
    span = spans[0]
    value = words.numerals.parse(span["number"])
    before = text.text[max(0, span.start() - _LEFT_REACH) : span.start("number")]
    span_from = words.range.search(before)
    low = words.numerals.parse(span_from["low"]) if span_from else value
    hedge = words.hedged.search(before[: span_from.start()] if span_from else before)
    fields = {
        "value_min": low,
        "value_max": value if span_from else None,
        "unit": next(name for name in _SPANS if span[name]),
        "hedge": hedge["hedge"].casefold() if hedge else None,
    }
    yield Draft(text.passage.sentence, "count", *span.span(), land, pace, fields=fields)


def _left(text: LandText, own: Sequence[Draft], words: _ComparisonWords) -> Draft | str | None:
    """Return the area, unit or country that is left to be won; None where none is told."""
    for match in words.left.finditer(text.text):
        reach = range(match.end(), match.end() + _LEFT_REACH)
        areas = [d for d in areas_of(own) if d.start in reach and "/" not in d.fields["unit"]]
        units = [m.reference for m in text.units if m.start in reach]
        if areas or units:
            return areas[0] if areas else units[0]
        if text.is_country(match.end()):
            return text.country
    return None


def _pace(text: LandText, own: Sequence[Draft]) -> Draft | None:
    """Return the last rate of land that the text tells, else what was won in its last period."""
    told = [*text.memory.drafts, *own]
    rates = [d for d in told if d.kind == "rate" and d.fields["unit"].startswith(("km2/", "mi2/"))]
    won = [d for d in areas_of(told) if d.length_days and d.length_days > 1]
    return next(iter([*rates[::-1], *won[::-1]]), None)


def _compared(
    text: LandText, own: Sequence[Draft], match: re.Match[str], words: _ComparisonWords
) -> Iterator[Draft]:
    periods = _after(text, match.end(), words)
    first = _said_of(text, own, match.start())
    if first is None or not periods or words.by.search(text.text[: first.start]):
        # "By 8 sq km, or 3 %, more than in May (259)": the number is the difference itself.
        return
    others = [_known(text, own, first, period.days) for period in periods]
    if any(one is None or one is first for one in others):
        return
    known = tuple(one for one in others if one is not None)
    end = periods[-1].end
    is_sum = words.together.match(text.text, end) is not None
    if not is_sum and words.together.search(text.text, end, end + _LEAD):
        # Of what else the sum is, was not understood.
        return
    if len(known) > 1 and not is_sum:
        return
    other = known if len(known) > 1 else known[0]
    draft = Draft(text.passage.sentence, first.kind, match.start(), end, days=first.days)
    yield from _stated(draft, first, other, match, words)


def _stated(
    draft: Draft,
    first: Draft,
    other: Draft | tuple[Draft, ...],
    match: re.Match[str],
    words: _ComparisonWords,
) -> Iterator[Draft]:
    """Yield a comparison as a difference or a share, by what stands before "than"."""
    is_less = bool(match["less"])
    part = _part(match, words)
    if part is not None:
        percent = 100.0 - part if is_less else 100.0 + part
        hedge = None if match["percent"] else "about"
        yield _share(draft, (first, other), round(percent, 1), "percent", hedge)
        return
    times = _times(match, words)
    if times is not None:
        # "1.3 times less than" is said of the other: it is 1.3 times as much.
        is_inverse = is_less or bool(match["half"])
        ends = (other, first) if is_inverse else (first, other)
        yield _share(draft, ends, times, "times")
    elif not match["as"]:
        larger, smaller = (other, first) if is_less else (first, other)
        yield _above(draft, larger, smaller, first)


def _part(match: re.Match[str], words: _ComparisonWords) -> float | None:
    """Return the per cent by which a number is said to be larger or smaller."""
    if match["part"]:
        number = next(float(n) for form, n in words.parts if form.fullmatch(match["part"]))
        return 100.0 / number
    return words.numerals.parse(match["percent"]) if match["percent"] else None


def _times(match: re.Match[str], words: _ComparisonWords) -> float | None:
    if match["half"]:
        return 2.0
    if match["times"]:
        return words.times[match["times"].casefold()]
    return words.numerals.parse(match["n"]) if match["n"] else None


def _share(
    draft: Draft, ends: tuple[Any, Any], value: float, unit: str, hedge: str | None = "about"
) -> Draft:
    fields = {"value_min": value, "unit": unit, "hedge": hedge}
    return replace(draft, kind="share", subject=ends[0], reference=ends[1], fields=fields)


def _above(draft: Draft, larger: Any, smaller: Any, first: Draft) -> Draft:  # noqa: ANN401
    """Return that one number is larger than another: their difference is above nothing."""
    fields = {"value_min": 0.0, "unit": first.fields["unit"], "hedge": "more than"}
    return replace(draft, subject=larger, reference=smaller, fields=fields)


def _after(text: LandText, at: int, words: _ComparisonWords) -> list[Period]:
    """Return the periods that follow "than", joined by "and"."""
    found: list[Period] = []
    for period in text.periods:
        start = _bare_start(text, period)
        if found:
            if words.joint.fullmatch(text.text, found[-1].end, start) is None:
                break
        elif not (at <= start <= at + _LEAD) or not words.lead.fullmatch(text.text, at, start):
            continue
        found.append(period)
    return found


def _bare_start(text: LandText, period: Period) -> int:
    """Return where the name of a month begins, without the words that lead to it."""
    words = text.text[period.start : period.end]
    months = text.passage.words.months
    at = min(
        (m.start() for m in re.finditer(r"[^\W\d]+", words) if m[0].casefold() in months), default=0
    )
    return period.start + at


def _said_of(text: LandText, own: Sequence[Draft], at: int) -> Draft | None:
    """Return the number that a comparison is said of: the last before it."""
    kinds = [*areas_of(own), *(d for d in own if d.kind == "count")]
    here = [d for d in kinds if d.end <= at and d.fields.get("value_min")]
    if here:
        return max(here, key=lambda d: d.end)
    before = [*areas_of(text.memory.drafts), *(d for d in text.memory.drafts if d.kind == "count")]
    return before[-1] if len(before) == 1 else None


def _known(
    text: LandText, own: Sequence[Draft], first: Draft, days: DateRange | None
) -> Draft | None:
    """Return the number of the same kind that the text tells of some days; None where none."""
    if days is None:
        return None
    here = [d for d in own if days in (d.days, d.told_days)]
    here = [d for d in here if d.kind == first.kind and d is not first]
    table = text.memory.areas if first.kind == "area" else text.memory.counts
    found = here[0] if here else table.get(days)
    return found if found is not None and _is_alike(found, first) else None


def _is_alike(draft: Draft, first: Draft) -> bool:
    """Return whether two numbers are of the same thing and land, and none is a difference."""
    is_same = (
        draft.fields.get("unit") == first.fields.get("unit") and draft.subject == first.subject
    )
    return is_same and not isinstance(draft.reference, Draft | tuple)


def _extremes(text: LandText, own: Sequence[Draft], words: _ComparisonWords) -> Iterator[Draft]:
    """Yield "the largest since August" beside the largest that the text tells since then."""
    for name, pattern in words.extreme.items():
        match = pattern.search(text.text)
        since = [p for p in text.periods if p.role in ("since", "than") and p.days]
        first = _said_of(text, own, match.start()) if match else None
        if match is None or first is None or first.days is None or not since:
            continue
        begin = since[-1].days.start if since[-1].days else first.days.start
        others = [
            d
            for d in (*text.memory.areas.values(), *areas_of(own))
            if _is_rival(d, first) and d.days is not None and begin <= d.days.start
        ]
        if not others:
            continue
        rival = (max if name == "most" else min)(others, key=lambda d: d.fields["value_min"])
        ends = (first, rival) if name == "most" else (rival, first)
        span = (match.start(), max(match.end(), since[-1].end))
        draft = Draft(text.passage.sentence, first.kind, *span, days=first.days)
        yield _above(draft, *ends, first)


def _is_rival(draft: Draft, first: Draft) -> bool:
    """Return whether a number is of another time before, as long, and in the same unit."""
    if draft is first or draft.days is None or first.days is None:
        return False
    is_before = draft.days.end < first.days.start
    is_as_long = abs(draft.days.days - first.days.days) <= _SPARE_DAYS
    return is_before and is_as_long and _is_alike(draft, first)


def _streak(text: LandText, own: Sequence[Draft], words: _ComparisonWords) -> Iterator[Draft]:
    """Yield each step of "fell for the fourth month in a row" of which the text tells both ends."""
    match = words.streak.search(text.text)
    falls, rises = (pattern.search(text.text) for pattern in (words.falls, words.rises))
    if match is None or (falls is None) == (rises is None):
        return
    told = {d.days: d for d in (*text.memory.areas.values(), *areas_of(own)) if d.days is not None}
    told = told if len(told) > 1 else _monthly(text)
    months = sorted((days for days in told if days.days <= _MONTH_DAYS), key=lambda d: d.start)
    count = next(n for form, n in words.ordinals if form.fullmatch(match["n"]))
    for before, after in list(pairwise(months))[-count:]:
        larger, smaller = (told[before], told[after]) if falls else (told[after], told[before])
        is_next = (after.start - before.end).days == 1
        if is_next and _is_alike(larger, smaller):
            yield from (one for one in (larger, smaller) if one.is_operand)
            kind = told[after].kind
            draft = Draft(text.passage.sentence, kind, *match.span(), days=after)
            yield _above(draft, larger, smaller, told[after])


def _monthly(text: LandText) -> dict[DateRange, Draft]:
    """Return the counts that stand right before a month: "190 in March, 280 in April"."""
    found: dict[DateRange, Draft] = {}
    for one in find_counted(text.text, text.passage.language):
        near = (p for p in text.periods if 0 <= _bare_start(text, p) - one.stop <= _NEAR)
        month = next(near, None)
        if month is not None and month.days is not None:
            found.setdefault(month.days, draft_of(text, one))
    return found
