"""Quotas: shares of a whole that a part is said to be: "every third", "a half", "40 percent"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import permutations

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.reading.drafts import Draft, amount_fields
from geoconflict.reading.landtext import LandText
from geoconflict.reading.numerals import numerals
from geoconflict.reading.operands import (
    Operand,
    are_taken,
    drafted,
    find_operands,
    fits,
    is_apposed,
    is_comparable,
    operand_words,
    operands_before,
    shared_unit,
    values,
)
from geoconflict.reading.shares import fractions

_HUNDRED, _PAIR = 100.0, 2
# A part of a whole in words is told as roundly as this, in points.
_POINTS = 3.0


class _QuotaWords:
    """The patterns of quotas in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.numerals = numerals(words.language)
        table = words.values("numbers", "ordinals")
        self.ordinals = [(Caseless(any_form([form])), int(n)) for form, n in table.items()]
        ordinals, number = any_form(table), self.numerals.pattern
        spans = any_of("periods", "day", "week", "month", "year")
        self.every = Caseless(
            rf"(?<!\w)(?:{any_of('reckoning', 'every')}\s+(?P<ordinal>{ordinals})(?!\w)"
            rf"|{any_of('reckoning', 'one_in')}\s+(?:every\s+)?(?P<n>{number})(?!\w))"
            rf"(?!\s+(?:{spans}|{any_of('sums', 'hour', 'minute')})(?!\w))"
        )
        among = any_of("sums", "among")
        self.among = Caseless(rf"(?<!\w){among}\s+(?:[^\W\d]+\s+)?$")
        self.of_them = words.pattern("sums", "of_them")
        self.stands = Caseless(rf"\s+{any_of('verbs', 'stand')}(?!\w)")
        self.so = Caseless(rf"(?<!\w){any_of('reckoning', 'so')}\s+$")
        of_total = any_of("reckoning", "of_total")
        ends = r"\s*(?:[.,;:!?)–—]|$)"
        self.closes = Caseless(rf"(?:\s+{of_total}(?:\s+[^\W\d]+){{0,2}})?{ends}")
        self.of_whole = Caseless(rf"\s+{among}\s+(?:[^\W\d]+\s+)?(?:{hedged(words)})?")
        self.grown = words.pattern("comparisons", "rises", "falls", "up", "down", "more", "less")
        self.equals = Caseless(
            rf"[^.:;,–—()\d]{{0,40}}\s*[,:–—(]\s*(?:[^\W\d]+\s+){{0,2}}?(?:{hedged(words)})?"
        )
        total = any_of("sums", "after_total")
        self.totalled = Caseless(rf"(?:\s+{total}(?!\w)|{ends})")


def hedged(words: Lexicon) -> str:
    """Return the pattern of a hedge before a number."""
    return rf"{operand_words(words.language).hedges}\s+"


@cache
def _quota_words(language: str) -> _QuotaWords:
    return _QuotaWords(lexicon(language))


_Quota = tuple[int, int, float, "str | None"]


def read_quotas(text: LandText, own: Sequence[Draft]) -> Iterator[Draft]:
    """Yield a share as that of the only two numbers that it can be of.

    Nothing where any two numbers of the passage, or what one is more than the other, make it.

    Parameters
    ----------
    text : LandText
        The sentence, with the one before it.
    own : sequence of Draft
        What else it states: what is computed already is left.
    """
    words = _quota_words(text.passage.language)
    quotas = [q for q in _quotas(text, words) if not are_taken(own, q[0])]
    every = [range(m.start(), m.end()) for m in words.every.finditer(text.text)]
    # "Every fifth" is no fifth.
    quotas = [q for q in quotas if not any(span.start < q[0] < span.stop for span in every)]
    if len(quotas) != 1:
        return
    start, end, percent, _ = quotas[0]
    told = [o for o in find_operands(text.passage) if not any(o.start in span for span in every)]
    told = [o for o in told if not start <= o.start < end and not o.is_rate]
    pair = _pair(text, told, quotas[0], words)
    if pair is None:
        return
    everything = [*operands_before(text), *told]
    made = _HUNDRED * pair[0].value / pair[1].value
    if not is_comparable(made, percent):
        return
    if not _fits(made, percent) and _is_explained(percent, everything):
        return
    yield from _drafts(text, pair, quotas[0])


def _quotas(text: LandText, words: _QuotaWords) -> Iterator[_Quota]:
    for match in words.every.finditer(text.text):
        told = match["ordinal"]
        found = [n for form, n in words.ordinals if told and form.fullmatch(told)]
        n = found[0] if found else words.numerals.parse(match["n"] or "")
        if n and n > 1:
            yield (*match.span(), _HUNDRED / n, "about")
    for amount in text.passage.amounts:
        if amount.dimension == "share" and amount.value_min and not amount.value_max:
            hedge = amount_fields(amount)["hedge"]
            yield amount.number_start, amount.end, amount.value_min, hedge
    for start, end, value, _ in fractions(text):
        yield start, end, value, "about"


def _pair(
    text: LandText, told: Sequence[Operand], quota: _Quota, words: _QuotaWords
) -> tuple[Operand, Operand] | None:
    """Return the part and the whole that a share is of; None where that is not clear."""
    start, end, *_ = quota
    before = [o for o in told if o.counted.end <= start]
    after = [o for o in told if o.start >= end]
    if words.grown.search(text.text, max(0, start - 24), min(len(text.text), end + 12)):
        return None
    whole = after[0] if after else None
    if whole and words.of_whole.fullmatch(text.text, end, whole.start) and len(after) == _PAIR:
        # "Two thirds of the 180 shelters, 120 in total".
        part = after[1]
        is_said = _is_every(text, quota, words) or _is_again(text, whole, part, words)
        return _ordered(part, whole) if is_said and not before else None
    if len(before) == len(after) == 1:
        # "Half-burnt, 60 percent: 3,000 of …" tells the part behind.
        told_again = words.equals.fullmatch(text.text, end, after[0].start)
        same = before[0].noun == after[0].noun != ""
        return _ordered(after[0], before[0]) if told_again and same else None
    if after or not before or not _is_result(text, before, quota, words):
        return None
    if len(before) == 1:
        earlier = [o for o in operands_before(text) if not o.is_rate]
        alike = len(earlier) == 1 and earlier[0].noun == before[0].noun
        return _ordered(before[0], earlier[0]) if alike else None
    return _ordered(before[1], before[0]) if len(before) == _PAIR else None


def _is_result(
    text: LandText, before: Sequence[Operand], quota: _Quota, words: _QuotaWords
) -> bool:
    """Return whether a share says again what numbers before it tell, and is of nothing else."""
    start, end, *_ = quota
    is_closed = words.closes.match(text.text, end) is not None
    is_closed = is_closed or _names(text, before[0], quota, words)
    # "So one in four was a child".
    is_so = words.so.search(text.text, 0, start) and words.stands.match(text.text, end)
    is_closed = is_closed or (is_so is not None and _is_every(text, quota, words))
    is_part = words.of_them.search(text.text, 0, before[0].start) is not None
    return is_closed and not is_part and is_apposed(text, start)


def _is_again(text: LandText, whole: Operand, part: Operand, words: _QuotaWords) -> bool:
    """Return whether a number tells again how many of a whole are meant: ", 120 in total"."""
    if words.equals.fullmatch(text.text, whole.counted.end, part.start) is None:
        return False
    return words.totalled.match(text.text, part.counted.end) is not None


def _names(text: LandText, whole: Operand, quota: _Quota, words: _QuotaWords) -> bool:
    """Return whether "every third sortie" names what a whole counts."""
    noun = text.text[quota[1] :].strip().casefold()
    return bool(whole.noun) and _is_every(text, quota, words) and noun.startswith(whole.noun)


def _is_every(text: LandText, quota: _Quota, words: _QuotaWords) -> bool:
    return words.every.match(text.text, quota[0]) is not None


def _ordered(part: Operand, whole: Operand) -> tuple[Operand, Operand] | None:
    low, high = sorted((part, whole), key=lambda one: one.value)
    kinds = {part.counted.kind, whole.counted.kind}
    units = {shared_unit(one) for one in (low, high)}
    if len(units) > 1 or kinds >= {"people", "money"} or low.value == high.value or low.value < 2:
        return None
    return low, high


def _fits(made: float, percent: float) -> bool:
    return abs(made - percent) <= _POINTS or fits(made, percent)


def _is_explained(percent: float, told: Sequence[Operand]) -> bool:
    numbers = values(told)
    # "16 are foreign, and 8, that is a third, are ours": of both together.
    pairs = [*permutations(numbers, 2), *((a, a + b) for a, b in permutations(numbers, 2))]
    made = [_HUNDRED * a / b for a, b in [*pairs, *((a, sum(numbers)) for a in numbers)]]
    return any(_fits(m, percent) or _fits(abs(m - _HUNDRED), percent) for m in made)


def _drafts(text: LandText, pair: tuple[Operand, Operand], quota: _Quota) -> Iterator[Draft]:
    start, end, percent, hedge = quota
    unit = shared_unit(*pair) or "items"
    part, whole = (drafted(text, one, start, unit) for one in pair)
    yield from (part, whole)
    fields = {"value_min": round(percent, 1), "unit": "percent", "hedge": hedge}
    yield Draft(text.passage.sentence, "share", start, end, part, whole, fields=fields)
