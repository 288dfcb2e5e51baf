"""Totals of a list that the sentence before tells: "Three died here, five there. In all, 8."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.reading.counted import Counted, find_counted
from geoconflict.reading.drafts import Draft
from geoconflict.reading.landtext import LandText
from geoconflict.reading.passages import Passage
from geoconflict.reading.sums import (
    OWN_KINDS,
    any_fits,
    draft_before,
    draft_of,
    run,
    sum_words,
    unit_of,
)

# A total that is farther from the sum, as a share of it, is one of something else.
_FAR = 0.5


class _TotalWords:
    """The patterns of totals that open a sentence in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        hedges = any_form(form for form in words.forms("hedges") if form != "plus")
        some = r"(?:\s+[^\W\d][\w'’-]*)"
        said, total = any_of("sums", "change_is"), any_of("sums", "before_total")
        self.opening = Caseless(
            rf"\W*(?:{any_of('links', 'and')}\s+)?(?:{total},?{some}{{0,2}}"
            rf"|{any_of('sums', 'total_number')}{some}{{0,4}}?\s+{said})(?:\s*[–—:-])?\s+"
            rf"(?:{hedges}\s+)?"
        )
        self.partial = words.pattern("comparisons", "including", "rest")
        self.total = words.pattern("sums", "before_total", "after_total", "of_them", "rest")
        self.harm = {name: words.pattern("toll", name) for name in ("killed", "injured")}


@cache
def _total_words(language: str) -> _TotalWords:
    return _TotalWords(lexicon(language))


def read_totals(text: LandText) -> Iterator[Draft]:
    """Yield the number that opens a sentence as the sum of the list right before it.

    Only where that list is all that its sentence counts, nothing names another time, and the two
    tell of the same harm.

    Parameters
    ----------
    text : LandText
        The sentence, with those before it.
    """
    words = _total_words(text.passage.language)
    if not text.passage.before or words.opening.match(text.text) is None or text.periods:
        return
    earlier = text.passage.before[-1]
    told = find_counted(text.text, text.passage.language)
    if not told or words.opening.fullmatch(text.text, 0, told[0].start) is None:
        return
    total, parts = told[0], _list(earlier, words)
    unit = unit_of(*parts, total) if parts else None
    kinds = {one.kind for one in (*parts, total)} - {""}
    if (
        unit is None
        or (len(kinds) > 1 and not _is_wider(parts, total))
        or _harms(earlier.text, words) != _harms(text.text, words)
    ):
        return
    added = sum(one.value for one in parts)
    all_told = [one for p in text.passage.before for one in find_counted(p.text, p.language)]
    if abs(added - total.value) <= _FAR * added and (
        added == total.value or not any_fits([*all_told, *told[1:]], total)
    ):
        heads = tuple(draft_before(text, one.value, total.start, unit) for one in parts)
        yield from heads
        hedges = text.passage.words.forms("sums", "before_total", "to")
        hedge = total.hedge if total.hedge not in hedges else None
        yield replace(draft_of(text, total, unit, hedge=hedge), subject=heads)


def _is_wider(parts: Sequence[Counted], total: Counted) -> bool:
    """Return whether a total names all its parts by another word: "Ukrainians" of soldiers."""
    are_people = {one.kind for one in parts} == {"people"}
    return are_people and total.kind not in OWN_KINDS


def _list(passage: Passage, words: _TotalWords) -> Sequence[Counted]:
    """Return the numbers of a sentence that is a list of them and tells no total; else none."""
    told = find_counted(passage.text, passage.language)
    sums = sum_words(passage.language)
    is_open = words.partial.search(passage.text) or words.total.search(passage.text)
    if len(told) < 2 or is_open or any(sums.rate.match(passage.text, one.end) for one in told):
        return ()
    return told if len(run(passage.text, told, sums)) == len(told) else ()


def _harms(text: str, words: _TotalWords) -> set[str]:
    return {name for name, pattern in words.harm.items() if pattern.search(text)}
