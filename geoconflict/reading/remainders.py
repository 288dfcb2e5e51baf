"""Remainders: what is left of a whole when its parts are told, over two sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

from geoconflict.lexicon import Caseless, Lexicon, lexicon
from geoconflict.reading.drafts import Draft
from geoconflict.reading.landtext import LandText
from geoconflict.reading.operands import (
    Operand,
    are_alike,
    are_taken,
    drafted,
    find_operands,
    fits,
    is_comparable,
    operand_words,
    operands_before,
    shared_unit,
    spare_of,
)
from geoconflict.reading.sums import run, sum_words

# Of so many numbers every choice is weighed.
_MOST, _PAIR = 7, 2


class _RemainderWords:
    """The patterns of remainders in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        left = any_of("reckoning", "left")
        hedged = rf"(?:{operand_words(words.language).hedges}\s+)?"
        self.before = Caseless(rf"(?<!\w){left}\s+(?:{any_of('links', 'added')}\s+)?{hedged}$")
        self.behind = Caseless(rf"(?:\s+[^\W\d]+)?\s+{any_of('reckoning', 'is_left')}(?!\w)")
        self.quick = words.pattern("reckoning", "left", "is_left")
        self.partial = words.pattern("comparisons", "including")


@cache
def _remainder_words(language: str) -> _RemainderWords:
    return _RemainderWords(lexicon(language))


def read_remainders(text: LandText, own: Sequence[Draft]) -> Iterator[Draft]:
    """Yield "of 450 houses 310 were mended, 140 are left" as the whole without its parts.

    Only where no other choice of the numbers told makes what is left.

    Parameters
    ----------
    text : LandText
        The sentence, with the one before it.
    own : sequence of Draft
        What else it states: what is computed already is left.
    """
    words = _remainder_words(text.passage.language)
    if words.quick.search(text.text) is None:
        return
    told = find_operands(text.passage)
    for at, rest in enumerate(told):
        before = words.before.search(text.text, max(0, rest.start - 60), rest.start)
        is_rest = before or words.behind.match(text.text, rest.counted.end)
        if not is_rest or are_taken(own, rest.start) or rest.is_rate or _is_elsewhere(text, rest):
            continue
        parts, earlier = told[:at], operands_before(text)
        whole = _whole(parts, earlier, words)
        if whole is not None:
            yield from _drafts(text, whole, rest, [*earlier, *parts])


def _is_elsewhere(text: LandText, rest: Operand) -> bool:
    """Return whether a place is named behind a rest that was not named before it."""
    told = {m.reference for p in text.passage.before[-1:] for m in p.places}
    told |= {m.reference for m in text.passage.places if m.start < rest.start}
    behind = [m for m in text.passage.places if m.start > rest.start]
    return any(m.reference not in told for m in behind)


def _whole(
    parts: Sequence[Operand], earlier: Sequence[Operand], words: _RemainderWords
) -> tuple[list[Operand], list[Operand]] | None:
    """Return the numbers that make a whole, and the parts that are gone from it."""
    if len(parts) >= _PAIR and parts[0].value > sum(one.value for one in parts[1:]):
        return [parts[0]], list(parts[1:])
    if not parts or not earlier or words.partial.search(earlier[0].passage.text):
        return None
    passage = earlier[0].passage
    counted = [one.counted for one in earlier]
    is_list = len(run(passage.text, counted, sum_words(passage.language))) == len(earlier)
    return (list(earlier), list(parts)) if is_list else None


def _drafts(
    text: LandText,
    found: tuple[list[Operand], list[Operand]],
    rest: Operand,
    everything: Sequence[Operand],
) -> Iterator[Draft]:
    wholes, parts = found
    unit = shared_unit(*wholes, *parts, rest)
    made = sum(o.value for o in wholes) - sum(o.value for o in parts)
    is_one = unit is not None and are_alike(*wholes, *parts)
    if not is_one or unit is None or made <= 0 or not is_comparable(made, rest.value):
        return
    spare = sum(spare_of(o.value) for o in (*wholes, *parts))
    if not fits(made, rest.value, spare) and _is_explained(rest, everything):
        return
    ends = [tuple(drafted(text, o, rest.start, unit) for o in some) for some in (wholes, parts)]
    yield from (*ends[0], *ends[1])
    fields = {"value_min": rest.value, "unit": unit, "hedge": rest.counted.hedge}
    span = rest.start, rest.counted.stop
    subject, reference = (some[0] if len(some) == 1 else some for some in ends)
    yield Draft(text.passage.sentence, "count", *span, subject, reference, fields=fields)


def _is_explained(rest: Operand, told: Sequence[Operand]) -> bool:
    """Return whether one number, or several, less some of the others makes what is left."""
    numbers = [one.value for one in told][-_MOST:]
    sums = [
        (set(c), sum(numbers[i] for i in c))
        for n in range(1, len(numbers) + 1)
        for c in combinations(range(len(numbers)), n)
    ]
    return any(
        fits(a - b, rest.value) for some, a in sums for less, b in sums if some.isdisjoint(less)
    )
