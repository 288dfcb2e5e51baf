"""Shifts: how far a number is from that of another time, told with it or after "than"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations

from geoconflict.lexicon import Caseless, Lexicon, lexicon
from geoconflict.reading.drafts import Draft
from geoconflict.reading.landtext import LandText
from geoconflict.reading.numerals import numerals
from geoconflict.reading.operands import (
    Operand,
    are_alike,
    are_taken,
    drafted,
    find_moments,
    find_operands,
    fits,
    is_apposed,
    is_comparable,
    operand_words,
    operands_before,
    scaled,
    shared_unit,
    spare_of,
    values,
)

# Two numbers and two times in one of these orders are each of its own.
_ORDERS = frozenset(("TNTN", "NTNT", "TNNT", "NTTN"))
# Between the last of two numbers and what is made of them stand at most so many words.
_WORDS, _PAIR, _HUNDRED = 10, 2, 100.0
# So far behind "than" the time stands that a number is compared with.
_REACH = 14


class _ShiftWords:
    """The patterns of shifts in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.numerals = numerals(words.language)
        hedged = rf"(?:{operand_words(words.language).hedges}\s+)?"
        some = r"(?:\s+[^\W\d][\w'’-]*)"
        more, less = any_of("comparisons", "more"), any_of("comparisons", "less")
        how = rf"(?:(?P<more>{more})|(?P<less>{less}))"
        ends = rf"(?=\s*(?:[.,;:)–—]|$)|{some}{{0,2}}?,?\s+{any_of('comparisons', 'than')}(?!\w))"
        # Not "100 less the plan", as "меньше плана" has it.
        self.how = Caseless(rf"{some}{{0,2}}?\s+{how}(?!\w){ends}")
        rise, fall = any_of("reckoning", "rise_of"), any_of("reckoning", "fall_of")
        self.before = Caseless(rf"(?<!\w)(?:(?P<more>{rise})|(?P<less>{fall}))\s+{hedged}$")
        # Not "a drop of 30 percent is feared".
        self.closes = Caseless(r"\s*(?:[.,;:)–—]|$)")
        self.by = Caseless(rf"(?<!\w){any_of('sums', 'by')}\s+{hedged}$")
        self.added = Caseless(
            rf"(?<!\w){any_of('sums', 'that_is')}\s+{any_of('links', 'added')}\s+{hedged}$"
        )
        self.from_to = Caseless(rf"(?:{some}|\s*,){{0,8}}?\s+{any_of('sums', 'to')}\s+{hedged}")
        self.since = Caseless(rf"(?<!\w){any_of('sums', 'from')}\s+{hedged}$")
        self.onto = Caseless(rf"(?<!\w){any_of('sums', 'to')}\s+{hedged}$")
        self.to_from = Caseless(rf"(?:{some}){{0,4}}?\s+{any_of('sums', 'from')}\s+{hedged}")
        self.earlier = words.pattern("reckoning", "earlier")
        than = any_of("comparisons", "than")
        when, figure = any_of("pointers", "when"), any_of("reckoning", "figure_of")
        self.beyond = Caseless(
            rf"{some}{{0,2}}?\s+{how}{some}{{0,2}}?,?\s+{than}\s[^.;:()]{{0,60}}?"
            rf"(?:,\s+{when}\s[^.,;:()]{{0,40}}?|(?<!\w){figure}\s+){hedged}"
        )
        times = words.values("numbers", "times")
        self.times = {str(a): float(n) for a, n in times.items()}
        lead, many = any_of("comparisons", "times_lead"), any_of("comparisons", "times_word")
        number = self.numerals.pattern
        named = "|".join(map(str, sorted(self.times))) or "(?!)"
        self.multiple = Caseless(
            rf"(?<!\w)(?:(?P<times>{named})|(?:{lead}\s+)?(?P<n>{number})\s+{many})"
            rf"(?:\s+(?:{how}|{any_of('comparisons', 'as_much')}))?(?!\w)"
        )
        self.than = Caseless(
            rf"(?:{some}{{0,2}}?\s+(?:{more}|{less}))?{some}{{0,2}}?,?\s+{than}(?!\w)"
        )


@cache
def _shift_words(language: str) -> _ShiftWords:
    return _ShiftWords(lexicon(language))


@dataclass(frozen=True)
class _Result:
    """What is said to be made of two numbers: so much, so many per cent or times, up or down."""

    kind: str
    value: float
    start: int
    end: int
    hedge: str | None
    sign: int
    operand: Operand | None = None


def read_shifts(text: LandText, own: Sequence[Draft]) -> Iterator[Draft]:
    """Yield differences, changes in per cent and multiples of two numbers of different times.

    Parameters
    ----------
    text : LandText
        The sentence, with the one before it.
    own : sequence of Draft
        What else it states: what is computed already is left.
    """
    words = _shift_words(text.passage.language)
    told = find_operands(text.passage)
    results = [r for r in _results(text, told, words) if not are_taken(own, r.start)]
    if not results:
        return
    everything = [*operands_before(text), *told]
    for result in results:
        pair = _beyond(text, told, result, words) or _pair(text, told, result, results, words)
        if pair is not None:
            yield from _drafts(text, pair, result, everything)


def _results(text: LandText, told: Sequence[Operand], words: _ShiftWords) -> Iterator[_Result]:
    line = text.text
    for one in told:
        head = max(0, one.start - 40), one.start
        ahead = words.before.search(line, *head)
        ahead = ahead if words.closes.match(line, one.counted.stop) else None
        match = ahead or words.how.match(line, one.counted.end)
        sign = (1 if match["more"] else -1) if match else 0
        is_added = words.added.search(line, *head) is not None
        is_said = match or is_added or words.by.search(line, *head)
        if is_said and is_apposed(text, ahead.start() if ahead else one.start):
            span = one.start, one.counted.stop
            sign = sign or (1 if is_added else 0)
            yield _Result("difference", one.value, *span, None, sign, one)
    for amount in text.passage.amounts:
        if amount.dimension != "share" or not amount.value_min or amount.value_max:
            continue
        start = amount.number_start
        ahead = words.before.search(line, max(0, start - 40), start)
        ahead = ahead if words.closes.match(line, amount.end) else None
        match = ahead or words.how.match(line, amount.end)
        if match is not None and is_apposed(text, ahead.start() if ahead else start):
            sign, span = 1 if match["more"] else -1, (start, amount.end)
            yield _Result("percent", amount.value_min, *span, amount.hedge or None, sign)
    for match in words.multiple.finditer(line):
        value = words.times.get(match["times"] or "") or words.numerals.parse(match["n"] or "")
        if value and value > 1 and is_apposed(text, match.start()):
            sign = 1 if match["more"] else -1 if match["less"] else 0
            yield _Result("times", value, *match.span(), "about", sign)


def _beyond(
    text: LandText, told: Sequence[Operand], result: _Result, words: _ShiftWords
) -> tuple[Operand, Operand] | None:
    """Return "82 more than the record of 728": the number before and the one behind "than"."""
    end = result.operand.counted.end if result.operand else result.start
    after = [one for one in told if one.start >= result.end]
    if not after or result.kind != "difference":
        return None
    if words.beyond.fullmatch(text.text, end, after[0].start) is None:
        return None
    base = after[0]
    before = [o for o in told if o.start < result.start and o is not result.operand]
    named = [o for o in before if are_alike(o, base, *([result.operand] if result.operand else []))]
    return (named[-1], base) if named else None


def _pair(
    text: LandText,
    told: Sequence[Operand],
    result: _Result,
    results: Sequence[_Result],
    words: _ShiftWords,
) -> tuple[Operand, Operand] | None:
    """Return the two numbers, each of its own time, that stand right before a result."""
    made = [r.operand for r in results if r.operand is not None]
    own = [o for o in told if o.counted.end <= result.start and o not in made]
    earlier = [o for o in operands_before(text) if not o.is_rate]
    if len(own) == 1 and len(earlier) == 1:
        pair = earlier[0], own[0]
    elif len(own) >= _PAIR:
        pair = own[-2], own[-1]
    else:
        return None
    first, second = scaled(*pair), pair[1]
    named = [result.operand] if result.operand and result.operand.noun else []
    gap = text.text[second.counted.stop : result.start]
    if not are_alike(first, second) or first.value == second.value or len(gap.split()) > _WORDS:
        return None
    if named and named[0].noun != second.noun and shared_unit(second, named[0]) is None:
        return None
    if _is_than_other(text, result, words):
        return None
    is_one = first.passage is second.passage
    if is_one and _is_from_to(text.text, first, second, words):
        return first, second
    is_said = result.sign != 0
    return (first, second) if is_said and _are_apart(text, first, second, own, result) else None


def _is_than_other(text: LandText, result: _Result, words: _ShiftWords) -> bool:
    """Return whether a result is beyond something that is no time: "12 more than was planned"."""
    end = result.operand.counted.end if result.operand else result.end
    than = words.than.match(text.text, end)
    if than is None:
        return False
    moments = [at for at, _ in find_moments(text.passage, text)]
    return not any(than.start() <= at <= than.end() + _REACH for at in moments)


def _is_from_to(line: str, first: Operand, second: Operand, words: _ShiftWords) -> bool:
    head, gap = (max(0, first.start - 40), first.start), (first.counted.end, second.start)
    if words.since.search(line, *head):
        return words.from_to.fullmatch(line, *gap) is not None
    # "Fell to 92 from 115".
    is_to = words.onto.search(line, *head) is not None
    return is_to and words.to_from.fullmatch(line, *gap) is not None


def _are_apart(
    text: LandText, first: Operand, second: Operand, own: Sequence[Operand], result: _Result
) -> bool:
    """Return whether each of two numbers has a time of its own, and nothing else is counted."""
    if first.passage is not second.passage:
        before = {name for _, name in find_moments(first.passage, text)}
        here = {n for at, n in find_moments(text.passage, text) if at < result.start}
        return len(before) == len(here) == 1 and before != here
    if len(own) > _PAIR or first.is_rate != second.is_rate:
        return False
    moments = [(at, n) for at, n in find_moments(text.passage, text) if at < result.start]
    if len(moments) == 1 and first.start < moments[0][0] < second.start:
        # "It is 560, a month earlier it was 400".
        is_risen = first.value > second.value
        words = _shift_words(text.passage.language)
        return words.earlier.fullmatch(moments[0][1]) is not None and is_risen == (result.sign > 0)
    numbers = [(first.start, "N"), (second.start, "N")]
    order = sorted([*((at, "T") for at, _ in moments), *numbers])
    is_each = "".join(kind for _, kind in order) in _ORDERS
    return is_each and len({name for _, name in moments}) == _PAIR


def _made(result: _Result, a: float, b: float) -> float:
    """Return what two numbers make where a result tells the like of it."""
    high, low = max(a, b), min(a, b)
    if result.kind == "difference":
        return high - low
    if result.kind == "times":
        return high / low
    base = low if result.sign >= 0 else high
    return _HUNDRED * (high - low) / base


def _drafts(
    text: LandText,
    pair: tuple[Operand, Operand],
    result: _Result,
    everything: Sequence[Operand],
) -> Iterator[Draft]:
    unit = shared_unit(*pair)
    made = _made(result, pair[0].value, pair[1].value)
    if unit is None or not is_comparable(made, result.value):
        return
    others = [o for o in everything if o is not result.operand]
    spare = sum(spare_of(one.value) for one in pair) if result.kind == "difference" else 0.0
    pairs = permutations({*values(others), pair[0].value, pair[1].value}, 2)
    is_pair = fits(made, result.value, spare)
    made_of_others = any(
        fits(_made(kind, a, b), result.value)
        for a, b in pairs
        for kind in (result, replace(result, sign=-result.sign))
    )
    if made_of_others and not is_pair:
        return
    larger, smaller = sorted(pair, key=lambda one: one.value, reverse=True)
    high, low = (drafted(text, one, result.start, unit) for one in (larger, smaller))
    span, sentence = (result.start, result.end), text.passage.sentence
    yield from (high, low)
    if result.kind == "difference":
        told = {"value_min": result.value, "unit": unit, "hedge": result.hedge}
        yield Draft(sentence, high.kind, *span, high, low, fields=told)
        return
    fields: dict[str, object] = {
        "value_min": result.value,
        "unit": result.kind,
        "hedge": result.hedge,
    }
    if result.kind == "percent":
        high, low = (high, low) if result.sign >= 0 else (low, high)
        fields["value_min"] = round(_HUNDRED + result.sign * result.value, 1)
    yield Draft(sentence, "share", *span, high, low, fields=fields)
