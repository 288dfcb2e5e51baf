"""How far one number is from another told with it: "5,842 more", "1.5 times less than (480)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise, permutations

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.measuring.units import dimension
from geoconflict.reading.counted import Counted, find_counted
from geoconflict.reading.drafts import Draft
from geoconflict.reading.landtext import LandText
from geoconflict.reading.numerals import numerals
from geoconflict.reading.sums import unit_of

# What is told as the difference and is so many times it is one of something else.
_FAR = 2.5
# So near the difference of other numbers it is theirs.
_ROUND = 0.03
_AREA = "area"


class _DifferenceWords:
    """The patterns of differences in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.numerals = numerals(words.language)
        number = self.numerals.pattern
        hedges = any_form(form for form in words.forms("hedges") if form != "plus")
        joint = any_form((*words.forms("links", "or", "that_is"), *words.forms("sums", "that_is")))
        by, than = any_of("sums", "by"), any_of("comparisons", "than")
        some = r"(?:\s+[^\W\d][\w'’-]*)"
        hedged = rf"(?:{hedges}\s+)?"
        self.against = Caseless(rf"{some}{{0,4}},?\s+{any_of('sums', 'against')}\s+{hedged}")
        self.from_to = Caseless(rf"(?<!\w){any_of('sums', 'from')}\s+{hedged}$")
        self.onward = Caseless(rf"{some}{{0,4}}\s+{any_of('sums', 'to')}\s+{hedged}")
        self.apposed = Caseless(
            rf"{some}{{0,6}}\s*[,–—(-]\s*(?:{joint}\s+)?(?:{by}\s+)?{hedged}(?:{by}\s+)?"
        )
        more, less = any_of("comparisons", "more"), any_of("comparisons", "less")
        how = rf"(?:(?P<more>{more})|(?P<less>{less}))"
        self.how = Caseless(rf"{some}{{0,2}}\s+{how}(?!\w)(?=\s*(?:[.,;:)]|$))")
        self.bare = Caseless(rf"\s+{any_of('comparisons', 'more', 'less')}(?!\w)")
        self.ends = Caseless(rf"{some}{{0,1}}\s*(?:[.,;:)]|$)")
        # "310 fewer than in February (1,550)", "…, when it lost 1,550".
        when = rf",\s+{any_of('pointers', 'when')}{some}{{1,3}}\s+{hedged}"
        behind = rf"(?:\s*\(\s*{hedged}|{when})(?P<base>{number})(?![\w%])"
        self.beyond = Caseless(rf"{some}{{0,2}}\s+{how},?\s+{than}\b[^()\d.,;:]{{1,40}}?{behind}")
        self.times = {str(a): float(n) for a, n in words.values("numbers", "times").items()}
        lead, many = any_of("comparisons", "times_lead"), any_of("comparisons", "times_word")
        self.multiple = Caseless(
            rf"(?<!\w)(?:(?P<times>{any_form(self.times)})|(?:{lead}\s+)?(?P<n>{number})\s+{many})"
            rf"\s+(?:{how}|{any_of('comparisons', 'as_much')}),?\s+{than}\b"
            rf"[^()\d.,;:]{{1,40}}?{behind}"
        )
        self.between = Caseless(r"[^.;:()\d]{0,40}")
        self.quick = words.pattern("comparisons", "more", "less", "as_much")
        self.from_any = words.pattern("sums", "from")


@cache
def _difference_words(language: str) -> _DifferenceWords:
    return _DifferenceWords(lexicon(language))


def read_differences(text: LandText, own: Sequence[Draft]) -> Iterator[Draft]:
    """Yield by how much a number is said to be beyond another of the sentence.

    Only where the two can be of one thing and no other two numbers told differ by as much.

    Parameters
    ----------
    text : LandText
        The sentence, with those before it.
    own : sequence of Draft
        What else it states: a number that is computed already is left.
    """
    words = _difference_words(text.passage.language)
    if not words.quick.search(text.text) and not words.from_any.search(text.text):
        return
    told = _numbers(text, words)
    done = [range(d.start, d.end) for d in own if d.subject is not None]
    yield from _multiples(text, told, own, words)
    for later, base, change in _pairs(text.text, told, words):
        if any(change.start in span for span in done) or not _is_theirs(later, base, change, told):
            continue
        unit = unit_of(later, base) or later.unit
        ends = sorted((later, base), key=lambda one: one.value, reverse=True)
        larger, smaller = (_operand(text, one, unit, own) for one in ends)
        yield from (draft for draft in (larger, smaller) if draft not in own)
        yield replace(_draft(text, change, unit), subject=larger, reference=smaller)


def are_against(text: LandText, first: Counted, second: Counted) -> bool:
    """Return whether a number is set against the next: "124 tanks against 80 in May"."""
    return _are_against(text.text, first, second, _difference_words(text.passage.language))


def are_from_to(text: LandText, first: Counted, second: Counted) -> bool:
    """Return whether a number became the next: "from 60 to 66"."""
    return _are_from_to(text.text, first, second, _difference_words(text.passage.language))


def _are_against(text: str, first: Counted, second: Counted, words: _DifferenceWords) -> bool:
    return words.against.fullmatch(text, first.end, second.start) is not None


def _are_from_to(text: str, first: Counted, second: Counted, words: _DifferenceWords) -> bool:
    is_onward = words.onward.fullmatch(text, first.end, second.start) is not None
    return is_onward and words.from_to.search(text[: first.start]) is not None


def _numbers(text: LandText, words: _DifferenceWords) -> list[Counted]:
    """Return the counts and the areas of a sentence, in their order.

    Of "5,842 more" nothing is counted that would be named.
    """
    areas = [
        Counted(a.value_min, a.unit, _AREA, a.hedge or None, a.number_start, a.end, a.end)
        for a in text.passage.amounts
        if a.dimension == _AREA and a.value_min and not a.value_max
    ]
    counts = (
        replace(one, kind="") if words.bare.match(text.text, one.end) else one
        for one in find_counted(text.text, text.passage.language)
    )
    return sorted((*areas, *counts), key=lambda one: one.start)


def _pairs(
    text: str, told: Sequence[Counted], words: _DifferenceWords
) -> Iterator[tuple[Counted, Counted, Counted]]:
    """Yield the later number, the one it is set against, and what is told as their difference."""
    for first, second, change in zip(told, told[1:], told[2:], strict=False):
        if words.apposed.fullmatch(text, second.end, change.start) is None:
            continue
        how = words.how.match(text, change.end)
        if _are_against(text, first, second, words):
            if how is not None and (first.value > second.value) == bool(how["more"]):
                yield first, second, change
        elif (how or words.ends.match(text, change.end)) and _are_from_to(
            text, first, second, words
        ):
            yield second, first, change
    for later, change in pairwise(told):
        beyond = words.beyond.match(text, change.end)
        base = words.numerals.parse(beyond["base"]) if beyond else None
        if beyond is None or base is None or not base:
            continue
        is_apposed = words.apposed.fullmatch(text, later.end, change.start) is not None
        if is_apposed and (later.value > base) == bool(beyond["more"]):
            span = beyond.span("base")
            yield later, Counted(base, later.unit, "", None, *span, span[1]), change


def _multiples(
    text: LandText, told: Sequence[Counted], own: Sequence[Draft], words: _DifferenceWords
) -> Iterator[Draft]:
    """Yield "300, three times as many as the night before (100)" as how many times it is."""
    done = [range(d.start, d.end) for d in own if d.subject is not None]
    for match in words.multiple.finditer(text.text):
        before = [one for one in told if one.stop <= match.start()]
        base = words.numerals.parse(match["base"])
        times = words.times.get((match["times"] or "").casefold())
        times = times or words.numerals.parse(match["n"] or "")
        if not before or not base or not times or any(match.start() in span for span in done):
            continue
        later = before[-1]
        if words.between.fullmatch(text.text, later.stop, match.start()) is None:
            continue
        span = match.span("base")
        ends = later, Counted(base, later.unit, later.kind, None, *span, span[1])
        first, second = ends[::-1] if match["less"] else ends
        if not 1 / _FAR < first.value / second.value / times < _FAR:
            continue
        larger, smaller = (_operand(text, one, later.unit, own) for one in (first, second))
        yield from (draft for draft in (larger, smaller) if draft not in own)
        fields = {"value_min": times, "unit": "times", "hedge": "about"}
        span = match.span()
        yield Draft(text.passage.sentence, "share", *span, larger, smaller, fields=fields)


def _is_theirs(later: Counted, base: Counted, change: Counted, told: Sequence[Counted]) -> bool:
    """Return whether a number can be the difference of two, and is not that of two others."""
    kinds = {one.kind for one in (later, base, change)} - {""}
    if len(kinds) > 1 or (unit_of(later, base) is None and base.kind):
        return False
    made = abs(later.value - base.value)
    if not made or not 1 / _FAR < change.value / made < _FAR:
        return False
    others = permutations([one.value for one in told if one is not change], 2)
    known = {later.value, base.value}
    return not any(
        abs(a - b - change.value) <= _ROUND * change.value for a, b in others if {a, b} != known
    )


def _operand(text: LandText, one: Counted, unit: str, own: Sequence[Draft]) -> Draft:
    """Return the draft of a number that is compared: the one read already, else a new one."""
    kind = _kind(one, unit)
    here = [d for d in own if d.kind == kind and d.start <= one.start < d.end]
    known = (d for d in here if d.fields.get("unit") == unit and not any(d.operands))
    found = next(known, None)
    return found or replace(_draft(text, one, unit), is_operand=True)


def _draft(text: LandText, one: Counted, unit: str) -> Draft:
    hedge = one.hedge if one.hedge not in text.passage.words.forms("sums", "by", "to") else None
    fields = {"value_min": one.value, "unit": unit, "hedge": hedge}
    span = one.start, one.stop
    return Draft(text.passage.sentence, _kind(one, unit), *span, fields=fields)


def _kind(one: Counted, unit: str) -> str:
    return _AREA if _AREA in (one.kind, dimension(unit)) else "count"
