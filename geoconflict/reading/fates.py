"""What became of launched arms, which are no more than all that were launched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.reading.counted import ITEMS, Counted, find_counted
from geoconflict.reading.drafts import Draft
from geoconflict.reading.landtext import LandText
from geoconflict.reading.sums import draft_before, draft_of

# A part of a sentence ends here, and what is told of a number stands so near it.
_CUT = re.compile(r"[,;:.–—()]")
# More fates than this are no list of one attack.
_MOST, _NEAR = 8, 16


class _FateWords:
    """The patterns of launched arms and their fates in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.fate = words.pattern("sums", "fates")
        launch = any_form((*words.forms("verbs", "launch"), *words.forms("deeds", "launch")))
        self.launch = Caseless(rf"(?<!\w){launch}(?!\w)")
        self.among = Caseless(rf"(?<!\w){any_of('sums', 'among')}\s+(?:[^\W\d]+\s+)?$")
        # "Fell on 8 more": places, no drones.
        self.placed = Caseless(rf"(?<!\w){any_of('links', 'in')}\s+$")
        self.of_them = words.pattern("sums", "of_them")
        of_them = words.forms("sums", "of_them")
        part = any_form(f for f in words.forms("comparisons", "including") if f not in of_them)
        self.including = Caseless(rf"(?<!\w){part}(?!\w)")
        self.joint = Caseless(rf"(?<!\w){any_of('links', 'and')}(?!\w)")
        self.over = frozenset((*words.forms("hedges", "over"), *words.forms("hedges", "nearly")))
        every = any_of("sums", "day_by_day", "weekly", "monthly", "yearly")
        self.rate = Caseless(rf"(?:\s+[^\W\d]+){{0,2}}\s+{every}(?!\w)")
        self.light = Caseless(
            any_form((*words.forms("counting", "rest"), *words.forms("links", "light")))
        )


@cache
def _fate_words(language: str) -> _FateWords:
    return _FateWords(lexicon(language))


def read_fates(text: LandText) -> Iterator[Draft]:
    """Yield the fates of launched arms where they are more than all that were launched.

    A drone that was shot down was not jammed and hit nothing. Nothing is yielded of fates that are
    no more than the whole, nor where one of them is the sum of others.

    Parameters
    ----------
    text : LandText
        The sentence, with those before it.
    """
    words = _fate_words(text.passage.language)
    if words.fate.search(text.text) is None:
        return
    own = list(_fates(text.text, text.passage.language, words))
    if not own:
        return
    told = [
        (p.text, p.language) for p in text.passage.before if p.language == text.passage.language
    ]
    launched, earlier = list[Counted](), list[Counted]()
    for passage, language in (*told, (text.text, text.passage.language)):
        found = list(_launched(passage, language, words))
        launched += found
        if launched and passage is not text.text:
            earlier += [one for one in _fates(passage, language, words) if one not in found]
    parts = [*earlier, *(one for one in own if one not in launched)]
    values = {one.value for one in launched}
    if not 2 <= len(parts) <= _MOST or not launched or len(launched) > 2:
        return
    if any(one.hedge in words.over for one in launched) or _is_nested(parts):
        return
    whole = sum(values)
    added = sum(one.value for one in parts)
    if whole < added <= 2 * whole and max(one.value for one in parts) <= whole:
        yield from _too_many(text, parts, len(earlier), whole)


def _launched(text: str, language: str, words: _FateWords) -> Iterator[Counted]:
    """Yield the arms that are said to be launched, or of which parts are told."""
    is_launch = words.launch.search(text) is not None
    for one in find_counted(text, language):
        is_part = words.of_them.search(text, max(0, one.start - _NEAR), one.start) is not None
        is_whole = words.among.search(text[: one.start]) is not None and not is_part
        behind = text[one.stop : one.stop + _NEAR]
        is_whole = is_whole or words.of_them.match(behind.lstrip(" ,(–—")) is not None
        is_own = _fate(text, one, words) is None
        if one.kind == "arms" and (is_whole or (is_launch and is_own)):
            yield one


def _fates(text: str, language: str, words: _FateWords) -> Iterator[Counted]:
    """Yield the numbers of arms of which a fate is told."""
    for one in find_counted(text, language):
        is_part = words.of_them.search(text, max(0, one.start - _NEAR), one.start) is not None
        is_whole = words.among.search(text[: one.start]) is not None and not is_part
        if is_whole or words.rate.match(text, one.end) or words.placed.search(text[: one.start]):
            continue
        noun = text[one.end : one.stop].strip()
        is_bare = words.fate.match(noun) or words.light.fullmatch(noun)
        is_of_arms = one.kind in ("", "arms") or is_bare is not None
        before = text[max(0, one.start - 40) : one.start]
        if is_of_arms and _fate(text, one, words) and not words.including.search(before):
            yield one


def _fate(text: str, one: Counted, words: _FateWords) -> str | None:
    """Return the word for a fate in the part of a sentence that a number stands in; else None."""
    after = _CUT.search(text, one.stop)
    behind = text[one.end : after.start() if after else len(text)]
    joint = words.joint.search(behind)
    behind = behind[: joint.start()] if joint else behind
    digit = re.search(r"\d", behind)
    found = words.fate.search(behind[: digit.start()] if digit else behind)
    if found is None:
        cuts = [m.end() for m in _CUT.finditer(text, 0, one.start)]
        before = text[max(cuts, default=0) : one.start]
        found = words.fate.search(re.split(r"\d", before)[-1])
    return found[0] if found else None


def _is_nested(parts: Sequence[Counted]) -> bool:
    """Return whether one number is the sum of others, or is told twice."""
    values = [one.value for one in parts]
    if len(set(values)) < len(values):
        return True
    return any(
        sum(choice) == value
        for value in values
        for n in range(2, len(values))
        for choice in combinations([v for v in values if v != value], n)
    )


def _too_many(
    text: LandText, parts: Sequence[Counted], earlier: int, whole: float
) -> Iterator[Draft]:
    own = parts[earlier:]
    at = own[0].start
    told = [(one.value, at) for one in parts[:earlier]]
    heads = [draft_before(text, value, start) for value, start in (*told, (whole, at))]
    drafts = [*heads[:-1], *(draft_of(text, one) for one in own)]
    yield from (*drafts, heads[-1])
    zero = {"value_min": 0.0, "unit": ITEMS, "hedge": "at least"}
    span = at, own[-1].stop
    yield Draft(text.passage.sentence, "count", *span, heads[-1], tuple(drafts), fields=zero)
