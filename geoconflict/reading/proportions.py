"""Proportions of counted things: shares of a whole, changes, so much for each, hours between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.reading.changes import read_changes
from geoconflict.reading.counted import Counted, find_counted
from geoconflict.reading.differences import are_against, are_from_to
from geoconflict.reading.drafts import Draft, amount_fields
from geoconflict.reading.landtext import LandText
from geoconflict.reading.numerals import numerals
from geoconflict.reading.paces import read_paces, speaks_of_paces
from geoconflict.reading.shares import fractions
from geoconflict.reading.sums import draft_of, may_be_of, unit_of

_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
_HOURS, _NOON, _MINUTES = 24, 12, 60
# A share that is so many times another one is a share of something else.
_FAR = 2.5
# A change to so many times the number is one of something else; and so near more can be told.
_MANIFOLD, _NEAR, _AHEAD = 5.0, 24, 4


class _ProportionWords:
    """The patterns of proportions in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.numerals = numerals(words.language)
        number = self.numerals.pattern
        hedges = any_form(form for form in words.forms("hedges") if form != "plus")
        joint = any_form((*words.forms("links", "or", "that_is"), *words.forms("sums", "that_is")))
        by = any_of("sums", "by")
        # ", or 60 percent", " (60 %)", ", тобто 35 %".
        told = rf"(?:{joint}\s+)?(?:{hedges}\s+)?"
        self.again = Caseless(rf"(?:\s+[^\W\d][\w'’-]*){{0,6}}\s*(?:[,–—(]\s*)+{told}")
        self.among = Caseless(rf"(?<!\w){any_of('sums', 'among')}\s+(?:[^\W\d]+\s+)?$")
        self.of_them = Caseless(rf"(?<!\w){any_of('sums', 'of_them')}\s+(?:[^\W\d]+\s+)?$")
        self.of_whole = Caseless(rf"\s+{any_of('sums', 'among')}\s+")
        # "Three quarters of the 40, 30, were lost", ", or 30 drones".
        self.beside = Caseless(rf"\s*[,–—(]\s*(?P<joint>{joint}\s+)?(?:{hedges}\s+)?")
        self.closes = Caseless(r"\s*[,)–—](?!\d)")
        self.of_more = Caseless(
            rf"\s+(?:{any_of('sums', 'among')}|{any_of('comparisons', 'than')}|"
            rf"{any_of('comparisons', 'more', 'less')}(?=\s+\w))\s"
        )
        changed = any_of("comparisons", "rises", "falls", "up", "down", "more", "less")
        self.changed = Caseless(rf"(?<!\w){changed}(?!\w)")
        self.changed_by = Caseless(rf"\s*{changed}(?!\w)(?=\s*(?:[.,;:)]|$))")
        self.by = Caseless(
            rf"(?:\s+[^\W\d][\w'’-]*\.?){{0,4}}\s*[,–—(]\s*(?:{joint}\s+)?(?:{by}\s+)?"
            rf"(?:{hedges}\s+)?"
        )
        self.each = words.pattern("sums", "for_each")
        self.for_each = Caseless(rf"\s+{any_of('sums', 'for_each')}\s+$")
        gets = rf"(?:{any_of('sums', 'each_before')}\s+)?"
        self.apposed = Caseless(rf"(?:\s+[^\W\d][\w'’-]*){{0,3}}\s*[,–—(]\s*{told}{gets}")
        clock = (
            r"(?P<h{0}>[01]?\d|2[0-4])(?:[:.](?P<m{0}>[0-5]\d))?(?:\s?(?P<ap{0}>[ap])\.?m\b\.?)?"
        )
        dash = r"\s?[–—-]\s?"
        # "It began at 22:15 and ended at 01:45".
        ended = rf"[^.;:()\d]{{1,30}}?(?<!\w){any_of('sums', 'ended')}(?:\s+\w{{1,3}})?\s+"
        self.clocks = Caseless(
            rf"(?<![\w.,])(?:{any_of('sums', 'since')}\s+)?{clock.format(1)}"
            rf"(?:\s+{any_of('sums', 'until')}\s+|{dash}|{ended}){clock.format(2)}(?!\w)"
        )
        hours, minutes = any_of("sums", "hour"), any_of("sums", "minute")
        joined = any_of("links", "and")
        self.hours = Caseless(
            rf"(?:(?<!\w)(?P<hedge>{hedges})\s+)?(?<![\w.,])(?P<n>{number})"
            rf"(?P<half>\s+{any_of('sums', 'and_half')})?\s+{hours}(?:(?:\s+{joined})?"
            rf"\s+(?P<m>{number})\s+{minutes})?(?!\w)"
        )
        self.between = Caseless(rf"(?:[\s,;:–—()-]|{any_form(words.forms('sums', 'spanned'))})*")


@cache
def _proportion_words(language: str) -> _ProportionWords:
    return _ProportionWords(lexicon(language))


def read_proportions(text: LandText, own: Sequence[Draft]) -> Iterator[Draft]:
    """Yield shares, changes and portions of counted things, and how long it is between two hours.

    Parameters
    ----------
    text : LandText
        The sentence, with those before it.
    own : sequence of Draft
        What else it states; a share that is computed already is left.
    """
    words = _proportion_words(text.passage.language)
    yield from _durations(text, words)
    shares = list(_shares(text))
    has_paces = speaks_of_paces(text)
    if not shares and not has_paces and words.each.search(text.text) is None:
        return
    told = find_counted(text.text, text.passage.language)
    taken = [range(d.start, d.end) for d in own if d.kind == "share" and d.subject is not None]
    left = list[_Share]()
    for start, end, fields in shares:
        if not any(start in span or end - 1 in span for span in taken):
            found = list(_change(text, told, (start, end, fields), words))
            found = found or list(_share(text, told, (start, end, fields), words))
            left += [] if found else [(start, end, fields)]
            yield from found
    yield from read_changes(text, left)
    yield from _portions(text, told, words)
    if has_paces:
        yield from read_paces(text, told, own)


_Share = tuple[int, int, dict[str, object]]


def _shares(text: LandText) -> Iterator[_Share]:
    for amount in text.passage.amounts:
        if amount.dimension == "share" and amount.value_min and not amount.value_max:
            yield amount.number_start, amount.end, amount_fields(amount)
    for start, end, value, hedge in fractions(text):
        yield start, end, {"value_min": value, "unit": "percent", "hedge": hedge}


def _share(
    text: LandText, told: Sequence[Counted], share: _Share, words: _ProportionWords
) -> Iterator[Draft]:
    """Yield "of the 40, 24 were ill, or 60 percent" as a share of one number of another."""
    start, end, fields = share
    left = [one for one in told if one.stop <= start]
    behind = [one for one in told if one.start >= end]
    after = behind[0] if behind else None
    is_of = after is not None and words.of_whole.fullmatch(text.text, end, after.start)
    if is_of and len(behind) > 1 and _is_beside(text.text, behind[0], behind[1], words):
        whole, part = behind[:2]
        percent = fields["value_min"]
        made = 100.0 * part.value / whole.value
        if isinstance(percent, float) and 1 / _FAR < made / percent < _FAR:
            yield from _part_of(text, part, whole, share)
        return
    if not left or (words.of_more.match(text.text, end) and not is_of):
        return
    part = left[-1]
    if words.again.fullmatch(text.text, part.end, start) is None:
        return
    if words.changed.search(text.text, part.end, end + 12):
        return
    marked = [one for one in left if words.among.search(text.text[: one.start])]
    # "Of them 16" are themselves a part of what was told before.
    marked = [one for one in marked if not words.of_them.search(text.text[: one.start])]
    if is_of and after is not None:
        # "5.8 million tons, or 42 percent of the 14 million".
        whole = after
    elif part in marked and len(left) > 1:
        # "24 of the 40, or 60 percent".
        part, whole = left[-2], left[-1]
    elif marked and marked[-1] is not part:
        whole = marked[-1]
    else:
        return
    yield from _part_of(text, part, whole, share)


def _part_of(text: LandText, part: Counted, whole: Counted, share: _Share) -> Iterator[Draft]:
    start, end, fields = share
    unit = unit_of(part, whole)
    if unit is not None and part.value < whole.value:
        counts = draft_of(text, part, unit), draft_of(text, whole, unit)
        yield from counts
        yield Draft(text.passage.sentence, "share", start, end, *counts, fields=fields)


def _is_beside(text: str, whole: Counted, part: Counted, words: _ProportionWords) -> bool:
    """Return whether a number says again how many of a whole are meant: ", or 30", ", 30,"."""
    beside = words.beside.fullmatch(text, whole.stop, part.start)
    if beside is None or not may_be_of(part, whole):
        return False
    return bool(beside["joint"]) or words.closes.match(text, part.end) is not None


def _change(
    text: LandText, told: Sequence[Counted], share: _Share, words: _ProportionWords
) -> Iterator[Draft]:
    """Yield "from 60,000 to 66,000, or 10 percent" as how much the later number is of the first."""
    start, end, fields = share
    value = fields["value_min"]
    for pair in pairwise(told):
        ordered = _from_to(text, pair, share, words)
        if ordered is None:
            continue
        first, second = ordered
        behind = pair[1].stop <= start and words.by.fullmatch(text.text, pair[1].end, start)
        ahead = end <= first.start and len(text.text[end : first.start].split()) <= _AHEAD
        ahead = ahead and words.changed.search(text.text[:start]) is not None
        unit = unit_of(first, second) or _only(first, second)
        if not (behind or ahead) or unit is None or not isinstance(value, float):
            continue
        is_manifold = not 1 / _MANIFOLD < second.value / first.value < _MANIFOLD
        if is_manifold or words.of_more.match(text.text, end):
            continue
        sign = 1 if second.value > first.value else -1
        counts = draft_of(text, second, unit), draft_of(text, first, unit)
        yield from counts
        changed = {**fields, "value_min": round(100.0 + sign * value, 1)}
        yield Draft(text.passage.sentence, "share", start, end, *counts, fields=changed)
        return


def _from_to(
    text: LandText, pair: tuple[Counted, Counted], share: _Share, words: _ProportionWords
) -> tuple[Counted, Counted] | None:
    """Return two numbers of which the first changed to the second; None where they are no such."""
    first, second = pair
    _, end, fields = share
    if are_against(text, first, second) and words.changed_by.match(text.text, end):
        # Not "55 votes against 40, 12 percent more", which is of something else.
        is_same = second.kind in ("", first.kind)
        fits = is_same and _may_be_change(first, second, fields["value_min"])
        return (second, first) if fits else None
    if not are_from_to(text, first, second):
        return None
    scale = _scale(text.text, second, words) if not first.kind and not first.is_scaled else 1.0
    return replace(first, value=first.value * scale), second


def _scale(text: str, one: Counted, words: _ProportionWords) -> float:
    """Return the thousands or millions that a number is told in: "from 1 to 1.5 million"."""
    digits = _DIGITS.match(text, one.start) if one.is_scaled else None
    value = words.numerals.parse(digits[0]) if digits else None
    return one.value / value if value else 1.0


def _may_be_change(last: Counted, base: Counted, percent: object) -> bool:
    made = 100.0 * abs(last.value / base.value - 1.0)
    return isinstance(percent, float) and 1 / _FAR < made / percent < _FAR


def _only(first: Counted, second: Counted) -> str | None:
    """Return the unit that only the second of two numbers names: "from 60 000 to 66 000 rubles"."""
    return second.unit if first.kind == "" or first.end == first.stop else None


def _portions(text: LandText, told: Sequence[Counted], words: _ProportionWords) -> Iterator[Draft]:
    """Yield "48 million, or 2.4 million for each of the 20 houses" as what each has."""
    for total, portion, count in zip(told, told[1:], told[2:], strict=False):
        if words.for_each.fullmatch(text.text, portion.stop, count.start) is None:
            continue
        if words.apposed.fullmatch(text.text, total.end, portion.start) is None:
            continue
        unit = unit_of(total, portion)
        if unit is None or count.value < 2 or total.value <= portion.value:
            continue
        ratio = total.value / count.value / portion.value
        if not 1 / _FAR < ratio < _FAR or (may_be_of(count, total) and total.kind):
            continue
        if any(count.stop <= one.start <= count.stop + _NEAR for one in told):
            # "2 million for each of the 27 members and 6 for another".
            continue
        counts = draft_of(text, total, unit), draft_of(text, count)
        yield from counts
        fields = {"value_min": portion.value, "unit": f"{unit}/{counts[1].fields['unit']}"}
        fields |= {"hedge": portion.hedge} if portion.hedge else {}
        span = portion.start, portion.stop
        yield Draft(text.passage.sentence, "share", *span, *counts, fields=fields)


def _durations(text: LandText, words: _ProportionWords) -> Iterator[Draft]:
    """Yield "from 02:10 to 08:40, six and a half hours" as the time between the two."""
    spans = [m for m in words.clocks.finditer(text.text) if _is_clock(m)]
    lengths = list(words.hours.finditer(text.text)) if spans else []
    if len(spans) != 1 or len(lengths) != 1:
        return
    clock, length = spans[0], lengths[0]
    first, last = sorted((clock.span(), length.span()))
    if words.between.fullmatch(text.text, first[1], last[0]) is None:
        return
    hours = words.numerals.parse(length["n"])
    minutes = words.numerals.parse(length["m"]) if length["m"] else 0.0
    start, stop = _hours(clock, 1), _hours(clock, 2)
    if hours is None or minutes is None or start is None or stop is None:
        return
    hours += minutes / _MINUTES + (0.5 if length["half"] else 0.0)
    stop += _HOURS if stop <= start else 0
    ends = _hour(text, stop, clock), _hour(text, start, clock)
    yield from ends
    # Whole hours are told of what is a little more or less.
    is_rough = hours.is_integer() and not (stop - start).is_integer()
    hedge = length["hedge"] or ("about" if is_rough else None)
    fields = {"value_min": hours, "unit": "hours", "hedge": hedge}
    yield Draft(text.passage.sentence, "count", *length.span(), *ends, fields=fields)


def _is_clock(match: re.Match[str]) -> bool:
    """Return whether two numbers are times of day: with minutes, or with a.m. and p.m."""
    return all(match[f"m{n}"] or match[f"ap{n}"] for n in (1, 2))


def _hours(match: re.Match[str], n: int) -> float | None:
    hour = int(match[f"h{n}"])
    half = match[f"ap{n}"]
    if half:
        if hour > _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return hour + int(match[f"m{n}"] or 0) / _MINUTES


def _hour(text: LandText, hour: float, match: re.Match[str]) -> Draft:
    fields = {"value_min": hour, "unit": "hours"}
    return Draft(text.passage.sentence, "count", *match.span(), fields=fields, is_operand=True)
